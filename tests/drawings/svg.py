"""A recording as a drawing: time from left to right, one row for each instance, and below how many serve.

It has its own background, so that it can be read on a light page and on a dark one. Text is text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

import attrs

from tests.drawings.recording import Bar, Look, Recording, State
from tests.drawings.stories import Story

__all__ = ["drawn", "summary"]

WIDTH, EDGE, ROW, GAP, STRIP = 760, 18, 15, 5, 8
PAPER, LINE, INK, FAINT, BAND = "#fbfaf7", "#d8d4ca", "#2b2b2b", "#6b675e", "#efece4"
OLD, NEW, AWAY, SICK, SOON = "#a9b2bd", "#2a9d6f", "#f2b134", "#c8453b", "#8ecae6"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', sans-serif"
LOOKS = {
    State.OLD: (OLD, "old model"),
    State.CHANGED: ("#7fb59d", "newest model, old OS disk"),
    State.WORKING: (AWAY, "at work, not in service"),
    State.UNHEALTHY: (SICK, "unhealthy"),
    State.CREATING: (SOON, "being created"),
    State.NEW: (NEW, "newest model"),
}
STRIPS = ("model", "OS disk", "runs")
APART = ((OLD, "old"), (NEW, "new, or in service"), (AWAY, "not in service"))


@attrs.frozen
class _Canvas:
    """Where things are.

    Attributes:
        left: Where the time begins.
        seconds: How long it is.
        top: Where the rows begin.
        rows: The vertical place of each instance.
        bottom: Where the rows end.
    """

    left: float
    seconds: float
    top: float
    rows: dict[str, float]
    bottom: float

    def x(self, moment: float) -> float:
        return round(self.left + moment / self.seconds * (WIDTH - EDGE - self.left), 1)


def drawn(story: Story, recording: Recording) -> str:
    """The drawing."""
    canvas = _canvas(story, recording)
    height = canvas.bottom + 118
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}"'
        f' role="img" font-family="{FONT}" font-size="12">',
        f"<title>{escape(story.title)}</title>",
        f"<desc>{escape(summary(recording))}</desc>",
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:g}" rx="8" fill="{PAPER}" stroke="{LINE}"/>',
        _text(EDGE, 26, story.title, size=14, weight="600"),
        *_batches(canvas, recording),
        *_rows(story, canvas, recording),
        *_acts(canvas, recording),
        *_stops(canvas, recording),
        *_serving(canvas, recording),
        *_axis(canvas),
        *_legend(story, recording, canvas.bottom + 100),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def summary(recording: Recording) -> str:
    """What happens, in words."""
    lines = [f"At {_minutes(moment)}: {words}." for moment, words in recording.acts]
    for moment, decision in recording.decisions:
        if decision.kind == "BatchStarted":
            lines.append(
                f"At {_minutes(moment)}: batch {decision.batch}, instances {', '.join(decision.instance_ids)}."
            )
        elif decision.kind in ("UpgradedGateFailed", "UpgradeCompleted", "Reimaged"):
            lines.append(f"At {_minutes(moment)}: {decision.text}.")
    fewest, most = min(count for _, count in recording.serving), recording.serving[0][1]
    return " ".join([*lines, f"At least {fewest} of {most} instances are in service."])


def _minutes(moment: float) -> str:
    return f"{moment / 60:.1f} min"


def _canvas(story: Story, recording: Recording) -> _Canvas:
    step = 3 * STRIP + 12 if story.apart else ROW + GAP
    top, rows = 74.0, dict[str, float]()
    zone, at = "", top
    for instance_id in _ordered(recording):
        at += 6 if zone and zone != _zone(recording, instance_id) else 0
        zone = _zone(recording, instance_id)
        rows[instance_id] = at
        at += step
    return _Canvas(96 if zone or story.apart else 44, recording.seconds, top, rows, at)


def _ordered(recording: Recording) -> list[str]:
    return sorted(recording.instance_ids, key=lambda number: (_zone(recording, number), int(number)))


def _zone(recording: Recording, instance_id: str) -> str:
    return next(bar.look.zone for bar in recording.bars if bar.instance_id == instance_id)


def _rows(story: Story, canvas: _Canvas, recording: Recording) -> Iterator[str]:
    for instance_id, y in canvas.rows.items():
        zone = _zone(recording, instance_id)
        if story.apart:
            yield _text(EDGE, y + 1.5 * STRIP + 4, instance_id, weight="600")
            for number, name in enumerate(STRIPS):
                yield _text(canvas.left - 6, y + number * (STRIP + 1) + 7, name, size=9, colour=FAINT, anchor="end")
        else:
            name = f"zone {zone}: {instance_id}" if zone else instance_id
            yield _text(canvas.left - 8, y + 11.5, name, anchor="end")
        for number, strip in enumerate(_strips(story)):
            bars = [bar for bar in recording.bars if bar.instance_id == instance_id]
            yield from _strip(canvas, bars, y + number * (STRIP + 1), STRIP if story.apart else ROW, strip)
        if note := story.notes.get(instance_id):
            yield _text(canvas.left + 90, y + 11.5, note, size=11)


def _strips(story: Story) -> Sequence[Callable[[Look], str]]:
    """What is drawn of an instance: one strip, or the three things that it is, one below the other."""
    if not story.apart:
        return [lambda look: LOOKS[look.state][0]]
    return [
        lambda look: NEW if look.model else OLD,
        lambda look: NEW if look.disk else OLD,
        lambda look: NEW if look.serving else AWAY,
    ]


def _strip(
    canvas: _Canvas, bars: Sequence[Bar], y: float, height: float, strip: Callable[[Look], str]
) -> Iterator[str]:
    for colour, alike in groupby(bars, lambda bar: strip(bar.look)):
        run = list(alike)
        yield _box(canvas.x(run[0].begin), canvas.x(run[-1].end), y, height, colour)


def _batches(canvas: _Canvas, recording: Recording) -> Iterator[str]:
    """A band behind each batch, with its number above."""
    begun: dict[int, float] = {}
    for moment, decision in recording.decisions:
        if decision.batch is None:
            continue
        if decision.kind == "BatchStarted":
            begun[decision.batch] = moment
        elif decision.kind == "BatchFinished":
            left, right = canvas.x(begun[decision.batch]), canvas.x(moment)
            yield _box(left, right, canvas.top - 18, canvas.bottom - canvas.top + 14, BAND)
            words = f"batch {decision.batch}" if right - left > 48 else str(decision.batch)
            yield _text((left + right) / 2, canvas.top - 6, words, size=10, colour=FAINT, anchor="middle")


def _acts(canvas: _Canvas, recording: Recording) -> Iterator[str]:
    """What people did, as lines through everything."""
    for moment, words in recording.acts:
        x = canvas.x(moment)
        yield _rule(x, canvas.top - 26, canvas.bottom, INK, dashed=True)
        yield _text(x + 4, canvas.top - 27, words, size=11)


def _stops(canvas: _Canvas, recording: Recording) -> Iterator[str]:
    for moment, decision in recording.decisions:
        if decision.kind in ("UpgradedGateFailed", "HealthGateFailed"):
            x, facts = canvas.x(moment), decision.figures
            yield _rule(x, canvas.top - 26, canvas.bottom, SICK)
            words = f"stops: {facts['failed']} of {facts['upgraded']} failed"
            yield _text(x + 4, canvas.top - 27, words, size=11, colour=SICK)


def _serving(canvas: _Canvas, recording: Recording) -> Iterator[str]:
    """How many are in service, as steps."""
    base, height = canvas.bottom + 52, 34.0
    most = max(count for _, count in recording.serving)
    steps = [*recording.serving, (recording.seconds, recording.serving[-1][1])]
    points = [f"{canvas.x(0):g},{base:g}"]
    for (moment, count), (following, _) in pairwise(steps):
        y = round(base - count / most * height, 1)
        points += [f"{canvas.x(moment):g},{y:g}", f"{canvas.x(following):g},{y:g}"]
    points.append(f"{canvas.x(recording.seconds):g},{base:g}")
    yield f'<polygon points="{" ".join(points)}" fill="{NEW}" fill-opacity="0.25" stroke="{NEW}" stroke-width="1"/>'
    fewest = min(recording.serving, key=lambda step: step[1])
    yield _text(canvas.left - 8, base - height + 8, str(most), size=10, anchor="end")
    yield _text(canvas.left - 8, base, "0", size=10, anchor="end")
    words = f"in service: at least {fewest[1]} of {recording.serving[0][1]}"
    yield _text(canvas.left + 6, base - 6, words, size=11)


def _axis(canvas: _Canvas) -> Iterator[str]:
    y = canvas.bottom + 52
    step = next(step for step in (60, 120, 300, 600) if canvas.seconds / step <= 14)
    yield f'<line x1="{canvas.left:g}" y1="{y:g}" x2="{WIDTH - EDGE}" y2="{y:g}" stroke="{FAINT}"/>'
    for moment in range(0, int(canvas.seconds) + 1, step):
        x = canvas.x(moment)
        yield f'<line x1="{x:g}" y1="{y:g}" x2="{x:g}" y2="{y + 4:g}" stroke="{FAINT}"/>'
        yield _text(x, y + 16, f"{moment // 60}", size=10, colour=FAINT, anchor="middle")
    yield _text(WIDTH - EDGE, y + 28, "minutes", size=10, colour=FAINT, anchor="end")


def _legend(story: Story, recording: Recording, y: float) -> Iterator[str]:
    used = {bar.look.state for bar in recording.bars}
    shown: Sequence[tuple[str, str]] = APART if story.apart else [LOOKS[state] for state in LOOKS if state in used]
    x = float(EDGE)
    for colour, words in shown:
        yield f'<rect x="{x:g}" y="{y - 9:g}" width="11" height="11" fill="{colour}"/>'
        yield _text(x + 16, y, words, size=11)
        x += 16 + 6.2 * len(words) + 18


def _box(left: float, right: float, y: float, height: float, colour: str) -> str:
    return f'<rect x="{left:g}" y="{y:g}" width="{right - left:.1f}" height="{height:g}" fill="{colour}"/>'


def _rule(x: float, top: float, bottom: float, colour: str, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<line x1="{x:g}" y1="{top:g}" x2="{x:g}" y2="{bottom:g}" stroke="{colour}"{dashes}/>'


def _text(
    x: float, y: float, words: str, *, size: int = 12, colour: str = INK, anchor: str = "start", weight: str = "400"
) -> str:
    more = "" if anchor == "start" else f' text-anchor="{anchor}"'
    more += "" if weight == "400" else f' font-weight="{weight}"'
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{more}>{escape(words)}</text>'
