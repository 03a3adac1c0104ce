"""An emulator as an ASGI application: an event loop receives bodies, so nobody waits for a client that is slow.

Answers are made on the loop as well. They take a fraction of a millisecond, and would wait for each other anyway: there
is one state, and one request acts on it at a time. Handing each to a thread and back was measured to cost as much as
the answer itself, and with 64 connections to double the slowest hundredth.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from http import HTTPStatus
from typing import Any

from vmss_sdk.emulator.arm.control.live import WAITS
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.service_faults import NoAnswerError
from vmss_sdk.emulator.incoming import MOST_IGNORED, PATIENCE, Incoming, Service, fields_of, head_of
from vmss_sdk.transport.base import Request, Response

__all__ = ["AsgiApp", "asgi_app"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
LOOKS_EVERY = 0.25
"""Seconds: whether what a page waits for has happened; a look costs a fraction of a millisecond."""
AsgiApp = Callable[[MutableMapping[str, Any], Receive, Send], Coroutine[Any, Any, None]]


def asgi_app(service: Service, *, patience: float = PATIENCE) -> AsgiApp:
    """An emulator as an ASGI application.

    Args:
        service: Who answers.
        patience: Seconds that a body may take for each step.
    """

    async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(f"ASGI's '{scope['type']}': expected 'http'")
        head = _head(scope)
        # RFC 9112, 3.2: only HTTP/1.0 may go without; the server writes an empty one then
        is_nowhere = scope.get("http_version") == "1.1" and not head.headers.get("Host", "").strip()
        body = _Body(Incoming(service, head), receive, patience, is_nowhere=is_nowhere)
        try:
            response = await body.answer()
        except NoAnswerError:
            await _break_off(send)
        else:
            await _send(response, send, closes=not body.is_read, is_head=head.method == "HEAD")
            await body.ignore()

    return app


class _Body:
    """The body of a request while it is received."""

    def __init__(self, incoming: Incoming, receive: Receive, patience: float, *, is_nowhere: bool) -> None:
        self._incoming = incoming
        self._is_nowhere = is_nowhere
        self.is_read = not incoming.has_body
        self._receive = receive
        self._patience = patience

    async def answer(self) -> Response:
        """Receive it, if it is wanted: the answer to the request."""
        incoming = self._incoming
        if self._is_nowhere:
            return incoming.refuse(ArmError.of(ErrorReason.HOST_INVALID))
        if incoming.has_body and (refusal := incoming.begin()) is not None:
            return refusal
        try:
            while not self.is_read:
                incoming.add(await self._piece())
        except TimeoutError:
            return incoming.give_up()
        except ArmError as error:
            return incoming.refuse(error)
        return await _waited(incoming)

    async def _piece(self) -> bytes:
        async with asyncio.timeout(self._patience):
            message = await self._receive()
        if message["type"] != "http.request":
            raise ArmError.of(ErrorReason.INVALID_BODY, why="It is shorter than announced.")
        self.is_read = not message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        return piece

    async def ignore(self) -> None:
        """Let what is left of a body run out, see `MOST_IGNORED`."""
        ignored = 0
        try:
            while not self.is_read and ignored < MOST_IGNORED:
                ignored += len(await self._piece())
        except (ArmError, TimeoutError):
            return


async def _waited(incoming: Incoming) -> Response:
    """The answer; one that says that nothing happened yet is held back until something did, or for as long as it says.

    Raises:
        NoAnswerError: A ``dropConnection`` fault is set.
    """
    response = incoming.end()
    left = float(response.headers.get(WAITS, "0"))
    while left > 0 and WAITS in response.headers:
        await asyncio.sleep(LOOKS_EVERY)
        left -= LOOKS_EVERY
        response = incoming.end()
    return response


def _head(scope: MutableMapping[str, Any]) -> Request:
    fields = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    query = scope["query_string"].decode("latin-1")
    target = f"{scope['raw_path'].decode('latin-1')}{'?' if query else ''}{query}"
    return head_of(scope["scheme"], scope["method"], target, fields, scope["server"])


async def _break_off(send: Send) -> None:
    """Servers cannot be told to say nothing, but close the connection of a body that breaks off.

    Mostly that is before they have sent the head; who gets that and ignores the body must not take it for a success.
    """
    headers = [(b"content-length", b"1")]
    await send({"type": "http.response.start", "status": HTTPStatus.GATEWAY_TIMEOUT, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": True})
    raise ConnectionAbortedError("a dropConnection fault is set")


async def _send(response: Response, send: Send, *, closes: bool, is_head: bool) -> None:
    fields = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields_of(response, closes=closes)
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": fields})
    await send({"type": "http.response.body", "body": b"" if is_head else response.body, "more_body": False})
