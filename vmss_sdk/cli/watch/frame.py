"""A scale set at one moment, as far as somebody who watches a roll wants to know."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import attrs

from vmss_sdk.cli.watch.states import ENDS, State

__all__ = ["Batch", "Cell", "Frame", "Roll"]

_PASSING = (State.CREATING, State.UPDATING, State.DELETING)
_RUNNING = ("RollingForward", "RollingBack")


@attrs.frozen
class Cell:
    """One instance at one moment.

    Attributes:
        instance_id: Its id; in a Flexible scale set its name.
        state: How it is doing.
        healthy: Whether its health source says so; None without a source.
        place: Its zone or fault domain as ``zone 2``; empty where all are in the same.
        image: The version of the image of its model; None where the service does not say.
        newest: Whether the newest model was applied to it.
    """

    instance_id: str
    state: State
    healthy: bool | None = None
    place: str = ""
    image: str | None = None
    newest: bool = False


@attrs.frozen
class Roll:
    """The latest rolling upgrade, as ``rollingUpgrades/latest`` has it.

    Attributes:
        code: ``RollingForward``, ``Completed``, ``Faulted`` …
        started: When it began.
        successful: Upgraded and healthy.
        failed: Failed, or not healthy in time.
        in_progress: In the batch that runs now.
        pending: Not begun.
        error: Why it stopped; empty when it did not.
    """

    code: str
    started: datetime | None = None
    successful: int = 0
    failed: int = 0
    in_progress: int = 0
    pending: int = 0
    error: str = ""

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.code in _RUNNING

    @property
    def counts(self) -> str:
        """As in ``2 done, 0 failed, 2 in progress, 6 pending``."""
        counts = {
            "done": self.successful,
            "failed": self.failed,
            "in progress": self.in_progress,
            "pending": self.pending,
        }
        return ", ".join(f"{count} {name}" for name, count in counts.items())


@attrs.frozen
class Batch:
    """The batch that runs or ran last; only an emulator tells.

    Attributes:
        number: From 1.
        about: How many batches there will be, if no instance is left out.
        instance_ids: Who is in it.
        since: When it began.
        running: Whether it goes on.
        pause_until: When the next one may begin; None outside of a pause.
    """

    number: int
    about: int | None
    instance_ids: tuple[str, ...]
    since: datetime
    running: bool = True
    pause_until: datetime | None = None


@attrs.frozen
class Frame:
    """The scale set at one moment.

    Attributes:
        time: The service's time: of an emulator the emulated one.
        name: Of the scale set.
        mode: Its upgrade mode; empty when it has none.
        provisioning_state: Of the scale set as a whole.
        capacity: How many instances it is meant to have.
        cells: Those it has.
        began: When the roll began, or else the watching.
        image: The version in the model; None when it has no version.
        roll: The rolling upgrade that runs, or that ended while somebody watched.
        batch: Of that upgrade.
        gate: What stopped the upgrade, with its figures; empty when nothing did.
        end: How the upgrade ended and what to do next; only an emulator tells.
    """

    time: datetime
    name: str
    mode: str
    provisioning_state: str
    capacity: int
    cells: tuple[Cell, ...]
    began: datetime
    image: str | None = None
    roll: Roll | None = None
    batch: Batch | None = None
    gate: str = ""
    end: str = ""

    @property
    def busy(self) -> bool:
        """Whether something goes on: with the scale set, with an instance, or a rolling upgrade."""
        return (
            self.provisioning_state not in ENDS
            or any(cell.state in _PASSING for cell in self.cells)
            or (self.roll is not None and self.roll.running)
        )

    @property
    def waits_for_health(self) -> bool:
        """Whether an instance that runs has not told its health yet."""
        return any(cell.state is State.WAITING for cell in self.cells)

    @property
    def states(self) -> Counter[State]:
        """How many instances are in which state."""
        return Counter(cell.state for cell in self.cells)

    @property
    def counts(self) -> str:
        """As in ``6 old model, 2 updating, 2 new model``."""
        states = self.states
        return ", ".join(f"{states[state]} {state.value}" for state in State if states[state]) or "no instances"

    @property
    def newest(self) -> int:
        """How many instances have the newest model, however they are doing."""
        return sum(cell.newest for cell in self.cells)

    @property
    def healthy(self) -> int | None:
        """How many instances are healthy; None without a health source."""
        known = [cell.healthy for cell in self.cells if cell.healthy is not None]
        return sum(known) if known else None

    @property
    def seconds(self) -> float:
        """The time since it began."""
        return max(0.0, (self.time - self.began).total_seconds())

    @property
    def images(self) -> list[tuple[str, int]]:
        """The versions of the image with the number of instances that have them, that of the model last."""
        found = Counter(cell.image for cell in self.cells if cell.image)
        return sorted(found.items(), key=lambda item: (item[0] == self.image, item[0]))
