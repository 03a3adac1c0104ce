"""What a server counts of itself, in Prometheus' text format."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

__all__ = ["Labels", "Metrics", "series"]

_BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
"""CHOICE: seconds; most answers take less than one of the first."""

Labels = tuple[tuple[str, str], ...]


@attrs.define
class Metrics:
    """Counts since the server began.

    Attributes:
        journal: Entries of the journal; None where nothing is kept.
        tail: Those after the last snapshot, which the next process does again.
        unready: Why no write can be answered for good; empty when it can.
    """

    journal: int | None = None
    tail: int = 0
    unready: str = ""
    _answers: Counter[Labels] = attrs.field(factory=Counter)
    _times: dict[str, list[int]] = attrs.field(factory=dict)
    _seconds: Counter[str] = attrs.field(factory=Counter)

    def count(self, method: str, status: int, seconds: float) -> None:
        """An answer was given.

        Args:
            method: Of the request; one that is none counts as ``other``, so that nobody can make up series.
            status: Of the answer; 0 where the connection was closed without one.
            seconds: How long it took.
        """
        method = method if method in _METHODS else "other"
        self._answers[("method", method), ("status", str(status))] += 1
        self._times.setdefault(method, [0] * (len(_BOUNDS) + 1))[bisect_left(_BOUNDS, seconds)] += 1
        self._seconds[method] += seconds  # type: ignore[assignment]  # typeshed: whole numbers only

    def lines(self) -> Iterator[str]:
        """In Prometheus' text format."""
        yield from series("requests_total", "counter", "Answers by method and status.", self._answers.items())
        yield from self._histogram()
        if self.journal is not None:
            yield from series("journal_entries", "gauge", "Entries of the state's journal.", [((), self.journal)])
            yield from series("journal_tail_entries", "gauge", "Those after the last snapshot.", [((), self.tail)])
        yield from series("ready", "gauge", "Whether writes can be kept.", [((), int(not self.unready))])

    def _histogram(self) -> Iterator[str]:
        name = "vmss_emulator_request_seconds"
        yield f"# HELP {name} Time to answer, by method."
        yield f"# TYPE {name} histogram"
        for method, counts in self._times.items():
            total = 0
            for bound, number in zip((*map(str, _BOUNDS), "+Inf"), counts, strict=True):
                total += number
                yield f'{name}_bucket{{method="{method}",le="{bound}"}} {total}'
            yield f'{name}_sum{{method="{method}"}} {self._seconds[method]:.6f}'
            yield f'{name}_count{{method="{method}"}} {total}'


_METHODS = ("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS")


def series(name: str, kind: str, text: str, values: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    """The lines of a series: what it is, then a value for each set of labels."""
    yield f"# HELP vmss_emulator_{name} {text}"
    yield f"# TYPE vmss_emulator_{name} {kind}"
    for labels, value in values:
        inside = ",".join(f'{label}="{said}"' for label, said in labels)
        yield f"vmss_emulator_{name}{{{inside}}} {value}" if inside else f"vmss_emulator_{name} {value}"
