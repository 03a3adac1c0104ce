"""Lifecycle hooks: an automatic OS upgrade asks before it begins (semantics 4.10, a preview of Azure).

CHOICE throughout: the documents give the shapes and the words, little of the behaviour. One event is raised per
upgrade; approving its targets lets the upgrade begin over those approved, rejecting leaves them out, and when the
time is up the default action decides for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.hook_event import HookAction, HookEvent
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.retention import drop_hook_events
from vmss_sdk.emulator.engine.upgrades.start import begin_automatic

__all__ = ["OpenHookEvent", "ask_for_upgrade", "delay", "respond"]

SCHEDULING = "UpgradeAutoOSScheduling"
BATCH_STARTING = "UpgradeAutoOSRollingBatchStarting"
_LONGEST = 24 * 3600.0


@attrs.define(eq=False)
class OpenHookEvent(HookEvent):
    """A question that is answered by the default action when its time is up."""

    def step(self, scale_set: Aggregate) -> None:
        """The time is up, unless it was prolonged."""
        if not self.active:
            return
        if scale_set.now < self.wait_until:
            scale_set.schedule.add(self.wait_until, self)
            return
        for instance_id, answer in self.answers.items():
            self.answers[instance_id] = answer or self.default_action
        _close(scale_set, self)


@attrs.define(eq=False)
class ApprovedUpgrade:
    """The upgrade of those that were approved: it begins as soon as no other one runs."""

    instance_ids: tuple[str, ...]

    def step(self, scale_set: Aggregate) -> None:
        """Begin, or look again later."""
        upgrade = scale_set.rolling_upgrade
        if upgrade is not None and upgrade.active:
            scale_set.schedule.add(scale_set.now + scale_set.settings.timings.os_retry, self)
            return
        present = [scale_set.instances[i] for i in self.instance_ids if i in scale_set.instances]
        if present:
            begin_automatic(scale_set, present)


def ask_for_upgrade(scale_set: Aggregate, found: list[Instance]) -> bool:
    """Raise an event if the model has a hook for it, unless one is open; whether the upgrade waits for an answer."""
    if any(event.active for event in scale_set.hook_events.values()):
        return True
    configured = get_path(scale_set.document, "properties.lifecycleHooksProfile.lifecycleHooks", [])
    hook = next((item for item in configured if item.get("type") in (SCHEDULING, BATCH_STARTING)), None)
    if hook is None:
        return False
    wait = wire.parse_duration(hook.get("waitDuration", "PT1H")).total_seconds()
    number = scale_set.dropped.hook_events + len(scale_set.hook_events)
    event = OpenHookEvent(
        name=seeded_random.guid(scale_set.settings.seed, scale_set.unique_id, "hook", number),
        type=hook["type"],
        created_at=scale_set.now,
        wait_until=scale_set.now + wait,
        max_wait_until=scale_set.now + max(wait, _LONGEST),
        default_action=HookAction(hook.get("defaultAction", "Approve")),
        answers=dict.fromkeys(instance.id for instance in found),
    )
    scale_set.hook_events[event.name] = event
    drop_hook_events(scale_set)
    scale_set.schedule.add(event.wait_until, event)
    return True


def respond(scale_set: Aggregate, event: HookEvent, answers: Mapping[str, HookAction]) -> None:
    """Answer for some targets; when all are answered the event is over.

    Raises:
        Refused: The event is over, or a target is not one of its own; nothing was answered.
    """
    _refuse_unless_active(scale_set, event)
    strange = [instance_id for instance_id in answers if instance_id not in event.answers]
    if strange:
        raise Refused.because(Reason.UNKNOWN_INSTANCE, scale_set=scale_set.name, instance_id=strange[0])
    event.answers.update(answers)
    if None not in event.answers.values():
        _close(scale_set, event)


def delay(scale_set: Aggregate, event: HookEvent, until: float) -> None:
    """Have the default action wait longer, or not as long.

    Raises:
        Refused: The event is over, or the moment is past, or beyond what Azure allows.
    """
    _refuse_unless_active(scale_set, event)
    if not scale_set.now <= until <= event.max_wait_until:
        raise Refused.because(Reason.INVALID, target="properties.waitUntil", parameter="waitUntil")
    if until < event.wait_until:  # what is scheduled would come too late
        scale_set.schedule.add(until, event)
    event.wait_until = until


def _refuse_unless_active(scale_set: Aggregate, event: HookEvent) -> None:
    if not event.active:
        raise Refused.because(Reason.HOOK_EVENT_OVER, scale_set=scale_set.name, event=event.name)


def _close(scale_set: Aggregate, event: HookEvent) -> None:
    event.active = False
    by_answer: dict[HookAction | None, list[str]] = {}
    for instance_id, answer in event.answers.items():
        by_answer.setdefault(answer, []).append(instance_id)
    approved = by_answer.get(HookAction.APPROVE, [])
    if approved:
        scale_set.log(DecisionKind.APPROVED, approved)
    if rejected := by_answer.get(HookAction.REJECT):
        scale_set.log(DecisionKind.REJECTED, rejected)
    if approved:
        ApprovedUpgrade(tuple(approved)).step(scale_set)
