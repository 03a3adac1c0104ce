"""Platform verbs of a scale set: OS upgrades, hooks, repairs, placement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk import models
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._resource import Resource, Verb
from vmss_sdk.handles._selection import Instances, instance_body
from vmss_sdk.handles.lifecycle_hook_event import LifecycleHookEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vmss_sdk.operation import Operation

__all__ = ["PlatformVerbs"]

_APPROVE = Verb("approveRollingUpgrade")
_SET_SERVICE_STATE = Verb("setOrchestrationServiceState")
_MIGRATE = Verb("migrateVMAvailabilityZone", names_all=True)
_REAPPLY = Verb("reapply")
_SCALE_OUT = Verb("scaleOut")


class PlatformVerbs(Resource):
    """The part of a scale set's verbs that is about the platform's own work."""

    __slots__ = ()

    def os_upgrade_history(self) -> Iterator[models.UpgradeOperationHistoricalStatusInfo]:
        """The last five OS image upgrades, the newest first (semantics 4.8); pages are followed.

        Raises:
            NotFoundError: There is no such scale set.
        """
        return self._list(models.UpgradeOperationHistoricalStatusInfo, "osUpgradeHistory")

    def approve_rolling_upgrade(self, instances: Instances) -> Operation[None]:
        """Let OS upgrades go on that wait for approval, where the policy defers them (semantics 4.9).

        The operation ends when that is noted; `rolling_upgrade` shows the upgrade that follows.

        Args:
            instances: Ids, or ``ALL_INSTANCES``; those that wait for nothing are passed over.

        Raises:
            ClientUsageError: No instances were named.
            InvalidRequestError: There is no instance of such an id.
            OperationNotAllowedError: A named instance is protected, or a rolling upgrade is running.
        """
        return self._start(_APPROVE, body=instance_body(_APPROVE, instances) or None)

    def lifecycle_hook_events(self) -> Iterator[LifecycleHookEvent]:
        """What automatic OS upgrades ask before they go on, also what is answered; pages are followed.

        ::

            for event in web.lifecycle_hook_events():
                if event.listed and event.listed.state == "Active":
                    event.approve(ALL_INSTANCES)

        Raises:
            NotFoundError: There is no such scale set.
        """
        listed = self._list(models.VMScaleSetLifecycleHookEvent, "lifecycleHookEvents")
        return (LifecycleHookEvent(self._connection, self, event.name or "", event) for event in listed)

    def lifecycle_hook_event(self, name: str) -> LifecycleHookEvent:
        """A handle for a lifecycle hook event; sends nothing.

        Raises:
            ClientUsageError: The name is empty or holds a slash.
        """
        return LifecycleHookEvent(self._connection, self, name)

    def set_orchestration_service_state(
        self, service: models.OrchestrationServiceNames | str, action: models.OrchestrationServiceStateAction | str
    ) -> Operation[None]:
        """Suspend or resume something that the platform does by itself.

        ``instance_view().orchestration_services`` shows the state.

        Args:
            service: Automatic repairs or zone rebalancing; the emulator knows only the first.
            action: Suspend or Resume.

        Raises:
            InvalidRequestError: There is no such service or action.
            OperationNotAllowedError: The scale set has the service not enabled.
        """
        body = models.OrchestrationServiceStateInput(service_name=service, action=action)
        return self._start(_SET_SERVICE_STATE, body=body.wire)

    def suspend_repairs(self) -> Operation[None]:
        """Suspend automatic repairs, for example during maintenance.

        Raises:
            OperationNotAllowedError: Automatic repairs are not enabled.
        """
        return self.set_orchestration_service_state(
            models.OrchestrationServiceNames.AUTOMATIC_REPAIRS, models.OrchestrationServiceStateAction.SUSPEND
        )

    def resume_repairs(self) -> Operation[None]:
        """Resume automatic repairs, also after the platform suspended them for repairs that did not help.

        Raises:
            OperationNotAllowedError: Automatic repairs are not enabled.
        """
        return self.set_orchestration_service_state(
            models.OrchestrationServiceNames.AUTOMATIC_REPAIRS, models.OrchestrationServiceStateAction.RESUME
        )

    def walk_update_domain(
        self, domain: int, *, zone: str | None = None, placement_group_id: str | None = None
    ) -> models.RecoveryWalkResponse:
        """Force a stuck Service Fabric cluster on through an update domain; `next_platform_update_domain` is next.

        Args:
            domain: The update domain, from 0.
            zone: In a zonal scale set, the zone.
            placement_group_id: The placement group, where there are several.

        Raises:
            ClientUsageError: The domain is no whole number of at least 0.
            InvalidRequestError: There is no such update domain.
        """
        if type(domain) is not int or domain < 0:
            raise ClientUsageError(f"domain must be a whole number >= 0, got {domain!r}")
        query = {"platformUpdateDomain": domain, "zone": zone, "placementGroupId": placement_group_id}
        url = self._url("forceRecoveryServiceFabricPlatformUpdateDomainWalk", query)
        return models.RecoveryWalkResponse.from_wire(self._connection.call("POST", url).document)

    def convert_to_single_placement_group(self, *, active_placement_group_id: str | None = None) -> None:
        """Put all instances into one placement group, which no update of the model can do (semantics 1.6.29).

        Args:
            active_placement_group_id: The placement group that is kept; by default the service chooses.

        Raises:
            OperationNotAllowedError: There are more than 100 instances.
        """
        body = models.VMScaleSetConvertToSinglePlacementGroupInput(active_placement_group_id=active_placement_group_id)
        self._connection.call("POST", self._url("convertToSinglePlacementGroup", None), body=body.wire)

    def reapply(self) -> Operation[None]:
        """Send all instances the model that they have once more, to get them out of a failed state.

        It brings no newer model: that is `upgrade_instances`.
        """
        return self._start(_REAPPLY)

    def scale_out(self, count: int, *, zone: str | None = None) -> Operation[None]:
        """Add instances of the newest model; unlike `set_capacity` it can choose the zone, and starts no upgrade.

        Args:
            count: How many more.
            zone: Where they are made; by default where the fewest are.

        Raises:
            ClientUsageError: The count is no whole number of at least 1.
            InvalidRequestError: The scale set is not in that zone.
            OperationNotAllowedError: There would be too many, or the quota has no room for them.
        """
        if type(count) is not int or count < 1:
            raise ClientUsageError(f"count must be a whole number >= 1, got {count!r}")
        return self._start(_SCALE_OUT, body=models.VMScaleSetScaleOutInput(capacity=count, zone=zone).wire)

    def migrate_zone(self, instances: Instances, *, zone: str | None = None) -> Operation[None]:
        """Move instances to another availability zone of the scale set (API version 2026-04-01).

        Those that are there already are passed over. An instance is down while it moves, and keeps its disks except
        the temporary one.

        Args:
            instances: Ids, or ``ALL_INSTANCES``.
            zone: Where to; by default the service chooses for each another zone than its own.

        Raises:
            ClientUsageError: No instances were named.
            InvalidRequestError: The scale set is not in that zone, or there is no instance of such an id.
            OperationNotAllowedError: A named instance is protected, or a rolling upgrade is running.
        """
        named = instance_body(_MIGRATE, instances)["instanceIds"]
        body = models.MigrateVMAvailabilityZoneInput(instance_ids=named, target_zone=zone)
        return self._start(_MIGRATE, body=body.wire)
