"""The mission's exceptions over REST: what custom data, password and data-disk profile reach, and what reimage brings.

What is on an OS disk is not on the wire; the decision log and ``latestModelApplied`` tell.
"""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, HEALTH_EXTENSION, SET, Azure, model
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import ReimageSource, Settings

PROFILE = "properties.virtualMachineProfile"
NEW_CUSTOM_DATA = {"properties": {"virtualMachineProfile": {"osProfile": {"customData": "c2Vjb25k"}}}}
NEW_PASSWORD = {"properties": {"virtualMachineProfile": {"osProfile": {"adminPassword": "Battery-Staple-8"}}}}
NEW_IMAGE = {"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": {"version": "2.0.0"}}}}}


def from_models(azure: Azure) -> dict[str, int]:
    """For each instance that was reimaged: the number of the model that its OS disk was last made from."""
    log = azure.get(f"{CONTROL}/decisions")["value"]
    return {entry["instanceIds"][0]: entry["figures"]["from_model"] for entry in log if entry["kind"] == "Reimaged"}


@pytest.mark.rule("1.1.4", "1.4.12", "2.2.10", "C1")
def test_manual_mode() -> None:
    """No instance changes; a new one has the new data; reimage brings it to an old one, which is then up to date."""
    azure = Azure()
    azure.create(model(2))
    disks = [item["properties"]["storageProfile"]["osDisk"]["name"] for item in azure.instances()]
    azure.done(azure.put(NEW_CUSTOM_DATA))
    assert azure.applied() == [False, False]
    assert [item["properties"]["storageProfile"]["osDisk"]["name"] for item in azure.instances()] == disks
    azure.done(azure.patch({"sku": {"capacity": 3}}))
    assert azure.applied() == [False, False, True]
    azure.done(azure.post(f"{SET}/reimage", {"instanceIds": ["0"]}))
    assert azure.applied() == [True, False, True]
    assert from_models(azure) == {"0": 2}


@pytest.mark.rule("1.4.12", "6.reimage")
def test_reimage_of_all() -> None:
    """Without ids every instance is brought up to date."""
    azure = Azure()
    azure.create(model(3))
    azure.done(azure.put(NEW_CUSTOM_DATA))
    azure.done(azure.post(f"{SET}/reimage"))
    assert azure.applied() == [True, True, True]
    assert from_models(azure) == {"0": 2, "1": 2, "2": 2}


@pytest.mark.rule("1.4.os-profile", "6.reimage-one")
def test_reimage_through_the_instance() -> None:
    """The same through the instance's own resource, and with its data disks."""
    azure = Azure()
    azure.create(model(3))
    azure.done(azure.put(NEW_PASSWORD))
    azure.done(azure.post(f"{SET}/virtualMachines/1/reimage"))
    azure.done(azure.post(f"{SET}/virtualMachines/2/reimageall"))
    assert azure.applied() == [False, True, True]


@pytest.mark.rule("1.5.16", "C1")
def test_other_reading() -> None:
    """With ``reimage_source=instance_model`` a reimage rebuilds what was applied, and the instance stays outdated."""
    settings = Settings(reimage_source=ReimageSource.INSTANCE_MODEL)
    azure = Azure(Emulator(settings=settings))
    azure.create(model(2))
    azure.done(azure.put(NEW_CUSTOM_DATA))
    azure.done(azure.post(f"{SET}/reimage", {"instanceIds": ["0"]}))
    assert azure.applied() == [False, False]
    assert from_models(azure) == {"0": 1}
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["0"]}))
    assert azure.applied() == [True, False]


@pytest.mark.rule("C1")
def test_image_as_well() -> None:
    """When the image changed too, a reimaged instance stays outdated until it is upgraded (azure-cli#28008)."""
    azure = Azure()
    azure.create(model(1))
    azure.done(azure.put(NEW_CUSTOM_DATA))
    azure.done(azure.put(NEW_IMAGE))
    azure.done(azure.post(f"{SET}/reimage"))
    assert azure.applied() == [False]
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["0"]}))
    assert azure.applied() == [True]


@pytest.mark.rule("1.4.image")
def test_image_change_reaches_by_upgrade() -> None:
    """An upgrade brings the image; ``exactVersion`` shows it."""
    azure = Azure()
    azure.create(model(2))
    azure.done(azure.put(NEW_IMAGE))
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["1"]}))
    versions = [item["properties"]["storageProfile"]["imageReference"]["exactVersion"] for item in azure.instances()]
    assert versions == ["1.0.0", "2.0.0"]


@pytest.mark.rule("1.4.12", "1.4.13")
@pytest.mark.parametrize(
    ("mode", "changes"),
    [
        ("Automatic", {}),
        ("Rolling", {f"{PROFILE}.extensionProfile.extensions": [HEALTH_EXTENSION]}),
    ],
)
def test_other_modes(mode: str, changes: dict[str, Any]) -> None:
    """The upgrade marks the model applied, but leaves the OS disk: only a reimage makes a new one."""
    azure = Azure()
    azure.create(model(2, {"properties.upgradePolicy.mode": mode, **changes}))
    disks = [item["properties"]["storageProfile"]["osDisk"]["name"] for item in azure.instances()]
    azure.done(azure.put(NEW_CUSTOM_DATA))
    assert azure.applied() == [True, True]
    assert [item["properties"]["storageProfile"]["osDisk"]["name"] for item in azure.instances()] == disks
    azure.done(azure.post(f"{SET}/reimage", {"instanceIds": ["0"]}))
    assert from_models(azure) == {"0": 2}
    after = [item["properties"]["storageProfile"]["osDisk"]["name"] for item in azure.instances()]
    assert (after[0] != disks[0], after[1] == disks[1]) == (True, True)


@pytest.mark.rule("1.3.8")
def test_capacity_is_no_change_of_the_model() -> None:
    """Scaling outdates nobody (wire.md 6)."""
    azure = Azure()
    azure.create(model(1))
    azure.done(azure.patch({"sku": {"capacity": 2}}))
    assert azure.applied() == [True, True]


@pytest.mark.rule("1.3.7", "1.4.size")
def test_size_is_one() -> None:
    """Another size outdates everybody until upgraded (wire.md 6)."""
    azure = Azure()
    azure.create(model(2))
    azure.done(azure.patch({"sku": {"name": "Standard_D4s_v3"}}))
    assert azure.applied() == [False, False]
    assert {item["sku"]["name"] for item in azure.instances()} == {"Standard_D2s_v3"}
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["*"]}))
    assert {item["sku"]["name"] for item in azure.instances()} == {"Standard_D4s_v3"}


@pytest.mark.rule("6.5")
def test_az_update_round_trip() -> None:
    """``az vmss update`` leaves out image, password and custom data; that outdates nobody (az-cli 5.1)."""
    azure = Azure()
    body = azure.create(model(2))
    del body["properties"]["virtualMachineProfile"]["storageProfile"]["imageReference"]
    azure.done(azure.put({**body, "tags": {"a": "b"}}))
    assert azure.applied() == [True, True]


def test_part_of_an_image_reference() -> None:
    """``--set …imageReference.version=X`` sends the version alone (az-cli 5.1)."""
    azure = Azure()
    azure.create(model(1))
    azure.done(azure.put({"location": "westus", **NEW_IMAGE}))
    image = azure.get()["properties"]["virtualMachineProfile"]["storageProfile"]["imageReference"]
    assert (image["publisher"], image["version"]) == ("Canonical", "2.0.0")
    assert azure.applied() == [False]
