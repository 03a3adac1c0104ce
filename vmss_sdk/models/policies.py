"""Scaling, repair, Spot and external-health policies of a scale set."""

from collections.abc import Sequence
from datetime import timedelta

from vmss_sdk.models._base import Model, boolean, choice, choices, duration, integer
from vmss_sdk.models.enums import RepairAction, VirtualMachineScaleSetScaleInRules


class ScaleInPolicy(Model):
    """Which instances go first on scale-in (semantics 7.6).

    Attributes:
        rules: Default, OldestVM or NewestVM.
        force_deletion: Whether instances are deleted by force.
        prioritize_unhealthy_vms: Whether unhealthy and stopped instances go first.
    """

    rules: Sequence[VirtualMachineScaleSetScaleInRules | str] | None = choices(
        "rules", VirtualMachineScaleSetScaleInRules, default=None
    )
    force_deletion: bool | None = boolean("forceDeletion", default=None)
    prioritize_unhealthy_vms: bool | None = boolean("prioritizeUnhealthyVMs", default=None)


class AutomaticRepairsPolicy(Model):
    """Whether and how unhealthy instances are repaired (semantics 3.11).

    Attributes:
        enabled: Default false. Needs a health source.
        grace_period: How long after a state change no repair begins: 10 to 90 minutes, default 10.
        repair_action: Replace (default), Restart or Reimage.
    """

    enabled: bool | None = boolean("enabled", default=None)
    grace_period: timedelta | None = duration("gracePeriod", default=None)
    repair_action: RepairAction | str | None = choice("repairAction", RepairAction, default=None)


class PriorityMixPolicy(Model):
    """How a Flexible Spot scale set mixes regular and Spot instances.

    Attributes:
        base_regular_priority_count: How many regular instances come first.
        regular_priority_percentage_above_base: Share of regular instances beyond these, in percent.
    """

    base_regular_priority_count: int | None = integer("baseRegularPriorityCount", default=None)
    regular_priority_percentage_above_base: int | None = integer("regularPriorityPercentageAboveBase", default=None)


class SpotRestorePolicy(Model):
    """Whether evicted Spot instances are tried again.

    Attributes:
        enabled: Whether they are.
        restore_timeout: After which time the platform gives up, for example ``PT1H``.
    """

    enabled: bool | None = boolean("enabled", default=None)
    restore_timeout: timedelta | None = duration("restoreTimeout", default=None)


class ExternalHealthPolicy(Model):
    """That the health of instances is reported from outside, not by a probe or an extension.

    Attributes:
        enabled: Default false; not together with another health source.
        expiry_duration: How long a report counts: 5 minutes to 3 hours. Health is unknown afterwards.
        grace_period: How long a new instance may go without a report: 5 minutes to 4 hours.
    """

    enabled: bool | None = boolean("enabled", default=None)
    expiry_duration: timedelta | None = duration("expiryDuration", default=None)
    grace_period: timedelta | None = duration("gracePeriod", default=None)
