"""Atomic writes: a file is replaced as a whole, or not at all.

The content is written to a temporary file beside the target, ``.NAME.HEX``, which is renamed when it is complete. Its
writer holds a lock on it until then, and the operating system drops the lock when the process ends: so a temporary file
that a killed writer left can be told from one that is being written, and the next writer removes it.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["remove_temporary_files", "system_message", "write_atomically"]

_HEX_BYTES = 8


def write_atomically(
    path: Path,
    content: bytes,
    mode: int,
    *,
    put_in_place: Callable[[Path, Path], object] = os.replace,
    durable: bool = False,
) -> None:
    """Write a temporary file, then rename it; the folder is made when there is none.

    Args:
        path: The target.
        content: What it holds.
        mode: Its permissions.
        put_in_place: Renames the temporary file to the target.
        durable: Whether it must survive a power failure.

    Raises:
        OSError: It cannot be written; what was there is there as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _temporary_file(path, mode) as (temporary, file):
        with os.fdopen(file, "wb", closefd=_CLOSED_BEFORE) as stream:
            stream.write(content)
            stream.flush()
            if durable:
                os.fsync(file)
        put_in_place(temporary, path)


def remove_temporary_files(path: Path) -> None:
    """Remove temporary files that killed writers left; what cannot be removed stays.

    On Windows, where a temporary file is not locked between its last byte and its new name, only whoever keeps
    other writers away may do that.
    """
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{{2 * _HEX_BYTES}}}")
    with suppress(OSError), os.scandir(path.parent) as entries:
        for found in [Path(entry.path) for entry in entries if name.fullmatch(entry.name)]:
            with suppress(OSError):
                _remove_abandoned(found)


def system_message(error: OSError) -> str:
    """The message of the operating system, in lower case."""
    return (error.strerror or type(error).__name__).lower()


@contextmanager
def _temporary_file(path: Path, mode: int) -> Iterator[tuple[Path, int]]:
    """A new temporary file, locked; it is gone afterwards, unless it was renamed."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(_HEX_BYTES)}")
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        if not _lock(temporary, file):  # somebody took it for an abandoned one between the two lines above
            with _temporary_file(path, mode) as other:
                yield other
            return
        yield temporary, file
    finally:
        if not _CLOSED_BEFORE:
            os.close(file)
        temporary.unlink(missing_ok=True)


if sys.platform == "win32":
    _CLOSED_BEFORE = True  # a file that is open cannot be given another name there, nor be removed

    def _lock(_temporary: Path, _file: int) -> bool:
        return True

    def _remove_abandoned(temporary: Path) -> None:
        temporary.unlink()  # one that is being written is open, and refuses

else:
    import fcntl

    _CLOSED_BEFORE = False  # the lock has to last until the temporary is in place

    def _lock(temporary: Path, file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.stat(temporary), os.fstat(file))
        except (BlockingIOError, FileNotFoundError):
            return False

    def _remove_abandoned(temporary: Path) -> None:
        file = os.open(temporary, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            temporary.unlink()
        finally:
            os.close(file)
