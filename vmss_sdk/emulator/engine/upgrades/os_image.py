"""OS image upgrades: by hand and automatic, with deferral, approval and history (semantics 4)."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.platform import images, seeded_random
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.rolling_upgrade import RollingUpgrade
from vmss_sdk.emulator.engine.record.upgrade_status import StartedBy, UpgradeKind
from vmss_sdk.emulator.engine.upgrades import kinds, lifecycle_hooks
from vmss_sdk.emulator.engine.upgrades.start import begin, begin_automatic
from vmss_sdk.emulator.engine.work.selection import Scope, select

__all__ = ["approve", "check_for_new_image", "history", "start_extension_upgrade", "start_os_upgrade"]

_KEPT = 5
"""Azure keeps the last five attempts (rule 4.8)."""
_KEPT_FOR = 61 * 24 * 3600.0


@attrs.define(eq=False)
class ScheduledUpgrade:
    """The moment when Azure begins an automatic OS upgrade, if it is still due."""

    image_version: str

    def step(self, scale_set: Aggregate) -> None:
        """Begin, or look again when something else is running."""
        if scale_set.deletion is not None or not _enabled(scale_set):
            scale_set.os_upgrade_scheduled = False
            return
        upgrade = scale_set.rolling_upgrade
        if upgrade is not None and upgrade.active:
            scale_set.schedule.add(scale_set.now + scale_set.settings.timings.os_retry, self)
            return
        scale_set.os_upgrade_scheduled = False
        found = kinds.candidates(scale_set, UpgradeKind.OS_IMAGE)
        if not found:
            return
        if get_path(scale_set.document, f"{_POLICY}.osRollingUpgradeDeferral"):
            _defer(scale_set, found)
        elif not lifecycle_hooks.ask_for_upgrade(scale_set, found):
            begin_automatic(scale_set, found)


_POLICY = "properties.upgradePolicy.automaticOSUpgradePolicy"


def start_os_upgrade(scale_set: Aggregate) -> Operation:
    """Move instances to the newest OS image, by hand (rule 4.5): batches as in any rolling upgrade, no rollback.

    Instances on the newest image are skipped. With nothing to do it is Completed at once, and all that follow the
    newest image count as successful: five recordings of Azure show that (wire.md 3.20), against semantics 2.4.32.

    Raises:
        Refused: No unprotected instance follows ``latest``, or a rolling upgrade is running.
    """
    scale_set.refuse_if_deleting("osRollingUpgrade")
    scale_set.refuse_if_rolling("osRollingUpgrade")
    follows = [i for i in scale_set.instances.values() if images.follows_latest(i.os.content.image)]
    free = [instance for instance in follows if not instance.protection.from_scale_set_actions]
    if not free:
        raise Refused.because(Reason.NOTHING_FOLLOWS_LATEST, scale_set=scale_set.name)
    scale_set.check_concurrency()
    operation = scale_set.open_operation("osRollingUpgrade")
    found = kinds.candidates(scale_set, UpgradeKind.OS_IMAGE)
    upgrade = begin(scale_set, UpgradeKind.OS_IMAGE, found, operation)
    operation.instance_count = len(found)
    if not found:
        upgrade.complete_without_batches(scale_set, len(free))
    return operation


def start_extension_upgrade(scale_set: Aggregate) -> Operation:
    """Move extensions to their newest versions, without a restart; a failed instance gets the old ones back (4.7).

    Raises:
        Refused: A rolling upgrade is running.
    """
    scale_set.refuse_if_deleting("extensionRollingUpgrade")
    scale_set.refuse_if_rolling("extensionRollingUpgrade")
    operation = scale_set.open_operation("extensionRollingUpgrade")
    found = kinds.candidates(scale_set, UpgradeKind.EXTENSIONS)
    begin(scale_set, UpgradeKind.EXTENSIONS, found, operation, restores=True)
    operation.instance_count = len(found)
    return operation


def start_platform_upgrade(scale_set: Aggregate) -> RollingUpgrade:
    """Have Azure start an upgrade of its own, as it does for VM agents: it can be cancelled, and blocks writes (34).

    Raises:
        Refused: A rolling upgrade is running.
    """
    scale_set.refuse_if_deleting("platformUpgrade")
    scale_set.refuse_if_rolling("platformUpgrade")
    found = kinds.candidates(scale_set, UpgradeKind.PLATFORM)
    return begin(scale_set, UpgradeKind.PLATFORM, found, None, started_by=StartedBy.PLATFORM)


def check_for_new_image(scale_set: Aggregate) -> None:
    """See whether a newer image is there, and let Azure begin within its three hours (rule 4.4)."""
    if not _enabled(scale_set) or scale_set.os_upgrade_scheduled:
        return
    newest = scale_set.images.newest(scale_set.latest.content.image)
    found = [i for i in scale_set.instances.values() if i.os.content.image_version != newest]
    if not found or not images.follows_latest(scale_set.latest.content.image):
        return
    scale_set.os_upgrade_scheduled = True
    share = seeded_random.fraction(scale_set.settings.seed, scale_set.unique_id, "rollout", newest)
    due = scale_set.now + scale_set.settings.timings.os_rollout * share
    scale_set.log(DecisionKind.OS_UPGRADE_DUE, (), {"image_version": newest, "at": due})
    scale_set.schedule.add(due, ScheduledUpgrade(newest))


def approve(scale_set: Aggregate, ids: Sequence[str] | None, *, scope: Scope = Scope.SET) -> Operation:
    """Let deferred OS upgrades of instances go on (rule 4.9); None: of all that wait.

    Raises:
        Refused: An id is unknown or protected, or a rolling upgrade is running.
    """
    scale_set.refuse_if_deleting("approveRollingUpgrade")
    scale_set.refuse_if_rolling("approveRollingUpgrade")
    chosen = select(scale_set, ids, scope=scope)
    waiting = [instance for instance in chosen if instance.pending_os_upgrade]
    scale_set.log(DecisionKind.APPROVED, [instance.id for instance in waiting])
    operation = scale_set.run("approveRollingUpgrade", [], seconds=scale_set.settings.timings.write)
    if waiting:
        begin_automatic(scale_set, waiting)
    return operation


def history(scale_set: Aggregate) -> list[RollingUpgrade]:
    """The last five OS upgrades of the last two months, the newest first (rule 4.8)."""
    since = scale_set.now - _KEPT_FOR
    found = [
        u for u in scale_set.upgrades if u is not None and u.kind is UpgradeKind.OS_IMAGE and u.started_at >= since
    ]
    return found[: -_KEPT - 1 : -1]


def _enabled(scale_set: Aggregate) -> bool:
    return bool(get_path(scale_set.document, f"{_POLICY}.enableAutomaticOSUpgrade"))


def _defer(scale_set: Aggregate, found: list[Instance]) -> None:
    for instance in found:
        instance.pending_os_upgrade = True
    scale_set.log(DecisionKind.OS_UPGRADE_DEFERRED, [instance.id for instance in found])
