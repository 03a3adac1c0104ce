"""Manual upgrade of named instances: in parallel, without batches or health checks, in every mode (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Sequence

from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.upgrades.apply import Upgrade
from vmss_sdk.emulator.engine.work.selection import Scope, select

__all__ = ["upgrade_instances"]


def upgrade_instances(scale_set: Aggregate, ids: Sequence[str]) -> Operation:
    """Bring instances to the newest model (``manualupgrade``); ``*``: all that are not protected.

    Raises:
        Refused: An id is unknown or protected; nothing was touched.
    """
    chosen = select(scale_set, ids, scope=Scope.SET)
    operation = scale_set.run("manualUpgrade", [Upgrade(instance_id=instance.id) for instance in chosen])
    # wire.md 3.16: what is at the newest model already is not charged
    operation.instance_count = sum(scale_set.outdated(instance) for instance in chosen)
    return operation
