"""Upgrade mode Automatic: all at once (semantics 2.1)."""

from typing import Any

import pytest
from azure.core.exceptions import ResourceNotFoundError

from tests.conformance.parameters import applied, os_disks, patch, scale_set

pytestmark = pytest.mark.conformance


@pytest.mark.rule("2.0.4", "2.1.7")
def test_image_change_reaches_every_instance(compute: Any, group: str) -> None:
    """The PUT's own operation ends when all instances have the new image and a new OS disk."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3, "Automatic")).result()
    before = os_disks(compute, group)
    updated = compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    assert updated.provisioning_state == "Succeeded"
    assert set(applied(compute, group).values()) == {True}
    assert not set(os_disks(compute, group).values()) & set(before.values())
    instances = compute.virtual_machine_scale_set_vms.list(group, "web")
    assert {vm.storage_profile.image_reference.exact_version for vm in instances} == {"2.0.0"}


def test_capacity_change_upgrades_nobody(compute: Any, group: str) -> None:
    """The instances that are there keep their OS disks when one joins them."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2, "Automatic")).result()
    before = os_disks(compute, group)
    model = compute.virtual_machine_scale_sets.get(group, "web")
    model.sku.capacity = 3
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", model).result()
    assert os_disks(compute, group).items() >= before.items()
    assert applied(compute, group) == {"0": True, "1": True, "2": True}


def test_no_rolling_upgrade_is_recorded(compute: Any, group: str) -> None:
    """An automatic upgrade is no rolling upgrade: there is none to show."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(2, "Automatic")).result()
    compute.virtual_machine_scale_sets.begin_update(group, "web", patch(image_version="2.0.0")).result()
    with pytest.raises(ResourceNotFoundError):
        compute.virtual_machine_scale_set_rolling_upgrades.get_latest(group, "web")
