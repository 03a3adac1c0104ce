"""A request on its way in: head first, then its body piece by piece, whoever carries it.

Who calls is asked before the body is read, a body has a limit, and one that does not get on is given up: so a client
that is slow, or sends too much, costs the connection that it holds and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.request_body import MAX_BODY_BYTES
from vmss_sdk.transport.base import Headers, Request, Response

__all__ = ["MOST_IGNORED", "PATIENCE", "Incoming", "Service", "authority", "fields_of", "head_of"]

PATIENCE = 30.0
"""Seconds that a client may take for a head, and for each step of a body."""

MOST_IGNORED = 64 * 1024 * 1024
"""Bytes of a body that nobody wants which are received and forgotten: a connection that is closed while its client
sends is reset, and then the client sees that and not the answer."""

_HOST = re.compile(r"[\w.:%\[\]-]+", re.ASCII)
_PATH_CHARACTERS = "/:@!$&'()*+,;=~%"
_PLAIN_PATH = re.compile(r"[\w/:@!$&'()*+,;=~%.-]*", re.ASCII)


class Service(Protocol):
    """Who answers: an emulator, or a way into one."""

    def refusal(self, head: Request, error: ArmError | None = None) -> Response | None:
        """See `Emulator.refusal`."""

    def handle(self, request: Request) -> Response:
        """See `Emulator.handle`."""


def head_of(scheme: str, method: str, target: str, fields: Iterable[tuple[str, str]], own: tuple[str, int]) -> Request:
    """A request without its body.

    Args:
        scheme: ``http`` or ``https``.
        method: In any case.
        target: Path and query as they came.
        fields: The header fields; what comes several times is joined.
        own: Host and port of the server, for links in answers when the client named no host that can be used.
    """
    joined: dict[str, str] = {}
    for name, value in fields:
        key = name.lower()
        joined[key] = f"{joined[key]}, {value}" if key in joined else value
    host = joined.get("host", "")
    path, mark, query = target.partition("?")
    if not _PLAIN_PATH.fullmatch(path):
        path = quote(path, safe=_PATH_CHARACTERS, encoding="latin-1")
    place = host if _HOST.fullmatch(host) else authority(*own)
    return Request(method.upper(), f"{scheme}://{place}{path or '/'}{mark}{query}", Headers(joined))


class Incoming:
    """One request as it comes in. First `begin`, then `add` for each piece of the body, then `end`.

    Whoever carries it sees when a body in chunks breaks off, and then calls `refuse` in the place of `end`.

    Args:
        service: Who answers.
        head: The request without its body.

    Attributes:
        has_body: Whether a body is announced.
    """

    def __init__(self, service: Service, head: Request) -> None:
        self._service = service
        self._head = head
        self._announced = head.headers.get("Content-Length", "")
        self._chunked = "chunked" in head.headers.get("Transfer-Encoding", "").lower()
        self._body = bytearray()
        self.has_body = bool(self._announced or self._chunked)

    def begin(self) -> Response | None:
        """The answer, when it does not depend on the body; None: the body is wanted."""
        if not self._chunked and not self._announced.isdecimal():
            return self.refuse(ArmError.of(ErrorReason.INVALID_BODY, why="Its Content-Length is no number."))
        if not self._chunked and int(self._announced) > MAX_BODY_BYTES:
            return self.refuse(ArmError.of(ErrorReason.BODY_TOO_LARGE))
        return self._service.refusal(self._head)

    def add(self, piece: bytes) -> None:
        """Take a piece of the body.

        Raises:
            ArmError: That is more than a body may have.
        """
        if len(self._body) + len(piece) > MAX_BODY_BYTES:
            self._body.clear()
            raise ArmError.of(ErrorReason.BODY_TOO_LARGE)
        self._body += piece

    def end(self) -> Response:
        """The answer, now that the body is there.

        Raises:
            NoAnswerError: A ``dropConnection`` fault is set.
        """
        if self.has_body and not self._is_whole():
            return self.refuse(ArmError.of(ErrorReason.INVALID_BODY, why="It is shorter than announced."))
        head = self._head
        if not self._body:
            return self._service.handle(head)
        return self._service.handle(Request(head.method, head.url, head.headers, bytes(self._body)))

    def _is_whole(self) -> bool:
        """Whether none of it was lost: a shorter body may mean "all instances" where two were named."""
        return self._chunked or len(self._body) == int(self._announced)

    def give_up(self) -> Response:
        """The answer to a body that did not get on for `PATIENCE`."""
        return self.refuse(ArmError.of(ErrorReason.BODY_TOO_SLOW, seconds=f"{PATIENCE:g}"))

    def refuse(self, error: ArmError) -> Response:
        """The answer to a request whose body cannot be taken; the connection ends with it."""
        response = self._service.refusal(self._head, error)
        assert response is not None
        return response


def fields_of(response: Response, *, closes: bool) -> list[tuple[str, str]]:
    """The header fields of an answer, with the length of its body where it may have one.

    Args:
        response: The answer.
        closes: Whether the connection ends with it.
    """
    fields = list(response.headers.items())
    bodiless = response.status < HTTPStatus.OK or response.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
    if not bodiless and "Content-Length" not in response.headers:
        fields.append(("Content-Length", str(len(response.body))))
    if closes:
        fields.append(("Connection", "close"))
    return fields


def authority(host: str, port: int) -> str:
    """Host and port as a URL writes them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
