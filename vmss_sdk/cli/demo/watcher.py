"""The demo's watcher: reads the scale set after each event and words the decision log."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.demo.display import Cell, Frame
from vmss_sdk.cli.watch.states import HEALTHY, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vmss_sdk.cli.demo.display import Display
    from vmss_sdk.client import VmssClient
    from vmss_sdk.handles.scale_set import ScaleSet
    from vmss_sdk.models import InstanceSummary
    from vmss_sdk.operation import Operation
    from vmss_sdk.records import Decision

__all__ = ["Watcher"]

_WORDS = {
    "PreCheckPassed": "check: {unhealthy} of {instances} unhealthy, {limit} % allowed",
    "BatchStarted": "batch {batch}: {ids} go down",
    "BatchFinished": "batch {batch}: {ids} are back and healthy",
    "Paused": "pause of {seconds:g} s",
    "UpgradeCompleted": "the roll is complete: {succeeded} upgraded, {failed} failed",
    "Reimaged": "instance {ids} has a fresh OS disk from the newest model",
}


class Watcher:
    """Watches one scale set.

    Args:
        client: Whose clock the story goes by.
        scale_set: What is watched.
        display: Where it is shown.
        contents: What an OS disk made from which model version holds: image version and custom data.

    Attributes:
        lowest: The fewest healthy instances seen in this part of the story.
        batches: How many instances each batch had in it.
    """

    def __init__(
        self,
        client: VmssClient,
        scale_set: ScaleSet,
        display: Display,
        contents: Mapping[int, tuple[str, str]],
    ) -> None:
        self._client = client
        self._scale_set = scale_set
        self._display = display
        self._contents = contents
        self._began = client.clock.now()
        self._seen = 0
        self._disks: dict[str, int] = {}
        self._last: Frame | None = None
        self._kinds: tuple[str, ...] = ()
        self.lowest = 0
        self.batches: list[int] = []

    def begin(self, *kinds: str) -> None:
        """A part of the story begins in which these kinds of decisions are worth a line."""
        self._kinds, self._last = kinds, None
        self.lowest, self.batches = sys.maxsize, []

    @property
    def seconds(self) -> float:
        """Emulated time since the story began."""
        return self._client.clock.now() - self._began

    def look(self, _: Operation[Any] | None = None) -> Frame:
        """See what there is now, and show it if it is new; made for ``operation.on_progress``."""
        decisions = self._new_decisions()
        for decision in decisions:
            self._learn(decision)
        frame = self._frame()
        events = [_decision_text(decision) for decision in decisions if decision.kind in self._kinds]
        if events or self._last is None or frame.cells != self._last.cells or frame.healthy != self._last.healthy:
            self._display.show(frame, events)
        self._last = frame
        return frame

    def say(self, text: str) -> None:
        """Show what there is with a line of the story's own."""
        self._display.show(self.look(), [text])

    def _new_decisions(self) -> list[Decision]:
        """What the decision log has had since the last look."""
        found = self._scale_set.decision_log(since=self._seen)
        self._seen += len(found)
        return found

    def _learn(self, decision: Decision) -> None:
        """Remember batches, and which model version every OS disk was made from."""
        kind, figures = decision.kind, decision.figures
        made_from: int | None = None
        if kind == "BatchStarted":
            self.batches.append(len(decision.instance_ids))
        elif kind == "ScaledOut" or (kind == "InstanceUpgraded" and figures["effect"] == "swap"):
            made_from = int(figures["version"])
        elif kind == "Reimaged":
            made_from = int(figures["from_model"])
        if made_from is not None:
            self._disks.update(dict.fromkeys(decision.instance_ids, made_from))

    def _frame(self) -> Frame:
        instances = self._scale_set.instance_summaries()
        healthy = sum(instance.health_state == HEALTHY for instance in instances)
        self.lowest = min(self.lowest, healthy)
        return Frame(self.seconds, tuple(map(self._cell, instances)), healthy)

    def _cell(self, instance: InstanceSummary) -> Cell:
        image, custom_data = self._contents[self._disks[instance.instance_id]]
        return Cell(instance.instance_id, state_of(instance), image, custom_data)


def _decision_text(decision: Decision) -> str:
    ids = " and ".join(decision.instance_ids)
    return _WORDS[decision.kind].format(ids=ids, batch=decision.batch, **decision.figures)
