"""Attaching and detaching data disks of one instance through azure-mgmt-compute."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.compute import models

from tests.conformance.conftest import SUBSCRIPTION
from tests.conformance.parameters import applied, error_of, scale_set

pytestmark = pytest.mark.conformance


def _disk(group: str, name: str = "data") -> str:
    return f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}/providers/Microsoft.Compute/disks/{name}"


def _attach(compute: Any, group: str, instance_id: str, *disks: models.DataDisksToAttach) -> Any:
    request = models.AttachDetachDataDisksRequest(data_disks_to_attach=list(disks))
    return compute.virtual_machine_scale_set_vms.begin_attach_detach_data_disks(group, "web", instance_id, request)


def test_attach_and_detach(compute: Any, group: str) -> None:
    """The poller brings the storage profile; the instance is at the latest model all the time."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set()).result()
    disk = models.DataDisksToAttach(disk_id=_disk(group), caching="ReadOnly")
    storage = _attach(compute, group, "0", disk).result()
    [found] = storage.data_disks
    assert (found.lun, found.name, found.create_option, found.caching) == (0, "data", "Attach", "ReadOnly")
    assert found.managed_disk.id == _disk(group)
    assert storage.os_disk.name
    assert applied(compute, group) == {"0": True, "1": True}
    going = models.AttachDetachDataDisksRequest(
        data_disks_to_detach=[models.DataDisksToDetach(disk_id=_disk(group), detach_option="ForceDetach")]
    )
    instances = compute.virtual_machine_scale_set_vms
    assert not instances.begin_attach_detach_data_disks(group, "web", "0", going).result().data_disks


def test_refusals(compute: Any, group: str) -> None:
    """A LUN that is taken, and a disk that another instance has."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set()).result()
    _attach(compute, group, "0", models.DataDisksToAttach(disk_id=_disk(group))).result()
    with pytest.raises(HttpResponseError) as caught:
        _attach(compute, group, "0", models.DataDisksToAttach(disk_id=_disk(group, "b"), lun=0))
    assert (caught.value.status_code, error_of(caught).code) == (400, "InvalidParameter")
    with pytest.raises(HttpResponseError) as caught:
        _attach(compute, group, "1", models.DataDisksToAttach(disk_id=_disk(group)))
    assert (caught.value.status_code, error_of(caught).code) == (409, "ConflictingUserInput")
