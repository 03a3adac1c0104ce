"""An emulator that is kept in a file.

What a request changes is appended to the file's journal before the request is answered, so nothing that was
acknowledged is lost, however the process ends. Reads change nothing but the time, which is kept at the end.
"""

from __future__ import annotations

import gc
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk._version import __version__
from vmss_sdk.emulator.app import Emulator, EntryPoint, NoAnswerError
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError
from vmss_sdk.emulator.engine.platform.clock import clock_at, stopped_at
from vmss_sdk.emulator.replay import effects_content, factor_of, replay, request_content
from vmss_sdk.emulator.store.codec import CodecError
from vmss_sdk.emulator.store.encryption import KEY_BYTES
from vmss_sdk.emulator.store.journal import Entry
from vmss_sdk.emulator.store.place import StatePlace
from vmss_sdk.emulator.store.sqlite import SqliteJournal
from vmss_sdk.errors import StateFileError
from vmss_sdk.transport.base import Request, Response

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.names import ServerNames
    from vmss_sdk.emulator.engine.platform.clock import ScaledClock, VirtualClock

__all__ = ["Make", "PersistentEmulator", "Resume"]

Make = Callable[["dict[str, Any] | None", "VirtualClock | ScaledClock | None"], Emulator]
"""Makes an emulator of what was written, with the clock given; or a new one, of None and None."""

Resume = Callable[[str, float, float], "VirtualClock | ScaledClock"]
"""The clock by which what was written goes on: of its kind, moment and factor there, as `clock_at`."""

_KEY = "state.key"
_READS = ("GET", "HEAD")
_TRY_AGAIN = {"Retry-After": "5"}  # CHOICE: a full disk is not emptied at once, and nobody should wait long
_OFTEN = 1000
"""CHOICE: entries after which a snapshot is taken. They are replayed in a second or less."""
_SHARE = 5000
"""CHOICE: entries for each second that the last snapshot took, so that snapshots take a small share of the time."""

_log = logging.getLogger(__name__)


class PersistentEmulator:
    """Answers requests by an emulator, and keeps what they change in a file.

    Args:
        path: The state file; it need not be there.
        data_directory: Where its key is; by default the data directory.
        patience: Seconds to wait for another process that has it open.
        make: Makes the emulator; by default with its own settings, or new ones on a virtual clock.
        resume: The clock by which an emulator that was kept goes on; by default as it went.

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
        resume: Resume = clock_at,
    ) -> None:
        self._make = make or _make_emulator
        self._place = StatePlace(path, DataDirectoryKey(data_directory or DataDirectory(), path))
        self._journal = SqliteJournal(self._place, patience=patience)
        self._lock = threading.RLock()
        self._interrupted = self._has_read = False
        self._first: tuple[dict[str, Any], float] | None = None
        self._since = 0  # entries since the last snapshot
        self._often = _OFTEN
        try:
            with _collector_paused():
                self.emulator = self._opened(resume)
        except BaseException:
            self._journal.close()
            raise
        self._moment = self.emulator.clock.now()

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
            StateFileError: It cannot be kept, so it was undone; or an earlier request was interrupted.
        """
        with self._lock:
            if self._interrupted:
                raise self._place.unusable(
                    "a request was interrupted, so only what came before it is kept: open it again"
                )
            if self.emulator.metrics.unready:
                self._try_again()
            before, factor = self.emulator.side_effects(), factor_of(self.emulator.clock)
            try:
                response = self.emulator.handle(request, entrance)
            except NoAnswerError:
                self._keep(request, before, factor)
                raise
            except BaseException:
                self._interrupted = True  # it may be half done: that is never written
                raise
            self._keep(request, before, factor)
            if entrance is not None and entrance.skip_on_repeat and request.method.upper() in _READS:
                self._has_read = True  # reading it again is waiting, in the next process too
            return response

    def close(self) -> None:
        """Keep the time that passed and a snapshot, and let others open the file.

        Raises:
            StateFileError: It cannot be written.
        """
        with self._lock:
            try:
                moved = self._has_read or self.emulator.clock.now() != self._moment
                if moved and not self._interrupted and self._journal.is_open:
                    self._append(self.emulator.clock.now(), effects_content(self.emulator))
                if self._since and not self._interrupted and self._journal.is_open:
                    self._take_snapshot()
            finally:
                self._journal.close()

    def release(self) -> None:
        """Let others open the file, and keep nothing more: who only looked at it leaves it as it was."""
        with self._lock:
            self._journal.close()

    @property
    def interrupted(self) -> bool:
        """Whether a request was broken off, so that there may be something half done."""
        return self._interrupted

    def restore(self) -> None:
        """Forget what could not be kept: go on from what is in the file, at the present moment.

        Raises:
            StateFileError: It cannot be read.
        """
        with self._lock:
            clock = self.emulator.clock
            try:
                self._replay(self.emulator)
            finally:
                self.emulator.use_clock(clock)
            self._interrupted = False

    def _keep(self, request: Request, before: object, factor: float | None) -> None:
        accepted, metrics = self.emulator.accepted, self.emulator.metrics
        try:
            if accepted is not None:
                self._append(accepted.moment, request_content(request, accepted, factor))
                self._has_read = False
            elif self.emulator.side_effects() != before:
                self._append(self.emulator.clock.now(), effects_content(self.emulator))
        except StateFileError as error:
            metrics.unready = str(error)
            self.restore()
            raise
        metrics.journal, metrics.tail = self._journal.sequence, self._since

    def _try_again(self) -> None:
        """See whether there is room again; else a server that is told to be unready would never be ready any more."""
        with suppress(StateFileError):
            self._append(self.emulator.clock.now(), effects_content(self.emulator))

    def _append(self, moment: float, content: dict[str, Any]) -> None:
        if self._first is not None:
            self._journal.put_snapshot(*self._first)
            self._first = None
        self._journal.append(Entry(self._journal.sequence + 1, moment, content))
        self._moment = moment
        self._since += 1
        self.emulator.metrics.unready = ""
        if self._since >= self._often:
            self._snapshot_now_and_then()

    def _snapshot_now_and_then(self) -> None:
        began = time.perf_counter()
        try:
            self._take_snapshot()
        except StateFileError as error:  # what it would have held is in the journal
            _log.warning("no snapshot was taken: %s", error)
            self._since = 0
        self._often = max(_OFTEN, int((time.perf_counter() - began) * _SHARE))

    def _take_snapshot(self) -> None:
        self._journal.put_snapshot(self.emulator.saved(), self.emulator.clock.now())
        self._since = 0

    def _opened(self, resume: Resume) -> Emulator:
        found = self._journal.snapshot()
        if found is None:
            emulator = self._make(None, None)
            self._first = emulator.saved(), emulator.clock.now()
            return emulator
        clock = found.document["clock"]
        factor = None if clock["kind"] == "virtual" else clock["factor"]
        try:
            emulator = self._make(found.document, stopped_at(clock["now"], factor))
        except (CodecError, KeyError) as error:
            raise self._unreadable(error) from None
        if not self._journal.is_begun:
            self._first = found.document, clock["now"]
        self._replay(emulator, load=False)
        last = emulator.clock
        emulator.use_clock(resume(last.kind, last.now(), factor_of(last) or 0.0))
        if self._journal.is_begun and self._journal.version != __version__:
            self._journal.put_snapshot(emulator.saved(), last.now())
            self._since = 0
        return emulator

    def _replay(self, emulator: Emulator, *, load: bool = True) -> None:
        """All that is in the journal after the last snapshot."""
        found = self._journal.snapshot() if load else None
        try:
            if load:
                emulator.load(self._first[0] if found is None and self._first else found.document)  # type: ignore[union-attr]
            after = self._journal.snapshots()[-1].sequence if self._journal.is_begun else 0
            self._since = replay(emulator, self._journal.entries(after))
        except CodecError as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: Exception) -> StateFileError:
        return self._place.unusable(f"{error}: another release of vmss_sdk wrote it, or it is damaged")


@attrs.frozen
class DataDirectoryKey:
    """The key of state files, which is in the data directory.

    Attributes:
        data_directory: Where that is.
        path: Of the state file; errors name it.
    """

    data_directory: DataDirectory
    path: str | os.PathLike[str]

    def __call__(self, make: bool) -> bytes | None:
        """The key; None when there is none.

        Args:
            make: Whether one is to be made then.

        Raises:
            StateFileError: It cannot be read or made, or it is none.
        """
        directory = self.data_directory
        try:
            found = directory.secret(_KEY, _new_key) if make else directory.read_secret(_KEY)
        except DataDirectoryError as error:
            raise self._no_key(str(error)) from None
        if found is not None and len(found) != KEY_BYTES:
            raise self._no_key(
                f"'{directory.folder / _KEY}' holds no key: it has {len(found)} bytes, expected {KEY_BYTES}."
                " Put back the one that was there, or delete it: a new one is made, and state files that were encrypted"
                " with the old one cannot be opened any more"
            )
        return found

    def _no_key(self, reason: str) -> StateFileError:
        return StateFileError(f"cannot use the key of the state file '{os.fspath(self.path)}': {reason}")


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
            if self.kept.interrupted:
                self.kept.restore()
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
        answer = self.refusal(request, ArmError.of(ErrorReason.SERVICE_UNAVAILABLE, _TRY_AGAIN))
        assert answer is not None  # with an error there is always one
        return answer


@contextmanager
def _collector_paused() -> Iterator[None]:
    """What is read is kept: to look for garbage among it was measured to cost a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _make_emulator(written: dict[str, Any] | None, clock: VirtualClock | ScaledClock | None) -> Emulator:
    return Emulator(clock) if written is None else Emulator.from_saved(written, clock=clock)


def _new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)
