"""One instance: the model applied to it, what is on its OS disk, and how it is doing — three different things."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.jobs import Job
    from vmss_sdk.emulator.engine.model import OsContent
    from vmss_sdk.emulator.engine.refusals import Failure

__all__ = ["HealthState", "Instance", "OsState", "PowerState", "Protection", "ProvisioningState"]


class ProvisioningState(StrEnum):
    """ARM's provisioning states of a resource."""

    CREATING = "Creating"
    UPDATING = "Updating"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    DELETING = "Deleting"


class PowerState(StrEnum):
    """The power states of an instance, as the instance view writes them."""

    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DEALLOCATING = "deallocating"
    DEALLOCATED = "deallocated"


class HealthState(StrEnum):
    """What the health source says of an instance (semantics 3)."""

    HEALTHY = "Healthy"
    UNHEALTHY = "Unhealthy"
    UNKNOWN = "Unknown"


@attrs.define
class OsState:
    """What is on the OS disk: set when the instance is provisioned, changed only by a reimage or an image upgrade.

    Attributes:
        content: What was put on the disk.
        disk: Which OS disk it is: 1 for the first, one more for each that replaced it.
        written_at: When, in seconds since 1970-01-01 UTC.
    """

    content: OsContent
    disk: int
    written_at: float


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
    def keeps_from_scale_in(self) -> bool:
        """Whether scale-in passes it over; protection from scale set actions implies that (semantics 5.2)."""
        return bool(self.from_scale_in or self.from_scale_set_actions)


@attrs.define(eq=False)
class Instance:
    """One instance of a scale set.

    Attributes:
        id: Uniform: a decimal number. Flexible: the VM's name.
        name: The resource name.
        applied: The number of the model version last applied to it.
        os: What is on its OS disk.
        health: What its health source says; None without a source.
        awaits_health: Whether it was started or upgraded and its health not read since.
        forced_health: A fault's word on its health, over what would be read.
        customised: Whether it was changed individually, away from the scale set's model (semantics 1.1.3).
        own: What was changed individually, as a document.
        jobs: Work on it: the first is going on, the others wait.
        failure: Why its last work failed, or None.
        runs: How often each extension ran on it, by name.
    """

    id: str
    name: str
    computer_name: str
    vm_id: str
    created_at: float
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
    forced_health: HealthState | None = None
    protection: Protection = Protection()
    customised: bool = False
    own: dict[str, Any] = attrs.field(factory=dict, repr=False)
    jobs: list[Job] = attrs.field(factory=list, repr=False)
    failure: Failure | None = None
    runs: dict[str, int] = attrs.field(factory=dict)
    etag: int = 1

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
        return not (new or self.deleting or self.deallocated)

    @property
    def unhealthy(self) -> bool:
        """Whether an upgrade counts it as unhealthy, for any reason (semantics 2.4.18, 3.7)."""
        if self.provisioning is ProvisioningState.FAILED or not self.running:
            return True
        return self.health in (HealthState.UNHEALTHY, HealthState.UNKNOWN)
