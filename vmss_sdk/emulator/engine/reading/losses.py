"""Losses of an instance, in words: one place for all who tell them."""

from __future__ import annotations

from collections.abc import Collection

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import OS_DISK, TEMP_DISK, Instance

__all__ = ["OS_DISK_LOST", "data_disk_lost", "of_deleted", "of_work"]

OS_DISK_LOST = "the OS disk and what is on it"
_TEMP_DISK_LOST = "what is on the temporary disk"


def data_disk_lost(lun: int) -> str:
    """A data disk that is gone."""
    return f"data disk {lun}"


def of_work(instance: Instance, before: dict[int, Document], after: Collection[int]) -> tuple[str, ...]:
    """What work took from an instance that had something in every place.

    Args:
        instance: As the work left it.
        before: Its data disks before, by LUN.
        after: The LUNs of its data disks now.
    """
    found = [] if OS_DISK in instance.data else [OS_DISK_LOST]
    found += [] if TEMP_DISK in instance.data else [_TEMP_DISK_LOST]
    for lun, disk in before.items():
        if lun in after and f"lun {lun}" not in instance.data:
            found.append(f"what is on data disk {lun}")
        elif lun not in after and not _is_kept_as_resource(disk):
            found.append(data_disk_lost(lun))
    return tuple(found)


def of_deleted(scale_set: Aggregate, instance: Instance, disks: dict[int, Document]) -> tuple[str, ...]:
    """What goes with an instance that is deleted: all but the disks that are kept by their ``deleteOption``."""
    os_disk = get_path(scale_set.version(instance.applied).profile, "storageProfile.osDisk", {})
    kept = scale_set.flexible and os_disk.get("deleteOption") == "Detach"
    gone = [data_disk_lost(lun) for lun, disk in disks.items() if not _is_kept_as_resource(disk)]
    return (*(() if kept else (OS_DISK_LOST,)), _TEMP_DISK_LOST, *gone)


def _is_kept_as_resource(disk: Document) -> bool:
    """Whether a data disk is a resource of its own, which stays when its instance lets go of it."""
    return bool(disk.get("deleteOption", "Detach" if disk.get("createOption") == "Attach" else "Delete") == "Detach")
