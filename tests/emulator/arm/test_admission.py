"""What is refused for how it came: another server's name, pages of other sites, bodies that are no JSON."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBSCRIPTION, VERSION, Azure
from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.names import ServerNames, host_and_port
from vmss_sdk.transport.base import Request, Response

HOST = "localhost:8677"
FOREIGN: tuple[dict[str, str], ...] = (
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://127.0.0.1:8677"},
    {"Origin": "http://localhost"},
    {"Origin": "http://localhost:8677, http://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "Cross-Site", "Origin": "http://localhost:8677"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": ""},
)
OWN: tuple[dict[str, str], ...] = (
    {},
    {"Origin": "http://localhost:8677"},
    {"Origin": "HTTP://LOCALHOST:8677"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8677"},
    {"Sec-Fetch-Site": "none"},
)


class Served:
    """An emulator as those see it who come over HTTP."""

    def __init__(self, names: ServerNames | None = None, **options: Any) -> None:
        self.emulator = Emulator(**options)
        self.way = self.emulator.served(names or ServerNames())
        self.inside = Azure(self.emulator)
        self.inside.group()

    def send(self, method: str, path: str, body: bytes = b"", *, host: str = HOST, **headers: Any) -> Response:
        """One request; names of headers have underscores."""
        fields = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        fields["Host"] = host
        if body:
            fields["Content-Length"] = str(len(body))
        place = host if host_and_port(host) else HOST  # as servers make it
        url = f"http://{place}{path}{'&' if '?' in path else '?'}api-version={VERSION}"
        return self.way.handle(Request(method, url, fields, body))

    def saved(self) -> str:
        """All that can be changed; requests are counted, whatever becomes of them."""
        return re.sub(r"'requests': \d+", "", str(self.emulator.saved()))


def code(response: Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return response.status, response.json()["error"]["code"]


# ---- Host


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:1", "127.0.0.1:8677", "127.9.9.9", "[::1]:8677", "[0:0:0:0:0:0:0:1]", "emu.test:99"],
)
def test_names_of_the_server(host: str) -> None:
    """Those of every machine, and those that it was given; the port does not count."""
    assert Served(ServerNames(("emu.test",))).send("GET", GROUP, host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8677",
        "localhost.evil.example",
        "x.localhost",
        "emu.test.",
        "8.8.8.8",
        "[2001:db8::1]",
    ],
)
@pytest.mark.parametrize("path", [GROUP, "/_emulator/status", "/metadata/endpoints", "/nothing", "/_emulator/reset"])
def test_other_names_are_another_server(host: str, path: str) -> None:
    """A name that was made to mean this machine is a page's own: 421, whatever is asked for."""
    served = Served(ServerNames(("emu.test",)))
    before = served.saved()
    for method in ("GET", "PUT", "POST", "DELETE", "OPTIONS"):
        response = served.send(method, path, host=host)
        assert code(response) == (421, "MisdirectedRequest")
        assert not {"Location", "Azure-AsyncOperation", "WWW-Authenticate"} & set(response.headers)
    assert served.saved() == before


@pytest.mark.parametrize(
    "host",
    [
        *("a b", "localhost/x", "user@localhost", "localhost:", "localhost:x", "localhost:123456", "[::1"),
        *("a,b", "é", "127.0.0.1, evil.example", 'a"b', "localhost:80:80", "[::1]x", "%6cocalhost"),
    ],
)
def test_what_is_no_host(host: str) -> None:
    """400."""
    assert code(Served().send("GET", GROUP, host=host)) == (400, "InvalidHostName")


def test_old_http_names_no_host() -> None:
    """Links have the server's own name then, and a page is never such a client."""
    served = Served()
    assert served.send("GET", GROUP, host="").status == 200
    assert code(served.send("DELETE", GROUP, host="", Origin="http://localhost:8677")) == (
        403,
        "CrossSiteRequestRefused",
    )


def test_in_this_process_there_is_no_host() -> None:
    """Whoever holds the emulator may call it what they like, and sends bodies that are JSON by agreement."""
    azure = Azure()
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert azure.put({"location": "westus"}, GROUP, headers=headers).status in (200, 201)


def test_wildcards_and_own_addresses() -> None:
    """``*.lab.test`` is one label more; a server at all addresses has all those of this machine."""
    names = ServerNames(("*.lab.test", "10.1.2.3"), everywhere=True)
    assert names.include("a.lab.test")
    assert names.include("10.1.2.3")
    assert not names.include("a.b.lab.test")
    assert not names.include("lab.test")
    for host in ("192.0.2.1", "0.0.0.0", "224.0.0.1", "::"):
        assert not names.include(host)


def test_links_name_the_host_that_was_asked(served: Served) -> None:
    """It is one of the server's, and what a client behind a proxy or in a container can reach."""
    from tests.emulator.arm.azure import model

    response = served.send("PUT", SET, wire.encode(model(1)), host="emu.test:99", Content_Type="application/json")
    assert response.status == 201
    assert response.headers["Azure-AsyncOperation"].startswith("http://emu.test:99/")


# ---- pages of other sites


@pytest.fixture
def served() -> Served:
    """One with a resource group."""
    return Served(ServerNames(("emu.test",)))


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_page_of_another_site_changes_nothing(served: Served, headers: dict[str, str]) -> None:
    """Neither Azure's resources nor the emulator itself, of which it may not even read."""
    before = served.saved()
    for method, path in (
        ("PUT", GROUP),
        ("DELETE", GROUP),
        ("PATCH", GROUP),
        ("POST", f"{SET}/deallocate"),
        ("POST", "/tenant/oauth2/v2.0/token"),
        ("POST", "/_emulator/reset"),
        ("POST", "//_EMULATOR/reset"),
        ("GET", "/_emulator/status"),
        ("HEAD", "/_emulator/status"),
        ("OPTIONS", "/_emulator/status"),
        ("POST", "/nothing"),
    ):
        fields: dict[str, Any] = {name.replace("-", "_"): value for name, value in headers.items()}
        response = served.send(method, path, **fields)
        assert response.status == 403
        assert not any(name.lower().startswith("access-control") for name in response.headers)
    assert served.saved() == before


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_page_of_another_site_may_read_and_moves_nothing(headers: dict[str, str]) -> None:
    """Links to an answer work; no clock skips, no fault is used up, and nothing lets the page see the answer."""
    served = Served(skip_on_poll=True)
    served.inside.post("/_emulator/faults", {"kind": "throttle", "count": 1})
    served.inside.emulator.clock.advance(1)
    served.inside.send("DELETE", GROUP)  # something goes on, to which a clock could skip
    now = served.emulator.clock.now()
    fields: dict[str, Any] = {name.replace("-", "_"): value for name, value in headers.items()}
    for _ in range(3):
        response = served.send("GET", SUBSCRIPTION, **fields)
        assert response.status == 200
        assert not any(name.lower().startswith("access-control") for name in response.headers)
    assert served.emulator.clock.now() == now
    assert len(served.inside.send("GET", "/_emulator/faults").json()["value"]) == 0  # the DELETE above used it up


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_programs_and_pages_of_the_server_itself_may(served: Served, headers: dict[str, str]) -> None:
    """Curl with a form's content type on the control plane, and a page that the server itself gave."""
    fields: dict[str, Any] = {name.replace("-", "_"): value for name, value in headers.items()}
    form = "application/x-www-form-urlencoded"
    assert served.send("POST", "/_emulator/clock", b'{"advance": 1}', Content_Type=form, **fields).status == 200
    assert served.send("PUT", GROUP, b'{"location": "westus"}', Content_Type="application/json", **fields).status == 200


@pytest.mark.parametrize(
    ("origin", "host", "status"),
    [
        ("https://emu.test", "emu.test", 204),
        ("https://emu.test", "emu.test:443", 204),
        ("http://emu.test", "emu.test:443", 403),
        ("https://emu.test:444", "emu.test", 403),
        ("https://[::1]:5", "[::1]:5", 204),
    ],
)
def test_a_proxy_that_keeps_the_host(served: Served, origin: str, host: str, status: int) -> None:
    """It may take TLS away; the page's own address is the one that the browser names."""
    assert served.send("POST", "/_emulator/reset", host=host, Origin=origin).status == status


# ---- bodies


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("text/plain", "text/plain"),
        ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
        ("multipart/form-data; boundary=x", "multipart/form-data"),
        ("application/jsonp", "application/jsonp"),
        ("text/json", "text/json"),
        ("", "<null>"),
        (None, "<null>"),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST"])
def test_only_json_is_taken(served: Served, method: str, said: str | None, shown: str) -> None:
    """415 in ARM's words, and nothing changes."""
    before = served.inside.get(GROUP)
    path = GROUP if method != "POST" else f"{SET}/reimage"
    response = served.send(method, path, b'{"tags": {"a": "b"}}', Content_Type=said)
    assert code(response) == (415, "UnsupportedMediaType")
    text = f"The content media type '{shown}' is not supported. Only 'application/json' is supported."
    assert response.json()["error"]["message"] == text
    assert served.inside.get(GROUP) == before


@pytest.mark.parametrize("said", ["application/json", "APPLICATION/JSON", "application/json; charset=utf-8"])
def test_json_is_taken(served: Served, said: str) -> None:
    """With parameters, in any case."""
    assert served.send("PATCH", GROUP, b'{"tags": {"a": "b"}}', Content_Type=said).status == 200


def test_no_body_needs_no_type(served: Served) -> None:
    """Whatever is said of a body that is not there."""
    assert served.send("POST", f"{SET}/start", Content_Type="text/plain", Content_Length="0").status == 404
    assert served.send("GET", GROUP, Content_Type="text/plain").status == 200


def test_an_empty_object_is_taken_as_text(served: Served) -> None:
    """Microsoft's client for Python says so of a model without members."""
    assert served.send("PATCH", GROUP, b"{}", Content_Type="text/plain").status == 200
