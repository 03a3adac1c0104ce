"""The extensions of a scale set: list, read, write, remove (wire.md 3.30)."""

from __future__ import annotations

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.long_running import accepted, started
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views.extension import set_extension_document
from vmss_sdk.emulator.arm.without_effect import said
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.emulator.engine.writing.set_extensions import find_extension, remove_extension, write_extension
from vmss_sdk.models import VirtualMachineScaleSetExtension

__all__ = ["check_name", "delete", "get", "list_all", "patch", "put"]

_BODY = "extensionParameters"
# templates give them to any resource; an extension has no place and no tags of its own
_OF_ANY_RESOURCE = frozenset(("location", "tags"))


def list_all(call: Call) -> Reply:
    """The extensions of the model, in its order."""
    scale_set = call.scale_set(parent=True)
    return Reply(200, {"value": [set_extension_document(scale_set, item) for item in scale_set.latest.extensions]})


def get(call: Call) -> Reply:
    """One extension of the model; CHOICE: ``$expand`` adds nothing, there is no such member."""
    scale_set = call.scale_set(parent=True)
    return Reply(200, set_extension_document(scale_set, _existing(call, scale_set)))


def put(call: Call) -> Reply:
    """Add an extension to the model, or merge this into it: 201 in both cases, 57 times of 57 (wire.md 3.30)."""
    scale_set = call.scale_set(parent=True)
    body = request_body.read(call.request, VirtualMachineScaleSetExtension, _BODY, passed_over=_OF_ANY_RESOURCE)
    name = check_name(call.values["vmssExtensionName"], body)
    return _write(call, scale_set, name, body, "Creating")


def patch(call: Call) -> Reply:
    """Merge an update into an extension; it may have fewer members than a PUT."""
    scale_set = call.scale_set(parent=True)
    existing = _existing(call, scale_set)
    body = request_body.read(call.request, VirtualMachineScaleSetExtension, _BODY)
    return _write(call, scale_set, check_name(str(existing["name"]), body), body, "Updating")


def delete(call: Call) -> Reply:
    """Take an extension out of the model; 204 when there is none of this name."""
    scale_set = call.scale_set(parent=True)
    name = call.values["vmssExtensionName"]
    if find_extension(scale_set, name) is None:
        return Reply(204)
    return accepted(call, scale_set, remove_extension(scale_set, name), retry=True)


def check_name(name: str, body: Document) -> str:
    """The name in the path, if the body has no other. CHOICE: another one is refused, not passed over.

    Raises:
        ArmError: The body names another extension.
    """
    if str(body.get("name", name)).lower() != name.lower():
        raise ArmError.of(ErrorReason.UNKNOWN_WORD, parameter="name", target="name")
    return name


def _existing(call: Call, scale_set: ScaleSet) -> Document:
    found = find_extension(scale_set, call.values["vmssExtensionName"])
    if found is None:
        raise ArmError.of(ErrorReason.ENTITY_NOT_FOUND)
    return found


def _write(call: Call, scale_set: ScaleSet, name: str, body: Document, state: str) -> Reply:
    operation = write_extension(scale_set, name, body)
    document = set_extension_document(scale_set, find_extension(scale_set, name) or {})
    document["properties"]["provisioningState"] = state  # recorded, even for one that changes nothing
    reply = started(call, scale_set, operation, 201, document)
    return said(reply, scale_set, VirtualMachineScaleSetExtension, body)
