"""A picture of a forecast: the capacity over time, and the instances of the typical story. Needs the extra ``plot``."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vmss_sdk.errors import ClientUsageError
from vmss_sdk.forecast.result import Forecast

if TYPE_CHECKING:
    import os

__all__ = ["plot"]

_KINDS = (".svg", ".png", ".pdf", ".html")
_MOST_ROWS = 60
"""CHOICE: of more instances the first so many in the order of their batches have a row; more could not be read."""
_MINUTE = 60.0
_COLOURS = {"good": "#2a7f62", "bad": "#b3261e", "band": "#9ec5e8", "line": "#1b4f8a", "gate": "#8a6d1b"}


def plot(found: Forecast, path: str | os.PathLike[str]) -> None:
    """Draw a forecast into a file.

    Above: how many instances serve over time, from the least to the most of all stories, and the median. Below: when
    each instance of the typical story is in its batch, and where the gates between batches are.

    Args:
        found: The forecast.
        path: Ends with ``.svg``, ``.png``, ``.pdf`` or ``.html``.

    Raises:
        ClientUsageError: matplotlib is not installed, the name ends otherwise, the change is refused, or the file
            cannot be written.
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in _KINDS:
        raise ClientUsageError(f"cannot draw '{target}': expected a name that ends with {', '.join(_KINDS)}")
    if found.refused:
        raise ClientUsageError(f"there is nothing to draw: the change would be refused: {found.why_refused}")
    picture = _drawn(found, "svg" if kind == ".html" else kind[1:])
    if kind == ".html":
        picture = _page(found, picture)
    try:
        target.write_bytes(picture)
    except OSError as error:
        raise ClientUsageError(f"cannot write '{target}': {error}") from None


def _drawn(found: Forecast, kind: str) -> bytes:
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise ClientUsageError("pictures need matplotlib: pip install 'vmss-sdk[plot]'") from None
    rows = min(_MOST_ROWS, sum(len(batch.instance_ids) for batch in _batches(found)))
    # the same forecast is the same file: no date, and ids that do not vary
    with rc_context({"svg.hashsalt": "vmss", "svg.fonttype": "none"}):
        figure = Figure(figsize=(9, 4 + 0.16 * rows), layout="constrained")
        if rows:
            above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1 + 0.16 * rows))
            _gantt(below, found)
        else:
            above = below = figure.subplots()
        _capacity(above, found)
        below.set_xlabel("minutes since the change")
        target = io.BytesIO()
        figure.savefig(target, format=kind, metadata={"Date": None} if kind == "svg" else None)
    return target.getvalue()


def _capacity(axes: Any, found: Forecast) -> None:
    band = found.band(200)
    minutes = [moment / _MINUTE for moment, *_ in band]
    low, middle, high = zip(*(figures for _, *figures in band), strict=True)
    axes.fill_between(minutes, low, high, step="post", color=_COLOURS["band"], label="all stories")
    axes.step(minutes, middle, where="post", color=_COLOURS["line"], label="median")
    axes.axhline(found.min_capacity, color=_COLOURS["bad"], linestyle=":", label=f"minimum {found.min_capacity}")
    axes.set_ylim(bottom=0)
    axes.set_ylabel("instances that serve")
    axes.set_title(f"{found.scale_set.rpartition('/')[2]}: {len(found.stories)} stories")
    axes.legend(loc="lower right")


def _gantt(axes: Any, found: Forecast) -> None:
    typical, names = found.typical, list[str]()
    assert typical is not None  # it has batches
    for batch in typical.batches:
        end = typical.seconds if batch.ended is None else batch.ended
        colour = _COLOURS["bad" if batch.failed else "good"]
        for name in batch.instance_ids:
            if len(names) < _MOST_ROWS:
                axes.barh(len(names), (end - batch.started) / _MINUTE, left=batch.started / _MINUTE, color=colour)
                names.append(name)
        axes.axvline(end / _MINUTE, color=_COLOURS["gate"], linewidth=0.8, linestyle="--")
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.invert_yaxis()
    axes.set_ylabel("instance, by batch")


def _batches(found: Forecast) -> tuple[Any, ...]:
    return found.typical.batches if found.typical is not None else ()


def _page(found: Forecast, picture: bytes) -> bytes:
    """One file without anything from elsewhere."""
    from html import escape

    from vmss_sdk.forecast.report import summary

    lines = "".join(f"<li>{escape(line)}</li>" for line in summary(found))
    name = escape(found.scale_set.rpartition("/")[2])
    drawing = picture.decode().partition("<svg")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Forecast for {name}</title>'
        f"<h1>Forecast for {name}</h1><ul>{lines}</ul><svg{drawing[2]}</html>\n"
    ).encode()
