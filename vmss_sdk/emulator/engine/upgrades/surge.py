"""MaxSurge: a batch of new instances comes up, then the old ones go (semantics 2.6)."""

from __future__ import annotations

from collections.abc import Sequence

from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.rolling_upgrade import RollingUpgrade
from vmss_sdk.emulator.engine.work.creation import new_instance
from vmss_sdk.emulator.engine.work.lifecycle import Create, Delete
from vmss_sdk.emulator.engine.work.selection import skip

__all__ = ["create", "fits_quota", "settle_batch", "start"]


def fits_quota(scale_set: Aggregate, upgrade: RollingUpgrade, size: int) -> bool:
    """Whether the quota has room for a batch; if not, this batch and all later ones are upgraded in place (rule 43)."""
    room = scale_set.faults.quota_left(scale_set.quota_usage)
    if room is None or size <= room:
        return True
    figures = {"wanted": size, "left": room}
    scale_set.log(DecisionKind.SURGE_FELL_BACK, (), figures, upgrade=upgrade.number, batch=upgrade.batch_number)
    return False


def create(scale_set: Aggregate, upgrade: RollingUpgrade, old: Sequence[str]) -> list[str]:
    """A new instance for each old one, in its zone; their ids (rules 41, 42, 46)."""
    new = []
    for instance_id in old:
        instance = new_instance(scale_set, zone=scale_set.instances[instance_id].zone)
        upgrade.replaces[instance.id] = instance_id
        instance.surging = True
        new.append(instance.id)
    if new:
        figures = {"for": ",".join(old)}
        scale_set.log(DecisionKind.SURGED, new, figures, upgrade=upgrade.number, batch=upgrade.batch_number)
    return new


def start(scale_set: Aggregate, upgrade: RollingUpgrade, new: Sequence[str]) -> None:
    """Have the new instances come up."""
    for instance_id in new:
        scale_set.submit(Create(instance_id=instance_id, upgrade=upgrade.number))


def settle_batch(scale_set: Aggregate, upgrade: RollingUpgrade) -> set[str]:
    """Delete what is not needed any more: old instances that are replaced, new ones that failed (rules 41, 45).

    CHOICE: an old instance that was protected while its replacement came up stays, and the new one goes: rule 44 has
    protected ones not replaced, and nothing of the old one is lost yet. A new one that is protected stays whatever
    became of it or of the old one (section 5: no action of the scale set touches it), and the capacity follows.

    Returns:
        The ids that are on their way out.
    """
    going, kept = set(), list[Instance]()
    for new in upgrade.batch:
        old = upgrade.replaces.pop(new, None)
        if old is None:
            continue
        instance, replaced = scale_set.instances.get(new), scale_set.instances.get(old)
        if new in upgrade.failures or replaced is None or replaced.deleting:
            going.add(new)  # it is not wanted: it failed, or what it was to replace went of itself
        elif replaced.protection.from_scale_set_actions:
            going.add(new)
            kept.append(replaced)
        elif instance is not None and not instance.deleting:  # else somebody deleted it: the old one stays
            instance.surging = False
            going.add(old)
    upgrade.succeeded -= len(kept)
    beside = [instance for new in sorted(going) if (instance := _protected(scale_set, new)) is not None]
    for instance in beside:
        instance.surging = False
        going.discard(instance.id)
    scale_set.change_capacity(len(beside))
    skip(scale_set, [], "protected", [*kept, *beside])
    present = {i for i in going if i in scale_set.instances and not scale_set.instances[i].deleting}
    for instance_id in sorted(present):
        scale_set.submit(Delete(instance_id=instance_id, upgrade=upgrade.number))
    return present


def _protected(scale_set: Aggregate, instance_id: str) -> Instance | None:
    """An instance that no action of the scale set may touch; None: it may be deleted, or is going already."""
    instance = scale_set.instances.get(instance_id)
    stays = instance is not None and instance.protection.from_scale_set_actions and not instance.deleting
    return instance if stays else None
