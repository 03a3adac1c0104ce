"""An extension as Azure shows it: of a scale set's model (wire.md 3.30), or on one instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.arm.views.common import arrange
from vmss_sdk.emulator.arm.views.order import SET_EXTENSION
from vmss_sdk.emulator.engine.extensions import name_of
from vmss_sdk.emulator.engine.set_extensions import extension_state

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["set_extension_document"]

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
