"""Scaling out and in: which instances come, and which go (semantics 7)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import dig
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.model import validation
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance, OsState
from vmss_sdk.emulator.engine.work import provisioning
from vmss_sdk.emulator.engine.work.lifecycle import Create, Delete

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.operation import Operation
    from vmss_sdk.emulator.engine.record.scale_set import ScaleSet

__all__ = ["Overprovision", "check_capacity", "emptiest_zone", "new_instance", "present", "scale", "scale_out"]

_UPDATE_DOMAINS = 5
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EXTRA_PERCENT = 20


@attrs.define(eq=False)
class Overprovision:
    """A fifth more instances come up than are wanted, and go again when enough are up (semantics 7.5).

    CHOICE: the last ones go, unless one of the others failed; on Azure whichever is up first stays. The operation
    ends when they are gone.

    Attributes:
        operation_id: The operation that all this belongs to; empty once it is decided who stays.
        wanted: The ids that stay if all goes well.
        coming: Those whose creation has not ended.
        spare: The extra ones that are up.
        failed: The wanted ones that did not come up.
        ids: All of them.
    """

    operation_id: str
    wanted: set[str]
    coming: set[str]
    ids: tuple[str, ...]
    spare: list[str] = attrs.field(factory=list)
    failed: list[str] = attrs.field(factory=list)
    failure: Failure | None = None
    wanted_coming: int = attrs.field(init=False)

    @wanted_coming.default
    def _all_are_coming(self) -> int:
        return len(self.wanted)

    def created(self, scale_set: ScaleSet, instance: Instance, failure: Failure | None) -> None:
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
            self._settle(scale_set, enough=enough)

    def _settle(self, scale_set: ScaleSet, *, enough: bool) -> None:
        operation, self.operation_id = scale_set.operations[self.operation_id], ""
        stand_ins = self.spare[: len(self.failed)]
        stay = (self.wanted | set(stand_ins)) - set(self.failed[: len(stand_ins)])
        for instance_id in stay & scale_set.instances.keys():
            scale_set.instances[instance_id].extra = False
        going = [i for i in self.ids if i not in stay and i in scale_set.instances]
        if going:
            scale_set.log(DecisionKind.EXTRA_REMOVED, going)
        for instance_id in going:
            scale_set.instances[instance_id].extra = True  # also a wanted one that another stands in for
            scale_set.submit(Delete(instance_id=instance_id), operation)
        scale_set.settle(operation.id, None if enough else self.failure)


def check_capacity(scale_set: ScaleSet, capacity: int) -> None:
    """See whether a capacity can be reached.

    Raises:
        Refused: Scaling in would have to take protected instances (CHOICE: 409, semantics 5.3), or scaling out
            would exceed the quota.
    """
    here = present(scale_set)
    free = sum(not instance.protection.keeps_from_scale_in for instance in here)
    if len(here) - capacity > free:
        facts = {"wanted": len(here) - capacity, "available": free}
        raise Refused.because(Reason.NOT_ENOUGH_UNPROTECTED, scale_set=scale_set.name, **facts)
    left = scale_set.faults.quota_left(occupied(scale_set))
    if left is not None and capacity - len(here) > left:
        facts = {"limit": len(here) + left, "in_use": len(here), "wanted": capacity - len(here)}
        raise Refused.because(Reason.QUOTA_EXCEEDED, scale_set=scale_set.name, **facts)


def scale(scale_set: ScaleSet, capacity: int, operation: Operation) -> None:
    """Create or delete instances until the capacity is reached."""
    here = len(present(scale_set))
    if capacity > here:
        _scale_out(scale_set, capacity - here, operation)
    elif capacity < here:
        _scale_in(scale_set, here - capacity, operation)


def present(scale_set: ScaleSet) -> list[Instance]:
    """The instances that make the capacity: not those that go, nor extra ones that will."""
    return [i for i in scale_set.instances.values() if not (i.deleting or i.extra or i.surging)]


def occupied(scale_set: ScaleSet) -> int:
    """How many instances take quota: all that are there and stay, those beside the capacity too."""
    return sum(not instance.deleting for instance in scale_set.instances.values())


def new_instance(scale_set: ScaleSet, *, zone: str | None, name: str | None = None) -> Instance:
    """A new instance of the newest model, with the next id; its creation is still to be started.

    Args:
        scale_set: Whose it is.
        zone: Where it is.
        name: What it is called in a Flexible scale set; None: what the scale set calls it.
    """
    number = scale_set.next_id
    scale_set.next_id += 1  # CHOICE: ids are never used again (decision C9)
    version, seed = scale_set.latest, scale_set.settings.seed
    if name is None:
        name = _machine_name(scale_set, number) if scale_set.flexible else f"{scale_set.name}_{number}"
    instance = Instance(
        id=name if scale_set.flexible else str(number),
        name=name,
        computer_name=_computer_name(scale_set, number),
        vm_id=seeded_random.guid(seed, scale_set.unique_id, "vm", number),
        created_at=scale_set.now,
        changed_at=scale_set.now,
        applied=version.number,
        os=OsState(provisioning.newest_content(scale_set, version), 1, scale_set.now),
        zone=zone,
        update_domain=None if scale_set.flexible else number % _UPDATE_DOMAINS,
        fault_domain=number % (dig(scale_set.document, "properties.platformFaultDomainCount") or 1),
    )
    scale_set.add(instance)
    return instance


def scale_out(scale_set: ScaleSet, count: int, *, zone: str | None = None) -> Operation:
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
    capacity = dig(scale_set.document, "sku.capacity", 0) + count
    wanted = documents.merge(scale_set.document, {"sku": {"capacity": capacity}})
    if problems := validation.problems(wanted, scale_set.name, scale_set.settings.max_instances):
        raise Refused(problems)
    scale_set.refuse_if_deleting("scaleOut")
    check_capacity(scale_set, len(present(scale_set)) + count)
    scale_set.change_capacity(count)
    operation = scale_set.open_operation("scaleOut", writes=True)
    _scale_out(scale_set, count, operation, zone=zone)
    return operation


def _scale_out(scale_set: ScaleSet, count: int, operation: Operation, *, zone: str | None = None) -> None:
    """New instances are built from the newest model, whatever the mode (rule 1.1.4)."""
    extra = -(-count * _EXTRA_PERCENT // 100) if _overprovisions(scale_set) else 0
    zones = Counter(instance.zone for instance in scale_set.instances.values() if not instance.deleting)
    new = [new_instance(scale_set, zone=zone or emptiest_zone(scale_set, zones)) for _ in range(count + extra)]
    figures = {"version": scale_set.latest.number, **({"extra": extra} if extra else {})}
    scale_set.log(DecisionKind.SCALED_OUT, [instance.id for instance in new], figures)
    operation.instance_count += count
    if not extra:
        for instance in new:
            scale_set.submit(Create(instance_id=instance.id), operation)
        return
    ids = [instance.id for instance in new]
    group = Overprovision(operation.id, wanted=set(ids[:count]), coming=set(ids), ids=tuple(ids))
    operation.outstanding += 1
    bare = dig(scale_set.document, "properties.doNotRunExtensionsOnOverprovisionedVMs") is True
    for position, instance in enumerate(new):
        instance.extra = position >= count
        scale_set.submit(Create(instance_id=instance.id, group=group, bare=bare and instance.extra))


def _overprovisions(scale_set: ScaleSet) -> bool:
    wanted = dig(scale_set.document, "properties.overprovision") is True and not scale_set.flexible
    return wanted and scale_set.settings.overprovision


def _scale_in(scale_set: ScaleSet, count: int, operation: Operation) -> None:
    going = _victims(scale_set, count)
    scale_set.log(DecisionKind.SCALED_IN, [instance.id for instance in going])
    operation.instance_count += count
    for instance in going:
        scale_set.submit(Delete(instance_id=instance.id), operation)


def _victims(scale_set: ScaleSet, count: int) -> list[Instance]:
    """Balance zones, then take by the scale-in policy's rule (semantics 7.6); protected instances stay."""
    rule = dig(scale_set.document, "properties.scaleInPolicy.rules", ["Default"])[0]
    here = present(scale_set)
    free = [i for i in here if not i.protection.keeps_from_scale_in]
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


def _machine_name(scale_set: ScaleSet, number: int) -> str:
    """The scale set's name and eight characters (semantics 6.9), unless a rehearsal names it."""
    seed = scale_set.settings.seed
    given = scale_set.faults.machine_name(scale_set.instances)
    return given or f"{scale_set.name}_{seeded_random.letters(seed, 8, scale_set.unique_id, 'name', number)}"


def _computer_name(scale_set: ScaleSet, number: int) -> str:
    """Prefix and number in base 36, six digits; Flexible: six letters (semantics 7.4)."""
    prefix = str(dig(scale_set.document, "properties.virtualMachineProfile.osProfile.computerNamePrefix", ""))
    prefix = prefix or scale_set.name[:9]
    if scale_set.flexible:
        return (
            prefix + seeded_random.letters(scale_set.settings.seed, 6, scale_set.unique_id, "computer", number).upper()
        )
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return prefix + digits.rjust(6, "0")


def emptiest_zone(scale_set: ScaleSet, counts: Counter[str | None]) -> str | None:
    """The zone for the next new instance, which is counted there."""
    zones: list[str] = scale_set.document.get("zones") or []
    if not zones:
        return None
    usable = [zone for zone in zones if zone not in scale_set.faults.zones_down()]
    # rule 7.7: one zone that is down is evaded unless balance is strict; with two nothing is evaded, and it fails
    evades = len(usable) >= len(zones) - 1 and dig(scale_set.document, "properties.zoneBalance") is not True
    chosen = min(usable if evades and usable else zones, key=lambda zone: (counts[zone], zone))
    counts[chosen] += 1
    return chosen
