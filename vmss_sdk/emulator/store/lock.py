"""A lock on a file, for one process at a time, that ends with the process, however that ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from vmss_sdk.emulator.engine.platform.clock import Clock
from vmss_sdk.emulator.store.atomic_write import system_message
from vmss_sdk.errors import StateFileError

__all__ = ["FileLock"]

_OWNER_ONLY = 0o600
_LOOK_AGAIN = 0.05
_HOLDER_AT = 1  # the first byte is what Windows locks
_MOST = 20


class FileLock:
    """A lock on the file beside another one, which itself may be replaced while it is held.

    Args:
        path: The file that is protected.
        patience: Seconds to wait for another process that has it.
        clock: By which that is measured.

    Raises:
        StateFileError: Somebody else has it, and who that is; or it cannot be opened.
    """

    def __init__(self, path: Path, patience: float, clock: Clock) -> None:
        beside = path.with_name(f".{path.name}.lock")
        try:
            beside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file: int | None = os.open(beside, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
        except OSError as error:
            raise StateFileError(f"cannot open the state file '{path}': {system_message(error)} ('{beside}')") from None
        until = clock.now() + patience
        while not _lock(self._file):
            if clock.now() >= until:
                holder = _holder(self._file)
                os.close(self._file)
                raise StateFileError(
                    f"the state file '{path}' is open in another process{holder}, or another client of this one, for"
                    f" more than {patience:g} s: wait until that has ended or close it, or name another file"
                )
            clock.sleep(_LOOK_AGAIN)
        with suppress(OSError):  # it is for people
            os.truncate(self._file, 0)
            _write_at(self._file, f" {os.getpid()}".encode())

    @property
    def held(self) -> bool:
        """Whether it has not been given back."""
        return self._file is not None

    def release(self) -> None:
        """Let others have it."""
        if self._file is not None:
            _unlock(self._file)
            os.close(self._file)
            self._file = None


def _write_at(file: int, text: bytes) -> None:
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, text)


def _holder(file: int) -> str:
    """Who has it, as far as that is known."""
    try:
        os.lseek(file, _HOLDER_AT, os.SEEK_SET)
        text = os.read(file, _MOST).decode("ascii", "replace").strip()
    except OSError:
        return ""
    return f" ({text})" if text.isdecimal() else ""


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        os.lseek(file, 0, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> bool:
        # flock, not lockf: it holds between two clients of one process as well
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
