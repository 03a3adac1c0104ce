"""What HTTP becomes on its way to the emulator and back, without a network."""

import io
from typing import Any

import pytest

from tests.transport.stand_in import EchoService
from vmss_sdk import Request, Response, wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.wsgi import wsgi_app

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


def test_a_dropped_connection_breaks_off() -> None:
    """A body that breaks off lets a server close the connection; who has seen the head saw no success."""
    emulator = Emulator()
    emulator.handle(Request("POST", "http://localhost/_emulator/faults", {}, b'{"kind": "dropConnection"}'))
    started: list[str] = []
    given = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/metadata/endpoints",
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "localhost",
    }
    body = wsgi_app(emulator)(given, lambda status, _: started.append(status))
    assert started == ["504 Gateway Timeout"]
    with pytest.raises(ConnectionAbortedError):
        next(iter(body))
