"""The instances at each past decision, reconstructed from the decision log for somebody who begins to watch late."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from vmss_sdk.cli.watch.frame import Cell
from vmss_sdk.cli.watch.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vmss_sdk.records import Decision

__all__ = ["past_cells"]

_CREATED = ("ScaledOut", "Surged")
_REMOVED = ("ScaledIn", "ExtraRemoved")
_TROUBLE = (State.SICK, State.FAILED)
_CHANGED = ("InstanceUpgraded", "ImageUpgraded", "ExtensionsUpgraded", "Reimaged")


def past_cells(decisions: Sequence[Decision], now: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    """The instances at the moment of each of these decisions, after all that was decided at that moment.

    An instance that no decision names is shown as it is now, because nothing tells how it was; an upgraded one waits
    for its health until its batch is over, because the log does not tell when it was healthy.

    Args:
        decisions: Those of one rolling upgrade, from its beginning.
        now: The instances after the last of them.
    """
    cells = {cell.instance_id: cell for cell in now}
    last = dict(cells)
    has_health = any(cell.healthy is not None for cell in now)
    for decision in decisions:
        if decision.kind == "UpgradeStarted":
            _set(cells, decision.instance_ids, State.OLD, healthy=True if has_health else None)
        elif decision.kind in _CREATED:
            for instance_id in decision.instance_ids:
                cells.pop(instance_id, None)
    for _, same_time in groupby(decisions, lambda decision: decision.time):
        moment = list(same_time)
        for decision in moment:
            _apply(cells, decision, last, has_health=has_health)
        shown = tuple(cells[cell.instance_id] for cell in now if cell.instance_id in cells)
        yield from (shown for _ in moment)


def _apply(cells: dict[str, Cell], decision: Decision, last: dict[str, Cell], *, has_health: bool) -> None:
    ids, kind = decision.instance_ids, decision.kind
    well, unwell = (True, False) if has_health else (None, None)
    if kind == "BatchStarted":
        _set(cells, ids, State.UPDATING, healthy=unwell)
    elif kind in _CHANGED:
        _set(cells, ids, State.WAITING if has_health else State.NEW, healthy=unwell)
    elif kind == "InstanceFailed":
        for instance_id in ids:
            if instance_id in last:
                state = last[instance_id].state
                _set(cells, [instance_id], state if state in _TROUBLE else State.SICK, healthy=unwell)
    elif kind == "BatchFinished":
        done = [each for each in ids if each in cells and cells[each].state not in _TROUBLE]
        _set(cells, done, State.NEW, healthy=well)
    elif kind == "RolledBack":
        _set(cells, ids, State.OLD, healthy=well)
    elif kind in _CREATED:
        cells.update(
            (each, attrs.evolve(last[each], state=State.CREATING, healthy=unwell)) for each in ids if each in last
        )
    elif kind in _REMOVED:
        for instance_id in ids:
            cells.pop(instance_id, None)


def _set(cells: dict[str, Cell], ids: Iterable[str], state: State, *, healthy: bool | None) -> None:
    for instance_id in ids:
        if instance_id in cells:
            cells[instance_id] = attrs.evolve(cells[instance_id], state=state, healthy=healthy)
