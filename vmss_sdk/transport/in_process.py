"""Carries requests to an emulator in this process: no network, no HTTP library, virtual time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vmss_sdk.errors import ClientUsageError, RequestNotSentError, ResponseLostError
from vmss_sdk.transport.origin import without_query

if TYPE_CHECKING:
    from vmss_sdk.emulator.app import Emulator
    from vmss_sdk.emulator.persistence import PersistentEmulator
    from vmss_sdk.transport.base import Clock, Request, Response

__all__ = ["InProcessTransport"]


class InProcessTransport:
    """A transport whose service is an emulator object.

    Args:
        emulator: Whom to ask; by default a new emulator with a virtual clock. Several transports (and so
            several clients) may share one.
        state: The path of a file in which the emulator's state is kept, instead of an emulator. It is locked until the
            transport is closed; what a request changed is in it before the answer comes.
        start: Where the clock of a new emulator stands, in seconds since 1970-01-01 UTC; default: 2026-01-01.

    Attributes:
        emulator: The emulator itself: its clock, faults and decision log.

    Raises:
        ClientUsageError: Both an emulator and a state file were given.
        StateFileError: The file is open elsewhere, or cannot be used.
    """

    def __init__(
        self,
        emulator: Emulator | None = None,
        *,
        state: str | os.PathLike[str] | None = None,
        start: float | None = None,
    ) -> None:
        self._kept: PersistentEmulator | None = None
        if state is not None:
            if emulator is not None:
                raise ClientUsageError("in_process takes an emulator or the path of a state file, not both")
            from vmss_sdk.emulator.persistence import PersistentEmulator

            self._kept = PersistentEmulator(state)
            emulator = self._kept.emulator
        if emulator is None:
            from vmss_sdk.emulator.app import Emulator
            from vmss_sdk.emulator.engine.platform.clock import VirtualClock

            emulator = Emulator(None if start is None else VirtualClock(start))
        self.emulator = emulator
        self._entrance = emulator.in_process()
        self._closed = False

    @property
    def clock(self) -> Clock:
        """The emulator's clock: waiting on a virtual one costs no real time."""
        return self.emulator.clock

    def send(self, request: Request) -> Response:
        """Hand one request to the emulator.

        Raises:
            ClientUsageError: The transport was closed.
            RequestNotSentError: A ``dropConnection`` fault lost the request.
            ResponseLostError: A ``dropConnection`` fault lost the answer.
            StateFileError: The request was processed, but the state file cannot be written.
        """
        if self._closed:
            raise ClientUsageError("this transport was closed; make a new client (the emulator itself lives on)")
        try:
            return (self._kept or self.emulator).handle(request, self._entrance)
        except Exception as error:
            raise _lost(request, error) from None

    def close(self) -> None:
        """Stop sending. The emulator and its state stay; a state file is saved, and others may open it.

        Raises:
            StateFileError: It cannot be written.
        """
        if not self._closed and self._kept is not None:
            self._kept.close()
        self._closed = True


def _lost(request: Request, error: Exception) -> Exception:
    """Our error when the emulator gave no answer because it was told so; any other error is a defect of it."""
    from vmss_sdk.emulator.app import NoAnswerError

    if not isinstance(error, NoAnswerError):
        return error
    place = f"{request.method} {without_query(request.url)}"
    if error.processed:
        return ResponseLostError(f"{place}: the connection broke before the answer came (a dropConnection fault)")
    return RequestNotSentError(f"{place}: no connection to the service (a dropConnection fault)")
