"""Recording of exchanges with an emulator, for as long as a context lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from vmss_sdk.transport.retry import RetryingTransport

if TYPE_CHECKING:
    from vmss_sdk.client import VmssClient
    from vmss_sdk.handles.emulator import EmulatorClock
    from vmss_sdk.transport.base import Clock, Request, Response, Transport

__all__ = ["Exchange", "captured_requests", "frozen"]


@attrs.frozen
class Exchange:
    """One request that was sent, and what became of it.

    Attributes:
        request: As it was sent; its repr shows neither headers nor body.
        response: The answer; None when none came.
        error: Why none came; None when one did.
    """

    request: Request
    response: Response | None = None
    error: Exception | None = None


@contextmanager
def captured_requests(client: VmssClient) -> Iterator[list[Exchange]]:
    """Everything that the client sends meanwhile, each attempt of a retry by itself, in order."""
    retrying = client._connection.transport
    assert isinstance(retrying, RetryingTransport)
    inner, exchanges = retrying.inner, list[Exchange]()
    retrying.inner = _Recorder(inner, exchanges)
    try:
        yield exchanges
    finally:
        retrying.inner = inner


@contextmanager
def frozen(client: VmssClient) -> Iterator[EmulatorClock]:
    """Stop the emulator's clock meanwhile: time passes only when it is advanced or skipped.

    A virtual clock stands still anyway.

    Raises:
        NotAnEmulatorError: The client talks to none.
    """
    clock = client.emulator.clock
    speed = clock.read().speed
    if speed is not None:
        clock.set_speed(0)
    try:
        yield clock
    finally:
        if speed is not None:
            clock.set_speed(speed)


class _Recorder:
    """A transport that writes down what another one carries."""

    def __init__(self, inner: Transport, exchanges: list[Exchange]) -> None:
        self._inner = inner
        self._exchanges = exchanges

    @property
    def clock(self) -> Clock:
        return self._inner.clock

    def send(self, request: Request) -> Response:
        try:
            response = self._inner.send(request)
        except Exception as error:
            self._exchanges.append(Exchange(request, error=error))
            raise
        self._exchanges.append(Exchange(request, response))
        return response

    def close(self) -> None:
        self._inner.close()
