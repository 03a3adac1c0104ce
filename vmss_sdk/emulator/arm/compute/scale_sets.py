"""Scale sets: create, change, read, list, delete (wire.md 3.1-3.9)."""

from __future__ import annotations

import re

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.identity import check_identity
from vmss_sdk.emulator.arm.conditions import check_conditions
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.locations import is_location, plain, region_names, same_place
from vmss_sdk.emulator.arm.long_running import accepted, started
from vmss_sdk.emulator.arm.replies import Reply, etag
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.arm.views.scale_set import scale_set_document, scale_set_instance_view, skus
from vmss_sdk.emulator.arm.without_effect import said
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.models import Model, VirtualMachineScaleSet, VirtualMachineScaleSetUpdate

__all__ = [
    "check_location",
    "delete",
    "get",
    "get_instance_view",
    "is_resource_name",
    "list_all",
    "list_in_group",
    "list_in_location",
    "list_skus",
    "patch",
    "put",
]

_NAME = re.compile(r"[A-Za-z0-9](?:[\w.-]{0,62}[A-Za-z0-9_])?", re.ASCII)


def is_resource_name(name: str) -> bool:
    """Whether a scale set or a virtual machine can be called so."""
    return _NAME.fullmatch(name) is not None


def put(call: Call) -> Reply:
    """Create a scale set (201), or merge a document into it (200)."""
    subscription_id, group, name = _address(call)
    resource_group = call.state.group(subscription_id, group)
    if resource_group.deletion is not None:
        raise ArmError.of(ErrorReason.GROUP_DELETING, group=group)
    existing = call.state.find_scale_set(subscription_id, group, name)
    check_conditions(call.request.headers, existing.etag if existing else None)
    if existing is None and not is_resource_name(name):
        raise ArmError.of(ErrorReason.RESOURCE_NAME_INVALID, name=name)
    check_identity(call.request)
    body = request_body.read(call.request, VirtualMachineScaleSet, "vmss")
    if existing is None:
        return _create(call, resource_group.name, body)
    _keep_location(existing, body)
    return _change(call, existing, body, VirtualMachineScaleSet)


def patch(call: Call) -> Reply:
    """Merge an update into a scale set; it may have fewer members than a PUT."""
    scale_set = call.scale_set()
    check_conditions(call.request.headers, scale_set.etag)
    check_identity(call.request)
    body = request_body.read(call.request, VirtualMachineScaleSetUpdate, "vmss")
    return _change(call, scale_set, body, VirtualMachineScaleSetUpdate)


def get(call: Call) -> Reply:
    """A scale set; its user data with ``$expand=userData`` only."""
    scale_set = call.scale_set()
    user_data = "userdata" in call.query.get("$expand", "").lower()
    return Reply(200, scale_set_document(scale_set, user_data=user_data), {"ETag": etag(scale_set.etag)})


def list_in_group(call: Call) -> Reply:
    """The scale sets of a resource group."""
    group = call.state.group(call.subscription_id, call.values["resourceGroupName"])
    found = call.state.scale_sets_of(call.subscription_id, group.name)
    return Reply(200, {"value": [scale_set_document(scale_set) for scale_set in found]})


def list_all(call: Call) -> Reply:
    """The scale sets of a subscription; resource groups in upper case in the ids, as on Azure (wire.md 3.6)."""
    found = call.state.scale_sets_of(call.subscription_id)
    return Reply(200, {"value": [scale_set_document(scale_set, upper_group=True) for scale_set in found]})


def list_in_location(call: Call) -> Reply:
    """The scale sets of a subscription in one region; CHOICE: as in the subscription's list, it was never recorded."""
    place = call.values["location"]
    check_location(call, place)
    here = [found for found in call.state.scale_sets_of(call.subscription_id) if _is_in(found, place)]
    return Reply(200, {"value": [scale_set_document(scale_set, upper_group=True) for scale_set in here]})


def delete(call: Call) -> Reply:
    """Delete a scale set with its instances; 204 when there is none."""
    subscription_id, group, name = _address(call)
    call.state.group(subscription_id, group)
    scale_set = call.state.find_scale_set(subscription_id, group, name)
    if scale_set is None:
        return Reply(204)
    check_conditions(call.request.headers, scale_set.etag)
    if scale_set.deletion is not None:  # CHOICE: asked for again, it is the same operation
        return accepted(call, scale_set, scale_set.operations[scale_set.deletion], retry=True)
    operation = scale_set.delete(force=call.flag("forceDeletion"))
    return accepted(call, scale_set, operation, retry=True)


def get_instance_view(call: Call) -> Reply:
    """How many instances are in which state; not on a Flexible scale set (wire.md 3.8)."""
    scale_set = call.scale_set()
    if scale_set.flexible:
        operation = "instanceView.GET"
        raise ArmError.of(ErrorReason.NOT_ON_FLEXIBLE, operation=operation, scale_set=scale_set.name)
    return Reply(200, scale_set_instance_view(scale_set))


def list_skus(call: Call) -> Reply:
    """The sizes a scale set may have."""
    return Reply(200, {"value": skus(call.scale_set())})


def _address(call: Call) -> tuple[str, str, str]:
    return call.subscription_id, call.values["resourceGroupName"], call.values["vmScaleSetName"]


def _create(call: Call, group: str, body: Document) -> Reply:
    if "location" in body:
        body["location"] = check_location(call, body["location"])
    scale_set, operation = ScaleSet.create(
        body,
        subscription_id=call.subscription_id,
        resource_group=group,
        name=call.values["vmScaleSetName"],
        now=call.state.now,
        settings=call.state.settings,
        images=call.state.images,
        handlers=call.state.handlers,
        catalogue=call.state.catalogue,
        serial=call.state.writes,
    )
    call.state.add_scale_set(scale_set)
    reply = started(call, scale_set, operation, 201, scale_set_document(scale_set))
    return said(reply, scale_set, VirtualMachineScaleSet, body)


def _change(call: Call, scale_set: ScaleSet, body: Document, model: type[Model]) -> Reply:
    operation = scale_set.put(body)
    document = scale_set_document(scale_set)
    document["properties"]["provisioningState"] = "Updating"  # even while it is being created (wire.md 3.2)
    return said(started(call, scale_set, operation, 200, document), scale_set, model, body)


def _is_in(scale_set: ScaleSet, place: str) -> bool:
    return same_place(str(scale_set.document["location"]), place)


def _keep_location(scale_set: ScaleSet, body: Document) -> None:
    """The same place in another spelling is no change; another place is refused."""
    there, wanted = str(scale_set.document["location"]), body.get("location")
    if wanted is None:
        return
    if not same_place(wanted, there):
        facts = {"name": scale_set.name, "location": there, "group": scale_set.resource_group, "wanted": wanted}
        raise ArmError.of(ErrorReason.LOCATION_FIXED, **facts)
    body["location"] = there


def check_location(call: Call, name: str, kind: str = SCALE_SET_TYPE) -> str:
    """The region of this name as Azure writes it.

    Raises:
        ArmError: There is none for resources of this type.
    """
    if not is_location(name, call.state.settings.catalogue):
        raise ArmError.of(ErrorReason.LOCATION_UNKNOWN, location=name, type=kind, regions=region_names())
    return plain(name)
