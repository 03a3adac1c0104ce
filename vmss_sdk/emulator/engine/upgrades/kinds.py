"""The kinds of rolling upgrades: their effect on an instance, and the instances that they reach."""

from __future__ import annotations

from vmss_sdk.emulator.engine.platform import images
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import Instance, Job
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeKind
from vmss_sdk.emulator.engine.upgrades.apply import Upgrade
from vmss_sdk.emulator.engine.upgrades.refresh import ExtensionRefresh, ImageRefresh, PlatformRefresh
from vmss_sdk.emulator.engine.work.selection import skip

__all__ = ["candidates", "is_candidate", "job_for"]

_JOBS: dict[UpgradeKind, type[Job]] = {
    UpgradeKind.MODEL: Upgrade,
    UpgradeKind.OS_IMAGE: ImageRefresh,
    UpgradeKind.EXTENSIONS: ExtensionRefresh,
    UpgradeKind.PLATFORM: PlatformRefresh,
}


def job_for(kind: UpgradeKind, instance_id: str, upgrade: int | None = None) -> Job:
    """The work that brings an instance what this kind of upgrade is about."""
    return _JOBS[kind](instance_id=instance_id, upgrade=upgrade)


def candidates(scale_set: Aggregate, kind: UpgradeKind) -> list[Instance]:
    """Whom the upgrade concerns, without those protected from scale set actions, which stay as they are (section 5)."""
    found = [instance for instance in scale_set.instances.values() if _needs_upgrade(scale_set, kind, instance)]
    return skip(scale_set, found, "protected", [i for i in found if i.protection.from_scale_set_actions])


def is_candidate(scale_set: Aggregate, kind: UpgradeKind, instance: Instance | None) -> bool:
    """Whether this instance, found a candidate before, still is one (rule 2.5.37)."""
    if instance is None or instance.protection.from_scale_set_actions:
        return False
    return _needs_upgrade(scale_set, kind, instance)


def _needs_upgrade(scale_set: Aggregate, kind: UpgradeKind, instance: Instance) -> bool:
    if instance.deleting:
        return False
    if kind is UpgradeKind.MODEL:
        return scale_set.outdated(instance)
    if kind is UpgradeKind.OS_IMAGE:
        content = instance.os.content
        return images.follows_latest(content.image) and scale_set.images.newest(content.image) != content.image_version
    if kind is UpgradeKind.EXTENSIONS:
        return bool(
            scale_set.handlers.behind(scale_set.version(instance.applied).extensions, instance.handler_versions)
        )
    return True
