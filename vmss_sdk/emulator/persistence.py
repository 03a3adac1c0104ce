"""An emulator whose state is saved to a file.

The state is saved before a request that writes is answered, so nothing that was acknowledged is lost, however the
process ends. Reads change nothing but the time, which is saved at the end.
"""

from __future__ import annotations

import os
import secrets
import threading

from vmss_sdk.emulator.app import Emulator, NoAnswerError
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError
from vmss_sdk.emulator.store.codec import CodecError
from vmss_sdk.emulator.store.encryption import KEY_BYTES
from vmss_sdk.emulator.store.file import StateFile
from vmss_sdk.errors import StateFileError
from vmss_sdk.transport.base import Request, Response

__all__ = ["PersistentEmulator"]

_KEY = "state.key"
_READS = ("GET", "HEAD")
_REFUSED = 400


class PersistentEmulator:
    """Answers requests by an emulator, and saves its state to a file.

    Args:
        path: The state file; it need not be there.
        data_directory: Where its key is; by default the data directory.
        patience: Seconds to wait for another process that has it open.

    Attributes:
        emulator: The emulator: that of the file, or a new one.

    Raises:
        StateFileError: The file cannot be used: the text names it and says what to do. It was left as it is.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, data_directory: DataDirectory | None = None, patience: float = 10.0
    ) -> None:
        self._data_directory = data_directory or DataDirectory()
        self._file = StateFile(path, self._key, patience=patience)
        try:
            self.emulator = self._load()
        except BaseException:
            self._file.close()
            raise
        self._lock = threading.Lock()
        self._saved_at = self.emulator.clock.now()
        self._changed = self._interrupted = False

    def handle(self, request: Request) -> Response:
        """The answer to a request; what it changed is in the file by then.

        Raises:
            NoAnswerError: A ``dropConnection`` fault is set.
            StateFileError: The request was answered, but that cannot be kept; or an earlier one was interrupted.
        """
        if self._interrupted:
            raise self._file.unusable("a request was interrupted, so only what came before it is kept: open it again")
        try:
            response = self.emulator.handle(request)
        except NoAnswerError:
            self._changed = True
            self._save()
            raise
        except BaseException:
            self._interrupted = True  # it may be half done: that is never written
            raise
        # a fault of the service counts whom it hits, reads too
        if request.method.upper() not in _READS or response.status >= _REFUSED:
            self._changed = True
            self._save()
        return response

    def close(self) -> None:
        """Save the time that passed, and let others open the file.

        Raises:
            StateFileError: It cannot be written.
        """
        try:
            if self._changed or self.emulator.clock.now() != self._saved_at:
                self._save()
        finally:
            self._file.close()

    def _save(self) -> None:
        with self._lock:
            if self._interrupted:
                return
            now = self.emulator.clock.now()
            self._file.write(self.emulator.saved())
            self._saved_at, self._changed = now, False

    def _load(self) -> Emulator:
        written = self._file.read()
        if written is None:
            return Emulator()
        try:
            return Emulator.from_saved(written)
        except CodecError as error:
            raise self._file.unusable(f"{error}: another release of vmss_sdk wrote it, or it is damaged") from None

    def _key(self, make: bool) -> bytes | None:
        try:
            found = self._data_directory.secret(_KEY, _new_key) if make else self._data_directory.read_secret(_KEY)
        except DataDirectoryError as error:
            raise self._no_key(str(error)) from None
        if found is not None and len(found) != KEY_BYTES:
            raise self._no_key(
                f"'{self._data_directory.folder / _KEY}' holds no key: it has {len(found)} bytes, expected {KEY_BYTES}."
                " Put back the one that was there, or delete it: a new one is made, and state files that were encrypted"
                " with the old one cannot be opened any more"
            )
        return found

    def _no_key(self, reason: str) -> StateFileError:
        return StateFileError(f"cannot use the key of the state file '{self._file.path}': {reason}")


def _new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)
