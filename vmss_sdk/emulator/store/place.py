"""Where a state file is, the key that it is encrypted with, and what is said when it cannot be used."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from vmss_sdk._version import __version__
from vmss_sdk.emulator.store import encryption
from vmss_sdk.errors import StateFileError

__all__ = ["FORMAT", "WHAT", "StatePlace"]

WHAT = "vmss_sdk emulator state"
FORMAT = 2
"""Of the file; a release that writes another one reads the older ones."""


class StatePlace:
    """The place of a state file.

    Args:
        path: Where it is, or is to be.
        key: Returns the key that it is encrypted with; its argument is whether one may be made.

    Raises:
        StateFileError: It is a folder.
    """

    def __init__(self, path: str | os.PathLike[str], key: Callable[[bool], bytes | None]) -> None:
        self.path = Path(path).expanduser().resolve()  # what a link points to is replaced, not the link
        self._key = key
        if self.path.is_dir():
            raise StateFileError(f"'{self.path}' is a folder: expected the path of a state file")

    def new_key(self) -> bytes:
        """The key, which is made when there is none.

        Raises:
            StateFileError: It cannot be read or made.
        """
        key = self._key(True)
        assert key is not None  # as it may be made
        return key

    def key_of(self, fingerprint: object) -> bytes:
        """The key with which a file was encrypted.

        Raises:
            StateFileError: It is not the one that is there.
        """
        key = self._key(False)
        if key is None or encryption.fingerprint(key) != fingerprint:
            raise self.unusable(
                "it was encrypted with another key than the one in the data directory: set VMSS_HOME to the data"
                " directory with which it was written"
            )
        return key

    def unusable(self, reason: str) -> StateFileError:
        """The error that says why it cannot be used, and what to do."""
        return StateFileError(
            f"cannot use the state file '{self.path}': {reason}; it was left as it is. Name another file, or move this"
            " one away to begin with an empty emulator"
        )

    def newer(self, version: object, number: object) -> StateFileError:
        """The error of a file that a newer release wrote."""
        return self.unusable(
            f"vmss_sdk {version} wrote it in format {number}, and this is vmss_sdk {__version__}, which knows formats"
            f" up to {FORMAT}: install a newer vmss_sdk"
        )
