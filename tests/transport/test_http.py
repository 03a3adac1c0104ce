"""What only the transport over HTTP does: connections that fail, redirects, proxies, certificates."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import responses
import trustme

from tests.transport.raw import connections, reset, say
from tests.transport.stand_in import EchoService, serving
from vmss_sdk import (
    ClientUsageError,
    ForeignHostError,
    HttpTransport,
    Request,
    RequestNotSentError,
    ResponseLostError,
    ResponseTimeoutError,
    UnexpectedAnswerError,
    UntrustedCertificateError,
    __version__,
)

AZURE = "https://management.azure.com"


def test_a_refused_connection_was_not_sent() -> None:
    """Nobody listens: provably nothing was processed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"

    with pytest.raises(RequestNotSentError, match=r"POST http://127\.0\.0\.1:\d+/reimage: no connection.*refused"):
        HttpTransport(address).send(Request("POST", f"{address}/reimage?c=signature"))


def test_an_unknown_host_was_not_sent() -> None:
    """A name that cannot be resolved: provably nothing was processed (.invalid never resolves, RFC 2606)."""
    with pytest.raises(RequestNotSentError):
        HttpTransport("http://nowhere.invalid").send(Request("POST", "http://nowhere.invalid/x"))


def test_a_reset_connection_is_a_lost_response() -> None:
    """The request was read and the connection was reset: it may have been processed."""
    with connections(reset) as address, pytest.raises(ResponseLostError):
        HttpTransport(address).send(Request("POST", f"{address}/reimage"))


def test_a_silent_close_is_a_lost_response() -> None:
    """The connection was closed without an answer: it may have been processed."""
    with connections(say(b"")) as address, pytest.raises(ResponseLostError):
        HttpTransport(address).send(Request("POST", f"{address}/reimage"))


@pytest.mark.parametrize(
    "text",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    ],
    ids=["shorter than its length", "broken chunk", "not gzip at all"],
)
def test_half_a_body_is_no_answer(text: bytes) -> None:
    """A truncated or garbled body is an error and never handed on."""
    with connections(say(text)) as address, pytest.raises(ResponseLostError, match=r"broke off|cannot be decompressed"):
        HttpTransport(address).send(Request("GET", f"{address}/x"))


@pytest.mark.parametrize("text", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"], ids=["all", "the rest"])
def test_a_silent_service_times_out(text: bytes) -> None:
    """When answer, or rest of the answer, does not come, the error is a timeout after a sent request."""
    done = threading.Event()

    def dawdle(connection: socket.socket) -> None:
        say(text)(connection)
        done.wait(5)

    with connections(dawdle) as address:
        with pytest.raises(ResponseTimeoutError):
            HttpTransport(address, timeout=(5, 0.05)).send(Request("GET", f"{address}/x"))
        done.set()


def test_a_request_may_shorten_the_timeout() -> None:
    """The timeout of one request wins when it is shorter."""
    done = threading.Event()

    def dawdle(_: socket.socket) -> None:
        done.wait(5)

    with connections(dawdle) as address:
        with pytest.raises(ResponseTimeoutError):
            HttpTransport(address).send(Request("GET", f"{address}/x", timeout=0.05))
        done.set()


def test_gzip_is_asked_for_and_undone() -> None:
    """A compressed body arrives as its text."""
    import gzip

    body = gzip.compress(b'{"a":1}')
    text = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with connections(say(text)) as address:
        assert HttpTransport(address).send(Request("GET", f"{address}/x")).json() == {"a": 1}


def test_the_user_agent_names_sdk_and_python() -> None:
    """The service can see who asks: vmss-sdk/<version> Python/<version> (<platform>)."""
    with serving(EchoService()) as address:
        echo = HttpTransport(address).send(Request("GET", f"{address}/x")).json()

    assert echo["headers"]["user-agent"].startswith(f"vmss-sdk/{__version__} Python/3.")
    assert echo["headers"]["accept-encoding"] == "gzip, deflate"


@responses.activate
def test_a_redirect_within_the_endpoint_is_followed() -> None:
    """A GET goes where the service sends it, when that is the same host."""
    responses.get(f"{AZURE}/a", status=307, headers={"Location": "/b?x=1"})
    responses.get(f"{AZURE}/b", json={"here": True})

    assert HttpTransport(AZURE).send(Request("GET", f"{AZURE}/a")).json() == {"here": True}


@responses.activate
@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/steal",
        "http://management.azure.com/plain",
        "https://management.azure.com:8443/port",
        "https://management.azure.com@evil.example/",
        "//evil.example/x",
    ],
)
def test_a_redirect_elsewhere_is_refused(target: str) -> None:
    """Another scheme, host or port gets no request at all, so no token either."""
    responses.get(f"{AZURE}/a", status=302, headers={"Location": target})

    with pytest.raises(ForeignHostError, match="redirect"):
        HttpTransport(AZURE).send(Request("GET", f"{AZURE}/a", {"Authorization": "Bearer secret-token"}))
    assert len(responses.calls) == 1


@responses.activate
def test_a_redirected_post_is_handed_back() -> None:
    """Only GET and HEAD follow; what is no read is never sent somewhere else."""
    responses.post(f"{AZURE}/a", status=307, headers={"Location": "/b"})

    assert HttpTransport(AZURE).send(Request("POST", f"{AZURE}/a")).status == 307


@responses.activate
def test_a_circle_of_redirects_ends() -> None:
    """More than five redirects are an error."""
    responses.get(f"{AZURE}/a", status=302, headers={"Location": "/a"})

    with pytest.raises(UnexpectedAnswerError, match="more than 5"):
        HttpTransport(AZURE).send(Request("GET", f"{AZURE}/a"))
    assert len(responses.calls) == 6


@responses.activate
def test_a_url_of_another_host_is_refused() -> None:
    """A transport sends to its endpoint only."""
    with pytest.raises(ForeignHostError, match="evil"):
        HttpTransport(AZURE).send(Request("GET", "https://evil.example/x"))
    assert len(responses.calls) == 0


@pytest.mark.parametrize(
    "endpoint", ["management.azure.com", "ftp://x", "https://", "https://me:pw@x.test", "http://x:y"]
)
def test_an_endpoint_must_be_an_http_url(endpoint: str) -> None:
    """What is no http or https URL is refused at once, and a password in it is not repeated."""
    with pytest.raises(ClientUsageError, match="expected an absolute URL") as caught:
        HttpTransport(endpoint)
    assert "pw" not in str(caught.value)


class Look:
    """Stands in for the send of every adapter and keeps what it was called with."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def __call__(self, request: Any, **options: Any) -> requests.Response:
        self.calls.append(options)
        raise requests.ConnectTimeout("seen enough")


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Look:
    look = Look()
    monkeypatch.setattr("requests.adapters.HTTPAdapter.send", look)
    return look


def test_proxies_of_the_environment_are_read_once(monkeypatch: pytest.MonkeyPatch, look: Look) -> None:
    """The environment of the first request decides; it is not read again for each one."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", "other.test")
    transport = HttpTransport(AZURE)

    for value in ("http://proxy.test:3128", "http://later.test:1"):
        monkeypatch.setenv("HTTPS_PROXY", value)
        with pytest.raises(RequestNotSentError):
            transport.send(Request("GET", f"{AZURE}/x"))

    assert [call["proxies"]["https"] for call in look.calls] == ["http://proxy.test:3128"] * 2


def test_a_host_in_no_proxy_is_reached_directly(monkeypatch: pytest.MonkeyPatch, look: Look) -> None:
    """NO_PROXY is honoured."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", "management.azure.com")

    with pytest.raises(RequestNotSentError):
        HttpTransport(AZURE).send(Request("GET", f"{AZURE}/x"))

    assert look.calls[0]["proxies"] == {}


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_ca_bundle_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch, look: Look, tmp_path: Path, name: str
) -> None:
    """Both variables that requests knows work; an explicit verify wins, and False stays False."""
    bundle = tmp_path / "ca.pem"
    bundle.write_text("")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.setenv(name, str(bundle))

    for verify in (True, False):
        with pytest.raises(RequestNotSentError):
            HttpTransport(AZURE, verify=verify).send(Request("GET", f"{AZURE}/x"))

    assert [call["verify"] for call in look.calls] == [str(bundle), False]


def test_a_missing_ca_bundle_is_named() -> None:
    """A path that does not exist is an error of the caller, with the path in it."""
    with pytest.raises(ClientUsageError, match=r"verify names the CA bundle '/no/such\.pem'"):
        HttpTransport(AZURE, verify="/no/such.pem").send(Request("GET", f"{AZURE}/x"))


def test_a_header_with_a_line_break_is_refused_without_showing_it() -> None:
    """A value that would begin a header of its own is an error of the caller; it may be a secret."""
    with serving(EchoService()) as address, pytest.raises(ClientUsageError) as caught:
        HttpTransport(address).send(Request("GET", f"{address}/x", {"Authorization": "Bearer secret\r\nX: y"}))
    assert "secret" not in str(caught.value)


@contextmanager
def over_tls(authority: trustme.CA) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    def shake_hands(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) as tls:
                say(b"HTTP/1.1 204 No Content\r\n\r\n")(tls)
        except OSError:
            return  # the client does not trust us

    with connections(shake_hands) as address:
        yield address.replace("http:", "https:")


def test_a_certificate_of_a_given_authority_is_trusted(tmp_path: Path) -> None:
    """verify= takes the bundle of an authority of one's own."""
    authority, bundle = trustme.CA(), tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with over_tls(authority) as address:
        assert HttpTransport(address, verify=str(bundle)).send(Request("GET", f"{address}/x")).status == 204


def test_an_unknown_certificate_is_refused_and_was_not_sent() -> None:
    """The error is its own kind, because trying again does not help, and says what to do."""
    with over_tls(trustme.CA()) as address, pytest.raises(UntrustedCertificateError, match="verify="):
        HttpTransport(address).send(Request("POST", f"{address}/x"))


def test_plain_http_behind_an_https_url_was_not_sent() -> None:
    """A handshake that fails happened before anything of the request was sent."""

    def speak_plainly(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with connections(speak_plainly) as address:
        secure = address.replace("http:", "https:")
        with pytest.raises(RequestNotSentError):
            HttpTransport(secure).send(Request("POST", f"{secure}/x"))


def test_threads_share_a_transport() -> None:
    """Eight threads at once each get their own answer."""
    with serving(EchoService()) as address:
        transport = HttpTransport(address)
        paths: list[str] = []

        def ask(number: int) -> None:
            paths.extend(transport.send(Request("GET", f"{address}/{number}")).json()["path"] for _ in range(5))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        transport.close()

    assert sorted(paths) == sorted(f"/{number}" for number in range(8) for _ in range(5))
