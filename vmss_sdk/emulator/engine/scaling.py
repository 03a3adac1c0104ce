"""Scaling out and in: which instances come, and which go (semantics 7)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vmss_sdk.emulator.engine import chance, provisioning
from vmss_sdk.emulator.engine.decisions import DecisionKind
from vmss_sdk.emulator.engine.documents import dig
from vmss_sdk.emulator.engine.instance import Instance, OsState
from vmss_sdk.emulator.engine.lifecycle import Create, Delete
from vmss_sdk.emulator.engine.refusals import Reason, Refused

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.operation import Operation
    from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["check_capacity", "scale"]

_UPDATE_DOMAINS = 5
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def check_capacity(scale_set: ScaleSet, capacity: int) -> None:
    """See whether a capacity can be reached.

    Raises:
        Refused: Scaling in would have to take protected instances (CHOICE: 409, semantics 5.3).
    """
    surplus = len(_present(scale_set)) - capacity
    free = sum(not instance.protection.keeps_from_scale_in for instance in _present(scale_set))
    if surplus > free:
        raise Refused.because(Reason.NOT_ENOUGH_UNPROTECTED, scale_set=scale_set.name, wanted=surplus, available=free)


def scale(scale_set: ScaleSet, capacity: int, operation: Operation) -> None:
    """Create or delete instances until the capacity is reached."""
    present = _present(scale_set)
    if capacity > len(present):
        _scale_out(scale_set, capacity - len(present), operation)
    elif capacity < len(present):
        _scale_in(scale_set, len(present) - capacity, operation)


def _present(scale_set: ScaleSet) -> list[Instance]:
    return [instance for instance in scale_set.instances.values() if not instance.deleting]


def _scale_out(scale_set: ScaleSet, count: int, operation: Operation) -> None:
    """New instances are built from the newest model, whatever the mode (rule 1.1.4)."""
    new = [_new_instance(scale_set) for _ in range(count)]
    scale_set.log(DecisionKind.SCALED_OUT, [instance.id for instance in new], {"version": scale_set.latest.number})
    operation.instance_count += count
    for instance in new:
        scale_set.submit(Create(instance_id=instance.id), operation)


def _scale_in(scale_set: ScaleSet, count: int, operation: Operation) -> None:
    going = _victims(scale_set, count)
    scale_set.log(DecisionKind.SCALED_IN, [instance.id for instance in going])
    operation.instance_count += count
    for instance in going:
        scale_set.submit(Delete(instance_id=instance.id), operation)


def _victims(scale_set: ScaleSet, count: int) -> list[Instance]:
    """Balance zones, then take by the scale-in policy's rule (semantics 7.6); protected instances stay."""
    rule = dig(scale_set.document, "properties.scaleInPolicy.rules", ["Default"])[0]
    free = [i for i in _present(scale_set) if not i.protection.keeps_from_scale_in]
    free.sort(key=lambda instance: int(instance.id) if instance.id.isdecimal() else instance.created_at)
    if rule == "OldestVM":
        free.reverse()  # the list's end goes first
    zones = Counter(instance.zone for instance in _present(scale_set))
    going: list[Instance] = []
    for _ in range(count):
        fullest = max(zones[instance.zone] for instance in free)
        position = max(index for index, instance in enumerate(free) if zones[instance.zone] == fullest)
        victim = free.pop(position)
        zones[victim.zone] -= 1
        going.append(victim)
    return going


def _new_instance(scale_set: ScaleSet) -> Instance:
    number = scale_set.next_id
    scale_set.next_id += 1  # CHOICE: ids are never used again (decision C9)
    version, seed = scale_set.latest, scale_set.settings.seed
    name = f"{scale_set.name}_{number}"
    if scale_set.flexible:
        name = f"{scale_set.name}_{chance.letters(seed, 8, scale_set.unique_id, 'name', number)}"
    instance = Instance(
        id=name if scale_set.flexible else str(number),
        name=name,
        computer_name=_computer_name(scale_set, number),
        vm_id=chance.guid(seed, scale_set.unique_id, "vm", number),
        created_at=scale_set.now,
        applied=version.number,
        os=OsState(provisioning.newest_content(scale_set, version), 1, scale_set.now),
        zone=_emptiest_zone(scale_set),
        update_domain=None if scale_set.flexible else number % _UPDATE_DOMAINS,
        fault_domain=number % (dig(scale_set.document, "properties.platformFaultDomainCount") or 1),
    )
    scale_set.add(instance)
    return instance


def _computer_name(scale_set: ScaleSet, number: int) -> str:
    """Prefix and number in base 36, six digits; Flexible: six letters (semantics 7.4)."""
    prefix = str(dig(scale_set.document, "properties.virtualMachineProfile.osProfile.computerNamePrefix", ""))
    prefix = prefix or scale_set.name[:9]
    if scale_set.flexible:
        return prefix + chance.letters(scale_set.settings.seed, 6, scale_set.unique_id, "computer", number).upper()
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return prefix + digits.rjust(6, "0")


def _emptiest_zone(scale_set: ScaleSet) -> str | None:
    zones: list[str] = scale_set.document.get("zones") or []
    if not zones:
        return None
    counts = Counter(instance.zone for instance in _present(scale_set))
    return min(zones, key=lambda zone: (counts[zone], zone))
