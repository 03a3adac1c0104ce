"""The upgrade policy of a scale set."""

from datetime import timedelta

from vmss_sdk.models._base import Model, boolean, choice, duration, integer, nested
from vmss_sdk.models.enums import UpgradeMode


class RollingUpgradePolicy(Model):
    """The batches, gates and pauses of a rolling upgrade (semantics 2.3).

    Attributes:
        max_batch_instance_percent: Largest share of all instances that one batch upgrades, in percent:
            5 to 100, default 20; rounded down, at least one instance. A batch may be smaller when other
            instances are unhealthy.
        max_unhealthy_instance_percent: Largest share of all instances that may be unhealthy, whether by the
            upgrade or before it, in percent: 5 to 100, default 20. Checked before the first and before every
            further batch; the upgrade stops when the share is greater.
        max_unhealthy_upgraded_instance_percent: Largest share of the upgraded instances that may be
            unhealthy, in percent: 0 to 100, default 20. Checked after each batch; the upgrade stops when the
            share is greater.
        pause_time_between_batches: Wait between the end of a batch and the start of the next. At least zero,
            default zero (``PT0S``).
        enable_cross_zone_upgrade: Whether a batch may hold instances of several zones. Only for zonal scale
            sets; default false.
        prioritize_unhealthy_instances: Whether all unhealthy instances are upgraded before any healthy one;
            default false.
        rollback_failed_instances_on_policy_breach: Whether failed instances return to their previous model
            when a limit stops the upgrade. Uniform only; default false.
        max_surge: Whether each batch makes new instances and deletes the old ones, instead of upgrading in
            place. Overprovisioning must be off; default false (semantics 2.6).
    """

    max_batch_instance_percent: int | None = integer("maxBatchInstancePercent", default=None)
    max_unhealthy_instance_percent: int | None = integer("maxUnhealthyInstancePercent", default=None)
    max_unhealthy_upgraded_instance_percent: int | None = integer("maxUnhealthyUpgradedInstancePercent", default=None)
    pause_time_between_batches: timedelta | None = duration("pauseTimeBetweenBatches", default=None)
    enable_cross_zone_upgrade: bool | None = boolean("enableCrossZoneUpgrade", default=None)
    prioritize_unhealthy_instances: bool | None = boolean("prioritizeUnhealthyInstances", default=None)
    rollback_failed_instances_on_policy_breach: bool | None = boolean(
        "rollbackFailedInstancesOnPolicyBreach", default=None
    )
    max_surge: bool | None = boolean("maxSurge", default=None)


class AutomaticOSUpgradePolicy(Model):
    """Whether and how new OS images reach the instances by themselves (semantics 4).

    Attributes:
        enable_automatic_os_upgrade: Whether a newer image is rolled out to all instances when it appears;
            default false. On Windows it turns ``enable_automatic_updates`` off.
        disable_automatic_rollback: Whether an instance that is unhealthy after the upgrade keeps its new OS
            disk; default false, the old disk is put back.
        use_rolling_upgrade_policy: Whether the rolling upgrade policy is used; default false. The service's
            default policy is used when the scale set has none.
        os_rolling_upgrade_deferral: Whether each instance is first told by the metadata tag
            ``Platform.PendingOSUpgrade`` and waits for an approval (semantics 4.9); default false.
    """

    enable_automatic_os_upgrade: bool | None = boolean("enableAutomaticOSUpgrade", default=None)
    disable_automatic_rollback: bool | None = boolean("disableAutomaticRollback", default=None)
    use_rolling_upgrade_policy: bool | None = boolean("useRollingUpgradePolicy", default=None)
    os_rolling_upgrade_deferral: bool | None = boolean("osRollingUpgradeDeferral", default=None)


class UpgradePolicy(Model):
    """How a change of the scale set's model reaches existing instances.

    Attributes:
        mode: Automatic (all at once), Manual (only when asked) or Rolling (in batches, gated by health).
            Default Manual; the case does not matter (semantics 2.0.1).
        rolling_upgrade_policy: Batches, gates and pauses. Rolling mode, automatic OS upgrades and automatic
            extension upgrades use it, whatever the mode is (semantics 2.0.2). It cannot be removed once set
            (semantics 1.6.30).
        automatic_os_upgrade_policy: Whether new OS images reach the instances by themselves; independent of
            the mode (semantics 4.1).
    """

    mode: UpgradeMode | str | None = choice("mode", UpgradeMode, default=None)
    rolling_upgrade_policy: RollingUpgradePolicy | None = nested(
        "rollingUpgradePolicy", RollingUpgradePolicy, default=None
    )
    automatic_os_upgrade_policy: AutomaticOSUpgradePolicy | None = nested(
        "automaticOSUpgradePolicy", AutomaticOSUpgradePolicy, default=None
    )
