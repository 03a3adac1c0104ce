"""The extensions of a scale set as resources of their own (wire.md 3.30)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import HEALTH_EXTENSION, SET, Azure, changed, model, rolling

EXTENSIONS = f"{SET}/extensions"
SCRIPT = f"{EXTENSIONS}/script"
PROFILE = "properties.virtualMachineProfile.extensionProfile.extensions"
BODY: dict[str, Any] = {
    "name": "script",
    "properties": {
        "publisher": "Microsoft.Azure.Extensions",
        "type": "CustomScript",
        "typeHandlerVersion": "2.1",
        "settings": {"commandToExecute": "true"},
        "protectedSettings": {"token": "Sesame-0"},
    },
}


def with_script(mode: str = "Automatic", capacity: int = 2) -> Azure:
    """A scale set in this mode whose model has got the extension."""
    azure = Azure()
    azure.create(model(capacity, {"properties.upgradePolicy.mode": mode}))
    azure.done(azure.put(BODY, SCRIPT))
    return azure


def state(azure: Azure) -> str:
    """How far the extension is."""
    return str(azure.get(SCRIPT)["properties"]["provisioningState"])


def test_put_answers_as_recorded() -> None:
    """201, the extension in state Creating with its defaults, where to poll, one charge for each instance upgraded."""
    azure = Azure()
    azure.create(model(2, {"properties.upgradePolicy.mode": "Automatic"}))
    sent = {
        "name": "health",
        "properties": {
            "publisher": "Microsoft.ManagedServices",
            "type": "ApplicationHealthLinux",
            "typeHandlerVersion": "1.0",
        },
    }
    response = azure.put(sent, f"{EXTENSIONS}/health")
    assert response.status == 201
    assert list(response.json()) == ["name", "id", "type", "properties"]
    assert response.json() == {
        "name": "health",
        "id": f"{EXTENSIONS}/health",
        "type": "Microsoft.Compute/virtualMachineScaleSets/extensions",
        "properties": {
            "provisioningState": "Creating",
            "autoUpgradeMinorVersion": False,
            "publisher": "Microsoft.ManagedServices",
            "type": "ApplicationHealthLinux",
            "typeHandlerVersion": "1.0",
            "settings": {},
        },
    }
    assert list(response.json()["properties"])[:2] == ["provisioningState", "autoUpgradeMinorVersion"]
    headers = response.headers
    assert headers["Azure-AsyncNotification"] == "Enabled"
    assert headers["x-ms-request-charge"] == "2"
    assert "Location" not in headers
    assert "ETag" not in headers
    policies = [part.partition(";")[0] for part in headers["x-ms-ratelimit-remaining-resource"].split(",")]
    assert policies == [
        "Microsoft.Compute/VMScaleSetActionsSubscriptionMaximum",
        "Microsoft.Compute/VMScaleSetActionsResource",
        "Microsoft.Compute/VMScaleSetBatchedVMRequestsSubscriptionMaximum",
        "Microsoft.Compute/VmssQueuedVMOperations",
    ]


def test_automatic_rolls_it_out_before_the_operation_ends() -> None:
    """In Automatic mode the operation takes as long as the instances do, which then have it."""
    azure = with_script("Automatic")
    assert azure.applied() == [True, True]
    assert state(azure) == "Succeeded"
    views = [item["properties"]["instanceView"] for item in azure.instances("?$expand=instanceView")]
    assert [[item["name"] for item in view["extensions"]] for view in views] == [["script"], ["script"]]


def test_manual_leaves_the_instances_outdated() -> None:
    """In Manual mode the write touches no instance, and the extension is Creating until they are upgraded."""
    azure = Azure()
    azure.create(model(2))
    response = azure.put(BODY, SCRIPT)
    assert response.headers["x-ms-request-charge"] == "0"
    azure.done(response)
    assert azure.applied() == [False, False]
    assert state(azure) == "Creating"
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["*"]}))
    assert (azure.applied(), state(azure)) == ([True, True], "Succeeded")


def test_rolling_starts_a_rolling_upgrade() -> None:
    """In Rolling mode a rolling upgrade brings it, and the operation ends with that."""
    azure = Azure()
    azure.create(rolling(2))
    azure.done(azure.put(BODY, SCRIPT))
    assert azure.applied() == [True, True]
    assert azure.get(f"{SET}/rollingUpgrades/latest")["properties"]["progress"]["successfulInstanceCount"] == 2


def test_it_is_in_the_model() -> None:
    """What was written as a resource of its own is in the scale set's model, without its protected settings."""
    azure = with_script()
    found = azure.get()["properties"]["virtualMachineProfile"]["extensionProfile"]["extensions"]
    assert [item["name"] for item in found] == ["script"]
    assert found[0]["properties"]["settings"] == {"commandToExecute": "true"}
    assert b"Sesame" not in azure.send("GET", SCRIPT).body + azure.send("GET", EXTENSIONS).body


def test_the_others_stay() -> None:
    """Writing and removing one extension leaves those beside it as they are."""
    azure = Azure()
    azure.create(model(1, {PROFILE: [HEALTH_EXTENSION]}))
    azure.done(azure.put(BODY, SCRIPT))
    assert [item["name"] for item in azure.get(EXTENSIONS)["value"]] == ["health", "script"]
    before = azure.get(f"{EXTENSIONS}/health")
    azure.done(azure.send("DELETE", SCRIPT))
    assert azure.get(f"{EXTENSIONS}/health")["properties"]["settings"] == before["properties"]["settings"]


def test_a_second_put_answers_201() -> None:
    """A PUT of an existing extension answers 201 as well, and what it does not send stays."""
    azure = with_script()
    response = azure.put({"properties": {"forceUpdateTag": "again"}}, SCRIPT)
    assert (response.status, response.json()["properties"]["provisioningState"]) == (201, "Creating")
    azure.done(response)
    shown = azure.get(SCRIPT)["properties"]
    assert (shown["forceUpdateTag"], shown["settings"]) == ("again", {"commandToExecute": "true"})


def test_a_put_that_changes_nothing_upgrades_nobody() -> None:
    """The same extension again, protected settings included, is no new model."""
    azure = with_script("Manual")
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["*"]}))
    azure.done(azure.put(BODY, SCRIPT))
    assert azure.applied() == [True, True]


def test_patch_answers_updating() -> None:
    """A PATCH answers 201 with the extension in state Updating, and changes what it says."""
    azure = with_script()
    response = azure.patch({"properties": {"typeHandlerVersion": "2.2"}}, SCRIPT)
    assert (response.status, response.json()["properties"]["provisioningState"]) == (201, "Updating")
    assert "Location" not in response.headers
    azure.done(response)
    assert azure.get(SCRIPT)["properties"]["typeHandlerVersion"] == "2.2"


def test_delete_takes_it_out_of_the_model() -> None:
    """202 with both addresses and no body; afterwards it is not found."""
    azure = with_script()
    response = azure.send("DELETE", SCRIPT)
    assert (response.status, response.body, response.headers["x-ms-request-charge"]) == (202, b"", "2")
    assert "monitor=true" in response.headers["Location"]
    azure.done(response)
    missing = azure.send("GET", SCRIPT)
    assert azure.error(missing) == (404, "NotFound", None)
    assert missing.json()["error"]["message"] == "The entity was not found in this Azure location."
    assert azure.get(EXTENSIONS) == {"value": []}


def test_delete_of_none_is_204() -> None:
    """There is nothing to remove, and nothing happens."""
    azure = Azure()
    azure.create(model(1))
    response = azure.send("DELETE", SCRIPT)
    assert (response.status, response.body) == (204, b"")
    assert "Azure-AsyncOperation" not in response.headers


def test_patch_of_none_is_not_found() -> None:
    """Only a PUT makes an extension."""
    azure = Azure()
    azure.create(model(1))
    assert azure.error(azure.patch(BODY, SCRIPT)) == (404, "NotFound", None)


def test_names_ignore_case() -> None:
    """It is found in any case, and keeps the name that it was made with."""
    azure = with_script()
    azure.done(azure.put({"properties": {"forceUpdateTag": "1"}}, f"{EXTENSIONS}/SCRIPT"))
    assert azure.get(f"{EXTENSIONS}/ScRiPt")["name"] == "script"
    assert len(azure.get(EXTENSIONS)["value"]) == 1


@pytest.mark.parametrize("key", ["publisher", "type", "typeHandlerVersion"])
def test_what_runs_it_must_be_said(key: str) -> None:
    """An extension without publisher, type or version is refused by the member's name."""
    azure = Azure()
    azure.create(model(1))
    response = azure.put(changed(BODY, {f"properties.{key}": None}), SCRIPT)
    assert azure.error(response) == (400, "InvalidParameter", f"properties.{key}")
    assert azure.get(EXTENSIONS) == {"value": []}


@pytest.mark.parametrize(
    ("change", "code"),
    [({"properties.publisherr": "x"}, "BadRequest"), ({"name": "other"}, "InvalidParameter")],
)
def test_bad_members(change: dict[str, Any], code: str) -> None:
    """A member that there is not, and a name that is not the path's."""
    azure = Azure()
    azure.create(model(1))
    assert azure.error(azure.put(changed(BODY, change), SCRIPT))[:2] == (400, code)


def test_no_scale_set() -> None:
    """Without its scale set the parent is what is missing."""
    azure = Azure()
    azure.group()
    assert azure.error(azure.put(BODY, SCRIPT))[:2] == (404, "ParentResourceNotFound")


def test_a_rolling_upgrade_needs_the_health_extension() -> None:
    """In Rolling mode the only source of health cannot be removed."""
    azure = Azure()
    azure.create(rolling(1))
    assert azure.error(azure.send("DELETE", f"{EXTENSIONS}/health"))[:2] == (400, "BadRequest")


def test_while_a_rolling_upgrade_runs() -> None:
    """A change of the extensions is a change of the model, so it is refused while a rolling upgrade runs."""
    azure = Azure()
    azure.create(rolling(2))
    azure.put(BODY, SCRIPT)
    assert azure.error(azure.send("DELETE", SCRIPT))[:2] == (409, "OperationNotAllowed")


def test_a_failed_run_shows() -> None:
    """When it fails on an instance, the operation fails with that, and the extension is Failed."""
    azure = Azure()
    azure.create(model(2, {"properties.upgradePolicy.mode": "Automatic"}))
    fault = {"kind": "extensionFailure", "instanceIds": ["1"], "extension": "script"}
    assert azure.post(f"/_emulator{SET.partition('/providers')[0]}/scaleSets/web/faults", fault).status in (200, 201)
    ended = azure.end(azure.put(BODY, SCRIPT))
    assert (ended["status"], ended["error"]["code"]) == ("Failed", "VMExtensionProvisioningError")
    assert state(azure) == "Failed"
