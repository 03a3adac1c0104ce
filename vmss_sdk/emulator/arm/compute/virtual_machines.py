"""Virtual machines (Microsoft.Compute/virtualMachines): of Flexible scale sets, and of none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vmss_sdk.emulator.arm import paging, request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute import standalone_machines
from vmss_sdk.emulator.arm.compute.actions import Actions, Named
from vmss_sdk.emulator.arm.compute.disk_facts import disk_limit, disks_in_use
from vmss_sdk.emulator.arm.compute.identity import check_identity
from vmss_sdk.emulator.arm.compute.reimage_options import options_of
from vmss_sdk.emulator.arm.compute.scale_sets import check_location, is_resource_name
from vmss_sdk.emulator.arm.conditions import check_conditions
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.locations import same_place
from vmss_sdk.emulator.arm.long_running import started
from vmss_sdk.emulator.arm.replies import Reply, etag
from vmss_sdk.emulator.arm.state import MACHINE_TYPE
from vmss_sdk.emulator.arm.views.instance import machine_document
from vmss_sdk.emulator.arm.views.instance_view import instance_view
from vmss_sdk.emulator.arm.without_effect import said
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.fleet.attach import attach
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.instance_model import update_instance
from vmss_sdk.emulator.engine.work.reimage import reimage as reimage_instances
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.emulator.engine.writing.virtual_machine import StandaloneVirtualMachine
from vmss_sdk.models import VirtualMachine, VirtualMachineReimageParameters, VirtualMachineUpdate

__all__ = [
    "delete",
    "get",
    "get_instance_view",
    "list_all",
    "list_in_group",
    "list_in_location",
    "machine",
    "on_machine",
    "patch",
    "put",
    "reimage",
]

Machine = tuple[ScaleSet, Instance]

_SET_ID = re.compile(r"(.+)/providers/Microsoft\.Compute/virtualMachineScaleSets/([^/]+)", re.IGNORECASE)
_OF_SET = re.compile(r"'?virtualMachineScaleSet/id'?\s+eq\s+'([^']*)'", re.IGNORECASE)


def get(call: Call) -> Reply:
    """A virtual machine; ``$expand`` knows instanceView and userData."""
    scale_set, instance = machine(call)
    expand = call.query.get("$expand", "").lower()
    document = machine_document(scale_set, instance, runtime="instanceview" in expand, user_data="userdata" in expand)
    return Reply(200, document, {"ETag": etag(instance.etag)})


def get_instance_view(call: Call) -> Reply:
    """How a virtual machine is doing."""
    return Reply(200, instance_view(*machine(call)))


def list_in_group(call: Call) -> Reply:
    """The virtual machines of a resource group; ``$filter`` by scale set is known."""
    group = call.state.group(call.subscription_id, call.values["resourceGroupName"])
    return _list(call, group.name)


def list_all(call: Call) -> Reply:
    """The virtual machines of a subscription."""
    return _list(call, None)


def list_in_location(call: Call) -> Reply:
    """The virtual machines of a subscription in one region."""
    check_location(call, call.values["location"], MACHINE_TYPE)
    return _list(call, None, call.values["location"])


def _named(call: Call) -> Named:
    scale_set, instance = machine(call)
    return scale_set, [instance.id], Scope.INSTANCE


on_machine = Actions(_named)
"""On the virtual machine in the path."""


def reimage(call: Call) -> Reply:
    """Give a virtual machine a fresh OS disk."""
    parameters = request_body.read_optional(call.request, VirtualMachineReimageParameters, "parameters")
    return on_machine.act(call, reimage_instances, options=options_of(parameters, single=True))


def put(call: Call) -> Reply:
    """Make a virtual machine (201), in the Flexible scale set that its body names or in none; or change one (200)."""
    group = call.state.group(call.subscription_id, call.values["resourceGroupName"])
    if group.deletion is not None:
        raise ArmError.of(ErrorReason.GROUP_DELETING, group=group.name)
    found = _find(call)
    check_conditions(call.request.headers, found[1].etag if found else None)
    check_identity(call.request)
    body = request_body.read(call.request, VirtualMachine, "parameters")
    if found is None:
        return _make(call, body)
    return _change(call, *found, body)


def patch(call: Call) -> Reply:
    """Change a virtual machine; what is not sent stays."""
    scale_set, instance = machine(call)
    check_conditions(call.request.headers, instance.etag)
    check_identity(call.request)
    return _change(call, scale_set, instance, request_body.read(call.request, VirtualMachineUpdate, "parameters"))


def _change(call: Call, scale_set: ScaleSet, instance: Instance, body: Document) -> Reply:
    properties = body.setdefault("properties", {})
    wanted = get_path(properties, "virtualMachineScaleSet.id")
    if isinstance(scale_set, StandaloneVirtualMachine):
        if wanted is not None:
            raise ArmError.of(
                ErrorReason.VM_SCALE_SET_FIXED, vm=instance.name, scale_set="no Virtual Machine Scale Set"
            )
        return standalone_machines.change(call, scale_set, body)
    if _is_detached(call):
        raise ArmError.of(ErrorReason.VM_SCALE_SET_FIXED, vm=instance.name, scale_set=f"'{scale_set.name}'")
    if wanted is not None and wanted.lower() != scale_set.id.lower():
        raise ArmError.of(ErrorReason.VM_SCALE_SET_FIXED, vm=instance.name, scale_set=f"'{scale_set.name}'")
    properties.pop("virtualMachineScaleSet", None)
    operation = update_instance(scale_set, instance, body, disks_in_use(call), disk_limit(scale_set, instance))
    reply = started(call, scale_set, operation, 200, machine_document(scale_set, instance), retry=False)
    return said(reply, scale_set, VirtualMachine, body)


def _is_detached(call: Call) -> bool:
    """Whether a body takes the machine out of its scale set: the member is there, and null."""
    body = request_body.decode(call.request)
    properties = next((value for name, value in body.items() if name.lower() == "properties"), None)
    members = properties.items() if isinstance(properties, dict) else ()
    return any(name.lower() == "virtualmachinescaleset" and value is None for name, value in members)


def _make(call: Call, body: Document) -> Reply:
    name = call.values["vmName"]
    if not is_resource_name(name):
        raise ArmError.of(ErrorReason.RESOURCE_NAME_INVALID, name=name)
    wanted = get_path(body, "properties.virtualMachineScaleSet.id")
    if wanted is None:
        return standalone_machines.make(call, body)
    scale_set = _named_set(call, wanted)
    location = body.get("location")
    if location is not None and not same_place(location, str(scale_set.document["location"])):
        facts = {"name": scale_set.name, "location": scale_set.document["location"]}
        raise ArmError.of(ErrorReason.LOCATION_FIXED, **facts, group=scale_set.resource_group, wanted=location)
    operation = attach(scale_set, name, body)
    document = machine_document(scale_set, scale_set.instances[name])
    return said(started(call, scale_set, operation, 201, document), scale_set, VirtualMachine, body)


def _named_set(call: Call, wanted: str) -> ScaleSet:
    """The scale set that a body names. CHOICE: it has to be in the same resource group."""
    match = _SET_ID.fullmatch(wanted)
    group = call.state.group(call.subscription_id, call.values["resourceGroupName"])
    if match is None or match[1].lower() != group.id.lower():
        raise ArmError.of(
            ErrorReason.UNKNOWN_WORD, parameter="virtualMachineScaleSet.id", target="virtualMachineScaleSet.id"
        )
    return call.state.scale_set(call.subscription_id, group.name, match[2])


def delete(call: Call) -> Reply:
    """Delete a virtual machine; 204 when there is none."""
    call.state.group(call.subscription_id, call.values["resourceGroupName"])
    call.flag("forceDeletion")
    return Reply(204) if _find(call) is None else on_machine.act(call, lifecycle.delete_instances)


def machine(call: Call) -> Machine:
    """The virtual machine in the path, with its scale set.

    Raises:
        ArmError: It or its resource group does not exist.
    """
    group = call.values["resourceGroupName"]
    call.state.group(call.subscription_id, group)
    found = _find(call)
    if found is None:
        raise ArmError.of(ErrorReason.RESOURCE_NOT_FOUND, type=MACHINE_TYPE, name=call.values["vmName"], group=group)
    return found


def _find(call: Call) -> Machine | None:
    wanted = call.values["vmName"].lower()
    machines = _machines(call, call.values["resourceGroupName"])
    return next((found for found in machines if found[1].name.lower() == wanted), None)


def _machines(call: Call, group: str | None) -> Iterator[Machine]:
    for scale_set in call.state.aggregates_of(call.subscription_id, group):
        if scale_set.flexible:
            for instance in list(scale_set.instances.values()):
                yield scale_set, instance


def _list(call: Call, group: str | None, place: str | None = None) -> Reply:
    wanted = _scale_set_id(call.query.get("$filter"))
    found = [item for item in _machines(call, group) if wanted is None or item[0].id.lower() == wanted.lower()]
    if place is not None:
        found = [item for item in found if same_place(str(item[0].document["location"]), place)]
    page, rest = paging.page(call, found, lambda found: found[1].name)
    runtime = "instanceview" in call.query.get("$expand", "").lower()
    body: dict[str, Any] = {"value": [machine_document(*item, runtime=runtime) for item in page]}
    if rest is not None:
        body["nextLink"] = rest
    return Reply(200, body)


def _scale_set_id(text: str | None) -> str | None:
    if not text:
        return None
    match = _OF_SET.fullmatch(text.strip())
    if match is None:
        why = "expected 'virtualMachineScaleSet/id' eq '<resource id>'."
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=why)
    return match[1]
