"""Reimage of one, several and all instances (semantics 1.5, wire 3.15)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError
from azure.mgmt.compute import models

from tests.conformance.backdoor import Backdoor
from tests.conformance.parameters import error_of, os_disks, power_states, scale_set, some

pytestmark = pytest.mark.conformance


@pytest.fixture
def web(compute: Any, group: str) -> str:
    """A group with a scale set of three instances in mode Manual."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3)).result()
    return group


def _replaced(before: dict[str, str], after: dict[str, str]) -> list[str]:
    assert before.keys() == after.keys()
    return [number for number in after if after[number] != before[number]]


def _only(*instance_ids: str) -> models.VirtualMachineScaleSetReimageParameters:
    return models.VirtualMachineScaleSetReimageParameters(instance_ids=list(instance_ids))


@pytest.mark.rule("1.5.15", "6.reimage")
def test_reimage_of_one_replaces_its_os_disk(compute: Any, web: str) -> None:
    """The named instance gets a fresh OS disk; ids and the others' disks stay."""
    before = os_disks(compute, web)
    compute.virtual_machine_scale_sets.begin_reimage(web, "web", _only("1")).result()
    assert _replaced(before, os_disks(compute, web)) == ["1"]


@pytest.mark.rule("6.reimage")
def test_reimage_of_several_replaces_their_os_disks(compute: Any, web: str) -> None:
    """The mission document's request, with ids that exist."""
    before = os_disks(compute, web)
    compute.virtual_machine_scale_sets.begin_reimage(web, "web", _only("0", "2")).result()
    assert _replaced(before, os_disks(compute, web)) == ["0", "2"]


@pytest.mark.rule("6.reimage")
def test_reimage_without_parameters_replaces_all(compute: Any, web: str) -> None:
    """Without a body every instance is reimaged."""
    before = os_disks(compute, web)
    compute.virtual_machine_scale_sets.begin_reimage(web, "web").result()
    assert _replaced(before, os_disks(compute, web)) == ["0", "1", "2"]


def test_reimage_with_empty_parameters_replaces_all(compute: Any, web: str) -> None:
    """This client sends an empty model as ``{}`` of type text/plain, and Azure takes it."""
    before = os_disks(compute, web)
    nothing = models.VirtualMachineScaleSetReimageParameters()
    compute.virtual_machine_scale_sets.begin_reimage(web, "web", nothing).result()
    assert _replaced(before, os_disks(compute, web)) == ["0", "1", "2"]


@pytest.mark.rule("6.7")
def test_reimage_is_accepted_with_202_and_both_addresses(compute: Any, web: str) -> None:
    """202 without a body, an operation and a Location that name the same operation (wire 1)."""
    answers: list[Any] = []
    result = compute.virtual_machine_scale_sets.begin_reimage(
        web, "web", _only("0"), raw_response_hook=lambda answer: answers.append(answer.http_response)
    ).result()
    assert result is None
    assert answers[0].status_code == 202
    operation = answers[0].headers["Azure-AsyncOperation"].partition("?")[0]
    assert operation == answers[0].headers["Location"].partition("?")[0]
    assert "monitor=true" in answers[0].headers["Location"]
    assert (answers[-1].status_code, answers[-1].content) == (200, b"")


@pytest.mark.rule("1.5.21")
def test_reimage_ends_running(compute: Any, web: str) -> None:
    """The VM is stopped, gets its disk, and runs again (semantics 1.5.21)."""
    compute.virtual_machine_scale_sets.begin_reimage(web, "web").result()
    assert set(power_states(compute, web).values()) == {"PowerState/running"}


@pytest.mark.rule("6.reimage-one")
def test_reimage_of_the_instance_itself(compute: Any, web: str) -> None:
    """POST on the instance reimages it alone."""
    before = os_disks(compute, web)
    compute.virtual_machine_scale_set_vms.begin_reimage(web, "web", "2").result()
    assert _replaced(before, os_disks(compute, web)) == ["2"]


@pytest.mark.rule("6.reimageall", "6.3")
def test_reimage_all_of_the_named(compute: Any, web: str) -> None:
    """Reimageall takes ids like reimage does."""
    before = os_disks(compute, web)
    ids = models.VirtualMachineScaleSetVMInstanceIDs(instance_ids=["0", "1"])
    compute.virtual_machine_scale_sets.begin_reimage_all(web, "web", ids).result()
    assert _replaced(before, os_disks(compute, web)) == ["0", "1"]


@pytest.mark.rule("6.reimageall")
def test_reimage_all_without_ids(compute: Any, web: str) -> None:
    """Reimageall without a body takes every instance."""
    before = os_disks(compute, web)
    compute.virtual_machine_scale_sets.begin_reimage_all(web, "web").result()
    assert _replaced(before, os_disks(compute, web)) == ["0", "1", "2"]


@pytest.mark.rule("6.reimageall")
def test_reimage_all_of_the_instance_itself(compute: Any, web: str) -> None:
    """Reimageall on the instance takes it alone."""
    before = os_disks(compute, web)
    compute.virtual_machine_scale_set_vms.begin_reimage_all(web, "web", "1").result()
    assert _replaced(before, os_disks(compute, web)) == ["1"]


def test_reimage_of_an_unknown_id_is_refused(compute: Any, web: str) -> None:
    """400 InvalidParameter that names the id; no other instance is touched."""
    before = os_disks(compute, web)
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_reimage(web, "web", _only("0", "9"))
    assert caught.value.status_code == 400
    assert error_of(caught).code == "InvalidParameter"
    assert error_of(caught).target == "instanceIds"
    assert error_of(caught).message == (
        "The provided instanceId 9 is not an active Virtual Machine Scale Set VM instanceId."
    )
    assert os_disks(compute, web) == before


def test_reimage_of_an_empty_list_is_refused(compute: Any, web: str) -> None:
    """An empty list does not mean all: 400 (our choice; users lost whole fleets to it, semantics 9)."""
    before = os_disks(compute, web)
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_reimage(web, "web", _only())
    assert (caught.value.status_code, error_of(caught).code) == (400, "InvalidParameter")
    assert os_disks(compute, web) == before


def test_reimage_on_an_unknown_instance_is_refused(compute: Any, web: str) -> None:
    """The same refusal when the id is in the path (wire 7.1: redeploy, performMaintenance)."""
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_set_vms.begin_reimage(web, "web", "9")
    assert caught.value.status_code == 400
    assert error_of(caught).code == "InvalidParameter"


@pytest.mark.rule("1.5.18")
def test_reimage_with_temp_disk_needs_an_ephemeral_disk(compute: Any, web: str) -> None:
    """``tempDisk`` is refused for a persistent OS disk, even as false (semantics 1.5.18)."""
    parameters = models.VirtualMachineScaleSetReimageParameters(instance_ids=["0"], temp_disk=False)
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_reimage(web, "web", parameters)
    assert caught.value.status_code == 400
    assert (error_of(caught).code, error_of(caught).target) == ("InvalidParameter", "tempDisk")
    assert error_of(caught).message == "The value of parameter tempDisk is invalid."


@pytest.mark.rule("1.5.21", "8.4")
def test_reimage_of_a_deallocated_instance_is_not_allowed(compute: Any, web: str) -> None:
    """409 OperationNotAllowed: there is no VM to put a disk on (semantics 1.5.21)."""
    compute.virtual_machine_scale_sets.begin_deallocate(web, "web", some("1")).result()
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_reimage(web, "web", _only("1"))
    assert error_of(caught).code == "OperationNotAllowed"


@pytest.mark.rule("8.1")
def test_reimage_that_fails_tells_why(compute: Any, web: str, backdoor: Backdoor) -> None:
    """The operation fails with the instance's error, the instance is Failed, and the next reimage heals it (wire 4)."""
    backdoor.fail_next_provisioning(web, "web", "1")
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_reimage(web, "web").result()
    assert error_of(caught).code == "OSProvisioningTimedOut"
    assert "for VM 'web_1'" in error_of(caught).message
    states = {vm.instance_id: vm.provisioning_state for vm in compute.virtual_machine_scale_set_vms.list(web, "web")}
    assert states == {"0": "Succeeded", "1": "Failed", "2": "Succeeded"}
    view = compute.virtual_machine_scale_set_vms.get_instance_view(web, "web", "1")
    assert (view.statuses[0].code, view.statuses[0].level) == (
        "ProvisioningState/failed/OSProvisioningTimedOut",
        "Error",
    )
    compute.virtual_machine_scale_sets.begin_reimage(web, "web", _only("1")).result()
    assert compute.virtual_machine_scale_set_vms.get(web, "web", "1").provisioning_state == "Succeeded"
