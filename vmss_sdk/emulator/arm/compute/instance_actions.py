"""Actions on one instance through its own resource; ``*`` as its id means all (wire.md 3.15, 3.17)."""

from __future__ import annotations

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.actions import Actions, Named
from vmss_sdk.emulator.arm.compute.instance_ids import ALL, find_instance
from vmss_sdk.emulator.arm.compute.reimage_options import options_of
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.emulator.engine.work.reimage import ReimageOptions
from vmss_sdk.emulator.engine.work.reimage import reimage as reimage_instances
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.models import VirtualMachineScaleSetVMReimageParameters

__all__ = ["approve_upgrade", "on_instance", "reimage", "reimage_all"]


def _named(call: Call) -> Named:
    """CHOICE: ``*`` is a request for all like any other, so it passes over protected instances."""
    scale_set = call.scale_set(parent=True)
    if call.values["instanceId"] == ALL:
        return scale_set, None, Scope.SET
    instance = find_instance(call, scale_set)
    return scale_set, [instance.id if instance else call.values["instanceId"]], Scope.INSTANCE


on_instance = Actions(_named)
"""On the instance in the path."""


def approve_upgrade(call: Call) -> Reply:
    """Let the deferred OS upgrade of an instance go on (semantics 4.9)."""
    return on_instance.act(call, os_image.approve)


def reimage(call: Call) -> Reply:
    """Give an instance a fresh OS disk."""
    parameters = request_body.read_optional(call.request, VirtualMachineScaleSetVMReimageParameters, "vmReimageInput")
    return on_instance.act(call, reimage_instances, options=options_of(parameters))


def reimage_all(call: Call) -> Reply:
    """Give an instance a fresh OS disk and empty data disks."""
    return on_instance.act(call, reimage_instances, options=ReimageOptions(data_disks=True))
