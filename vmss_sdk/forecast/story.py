"""One story: the change happens to a copy of the scale set, and what is seen of it is written down."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import attrs

from vmss_sdk.emulator.engine.common.states import HealthState, ProvisioningState
from vmss_sdk.emulator.engine.guest.health import HealthReading
from vmss_sdk.emulator.engine.record.decisions import Decision, DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance, Job
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeCode
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["Batch", "Story", "tell"]

_MOST_EVENTS = 200_000
_MOST_STEPS = 1000
"""CHOICE: of a story with more changes of the capacity the lowest of each of so many stretches are kept."""
_KEEPS_SERVING = ("hot", "none", "new_only")
_GONE = (ProvisioningState.CREATING, ProvisioningState.DELETING)
_STOPPED = (UpgradeCode.FAULTED, UpgradeCode.CANCELLED)


@attrs.frozen
class Batch:
    """One batch of a rolling upgrade.

    Attributes:
        number: From 1.
        instance_ids: With surge the old ones, which are replaced.
        started: Seconds since the change.
        ended: Seconds since the change; None: it did not end.
        failed: How many of its instances failed.
    """

    number: int
    instance_ids: tuple[str, ...]
    started: float
    ended: float | None = None
    failed: int = 0


@attrs.frozen
class Story:
    """What happened in one story.

    Attributes:
        seed: Tells the same story again.
        seconds: From the change until nothing that it began goes on.
        minimum: How many instances served at the worst moment.
        stopped: Whether a rolling upgrade stopped before it was through, or the operation failed.
        reason: The reason why it stopped, or an empty text.
        batches: In their order.
        hit: How many instances failed: came up unhealthy, or not at all.
        outdated: How many instances lack the newest model afterwards.
        disks_lost: How many instances lost their OS disk with what is on it, or are gone.
        times: Seconds since the change at which the capacity changed; the first is 0.
        capacity: How many instances serve from that moment on.
    """

    seed: int
    seconds: float
    minimum: int
    stopped: bool
    reason: str
    batches: tuple[Batch, ...]
    hit: int
    outdated: int
    disks_lost: int
    times: Sequence[float] = attrs.field(repr=False)
    capacity: Sequence[int] = attrs.field(repr=False)


def tell(scale_set: ScaleSet, begin: Callable[[ScaleSet], None]) -> Story:
    """Let the change happen and go on to its end; the scale set is used up.

    Args:
        scale_set: A copy, with the story's seed in its settings.
        begin: Begins the change.
    """
    started, logged, upgrades = scale_set.now, len(scale_set.decisions), len(scale_set.upgrades)
    disks = {key: instance.os.disk for key, instance in scale_set.instances.items()}
    operations = set(scale_set.operations)
    capacity = _Capacity(scale_set)
    begin(scale_set)
    capacity.look(scale_set, scale_set.instances)
    mine = [one for key, one in scale_set.operations.items() if key not in operations]
    for _ in range(_MOST_EVENTS):
        rolling = scale_set.rolling_upgrade
        rolls = rolling is not None and rolling.active
        if (not rolls and all(one.ended_at is not None for one in mine)) or scale_set.schedule.next_due is None:
            break
        place = (rolling.stage, rolling.batch_number) if rolling is not None else None
        scale_set.now, activity = scale_set.schedule.pop()
        activity.step(scale_set)
        after = scale_set.rolling_upgrade
        simple = isinstance(activity, Job | HealthReading) and after is rolling
        if simple and (after is None or (after.stage, after.batch_number) == place):
            capacity.look(scale_set, (activity.instance_id,))  # type: ignore[attr-defined]  # one of the two
        else:
            capacity.look(scale_set, scale_set.instances)
    upgrade = scale_set.rolling_upgrade if len(scale_set.upgrades) > upgrades else None
    failure = next((one.failure for one in mine if one.failure is not None), None)
    stopped = failure is not None or (upgrade is not None and upgrade.code in _STOPPED)
    error = upgrade.error if upgrade is not None and upgrade.error is not None else failure
    there = scale_set.instances
    times, counts = capacity.steps()
    return Story(
        seed=scale_set.settings.seed,
        seconds=scale_set.now - started,
        minimum=min(counts),
        stopped=stopped,
        reason=error.reason.value if stopped and error is not None else "",
        batches=_batches(scale_set.decisions[logged:], started),
        hit=len(upgrade.failures) if upgrade is not None else sum(one.failure is not None for one in there.values()),
        outdated=sum(scale_set.outdated(one) for one in there.values() if not one.deleting),
        disks_lost=sum(key not in there or there[key].os.disk != disk for key, disk in disks.items()),
        times=times,
        capacity=counts,
    )


class _Capacity:
    """How many instances serve, as it changes."""

    def __init__(self, scale_set: ScaleSet) -> None:
        self._started = scale_set.now
        self._serving = {key for key, instance in scale_set.instances.items() if _serves(instance)}
        self._times, self._counts = array("d", [0.0]), array("l", [len(self._serving)])

    def look(self, scale_set: ScaleSet, ids: Iterable[str]) -> None:
        """Some instances may have changed, or be gone."""
        serving, there = self._serving, scale_set.instances
        before = len(serving)
        if ids is there:
            self._serving = {key for key, instance in there.items() if _serves(instance)}
        else:
            for key in ids:
                instance = there.get(key)
                if instance is not None and _serves(instance):
                    serving.add(key)
                else:
                    serving.discard(key)
        if len(self._serving) != before:
            self._note(scale_set.now - self._started)

    def _note(self, moment: float) -> None:
        if self._times[-1] == moment:
            self._counts[-1] = len(self._serving)
        else:
            self._times.append(moment)
            self._counts.append(len(self._serving))

    def steps(self) -> tuple[Sequence[float], Sequence[int]]:
        """The moments, and how many served from there on."""
        count = len(self._times)
        if count <= _MOST_STEPS:
            return self._times, self._counts
        edges = [count * at // _MOST_STEPS for at in range(_MOST_STEPS + 1)]
        kept = [min(range(low, high), key=self._counts.__getitem__) for low, high in pairwise(edges)]
        return array("d", (self._times[at] for at in kept)), array("l", (self._counts[at] for at in kept))


def _serves(instance: Instance) -> bool:
    """Whether it does its work: it runs, nothing that stops it is done to it, and its health source agrees."""
    if not instance.running or instance.provisioning in _GONE:
        return False
    if instance.jobs and instance.jobs[0].effect_name not in _KEEPS_SERVING:
        return False
    return instance.health is None or instance.health is HealthState.HEALTHY


def _batches(decisions: Sequence[Decision], started: float) -> tuple[Batch, ...]:
    found: dict[tuple[int | None, int | None], Batch] = {}
    for one in decisions:
        key = one.upgrade, one.batch
        if one.kind is DecisionKind.BATCH_STARTED:
            found[key] = Batch(len(found) + 1, one.instance_ids, one.at - started)
        elif one.kind is DecisionKind.BATCH_FINISHED and key in found:
            failed = int(one.figures.get("failed", 0))
            found[key] = attrs.evolve(found[key], ended=one.at - started, failed=failed)
    return tuple(found.values())
