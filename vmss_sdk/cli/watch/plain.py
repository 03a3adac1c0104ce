"""For pipes and simple terminals: a line for each change, or a JSON object for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from vmss_sdk import wire
from vmss_sdk.cli.watch.changes import time_text
from vmss_sdk.cli.watch.counts_text import count_text
from vmss_sdk.cli.watch.display import Silent
from vmss_sdk.cli.watch.states import SIGNS, legend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vmss_sdk.cli.watch.changes import Change
    from vmss_sdk.cli.watch.display import Outcome
    from vmss_sdk.cli.watch.frame import Frame
    from vmss_sdk.cli.watch.source import Observation

__all__ = ["JsonLines", "PlainLines", "title"]

_MOST_SIGNS = 40
"""So many instances are shown one by one; of more it is counted who is in which state."""


def title(frame: Frame) -> str:
    """As in ``web: Rolling, 10 of 10 instances, image 2.0.0``."""
    image = f", image {frame.image}" if frame.image else ""
    mode = f"{frame.mode}, " if frame.mode else ""
    return f"{frame.name}: {mode}{len(frame.cells)} of {count_text(frame.capacity)}{image}"


class PlainLines(Silent):
    """Prints ASCII lines with time, instances, health and what is new."""

    def __init__(self) -> None:
        self._frame: Frame | None = None
        self._said: set[str] = set()

    def show(self, observation: Observation, changes: Sequence[Change]) -> None:
        """A line for each change that has words; at first also what there is and what the signs mean."""
        if self._frame is None:
            self._begin(observation)
        self._frame = observation.frame
        for change in changes:
            if change.text:
                self._said.add(change.text)
                frame = (
                    observation.frame if change.cells is None else attrs.evolve(observation.frame, cells=change.cells)
                )
                self._line(change.text, change.at, frame)

    def trouble(self, text: str) -> None:
        """A line when the service cannot be reached, and when it can again."""
        self._line(text or "reached again")

    def end(self, outcome: Outcome) -> None:
        """How it ended, without what was said already."""
        print(*(line for line in outcome.lines if line not in self._said), sep="\n", flush=True)

    def _begin(self, observation: Observation) -> None:
        frame = observation.frame
        emulated = f"emulated time, {observation.clock.kind} clock" if observation.clock else "UTC"
        print(f"{title(frame)}; {frame.time:%Y-%m-%d}, {emulated}")
        if len(frame.cells) <= _MOST_SIGNS:
            print(f"instances: {legend(SIGNS, plain=True)}")

    def _line(self, text: str, at: datetime | None = None, frame: Frame | None = None) -> None:
        shown = frame or self._frame
        if shown is None:
            print(text, flush=True)
            return
        print(f"{at or shown.time:%H:%M:%S}  {_instances(shown)}  {text}", flush=True)


def _instances(frame: Frame) -> str:
    if len(frame.cells) <= _MOST_SIGNS:
        signs = "".join(SIGNS[cell.state].plain for cell in frame.cells) or "none"
    else:
        signs = frame.counts
    total = len(frame.cells)
    return signs if frame.healthy is None else f"{signs}  {frame.healthy:{len(str(total))}} of {total} healthy"


class JsonLines(Silent):
    """Prints a JSON object for each change, for programs: ``type``, ``time`` and what belongs to the type."""

    def __init__(self) -> None:
        self._time: str | None = None

    def show(self, observation: Observation, changes: Sequence[Change]) -> None:
        """First an object ``begin`` with everything, then one for each change."""
        first, self._time = self._time is None, time_text(observation.frame.time)
        if first:
            self._print({"type": "begin", "time": self._time, **_document(observation.frame)})
        for change in changes:
            self._print({"type": change.kind, "time": self._time, **change.members})

    def trouble(self, text: str) -> None:
        """The service cannot be reached, or can again."""
        self._print({"type": "trouble", "time": self._time, "message": text or None})

    def end(self, outcome: Outcome) -> None:
        """How it ended."""
        text = " ".join(outcome.lines)
        members = {"outcome": outcome.word, "exitCode": outcome.exit_code, "message": text}
        self._print({"type": "end", "time": self._time, **members})

    def _print(self, document: dict[str, object]) -> None:
        print(wire.encode(document).decode(), flush=True)


def _document(frame: Frame) -> dict[str, object]:
    return {
        "name": frame.name,
        "upgradeMode": frame.mode or None,
        "provisioningState": frame.provisioning_state,
        "capacity": frame.capacity,
        "instances": [{"instanceId": cell.instance_id, "state": cell.state.value} for cell in frame.cells],
        "elapsedSeconds": round(frame.seconds, 3),
    }
