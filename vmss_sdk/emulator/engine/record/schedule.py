"""The schedule: a heap of due activities, ordered by time, then by priority, then by insertion."""

import heapq
from collections.abc import Iterator
from typing import Any, Protocol, TypeAlias

import attrs

__all__ = ["Activity", "AnyAggregate", "Schedule"]

AnyAggregate: TypeAlias = Any
"""`aggregate.Aggregate` where it cannot be named: in what it is made of itself. Whoever implements one of these
protocols says ``Aggregate``."""


class Activity(Protocol):
    """Work that goes on: a plain record that is stepped when it is due."""

    def step(self, scale_set: AnyAggregate) -> None:
        """Do what is due at the scale set's present moment; schedule itself again if more is to come."""


@attrs.define
class Schedule:
    """The running activities of one scale set."""

    _heap: list[tuple[float, int, int, Activity]] = attrs.field(factory=list)
    _sequence: int = 0
    _void: set[int] = attrs.field(factory=set)

    @property
    def added(self) -> int:
        """How many activities were ever added."""
        return self._sequence

    def add(self, due: float, activity: Activity, priority: int = 0) -> int:
        """Have an activity stepped at a moment; the lower priority goes first among equals.

        Returns:
            The number of the entry, for `drop`.
        """
        self._sequence += 1
        heapq.heappush(self._heap, (due, priority, self._sequence, activity))
        return self._sequence

    def drop(self, entry: int) -> None:
        """Take an entry off that has not been stepped."""
        self._void.add(entry)

    @property
    def next_due(self) -> float | None:
        """When the next activity is due; None when nothing goes on."""
        while self._heap and self._heap[0][2] in self._void:
            self._void.discard(heapq.heappop(self._heap)[2])
        return self._heap[0][0] if self._heap else None

    def entries(self) -> Iterator[tuple[float, Activity]]:
        """All activities with their moments, in no order."""
        return ((due, activity) for due, _, entry, activity in self._heap if entry not in self._void)

    def pop(self) -> tuple[float, Activity]:
        """The next activity, taken off the schedule, and its moment."""
        due, _, _, activity = heapq.heappop(self._heap)
        return due, activity

    def clear(self) -> None:
        """Drop everything."""
        self._heap.clear()
        self._void.clear()
