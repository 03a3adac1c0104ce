"""Lists, pages and views (wire 3.6, 3.8 to 3.12)."""

from typing import Any

import pytest
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError

from tests.conformance.backdoor import Backdoor
from tests.conformance.parameters import HEALTH_EXTENSION, error_of, ids, patch, scale_set

pytestmark = pytest.mark.conformance


def test_list_of_an_empty_group_is_empty(compute: Any, group: str) -> None:
    """No scale sets, no error."""
    assert list(compute.virtual_machine_scale_sets.list(group)) == []


def test_list_shows_the_scale_sets_of_the_group(compute: Any, group: str) -> None:
    """Each scale set of the group, whole."""
    for name in ("web", "worker"):
        compute.virtual_machine_scale_sets.begin_create_or_update(group, name, scale_set(1)).result()
    found = {item.name: item for item in compute.virtual_machine_scale_sets.list(group)}
    assert sorted(found) == ["web", "worker"]
    assert found["web"].as_dict() == compute.virtual_machine_scale_sets.get(group, "web").as_dict()


def test_list_of_a_missing_group_is_not_found(compute: Any) -> None:
    """404 ResourceGroupNotFound."""
    with pytest.raises(ResourceNotFoundError) as caught:
        list(compute.virtual_machine_scale_sets.list("no-such-group"))
    assert error_of(caught).code == "ResourceGroupNotFound"


def test_list_all_writes_the_group_in_upper_case(compute: Any, group: str) -> None:
    """The subscription-wide list has the resource group of each id in upper case (wire 3.6)."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    found = [item.id for item in compute.virtual_machine_scale_sets.list_all()]
    assert created.id.replace(group, group.upper()) in found


def test_skus_are_listed(compute: Any, group: str) -> None:
    """The sizes that the scale set could have, with their limits (wire 3.9)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    skus = list(compute.virtual_machine_scale_sets.list_skus(group, "web"))
    assert {sku.resource_type for sku in skus} == {"Microsoft.Compute/virtualMachineScaleSets"}
    assert "Standard_D2s_v5" in {sku.sku.name for sku in skus}
    assert {(sku.capacity.minimum, sku.capacity.scale_type) for sku in skus} == {(0, "Automatic")}


def test_instances_are_listed_with_their_identity(compute: Any, group: str) -> None:
    """Uniform instances have number, name, size and model (wire 3.10)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    first, second = compute.virtual_machine_scale_set_vms.list(group, "web")
    assert [first.instance_id, second.instance_id] == ["0", "1"]
    assert first.name == "web_0"
    assert first.id.endswith("/virtualMachineScaleSets/web/virtualMachines/0")
    assert first.type == "Microsoft.Compute/virtualMachineScaleSets/virtualMachines"
    assert (first.sku.name, first.sku.tier) == ("Standard_D2s_v5", "Standard")
    assert first.provisioning_state == "Succeeded"
    assert first.latest_model_applied is True
    assert first.model_definition_applied == "VirtualMachineScaleSet"
    assert first.vm_id != second.vm_id
    assert first.instance_view is None


def test_instance_shows_the_model_it_was_built_from(compute: Any, group: str) -> None:
    """GET of an instance: image with its exact version, own disk, computer name, NIC (wire 3.11)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    vm = compute.virtual_machine_scale_set_vms.get(group, "web", "0")
    assert vm.hardware_profile.vm_size == "Standard_D2s_v5"
    assert vm.storage_profile.image_reference.exact_version == "1.0.0"
    assert vm.storage_profile.os_disk.managed_disk.id.endswith(f"/disks/{vm.storage_profile.os_disk.name}")
    assert vm.storage_profile.data_disks == []
    assert vm.os_profile.computer_name == "web000000"
    assert vm.os_profile.admin_username == "azureuser"
    assert vm.network_profile.network_interfaces[0].id.endswith("/virtualMachines/0/networkInterfaces/nic")
    assert vm.network_profile_configuration.network_interface_configurations[0].name == "nic"
    assert vm.etag == '"1"'


def test_many_instances_come_in_pages(compute: Any, group: str) -> None:
    """250 instances are listed over several pages, each instance once."""
    parameters = scale_set(250, single_placement_group=False, overprovision=False)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    pages = [list(page) for page in compute.virtual_machine_scale_set_vms.list(group, "web").by_page()]
    assert len(pages) > 1
    listed = [vm.instance_id for page in pages for vm in page]
    assert sorted(listed, key=int) == [str(number) for number in range(250)]


def test_list_is_filtered_by_model(compute: Any, group: str) -> None:
    """``properties/latestModelApplied eq false`` leaves the outdated instances."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    resized = compute.virtual_machine_scale_sets.get(group, "web")
    resized.sku.capacity = 3
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", resized).result()
    listing = compute.virtual_machine_scale_set_vms.list
    outdated = listing(group, "web", filter="properties/latestModelApplied eq false")
    current = listing(group, "web", filter="properties/latestModelApplied eq true")
    assert [vm.instance_id for vm in outdated] == ["0", "1"]
    assert [vm.instance_id for vm in current] == ["2"]


def test_list_is_expanded_with_instance_views(compute: Any, group: str) -> None:
    """``$expand=instanceView`` adds the run-time state to each instance."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    instances = list(compute.virtual_machine_scale_set_vms.list(group, "web", expand="instanceView"))
    codes = [[status.code for status in vm.instance_view.statuses] for vm in instances]
    assert codes == [["ProvisioningState/succeeded", "PowerState/running"]] * 2


def test_list_is_narrowed_to_instance_views(compute: Any, group: str) -> None:
    """``$select=instanceView`` leaves out the profiles (wire 3.10)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    (vm,) = compute.virtual_machine_scale_set_vms.list(group, "web", expand="instanceView", select="instanceView")
    assert vm.instance_id == "0"
    assert vm.instance_view.computer_name == "web000000"
    assert vm.os_profile is None
    assert vm.storage_profile is None


def test_instance_view_of_the_set_counts_its_instances(compute: Any, group: str) -> None:
    """Statuses are counted over the instances, and over each extension (wire 3.8)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(
        group, "web", scale_set(3, extension=HEALTH_EXTENSION)
    ).result()
    view = compute.virtual_machine_scale_sets.get_instance_view(group, "web")
    assert [(item.code, item.count) for item in view.virtual_machine.statuses_summary] == [
        ("ProvisioningState/succeeded", 3)
    ]
    (extension,) = view.extensions
    assert extension.name == "health"
    assert [(item.code, item.count) for item in extension.statuses_summary] == [("ProvisioningState/succeeded", 3)]
    (status,) = view.statuses
    assert (status.code, status.level, status.display_status) == (
        "ProvisioningState/succeeded",
        "Info",
        "Provisioning succeeded",
    )


def test_instance_view_of_a_flexible_set_is_not_allowed(compute: Any, group: str) -> None:
    """409 OperationNotAllowed, as reported of Azure (wire 3.8)."""
    parameters = scale_set(1, orchestration_mode="Flexible", platform_fault_domain_count=1)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.get_instance_view(group, "web")
    assert error_of(caught).code == "OperationNotAllowed"
    assert error_of(caught).message == (
        "Operation 'VirtualMachineScaleSets.instanceView.GET' is not allowed on Virtual Machine Scale Set 'web'."
    )


def test_instance_view_of_an_instance(compute: Any, group: str) -> None:
    """Where an instance runs, what its agent says, and how it is (wire 3.12)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(
        group, "web", scale_set(2, extension=HEALTH_EXTENSION)
    ).result()
    view = compute.virtual_machine_scale_set_vms.get_instance_view(group, "web", "1")
    assert view.platform_update_domain == 1
    assert view.platform_fault_domain == 1
    assert view.placement_group_id
    assert view.computer_name == "web000001"
    assert view.vm_agent.statuses[0].display_status == "Ready"
    assert [(status.code, status.display_status) for status in view.statuses] == [
        ("ProvisioningState/succeeded", "Provisioning succeeded"),
        ("PowerState/running", "VM running"),
    ]
    assert view.extensions[0].name == "health"
    assert view.extensions[0].statuses[0].code == "ProvisioningState/succeeded"


def test_instance_view_shows_health(compute: Any, group: str, backdoor: Backdoor) -> None:
    """With the health extension the instance view has ``vmHealth``, once the extension has looked."""
    compute.virtual_machine_scale_sets.begin_create_or_update(
        group, "web", scale_set(1, extension=HEALTH_EXTENSION)
    ).result()
    backdoor.advance(60)
    health = compute.virtual_machine_scale_set_vms.get_instance_view(group, "web", "0").vm_health
    assert (health.status.code, health.status.level) == ("HealthState/healthy", "Info")
    assert health.status.display_status == "The VM is reporting itself as healthy"


def test_instance_view_of_a_missing_instance_is_not_found(compute: Any, group: str) -> None:
    """404 NotFound, in the compute provider's words."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    with pytest.raises(ResourceNotFoundError) as caught:
        compute.virtual_machine_scale_set_vms.get_instance_view(group, "web", "7")
    assert error_of(caught).code == "NotFound"
    assert error_of(caught).message == "The entity was not found in this Azure location."


def test_instances_of_a_missing_group_are_not_found(compute: Any) -> None:
    """404 ResourceGroupNotFound, also one level down."""
    with pytest.raises(ResourceNotFoundError) as caught:
        ids(compute, "no-such-group")
    assert error_of(caught).code == "ResourceGroupNotFound"
