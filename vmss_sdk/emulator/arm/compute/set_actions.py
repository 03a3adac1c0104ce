"""Actions of a scale set on several instances or all of them (wire.md 3.15-3.18, 3.23)."""

from __future__ import annotations

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.actions import Actions, Named
from vmss_sdk.emulator.arm.compute.instance_ids import in_body, required_in_body
from vmss_sdk.emulator.arm.compute.reimage_options import options_of
from vmss_sdk.emulator.arm.long_running import accepted
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import ReimageOptions
from vmss_sdk.emulator.engine.work.reimage import reimage as reimage_instances
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.models import (
    VirtualMachineScaleSetReimageParameters,
    VirtualMachineScaleSetVMInstanceRequiredIDs,
)

__all__ = ["delete", "manual_upgrade", "on_set", "reimage", "reimage_all"]


def _named(call: Call) -> Named:
    scale_set = call.scale_set()
    return scale_set, in_body(call, scale_set)[0], Scope.SET


on_set = Actions(_named)
"""On the instances in the body of a call; without any: on all."""


def delete(call: Call) -> Reply:
    """Delete the instances that are named. CHOICE: by force it is not quicker."""
    call.flag("forceDeletion")
    scale_set = call.scale_set()
    ids = required_in_body(call, scale_set, VirtualMachineScaleSetVMInstanceRequiredIDs)
    return accepted(call, scale_set, lifecycle.delete_instances(scale_set, ids))


def reimage(call: Call) -> Reply:
    """Give instances fresh OS disks."""
    scale_set = call.scale_set()
    ids, body = in_body(call, scale_set, VirtualMachineScaleSetReimageParameters)
    return accepted(call, scale_set, reimage_instances(scale_set, ids, options=options_of(body)))


def reimage_all(call: Call) -> Reply:
    """Give instances fresh OS disks and empty data disks."""
    return on_set.act(call, reimage_instances, options=ReimageOptions(data_disks=True))


def manual_upgrade(call: Call) -> Reply:
    """Bring the instances that are named to the newest model."""
    scale_set = call.scale_set()
    ids = required_in_body(call, scale_set, VirtualMachineScaleSetVMInstanceRequiredIDs)
    return accepted(call, scale_set, upgrade_instances(scale_set, ids))
