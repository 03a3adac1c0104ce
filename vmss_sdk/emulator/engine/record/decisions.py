"""The decision log: what the engine did to which instances and why, as records with stable codes."""

from enum import StrEnum

import attrs

__all__ = ["Decision", "DecisionKind"]


class DecisionKind(StrEnum):
    """What was decided. Each names the figures it carries, and the rule in semantics."""

    KEPT_WITHOUT_EFFECT = "KeptWithoutEffect"  # member, says: it was written, and nothing acts on it
    MODEL_CHANGED = "ModelChanged"  # version, effect (1.3)
    UPGRADE_STARTED = "UpgradeStarted"  # mode, batch_size, kind, started_by (2.4.17)
    PRE_CHECK_PASSED = "PreCheckPassed"  # unhealthy, instances, percent, limit (2.4.18)
    PRE_CHECK_FAILED = "PreCheckFailed"  # the same
    BATCH_STARTED = "BatchStarted"  # (2.4.20–22)
    BATCH_FINISHED = "BatchFinished"  # succeeded, failed (2.4.26)
    UPGRADED_GATE_FAILED = "UpgradedGateFailed"  # failed, upgraded, percent, limit (2.4.26)
    HEALTH_GATE_FAILED = "HealthGateFailed"  # unhealthy, instances, percent, limit (2.4.27)
    PAUSED = "Paused"  # seconds (2.4.29)
    SKIPPED = "Skipped"  # why (5, 2.5)
    INSTANCE_UPGRADED = "InstanceUpgraded"  # effect, version (1.4)
    INSTANCE_FAILED = "InstanceFailed"  # why (2.4.25)
    REIMAGED = "Reimaged"  # image_version, from_model, data_disks (1.5)
    REIMAGE_DIFFERS = "ReimageDiffers"  # taken_from, taken_model, other_model: the readings of C1 differ
    STILL_OUTDATED = "StillOutdated"  # changes: what a reimage did not bring (1.5.16)
    UPGRADE_COMPLETED = "UpgradeCompleted"  # succeeded, failed (2.4.31)
    UPGRADE_FAULTED = "UpgradeFaulted"  # reason, first_failed, left, unhealthy, instances, limit (2.4.26–28)
    CANCEL_REQUESTED = "CancelRequested"  # (2.5.33)
    UPGRADE_CANCELLED = "UpgradeCancelled"  # succeeded, pending (2.5.34)
    BATCH_SHRUNK = "BatchShrunk"  # size, to (2.4.23)
    ROLLED_BACK = "RolledBack"  # version (2.4.30, 4.4)
    SURGED = "Surged"  # for: the instances that the new ones replace (2.6.41)
    SURGE_FELL_BACK = "SurgeFellBack"  # wanted, left: the quota has no room, so in place (2.6.43)
    IMAGE_UPGRADED = "ImageUpgraded"  # image_version (4.4)
    EXTENSIONS_UPGRADED = "ExtensionsUpgraded"  # extensions (4.7)
    OS_UPGRADE_DUE = "OsUpgradeDue"  # image_version, at: when Azure starts it (4.4)
    OS_UPGRADE_DEFERRED = "OsUpgradeDeferred"  # waits for approval (4.9)
    APPROVED = "Approved"  # (4.9, 4.10)
    REJECTED = "Rejected"  # (4.10)
    REPAIRED = "Repaired"  # action (3.11)
    REPAIRS_SUSPENDED = "RepairsSuspended"  # why (3.11)
    EVICTED = "Evicted"  # (7)
    ZONE_CHANGED = "ZoneChanged"  # before, zone: an instance was moved
    SCALED_OUT = "ScaledOut"  # (1.1.4)
    EXTRA_REMOVED = "ExtraRemoved"  # overprovisioned instances that were not needed (7.5)
    SCALED_IN = "ScaledIn"  # (7.6)


Figure = str | int | float | bool


@attrs.frozen(hash=False)
class Decision:
    """One entry of the log.

    Attributes:
        at: Seconds since 1970-01-01 UTC.
        kind: The stable code.
        instance_ids: The instances it is about, in their order.
        upgrade: Which rolling upgrade it belongs to, counted from 1; None outside of one.
        batch: Which batch of it, counted from 1.
        figures: What the decision rests on.
    """

    at: float
    kind: DecisionKind
    instance_ids: tuple[str, ...] = ()
    upgrade: int | None = None
    batch: int | None = None
    figures: dict[str, Figure] = attrs.field(factory=dict)

    def __str__(self) -> str:
        parts = [self.kind.value]
        if self.batch is not None:
            parts.append(f"batch {self.batch}")
        if self.instance_ids:
            parts.append(",".join(self.instance_ids))
        parts.extend(f"{name}={value}" for name, value in self.figures.items())
        return " ".join(parts)
