"""The story on a terminal: a picture of the ten instances that changes in place, paced for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Group
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from vmss_sdk.cli.durations import duration_text
from vmss_sdk.cli.watch.screen import Screen, bars
from vmss_sdk.cli.watch.states import SIGNS, State, legend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from vmss_sdk.cli.demo.display import Cell, Frame

__all__ = ["LiveDisplay"]

_WIDTH = 78
_CHAPTER_SECONDS = 0.6
_LEGEND = legend([State.CREATING, State.OLD, State.UPDATING, State.WAITING, State.NEW], plain=False)


class LiveDisplay:
    """Shows the story with rich.

    Args:
        speed: 2 tells it twice as fast, 0 without any pause.
    """

    def __init__(self, speed: float) -> None:
        self._screen = Screen(speed)

    @property
    def fits(self) -> bool:
        """Whether this terminal can show it."""
        return self._screen.fits(_WIDTH, 1) and not self._screen.ascii_only

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last picture, and the cursor as it was."""
        self._screen.stop()

    def chapter(self, title: str, text: Sequence[str]) -> None:
        """A heading and a few lines; below them a new picture begins."""
        self._screen.stop()
        console = self._screen.console
        console.print()
        console.print(Rule(Text(title, "bold"), align="left", style="dim"), width=_WIDTH)
        for line in text:
            console.print(Text(line, "dim"))
        console.print()
        self._screen.wait(_CHAPTER_SECONDS)
        self._screen.begin()

    def show(self, frame: Frame, events: Sequence[str]) -> None:
        """Change the picture; the events scroll by above it."""
        if not self._screen.drawing:
            return
        if events:
            line = Text.assemble((duration_text(frame.seconds), "dim"), "  ", "; ".join(events))
            self._screen.console.print(line)
        self._screen.draw(_picture(frame))
        self._screen.pause(eventful=bool(events))

    def end(self, paragraphs: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Headings and lines."""
        self._screen.stop()
        for heading, lines in paragraphs:
            self._screen.console.print(Text(f"\n{heading}", "bold"))
            for line in lines:
                self._screen.console.print(Text(f"  {line}"))


def _picture(frame: Frame) -> Panel:
    total = len(frame.cells)
    shares = bars([("healthy", frame.healthy, total, "green"), ("newest model", frame.up_to_date, total, "cyan")])
    return Panel(
        Group(_instances(frame.cells), Text(), shares, Text(), Text(_LEGEND, "dim")),
        title="web",
        title_align="left",
        subtitle=f"emulated time {duration_text(frame.seconds)}",
        subtitle_align="right",
        width=_WIDTH,
        border_style="dim",
    )


def _instances(cells: Sequence[Cell]) -> Table:
    grid = Table.grid(padding=(0, 1))
    for _ in range(len(cells) + 1):
        grid.add_column(justify="center", min_width=5)
    grid.add_row("", *(Text(cell.instance_id, "bold") for cell in cells))
    grid.add_row("", *(Text(SIGNS[cell.state].sign, SIGNS[cell.state].style) for cell in cells))
    grid.add_row(Text("image", "dim"), *(Text(cell.image, SIGNS[cell.state].style) for cell in cells))
    newest = max(cell.custom_data for cell in cells)
    grid.add_row(
        Text("data", "dim"),
        *(Text(cell.custom_data, "green" if cell.custom_data == newest else "default") for cell in cells),
    )
    return grid
