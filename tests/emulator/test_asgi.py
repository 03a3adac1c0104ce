"""What HTTP becomes on its way to the emulator and back, without a network."""

import asyncio
from collections.abc import Iterable, MutableMapping
from typing import Any

import pytest

from tests.transport.stand_in import EchoService
from vmss_sdk import Request, Response, wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.control.live import WAITS
from vmss_sdk.emulator.arm.errors import ArmError
from vmss_sdk.emulator.asgi import asgi_app

Answer = tuple[int, dict[str, str], bytes]
LIMIT = 4 * 1024 * 1024
STALLED = b"stalled"
BROKEN = b"broken"


class Client:
    """Sends one request in pieces, `STALLED` and `BROKEN` among them, and keeps what comes back."""

    def __init__(self, pieces: Iterable[bytes] = ()) -> None:
        self._pieces = list(pieces)
        self.taken = 0
        self.sent: list[MutableMapping[str, Any]] = []

    async def receive(self) -> MutableMapping[str, Any]:
        """The next piece."""
        piece = self._pieces.pop(0) if self._pieces else b""
        if piece == STALLED:
            await asyncio.Future()
        if piece == BROKEN:
            return {"type": "http.disconnect"}
        self.taken += 1
        return {"type": "http.request", "body": piece, "more_body": bool(self._pieces)}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Keep it."""
        self.sent.append(message)

    @property
    def answer(self) -> Answer:
        """Status, headers and body."""
        start, *rest = self.sent
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"], headers, b"".join(message["body"] for message in rest)


def scope_of(method: str, path: str, query: str = "", **headers: str) -> dict[str, Any]:
    fields = {"host": "localhost:8677", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return {
        "type": "http",
        "method": method,
        "scheme": "http",
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode(),
        "server": ("127.0.0.1", 8677),
        "headers": [(name.encode(), value.encode()) for name, value in fields.items() if value],
    }


def call(service: Any, method: str, path: str, *pieces: bytes, query: str = "", **headers: str) -> Answer:
    """What the application answers to a body that comes in these pieces; nobody is waited for."""
    client = Client(pieces)
    if pieces and "transfer_encoding" not in headers:
        headers.setdefault("content_length", str(sum(map(len, pieces))))
    app = asgi_app(service, patience=0)
    asyncio.run(app(scope_of(method, path, query, **headers), client.receive, client.send))
    return client.answer


def code_of(answer: Answer) -> str:
    return str(wire.decode(answer[2])["error"]["code"])


class Recorder:
    """A service that keeps what reached it and answers as it was told."""

    def __init__(self, response: Response | None = None) -> None:
        self.requests: list[Request] = []
        self.response = response or Response(200, {"Content-Type": "application/json"}, b"{}")

    def handle(self, request: Request) -> Response:
        """Keep it."""
        self.requests.append(request)
        return self.response

    def refusal(self, head: Request, error: ArmError | None = None) -> Response | None:
        """Everybody may call."""
        return None if error is None else Response(error.status, {}, wire.encode({"error": error.error}))


class Closed(Recorder):
    """A service to which nobody may come."""

    def refusal(self, head: Request, error: ArmError | None = None) -> Response | None:
        """Nobody may call."""
        return Response(401)


def test_a_request_reaches_the_emulator_as_it_was_sent() -> None:
    """Method, URL in its own case, query, headers and body."""
    service = Recorder()
    query = "api-version=2021-04-01&$filter=a%20eq%20'b'"
    call(
        service,
        "PUT",
        "/subscriptions/S/resourceGroups/RG",
        b'{"location"',
        b':"westus2"}',
        query=query,
        content_type="application/json",
        x_ms_client_request_id="id",
    )
    (request,) = service.requests
    assert request.url == f"http://localhost:8677/subscriptions/S/resourceGroups/RG?{query}"
    assert (request.method, request.body) == ("PUT", b'{"location":"westus2"}')
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-ms-client-request-id"] == "id"


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/a%2Fb/%zz/é".encode().decode("latin-1"), "/a%2Fb/%zz/%C3%A9"),
        ("//subscriptions/(x)/", "//subscriptions/(x)/"),
        ("", "/"),
    ],
)
def test_a_path_is_handed_on_as_it_is_encoded(path: str, sent: str) -> None:
    """An encoded slash stays one, and what is no ASCII is encoded: the emulator gets a URL."""
    service = Recorder()
    call(service, "GET", path)
    assert service.requests[0].url == f"http://localhost:8677{sent}"


@pytest.mark.parametrize("host", ["", "evil.example/path?", "a b", "x@y"])
def test_a_host_header_that_is_no_host_is_ignored(host: str) -> None:
    """Links in answers are made of the host; without a usable one it is the server's own address."""
    service = Recorder()
    call(service, "GET", "/x", host=host)
    assert service.requests[0].url == "http://127.0.0.1:8677/x"


@pytest.mark.parametrize("length", ["50", "3", "abc", "-1", "²"])
def test_a_body_that_is_not_as_long_as_announced_reaches_nobody(length: str) -> None:
    """A body lost on the way must not turn "reimage these two" into "reimage all"."""
    service = Recorder()
    answer = call(service, "POST", "/x", b"short", content_length=length)
    assert (answer[0], code_of(answer), service.requests) == (400, "InvalidRequestContent", [])


@pytest.mark.parametrize("headers", [{"content_length": "50"}, {"transfer_encoding": "chunked"}])
@pytest.mark.parametrize("begin", [[], [b"{}"]])
def test_a_body_that_breaks_off_reaches_nobody(headers: dict[str, str], begin: list[bytes]) -> None:
    """Whether or not its length was announced, and anything of it came."""
    service = Recorder()
    answer = call(service, "POST", "/x", *begin, BROKEN, **headers)
    assert (answer[0], code_of(answer), service.requests) == (400, "InvalidRequestContent", [])


@pytest.mark.parametrize("pieces", [[b"{", b"}"], [b""]])
def test_a_chunked_body_arrives(pieces: list[bytes]) -> None:
    """A body without a length is read to its end, be it empty."""
    service = Recorder()
    call(service, "POST", "/x", *pieces, transfer_encoding="chunked")
    assert service.requests[0].body == b"".join(pieces)


def test_a_body_that_does_not_get_on_is_given_up() -> None:
    """The connection ends with that answer, and nothing was done."""
    service = Recorder()
    answer = call(service, "POST", "/x", b"{", STALLED, b"}", content_length="2")
    assert (answer[0], code_of(answer), service.requests) == (408, "RequestTimeout", [])
    assert answer[1]["connection"] == "close"


def test_a_body_of_arms_limit_arrives() -> None:
    """4 MB are not too much."""
    service = Recorder()
    call(service, "PUT", "/x", b"x" * LIMIT)
    assert len(service.requests[0].body) == LIMIT


@pytest.mark.parametrize("headers", [{"content_length": str(LIMIT + 1)}, {"transfer_encoding": "chunked"}])
def test_a_body_beyond_arms_limit_reaches_nobody(headers: dict[str, str]) -> None:
    """Whether or not its length was announced; the connection ends with that answer."""
    service = Recorder()
    answer = call(service, "PUT", "/x", b"x" * LIMIT, b"x", **headers)
    assert (answer[0], code_of(answer), service.requests) == (413, "RequestContentTooLarge", [])


def test_whoever_may_not_call_is_told_before_the_body_is_read() -> None:
    """The answer is there while the body is not."""
    client = Client([STALLED])
    app = asgi_app(Closed(), patience=0)
    asyncio.run(app(scope_of("PUT", "/x", content_length="5"), client.receive, client.send))
    assert (client.answer[0], client.taken) == (401, 0)


def test_what_is_left_of_a_body_is_let_run_out() -> None:
    """A client that is still sending would see a reset connection in the answer's place."""
    client = Client([b"x"] * 5)
    app = asgi_app(Closed(), patience=0)
    asyncio.run(app(scope_of("PUT", "/x", content_length="5"), client.receive, client.send))
    assert (client.answer[0], client.answer[1]["connection"], client.taken) == (401, "close", 5)


def test_a_stalled_body_keeps_nobody_waiting() -> None:
    """Others are answered while a hundred bodies are on their way: none of them has a thread."""
    service = Recorder()

    async def story() -> int:
        app: Any = asgi_app(service)
        stalled = [Client([b"{", STALLED]) for _ in range(100)]
        head = scope_of("PUT", "/x", content_length="2")
        waiting = [asyncio.create_task(app(head, client.receive, client.send)) for client in stalled]
        await asyncio.sleep(0)
        other = Client()
        await app(scope_of("GET", "/x"), other.receive, other.send)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return other.answer[0]

    assert asyncio.run(story()) == 200


def test_the_answer_to_head_has_no_body() -> None:
    """Headers as for GET, and nothing after them."""
    status, headers, content = call(EchoService(), "HEAD", "/x")
    assert (status, content) == (200, b"")
    assert int(headers["content-length"]) > 0


def test_no_content_has_no_length() -> None:
    """204 and a Content-Length contradict each other."""
    assert "content-length" not in call(Recorder(Response(204)), "DELETE", "/x")[1]


def test_a_dropped_connection_breaks_off() -> None:
    """A body that breaks off lets a server close the connection; who has seen the head saw no success."""
    emulator = Emulator()
    emulator.handle(Request("POST", "http://localhost/_emulator/faults", {}, b'{"kind": "dropConnection"}'))
    client, app = Client(), asgi_app(emulator)
    with pytest.raises(ConnectionAbortedError):
        asyncio.run(app(scope_of("GET", "/metadata/endpoints"), client.receive, client.send))
    status, headers, content = client.answer
    assert (status, headers["content-length"], content) == (504, "1", b"")


class Quiet:
    """Nothing happens for so many looks; each answer says how long one may wait for another."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def refusal(self, head: Request, error: ArmError | None = None) -> Response | None:
        """Everybody may call."""
        return None

    def handle(self, request: Request) -> Response:
        """Nothing yet, or what happened."""
        self.looks -= 1
        return Response(200, {}, b"happened") if self.looks < 0 else Response(204, {WAITS: "20"})


@pytest.mark.parametrize(("looks", "answer"), [(0, (200, b"happened")), (3, (200, b"happened")), (1000, (204, b""))])
def test_an_answer_is_held_back_until_something_happened(
    looks: int, answer: tuple[int, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But not for longer than it says."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("vmss_sdk.emulator.asgi.asyncio.sleep", sleep)
    status, _, body = call(Quiet(looks), "GET", "/_emulator/events")
    assert (status, body) == answer
    assert sum(slept) <= 20
    assert len(slept) == min(looks, 80)
