"""Computed members of network resources, disks and availability sets: what is attached to them now."""

from __future__ import annotations

from typing import Any

import attrs

from vmss_sdk.emulator.arm.network.attached import (
    configurations,
    ids,
    interfaces,
    kept_configurations,
    same,
)
from vmss_sdk.emulator.arm.network.balancers import balancer_properties, without_made, without_made_backends
from vmss_sdk.emulator.arm.network.interfaces import machine_of_interface
from vmss_sdk.emulator.arm.resources.address import Address, parse
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.arm.resources.machine_disks import DISK_TYPE, holder_of_disk
from vmss_sdk.emulator.arm.resources.store import Resource
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.common.documents import get_path

__all__ = ["made_child", "shown", "without_attached"]

Document = dict[str, Any]

_BALANCER = "Microsoft.Network/loadBalancers"
_NETWORK = "Microsoft.Network/virtualNetworks"
_ADDRESS = "Microsoft.Network/publicIPAddresses"
_INTERFACE = "Microsoft.Network/networkInterfaces"
_SECURITY_GROUP = "Microsoft.Network/networkSecurityGroups"
_AVAILABILITY_SET = "Microsoft.Compute/availabilitySets"
_HOLDERS = (_BALANCER, _NETWORK)


def shown(state: State, found: Resource) -> Document:
    """The whole resource, as a GET shows it."""
    document = found.shown()
    if found.type == DISK_TYPE and "managedBy" not in document:
        return {**document, **_held(state, found)}
    if found.type == _AVAILABILITY_SET:
        return {**document, "properties": {**document["properties"], "virtualMachines": _members(state, found)}}
    if found.type in _HOLDERS or found.type in (_ADDRESS, _SECURITY_GROUP, _INTERFACE):
        return {**document, "properties": _properties(state, found)}
    address = parse(found.id) if found.type.startswith(_HOLDERS) else None
    item = None if address is None else _item(state, address)
    return document if item is None else {**document, "properties": item["properties"]}


def _members(state: State, found: Resource) -> list[Document]:
    """References to the virtual machines that name an availability set; empty, not absent, if none does."""
    named = [(machine.id, get_path(machine.document, "properties.availabilitySet")) for machine in state.machines_of()]
    return ids([resource_id for resource_id, reference in named if same(reference, found.id)])


def _held(state: State, found: Resource) -> Document:
    """Who has a kept disk."""
    holder = holder_of_disk(state.aggregates_of(found.id.split("/")[2]), found.id)
    if holder is None:
        return {}
    return {"managedBy": holder, "properties": {**found.shown()["properties"], "diskState": "Attached"}}


def made_child(state: State, address: Address) -> Resource | None:
    """A child that the service makes for an instance, such as the rule of a NAT pool; None: there is none."""
    item = _item(state, address) if address.type.startswith(_HOLDERS) and not address.is_collection else None
    if item is None:
        return None
    return Resource(id=item["id"], type=address.type, document={"properties": item["properties"]}, etag=1)


def without_attached(kind: str, body: Document) -> Document:
    """A body without what only tells who is attached, which clients write back as they read it."""
    parent, _, collection = kind.rpartition("/")
    own, outer = known_type(kind), known_type(parent)
    properties = body.get("properties")
    if not isinstance(properties, dict):
        return body
    properties = _without(properties, own.attached.get("", ()) if own else ())
    properties = _without(properties, outer.attached.get(collection, ()) if outer else ())
    for name, members in own.attached.items() if own else ():
        if name and isinstance(properties.get(name), list):
            properties[name] = [_item_without(item, members) for item in properties[name]]
    if kind == _BALANCER:
        without_made(properties)
    if kind == f"{_BALANCER}/backendAddressPools":
        without_made_backends(properties)
    return {**body, "properties": properties}


def _without(properties: Document, members: tuple[str, ...]) -> Document:
    return {name: value for name, value in properties.items() if name not in members}


def _item_without(item: Any, members: tuple[str, ...]) -> Any:
    if not isinstance(item, dict) or not isinstance(item.get("properties"), dict):
        return item
    return {**item, "properties": _without(item["properties"], members)}


def _item(state: State, address: Address) -> Document | None:
    """An item of a parent's array, with what is attached to it."""
    parent = address.parent
    owner = None if parent is None else state.resources.find(parent)
    if owner is None or owner.type not in _HOLDERS:
        return None
    items = _properties(state, owner).get(address.type.rpartition("/")[2]) or ()
    return next((item for item in items if str(item.get("name", "")).lower() == address.name.lower()), None)


def _properties(state: State, found: Resource) -> Document:
    properties = dict(found.shown()["properties"])
    if found.type == _BALANCER:
        return balancer_properties(state, attrs.evolve(found, document={**found.document, "properties": properties}))
    if found.type == _NETWORK:
        return {**properties, "subnets": _subnets(state, found, properties.get("subnets") or [])}
    if found.type == _INTERFACE:
        machine = machine_of_interface(state, found.id)
        return properties if machine is None else {**properties, "virtualMachine": {"id": machine}, "primary": True}
    if found.type == _ADDRESS:
        holder = next(
            (each for each in _kept(state, found) if same(_reference(each, "publicIPAddress"), found.id)), None
        )
        return properties if holder is None else {**properties, "ipConfiguration": {"id": holder["id"]}}
    return {**properties, **_secured(state, found)}


def _kept(state: State, found: Resource) -> list[Document]:
    return list(kept_configurations(state, found.id.split("/")[2]))


def _reference(item: Document, member: str) -> Any:
    return (item.get("properties") or {}).get(member)


def _subnets(state: State, found: Resource, subnets: list[Document]) -> list[Document]:
    held = [(each.properties.get("subnet"), each.id) for each in configurations(state, found.id)]
    held += [(_reference(each, "subnet"), each["id"]) for each in _kept(state, found) if "id" in each]
    shown_ = []
    for subnet in subnets:
        inside = [resource_id for reference, resource_id in held if same(reference, str(subnet.get("id")))]
        own = dict(subnet.get("properties") or {}, **({"ipConfigurations": ids(inside)} if inside else {}))
        shown_.append({**subnet, "properties": own})
    return shown_


def _secured(state: State, found: Resource) -> Document:
    """The interfaces and the subnets that a security group is for."""
    nics = [nic["id"] for nic in interfaces(state, found.id) if same(_reference(nic, "networkSecurityGroup"), found.id)]
    subnets = [
        subnet["id"]
        for network in state.resources.of(found.id.split("/")[2])
        if network.type == _NETWORK
        for subnet in network.document["properties"].get("subnets") or ()
        if same(_reference(subnet, "networkSecurityGroup"), found.id)
    ]
    return {name: ids(held) for name, held in (("networkInterfaces", nics), ("subnets", subnets)) if held}
