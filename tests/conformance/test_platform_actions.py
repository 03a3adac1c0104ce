"""Repairs, placement, eviction, redeploy and lists by region through azure-mgmt-compute (wire 3.17, 3.25-3.28)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.compute import models

from tests.conformance.parameters import HEALTH_EXTENSION, error_of, ids, power_states, scale_set, some

pytestmark = pytest.mark.conformance


def _create(compute: Any, group: str, parameters: models.VirtualMachineScaleSet | None = None) -> None:
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters or scale_set(3)).result()


def _spot(capacity: int, policy: str) -> Any:
    parameters: Any = scale_set(capacity)
    parameters.properties.virtual_machine_profile.priority = "Spot"
    parameters.properties.virtual_machine_profile.eviction_policy = policy
    return parameters


def test_repairs_are_suspended_and_resumed(compute: Any, group: str) -> None:
    """The instance view shows the state (wire 3.25)."""
    repairs = models.AutomaticRepairsPolicy(enabled=True, grace_period="PT30M")
    _create(compute, group, scale_set(2, extension=HEALTH_EXTENSION, automatic_repairs_policy=repairs))
    sets = compute.virtual_machine_scale_sets
    seen = []
    for action in ("Suspend", "Resume"):
        body = models.OrchestrationServiceStateInput(service_name="AutomaticRepairs", action=action)
        assert sets.begin_set_orchestration_service_state(group, "web", body).result() is None
        [service] = sets.get_instance_view(group, "web").orchestration_services
        seen.append((service.service_name, service.service_state))
    assert seen == [("AutomaticRepairs", "Suspended"), ("AutomaticRepairs", "Running")]


def test_walk_through_update_domains(compute: Any, group: str) -> None:
    """Three instances in domains 0 to 2: the recorded answers (wire 3.26)."""
    node = models.VirtualMachineScaleSetExtension(
        name="fabric",
        properties=models.VirtualMachineScaleSetExtensionProperties(
            publisher="Microsoft.Azure.ServiceFabric", type="ServiceFabricLinuxNode", type_handler_version="1.1"
        ),
    )
    _create(compute, group, scale_set(3, "Automatic", extension=node))
    walk = compute.virtual_machine_scale_sets.force_recovery_service_fabric_platform_update_domain_walk
    first, last = (walk(group, "web", platform_update_domain=domain) for domain in (0, 2))
    assert (first.walk_performed, first.next_platform_update_domain) == (True, 1)
    assert (last.walk_performed, last.next_platform_update_domain) == (True, None)


def test_conversion_to_one_placement_group(compute: Any, group: str) -> None:
    """No answer, and the model says so (wire 3.27)."""
    _create(compute, group, scale_set(2, single_placement_group=False))
    sets = compute.virtual_machine_scale_sets
    body = models.VMScaleSetConvertToSinglePlacementGroupInput()
    assert sets.convert_to_single_placement_group(group, "web", body) is None
    assert sets.get(group, "web").single_placement_group is True


def test_eviction_deallocates(compute: Any, group: str) -> None:
    """The instance goes after the answer (wire 3.28)."""
    _create(compute, group, _spot(2, "Deallocate"))
    instances = compute.virtual_machine_scale_set_vms
    assert instances.simulate_eviction(group, "web", "1") is None
    instances.begin_restart(group, "web", "0").result()
    instances.begin_restart(group, "web", "0").result()
    assert power_states(compute, group) == {"0": "PowerState/running", "1": "PowerState/deallocated"}


def test_eviction_deletes(compute: Any, group: str) -> None:
    """Where the policy says so (wire 3.28)."""
    _create(compute, group, _spot(3, "Delete"))
    compute.virtual_machine_scale_set_vms.simulate_eviction(group, "web", "0")
    compute.virtual_machine_scale_sets.begin_restart(group, "web", some("1", "2")).result()
    compute.virtual_machine_scale_sets.begin_restart(group, "web", some("1", "2")).result()
    assert ids(compute, group) == ["1", "2"]


def test_eviction_is_for_spot_only(compute: Any, group: str) -> None:
    """409 in the recorded words (wire 3.28)."""
    _create(compute, group)
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_set_vms.simulate_eviction(group, "web", "1")
    assert (caught.value.status_code, error_of(caught).code) == (409, "OperationNotAllowed")
    assert error_of(caught).message == "Operation 'simulateEviction' is allowed only for Spot Virtual Machines"


def test_redeploy(compute: Any, group: str) -> None:
    """Of all, of some, of one: everything runs afterwards (wire 3.17)."""
    _create(compute, group)
    assert compute.virtual_machine_scale_sets.begin_redeploy(group, "web").result() is None
    compute.virtual_machine_scale_sets.begin_redeploy(group, "web", some("0", "2")).result()
    compute.virtual_machine_scale_set_vms.begin_redeploy(group, "web", "1").result()
    assert set(power_states(compute, group).values()) == {"PowerState/running"}


def test_maintenance_is_refused(compute: Any, group: str) -> None:
    """409 in the recorded words (wire 3.19)."""
    _create(compute, group)
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_perform_maintenance(group, "web")
    assert error_of(caught).code == "OperationNotAllowed"
    assert error_of(caught).message == (
        "Operation 'performMaintenance' is not allowed on VM 'web_0' since the Subscription of this VM is not eligible."
    )


def test_reapply_and_scale_out(compute: Any, group: str) -> None:
    """Both are operations without result; the second adds instances in a zone."""
    parameters = scale_set(2)
    parameters.zones = ["1", "2"]
    _create(compute, group, parameters)
    sets = compute.virtual_machine_scale_sets
    assert sets.begin_reapply(group, "web").result() is None
    body = models.VMScaleSetScaleOutInput(capacity=2, properties=models.VMScaleSetScaleOutInputProperties(zone="2"))
    assert sets.begin_scale_out(group, "web", body).result() is None
    found = [vm.zones for vm in compute.virtual_machine_scale_set_vms.list(group, "web")]
    assert found == [["1"], ["2"], ["2"], ["2"]]
    assert sets.get(group, "web").sku.capacity == 4


def test_list_by_location(compute: Any, group: str) -> None:
    """The scale sets of a region, with the groups in upper case as in the subscription's list (wire 3.6)."""
    parameters = scale_set(0)
    parameters.location = "francecentral"
    _create(compute, group, parameters)
    found = list(compute.virtual_machine_scale_sets.list_by_location("francecentral"))
    assert [(item.name, item.id.split("/")[4]) for item in found if group.upper() in item.id] == [
        ("web", group.upper())
    ]
    assert list(compute.virtual_machine_scale_sets.list_by_location("japaneast")) == []
