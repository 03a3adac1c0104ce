"""Lookup of the stored resource of a request, and its view."""

from __future__ import annotations

from itertools import chain

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem
from vmss_sdk.emulator.arm.network import live
from vmss_sdk.emulator.arm.network.interfaces import made_for_machines
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.address import Address, address_of, parse
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.arm.resources.machine_disks import disks_of_machines
from vmss_sdk.emulator.arm.resources.store import Resource
from vmss_sdk.emulator.arm.routing import PathNotRoutedError
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE

__all__ = ["asked_address", "check_parents", "existing", "shown", "unknown_action"]


def asked_address(call: Call) -> Address:
    """The address in the path, with its resource group spelled as it was created.

    Raises:
        PathNotRoutedError: It is none.
    """
    address = address_of(call.url.path.segments)
    if address is None:
        raise PathNotRoutedError(call.url.path.text)
    group = call.state.find_group(address.subscription_id, address.group) if address.group else None
    return address if group is None else address.in_group(group.name)


def existing(call: Call, address: Address) -> Resource:
    """The resource of an address.

    Raises:
        ArmError: It, its group or its parent does not exist.
    """
    if address.group:
        call.state.group(address.subscription_id, address.group)
    found = call.state.resources.find(address) or live.made_child(call.state, address)
    if found is None:
        machines = call.state.machines_of(address.subscription_id, address.group or None)
        made = chain(made_for_machines(call.state, address), disks_of_machines(machines, address))
        found = next((one for one in made if one.id.lower() == address.id.lower()), None)
    if found is None:
        check_parents(call, address)
        name = "/".join(address.names)
        raise ArmError.of(ErrorReason.RESOURCE_NOT_FOUND, type=address.type, name=name, group=address.group)
    return found


def check_parents(call: Call, address: Address) -> None:
    """See that what a resource is a child or an extension of exists.

    Raises:
        ArmError: It does not.
    """
    parent = address.parent
    if parent is None and address.scope_is_resource:
        parent = parse(address.scope)
    if parent is None:
        return
    if parent.type == SCALE_SET_TYPE:
        call.state.scale_set(parent.subscription_id, parent.group, parent.name, parent=True)
    elif not parent.type.startswith("Microsoft.Compute/virtualMachine") and call.state.resources.find(parent) is None:
        raise ArmError.of(ErrorReason.PARENT_NOT_FOUND, name="/".join(parent.names))


def shown(call: Call, found: Resource, status: int) -> Reply:
    """The answer that has a resource in it."""
    return Reply(status, live.shown(call.state, found), {"ETag": f'W/"{found.etag}"'})


def unknown_action(call: Call, address: Address) -> ArmError:
    """What answers a POST that is no action of its type."""
    namespace, _, kind = address.type.partition("/")
    known = known_type(address.type.rpartition("/")[0])
    supported = ",".join(known.api_versions) if known else ""
    facts = {"type": kind, "namespace": namespace, "version": call.api_version, "supported": supported}
    return ArmError([Problem(ErrorReason.ACTION_UNKNOWN, facts)])
