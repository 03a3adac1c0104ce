"""A terminal on which one picture changes in place and lines scroll by above it; the only user of rich's Live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

from vmss_sdk.transport.base import WallClock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

__all__ = ["Screen", "bars"]

_BAR = 24
_EVENT_SECONDS = 0.35
_CHANGE_SECONDS = 0.05


class Screen:
    """Draws on standard output.

    Args:
        speed: How fast virtual time is shown: 2 is twice as fast, 0 without any pause.
        console: By default standard output as it is.

    Attributes:
        console: Where lines are printed; they stay above the picture.
    """

    def __init__(self, speed: float, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self._speed = speed
        self._clock = WallClock()
        self._live: Live | None = None
        self._size = self.console.size

    def fits(self, width: int, height: int) -> bool:
        """Whether this terminal can show a picture of that size."""
        console = self.console
        return not console.is_dumb_terminal and console.width >= width and console.height >= height

    @property
    def ascii_only(self) -> bool:
        """Whether it shows no signs beyond ASCII."""
        return not self.console.encoding.startswith("utf")

    @property
    def drawing(self) -> bool:
        """Whether there is a picture."""
        return self._live is not None

    def begin(self) -> None:
        """From here on a picture is shown below the lines."""
        self.stop()
        self._live = Live(console=self.console, auto_refresh=False)
        self._live.start()

    def draw(self, picture: RenderableType) -> None:
        """Change the picture."""
        if self._live is None:
            return
        if self.console.size != self._size:  # the terminal wrapped the old picture, which cannot be taken back
            self._size = self.console.size
            self.console.clear()
        self._live.update(picture, refresh=True)

    def stop(self) -> None:
        """Leave the last picture, and the cursor as it was."""
        live, self._live = self._live, None
        if live is not None:
            live.stop()

    def pause(self, *, eventful: bool) -> None:
        """Let a person see a moment of virtual time; longer when there was something to read."""
        self.wait(_EVENT_SECONDS if eventful else _CHANGE_SECONDS)

    def wait(self, seconds: float) -> None:
        """Wait at the speed that was asked for."""
        if self._speed:
            self._clock.sleep(seconds / self._speed)


def bars(rows: Sequence[tuple[str, int, int, str]]) -> Table:
    """Bars for ``(name, count, total, colour)``."""
    grid = Table.grid(padding=(0, 1))
    for name, count, total, colour in rows:
        bar = ProgressBar(max(total, 1), count, _BAR, complete_style=colour, finished_style=colour)
        grid.add_row(name, bar, f"{count:{len(str(total))}} of {total}")
    return grid
