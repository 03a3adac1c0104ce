"""Actions on one instance through its own resource; ``*`` as its id means all (wire.md 3.15, 3.17)."""

from __future__ import annotations

from collections.abc import Callable

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.instance_ids import ALL, find_instance
from vmss_sdk.emulator.arm.compute.platform_actions import maintain
from vmss_sdk.emulator.arm.compute.reimage_options import options_of
from vmss_sdk.emulator.arm.replies import Reply, accepted
from vmss_sdk.emulator.engine import lifecycle
from vmss_sdk.emulator.engine.operation import Operation
from vmss_sdk.emulator.engine.platform import evict
from vmss_sdk.emulator.engine.reimage import ReimageOptions
from vmss_sdk.emulator.engine.reimage import reimage as reimage_instances
from vmss_sdk.emulator.engine.scale_set import ScaleSet
from vmss_sdk.emulator.engine.selection import Scope, select
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.models import VirtualMachineScaleSetVMReimageParameters

__all__ = [
    "approve_upgrade",
    "deallocate",
    "perform_maintenance",
    "power_off",
    "redeploy",
    "reimage",
    "reimage_all",
    "restart",
    "simulate_eviction",
    "start",
]


def start(call: Call) -> Reply:
    """Start an instance."""
    return _act(call, lifecycle.start)


def restart(call: Call) -> Reply:
    """Restart an instance."""
    return _act(call, lifecycle.restart)


def redeploy(call: Call) -> Reply:
    """Move an instance to another host."""
    return _act(call, lifecycle.redeploy)


def power_off(call: Call) -> Reply:
    """Stop an instance; it keeps its hardware."""
    call.flag("skipShutdown")
    return _act(call, lifecycle.power_off)


def deallocate(call: Call) -> Reply:
    """Stop an instance and release its hardware."""
    call.flag("hibernate")
    return _act(call, lifecycle.deallocate)


def approve_upgrade(call: Call) -> Reply:
    """Let the deferred OS upgrade of an instance go on (semantics 4.9)."""
    return _act(call, os_image.approve)


def simulate_eviction(call: Call) -> Reply:
    """Evict a Spot instance: 204, and it goes (wire.md 3.28)."""
    scale_set = call.scale_set(parent=True)
    ids, scope = _named(call, scale_set)
    for instance in select(scale_set, ids, scope=scope):
        evict(scale_set, instance)
    return Reply(204)


def perform_maintenance(call: Call) -> Reply:
    """Refused (wire.md 3.19)."""
    scale_set = call.scale_set(parent=True)
    return maintain(call, scale_set, *_named(call, scale_set))


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
