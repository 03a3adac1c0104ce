"""What each instance still lacks, and which action brings it (semantics 9.2: what Azure does not tell)."""

from __future__ import annotations

from enum import StrEnum

import attrs

from vmss_sdk.emulator.engine.model.effects import Effect
from vmss_sdk.emulator.engine.platform.settings import ReimageSource
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import Instance

__all__ = ["Pending", "Remedy", "pending"]


class Remedy(StrEnum):
    """Which action brings a change to an instance."""

    UPGRADE = "upgrade"
    REIMAGE = "reimage"
    UPGRADE_THEN_REIMAGE = "upgrade, then reimage"
    REPLACE = "only new instances have it"


@attrs.frozen
class Pending:
    """One thing that an instance lacks.

    Attributes:
        path: Where it is in the model.
        effect: What bringing it does to the instance: ``hot``, ``restart``, ``swap``, ``reimage``, ``new_only``.
        remedy: What brings it.
        since_model: The version of the model that the instance is at.
    """

    path: str
    effect: str
    remedy: Remedy
    since_model: int


def pending(scale_set: Aggregate, instance: Instance) -> list[Pending]:
    """Everything that the instance lacks, in the order of the paths; empty when it is as the model wants it."""
    found = [
        Pending(change.path, change.effect.name.lower(), _remedy(scale_set, change.effect), instance.applied)
        for change in scale_set.lacking(instance)
    ]
    if instance.customised:
        found.append(Pending("(individual changes)", "hot", Remedy.UPGRADE, instance.applied))
    told = tuple(pending.path for pending in found)
    stale = [path for path in _stale_on_disk(scale_set, instance) if not any(p.startswith(path) for p in told)]
    return found + [Pending(path, "reimage", Remedy.REIMAGE, instance.applied) for path in stale]


def _remedy(scale_set: Aggregate, effect: Effect) -> Remedy:
    if effect is Effect.NEW_ONLY:
        return Remedy.REPLACE
    if effect is not Effect.REIMAGE:
        return Remedy.UPGRADE
    from_set = scale_set.settings.reimage_source is ReimageSource.SCALE_SET_MODEL
    return Remedy.REIMAGE if from_set else Remedy.UPGRADE_THEN_REIMAGE


def _stale_on_disk(scale_set: Aggregate, instance: Instance) -> list[str]:
    """What the applied model wants and the OS disk has not: exceptions that an upgrade left for a reimage."""
    wanted, there = scale_set.version(instance.applied).content, instance.os.content
    base = "virtualMachineProfile"
    keys = sorted(wanted.os_profile.keys() | there.os_profile.keys())
    stale = [f"{base}.osProfile.{key}" for key in keys if wanted.os_profile.get(key) != there.os_profile.get(key)]
    if wanted.data_disks != there.data_disks:
        stale.append(f"{base}.storageProfile.dataDisks")
    return stale
