"""Servers that do with a connection what no HTTP server would: each connection gets one act."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

__all__ = ["Act", "connections", "read_request", "reset", "say"]

Act = Callable[[socket.socket], None]


@contextmanager
def connections(*acts: Act, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[str]:
    """The address of a server that does the first act with the first connection, and so on; then nobody listens."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, 0), family=family)
    port = listener.getsockname()[1]

    def serve() -> None:
        for act in acts:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # the test is over
            with connection:
                _perform(connection, act, tls)
        listener.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    shown = f"[{host}]" if ":" in host else host
    try:
        yield f"{'http' if tls is None else 'https'}://{shown}:{port}"
    finally:
        _stop(listener)
        thread.join(5)


def _stop(listener: socket.socket) -> None:
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)  # else a thread that waits in accept goes on waiting
    listener.close()


def _perform(connection: socket.socket, act: Act, tls: ssl.SSLContext | None) -> None:
    try:
        if tls is None:
            return act(connection)
        with tls.wrap_socket(connection, server_side=True) as wrapped:
            act(wrapped)
    except OSError:
        return None  # the client went away, or does not trust us


def read_request(connection: socket.socket) -> bytes:
    """One whole request, head and body."""
    text = b""
    while b"\r\n\r\n" not in text:
        text += _more(connection)
    head, _, body = text.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += _more(connection)
    return head + b"\r\n\r\n" + body


def _more(connection: socket.socket) -> bytes:
    text = connection.recv(65536)
    if not text:
        raise ConnectionError("the client went away")
    return text


def say(text: bytes, heard: list[bytes] | None = None) -> Act:
    """Read a request, keep it, answer these bytes, close."""

    def answer(connection: socket.socket) -> None:
        request = read_request(connection)
        if heard is not None:
            heard.append(request)
        connection.sendall(text)

    return answer


def reset(connection: socket.socket) -> None:
    """Begin to read, then break the connection off."""
    connection.recv(1024)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
