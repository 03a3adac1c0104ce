"""Facts about disks beyond the scale set: their holders, and the limit of a size."""

from __future__ import annotations

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.work.data_disks import owners
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["disk_limit", "disks_in_use"]

_LUNS = 64


def disks_in_use(call: Call) -> dict[str, str]:
    """Which machine has which managed data disk, in the whole subscription."""
    return {disk: owner for found in call.state.aggregates_of(call.subscription_id) for disk, owner in owners(found)}


def disk_limit(scale_set: ScaleSet, instance: Instance) -> int:
    """How many data disks the instance's size takes. CHOICE: as many as there are LUNs when nothing is known of it."""
    size = scale_set.catalogue.sizes.find(get_path(scale_set.version(instance.applied).part, "sku.name", ""))
    return size.data_disks if size else _LUNS
