"""Rolling upgrades that run or ran."""

from datetime import datetime

from vmss_sdk.models._base import Model, choice, integer, nested, text, text_map, timestamp
from vmss_sdk.models.api_error import ApiError
from vmss_sdk.models.common import SystemData
from vmss_sdk.models.enums import (
    RollingUpgradeActionType,
    RollingUpgradeStatusCode,
    UpgradeOperationInvoker,
    UpgradeState,
)
from vmss_sdk.models.storage_profile import ImageReference
from vmss_sdk.models.upgrade_policy import RollingUpgradePolicy


class RollingUpgradeProgressInfo(Model):
    """How many instances a rolling upgrade has done and has still to do.

    Attributes:
        successful_instance_count: Upgraded and healthy.
        failed_instance_count: Upgrade failed, or not healthy in time.
        in_progress_instance_count: In the batch that runs now.
        pending_instance_count: Not begun.
    """

    successful_instance_count: int | None = integer("successfulInstanceCount", init=False)
    failed_instance_count: int | None = integer("failedInstanceCount", init=False)
    in_progress_instance_count: int | None = integer("inProgressInstanceCount", init=False)
    pending_instance_count: int | None = integer("pendingInstanceCount", init=False)


class RollingUpgradeRunningStatus(Model):
    """Where a rolling upgrade stands as a whole.

    Attributes:
        code: RollingForward, RollingBack, Cancelled, Completed or Faulted.
        start_time: When it began.
        last_action: The last thing that was asked of it: Start or Cancel.
        last_action_time: When that was asked.
    """

    code: RollingUpgradeStatusCode | str | None = choice("code", RollingUpgradeStatusCode, init=False)
    start_time: datetime | None = timestamp("startTime", init=False)
    last_action: RollingUpgradeActionType | str | None = choice("lastAction", RollingUpgradeActionType, init=False)
    last_action_time: datetime | None = timestamp("lastActionTime", init=False)


class RollingUpgradeStatusInfo(Model, required=("location",)):
    """The latest rolling upgrade of a scale set (semantics 2.7).

    Attributes:
        id: Null on Azure for this resource (semantics 2.7.48).
        name: Null on Azure for this resource.
        type: ``Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades``.
        system_data: Who made and changed it.
        tags: Names and values chosen by the customer.
        location: The region.
        policy: The policy as it was when this upgrade began.
        running_status: Where the upgrade stands.
        progress: How many instances are done.
        error: Why the upgrade stopped, with one detail per instance where instances are the reason.
    """

    id: str | None = text("id", init=False)
    name: str | None = text("name", init=False)
    type: str | None = text("type", init=False)
    system_data: SystemData | None = nested("systemData", SystemData, init=False)
    tags: dict[str, str] | None = text_map("tags", default=None)
    location: str | None = text("location", default=None)
    policy: RollingUpgradePolicy | None = nested("properties.policy", RollingUpgradePolicy, init=False)
    running_status: RollingUpgradeRunningStatus | None = nested(
        "properties.runningStatus", RollingUpgradeRunningStatus, init=False
    )
    progress: RollingUpgradeProgressInfo | None = nested("properties.progress", RollingUpgradeProgressInfo, init=False)
    error: ApiError | None = nested("properties.error", ApiError, init=False)


class UpgradeOperationHistoryStatus(Model):
    """Where one operating system upgrade of the past stood, and when it began and ended.

    Attributes:
        code: RollingForward, RollingBack, Cancelled, Completed or Faulted.
        start_time: When it began.
        end_time: When it ended, by the API's description.
        completed_time: When it ended, as Azure was recorded to say it (wire.md 3.24).
    """

    code: UpgradeState | str | None = choice("code", UpgradeState, init=False)
    start_time: datetime | None = timestamp("startTime", init=False)
    end_time: datetime | None = timestamp("endTime", init=False)
    completed_time: datetime | None = timestamp("completedTime", init=False)


class RollbackStatusInfo(Model):
    """How many failed instances got their previous OS disk back, and why that failed for others."""

    successfully_rolledback_instance_count: int | None = integer("successfullyRolledbackInstanceCount", init=False)
    failed_rolledback_instance_count: int | None = integer("failedRolledbackInstanceCount", init=False)
    rollback_error: ApiError | None = nested("rollbackError", ApiError, init=False)


class UpgradeOperationHistoricalStatusInfo(Model):
    """One of the last operating system upgrades of a scale set (semantics 4.8).

    Attributes:
        type: ``Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades``.
        location: The region.
        running_status: How it ended, or where it stands.
        progress: How many instances were done.
        error: Why it stopped.
        started_by: Unknown, User or Platform.
        target_image_reference: The image it was about to bring.
        rollback_info: What became of failed instances.
    """

    type: str | None = text("type", init=False)
    location: str | None = text("location", init=False)
    running_status: UpgradeOperationHistoryStatus | None = nested(
        "properties.runningStatus", UpgradeOperationHistoryStatus, init=False
    )
    progress: RollingUpgradeProgressInfo | None = nested("properties.progress", RollingUpgradeProgressInfo, init=False)
    error: ApiError | None = nested("properties.error", ApiError, init=False)
    started_by: UpgradeOperationInvoker | str | None = choice(
        "properties.startedBy", UpgradeOperationInvoker, init=False
    )
    target_image_reference: ImageReference | None = nested(
        "properties.targetImageReference", ImageReference, init=False
    )
    rollback_info: RollbackStatusInfo | None = nested("properties.rollbackInfo", RollbackStatusInfo, init=False)
