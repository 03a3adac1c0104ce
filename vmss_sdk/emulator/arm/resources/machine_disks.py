"""The managed disks of virtual machines that belong to no scale set, as resources of the compute provider.

While the machine is there they are read from it. When it goes, each is deleted or stays, as its ``deleteOption`` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.resources.address import Address, parse
from vmss_sdk.emulator.arm.resources.store import Resource, ResourceStore
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.work.data_disks import disk_id, owners, storage_profile

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.aggregate import Aggregate
    from vmss_sdk.emulator.engine.record.instance import Instance
    from vmss_sdk.emulator.engine.writing.virtual_machine import StandaloneVirtualMachine

__all__ = ["DISK_TYPE", "disks_of_machines", "holder_of_disk", "release"]

Document = dict[str, Any]

DISK_TYPE = "Microsoft.Compute/disks"
_DELETE = "Delete"


def disks_of_machines(machines: Iterable[StandaloneVirtualMachine], wanted: Address) -> Iterator[Resource]:
    """The disks that were made with machines, if `wanted` asks for disks."""
    if wanted.type != DISK_TYPE:
        return
    for machine in machines:
        yield from _created(machine, machine.instance)


def holder_of_disk(aggregates: Iterable[Aggregate], resource_id: str) -> str | None:
    """The id of the machine or instance of these that has a disk; None: none has."""
    for aggregate in aggregates:
        for disk, owner in owners(aggregate):
            if disk == resource_id.lower():
                return owner
    return None


def release(machine: StandaloneVirtualMachine, instance: Instance, resources: ResourceStore) -> None:
    """A machine is gone: what is to go with it goes, and its other disks stay by themselves."""
    made = {disk.id.lower(): disk for disk in _created(machine, instance)}
    for disk in _disks(machine, instance):
        address, own = parse(disk_id(disk)), made.get(disk_id(disk).lower())
        if address is None:
            continue
        if disk.get("deleteOption") == _DELETE:
            resources.delete(address)
        elif own is not None:
            own.document["properties"]["diskState"] = "Unattached"
            resources.put(address, {k: v for k, v in own.document.items() if k != "managedBy"}, machine.now)
    for nic in get_path(machine.document, "properties.networkProfile.networkInterfaces", []):
        address = parse(str(nic.get("id")))
        if address is not None and get_path(nic, "properties.deleteOption") == _DELETE:
            resources.delete(address)


def _disks(machine: StandaloneVirtualMachine, instance: Instance) -> list[Document]:
    storage = storage_profile(machine, instance)
    return [storage["osDisk"], *storage.get("dataDisks", [])]


def _created(machine: StandaloneVirtualMachine, instance: Instance) -> Iterator[Resource]:
    """Those that were not attached; a blob is no managed disk, and an ephemeral one is none either."""
    state = "Reserved" if instance.deallocated else "Attached"
    for disk in _disks(machine, instance):
        if disk.get("createOption") == "Attach" or not disk_id(disk) or "diffDiskSettings" in disk:
            continue
        properties: Document = {
            "creationData": {"createOption": disk.get("createOption", "Empty")},
            "diskState": state,
            **{name: disk[name] for name in ("osType", "diskSizeGB") if name in disk},
            "provisioningState": "Succeeded",
        }
        document: Document = {"location": machine.document["location"], "managedBy": machine.id}
        document["sku"] = {"name": get_path(disk, "managedDisk.storageAccountType", "Standard_LRS")}
        if instance.zone is not None:
            document["zones"] = [instance.zone]
        document["properties"] = properties
        times = {"created_at": machine.created_at, "changed_at": instance.changed_at}
        yield Resource(id=disk_id(disk), type=DISK_TYPE, document=document, etag=1, **times)
