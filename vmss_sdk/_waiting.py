"""Waiting for many long-running operations: one agenda, at most sixteen workers, whatever their number."""

from __future__ import annotations

import heapq
import math
import threading
from typing import TYPE_CHECKING, Protocol

from vmss_sdk.transport.base import Clock, WallClock

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Watched", "watch"]

_MAX_WORKERS = 16
_LATE = 0.25
_INTERRUPTIBLE = 0.5


class Watched(Protocol):
    """What can be waited for."""

    @property
    def has_ended(self) -> bool:
        """Whether nothing more can happen."""

    @property
    def next_poll(self) -> float:
        """When it is worth asking again, seconds since 1970-01-01 UTC."""

    def poll(self) -> None:
        """Ask the service once."""


def watch(operations: Sequence[Watched], timeout: float | None, clock: Clock) -> list[BaseException]:
    """Poll operations, each when it is due, until all have ended or the time is over.

    An operation that cannot be polled is given up; the others go on. At the end of the time each unfinished
    operation is asked once more.

    Args:
        operations: What to wait for.
        timeout: Seconds by the clock; None waits without end.
        clock: Of all of them.

    Returns:
        What went wrong while polling, in the order of time.
    """
    deadline = math.inf if timeout is None else clock.now() + timeout
    agenda = _PollQueue([operation for operation in operations if not operation.has_ended], deadline)
    if len(agenda) > 1 and isinstance(clock, WallClock):
        _WorkerPool(agenda, clock).work()
    else:
        _in_this_thread(agenda, clock)
    return agenda.errors


class _PollQueue:
    """Who is to be asked when."""

    def __init__(self, operations: Sequence[Watched], deadline: float) -> None:
        self._operations = operations
        self._deadline = deadline
        self._heap = [(min(o.next_poll, deadline), index) for index, o in enumerate(operations)]
        heapq.heapify(self._heap)
        self.errors: list[BaseException] = []

    def __len__(self) -> int:
        return len(self._heap)

    def next_time(self) -> float:
        return self._heap[0][0]

    def pop(self) -> int:
        return heapq.heappop(self._heap)[1]

    def ask(self, index: int, catch: type[BaseException] = Exception) -> BaseException | None:
        try:
            self._operations[index].poll()
        except catch as error:
            return error
        return None

    def record(self, index: int, error: BaseException | None, now: float) -> None:
        """Note what asking brought, and when to ask again."""
        operation = self._operations[index]
        if error is not None:
            self.errors.append(error)
        elif not operation.has_ended and now < self._deadline:
            heapq.heappush(self._heap, (min(operation.next_poll, self._deadline), index))


def _in_this_thread(agenda: _PollQueue, clock: Clock) -> None:
    while agenda:
        pause = agenda.next_time() - clock.now()
        if pause > 0:
            clock.sleep(pause)
        index = agenda.pop()
        agenda.record(index, agenda.ask(index), clock.now())


class _WorkerPool:
    """Workers that ask side by side. It begins with one, and grows only while somebody is asked too late.

    Every worker takes the next operation itself, when that is due: nothing is handed from thread to thread.
    """

    def __init__(self, agenda: _PollQueue, clock: Clock) -> None:
        self._agenda = agenda
        self._clock = clock
        self._lock = threading.Lock()
        self._due = threading.Condition(self._lock)
        self._over = threading.Condition(self._lock)
        self._workers = 0
        self._asking = 0
        self._stopped = False

    def work(self) -> None:
        """Ask until the agenda is empty. The caller's thread only watches, so that it can be interrupted."""
        try:
            with self._lock:
                self._start_worker()
                while not self._is_over():
                    # In slices, because a long wait on a lock cannot be interrupted from the keyboard everywhere.
                    self._over.wait(_INTERRUPTIBLE)
                    self._start_worker_if_late()
        finally:
            with self._lock:
                self._stopped = True
                self._due.notify_all()

    def _is_over(self) -> bool:
        return self._stopped or not (self._agenda or self._asking)

    def _start_worker(self) -> None:
        self._workers += 1
        threading.Thread(target=self._worker, name=f"vmss-sdk-poll-{self._workers}", daemon=True).start()

    def _start_worker_if_late(self) -> None:
        if self._agenda and self._workers < _MAX_WORKERS and self._agenda.next_time() < self._clock.now() - _LATE:
            self._start_worker()

    def _worker(self) -> None:
        with self._lock:
            while (index := self._next_due()) is not None:
                self._lock.release()
                error = self._agenda.ask(index, BaseException)
                self._lock.acquire()
                self._asking -= 1
                self._agenda.record(index, error, self._clock.now())
                self._due.notify()  # whoever waits may have to wait less long now
            self._due.notify_all()
            self._over.notify()

    def _next_due(self) -> int | None:
        """Whom to ask now; waits until somebody is due, None when nobody will be."""
        while not self._is_over():
            pause = self._agenda.next_time() - self._clock.now() if self._agenda else None
            if pause is not None and pause <= 0:
                self._asking += 1
                index = self._agenda.pop()
                self._start_worker_if_late()
                return index
            self._due.wait(pause)
        return None
