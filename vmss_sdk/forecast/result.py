"""What all stories together tell."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs

from vmss_sdk.errors import ErrorDetail
from vmss_sdk.forecast.story import Batch, Story

__all__ = ["Forecast"]

_POINTS = 48
_LONG = 300


@attrs.frozen(kw_only=True)
class Forecast:
    """What a change will do.

    Attributes:
        scale_set: The resource id.
        instances: How many there are before.
        error: Why the service would refuse the change; None: it would not, and there are stories.
        stories: All of them, in the order of their seeds; empty when it is refused.
        pending: What stays to be done after the typical story, and by which action, in a sentence.
        notes: What the forecast could not take into account, in sentences.
    """

    scale_set: str
    instances: int
    error: ErrorDetail | None = None
    stories: tuple[Story, ...] = attrs.field(default=(), repr=False)
    pending: str = ""
    notes: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the service would refuse the change."""
        return self.error is not None

    @property
    def why_refused(self) -> str:
        """Code and message of the error, of a long one its beginning; empty when it is not refused."""
        if self.error is None:
            return ""
        message = self.error.message.splitlines()[0] if self.error.message else ""
        return f"({self.error.code}) {message if len(message) <= _LONG else message[:_LONG] + '…'}"

    @property
    def typical(self) -> Story | None:
        """The story whose duration is the median; None when it is refused."""
        ordered = sorted(self.stories, key=lambda story: (story.seconds, story.seed))
        return ordered[(len(ordered) - 1) // 2] if ordered else None

    def duration(self, percent: float) -> float:
        """How many seconds that many percent of the stories take at most; 0 when it is refused.

        Args:
            percent: From 0 to 100: 50 for the median.
        """
        return _percentile(sorted(story.seconds for story in self.stories), percent)

    @property
    def min_capacity(self) -> int:
        """How many instances serve at the worst moment of the worst story; all when it is refused."""
        return min((story.minimum for story in self.stories), default=self.instances)

    @property
    def stop_chance(self) -> float:
        """In which share of the stories the roll stops before it is through, 0 to 1."""
        return sum(story.stopped for story in self.stories) / len(self.stories) if self.stories else 0.0

    @property
    def stops(self) -> dict[int, int]:
        """How many stories stop after which batch; 0 before the first."""
        return dict(sorted(Counter(len(story.batches) for story in self.stories if story.stopped).items()))

    @property
    def reasons(self) -> dict[str, int]:
        """How many stories stop for which reason."""
        return dict(Counter(story.reason for story in self.stories if story.stopped))

    @property
    def max_hit(self) -> int:
        """How many instances fail in the worst story."""
        return max((story.hit for story in self.stories), default=0)

    @property
    def max_outdated(self) -> int:
        """How many instances lack the newest model afterwards in the worst story."""
        return max((story.outdated for story in self.stories), default=0)

    @property
    def disks_lost(self) -> int:
        """How many instances lose their OS disk in the worst story."""
        return max((story.disks_lost for story in self.stories), default=0)

    def band(self, points: int = _POINTS) -> list[tuple[float, int, float, int]]:
        """How many instances serve over time.

        Args:
            points: At so many moments, evenly from the change to the end of the longest story.

        Returns:
            For each moment: seconds since the change, the least of all stories, the median, the most.
        """
        end = max((story.seconds for story in self.stories), default=0.0)
        moments = [end * at / max(1, points - 1) for at in range(points)] if self.stories else []
        return [(moment, *_spread([_at(story, moment) for story in self.stories])) for moment in moments]

    def to_dict(self) -> dict[str, Any]:
        """All but the single stories, as JSON."""
        typical = self.typical
        return {
            "scaleSet": self.scale_set,
            "instances": self.instances,
            "refused": self.refused,
            "error": None if self.error is None else {"code": self.error.code, "message": self.error.message},
            "stories": len(self.stories),
            "duration": {f"p{percent}": self.duration(percent) for percent in (50, 90, 99)},
            "minCapacity": self.min_capacity,
            "minCapacityPercent": self.min_capacity_percent,
            "stopChance": self.stop_chance,
            "stopsAfterBatch": {str(batch): count for batch, count in self.stops.items()},
            "stopReasons": self.reasons,
            "maxHit": self.max_hit,
            "maxOutdated": self.max_outdated,
            "disksLost": self.disks_lost,
            "pending": self.pending,
            "batches": [_batch(one) for one in typical.batches] if typical else [],
            "capacity": [
                {"seconds": moment, "min": low, "median": middle, "max": high}
                for moment, low, middle, high in self.band()
            ],
            "notes": list(self.notes),
        }

    @property
    def min_capacity_percent(self) -> float:
        """The same as a share of the instances that there are before, in percent."""
        return 100.0 * self.min_capacity / self.instances if self.instances else 100.0


def _batch(one: Batch) -> dict[str, Any]:
    return {
        "batch": one.number,
        "instanceIds": list(one.instance_ids),
        "started": one.started,
        "ended": one.ended,
        "failed": one.failed,
    }


def _percentile(ordered: Sequence[float], percent: float) -> float:
    """The nearest rank: a value that was really seen."""
    if not ordered:
        return 0.0
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def _at(story: Story, moment: float) -> int:
    return story.capacity[bisect_right(story.times, moment) - 1]


def _spread(counts: list[int]) -> tuple[int, float, int]:
    ordered = sorted(counts)
    return ordered[0], _percentile(ordered, 50), ordered[-1]
