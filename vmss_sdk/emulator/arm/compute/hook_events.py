"""Lifecycle hook events: what an automatic OS upgrade asks before it goes on (semantics 4.10; never recorded)."""

from __future__ import annotations

from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.arm import paging, request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem, several
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.arm.views.hook_event import ANSWERS, Target, hook_event_document, targets
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.record.hook_event import HookAction, HookEvent
from vmss_sdk.emulator.engine.upgrades import lifecycle_hooks
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.models import VMScaleSetLifecycleHookEventUpdate

__all__ = ["get", "list_all", "patch"]

_TARGETS = "properties.targetResources"
_BY_ANSWER = {text: action for action, text in ANSWERS.items()}


def list_all(call: Call) -> Reply:
    """The events of a scale set, active and completed ones, the oldest first."""
    scale_set = call.scale_set(parent=True)
    page, rest = paging.page(call, list(scale_set.hook_events.values()), lambda event: event.name)
    body: dict[str, Any] = {"value": [hook_event_document(scale_set, event) for event in page]}
    if rest is not None:
        body["nextLink"] = rest
    return Reply(200, body)


def get(call: Call) -> Reply:
    """One event."""
    scale_set = call.scale_set(parent=True)
    return Reply(200, hook_event_document(scale_set, _event(call, scale_set)))


def patch(call: Call) -> Reply:
    """Answer for targets, or have the default action wait until another moment.

    What the body says as it already is counts as not said, so that a client may send back the properties it got.
    """
    scale_set = call.scale_set(parent=True)
    event = _event(call, scale_set)
    body = request_body.read(call.request, VMScaleSetLifecycleHookEventUpdate, "parameters")
    answers = _answers(scale_set, event, get_path(body, _TARGETS, []))
    until = get_path(body, "properties.waitUntil")
    if until is not None:
        _delay(scale_set, event, wire.parse_time(until).timestamp())
    if answers:
        lifecycle_hooks.respond(scale_set, event, answers)
    return Reply(200, hook_event_document(scale_set, event))


def _event(call: Call, scale_set: ScaleSet) -> HookEvent:
    event = scale_set.hook_events.get(call.values["lifecycleHookEventName"].lower())
    if event is None:
        raise ArmError.of(ErrorReason.ENTITY_NOT_FOUND)
    return event


def _answers(scale_set: ScaleSet, event: HookEvent, sent: list[Document]) -> dict[str, HookAction]:
    known = {name: target for target in targets(scale_set, event) for name in target.names}
    named = [(at, known.get(str(get_path(item, "resource.id", "")).lower()), item) for at, item in enumerate(sent)]
    several(_unknown(at) for at, target, _ in named if target is None)
    found: dict[str, HookAction] = {}
    for _, target, item in named:
        if target is not None:
            found |= _answer(target, item.get("actionState"))
    return found


def _answer(target: Target, state: str | None) -> dict[str, HookAction]:
    """CHOICE: ``Waiting`` is no answer, and takes none back."""
    if state not in _BY_ANSWER or state == target.state:
        return {}
    return dict.fromkeys(target.instance_ids, _BY_ANSWER[state])


def _unknown(position: int) -> Problem:
    path = f"{_TARGETS}[{position}].resource.id"
    return Problem(ErrorReason.UNKNOWN_WORD, {"parameter": "resource", "target": path})


def _delay(scale_set: ScaleSet, event: HookEvent, until: float) -> None:
    """A moment that went through a client's text is the one it was, though it may have lost its last digits."""
    text = time_text(until)
    if text == time_text(event.wait_until):
        return
    lifecycle_hooks.delay(scale_set, event, event.max_wait_until if text == time_text(event.max_wait_until) else until)
