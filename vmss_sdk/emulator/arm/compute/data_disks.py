"""Attaching managed disks to one machine, and detaching them (attachDetachDataDisks; never recorded)."""

from __future__ import annotations

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.disk_facts import disk_limit, disks_in_use
from vmss_sdk.emulator.arm.compute.places import Place
from vmss_sdk.emulator.arm.long_running import accepted
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.work.data_disks import attach_detach
from vmss_sdk.models import AttachDetachDataDisksRequest

__all__ = ["attach_detach_data_disks"]


def attach_detach_data_disks(place: Place, call: Call) -> Reply:
    """Attach and detach disks as one change; the result of the operation is the storage profile."""
    scale_set, instance = place.find(call)
    body = request_body.read(call.request, AttachDetachDataDisksRequest, "parameters")
    taken, limit = disks_in_use(call), disk_limit(scale_set, instance)
    return accepted(call, scale_set, attach_detach(scale_set, instance, body, taken, limit))
