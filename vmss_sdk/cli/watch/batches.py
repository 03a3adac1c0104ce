"""The batches and gates of a rolling upgrade, as an emulator's decision log tells them."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.cli.watch.frame import Batch

if TYPE_CHECKING:
    from vmss_sdk.records import Decision

__all__ = ["Batches"]

_GATES = ("PreCheckFailed", "UpgradedGateFailed", "HealthGateFailed")
_ENDS = ("UpgradeCompleted", "UpgradeCancelled", "UpgradeFaulted")


class Batches:
    """Learns from decision after decision.

    Attributes:
        batch: The one that runs or ran last; None before the first.
        gate: What stopped the upgrade, with its figures; empty while nothing did.
        end: How it ended and what to do next; empty while it runs.
    """

    def __init__(self) -> None:
        self.batch: Batch | None = None
        self.gate = ""
        self.end = ""
        self._left = 0
        self._largest = 0

    def learn(self, decision: Decision) -> None:
        """Take the next decision in."""
        kind = decision.kind
        if kind == "UpgradeStarted":
            self._start(decision)
        elif kind == "BatchStarted":
            self._begin(decision)
        elif kind == "BatchFinished" or kind in _ENDS:
            self._change(running=False, pause_until=None)
        elif kind == "Paused":
            self._change(pause_until=decision.time + timedelta(seconds=float(decision.figures["seconds"])))
        elif kind in _GATES:
            self.gate = decision.text
        if kind in _ENDS:
            self.end = decision.text

    def _start(self, decision: Decision) -> None:
        self._left, self._largest = len(decision.instance_ids), 0
        self.batch, self.gate, self.end = None, "", ""

    def _begin(self, decision: Decision) -> None:
        """CHOICE: "about" so many batches, if those to come are as large as the largest so far (zones, phases)."""
        ids, number = decision.instance_ids, decision.batch or 1
        self._left, self._largest = max(0, self._left - len(ids)), max(self._largest, len(ids))
        about = number + ceil(self._left / self._largest) if self._largest else None
        self.batch = Batch(number, about, ids, decision.time)

    def _change(self, **changes: Any) -> None:
        if self.batch is not None:
            self.batch = attrs.evolve(self.batch, **changes)
