"""Changes between two observations, in words and as JSON."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk import wire
from vmss_sdk.cli.watch.counts_text import ids_text
from vmss_sdk.cli.watch.past import past_cells
from vmss_sdk.cli.watch.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from vmss_sdk.cli.watch.frame import Cell, Frame, Roll
    from vmss_sdk.cli.watch.source import Observation
    from vmss_sdk.records import Decision

__all__ = ["Change", "changes", "decision_document"]

_GONE = "gone"
# What a decision says already about the instances that it names.
_TOLD: dict[str, frozenset[State | None]] = {
    "BatchStarted": frozenset({State.UPDATING}),
    "UpgradeStarted": frozenset({State.UPDATING}),
    "InstanceUpgraded": frozenset({State.WAITING, State.NEW, State.OLD, State.UP}),
    "ImageUpgraded": frozenset({State.WAITING, State.NEW, State.OLD, State.UP}),
    "ExtensionsUpgraded": frozenset({State.WAITING, State.NEW, State.OLD, State.UP}),
    "Reimaged": frozenset({State.WAITING, State.NEW, State.OLD, State.UP}),
    "InstanceFailed": frozenset({State.FAILED}),
    "ScaledOut": frozenset({State.CREATING}),
    "Surged": frozenset({State.CREATING}),
    "ScaledIn": frozenset({State.DELETING, None}),
    "ExtraRemoved": frozenset({State.DELETING, None}),
    "Evicted": frozenset({State.OFF, State.DELETING, None}),
}


@attrs.frozen
class Change:
    """One thing that is new.

    Attributes:
        kind: ``decision``, ``instances``, ``rollingUpgrade``, ``scaleSet``, ``trouble`` or ``end``.
        text: One line; empty when it is worth none because another change tells it.
        minor: Whether a picture tells it as well.
        members: The rest of its JSON.
        at: When it happened; None where only the look is known that found it.
        cells: The instances at that moment, where it was before the first look; None where the look shows them.
    """

    kind: str
    text: str
    minor: bool = False
    members: Mapping[str, Any] = attrs.field(factory=dict)
    at: datetime | None = None
    cells: tuple[Cell, ...] | None = None


def changes(before: Observation | None, now: Observation) -> list[Change]:
    """What is new; at the first look the decisions alone, each with the instances as they were then."""
    if before is None:
        past = zip(now.decisions, past_cells(now.decisions, now.frame.cells), strict=True)
        return [attrs.evolve(_of_decision(decision), cells=cells) for decision, cells in past]
    found = [_of_decision(decision) for decision in now.decisions]
    told = {
        (instance_id, state)
        for decision in (*before.decisions, *now.decisions)
        for instance_id in decision.instance_ids
        for state in _TOLD.get(decision.kind, ())
    }
    found += _of_scale_set(before.frame, now.frame)
    found += _of_instances(before.frame, now.frame, told, model_changed=_model_changed(now.decisions))
    found += _of_roll(before.frame.roll, now.frame.roll, told=now.clock is not None)
    return found


def decision_document(decision: Decision) -> dict[str, Any]:
    """An entry of the decision log as JSON."""
    return {
        "seq": decision.seq,
        "time": time_text(decision.time),
        "kind": decision.kind,
        "instanceIds": list(decision.instance_ids),
        "upgrade": decision.upgrade,
        "batch": decision.batch,
        "figures": dict(decision.figures),
        "text": decision.text,
    }


def time_text(time: datetime) -> str:
    """A moment as JSON has it."""
    return wire.format_time(time)


def _of_decision(decision: Decision) -> Change:
    minor = decision.kind in ("InstanceUpgraded", "ImageUpgraded", "ExtensionsUpgraded")
    return Change("decision", decision.text, minor, decision_document(decision), decision.time)


def _model_changed(decisions: Iterable[Decision]) -> bool:
    return any(decision.kind == "ModelChanged" for decision in decisions)


def _of_scale_set(before: Frame, now: Frame) -> Iterator[Change]:
    if (before.provisioning_state, before.capacity) == (now.provisioning_state, now.capacity):
        return
    parts = []
    if before.capacity != now.capacity:
        parts.append(f"capacity {before.capacity} -> {now.capacity}")
    if before.provisioning_state != now.provisioning_state:
        parts.append(f"{before.provisioning_state} -> {now.provisioning_state}")
    members = {"provisioningState": now.provisioning_state, "capacity": now.capacity}
    yield Change("scaleSet", f"scale set {', '.join(parts)}", minor=True, members=members)


def _of_instances(
    before: Frame, now: Frame, told: set[tuple[str, State | None]], *, model_changed: bool
) -> Iterator[Change]:
    was = {cell.instance_id: cell.state for cell in before.cells}
    is_now = {cell.instance_id: cell.state for cell in now.cells}
    moved: dict[tuple[State | None, State | None], list[str]] = defaultdict(list)
    for instance_id in {**was, **is_now}:
        step = was.get(instance_id), is_now.get(instance_id)
        if step[0] is not step[1]:
            moved[step].append(instance_id)
    for step, ids in moved.items():
        by_model = model_changed and step[1] in (State.OLD, State.PROTECTED)
        news = [] if by_model else [instance_id for instance_id in ids if (instance_id, step[1]) not in told]
        yield _moved(step, ids, news)


def _moved(step: tuple[State | None, State | None], ids: list[str], news: list[str]) -> Change:
    before, now = (None if state is None else state.value for state in step)
    words = f"{before} -> {now or _GONE}" if before else f"new, {now}"
    members = {"instanceIds": ids, "before": before, "state": now or _GONE}
    return Change("instances", f"{ids_text(news)}: {words}" if news else "", minor=True, members=members)


def _of_roll(before: Roll | None, now: Roll | None, *, told: bool) -> Iterator[Change]:
    """Only programs are told of it when the decision log says the same in words."""
    if now is None or now == before:
        return
    members = {
        "code": now.code,
        "successful": now.successful,
        "failed": now.failed,
        "inProgress": now.in_progress,
        "pending": now.pending,
    }
    why = f"; {now.error}" if now.error else ""
    text = "" if told else f"rolling upgrade {now.code}: {now.counts}{why}"
    yield Change("rollingUpgrade", text, minor=not now.error, members={**members, "error": now.error or None})
