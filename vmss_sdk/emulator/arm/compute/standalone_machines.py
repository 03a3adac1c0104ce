"""Virtual machines that belong to no scale set: made and changed."""

from __future__ import annotations

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.disk_facts import disk_limit, disks_in_use
from vmss_sdk.emulator.arm.compute.machine_references import check_references
from vmss_sdk.emulator.arm.compute.scale_sets import check_location
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.locations import same_place
from vmss_sdk.emulator.arm.long_running import started
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.state import MACHINE_TYPE
from vmss_sdk.emulator.arm.views.instance import machine_document
from vmss_sdk.emulator.arm.without_effect import said
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.writing.virtual_machine import StandaloneVirtualMachine
from vmss_sdk.models import VirtualMachine

__all__ = ["change", "make"]


def make(call: Call, body: Document) -> Reply:
    """Make a virtual machine that belongs to no scale set: 201."""
    if "location" in body:
        body["location"] = check_location(call, body["location"], MACHINE_TYPE)
    check_references(call, body, disks_in_use(call))
    state = call.state
    machine, operation = StandaloneVirtualMachine.make(
        body,
        subscription_id=call.subscription_id,
        resource_group=state.group(call.subscription_id, call.values["resourceGroupName"]).name,
        name=call.values["vmName"],
        now=state.now,
        settings=state.settings,
        images=state.images,
        handlers=state.handlers,
        catalogue=state.catalogue,
        serial=state.writes,
    )
    state.add_machine(machine)
    reply = started(call, machine, operation, 201, machine_document(machine, machine.instance))
    return said(reply, machine, VirtualMachine, body)


def change(call: Call, machine: StandaloneVirtualMachine, body: Document) -> Reply:
    """Merge a body into a virtual machine that belongs to no scale set: 200."""
    there = str(machine.document["location"])
    if "location" in body:
        if not same_place(body["location"], there):
            facts = {"name": machine.name, "location": there, "wanted": body["location"]}
            raise ArmError.of(ErrorReason.LOCATION_FIXED, **facts, group=machine.resource_group)
        body["location"] = there
    taken = disks_in_use(call)
    check_references(call, body, taken)
    operation = machine.change(body, taken, disk_limit(machine, machine.instance))
    document = machine_document(machine, machine.instance)
    document["properties"]["provisioningState"] = "Updating"
    return said(started(call, machine, operation, 200, document, retry=False), machine, VirtualMachine, body)
