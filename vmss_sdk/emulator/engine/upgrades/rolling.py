"""Rolling upgrades: batches, gates and pauses (semantics 2.4, 2.5)."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest import health
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind, Figure
from vmss_sdk.emulator.engine.record.instance import Instance, Job
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.rolling_upgrade import BatchKey, InstanceSnapshot, RollingUpgrade
from vmss_sdk.emulator.engine.record.upgrade_status import Stage, UpgradeAction, UpgradeCode, UpgradeKind
from vmss_sdk.emulator.engine.upgrades import gates, kinds, surge
from vmss_sdk.emulator.engine.upgrades.restore import Restore
from vmss_sdk.emulator.engine.work import repairs

__all__ = ["BatchedUpgrade", "UpgradeTimer"]


@attrs.define(eq=False)
class UpgradeTimer:
    """The moment when a rolling upgrade goes on by itself."""

    upgrade: BatchedUpgrade

    def step(self, scale_set: Aggregate) -> None:
        """Go on."""
        self.upgrade.timer = None
        self.upgrade.proceed(scale_set)


@attrs.define(eq=False)
class BatchedUpgrade(RollingUpgrade):
    """A rolling upgrade that goes on by itself, batch after batch."""

    def proceed(self, scale_set: Aggregate) -> None:
        """A wait is over: begin the next batch, or stop waiting for the health of the present one."""
        if self.stage is Stage.UPGRADING:
            self._health_wait_over(scale_set)
        elif self.stage is Stage.PREPARING and self._may_start_batch(scale_set):
            self._next_batch(scale_set)

    def earliest_end(self, scale_set: Aggregate) -> float:
        """The moment until which nothing happens but that some instances of the batch get ready, and others do not.

        An instance does not leave the batch before what is due next on it. Everything else that is scheduled may
        change that, and so may what is not scheduled yet: a repair, and the end of the wait for health.
        """
        batch, ready = self.waiting | self.working, dict[str, float]()
        wait = min(scale_set.settings.timings.health_wait, repairs.grace(scale_set))
        other = scale_set.now + wait
        for due, activity in scale_set.schedule.entries():
            if isinstance(activity, health.HealthReading) or (
                isinstance(activity, Job) and activity.upgrade == self.number
            ):
                ready[activity.instance_id] = min(due, ready.get(activity.instance_id, due))
            else:
                other = min(other, due)
        return min(other, max((ready.get(instance_id, other) for instance_id in batch), default=other))

    def concerns(self, job: Job) -> bool:
        """Whether the end of this job is still the upgrade's business."""
        return job.instance_id in self.working

    def job_finished(self, scale_set: Aggregate, job: Job) -> None:
        """Work for the upgrade is over: an instance has what it was to get, or what was left behind is cleared up."""
        self.working.discard(job.instance_id)
        if self.stage is Stage.SETTLING:
            self._count_restored(scale_set, job)
            if not self.working:
                self._after_batch(scale_set)
        elif job.failure is not None:
            self._fail(scale_set, job.instance_id, job.failure)
            self._after_job(scale_set)
        else:
            instance = scale_set.instances.get(job.instance_id)
            if instance is not None and not instance.awaits_health:
                self._count_if_healthy(instance)
            self._after_job(scale_set)

    def health_read(self, scale_set: Aggregate, instance: Instance) -> None:
        """The health of an instance was read; one of the batch that is healthy is done (rule 25)."""
        if instance.id not in self.waiting or instance.id in self.working:
            return
        self._count_if_healthy(instance)
        if self.overdue and instance.id in self.waiting and instance.health is not HealthState.INITIALIZING:
            self._fail(scale_set, instance.id, health.instance_unhealthy(scale_set, instance.id))
        if not self.waiting:
            self._finish_batch(scale_set)

    def health_lost(self, scale_set: Aggregate, instance: Instance) -> None:
        """An instance of the batch went down or lost its health source.

        CHOICE: what initialized beyond the five minutes and goes down was not healthy in time (rule 25).
        """
        if self.overdue and instance.id in self.waiting and self.timer is None:
            self.proceed_after(scale_set, 0.0)

    def forget(self, scale_set: Aggregate, instance_id: str) -> None:
        """An instance is deleted: it drops out (rule 37); from what is pending when its turn would have come."""
        if instance_id in self.waiting:
            self.waiting.discard(instance_id)
            self.working.discard(instance_id)
            self._after_job(scale_set)

    def complete_without_batches(self, scale_set: Aggregate, succeeded: int) -> None:
        """There is nothing to upgrade: so many instances are where it was to bring them."""
        self.succeeded = succeeded
        self._complete(scale_set)

    def cancel(self, scale_set: Aggregate, operation: Operation) -> None:
        """Start no further batch; the one in flight finishes, and with it the cancelling (rule 34, S1)."""
        operation.outstanding += 1
        self.cancel_operation_id = operation.id
        self.code, self.last_action, self.last_action_at = UpgradeCode.CANCELLED, UpgradeAction.CANCEL, scale_set.now
        scale_set.log(DecisionKind.CANCEL_REQUESTED, self.batch if self.waiting else (), upgrade=self.number)
        if self.stage is Stage.PREPARING:
            self._end(scale_set)

    def _may_start_batch(self, scale_set: Aggregate) -> bool:
        """The gate before each batch (rules 18, 27), and the limit of the whole upgrade (rule 28, S5)."""
        if scale_set.now - self.started_at > scale_set.settings.timings.upgrade_limit:
            self._fault(scale_set, Failure(Reason.UPGRADE_TIMED_OUT))
            return False
        first = self.batch_number == 0
        verdict = gates.health_gate(scale_set, self.policy, first=first)
        if verdict.failure is None:
            if first:
                scale_set.log(DecisionKind.PRE_CHECK_PASSED, (), verdict.figures, upgrade=self.number)
            return True
        kind = DecisionKind.PRE_CHECK_FAILED if first else DecisionKind.HEALTH_GATE_FAILED
        scale_set.log(kind, (), verdict.figures, upgrade=self.number)
        if first:  # rule 18: the counters of an upgrade that never began are all 0
            self.pending = []
        self._fault(scale_set, verdict.failure)
        return False

    @staticmethod
    def instances(scale_set: Aggregate) -> int:
        """How many instances a batch is a percentage of: all that make the capacity, but for deallocated ones."""
        return sum(not instance.deallocated for instance in scale_set.present)

    def _next_batch(self, scale_set: Aggregate) -> None:
        chosen = self._next_candidates(scale_set, self.policy.batch_size(self.instances(scale_set)))
        if not chosen:
            self._complete(scale_set)
            return
        self.batch_number += 1
        self.stage, self.batch_succeeded, self.batch_failures, self.overdue = Stage.UPGRADING, 0, 0, False
        self._cancel_timer(scale_set)
        scale_set.log(DecisionKind.BATCH_STARTED, chosen, upgrade=self.number, batch=self.batch_number)
        # rule 39: what is down gets the model where it is, and is not replaced by something that runs
        up = [instance_id for instance_id in chosen if scale_set.instances[instance_id].running]
        self.surges = self.surges and surge.fits_quota(scale_set, self, len(up))
        in_place = [i for i in chosen if i not in set(up)] if self.surges else chosen
        new = surge.create(scale_set, self, up) if self.surges else []
        self.batch = (*new, *in_place)
        self.waiting, self.working = set(self.batch), set(self.batch)
        surge.start(scale_set, self, new)
        for instance_id in in_place:
            self.snapshots[instance_id] = InstanceSnapshot.of(scale_set.instances[instance_id])
            scale_set.submit(kinds.job_for(self.kind, instance_id, self.number))

    def _next_candidates(self, scale_set: Aggregate, size: int) -> list[str]:
        """The next candidates of one cell; what is none any more is dropped."""
        chosen: list[str] = []
        kept: list[tuple[BatchKey, str]] = []
        here: BatchKey | None = None
        for position, (cell, instance_id) in enumerate(self.pending):
            if len(chosen) == size or (here is not None and cell != here):
                kept = self.pending[position:]
                break
            if kinds.is_candidate(scale_set, self.kind, scale_set.instances.get(instance_id)):
                here = cell
                chosen.append(instance_id)
        smaller = gates.shrink_batch(scale_set, self.policy, chosen)
        if here is not None and len(smaller) < len(chosen):
            inside = set(smaller)
            scale_set.log(
                DecisionKind.BATCH_SHRUNK, smaller, {"size": len(chosen), "to": len(smaller)}, upgrade=self.number
            )
            kept = [(here, instance_id) for instance_id in chosen if instance_id not in inside] + kept
        self.pending = kept
        return smaller

    def _count_if_healthy(self, instance: Instance) -> None:
        # rule 39: a stopped or deallocated instance has no health to wait for
        if instance.running and instance.health not in (None, HealthState.HEALTHY):
            return
        self.waiting.discard(instance.id)
        self.succeeded += 1
        self.batch_succeeded += 1

    def _after_job(self, scale_set: Aggregate) -> None:
        if not self.waiting:
            self._finish_batch(scale_set)
        elif not self.working and self.timer is None:
            # all are upgraded: from here on it is their health that is waited for
            self.proceed_after(scale_set, scale_set.settings.timings.health_wait)

    def _health_wait_over(self, scale_set: Aggregate) -> None:
        """Not healthy in time counts as failed; who still initializes is waited for until its grace ends (rule 25)."""
        self.overdue = True
        for instance_id in [i for i in self.batch if i in self.waiting]:
            instance = scale_set.instances[instance_id]
            if instance.health is None:  # its source was taken away meanwhile: there is nothing to wait for
                self._count_if_healthy(instance)
            elif instance.health is not HealthState.INITIALIZING:
                self._fail(scale_set, instance_id, health.instance_unhealthy(scale_set, instance_id))
        if not self.waiting:
            self._finish_batch(scale_set)

    def _fail(self, scale_set: Aggregate, instance_id: str, failure: Failure) -> None:
        self.waiting.discard(instance_id)
        self.failures[instance_id] = failure
        self.batch_failures += 1
        why = {"why": failure.reason.value}
        scale_set.log(DecisionKind.INSTANCE_FAILED, [instance_id], why, upgrade=self.number, batch=self.batch_number)

    def _finish_batch(self, scale_set: Aggregate) -> None:
        figures = {"succeeded": self.batch_succeeded, "failed": self.batch_failures}
        scale_set.log(DecisionKind.BATCH_FINISHED, self.batch, figures, upgrade=self.number, batch=self.batch_number)
        self.stage = Stage.SETTLING
        self._cancel_timer(scale_set)
        self.working = surge.settle_batch(scale_set, self)
        if self.restores:
            self._restore(scale_set, [i for i in self.batch if i in self.failures])
        if not self.working:
            self._after_batch(scale_set)

    def _after_batch(self, scale_set: Aggregate) -> None:
        """The batch is cleared up: end, stop, or go on."""
        if self.error is not None:
            self._fault(scale_set, self.error)
            return
        self.stage = Stage.PREPARING
        if self.code is UpgradeCode.CANCELLED:
            self._end(scale_set)
        elif self._check_upgraded_gate(scale_set):
            self._pause(scale_set)

    def _check_upgraded_gate(self, scale_set: Aggregate) -> bool:
        """The gate after each batch (rule 26); a breach may put the failed instances back (rule 30)."""
        verdict = gates.upgraded_gate(scale_set, self.policy, self.succeeded, self.failures)
        if verdict.failure is None:
            return True
        batch = self.batch_number
        scale_set.log(DecisionKind.UPGRADED_GATE_FAILED, (), verdict.figures, upgrade=self.number, batch=batch)
        self.error = verdict.failure
        if self.policy.rollback_on_breach and not (scale_set.flexible or self.restores):
            self.stage, self.code = Stage.SETTLING, UpgradeCode.ROLLING_BACK
            self._restore(scale_set, list(self.failures))
        if not self.working:
            self._fault(scale_set, verdict.failure)
        return False

    def _restore(self, scale_set: Aggregate, ids: list[str]) -> None:
        for instance_id in ids:
            instance = scale_set.instances.get(instance_id)
            if instance is not None and not instance.deleting and instance_id in self.snapshots:
                self.working.add(instance_id)
                snapshot = self.snapshots[instance_id]
                scale_set.submit(Restore(instance_id=instance_id, upgrade=self.number, snapshot=snapshot))

    def _count_restored(self, scale_set: Aggregate, job: Job) -> None:
        instance = scale_set.instances.get(job.instance_id)
        if isinstance(job, Restore) and instance is not None and not instance.deleting:
            good, bad = self.rolled_back
            self.rolled_back = (good, bad + 1) if job.failure else (good + 1, bad)

    def _pause(self, scale_set: Aggregate) -> None:
        """CHOICE: no pause after the last batch (rule 29)."""
        if not any(kinds.is_candidate(scale_set, self.kind, scale_set.instances.get(i)) for _, i in self.pending):
            self._complete(scale_set)
            return
        if self.policy.pause:
            figures = {"seconds": self.policy.pause}
            scale_set.log(DecisionKind.PAUSED, (), figures, upgrade=self.number, batch=self.batch_number)
        self.proceed_after(scale_set, self.policy.pause + scale_set.settings.timings.batch)

    def proceed_after(self, scale_set: Aggregate, seconds: float) -> None:
        """Go on by itself after so many seconds."""
        self.timer = scale_set.schedule.add(scale_set.now + seconds, UpgradeTimer(self))

    def _cancel_timer(self, scale_set: Aggregate) -> None:
        if self.timer is not None:
            scale_set.schedule.drop(self.timer)
            self.timer = None

    def _complete(self, scale_set: Aggregate) -> None:
        self.code, self.pending = UpgradeCode.COMPLETED, []
        figures = {"succeeded": self.succeeded, "failed": len(self.failures)}
        scale_set.log(DecisionKind.UPGRADE_COMPLETED, (), figures, upgrade=self.number)
        self._end(scale_set)

    def _fault(self, scale_set: Aggregate, failure: Failure) -> None:
        self.code, self.error = UpgradeCode.FAULTED, failure
        scale_set.log(DecisionKind.UPGRADE_FAULTED, (), self._fault_figures(scale_set, failure), upgrade=self.number)
        self._end(scale_set)

    def _fault_figures(self, scale_set: Aggregate, failure: Failure) -> dict[str, Figure]:
        """What whoever reads of the end has to know to go on: who failed first, who is left, how the others are."""
        unhealthy, instances = health.count_unhealthy(scale_set)
        left = sum(kinds.is_candidate(scale_set, self.kind, i) for i in scale_set.instances.values())
        limit = self.policy.max_unhealthy_percent
        figures: dict[str, Figure] = {"reason": failure.reason.value}
        if self.failures:
            figures["first_failed"] = next(iter(self.failures))
        if self.kind is not UpgradeKind.MODEL:
            figures["kind"] = self.kind.value
        return {**figures, "left": left, "unhealthy": unhealthy, "instances": instances, "limit": limit}

    def _end(self, scale_set: Aggregate) -> None:
        """After this nothing starts again by itself (rule 35)."""
        self.stage, self.ended_at = Stage.OVER, scale_set.now
        self._cancel_timer(scale_set)
        self.snapshots.clear()
        instances = scale_set.instances
        self.pending = [p for p in self.pending if kinds.is_candidate(scale_set, self.kind, instances.get(p[1]))]
        if self.code is UpgradeCode.CANCELLED:
            figures: dict[str, Figure] = {"succeeded": self.succeeded, "pending": len(self.pending)}
            if self.kind is not UpgradeKind.MODEL:
                figures["kind"] = self.kind.value
            scale_set.log(DecisionKind.UPGRADE_CANCELLED, (), figures, upgrade=self.number)
        for operation_id in self.operation_ids:
            if operation_id is not None:
                scale_set.settle(operation_id, self.error if operation_id == self.operation_id else None)
