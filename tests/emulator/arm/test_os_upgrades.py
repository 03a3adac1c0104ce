"""Rolling upgrades of the OS image and of extensions, their history, and approval (wire.md 3.20, 3.21, 3.24, 3.29)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, FLEXIBLE, SET, Azure, changed, model, rolling

IMAGE = "Canonical:0001-com-ubuntu-server-jammy:22_04-lts"
LATEST = {"properties.virtualMachineProfile.storageProfile.imageReference.version": "latest"}
POLICY = "properties.upgradePolicy.automaticOSUpgradePolicy"
HISTORY = f"{SET}/osUpgradeHistory"
HOURS = 3600


def following(capacity: int = 5, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """A scale set with the health extension whose image is ``latest``, in Manual mode."""
    return changed(rolling(capacity), {"properties.upgradePolicy.mode": "Manual", **LATEST, **(changes or {})})


def automatic(capacity: int = 5, **policy: bool) -> dict[str, Any]:
    """The same with automatic OS upgrades."""
    return following(capacity, {POLICY: {"enableAutomaticOSUpgrade": True, **policy}})


def publish(azure: Azure, version: str = "2.0.0") -> None:
    """A newer version of the image is there."""
    assert azure.post("/_emulator/images", {"image": IMAGE, "version": version}).status == 200


def images(azure: Azure) -> list[str]:
    """The image version on each instance."""
    properties = [item["properties"] for item in azure.instances()]
    return [each["storageProfile"]["imageReference"]["exactVersion"] for each in properties]


def wait(azure: Azure, seconds: float) -> None:
    """Time passes."""
    assert azure.post("/_emulator/clock", {"advance": seconds}).status == 200


def deferred(azure: Azure, capacity: int = 3) -> None:
    """A scale set whose instances wait for approval of a newer image (semantics 4.9)."""
    azure.create(automatic(capacity, osRollingUpgradeDeferral=True))
    publish(azure)
    wait(azure, 4 * HOURS)
    assert images(azure) == ["1.0.0"] * capacity


@pytest.mark.rule("6.os-and-extensions", "2.4.32")
@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("osRollingUpgrade", ""),
        ("extensionRollingUpgrade", "Microsoft.Compute/VMScaleSetBatchedVMRequestsSubscriptionMaximum;5999,"),
    ],
)
def test_start_is_accepted(what: str, more: str) -> None:
    """202 without body, both links, a charge of 0 and the recorded policies (wire.md 1.2, 3.20)."""
    azure = Azure()
    azure.create(following())
    response = azure.post(f"{SET}/{what}")
    assert (response.status, response.body) == (202, b"")
    assert response.headers["Azure-AsyncNotification"] == "Enabled"
    assert "monitor=true" in response.headers["Location"]
    assert response.headers["x-ms-request-charge"] == "0"
    assert response.headers["x-ms-ratelimit-remaining-resource"] == (
        "Microsoft.Compute/VMScaleSetActionsSubscriptionMaximum;1499,"
        f"Microsoft.Compute/VMScaleSetActionsResource;11,{more}Microsoft.Compute/VmssQueuedVMOperations;0"
    )
    azure.done(response)
    assert azure.get(f"{SET}/rollingUpgrades/latest")["properties"]["runningStatus"]["code"] == "Completed"


@pytest.mark.rule("4.5", "4.6")
def test_os_upgrade_brings_the_newest_image() -> None:
    """Batch by batch, also in Manual mode; no model changes (semantics 4.5, 4.6)."""
    azure = Azure()
    azure.create(following())
    publish(azure)
    azure.done(azure.post(f"{SET}/osRollingUpgrade"))
    assert images(azure) == ["2.0.0"] * 5
    progress = azure.get(f"{SET}/rollingUpgrades/latest")["properties"]["progress"]
    assert progress["successfulInstanceCount"] == 5


@pytest.mark.rule("4.5")
def test_os_upgrade_needs_latest() -> None:
    """409 in Azure's words when no instance follows latest (wire.md 7.2)."""
    azure = Azure()
    azure.create(model())
    response = azure.post(f"{SET}/osRollingUpgrade")
    assert response.status == 409
    assert response.json()["error"] == {
        "code": "OperationNotAllowed",
        "message": "The OS Rolling Upgrade API cannot be used on a Virtual Machine Scale Set unless the Virtual Machine"
        " Scale Set has some unprotected instances which have imageReference.version set to latest.",
    }


@pytest.mark.rule("2.5.36")
@pytest.mark.parametrize("what", ["osRollingUpgrade", "extensionRollingUpgrade", "approveRollingUpgrade"])
def test_one_upgrade_at_a_time(what: str) -> None:
    """409 OperationNotAllowed while another one runs (semantics 2.5.36)."""
    azure = Azure()
    azure.create(following())
    publish(azure)
    azure.post(f"{SET}/osRollingUpgrade")
    assert azure.error(azure.post(f"{SET}/{what}"))[:2] == (409, "OperationNotAllowed")


@pytest.mark.parametrize(
    "what", ["osRollingUpgrade", "extensionRollingUpgrade", "approveRollingUpgrade", "reapply", "scaleOut"]
)
def test_nothing_begins_on_what_is_deleted(what: str) -> None:
    """409 in Azure's words (wire.md 7.2)."""
    azure = Azure()
    azure.create(following())
    azure.send("DELETE", SET)
    response = azure.post(f"{SET}/{what}", {"capacity": 1} if what == "scaleOut" else None)
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    assert f"Operation '{what}' is not allowed" in response.json()["error"]["message"]
    assert "since it is marked for deletion" in response.json()["error"]["message"]


@pytest.mark.rule("4.7")
def test_extension_upgrade_brings_the_newest_version() -> None:
    """The published version of the handler reaches every instance without a restart (semantics 4.7)."""
    azure = Azure()
    azure.create(following(2))
    scale_set = next(iter(azure.emulator._state.scale_sets.values()))
    scale_set.handlers.publish("Microsoft.ManagedServices.ApplicationHealthLinux", "1.0.9")
    azure.done(azure.post(f"{SET}/extensionRollingUpgrade"))
    assert [instance.handler_versions["health"] for instance in scale_set.instances.values()] == ["1.0.9"] * 2
    assert azure.get(HISTORY) == {"value": []}


def test_no_history() -> None:
    """An empty list (wire.md 3.24)."""
    azure = Azure()
    azure.create()
    assert azure.get(HISTORY) == {"value": []}


@pytest.mark.rule("4.8")
def test_history_entry() -> None:
    """The recorded members in the recorded order, nothing else (wire.md 3.24)."""
    azure = Azure()
    azure.create(following(2))
    publish(azure)
    azure.done(azure.post(f"{SET}/osRollingUpgrade"))
    [entry] = azure.get(HISTORY)["value"]
    assert list(entry) == ["type", "location", "properties"]
    assert (entry["type"], entry["location"]) == ("Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades", "westus")
    properties = entry["properties"]
    assert list(properties) == ["runningStatus", "progress", "startedBy", "targetImageReference", "rollbackInfo"]
    status = properties.pop("runningStatus")
    assert list(status) == ["code", "startTime", "completedTime"]
    assert status["code"] == "Completed"
    assert status["startTime"] < status["completedTime"]
    assert properties == {
        "progress": {
            "successfulInstanceCount": 2,
            "failedInstanceCount": 0,
            "inProgressInstanceCount": 0,
            "pendingInstanceCount": 0,
        },
        "startedBy": "User",
        "targetImageReference": {
            "publisher": "Canonical",
            "offer": "0001-com-ubuntu-server-jammy",
            "sku": "22_04-lts",
            "version": "2.0.0",
        },
        "rollbackInfo": {"successfullyRolledbackInstanceCount": 0, "failedRolledbackInstanceCount": 0},
    }


def test_history_of_a_running_upgrade() -> None:
    """It has no end yet."""
    azure = Azure()
    azure.create(following(2))
    publish(azure)
    azure.post(f"{SET}/osRollingUpgrade")
    [entry] = azure.get(HISTORY)["value"]
    assert list(entry["properties"]["runningStatus"]) == ["code", "startTime"]
    assert entry["properties"]["runningStatus"]["code"] == "RollingForward"


@pytest.mark.rule("4.4", "4.8")
def test_history_of_a_faulted_automatic_upgrade() -> None:
    """Started by the platform, with its error, and the failed instance was rolled back (semantics 4.4, 4.8)."""
    azure = Azure()
    azure.create(automatic())
    azure.post(f"{CONTROL}/faults", {"kind": "unhealthyAfterUpgrade", "count": 1})
    publish(azure)
    wait(azure, 6 * HOURS)
    [entry] = azure.get(HISTORY)["value"]
    properties = entry["properties"]
    assert properties["runningStatus"]["code"] == "Faulted"
    assert properties["startedBy"] == "Platform"
    assert properties["error"]["code"] == "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade"
    assert [detail["target"] for detail in properties["error"]["details"]] == ["web/virtualMachines/0"]
    assert properties["rollbackInfo"] == {"successfullyRolledbackInstanceCount": 1, "failedRolledbackInstanceCount": 0}
    assert images(azure) == ["1.0.0"] * 5


@pytest.mark.rule("4.8")
def test_history_keeps_five() -> None:
    """The last five, the newest first; upgrades of the model are not among them (semantics 4.8)."""
    azure = Azure()
    azure.create(following(1))
    azure.done(azure.patch({"properties": {"upgradePolicy": {"mode": "Rolling"}}}))
    azure.done(azure.patch({"sku": {"name": "Standard_D4s_v3"}}))
    for number in range(2, 9):
        publish(azure, f"{number}.0.0")
        azure.done(azure.post(f"{SET}/osRollingUpgrade"))
    found = [entry["properties"]["targetImageReference"]["version"] for entry in azure.get(HISTORY)["value"]]
    assert found == ["8.0.0", "7.0.0", "6.0.0", "5.0.0", "4.0.0"]


@pytest.mark.rule("4.9")
@pytest.mark.parametrize("body", [None, {}, {"instanceIds": ["*"]}])
def test_approve_all(body: Any) -> None:
    """Everything that was deferred goes on (semantics 4.9)."""
    azure = Azure()
    deferred(azure)
    response = azure.post(f"{SET}/approveRollingUpgrade", body)
    assert (response.status, response.body) == (202, b"")
    azure.done(response)
    azure.settle()
    assert images(azure) == ["2.0.0"] * 3


@pytest.mark.rule("4.9")
def test_approve_some() -> None:
    """Those that are named; the others go on waiting."""
    azure = Azure()
    deferred(azure)
    azure.done(azure.post(f"{SET}/approveRollingUpgrade", {"instanceIds": ["2"]}))
    wait(azure, HOURS)
    assert images(azure) == ["1.0.0", "1.0.0", "2.0.0"]


@pytest.mark.rule("4.9")
def test_approve_one_through_its_own_resource() -> None:
    """The same for one instance, without body."""
    azure = Azure()
    deferred(azure)
    azure.done(azure.post(f"{SET}/virtualMachines/1/approveRollingUpgrade"))
    wait(azure, HOURS)
    assert images(azure) == ["1.0.0", "2.0.0", "1.0.0"]


def test_approve_unknown() -> None:
    """400 as for every action (wire.md 7.1)."""
    azure = Azure()
    azure.create()
    for path, body in (
        (f"{SET}/approveRollingUpgrade", {"instanceIds": ["7"]}),
        (f"{SET}/virtualMachines/7/approveRollingUpgrade", None),
    ):
        assert azure.error(azure.post(path, body)) == (400, "InvalidParameter", "instanceIds")
    assert azure.error(azure.post(f"{SET}/approveRollingUpgrade", {"instanceIds": []}))[0] == 400


def test_flexible() -> None:
    """Instances of a Flexible scale set go the same way, by their names."""
    azure = Azure()
    azure.create(following(2, FLEXIBLE))
    publish(azure)
    azure.done(azure.post(f"{SET}/osRollingUpgrade"))
    assert {entry["properties"]["progress"]["successfulInstanceCount"] for entry in azure.get(HISTORY)["value"]} == {2}
