"""Virtual machines that are made one by one in a Flexible scale set (semantics 1.5.25)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, Azure, changed, model

MACHINE = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/leader"


def machine(**properties: Any) -> dict[str, Any]:
    """A machine in the scale set."""
    return {"location": "westus", "properties": {"virtualMachineScaleSet": {"id": SET}, **properties}}


@pytest.fixture
def azure() -> Azure:
    """A Flexible scale set of one instance."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    return azure


def test_it_is_an_instance_of_its_own_model(azure: Azure) -> None:
    """201, then an instance under its own name, that counts, has its size and tags, and is not at the latest model."""
    body = {**machine(hardwareProfile={"vmSize": "Standard_D4s_v5"}), "tags": {"role": "leader"}}
    response = azure.put(body, MACHINE)
    assert (response.status, response.json()["properties"]["provisioningState"]) == (201, "Creating")
    assert azure.end(response)["status"] == "Succeeded"
    shown = azure.get(MACHINE)
    assert (shown["name"], shown["tags"]) == ("leader", {"role": "leader"})
    assert shown["properties"]["hardwareProfile"]["vmSize"] == "Standard_D4s_v5"
    assert shown["properties"]["virtualMachineScaleSet"]["id"] == SET
    member = azure.get(f"{SET}/virtualMachines/leader")
    assert (member["properties"]["latestModelApplied"], member["sku"]["name"]) == (False, "Standard_D4s_v5")
    assert member["properties"]["modelDefinitionApplied"] == "VirtualMachine"
    assert azure.get()["sku"]["capacity"] == 2


def test_a_second_put_changes_it(azure: Azure) -> None:
    """200, and what is not sent stays."""
    azure.done(azure.put(machine(hardwareProfile={"vmSize": "Standard_D4s_v5"}), MACHINE))
    response = azure.put(machine(licenseType="RHEL_BYOS"), MACHINE)
    assert response.status == 200
    azure.done(response)
    properties = azure.get(MACHINE)["properties"]
    assert (properties["licenseType"], properties["hardwareProfile"]["vmSize"]) == ("RHEL_BYOS", "Standard_D4s_v5")


def test_its_disks_and_image_are_its_own(azure: Azure) -> None:
    """Image and data disks are those that were sent."""
    image = {"publisher": "Canonical", "offer": "other", "sku": "lts", "version": "2.0.0"}
    disk = {"lun": 3, "createOption": "Empty", "diskSizeGB": 64}
    azure.done(azure.put(machine(storageProfile={"imageReference": image, "dataDisks": [disk]}), MACHINE))
    storage = azure.get(MACHINE)["properties"]["storageProfile"]
    assert storage["imageReference"]["exactVersion"] == "2.0.0"
    assert [(found["lun"], found["diskSizeGB"]) for found in storage["dataDisks"]] == [(3, 64)]


def test_its_password_is_not_shown(azure: Azure) -> None:
    """Neither in the answer nor by GET, nor is custom data."""
    profile = {"adminUsername": "boss", "adminPassword": "Battery-Staple-8", "customData": "c2VjcmV0"}
    response = azure.put(machine(osProfile={**profile, "computerName": "boss-1"}), MACHINE)
    shown = azure.get(MACHINE)["properties"]["osProfile"]
    assert (shown["computerName"], shown["adminUsername"]) == ("boss-1", "boss")
    assert b"Battery" not in response.body
    assert not {"adminPassword", "customData"} & shown.keys()


@pytest.mark.rule("1.5.25")
@pytest.mark.parametrize(("user", "status"), [("ops", 202), ("boss", 409)])
def test_reimage_needs_the_profile_of_the_scale_set(azure: Azure, user: str, status: int) -> None:
    """It is refused when the OS profile does not match the scale set's."""
    profile = {"adminUsername": user, "adminPassword": "Battery-Staple-8", "customData": "Zmlyc3Q="}
    azure.done(azure.put(machine(osProfile=profile), MACHINE))
    response = azure.send("POST", f"{SET}/reimage", {"instanceIds": ["leader"]})
    assert response.status == status
    if status == 409:
        assert azure.error(response)[1] == "OperationNotAllowed"
        assert "its OS profile does not match" in response.json()["error"]["message"]


def test_a_scale_set_without_profile_takes_whole_machines() -> None:
    """All of the model has to be sent; what is missing is named."""
    azure = Azure()
    azure.create({"location": "westus", "properties": {"orchestrationMode": "Flexible"}})
    refused = azure.put(machine(), MACHINE)
    targets = [detail["target"] for detail in refused.json()["error"]["details"]]
    assert (refused.status, targets) == (
        400,
        [
            "properties.hardwareProfile.vmSize",
            "properties.osProfile.adminUsername",
            "properties.storageProfile.imageReference",
        ],
    )
    image = {"publisher": "Canonical", "offer": "other", "sku": "lts", "version": "2.0.0"}
    profile = {"adminUsername": "boss", "adminPassword": "Battery-Staple-8"}
    size = {"vmSize": "Standard_D4s_v5"}
    whole = machine(hardwareProfile=size, osProfile=profile, storageProfile={"imageReference": image})
    azure.done(azure.put(whole, MACHINE))
    assert azure.get(MACHINE)["properties"]["provisioningState"] == "Succeeded"
    assert [item["name"] for item in azure.instances()] == ["leader"]
    azure.done(azure.send("DELETE", MACHINE))
    assert azure.instances() == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"properties.virtualMachineScaleSet.id": f"{SET}-none"}, 404, "ResourceNotFound"),
        ({"properties.virtualMachineScaleSet.id": SET.replace("/web", "/uniform")}, 400, "BadRequest"),
        ({"properties.virtualMachineScaleSet.id": SET.replace("Shop", "other")}, 400, "InvalidParameter"),
        ({"location": "eastus"}, 409, "InvalidResourceLocation"),
        ({"zones": ["1"]}, 400, "InvalidParameter"),
        ({"properties.storageProfile.dataDisks": [{"lun": 1}]}, 400, "InvalidParameter"),
    ],
    ids=[
        "unknown scale set",
        "uniform",
        "another group",
        "another region",
        "another zone",
        "half a disk",
    ],
)
def test_refusals_make_nothing(azure: Azure, changes: dict[str, Any], status: int, code: str) -> None:
    """The error says what is wrong, and the capacity stays."""
    azure.create(model(1), SET.replace("/web", "/uniform"))
    response = azure.put(changed(machine(), changes), MACHINE)
    assert azure.error(response)[:2] == (status, code)
    assert azure.send("GET", MACHINE).status == 404
    assert azure.get()["sku"]["capacity"] == 1


def test_it_stays_in_its_scale_set(azure: Azure) -> None:
    """409 PropertyChangeNotAllowed for another scale set."""
    azure.done(azure.put(machine(), MACHINE))
    azure.create(model(1, FLEXIBLE), SET.replace("/web", "/other"))
    moved = {"properties": {"virtualMachineScaleSet": {"id": SET.replace("/web", "/other")}}, "location": "westus"}
    assert azure.error(azure.put(moved, MACHINE))[:2] == (409, "PropertyChangeNotAllowed")
