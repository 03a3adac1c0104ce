"""Trying a call: it is made as always, but what would change anything goes to the emulator's preview instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from vmss_sdk import wire
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._control import ask, decoded
from vmss_sdk.previews import Preview

if TYPE_CHECKING:
    from vmss_sdk._connection import Connection
    from vmss_sdk.transport.base import Clock, Request, Response

__all__ = ["preview_of", "request_of"]

_NOTHING = "was given nothing that changes anything: pass a model, an update, or a call"
_READS = ("GET", "HEAD")
_CONDITIONS = ("If-Match", "If-None-Match")


class _TrialDoneError(Exception):  # how the call ends
    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__()


class _TrialTransport:
    """Sends what reads, and has all else tried."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def clock(self) -> Clock:
        return self._connection.clock

    def send(self, request: Request) -> Response:
        if request.method in _READS:
            return self._connection.transport.send(request)
        raise _TrialDoneError(self._preview_response(request))

    def _preview_response(self, request: Request) -> Preview:
        headers = {name: value for name in _CONDITIONS if (value := request.headers.get(name)) is not None}
        wanted = {
            "method": request.method,
            "path": request.url.removeprefix(self._connection.endpoint),
            "headers": headers,
            "body": wire.decode(request.body) if request.body else None,
        }
        found = ask(self._connection, "POST", "preview", wanted)
        return decoded(lambda document: Preview.of(document, request.method, request.url), found)

    def close(self) -> None:
        """It has nothing of its own."""


class _RequestMadeError(Exception):  # how the call ends
    def __init__(self, request: Request) -> None:
        self.request = request
        super().__init__()


class _RequestTransport(_TrialTransport):
    """Sends what reads, and gives back the first request that does not."""

    def send(self, request: Request) -> Response:
        if request.method in _READS:
            return self._connection.transport.send(request)
        raise _RequestMadeError(request)


def request_of(connection: Connection, begin: Callable[[Connection], object]) -> Request:
    """The first request that changes something, of those that a call would send; it is not sent.

    Args:
        connection: To whom reads go.
        begin: Makes the call over the connection that it is given.

    Raises:
        ClientUsageError: It made no such call.
    """
    try:
        begin(attrs.evolve(connection, transport=_RequestTransport(connection)))
    except _RequestMadeError as made:
        return made.request
    raise ClientUsageError(f"forecast {_NOTHING}")


def preview_of(connection: Connection, begin: Callable[[Connection], object]) -> Preview:
    """What the first call that changes something would be answered.

    Args:
        connection: To the emulator.
        begin: Makes the call over the connection that it is given.

    Raises:
        ClientUsageError: It made no such call.
        NotAnEmulatorError: The endpoint is Azure, which would have to carry the call out.
    """
    try:
        begin(attrs.evolve(connection, transport=_TrialTransport(connection)))
    except _TrialDoneError as tried:
        return tried.preview
    raise ClientUsageError(f"preview {_NOTHING}")
