"""How paths find their handlers."""

import pytest

from tests.emulator.arm.azure import SET, Azure
from vmss_sdk.emulator.arm.path import path_of
from vmss_sdk.emulator.arm.routes import ROUTES
from vmss_sdk.emulator.arm.routing import MethodNotRoutedError, PathNotRoutedError, Route, Router


def handler(_: object) -> None:
    """Stands for a handler."""


ROUTER = Router(
    [
        Route("GET", "/groups/{group}/machines/{machine}", handler),
        Route("PUT", "/groups/{group}/machines/{machine}", handler),
        Route("GET", "/groups/{name}/machines", handler),
    ]
)


@pytest.mark.parametrize("path", ["/groups/A/machines/B", "/GROUPS/A/Machines/B", "//groups/A//machines/B/"])
def test_literals_in_any_case_and_spare_slashes(path: str) -> None:
    """Fixed segments match in any case, ``//`` counts once, a trailing slash not at all; values keep their case."""
    found = ROUTER.match("GET", path_of(path))
    assert (found.route.method, found.values) == ("GET", {"group": "A", "machine": "B"})
    assert found.path.text == "/groups/A/machines/B"


def test_values_are_decoded() -> None:
    """A value is percent-decoded (wire.md 3.17: ``%2A``), once."""
    assert ROUTER.match("GET", path_of("/groups/a%252Fb/machines/%2A")).values == {"group": "a%2Fb", "machine": "*"}


def test_routes_that_share_a_place_name_it_themselves() -> None:
    """Two templates may name the same segment differently."""
    assert ROUTER.match("GET", path_of("/groups/a/machines")).values == {"name": "a"}


@pytest.mark.parametrize("path", ["/", "/groups", "/groups/a", "/groups/a/other", "/groups/a/machines/b/c"])
def test_unknown_paths(path: str) -> None:
    """A path without route is told from a method without route."""
    with pytest.raises(PathNotRoutedError):
        ROUTER.match("GET", path_of(path))


def test_unknown_method() -> None:
    """The methods that the path has are told."""
    with pytest.raises(MethodNotRoutedError) as caught:
        ROUTER.match("DELETE", path_of("/groups/a/machines/b"))
    assert caught.value.allowed == ("GET", "PUT")


def test_no_fixed_segment_hides_a_value() -> None:
    """Nowhere in the table do a fixed segment and a value compete, so the order of routes means nothing."""
    places: dict[tuple[str, ...], set[bool]] = {}
    for route in ROUTES:
        segments = [("{}" if part.startswith("{") else part.lower()) for part in route.template.split("/")[1:]]
        for at, part in enumerate(segments):
            places.setdefault(tuple(segments[:at]), set()).add(part == "{}")
    assert all(len(kinds) == 1 for kinds in places.values())


def test_no_route_twice() -> None:
    """Each method and path is on one line of the table."""
    lines = [(route.method, route.template.lower()) for route in ROUTES]
    assert len(lines) == len(set(lines))


def test_path_in_another_case_reaches_the_resource() -> None:
    """Names in a path are compared without regard to case; the answer has them as created (wire.md 1)."""
    azure = Azure()
    azure.create()
    assert azure.get(SET.upper().replace("/SUBSCRIPTIONS", "/subscriptions"))["id"] == SET


def test_az_double_slash() -> None:
    """``az resource show`` asks with a double slash (az-cli 3)."""
    azure = Azure()
    azure.create()
    path = SET.replace("Microsoft.Compute/", "Microsoft.Compute//")
    assert azure.get(path)["name"] == "web"


def test_unknown_type_is_404_of_the_gateway() -> None:
    """A child type that a served type has not is ARM's 404."""
    response = Azure().send("GET", f"{SET}/cupboards/a")
    assert (response.status, response.headers["x-ms-failure-cause"]) == (404, "gateway")
    assert response.json()["error"]["code"] == "InvalidResourceType"


def test_wrong_method_is_405_with_allow() -> None:
    """A known path with a method that it has not is 405 and names those it has."""
    response = Azure().send("POST", SET)
    assert response.status == 405
    assert response.headers["Allow"] == "PUT, PATCH, GET, DELETE"
