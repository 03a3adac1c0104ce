"""A path has one reading: however it is spelled, the same is answered to the same caller."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.emulator.arm.azure import BASE, GROUP, SET, SUBSCRIPTION, VERSION, Azure
from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.identity.directory import Directory
from vmss_sdk.emulator.arm.identity.principal import Principal, Role
from vmss_sdk.emulator.arm.path import path_of
from vmss_sdk.emulator.arm.routes import ROUTES, SHADOWED, paths
from vmss_sdk.emulator.arm.routing import Route
from vmss_sdk.transport.base import Request, Response

ELSEWHERE = "/subscriptions/elsewhere/resourceGroups/Other"
KEPT = f"{paths.GROUP}/providers/Microsoft.Network/virtualNetworks"
OTHERS = (
    *(Route(method, f"{KEPT}/{{name}}", lambda call: call) for method in ("GET", "PUT", "PATCH", "DELETE", "HEAD")),
    Route("GET", KEPT, lambda call: call),
    Route("GET", f"{paths.SET}/cupboards/{{name}}", lambda call: call),
    Route("GET", "/_emulator/cupboards", lambda call: call),
    Route("POST", "/", lambda call: call),
)
"""What is in no table: resources that are only kept, and paths that are none."""


def upper(path: str) -> str:
    """The fixed parts in upper case; values stand as they are."""
    return re.sub(r"[^/{}]+(?![^{]*\})", lambda found: found[0].upper(), path)


def alternating(path: str) -> str:
    """The fixed parts in changing case."""

    def mixed(found: re.Match[str]) -> str:
        return "".join(letter.upper() if at % 2 else letter.lower() for at, letter in enumerate(found[0]))

    return re.sub(r"[^/{}]+(?![^{]*\})", mixed, path)


def encoded(path: str) -> str:
    """Every letter of the fixed parts percent-encoded, the underscore too."""
    return re.sub(r"[^/{}]+(?![^{]*\})", lambda found: "".join(f"%{ord(letter):02x}" for letter in found[0]), path)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "//": lambda path: f"/{path}",
    "///": lambda path: f"//{path}",
    "trailing": lambda path: f"{path}/",
    "two trailing": lambda path: f"{path}//",
    "double inside": lambda path: "/" + path[1:].replace("/", "//"),
    "/./": lambda path: "/." + path.replace("/", "/./"),
    "/x/..": lambda path: f"/x/..{path}",
    "/x/.. inside": lambda path: path.replace("/", "/x/../"),
    "/..": lambda path: f"/../..{path}",
    "%2e": lambda path: f"/%2e/x/%2E%2e{path}",
    "%2f": lambda path: "/" + path[1:].replace("/", "%2F"),
    "%2f at the end": lambda path: f"{path}%2f",
    "%5f": lambda path: path.replace("_", "%5f"),
    "encoded": encoded,
    "upper": upper,
    "alternating": alternating,
    "mixed": lambda path: "//%2E" + alternating(path).replace("/", "/.//") + "//",
}
ROLES = {
    "owner": Principal.new("owner", Role.OWNER),
    "contributor": Principal.new("contributor"),
    "reader": Principal.new("reader", Role.READER),
    "owner of the group": Principal.new("group-owner", Role.OWNER, GROUP),
    "stranger": Principal.new("stranger", Role.OWNER, ELSEWHERE),
    "none": None,
}
VALUES = {
    "subscriptionId": SUBSCRIPTION.rpartition("/")[2],
    "resourceGroupName": "Shop",
    "vmScaleSetName": "web",
    "instanceId": "0",
}
BODIES = {"PUT": {"location": "westus"}, "POST": {}, "PATCH": {}}


class World:
    """The same emulator again and again, and what it answers to whom."""

    def __init__(self) -> None:
        self.directory = Directory(is_local=False, principals=[who for who in ROLES.values() if who])
        self._emulator: Emulator | None = None
        self._plain: dict[tuple[str, Route], dict[str, Any]] = {}
        self.tokens = {
            name: principal and f"Bearer {self.directory.give(principal, 'https://management.azure.com').text}"
            for name, principal in ROLES.items()
        }

    def plain(self, role: str, route: Route) -> dict[str, Any]:
        """What is told who spells a path as Azure does."""
        if (role, route) not in self._plain:
            self._plain[role, route] = told(self.answer(role, route.method, filled(route.template)))
        return self._plain[role, route]

    def answer(self, role: str, method: str, path: str) -> Response:
        """What an emulator answers that has one resource group and nothing else."""
        if self._emulator is None:
            self._emulator = Emulator(directory=self.directory)
            self._send(self._emulator, "owner", "PUT", GROUP, {"location": "westus"})
        response = self._send(self._emulator, role, method, path, BODIES.get(method))
        if method != "GET" and response.status < 300:
            self._emulator = None
        return response

    def _send(self, emulator: Emulator, role: str, method: str, path: str, body: Any) -> Response:
        token = self.tokens[role]
        headers = {"Content-Type": "application/json", **({"Authorization": token} if token else {})}
        text = b"" if body is None else wire.encode(body)
        return emulator.handle(Request(method, f"{BASE}{path}?api-version={VERSION}", headers, text))


def filled(template: str) -> str:
    """The template with values."""
    return re.sub(r"\{(\w+)\}", lambda found: quote(VALUES.get(found[1], "a")), template)


def told(response: Response) -> dict[str, Any]:
    """What of an answer cannot vary."""
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    document = response.json() if is_json else None
    error = str(document.get("error")).lower() if isinstance(document, dict) else None  # it may quote the path
    headers = {name: response.headers.get(name) for name in ("x-vmss-emulator", "Allow", "x-ms-failure-cause")}
    return {"status": response.status, "error": error, **headers}


@pytest.fixture(scope="module")
def world() -> World:
    """One for all."""
    return World()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_route_in_every_spelling(world: World, spelling: str, role: str) -> None:
    """Status, error, the emulator's mark and the methods that are allowed are those of the plain spelling."""
    spell = SPELLINGS[spelling]
    different = []
    for route in (*ROUTES, *SHADOWED, *OTHERS):
        plain = world.plain(role, route)
        found = told(world.answer(role, route.method, filled(spell(route.template))))
        if found != plain:
            different.append((route.method, filled(spell(route.template)), found, plain))
    assert not different


def test_a_contributor_makes_no_owner(world: World) -> None:
    """The control plane's principals are an owner's to add, with two slashes in front as well."""
    for path in (
        "/_emulator/principals",
        "//_emulator/principals",
        "/_emulator//principals/",
        "/x/../_EMULATOR/PRINCIPALS",
    ):
        assert {role: world.answer(role, "GET", path).status for role in ("owner", "none")} == {
            "owner": 200,
            "none": 401,
        }
        assert world.answer("contributor", "POST", path).status == 403


def test_no_fault_hits_the_control_plane() -> None:
    """A fault of everything leaves it alone, however the path is spelled."""
    azure = Azure()
    azure.send("POST", "/_emulator/faults", {"kind": "throttle", "path": "*"})
    assert azure.send("GET", "//subscriptions").status == 429
    for path in ("//_emulator/status", "/./_emulator/status", "/%5femulator/status", "/_EMULATOR/status/"):
        response = azure.send("GET", path)
        assert (response.status, "x-vmss-emulator" in response.headers) == (200, True)


def test_a_fault_hits_every_spelling() -> None:
    """A pattern of a path means the path, not how it is written."""
    azure = Azure()
    azure.send("POST", "/_emulator/faults", {"kind": "throttle", "path": f"{GROUP}/providers/*"})
    for path in (SET, f"/{SET}/", SET.replace("/", "/./"), SET.upper(), SET.replace("web", "w%65b")):
        assert azure.send("GET", path).status == 429


def test_links_are_made_of_the_one_reading() -> None:
    """What an answer names is spelled as Azure spells it, whatever the request was."""
    azure = Azure()
    azure.group()
    found = azure.get(
        f"/{GROUP.lower().replace('shop', 'Shop')}//providers/MICROSOFT.COMPUTE/./virtualmachinescalesets/"
    )
    assert found == {"value": []}
    azure.put({"location": "westus"}, f"/{GROUP}/PROVIDERS/microsoft.network/VIRTUALNETWORKS/net/")
    assert azure.get(f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net")["id"].startswith(
        f"{GROUP}/providers/M"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", "/"),
        ("/", "/"),
        ("//a//b/", "/a/b"),
        ("/a/./b/../c", "/a/c"),
        ("/../../a", "/a"),
        ("/a/%2e%2E/b", "/b"),
        ("/a/..%2f..%2Fb", "/b"),
        ("/a%2fb", "/a/b"),
        ("/%61%5F", "/a_"),
        ("/a%252fb", "/a%252fb"),
        ("/a b/é", "/a%20b/%C3%A9"),
        ("/a%20b/%c3%a9", "/a%20b/%C3%A9"),
        ("/...", "/..."),
        ("/a.b/.c", "/a.b/.c"),
        ("/%zz", "/%25zz"),
        ("/a;b", "/a;b"),
    ],
)
def test_the_reading(written: str, read: str) -> None:
    """Empty and dot segments go, percent-encoding is undone once and written in one way."""
    assert path_of(written).text == read
    assert path_of(read).text == read
    assert path_of(written).segments == path_of(read).segments


def test_an_encoded_slash_makes_no_name() -> None:
    """It parts segments over every way in, so that nothing with a slash in its name is ever made."""
    azure = Azure()
    assert azure.send("PUT", f"{GROUP}%2Fb", {"location": "westus"}).status == 404
    assert azure.get(f"{SUBSCRIPTION}/resourceGroups")["value"] == []
