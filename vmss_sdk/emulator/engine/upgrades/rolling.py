"""Rolling upgrade policy: batches, gates and pauses (semantics 2.4, 2.5)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.engine import health
from vmss_sdk.emulator.engine.decisions import DecisionKind, Figure
from vmss_sdk.emulator.engine.instance import HealthState
from vmss_sdk.emulator.engine.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.upgrades.apply import Upgrade
from vmss_sdk.emulator.engine.upgrades.candidates import candidates, is_candidate
from vmss_sdk.emulator.engine.upgrades.order import Cell, in_order
from vmss_sdk.emulator.engine.upgrades.policy import RollingPolicy

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.instance import Instance
    from vmss_sdk.emulator.engine.jobs import Job
    from vmss_sdk.emulator.engine.operation import Operation
    from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["RollingUpgrade", "UpgradeAction", "UpgradeCode", "cancel", "start_rolling_upgrade"]


class UpgradeCode(StrEnum):
    """``runningStatus.code`` of a rolling upgrade."""

    ROLLING_FORWARD = "RollingForward"
    CANCELLED = "Cancelled"
    COMPLETED = "Completed"
    FAULTED = "Faulted"


class UpgradeAction(StrEnum):
    """``runningStatus.lastAction`` of a rolling upgrade."""

    START = "Start"
    CANCEL = "Cancel"


class Stage(StrEnum):
    """What a rolling upgrade is at."""

    PREPARING = "preparing"
    UPGRADING = "upgrading"
    OVER = "over"


@attrs.define(eq=False)
class Wakeup:
    """The moment when a rolling upgrade goes on by itself; void when it has moved to another turn by then."""

    upgrade: RollingUpgrade
    turn: int

    def step(self, scale_set: ScaleSet) -> None:
        """Go on."""
        if self.upgrade.turn == self.turn:
            self.upgrade.proceed(scale_set)


@attrs.define(kw_only=True, eq=False)
class RollingUpgrade:
    """One rolling upgrade, from its start to its end; afterwards it is the record that ``latest`` shows.

    Attributes:
        number: Counted from 1 per scale set.
        operation_id: The operation that stays open until it ends.
        cancel_operation_id: The operation that cancels it, if any.
        policy: The policy as it was at the start (rule 17).
        pending: The candidates not yet upgraded, in order, with their cells.
        batch: The instances of the batch in flight.
        waiting: Those of them that are not upgraded and healthy yet.
        succeeded: How many were upgraded and came up healthy.
        failures: What failed, by instance.
        error: Why it faulted, or None.
        turn: Counts its own steps, so that an old wake-up finds it has moved on.
    """

    number: int
    operation_id: str
    policy: RollingPolicy
    pending: list[tuple[Cell, str]]
    started_at: float
    last_action_at: float
    last_action: UpgradeAction = UpgradeAction.START
    code: UpgradeCode = UpgradeCode.ROLLING_FORWARD
    stage: Stage = Stage.PREPARING
    batch_number: int = 0
    batch: tuple[str, ...] = ()
    working: set[str] = attrs.field(factory=set)
    waiting: set[str] = attrs.field(factory=set)
    succeeded: int = 0
    failures: dict[str, Failure] = attrs.field(factory=dict)
    batch_failures: int = 0
    error: Failure | None = None
    turn: int = 0
    cancel_operation_id: str | None = None
    ended_at: float | None = None

    @property
    def active(self) -> bool:
        """Whether it still has work in flight; a cancelled one has until its batch ends."""
        return self.stage is not Stage.OVER

    @property
    def progress(self) -> dict[str, int]:
        """The four counters of its status, by their wire names."""
        return {
            "successfulInstanceCount": self.succeeded,
            "failedInstanceCount": len(self.failures),
            "inProgressInstanceCount": len(self.waiting),
            "pendingInstanceCount": len(self.pending),
        }

    def proceed(self, scale_set: ScaleSet) -> None:
        """A wait is over: begin the next batch, or stop waiting for the health of the present one."""
        if self.stage is Stage.UPGRADING:
            self._give_up_waiting(scale_set)
        elif self._may_go_on(scale_set):
            self._next_batch(scale_set)

    def job_finished(self, scale_set: ScaleSet, job: Job) -> None:
        """An instance of the batch has the new model, or failed to get it."""
        self.working.discard(job.instance_id)
        instance = scale_set.instances[job.instance_id]
        if job.failure is not None:
            self._fail(scale_set, job.instance_id, job.failure)
        elif not instance.awaits_health:
            self._count_if_healthy(instance)
        self._after_job(scale_set)

    def health_read(self, scale_set: ScaleSet, instance: Instance) -> None:
        """The health of an instance was read; one of the batch that is healthy is done (rule 25)."""
        if instance.id in self.waiting and instance.id not in self.working:
            self._count_if_healthy(instance)
            if not self.waiting:
                self._batch_over(scale_set)

    def forget(self, scale_set: ScaleSet, instance_id: str) -> None:
        """An instance was deleted: it drops out (rule 37)."""
        self.pending = [entry for entry in self.pending if entry[1] != instance_id]
        if instance_id in self.waiting:
            self.waiting.discard(instance_id)
            self.working.discard(instance_id)
            self._after_job(scale_set)

    def _count_if_healthy(self, instance: Instance) -> None:
        # rule 39: a stopped or deallocated instance has no health to wait for
        if instance.running and instance.health not in (None, HealthState.HEALTHY):
            return
        self.waiting.discard(instance.id)
        self.succeeded += 1

    def _after_job(self, scale_set: ScaleSet) -> None:
        if not self.waiting:
            self._batch_over(scale_set)
        elif not self.working:  # all are upgraded: from here on it is their health that is waited for
            self._wake(scale_set, scale_set.settings.timings.health_wait)

    def cancel(self, scale_set: ScaleSet, operation: Operation) -> None:
        """Start no further batch; the one in flight finishes, and with it the cancelling (rule 34, S1)."""
        operation.outstanding += 1
        self.cancel_operation_id = operation.id
        self.code, self.last_action, self.last_action_at = UpgradeCode.CANCELLED, UpgradeAction.CANCEL, scale_set.now
        scale_set.log(DecisionKind.CANCEL_REQUESTED, self.batch if self.waiting else (), upgrade=self.number)
        if not self.waiting:
            self._end(scale_set)

    def _may_go_on(self, scale_set: ScaleSet) -> bool:
        """The gate before each batch: not too many instances are unhealthy (rules 18, 27)."""
        unhealthy, instances = health.count_unhealthy(scale_set)
        limit = self.policy.max_unhealthy_percent
        share = percent(unhealthy, instances)
        figures = {"unhealthy": unhealthy, "instances": instances, "percent": share, "limit": limit}
        first = self.batch_number == 0
        if unhealthy * 100 <= limit * instances:
            if first:
                scale_set.log(DecisionKind.PRE_CHECK_PASSED, (), figures, upgrade=self.number)
            return True
        kind = DecisionKind.PRE_CHECK_FAILED if first else DecisionKind.HEALTH_GATE_FAILED
        scale_set.log(kind, (), figures, upgrade=self.number)
        reason = Reason.UNHEALTHY_BEFORE_UPGRADE if first else Reason.UNHEALTHY_IN_UPGRADE
        facts = {"percent": share, "limit": limit}
        if first:  # rule 18: the counters of an upgrade that never began are all 0
            self.pending = []
        self._fault(scale_set, Failure(reason, facts, health.unhealthy_details(scale_set)))
        return False

    def _next_batch(self, scale_set: ScaleSet) -> None:
        instances = sum(instance.counts for instance in scale_set.instances.values())
        chosen = self._take(scale_set, self.policy.batch_size(instances))
        if not chosen:
            self._complete(scale_set)
            return
        self.batch_number += 1
        self.batch, self.waiting, self.working, self.batch_failures = tuple(chosen), set(chosen), set(chosen), 0
        self.stage = Stage.UPGRADING
        self.turn += 1
        scale_set.log(DecisionKind.BATCH_STARTED, chosen, upgrade=self.number, batch=self.batch_number)
        for instance_id in chosen:
            scale_set.submit(Upgrade(instance_id=instance_id, upgrade=self.number))

    def _take(self, scale_set: ScaleSet, size: int) -> list[str]:
        """The next candidates of one cell; what is none any more is dropped."""
        chosen: list[str] = []
        kept: list[tuple[Cell, str]] = []
        here: Cell | None = None
        for position, (cell, instance_id) in enumerate(self.pending):
            if len(chosen) == size or (here is not None and cell != here):
                kept = self.pending[position:]
                break
            if is_candidate(scale_set, scale_set.instances.get(instance_id)):
                here = cell
                chosen.append(instance_id)
        self.pending = kept
        return chosen

    def _give_up_waiting(self, scale_set: ScaleSet) -> None:
        """Not healthy in time counts as failed (rule 25)."""
        for instance_id in [i for i in self.batch if i in self.waiting]:
            self._fail(scale_set, instance_id, health.instance_unhealthy(scale_set, instance_id))
        self._batch_over(scale_set)

    def _fail(self, scale_set: ScaleSet, instance_id: str, failure: Failure) -> None:
        self.waiting.discard(instance_id)
        self.failures[instance_id] = failure
        self.batch_failures += 1
        why = {"why": failure.reason.value}
        scale_set.log(DecisionKind.INSTANCE_FAILED, [instance_id], why, upgrade=self.number, batch=self.batch_number)

    def _batch_over(self, scale_set: ScaleSet) -> None:
        figures = {"succeeded": len(self.batch) - self.batch_failures, "failed": self.batch_failures}
        scale_set.log(DecisionKind.BATCH_FINISHED, self.batch, figures, upgrade=self.number, batch=self.batch_number)
        self.stage = Stage.PREPARING
        self.turn += 1
        if self.code is UpgradeCode.CANCELLED:
            self._end(scale_set)
        elif self._upgraded_well(scale_set):
            self._pause(scale_set)

    def _upgraded_well(self, scale_set: ScaleSet) -> bool:
        """The gate after each batch: not too many of the upgraded instances failed (rule 26, decision C4)."""
        failed, limit = len(self.failures), self.policy.max_unhealthy_upgraded_percent
        upgraded = self.succeeded + failed
        if failed * 100 <= limit * upgraded:
            return True
        share = percent(failed, upgraded)
        figures = {"failed": failed, "upgraded": upgraded, "percent": share, "limit": limit}
        scale_set.log(DecisionKind.UPGRADED_GATE_FAILED, (), figures, upgrade=self.number, batch=self.batch_number)
        facts = {"percent": share, "limit": limit, "first_failed": next(iter(self.failures))}
        self._fault(scale_set, Failure(Reason.UNHEALTHY_UPGRADED, facts, tuple(self.failures.values())))
        return False

    def _pause(self, scale_set: ScaleSet) -> None:
        """CHOICE: no pause after the last batch (rule 29)."""
        if not any(is_candidate(scale_set, scale_set.instances.get(i)) for _, i in self.pending):
            self._complete(scale_set)
            return
        if scale_set.now - self.started_at > scale_set.settings.timings.upgrade_limit:
            self._fault(scale_set, Failure(Reason.UPGRADE_TIMED_OUT))
            return
        if self.policy.pause:
            figures = {"seconds": self.policy.pause}
            scale_set.log(DecisionKind.PAUSED, (), figures, upgrade=self.number, batch=self.batch_number)
        self._wake(scale_set, self.policy.pause + scale_set.settings.timings.batch)

    def _wake(self, scale_set: ScaleSet, seconds: float) -> None:
        scale_set.agenda.add(scale_set.now + seconds, Wakeup(self, self.turn))

    def _complete(self, scale_set: ScaleSet) -> None:
        self.code, self.pending = UpgradeCode.COMPLETED, []
        figures = {"succeeded": self.succeeded, "failed": len(self.failures)}
        scale_set.log(DecisionKind.UPGRADE_COMPLETED, (), figures, upgrade=self.number)
        self._end(scale_set)

    def _fault(self, scale_set: ScaleSet, failure: Failure) -> None:
        self.code, self.error = UpgradeCode.FAULTED, failure
        scale_set.log(DecisionKind.UPGRADE_FAULTED, (), {"reason": failure.reason.value}, upgrade=self.number)
        self._end(scale_set)

    def _end(self, scale_set: ScaleSet) -> None:
        """After this nothing starts again by itself (rule 35)."""
        self.stage, self.ended_at = Stage.OVER, scale_set.now
        self.turn += 1
        if self.code is UpgradeCode.CANCELLED:
            figures = {"succeeded": self.succeeded, "pending": len(self.pending)}
            scale_set.log(DecisionKind.UPGRADE_CANCELLED, (), figures, upgrade=self.number)
        scale_set.settle(self.operation_id, self.error)
        if self.cancel_operation_id is not None:
            scale_set.settle(self.cancel_operation_id)


def percent(part: int, whole: int) -> int:
    """A share in whole percent, as Azure's messages state it."""
    return round(100 * part / whole) if whole else 0


def start_rolling_upgrade(scale_set: ScaleSet, policy_document: dict[str, Any], operation: Operation) -> None:
    """Start a rolling upgrade over the outdated instances; CHOICE: without any, none is started."""
    found = candidates(scale_set)
    if not found:
        return
    policy = RollingPolicy.of(policy_document)
    upgrade = RollingUpgrade(
        number=len(scale_set.upgrades) + 1,
        operation_id=operation.id,
        policy=policy,
        pending=in_order(scale_set, policy, found),
        started_at=scale_set.now,
        last_action_at=scale_set.now,
    )
    operation.outstanding += 1
    scale_set.upgrades.append(upgrade)
    figures: dict[str, Figure] = {"mode": "Rolling", "batch_size": policy.batch_size(len(scale_set.instances))}
    ordered = [instance_id for _, instance_id in upgrade.pending]
    scale_set.log(DecisionKind.UPGRADE_STARTED, ordered, figures, upgrade=upgrade.number)
    scale_set.agenda.add(scale_set.now + scale_set.settings.timings.batch, Wakeup(upgrade, upgrade.turn))


def cancel(scale_set: ScaleSet) -> Operation:
    """Cancel the running rolling upgrade (rules 33, 34).

    Raises:
        Refused: None is running.
    """
    upgrade = scale_set.rolling_upgrade
    if upgrade is None or not upgrade.active or upgrade.code is UpgradeCode.CANCELLED:
        raise Refused.because(Reason.NO_ROLLING_UPGRADE, scale_set=scale_set.name)
    operation = scale_set.open_operation("cancelRollingUpgrade")
    upgrade.cancel(scale_set, operation)
    return operation
