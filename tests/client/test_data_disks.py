"""Attaching and detaching data disks: on the wire as in operations.md, and against the emulator in process."""

import pytest

from tests.client.scripted import WEB, accepted, scripted
from tests.client.test_platform import there
from vmss_sdk import ClientUsageError, ConflictError, InvalidRequestError
from vmss_sdk.models import CachingTypes, DataDisksToAttach, DataDisksToDetach, DiskDetachOptionTypes

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
DISK = f"{GROUP}/providers/Microsoft.Compute/disks/data"


def test_on_the_wire() -> None:
    """Ids alone, or disks with what is wanted of them."""
    client, wire = scripted(accepted())
    first = client.scale_set("rg", "web").instance("0")
    first.attach_detach_data_disks(
        [DISK, DataDisksToAttach(disk_id="b", lun=3, caching=CachingTypes.READ_ONLY)],
        [DataDisksToDetach(disk_id="c", detach_option=DiskDetachOptionTypes.FORCE_DETACH), "d"],
    )
    assert wire.sent == [f"POST {WEB}/virtualMachines/0/attachDetachDataDisks?api-version=2026-04-01"]
    assert wire.body == {
        "dataDisksToAttach": [{"diskId": DISK}, {"diskId": "b", "lun": 3, "caching": "ReadOnly"}],
        "dataDisksToDetach": [{"diskId": "c", "detachOption": "ForceDetach"}, {"diskId": "d"}],
    }


def test_nothing_asked_for_is_not_sent() -> None:
    """Neither a disk to attach nor one to detach."""
    client, wire = scripted(accepted())
    with pytest.raises(ClientUsageError, match="to attach or to detach"):
        client.scale_set("rg", "web").instance("0").attach_detach_data_disks()
    assert wire.sent == []


def test_the_result_is_the_storage_profile() -> None:
    """What was attached is in it, and then no more."""
    client, web = there()
    disk = DISK.replace("00000000-0000-0000-0000-000000000000", client.subscription_id)
    first = web.instance("0")
    storage = first.attach_detach_data_disks([disk]).result()
    assert [(item.lun, item.name) for item in storage.data_disks or ()] == [(0, "data")]
    with pytest.raises(ConflictError, match="already owned"):
        web.instance("1").attach_detach_data_disks([disk])
    with pytest.raises(InvalidRequestError, match="LUN 0"):
        first.attach_detach_data_disks([DataDisksToAttach(disk_id=f"{disk}2", lun=0)])
    storage = first.attach_detach_data_disks(detach=[disk]).result()
    assert not storage.data_disks
