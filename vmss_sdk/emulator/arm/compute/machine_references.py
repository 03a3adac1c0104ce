"""References of a virtual machine: each must exist, be of the right type, and its interfaces and disks be free.

Sources: "Id … is not a valid resource reference" (400) and 404 for what is not there are reported of Azure.
"""

from __future__ import annotations

from collections.abc import Iterator

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.network.interfaces import machine_of_interface, made_for_machines
from vmss_sdk.emulator.arm.resources.address import parse
from vmss_sdk.emulator.arm.state import MACHINE_TYPE
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused

__all__ = ["check_references"]

_NIC = "Microsoft.Network/networkInterfaces"
_DISK = "Microsoft.Compute/disks"
_SINGLE = {
    "properties.availabilitySet": "Microsoft.Compute/availabilitySets",
    "properties.proximityPlacementGroup": "Microsoft.Compute/proximityPlacementGroups",
    "properties.capacityReservation.capacityReservationGroup": "Microsoft.Compute/capacityReservationGroups",
    "properties.host": "Microsoft.Compute/hostGroups/hosts",
    "properties.hostGroup": "Microsoft.Compute/hostGroups",
}
"""By the member that refers to it: what it has to be."""


def check_references(call: Call, body: Document, taken: dict[str, str]) -> None:
    """See whether what a body names can be used by the virtual machine in the path.

    Args:
        call: The request.
        body: Its body.
        taken: The managed disks in use, see `disk_facts.disks_in_use`.

    Raises:
        ArmError: Something is of another type, is not there, or another machine has the interface.
        Refused: Another machine has the disk.
    """
    own = f"/subscriptions/{call.subscription_id}/resourceGroups/{call.values['resourceGroupName']}"
    own = f"{own}/providers/{MACHINE_TYPE}/{call.values['vmName']}"
    for member, kind, resource_id in _named(body):
        _check(call, member, kind, resource_id)
        if kind == _NIC:
            holder = machine_of_interface(call.state, resource_id)
            if holder is not None and holder.lower() != own.lower():
                raise ArmError.of(ErrorReason.INTERFACE_IN_USE, nic=resource_id, vm=holder)
        if kind == _DISK and taken.get(resource_id.lower(), own).lower() != own.lower():
            raise Refused.because(Reason.DISK_OWNED, disk=resource_id, vm=taken[resource_id.lower()])


def _named(body: Document) -> Iterator[tuple[str, str, str]]:
    """What the body names: the member, the type that it has to be, and the id."""
    for member, kind in _SINGLE.items():
        if (resource_id := get_path(body, f"{member}.id")) is not None:
            yield f"{member.removeprefix('properties.')}.id", kind, str(resource_id)
    for nic in get_path(body, "properties.networkProfile.networkInterfaces", []):
        yield "networkProfile.networkInterfaces.id", _NIC, str(nic.get("id"))
    storage = get_path(body, "properties.storageProfile", {})
    disks = [("osDisk", storage.get("osDisk", {}))]
    disks += [("dataDisks", disk) for disk in storage.get("dataDisks", [])]
    for member, disk in disks:
        if disk.get("createOption") == "Attach" and (resource_id := get_path(disk, "managedDisk.id")) is not None:
            yield f"{member}.managedDisk.id", _DISK, str(resource_id)


def _check(call: Call, member: str, kind: str, resource_id: str) -> None:
    address = parse(resource_id)
    if address is None or address.is_collection or address.type.lower() != kind.lower():
        raise ArmError.of(ErrorReason.REFERENCE_INVALID, id=resource_id, target=member)
    if call.state.find_group(address.subscription_id, address.group) is not None:
        made = (found.id.lower() for found in made_for_machines(call.state, address))
        if call.state.resources.find(address) is not None or address.id.lower() in made:
            return
    raise ArmError.of(ErrorReason.REFERENCE_NOT_FOUND, id=resource_id)
