"""Scaling out and in: which instances come, and which go (semantics 7)."""

from __future__ import annotations

from collections import Counter

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.model import validation
from vmss_sdk.emulator.engine.model.version import MOST_MODELS
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.overprovision import Overprovision
from vmss_sdk.emulator.engine.work.creation import new_instance
from vmss_sdk.emulator.engine.work.lifecycle import Create, Delete

__all__ = ["ExtraInstances", "check_capacity", "check_models", "least_used_zone", "scale", "scale_out"]

_EXTRA_PERCENT = 20


@attrs.define(eq=False)
class ExtraInstances(Overprovision):
    """A fifth more instances come up than are wanted, and go again when enough are up (semantics 7.5).

    CHOICE: the last ones go, unless one of the others failed; on Azure whichever is up first stays. One that is
    protected from scaling in stays whatever happened, and the capacity follows. The operation ends when they are gone.
    """

    def on_created(self, scale_set: Aggregate, instance: Instance, failure: Failure | None) -> None:
        """One creation has ended; when no more are needed, or none come any more, the rest goes."""
        if not self.operation_id:
            return
        self.coming.discard(instance.id)
        self.failure = self.failure or failure
        if instance.id in self.wanted:
            self.wanted_coming -= 1
            if failure is not None:
                self.failed.append(instance.id)
        elif failure is None and not instance.deleting:
            self.spare.append(instance.id)
        enough = len(self.spare) >= len(self.failed)
        if not self.wanted_coming and (enough or not self.coming):
            self._delete_surplus(scale_set, enough=enough)

    def _delete_surplus(self, scale_set: Aggregate, *, enough: bool) -> None:
        operation, self.operation_id = scale_set.operations[self.operation_id], ""
        stand_ins = self.spare[: len(self.failed)]
        stay = (self.wanted | set(stand_ins)) - set(self.failed[: len(stand_ins)])
        for instance_id in stay & scale_set.instances.keys():
            scale_set.instances[instance_id].extra = False
        others = [i for i in self.ids if i not in stay and i in scale_set.instances]
        kept = {i for i in others if scale_set.instances[i].protection.is_protected_from_scale_in}
        for instance_id in kept:
            scale_set.instances[instance_id].extra = False
        scale_set.change_capacity(len(kept))
        going = [i for i in others if i not in kept]
        if going:
            scale_set.log(DecisionKind.EXTRA_REMOVED, going)
        for instance_id in going:
            scale_set.instances[instance_id].extra = True  # also a wanted one that another stands in for
            scale_set.submit(Delete(instance_id=instance_id), operation)
        scale_set.settle(operation.id, None if enough else self.failure)


def check_models(scale_set: Aggregate, newest: int) -> None:
    """See whether instances may refer to one more model (semantics 11.4).

    CHOICE: a Flexible scale set's count alike; it is told of Uniform ones.

    Raises:
        Refused: They have ten others.
    """
    referenced = {instance.applied for instance in scale_set.instances.values() if not instance.deleting}
    if len(referenced | {newest}) > MOST_MODELS:
        raise Refused.because(Reason.TOO_MANY_MODELS, scale_set=scale_set.name, limit=MOST_MODELS)


def check_capacity(scale_set: Aggregate, capacity: int) -> None:
    """See whether a capacity can be reached.

    Raises:
        Refused: Scaling in would have to take protected instances (CHOICE: 409, semantics 5.3), or scaling out
            would exceed the quota.
    """
    here = scale_set.present
    free = sum(not instance.protection.is_protected_from_scale_in for instance in here)
    if len(here) - capacity > free:
        facts = {"wanted": len(here) - capacity, "available": free}
        raise Refused.because(Reason.NOT_ENOUGH_UNPROTECTED, scale_set=scale_set.name, **facts)
    left = scale_set.faults.quota_left(scale_set.quota_usage)
    if left is not None and capacity - len(here) > left:
        facts = {"limit": len(here) + left, "in_use": len(here), "wanted": capacity - len(here)}
        raise Refused.because(Reason.QUOTA_EXCEEDED, scale_set=scale_set.name, **facts)


def scale(scale_set: Aggregate, capacity: int, operation: Operation) -> None:
    """Create or delete instances until the capacity is reached."""
    here = len(scale_set.present)
    if capacity > here:
        _scale_out(scale_set, capacity - here, operation)
    elif capacity < here:
        _scale_in(scale_set, here - capacity, operation)


def scale_out(scale_set: Aggregate, count: int, *, zone: str | None = None) -> Operation:
    """Add instances of the newest model, and nothing else: no outdated instance is upgraded by it (``scaleOut``).

    Args:
        scale_set: Whose capacity grows.
        count: By how many, at least 1. CHOICE: the documents call it capacity and do not say of what.
        zone: Where to make them; None: where the fewest are.

    Raises:
        Refused: The scale set is not in that zone, or as many instances are not possible; nothing was made.
    """
    if zone is not None and zone not in (scale_set.document.get("zones") or []):
        raise Refused.because(Reason.INVALID, target="properties.zone", parameter="zone")
    if count < 1:
        raise Refused.because(Reason.INVALID, target="capacity", parameter="capacity")
    capacity = get_path(scale_set.document, "sku.capacity", 0) + count
    wanted = documents.merge(scale_set.document, {"sku": {"capacity": capacity}})
    if problems := validation.problems(wanted, scale_set.name, scale_set.settings.max_instances):
        raise Refused(problems)
    scale_set.refuse_if_deleting("scaleOut")
    check_capacity(scale_set, len(scale_set.present) + count)
    check_models(scale_set, scale_set.latest.number)
    scale_set.change_capacity(count)
    operation = scale_set.open_operation("scaleOut", writes=True)
    _scale_out(scale_set, count, operation, zone=zone)
    return operation


def _scale_out(scale_set: Aggregate, count: int, operation: Operation, *, zone: str | None = None) -> None:
    """New instances are built from the newest model, whatever the mode (rule 1.1.4)."""
    extra = -(-count * _EXTRA_PERCENT // 100) if _uses_overprovisioning(scale_set) else 0
    zones = Counter(instance.zone for instance in scale_set.instances.values() if not instance.deleting)
    new = [new_instance(scale_set, zone=zone or least_used_zone(scale_set, zones)) for _ in range(count + extra)]
    figures = {"version": scale_set.latest.number, **({"extra": extra} if extra else {})}
    scale_set.log(DecisionKind.SCALED_OUT, [instance.id for instance in new], figures)
    operation.instance_count += count
    if not extra:
        for instance in new:
            scale_set.submit(Create(instance_id=instance.id), operation)
        return
    ids = [instance.id for instance in new]
    group = ExtraInstances(operation.id, wanted=set(ids[:count]), coming=set(ids), ids=tuple(ids))
    operation.outstanding += 1
    without_extensions = get_path(scale_set.document, "properties.doNotRunExtensionsOnOverprovisionedVMs") is True
    for position, instance in enumerate(new):
        instance.extra = position >= count
        scale_set.submit(
            Create(instance_id=instance.id, group=group, without_extensions=without_extensions and instance.extra)
        )


def _uses_overprovisioning(scale_set: Aggregate) -> bool:
    wanted = get_path(scale_set.document, "properties.overprovision") is True and not scale_set.flexible
    return wanted and scale_set.settings.overprovision


def _scale_in(scale_set: Aggregate, count: int, operation: Operation) -> None:
    going = _instances_to_delete(scale_set, count)
    scale_set.log(DecisionKind.SCALED_IN, [instance.id for instance in going])
    operation.instance_count += count
    for instance in going:
        scale_set.submit(Delete(instance_id=instance.id), operation)


def _instances_to_delete(scale_set: Aggregate, count: int) -> list[Instance]:
    """Balance zones, then take by the scale-in policy's rule (semantics 7.6); protected instances stay."""
    rule = get_path(scale_set.document, "properties.scaleInPolicy.rules", ["Default"])[0]
    here = scale_set.present
    free = [i for i in here if not i.protection.is_protected_from_scale_in]
    free.sort(key=lambda instance: int(instance.id) if instance.id.isdecimal() else instance.created_at)
    if rule == "OldestVM":
        free.reverse()  # the list's end goes first
    by_zone: dict[str | None, list[Instance]] = {}
    for instance in free:
        by_zone.setdefault(instance.zone, []).append(instance)
    rank = {instance.id: position for position, instance in enumerate(free)}
    zones = Counter(instance.zone for instance in here)
    going: list[Instance] = []
    for _ in range(count):
        # rule 7.7: what is in no zone goes before what is; among the fullest zones the policy's rule decides
        zone = max((z for z in by_zone if by_zone[z]), key=lambda z: (z is None, zones[z], rank[by_zone[z][-1].id]))
        going.append(by_zone[zone].pop())
        zones[zone] -= 1
    return going


def least_used_zone(scale_set: Aggregate, counts: Counter[str | None]) -> str | None:
    """The zone for the next new instance, which is counted there."""
    zones: list[str] = scale_set.document.get("zones") or []
    if not zones:
        return None
    usable = [zone for zone in zones if zone not in scale_set.faults.zones_down()]
    # rule 7.7: one zone that is down is evaded unless balance is strict; with two nothing is evaded, and it fails
    evades = len(usable) >= len(zones) - 1 and get_path(scale_set.document, "properties.zoneBalance") is not True
    chosen = min(usable if evades and usable else zones, key=lambda zone: (counts[zone], zone))
    counts[chosen] += 1
    return chosen
