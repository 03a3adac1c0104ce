"""Watch an emulated scale set from event to event, and keep what every instance was like in between."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import attrs

from vmss_sdk import ScaleSet, VmssClient
from vmss_sdk.models import InstanceSummary
from vmss_sdk.testing import Decision, InstanceState

__all__ = ["Bar", "Look", "Recording", "State", "record"]


class State(StrEnum):
    """What an instance is like at a moment; ``CHANGED`` is at the newest model, and its OS disk is not."""

    CREATING = "creating"
    OLD = "old"
    CHANGED = "changed"
    WORKING = "working"
    UNHEALTHY = "unhealthy"
    NEW = "new"


@attrs.frozen
class Look:
    """One instance at one moment: the three things that it is, and all of them in one word.

    Attributes:
        state: The word.
        model: Whether the newest model was applied to it.
        disk: Whether its OS disk holds what the newest model says.
        serving: Whether it runs and is healthy.
        zone: Its zone, or nothing.
    """

    state: State
    model: bool
    disk: bool
    serving: bool
    zone: str


@attrs.frozen
class Bar:
    """An instance that stayed as it was for a while.

    Attributes:
        instance_id: Which.
        look: How it was.
        begin: From when, in seconds since the story began.
        end: Until when.
    """

    instance_id: str
    look: Look
    begin: float
    end: float


@attrs.frozen
class Recording:
    """A story as it happened.

    Attributes:
        bars: All instances, from the beginning to the end.
        decisions: What the machinery decided, by seconds since the beginning.
        acts: What somebody did, by seconds since the beginning.
        serving: How many instances served from when on.
        seconds: How long it took.
    """

    bars: tuple[Bar, ...]
    decisions: tuple[tuple[float, Decision], ...]
    acts: tuple[tuple[float, str], ...]
    serving: tuple[tuple[float, int], ...]
    seconds: float

    @property
    def instance_ids(self) -> list[str]:
        """Everybody who was ever there, by number."""
        return sorted({bar.instance_id for bar in self.bars}, key=int)


@attrs.define
class _Watcher:
    client: VmssClient
    scale_set: ScaleSet
    began: float
    open: dict[str, Bar] = attrs.field(factory=dict)
    bars: list[Bar] = attrs.field(factory=list)
    serving: list[tuple[float, int]] = attrs.field(factory=list)

    def look(self) -> None:
        now = self.client.clock.now() - self.began
        emulated = self.client.emulator.scale_set(self.scale_set.resource_group, self.scale_set.name)
        states = {state.instance_id: state for state in emulated.instances()}
        seen = {one.instance_id: _look(one, states[one.instance_id]) for one in self.scale_set.instance_summaries()}
        for gone in self.open.keys() - seen.keys():
            self._close(gone, now)
        for instance_id, look in seen.items():
            bar = self.open.get(instance_id)
            if bar is None or bar.look != look:
                self._close(instance_id, now)
                self.open[instance_id] = Bar(instance_id, look, now, now)
        serving = sum(look.serving for look in seen.values())
        if not self.serving or self.serving[-1][1] != serving:
            self.serving.append((now, serving))

    def close(self, now: float) -> None:
        for instance_id in list(self.open):
            self._close(instance_id, now)

    def _close(self, instance_id: str, now: float) -> None:
        bar = self.open.pop(instance_id, None)
        if bar is not None and now > bar.begin:
            self.bars.append(attrs.evolve(bar, end=now))


def record(
    client: VmssClient,
    scale_set: ScaleSet,
    acts: list[tuple[float, str, Callable[[], object]]],
    rest: float,
) -> Recording:
    """Let people act at their times, and watch what happens until nothing does any more.

    Args:
        client: Whose service is an emulator with a virtual clock.
        scale_set: The one that is watched; nothing goes on with it yet.
        acts: When, in seconds from now; the words for it; and what is done. A time of 0 or less means as soon as
            nothing goes on, and so many seconds (without the sign) later.
        rest: For so many seconds more it is watched at the end.
    """
    began, seen = client.clock.now(), scale_set.decision_log()[-1].seq
    watcher = _Watcher(client, scale_set, began)
    done: list[tuple[float, str]] = []
    watcher.look()
    for due, words, act in acts:
        _until(client, watcher, began + due if due > 0 else None)
        if due <= 0:
            client.emulator.clock.advance(-due)
        watcher.look()
        done.append((client.clock.now() - began, words))
        act()
        watcher.look()
    _until(client, watcher, None)
    seconds = client.clock.now() - began + rest
    watcher.close(seconds)
    log = tuple((one.time.timestamp() - began, one) for one in scale_set.decision_log(since=seen))
    return Recording(tuple(watcher.bars), log, tuple(done), tuple(watcher.serving), seconds)


def _until(client: VmssClient, watcher: _Watcher, moment: float | None) -> None:
    """Go from event to event until a moment, or until there is none left."""
    clock = client.emulator.clock
    while (coming := clock.read().next_event) and (moment is None or coming.timestamp() <= moment):
        clock.skip()
        watcher.look()
    if moment is not None:
        clock.advance(max(0.0, moment - client.clock.now()))


def _look(summary: InstanceSummary, emulated: InstanceState) -> Look:
    model, disk = bool(summary.latest_model_applied), not emulated.pending
    serving = summary.health_state == "healthy" and summary.provisioning_state != "Deleting"
    return Look(_state(summary, model, disk), model, disk, serving, summary.zone or "")


def _state(summary: InstanceSummary, model: bool, disk: bool) -> State:
    if summary.provisioning_state == "Creating":
        return State.CREATING
    if summary.provisioning_state != "Succeeded":
        return State.WORKING
    if summary.health_state == "unhealthy":
        return State.UNHEALTHY
    if summary.health_state != "healthy":
        return State.WORKING
    if not model:
        return State.OLD
    return State.NEW if disk else State.CHANGED
