"""Changes that PATCH of a scale set does not accept: the whole model is read, changed and written with PUT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call
    from vmss_sdk.models import VirtualMachineScaleSet
    from vmss_sdk.operation import Operation

__all__ = ["update_model", "virtual_machine_profile"]


def update_model(call: Call, change: Callable[[dict[str, Any]], None]) -> Operation[VirtualMachineScaleSet]:
    """Read the scale set, change its properties in place, and write it.

    Args:
        call: Which scale set.
        change: Gets ``properties`` as they are on the wire.
    """
    found = call.scale_set.get().copy()
    properties = found.wire.setdefault("properties", {})
    change(properties)
    # A reader of the scale set need not be a reader of its image, and would be refused; what is not sent stays.
    properties.get("virtualMachineProfile", {}).get("storageProfile", {}).pop("imageReference", None)
    return call.scale_set.create_or_update(found)


def virtual_machine_profile(properties: dict[str, Any]) -> dict[str, Any]:
    """The virtual machine profile, which a Flexible scale set need not have."""
    found: dict[str, Any] = properties.setdefault("virtualMachineProfile", {})
    return found
