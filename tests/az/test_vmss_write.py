"""``az vmss``: the commands that change a scale set or its instances."""

import json
from pathlib import Path

import pytest

from tests.az.az import SUBSCRIPTION, Az
from tests.emulator.arm.azure import model
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.handles.scale_set import ScaleSet


def disks(client: VmssClient, group: str) -> dict[str, int]:
    """Which OS disk each instance of ``web`` has."""
    return {one.instance_id: one.os_disk.number for one in client.emulator.scale_set(group, "web").instances()}


def power(scale_set: ScaleSet) -> list[str | None]:
    """The power state of each instance."""
    views = [instance.instance_view for instance in scale_set.instances(expand="instanceView")]
    statuses = [[status.code for status in view.statuses or ()] for view in views if view is not None]
    return [next((code for code in codes if code and code.startswith("PowerState")), None) for codes in statuses]


def outdated(scale_set: ScaleSet) -> list[bool]:
    """Which instances lack the latest model."""
    return [not instance.latest_model_applied for instance in scale_set.instances()]


def test_reimage_some(az: Az, client: VmssClient, group: str, web: ScaleSet) -> None:
    """``--instance-ids`` reimages those."""
    az(f"vmss reimage -g {group} -n web --instance-ids 1")
    assert disks(client, group) == {"0": 1, "1": 2}
    az(f"vmss reimage -g {group} -n web --instance-ids *")
    assert disks(client, group) == {"0": 2, "1": 3}


def test_reimage_ephemeral(az: Az, client: VmssClient, group: str, web: ScaleSet) -> None:
    """The switch for ephemeral disks comes as a body, and all are reimaged."""
    az(f"vmss reimage -g {group} -n web --force-update-os-disk-for-ephemeral true")
    assert disks(client, group) == {"0": 2, "1": 2}


def test_update_then_update_instances(az: Az, group: str, web: ScaleSet) -> None:
    """In Manual mode a new size waits until the instances are updated."""
    az(f"vmss update -g {group} -n web --set sku.name=Standard_D4s_v3")
    assert outdated(web) == [True, True]
    az(f"vmss update-instances -g {group} -n web --instance-ids 0")
    assert outdated(web) == [False, True]
    az(f"vmss update-instances -g {group} -n web --instance-ids *")
    assert outdated(web) == [False, False]


def test_update_keeps_what_it_does_not_send(az: Az, group: str, web: ScaleSet) -> None:
    """Image and password, which az drops from its PUT, are kept, and no instance falls behind (az-cli 5.1)."""
    before = web.get()
    shown = az(f"vmss update -g {group} -n web --set tags.cost=seven")
    assert shown["tags"] == {"team": "shop", "cost": "seven"}
    after = web.get()
    assert before.virtual_machine_profile is not None
    assert after.virtual_machine_profile is not None
    assert after.virtual_machine_profile.storage_profile == before.virtual_machine_profile.storage_profile
    assert outdated(web) == [False, False]


def test_update_of_the_image_version_alone(az: Az, group: str, web: ScaleSet) -> None:
    """The documented ``--set`` of the version sends a reference with nothing else; it is merged (az-cli 5.1)."""
    path = "virtualMachineProfile.storageProfile.imageReference"
    az(f"vmss update -g {group} -n web --set {path}.version=1.0.1")
    assert az(f"vmss show -g {group} -n web")["virtualMachineProfile"]["storageProfile"]["imageReference"] == {
        "publisher": "Canonical",
        "offer": "0001-com-ubuntu-server-jammy",
        "sku": "22_04-lts",
        "version": "1.0.1",
    }
    assert outdated(web) == [True, True]


def test_update_of_rolling_settings(az: Az, group: str, web: ScaleSet) -> None:
    """Each rolling flag lands in its member."""
    az(
        f"vmss update -g {group} -n web --max-batch-instance-percent 40 --max-unhealthy-instance-percent 50"
        " --max-unhealthy-upgraded-instance-percent 60 --pause-time-between-batches PT30S"
        " --prioritize-unhealthy-instances true --enable-cross-zone-upgrade false"
    )
    policy = az(f"vmss show -g {group} -n web")["upgradePolicy"]["rollingUpgradePolicy"]
    assert {name: policy[name] for name in policy if name.startswith(("max", "pause", "prio", "enable"))} == {
        "maxBatchInstancePercent": 40,
        "maxUnhealthyInstancePercent": 50,
        "maxUnhealthyUpgradedInstancePercent": 60,
        "pauseTimeBetweenBatches": "PT30S",
        "prioritizeUnhealthyInstances": True,
        "enableCrossZoneUpgrade": False,
        "maxSurge": False,
    }


def test_update_of_an_instance(az: Az, group: str, web: ScaleSet) -> None:
    """Protection of one instance; the other and the model stay as they are."""
    line = f"vmss update -g {group} -n web --instance-id 0"
    az(f"{line} --protect-from-scale-in true --protect-from-scale-set-actions true")
    protections = [instance.protection_policy for instance in web.instances()]
    assert protections[0] is not None
    assert (protections[0].protect_from_scale_in, protections[0].protect_from_scale_set_actions) == (True, True)
    assert protections[1] is None


@pytest.mark.parametrize("capacity", [0, 3, 2])
def test_scale(az: Az, group: str, web: ScaleSet, capacity: int) -> None:
    """Out, in, and to what it is already."""
    assert az(f"vmss scale -g {group} -n web --new-capacity {capacity}")["sku"]["capacity"] == capacity
    assert len(list(web.instances())) == capacity


def test_power(az: Az, group: str, web: ScaleSet) -> None:
    """Stop, start, deallocate, restart: all, one and several; each by its own route (az-cli 4)."""
    line = f"-g {group} -n web"
    az(f"vmss stop {line}")
    assert power(web) == ["PowerState/stopped"] * 2
    az(f"vmss start {line} --instance-ids 0")
    assert power(web) == ["PowerState/running", "PowerState/stopped"]
    az(f"vmss deallocate {line} --instance-ids 0")
    assert power(web) == ["PowerState/deallocated", "PowerState/stopped"]
    az(f"vmss deallocate {line} --instance-ids 0 1")
    assert power(web) == ["PowerState/deallocated"] * 2
    az(f"vmss start {line}")
    az(f"vmss restart {line}")
    assert power(web) == ["PowerState/running"] * 2
    az(f"vmss deallocate {line}")
    assert power(web) == ["PowerState/deallocated"] * 2


def test_delete_instances(az: Az, group: str, web: ScaleSet) -> None:
    """The instance is gone, and the capacity with it."""
    az(f"vmss delete-instances -g {group} -n web --instance-ids 0")
    assert [instance.instance_id for instance in web.instances()] == ["1"]
    sku = web.get().sku
    assert sku is not None
    assert sku.capacity == 1


def test_delete(az: Az, group: str, web: ScaleSet) -> None:
    """It is gone; deleting what is not there is no error."""
    az(f"vmss delete -g {group} -n web")
    assert not web.exists()
    az(f"vmss delete -g {group} -n web")


def test_extension(az: Az, group: str, web: ScaleSet) -> None:
    """Set, list, show, delete; without ``--version`` az looks the newest up in the catalogue (az-cli 4)."""
    line = f"-g {group} --vmss-name web"
    az(f"vmss extension set {line} -n CustomScript --publisher Microsoft.Azure.Extensions --version 2.0")
    az(f"vmss extension set {line} -n ApplicationHealthLinux --publisher Microsoft.ManagedServices", "--settings", "{}")
    found = az(f"vmss extension list {line}")
    assert {item["name"]: item["typeHandlerVersion"] for item in found} == {
        "CustomScript": "2.0",
        "ApplicationHealthLinux": "2.0",
    }
    assert az(f"vmss extension show {line} -n CustomScript")["publisher"] == "Microsoft.Azure.Extensions"
    az(f"vmss extension delete {line} -n CustomScript")
    assert [extension.name for extension in web.extensions.list()] == ["ApplicationHealthLinux"]


def test_orchestration_service(az: Az, client: VmssClient, group: str) -> None:
    """Repairs are suspended and resumed."""
    changes = {
        "location": "westus2",
        "properties.automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT10M"},
        "properties.virtualMachineProfile.extensionProfile.extensions": [
            {
                "name": "health",
                "properties": {
                    "publisher": "Microsoft.ManagedServices",
                    "type": "ApplicationHealthLinux",
                    "typeHandlerVersion": "1.0",
                    "settings": {"protocol": "http", "port": 80, "requestPath": "/"},
                },
            }
        ],
    }
    scale_set = client.scale_set(group, "web")
    scale_set.create_or_update(VirtualMachineScaleSet.from_wire(model(1, changes))).result()
    line = f"vmss set-orchestration-service-state -g {group} -n web --service-name AutomaticRepairs"
    az(f"{line} --action Suspend")
    assert [item.service_state for item in scale_set.instance_view().orchestration_services or ()] == ["Suspended"]
    az(f"{line} --action Resume")
    assert [item.service_state for item in scale_set.instance_view().orchestration_services or ()] == ["Running"]


def test_perform_maintenance(az: Az, group: str, web: ScaleSet) -> None:
    """Refused with the answer that was recorded; az shows it."""
    assert "OperationNotAllowed" in az.fails(f"vmss perform-maintenance -g {group} -n web --instance-ids 0")


def test_simulate_eviction(az: Az, client: VmssClient, group: str) -> None:
    """A Spot instance is evicted."""
    changes = {
        "location": "westus2",
        "properties.virtualMachineProfile.priority": "Spot",
        "properties.virtualMachineProfile.evictionPolicy": "Delete",
    }
    scale_set = client.scale_set(group, "web")
    scale_set.create_or_update(VirtualMachineScaleSet.from_wire(model(2, changes))).result()
    az(f"vmss simulate-eviction -g {group} -n web --instance-id 0")
    client.emulator.clock.settle()
    assert "0" not in [instance.instance_id for instance in scale_set.instances()]


def test_rest(az: Az, group: str, web: ScaleSet, folder: Path) -> None:
    """Relative URLs, the subscription's placeholder, a body in a file, a query (az-cli 4)."""
    path = f"resourceGroups/{group}/providers/Microsoft.Compute/virtualMachineScaleSets/web"
    file = folder / f"{group}.json"
    file.write_text(json.dumps({"tags": {"by": "rest"}}))
    uri = f"/subscriptions/{{subscriptionId}}/{path}?api-version=2024-11-01"
    patched = az(f"rest --method patch --uri {uri} --body @{file.name}")
    assert patched["id"] == f"/subscriptions/{SUBSCRIPTION}/{path}"
    shown = az(f"rest --method get --url {uri}", "--query", "tags")
    assert shown == {"by": "rest"}


def test_run_command(az: Az, group: str, web: ScaleSet) -> None:
    """At once, and as a resource."""
    line = f"-g {group} --instance-id 0"
    shown = az(f"vmss run-command invoke {line} -n web --command-id RunShellScript --scripts true")
    assert shown["value"][0]["code"] == "ProvisioningState/succeeded"
    az(f"vmss run-command create {line} --vmss-name web --run-command-name rc --script true -l westus2")
    assert [item["name"] for item in az(f"vmss run-command list {line} --vmss-name web")] == ["rc"]


def test_identity(az: Az, group: str, web: ScaleSet) -> None:
    """A scale set gets an identity of its own."""
    assigned = az(f"vmss identity assign -g {group} -n web")["systemAssignedIdentity"]
    assert az(f"vmss identity show -g {group} -n web")["principalId"] == assigned


def test_disk(az: Az, group: str, web: ScaleSet) -> None:
    """A data disk is added to the model, and taken away."""
    line = f"-g {group} --vmss-name web"
    az(f"vmss disk attach {line} --size-gb 10 --lun 3")
    disks = az(f"vmss show -g {group} -n web")["virtualMachineProfile"]["storageProfile"]["dataDisks"]
    assert [disk["lun"] for disk in disks] == [3]
    az(f"vmss disk detach {line} --lun 3")
    assert not az(f"vmss show -g {group} -n web")["virtualMachineProfile"]["storageProfile"].get("dataDisks")


@pytest.mark.usefixtures("web")
def test_extension_without_a_version(az: Az, group: str) -> None:
    """Az takes the newest version of the catalogue's list."""
    handler = "-n GuestAttestation --publisher Microsoft.Azure.Security.LinuxAttestation"
    az(f"vmss extension set -g {group} --vmss-name web {handler}")
    found = az(f"vmss extension show -g {group} --vmss-name web -n GuestAttestation")
    assert found["typeHandlerVersion"] == "1.0"
