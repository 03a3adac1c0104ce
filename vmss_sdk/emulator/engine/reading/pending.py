"""Pending changes of each instance, and the action that applies them (semantics 9.2: what Azure does not tell)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

import attrs

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.model.effects import Change, Effect, disk_path, strongest
from vmss_sdk.emulator.engine.platform.settings import ReimageSource
from vmss_sdk.emulator.engine.reading.losses import OS_DISK_LOST, data_disk_lost
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import Instance

__all__ = ["Pending", "Remedy", "models_in_use", "pending"]

_OS_PROFILE = "virtualMachineProfile.osProfile."

_REIMAGED = (OS_DISK_LOST,)


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
        loses: What is lost when it is brought by that, in words such as ``data disk 1``; empty: nothing.
    """

    path: str
    effect: str
    remedy: Remedy
    since_model: int
    loses: tuple[str, ...] = ()


def pending(scale_set: Aggregate, instance: Instance) -> list[Pending]:
    """Everything that the instance lacks, in the order of the paths; empty when it is as the model wants it.

    For each thing the gentlest action is named: what an upgrade brings anyway needs no reimage on top. An upgrade for
    which the OS disk is replaced brings the exceptions too, as they are on the new disk (semantics 1.4.12).
    """
    lacking = [
        change for change in scale_set.missing_changes(instance) if not _is_applied_already(scale_set, instance, change)
    ]
    swaps = strongest(tuple(lacking)) is Effect.SWAP
    found = [_missing(scale_set, instance, change, swaps=swaps) for change in lacking]
    if instance.customised:
        found.append(Pending("(individual changes)", "hot", Remedy.UPGRADE, instance.applied))
    told = {item.path for item in found}
    return found + [
        _is_left_for_reimage(instance, path, swaps=swaps) for path in _stale_on_disk(scale_set, instance, told)
    ]


def _is_applied_already(scale_set: Aggregate, instance: Instance, change: Change) -> bool:
    """Whether a reimage brought an exception already, of a model that is not applied for other reasons."""
    if change.effect is not Effect.REIMAGE:
        return False
    wanted, there = scale_set.latest.content, instance.os.content
    if change.path.startswith(_OS_PROFILE):
        inside = change.path.removeprefix(_OS_PROFILE)
        return bool(get_path(wanted.os_profile, inside) == get_path(there.os_profile, inside))
    made = {disk_path(disk["lun"]): disk for disk in there.data_disks}
    return any(made.get(path := disk_path(disk["lun"])) == disk and path == change.path for disk in wanted.data_disks)


def models_in_use(scale_set: Aggregate) -> int:
    """How many versions of the model instances refer to, the newest included, which the next ones will."""
    return len({instance.applied for instance in scale_set.instances.values()} | {scale_set.latest.number})


def _missing(scale_set: Aggregate, instance: Instance, change: Change, *, swaps: bool) -> Pending:
    remedy = _remedy(scale_set, change.effect, swaps=swaps)
    if remedy in (Remedy.REIMAGE, Remedy.UPGRADE_THEN_REIMAGE) or change.effect is Effect.SWAP:
        loses: tuple[str, ...] = _REIMAGED
    else:
        loses = _disk_lost(scale_set, instance, change.path)
    return Pending(change.path, change.effect.name.lower(), remedy, instance.applied, loses)


def _is_left_for_reimage(instance: Instance, path: str, *, swaps: bool) -> Pending:
    """What an upgrade before left for a reimage."""
    remedy = Remedy.UPGRADE if swaps else Remedy.REIMAGE
    return Pending(path, "reimage", remedy, instance.applied, () if swaps else _REIMAGED)


def _remedy(scale_set: Aggregate, effect: Effect, *, swaps: bool) -> Remedy:
    if effect is Effect.NEW_ONLY:
        return Remedy.REPLACE
    if effect is not Effect.REIMAGE or swaps:
        return Remedy.UPGRADE
    from_set = scale_set.settings.reimage_source is ReimageSource.SCALE_SET_MODEL
    return Remedy.REIMAGE if from_set else Remedy.UPGRADE_THEN_REIMAGE


def _disk_lost(scale_set: Aggregate, instance: Instance, path: str) -> tuple[str, ...]:
    """The data disk that goes with a change: the newest model has it no more."""
    wanted = {disk_path(disk["lun"]) for disk in scale_set.latest.content.data_disks}
    there = {disk_path(disk["lun"]): disk["lun"] for disk in scale_set.version(instance.applied).content.data_disks}
    gone = path in there and path not in wanted and instance.disks.get(there[path], ...) is not None
    return (data_disk_lost(there[path]),) if gone else ()


def _stale_on_disk(scale_set: Aggregate, instance: Instance, told: Collection[str]) -> list[str]:
    """What the model wants and the disks have not: exceptions that an upgrade left for a reimage.

    What was changed since the model that is applied is told already.
    """
    wanted, there = scale_set.latest.content, instance.os.content
    keys = sorted(wanted.os_profile.keys() | there.os_profile.keys())
    differing = [key for key in keys if wanted.os_profile.get(key) != there.os_profile.get(key)]
    stale = [f"{_OS_PROFILE}{key}" for key in differing]
    made = {disk["lun"]: disk for disk in there.data_disks}
    stale += [disk_path(disk["lun"]) for disk in wanted.data_disks if made.get(disk["lun"], disk) != disk]
    return [path for path in stale if not any(_about(other, path) for other in told)]


def _about(path: str, other: str) -> bool:
    """Whether a path leads to the other one, or into it."""
    return path == other or path.startswith((f"{other}.", f"{other}["))
