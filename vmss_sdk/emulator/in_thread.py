"""Serves an emulator over HTTP from threads of this process, with the standard library alone: for tests.

Whoever holds the emulator object goes on using it meanwhile, and nothing is left when the process ends.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any

import attrs

from vmss_sdk.emulator.app import Emulator, EntryPoint
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.names import ServerNames
from vmss_sdk.emulator.arm.service_faults import NoAnswerError
from vmss_sdk.emulator.incoming import MOST_IGNORED, PATIENCE, Incoming, Service, fields_of, head_of
from vmss_sdk.transport.base import Response

__all__ = ["serving"]

_HERE = "127.0.0.1"
_PATIENCE = 10.0  # seconds for requests that are under way at the end
_PIECE = 64 * 1024
_LINE = 64 * 1024
_HEX_NUMBER = re.compile(rb"[0-9a-fA-F]{1,16}")


@contextmanager
def serving(emulator: Service, *, certificate: Path | None = None) -> Iterator[str]:
    """Serve on a free port of this machine, as long as the context lasts.

    Args:
        emulator: Who answers.
        certificate: A file with key and certificate of ``localhost``, for HTTPS.

    Yields:
        The address, without a slash at the end.
    """
    server = _Server(_served(emulator), None if certificate is None else _context(certificate))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    port = server.server_address[1]
    try:
        yield f"http://{_HERE}:{port}" if certificate is None else f"https://localhost:{port}"
    finally:
        server.shutdown()
        thread.join(_PATIENCE)
        server.end()


def _served(service: Service) -> Service:
    """The same for those who come over HTTP; a stand-in is as it is."""
    if isinstance(service, Emulator):
        return service.served(ServerNames())
    return attrs.evolve(service, names=ServerNames()) if isinstance(service, EntryPoint) else service


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


class _Server(ThreadingMixIn, TCPServer):
    """A thread for each connection; connections that clients keep open end with the server."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, service: Service, context: ssl.SSLContext | None) -> None:
        super().__init__((_HERE, 0), _Connection)
        self.service = service
        self.own = _HERE, int(self.server_address[1])
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
        request.settimeout(PATIENCE)
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
    timeout = PATIENCE
    _is_read = True
    server: _Server

    def _answer(self) -> None:
        own = self.server.own
        head = head_of(self.server.scheme, self.command, self.path, self.headers.items(), own)
        incoming = Incoming(self.server.service, head)
        try:
            response = self._refusal(incoming) or incoming.end()
        except NoAnswerError:  # a fault that loses the answer
            self.close_connection = True
            return
        self._send(response, is_head=head.method == "HEAD")
        self._ignore()

    do_GET = do_HEAD = do_PUT = do_POST = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815

    def _refusal(self, incoming: Incoming) -> Response | None:
        """Receive the body: the answer, when there will be none that depends on it."""
        if not incoming.has_body:
            return None
        closes, self.close_connection = self.close_connection, True  # what follows a part of a body is no request
        self._is_read = False
        if (refusal := incoming.begin()) is not None:
            return refusal
        try:
            for piece in self._pieces():
                incoming.add(piece)
        except TimeoutError:
            return incoming.give_up()
        except ArmError as error:
            return incoming.refuse(error)
        self.close_connection, self._is_read = closes, True
        return None

    def _ignore(self) -> None:
        """Let what is left of a body run out, see `MOST_IGNORED`."""
        self.wfile.flush()
        ignored = 0
        while not self._is_read and ignored < MOST_IGNORED and (piece := self.rfile.read1(_PIECE)):
            ignored += len(piece)

    def _send(self, response: Response, *, is_head: bool) -> None:
        self.send_response_only(response.status)
        for name, value in fields_of(response, closes=self.close_connection):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"" if is_head else response.body)

    def _pieces(self) -> Iterator[bytes]:
        """What comes of the body; whether that is all of it is for others to see.

        Raises:
            TimeoutError: Nothing came for `PATIENCE`.
        """
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            yield from self._chunks()
            return
        yield from self._read(int(self.headers["Content-Length"]))

    def _read(self, length: int) -> Iterator[bytes]:
        while length > 0 and (piece := self.rfile.read1(min(length, _PIECE))):
            length -= len(piece)
            yield piece

    def _chunks(self) -> Iterator[bytes]:
        """The pieces of a body whose length the client did not know beforehand.

        Raises:
            ArmError: It broke off.
        """
        while size := self._size():
            left = size
            for piece in self._read(size):
                left -= len(piece)
                yield piece
            if left or self.rfile.readline(_LINE).strip():
                raise ArmError.of(ErrorReason.INVALID_BODY, why="It is shorter than announced.")
        while self.rfile.readline(_LINE).strip():  # fields that follow the body
            pass

    def _size(self) -> int:
        text = self.rfile.readline(_LINE).partition(b";")[0].strip()
        if not _HEX_NUMBER.fullmatch(text):
            raise ArmError.of(ErrorReason.INVALID_BODY, why="It is shorter than announced.")
        return int(text, 16)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the standard error of a test is the test's."""
