"""Moving instances to another availability zone (``migrateVMAvailabilityZone``, added 2026-04-01).

Only its shapes are published. CHOICE: an instance is moved as by a redeploy, to another host in another zone: it is
down meanwhile, keeps its id, its model and its persistent disks, and loses its temporary disk; one that is down stays
down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.common.states import PowerState, ProvisioningState
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import TEMP_DISK, Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work import provisioning
from vmss_sdk.emulator.engine.work.lifecycle import Redeploy
from vmss_sdk.emulator.engine.work.selection import Scope, select

__all__ = ["migrate"]

_NAME = "migrateVMAvailabilityZone"


@attrs.define(kw_only=True, eq=False)
class Migrate(Redeploy):
    """An instance moves to another zone.

    Attributes:
        zone: Where to.
        runs: Whether it was running when the move began, and so is started again.
    """

    zone: str
    runs: bool = False

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """The guest goes down, if it is up."""
        self.runs = instance.running
        if self.runs:
            return super().begin(scale_set, instance)
        instance.provisioning = ProvisioningState.UPDATING
        return scale_set.settings.timings.write

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """It is there; when that zone is down it is where it was."""
        if self.zone in scale_set.faults.zones_down():
            facts = {"instance_id": instance.id, "vm": instance.name, "code": "ZonalAllocationFailed", "message": None}
            self.failure = Failure(Reason.PROVISIONING_FAILED, facts)
            if self.runs:
                provisioning.boot(scale_set, instance)
            return
        scale_set.log(DecisionKind.ZONE_CHANGED, [instance.id], {"before": instance.zone or "none", "zone": self.zone})
        instance.zone = self.zone
        if self.runs:
            super().finish(scale_set, instance)
        else:
            instance.lose_data(TEMP_DISK)


def migrate(scale_set: Aggregate, ids: Sequence[str], zone: str | None = None) -> Operation | None:
    """Move instances to another zone of the scale set.

    Args:
        scale_set: Whose instances.
        ids: Their ids, or ``*`` for all that are not protected.
        zone: Where to; None: for each the zone with the fewest instances, other than its own.

    Returns:
        The operation; None when all of them are there already.

    Raises:
        Refused: The scale set is not in that zone, or in none; an id is unknown or protected; a rolling upgrade is
            running (CHOICE: its batches keep to zones). Nothing was moved.
    """
    zones = list(scale_set.document.get("zones") or [])
    if not zones or (zone is not None and zone not in zones):
        raise Refused.because(Reason.INVALID, target="targetZone", parameter="targetZone")
    scale_set.refuse_if_deleting(_NAME)
    scale_set.refuse_if_rolling(_NAME)
    chosen = select(scale_set, ids, scope=Scope.SET)
    jobs = [_job(scale_set, instance, to) for instance, to in _moves(scale_set, chosen, zones, zone)]
    return scale_set.run(_NAME, jobs) if jobs else None


def _moves(
    scale_set: Aggregate, chosen: Sequence[Instance], zones: list[str], zone: str | None
) -> list[tuple[Instance, str]]:
    if zone is not None:
        return [(instance, zone) for instance in chosen if instance.zone != zone]
    counts = Counter(instance.zone for instance in scale_set.instances.values() if not instance.deleting)
    found = []
    for instance in chosen:
        others = [other for other in zones if other != instance.zone]
        if others:
            to = min(others, key=lambda other: (counts[other], other))
            counts[instance.zone] -= 1
            counts[to] += 1
            found.append((instance, to))
    return found


def _job(scale_set: Aggregate, instance: Instance, zone: str) -> Migrate:
    times, up = scale_set.settings.timings, PowerState.RUNNING
    return Migrate(instance_id=instance.id, zone=zone, via=up, to=up, seconds=times.deallocate + times.start)
