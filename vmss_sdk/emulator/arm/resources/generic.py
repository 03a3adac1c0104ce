"""Resources of the providers that are not emulated: they are kept and shown, with what their table says of them."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

import attrs

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.conditions import check_conditions
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.locations import is_location, plain, region_names, same_place
from vmss_sdk.emulator.arm.network import live
from vmss_sdk.emulator.arm.network.interfaces import machine_of_interface, made_for_machines
from vmss_sdk.emulator.arm.path import Path
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources import actions, names
from vmss_sdk.emulator.arm.resources.address import Address, address_of
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.arm.resources.lookup import asked_address, check_parents, existing, shown
from vmss_sdk.emulator.arm.resources.machine_disks import DISK_TYPE, disks_of_machines, holder_of_disk
from vmss_sdk.emulator.arm.resources.shapes import check_shape
from vmss_sdk.emulator.arm.resources.store import Resource, with_canonical_members
from vmss_sdk.emulator.arm.routing import Match, MethodNotRoutedError, PathNotRoutedError, Route
from vmss_sdk.emulator.arm.without_effect import noted
from vmss_sdk.emulator.engine.record.operation import Operation

__all__ = ["delete", "exists", "get", "list_all", "match", "patch", "put"]

Document = dict[str, Any]

_ACCEPTED = 202
_NAME = re.compile(r"[^<>%&\\?/#\x00-\x1f]{1,260}")
_TYPE = re.compile(r"[A-Za-z][\w.]*(?:/[A-Za-z][\w.-]*)+", re.ASCII)


def match(method: str, path: Path, served: frozenset[str]) -> Match:
    """What a path is that is in no table: a resource that is only kept, or a type of such.

    Args:
        method: GET, PUT …
        path: The path.
        served: The types (of the first level, in lower case) that have routes of their own.

    Raises:
        PathNotRoutedError: It is no path of a resource, or of a type with routes of its own.
        MethodNotRoutedError: Such paths have not this method.
    """
    address = address_of(path.segments)
    if address is None or f"{address.namespace}/{address.types[0]}".lower() in served:
        raise PathNotRoutedError(path.text)
    if not _TYPE.fullmatch(address.type):
        raise PathNotRoutedError(path.text)
    routes = _COLLECTION if address.is_collection else _RESOURCE
    if method not in routes:
        raise MethodNotRoutedError(tuple(routes))
    canonical_type = tuple(address.id.split("/")[1:])
    return Match(routes[method], {}, path if canonical_type == path.segments else Path.joined(canonical_type))


def put(call: Call) -> Reply:
    """Create a resource (201) or replace it (200)."""
    address = asked_address(call)
    body = live.without_attached(address.type, _body(call, address))
    group = call.state.group(address.subscription_id, address.group) if address.group else None
    if group is not None and group.deletion is not None:
        raise ArmError.of(ErrorReason.GROUP_DELETING, group=group.name)
    check_parents(call, address)
    found = call.state.resources.find(address)
    check_conditions(call.request.headers, found.etag if found else None)
    if found is None:
        if not _NAME.fullmatch(address.name):
            raise ArmError.of(ErrorReason.KEPT_NAME_INVALID, name=address.name)
        names.check_new(call.state, address)
    _settle_location(call, address, found, body)
    written = call.state.resources.put(address, body, call.state.now)
    known = known_type(address.type)
    if known is not None and known.created == _ACCEPTED:
        return _noted(_accepted(call, written), address)
    created = known.created if known else 201
    return _noted(shown(call, written, created if found is None else 200), address)


def patch(call: Call) -> Reply:
    """Merge changes into a resource."""
    address = asked_address(call)
    found = existing(call, address)
    check_conditions(call.request.headers, found.etag)
    body = live.without_attached(address.type, _body(call, address))
    _settle_location(call, address, found, body)
    return _noted(shown(call, call.state.resources.patch(address, found, body, call.state.now), 200), address)


def get(call: Call) -> Reply:
    """A resource."""
    return shown(call, existing(call, asked_address(call)), 200)


def exists(call: Call) -> Reply:
    """204 when there is such a resource, else 404; no body."""
    try:
        existing(call, asked_address(call))
    except ArmError:
        return Reply(404)
    return Reply(204)


def delete(call: Call) -> Reply:
    """Delete a resource with its children (200); 204 when there is none."""
    address = asked_address(call)
    if address.group:
        call.state.group(address.subscription_id, address.group)
    _refuse_in_use(call, address)
    found = call.state.resources.find(address)
    if found is not None:
        check_conditions(call.request.headers, found.etag)
        call.state.authorization.forget(found.id)
    return Reply(200 if call.state.resources.delete(address) else 204)


def _refuse_in_use(call: Call, address: Address) -> None:
    """What a machine has cannot be deleted before it (reported)."""
    if address.type == DISK_TYPE:
        holder = holder_of_disk(call.state.aggregates_of(address.subscription_id), address.id)
        if holder is not None:
            raise ArmError.of(ErrorReason.DISK_ATTACHED, disk=address.name, vm=holder)
    elif address.type == "Microsoft.Network/networkInterfaces":
        holder = machine_of_interface(call.state, address.id)
        if holder is not None:
            raise ArmError.of(ErrorReason.NIC_IN_USE, nic=address.id, vm=holder)


def list_all(call: Call) -> Reply:
    """The resources of a type, in a group, in a subscription, or of a parent."""
    address = asked_address(call)
    if address.group:
        call.state.group(address.subscription_id, address.group)
    check_parents(call, address)
    kept = call.state.resources.within(address)
    known = {found.id.lower() for found in kept}
    machines = call.state.machines_of(address.subscription_id, address.group or None)
    of_machines = chain(made_for_machines(call.state, address), disks_of_machines(machines, address))
    made = [found for found in of_machines if found.id.lower() not in known]
    return Reply(200, {"value": [live.shown(call.state, found) for found in (*kept, *made)]})


_RESOURCE = {
    "PUT": Route("PUT", "/{scope}/providers/{namespace}/{type}/{name}", put),
    "GET": Route("GET", "/{scope}/providers/{namespace}/{type}/{name}", get),
    "PATCH": Route("PATCH", "/{scope}/providers/{namespace}/{type}/{name}", patch),
    "DELETE": Route("DELETE", "/{scope}/providers/{namespace}/{type}/{name}", delete),
    "HEAD": Route("HEAD", "/{scope}/providers/{namespace}/{type}/{name}", exists),
}
_COLLECTION = {
    "GET": Route("GET", "/{scope}/providers/{namespace}/{type}", list_all),
    "POST": Route("POST", "/{scope}/providers/{namespace}/{type}", actions.post),
}


def _noted(reply: Reply, address: Address) -> Reply:
    known = known_type(address.type)
    return noted(reply, [f"{known.name} is kept without effect: {known.note}."] if known and known.note else ())


def _settle_location(call: Call, address: Address, found: Resource | None, body: Document) -> None:
    wanted = body.get("location")
    there = found.location if found else None
    if wanted is None:
        if there is not None:
            body["location"] = there
        return
    if not isinstance(wanted, str) or not is_location(wanted, call.state.settings.catalogue, physical=False):
        raise ArmError.of(ErrorReason.LOCATION_UNKNOWN, location=wanted, type=address.type, regions=region_names())
    if there is not None and not same_place(wanted, there):
        raise ArmError.of(
            ErrorReason.LOCATION_FIXED, name=address.name, location=there, group=address.group, wanted=wanted
        )
    body["location"] = there or plain(wanted)


def _body(call: Call, address: Address) -> Document:
    body = with_canonical_members(request_body.read_any(call.request))
    check_shape(body, address.type)
    return body


def _accepted(call: Call, written: Resource) -> Reply:
    """The answer of types whose PUT is always a long-running operation. CHOICE: it has ended when it is asked for."""
    operation = Operation(call.request_id, "write", call.state.now, ended_at=call.state.now)
    call.state.remember(written.id.split("/")[2], operation)
    place = ("providers", "Microsoft.Compute", "locations", str(written.location), "operations", operation.id)
    url = f"{call.link('subscriptions', written.id.split('/')[2], *place)}?api-version={call.api_version}"
    reply = shown(call, written, _ACCEPTED)
    return attrs.evolve(reply, headers={**reply.headers, "Azure-AsyncOperation": url})
