"""Scale sets as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.complaints import CommandError
from vmss_sdk.cli.handlers.pages import page
from vmss_sdk.cli.running import Begun
from vmss_sdk.errors import NotFoundError

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call

__all__ = ["delete", "instance_view", "list_all", "resume", "scale", "show", "skus", "wait"]


def show(call: Call) -> Any:
    """A scale set, or one instance."""
    expand = "userData" if call.args.include_user_data else None
    if call.args.instance_id:
        return call.scale_set.instance(call.args.instance_id).get(expand=expand)
    return call.scale_set.get(expand=expand)


def list_all(call: Call) -> Any:
    """The scale sets of a group, of a region, or of the subscription."""
    return page(call, call.client.scale_sets(call.group, location=call.args.location))


def delete(call: Call) -> Begun:
    """Delete it."""
    return Begun(call.scale_set.delete(force=call.args.force_deletion), f"deletion of '{call.scale_set_name}'")


def scale(call: Call) -> Begun:
    """Change the capacity."""
    count = call.args.new_capacity
    return Begun(call.scale_set.set_capacity(count), f"scaling of '{call.scale_set_name}' to {count}")


def instance_view(call: Call) -> Any:
    """The instance view of the scale set, of one instance, or of each."""
    if call.args.instance_id == "*":
        return [vm.instance_view for vm in call.scale_set.instances(expand="instanceView", select="instanceView")]
    if call.args.instance_id:
        return call.scale_set.instance(call.args.instance_id).instance_view()
    return call.scale_set.instance_view()


def skus(call: Call) -> Any:
    """The sizes that it could have."""
    return page(call, call.scale_set.skus())


def resume(call: Call) -> Begun:
    """Wait for an operation of an earlier command."""
    from vmss_sdk.cli.kept import token_of

    operation = call.client.resume(token_of(call.args.operation))
    operation.poll()
    return Begun(operation, f"operation {operation.operation_id}")


def wait(call: Call) -> None:
    """Look at it now and then until it is as it was said.

    Raises:
        CommandError: Nothing was said, or it took too long.
    """
    args, clock = call.args, call.client.clock
    if not (args.created or args.updated or args.deleted or args.exists or args.custom is not None):
        raise CommandError("say what to wait for: --created, --updated, --deleted, --exists or --custom", 2)
    last = clock.now() + args.timeout
    while not _reached(call):
        if clock.now() + args.interval > last:
            raise CommandError(f"'{call.scale_set_name}' was not as expected within {args.timeout:g} seconds")
        clock.sleep(args.interval)


def _reached(call: Call) -> bool:
    """Whether it is as it was said.

    Raises:
        CommandError: It failed.
        NotFoundError: It is not there, and only its change is waited for.
    """
    from vmss_sdk.cli.output import shape

    args = call.args
    whole = call.scale_set.instance(args.instance_id) if args.instance_id else call.scale_set
    try:
        found = shape(whole.get())
    except NotFoundError:
        if args.deleted:
            return True
        if args.created or args.exists:
            return False
        raise
    if args.deleted:
        return False
    if args.exists:
        return True
    if args.custom is not None:
        return bool(args.custom.search(found))
    state = found.get("provisioningState")
    if state in ("Failed", "Canceled"):
        raise CommandError(f"'{call.scale_set_name}' ended as {state}")
    return bool(state == "Succeeded")
