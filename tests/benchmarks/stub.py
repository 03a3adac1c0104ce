"""A server that costs next to nothing, so that the client's CPU is what is measured.

``python -m tests.benchmarks.stub`` serves canned bytes on a free port of this machine and prints the port. Each POST
starts an operation that reports `POLLS` times that it is in progress.
"""

import asyncio
import itertools
import json

from tests.benchmarks.bodies import SCALE_SET, instance, scale_set

POLLS = 5
INSTANCES = 1000


def _answer(status: str, body: bytes, *headers: str) -> bytes:
    common = [
        "Content-Type: application/json; charset=utf-8",
        "Cache-Control: no-cache",
        "Pragma: no-cache",
        "Expires: -1",
        "Strict-Transport-Security: max-age=31536000; includeSubDomains",
        "X-Content-Type-Options: nosniff",
        "x-ms-request-id: 11111111-2222-3333-4444-555555555555",
        "x-ms-correlation-request-id: 11111111-2222-3333-4444-555555555555",
        "x-ms-routing-request-id: WESTEUROPE:20260101T000000Z:11111111-2222-3333-4444-555555555555",
        "x-ms-ratelimit-remaining-resource: Microsoft.Compute/GetVMScaleSetResource;1999",
        "x-ms-ratelimit-remaining-subscription-reads: 11999",
        "Date: Thu, 01 Jan 2026 00:00:00 GMT",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([f"HTTP/1.1 {status}", *common, *headers, "", ""]).encode() + body


class Stub(asyncio.Protocol):
    """One connection: requests in, canned bytes out."""

    canned: dict[str, bytes]
    base = ""
    numbers = itertools.count(1)
    polls: dict[str, int]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].decode("latin-1")
            length = next(
                (int(line[15:]) for line in head.split("\r\n") if line[:15].lower() == "content-length:"),
                0,
            )
            if len(self.buffer) < end + 4 + length:
                return
            self.buffer = self.buffer[end + 4 + length :]
            method, target, _ = head.split(" ", 2)
            self.transport.write(self.answer(method, target.partition("?")[0]))

    def answer(self, method: str, path: str) -> bytes:
        """The bytes for one request."""
        if method == "POST":
            return self.start()
        if path.startswith("/operations/"):
            return self.poll(path)
        if path.startswith("/results/"):
            return self.canned["result"]
        return self.canned[path.rpartition("/")[2].lower()]

    def start(self) -> bytes:
        """Begin an operation."""
        number = next(self.numbers)
        self.polls[f"/operations/{number}"] = POLLS
        status = f"Azure-AsyncOperation: {self.base}/operations/{number}?api-version=2026-04-01"
        result = f"Location: {self.base}/results/{number}?api-version=2026-04-01"
        return _answer("202 Accepted", b"", status, result)

    def poll(self, path: str) -> bytes:
        """The state of an operation, one poll nearer to its end."""
        self.polls[path] -= 1
        return self.canned["running" if self.polls[path] >= 0 else "done"]


async def serve() -> None:
    """Listen until the process is ended."""
    times = {"startTime": "2026-01-01T00:00:00+00:00", "name": "1"}
    instances = [instance(number) for number in range(INSTANCES)]
    Stub.polls = {}
    Stub.canned = {
        SCALE_SET.rpartition("/")[2]: _answer("200 OK", json.dumps(scale_set()).encode()),
        "virtualmachines": _answer("200 OK", json.dumps({"value": instances}).encode()),
        "running": _answer("200 OK", json.dumps({**times, "status": "InProgress"}).encode()),
        "done": _answer("200 OK", json.dumps({**times, "status": "Succeeded"}).encode()),
        "result": _answer("200 OK", b""),
    }
    server = await asyncio.get_running_loop().create_server(Stub, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    Stub.base = f"http://127.0.0.1:{port}"
    print(port, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
