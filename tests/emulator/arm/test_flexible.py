"""Flexible scale sets: instances are virtual machines of their own (semantics 6)."""

from urllib.parse import quote

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, SUBSCRIPTION, Azure, model

MACHINES = f"{GROUP}/providers/Microsoft.Compute/virtualMachines"
NEW_CUSTOM_DATA = {"properties": {"virtualMachineProfile": {"osProfile": {"customData": "c2Vjb25k"}}}}


@pytest.fixture
def azure() -> Azure:
    """A Flexible scale set of two instances, and a Uniform one."""
    azure = Azure()
    azure.create(model(2, FLEXIBLE))
    azure.create(model(1), SET.replace("/web", "/uniform"))
    return azure


@pytest.fixture
def names(azure: Azure) -> list[str]:
    """The names of the Flexible scale set's machines."""
    return [item["name"] for item in azure.instances()]


@pytest.mark.rule("6.1")
def test_get(azure: Azure, names: list[str]) -> None:
    """A virtual machine in Azure's shape, which names its scale set."""
    response = azure.send("GET", f"{MACHINES}/{names[0]}")
    document = response.json()
    assert response.headers["ETag"] == document["etag"]
    assert list(document) == ["name", "id", "type", "location", "tags", "properties", "etag"]
    assert document["tags"] == {"VirtualMachineProfileTimeCreated": "1/1/2026 12:00:00 AM +00:00"}
    assert document["id"] == f"{MACHINES}/{names[0]}"
    assert document["type"] == "Microsoft.Compute/virtualMachines"
    properties = document["properties"]
    assert list(properties) == [
        "hardwareProfile",
        "provisioningState",
        "vmId",
        "virtualMachineScaleSet",
        "storageProfile",
        "osProfile",
        "networkProfile",
        "timeCreated",
    ]
    assert properties["virtualMachineScaleSet"] == {"id": SET}
    assert "customData" not in properties["osProfile"]


def test_get_in_any_case(azure: Azure, names: list[str]) -> None:
    """Names are compared without regard to case, also as instance ids."""
    assert azure.get(f"{MACHINES}/{names[0].upper()}")["name"] == names[0]
    assert azure.get(f"{SET}/virtualMachines/{names[0].upper()}")["instanceId"] == names[0]
    assert azure.post(f"{SET}/restart", {"instanceIds": [names[0].upper()]}).status == 202


@pytest.mark.rule("6.instance-view")
def test_get_with_instance_view(azure: Azure, names: list[str]) -> None:
    """``$expand=instanceView`` as on an instance."""
    document = azure.get(f"{MACHINES}/{names[0]}?$expand=instanceView")
    assert document["properties"]["instanceView"] == azure.get(f"{MACHINES}/{names[0]}/instanceView")


def test_get_of_none(azure: Azure) -> None:
    """404 ResourceNotFound; a Uniform scale set's instances are none either."""
    for name in ("nobody", "uniform_0"):
        response = azure.send("GET", f"{MACHINES}/{name}")
        assert azure.error(response)[:2] == (404, "ResourceNotFound")
        assert f"'Microsoft.Compute/virtualMachines/{name}'" in response.json()["error"]["message"]


@pytest.mark.rule("6.1")
def test_lists(azure: Azure, names: list[str]) -> None:
    """By group, by subscription, by scale set; only machines of Flexible ones."""
    of_web = quote(f"'virtualMachineScaleSet/id' eq '{SET}'")
    of_other = quote(f"'virtualMachineScaleSet/id' eq '{SET}2'")
    everywhere = f"{SUBSCRIPTION}/providers/Microsoft.Compute/virtualMachines"
    for path in (MACHINES, everywhere, f"{MACHINES}?$filter={of_web}"):
        assert [item["name"] for item in azure.get(path)["value"]] == names
    assert azure.get(f"{MACHINES}?$filter={of_other}") == {"value": []}
    assert azure.error(azure.send("GET", f"{MACHINES}?$filter=name"))[:2] == (400, "InvalidParameter")


def test_member_view(azure: Azure, names: list[str]) -> None:
    """Through its scale set the instance is shown as a Uniform one is."""
    document = azure.get(f"{SET}/virtualMachines/{names[0]}")
    assert document["properties"]["latestModelApplied"] is True
    assert document["instanceId"] == names[0]


@pytest.mark.rule("6.reimage-flexible")
@pytest.mark.parametrize("action", ["start", "restart", "powerOff", "deallocate", "reimage"])
def test_actions(azure: Azure, names: list[str], action: str) -> None:
    """202 with both links, through either resource."""
    for path in (f"{MACHINES}/{names[0]}", f"{SET}/virtualMachines/{names[1]}"):
        response = azure.post(f"{path}/{action}")
        assert response.status == 202
        assert "x-ms-request-charge" not in response.headers  # as recorded of Flexible scale sets since 2024
        azure.done(response)


@pytest.mark.rule("1.4.12", "6.reimage-flexible")
def test_reimage_brings_it_up_to_date(azure: Azure, names: list[str]) -> None:
    """The exceptions reach a machine by reimage of its own resource."""
    azure.done(azure.put(NEW_CUSTOM_DATA))
    azure.done(azure.post(f"{MACHINES}/{names[0]}/reimage"))
    applied = [azure.get(f"{SET}/virtualMachines/{name}")["properties"]["latestModelApplied"] for name in names]
    assert applied == [True, False]


def test_unknown_machine_in_an_action(azure: Azure) -> None:
    """A name that is none: 400 with target instanceIds."""
    response = azure.post(f"{SET}/reimage", {"instanceIds": ["web_nobody"]})
    assert azure.error(response) == (400, "InvalidParameter", "instanceIds")


def test_delete_machine(azure: Azure, names: list[str]) -> None:
    """202, then gone; 204 when there is none."""
    azure.done(azure.send("DELETE", f"{MACHINES}/{names[0]}"))
    assert [item["name"] for item in azure.get(MACHINES)["value"]] == names[1:]
    assert azure.send("DELETE", f"{MACHINES}/{names[0]}").status == 204


@pytest.mark.rule("6.10")
def test_delete_scale_set_with_machines(azure: Azure) -> None:
    """409 in documented words; with forceDeletion the machines go along (semantics 6.10)."""
    response = azure.send("DELETE", SET)
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    message = response.json()["error"]["message"]
    assert message.startswith("Deletion of Virtual Machine Scale Set isn't allowed as it contains one or more VMs.")
    azure.done(azure.send("DELETE", f"{SET}?forceDeletion=true"))
    assert azure.send("GET", SET).status == 404


def test_without_profile() -> None:
    """A Flexible scale set without a profile has no VM of its own and shows none (wire.md 3.5)."""
    azure = Azure()
    document = azure.create({"location": "westus", "properties": {"orchestrationMode": "Flexible"}})
    assert "virtualMachineProfile" not in document["properties"]
    assert "sku" not in document
    assert azure.instances() == []
