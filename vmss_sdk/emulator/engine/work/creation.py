"""A new instance: its ids and names, its domains, and what gets on its disk."""

from __future__ import annotations

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import Instance, OsState
from vmss_sdk.emulator.engine.work import provisioning

__all__ = ["new_instance"]

_UPDATE_DOMAINS = 5
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def new_instance(scale_set: Aggregate, *, zone: str | None, name: str | None = None) -> Instance:
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
        fault_domain=number % (get_path(scale_set.document, "properties.platformFaultDomainCount") or 1),
    )
    scale_set.add(instance)
    return instance


def _machine_name(scale_set: Aggregate, number: int) -> str:
    """The scale set's name and eight characters (semantics 6.9), unless a rehearsal names it."""
    seed = scale_set.settings.seed
    given = scale_set.faults.machine_name(scale_set.instances)
    return given or f"{scale_set.name}_{seeded_random.letters(seed, 8, scale_set.unique_id, 'name', number)}"


def _computer_name(scale_set: Aggregate, number: int) -> str:
    """Prefix and number in base 36, six digits; Flexible: six letters (semantics 7.4)."""
    prefix = str(get_path(scale_set.document, "properties.virtualMachineProfile.osProfile.computerNamePrefix", ""))
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
