"""The aggregate: one scale set with every version of its model, its instances, and the work that goes on.

It has the data and the kernel: what is scheduled, submitted, settled and logged. What any of that means for the scale
set is above: the rules act on the aggregate, and it tells them what happens through the classes that they implement
(`Activity`, `Job`, `RollingUpgrade` and the others of this room), and through its own `health_changed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.model.effects import Change
from vmss_sdk.emulator.engine.model.version import ModelVersion
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.platform.catalogue import Catalogue
from vmss_sdk.emulator.engine.platform.faults import Faults
from vmss_sdk.emulator.engine.platform.handlers import HandlerCatalog
from vmss_sdk.emulator.engine.platform.images import ImageCatalog
from vmss_sdk.emulator.engine.platform.settings import Concurrency, Settings
from vmss_sdk.emulator.engine.record import retention
from vmss_sdk.emulator.engine.record.decisions import Decision, DecisionKind, Figure
from vmss_sdk.emulator.engine.record.hook_event import HookEvent
from vmss_sdk.emulator.engine.record.instance import Instance, Job
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.retention import Dropped
from vmss_sdk.emulator.engine.record.rolling_upgrade import RollingUpgrade
from vmss_sdk.emulator.engine.record.schedule import Schedule
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeCode

__all__ = ["Aggregate"]


_WAYS = {False: Concurrency.CONFLICT, True: Concurrency.PREEMPTED}


@attrs.define(eq=False)
class OperationEnd:
    """The moment when an operation that waits for no instance is over."""

    operation_id: str

    def step(self, scale_set: Aggregate) -> None:
        """It is over."""
        scale_set.settle(self.operation_id)


@attrs.define(eq=False, kw_only=True)
class Aggregate:
    """One scale set: its data, and the kernel that runs what is due.

    The state at a moment is a function of the last state and that moment: call `advance` before reading or
    changing anything. All times are seconds since 1970-01-01 UTC.

    Attributes:
        catalogue: The regions and sizes by which a model is judged; an empty one judges none.
        document: The model as Azure keeps it: complete with defaults, secrets sealed, no read-only members.
        versions: The versions of the model; an instance refers to one by its number, from 1. Old ones that nothing
            needs are None.
        instances: By id, in the order of their creation.
        schedule: What goes on, by the moment when it is due.
        upgrades: The rolling upgrades; the last is what ``rollingUpgrades/latest`` shows, old ones are None.
        operations: The newest long-running operations, by id.
        decisions: The newest entries of the decision log.
        dropped: How much of these is not kept any more.
        etag: Grows with each change of the document.
        os_upgrade_scheduled: Whether Azure is about to begin an automatic OS upgrade.
        hook_events: The lifecycle hook events, by name.
        detached_disks: OS disks that a reimage left behind, unattached (rule 1.5.19).
        repairing: The ids of the instances that a repair is under way for.
        failed_repairs: How many repairs in a row did not help.
        repairs_suspended: Whether repairs are suspended.
        writing: The ids of the writes to the scale set that have not ended.
        deletion: The id of the operation that deletes it, or None.
        revision: Grows whenever anything in it may have changed; only for those who keep what was read from it.
    """

    subscription_id: str
    resource_group: str
    name: str
    now: float
    settings: Settings = attrs.field(factory=Settings)
    images: ImageCatalog = attrs.field(factory=ImageCatalog)
    handlers: HandlerCatalog = attrs.field(factory=HandlerCatalog)
    catalogue: Catalogue = attrs.field(factory=Catalogue, repr=False, metadata={"cache": True})
    document: Document = attrs.field(factory=dict, repr=False)
    created_at: float = 0.0
    unique_id: str = ""
    etag: int = 1
    versions: list[ModelVersion | None] = attrs.field(factory=list, repr=False)
    instances: dict[str, Instance] = attrs.field(factory=dict, repr=False)
    next_id: int = 0
    schedule: Schedule = attrs.field(factory=Schedule, repr=False, metadata={"written": "agenda"})
    operations: dict[str, Operation] = attrs.field(factory=dict, repr=False)
    upgrades: list[RollingUpgrade | None] = attrs.field(factory=list, repr=False)
    decisions: list[Decision] = attrs.field(factory=list, repr=False)
    dropped: Dropped = attrs.field(factory=Dropped)
    faults: Faults = attrs.field(factory=Faults)
    writing: set[str] = attrs.field(factory=set)
    last_write_failed: bool = False
    last_write_failure: Failure | None = None
    os_upgrade_scheduled: bool = False
    hook_events: dict[str, HookEvent] = attrs.field(factory=dict, repr=False)
    detached_disks: list[str] = attrs.field(factory=list)
    repairing: set[str] = attrs.field(factory=set)
    failed_repairs: int = 0
    repairs_suspended: bool = False
    deletion: str | None = None
    revision: int = attrs.field(default=0, repr=False, metadata={"cache": True})
    _missing_changes: dict[tuple[int, int], tuple[Change, ...]] = attrs.field(
        factory=dict, repr=False, metadata={"cache": True}
    )

    def advance(self, to: float) -> None:
        """Do everything that is due until a moment; the past cannot be advanced to."""
        while (due := self.schedule.next_due) is not None and due <= to:
            self.now, activity = self.schedule.pop()
            activity.step(self)
            self.revision += 1
        self.now = max(self.now, to)

    @property
    def id(self) -> str:
        """The ARM resource id."""
        return f"{self.provider_id}/virtualMachineScaleSets/{self.name}"

    @property
    def provider_id(self) -> str:
        """The compute provider in its resource group: what the ids of its resources begin with."""
        group = f"/subscriptions/{self.subscription_id}/resourceGroups/{self.resource_group}"
        return f"{group}/providers/Microsoft.Compute"

    @property
    def standalone(self) -> bool:
        """Whether it is no scale set, but one virtual machine that belongs to none."""
        return False

    @property
    def flexible(self) -> bool:
        """Whether its orchestration mode is Flexible: instances are VMs, known by name."""
        return bool(get_path(self.document, "properties.orchestrationMode") == "Flexible")

    @property
    def mode(self) -> str:
        """The upgrade mode: Automatic, Manual or Rolling."""
        return str(get_path(self.document, "properties.upgradePolicy.mode", "Manual"))

    @property
    def latest(self) -> ModelVersion:
        """The newest version of the model."""
        return self.version(len(self.versions))

    @property
    def rolling_upgrade(self) -> RollingUpgrade | None:
        """The latest rolling upgrade, running or over; None when there never was one."""
        return self.upgrades[-1] if self.upgrades else None

    @property
    def deleted(self) -> bool:
        """Whether it is gone."""
        return self.deletion is not None and self.operations[self.deletion].ended_at is not None

    @property
    def provisioning_state(self) -> ProvisioningState:
        """Creating, Updating or Deleting while it is written to, then Succeeded or Failed (semantics 2.0.4)."""
        if self.deletion is not None:
            return ProvisioningState.DELETING
        if self.writing:
            creating = any(self.operations[operation_id].name == "create" for operation_id in self.writing)
            return ProvisioningState.CREATING if creating else ProvisioningState.UPDATING
        return ProvisioningState.FAILED if self.last_write_failed else ProvisioningState.SUCCEEDED

    def version(self, number: int) -> ModelVersion:
        """A version of the model by its number."""
        found = self.versions[number - 1]
        assert found is not None, f"model {number} was dropped, though it is needed"
        return found

    def upgrade(self, number: int) -> RollingUpgrade | None:
        """A rolling upgrade by its number; None when it is not kept any more."""
        return self.upgrades[number - 1]

    def outdated(self, instance: Instance) -> bool:
        """Whether the instance differs from the newest model: ``latestModelApplied`` is false (semantics 1.2.6)."""
        return instance.customised or instance.applied != self.latest.number

    def missing_changes(self, instance: Instance) -> tuple[Change, ...]:
        """What the instance lacks to be at the newest model."""
        key = instance.applied, self.latest.number
        if key not in self._missing_changes:
            self._missing_changes[key] = self.version(key[0]).changes_to(self.latest)
        return self._missing_changes[key]

    def seal(self, secret: Any) -> str:
        """Enough to see whether a secret changed, and nothing to read it by."""
        return "sealed:" + seeded_random.letters(self.settings.seed, 32, self.unique_id, "secret", secret)

    def run(self, name: str, jobs: Sequence[Job], *, seconds: float = 0.0) -> Operation:
        """Start work on instances, as one operation; without any it ends after the seconds given."""
        operation = self.open_operation(name)
        operation.instance_count = len(jobs)
        operation.outstanding += 1  # it does not end before all of its work is submitted
        for job in jobs:
            self.submit(job, operation)
        if not jobs:
            self.end_after(operation, seconds)
        self.settle(operation.id)
        return operation

    def submit(self, job: Job, operation: Operation | None = None) -> None:
        """Start work on an instance, or queue it behind what goes on there (CHOICE: Azure counts queued work too)."""
        if operation is not None:
            job.operation_id = operation.id
            operation.outstanding += 1
        instance = self.instances[job.instance_id]
        if instance.deleting:
            self._notify_finished(job)  # nothing more is done to what is going
            return
        job.on_submitted(self, instance)
        instance.jobs.append(job)
        if len(instance.jobs) == 1:
            self._begin(job, instance)

    def job_finished(self, job: Job, instance: Instance) -> None:
        """A job is over: tell its operation and its rolling upgrade, and begin the next one."""
        self._notify_finished(job)
        if instance.jobs and instance.jobs[0] is job:
            instance.jobs.pop(0)
            if instance.jobs:
                self._begin(instance.jobs[0], instance)

    def earliest_end(self, operation: Operation) -> float | None:
        """A moment before which an operation cannot end, unless a request comes; None when nothing goes on.

        It waits for all of its jobs that were begun, for its own delays, and for its rolling upgrade.
        """
        following = self.schedule.next_due
        if following is None or self.deletion not in (None, operation.id):
            return following
        latest = following
        for due, activity in self.schedule.entries():
            if isinstance(activity, Job | OperationEnd) and activity.operation_id == operation.id:
                latest = max(latest, due)
        upgrade = self.rolling_upgrade
        if upgrade is not None and upgrade.active and operation.id in upgrade.operation_ids:
            latest = max(latest, upgrade.earliest_end(self))
        return latest

    def settle(self, operation_id: str, failure: Failure | None = None) -> None:
        """One piece of an operation's work is done."""
        operation = self.operations.get(operation_id)
        if operation is None:  # it had ended before, and is not kept any more
            return
        operation.settle(self.now, failure)
        if operation_id in self.writing and operation.ended_at is not None:
            self.writing.discard(operation_id)
            self.last_write_failed = operation.failure is not None
            self.last_write_failure = operation.failure

    def add(self, instance: Instance) -> None:
        """Take a new instance in."""
        self.instances[instance.id] = instance

    def remove(self, instance: Instance) -> None:
        """Let an instance go; work that was queued on it is void."""
        del self.instances[instance.id]
        self.drop_queued_jobs(instance)

    def drop_queued_jobs(self, instance: Instance) -> None:
        """What waits behind the work that goes on on an instance is not done any more."""
        void = instance.jobs[1:]
        del instance.jobs[1:]
        for job in void:
            self._notify_finished(job)

    def instance_leaving(self, instance: Instance) -> None:
        """An instance is on its way out: the running rolling upgrade goes on without it."""
        upgrade = self.rolling_upgrade
        if upgrade is not None and upgrade.active:
            upgrade.forget(self, instance.id)

    def health_read(self, instance: Instance) -> None:
        """An instance's health was read: tell the rolling upgrade that waits for it."""
        upgrade = self.rolling_upgrade
        if upgrade is not None and upgrade.active:
            upgrade.health_read(self, instance)

    def health_lost(self, instance: Instance) -> None:
        """An instance has no health that could get better: tell the rolling upgrade that waits for it."""
        upgrade = self.rolling_upgrade
        if upgrade is not None and upgrade.active:
            upgrade.health_lost(self, instance)

    def health_changed(self, instance: Instance) -> None:
        """An instance's health turned to another state: whoever acts on that is above."""
        raise NotImplementedError

    @property
    def present(self) -> list[Instance]:
        """The instances that make the capacity: not those that go, nor extra ones that will."""
        return [i for i in self.instances.values() if not (i.deleting or i.extra or i.surging)]

    @property
    def quota_usage(self) -> int:
        """How many instances take quota: all that are there and stay, those beside the capacity too."""
        return sum(not instance.deleting for instance in self.instances.values())

    def change_capacity(self, by: int) -> None:
        """Follow a deletion of instances with the capacity."""
        sku = self.document.get("sku", {})
        if by and "capacity" in sku:
            sku["capacity"] = max(0, sku["capacity"] + by)
            self.etag += 1

    def log(
        self,
        kind: DecisionKind,
        instance_ids: Iterable[str] = (),
        figures: Mapping[str, Figure] | None = None,
        *,
        upgrade: int | None = None,
        batch: int | None = None,
    ) -> None:
        """Write a decision down."""
        self.decisions.append(Decision(self.now, kind, tuple(instance_ids), upgrade, batch, dict(figures or {})))
        retention.drop_decisions(self)

    def _notify_finished(self, job: Job) -> None:
        job.on_finished(self)
        if job.operation_id is not None:
            self.settle(job.operation_id, job.failure)
        upgrade = None if job.upgrade is None else self.upgrade(job.upgrade)
        if upgrade is not None and upgrade.concerns(job):
            upgrade.job_finished(self, job)

    def _begin(self, job: Job, instance: Instance) -> None:
        # the class's name is part of the draw: a class that is renamed tells another story with the same seed
        purpose = (type(job).__name__, instance.id, self.schedule.added)
        seconds = self.settings.timings.vary(job.begin(self, instance), self.settings.seed, *purpose)
        self.schedule.add(self.now + seconds + job.fixed_seconds(self, instance), job)

    def open_operation(self, name: str, *, writes: bool = False) -> Operation:
        """A new operation; it ends when as many pieces of work as were added to it are settled."""
        number = self.dropped.operations + len(self.operations)
        operation_id = seeded_random.guid(self.settings.seed, self.unique_id, "operation", number)
        operation = Operation(operation_id, name, self.now, writes=writes)
        self.operations[operation_id] = operation
        retention.drop_operations(self)
        if writes:
            self.writing.add(operation_id)
        return operation

    def end_after(self, operation: Operation, seconds: float) -> None:
        """Have an operation wait for so many seconds, among other things."""
        operation.outstanding += 1
        self.schedule.add(self.now + seconds, OperationEnd(operation.id))

    def preempt_operations(self) -> None:
        """The scale set goes away: what else went on is preempted (wire.md 7.2)."""
        self.schedule.clear()
        self.writing.clear()
        for operation in self.operations.values():
            if operation.ended_at is None:
                self._preempt(operation)

    def refuse_if_rolling(self, operation: str, *, while_only_cancelled: bool = False) -> None:
        """See whether something may begin beside a rolling upgrade.

        CHOICE: what conflicts is refused until the last batch has ended (rule 36). While a cancelled upgrade's last
        batch is in flight every write is refused: it could not restart it yet.

        Raises:
            Refused: A rolling upgrade is running.
        """
        upgrade = self.rolling_upgrade
        if upgrade is None or not upgrade.active:
            return
        if upgrade.code is UpgradeCode.CANCELLED or not while_only_cancelled:
            raise Refused.because(Reason.ROLLING_UPGRADE_RUNNING, scale_set=self.name, operation=operation)

    def check_concurrency(self, instances: Iterable[Instance] = ()) -> None:
        """See whether a write may begin beside others, as the settings and faults have it; call it before any change.

        CHOICE: of a write that is preempted the operation fails, and the work that it began on instances goes on.

        Args:
            instances: Those that the write is about.

        Raises:
            Refused: It conflicts with one that is under way.
        """
        if self.settings.concurrency is Concurrency.QUEUED and not self.faults.items:
            return
        under_way = [operation for operation in self.operations.values() if operation.ended_at is None]
        if not under_way:
            return
        fault = self.faults.conflict([instance.id for instance in instances if instance.jobs])
        way = self.settings.concurrency if fault is None else _WAYS[fault.preempts]
        if way is Concurrency.CONFLICT:
            raise Refused.because(Reason.CONFLICT)
        if way is Concurrency.PREEMPTED:
            for operation in under_way:
                self._preempt(operation)

    def _preempt(self, operation: Operation) -> None:
        operation.ended_at, operation.failure = self.now, Failure(Reason.PREEMPTED)
        self.writing.discard(operation.id)

    def refuse_if_deleting(self, operation: str) -> None:
        """See whether something may still begin.

        Raises:
            Refused: The scale set is being deleted.
        """
        if self.deletion is not None:
            raise Refused.because(Reason.MARKED_FOR_DELETION, scale_set=self.name, operation=operation)
