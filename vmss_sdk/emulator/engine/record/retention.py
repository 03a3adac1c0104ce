"""Retention of a scale set's history: the newest, up to limits of the settings. Dropped entries are counted.

CHOICE: Azure forgets operations after days; here their number is the bound, so that a server that runs for weeks keeps
its size. What is needed to go on is never dropped: operations that have not ended, and models that an instance has or
is about to get.
"""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.record.schedule import AnyAggregate

__all__ = ["Dropped", "drop_decisions", "drop_hook_events", "drop_models", "drop_operations", "drop_upgrades"]


@attrs.define
class Dropped:
    """How much of a scale set's past is not kept any more.

    Attributes:
        decisions: Entries of the decision log.
        operations: Long-running operations; asking for one is answered as for one that never was.
        required_versions: Versions of the model.
        upgrades: Rolling upgrades.
        hook_events: Lifecycle hook events; asking for one is answered as for one that never was.
        written_at: When the newest write among the dropped operations ended, seconds since 1970-01-01 UTC; or 0.
    """

    decisions: int = 0
    operations: int = 0
    models: int = 0
    upgrades: int = 0
    hook_events: int = 0
    written_at: float = 0.0


def drop_decisions(scale_set: AnyAggregate) -> None:
    """Keep the newest entries of the decision log."""
    too_many = len(scale_set.decisions) - scale_set.settings.kept_decisions
    if too_many > 0:
        del scale_set.decisions[:too_many]
        scale_set.dropped.decisions += too_many


def drop_operations(scale_set: AnyAggregate) -> None:
    """Keep the newest operations, and all that have not ended."""
    operations, dropped = scale_set.operations, scale_set.dropped
    while len(operations) > scale_set.settings.kept_operations:
        oldest = next((found for found in operations.values() if found.ended_at is not None), None)
        if oldest is None or oldest.ended_at is None or oldest.id == scale_set.deletion:
            return
        if oldest.writes:
            dropped.written_at = max(dropped.written_at, oldest.ended_at)
        del operations[oldest.id]
        dropped.operations += 1


def drop_upgrades(scale_set: AnyAggregate) -> None:
    """Keep the newest rolling upgrades; a dropped one leaves its place empty, as others are known by their number."""
    kept = len(scale_set.upgrades) - scale_set.dropped.upgrades
    if kept > scale_set.settings.kept_upgrades:
        scale_set.upgrades[scale_set.dropped.upgrades] = None
        scale_set.dropped.upgrades += 1


def drop_hook_events(scale_set: AnyAggregate) -> None:
    """Keep the newest lifecycle hook events, and those that wait for an answer."""
    events, dropped = scale_set.hook_events, scale_set.dropped
    while len(events) > scale_set.settings.kept_hook_events:
        oldest = next((event for event in events.values() if not event.active), None)
        if oldest is None:
            return
        del events[oldest.name]
        dropped.hook_events += 1


def drop_models(scale_set: AnyAggregate) -> None:
    """Keep the newest versions of the model, and all that an instance has, or that work in hand needs."""
    versions, dropped = scale_set.versions, scale_set.dropped
    too_many = len(versions) - dropped.models - scale_set.settings.kept_models
    if too_many <= 0:
        return
    needed = _referenced_versions(scale_set)
    for version in list(versions[:-1]):
        if too_many > 0 and version is not None and version.number not in needed:
            versions[version.number - 1] = None
            dropped.models += 1
            too_many -= 1


def _referenced_versions(scale_set: AnyAggregate) -> set[int]:
    upgrade = scale_set.rolling_upgrade
    needed = set() if upgrade is None else {snapshot.applied for snapshot in upgrade.snapshots.values()}
    for instance in scale_set.instances.values():
        needed.add(instance.applied)
        needed.update(number for job in instance.jobs for number in job.required_versions())
    return needed
