"""An emulator whose state is saved to a file.

The state is saved before a request that writes is answered, so nothing that was acknowledged is lost, however the
process ends. Reads change nothing but the time, which is saved at the end.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.app import Emulator, EntryPoint, NoAnswerError
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError
from vmss_sdk.emulator.store.codec import CodecError
from vmss_sdk.emulator.store.encryption import KEY_BYTES
from vmss_sdk.emulator.store.file import StateFile
from vmss_sdk.errors import StateFileError
from vmss_sdk.transport.base import Request, Response

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.names import ServerNames
    from vmss_sdk.emulator.engine.platform.clock import ScaledClock, VirtualClock

__all__ = ["Make", "PersistentEmulator"]

Make = Callable[["dict[str, Any] | None", "VirtualClock | ScaledClock | None"], Emulator]
"""Makes an emulator of what was written, or a new one of None; the clock is by which it goes on, if that is given."""

_KEY = "state.key"
_READS = ("GET", "HEAD")
_REFUSED = 400
_TRY_AGAIN = {"Retry-After": "5"}  # CHOICE: a full disk is not emptied at once, and nobody should wait long

_log = logging.getLogger(__name__)


class PersistentEmulator:
    """Answers requests by an emulator, and saves its state to a file.

    Args:
        path: The state file; it need not be there.
        data_directory: Where its key is; by default the data directory.
        patience: Seconds to wait for another process that has it open.
        make: Makes the emulator; by default with its own clock and settings, or new ones on a virtual clock.

    Attributes:
        emulator: The emulator: that of the file, or a new one.

    Raises:
        StateFileError: The file cannot be used: the text names it and says what to do. It was left as it is.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        data_directory: DataDirectory | None = None,
        patience: float = 10.0,
        make: Make | None = None,
    ) -> None:
        self._make = make or _make_emulator
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

    def served(self, names: ServerNames, *, portal: bool = True) -> _Served:
        """The way for those who come over HTTP.

        Args:
            names: Those of the server.
            portal: Whether it serves the portal.
        """
        return _Served(kept=self, names=names, portal=portal)

    def handle(self, request: Request, entrance: EntryPoint | None = None) -> Response:
        """The answer to a request; what it changed is in the file by then.

        Args:
            request: The request.
            entrance: The way by which it came; by default the emulator's own.

        Raises:
            NoAnswerError: A ``dropConnection`` fault is set.
            StateFileError: The request was answered, but that cannot be kept; or an earlier one was interrupted.
        """
        if self._interrupted:
            raise self._file.unusable("a request was interrupted, so only what came before it is kept: open it again")
        try:
            response = self.emulator.handle(request, entrance)
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
        elif entrance is not None and entrance.skip_on_repeat:
            self._changed = True  # what was read: reading it again is waiting, in the next process too
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

    def restore(self) -> None:
        """Forget what could not be kept: go on from what is in the file, at the present moment.

        Raises:
            StateFileError: It cannot be read.
        """
        self.emulator = self._load(self.emulator.clock)
        self._changed = self._interrupted = False

    def _save(self) -> None:
        with self._lock:
            if self._interrupted:
                return
            now = self.emulator.clock.now()
            self._file.write(self.emulator.saved())
            self._saved_at, self._changed = now, False

    def _load(self, clock: VirtualClock | ScaledClock | None = None) -> Emulator:
        written = self._file.read()
        try:
            return self._make(written, clock)
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


@attrs.frozen(kw_only=True)
class _Served:
    """Answers those who come over HTTP: who cannot be answered for good is told to try again, and nothing is done."""

    kept: PersistentEmulator
    names: ServerNames
    portal: bool

    def _entrance(self) -> EntryPoint:
        return self.kept.emulator.served(self.names, portal=self.portal)

    def refusal(self, head: Request, error: ArmError | None = None) -> Response | None:
        """As `Emulator.refusal`."""
        return self._entrance().refusal(head, error)

    def handle(self, request: Request) -> Response:
        """As `PersistentEmulator.handle`, but an error answer where the state file cannot be written."""
        try:
            return self.kept.handle(request, self._entrance())
        except NoAnswerError:
            raise
        except StateFileError as error:
            _log.error("%s", error)
            return self._unavailable(request)
        except Exception:
            self.kept.restore()
            raise

    def _unavailable(self, request: Request) -> Response:
        self.kept.restore()
        answer = self.refusal(request, ArmError.of(ErrorReason.SERVICE_UNAVAILABLE, _TRY_AGAIN))
        assert answer is not None  # with an error there is always one
        return answer


def _make_emulator(written: dict[str, Any] | None, clock: VirtualClock | ScaledClock | None) -> Emulator:
    return Emulator(clock) if written is None else Emulator.from_saved(written, clock=clock)


def _new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)
