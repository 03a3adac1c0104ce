"""The resiliency policy of a scale set."""

from vmss_sdk.models._base import Model, boolean, choice, integer, nested
from vmss_sdk.models.enums import RebalanceBehavior, RebalanceStrategy


class ResilientVMCreationPolicy(Model):
    """Whether instances that fail to be made are tried again; default false."""

    enabled: bool | None = boolean("enabled", default=None)


class ResilientVMDeletionPolicy(Model):
    """Whether failed deletions of instances are tried again; default false."""

    enabled: bool | None = boolean("enabled", default=None)


class AutomaticZoneRebalancingPolicy(Model):
    """Whether and how instances are spread over the zones again; default false."""

    enabled: bool | None = boolean("enabled", default=None)
    rebalance_strategy: RebalanceStrategy | str | None = choice("rebalanceStrategy", RebalanceStrategy, default=None)
    rebalance_behavior: RebalanceBehavior | str | None = choice("rebalanceBehavior", RebalanceBehavior, default=None)


class MaxInstancePercentPerZonePolicy(Model):
    """The largest share of instances in one zone.

    Attributes:
        enabled: Whether the limit holds.
        value: Share of the capacity, in percent.
    """

    enabled: bool | None = boolean("enabled", default=None)
    value: int | None = integer("value", default=None)


class ZoneAllocationPolicy(Model):
    """How many zones are used, and how many instances each may hold."""

    max_zone_count: int | None = integer("maxZoneCount", default=None)
    max_instance_percent_per_zone_policy: MaxInstancePercentPerZonePolicy | None = nested(
        "maxInstancePercentPerZonePolicy", MaxInstancePercentPerZonePolicy, default=None
    )


class RestartRecoveryPolicy(Model):
    """Whether a failed restart is tried again."""

    enabled: bool | None = boolean("enabled", default=None)


class StartRecoveryPolicy(Model):
    """Whether a failed start is tried again."""

    enabled: bool | None = boolean("enabled", default=None)


class ReimageRecoveryPolicy(Model):
    """Whether a failed reimage is tried again."""

    enabled: bool | None = boolean("enabled", default=None)


class OperationRecoverySettings(Model):
    """Which failed operations on instances are tried again."""

    restart_recovery_policy: RestartRecoveryPolicy | None = nested(
        "restartRecoveryPolicy", RestartRecoveryPolicy, default=None
    )
    start_recovery_policy: StartRecoveryPolicy | None = nested("startRecoveryPolicy", StartRecoveryPolicy, default=None)
    reimage_recovery_policy: ReimageRecoveryPolicy | None = nested(
        "reimageRecoveryPolicy", ReimageRecoveryPolicy, default=None
    )


class ResiliencyPolicy(Model):
    """How a scale set deals with failed creations, deletions and operations, and with zones out of balance."""

    resilient_vm_creation_policy: ResilientVMCreationPolicy | None = nested(
        "resilientVMCreationPolicy", ResilientVMCreationPolicy, default=None
    )
    resilient_vm_deletion_policy: ResilientVMDeletionPolicy | None = nested(
        "resilientVMDeletionPolicy", ResilientVMDeletionPolicy, default=None
    )
    automatic_zone_rebalancing_policy: AutomaticZoneRebalancingPolicy | None = nested(
        "automaticZoneRebalancingPolicy", AutomaticZoneRebalancingPolicy, default=None
    )
    zone_allocation_policy: ZoneAllocationPolicy | None = nested(
        "zoneAllocationPolicy", ZoneAllocationPolicy, default=None
    )
    operation_recovery_settings: OperationRecoverySettings | None = nested(
        "operationRecoverySettings", OperationRecoverySettings, default=None
    )
