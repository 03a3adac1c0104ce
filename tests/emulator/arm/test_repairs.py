"""The state of automatic repairs: set over REST, shown in the instance view (wire.md 3.25)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, SET, Azure, changed, model, rolling

SET_STATE = f"{SET}/setOrchestrationServiceState"
REPAIRS = {"properties.automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT30M"}}


def repaired(*, enabled: bool = True) -> Azure:
    """A scale set of three with automatic repairs."""
    azure = Azure()
    azure.create(changed(rolling(3), {**REPAIRS, "properties.automaticRepairsPolicy.enabled": enabled}))
    return azure


def services(azure: Azure) -> Any:
    """What the instance view says of the services."""
    return azure.get(f"{SET}/instanceView").get("orchestrationServices")


def ask(azure: Azure, action: str, service: str = "AutomaticRepairs") -> Any:
    """The response to a request for another state."""
    return azure.post(SET_STATE, {"serviceName": service, "action": action})


@pytest.mark.rule("3.11", "8.2")
def test_suspend_and_resume() -> None:
    """202 without body, charge 0; the instance view shows the recorded states (wire.md 3.25, bodies)."""
    azure = repaired()
    assert services(azure) == [{"serviceName": "AutomaticRepairs", "serviceState": "Running"}]
    response = ask(azure, "Suspend")
    assert (response.status, response.body) == (202, b"")
    assert response.headers["x-ms-request-charge"] == "0"
    azure.done(response)
    assert services(azure) == [{"serviceName": "AutomaticRepairs", "serviceState": "Suspended"}]
    azure.done(ask(azure, "resume"))
    assert services(azure) == [{"serviceName": "AutomaticRepairs", "serviceState": "Running"}]


def test_view_as_recorded() -> None:
    """Summary, services, statuses: nothing else, in this order (vmss_instanceView_repairs_suspended.json)."""
    azure = repaired()
    azure.done(ask(azure, "Suspend"))
    view = azure.get(f"{SET}/instanceView")
    assert list(view) == ["virtualMachine", "extensions", "orchestrationServices", "statuses"]
    assert view["virtualMachine"] == {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 3}]}


@pytest.mark.rule("3.11")
def test_suspended_repairs_do_nothing() -> None:
    """An unhealthy instance is repaired only after repairs were resumed (semantics 3.11)."""
    azure = repaired()
    azure.done(ask(azure, "Suspend"))
    azure.post(f"{CONTROL}/faults", {"kind": "health", "instanceIds": ["1"], "state": "Unhealthy"})
    azure.post("/_emulator/clock", {"advance": 7200})
    assert [item["instanceId"] for item in azure.instances()] == ["0", "1", "2"]
    azure.done(ask(azure, "Resume"))
    azure.post("/_emulator/clock", {"advance": 7200})
    assert [item["instanceId"] for item in azure.instances()] == ["0", "2", "3"]


@pytest.mark.rule("3.11")
def test_disabled_repairs() -> None:
    """They are shown as not running, and have no state that could be set."""
    azure = repaired(enabled=False)
    assert services(azure) == [{"serviceName": "AutomaticRepairs", "serviceState": "NotRunning"}]
    assert azure.error(ask(azure, "Suspend"))[:2] == (409, "OperationNotAllowed")


def test_no_repairs_policy() -> None:
    """Nothing is shown."""
    azure = Azure()
    azure.create(model())
    assert services(azure) is None
    assert azure.error(ask(azure, "Resume"))[:2] == (409, "OperationNotAllowed")


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({"serviceName": "AutomaticRepairs"}, "action"),
        ({"action": "Suspend"}, "serviceName"),
        ({"serviceName": "AutomaticRepairs", "action": "Explode"}, "action"),
        ({"serviceName": "AutomaticZoneRebalancing", "action": "Suspend"}, "serviceName"),
        ({"serviceName": "Magic", "action": "Suspend"}, "serviceName"),
    ],
)
def test_bad_requests(body: dict[str, str], target: str) -> None:
    """400 that names what is wrong."""
    azure = repaired()
    assert azure.error(azure.post(SET_STATE, body)) == (400, "InvalidParameter", target)
    assert azure.error(azure.post(SET_STATE))[0] == 400
