"""Actions of a scale set on several instances or all of them (wire.md 3.15-3.18, 3.23)."""

from __future__ import annotations

from collections.abc import Callable

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.instance_ids import in_body, required_in_body
from vmss_sdk.emulator.arm.compute.reimage_options import options_of
from vmss_sdk.emulator.arm.replies import Reply, accepted
from vmss_sdk.emulator.engine import lifecycle
from vmss_sdk.emulator.engine.operation import Operation
from vmss_sdk.emulator.engine.reimage import ReimageOptions
from vmss_sdk.emulator.engine.reimage import reimage as reimage_instances
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.models import (
    VirtualMachineScaleSetReimageParameters,
    VirtualMachineScaleSetVMInstanceRequiredIDs,
)

__all__ = [
    "deallocate",
    "delete",
    "manual_upgrade",
    "power_off",
    "redeploy",
    "reimage",
    "reimage_all",
    "restart",
    "start",
]


def start(call: Call) -> Reply:
    """Start instances."""
    return _act(call, lifecycle.start)


def restart(call: Call) -> Reply:
    """Restart instances."""
    return _act(call, lifecycle.restart)


def redeploy(call: Call) -> Reply:
    """Move instances to other hosts."""
    return _act(call, lifecycle.redeploy)


def power_off(call: Call) -> Reply:
    """Stop instances; they keep their hardware. CHOICE: without a graceful shutdown it is not quicker."""
    call.flag("skipShutdown")
    return _act(call, lifecycle.power_off)


def deallocate(call: Call) -> Reply:
    """Stop instances and release their hardware. CHOICE: hibernating is no different, there is no memory to keep."""
    call.flag("hibernate")
    return _act(call, lifecycle.deallocate)


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
    scale_set = call.scale_set()
    ids, _ = in_body(call, scale_set)
    return accepted(call, scale_set, reimage_instances(scale_set, ids, options=ReimageOptions(data_disks=True)))


def manual_upgrade(call: Call) -> Reply:
    """Bring the instances that are named to the newest model."""
    scale_set = call.scale_set()
    ids = required_in_body(call, scale_set, VirtualMachineScaleSetVMInstanceRequiredIDs)
    return accepted(call, scale_set, upgrade_instances(scale_set, ids))


def _act(call: Call, verb: Callable[..., Operation]) -> Reply:
    scale_set = call.scale_set()
    ids, _ = in_body(call, scale_set)
    return accepted(call, scale_set, verb(scale_set, ids))
