"""Scale sets as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.handlers.pages import page
from vmss_sdk.cli.handlers.waits import wait_for_health_or_roll, wait_until
from vmss_sdk.cli.running import Begun

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
    from vmss_sdk.cli.saved_operations import saved_resume_token

    operation = call.client.resume(saved_resume_token(call.args.operation))
    operation.poll()
    return Begun(operation, f"operation {operation.operation_id}")


def wait(call: Call) -> None:
    """Look at it, or at one of its instances, now and then until it is as it was said."""
    if wait_for_health_or_roll(call):
        return
    one = call.args.instance_id
    whole = call.scale_set.instance(one) if one else call.scale_set
    wait_until(call, f"instance {one} of '{call.scale_set_name}'" if one else f"'{call.scale_set_name}'", whole.get)
