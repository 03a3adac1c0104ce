"""Time for the emulator: virtual (skips), scaled (runs faster) or system (real).

The only module of the emulator that reads the wall clock.
"""

import threading
import time
from typing import Protocol

__all__ = [
    "DEFAULT_START",
    "Clock",
    "ScaledClock",
    "StoppedClock",
    "VirtualClock",
    "clock_at",
    "clock_from",
    "stopped_at",
]

DEFAULT_START = 1_767_225_600.0
"""2026-01-01T00:00:00Z: a virtual clock starts at the same moment each time, so the same story gives the same times."""


class Clock(Protocol):
    """Seconds since 1970-01-01 UTC, and ways to let them pass."""

    @property
    def kind(self) -> str:
        """``virtual``, ``scaled`` or ``system``."""

    def now(self) -> float:
        """The present moment, in seconds since 1970-01-01 UTC."""

    def sleep(self, seconds: float) -> None:
        """Let time pass for one who waits."""

    def advance(self, seconds: float) -> None:
        """Move the clock forward at once."""


class VirtualClock:
    """Stands still until somebody waits or advances it; waiting costs no real time."""

    def __init__(self, start: float = DEFAULT_START) -> None:
        self._now = start
        self._lock = threading.Lock()

    @property
    def kind(self) -> str:
        """``virtual``."""
        return "virtual"

    def now(self) -> float:
        """The present moment, in seconds since 1970-01-01 UTC."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Skip this many seconds."""
        self.advance(max(0.0, seconds))

    def advance(self, seconds: float) -> None:
        """Move forward.

        Raises:
            ValueError: The number is negative; time does not run backwards.
        """
        with self._lock:
            self._now += _forward(seconds)

    def advance_to(self, moment: float) -> None:
        """Move forward to a moment; nothing happens when it has passed."""
        with self._lock:
            self._now = max(self._now, moment)


class ScaledClock:
    """Runs `factor` times as fast as the wall clock; 1 is real time (kind ``system``), 0 stands still."""

    def __init__(self, factor: float = 1.0, start: float | None = None) -> None:
        self._factor = _speed(factor)
        self._base = time.time() if start is None else start
        self._since = time.monotonic()
        self._lock = threading.Lock()

    @property
    def kind(self) -> str:
        """``system`` for real time, else ``scaled``."""
        return "system" if self._factor == 1 else "scaled"

    @property
    def factor(self) -> float:
        """Emulated seconds per real second."""
        return self._factor

    def now(self) -> float:
        """The present moment, in seconds since 1970-01-01 UTC."""
        return self._base + (time.monotonic() - self._since) * self._factor

    def sleep(self, seconds: float) -> None:
        """Wait until this many emulated seconds have passed; on a clock that stands still, that many real ones."""
        time.sleep(max(0.0, seconds) / (self._factor or 1.0))

    def advance(self, seconds: float) -> None:
        """Move forward.

        Raises:
            ValueError: The number is negative; time does not run backwards.
        """
        with self._lock:
            self._base += _forward(seconds)

    def set_speed(self, factor: float) -> None:
        """Run at another speed from this moment on.

        Raises:
            ValueError: The factor is negative.
        """
        _speed(factor)
        with self._lock:
            self._base, self._since, self._factor = self.now(), time.monotonic(), factor


class StoppedClock(ScaledClock):
    """A clock of some speed that stands at a moment: what was done at that moment is done again."""

    def now(self) -> float:
        """The present moment, in seconds since 1970-01-01 UTC."""
        return self._base


def stopped_at(now: float, factor: float | None) -> VirtualClock | ScaledClock:
    """A clock that stands at a moment and is taken for the one that there was.

    Args:
        now: The moment, in seconds since 1970-01-01 UTC.
        factor: Emulated seconds per real second; None for a virtual clock.
    """
    return VirtualClock(now) if factor is None else StoppedClock(factor, now)


def clock_at(kind: str, now: float, factor: float) -> VirtualClock | ScaledClock:
    """A clock that goes on from a moment.

    CHOICE: real time went on while nobody looked; time of another speed stood still, as virtual time does.

    Args:
        kind: ``virtual``, ``scaled`` or ``system``.
        now: The moment, in seconds since 1970-01-01 UTC.
        factor: Emulated seconds per real second; a virtual clock has none.
    """
    if kind == "virtual":
        return VirtualClock(now)
    return ScaledClock(factor, max(now, time.time()) if kind == "system" else now)


def clock_from(text: str) -> VirtualClock | ScaledClock:
    """The clock that a word names: ``virtual``, ``system`` or ``scaled:60``.

    Raises:
        ValueError: The word names no clock.
    """
    kind, _, factor = text.partition(":")
    if kind == "virtual" and not factor:
        return VirtualClock()
    if kind == "system" and not factor:
        return ScaledClock(1.0)
    if kind == "scaled":
        try:
            return ScaledClock(float(factor or "60"))
        except ValueError:
            pass
    raise ValueError(f"{text!r} names no clock: expected 'virtual', 'system' or 'scaled:N' with N >= 0, e.g. scaled:60")


def _forward(seconds: float) -> float:
    if not 0 <= seconds < float("inf"):
        raise ValueError(f"cannot advance a clock by {seconds} s: expected a number of seconds >= 0")
    return seconds


def _speed(factor: float) -> float:
    if not 0 <= factor < float("inf"):
        raise ValueError(f"a clock cannot run at {factor} times: expected a factor >= 0")
    return factor
