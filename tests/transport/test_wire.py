"""What comes over a real socket when things go wrong: the client tells it apart, repeats what it may, leaks nothing."""

import gzip
import socket
import ssl
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial

import pytest
import trustme

from tests.transport.raw import Act, connections, read_request, reset, say
from tests.transport.stand_in import CountingClock, EchoService, serving
from vmss_sdk import (
    ClientUsageError,
    DecodeError,
    ForeignHostError,
    HttpTransport,
    PermissionDeniedError,
    Request,
    RequestNotSentError,
    ResponseLostError,
    RetryPolicy,
    ServerError,
    ServiceError,
    StaticTokenCredential,
    UntrustedCertificateError,
    VirtualMachineScaleSet,
    VmssClient,
    wire,
)

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
OP = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westus/operations/op-1"
TOKEN = "secret-token"
NAMES = ["a", "b", "c"]
PAGE = wire.encode({"value": [{"name": name} for name in NAMES]})


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    size = f"Content-Length: {len(body) if length is None else length}"
    return "\r\n".join([f"HTTP/1.1 {status}", size, "Connection: close", *headers, "", ""]).encode("latin-1") + body


ACCEPTED = answer("202 Accepted", b"", f"Azure-AsyncOperation: {OP}")


def client(address: str, **options: object) -> tuple[VmssClient, CountingClock]:
    clock = CountingClock()
    transport = HttpTransport(address, clock=clock)
    credential = StaticTokenCredential(TOKEN)
    return VmssClient(SUBSCRIPTION, endpoint=address, transport=transport, credential=credential), clock


def names(azure: VmssClient) -> list[str | None]:
    return [found.name for found in azure.scale_sets()]


NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)  # their clock; ours says 2023


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        (["Retry-After: 7"], 7.0),
        (["retry-after-ms: 1500"], 1.5),
        (["x-ms-retry-after-ms: 250"], 0.25),
        ([f"Date: {format_datetime(NOW, True)}", f"Retry-After: {format_datetime(NOW + timedelta(0, 9), True)}"], 9.0),
        ([f"Date: {format_datetime(NOW, True)}", f"Retry-After: {format_datetime(NOW - timedelta(0, 9), True)}"], 0.0),
    ],
    ids=["seconds", "retry-after-ms", "x-ms-retry-after-ms", "date by their clock", "date in the past"],
)
def test_a_throttled_post_is_sent_again_when_the_service_wants(headers: list[str], pause: float) -> None:
    """429 processed nothing: the same POST, with the same id, goes out again after exactly that time."""
    heard: list[bytes] = []
    throttled = answer("429 Too Many Requests", b"{}", *headers)
    with connections(say(throttled, heard), say(ACCEPTED, heard)) as address:
        azure, clock = client(address)
        azure.scale_set("rg", "web").start(["0"])

    assert clock.naps == [pause]
    assert heard[0] == heard[1]


HTML = b"<html><head><style>p {}</style><title>Blocked</title></head><body><p>by the proxy</p></body></html>"


@pytest.mark.parametrize(
    ("status", "kind"), [("403 Forbidden", PermissionDeniedError), ("502 Bad Gateway", ServerError)]
)
def test_the_page_of_a_proxy_is_told_in_plain_words(status: str, kind: type[ServiceError]) -> None:
    """Status and a short text, no tags, and nothing about JSON."""
    page = answer(status, HTML, "Content-Type: text/html")
    with connections(say(page), say(page), say(page), say(page)) as address:
        azure, _ = client(address)
        with pytest.raises(kind, match=r"no ARM error but text/html, perhaps of a proxy.*'Blocked by the proxy'") as it:
            names(azure)

    assert str(it.value.status) in str(it.value)
    assert "JSON" not in str(it.value)
    assert "<" not in str(it.value)


CHUNK = b"%x\r\n%s\r\n" % (len(PAGE), PAGE)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ZIPPED = gzip.compress(PAGE)
ENCODED = "Content-Encoding: gzip"
BROKEN = {
    "shorter than its length": (
        answer("200 OK", PAGE[:9], length=len(PAGE)),
        f"broke off after 9 of {len(PAGE)} bytes",
    ),
    "nothing of its length": (answer("200 OK", b"", length=5000), "broke off after 0 of 5000 bytes"),
    "a chunk that was cut": (CHUNKED + CHUNK[:20], "broke off before its end was announced"),
    "the last chunk is missing": (CHUNKED + CHUNK, "broke off before its end was announced"),
    "gzip that was cut": (answer("200 OK", ZIPPED[:-20], ENCODED), "cannot be decompressed: the compressed text ends"),
    "gzip without its check": (answer("200 OK", ZIPPED[:-8], ENCODED), "the compressed text ends in the middle"),
    "no gzip at all": (answer("200 OK", PAGE, ENCODED), "cannot be decompressed: it is called gzip, but is not"),
    "gzip with a wrong bit": (
        answer("200 OK", ZIPPED[:20] + bytes([ZIPPED[20] ^ 255]) + ZIPPED[21:], ENCODED),
        "cannot be decompressed",
    ),
    "not asked for": (answer("200 OK", PAGE, "Content-Encoding: br"), "encoded as 'br', which was not asked for"),
    "a header without end": (answer("200 OK", PAGE, "X: " + "x" * 70_000), "more than 65536 bytes when reading header"),
    "headers without number": (answer("200 OK", PAGE, *(f"X-{n}: 1" for n in range(200))), "more than 100 headers"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.7\r\n", "broke before the answer came: BadStatusLine"),
}
broken = pytest.mark.parametrize(("text", "why"), BROKEN.values(), ids=list(BROKEN))


@broken
def test_a_list_that_arrives_broken_is_asked_for_again(text: bytes, why: str) -> None:
    """A GET is repeated, and its list is whole: never a part of it."""
    with connections(say(text), say(answer("200 OK", PAGE))) as address:
        azure, _ = client(address)
        assert names(azure) == NAMES


@broken
def test_a_post_whose_answer_arrives_broken_may_have_run(text: bytes, why: str) -> None:
    """It is not repeated; the error says how far the answer came."""
    with connections(say(text), say(ACCEPTED)) as address:
        azure, _ = client(address)
        with pytest.raises(ResponseLostError, match=why):
            azure.scale_set("rg", "web").reimage(["0"])


def test_plain_http_to_a_server_that_speaks_https() -> None:
    """It did nothing, so it is an error of the caller's, which names the address to use; it is not tried again."""
    with connections(say(b"\x15\x03\x03\x00\x02\x02\x16")) as address:
        azure, clock = client(address)
        with pytest.raises(ClientUsageError, match=f"use https{address.removeprefix('http')}$"):
            names(azure)
    assert clock.naps == []


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (ZIPPED, "gzip"),
        (gzip.compress(PAGE[:10]) + gzip.compress(PAGE[10:]), "gzip"),
        (ZIPPED + b"\0\0\0", "x-gzip"),
        (zlib.compress(PAGE), "deflate"),
        (zlib.compress(PAGE)[2:-4], "deflate"),
        (gzip.compress(zlib.compress(PAGE)), "deflate, gzip"),
        (PAGE, "identity"),
        (b"\xef\xbb\xbf" + PAGE, "identity"),
    ],
    ids=["gzip", "two members", "padded", "zlib", "raw deflate", "twice", "identity", "byte order mark"],
)
def test_what_was_encoded_arrives_as_it_was(body: bytes, encoding: str) -> None:
    """Every way of compressing that was asked for, as servers really do it; a mark before the JSON is no part of it."""
    with connections(say(answer("200 OK", body, f"Content-Encoding: {encoding}"))) as address:
        assert names(client(address)[0]) == NAMES


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (answer("200 OK"), "expected a JSON object, got nothing with status 200"),
        (answer("200 OK", HTML, "Content-Type: text/html"), "the answer is no JSON but text/html"),
        (answer("200 OK", HTML, "Content-Type: application/json"), "the answer is no JSON"),
        (b"HTTP/1.0 200 OK\r\n\r\n" + PAGE[:-2], "the answer is no JSON"),
    ],
    ids=["empty", "html", "html called JSON", "cut without a length"],
)
def test_success_without_its_document_is_no_success(text: bytes, why: str) -> None:
    """The error says what came instead."""
    with connections(say(text)) as address, pytest.raises(DecodeError, match=why):
        names(client(address)[0])


def test_json_is_read_whatever_it_is_called() -> None:
    """What counts is the document."""
    with connections(say(answer("200 OK", PAGE, "Content-Type: text/plain"))) as address:
        assert names(client(address)[0]) == NAMES


LINKS: dict[str, Callable[[str], bytes]] = {
    "redirect": lambda url: answer("307 Temporary Redirect", b"", f"Location: {url}/x"),
    "nextLink": lambda url: answer("200 OK", wire.encode({"value": [], "nextLink": f"{url}/x"})),
    "Azure-AsyncOperation": lambda url: answer("202 Accepted", b"", f"Azure-AsyncOperation: {url}/x"),
    "Location": lambda url: answer("202 Accepted", b"", f"Location: {url}/x"),
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_to_another_host_is_not_followed(link: str) -> None:
    """Another port is another place: it gets no request, so no token."""
    heard: list[bytes] = []
    with ExitStack() as stack:
        elsewhere = stack.enter_context(connections(say(answer("200 OK", PAGE), heard)))
        azure, _ = client(stack.enter_context(connections(say(LINKS[link](elsewhere)))))
        reads = link in ("redirect", "nextLink")
        ask = partial(names, azure) if reads else lambda: azure.scale_set("rg", "web").start(["0"]).wait()
        with pytest.raises(ForeignHostError, match="no token was sent") as caught:
            ask()

    assert heard == []
    assert TOKEN not in str(caught.value)


def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    """Not even on the same host: anybody could read the token."""
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    heard: list[bytes] = []
    with ExitStack() as stack:
        plain = stack.enter_context(connections(say(answer("200 OK", PAGE), heard)))
        address = stack.enter_context(connections(say(LINKS["redirect"](plain)), tls=tls))
        bundle = stack.enter_context(authority.cert_pem.tempfile())
        azure = VmssClient(SUBSCRIPTION, endpoint=address, transport=HttpTransport(address, verify=bundle))
        with pytest.raises(ForeignHostError, match="names http://127"):
            names(azure)

    assert heard == []


def test_a_get_follows_a_redirect_within_its_host() -> None:
    """With its token."""
    heard: list[bytes] = []
    moved = answer("308 Permanent Redirect", b"", "Location: /moved?x=1")
    with connections(say(moved, heard), say(answer("200 OK", PAGE), heard)) as address:
        assert names(client(address)[0]) == NAMES

    assert heard[1].startswith(b"GET /moved?x=1 HTTP/1.1")
    assert f"Authorization: Bearer {TOKEN}".encode() in heard[1]


@pytest.mark.parametrize("target", ["/moved", "https://elsewhere.test/moved?sig=signed"])
def test_a_post_follows_no_redirect(target: str) -> None:
    """The error says where it was to go, without the query, and that it did not."""
    with connections(say(answer("307 Temporary Redirect", b"", f"Location: {target}"))) as address:
        azure, _ = client(address)
        with pytest.raises(ServiceError, match=r"307: a redirect to .*/moved, which only a GET follows") as caught:
            azure.scale_set("rg", "web").start(["0"])

    assert caught.value.status == 307
    assert "signed" not in str(caught.value)


def test_an_endpoint_may_be_an_ipv6_address() -> None:
    """In brackets, as URLs have it."""
    with serving(EchoService(), host="::1") as address:
        echo = HttpTransport(address).send(Request("GET", f"{address}/x")).json()

    assert echo["headers"]["host"] == address.removeprefix("http://")


BIG = VirtualMachineScaleSet(location="westus", tags={"x": "y" * 3_000_000})


def test_a_put_that_breaks_off_is_sent_again() -> None:
    """A connection that is reset in the middle of 3 MB: the whole request goes out once more."""
    heard: list[bytes] = []
    with connections(reset, say(answer("200 OK", b'{"name":"web"}'), heard)) as address:
        azure, _ = client(address)
        assert azure.scale_set("rg", "web").create_or_update(BIG).result().name == "web"

    assert wire.decode(heard[0].partition(b"\r\n\r\n")[2])["tags"] == BIG.tags


def test_a_patch_that_breaks_off_may_have_run() -> None:
    """It is not sent again: the error leaves that to the caller."""
    acts: list[Act] = [reset, say(answer("200 OK", b"{}"))]
    with connections(*acts) as address, pytest.raises(ResponseLostError, match="broke before the answer came"):
        HttpTransport(address).send(Request("PATCH", f"{address}/x", body=b"y" * 3_000_000))


def test_a_refusal_of_a_body_that_is_too_large_is_heard() -> None:
    """A service that answers before it has read all and closes: its answer counts."""

    def refuse(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(answer("413 Content Too Large", b"{}"))
        while connection.recv(65536):
            pass  # to close with something unread would be a reset, which may overtake the answer

    with connections(refuse) as address:
        assert HttpTransport(address).send(Request("PUT", f"{address}/x", body=b"y" * 3_000_000)).status == 413


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Sets a proxy, and nothing else about proxies."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch.setenv


def test_plain_http_goes_through_the_proxy(through: Callable[[str, str], None]) -> None:
    """The proxy is told the whole URL, and who asks it; the service is not told the proxy's password."""
    heard: list[bytes] = []
    with connections(say(answer("200 OK", PAGE), heard)) as proxy:
        through("HTTP_PROXY", proxy.replace("://", "://user:pw@"))
        HttpTransport("http://far.invalid").send(Request("GET", "http://far.invalid/x?y=1"))

    assert heard[0].startswith(b"GET http://far.invalid/x?y=1 HTTP/1.1")
    assert b"Proxy-Authorization: Basic dXNlcjpwdw==" in heard[0]


def test_a_tunnel_that_the_proxy_refuses_was_not_sent(through: Callable[[str, str], None]) -> None:
    """The proxy's status is told, its password is not, and nothing of the request was seen."""
    heard: list[bytes] = []
    refused = answer("407 Proxy Authentication Required")
    with connections(say(refused, heard)) as proxy:
        through("HTTPS_PROXY", proxy.replace("://", "://user:pw@"))
        with pytest.raises(RequestNotSentError, match=r"HTTPS_PROXY.*Tunnel connection failed: 407 Proxy") as caught:
            HttpTransport("https://far.invalid").send(
                Request("POST", "https://far.invalid/x", {"Authorization": f"Bearer {TOKEN}"})
            )

    assert heard[0].startswith(b"CONNECT far.invalid:443 HTTP/1.")
    assert TOKEN.encode() not in heard[0]
    assert "pw" not in str(caught.value)


def test_a_proxy_that_is_not_there_is_named_as_such(through: Callable[[str, str], None]) -> None:
    """The service may be well: the error speaks of the proxy, and of NO_PROXY."""
    with connections() as proxy:
        pass
    through("HTTPS_PROXY", proxy)
    with pytest.raises(RequestNotSentError, match=r"through the proxy .*\(HTTPS_PROXY\).*refused; NO_PROXY lists"):
        HttpTransport("https://far.invalid").send(Request("GET", "https://far.invalid/x"))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_this_machine_is_reached_without_the_proxy(through: Callable[[str, str], None], host: str) -> None:
    """Nobody sets NO_PROXY for an emulator, and a proxy elsewhere cannot reach it."""
    through("HTTP_PROXY", "http://proxy.invalid:3128")
    with serving(EchoService(), host=host) as address:
        assert HttpTransport(address).send(Request("GET", f"{address}/x")).status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_nobody_listening_on_this_machine_asks_for_the_emulator(host: str) -> None:
    """Which is what one forgets to start."""
    with connections(host=host) as address:
        pass
    with pytest.raises(RequestNotSentError, match=r"refused; nobody listens at http://.*`vmss emulator start`"):
        HttpTransport(address).send(Request("GET", f"{address}/x"))


@pytest.mark.parametrize(
    ("names", "expired", "trusted", "text"),
    [
        (["127.0.0.1"], False, False, r"VMSS_CA_BUNDLE .*REQUESTS_CA_BUNDLE .*`vmss emulator trust`.*verify=path"),
        (["other.test"], False, True, r"it is not for 127\.0\.0\.1: use a name that it is for"),
        (["127.0.0.1"], True, True, "the server needs a new one, or the clock of this machine is wrong"),
    ],
    ids=["unknown authority", "another name", "expired"],
)
def test_a_refused_certificate_says_what_to_do(names: list[str], expired: bool, trusted: bool, text: str) -> None:
    """Each of the three reasons has its own remedy, and none of them is tried again."""
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    past = datetime(2020, 1, 1, tzinfo=UTC) if expired else None
    authority.issue_cert(*names, not_after=past).configure_cert(tls)
    with connections(say(ACCEPTED), tls=tls) as address, authority.cert_pem.tempfile() as bundle:
        transport = HttpTransport(address, verify=bundle if trusted else True)
        with pytest.raises(UntrustedCertificateError, match=text):
            transport.send(Request("POST", f"{address}/x"))


def test_a_connection_that_stays_open_is_used_again() -> None:
    """Two requests, one connection: the second does not pay for a new one."""
    heard: list[bytes] = []

    def twice(connection: socket.socket) -> None:
        for _ in range(2):
            heard.append(read_request(connection))
            connection.sendall(answer("200 OK", PAGE).replace(b"Connection: close\r\n", b""))

    with connections(twice) as address:
        azure, _ = client(address)
        assert [names(azure), names(azure)] == [NAMES, NAMES]

    assert len(heard) == 2


def test_without_retries_a_broken_list_is_an_error() -> None:
    """RetryPolicy.none(): the first broken answer comes out."""
    text, why = BROKEN["shorter than its length"]
    with connections(say(text)) as address:
        transport = HttpTransport(address)
        azure = VmssClient(SUBSCRIPTION, endpoint=address, transport=transport, retry=RetryPolicy.none())
        with pytest.raises(ResponseLostError, match=why):
            names(azure)
