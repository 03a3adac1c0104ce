"""Flexible orchestration: instances are virtual machines, known by name (semantics 6)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.compute import models

from tests.conformance.parameters import EVERYONE, HEALTH_EXTENSION, HEALTH_PROBE, error_of, ids, patch, scale_set, some

pytestmark = pytest.mark.conformance


@pytest.fixture
def fleet(compute: Any, group: str) -> tuple[str, list[str]]:
    """A group with a Flexible scale set, and the names of its two VMs."""
    parameters = scale_set(2, orchestration_mode="Flexible", platform_fault_domain_count=1)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    return group, ids(compute, group)


def _disk(compute: Any, group: str, name: str) -> str:
    disk: str = compute.virtual_machines.get(group, name).storage_profile.os_disk.managed_disk.id
    return disk


def _power(compute: Any, group: str, name: str) -> str:
    code: str = compute.virtual_machines.instance_view(group, name).statuses[1].code
    return code


@pytest.mark.rule("6.9")
def test_instances_are_listed_by_name_alone(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """The scale set lists its VMs' identity without their properties (wire 3.10)."""
    group, names = fleet
    first = next(iter(compute.virtual_machine_scale_set_vms.list(group, "web")))
    assert first.name == first.instance_id == names[0]
    assert first.name.startswith("web_")
    assert len(first.name) == len("web_") + 8
    assert first.latest_model_applied is None


@pytest.mark.rule("6.1")
def test_vms_belong_to_the_scale_set(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """Each is a virtual machine that names its scale set."""
    group, names = fleet
    vm = compute.virtual_machines.get(group, names[0])
    assert vm.name == names[0]
    assert vm.type == "Microsoft.Compute/virtualMachines"
    assert vm.virtual_machine_scale_set.id.lower().endswith(
        f"/{group}/providers/microsoft.compute/".lower() + "virtualmachinescalesets/web"
    )
    assert vm.hardware_profile.vm_size == "Standard_D2s_v5"
    assert vm.os_profile.admin_username == "azureuser"
    assert vm.provisioning_state == "Succeeded"


def test_each_vm_has_a_nic_of_its_own(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """Two VMs do not share a network interface."""
    group, names = fleet
    nics = [compute.virtual_machines.get(group, name).network_profile.network_interfaces[0].id for name in names]
    assert len(set(nics)) == 2


def test_vms_are_listed_in_their_group(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """The group's virtual machines are those of the scale set."""
    group, names = fleet
    assert sorted(vm.name for vm in compute.virtual_machines.list(group)) == sorted(names)


@pytest.mark.rule("6.1")
def test_vms_of_a_uniform_set_are_not_listed(compute: Any, group: str) -> None:
    """Uniform instances are no virtual machines of their own."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    assert list(compute.virtual_machines.list(group)) == []


@pytest.mark.rule("6.instance-view")
def test_vm_has_an_instance_view(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """At its own address, and by ``$expand``."""
    group, names = fleet
    view = compute.virtual_machines.instance_view(group, names[0])
    assert [status.code for status in view.statuses] == ["ProvisioningState/succeeded", "PowerState/running"]
    expanded = compute.virtual_machines.get(group, names[0], expand="instanceView").instance_view
    assert [status.code for status in expanded.statuses] == [status.code for status in view.statuses]


def test_missing_vm_is_not_found(compute: Any, group: str) -> None:
    """404 ResourceNotFound."""
    with pytest.raises(ResourceNotFoundError) as caught:
        compute.virtual_machines.get(group, "nobody")
    assert error_of(caught).code == "ResourceNotFound"


@pytest.mark.rule("6.reimage-flexible", "6.1")
def test_reimage_by_name_through_the_scale_set(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """The instance id of a Flexible instance is its VM's name (golden scenario 10)."""
    group, names = fleet
    before = [_disk(compute, group, name) for name in names]
    body = models.VirtualMachineScaleSetReimageParameters(instance_ids=[names[1]])
    compute.virtual_machine_scale_sets.begin_reimage(group, "web", body).result()
    after = [_disk(compute, group, name) for name in names]
    assert after[0] == before[0]
    assert after[1] != before[1]


@pytest.mark.rule("6.reimage-flexible")
def test_reimage_of_the_vm_itself(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """The same through the virtual machine."""
    group, names = fleet
    before = [_disk(compute, group, name) for name in names]
    compute.virtual_machines.begin_reimage(group, names[0]).result()
    after = [_disk(compute, group, name) for name in names]
    assert after[0] != before[0]
    assert after[1] == before[1]


def test_reimage_of_an_unknown_name_is_refused(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """400 InvalidParameter that names it."""
    group, _ = fleet
    body = models.VirtualMachineScaleSetReimageParameters(instance_ids=["myScaleSet1"])
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_reimage(group, "web", body)
    assert (caught.value.status_code, error_of(caught).code) == (400, "InvalidParameter")
    assert "myScaleSet1" in error_of(caught).message


def test_vm_is_switched_off_and_on(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """Power off, start, deallocate, start, restart at the VM's own address."""
    group, names = fleet
    compute.virtual_machines.begin_power_off(group, names[0]).result()
    assert _power(compute, group, names[0]) == "PowerState/stopped"
    compute.virtual_machines.begin_start(group, names[0]).result()
    assert _power(compute, group, names[0]) == "PowerState/running"
    compute.virtual_machines.begin_deallocate(group, names[0]).result()
    assert _power(compute, group, names[0]) == "PowerState/deallocated"
    compute.virtual_machines.begin_start(group, names[0]).result()
    compute.virtual_machines.begin_restart(group, names[0]).result()
    assert _power(compute, group, names[0]) == "PowerState/running"
    assert _power(compute, group, names[1]) == "PowerState/running"


def test_power_off_by_name_through_the_scale_set(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """The set's actions take names."""
    group, names = fleet
    compute.virtual_machine_scale_sets.begin_power_off(group, "web", some(names[1])).result()
    assert [_power(compute, group, name) for name in names] == ["PowerState/running", "PowerState/stopped"]


def test_deleted_vm_is_gone(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """DELETE of the virtual machine takes it out of the scale set."""
    group, names = fleet
    compute.virtual_machines.begin_delete(group, names[0]).result()
    assert ids(compute, group) == [names[1]]
    with pytest.raises(ResourceNotFoundError):
        compute.virtual_machines.get(group, names[0])


@pytest.mark.rule("1.4.12")
def test_new_custom_data_reaches_a_vm_by_reimage(compute: Any, fleet: tuple[str, list[str]], backdoor: Any) -> None:
    """The exceptions of the upgrade policy hold for Flexible as well."""
    group, names = fleet
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(custom_data="second")).result()
    compute.virtual_machines.begin_reimage(group, names[0]).result()
    assert backdoor.models_on_disks(group, "web") == {names[0]: 2, names[1]: 1}


@pytest.mark.rule("2.2.11")
def test_update_instances_takes_star(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """Manualupgrade of a Flexible set works at the newer api-versions (wire 3.16)."""
    group, names = fleet
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    compute.virtual_machine_scale_sets.begin_update_instances(group, "web", EVERYONE).result()
    versions = [
        compute.virtual_machines.get(group, name).storage_profile.image_reference.exact_version for name in names
    ]
    assert versions == ["2.0.0", "2.0.0"]


@pytest.mark.rule("2.0.6", "C7")
def test_rolling_upgrade_of_a_flexible_set(compute: Any, group: str) -> None:
    """With the health extension a Flexible set rolls: 20 % of three is one at a time."""
    parameters = scale_set(
        3, "Rolling", extension=HEALTH_EXTENSION, orchestration_mode="Flexible", platform_fault_domain_count=1
    )
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    latest = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
    assert latest.running_status.code == "Completed"
    assert latest.progress.successful_instance_count == 3


@pytest.mark.rule("2.3.16c")
def test_rolling_with_a_probe_only_is_refused(compute: Any, group: str) -> None:
    """400: a Flexible set needs the health extension (golden scenario 10)."""
    parameters = scale_set(
        1, "Rolling", probe=HEALTH_PROBE, orchestration_mode="Flexible", platform_fault_domain_count=1
    )
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters)
    assert (caught.value.status_code, error_of(caught).code) == (400, "BadRequest")


@pytest.mark.rule("6.10")
def test_set_with_vms_is_not_deleted(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """409 until the VMs are gone (semantics 6.10)."""
    group, _ = fleet
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_delete(group, "web")
    assert error_of(caught).code == "OperationNotAllowed"
    assert error_of(caught).message.startswith("Deletion of Virtual Machine Scale Set isn't allowed")


@pytest.mark.rule("6.10")
def test_set_with_vms_is_deleted_by_force(compute: Any, fleet: tuple[str, list[str]]) -> None:
    """``forceDeletion=true`` deletes the VMs as well."""
    group, _ = fleet
    compute.virtual_machine_scale_sets.begin_delete(group, "web", force_deletion=True).result()
    assert list(compute.virtual_machine_scale_sets.list(group)) == []
    assert list(compute.virtual_machines.list(group)) == []
