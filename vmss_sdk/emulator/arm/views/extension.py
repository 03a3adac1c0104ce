"""An extension as Azure shows it: of a scale set's model (wire.md 3.30), or of an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.arm.views.common import arrange
from vmss_sdk.emulator.arm.views.instance_view import extension_view
from vmss_sdk.emulator.arm.views.order import INSTANCE_EXTENSION, SET_EXTENSION
from vmss_sdk.emulator.engine.guest.instance_extensions import instance_extension_state, instance_extensions
from vmss_sdk.emulator.engine.model.extensions import name_of
from vmss_sdk.emulator.engine.writing.set_extensions import extension_state

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.views.address import Address
    from vmss_sdk.emulator.engine.record.instance import Instance
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["instance_extension_document", "instance_resources", "set_extension_document"]

Document = dict[str, Any]


def set_extension_document(scale_set: ScaleSet, extension: Document) -> Document:
    """An extension of the model, without its protected settings."""
    name = name_of(extension)
    state = extension_state(scale_set, name).value
    return {
        "name": name,
        "id": f"{scale_set.id}/extensions/{name}",
        "type": f"{SCALE_SET_TYPE}/extensions",
        "properties": arrange({**extension["properties"], "provisioningState": state}, SET_EXTENSION),
    }


def instance_extension_document(
    scale_set: ScaleSet, instance: Instance, extension: Document, address: Address, *, runtime: bool = False
) -> Document:
    """An extension of an instance, without its protected settings.

    Args:
        scale_set: Whose instance.
        instance: Which.
        extension: Which of its extensions.
        address: The instance's own id and type, inside the scale set or as a virtual machine.
        runtime: Whether to show its instance view as well.
    """
    name = name_of(extension)
    document: Document = {
        "name": name,
        "id": f"{address.id}/extensions/{name}",
        "type": f"{address.type}/extensions",
        "location": scale_set.document["location"],
    }
    if "tags" in extension:
        document["tags"] = extension["tags"]
    state = instance_extension_state(instance, name).value
    properties = {**extension.get("properties", {}), "provisioningState": state}
    if runtime:
        properties["instanceView"] = extension_view(instance, extension)
    return {**document, "properties": arrange(properties, INSTANCE_EXTENSION)}


def instance_resources(scale_set: ScaleSet, instance: Instance, address: Address) -> list[Document]:
    """The ``resources`` of an instance: its extensions, under the address of its virtual machine (recorded)."""
    return [
        instance_extension_document(scale_set, instance, extension, address)
        for extension in instance_extensions(scale_set, instance)
    ]
