"""The folder in which a user's emulators keep what outlives them, and by which its owner is known to them.

The client reads it as well as the emulator: whoever owns the folder needs no further login for an emulator on this
machine that serves HTTPS.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["CA_FILE", "OWNER_SECRET_FILE", "DataDirectoryError", "check_folder", "default_folder", "read_secret"]

CA_FILE = "ca.pem"
"""The certificate of the authority that signs the servers'; everybody may read it."""

OWNER_SECRET_FILE = "owner.secret"
"""What the folder's owner shows a server, as a bearer token: it may do everything there."""

_NAME = "vmss"


class DataDirectoryError(Exception):
    """The folder, or a file in it, is not safe to use or cannot be read; the text says what to do."""


def default_folder(variables: Mapping[str, str] | None = None) -> Path:
    """``VMSS_HOME``, or else the place where this system keeps a user's data.

    Args:
        variables: By default the environment of this process.
    """
    said = os.environ if variables is None else variables
    if named := said.get("VMSS_HOME"):
        return Path(named).expanduser()
    if sys.platform == "win32":
        return Path(said.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / _NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _NAME
    return Path(said.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / _NAME


def check_folder(folder: Path) -> None:
    """See to it that nobody else can put files into a folder, if it is there.

    Raises:
        DataDirectoryError: Others could: their keys and principals would be taken for the owner's.
    """
    try:
        found = folder.stat()
    except OSError:
        return  # whoever reads or writes in it will say what is wrong
    if os.name == "posix" and found.st_mode & stat.S_IWOTH:
        raise DataDirectoryError(
            f"'{folder}' can be written by everybody (mode {stat.S_IMODE(found.st_mode):03o}), so that others could put"
            " keys and principals of their own there: see that what is in it is yours, then chmod 700 it, or name"
            " another folder (VMSS_HOME)"
        )


def read_secret(path: Path) -> bytes | None:
    """A file that only its owner can read; None when there is none.

    Raises:
        DataDirectoryError: It cannot be read, others can read it, or others can write into its folder.
    """
    check_folder(path.parent)
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            content = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DataDirectoryError(f"cannot read '{path}': {(error.strerror or str(error)).lower()}") from None
    mode = stat.S_IMODE(found.st_mode)
    if os.name == "posix" and mode & 0o077:
        raise DataDirectoryError(
            f"'{path}' holds a secret, but others can read it (mode {mode:03o}): chmod 600 it if you trust what is"
            " in it, else delete it: a new one is made"
        )
    return content
