"""The aggregate: one scale set with every version of its model, its instances, and the work that goes on."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import Document, dig
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.fleet import scaling
from vmss_sdk.emulator.engine.model import defaults, validation
from vmss_sdk.emulator.engine.model.effects import Change, strongest
from vmss_sdk.emulator.engine.model.version import ModelVersion
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.platform.faults import Faults
from vmss_sdk.emulator.engine.platform.handlers import HandlerCatalog
from vmss_sdk.emulator.engine.platform.images import ImageCatalog
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.record.decisions import Decision, DecisionKind, Figure
from vmss_sdk.emulator.engine.record.instance import Instance, ProvisioningState
from vmss_sdk.emulator.engine.record.jobs import Job
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.schedule import Agenda
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.emulator.engine.upgrades.automatic import upgrade_all
from vmss_sdk.emulator.engine.upgrades.lifecycle_hooks import HookEvent
from vmss_sdk.emulator.engine.upgrades.rolling import RollingUpgrade
from vmss_sdk.emulator.engine.upgrades.start import model_upgrade
from vmss_sdk.emulator.engine.upgrades.status import UpgradeCode
from vmss_sdk.emulator.engine.work import repairs
from vmss_sdk.emulator.engine.work.lifecycle import Delete

__all__ = ["ScaleSet"]


@attrs.define(eq=False)
class Ending:
    """The moment when an operation that waits for no instance is over."""

    operation_id: str

    def step(self, scale_set: ScaleSet) -> None:
        """It is over."""
        scale_set.settle(self.operation_id)


@attrs.define(eq=False, kw_only=True)
class ScaleSet:
    """One scale set.

    The state at a moment is a function of the last state and that moment: call `advance` before reading or
    changing anything. All times are seconds since 1970-01-01 UTC.

    Attributes:
        document: The model as Azure keeps it: complete with defaults, secrets sealed, no read-only members.
        versions: Every version of the model; an instance refers to one by its number, from 1.
        instances: By id, in the order of their creation.
        upgrades: Every rolling upgrade; the last is what ``rollingUpgrades/latest`` shows.
        operations: Every long-running operation, by id.
        decisions: The decision log.
        etag: Grows with each change of the document.
        os_upgrade_scheduled: Whether Azure is about to begin an automatic OS upgrade.
        hook_events: The lifecycle hook events, by name.
        detached_disks: OS disks that a reimage left behind, unattached (rule 1.5.19).
        repairing: The ids of the instances that a repair is under way for.
        failed_repairs: How many repairs in a row did not help.
        repairs_suspended: Whether repairs are suspended.
        writing: The ids of the writes to the scale set that have not ended.
        deletion: The id of the operation that deletes it, or None.
    """

    subscription_id: str
    resource_group: str
    name: str
    now: float
    settings: Settings = attrs.field(factory=Settings)
    images: ImageCatalog = attrs.field(factory=ImageCatalog)
    handlers: HandlerCatalog = attrs.field(factory=HandlerCatalog)
    document: Document = attrs.field(factory=dict, repr=False)
    created_at: float = 0.0
    unique_id: str = ""
    etag: int = 1
    versions: list[ModelVersion] = attrs.field(factory=list, repr=False)
    instances: dict[str, Instance] = attrs.field(factory=dict, repr=False)
    next_id: int = 0
    agenda: Agenda = attrs.field(factory=Agenda, repr=False)
    operations: dict[str, Operation] = attrs.field(factory=dict, repr=False)
    upgrades: list[RollingUpgrade] = attrs.field(factory=list, repr=False)
    decisions: list[Decision] = attrs.field(factory=list, repr=False)
    faults: Faults = attrs.field(factory=Faults)
    writing: set[str] = attrs.field(factory=set)
    last_write_failed: bool = False
    os_upgrade_scheduled: bool = False
    hook_events: dict[str, HookEvent] = attrs.field(factory=dict, repr=False)
    detached_disks: list[str] = attrs.field(factory=list)
    repairing: set[str] = attrs.field(factory=set)
    failed_repairs: int = 0
    repairs_suspended: bool = False
    deletion: str | None = None
    _lacking: dict[tuple[int, int], tuple[Change, ...]] = attrs.field(
        factory=dict, repr=False, metadata={"cache": True}
    )

    @classmethod
    def create(
        cls,
        document: Document,
        *,
        subscription_id: str,
        resource_group: str,
        name: str,
        now: float,
        settings: Settings | None = None,
        images: ImageCatalog | None = None,
        handlers: HandlerCatalog | None = None,
        serial: int = 0,
    ) -> tuple[Self, Operation]:
        """A new scale set, and the operation that ends when its instances are up.

        Args:
            document: The body of the PUT, without read-only members, enums in Azure's spelling.
            subscription_id: Where it lives.
            resource_group: Where it lives.
            name: Its name.
            now: The present moment.
            settings: The switches of the emulator; default: all as documented.
            images: The image catalogue; default: an empty one.
            handlers: The catalogue of extension handlers; default: an empty one.
            serial: Tells scale sets of one name apart that were created at the same moment.

        Raises:
            Refused: The model breaks rules; all of them are named.
        """
        scale_set = cls(
            subscription_id=subscription_id,
            resource_group=resource_group,
            name=name,
            now=now,
            created_at=now,
            settings=settings or Settings(),
            images=images or ImageCatalog(),
            handlers=handlers or HandlerCatalog(),
        )
        scale_set.unique_id = seeded_random.guid(
            scale_set.settings.seed, subscription_id, resource_group, name, now, serial
        )
        return scale_set, scale_set._write(document, "create")

    def put(self, document: Document) -> Operation:
        """Merge a document into the model and act on it as the upgrade policy says (semantics 2.0.3).

        A PATCH does the same with fewer members. An empty document changes nothing, and still lets the platform
        look for outdated instances: so a rolling upgrade is started again.

        Raises:
            Refused: The result breaks rules, a create-only property was changed, a rolling upgrade is running, or
                the scale set is being deleted; nothing has changed.
        """
        self.refuse_if_deleting("Update Virtual Machine Scale Set")
        return self._write(document, "update")

    def delete(self, *, force: bool = False) -> Operation:
        """Delete the scale set with its instances.

        Args:
            force: Also delete the instances of a Flexible scale set (CHOICE).

        Raises:
            Refused: A rolling upgrade is running, or it is a Flexible scale set with instances.
        """
        self.refuse_if_deleting("Delete Virtual Machine Scale Set")
        self.refuse_if_rolling("Delete Virtual Machine Scale Set")
        if self.flexible and self.instances and not force:
            raise Refused.because(Reason.FLEXIBLE_HAS_INSTANCES, scale_set=self.name)
        for instance in self.instances.values():
            instance.jobs.clear()
        self._end_all()
        seconds = 0.0 if self.instances else self.settings.timings.write
        operation = self.run("delete", [Delete(instance_id=i) for i in self.instances], seconds=seconds)
        self.deletion = operation.id
        return operation

    def advance(self, to: float) -> None:
        """Do everything that is due until a moment; the past cannot be advanced to."""
        while (due := self.agenda.next_due) is not None and due <= to:
            self.now, activity = self.agenda.pop()
            activity.step(self)
        self.now = max(self.now, to)

    @property
    def id(self) -> str:
        """The ARM resource id."""
        group = f"/subscriptions/{self.subscription_id}/resourceGroups/{self.resource_group}"
        return f"{group}/providers/Microsoft.Compute/virtualMachineScaleSets/{self.name}"

    @property
    def flexible(self) -> bool:
        """Whether its orchestration mode is Flexible: instances are VMs, known by name."""
        return bool(dig(self.document, "properties.orchestrationMode") == "Flexible")

    @property
    def mode(self) -> str:
        """The upgrade mode: Automatic, Manual or Rolling."""
        return str(dig(self.document, "properties.upgradePolicy.mode", "Manual"))

    @property
    def latest(self) -> ModelVersion:
        """The newest version of the model."""
        return self.versions[-1]

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
        return self.versions[number - 1]

    def outdated(self, instance: Instance) -> bool:
        """Whether the instance differs from the newest model: ``latestModelApplied`` is false (semantics 1.2.6)."""
        return instance.customised or instance.applied != self.latest.number

    def lacking(self, instance: Instance) -> tuple[Change, ...]:
        """What the instance lacks to be at the newest model."""
        key = instance.applied, self.latest.number
        if key not in self._lacking:
            self._lacking[key] = self.version(key[0]).changes_to(self.latest)
        return self._lacking[key]

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
            self._end_after(operation, seconds)
        self.settle(operation.id)
        return operation

    def submit(self, job: Job, operation: Operation | None = None) -> None:
        """Start work on an instance, or queue it behind what goes on there (CHOICE: Azure counts queued work too)."""
        if operation is not None:
            job.operation_id = operation.id
            operation.outstanding += 1
        instance = self.instances[job.instance_id]
        if instance.deleting:
            self._tell(job)  # nothing more is done to what is going
            return
        job.accept(self, instance)
        instance.jobs.append(job)
        if len(instance.jobs) == 1:
            self._begin(job, instance)

    def finished(self, job: Job, instance: Instance) -> None:
        """A job is over: tell its operation and its rolling upgrade, and begin the next one."""
        self._tell(job)
        if instance.jobs and instance.jobs[0] is job:
            instance.jobs.pop(0)
            if instance.jobs:
                self._begin(instance.jobs[0], instance)

    def settle(self, operation_id: str, failure: Failure | None = None) -> None:
        """One piece of an operation's work is done."""
        operation = self.operations[operation_id]
        operation.settle(self.now, failure)
        if operation.writes and operation.ended_at is not None:
            self.writing.discard(operation_id)
            self.last_write_failed = operation.failure is not None

    def add(self, instance: Instance) -> None:
        """Take a new instance in."""
        self.instances[instance.id] = instance

    def remove(self, instance: Instance) -> None:
        """Let an instance go; work that was queued on it is void."""
        del self.instances[instance.id]
        self.void_waiting(instance)

    def void_waiting(self, instance: Instance) -> None:
        """What waits behind the work that goes on on an instance is not done any more."""
        void = instance.jobs[1:]
        del instance.jobs[1:]
        for job in void:
            self._tell(job)

    def leaving(self, instance: Instance) -> None:
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
        """An instance's health turned to another state: repairs go by that."""
        repairs.health_changed(self, instance)

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

    def _tell(self, job: Job) -> None:
        job.told(self)
        if job.operation_id is not None:
            self.settle(job.operation_id, job.failure)
        if job.upgrade is not None and self.upgrades[job.upgrade - 1].concerns(job):
            self.upgrades[job.upgrade - 1].job_finished(self, job)

    def _begin(self, job: Job, instance: Instance) -> None:
        purpose = (type(job).__name__, instance.id, self.agenda.added)
        seconds = self.settings.timings.vary(job.begin(self, instance), self.settings.seed, *purpose)
        self.agenda.add(self.now + seconds + job.notice(self, instance), job)

    def _write(self, incoming: Document, name: str) -> Operation:
        """Validate, then commit, then act: nothing changes unless everything is allowed."""
        merged = self._merged(incoming)
        changed, repaired = merged != self.document, self._repairs
        part, image_version = documents.instance_part(merged), self._image_version(merged, incoming)
        outdates = not self.versions or part != self.latest.part or image_version != self.latest.image_version
        self.refuse_if_rolling("Update Virtual Machine Scale Set", while_only_cancelled=not outdates)
        capacity = dig(merged, "sku.capacity", 0)
        scaling.check_capacity(self, capacity)
        self.etag += 1 if changed and self.document else 0
        self.document = merged
        if outdates:
            self._new_version(part, image_version)
        if self._repairs and not repaired:
            repairs.look(self)
        return self._act(name, capacity)

    @property
    def _repairs(self) -> bool:
        return dig(self.document, "properties.automaticRepairsPolicy.enabled") is True

    def _merged(self, incoming: Document) -> Document:
        sealed = documents.seal_secrets(copy.deepcopy(incoming), self.seal)
        merged = defaults.fill_defaults(documents.merge(self.document, sealed), sealed)
        # what may not change at all is told alone: the rest may only be wrong because of it
        if problems := validation.change_problems(self.document, merged) if self.document else []:
            raise Refused(problems)
        # a password's complexity shows only before it is sealed
        problems = validation.secret_problems(incoming)
        problems += validation.problems(merged, self.name, self.settings.max_instances)
        problems += self._image_problems(merged) + self._repair_problems(merged)
        problems += self._placement_problems(merged)
        if problems:
            raise Refused(problems)
        return merged

    def _repair_problems(self, merged: Document) -> list[Failure]:
        """Repairs need the health source on every instance, not only in the model (semantics 2.3.16 h)."""
        path = "properties.automaticRepairsPolicy.enabled"
        enabling = dig(merged, path) is True and dig(self.document, path) is not True
        bare = [i for i in self.instances.values() if self.version(i.applied).health_source is None]
        return [Failure(Reason.HEALTH_NOT_APPLIED)] if enabling and bare else []

    def _placement_problems(self, merged: Document) -> list[Failure]:
        """A proximity placement group: Flexible keeps it, Uniform changes it only while all are down (1.4)."""
        path = "properties.proximityPlacementGroup"
        if not self.versions or dig(self.document, path) == dig(merged, path):
            return []
        facts = {"target": path, "parameter": "proximityPlacementGroup", "scale_set": self.name}
        if self.flexible:
            return [Failure(Reason.NOT_CHANGEABLE, facts)]
        up = any(instance.running for instance in self.instances.values())
        return [Failure(Reason.INSTANCES_RUNNING, facts)] if up else []

    def _image_problems(self, merged: Document) -> list[Failure]:
        """Enabling automatic OS upgrades needs the same image on all instances (semantics 4.3)."""
        path = "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"
        enabling = dig(merged, path) is True and dig(self.document, path) is not True
        versions = {i.os.content.image_version for i in self.instances.values() if not i.deleting}
        return [Failure(Reason.IMAGES_DIFFER)] if enabling and len(versions) > 1 else []

    def _image_version(self, merged: Document, incoming: Document) -> str:
        """``latest`` is resolved when the reference is written, not when an image is published (rule 1.3.10)."""
        path = "properties.virtualMachineProfile.storageProfile.imageReference"
        if self.versions and dig(incoming, path) is None:
            return self.latest.image_version
        return self.images.resolve(dig(merged, path, {}))

    def _new_version(self, part: Document, image_version: str) -> None:
        first = not self.versions
        self.versions.append(ModelVersion(len(self.versions) + 1, part, image_version))
        if not first:
            effect = strongest(self.versions[-2].changes_to(self.latest))
            self.log(DecisionKind.MODEL_CHANGED, (), {"version": self.latest.number, "effect": effect.name.lower()})

    def _act(self, name: str, capacity: int) -> Operation:
        operation = self.open_operation(name, writes=True)
        operation.outstanding += 1  # it does not end before all of its work is submitted
        scaling.scale(self, capacity, operation)
        upgrade = self.rolling_upgrade
        if upgrade is not None and upgrade.active:
            pass  # CHOICE S2: what runs goes on as it began; another mode counts from the next write on
        elif self.mode == "Automatic":
            upgrade_all(self, operation)
        elif self.mode == "Rolling":
            model_upgrade(self, operation)
        os_image.look_for_image(self)
        if operation.outstanding == 1:
            self._end_after(operation, self.settings.timings.write)
        self.settle(operation.id)
        return operation

    def open_operation(self, name: str, *, writes: bool = False) -> Operation:
        """A new operation; it ends when as many pieces of work as were added to it are settled."""
        operation_id = seeded_random.guid(self.settings.seed, self.unique_id, "operation", len(self.operations))
        operation = Operation(operation_id, name, self.now, writes=writes)
        self.operations[operation_id] = operation
        if writes:
            self.writing.add(operation_id)
        return operation

    def _end_after(self, operation: Operation, seconds: float) -> None:
        operation.outstanding += 1
        self.agenda.add(self.now + seconds, Ending(operation.id))

    def _end_all(self) -> None:
        """The scale set goes away: what else went on is preempted (wire.md 7.2)."""
        self.agenda.clear()
        self.writing.clear()
        for operation in self.operations.values():
            if operation.ended_at is None:
                operation.ended_at, operation.failure = self.now, Failure(Reason.PREEMPTED)

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

    def refuse_if_deleting(self, operation: str) -> None:
        """See whether something may still begin.

        Raises:
            Refused: The scale set is being deleted.
        """
        if self.deletion is not None:
            raise Refused.because(Reason.MARKED_FOR_DELETION, scale_set=self.name, operation=operation)
