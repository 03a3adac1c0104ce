"""The story on a terminal: a picture of the ten instances that changes in place, paced for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from vmss_sdk.cli.demo.display import Cell, Frame, State, clock_text
from vmss_sdk.transport.base import WallClock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

__all__ = ["LiveDisplay"]

_WIDTH = 78
_BAR = 24
_EVENT_SECONDS = 0.35
_CHANGE_SECONDS = 0.05
_CHAPTER_SECONDS = 0.6

_LOOKS = {
    State.CREATING: ("·", "dim"),
    State.OLD: ("○", "default"),
    State.UPGRADING: ("◐", "yellow"),
    State.NEW: ("●", "green"),
    State.SICK: ("✗", "bold red"),
}
_LEGEND = "  ".join(f"{sign} {state.value}" for state, (sign, _) in _LOOKS.items() if state is not State.SICK)


class LiveDisplay:
    """Shows the story with rich.

    Args:
        speed: 2 tells it twice as fast, 0 without any pause.
    """

    def __init__(self, speed: float) -> None:
        self._console = Console(highlight=False)
        self._speed = speed
        self._clock = WallClock()
        self._live: Live | None = None

    @property
    def fits(self) -> bool:
        """Whether this terminal can show it."""
        console = self._console
        return not console.is_dumb_terminal and console.width >= _WIDTH and console.encoding.startswith("utf")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last picture, and the cursor as it was."""
        self._stop()

    def chapter(self, title: str, text: Sequence[str]) -> None:
        """A heading and a few lines; below them a new picture begins."""
        self._stop()
        self._console.print()
        self._console.print(Rule(Text(title, "bold"), align="left", style="dim"), width=_WIDTH)
        for line in text:
            self._console.print(Text(line, "dim"))
        self._console.print()
        self._wait(_CHAPTER_SECONDS)
        self._live = Live(console=self._console, auto_refresh=False)
        self._live.start()

    def show(self, frame: Frame, events: Sequence[str]) -> None:
        """Change the picture; the events scroll by above it."""
        if self._live is None:
            return
        if events:
            self._console.print(Text.assemble((clock_text(frame.seconds), "dim"), "  ", "; ".join(events)))
        self._live.update(_picture(frame), refresh=True)
        self._wait(_EVENT_SECONDS if events else _CHANGE_SECONDS)

    def end(self, paragraphs: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Headings and lines."""
        self._stop()
        for heading, lines in paragraphs:
            self._console.print(Text(f"\n{heading}", "bold"))
            for line in lines:
                self._console.print(Text(f"  {line}"))

    def _stop(self) -> None:
        live, self._live = self._live, None
        if live is not None:
            live.stop()

    def _wait(self, seconds: float) -> None:
        if self._speed:
            self._clock.sleep(seconds / self._speed)


def _picture(frame: Frame) -> Panel:
    total = len(frame.cells)
    bars = Table.grid(padding=(0, 1))
    for name, count, colour in (("healthy", frame.healthy, "green"), ("newest model", frame.up_to_date, "cyan")):
        bar = ProgressBar(total, count, _BAR, complete_style=colour, finished_style=colour)
        bars.add_row(name, bar, f"{count:2} of {total}")
    return Panel(
        Group(_instances(frame.cells), Text(), bars, Text(), Text(_LEGEND, "dim")),
        title="web",
        title_align="left",
        subtitle=f"emulated time {clock_text(frame.seconds)}",
        subtitle_align="right",
        width=_WIDTH,
        border_style="dim",
    )


def _instances(cells: Sequence[Cell]) -> Table:
    grid = Table.grid(padding=(0, 1))
    for _ in range(len(cells) + 1):
        grid.add_column(justify="center", min_width=5)
    grid.add_row("", *(Text(cell.instance_id, "bold") for cell in cells))
    grid.add_row("", *(Text(*_LOOKS[cell.state]) for cell in cells))
    grid.add_row(Text("image", "dim"), *(Text(cell.image, _LOOKS[cell.state][1]) for cell in cells))
    newest = max(cell.custom_data for cell in cells)
    grid.add_row(
        Text("data", "dim"),
        *(Text(cell.custom_data, "green" if cell.custom_data == newest else "default") for cell in cells),
    )
    return grid
