"""Upgrade mode Manual: the model changes, the instances wait to be upgraded (semantics 2.2)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.compute import models

from tests.conformance.parameters import EVERYONE, applied, base64_text, error_of, os_disks, patch, scale_set, some

pytestmark = pytest.mark.conformance


@pytest.fixture
def web(compute: Any, group: str) -> str:
    """A group with a scale set of three instances in mode Manual."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3)).result()
    return group


@pytest.mark.rule("1.1.2", "2.2.10")
def test_model_change_outdates_every_instance(compute: Any, web: str) -> None:
    """A new image in the model touches no instance: none has the latest model any more."""
    model = compute.virtual_machine_scale_sets.get(web, "web")
    model.virtual_machine_profile.storage_profile.image_reference.version = "2.0.0"
    disks = os_disks(compute, web)
    updated = compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", model).result()
    assert updated.virtual_machine_profile.storage_profile.image_reference.version == "2.0.0"
    assert applied(compute, web) == {"0": False, "1": False, "2": False}
    assert os_disks(compute, web) == disks
    assert compute.virtual_machine_scale_set_vms.get(web, "web", "0").storage_profile.image_reference.version == "1.0.0"


def test_patch_changes_only_what_it_names(compute: Any, web: str) -> None:
    """PATCH of the image: the rest of the model stays, the instances are outdated."""
    before = compute.virtual_machine_scale_sets.get(web, "web")
    after = compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    image = after.virtual_machine_profile.storage_profile.image_reference
    assert image.version == "2.0.0"
    image.version = "1.0.0"
    assert after.virtual_machine_profile.as_dict() == before.virtual_machine_profile.as_dict()
    assert applied(compute, web) == {"0": False, "1": False, "2": False}


def test_patch_answers_200(compute: Any, web: str) -> None:
    """PATCH answers 200 with the scale set, Updating, and an operation (wire 1, 3.3)."""
    answers: list[Any] = []
    compute.virtual_machine_scale_sets.begin_update(
        web, "web", patch(image_version="2.0.0"), raw_response_hook=lambda answer: answers.append(answer.http_response)
    ).result()
    assert answers[0].status_code == 200
    assert answers[0].json()["properties"]["provisioningState"] == "Updating"
    assert "Azure-AsyncOperation" in answers[0].headers


@pytest.mark.rule("1.3.8")
def test_capacity_alone_outdates_nobody(compute: Any, web: str) -> None:
    """A change of capacity is no change of the instances' model (wire 6)."""
    model = compute.virtual_machine_scale_sets.get(web, "web")
    model.sku.capacity = 4
    compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", model).result()
    assert applied(compute, web) == {"0": True, "1": True, "2": True, "3": True}


def test_patch_of_the_capacity_keeps_the_size(compute: Any, web: str) -> None:
    """A PATCH of ``sku.capacity`` alone, as recorded of Azure (wire 3.3)."""
    more = models.VirtualMachineScaleSetUpdate(sku=models.Sku(capacity=4))
    updated = compute.virtual_machine_scale_sets.begin_update(web, "web", more).result()
    assert (updated.sku.name, updated.sku.tier, updated.sku.capacity) == ("Standard_D2s_v5", "Standard", 4)
    assert applied(compute, web) == {"0": True, "1": True, "2": True, "3": True}


@pytest.mark.rule("1.3.8")
def test_tags_outdate_nobody(compute: Any, web: str) -> None:
    """Tags are the set's own (semantics 1.3.8)."""
    compute.virtual_machine_scale_sets.begin_update(
        web, "web", models.VirtualMachineScaleSetUpdate(tags={"stage": "test"})
    ).result()
    assert set(applied(compute, web).values()) == {True}


@pytest.mark.rule("1.3.7")
def test_size_change_outdates_every_instance(compute: Any, web: str) -> None:
    """A change of ``sku.name`` counts as a model change (wire 6)."""
    compute.virtual_machine_scale_sets.begin_update(
        web, "web", models.VirtualMachineScaleSetUpdate(sku=models.Sku(name="Standard_D4s_v5", capacity=3))
    ).result()
    assert set(applied(compute, web).values()) == {False}


@pytest.mark.rule("1.1.2", "2.2.11", "6.upgrade")
def test_update_instances_upgrades_the_named(compute: Any, web: str) -> None:
    """Manualupgrade with ids brings these, and only these, to the latest model."""
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    compute.virtual_machine_scale_sets.begin_update_instances(web, "web", some("0", "2")).result()
    assert applied(compute, web) == {"0": True, "1": False, "2": True}


@pytest.mark.rule("1.4.image")
def test_update_instances_swaps_the_os_disk_for_a_new_image(compute: Any, web: str) -> None:
    """An upgrade to a new image replaces the OS disk, of the named instance alone (semantics 1.4)."""
    before = os_disks(compute, web)
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    compute.virtual_machine_scale_sets.begin_update_instances(web, "web", some("1")).result()
    after = os_disks(compute, web)
    assert [number for number in after if after[number] != before[number]] == ["1"]
    image = compute.virtual_machine_scale_set_vms.get(web, "web", "1").storage_profile.image_reference
    assert (image.version, image.exact_version) == ("2.0.0", "2.0.0")


@pytest.mark.rule("2.2.11")
def test_update_instances_star_upgrades_all(compute: Any, web: str) -> None:
    """``*`` stands for every instance."""
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    compute.virtual_machine_scale_sets.begin_update_instances(web, "web", EVERYONE).result()
    assert applied(compute, web) == {"0": True, "1": True, "2": True}


@pytest.mark.rule("2.2.13")
def test_update_instances_of_an_unknown_id_is_refused(compute: Any, web: str) -> None:
    """400 InvalidParameter in Azure's words, and nobody is upgraded."""
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_update_instances(web, "web", some("0", "2143"))
    assert caught.value.status_code == 400
    assert error_of(caught).code == "InvalidParameter"
    assert error_of(caught).target == "instanceIds"
    assert error_of(caught).message == (
        "The provided instanceId 2143 is not an active Virtual Machine Scale Set VM instanceId."
    )
    assert set(applied(compute, web).values()) == {False}


def test_update_instances_of_a_malformed_id_is_refused(compute: Any, web: str) -> None:
    """400 InvalidParameter: an id of a Uniform instance is a number (azure-cli#9926)."""
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_update_instances(web, "web", some("11 14"))
    assert caught.value.status_code == 400
    assert error_of(caught).code == "InvalidParameter"
    assert error_of(caught).message == (
        'The provided instanceId 11 14 is invalid. It must be a non-negative integer or the character "*".'
    )


@pytest.mark.rule("2.2.13")
def test_update_instances_at_the_latest_model_does_nothing(compute: Any, web: str) -> None:
    """An instance that has the latest model is left alone: success, no new disk (semantics 2.2.13)."""
    before = os_disks(compute, web)
    compute.virtual_machine_scale_sets.begin_update_instances(web, "web", EVERYONE).result()
    assert os_disks(compute, web) == before


@pytest.mark.rule("1.4.user-data")
def test_user_data_is_applied_in_place(compute: Any, web: str) -> None:
    """User data reaches an instance by an upgrade, without a new disk (semantics 1.4)."""
    before = os_disks(compute, web)
    model = compute.virtual_machine_scale_sets.get(web, "web")
    model.virtual_machine_profile.user_data = base64_text("fresh")
    compute.virtual_machine_scale_sets.begin_create_or_update(web, "web", model).result()
    compute.virtual_machine_scale_sets.begin_update_instances(web, "web", some("0")).result()
    assert applied(compute, web) == {"0": True, "1": False, "2": False}
    found = compute.virtual_machine_scale_set_vms.get(web, "web", "0", expand="userData")
    assert found.user_data == base64_text("fresh")
    assert os_disks(compute, web) == before


@pytest.mark.rule("1.1.3", "1.3.11")
def test_instance_changed_by_itself_leaves_the_model(compute: Any, web: str) -> None:
    """Another size for one instance makes its model its own, until it is upgraded (semantics 1.3.11)."""
    vm = compute.virtual_machine_scale_set_vms.get(web, "web", "1")
    vm.hardware_profile.vm_size = "Standard_D8s_v5"
    changed = compute.virtual_machine_scale_set_vms.begin_update(web, "web", "1", vm).result()
    assert (changed.latest_model_applied, changed.model_definition_applied) == (False, "VirtualMachine")
    compute.virtual_machine_scale_sets.begin_update_instances(web, "web", some("1")).result()
    back = compute.virtual_machine_scale_set_vms.get(web, "web", "1")
    assert (back.latest_model_applied, back.model_definition_applied) == (True, "VirtualMachineScaleSet")
    assert back.hardware_profile.vm_size == "Standard_D2s_v5"


@pytest.mark.rule("2.0.3", "6.policy")
def test_switch_to_automatic_upgrades_the_outdated(compute: Any, web: str) -> None:
    """Changing the mode is a PUT like any other: the platform looks for outdated instances (semantics 2.0.3)."""
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(image_version="2.0.0")).result()
    compute.virtual_machine_scale_sets.begin_update(web, "web", patch(mode="Automatic")).result()
    assert set(applied(compute, web).values()) == {True}
