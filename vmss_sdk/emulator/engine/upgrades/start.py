"""Starting and cancelling rolling upgrades."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.model.defaults import ROLLING_DEFAULTS
from vmss_sdk.emulator.engine.model.rolling_policy import RollingPolicy
from vmss_sdk.emulator.engine.platform.images import image_key
from vmss_sdk.emulator.engine.record import retention
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind, Figure
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.rolling_upgrade import RollingUpgrade
from vmss_sdk.emulator.engine.record.upgrade_status import StartedBy, UpgradeCode, UpgradeKind
from vmss_sdk.emulator.engine.upgrades import kinds
from vmss_sdk.emulator.engine.upgrades.order import in_order, is_skipped
from vmss_sdk.emulator.engine.upgrades.rolling import BatchedUpgrade
from vmss_sdk.emulator.engine.work.selection import skip

__all__ = ["begin", "begin_automatic", "cancel", "model_upgrade", "rolling_policy"]


def model_upgrade(scale_set: Aggregate, operation: Operation) -> None:
    """Roll the newest model out; CHOICE: without an outdated instance no upgrade is started, and none recorded."""
    found = kinds.candidates(scale_set, UpgradeKind.MODEL)
    if found:
        begin(scale_set, UpgradeKind.MODEL, found, operation)


def begin(
    scale_set: Aggregate,
    kind: UpgradeKind,
    found: list[Instance],
    operation: Operation | None,
    *,
    started_by: StartedBy = StartedBy.USER,
    restores: bool = False,
) -> BatchedUpgrade:
    """Start a rolling upgrade over these instances; what skips itself by its custom metrics is left out (rule 19)."""
    wanted = skip(scale_set, found, "SkipUpgrade", [i for i in found if is_skipped(scale_set, i)])
    policy = RollingPolicy.of(rolling_policy(scale_set))
    upgrade = BatchedUpgrade(
        number=len(scale_set.upgrades) + 1,
        kind=kind,
        started_by=started_by,
        restores=restores,
        surges=policy.max_surge and _may_surge(scale_set, kind),
        operation_id=operation.id if operation else None,
        policy=policy,
        pending=in_order(scale_set, policy, wanted),
        started_at=scale_set.now,
        last_action_at=scale_set.now,
        target_image=_target(scale_set) if kind is UpgradeKind.OS_IMAGE else None,
        target_versions=_target_versions(scale_set, found) if kind is UpgradeKind.OS_IMAGE else {},
    )
    if operation:
        operation.outstanding += 1
    scale_set.upgrades.append(upgrade)
    retention.drop_upgrades(scale_set)
    _log_start(scale_set, upgrade)
    upgrade.proceed_after(scale_set, scale_set.settings.timings.batch)
    return upgrade


def begin_automatic(scale_set: Aggregate, found: list[Instance]) -> RollingUpgrade:
    """Begin the upgrade as Azure does: an instance that fails gets its old disk back, unless that is disabled."""
    restores = not get_path(
        scale_set.document, "properties.upgradePolicy.automaticOSUpgradePolicy.disableAutomaticRollback", default=False
    )
    return begin(scale_set, UpgradeKind.OS_IMAGE, found, None, started_by=StartedBy.PLATFORM, restores=restores)


def cancel(scale_set: Aggregate) -> Operation:
    """Cancel the running rolling upgrade, whoever started it (rules 33, 34).

    Raises:
        Refused: None is running.
    """
    upgrade = scale_set.rolling_upgrade
    if upgrade is None or not upgrade.active or upgrade.code is not UpgradeCode.ROLLING_FORWARD:
        raise Refused.because(Reason.NO_ROLLING_UPGRADE, scale_set=scale_set.name)
    operation = scale_set.open_operation("cancelRollingUpgrade")
    upgrade.cancel(scale_set, operation)
    return operation


def rolling_policy(scale_set: Aggregate) -> dict[str, Any]:
    """The scale set's rolling policy; every scale set has one, whatever its mode (semantics 2.0.2)."""
    found: dict[str, Any] = get_path(scale_set.document, "properties.upgradePolicy.rollingUpgradePolicy", {})
    return {**ROLLING_DEFAULTS, **found}


def _may_surge(scale_set: Aggregate, kind: UpgradeKind) -> bool:
    """Uniform: whatever Azure upgrades. Flexible: not the OS image (semantics 2.6.47)."""
    return kind is not UpgradeKind.PLATFORM and not (scale_set.flexible and kind is UpgradeKind.OS_IMAGE)


def _target_versions(scale_set: Aggregate, found: list[Instance]) -> dict[str, str]:
    images = {image_key(instance.os.content.image): instance.os.content.image for instance in found}
    return {key: scale_set.images.newest(image) for key, image in images.items()}


def _target(scale_set: Aggregate) -> dict[str, str]:
    image = scale_set.latest.content.image
    return {**image, "version": scale_set.images.newest(image)}


def _log_start(scale_set: Aggregate, upgrade: RollingUpgrade) -> None:
    size = upgrade.policy.batch_size(BatchedUpgrade.instances(scale_set))
    figures: dict[str, Figure] = {"mode": "Rolling", "batch_size": size}
    if upgrade.kind is not UpgradeKind.MODEL:
        figures = {**figures, "kind": upgrade.kind.value, "started_by": upgrade.started_by.value}
    ordered = [instance_id for _, instance_id in upgrade.pending]
    scale_set.log(DecisionKind.UPGRADE_STARTED, ordered, figures, upgrade=upgrade.number)
