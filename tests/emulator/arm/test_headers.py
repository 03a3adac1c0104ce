"""The headers of answers (wire.md 1)."""

import uuid

import pytest

from tests.emulator.arm.azure import GROUP, SET, Azure
from vmss_sdk.emulator.arm import limits
from vmss_sdk.emulator.arm.routes import ROUTES
from vmss_sdk.emulator.arm.routing import Route
from vmss_sdk.transport.base import Response


def answered(headers: dict[str, str] | None = None) -> Response:
    """The answer to a GET of a scale set."""
    azure = Azure()
    azure.create()
    return azure.send("GET", SET, headers=headers)


def test_on_every_answer() -> None:
    """What Azure sends on every answer, byte by byte."""
    headers = answered().headers
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Pragma"] == "no-cache"
    assert headers["Expires"] == "-1"
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "application/json; charset=utf-8"


def test_ids_are_guids() -> None:
    """Request and correlation id are GUIDs; the routing id has a region and a time."""
    headers = answered().headers
    uuid.UUID(headers["x-ms-request-id"])
    uuid.UUID(headers["x-ms-correlation-request-id"])
    region, _, rest = headers["x-ms-routing-request-id"].partition(":")
    assert (region, rest.partition(":")[2]) == ("WESTUS", headers["x-ms-correlation-request-id"])


def test_each_request_has_its_own_id() -> None:
    """No two answers have the same request id."""
    azure = Azure()
    ids = {azure.send("GET", GROUP).headers["x-ms-request-id"] for _ in range(20)}
    assert len(ids) == 20


def test_correlation_id_is_the_clients() -> None:
    """A correlation id that the client sends comes back."""
    assert answered({"x-ms-correlation-request-id": "abc"}).headers["x-ms-correlation-request-id"] == "abc"


def test_client_request_id_only_on_demand() -> None:
    """The client's request id comes back when it says so, and else not."""
    sent = {"x-ms-client-request-id": "mine"}
    assert "x-ms-client-request-id" not in answered(sent).headers
    headers = answered({**sent, "x-ms-return-client-request-id": "true"}).headers
    assert headers["x-ms-client-request-id"] == "mine"


def test_date_is_the_emulators() -> None:
    """The Date is that of the emulator's clock, not of the machine."""
    azure = Azure()
    azure.emulator.clock.advance(3600)
    assert azure.send("GET", GROUP).headers["Date"] == "Thu, 01 Jan 2026 01:00:00 GMT"


def test_compute_errors_have_limits_and_no_cause() -> None:
    """Errors of the compute provider carry the rate-limit header and no failure cause."""
    azure = Azure()
    azure.create()
    response = azure.send("GET", f"{SET}/rollingUpgrades/latest")
    assert response.status == 404
    assert "x-ms-failure-cause" not in response.headers
    assert response.headers["x-ms-ratelimit-remaining-resource"].startswith("Microsoft.Compute/")


def test_gateway_errors_have_a_cause_and_no_limits() -> None:
    """Errors of ARM's gateway are marked as such."""
    response = Azure().send("GET", SET)
    assert response.headers["x-ms-failure-cause"] == "gateway"
    assert "x-ms-ratelimit-remaining-resource" not in response.headers


def test_limits_name_azures_policies() -> None:
    """A read of a scale set counts against the policies that wire.md 1.2 lists."""
    header = answered().headers["x-ms-ratelimit-remaining-resource"]
    policies = [part.partition(";")[0] for part in header.split(",")]
    assert policies == [
        "Microsoft.Compute/GetVMScaleSetSubscriptionMaximum",
        "Microsoft.Compute/GetVMScaleSetResource",
    ]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.template}")
def test_every_route_has_its_limits(route: Route) -> None:
    """Calls of ARM count against the subscription, those of the compute provider against its policies as well."""
    found = limits.headers(route)
    assert bool(found) == route.versioned
    assert ("x-ms-ratelimit-remaining-resource" in found) == ("Microsoft.Compute" in route.template)


def test_no_body_no_type() -> None:
    """An answer without body has no content type."""
    azure = Azure()
    azure.create()
    response = azure.post(f"{SET}/restart")
    assert (response.status, response.body) == (202, b"")
    assert "Content-Type" not in response.headers


def test_nothing_breaks_out_of_a_header() -> None:
    """Line ends in what a client sends do not reach the headers of the answer."""
    azure = Azure()
    path = "/subscriptions/a%0d%0aX-Evil: 1/resourceGroups/rg"
    azure.put({"location": "westus"}, path)
    response = azure.send("DELETE", path, headers={"x-ms-correlation-request-id": "a\r\nX-Evil: 1"})
    assert response.status == 202
    assert not any("\n" in value or "\r" in value for value in response.headers.values())
