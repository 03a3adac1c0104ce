"""Automatic instance repairs (semantics 3.11)."""

from __future__ import annotations

from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.states import HealthState, ProvisioningState
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.creation import new_instance
from vmss_sdk.emulator.engine.work.reimage import Reimage

__all__ = ["RepairCheck", "check_unhealthy_instances", "grace", "health_changed", "service_state", "set_service_state"]

_MAX_CONCURRENT_PERCENT = 5
_FAILURES_BEFORE_SUSPENSION = 3
"""CHOICE: "repeated failures", the documents say."""


@attrs.define(eq=False)
class RepairCheck:
    """The moment when an instance has been unhealthy for the grace period."""

    instance_id: str
    since: float

    def step(self, scale_set: Aggregate) -> None:
        """Repair it, if it still needs that and may be."""
        instance = scale_set.instances.get(self.instance_id)
        if instance is None or instance.health_since != self.since or not _repairable(scale_set, instance):
            return
        if instance.jobs or len(_running_repairs(scale_set)) >= _max_concurrent(scale_set):
            scale_set.schedule.add(scale_set.now + scale_set.settings.timings.repair_retry, self)
            return
        _repair(scale_set, instance)


def health_changed(scale_set: Aggregate, instance: Instance) -> None:
    """An instance's health turned: the grace period begins, or a repair has helped."""
    if instance.health is HealthState.HEALTHY:
        if instance.id in scale_set.repairing:
            scale_set.repairing.discard(instance.id)
            scale_set.failed_repairs = 0
        return
    if not _policy(scale_set).get("enabled") or instance.health is not HealthState.UNHEALTHY:
        return
    if instance.id in scale_set.repairing:
        _repair_failed(scale_set, instance)
    due = scale_set.now + grace(scale_set)
    scale_set.schedule.add(due, RepairCheck(instance.id, instance.health_since))


def check_unhealthy_instances(scale_set: Aggregate) -> None:
    """Look at what is unhealthy already: repairs were enabled or resumed, or an instance lost its protection."""
    wait = grace(scale_set)
    for instance in scale_set.instances.values():
        if instance.health is HealthState.UNHEALTHY and instance.id not in scale_set.repairing:
            due = max(scale_set.now, instance.health_since + wait)
            scale_set.schedule.add(due, RepairCheck(instance.id, instance.health_since))


def service_state(scale_set: Aggregate) -> str | None:
    """``Running``, ``Suspended`` or ``NotRunning``; None when repairs were never enabled."""
    if not _policy(scale_set):
        return None
    if not _policy(scale_set).get("enabled"):
        return "NotRunning"
    return "Suspended" if scale_set.repairs_suspended else "Running"


def set_service_state(scale_set: Aggregate, *, suspended: bool) -> Operation:
    """Suspend or resume repairs (``setOrchestrationServiceState``); resuming looks at all unhealthy instances again."""
    scale_set.refuse_if_deleting("setOrchestrationServiceState")
    scale_set.repairs_suspended, scale_set.failed_repairs = suspended, 0
    if not suspended:
        check_unhealthy_instances(scale_set)
    return scale_set.run("setOrchestrationServiceState", [], seconds=scale_set.settings.timings.write)


def _policy(scale_set: Aggregate) -> dict[str, Any]:
    found: dict[str, Any] = get_path(scale_set.document, "properties.automaticRepairsPolicy", {})
    return found


def grace(scale_set: Aggregate) -> float:
    """How many seconds an instance has to be unhealthy before it is repaired."""
    return wire.parse_duration(_policy(scale_set).get("gracePeriod", "PT10M")).total_seconds()


def _running_repairs(scale_set: Aggregate) -> set[str]:
    """The repairs that still go on; one that was overtaken by something else holds up no other."""
    found = [scale_set.instances[i] for i in scale_set.repairing if i in scale_set.instances]
    scale_set.repairing = {instance.id for instance in found if instance.jobs or instance.awaits_health}
    return scale_set.repairing


def _repairable(scale_set: Aggregate, instance: Instance) -> bool:
    """Both kinds of protection keep from repairs, and so does a failed provisioning."""
    protected = instance.protection.is_protected_from_scale_in
    failed = instance.provisioning is ProvisioningState.FAILED
    wanted = _policy(scale_set).get("enabled") and not scale_set.repairs_suspended
    return bool(wanted) and instance.health is HealthState.UNHEALTHY and not (protected or failed)


def _max_concurrent(scale_set: Aggregate) -> int:
    """5 % of the instances, fewer than twenty: one at a time."""
    return max(1, len(scale_set.instances) * _MAX_CONCURRENT_PERCENT // 100)


def _repair(scale_set: Aggregate, instance: Instance) -> None:
    action = str(_policy(scale_set).get("repairAction", "Replace"))
    scale_set.log(DecisionKind.REPAIRED, [instance.id], {"action": action})
    if action == "Replace":
        # CHOICE: the new instance comes up while the old one goes, in its zone
        new = new_instance(scale_set, zone=instance.zone)
        scale_set.repairing.add(new.id)
        scale_set.submit(lifecycle.Delete(instance_id=instance.id))
        scale_set.submit(lifecycle.Create(instance_id=new.id))
        return
    scale_set.repairing.add(instance.id)
    if action == "Reimage":
        scale_set.submit(Reimage(instance_id=instance.id))
    else:
        scale_set.submit(lifecycle.restart_job(scale_set, instance.id))


def _repair_failed(scale_set: Aggregate, instance: Instance) -> None:
    scale_set.repairing.discard(instance.id)
    scale_set.failed_repairs += 1
    if scale_set.failed_repairs >= _FAILURES_BEFORE_SUSPENSION:
        scale_set.repairs_suspended = True
        figures = {"why": f"{scale_set.failed_repairs} repairs in a row did not help"}
        scale_set.log(DecisionKind.REPAIRS_SUSPENDED, [instance.id], figures)
