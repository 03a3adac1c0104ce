"""What a deployment would change."""

from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, Azure, rolling
from tests.emulator.arm.deploying import DEPLOYMENT, SCALE_SETS, body, deploy, scale_set, template
from vmss_sdk.emulator.arm.deployments.what_if import compared

IP = {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-01-01", "location": "westus", "name": "ip"}
IP_ID = f"{GROUP}/providers/Microsoft.Network/publicIPAddresses/ip"


@pytest.fixture
def azure() -> Azure:
    """A subscription of its own."""
    found = Azure()
    found.group()
    return found


def _changes(azure: Azure, sent: Any) -> dict[str, dict[str, Any]]:
    response = azure.post(f"{DEPLOYMENT}/whatIf", sent)
    assert (response.status, response.body) == (202, b"")
    found = azure.get(response.headers["Location"])
    assert found["status"] == "Succeeded"
    return {change["resourceId"]: change for change in found["properties"]["changes"]}


def test_new_resources_are_created(azure: Azure) -> None:
    """What is not there is a Create, with what it would be, and nothing is made."""
    found = _changes(azure, body(template(scale_set("web"), IP)))
    assert {name: change["changeType"] for name, change in found.items()} == {SET: "Create", IP_ID: "Create"}
    assert found[SET]["before"] is None
    assert found[SET]["after"]["sku"]["capacity"] == 1
    assert azure.send("GET", SET).status == 404


def test_changes_are_told_member_by_member(azure: Azure) -> None:
    """A Modify has the path of each change with the values before and after; what stays the same is NoChange."""
    deploy(azure, body(template(scale_set("web"), IP)))
    found = _changes(azure, body(template(scale_set("web", changes={"sku.capacity": 4}), IP)))
    assert found[IP_ID]["changeType"] == "NoChange"
    assert found[SET]["changeType"] == "Modify"
    assert [(item["path"], item["before"], item["after"]) for item in found[SET]["delta"]] == [("sku.capacity", 1, 4)]
    assert azure.get(SET)["sku"]["capacity"] == 1


@pytest.mark.parametrize(("mode", "kind"), [("Incremental", "Ignore"), ("Complete", "Delete")])
def test_what_the_template_does_not_name(azure: Azure, mode: str, kind: str) -> None:
    """The rest of the group is ignored, or deleted in Complete mode."""
    deploy(azure, body(template(IP)))
    assert _changes(azure, body(template(scale_set("web")), mode=mode))[IP_ID]["changeType"] == kind


def test_ids_only(azure: Azure) -> None:
    """With resultFormat ResourceIdOnly there are no payloads."""
    sent = body(template(IP))
    sent["properties"]["whatIfSettings"] = {"resultFormat": "ResourceIdOnly"}
    assert _changes(azure, sent) == {IP_ID: {"resourceId": IP_ID, "changeType": "Create"}}


def test_references_are_followed(azure: Azure) -> None:
    """What refers to a resource of the template is compared with what that would be."""
    other = {**IP, "name": "other", "properties": {"mode": "[reference('web').upgradePolicy.mode]"}}
    found = _changes(azure, body(template(scale_set("web"), other)))
    assert found[IP_ID.replace("/ip", "/other")]["after"]["properties"]["mode"] == "Manual"


def test_refused_templates_have_no_what_if(azure: Azure) -> None:
    """A template that would be refused is refused here too."""
    response = azure.post(f"{DEPLOYMENT}/whatIf", body(template(), x=1))
    assert azure.error(response)[:2] == (400, "InvalidTemplate")


def test_unknown_results(azure: Azure) -> None:
    """A result that nobody asked for is not found."""
    assert azure.send("GET", f"{DEPLOYMENT}/whatIfResults/none").status == 404


def test_arrays_are_compared_item_by_item() -> None:
    """Items that were added, changed or taken away are children of the array's change."""
    before = {"a": [{"x": 1}, {"x": 2}, 3], "b": [1], "gone": 1}
    after = {"a": [{"x": 1}, {"x": 5}], "b": [1, 2], "new": True}
    found = {change["path"]: change for change in compared(before, after, "")}
    assert [(item["path"], item["propertyChangeType"]) for item in found["a"]["children"]] == [
        ("1", "Modify"),
        ("2", "Delete"),
    ]
    assert found["a"]["children"][0]["children"][0]["path"] == "x"
    assert [(item["path"], item["after"]) for item in found["b"]["children"]] == [("1", 2)]
    assert (found["gone"]["propertyChangeType"], found["new"]["propertyChangeType"]) == ("Delete", "Create")


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "fault domains": ({"properties.platformFaultDomainCount": 2}, "PropertyChangeNotAllowed"),
    "location": ({"location": "westus2"}, "InvalidResourceLocation"),
    "capacity": ({"sku.capacity": 101, "properties.singlePlacementGroup": True}, "OperationNotAllowed"),
    "storage of the OS disk": (
        {"properties.virtualMachineProfile.storageProfile.osDisk.managedDisk.storageAccountType": "Standard_LRS"},
        "PropertyChangeNotAllowed",
    ),
    "Rolling without health": ({"properties.upgradePolicy.mode": "Rolling"}, "BadRequest"),
}


@pytest.mark.parametrize("asked", ["validate", "whatIf"])
@pytest.mark.parametrize(("changes", "code"), REFUSED.values(), ids=REFUSED)
def test_what_providers_refuse_is_found_whatever_its_status(
    azure: Azure, changes: dict[str, Any], code: str, asked: str
) -> None:
    """Also what only the present state forbids (aks-engine#1530), with the error of the write itself."""
    premium = {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}}
    whole = {"sku.capacity": 2, "properties.virtualMachineProfile.storageProfile.osDisk": premium}
    deploy(azure, body(template(scale_set("web", changes={**whole, "properties.singlePlacementGroup": True}))))
    refused = scale_set("web", changes={**whole, **changes})
    response = azure.post(f"{DEPLOYMENT}/{asked}", body(template(refused)))
    assert azure.error(response)[:2] == (400, "InvalidTemplateDeployment")
    (detail,) = response.json()["error"]["details"]
    assert detail["code"] == code
    written = {name: value for name, value in refused.items() if name not in ("type", "apiVersion", "dependsOn")}
    assert detail == azure.put({**written, "name": "web"}).json()["error"]


def test_what_a_deployment_waits_for_is_waited_for(azure: Azure) -> None:
    """A part of a scale set comes when its rolling upgrade is over, and is not refused because of it."""
    extension = {
        "type": "Microsoft.Compute/virtualMachineScaleSets/extensions",
        "apiVersion": "2024-07-01",
        "name": "web/more",
        "dependsOn": ["web"],
        "properties": {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1"},
    }
    azure.create(rolling(3))
    changed_image = {**rolling(3), "type": SCALE_SETS, "apiVersion": "2024-07-01", "name": "web"}
    changed_image["sku"] = {"name": "Standard_D4s_v3", "capacity": 3}
    sent = body(template(changed_image, extension))
    assert azure.post(f"{DEPLOYMENT}/validate", sent).status == 200
    assert deploy(azure, sent)["properties"]["provisioningState"] == "Succeeded"
