"""A file that one process at a time reads and writes, whose content is encrypted.

The first line is readable: what the file is, its format and the release that wrote it. The rest is compressed and
encrypted. A process that opens the file has it alone until it closes it; the lock is on a file beside it, since the
file itself is replaced whenever it is written.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vmss_sdk import wire
from vmss_sdk._version import __version__
from vmss_sdk.emulator.engine.platform.clock import Clock, ScaledClock
from vmss_sdk.emulator.store import encryption
from vmss_sdk.emulator.store.atomic_write import remove_temporary_files, system_message, write_atomically
from vmss_sdk.errors import StateFileError

__all__ = ["FORMAT", "StateFile"]

FORMAT = 1
"""Of the file; a release that writes another one reads the older ones."""

_WHAT = "vmss_sdk emulator state"
_OWNER_ONLY = 0o600
_FAST = 1  # twice the speed of zlib's usual level, for a tenth more bytes
_LOOK_AGAIN = 0.05
_PATIENCE = 10.0


class StateFile:
    """A state file, locked until it is closed.

    Args:
        path: Where it is, or is to be.
        key: Returns the key that it is encrypted with; its argument is whether one may be made.
        patience: Seconds to wait for another process that has it open.
        clock: By which that is measured.

    Raises:
        StateFileError: Somebody else has it open, or it cannot be opened.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        key: Callable[[bool], bytes | None],
        *,
        patience: float = _PATIENCE,
        clock: Clock | None = None,
    ) -> None:
        self.path = Path(path).expanduser().resolve()  # what a link points to is replaced, not the link
        self._key = key
        if self.path.is_dir():
            raise StateFileError(f"'{self.path}' is a folder: expected the path of a state file")
        self._lock: int | None = _locked(self.path, patience, clock or ScaledClock())
        remove_temporary_files(self.path)

    def read(self) -> Any:
        """What was written last; None when nothing was.

        Raises:
            StateFileError: It cannot be read; it was not changed.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateFileError(f"cannot read the state file '{self.path}': {system_message(error)}") from None
        label, _, message = content.partition(b"\n")
        head = self._head(label)
        try:
            return _decoded(zlib.decompress(encryption.decrypt(message, self._key_of(head), label)))
        except (encryption.DecryptionError, zlib.error, ValueError):
            raise self.unusable("it is damaged") from None

    def write(self, document: Any) -> None:
        """Replace what is there, whole or not at all.

        Raises:
            StateFileError: It cannot be written; what was there is there still.
        """
        key = self._key(True)
        if self._lock is None or key is None:
            raise StateFileError(f"the state file '{self.path}' was closed: open it again")
        head = {"what": _WHAT, "format": FORMAT, "version": __version__, "key": encryption.fingerprint(key)}
        label = json.dumps(head).encode()
        packed = zlib.compress(_encoded(document), _FAST)
        try:
            write_atomically(
                self.path, label + b"\n" + encryption.encrypt(packed, key, label), _OWNER_ONLY, durable=True
            )
        except OSError as error:
            raise StateFileError(
                f"cannot write the state file '{self.path}': {system_message(error)}; what was done last is not kept"
            ) from None

    def close(self) -> None:
        """Let others open it."""
        if self._lock is not None:
            _unlock(self._lock)
            os.close(self._lock)
            self._lock = None

    def unusable(self, reason: str) -> StateFileError:
        """The error that says why it cannot be used, and what to do."""
        return StateFileError(
            f"cannot use the state file '{self.path}': {reason}; it was left as it is. Name another file, or move this"
            " one away to begin with an empty emulator"
        )

    def _head(self, label: bytes) -> dict[str, Any]:
        try:
            head = wire.decode(label)
            known = head["what"] == _WHAT and isinstance(head["format"], int)
        except (ValueError, TypeError, KeyError):
            known = False
        if not known:
            raise self.unusable("it is no state file of vmss_sdk, or it is damaged")
        if head["format"] > FORMAT:
            raise self.unusable(
                f"vmss_sdk {head.get('version')} wrote it in format {head['format']}, and this is vmss_sdk"
                f" {__version__}, which knows formats up to {FORMAT}: install a newer vmss_sdk"
            )
        found: dict[str, Any] = head
        return found

    def _key_of(self, head: dict[str, Any]) -> bytes:
        key = self._key(False)
        if key is None or encryption.fingerprint(key) != head.get("key"):
            raise self.unusable(
                "it was encrypted with another key than the one in the data directory: set VMSS_HOME to the data"
                " directory with which it was written"
            )
        return key


def _encoded(document: Any) -> bytes:
    try:
        return wire.encode(document)
    except UnicodeEncodeError:  # half a pair of surrogates, which JSON can say and UTF-8 cannot
        return json.dumps(document).encode()


def _decoded(text: bytes) -> Any:
    try:
        return wire.decode(text)
    except ValueError:
        return json.loads(text)


def _locked(path: Path, patience: float, clock: Clock) -> int:
    """A lock on the file beside; it ends with the process, however that ends."""
    beside = path.with_name(f".{path.name}.lock")
    try:
        beside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(beside, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    except OSError as error:
        raise StateFileError(f"cannot open the state file '{path}': {system_message(error)} ('{beside}')") from None
    until = clock.now() + patience
    while not _lock(lock):
        if clock.now() >= until:
            os.close(lock)
            raise StateFileError(
                f"the state file '{path}' is open in another process, or another client of this one, for more than"
                f" {patience:g} s: wait until that has ended or close it, or name another file"
            )
        clock.sleep(_LOOK_AGAIN)
    return lock


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
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
