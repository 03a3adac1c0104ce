"""Lifecycle hooks of a scale set, and the events in which they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.handlers.model_rewrite import update_model
from vmss_sdk.cli.running import Begun
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._selection import ALL_INSTANCES

if TYPE_CHECKING:
    from datetime import datetime

    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles._selection import Instances
    from vmss_sdk.handles.lifecycle_hook_event import LifecycleHookEvent

__all__ = [
    "add",
    "approve",
    "list_all",
    "list_events",
    "reject",
    "remove",
    "show",
    "show_event",
    "update",
    "update_event",
]

_NOT_FOUND = 3
Hooks = list[dict[str, Any]]


def list_all(call: Call) -> Hooks:
    """The hooks of the model."""
    return _hooks(call.scale_set.get().wire.get("properties", {}))


def show(call: Call) -> Any:
    """One of them."""
    return _one(call, list_all(call))


def add(call: Call) -> Begun:
    """One more.

    Raises:
        CommandError: There is one of this type.
    """
    kind = call.args.type

    def change(hooks: Hooks) -> Hooks:
        if any(hook.get("type") == kind for hook in hooks):
            raise CommandError(f"A lifecycle hook of type '{kind}' already exists. Use 'update' to modify it.")
        return [*hooks, {"type": kind, **_given_members(call)}]

    return _written(call, change)


def update(call: Call) -> Begun:
    """Change one."""

    def change(hooks: Hooks) -> Hooks:
        _one(call, hooks).update(_given_members(call))
        return hooks

    return _written(call, change)


def remove(call: Call) -> Begun:
    """Take one away, or all.

    Raises:
        CommandError: Neither or both were said.
    """
    kind = call.args.type
    if bool(kind) == bool(call.args.all):
        raise CommandError("Specify exactly one of --type or --all.", 2)

    def change(hooks: Hooks) -> Hooks:
        if kind:
            _one(call, hooks)
        return [hook for hook in hooks if kind and hook.get("type") != kind]

    return _written(call, change)


def list_events(call: Call) -> list[Any]:
    """What upgrades ask, also what is answered."""
    return [event.listed for event in call.scale_set.lifecycle_hook_events()]


def show_event(call: Call) -> Any:
    """One event."""
    return _event(call).get()


def approve(call: Call) -> Any:
    """Let the upgrade go on."""
    return _event(call).approve(_targets(call))


def reject(call: Call) -> Any:
    """Keep instances from the upgrade."""
    return _event(call).reject(_targets(call))


def update_event(call: Call) -> Any:
    """Answer, take more time, or both in one request.

    Raises:
        CommandError: Neither was said.
    """
    args, event = call.args, _event(call)
    if args.instance_ids is not None and not args.action_state:
        raise CommandError("--instance-ids requires --action-state.", 2)
    until = _moment(args.wait_until)
    if args.action_state:
        answer = event.approve if args.action_state == "Approved" else event.reject
        return answer(_targets(call), until=until)
    if until is None:
        raise CommandError("Specify at least one of --action-state or --wait-until.", 2)
    return event.delay(until)


def _event(call: Call) -> LifecycleHookEvent:
    return call.scale_set.lifecycle_hook_event(call.needed("name", "--name/-n"))


def _targets(call: Call) -> Instances:
    """The instances that were named; an event about the scale set as a whole is answered for by its name."""
    named = call.instances()
    if named is not ALL_INSTANCES and [one.lower() for one in named] == [call.scale_set_name.lower()]:
        return ALL_INSTANCES
    return named


def _moment(text: str | None) -> datetime | None:
    """A moment; one without a time zone is UTC, as in az.

    Raises:
        ClientUsageError: It is none.
    """
    from datetime import UTC, datetime

    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ClientUsageError(
            f"--wait-until: '{text}' is no moment: expected for example 2026-04-01T12:30:00Z"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _hooks(properties: dict[str, Any]) -> Hooks:
    found: Hooks = properties.get("lifecycleHooksProfile", {}).get("lifecycleHooks", [])
    return found


def _one(call: Call, hooks: Hooks) -> dict[str, Any]:
    kind = call.args.type
    found = next((hook for hook in hooks if hook.get("type") == kind), None)
    if found is None:
        name = call.scale_set_name
        raise CommandError(f"Lifecycle hook of type '{kind}' was not found on VMSS '{name}'.", _NOT_FOUND)
    return found


def _given_members(call: Call) -> dict[str, Any]:
    said = {"waitDuration": call.args.wait_duration, "defaultAction": call.args.default_action}
    return {name: value for name, value in said.items() if value is not None}


def _written(call: Call, change: Any) -> Begun:
    def rewrite(properties: dict[str, Any]) -> None:
        properties["lifecycleHooksProfile"] = {"lifecycleHooks": change(_hooks(properties))}

    return Begun(update_model(call, rewrite), f"change of the lifecycle hooks of '{call.scale_set_name}'")
