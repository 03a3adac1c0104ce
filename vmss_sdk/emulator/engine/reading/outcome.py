"""The outcome of a request for instances, found by running its work to the end on a copy of the scale set."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure
from vmss_sdk.emulator.engine.reading import losses
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import OS_DISK, TEMP_DISK, Job
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work.data_disks import data_disks

__all__ = ["InstanceEffect", "Outcome", "StateBefore", "outcome"]

_MOST_EVENTS = 100_000
"""CHOICE: so many events of one scale set are followed; a thousand instances in batches of one have a tenth of them."""


@attrs.frozen
class StateBefore:
    """What was there before the request, to tell its work from other work.

    Attributes:
        operations: The ids of the operations that there were.
        upgrades: How many rolling upgrades there were.
        instances: The ids of the instances that there were.
    """

    operations: frozenset[str] = frozenset()
    upgrades: int = 0
    instances: frozenset[str] = frozenset()

    @classmethod
    def of(cls, scale_set: Aggregate | None) -> StateBefore:
        """Of a scale set; None: there was none."""
        if scale_set is None:
            return cls()
        return cls(frozenset(scale_set.operations), len(scale_set.upgrades), frozenset(scale_set.instances))

    def is_new(self, job: Job) -> bool:
        """Whether a job belongs to what was begun since."""
        if job.operation_id is not None:
            return job.operation_id not in self.operations
        if job.upgrade is not None:
            return job.upgrade > self.upgrades
        return job.instance_id not in self.instances  # overprovisioning creates without saying for whom


@attrs.frozen
class InstanceEffect:
    """What is done to one instance.

    Attributes:
        instance_id: The instance.
        effects: What happens to it, in this order: an effect of an upgrade (``hot``, ``restart``, ``swap`` …), or
            ``create``, ``reimage``, ``powerOff`` and so on.
        loses: What is lost by that, in words.
        failure: Why it fails, or None.
    """

    instance_id: str
    effects: tuple[str, ...]
    loses: tuple[str, ...] = ()
    failure: Failure | None = None

    def then(self, later: InstanceEffect) -> InstanceEffect:
        """Both, one after the other."""
        effects = tuple(dict.fromkeys((*self.effects, *later.effects)))
        return InstanceEffect(
            self.instance_id, effects, tuple(dict.fromkeys((*self.loses, *later.loses))), later.failure
        )


@attrs.frozen
class Outcome:
    """How what a request started ends.

    Attributes:
        operations: What it started.
        reached: What it does to instances, by their ids, in the order in which they are reached.
        seconds: How long it takes until that has ended, or until nothing goes on that could end it.
    """

    operations: tuple[Operation, ...]
    reached: dict[str, InstanceEffect]
    seconds: float


def outcome(scale_set: Aggregate, before: StateBefore) -> Outcome:
    """Let everything that was begun since go on to its end; it changes the scale set, which has to be a copy.

    What else goes on there goes on too, and is not told.
    """
    started = tuple(one for key, one in scale_set.operations.items() if key not in before.operations)
    reached: dict[str, InstanceEffect] = {}
    begun = scale_set.now
    for _ in range(_MOST_EVENTS):
        if _has_ended(scale_set, started, before) or scale_set.schedule.next_due is None:
            break
        scale_set.now, activity = scale_set.schedule.pop()
        if isinstance(activity, Job) and before.is_new(activity):
            if (found := _step(scale_set, activity)) is not None:
                earlier = reached.get(found.instance_id)
                reached[found.instance_id] = found if earlier is None else earlier.then(found)
        else:
            activity.step(scale_set)
    stay = {key: one for key, one in reached.items() if key in before.instances or _is_kept(scale_set, key)}
    return Outcome(started, stay, scale_set.now - begun)


def _has_ended(scale_set: Aggregate, started: tuple[Operation, ...], before: StateBefore) -> bool:
    upgrade = scale_set.rolling_upgrade
    rolls = upgrade is not None and len(scale_set.upgrades) > before.upgrades and upgrade.active
    return not rolls and all(operation.ended_at is not None for operation in started)


def _is_kept(scale_set: Aggregate, instance_id: str) -> bool:
    """Whether a new instance is none of those that overprovisioning makes and takes away again."""
    instance = scale_set.instances.get(instance_id)
    return instance is not None and not (instance.deleting or instance.extra)


def _step(scale_set: Aggregate, job: Job) -> InstanceEffect | None:
    """End a job, and see what is lost by that: there is something in every place of the instance before."""
    instance = scale_set.instances[job.instance_id]
    disks = {disk["lun"]: disk for disk in data_disks(scale_set, instance)}
    instance.data = dict.fromkeys((OS_DISK, TEMP_DISK, *(f"lun {lun}" for lun in disks)), "")
    job.step(scale_set)
    if job.nothing_to_do:
        return None
    if job.instance_id not in scale_set.instances:
        lost = losses.of_deleted(scale_set, instance, disks)
    else:
        lost = losses.of_work(instance, disks, [disk["lun"] for disk in data_disks(scale_set, instance)])
    return InstanceEffect(job.instance_id, (job.effect_name,), lost, job.failure)
