"""The server: what HTTP becomes on its way to the emulator, and how the process starts and ends."""

import io
import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.cli.running import Server, server, vmss
from tests.transport.stand_in import EchoService
from vmss_sdk import HttpTransport, Request, Response, VmssClient, wire
from vmss_sdk.emulator.server import CannotServeError, is_loopback, wsgi_app

Answer = tuple[str, dict[str, str], bytes]


def call(service: Any, method: str, path: str, body: bytes = b"", **environ: Any) -> Answer:
    """Status line, headers and body with which the WSGI application answers."""
    given: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8677",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "HTTP_HOST": "localhost:8677",
        **({"CONTENT_LENGTH": str(len(body))} if body else {}),
        **environ,
    }
    started: list[tuple[str, list[tuple[str, str]]]] = []
    content = b"".join(wsgi_app(service)(given, lambda status, headers: started.append((status, headers))))
    return started[0][0], dict(started[0][1]), content


class Recorder:
    """A service that keeps what reached it and answers as it was told."""

    def __init__(self, response: Response | None = None) -> None:
        self.requests: list[Request] = []
        self.response = response or Response(200, {"Content-Type": "application/json"}, b"{}")

    def handle(self, request: Request) -> Response:
        """Keep it."""
        self.requests.append(request)
        return self.response


def test_a_request_reaches_the_emulator_as_it_was_sent() -> None:
    """Method, URL in its own case, query, headers and body."""
    service = Recorder()
    call(
        service,
        "PUT",
        "/subscriptions/S/resourceGroups/RG",
        b'{"location":"westus2"}',
        QUERY_STRING="api-version=2021-04-01&$filter=a%20eq%20'b'",
        CONTENT_TYPE="application/json",
        HTTP_X_MS_CLIENT_REQUEST_ID="id",
    )
    (request,) = service.requests
    query = "api-version=2021-04-01&$filter=a%20eq%20'b'"
    assert request.url == f"http://localhost:8677/subscriptions/S/resourceGroups/RG?{query}"
    assert (request.method, request.body) == ("PUT", b'{"location":"westus2"}')
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-ms-client-request-id"] == "id"


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/a b/%/é".encode().decode("latin-1"), "/a%20b/%25/%C3%A9"),
        ("//subscriptions/(x)/", "//subscriptions/(x)/"),
        ("", "/"),
    ],
)
def test_a_path_is_percent_encoded_again(path: str, sent: str) -> None:
    """WSGI hands the path over decoded; the emulator gets a URL."""
    service = Recorder()
    call(service, "GET", path)
    assert service.requests[0].url == f"http://localhost:8677{sent}"


@pytest.mark.parametrize("host", ["", "evil.example/path?", "a b", "x@y"])
def test_a_host_header_that_is_no_host_is_ignored(host: str) -> None:
    """Links in answers are made of the host; without a usable one it is the server's own address."""
    service = Recorder()
    call(service, "GET", "/x", HTTP_HOST=host)
    assert service.requests[0].url == "http://127.0.0.1:8677/x"


@pytest.mark.parametrize("length", ["50", "3", "abc", "-1"])
def test_a_body_that_is_not_as_long_as_announced_reaches_nobody(length: str) -> None:
    """A body lost on the way must not turn "reimage these two" into "reimage all"."""
    service = Recorder()
    status, _, content = call(service, "POST", "/x", b"short", CONTENT_LENGTH=length)
    assert service.requests == []
    assert status == "400 Bad Request"
    assert wire.decode(content)["error"]["code"] == "InvalidRequestContent"


def test_an_empty_chunked_body_reaches_nobody() -> None:
    """Servers show a chunked body that broke off as an empty one."""
    service = Recorder()
    status, _, _ = call(service, "POST", "/x", HTTP_TRANSFER_ENCODING="chunked")
    assert (status, service.requests) == ("400 Bad Request", [])


def test_a_chunked_body_arrives() -> None:
    """A body without a length is read to its end."""
    service = Recorder()
    call(service, "POST", "/x", b"{}", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    assert service.requests[0].body == b"{}"


def test_the_answer_to_head_has_no_body() -> None:
    """Headers as for GET, and nothing after them."""
    status, headers, content = call(EchoService(), "HEAD", "/x")
    assert (status, content) == ("200 OK", b"")
    assert int(headers["Content-Length"]) > 0


@pytest.mark.parametrize(("status", "line"), [(204, "204 No Content"), (599, "599 Status")])
def test_any_status_has_a_status_line(status: int, line: str) -> None:
    """Also one that HTTP does not define."""
    assert call(Recorder(Response(status)), "GET", "/x")[0] == line


def test_no_content_has_no_length() -> None:
    """204 and a Content-Length contradict each other."""
    assert "Content-Length" not in call(Recorder(Response(204)), "DELETE", "/x")[1]


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False)]
)
def test_loopback_is_told_from_the_rest(host: str, local: bool) -> None:
    """Only what no other machine can reach counts."""
    assert is_loopback(host) is local


def test_a_host_that_is_none_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names it."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(CannotServeError, match="'no host at all'"):
        is_loopback("no host at all")


@pytest.fixture(scope="module")
def running() -> Any:
    """A server with a virtual clock."""
    with server("--clock", "virtual") as started:
        yield started


def test_the_printed_address_answers(running: Server) -> None:
    """Once the line is there, the server is."""
    transport = HttpTransport(running.url)
    answer = transport.send(Request("GET", f"{running.url}/_emulator/status"))
    transport.close()
    assert (answer.status, answer.json()["clock"]["kind"]) == (200, "virtual")


def test_parallel_requests_are_all_answered(running: Server) -> None:
    """Sixteen threads write and read through one client; nothing is lost or mixed up."""
    with VmssClient("parallel", endpoint=running.url) as client, ThreadPoolExecutor(16) as pool:
        names = [f"group-{number}" for number in range(100)]
        made = list(pool.map(lambda name: client.resource_groups.create_or_update(name, "westus2").name, names))
        assert made == names
        assert {group.name for group in client.resource_groups.list()} == set(names)


def test_a_waiting_client_sees_virtual_time_skip(running: Server) -> None:
    """A client with a wall clock waits for a deletion of emulated minutes in no time."""
    with VmssClient("skip", endpoint=running.url) as client:
        client.resource_groups.create_or_update("rg", "westus2")
        client.resource_groups.delete("rg").result(timeout=30)
        assert not client.resource_groups.exists("rg")


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nshort", b" 400 "),
        (b"POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", b" 400 "),
        (b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", b" 400 "),
        (b"HEAD /_emulator/clock HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b" 405 "),
        (b"what is this\r\n\r\n", b" 400 "),
        (b"GET /_emulator/clock HTTP/1.0\r\n\r\n", b" 200 "),
    ],
)
def test_odd_requests_get_an_answer(running: Server, sent: bytes, answer: bytes) -> None:
    """Bodies that break off, nonsense and old HTTP: a status, and the server lives on."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        assert answer in connection.recv(4096)


def test_a_client_that_hangs_up_harms_nobody(running: Server) -> None:
    """A dropped connection is forgotten."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as connection:
        connection.sendall(b"PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n")
    transport = HttpTransport(running.url)
    assert transport.send(Request("GET", f"{running.url}/_emulator/status")).status == 200
    transport.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_server_cleanly(number: int) -> None:
    """Exit code 0, nothing on standard error, the port free again and no process left."""
    with server() as started:
        worker, port = started.worker, started.port
        with socket.create_connection(("127.0.0.1", port), timeout=30):  # an open connection does not keep it
            assert started.stop(number) == (0, "")
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_the_worker_does_not_outlive_a_killed_parent() -> None:
    """``kill -9`` on the process that the user started frees the port as well."""
    with server() as started, socket.create_connection(("127.0.0.1", started.port), timeout=30) as connection:
        started.stop(signal.SIGKILL)
        assert connection.recv(1) == b""  # closed by the end of the worker


def test_a_dead_worker_ends_the_server_with_an_error() -> None:
    """The state is gone, so nothing is started in its place."""
    with server() as started:
        os.kill(started.worker, signal.SIGKILL)
        _, errors = started.process.communicate(timeout=60)
        assert started.process.returncode == 1
        assert "its state is lost" in errors


def test_a_port_in_use_is_said_in_one_sentence(running: Server) -> None:
    """Also when the neighbour is one of ours, who would share it."""
    run = vmss("emulator", "start", "--port", str(running.port))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        f"vmss emulator start: cannot listen on 127.0.0.1:{running.port}: the port is in use;"
        " choose another one, or 0 for a free one\n"
    )
