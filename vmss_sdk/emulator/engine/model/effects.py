"""Effects of changes of the model on existing instances (semantics 1.4)."""

from enum import IntEnum
from typing import Any

import attrs

__all__ = ["Change", "Effect", "changes", "disk_path", "strongest"]


class Effect(IntEnum):
    """What an upgrade does to an instance for a change, from the mildest to the most disruptive."""

    NEW_ONLY = 0
    """Only instances created afterwards are affected."""
    REIMAGE = 1
    """An exception: the upgrade marks it applied, but only a reimage (or a new instance) brings it."""
    HOT = 2
    """Applied in place; the instance keeps running."""
    RESTART = 3
    """The instance is restarted."""
    SWAP = 4
    """The OS disk is replaced: extensions and custom data run again, data disks stay."""


@attrs.frozen
class Change:
    """One difference between two versions of the model: where it is, and its effect."""

    path: str
    effect: Effect


_PROFILE = "virtualMachineProfile."
_EFFECTS: tuple[tuple[str, Effect], ...] = (
    (_PROFILE + "storageProfile.imageReference", Effect.SWAP),  # DOC, OBS
    (_PROFILE + "storageProfile.osDisk", Effect.REIMAGE),  # CHOICE: an OS disk is only ever made anew
    (_PROFILE + "osProfile", Effect.REIMAGE),  # DOC: admin name, password, keys, custom data
    (_PROFILE + "securityProfile", Effect.RESTART),  # CHOICE
    (_PROFILE + "hardwareProfile", Effect.RESTART),  # CHOICE: as the size
    ("sku", Effect.RESTART),  # DOC
    ("skuProfile", Effect.RESTART),  # CHOICE: as the size
    ("proximityPlacementGroup", Effect.RESTART),  # DOC: the instances are stopped for it
    ("zones", Effect.NEW_ONLY),  # decision C5
    (_PROFILE, Effect.HOT),  # DOC: extensions, network, userData; CHOICE: licence, diagnostics, health probe
    ("", Effect.HOT),  # CHOICE
)
_DATA_DISKS = _PROFILE + "storageProfile.dataDisks"


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    """The differences between the instance parts of two versions of the model, in the order of their paths."""
    found: list[Change] = []
    _compare("", before, after, found)
    return tuple(sorted(found, key=lambda change: change.path))


def strongest(found: tuple[Change, ...]) -> Effect:
    """The effect that an upgrade over these changes has."""
    return max((change.effect for change in found), default=Effect.NEW_ONLY)


def disk_path(lun: int) -> str:
    """Where a data disk is in the model."""
    return f"{_DATA_DISKS}[lun {lun}]"


def _compare(path: str, before: Any, after: Any, found: list[Change]) -> None:
    if before == after:
        return
    if path == _DATA_DISKS:
        found.extend(_data_disk_changes(before or [], after or []))
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() | after.keys():
            _compare(f"{path}.{key}" if path else key, before.get(key), after.get(key), found)
    else:
        found.append(Change(path, _effect(path)))


def _effect(path: str) -> Effect:
    return next(effect for prefix, effect in _EFFECTS if path.startswith(prefix))


def _data_disk_changes(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[Change]:
    """Decision C2: adding or removing a disk follows the policy, another profile of an existing LUN is an exception."""
    old = {disk["lun"]: disk for disk in before}
    new = {disk["lun"]: disk for disk in after}
    found = [Change(disk_path(lun), Effect.HOT) for lun in old.keys() ^ new.keys()]
    changed = [lun for lun in old.keys() & new.keys() if old[lun] != new[lun]]
    return found + [Change(disk_path(lun), Effect.REIMAGE) for lun in changed]
