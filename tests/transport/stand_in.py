"""Stand-ins for the tests of transports: a service that tells what reached it, and a clock that only counts."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from vmss_sdk import Request, Response, wire
from vmss_sdk.transport.base import Headers


class CountingClock:
    """A clock on which waiting costs nothing; it remembers how long it was asked to wait."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.time = now
        self.naps: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.time += seconds


class Service(Protocol):
    """What can be served."""

    def handle(self, request: Request) -> Response: ...


class EchoService:
    """Answers what it was asked: ``/status/409`` with that status, ``/big/n`` with n bytes, else an echo."""

    def __init__(self) -> None:
        self.clock = CountingClock()

    def in_process(self) -> None:
        """The way in: there is but one."""

    def handle(self, request: Request, entrance: None = None) -> Response:
        path = "/" + request.url.split("/", 3)[3]
        if path.startswith("/status/"):
            return Response(int(path.rpartition("/")[2]), {"X-Kind": "status"}, b'{"error":{"code":"Some"}}')
        if path.startswith("/big/"):
            return Response(200, {"Content-Type": "text/plain"}, b"x" * int(path.rpartition("/")[2]))
        if path.startswith("/empty"):
            return Response(204)
        echo: dict[str, Any] = {
            "method": request.method,
            "path": path,
            "body": request.body.decode(),
            "headers": {name.lower(): value for name, value in request.headers.items()},
        }
        return Response(200, {"Content-Type": "application/json", "X-Mixed-Case": "kept"}, wire.encode(echo))


class _Server(ThreadingHTTPServer):
    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, handler)


@contextmanager
def serving(service: Service, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[str]:
    """The service over HTTP(S) on this machine; gives its address."""
    server = _Server((host, 0), _handler(service))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"{'http' if tls is None else 'https'}://{shown}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            fields = Headers(dict(self.headers.items()))
            url = f"http://{self.headers['Host']}{self.path}"
            response = service.handle(Request(self.command, url, fields, self.rfile.read(length)))
            self.send_response(response.status)
            for name, value in response.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(response.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is written to the terminal."""

    for method in ("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    return Handler
