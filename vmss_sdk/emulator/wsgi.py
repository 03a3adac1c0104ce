"""An emulator as a WSGI application, for any server that speaks WSGI."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import quote

from vmss_sdk import wire
from vmss_sdk.emulator.arm.errors import ArmError, Flaw
from vmss_sdk.emulator.arm.service_faults import NoAnswerError
from vmss_sdk.transport.base import Headers, Request, Response

__all__ = ["WsgiApp", "authority", "wsgi_app"]

_HOST = re.compile(r"[\w.:%\[\]-]+", re.ASCII)
_PATH_CHARACTERS = "/:@!$&'()*+,;=~"

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
WsgiApp = Callable[[Mapping[str, Any], StartResponse], Iterable[bytes]]


class _Handler(Protocol):
    def handle(self, request: Request) -> Response: ...


def wsgi_app(emulator: _Handler) -> WsgiApp:
    """An emulator as a WSGI application."""

    def app(environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        try:
            response = _answer(emulator, environ)
        except NoAnswerError:
            # servers cannot be told to say nothing, but close the connection of a body that breaks off, mostly
            # before they have sent the head; who gets that and ignores the body must not take it for a success
            start_response("504 Gateway Timeout", [("Content-Length", "1")])
            return _broken_off()
        body = b"" if environ["REQUEST_METHOD"].upper() == "HEAD" else response.body
        start_response(_status_line(response.status), _fields(response))
        return [body]

    return app


def _broken_off() -> Iterator[bytes]:
    raise ConnectionAbortedError("a dropConnection fault is set")
    yield b""


def _answer(emulator: _Handler, environ: Mapping[str, Any]) -> Response:
    try:
        request = _request(environ)
    except ArmError as error:
        return Response(error.status, {"Content-Type": "application/json"}, wire.encode({"error": error.error}))
    return emulator.handle(request)


def _request(environ: Mapping[str, Any]) -> Request:
    path = quote(environ.get("PATH_INFO", "").encode("latin-1", "replace"), safe=_PATH_CHARACTERS)
    query = environ.get("QUERY_STRING", "")
    url = f"{environ['wsgi.url_scheme']}://{_host(environ)}{path or '/'}{'?' if query else ''}{query}"
    return Request(environ["REQUEST_METHOD"].upper(), url, _headers(environ), _body(environ))


def _host(environ: Mapping[str, Any]) -> str:
    """The host that the client used, because links in answers are made of it; one that is no host is ignored."""
    host = environ.get("HTTP_HOST", "")
    if _HOST.fullmatch(host):
        return str(host)
    return authority(environ["SERVER_NAME"], int(environ["SERVER_PORT"]))


def _headers(environ: Mapping[str, Any]) -> Headers:
    fields = {name[5:].replace("_", "-").title(): value for name, value in environ.items() if name.startswith("HTTP_")}
    if content_type := environ.get("CONTENT_TYPE"):
        fields["Content-Type"] = content_type
    return Headers(fields)


def _body(environ: Mapping[str, Any]) -> bytes:
    """The whole body.

    Raises:
        ArmError: The connection broke before its end. Servers hand an empty body over then, and that means "all
            instances" in some actions.
    """
    announced = environ.get("CONTENT_LENGTH") or environ.get("HTTP_CONTENT_LENGTH") or ""
    chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
    if not (announced or chunked):
        return b""
    body: bytes = environ["wsgi.input"].read()
    # CHOICE: a chunked body without a byte is refused, because it looks like one that broke off.
    if (chunked and not body) or (not chunked and not _is_length(announced, len(body))):
        raise ArmError.of(Flaw.INVALID_BODY, why="It is shorter than announced.")
    return body


def _is_length(text: str, length: int) -> bool:
    return text.isdecimal() and int(text) == length


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Status"


def _fields(response: Response) -> list[tuple[str, str]]:
    fields = list(response.headers.items())
    bodiless = response.status < HTTPStatus.OK or response.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
    if not bodiless and "Content-Length" not in response.headers:
        fields.append(("Content-Length", str(len(response.body))))
    return fields


def authority(host: str, port: int) -> str:
    """Host and port as a URL writes them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
