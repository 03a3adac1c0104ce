"""Rolling upgrades over REST: status bodies, errors, cancellation (wire.md 3.22, 3.23, 5)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, SET, Azure, model, rolling

LATEST = f"{SET}/rollingUpgrades/latest"
NEW_SIZE = {"sku": {"name": "Standard_D4s_v3"}}
HELP = "For details on rolling upgrades, use http://aka.ms/AzureVMSSRollingUpgrade"
NOT_HEALTHY = "Instance found to be unhealthy or unreachable."


def make_unhealthy(azure: Azure, *ids: str) -> None:
    """From now on these instances report that they are unhealthy."""
    fault = {"kind": "health", "instanceIds": list(ids), "state": "Unhealthy"}
    assert azure.post(f"{CONTROL}/faults", fault).status == 200


def detail(instance_id: str) -> dict[str, str]:
    """What an error says of an instance (wire.md 5)."""
    target = f"web/virtualMachines/{instance_id}"
    return {"code": "RollingUpgradeInstanceUnhealthyError", "message": NOT_HEALTHY, "target": target}


def without_details(error: dict[str, Any]) -> dict[str, Any]:
    """Code and message."""
    return {name: value for name, value in error.items() if name in ("code", "message")}


@pytest.mark.rule("2.7.50")
def test_none_yet() -> None:
    """404 NotFound (wire.md 3.22)."""
    azure = Azure()
    azure.create()
    response = azure.send("GET", LATEST)
    assert response.status == 404
    assert response.json() == {"error": {"code": "NotFound", "message": "The entity was not found."}}


@pytest.mark.rule("2.0.4", "2.4.17", "2.7.48", "2.7.49")
def test_completed() -> None:
    """The PUT's operation stays open until the upgrade has ended; then the status is as recorded (wire.md 5)."""
    azure = Azure()
    azure.create(rolling(2))
    response = azure.patch(NEW_SIZE)
    assert azure.get(LATEST)["properties"]["runningStatus"]["code"] == "RollingForward"
    azure.done(response)
    document = azure.get(LATEST)
    assert list(document) == ["type", "location", "properties"]
    assert document["type"] == "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades"
    properties = document["properties"]
    assert list(properties) == ["policy", "runningStatus", "progress"]
    assert properties["policy"] == {
        "maxBatchInstancePercent": 20,
        "maxUnhealthyInstancePercent": 20,
        "maxUnhealthyUpgradedInstancePercent": 20,
        "pauseTimeBetweenBatches": "PT0S",
        "maxSurge": False,
        "rollbackFailedInstancesOnPolicyBreach": False,
    }
    assert list(properties["runningStatus"]) == ["lastAction", "lastActionTime", "code", "startTime"]
    assert (properties["runningStatus"]["lastAction"], properties["runningStatus"]["code"]) == ("Start", "Completed")
    assert properties["progress"] == {
        "successfulInstanceCount": 2,
        "failedInstanceCount": 0,
        "inProgressInstanceCount": 0,
        "pendingInstanceCount": 0,
    }


@pytest.mark.rule("2.0.4", "2.4.18", "2.7.51")
def test_too_many_unhealthy_before() -> None:
    """10 instances, 3 unhealthy, limit 20 %: nothing is touched; the error is told by operation and status."""
    azure = Azure()
    azure.create(rolling(10))
    make_unhealthy(azure, "1", "4", "7")
    ended = azure.end(azure.patch(NEW_SIZE))
    expected = {
        "code": "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
        "message": "Rolling Upgrade failed due to exceeding the MaxUnhealthyInstancePercent value (defined in the"
        " RollingUpgradePolicy) before any batch was attempted. 30% of instances are in an unhealthy state, more than"
        " the threshold of 20% configured in the RollingUpgradePolicy. The most impactful error is:  "
        f"{NOT_HEALTHY} {HELP}",
    }
    assert ended["status"] == "Failed"
    assert without_details(ended["error"]) == expected
    assert azure.applied() == [False] * 10
    properties = azure.get(LATEST)["properties"]
    assert properties["runningStatus"]["code"] == "Faulted"
    assert set(properties["progress"].values()) == {0}
    assert without_details(properties["error"]) == expected
    assert properties["error"]["details"] == [detail("1"), detail("4"), detail("7")]
    assert azure.get()["properties"]["provisioningState"] == "Failed"


@pytest.mark.rule("2.4.26", "2.7.51")
def test_upgraded_ones_are_unhealthy() -> None:
    """The first batch fails, the rest is untouched; Azure's text with its two full stops (wire.md 4)."""
    azure = Azure()
    azure.create(rolling(10))
    azure.post(f"{CONTROL}/faults", {"kind": "unhealthyAfterUpgrade"})
    ended = azure.end(azure.patch(NEW_SIZE))
    assert without_details(ended["error"]) == {
        "code": "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
        "message": "Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the"
        " RollingUpgradePolicy. 100% of instances are in an unhealthy state after being upgraded - more than the"
        f" threshold of 20%. The most impactful error is: {NOT_HEALTHY}. First failed instance ID is: 0.",
    }
    progress = azure.get(LATEST)["properties"]["progress"]
    assert progress["failedInstanceCount"] == sum(azure.applied()) == 2
    assert progress["pendingInstanceCount"] == 8


@pytest.mark.rule("2.4.27", "2.7.51")
def test_too_many_unhealthy_in_between() -> None:
    """Before the second batch the whole scale set is looked at again."""
    azure = Azure()
    azure.create(rolling(10, {"pauseTimeBetweenBatches": "PT5M"}))
    response = azure.patch(NEW_SIZE)
    while azure.get(LATEST)["properties"]["progress"]["successfulInstanceCount"] < 2:
        azure.post("/_emulator/clock", {"skip": "next"})
    make_unhealthy(azure, "6", "7", "8")
    ended = azure.end(response)
    assert without_details(ended["error"]) == {
        "code": "MaxUnhealthyInstancePercentExceededInRollingUpgrade",
        "message": "Rolling Upgrade failed after exceeding the MaxUnhealthyInstancePercent value defined in the"
        " RollingUpgradePolicy. 30% of instances are in an unhealthy state after being upgraded - more than the"
        " threshold of 20% configured in the RollingUpgradePolicy. The most impactful error is:  "
        f"{NOT_HEALTHY} {HELP}",
    }
    assert azure.get(LATEST)["properties"]["error"]["details"] == [detail("6"), detail("7"), detail("8")]


@pytest.mark.rule("2.5.33", "2.5.34", "2.7.49", "6.rolling")
def test_cancel() -> None:
    """202, succeeds; the batch in flight ends, the rest waits; the operation of the upgrade ends Succeeded (5)."""
    azure = Azure()
    azure.create(rolling(10))
    response = azure.patch(NEW_SIZE)
    while azure.get(LATEST)["properties"]["progress"]["inProgressInstanceCount"] == 0:
        azure.post("/_emulator/clock", {"skip": "next"})
    cancelled = azure.post(f"{SET}/rollingUpgrades/cancel")
    assert (cancelled.status, cancelled.body) == (202, b"")
    assert cancelled.headers["x-ms-request-charge"] == "0"
    azure.done(cancelled)
    azure.done(response)
    properties = azure.get(LATEST)["properties"]
    assert properties["runningStatus"]["code"] == "Cancelled"
    assert properties["runningStatus"]["lastAction"] == "Cancel"
    assert properties["progress"]["pendingInstanceCount"] == 8
    assert sum(azure.applied()) == 2


@pytest.mark.rule("2.0.3", "2.5.35")
def test_restart_by_an_empty_update() -> None:
    """After a cancellation an empty update goes on with the outdated ones (semantics 2.5.35)."""
    azure = Azure()
    azure.create(rolling(5))
    response = azure.patch(NEW_SIZE)
    azure.post(f"{SET}/rollingUpgrades/cancel")
    azure.end(response)
    assert azure.applied() == [False] * 5
    azure.done(azure.patch({}))
    assert azure.applied() == [True] * 5


@pytest.mark.rule("2.5.33")
@pytest.mark.parametrize("body", [model(), rolling()])
def test_nothing_to_cancel(body: dict[str, Any]) -> None:
    """409 in Azure's words (wire.md 3.23)."""
    azure = Azure()
    azure.create(body)
    response = azure.post(f"{SET}/rollingUpgrades/cancel")
    assert response.status == 409
    assert response.json() == {
        "error": {"code": "OperationNotAllowed", "message": "There is no ongoing Rolling Upgrade to cancel."}
    }


@pytest.mark.rule("2.5.36", "2.5.37", "C13")
def test_change_while_it_runs() -> None:
    """Another change of the model, or deletion: 409 OperationNotAllowed; scaling is allowed (semantics 2.5.36, 37)."""
    azure = Azure()
    azure.create(rolling(5))
    response = azure.patch(NEW_SIZE)
    assert azure.error(azure.patch({"sku": {"name": "Standard_D8s_v3"}}))[:2] == (409, "OperationNotAllowed")
    assert azure.error(azure.send("DELETE", SET))[:2] == (409, "OperationNotAllowed")
    assert azure.patch({"sku": {"capacity": 6}}).status == 200
    azure.done(response)
    assert azure.applied() == [True] * 6


def test_rolling_back() -> None:
    """While failed instances are put back after a breach the code is RollingBack, then Faulted (semantics 2.4.30)."""
    azure = Azure()
    azure.create(rolling(10, {"rollbackFailedInstancesOnPolicyBreach": True}))
    azure.post(f"{CONTROL}/faults", {"kind": "unhealthyAfterUpgrade"})
    response = azure.patch(NEW_SIZE)
    seen = []
    while (code := azure.get(LATEST)["properties"]["runningStatus"]["code"]) != "Faulted":
        seen += [code] if code not in seen else []
        azure.post("/_emulator/clock", {"skip": "next"})
    assert seen == ["RollingForward", "RollingBack"]
    assert azure.end(response)["status"] == "Failed"
    assert azure.applied() == [False] * 10
