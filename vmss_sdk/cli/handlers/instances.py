"""Instances of a scale set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.handlers.dry_run import dry_run_rows, note_previews
from vmss_sdk.cli.handlers.pages import page
from vmss_sdk.cli.running import Begun
from vmss_sdk.errors import ClientUsageError, VmssError
from vmss_sdk.handles._selection import ALL_INSTANCES
from vmss_sdk.handles.scale_set import ScaleSet

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles._selection import Instances
    from vmss_sdk.handles.instance import Instance
    from vmss_sdk.operation import Operation

__all__ = [
    "approve_rolling_upgrade",
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
    args = call.args
    if args.all_disks and args.force_update_os_disk_for_ephemeral is not None:
        raise ClientUsageError("--force-update-os-disk-for-ephemeral has no meaning together with --all-disks")

    ephemeral = args.force_update_os_disk_for_ephemeral

    def verb(web: ScaleSet, instances: Instances) -> Operation[None]:
        if args.all_disks:
            return web.reimage_all(instances)
        return web.reimage(instances, force_update_os_disk_for_ephemeral=ephemeral)

    def own(one: Instance) -> Operation[None]:
        return one.reimage_all() if args.all_disks else one.reimage(force_update_os_disk_for_ephemeral=ephemeral)

    disks = "all disks, data disks included," if args.all_disks else "the OS disks"
    return _act_on_instances(
        call, verb, "reimage", own, f"This replaces {disks} of all instances of '{call.scale_set_name}' at once. Go on?"
    )


def update_instances(call: Call) -> Any:
    """The latest model."""
    return _act_on_instances(call, ScaleSet.upgrade_instances, "upgrade")


def restart(call: Call) -> Any:
    """Restart."""
    return _act_on_instances(call, ScaleSet.restart, "restart", lambda one: one.restart())


def start(call: Call) -> Any:
    """Start."""
    return _act_on_instances(call, ScaleSet.start, "start", lambda one: one.start())


def stop(call: Call) -> Any:
    """Stop, and go on paying."""
    skip = call.args.skip_shutdown or None
    return _act_on_instances(
        call,
        lambda web, instances: web.power_off(instances, skip_shutdown=skip),
        "stop",
        lambda one: one.power_off(skip_shutdown=skip),
    )


def deallocate(call: Call) -> Any:
    """Stop, and give the hardware back.

    Raises:
        ClientUsageError: An instance's own operation cannot keep the memory.
    """
    hibernate = call.args.hibernate
    if hibernate is not None and call.args.include_protected:
        raise ClientUsageError("--hibernate cannot be said together with --include-protected")

    def verb(web: ScaleSet, instances: Instances) -> Operation[None]:
        if instances is not ALL_INSTANCES and len(instances) == 1 and hibernate is None:  # as az does
            return web.instance(instances[0]).deallocate()
        return web.deallocate(instances, hibernate=hibernate)

    return _act_on_instances(call, verb, "deallocation", lambda one: one.deallocate())


def delete(call: Call) -> Any:
    """Delete."""
    force = call.args.force_deletion
    return _act_on_instances(
        call,
        lambda web, instances: web.delete_instances(instances, force=force),
        "deletion",
        lambda one: one.delete(force=force),
    )


def redeploy(call: Call) -> Any:
    """Other hosts."""
    return _act_on_instances(call, ScaleSet.redeploy, "redeployment", lambda one: one.redeploy())


def perform_maintenance(call: Call) -> Any:
    """Maintenance now."""
    return _act_on_instances(call, ScaleSet.perform_maintenance, "maintenance", lambda one: one.perform_maintenance())


def approve_rolling_upgrade(call: Call) -> Any:
    """Upgrades that wait for approval."""
    return _act_on_instances(
        call,
        ScaleSet.approve_rolling_upgrade,
        "approval of the upgrade",
        lambda one: one.approve_rolling_upgrade(),
    )


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


def _act_on_instances(
    call: Call,
    verb: Callable[[ScaleSet, Instances], Operation[None]],
    what: str,
    own: Callable[[Instance], Operation[None]] | None = None,
    question: str = "",
) -> Any:
    """An action on instances; with ``--dry-run`` what it would touch, and nothing is changed.

    Raises:
        ServiceError: It is refused, or would be.
    """
    instances = call.instances()
    each = own if own and call.args.include_protected else None
    if call.args.dry_run:
        rows = dry_run_rows(call.scale_set, instances, protected_too=each is not None)
        by_themselves = [partial(_act_on_one, each, row["instanceId"]) for row in rows] if each else []
        note_previews(call, by_themselves or [lambda web: verb(web, instances)])
        return rows
    if question and instances is ALL_INSTANCES:
        call.confirm(question)
    if each:
        return _act_on_each(call, instances, each, what)
    return Begun(verb(call.scale_set, instances), f"{what} of {_named(instances)} of '{call.scale_set_name}'")


def _act_on_one(own: Callable[[Instance], Operation[None]], instance_id: str, web: ScaleSet) -> Operation[None]:
    return own(web.instance(instance_id))


def _act_on_each(
    call: Call, instances: Instances, own: Callable[[Instance], Operation[None]], what: str
) -> list[Begun]:
    """An action by each instance's own operation, which protection does not keep from it (semantics 5.2)."""
    web, begun = call.scale_set, []
    for row in dry_run_rows(
        web, instances, protected_too=True
    ):  # which refuses what is not there before anything begins
        one = row["instanceId"]
        try:
            begun.append(Begun(own(web.instance(one)), f"{what} of instance {one} of '{web.name}'"))
        except VmssError as error:
            if begun:
                error.add_note(f"This was instance {one}; it goes on at the service for those before it.")
            raise
    return begun


def _named(instances: Instances) -> str:
    if instances is ALL_INSTANCES:
        return "all instances"
    return f"instance {instances[0]}" if len(instances) == 1 else f"{len(instances)} instances"
