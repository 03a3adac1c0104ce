"""Power operations, of the set and of an instance (semantics 8.1, 8.4, wire 3.17)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError
from azure.mgmt.compute import models

from tests.conformance.parameters import EVERYONE, error_of, power_states, scale_set, some

pytestmark = pytest.mark.conformance

RUNNING, STOPPED, DEALLOCATED = "PowerState/running", "PowerState/stopped", "PowerState/deallocated"


@pytest.fixture
def web(compute: Any, group: str) -> str:
    """A group with a scale set of two instances."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    return group


@pytest.mark.rule("8.1")
def test_power_off_stops_the_named(compute: Any, web: str) -> None:
    """Stopped and still allocated."""
    compute.virtual_machine_scale_sets.begin_power_off(web, "web", some("0")).result()
    assert power_states(compute, web) == {"0": STOPPED, "1": RUNNING}
    view = compute.virtual_machine_scale_set_vms.get_instance_view(web, "web", "0")
    assert view.statuses[1].display_status == "VM stopped"


def test_power_off_may_skip_the_shutdown(compute: Any, web: str) -> None:
    """``skipShutdown`` is taken in the query."""
    compute.virtual_machine_scale_sets.begin_power_off(web, "web", EVERYONE, skip_shutdown=True).result()
    assert power_states(compute, web) == {"0": STOPPED, "1": STOPPED}


def test_deallocate_releases_all(compute: Any, web: str) -> None:
    """Without ids every instance is deallocated."""
    compute.virtual_machine_scale_sets.begin_deallocate(web, "web").result()
    assert power_states(compute, web) == {"0": DEALLOCATED, "1": DEALLOCATED}


@pytest.mark.rule("8.1", "8.3")
def test_deallocated_instance_has_no_guest(compute: Any, web: str) -> None:
    """The instance view loses the agent's part and the computer's name (wire 3.12)."""
    compute.virtual_machine_scale_sets.begin_deallocate(web, "web", some("1")).result()
    view = compute.virtual_machine_scale_set_vms.get_instance_view(web, "web", "1")
    assert (view.vm_agent, view.computer_name, view.os_name) == (None, None, None)
    assert [(status.code, status.display_status) for status in view.statuses] == [
        ("ProvisioningState/succeeded", "Provisioning succeeded"),
        (DEALLOCATED, "VM deallocated"),
    ]


def test_start_brings_them_back(compute: Any, web: str) -> None:
    """From deallocated as from stopped."""
    compute.virtual_machine_scale_sets.begin_deallocate(web, "web", some("0")).result()
    compute.virtual_machine_scale_sets.begin_power_off(web, "web", some("1")).result()
    compute.virtual_machine_scale_sets.begin_start(web, "web", EVERYONE).result()
    assert power_states(compute, web) == {"0": RUNNING, "1": RUNNING}


def test_restart_ends_running(compute: Any, web: str) -> None:
    """A restart keeps everything."""
    compute.virtual_machine_scale_sets.begin_restart(web, "web", some("0")).result()
    assert power_states(compute, web) == {"0": RUNNING, "1": RUNNING}


@pytest.mark.rule("8.4")
def test_power_off_of_a_deallocated_instance_is_not_allowed(compute: Any, web: str) -> None:
    """409 OperationNotAllowed that names the VM (semantics 8.4)."""
    compute.virtual_machine_scale_sets.begin_deallocate(web, "web", some("0")).result()
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_power_off(web, "web", some("0"))
    assert error_of(caught).code == "OperationNotAllowed"
    assert error_of(caught).message == (
        "Operation 'powerOff' is not allowed on VM 'web_0' since the VM is either deallocated or marked to be "
        "deallocated."
    )


def test_instance_is_switched_off_and_on_by_itself(compute: Any, web: str) -> None:
    """The instance has the same operations as the set, with other spellings of their paths."""
    vms = compute.virtual_machine_scale_set_vms
    vms.begin_power_off(web, "web", "0").result()
    assert power_states(compute, web) == {"0": STOPPED, "1": RUNNING}
    vms.begin_start(web, "web", "0").result()
    assert power_states(compute, web) == {"0": RUNNING, "1": RUNNING}


def test_instance_is_deallocated_and_started_by_itself(compute: Any, web: str) -> None:
    """Deallocated, then started again."""
    vms = compute.virtual_machine_scale_set_vms
    vms.begin_deallocate(web, "web", "1").result()
    assert power_states(compute, web) == {"0": RUNNING, "1": DEALLOCATED}
    vms.begin_start(web, "web", "1").result()
    assert power_states(compute, web) == {"0": RUNNING, "1": RUNNING}


def test_instance_is_restarted_by_itself(compute: Any, web: str) -> None:
    """A restart of one instance."""
    compute.virtual_machine_scale_set_vms.begin_restart(web, "web", "1").result()
    assert power_states(compute, web) == {"0": RUNNING, "1": RUNNING}


def test_power_off_of_a_deallocated_instance_by_itself_is_not_allowed(compute: Any, web: str) -> None:
    """409 at the instance's own address too."""
    compute.virtual_machine_scale_set_vms.begin_deallocate(web, "web", "1").result()
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_set_vms.begin_power_off(web, "web", "1")
    assert error_of(caught).code == "OperationNotAllowed"


def test_all_instances_are_meant_by_a_star_in_the_path(compute: Any, web: str) -> None:
    """``virtualMachines/*/deallocate`` takes all, as recorded of Azure (wire 3.17)."""
    compute.virtual_machine_scale_set_vms.begin_deallocate(web, "web", "*").result()
    assert power_states(compute, web) == {"0": DEALLOCATED, "1": DEALLOCATED}


def test_start_of_an_unknown_id_is_refused(compute: Any, web: str) -> None:
    """400 InvalidParameter that names the id."""
    ids = models.VirtualMachineScaleSetVMInstanceIDs(instance_ids=["5"])
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_start(web, "web", ids)
    assert (caught.value.status_code, error_of(caught).code) == (400, "InvalidParameter")


def test_set_counts_the_states_of_its_instances(compute: Any, web: str) -> None:
    """The instance view of the set still counts all as provisioned."""
    compute.virtual_machine_scale_sets.begin_power_off(web, "web", some("0")).result()
    view = compute.virtual_machine_scale_sets.get_instance_view(web, "web")
    counted = {item.code: item.count for item in view.virtual_machine.statuses_summary}
    assert counted["ProvisioningState/succeeded"] == 2
