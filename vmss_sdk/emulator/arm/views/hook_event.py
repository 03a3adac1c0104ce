"""A lifecycle hook event as Azure's API description has it (models.md; never recorded)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.engine.record.hook_event import HookAction
from vmss_sdk.emulator.engine.upgrades.lifecycle_hooks import SCHEDULING

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.hook_event import HookEvent
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["ANSWERS", "Target", "hook_event_document", "targets"]

Document = dict[str, Any]

ANSWERS = {HookAction.APPROVE: "Approved", HookAction.REJECT: "Rejected"}
_WAITING = "Waiting"


@attrs.frozen
class Target:
    """A resource that an event asks about.

    Attributes:
        id: Its resource id, as the event shows it.
        names: The ids under which it may be answered for, in lower case.
        instance_ids: The instances that an answer for it is for.
        state: Waiting, Approved or Rejected.
    """

    id: str
    names: tuple[str, ...]
    instance_ids: tuple[str, ...]
    state: str


def targets(scale_set: ScaleSet, event: HookEvent) -> list[Target]:
    """What an event asks about: the scale set before an upgrade is scheduled, else each instance (semantics 4.10)."""
    if event.type == SCHEDULING:
        state = _common(set(event.answers.values()))
        return [Target(scale_set.id, (scale_set.id.lower(),), tuple(event.answers), state)]
    return [_instance(scale_set, instance_id, answer) for instance_id, answer in event.answers.items()]


def hook_event_document(scale_set: ScaleSet, event: HookEvent) -> Document:
    """The whole event."""
    asked = [{"resource": {"id": target.id}, "actionState": target.state} for target in targets(scale_set, event)]
    properties: Document = {
        "type": event.type,
        "waitUntil": time_text(event.wait_until),
        "maxWaitUntil": time_text(event.max_wait_until),
        "timeCreated": time_text(event.created_at),
        "defaultAction": event.default_action.value,
        "targetResources": asked,
        "state": "Active" if event.active else "Completed",
    }
    kind = f"{SCALE_SET_TYPE}/lifecycleHookEvents"
    resource_id = f"{scale_set.id}/lifecycleHookEvents/{event.name}"
    return {"id": resource_id, "name": event.name, "type": kind, "properties": properties}


def _instance(scale_set: ScaleSet, instance_id: str, answer: HookAction | None) -> Target:
    """CHOICE: shown as inside its scale set; a Flexible one's may also be called a virtual machine of its own."""
    inside = f"{scale_set.id}/virtualMachines/{instance_id}"
    names = [inside.lower()]
    if scale_set.flexible:
        names.append(f"{scale_set.provider_id}/virtualMachines/{instance_id}".lower())
    return Target(inside, tuple(names), (instance_id,), _state(answer))


def _common(answers: set[HookAction | None]) -> str:
    return _state(next(iter(answers))) if len(answers) == 1 else _WAITING


def _state(answer: HookAction | None) -> str:
    return _WAITING if answer is None else ANSWERS[answer]
