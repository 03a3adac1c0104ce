"""The exceptions to upgrade policies: custom data reaches new instances, and others by reimage (decision C1)."""

from typing import Any

import pytest
from azure.mgmt.compute import models

from tests.conformance.backdoor import Backdoor
from tests.conformance.parameters import HEALTH_EXTENSION, applied, os_disks, patch, scale_set, some

pytestmark = pytest.mark.conformance


def _reimage(*instance_ids: str) -> models.VirtualMachineScaleSetReimageParameters:
    return models.VirtualMachineScaleSetReimageParameters(instance_ids=list(instance_ids))


def _scale_out(compute: Any, group: str, capacity: int) -> None:
    model = compute.virtual_machine_scale_sets.get(group, "web")
    model.sku.capacity = capacity
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", model).result()


@pytest.mark.rule("2.2.10")
def test_manual_custom_data_changes_no_instance(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Mode Manual: the change outdates the instances and touches none."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    disks = os_disks(compute, group)
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(custom_data="second")).result()
    assert applied(compute, group) == {"0": False, "1": False}
    assert os_disks(compute, group) == disks
    assert backdoor.models_on_disks(group, "web") == {"0": 1, "1": 1}


@pytest.mark.rule("1.1.4", "1.4.12")
def test_manual_new_instance_has_the_new_custom_data(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Mode Manual: an instance created afterwards is built from the newest model."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(custom_data="second")).result()
    _scale_out(compute, group, 3)
    assert backdoor.models_on_disks(group, "web") == {"0": 1, "1": 1, "2": 2}
    assert applied(compute, group) == {"0": False, "1": False, "2": True}


@pytest.mark.rule("1.4.12", "C1")
def test_manual_reimage_brings_the_new_custom_data(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Mode Manual: reimage of instance 0 gives it the new data, and with it the latest model."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(custom_data="second")).result()
    compute.virtual_machine_scale_sets.begin_reimage(group, "web", _reimage("0")).result()
    assert backdoor.models_on_disks(group, "web") == {"0": 2, "1": 1}
    assert applied(compute, group) == {"0": True, "1": False}


def test_manual_reimage_leaves_a_changed_image_to_the_upgrade(compute: Any, group: str) -> None:
    """Mode Manual, image changed as well: reimage does not make the model the latest, the upgrade does (C1)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    change = patch(custom_data="second", image_version="2.0.0")
    compute.virtual_machine_scale_sets.begin_update(group, "web", change).result()
    compute.virtual_machine_scale_sets.begin_reimage(group, "web", _reimage("0")).result()
    assert applied(compute, group) == {"0": False, "1": False}
    compute.virtual_machine_scale_sets.begin_update_instances(group, "web", some("0")).result()
    assert applied(compute, group) == {"0": True, "1": False}


@pytest.mark.rule("1.4.custom-data")
def test_manual_upgrade_alone_leaves_the_old_custom_data(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Manualupgrade marks the model applied; the OS disk keeps what it was made with (semantics 1.4.12)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2)).result()
    disks = os_disks(compute, group)
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(custom_data="second")).result()
    compute.virtual_machine_scale_sets.begin_update_instances(group, "web", some("0")).result()
    assert applied(compute, group) == {"0": True, "1": False}
    assert os_disks(compute, group) == disks
    assert backdoor.models_on_disks(group, "web") == {"0": 1, "1": 1}


@pytest.mark.rule("1.4.13")
def test_automatic_applies_the_model_and_not_the_custom_data(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Mode Automatic: all have the latest model, none was reimaged (semantics 2.2.13)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2, "Automatic")).result()
    disks = os_disks(compute, group)
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(custom_data="second")).result()
    assert applied(compute, group) == {"0": True, "1": True}
    assert os_disks(compute, group) == disks
    assert backdoor.models_on_disks(group, "web") == {"0": 1, "1": 1}


@pytest.mark.rule("1.1.4", "1.4.12")
def test_automatic_new_instance_has_the_new_custom_data(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Mode Automatic: so does an instance that a reimage made anew."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2, "Automatic")).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(custom_data="second")).result()
    _scale_out(compute, group, 3)
    compute.virtual_machine_scale_sets.begin_reimage(group, "web", _reimage("1")).result()
    assert backdoor.models_on_disks(group, "web") == {"0": 1, "1": 2, "2": 2}


@pytest.mark.rule("1.4.13", "1.4.12")
def test_rolling_applies_the_model_and_not_the_custom_data(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Mode Rolling: the batches mark the model applied; only a reimage brings the data."""
    parameters = scale_set(3, "Rolling", extension=HEALTH_EXTENSION)
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    disks = os_disks(compute, group)
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(custom_data="second")).result()
    assert set(applied(compute, group).values()) == {True}
    assert os_disks(compute, group) == disks
    compute.virtual_machine_scale_sets.begin_reimage(group, "web", _reimage("0")).result()
    assert backdoor.models_on_disks(group, "web") == {"0": 2, "1": 1, "2": 1}


@pytest.mark.rule("1.4.os-profile")
def test_admin_name_reaches_an_instance_by_reimage(compute: Any, group: str) -> None:
    """The OS profile behaves as custom data does; a PUT may change it, a PATCH may not (semantics 1.4.14)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2, "Automatic")).result()
    model = compute.virtual_machine_scale_sets.get(group, "web")
    model.virtual_machine_profile.os_profile.admin_username = "operator1"
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", model).result()
    compute.virtual_machine_scale_sets.begin_reimage(group, "web", _reimage("1")).result()
    instances = compute.virtual_machine_scale_set_vms.list(group, "web")
    assert {vm.instance_id: vm.os_profile.admin_username for vm in instances} == {"0": "azureuser", "1": "operator1"}


@pytest.mark.rule("1.5.16", "C1")
def test_reimage_from_the_instance_model_keeps_the_old_custom_data(as_observed: tuple[Any, Backdoor]) -> None:
    """With ``reimage_source=instance_model`` only an upgraded instance gets the new data by reimage (C1)."""
    compute, backdoor = as_observed
    backdoor.create_resource_group("observed")
    compute.virtual_machine_scale_sets.begin_create_or_update("observed", "web", scale_set(2)).result()
    compute.virtual_machine_scale_sets.begin_update("observed", "web", patch(custom_data="second")).result()
    compute.virtual_machine_scale_sets.begin_reimage("observed", "web", _reimage("0")).result()
    assert backdoor.models_on_disks("observed", "web") == {"0": 1, "1": 1}
    assert applied(compute, "observed") == {"0": False, "1": False}
    compute.virtual_machine_scale_sets.begin_update_instances("observed", "web", some("0")).result()
    compute.virtual_machine_scale_sets.begin_reimage("observed", "web", _reimage("0")).result()
    assert backdoor.models_on_disks("observed", "web") == {"0": 2, "1": 1}
    assert applied(compute, "observed") == {"0": True, "1": False}
