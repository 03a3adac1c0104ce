"""Waiting for many long-running operations without a thread for each: they are polled when they are due."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable
from typing import Any

import attrs

from vmss_sdk.operation import Operation
from vmss_sdk.transport.base import Clock, WallClock

__all__ = ["StepScheduler", "real_seconds", "skips"]

Step = Callable[[], None]


def skips(clock: Clock) -> bool:
    """Whether waiting by this clock costs no time, as by an emulator's virtual one."""
    return getattr(clock, "kind", "") == "virtual"


def real_seconds(operation: Operation[Any], clock: Clock) -> float:
    """How long until the operation is to be polled, in the time of this machine."""
    return max(0.0, operation.next_poll - clock.now()) / (getattr(clock, "factor", 1.0) or 1.0)


@attrs.define(order=True)
class _Entry:
    due: float
    number: int
    step: Step = attrs.field(order=False)


class StepScheduler:
    """Runs steps when they are due, each in a thread of a pool.

    Args:
        submit: Has a step run soon.
    """

    def __init__(self, submit: Callable[[Step], object]) -> None:
        self._submit = submit
        self._clock = WallClock()
        self._heap: list[_Entry] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def after(self, seconds: float, step: Step) -> None:
        """Run a step so many seconds from now."""
        with self._changed:
            heapq.heappush(self._heap, _Entry(self._clock.now() + seconds, next(self._numbers), step))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="vmss-bridge-agenda", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while True:
            self._submit(self._next())

    def _next(self) -> Step:
        with self._changed:
            while True:
                pause = self._heap[0].due - self._clock.now() if self._heap else None
                if pause is not None and pause <= 0:
                    return heapq.heappop(self._heap).step
                self._changed.wait(pause)
