"""Instances of a scale set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.handlers.pages import page
from vmss_sdk.cli.handlers.touched import touched
from vmss_sdk.cli.running import Begun
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._selection import ALL_INSTANCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles._selection import Instances
    from vmss_sdk.operation import Operation

__all__ = [
    "deallocate",
    "delete",
    "list_all",
    "perform_maintenance",
    "protect",
    "redeploy",
    "reimage",
    "restart",
    "start",
    "stop",
    "update_instances",
]


def list_all(call: Call) -> Any:
    """The instances."""
    args, web = call.args, call.scale_set
    found = page(call, web.instances(filter=args.filter, select=args.select, expand=args.expand))
    if not args.resiliency_view:
        return found
    return [web.instance(vm.instance_id or vm.name).get(expand="resiliencyView") for vm in found]


def reimage(call: Call) -> Any:
    """New OS disks, or all new disks; of all instances only when somebody confirms it."""
    web, args = call.scale_set, call.args
    if args.all_disks and args.force_update_os_disk_for_ephemeral is not None:
        raise ClientUsageError("--force-update-os-disk-for-ephemeral has no meaning together with --all-disks")

    def verb(instances: Instances) -> Operation[None]:
        if args.all_disks:
            return web.reimage_all(instances)
        return web.reimage(instances, force_update_os_disk_for_ephemeral=args.force_update_os_disk_for_ephemeral)

    disks = "all disks, data disks included," if args.all_disks else "the OS disks"
    return _do(call, verb, "reimage", f"This replaces {disks} of all instances of '{web.name}' at once. Go on?")


def update_instances(call: Call) -> Any:
    """The latest model."""
    return _do(call, call.scale_set.upgrade_instances, "upgrade")


def restart(call: Call) -> Any:
    """Restart."""
    return _do(call, call.scale_set.restart, "restart")


def start(call: Call) -> Any:
    """Start."""
    return _do(call, call.scale_set.start, "start")


def stop(call: Call) -> Any:
    """Stop, and go on paying."""
    skip = call.args.skip_shutdown or None
    return _do(call, lambda instances: call.scale_set.power_off(instances, skip_shutdown=skip), "stop")


def deallocate(call: Call) -> Any:
    """Stop, and give the hardware back."""
    hibernate = call.args.hibernate
    return _do(call, lambda instances: call.scale_set.deallocate(instances, hibernate=hibernate), "deallocation")


def delete(call: Call) -> Any:
    """Delete."""
    force = call.args.force_deletion
    return _do(call, lambda instances: call.scale_set.delete_instances(instances, force=force), "deletion")


def redeploy(call: Call) -> Any:
    """Other hosts."""
    return _do(call, call.scale_set.redeploy, "redeployment")


def perform_maintenance(call: Call) -> Any:
    """Maintenance now."""
    return _do(call, call.scale_set.perform_maintenance, "maintenance")


def protect(call: Call) -> Any:
    """Protection from scale-in or from actions on the scale set.

    Raises:
        ClientUsageError: Neither was given.
    """
    args, web = call.args, call.scale_set
    named = call.instances(everything=False)
    ids = [str(vm.instance_id) for vm in web.instances()] if named is ALL_INSTANCES else list(named)
    policy = {"from_scale_in": args.from_scale_in, "from_scale_set_actions": args.from_scale_set_actions}
    return [Begun(web.instance(one).protect(**policy), f"protection of instance {one} of '{web.name}'") for one in ids]


def _do(call: Call, verb: Callable[[Instances], Operation[None]], what: str, question: str = "") -> Any:
    """An action on instances; with ``--dry-run`` what it would touch, and nothing is changed."""
    instances = call.instances()
    if call.args.dry_run:
        return touched(call.scale_set, instances)
    if question and instances is ALL_INSTANCES:
        call.confirm(question)
    return Begun(verb(instances), f"{what} of {_named(instances)} of '{call.scale_set_name}'")


def _named(instances: Instances) -> str:
    if instances is ALL_INSTANCES:
        return "all instances"
    return f"instance {instances[0]}" if len(instances) == 1 else f"{len(instances)} instances"
