"""Addresses of machines: inside a scale set, or as a virtual machine of its own."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.instances import member
from vmss_sdk.emulator.arm.compute.virtual_machines import machine
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.views.address import Address, machine_address, member_address
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["ALONE", "INSIDE", "NUMBERED", "Place"]


@attrs.frozen
class Place:
    """One way to address a machine.

    Attributes:
        find: The machine in the path of a request; raises `ArmError` when there is none.
        address: Its id and type there.
    """

    find: Callable[[Call], tuple[ScaleSet, Instance]]
    address: Callable[[ScaleSet, Instance], Address]


def _numbered(call: Call) -> tuple[ScaleSet, Instance]:
    """An instance by its number.

    Raises:
        ArmError: There is none, or the scale set is Flexible, whose instances have names (azure-powershell#23622).
    """
    if call.scale_set(parent=True).flexible:
        raise ArmError.of(ErrorReason.INSTANCE_ID_NOT_NUMBER)
    return member(call)


INSIDE = Place(member, member_address)
NUMBERED = Place(_numbered, member_address)
ALONE = Place(machine, machine_address)
