"""Instance protection (semantics 5, wire 3.13)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError
from azure.mgmt.compute import models

from tests.conformance.parameters import (
    EVERYONE,
    HEALTH_EXTENSION,
    applied,
    error_of,
    ids,
    os_disks,
    patch,
    power_states,
    scale_set,
    some,
)

pytestmark = pytest.mark.conformance


def _protect(compute: Any, group: str, instance_id: str, *, scale_in: bool = True, actions: bool = False) -> Any:
    """Get the instance, set its policy, put it back."""
    vm = compute.virtual_machine_scale_set_vms.get(group, "web", instance_id)
    vm.protection_policy = models.VirtualMachineScaleSetVMProtectionPolicy(
        protect_from_scale_in=scale_in, protect_from_scale_set_actions=actions
    )
    return compute.virtual_machine_scale_set_vms.begin_update(group, "web", instance_id, vm).result()


@pytest.fixture
def web(compute: Any, group: str) -> str:
    """A group with a scale set of three instances in mode Manual."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3)).result()
    return group


def _resize(compute: Any, group: str, capacity: int) -> None:
    model = compute.virtual_machine_scale_sets.get(group, "web")
    model.sku.capacity = capacity
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", model).result()


@pytest.mark.rule("5.1")
def test_no_instance_is_protected_at_first(compute: Any, web: str) -> None:
    """There is no policy until one is set."""
    assert compute.virtual_machine_scale_set_vms.get(web, "web", "0").protection_policy is None


@pytest.mark.rule("1.3.11", "5.1")
def test_get_then_put_protects(compute: Any, web: str) -> None:
    """The policy is kept, and the instance still has the scale set's latest model (semantics 1.3.11)."""
    protected = _protect(compute, web, "1", actions=True)
    assert protected.protection_policy.as_dict() == {"protectFromScaleIn": True, "protectFromScaleSetActions": True}
    found = compute.virtual_machine_scale_set_vms.get(web, "web", "1")
    assert found.protection_policy == protected.protection_policy
    assert found.latest_model_applied is True
    assert found.model_definition_applied == "VirtualMachineScaleSet"
    assert found.provisioning_state == "Succeeded"


def test_get_then_put_protects_with_a_health_source(compute: Any, group: str) -> None:
    """The round trip loses nothing that would set the instance apart from its model (azure-cli#30708)."""
    parameters = scale_set(2, extension=HEALTH_EXTENSION)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    _protect(compute, group, "0")
    assert applied(compute, group) == {"0": True, "1": True}


def test_protecting_needs_only_the_policy(compute: Any, web: str) -> None:
    """A body of location and policy does it, as the portal sends it (wire 3.13)."""
    policy = models.VirtualMachineScaleSetVMProtectionPolicy(protect_from_scale_in=True)
    body = models.VirtualMachineScaleSetVM(
        location="westus2", properties=models.VirtualMachineScaleSetVMProperties(protection_policy=policy)
    )
    protected = compute.virtual_machine_scale_set_vms.begin_update(web, "web", "0", body).result()
    assert protected.protection_policy.protect_from_scale_in is True
    assert protected.latest_model_applied is True
    assert protected.os_profile.admin_username == "azureuser"


def test_protection_raises_the_etag_of_the_instance(compute: Any, web: str) -> None:
    """An instance has its own etag, which a change of protection moves on (wire 1.3)."""
    before = compute.virtual_machine_scale_set_vms.get(web, "web", "0").etag
    assert _protect(compute, web, "0").etag != before
    assert compute.virtual_machine_scale_set_vms.get(web, "web", "1").etag == before


def test_switching_protection_off_is_shown_as_false(compute: Any, web: str) -> None:
    """The flags are echoed as false, not removed (wire 3.13)."""
    _protect(compute, web, "0", actions=True)
    freed = _protect(compute, web, "0", scale_in=False)
    assert freed.protection_policy.as_dict() == {"protectFromScaleIn": False, "protectFromScaleSetActions": False}


@pytest.mark.rule("5.2")
def test_contradicting_flags_are_refused(compute: Any, web: str) -> None:
    """Protected from actions but not from scale-in is 400, and nothing is set (semantics 5.2)."""
    with pytest.raises(HttpResponseError) as caught:
        _protect(compute, web, "0", scale_in=False, actions=True)
    assert caught.value.status_code == 400
    assert error_of(caught).code == "InvalidParameter"
    assert compute.virtual_machine_scale_set_vms.get(web, "web", "0").protection_policy is None


@pytest.mark.rule("5.upgrade", "2.1.7")
def test_automatic_upgrade_passes_over_the_protected(compute: Any, group: str) -> None:
    """Mode Automatic leaves an instance protected from scale set actions outdated."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3, "Automatic")).result()
    _protect(compute, group, "1", actions=True)
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert applied(compute, group) == {"0": True, "1": False, "2": True}


@pytest.mark.rule("5.upgrade", "2.4.31")
def test_rolling_upgrade_passes_over_the_protected(compute: Any, group: str) -> None:
    """Mode Rolling completes without it."""
    parameters = scale_set(3, "Rolling", extension=HEALTH_EXTENSION)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    _protect(compute, group, "1", actions=True)
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert applied(compute, group) == {"0": True, "1": False, "2": True}
    latest = compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
    assert latest.running_status.code == "Completed"
    assert latest.progress.successful_instance_count == 2


@pytest.mark.rule("5.upgrade")
def test_scale_in_protection_alone_does_not_stop_an_upgrade(compute: Any, group: str) -> None:
    """The milder protection concerns scale-in only."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2, "Automatic")).result()
    _protect(compute, group, "0")
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert applied(compute, group) == {"0": True, "1": True}


@pytest.mark.rule("5.action-named")
def test_naming_a_protected_instance_is_refused(compute: Any, web: str) -> None:
    """409 that names the protected ids; the others named with it are not touched either."""
    _protect(compute, web, "1", actions=True)
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_update_instances(web, "web", some("0", "1"))
    assert error_of(caught).code == "OperationNotAllowed"
    assert error_of(caught).message.startswith(
        "InstanceIds may not contain instances that are protected from scale set actions. "
        "The following instance ids are protected from scale set action: 1"
    )
    assert set(applied(compute, web).values()) == {False}


@pytest.mark.rule("5.action-all")
def test_star_passes_over_the_protected(compute: Any, web: str) -> None:
    """``*`` means all that may be touched."""
    _protect(compute, web, "1", actions=True)
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    compute.virtual_machine_scale_sets.begin_update_instances(web, "web", EVERYONE).result()
    assert applied(compute, web) == {"0": True, "1": False, "2": True}


@pytest.mark.rule("5.action-all")
def test_reimage_of_all_passes_over_the_protected(compute: Any, web: str) -> None:
    """So does a reimage without ids."""
    _protect(compute, web, "1", actions=True)
    before = os_disks(compute, web)
    compute.virtual_machine_scale_sets.begin_reimage(web, "web").result()
    after = os_disks(compute, web)
    assert [number for number in after if after[number] != before[number]] == ["0", "2"]


@pytest.mark.rule("5.action-all")
def test_power_off_of_all_passes_over_the_protected(compute: Any, web: str) -> None:
    """And a power-off."""
    _protect(compute, web, "1", actions=True)
    compute.virtual_machine_scale_sets.begin_power_off(web, "web").result()
    assert power_states(compute, web) == {
        "0": "PowerState/stopped",
        "1": "PowerState/running",
        "2": "PowerState/stopped",
    }


@pytest.mark.rule("5.action-named")
def test_deleting_a_protected_instance_by_name_is_refused(compute: Any, web: str) -> None:
    """The refusal that was reported of Azure is of this call."""
    _protect(compute, web, "1", actions=True)
    with pytest.raises(ResourceExistsError):
        compute.virtual_machine_scale_sets.begin_delete_instances(web, "web", some("1"))
    assert ids(compute, web) == ["0", "1", "2"]


@pytest.mark.rule("5.instance-level")
def test_instance_level_reimage_works_on_the_protected(compute: Any, web: str) -> None:
    """Protection binds the scale set, not the owner of the instance."""
    _protect(compute, web, "1", actions=True)
    before = os_disks(compute, web)
    compute.virtual_machine_scale_set_vms.begin_reimage(web, "web", "1").result()
    assert os_disks(compute, web)["1"] != before["1"]


@pytest.mark.rule("5.scale-in", "C8")
def test_scale_in_keeps_the_protected(compute: Any, group: str) -> None:
    """The next highest ids go instead."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(5)).result()
    _protect(compute, group, "4")
    _resize(compute, group, 3)
    assert ids(compute, group) == ["0", "1", "4"]


@pytest.mark.rule("5.3")
def test_scale_in_below_the_protected_is_refused(compute: Any, web: str) -> None:
    """409 when not enough instances may go; the capacity stays (semantics 5.3)."""
    _protect(compute, web, "0")
    _protect(compute, web, "2")
    with pytest.raises(ResourceExistsError) as caught:
        _resize(compute, web, 1)
    assert error_of(caught).code == "OperationNotAllowed"
    assert compute.virtual_machine_scale_sets.get(web, "web").sku.capacity == 3
    assert ids(compute, web) == ["0", "1", "2"]


@pytest.mark.rule("5.delete-set")
def test_deleting_the_set_deletes_the_protected(compute: Any, web: str) -> None:
    """Deleting the whole scale set is always allowed."""
    _protect(compute, web, "1", actions=True)
    compute.virtual_machine_scale_sets.begin_delete(web, "web").result()
    assert list(compute.virtual_machine_scale_sets.list(web)) == []
