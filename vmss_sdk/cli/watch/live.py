"""A picture on a terminal that changes in place, with what happens scrolling by above it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

import attrs
from rich.text import Text

from vmss_sdk.cli.watch.picture import HEIGHT, WIDTH, picture
from vmss_sdk.cli.watch.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from rich.console import Console

    from vmss_sdk.cli.watch.changes import Change
    from vmss_sdk.cli.watch.display import Outcome
    from vmss_sdk.cli.watch.source import Observation

__all__ = ["LiveDisplay"]


class LiveDisplay:
    """Shows a scale set with rich.

    Args:
        speed: How fast virtual time is shown: 2 is twice as fast, 0 without any pause.
        console: By default standard output as it is.
    """

    def __init__(self, speed: float, console: Console | None = None) -> None:
        self._screen = Screen(speed, console)
        self._look: Observation | None = None
        self._trouble = ""
        self._said: set[str] = set()

    @property
    def fits(self) -> bool:
        """Whether this terminal can show it."""
        return self._screen.fits(WIDTH, HEIGHT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last picture, and the cursor as it was."""
        self._screen.stop()

    def show(self, observation: Observation, changes: Sequence[Change]) -> None:
        """Change the picture; what it does not tell by itself scrolls by above it."""
        if self._look is None:
            self._screen.begin()
        self._look = observation
        for change in changes:
            if change.text and not change.minor:
                self._said.add(change.text)
                time = f"{change.at or observation.frame.time:%H:%M:%S}"
                self._screen.console.print(Text.assemble((time, "dim"), "  ", change.text))
        self._draw(0.0)

    def tick(self, seconds: float) -> None:
        """Let the time in the picture go on, and fit it into the terminal anew."""
        self._draw(seconds)

    def trouble(self, text: str) -> None:
        """Say so in the picture."""
        self._trouble = text
        self._draw(0.0)

    def pause(self, *, eventful: bool) -> None:
        """Let a person see it."""
        self._screen.pause(eventful=eventful)

    def end(self, outcome: Outcome) -> None:
        """How it ended, below the last picture, without what was said already."""
        self._screen.stop()
        gate = self._look.frame.gate if self._look else ""
        for line in outcome.lines:
            if line not in self._said and line != gate:
                self._screen.console.print(Text(line))

    def _draw(self, seconds: float) -> None:
        if self._look is None:
            return
        frame = self._look.frame
        screen = self._screen
        shown = attrs.evolve(frame, time=frame.time + timedelta(seconds=seconds))
        size = screen.console.width, screen.console.height
        screen.draw(
            picture(shown, self._look.clock, size, ascii_only=screen.ascii_only, trouble=self._trouble),
        )
