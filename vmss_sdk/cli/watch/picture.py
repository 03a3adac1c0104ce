"""The picture of a scale set at one moment, for a terminal of any size that is worth it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from vmss_sdk.cli.durations import duration_text
from vmss_sdk.cli.watch.counts_text import ids_text
from vmss_sdk.cli.watch.screen import bars
from vmss_sdk.cli.watch.states import SIGNS, State, legend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from vmss_sdk.cli.watch.frame import Batch, Cell, Frame
    from vmss_sdk.records import ClockReading

__all__ = ["HEIGHT", "WIDTH", "picture"]

WIDTH, HEIGHT = 60, 16
"""The smallest terminal that a picture fits into; on a smaller one there are only counts."""

_WIDEST = 110
_ECHO = 3
"""Columns left free on the right: the terminal's echo of Ctrl-C must not wrap the last line of the picture."""
_AROUND = 4
_NAMED_ROWS = 4
"""Instances are shown with their ids while that takes no more rows than these."""
_BESIDES = 15
"""Rows for everything but the instances."""


def picture(
    frame: Frame, clock: ClockReading | None, size: tuple[int, int], *, ascii_only: bool = False, trouble: str = ""
) -> RenderableType:
    """Draw a moment.

    Args:
        frame: What to draw.
        clock: The emulator's; None against Azure.
        size: Columns and rows of the terminal.
        ascii_only: Whether it shows no other signs.
        trouble: Why there is nothing newer; empty when there is.
    """
    width, height = min(size[0] - _ECHO, _WIDEST), size[1]
    if size[0] < WIDTH or height < HEIGHT:
        return _small(frame, trouble)
    rows = _rows(frame.cells, width - _AROUND, height - _BESIDES, ascii_only=ascii_only)
    parts: list[RenderableType] = [_model(frame, ascii_only=ascii_only), Text(), *rows, Text(), _bars(frame)]
    parts += _roll(frame)
    if trouble:
        parts.append(Text(trouble, "bold red"))
    parts += [Text(), Text(legend(frame.states, plain=ascii_only), "dim")]
    return Panel(
        Group(*parts),
        title=Text(f"{frame.name}", "bold"),
        title_align="left",
        subtitle=Text(_time(frame, clock)),
        subtitle_align="right",
        width=width,
        border_style="red" if frame.gate or trouble else "dim",
    )


def _small(frame: Frame, trouble: str) -> Text:
    healthy = "" if frame.healthy is None else f"; {frame.healthy} healthy"
    line = trouble or f"{duration_text(frame.seconds)} {frame.name}: {frame.counts}{healthy}"
    return Text(line, overflow="ellipsis", no_wrap=True)


def _time(frame: Frame, clock: ClockReading | None) -> str:
    return f"{duration_text(frame.seconds)} since it began, {frame.time:%H:%M:%S} UTC{_clock_text(clock)}"


def _clock_text(clock: ClockReading | None) -> str:
    if clock is None or clock.kind == "system":
        return ""
    return ", emulated" if clock.speed is None else f", emulated, {clock.speed:g} times as fast"


def _model(frame: Frame, *, ascii_only: bool) -> Text:
    arrow = " -> " if ascii_only else " → "
    images = arrow.join(f"{image} on {count}" for image, count in frame.images)
    known = {image for image, _ in frame.images}
    if frame.image and frame.image not in known:
        images += f"{arrow}{frame.image}" if images else frame.image
    parts = [f"{frame.mode} upgrades" if frame.mode else "", f"image {images}" if images else ""]
    parts.append(f"{len(frame.cells)} instances, capacity {frame.capacity}")
    parts.append("" if frame.provisioning_state == "Succeeded" else frame.provisioning_state)
    return Text("; ".join(filter(None, parts)))


class _Layout(NamedTuple):
    """One way to draw instances.

    Attributes:
        columns: What each takes.
        rows: Only if it takes no more rows than these.
        named: Whether their ids are told.
    """

    columns: int
    rows: int
    named: bool = False


def _rows(cells: Sequence[Cell], width: int, height: int, *, ascii_only: bool) -> list[RenderableType]:
    """The instances, a paragraph for each place: with ids, or sign by sign, or only counted, whatever fits."""
    ordered = sorted(cells, key=lambda cell: cell.place)
    places = [(place, list(there)) for place, there in groupby(ordered, lambda cell: cell.place)]
    label = max((len(place) + 2 for place, _ in places if place), default=0)
    longest = max((len(cell.instance_id) for cell in cells), default=0)
    for way in (_Layout(longest + 4, _NAMED_ROWS, named=True), _Layout(2, height), _Layout(1, height)):
        per_row = max(1, (width - label) // way.columns)
        if sum(-(-len(there) // per_row) for _, there in places) <= max(way.rows, len(places)):
            return [
                line
                for place, there in places
                for line in _paragraph(place.ljust(label), there, per_row, way, ascii_only=ascii_only)
            ]
    return [_counted(place.ljust(label), there, ascii_only=ascii_only) for place, there in places]


def _paragraph(label: str, cells: Sequence[Cell], per_row: int, way: _Layout, *, ascii_only: bool) -> Iterator[Text]:
    for first in range(0, len(cells), per_row):
        line = Text(no_wrap=True).append(label if first == 0 else " " * len(label), "dim")
        for cell in cells[first : first + per_row]:
            if way.named:
                line.append(f"{cell.instance_id.rjust(way.columns - 4)} ", "default")
            line.append(_sign(cell.state, ascii_only=ascii_only), SIGNS[cell.state].style)
            line.append(" " * (2 if way.named else way.columns - 1))
        yield line


def _counted(label: str, cells: Sequence[Cell], *, ascii_only: bool) -> Text:
    counts = Counter(cell.state for cell in cells)
    line = Text().append(label, "dim")  # not the style of the whole line
    for state in SIGNS:
        if counts[state]:
            line.append(f"{_sign(state, ascii_only=ascii_only)} {counts[state]}  ", SIGNS[state].style)
    return line


def _sign(state: State, *, ascii_only: bool) -> str:
    return SIGNS[state].plain if ascii_only else SIGNS[state].sign


def _bars(frame: Frame) -> Table:
    total = len(frame.cells)
    rows = [] if frame.healthy is None else [("healthy", frame.healthy, total, "green")]
    if State.UP not in frame.states:  # else nobody tells who has the newest model
        rows.append(("newest model", frame.newest, total, "cyan"))
    return bars(rows)


def _roll(frame: Frame) -> Iterator[Text]:
    if frame.roll is not None:
        yield Text(f"rolling upgrade {frame.roll.code}: {frame.roll.counts}")
    if frame.batch is not None and frame.roll is not None:
        yield Text(_batch(frame, frame.batch))
    if frame.gate:
        yield Text(frame.gate, "bold red")


def _batch(frame: Frame, batch: Batch) -> str:
    of = f" of about {batch.about}" if batch.about and batch.about >= batch.number else ""
    which = f"batch {batch.number}{of}: {ids_text(batch.instance_ids)}"
    if batch.running:
        return f"{which}, for {duration_text((frame.time - batch.since).total_seconds())}"
    if batch.pause_until is not None and batch.pause_until > frame.time:
        left = (batch.pause_until - frame.time).total_seconds()
        return f"{which}, over; pause until {batch.pause_until:%H:%M:%S}, {duration_text(left)} more"
    return f"{which}, over"
