"""Parameters and results of other actions on a scale set."""

from vmss_sdk.models._base import Model, boolean, choice, integer, text, texts
from vmss_sdk.models.enums import OrchestrationServiceNames, OrchestrationServiceStateAction


class VMScaleSetConvertToSinglePlacementGroupInput(Model):
    """Which placement group stays when a scale set is converted to a single one."""

    active_placement_group_id: str | None = text("activePlacementGroupId", default=None)


class OrchestrationServiceStateInput(Model, required=("serviceName", "action")):
    """What is asked of automatic repairs or of zone rebalancing."""

    service_name: OrchestrationServiceNames | str | None = choice(
        "serviceName", OrchestrationServiceNames, default=None
    )
    action: OrchestrationServiceStateAction | str | None = choice(
        "action", OrchestrationServiceStateAction, default=None
    )


class RecoveryWalkResponse(Model):
    """The answer of a forced recovery walk through the update domains of a Service Fabric scale set.

    Attributes:
        walk_performed: Whether the walk was done.
        next_platform_update_domain: The update domain that is next; absent after the last.
    """

    walk_performed: bool | None = boolean("walkPerformed", init=False)
    next_platform_update_domain: int | None = integer("nextPlatformUpdateDomain", init=False)


class VMScaleSetScaleOutInput(Model, required=("capacity",)):
    """How many instances are to be added, and where.

    Attributes:
        capacity: How many more; required.
        zone: The zone in which they are made.
    """

    capacity: int | None = integer("capacity", default=None)
    zone: str | None = text("properties.zone", default=None)


class MigrateVMAvailabilityZoneInput(Model):
    """Which instances are to be moved to which zone.

    Attributes:
        instance_ids: Required. Decimal numbers or names.
        target_zone: ``1``, ``2`` or ``3``; by default the platform chooses.
    """

    instance_ids: list[str] | None = texts("instanceIds", default=None)
    target_zone: str | None = text("targetZone", default=None)


class RetrieveBootDiagnosticsDataResult(Model):
    """Signed addresses of screenshot and serial log; who has one can read it, so they are never shown."""

    console_screenshot_blob_uri: str | None = text("consoleScreenshotBlobUri", init=False, secret=True)
    serial_console_log_blob_uri: str | None = text("serialConsoleLogBlobUri", init=False, secret=True)
