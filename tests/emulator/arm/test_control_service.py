"""Faults of the service as a whole, and published extension handlers."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, GROUP, SET, Azure, model
from tests.emulator.arm.azure import HEALTH_EXTENSION as HEALTH
from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator, NoAnswerError
from vmss_sdk.emulator.engine.platform.clock import ScaledClock

FAULTS = "/_emulator/faults"
HANDLER = "Microsoft.ManagedServices.ApplicationHealthLinux"


def broken(**fault: Any) -> Azure:
    """A service with a scale set and a fault."""
    azure = Azure()
    azure.create(model(1))
    assert azure.post(FAULTS, fault).status == 201
    return azure


def test_throttled() -> None:
    """The reported body (wire.md 1.2), Retry-After, and the policy that is used up."""
    azure = broken(kind="throttle", count=1)
    response = azure.send("GET", SET)
    error = response.json()["error"]
    (detail,) = error.pop("details")
    assert (response.status, error) == (
        429,
        {
            "code": "OperationNotAllowed",
            "message": "The server rejected the request because too many requests have been received for this"
            " subscription.",
        },
    )
    assert (detail["code"], detail["target"]) == ("TooManyRequests", "GetVMScaleSetSubscriptionMaximum")
    measured = wire.decode(detail["message"])
    assert list(measured) == ["operationGroup", "startTime", "endTime", "allowedRequestCount", "measuredRequestCount"]
    assert measured["operationGroup"] == detail["target"]
    assert measured["measuredRequestCount"] > measured["allowedRequestCount"]
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["x-ms-ratelimit-remaining-resource"] == (
        "Microsoft.Compute/GetVMScaleSetSubscriptionMaximum;0,Microsoft.Compute/GetVMScaleSetResource;35"
    )
    assert azure.send("GET", SET).status == 200


def test_throttled_requests_do_nothing() -> None:
    """The DELETE was not heard."""
    azure = broken(kind="throttle", method="DELETE")
    assert azure.send("DELETE", SET).status == 429
    assert azure.get()["properties"]["provisioningState"] == "Succeeded"


def test_throttled_for_a_time() -> None:
    """Retry-After is what is left of it; after that it is over and gone."""
    azure = broken(kind="throttle", seconds=30)
    assert azure.send("GET", SET).headers["Retry-After"] == "30"
    azure.post("/_emulator/clock", {"advance": 29.5})
    assert azure.send("GET", SET).headers["Retry-After"] == "1"
    azure.post("/_emulator/clock", {"advance": 0.5})
    assert azure.send("GET", SET).status == 200
    assert azure.get(FAULTS) == {"value": []}


def test_retry_after_in_the_clients_own_time() -> None:
    """A minute of a clock that is twenty times as fast is three seconds."""
    azure = Azure(Emulator(ScaledClock(0, start=0.0)))
    azure.group()
    azure.post(FAULTS, {"kind": "throttle", "seconds": 60})
    assert azure.send("GET", GROUP).headers["Retry-After"] == "60"
    azure.emulator.clock.set_speed(20)  # type: ignore[union-attr]  # it is a scaled one
    assert azure.send("GET", GROUP).headers["Retry-After"] in ("3", "2")


def test_nobody_waits_for_a_clock_that_skips() -> None:
    """Behind HTTP on a virtual clock the wait passes at once."""
    azure = Azure(Emulator(skip_on_poll=True))
    azure.group()
    azure.post(FAULTS, {"kind": "throttle", "seconds": 60})
    response = azure.send("GET", GROUP)
    assert (response.status, response.headers["Retry-After"]) == (429, "0")
    assert azure.send("GET", GROUP).status == 200


def test_retry_after_by_order() -> None:
    """What the fault says wins, also on a clock that skips."""
    azure = Azure(Emulator(skip_on_poll=True))
    azure.group()
    azure.post(FAULTS, {"kind": "throttle", "count": 1, "retryAfter": 7})
    assert azure.send("GET", GROUP).headers["Retry-After"] == "7"


def test_what_compute_does_not_count_has_no_policies() -> None:
    """A throttled resource group has no header of Compute's: the subscription's reads are used up."""
    azure = broken(kind="throttle")
    response = azure.send("GET", GROUP)
    assert response.status == 429
    assert "x-ms-ratelimit-remaining-resource" not in response.headers
    assert response.headers["x-ms-ratelimit-remaining-subscription-reads"] == "0"
    assert response.json()["error"]["details"][0]["target"] == "SubscriptionReads"


@pytest.mark.parametrize(
    ("status", "code"),
    [(500, "InternalServerError"), (502, "BadGateway"), (503, "ServiceUnavailable"), (504, "GatewayTimeout")],
)
def test_server_errors(status: int, code: str) -> None:
    """Each with its code, and the Retry-After that was asked for."""
    azure = broken(kind="serverError", status=status, retryAfter=3)
    response = azure.send("GET", SET)
    assert (response.status, response.json()["error"]["code"]) == (status, code)
    assert response.headers["Retry-After"] == "3"
    assert response.headers.get("x-ms-failure-cause") == {500: "gateway", 504: "service"}.get(status)


@pytest.mark.parametrize("processed", [True, False])
def test_server_error_before_or_after(processed: bool) -> None:
    """The client cannot tell whether the scale set grew."""
    azure = broken(kind="serverError", count=1, processed=processed)
    response = azure.patch({"sku": {"capacity": 2}})
    assert (response.status, "Retry-After" in response.headers) == (500, False)
    assert azure.get()["sku"]["capacity"] == (2 if processed else 1)


@pytest.mark.parametrize("processed", [True, False])
def test_dropped_connection(processed: bool) -> None:
    """No answer, and whoever carries it learns whether anything was done."""
    azure = broken(kind="dropConnection", count=1, processed=processed)
    with pytest.raises(NoAnswerError) as caught:
        azure.patch({"sku": {"capacity": 2}})
    assert caught.value.processed is processed
    assert azure.get()["sku"]["capacity"] == (2 if processed else 1)


def test_a_refusal_can_be_lost_too() -> None:
    """The request was processed, and the answer that said no is lost."""
    azure = broken(kind="dropConnection")
    with pytest.raises(NoAnswerError):
        azure.patch({"location": "eastus"})


@pytest.mark.parametrize(
    ("fault", "hit"),
    [
        ({}, ["GET", "POST"]),
        ({"method": "post"}, ["POST"]),
        ({"path": "*/RESTART"}, ["POST"]),
        ({"path": f"{SET}*", "method": "GET"}, ["GET"]),
        ({"path": "*/web"}, ["GET"]),
        ({"path": "/subscriptions"}, []),
    ],
    ids=str,
)
def test_whom_it_hits(fault: dict[str, str], hit: list[str]) -> None:
    """Method and path, both without regard to case; the control plane never."""
    azure = broken(kind="throttle", **fault)
    answers = {"GET": azure.send("GET", SET), "POST": azure.post(f"{SET}/restart")}
    assert [method for method, response in answers.items() if response.status == 429] == hit
    assert azure.send("GET", "/_emulator/clock").status == 200
    assert azure.send("GET", f"{CONTROL}/instances").status == 200


def test_listed_and_cleared() -> None:
    """In order, with what is left of them; all or one kind can be taken away."""
    azure = broken(kind="throttle", count=2, seconds=9, path="*/Web", method="get")
    azure.post(FAULTS, {"kind": "serverError", "status": 503})
    azure.post(FAULTS, {"kind": "dropConnection"})
    azure.send("GET", SET)
    common = {"method": None, "path": None, "count": None, "seconds": None}
    throttle = {"kind": "throttle", "method": "GET", "path": "*/web", "count": 1, "seconds": 9.0, "retryAfter": None}
    assert azure.get(FAULTS)["value"] == [
        throttle,
        {"kind": "serverError", **common, "status": 503, "retryAfter": None, "processed": False},
        {"kind": "dropConnection", **common, "processed": True},
    ]
    assert azure.send("DELETE", f"{FAULTS}?kind=throttle").status == 204
    assert [fault["kind"] for fault in azure.get(FAULTS)["value"]] == ["serverError", "dropConnection"]
    assert azure.send("DELETE", FAULTS).status == 204
    assert azure.get(FAULTS) == {"value": []}


def test_reset_takes_them_away() -> None:
    """A new beginning is without faults."""
    azure = broken(kind="throttle")
    azure.post("/_emulator/reset")
    azure.create(model(1))


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({}, "kind"),
        ({"kind": "quota"}, "kind"),
        ({"kind": "throttle", "status": 500}, "status"),
        ({"kind": "throttle", "count": 0}, "count"),
        ({"kind": "throttle", "seconds": -1}, "seconds"),
        ({"kind": "throttle", "retryAfter": 1.5}, "retryAfter"),
        ({"kind": "throttle", "method": "LIST"}, "method"),
        ({"kind": "throttle", "path": "reimage"}, "path"),
        ({"kind": "throttle", "path": 1}, "path"),
        ({"kind": "serverError", "status": 501}, "status"),
        ({"kind": "serverError", "status": "500"}, "status"),
        ({"kind": "dropConnection", "processed": 1}, "processed"),
        ({"kind": "dropConnection", "often": 1}, "often"),
    ],
    ids=str,
)
def test_bad_faults(body: dict[str, Any], target: str) -> None:
    """400 that names the member and what was expected."""
    azure = Azure()
    assert azure.error(azure.post(FAULTS, body)) == (400, "InvalidParameter", target)
    assert azure.error(azure.send("DELETE", f"{FAULTS}?kind=x")) == (400, "InvalidParameter", "kind")


def test_extension_handlers() -> None:
    """A newer handler is what an extension upgrade brings, to every scale set."""
    azure = Azure()
    extensions = {"properties.virtualMachineProfile.extensionProfile.extensions": [HEALTH]}
    azure.create(model(1, extensions))
    response = azure.post("/_emulator/extensionHandlers", {"handler": HANDLER, "version": "1.9"})
    assert (response.status, response.json()) == (200, {"handler": HANDLER, "version": "1.9"})
    azure.done(azure.post(f"{SET}/extensionRollingUpgrade"))
    (instance,) = azure.get(f"{CONTROL}/instances")["value"]
    assert [run["reason"] for run in instance["extensionRuns"]] == ["Created", "NewVersion"]
    assert azure.emulator.handlers.newest == {HANDLER.lower(): "1.9"}
    azure.post("/_emulator/reset")
    assert azure.emulator.handlers.newest == {}


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({"version": "1"}, "handler"),
        ({"handler": "Health", "version": "1"}, "handler"),
        ({"handler": HANDLER}, "version"),
    ],
)
def test_bad_extension_handlers(body: dict[str, Any], target: str) -> None:
    """400 that names the member."""
    azure = Azure()
    assert azure.error(azure.post("/_emulator/extensionHandlers", body)) == (400, "InvalidParameter", target)


def test_the_control_plane_says_what_it_is() -> None:
    """So a client can tell an emulator from Azure, also when it is refused."""
    azure = Azure()
    assert "x-vmss-emulator" in azure.send("GET", "/_emulator/clock").headers
    assert "x-vmss-emulator" in azure.send("GET", "/_emulator/nothing").headers
    assert "x-vmss-emulator" not in azure.send("GET", "/subscriptions").headers
