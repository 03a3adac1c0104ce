"""One instance: the model applied to it, what is on its OS disk, and how it is doing; and the work on it."""

from __future__ import annotations

from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure
from vmss_sdk.emulator.engine.common.states import HealthState, PowerState, ProvisioningState
from vmss_sdk.emulator.engine.model.version import OsContent
from vmss_sdk.emulator.engine.record.execution import Execution
from vmss_sdk.emulator.engine.record.extension_run import ExtensionRun, RunReason
from vmss_sdk.emulator.engine.record.run_command import CommandKind, RunCommand
from vmss_sdk.emulator.engine.record.schedule import AnyAggregate

__all__ = [
    "OS_DISK",
    "TEMP_DISK",
    "Instance",
    "Job",
    "OsState",
    "Protection",
]


OS_DISK, TEMP_DISK = "os", "temp"
"""Places where an instance keeps data; a data disk's is ``lun N``."""


@attrs.define
class OsState:
    """What is on the OS disk: set when the instance is provisioned, changed only by a reimage or an image upgrade.

    Attributes:
        content: What was put on the disk.
        disk: Which OS disk it is: 1 for the first, one more for each that replaced it.
        written_at: When, in seconds since 1970-01-01 UTC.
        named_after: The disk whose name it bears, when it was written in that one's place; 0: it has its own.
    """

    content: OsContent
    disk: int
    written_at: float
    named_after: int = 0


@attrs.frozen
class Protection:
    """Instance protection; None where a flag was never set (semantics 5.1)."""

    from_scale_in: bool | None = None
    from_scale_set_actions: bool | None = None

    @property
    def set(self) -> bool:
        """Whether any flag was ever set."""
        return self.from_scale_in is not None or self.from_scale_set_actions is not None

    @property
    def is_protected_from_scale_in(self) -> bool:
        """Whether scale-in passes it over; protection from scale set actions implies that (semantics 5.2)."""
        return bool(self.from_scale_in or self.from_scale_set_actions)


@attrs.define(kw_only=True, eq=False)
class Job:
    """One piece of work on one instance. Jobs on the same instance run one after the other.

    Attributes:
        instance_id: The instance.
        operation_id: The operation that it belongs to, if any.
        upgrade: The number of the rolling upgrade that it belongs to, if any.
        failure: Why it failed; set when it ends.
        nothing_to_do: Whether there turned out to be nothing to do; the instance stays as it is.
    """

    instance_id: str
    operation_id: str | None = None
    upgrade: int | None = None
    failure: Failure | None = None
    nothing_to_do: bool = attrs.field(default=False, metadata={"written": "idle"})

    def on_submitted(self, scale_set: AnyAggregate, instance: Instance) -> None:
        """The work is taken on, also when it has to wait for other work on the instance."""

    def begin(self, scale_set: AnyAggregate, instance: Instance) -> float:
        """Start: change what shows at once, and return how many seconds the work takes."""
        raise NotImplementedError(f"{type(self).__name__} must say how it begins")

    def fixed_seconds(self, scale_set: AnyAggregate, instance: Instance) -> float:  # noqa: ARG002  # a deletion's needs both
        """Seconds that come on top and do not vary."""
        return 0.0

    def finish(self, scale_set: AnyAggregate, instance: Instance) -> None:
        """End: change what the work was for."""
        raise NotImplementedError(f"{type(self).__name__} must say how it ends")

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return "hot"

    def required_versions(self) -> tuple[int, ...]:
        """The versions of the model that it needs, beside the one that the instance has."""
        return ()

    def on_finished(self, scale_set: AnyAggregate) -> None:
        """It is over for whoever waits for it: done, or void because the instance goes."""

    def step(self, scale_set: AnyAggregate) -> None:
        """The work is over."""
        instance = scale_set.instances[self.instance_id]
        self.finish(scale_set, instance)
        if not self.nothing_to_do:
            instance.changed_at = scale_set.now
        if not (self.nothing_to_do or instance.deleting):
            instance.failure = self.failure
            instance.provisioning = ProvisioningState.FAILED if self.failure else ProvisioningState.SUCCEEDED
        scale_set.job_finished(self, instance)


@attrs.define(eq=False)
class Instance:
    """One instance of a scale set.

    Attributes:
        id: Uniform: a decimal number. Flexible: the VM's name.
        name: The resource name.
        changed_at: When the last work on it ended; the beginning of its creation before that.
        applied: The number of the model version last applied to it.
        os: What is on its OS disk.
        health: What its health source says; None without a source.
        awaits_health: Whether it was started or upgraded and its health not read since.
        health_serial: Counts the expectations of a reading, so that an old reading is told from a new one.
        forced_health: A fault's word on its health, over what would be read.
        attached: Whether it was made by itself, not by its scale set (semantics 1.5.25).
        customised: Whether it was changed individually, away from the scale set's model (semantics 1.1.3).
        overrides: What was changed individually, as a document.
        disks: Data disks that were attached to it or changed on it alone, by LUN; None: detached from it.
        extension_overrides: Extensions that were set on it alone, by name in lower case; None: taken from it.
        jobs: Work on it: the first is going on, the others wait.
        failure: Why its last work failed, or None.
        deferred_runs: Extensions that run when it is started, because it was down when they were due, and why.
        handler_versions: Which version of each extension's handler is installed, by the extension's name.
        custom_metrics: What the application reports beside its health: PhaseOrderingNumber, SkipUpgrade.
        pending_os_upgrade: Whether a newer OS image waits for approval (semantics 4.9).
        extra: Whether it is one of more instances than wanted, of which some will go (semantics 7.5).
        surging: Whether it stands beside the instance that it is to replace (semantics 2.6).
        data: What somebody keeps on its disks, by place: to see what a reimage takes and what it leaves.
        extension_runs: The newest runs of extensions on it and the last one of each, the oldest first.
        last_runs: The last run of each extension by its name; None: to be looked up again.
        executions: The scripts that are under way on it.
        commands: Its run commands, by family and name in lower case.
    """

    id: str
    name: str
    computer_name: str
    vm_id: str
    created_at: float
    changed_at: float
    applied: int
    os: OsState
    zone: str | None = None
    update_domain: int | None = None
    fault_domain: int | None = None
    provisioning: ProvisioningState = ProvisioningState.CREATING
    power: PowerState = PowerState.STARTING
    health: HealthState | None = None
    health_since: float = 0.0
    awaits_health: bool = False
    health_serial: int = 0
    forced_health: HealthState | None = None
    protection: Protection = Protection()
    attached: bool = False
    customised: bool = False
    overrides: dict[str, Any] = attrs.field(factory=dict, repr=False, metadata={"written": "own"})
    disks: dict[int, dict[str, Any] | None] = attrs.field(factory=dict, repr=False)
    extension_overrides: dict[str, dict[str, Any] | None] = attrs.field(
        factory=dict, repr=False, metadata={"written": "own_extensions"}
    )
    jobs: list[Job] = attrs.field(factory=list, repr=False)
    failure: Failure | None = None
    extension_runs: list[ExtensionRun] = attrs.field(factory=list, repr=False)
    last_runs: dict[str, ExtensionRun] | None = attrs.field(default=None, repr=False, metadata={"cache": True})
    deferred_runs: dict[str, RunReason] = attrs.field(factory=dict, repr=False, metadata={"written": "owed_runs"})
    handler_versions: dict[str, str] = attrs.field(factory=dict)
    custom_metrics: dict[str, object] = attrs.field(factory=dict)
    pending_os_upgrade: bool = False
    extra: bool = False
    surging: bool = False
    data: dict[str, str] = attrs.field(factory=dict, repr=False)
    executions: list[Execution] = attrs.field(factory=list, repr=False)
    commands: dict[tuple[CommandKind, str], RunCommand] = attrs.field(factory=dict, repr=False)
    etag: int = 1

    def lose_data(self, *places: str) -> None:
        """What was kept in these places is gone."""
        for place in places:
            self.data.pop(place, None)

    @property
    def deleting(self) -> bool:
        """Whether it is on its way out and counts no more."""
        return self.provisioning is ProvisioningState.DELETING

    @property
    def running(self) -> bool:
        """Whether the guest is up."""
        return self.power is PowerState.RUNNING

    @property
    def deallocated(self) -> bool:
        """Whether it holds no hardware, or soon will not."""
        return self.power in (PowerState.DEALLOCATED, PowerState.DEALLOCATING)

    @property
    def counts(self) -> bool:
        """Whether it is among the instances that an upgrade takes its percentages of.

        CHOICE: instances that are still created, on their way out or deallocated are not (semantics 2.5.38, 39).
        """
        new = self.provisioning is ProvisioningState.CREATING
        return not (new or self.deleting or self.deallocated or self.extra or self.surging)

    @property
    def unhealthy(self) -> bool:
        """Whether an upgrade counts it as unhealthy, for any reason (semantics 2.4.18, 3.7)."""
        if self.provisioning is ProvisioningState.FAILED or not self.running:
            return True
        return self.health in (HealthState.UNHEALTHY, HealthState.UNKNOWN)  # Initializing is waited for (3.7)
