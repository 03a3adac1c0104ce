"""In which order a rolling upgrade takes instances, and where its batches end (semantics 2.4.20, 2.4.21)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.instance import Instance
    from vmss_sdk.emulator.engine.scale_set import ScaleSet
    from vmss_sdk.emulator.engine.upgrades.policy import RollingPolicy

__all__ = ["Cell", "cell", "in_order"]

Cell = tuple[int, str, int]
"""What all instances of one batch share: priority, zone, update domain."""


def in_order(scale_set: ScaleSet, policy: RollingPolicy, found: Iterable[Instance]) -> list[tuple[Cell, str]]:
    """The instances' ids with their cells. CHOICE: zones by number, update domains 0–4, ids ascending (S4)."""
    keyed = [(cell(scale_set, policy, instance), _rank(instance.id), instance.id) for instance in found]
    return [(key, instance_id) for key, _, instance_id in sorted(keyed)]


def cell(scale_set: ScaleSet, policy: RollingPolicy, instance: Instance) -> Cell:
    """The cell of an instance: a batch never spans two."""
    priority = 0 if policy.prioritize_unhealthy and instance.unhealthy else 1
    zone = "" if policy.cross_zone else instance.zone or ""
    respected = scale_set.settings.respect_update_domains and instance.update_domain is not None
    return priority, zone, (instance.update_domain or 0) if respected else 0


def _rank(instance_id: str) -> tuple[int, str]:
    return (int(instance_id), "") if instance_id.isdecimal() else (0, instance_id)
