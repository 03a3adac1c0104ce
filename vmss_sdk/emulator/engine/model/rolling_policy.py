"""The rolling upgrade policy, as a snapshot that a rolling upgrade keeps (semantics 2.3, 2.4.17)."""

from typing import Any

import attrs

from vmss_sdk import wire

__all__ = ["RollingPolicy"]


@attrs.frozen(kw_only=True, hash=False)
class RollingPolicy:
    """The figures that govern one rolling upgrade.

    Attributes:
        max_batch_percent: Of all instances, how many are upgraded at once.
        max_unhealthy_percent: Of all instances, how many may be unhealthy.
        max_unhealthy_upgraded_percent: Of the upgraded instances, how many may have failed.
        pause: Seconds between two batches.
        cross_zone: Whether a batch may span zones.
        prioritize_unhealthy: Whether unhealthy instances go first.
        rollback_on_breach: Whether failed instances are put back when the upgrade stops for them (rule 30).
        max_surge: Whether new instances replace the old ones (semantics 2.6).
        document: The policy as the rolling upgrade's status shows it.
    """

    max_batch_percent: int
    max_unhealthy_percent: int
    max_unhealthy_upgraded_percent: int
    pause: float
    cross_zone: bool
    prioritize_unhealthy: bool
    rollback_on_breach: bool
    max_surge: bool
    document: dict[str, Any]

    @classmethod
    def of(cls, document: dict[str, Any]) -> "RollingPolicy":
        """The snapshot of a complete ``rollingUpgradePolicy``."""
        return cls(
            max_batch_percent=document["maxBatchInstancePercent"],
            max_unhealthy_percent=document["maxUnhealthyInstancePercent"],
            max_unhealthy_upgraded_percent=document["maxUnhealthyUpgradedInstancePercent"],
            pause=wire.parse_duration(document["pauseTimeBetweenBatches"]).total_seconds(),
            cross_zone=bool(document.get("enableCrossZoneUpgrade")),
            prioritize_unhealthy=bool(document.get("prioritizeUnhealthyInstances")),
            rollback_on_breach=bool(document.get("rollbackFailedInstancesOnPolicyBreach")),
            max_surge=bool(document.get("maxSurge")),
            document=dict(document),
        )

    def batch_size(self, instances: int) -> int:
        """How many of this many instances make the largest batch: rounded down, at least one (semantics 2.4.22)."""
        return max(1, instances * self.max_batch_percent // 100)
