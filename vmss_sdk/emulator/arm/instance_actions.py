"""Actions on one instance through its own resource; ``*`` as its id means all (wire.md 3.15, 3.17)."""

from __future__ import annotations

from collections.abc import Callable

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.instance_ids import ALL, find_instance
from vmss_sdk.emulator.arm.reimage_options import options_of
from vmss_sdk.emulator.arm.replies import Reply, accepted
from vmss_sdk.emulator.engine import lifecycle
from vmss_sdk.emulator.engine.operation import Operation
from vmss_sdk.emulator.engine.reimage import ReimageOptions
from vmss_sdk.emulator.engine.reimage import reimage as reimage_instances
from vmss_sdk.emulator.engine.scale_set import ScaleSet
from vmss_sdk.emulator.engine.selection import Scope
from vmss_sdk.models import VirtualMachineScaleSetVMReimageParameters

__all__ = ["deallocate", "power_off", "reimage", "reimage_all", "restart", "start"]


def start(call: Call) -> Reply:
    """Start an instance."""
    return _act(call, lifecycle.start)


def restart(call: Call) -> Reply:
    """Restart an instance."""
    return _act(call, lifecycle.restart)


def power_off(call: Call) -> Reply:
    """Stop an instance; it keeps its hardware."""
    return _act(call, lifecycle.power_off)


def deallocate(call: Call) -> Reply:
    """Stop an instance and release its hardware."""
    return _act(call, lifecycle.deallocate)


def reimage(call: Call) -> Reply:
    """Give an instance a fresh OS disk."""
    parameters = request_body.read_optional(call.request, VirtualMachineScaleSetVMReimageParameters, "vmReimageInput")
    return _act(call, reimage_instances, options=options_of(parameters))


def reimage_all(call: Call) -> Reply:
    """Give an instance a fresh OS disk and empty data disks."""
    return _act(call, reimage_instances, options=ReimageOptions(data_disks=True))


def _act(call: Call, verb: Callable[..., Operation], **options: ReimageOptions) -> Reply:
    scale_set = call.scale_set(parent=True)
    ids, scope = _named(call, scale_set)
    return accepted(call, scale_set, verb(scale_set, ids, scope=scope, **options))


def _named(call: Call, scale_set: ScaleSet) -> tuple[list[str] | None, Scope]:
    """CHOICE: ``*`` is a request for all like any other, so it passes over protected instances."""
    if call.values["instanceId"] == ALL:
        return None, Scope.SET
    instance = find_instance(call, scale_set)
    return [instance.id if instance else call.values["instanceId"]], Scope.INSTANCE
