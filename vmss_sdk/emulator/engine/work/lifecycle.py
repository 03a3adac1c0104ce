"""Creation, power and deletion of instances."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.common.states import PowerState, ProvisioningState
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.extension_run import RunReason
from vmss_sdk.emulator.engine.record.instance import TEMP_DISK, Instance, Job
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.overprovision import Overprovision
from vmss_sdk.emulator.engine.work import provisioning
from vmss_sdk.emulator.engine.work.selection import Scope, select

__all__ = [
    "Create",
    "Delete",
    "deallocate",
    "delete_instances",
    "power_off",
    "redeploy",
    "restart",
    "restart_job",
    "start",
]


_POWER_WORDS = {
    PowerState.STARTING: "start",
    PowerState.RUNNING: "restart",
    PowerState.STOPPING: "powerOff",
    PowerState.DEALLOCATING: "deallocate",
}


@attrs.define(kw_only=True, eq=False)
class Create(Job):
    """A new instance comes up.

    Attributes:
        group: The overprovisioned instances among which it is, if any.
        without_extensions: Whether it gets no extensions (``doNotRunExtensionsOnOverprovisionedVMs``).
    """

    group: Overprovision | None = None
    without_extensions: bool = attrs.field(default=False, metadata={"written": "bare"})

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return "create"

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """It is there at once, in state Creating."""
        version = scale_set.version(instance.applied)
        seconds = provisioning.create_seconds(scale_set, instance, version)
        return (
            seconds - scale_set.settings.timings.extension * len(version.extensions)
            if self.without_extensions
            else seconds
        )

    def fixed_seconds(self, scale_set: Aggregate, instance: Instance) -> float:
        """The boot, where a range was given for it."""
        return provisioning.boot_seconds(scale_set, instance)

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """It runs, or a fault kept it from coming up."""
        version = scale_set.version(instance.applied)
        if instance.zone in scale_set.faults.zones_down():
            facts = {"instance_id": instance.id, "vm": instance.name, "code": "ZonalAllocationFailed", "message": None}
            self.failure = Failure(Reason.PROVISIONING_FAILED, facts)
        elif self.without_extensions:
            self.failure = provisioning.failure_by_fault(scale_set, instance)
        else:
            self.failure = provisioning.provision(scale_set, instance, version, RunReason.CREATED)
        if self.upgrade is not None:  # with surge this is the upgraded instance
            instance.forced_health = scale_set.faults.health_after_upgrade(instance.id)
        provisioning.boot(scale_set, instance)
        if self.group is not None:
            self.group.on_created(scale_set, instance, self.failure)


@attrs.define(kw_only=True, eq=False)
class PowerChange(Job):
    """A change of the power state; the content of the instance stays (semantics 1.5.15, 8.1)."""

    via: PowerState
    to: PowerState
    seconds: float

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return _POWER_WORDS[self.via]

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """Show the passing state; nothing takes no time."""
        if instance.power is self.to and self.via is not PowerState.RUNNING:
            self.nothing_to_do = True
            return 0.0
        instance.provisioning = ProvisioningState.UPDATING
        instance.power = self.via
        provisioning.halt(scale_set, instance)
        return self.seconds

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """Reach the state."""
        if self.to is not PowerState.RUNNING:
            instance.power = self.to
            if instance.deallocated:
                instance.lose_data(TEMP_DISK)  # CHOICE: the temporary disk is the host's
            scale_set.health_read(instance)  # an upgrade waits for its health no more (semantics 2.5.39)
        elif instance.power is not PowerState.RUNNING or self.via is PowerState.RUNNING:
            self.failure = provisioning.run_deferred_extensions(scale_set, instance)
            provisioning.boot(scale_set, instance)


@attrs.define(kw_only=True, eq=False)
class Redeploy(PowerChange):
    """The instance moves to another host, and what the old one kept for it is lost.

    CHOICE: that is the temporary disk, and an ephemeral OS disk, which is made again from what it was made of.
    """

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return "redeploy"

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """It is up on the new host."""
        version = scale_set.version(instance.applied)
        instance.lose_data(TEMP_DISK)
        if version.ephemeral:
            provisioning.write_disk(scale_set, instance, instance.os.content, in_place=True)
            self.failure = provisioning.provision(scale_set, instance, version, RunReason.OS_DISK_REPLACED)
        super().finish(scale_set, instance)


class Delete(Job):
    """An instance and its disks go away."""

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return "delete"

    def on_submitted(self, scale_set: Aggregate, instance: Instance) -> None:
        """It counts no more, even while other work on it is not over."""
        instance.provisioning = ProvisioningState.DELETING
        scale_set.drop_queued_jobs(instance)
        provisioning.halt(scale_set, instance)
        scale_set.instance_leaving(instance)

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:  # noqa: ARG002  # all deletions are alike
        """It goes, after the notice that its guest may be due."""
        return scale_set.settings.timings.delete

    def fixed_seconds(self, scale_set: Aggregate, instance: Instance) -> float:
        """The terminate notification, to the second (semantics 7.11)."""
        return scale_set.version(instance.applied).terminate_notice

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """It is gone."""
        scale_set.remove(instance)


def start(scale_set: Aggregate, ids: Sequence[str] | None, *, scope: Scope = Scope.SET) -> Operation:
    """Start instances; None: all. One that runs is left alone.

    Raises:
        Refused: An id is unknown or protected; nothing was started.
    """
    chosen = select(scale_set, ids, scope=scope)
    return _power(scale_set, "start", chosen, PowerState.STARTING, PowerState.RUNNING)


def restart(scale_set: Aggregate, ids: Sequence[str] | None, *, scope: Scope = Scope.SET) -> Operation:
    """Restart instances; None: all that are not deallocated.

    Raises:
        Refused: An id is unknown, protected or deallocated; nothing was restarted.
    """
    chosen = select(scale_set, ids, scope=scope, needs_hardware="restart")
    return _power(scale_set, "restart", chosen, PowerState.RUNNING, PowerState.RUNNING)


def redeploy(scale_set: Aggregate, ids: Sequence[str] | None, *, scope: Scope = Scope.SET) -> Operation:
    """Move instances to other hosts and start them there; None: all that are not deallocated.

    CHOICE: it takes as long as leaving a host and starting on another.

    Raises:
        Refused: An id is unknown, protected or deallocated; nothing was moved.
    """
    chosen = select(scale_set, ids, scope=scope, needs_hardware="redeploy")
    seconds, up = scale_set.settings.timings.deallocate + scale_set.settings.timings.start, PowerState.RUNNING
    return scale_set.run("redeploy", [Redeploy(instance_id=i.id, via=up, to=up, seconds=seconds) for i in chosen])


def power_off(scale_set: Aggregate, ids: Sequence[str] | None, *, scope: Scope = Scope.SET) -> Operation:
    """Stop instances and keep their hardware; None: all that are not deallocated.

    Raises:
        Refused: An id is unknown, protected or deallocated; nothing was stopped.
    """
    chosen = select(scale_set, ids, scope=scope, needs_hardware="powerOff")
    return _power(scale_set, "powerOff", chosen, PowerState.STOPPING, PowerState.STOPPED)


def deallocate(scale_set: Aggregate, ids: Sequence[str] | None, *, scope: Scope = Scope.SET) -> Operation:
    """Stop instances and release their hardware; None: all.

    Raises:
        Refused: An id is unknown or protected; nothing was deallocated.
    """
    chosen = select(scale_set, ids, scope=scope)
    return _power(scale_set, "deallocate", chosen, PowerState.DEALLOCATING, PowerState.DEALLOCATED)


def delete_instances(scale_set: Aggregate, ids: Sequence[str] | None, *, scope: Scope = Scope.SET) -> Operation:
    """Delete instances; the capacity goes down by their number (semantics 7.10).

    Raises:
        Refused: An id is unknown or protected; nothing was deleted.
    """
    chosen = select(scale_set, ids, scope=scope)
    going = [instance for instance in chosen if not instance.deleting]
    # what stands beside the capacity does not lower it by going
    scale_set.change_capacity(-sum(not (instance.extra or instance.surging) for instance in going))
    return scale_set.run("delete", [Delete(instance_id=instance.id) for instance in going])


def restart_job(scale_set: Aggregate, instance_id: str) -> Job:
    """The work of restarting one instance."""
    seconds = scale_set.settings.timings.restart
    return PowerChange(instance_id=instance_id, via=PowerState.RUNNING, to=PowerState.RUNNING, seconds=seconds)


def _power(scale_set: Aggregate, name: str, chosen: Sequence[Instance], via: PowerState, to: PowerState) -> Operation:
    times = scale_set.settings.timings
    seconds = {
        "start": times.start,
        "restart": times.restart,
        "powerOff": times.power_off,
        "deallocate": times.deallocate,
    }[name]
    jobs = [PowerChange(instance_id=instance.id, via=via, to=to, seconds=seconds) for instance in chosen]
    return scale_set.run(name, jobs)
