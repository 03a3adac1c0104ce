"""The scale sets of a region."""

from tests.emulator.arm.azure import SET, SUBSCRIPTION, Azure, model

LOCATIONS = f"{SUBSCRIPTION}/providers/Microsoft.Compute/locations"


def test_list_in_a_region() -> None:
    """Those of all groups, by whatever spelling of the region, in the shape of the subscription's list."""
    azure = Azure()
    azure.create()
    azure.create(model(1, {"location": "eastus2"}), SET.replace("web", "other"))
    azure.create(model(1), SET.replace("/Shop/", "/Second/"))
    for spelling in ("westus", "WestUS", "west%20us"):
        found = azure.get(f"{LOCATIONS}/{spelling}/virtualMachineScaleSets")["value"]
        assert [item["id"].split("/")[4] for item in found] == ["SHOP", "SECOND"]
    [other] = azure.get(f"{LOCATIONS}/eastus2/virtualMachineScaleSets")["value"]
    assert other["name"] == "other"


def test_region_without_scale_sets() -> None:
    """An empty list."""
    azure = Azure()
    azure.create()
    assert azure.get(f"{LOCATIONS}/northeurope/virtualMachineScaleSets") == {"value": []}


def test_no_region() -> None:
    """What no region can be called is refused."""
    azure = Azure()
    response = azure.send("GET", f"{LOCATIONS}/nowhere%21/virtualMachineScaleSets")
    assert azure.error(response)[:2] == (400, "LocationNotAvailableForResourceType")
