"""Serves an emulator over HTTP from threads of this process, with the standard library alone: for tests.

Whoever holds the emulator object goes on using it meanwhile, and nothing is left when the process ends.
"""

from __future__ import annotations

import contextlib
import io
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, Protocol
from urllib.parse import unquote

from vmss_sdk.emulator.wsgi import WsgiApp, wsgi_app
from vmss_sdk.transport.base import Request, Response

__all__ = ["serving"]

_HERE = "127.0.0.1"
_PATIENCE = 10.0  # seconds for requests that are under way at the end
_HEX = 16


class _Handler(Protocol):
    def handle(self, request: Request) -> Response: ...


@contextmanager
def serving(emulator: _Handler, *, certificate: Path | None = None) -> Iterator[str]:
    """Serve on a free port of this machine, as long as the context lasts.

    Args:
        emulator: Who answers.
        certificate: A file with key and certificate of ``localhost``, for HTTPS.

    Yields:
        The address, without a slash at the end.
    """
    server = _Server(wsgi_app(emulator), None if certificate is None else _context(certificate))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    port = server.server_address[1]
    try:
        yield f"http://{_HERE}:{port}" if certificate is None else f"https://localhost:{port}"
    finally:
        server.shutdown()
        thread.join(_PATIENCE)
        server.end()


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


class _Server(ThreadingMixIn, TCPServer):
    """A thread for each connection; connections that clients keep open end with the server."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, app: WsgiApp, context: ssl.SSLContext | None) -> None:
        super().__init__((_HERE, 0), _Connection)
        self.app = app
        self.scheme = "http" if context is None else "https"
        self._context = context
        self._open: dict[socket.socket, threading.Thread] = {}
        self._lock = threading.Lock()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Here, and not where connections are accepted: a client that is slow at its greeting keeps nobody waiting."""
        with self._lock:
            self._open[request] = threading.current_thread()
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._open.pop(request, None)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Greet, then answer; after TLS the connection is another object, which has to be closed as well."""
        if self._context is None:
            super().finish_request(request, client_address)
            return
        with self._context.wrap_socket(request.dup(), server_side=True) as wrapped:
            super().finish_request(wrapped, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients may go away when they like, and need not trust the certificate; anything else is a defect."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def end(self) -> None:
        """Close what is open, and wait for those who are at work."""
        self.server_close()
        with self._lock:
            connections = dict(self._open)
        for connection, thread in connections.items():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(_PATIENCE)


class _Connection(BaseHTTPRequestHandler):
    """The requests of one connection, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one packet
    server: _Server

    def _answer(self) -> None:
        body = self._body()
        head: list[Any] = []
        answer = self.server.app(self._environ(body), lambda *told: head.extend(told))
        try:
            content = b"".join(answer)
        except ConnectionAbortedError:  # a fault that loses the answer
            self.close_connection = True
            return
        code, _, phrase = head[0].partition(" ")
        self.send_response_only(int(code), phrase)
        for name, value in head[1]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_HEAD = do_PUT = do_POST = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815

    def _environ(self, body: bytes) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        fields = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()}
        return {
            **fields,
            "REQUEST_METHOD": self.command,
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": fields.pop("HTTP_CONTENT_TYPE", ""),
            "SERVER_NAME": _HERE,
            "SERVER_PORT": str(self.server.server_address[1]),
            "wsgi.url_scheme": self.server.scheme,
            "wsgi.input": io.BytesIO(body),
        }

    def _body(self) -> bytes:
        """What came of the body; whether that is all of it is for the application to see."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return b"".join(self._chunks())
        length = self.headers.get("Content-Length", "0")
        return self.rfile.read(int(length)) if length.isdecimal() else b""

    def _chunks(self) -> Iterator[bytes]:
        """The pieces of a body whose length the client did not know beforehand.

        Raises:
            ConnectionResetError: It broke off.
        """
        while size := self._size():
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():  # fields that follow the body
            pass

    def _size(self) -> int:
        try:
            return int(self.rfile.readline().partition(b";")[0], _HEX)
        except ValueError:
            raise ConnectionResetError("the body broke off") from None

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the standard error of a test is the test's."""
