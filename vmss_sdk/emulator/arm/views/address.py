"""The address of a machine: inside its scale set, or as a resource of its own."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["Address", "machine_address", "member_address"]

_MEMBER_TYPE = f"{SCALE_SET_TYPE}/virtualMachines"
_MACHINE_TYPE = "Microsoft.Compute/virtualMachines"


@attrs.frozen
class Address:
    """A machine as a resource: its id and its type."""

    id: str
    type: str


def member_address(scale_set: ScaleSet, instance: Instance) -> Address:
    """An instance inside its scale set."""
    return Address(f"{scale_set.id}/virtualMachines/{instance.id}", _MEMBER_TYPE)


def machine_address(scale_set: ScaleSet, instance: Instance) -> Address:
    """A virtual machine of its own."""
    return Address(f"{scale_set.provider_id}/virtualMachines/{instance.name}", _MACHINE_TYPE)
