"""What Azure refuses beside instances that are there, and what does not go together: models, handlers, Spot."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import (
    FLEXIBLE,
    GROUP,
    SET,
    Azure,
    model,
)
from tests.emulator.arm.refusal_parts import (
    AUTOMATIC_OS,
    COMPUTE,
    EXTENSIONS,
    IMAGE,
    MANAGED,
    POLICY,
    PROFILE,
    UBUNTU,
    Changes,
    group,
)

SCRIPT = {
    "publisher": "Microsoft.Azure.Extensions",
    "type": "CustomScript",
    "typeHandlerVersion": "2.1",
    "settings": {},
}
HANDLER = "Microsoft.Azure.Extensions.CustomScript"
TWICE = (
    "Multiple VMExtensions per handler not supported for OS type 'Linux'. VMExtension 'myScript' with handler"
    f" '{HANDLER}' already added or specified in input."
)
MODELS = (
    "Virtual Machine Scale Set 'web' has reached its limit of 10 models that may be referenced by one or more VMs"
    " belonging to the Virtual Machine Scale Set. Upgrade the VMs to the latest model of the Virtual Machine Scale Set"
    " before trying again."
)


def node(durability: str = "Bronze", version: str = "1.1") -> list[Changes]:
    """The extension by which instances are nodes of a Service Fabric cluster, and health."""
    properties = {
        "publisher": "Microsoft.Azure.ServiceFabric",
        "type": "ServiceFabricLinuxNode",
        "typeHandlerVersion": version,
        "settings": {"nodeTypeRef": "nt0", "durabilityLevel": durability},
    }
    return [{"name": "sf", "properties": properties}]


def extensions(*names: str) -> Changes:
    """A PATCH with scripts of these names."""
    scripts = [{"name": name, "properties": SCRIPT} for name in names]
    return {"properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": scripts}}}}


def custom_data(number: int) -> Changes:
    """A PATCH of the custom data, of which each is a model of its own."""
    return {"properties": {"virtualMachineProfile": {"osProfile": {"customData": f"djE{number:x}"}}}}


def message(azure: Azure, response: Any) -> tuple[int, str, str]:
    """Status, code and words of a refusal."""
    status, code, _ = azure.error(response)
    return status, code, response.json()["error"]["message"]


def test_two_extensions_of_one_handler_are_refused_by_every_way_of_writing() -> None:
    """As part of the model and as a resource of its own (azure-cli#33751)."""
    azure = group()
    azure.done(azure.put(model(1, {EXTENSIONS: [{"name": "myScript", "properties": SCRIPT}]})))
    responses = [
        azure.patch(extensions("myScript", "CustomScript")),
        azure.put({"properties": SCRIPT}, f"{SET}/extensions/CustomScript"),
        azure.put(model(1, {EXTENSIONS: [{"name": name, "properties": SCRIPT} for name in ("myScript", "other")]})),
    ]
    assert [message(azure, response) for response in responses] == [(400, "BadRequest", TWICE)] * 3
    azure.done(azure.put({"properties": {**SCRIPT, "settings": {"a": 1}}}, f"{SET}/extensions/MYSCRIPT"))


def test_an_eleventh_model_is_refused_and_so_is_the_instance_that_would_have_it() -> None:
    """Ten may be in use; once instances are upgraded there is room (cluster-api-provider-azure#4958)."""
    azure = group()
    azure.done(azure.put(model(1, {"sku.capacity": 1})))
    for number in range(1, 10):
        azure.done(azure.patch({**custom_data(number), "sku": {"capacity": number + 1}}))
    response = azure.patch({**custom_data(10), "sku": {"capacity": 11}})
    assert message(azure, response) == (409, "OperationNotAllowed", MODELS)
    assert azure.get()["sku"]["capacity"] == 10
    azure.done(azure.patch({"sku": {"capacity": 11}}))  # of the newest of the ten
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["0"]}))
    azure.done(azure.patch(custom_data(10)))
    azure.done(azure.patch({"sku": {"capacity": 12}}))
    assert message(azure, azure.patch(custom_data(11))) == (409, "OperationNotAllowed", MODELS)


def test_a_disk_of_the_model_does_not_take_the_place_of_an_instances_own() -> None:
    """It names disk, LUN and instance (acs-engine#4280)."""
    azure = group()
    azure.done(azure.put(model(2)))
    disk = {"lun": 0, "createOption": "Attach", "managedDisk": {"id": f"{COMPUTE}/disks/restore-1"}}
    place = f"{SET}/virtualMachines/1"
    azure.done(azure.put({"properties": {"storageProfile": {"dataDisks": [disk]}}}, place))
    empty = {"lun": 0, "createOption": "Empty", "diskSizeGB": 10}
    change = {"properties": {"virtualMachineProfile": {"storageProfile": {"dataDisks": [empty]}}}}
    response = azure.patch(change)
    assert azure.error(response) == (400, "InvalidParameter", "dataDisk.lun")
    assert message(azure, response)[2] == (
        "LUN Collision: Disk restore-1 is already attached at LUN 0 to VM Instance web_1"
    )
    empty["lun"] = 1
    azure.done(azure.patch(change))


def test_a_handler_that_upgrades_itself_takes_no_other_minor_version() -> None:
    """On a machine of its own (azure-rest-api-specs#17102)."""
    azure = group()
    handler = {**SCRIPT, "typeHandlerVersion": "2.0", "autoUpgradeMinorVersion": True}
    azure.done(azure.put(model(1, {**FLEXIBLE, EXTENSIONS: [{"name": "script", "properties": handler}]})))
    machine = azure.get(f"{SET}/virtualMachines")["value"][0]["id"]
    written: Changes = {"location": "westus", "properties": {**handler, "typeHandlerVersion": "2.1"}}
    response = azure.put(written, f"{machine}/extensions/script")
    assert message(azure, response) == (
        409,
        "OperationNotAllowed",
        "Cannot update handlerVersion or autoUpgradeMinorVersion for VM extension 'script'. Change is in conflict with"
        f" other extensions under handler '{HANDLER}', with typeHandler version '2.0' and autoUpgradeMinorVersion"
        " 'True'.",
    )
    azure.done(azure.put({"location": "westus", "properties": handler}, f"{machine}/extensions/script"))
    written["properties"]["typeHandlerVersion"] = "3.0"
    azure.done(azure.put(written, f"{machine}/extensions/script"))


@pytest.mark.parametrize("durability", ["Silver", "Gold"])
def test_a_durable_node_type_keeps_five_instances(durability: str) -> None:
    """Not at its creation and not by scaling in has it fewer (terraform-provider-azurerm#24469)."""
    azure = group()
    body = model(5, {EXTENSIONS: node(durability), f"{POLICY}.mode": "Automatic"})
    azure.done(azure.put(body))
    for capacity in (4, 0):
        response = azure.patch({"sku": {"capacity": capacity}})
        assert message(azure, response) == (
            409,
            "OperationNotAllowed",
            f"NodeType nt0 with VMSS Durability {durability} should have atleast 5 VMs but actually has {capacity}"
            " VMs.",
        )
    azure.done(azure.patch({"sku": {"capacity": 6}}))


def test_what_a_service_fabric_node_type_cannot_have() -> None:
    """Automatic OS upgrades with an old extension, another zone; Bronze may be small."""
    azure = group()
    cluster = {f"{POLICY}.mode": "Automatic", EXTENSIONS: node(version="1.0")}
    old = azure.put(model(1, {**cluster, AUTOMATIC_OS: True, IMAGE: UBUNTU}))
    assert message(azure, old)[1:] == (
        "OperationNotAllowed",
        "Service Fabric VM Extension version should be 1.1 or above for Auto OS Upgrade support",
    )
    azure.done(azure.put(model(1, {**cluster, "location": "westus2", "zones": ["1"]})))
    assert azure.error(azure.patch({"zones": ["1", "2"]})) == (409, "PropertyChangeNotAllowed", "zones")
    azure.done(azure.put(model(1, {**cluster, AUTOMATIC_OS: True, IMAGE: UBUNTU, EXTENSIONS: node()}), f"{SET}2"))


SPOT = {f"{PROFILE}.priority": "Spot"}
NOTICE = {f"{PROFILE}.scheduledEventsProfile": {"terminateNotificationProfile": {"enable": True}}}


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({f"{PROFILE}.evictionPolicy": "Delete"}, "evictionPolicy"),
        ({f"{PROFILE}.billingProfile": {"maxPrice": 0.5}}, "billingProfile.maxPrice"),
        ({"properties.spotRestorePolicy": {"enabled": True}}, "spotRestorePolicy"),
        ({**FLEXIBLE, "properties.priorityMixPolicy": {"baseRegularPriorityCount": 1}}, "priorityMixPolicy"),
        ({**SPOT, **NOTICE}, "terminateNotificationProfile"),
        ({**SPOT, f"{PROFILE}.billingProfile": {"maxPrice": 0}}, "billingProfile.maxPrice"),
        ({**SPOT, f"{PROFILE}.billingProfile": {"maxPrice": -2}}, "billingProfile.maxPrice"),
    ],
)
def test_what_does_not_go_with_a_priority(changes: Changes, target: str) -> None:
    """Regular instances are not evicted, and Spot ones are not warned before they are deleted."""
    azure = group()
    response = azure.put(model(1, changes))
    assert response.status in (400, 409)
    assert response.json()["error"]["target"] == target


@pytest.mark.parametrize(
    "changes",
    [
        SPOT,
        NOTICE,
        {**SPOT, f"{PROFILE}.evictionPolicy": "Delete", f"{PROFILE}.billingProfile": {"maxPrice": 0.5}},
        {f"{PROFILE}.priority": "Regular", f"{PROFILE}.billingProfile": {"maxPrice": -1}},
        {**FLEXIBLE, **SPOT, "properties.priorityMixPolicy": {"baseRegularPriorityCount": 1}},
    ],
)
def test_what_goes_with_a_priority(changes: Changes) -> None:
    """And the price may be changed later (recorded)."""
    azure = group()
    azure.done(azure.put(model(1, changes)))
    if azure.get()["properties"]["virtualMachineProfile"].get("priority") == "Spot":
        azure.done(azure.patch({"properties": {"virtualMachineProfile": {"billingProfile": {"maxPrice": 2.0}}}}))


@pytest.mark.parametrize(
    ("capacity", "changes", "limit"),
    [
        (101, {"properties.singlePlacementGroup": True}, 100),
        (601, {"properties.singlePlacementGroup": False, IMAGE: {"id": MANAGED}}, 600),
        (1001, {"properties.singlePlacementGroup": False}, 1000),
        (1001, FLEXIBLE, 1000),
    ],
)
def test_how_many_instances_there_may_be(capacity: int, changes: Changes, limit: int) -> None:
    """In one placement group, of a managed image, and at all; the action that scales out is judged alike."""
    azure = group()
    response = azure.put(model(capacity, changes))
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    assert f"exceeds the total limit of '{limit}'" in response.json()["error"]["message"]
    azure.done(azure.put(model(1, changes)))
    response = azure.post(f"{SET}/scaleOut", {"capacity": limit}, version="2025-04-01")
    assert f"exceeds the total limit of '{limit}'" in response.body.decode()


def test_one_fault_domain_and_one_placement_group() -> None:
    """Public templates ask for both, and recorded scale sets have both, though a page calls it impossible."""
    azure = group()
    asked = {"properties.platformFaultDomainCount": 1, "properties.singlePlacementGroup": True}
    azure.done(azure.put(model(1, asked)))


def test_a_failed_scale_set_and_instance_tell_why() -> None:
    """Their views have the error's code in the status's code, and its message (vm-scale-sets#82)."""
    azure = group()
    azure.done(azure.put(model(2, {f"{POLICY}.mode": "Automatic"})))
    code, words = "VMExtensionHandlerNonTransientError", "The handler has reported terminal failure"
    fault = {"kind": "extensionFailure", "extension": "myScript", "instanceIds": ["1"], "code": code, "message": words}
    azure.send("POST", f"/_emulator{GROUP}/scaleSets/web/faults", fault, version=None)
    assert azure.end(azure.patch(extensions("myScript")))["status"] == "Failed"
    for place in (SET, f"{SET}/virtualMachines/1"):
        status = azure.get(f"{place}/instanceView")["statuses"][0]
        del status["time"]
        assert status == {
            "code": f"ProvisioningState/failed/{code}",
            "level": "Error",
            "displayStatus": "Provisioning failed",
            "message": words,
        }
    azure.done(azure.patch({"tags": {"a": "b"}}))
    assert azure.get(f"{SET}/instanceView")["statuses"][0]["code"] == "ProvisioningState/succeeded"


def test_the_action_that_runs_a_script_reaches_a_machine_of_a_flexible_scale_set_by_itself_only() -> None:
    """Through the scale set an instance is a number (azure-powershell#23622)."""
    azure = group()
    azure.done(azure.put(model(1, FLEXIBLE)))
    name = azure.get(f"{SET}/virtualMachines")["value"][0]["name"]
    script = {"commandId": "RunShellScript", "script": ["date"]}
    response = azure.post(f"{SET}/virtualMachines/{name}/runCommand", script)
    assert azure.error(response) == (400, "InvalidParameter", "instanceId")
    assert message(azure, response)[2] == "Virtual Machine Scale Set VM instanceId must be a number."
    azure.done(azure.post(f"{COMPUTE}/virtualMachines/{name}/runCommand", script))
