"""Moving instances to another zone through azure-mgmt-compute 39."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.compute import models

from tests.conformance.parameters import error_of, scale_set

pytestmark = pytest.mark.conformance


def _create(compute: Any, group: str) -> None:
    wanted = scale_set()
    wanted.zones = ["1", "2"]
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", wanted).result()


def _zones(compute: Any, group: str) -> list[str]:
    return [vm.zones[0] for vm in compute.virtual_machine_scale_set_vms.list(group, "web")]


def _move(compute: Any, group: str, zone: str | None, *ids: str) -> Any:
    wanted = models.MigrateVMAvailabilityZoneInput(instance_ids=list(ids), target_zone=zone)
    return compute.virtual_machine_scale_sets.begin_migrate_vm_availability_zone(group, "web", wanted)


def test_migrate(compute: Any, group: str) -> None:
    """One moves; the other is there already, which is no error."""
    _create(compute, group)
    assert _zones(compute, group) == ["1", "2"]
    assert _move(compute, group, "2", "0", "1").result() is None
    assert _zones(compute, group) == ["2", "2"]
    assert _move(compute, group, "2", "0", "1").result() is None


def test_refusals(compute: Any, group: str) -> None:
    """A zone that the scale set is not in, and an instance that it has not."""
    _create(compute, group)
    for zone, instance_id, target in (("3", "0", "targetZone"), ("2", "9", "instanceIds")):
        with pytest.raises(HttpResponseError) as caught:
            _move(compute, group, zone, instance_id)
        assert (caught.value.status_code, error_of(caught).code) == (400, "InvalidParameter")
        assert error_of(caught).target == target
