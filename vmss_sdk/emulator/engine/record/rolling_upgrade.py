"""The record of a rolling upgrade, running or over, and what it is told of while it runs."""

from __future__ import annotations

from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.rolling_policy import RollingPolicy
from vmss_sdk.emulator.engine.record.instance import Instance, Job, OsState
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.schedule import AnyAggregate
from vmss_sdk.emulator.engine.record.upgrade_status import Stage, StartedBy, UpgradeAction, UpgradeCode, UpgradeKind

__all__ = ["BatchKey", "InstanceSnapshot", "RollingUpgrade"]

BatchKey = tuple[float, int, str, int]
"""What all instances of one batch share: phase, priority, zone, domain."""


@attrs.frozen(hash=False)
class InstanceSnapshot:
    """What an instance was like before an upgrade, to put it back to that."""

    applied: int
    os: OsState
    handler_versions: dict[str, str]
    customised: bool
    overrides: dict[str, Any] = attrs.field(metadata={"written": "own"})
    extension_overrides: dict[str, dict[str, Any] | None] = attrs.field(metadata={"written": "own_extensions"})
    disks: dict[int, dict[str, Any] | None]

    @classmethod
    def of(cls, instance: Instance) -> InstanceSnapshot:
        """What is on this instance now."""
        versions = dict(instance.handler_versions)
        return cls(
            instance.applied,
            instance.os,
            versions,
            instance.customised,
            instance.overrides,
            instance.extension_overrides,
            instance.disks,
        )


@attrs.define(kw_only=True, eq=False)
class RollingUpgrade:
    """One rolling upgrade, from its start to its end; afterwards it is the record that ``latest`` shows.

    Attributes:
        number: Counted from 1 per scale set.
        kind: What it brings to the instances.
        started_by: Who started it.
        operation_id: The operation that stays open until it ends; None when Azure started it.
        cancel_operation_id: The operation that cancels it, if any.
        policy: The policy as it was at the start (rule 17).
        restores: Whether each instance that fails is put back at once (OS image and extension upgrades by Azure).
        pending: The candidates not yet upgraded, in order, with their cells.
        batch: The instances of the batch in flight; with surge the new ones.
        replaces: With surge, the old instance that a new one stands in for.
        surges: Whether batches are still made of new instances.
        target_image: The image that an OS upgrade set out for.
        target_versions: The versions that it set out for, by image.
        overdue: Whether the batch's health was waited for long enough; who still initializes has its grace period.
        working: Those of the batch whose jobs are not over.
        waiting: Those of the batch that are not upgraded and healthy yet.
        succeeded: How many were upgraded and came up healthy.
        failures: What failed, by instance.
        snapshots: What the instances that it has upgraded were like before, while they can be put back.
        rolled_back: How many instances were put back, and for how many that failed.
        error: Why it faulted, or None.
        timer: The entry of the schedule that makes it go on by itself, if it waits for one.
    """

    number: int
    policy: RollingPolicy
    pending: list[tuple[BatchKey, str]]
    started_at: float
    last_action_at: float
    kind: UpgradeKind = UpgradeKind.MODEL
    started_by: StartedBy = StartedBy.USER
    operation_id: str | None = None
    cancel_operation_id: str | None = None
    restores: bool = False
    surges: bool = False
    target_image: dict[str, str] | None = None
    target_versions: dict[str, str] = attrs.field(factory=dict)
    last_action: UpgradeAction = UpgradeAction.START
    code: UpgradeCode = UpgradeCode.ROLLING_FORWARD
    stage: Stage = Stage.PREPARING
    batch_number: int = 0
    batch: tuple[str, ...] = ()
    replaces: dict[str, str] = attrs.field(factory=dict)
    working: set[str] = attrs.field(factory=set)
    waiting: set[str] = attrs.field(factory=set)
    succeeded: int = 0
    failures: dict[str, Failure] = attrs.field(factory=dict)
    snapshots: dict[str, InstanceSnapshot] = attrs.field(factory=dict, repr=False, metadata={"written": "before"})
    rolled_back: tuple[int, int] = (0, 0)
    batch_succeeded: int = 0
    batch_failures: int = 0
    overdue: bool = False
    error: Failure | None = None
    timer: int | None = attrs.field(default=None, metadata={"written": "wakeup"})
    ended_at: float | None = None

    @property
    def active(self) -> bool:
        """Whether it still has work in flight; a cancelled one has until its batch ends."""
        return self.stage is not Stage.OVER

    @property
    def operation_ids(self) -> tuple[str | None, str | None]:
        """The operations that do not end before it does."""
        return self.operation_id, self.cancel_operation_id

    @property
    def progress(self) -> dict[str, int]:
        """The four counters of its status, by their wire names."""
        return {
            "successfulInstanceCount": self.succeeded,
            "failedInstanceCount": len(self.failures),
            "inProgressInstanceCount": len(self.waiting),
            "pendingInstanceCount": len(self.pending),
        }

    @property
    def status_error(self) -> Failure | None:
        """What its status shows as error: why it stopped, or that it goes on although some failed (rule 28)."""
        if self.error is not None or not self.failures or self.code is not UpgradeCode.ROLLING_FORWARD:
            return self.error
        return Failure(Reason.FAILED_INSTANCES, {}, tuple(self.failures.values()))

    def earliest_end(self, scale_set: AnyAggregate) -> float:
        """A moment before which it cannot end, whatever goes on until then but requests."""
        raise NotImplementedError

    def concerns(self, job: Job) -> bool:
        """Whether the end of this job is still the upgrade's business."""
        raise NotImplementedError

    def job_finished(self, scale_set: AnyAggregate, job: Job) -> None:
        """Work for the upgrade is over."""
        raise NotImplementedError

    def health_read(self, scale_set: AnyAggregate, instance: Instance) -> None:
        """The health of an instance was read."""
        raise NotImplementedError

    def health_lost(self, scale_set: AnyAggregate, instance: Instance) -> None:
        """An instance has no health any more that could get better."""
        raise NotImplementedError

    def forget(self, scale_set: AnyAggregate, instance_id: str) -> None:
        """An instance is on its way out: the upgrade goes on without it."""
        raise NotImplementedError

    def cancel(self, scale_set: AnyAggregate, operation: Operation) -> None:
        """Somebody wants it to begin no further batch."""
        raise NotImplementedError
