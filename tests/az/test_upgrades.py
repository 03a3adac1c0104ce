"""``az vmss rolling-upgrade``, waiting, and what runs on while nobody looks."""

import pytest

from tests.az.az import Az
from tests.emulator.arm.azure import changed, rolling
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.handles.scale_set import ScaleSet


@pytest.fixture
def fleet(client: VmssClient, group: str) -> ScaleSet:
    """A scale set of four in Rolling mode whose image is ``latest``; a newer version has been published since."""
    image = "properties.virtualMachineProfile.storageProfile.imageReference"
    offer = f"offer-{group}"
    urn = f"Contoso:{offer}:server"
    client.emulator.publish_image(urn, "1.0.0")
    reference = {"publisher": "Contoso", "offer": offer, "sku": "server", "version": "latest"}
    document = changed(rolling(4, {"maxBatchInstancePercent": 50}), {"location": "westus2", image: reference})
    scale_set = client.scale_set(group, "web")
    scale_set.create_or_update(VirtualMachineScaleSet.from_wire(document)).result()
    client.emulator.publish_image(urn, "2.0.0")
    return scale_set


def versions(client: VmssClient, group: str) -> set[str]:
    """The image versions on the instances' disks."""
    return {one.os_disk.image_version for one in client.emulator.scale_set(group, "web").instances()}


def test_start(az: Az, client: VmssClient, group: str, fleet: ScaleSet) -> None:
    """``rolling-upgrade start`` ends when the upgrade has; ``get-latest`` tells how (az-cli 5.4)."""
    az(f"vmss rolling-upgrade start -g {group} -n web")
    latest = az(f"vmss rolling-upgrade get-latest -g {group} -n web")
    assert latest["runningStatus"]["code"] == "Completed"
    assert latest["progress"]["successfulInstanceCount"] == 4
    assert versions(client, group) == {"2.0.0"}
    history = az(f"vmss get-os-upgrade-history -g {group} -n web")
    assert [entry["properties"]["runningStatus"]["code"] for entry in history] == ["Completed"]


def test_start_in_the_background(az: Az, client: VmssClient, group: str, fleet: ScaleSet) -> None:
    """With ``--no-wait`` it goes on by itself; a loop over ``get-latest`` sees it end."""
    az(f"vmss rolling-upgrade start -g {group} -n web --no-wait")
    codes: list[str] = []
    while not codes or (codes[-1] == "RollingForward" and len(codes) < 30):
        codes.append(az(f"vmss rolling-upgrade get-latest -g {group} -n web")["runningStatus"]["code"])
    assert (codes[0], codes[-1]) == ("RollingForward", "Completed")
    assert versions(client, group) == {"2.0.0"}


def test_cancel(az: Az, client: VmssClient, group: str, fleet: ScaleSet) -> None:
    """A cancelled upgrade has instances left; the rest is as before."""
    az(f"vmss rolling-upgrade start -g {group} -n web --no-wait")
    while versions(client, group) == {"1.0.0"}:
        client.emulator.clock.skip()
    az(f"vmss rolling-upgrade cancel -g {group} -n web")
    assert az(f"vmss rolling-upgrade get-latest -g {group} -n web")["runningStatus"]["code"] == "Cancelled"
    assert versions(client, group) == {"1.0.0", "2.0.0"}


def test_cancel_with_nothing_running(az: Az, group: str, web: ScaleSet) -> None:
    """The recorded refusal (az-cli 5.4)."""
    error = az.fails(f"vmss rolling-upgrade cancel -g {group} -n web")
    assert "(OperationNotAllowed)" in error
    assert "There is no ongoing Rolling Upgrade to cancel." in error


def test_latest_of_none(az: Az, group: str, web: ScaleSet) -> None:
    """404, so status 3 (az-cli 5.4)."""
    error = az.fails(f"vmss rolling-upgrade get-latest -g {group} -n web", status=3)
    assert "The entity was not found" in error


def test_extension_upgrade(az: Az, client: VmssClient, group: str, fleet: ScaleSet) -> None:
    """``extension upgrade`` brings the newest handler to all instances."""
    client.emulator.publish_extension_handler("Microsoft.ManagedServices.ApplicationHealthLinux", "1.0.99")
    az(f"vmss extension upgrade -g {group} -n web")
    runs = [one.extension_runs[-1].reason for one in client.emulator.scale_set(group, "web").instances()]
    assert runs == ["NewVersion"] * 4


def test_update_in_rolling_mode(az: Az, group: str, fleet: ScaleSet) -> None:
    """A change of the model rolls over the instances before the command ends, or after, but by itself."""
    az(f"vmss update -g {group} -n web --set sku.name=Standard_D4s_v3")
    az(f"vmss wait -g {group} -n web --interval 1 --custom", "provisioningState=='Succeeded'")
    codes: list[str] = []
    while not codes or (codes[-1] == "RollingForward" and len(codes) < 30):
        codes.append(az(f"vmss rolling-upgrade get-latest -g {group} -n web")["runningStatus"]["code"])
    assert codes[-1] == "Completed"
    assert all(instance.latest_model_applied for instance in fleet.instances())


def test_no_wait_then_wait(az: Az, group: str, web: ScaleSet) -> None:
    """``--no-wait`` returns at once; ``az vmss wait`` ends although nobody polls an operation."""
    az(f"vmss scale -g {group} -n web --new-capacity 5 --no-wait")
    az(f"vmss wait -g {group} -n web --updated --interval 1")
    assert len(list(web.instances())) == 5


def test_wait_until_deleted(az: Az, group: str, web: ScaleSet) -> None:
    """``wait --deleted`` ends when it is gone."""
    az(f"vmss delete -g {group} -n web --no-wait")
    az(f"vmss wait -g {group} -n web --deleted --interval 1")
    assert not web.exists()


def test_failed_operation(az: Az, client: VmssClient, group: str, web: ScaleSet) -> None:
    """Status 1, with the service's code and message."""
    with client.emulator.scale_set(group, "web").faults as faults:
        faults.quota(0)
        error = az.fails(f"vmss scale -g {group} -n web --new-capacity 5")
    assert "(OperationNotAllowed)" in error
    assert "quota" in error.lower()


def test_rolling_without_health(az: Az, group: str, web: ScaleSet) -> None:
    """The recorded refusal (az-cli 5.5)."""
    error = az.fails(f"vmss update -g {group} -n web --set upgradePolicy.mode=Rolling")
    assert "a health probe or health extension was not provided" in error
