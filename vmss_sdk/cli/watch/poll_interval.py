"""The interval between two polls of a watched scale set, in real or in emulated time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.transport.base import WallClock

if TYPE_CHECKING:
    from vmss_sdk.cli.watch.display import Display
    from vmss_sdk.cli.watch.source import Observation
    from vmss_sdk.client import VmssClient

__all__ = ["PollInterval"]

_AZURE = 5.0
_EMULATED = 5.0
_SHORTEST, _LONGEST = 0.25, 1.0
_PAGE = 120
_PER_PAGE = 2.0
"""Azure lets a scale set's instances be listed about thirty times a minute (wire.md 1.2), and a list has pages."""
_TICK = 0.5


class PollInterval:
    """Waits between two polls.

    On Azure 5 s, and longer when the list of instances has many pages; on a scaled or real clock of an emulator 5
    emulated seconds, but never longer than a real second nor shorter than a quarter of one. A virtual clock is
    moved to the next event instead; a display then pauses for as long as a person needs.

    Args:
        client: Whose service it is.
        display: Who is told that time passes.
        interval: Real seconds instead of all that.

    Attributes:
        eventful: Whether the last look had something to read.
        virtual: Whether the clock stands still until somebody waits.
        retry_seconds: How long to wait before a service that could not be reached is asked again.
    """

    retry_seconds = 3.0

    def __init__(self, client: VmssClient, display: Display, interval: float | None) -> None:
        self._client = client
        self._display = display
        self._interval = interval
        self._clock = WallClock()
        self.eventful = False
        self.virtual = False

    @property
    def alone(self) -> bool:
        """Whether nobody else can change anything: the emulator is in this process, and its time stands still."""
        return self.virtual and not isinstance(self._client.clock, WallClock)

    def see(self, observation: Observation) -> None:
        """Learn what clock there is."""
        self.virtual = observation.clock is not None and observation.clock.kind == "virtual"

    def wait(self, observation: Observation, longest: float, *, skip: bool) -> None:
        """Wait until it is worth looking again.

        Args:
            observation: What was seen.
            longest: Not longer than so many seconds.
            skip: Whether a virtual clock moves on to the next event.
        """
        if not self.virtual:
            self._sleep(min(self._seconds(observation), longest), observation)
            return
        if skip or self.alone:
            self._client.emulator.clock.skip()
            self._display.pause(eventful=self.eventful)
        if self._interval is not None or not (skip or self.alone):
            self._sleep(min(self._interval or _LONGEST, longest), observation)

    def _seconds(self, observation: Observation) -> float:
        if self._interval is not None:
            return self._interval
        if observation.clock is None:
            return max(_AZURE, _PER_PAGE * -(-len(observation.frame.cells) // _PAGE))
        return min(_LONGEST, max(_SHORTEST, _EMULATED / (observation.clock.speed or 1.0)))

    def _sleep(self, seconds: float, observation: Observation) -> None:
        speed = observation.clock.speed if observation.clock else 1.0
        end = self._clock.now() + seconds
        begun = self._clock.now()
        while (left := end - self._clock.now()) > 0:
            self._clock.sleep(min(left, _TICK))
            self._display.tick((self._clock.now() - begun) * (speed or 0.0))
