"""A scale set: its model, its instances, and what can be done to several of them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Self

from vmss_sdk import models
from vmss_sdk.errors import ClientUsageError, DecodeError, NotFoundError
from vmss_sdk.handles._resource import Verb, conditions, segment
from vmss_sdk.handles._selection import Instances, instance_body, instance_ids
from vmss_sdk.handles.extensions import Extensions
from vmss_sdk.handles.instance import Instance
from vmss_sdk.handles.platform import PlatformVerbs
from vmss_sdk.handles.rolling_upgrade import RollingUpgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vmss_sdk._connection import Connection, Query
    from vmss_sdk.handles.emulator import EmulatedScaleSet
    from vmss_sdk.models import InstanceSummary
    from vmss_sdk.operation import Operation
    from vmss_sdk.previews import Preview
    from vmss_sdk.records import Decision, PendingChanges

__all__ = ["ScaleSet"]

_CREATE_OR_UPDATE = Verb(method="PUT")
_UPDATE = Verb(method="PATCH")
_DELETE = Verb(method="DELETE")
_REIMAGE = Verb("reimage")
_REIMAGE_ALL = Verb("reimageall")
_MANUAL_UPGRADE = Verb("manualupgrade", names_all=True)
_START = Verb("start")
_RESTART = Verb("restart")
_REDEPLOY = Verb("redeploy")
_PERFORM_MAINTENANCE = Verb("performMaintenance")
_POWER_OFF = Verb("poweroff")
_DEALLOCATE = Verb("deallocate")
_DELETE_INSTANCES = Verb("delete", names_all=True)


class ScaleSet(PlatformVerbs):
    """A scale set.

    Verbs on several instances take a list of instance ids, or ``ALL_INSTANCES``; an empty list or None is
    refused before anything is sent.

    Attributes:
        id: Resource id.
        resource_group: Name of its resource group.
        name: Its name.
    """

    __slots__ = ("name", "resource_group")

    def __init__(self, connection: Connection, group_id: str, resource_group: str, name: str) -> None:
        """For the SDK's own use: see ``VmssClient.scale_set``."""
        path = f"{group_id}/providers/Microsoft.Compute/virtualMachineScaleSets/{segment(name, 'a scale set name')}"
        super().__init__(connection, path)
        self.resource_group = resource_group
        self.name = name

    def get(self, *, expand: str | None = None) -> models.VirtualMachineScaleSet:
        """The scale set.

        Args:
            expand: ``userData`` for the user data.

        Raises:
            NotFoundError: There is no such scale set.
        """
        return self._get(models.VirtualMachineScaleSet, query={"$expand": expand})

    def exists(self) -> bool:
        """Whether there is such a scale set."""
        try:
            self.get()
        except NotFoundError:
            return False
        return True

    def create_or_update(
        self, model: models.VirtualMachineScaleSet, *, if_match: str | None = None, if_none_match: str | None = None
    ) -> Operation[models.VirtualMachineScaleSet]:
        """Create the scale set, or change it to what is given here.

        What `get` returned can be changed and sent back: members this SDK does not know go back as they came.
        How a change reaches existing instances depends on the upgrade policy.

        Args:
            model: The scale set.
            if_match: Its ETag, to refuse the change when it was changed meanwhile.
            if_none_match: ``*`` to refuse to change an existing one.

        Raises:
            InvalidRequestError: The service refused a value; ``details`` lists them.
            OperationNotAllowedError: The state of the scale set does not allow it, for example a running upgrade.
            PreconditionFailedError: A condition does not hold.
        """
        headers = conditions(if_match, if_none_match)
        return self._start(_CREATE_OR_UPDATE, models.VirtualMachineScaleSet, body=model.wire, headers=headers)

    def update(
        self, change: models.VirtualMachineScaleSetUpdate, *, if_match: str | None = None
    ) -> Operation[models.VirtualMachineScaleSet]:
        """Change only the members that are given.

        Args:
            change: What to change.
            if_match: The ETag of the scale set, to refuse the change when it was changed meanwhile.

        Raises:
            InvalidRequestError: The service refused a value; ``details`` lists them.
            OperationNotAllowedError: The state of the scale set does not allow it, for example a running upgrade.
            PreconditionFailedError: It was changed meanwhile.
        """
        return self._start(_UPDATE, models.VirtualMachineScaleSet, body=change.wire, headers=conditions(if_match))

    def apply_model(self) -> Operation[models.VirtualMachineScaleSet]:
        """Start a rolling upgrade over the instances that are still outdated, by an update that changes nothing.

        That is how a rolling upgrade goes on after it failed or was cancelled (semantics 2.5.35).
        """
        return self.update(models.VirtualMachineScaleSetUpdate())

    def set_upgrade_policy(
        self,
        *,
        mode: models.UpgradeMode | str | None = None,
        rolling: models.RollingUpgradePolicy | None = None,
        automatic_os: models.AutomaticOSUpgradePolicy | None = None,
    ) -> Operation[models.VirtualMachineScaleSet]:
        """Change the upgrade policy, only in what is given.

        Args:
            mode: Automatic, Manual or Rolling.
            rolling: Batches, gates and pauses.
            automatic_os: Whether new OS images reach the instances by themselves.

        Raises:
            ClientUsageError: Nothing was given.
            InvalidRequestError: A number is out of range, or the scale set has no health source for Rolling.
        """
        policy = models.UpgradePolicy(
            mode=mode, rolling_upgrade_policy=rolling, automatic_os_upgrade_policy=automatic_os
        )
        if not policy.wire:
            raise ClientUsageError("set_upgrade_policy needs mode, rolling or automatic_os")
        return self.update(models.VirtualMachineScaleSetUpdate(upgrade_policy=policy))

    def set_capacity(self, capacity: int) -> Operation[models.VirtualMachineScaleSet]:
        """Scale out or in to this number of instances.

        Args:
            capacity: 0 or more.

        Raises:
            ClientUsageError: It is no whole number of at least 0.
            ConflictError: Scaling in finds not enough instances that are unprotected.
        """
        if type(capacity) is not int or capacity < 0:
            raise ClientUsageError(f"capacity must be a whole number >= 0, got {capacity!r}")
        return self.update(models.VirtualMachineScaleSetUpdate(sku=models.Sku(capacity=capacity)))

    def delete(self, *, force: bool | None = None) -> Operation[None]:
        """Delete the scale set and all its instances; one that does not exist is no error.

        Args:
            force: Whether to delete it without waiting for the shutdown of its instances.
        """
        return self._start(_DELETE, query={"forceDeletion": force})

    def instance_view(self) -> models.VirtualMachineScaleSetInstanceView:
        """How many instances are in which state. Uniform only.

        Raises:
            NotFoundError: There is no such scale set.
            OperationNotAllowedError: It is Flexible.
        """
        return self._get(models.VirtualMachineScaleSetInstanceView, "instanceView")

    def skus(self) -> Iterator[models.VirtualMachineScaleSetSku]:
        """The sizes that the scale set could have; pages are followed."""
        return self._list(models.VirtualMachineScaleSetSku, "skus")

    def preview(
        self,
        change: models.VirtualMachineScaleSetUpdate | models.VirtualMachineScaleSet | Callable[[Self], object],
        *,
        if_match: str | None = None,
    ) -> Preview:
        """What a call would be answered, which instances it would reach, and what they would lose. Emulator only.

        The emulator carries the call out on a copy of its state, so it says refused exactly when the call is refused;
        nothing is changed.

        ::

            web.preview(VirtualMachineScaleSetUpdate(sku=Sku(name="Standard_D4s_v5")))
            web.preview(lambda it: it.reimage(["0"]))

        Args:
            change: What `update` or `create_or_update` would be given; or a function that makes any other call with
                the handle that it is given, of which the first call that changes something counts.
            if_match: As of these two.

        Raises:
            ClientUsageError: The function makes no call that changes something.
            NotAnEmulatorError: The endpoint is Azure, which could only carry it out.
        """
        from vmss_sdk.handles._trial import preview_of

        return preview_of(self._connection, self._beginning(change, if_match))

    def _beginning(
        self,
        change: models.VirtualMachineScaleSetUpdate | models.VirtualMachineScaleSet | Callable[[Self], object],
        if_match: str | None = None,
    ) -> Callable[[Connection], object]:
        """Makes a change over a connection that is given."""

        def begin(connection: Connection) -> object:
            twin = copy.copy(self)
            twin._connection = connection
            if isinstance(change, models.VirtualMachineScaleSet):
                return twin.create_or_update(change, if_match=if_match)
            if isinstance(change, models.VirtualMachineScaleSetUpdate):
                return twin.update(change, if_match=if_match)
            return change(twin)

        return begin

    def pending(self) -> PendingChanges:
        """What each instance lacks to be as the model wants it, and which action brings it. Emulator only.

        Raises:
            NotAnEmulatorError: The endpoint is Azure, which does not tell.
            NotFoundError: There is no such scale set.
        """
        return self._emulated.pending()

    def decision_log(self, since: int = 0) -> list[Decision]:
        """What the upgrade machinery decided, and why. Emulator only.

        Args:
            since: Only what came after the entry of that number (``seq``).

        Raises:
            NotAnEmulatorError: The endpoint is Azure, which keeps no such log.
            NotFoundError: There is no such scale set.
        """
        return self._emulated.decisions(since)

    @property
    def _emulated(self) -> EmulatedScaleSet:
        from vmss_sdk.handles._control import place_of
        from vmss_sdk.handles.emulator import EmulatedScaleSet

        return EmulatedScaleSet(self._connection, place_of(self.id))

    @property
    def rolling_upgrade(self) -> RollingUpgrade:
        """The rolling upgrade of this scale set: its state, cancel, start."""
        return RollingUpgrade(self._connection, self.id)

    @property
    def extensions(self) -> Extensions[models.VirtualMachineScaleSetExtension]:
        """The extensions of this scale set's model; sends nothing."""
        return Extensions(self._connection, self, models.VirtualMachineScaleSetExtension)

    def instance(self, instance_id: str) -> Instance:
        """A handle for one instance; sends nothing.

        Args:
            instance_id: A decimal number as text in Uniform scale sets, the name of the virtual machine in
                Flexible ones.

        Raises:
            ClientUsageError: The id is no str, or empty.
        """
        return Instance(self._connection, self, instance_id)

    def instances(
        self, *, filter: str | None = None, select: str | None = None, expand: str | None = None
    ) -> Iterator[models.VirtualMachineScaleSetVM]:
        """The instances; pages are followed as they are reached.

        Args:
            filter: An OData filter, for example ``properties/latestModelApplied eq false``.
            select: Which members to return, for example ``instanceView``.
            expand: ``instanceView`` for power and health.

        Raises:
            NotFoundError: There is no such scale set.
        """
        query = {"$filter": filter, "$select": select, "$expand": expand}
        return self._list(models.VirtualMachineScaleSetVM, "virtualMachines", query)

    def instance_summaries(self, *, filter: str | None = None) -> list[InstanceSummary]:
        """The few facts about every instance that decisions over a fleet need, in a fraction of the time.

        Args:
            filter: An OData filter, for example ``properties/latestModelApplied eq false``.

        Raises:
            NotFoundError: There is no such scale set.
            DecodeError: An answer is no list of instances.
        """
        return self._summaries(self._url("virtualMachines", {"$filter": filter, "$expand": "instanceView"}))

    def wait_until_healthy(
        self, ids: Sequence[str] | None = None, *, timeout: float = 1800.0, interval: float = 5.0
    ) -> list[InstanceSummary]:
        """Wait until instances are through with their last change and healthy.

        Args:
            ids: Which, in a Flexible scale set by name; by default all but those that are stopped or deallocated.
            timeout: Seconds by the client's clock.
            interval: Seconds between two looks.

        Returns:
            The instances, all of them healthy.

        Raises:
            UnhealthyError: Some were not in time; ``states`` says which, and how they are.
            ClientUsageError: There is no such instance, or nothing tells whether instances are healthy.
            NotFoundError: There is no such scale set.
        """
        from vmss_sdk.handles._waits import PollingSchedule, require_health_source, until_healthy

        schedule = PollingSchedule(timeout, interval, self._connection.clock)
        chosen = None if ids is None else instance_ids(ids)
        model = self.get()
        require_health_source(self.name, model)
        read = self.machine_summaries if model.orchestration_mode == "Flexible" else self.instance_summaries
        return until_healthy(self.name, read, chosen, schedule)

    def machine_summaries(self) -> list[InstanceSummary]:
        """As `instance_summaries`, for a Flexible scale set, whose own list tells names alone.

        They are read from the virtual machines of the resource group, which tell power, health and image; nothing
        tells there whether they have the latest model.

        Raises:
            DecodeError: An answer is no list of virtual machines.
        """
        group = self.id.partition("/virtualMachineScaleSets/")[0]
        query = {"$filter": f"'virtualMachineScaleSet/id' eq '{self.id}'", "$expand": "instanceView"}
        return self._summaries(self._connection.url(f"{group}/virtualMachines", query))

    def _summaries(self, url: str) -> list[InstanceSummary]:
        summaries: list[InstanceSummary] = []
        following: str | None = url
        while following:
            page, following = self._summary_page(following)
            summaries += page
        return summaries

    def _summary_page(self, url: str) -> tuple[list[InstanceSummary], str | None]:
        from vmss_sdk.models import decode_summaries

        answer = self._connection.call("GET", url)
        try:
            return decode_summaries(answer.response.body)
        except ValueError as error:
            raise DecodeError(f"GET {self.id}/virtualMachines: the answer is no list of instances: {error}") from None

    def reimage(
        self,
        instances: Instances,
        *,
        temp_disk: bool | None = None,
        exact_version: str | None = None,
        os_profile: models.OSProfileProvisioningData | None = None,
        force_update_os_disk_for_ephemeral: bool | None = None,
    ) -> Operation[None]:
        """Put new OS disks under instances, all at once, with the model's OS profile and custom data.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.
            temp_disk: Only for ephemeral OS disks: whether the temporary disk is made new as well.
            exact_version: The image version to use.
            os_profile: Password and custom data for persistent OS disks.
            force_update_os_disk_for_ephemeral: Whether ephemeral OS disks move to the version in the model.

        Raises:
            ClientUsageError: No instances were named.
            InvalidRequestError: There is no instance of such an id.
            OperationNotAllowedError: A named instance is protected, or a rolling upgrade is running.
        """
        options = models.VirtualMachineScaleSetReimageParameters(
            temp_disk=temp_disk,
            exact_version=exact_version,
            os_profile=os_profile,
            force_update_os_disk_for_ephemeral=force_update_os_disk_for_ephemeral,
        )
        return self._on(_REIMAGE, instances, options=options.wire)

    def reimage_all(self, instances: Instances) -> Operation[None]:
        """Reimage all disks of instances, data disks included. For all instances: ``reimage_all(ALL_INSTANCES)``.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.

        Raises:
            ClientUsageError: No instances were named.
        """
        return self._on(_REIMAGE_ALL, instances)

    def upgrade_instances(self, instances: Instances) -> Operation[None]:
        """Bring instances to the current model (the wire's ``manualupgrade``).

        Args:
            instances: Ids, or ``ALL_INSTANCES``.

        Raises:
            ClientUsageError: No instances were named.
            OperationNotAllowedError: A named instance is protected, or a rolling upgrade is running.
        """
        return self._on(_MANUAL_UPGRADE, instances)

    def start(self, instances: Instances) -> Operation[None]:
        """Start instances.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.

        Raises:
            ClientUsageError: No instances were named.
        """
        return self._on(_START, instances)

    def restart(self, instances: Instances) -> Operation[None]:
        """Restart instances, all at once.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.

        Raises:
            ClientUsageError: No instances were named.
        """
        return self._on(_RESTART, instances)

    def redeploy(self, instances: Instances) -> Operation[None]:
        """Move instances to other hosts, all at once; what is on their temporary disks is lost.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.

        Raises:
            ClientUsageError: No instances were named.
            InvalidRequestError: There is no instance of such an id.
            OperationNotAllowedError: A named instance is protected or deallocated.
        """
        return self._on(_REDEPLOY, instances)

    def perform_maintenance(self, instances: Instances) -> Operation[None]:
        """Do planned maintenance of instances now instead of when Azure would.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.

        Raises:
            ClientUsageError: No instances were named.
            OperationNotAllowedError: No maintenance is planned, or the subscription may not; in the emulator always.
        """
        return self._on(_PERFORM_MAINTENANCE, instances)

    def power_off(self, instances: Instances, *, skip_shutdown: bool | None = None) -> Operation[None]:
        """Stop instances; they go on costing money.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.
            skip_shutdown: Whether to switch them off without a graceful shutdown.

        Raises:
            ClientUsageError: No instances were named.
        """
        return self._on(_POWER_OFF, instances, query={"skipShutdown": skip_shutdown})

    def deallocate(self, instances: Instances, *, hibernate: bool | None = None) -> Operation[None]:
        """Stop instances and give their hardware back.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.
            hibernate: Whether to keep their memory on disk.

        Raises:
            ClientUsageError: No instances were named.
        """
        return self._on(_DEALLOCATE, instances, query={"hibernate": hibernate})

    def delete_instances(self, instances: Instances, *, force: bool | None = None) -> Operation[None]:
        """Delete instances; the capacity goes down by their number.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.
            force: Whether to delete them without waiting for their shutdown.

        Raises:
            ClientUsageError: No instances were named.
            OperationNotAllowedError: A named instance is protected.
        """
        return self._on(_DELETE_INSTANCES, instances, query={"forceDeletion": force})

    def _on(
        self,
        verb: Verb,
        instances: Instances,
        *,
        options: dict[str, Any] | None = None,
        query: Query | None = None,
    ) -> Operation[None]:
        body = {**(options or {}), **instance_body(verb, instances)}
        return self._start(verb, body=body or None, query=query)
