"""Automatic upgrade policy: all outdated instances at once, in no order, with no regard to health (semantics 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.emulator.engine import chance
from vmss_sdk.emulator.engine.decisions import DecisionKind
from vmss_sdk.emulator.engine.upgrades.apply import Upgrade
from vmss_sdk.emulator.engine.upgrades.kinds import candidates
from vmss_sdk.emulator.engine.upgrades.status import UpgradeKind

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.operation import Operation
    from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["upgrade_all"]


def upgrade_all(scale_set: ScaleSet, operation: Operation) -> None:
    """Upgrade every outdated, unprotected instance; one that fails stops no other (rules 7, 8)."""
    found = candidates(scale_set, UpgradeKind.MODEL)
    if not found:
        return
    seed, version = scale_set.settings.seed, scale_set.latest.number
    found.sort(key=lambda instance: chance.fraction(seed, "automatic order", version, instance.id))
    scale_set.log(DecisionKind.UPGRADE_STARTED, [instance.id for instance in found], {"mode": "Automatic"})
    for instance in found:
        scale_set.submit(Upgrade(instance_id=instance.id), operation)
