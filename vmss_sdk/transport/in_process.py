"""Carries requests to an emulator in this process: no network, no HTTP library, virtual time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.errors import ClientUsageError

if TYPE_CHECKING:
    from vmss_sdk.emulator.app import Emulator
    from vmss_sdk.transport.base import Clock, Request, Response

__all__ = ["InProcessTransport"]


class InProcessTransport:
    """A transport whose service is an emulator object.

    Args:
        emulator: Whom to ask; by default a new emulator with a virtual clock. Several transports (and so
            several clients) may share one.

    Attributes:
        emulator: The emulator itself: its clock, faults and decision log.
    """

    def __init__(self, emulator: Emulator | None = None) -> None:
        if emulator is None:
            from vmss_sdk.emulator.app import Emulator

            emulator = Emulator()
        self.emulator = emulator
        self._closed = False

    @property
    def clock(self) -> Clock:
        """The emulator's clock: waiting on a virtual one costs no real time."""
        return self.emulator.clock

    def send(self, request: Request) -> Response:
        """Hand one request to the emulator.

        Raises:
            ClientUsageError: The transport was closed.
            TransportError: The emulator was told to lose a request or an answer.
        """
        if self._closed:
            raise ClientUsageError("this transport was closed; make a new client (the emulator itself lives on)")
        return self.emulator.handle(request)

    def close(self) -> None:
        """Stop sending. The emulator and its state stay."""
        self._closed = True
