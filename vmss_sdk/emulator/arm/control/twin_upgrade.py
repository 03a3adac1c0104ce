"""The latest rolling upgrade of a twin."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.control.twin_times import moment
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.defaults import ROLLING_DEFAULTS
from vmss_sdk.emulator.engine.model.rolling_policy import RollingPolicy
from vmss_sdk.emulator.engine.record.upgrade_status import Stage, UpgradeAction, UpgradeCode
from vmss_sdk.emulator.engine.upgrades.rolling import BatchedUpgrade
from vmss_sdk.emulator.engine.upgrades.start import model_upgrade
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["add_upgrade"]

Document = dict[str, Any]

_CODES = {code.value: code for code in UpgradeCode}


def add_upgrade(scale_set: ScaleSet, document: Document | None) -> list[str]:
    """Take the upgrade in: one that was over as its record, one that ran begins anew with what is outdated.

    Args:
        scale_set: Whose, with its instances.
        document: What ``rollingUpgrades/latest`` showed; None: there was none.

    Returns:
        What is otherwise than it was, in sentences.
    """
    if not document:
        return []
    properties = document.get("properties", {})
    code = _CODES.get(get_path(properties, "runningStatus.code", ""), UpgradeCode.COMPLETED)
    if code in (UpgradeCode.ROLLING_FORWARD, UpgradeCode.ROLLING_BACK):
        operation = scale_set.open_operation("update")
        operation.outstanding += 1
        model_upgrade(scale_set, operation)
        scale_set.settle(operation.id)
        return ["A rolling upgrade was under way: it begins anew with the instances that are still outdated."]
    scale_set.upgrades.append(_record(scale_set, properties, code))
    return []


def _record(scale_set: ScaleSet, properties: Document, code: UpgradeCode) -> BatchedUpgrade:
    status, counted = properties.get("runningStatus", {}), properties.get("progress", {})
    started = moment(status.get("startTime"), scale_set.now)
    acted = moment(status.get("lastActionTime"), started)
    failed = int(counted.get("failedInstanceCount") or 0)
    failures = [str(key) for key, one in scale_set.instances.items() if one.unhealthy][:failed]
    failures += [f"?{number}" for number in range(failed - len(failures))]
    record = BatchedUpgrade(
        number=1,
        policy=RollingPolicy.of({**ROLLING_DEFAULTS, **(properties.get("policy") or {})}),
        # CHOICE: which instances were still to come is not told; only their number shows
        pending=[((0.0, 0, "", 0), "")] * int(counted.get("pendingInstanceCount") or 0),
        started_at=started,
        last_action_at=acted,
        code=code,
        stage=Stage.OVER,
        succeeded=int(counted.get("successfulInstanceCount") or 0),
        failures={key: Failure(Reason.INSTANCE_UNHEALTHY, _facts(scale_set, key)) for key in failures},
        ended_at=acted,
    )
    record.last_action = UpgradeAction.CANCEL if status.get("lastAction") == "Cancel" else UpgradeAction.START
    if code is UpgradeCode.FAULTED:
        record.error = Failure(Reason.FAILED_INSTANCES, {}, tuple(record.failures.values()))
    return record


def _facts(scale_set: ScaleSet, instance_id: str) -> Document:
    return {"scale_set": scale_set.name, "instance_id": instance_id}
