"""Twins: a scale set that was captured elsewhere is brought up in the state in which it was."""

from __future__ import annotations

import re
from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.control.input import members, refuse
from vmss_sdk.emulator.arm.control.twin_instances import add_instances
from vmss_sdk.emulator.arm.control.twin_times import moment
from vmss_sdk.emulator.arm.control.twin_upgrade import add_upgrade
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.state import ResourceGroup, State
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.platform.images import image_key, stated_version
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.models import VirtualMachineScaleSet
from vmss_sdk.models.schema import Node, schema

__all__ = ["VERSION", "load"]

Document = dict[str, Any]

VERSION = 1
"""Of the document that a twin is."""

_ID = re.compile(
    r"/subscriptions/(?P<subscription>[^/]+)/resourceGroups/(?P<group>[^/]+)/providers/Microsoft\.Compute"
    r"/virtualMachineScaleSets/(?P<name>[^/]+)",
    re.IGNORECASE,
)
_NOT_TOLD = "sealed:not told"
_IMAGE = "properties.virtualMachineProfile.storageProfile.imageReference"


def load(call: Call) -> Reply:
    """Bring a twin up: 201, with what could not be told from it. The resource group is made where there is none."""
    body = members(
        call, "twin", "capturedAt", "scaleSet", "instances", "rollingUpgrade", "imageVersions", "around", "notCaptured"
    )
    if body.get("twin") != VERSION:
        refuse("twin", f"'twin' must be {VERSION}, the version of the document that this emulator reads.")
    document, instances = _object(body, "scaleSet"), body.get("instances") or []
    if not isinstance(instances, list) or not all(isinstance(one, dict) for one in instances):
        refuse("instances", "'instances' must be an array of the scale set's instances.")
    place = _ID.fullmatch(str(document.get("id")))
    if place is None:
        refuse("scaleSet.id", "'scaleSet.id' must be the resource id of a scale set.")
    if call.state.find_scale_set(place["subscription"], place["group"], place["name"]) is not None:
        refuse("scaleSet.id", f"There is a scale set {place['name']} in {place['group']} already: delete it first.")
    _publish(call.state, body.get("imageVersions") or {})
    scale_set = _scale_set(call.state, place, document, instances)
    notes = add_instances(scale_set, instances)
    notes += add_upgrade(scale_set, body.get("rollingUpgrade"))
    call.state.add_scale_set(scale_set)
    return Reply(201, {"id": scale_set.id, "instances": len(scale_set.instances), "notes": notes})


def _object(body: Document, name: str) -> Document:
    value = body.get(name)
    if not isinstance(value, dict) or not isinstance(value.get("properties"), dict):
        refuse(name, f"'{name}' must be the document of a scale set, as a GET shows it.")
    return value


def _publish(state: State, versions: Document) -> None:
    """The versions that an image had, unless they are known here."""
    for image, listed in versions.items():
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            refuse("imageVersions", "'imageVersions' must give an array of versions for each image, the newest last.")
        for version in listed:
            if version not in state.images.known(image):
                state.images.publish(image, version)


def _scale_set(state: State, place: re.Match[str], document: Document, instances: list[Document]) -> ScaleSet:
    group = state.find_group(place["subscription"], place["group"])
    if group is None:
        group = ResourceGroup(
            subscription_id=place["subscription"], name=place["group"], location=str(document.get("location"))
        )
        state.groups[place["subscription"].lower(), place["group"].lower()] = group
    model = _with_password(writable(schema(VirtualMachineScaleSet), document))
    scale_set = ScaleSet.existing(
        model,
        _image_version(state, model, instances),
        subscription_id=place["subscription"],
        resource_group=group.name,
        name=place["name"],
        now=state.now,
        settings=state.settings,
        images=state.images,
        handlers=state.handlers,
        catalogue=state.catalogue,
        serial=state.writes,
    )
    scale_set.unique_id = str(get_path(document, "properties.uniqueId") or scale_set.unique_id)
    created = get_path(document, "properties.timeCreated")
    scale_set.created_at = moment(created, state.now)
    scale_set.last_write_failed = get_path(document, "properties.provisioningState") == "Failed"
    return scale_set


def _with_password(model: Document) -> Document:
    """A login by password has one, which no GET shows: without it every write would be refused."""
    profile = get_path(model, "properties.virtualMachineProfile.osProfile", {})
    by_key = get_path(profile, "linuxConfiguration.disablePasswordAuthentication") is True
    if profile.get("adminUsername") and not by_key:
        profile.setdefault("adminPassword", _NOT_TOLD)
    return model


def _image_version(state: State, model: Document, instances: list[Document]) -> str:
    """What ``latest`` meant when it was written: the version on the instances that have the newest model."""
    reference = get_path(model, _IMAGE, {})
    if stated_version(reference) != "latest":
        return stated_version(reference)
    for one in instances:
        shown = get_path(one, "properties.storageProfile.imageReference", {})
        if get_path(one, "properties.latestModelApplied") and shown.get("exactVersion"):
            return str(shown["exactVersion"])
    return state.images.known(image_key(reference))[-1]


def writable(node: Node, document: Document) -> Document:
    """A document without what only the service sets; members that are not known stay."""
    kept: Document = {}
    for name, value in document.items():
        found = node.find(name)
        if found is None:
            kept[name] = value
        elif not found[1].read_only and value is not None:
            kept[found[0]] = _inside(found[1], value)
    return kept


def _inside(node: Node, value: Any) -> Any:
    if node.kind == "object" and isinstance(value, dict):
        return writable(node, value)
    if node.kind == "array" and node.items is not None and isinstance(value, list):
        return [_inside(node.items, item) for item in value]
    return value
