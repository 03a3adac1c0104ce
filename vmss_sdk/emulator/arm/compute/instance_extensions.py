"""The extensions of instances, and of the virtual machines of Flexible scale sets: list, read, write, remove."""

from __future__ import annotations

from functools import partial

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.places import INSIDE, Place
from vmss_sdk.emulator.arm.compute.set_extensions import check_name
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.long_running import accepted, started
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.routing import Route
from vmss_sdk.emulator.arm.views.extension import instance_extension_document
from vmss_sdk.emulator.arm.without_effect import said
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.guest.instance_extensions import (
    find_installed,
    instance_extensions,
    remove_from_instance,
    write_on_instance,
)
from vmss_sdk.emulator.engine.model.extensions import name_of
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.models import VirtualMachineExtension, VirtualMachineScaleSetVMExtension

__all__ = ["family"]

_NAME = "vmExtensionName"


def family(path: str, place: Place, limits: dict[str, str]) -> tuple[Route, ...]:
    """The routes of a machine's extensions.

    Args:
        path: Of the machine.
        place: How the machine is found.
        limits: The throttling policies, by method.
    """
    one = f"{path}/extensions/{{{_NAME}}}"
    handlers = {"GET": get, "PUT": put, "PATCH": patch, "DELETE": delete}
    listed = Route("GET", f"{path}/extensions", partial(list_all, place), limits["GET"])
    return (listed, *(Route(m, one, partial(handler, place), limits[m]) for m, handler in handlers.items()))


def list_all(place: Place, call: Call) -> Reply:
    """The extensions of a machine, those of its model among them; ``$expand=instanceView`` is known."""
    scale_set, instance = place.find(call)
    found = instance_extensions(scale_set, instance)
    return Reply(200, {"value": [_extension_document(place, call, scale_set, instance, item) for item in found]})


def get(place: Place, call: Call) -> Reply:
    """One extension of a machine; how it is doing with ``$expand=instanceView`` only."""
    scale_set, instance = place.find(call)
    return Reply(200, _extension_document(place, call, scale_set, instance, _existing(call, scale_set, instance)))


def put(place: Place, call: Call) -> Reply:
    """Set an extension on a machine: 201 for a new one, 200 for one that exists."""
    scale_set, instance = place.find(call)
    name = call.values[_NAME]
    status = 201 if find_installed(scale_set, instance, name) is None else 200
    return _write(place, call, name, status)


def patch(place: Place, call: Call) -> Reply:
    """Merge an update into an extension of a machine."""
    scale_set, instance = place.find(call)
    return _write(place, call, name_of(_existing(call, scale_set, instance)), 200)


def delete(place: Place, call: Call) -> Reply:
    """Take an extension away from a machine; 204 when it has none of this name."""
    scale_set, instance = place.find(call)
    found = find_installed(scale_set, instance, call.values[_NAME])
    if found is None:
        return Reply(204)
    return accepted(call, scale_set, remove_from_instance(scale_set, instance, name_of(found)), retry=True)


def _existing(call: Call, scale_set: ScaleSet, instance: Instance) -> Document:
    found = find_installed(scale_set, instance, call.values[_NAME])
    if found is None:
        raise ArmError.of(ErrorReason.ENTITY_NOT_FOUND)
    return found


def _write(place: Place, call: Call, name: str, status: int) -> Reply:
    scale_set, instance = place.find(call)
    model = VirtualMachineScaleSetVMExtension if place is INSIDE else VirtualMachineExtension
    body = request_body.read(call.request, model, "extensionParameters")
    check_name(name, body)
    body.pop("location", None)  # CHOICE: it is the scale set's
    body.get("properties", {}).pop("instanceView", None)  # a state, though the model lets it be sent
    operation = write_on_instance(scale_set, instance, name, body)
    document = _extension_document(place, call, scale_set, instance, find_installed(scale_set, instance, name) or {})
    return said(started(call, scale_set, operation, status, document), scale_set, model, body)


def _extension_document(
    place: Place, call: Call, scale_set: ScaleSet, instance: Instance, extension: Document
) -> Document:
    runtime = "instanceview" in call.query.get("$expand", "").lower()
    address = place.address(scale_set, instance)
    return instance_extension_document(scale_set, instance, extension, address, runtime=runtime)
