"""Data disks of a scale set's model, and of one instance."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.handlers.model_rewrite import update_model, virtual_machine_profile
from vmss_sdk.cli.running import Begun

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call

__all__ = ["attach", "detach"]

_USAGE = "usage error: --disk EXIST_DISK --instance-id ID | --size-gb GB"
Disks = list[dict[str, Any]]


def attach(call: Call) -> Begun:
    """A disk of its own for every instance, or one that exists for one instance.

    Raises:
        CommandError: What was said does not go together.
    """
    args = call.args
    if bool(args.disk) == bool(args.size_gb) or bool(args.disk) != bool(args.instance_id):
        raise CommandError(_USAGE, 2)
    if args.disk:
        return _attach_to_instance(call)
    disk = {
        "createOption": "Empty",
        "diskSizeGB": args.size_gb,
        **({"caching": args.caching} if args.caching else {}),
        **({"managedDisk": {"storageAccountType": args.sku}} if args.sku else {}),
    }

    def add(disks: Disks) -> Disks:
        return [*disks, {"lun": _free(disks) if args.lun is None else args.lun, **disk}]

    return Begun(update_model(call, lambda model: _set(model, add)), f"a data disk for '{call.scale_set_name}'")


def detach(call: Call) -> Begun:
    """Take the disk of a number away."""
    if call.args.instance_id:
        return _detach_from_instance(call)

    def without(disks: Disks) -> Disks:
        found = _disk_at_lun(disks, call.args.lun)
        return [disk for disk in disks if disk is not found]

    what = f"detaching a data disk from '{call.scale_set_name}'"
    return Begun(update_model(call, lambda model: _set(model, without)), what)


def _attach_to_instance(call: Call) -> Begun:
    from vmss_sdk.models import DataDisksToAttach

    args = call.args
    if args.sku:
        raise CommandError("--sku: a disk that exists has its own; say it together with --size-gb", 2)
    web = call.scale_set
    group = web.id[: web.id.lower().index("/providers/")]
    disk_id = args.disk if "/" in args.disk else f"{group}/providers/Microsoft.Compute/disks/{args.disk}"
    instance = web.instance(args.instance_id)
    disk = DataDisksToAttach(disk_id=disk_id, lun=args.lun, caching=args.caching)
    operation = instance.attach_detach_data_disks(attach=[disk])
    return Begun(operation, f"attaching a disk to instance {args.instance_id}", lambda _: instance.get())


def _detach_from_instance(call: Call) -> Begun:
    args = call.args
    instance = call.scale_set.instance(args.instance_id)
    found = _disk_at_lun(_disks(instance.get().wire.get("properties", {})), args.lun)
    operation = instance.attach_detach_data_disks(detach=[found["managedDisk"]["id"]])
    return Begun(operation, f"detaching a disk from instance {args.instance_id}", lambda _: instance.get())


def _set(properties: dict[str, Any], change: Any) -> None:
    profile = virtual_machine_profile(properties)
    profile.setdefault("storageProfile", {})["dataDisks"] = change(_disks(profile))


def _disks(holder: dict[str, Any]) -> Disks:
    found: Disks = holder.get("storageProfile", {}).get("dataDisks", [])
    return found


def _disk_at_lun(disks: Disks, lun: int) -> dict[str, Any]:
    if not disks:
        raise CommandError("Data disk doesn't exist")
    for disk in disks:
        if disk.get("lun") == lun:
            return disk
    raise CommandError(f"Could not find the data disk with lun '{lun}'")


def _free(disks: Disks) -> int:
    taken = {disk.get("lun") for disk in disks}
    return next(lun for lun in count() if lun not in taken)
