"""What a forecast takes for granted: how long things take, and what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.platform.faults import (
    ProvisioningFailure,
    QuotaExhausted,
    UnhealthyAfterUpgrade,
    ZoneDown,
)
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.errors import ClientUsageError

__all__ = ["Assumptions"]


@attrs.frozen(kw_only=True)
class Assumptions:
    """What is assumed; by default that nothing goes wrong, and the emulator's table of durations.

    Attributes:
        boot: Seconds, from and to, in which an instance comes up from a fresh OS disk; None: the table's.
        jitter: Each other duration varies by up to this fraction, up and down.
        durations: Seconds by the names of the table (``extension``, ``restart``, ``batch`` …), in place of its own.
        unhealthy_rate: The chance of each instance to be unhealthy once it was upgraded, 0 to 1.
        failure_rate: The chance of each instance that its provisioning fails, 0 to 1.
        bad_image: Whether every upgraded instance is unhealthy.
        zone_lost: A zone whose instances are unhealthy, and that takes no new ones.
        quota_left: For how many more instances the quota has room; None: for as many as are wanted.

    Raises:
        ClientUsageError: A value can never be.
    """

    boot: tuple[float, float] | None = None
    jitter: float = 0.25
    durations: Mapping[str, float] = attrs.field(factory=dict)
    unhealthy_rate: float = 0.0
    failure_rate: float = 0.0
    bad_image: bool = False
    zone_lost: str | None = None
    quota_left: int | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("unhealthy_rate", "failure_rate"):
            if not 0 <= getattr(self, name) <= 1:
                raise ClientUsageError(f"{name} is {getattr(self, name)!r}: expected a chance from 0 to 1")
        if self.boot is not None and not 0 < self.boot[0] <= self.boot[1]:
            raise ClientUsageError(f"boot is {self.boot!r}: expected seconds > 0, from and to")
        if self.quota_left is not None and self.quota_left < 0:
            raise ClientUsageError(f"quota_left is {self.quota_left}: expected at least 0")
        unknown = set(self.durations) - {field.name for field in attrs.fields(Timings)}
        if unknown:
            raise ClientUsageError(f"durations has no '{min(unknown)}': see vmss_sdk.emulator's Timings for the names")
        try:
            self.timings()
        except (TypeError, ValueError) as error:
            raise ClientUsageError(f"durations: {error}") from None

    def timings(self) -> Timings:
        """The durations of a story."""
        boot = {} if self.boot is None else {"boot_from": self.boot[0], "boot_to": self.boot[1]}
        return Timings(**{"jitter": self.jitter, **boot, **self.durations})

    def set_up(self, scale_set: ScaleSet) -> list[str]:
        """Let what is the same in all stories be so, before the change.

        Returns:
            What has no effect here, in sentences.
        """
        faults = scale_set.faults.items
        notes = []
        if self.quota_left is not None:
            faults.append(QuotaExhausted(left=self.quota_left))
        if self.bad_image:
            faults.append(UnhealthyAfterUpgrade())
        if self.zone_lost is not None:
            notes += self._lose_zone(scale_set, self.zone_lost)
        needs_health = self.bad_image or self.unhealthy_rate or self.zone_lost is not None
        if needs_health and scale_set.latest.health_source is None:
            notes.append("The model has no health source: nobody would notice that an instance is unhealthy.")
        return notes

    def set_chances(self, scale_set: ScaleSet) -> None:
        """Let what differs from story to story go by chance, by the seed of the scale set's settings."""
        seed = scale_set.settings.seed
        if self.unhealthy_rate:
            scale_set.faults.items.append(_UnhealthyByChance(seed=seed, rate=self.unhealthy_rate))
        if self.failure_rate:
            scale_set.faults.items.append(_FailureByChance(seed=seed, rate=self.failure_rate))

    @staticmethod
    def _lose_zone(scale_set: ScaleSet, zone: str) -> list[str]:
        here = [instance for instance in scale_set.instances.values() if instance.zone == zone]
        if not here:
            return [f"No instance is in zone {zone}."]
        ids = tuple(instance.id for instance in here)
        scale_set.faults.items += [ZoneDown(zone=zone), UnhealthyAfterUpgrade(instance_ids=ids)]
        for instance in here:
            instance.forced_health = HealthState.UNHEALTHY
            if instance.health is not None:
                instance.health, instance.health_since = HealthState.UNHEALTHY, scale_set.now
        return []


@attrs.define(kw_only=True)
class _UnhealthyByChance(UnhealthyAfterUpgrade):
    """Hits each instance with the same chance, independently of the others; the same one always alike in a story."""

    seed: int
    rate: float

    def hits(self, instance_id: str) -> bool:
        return seeded_random.fraction(self.seed, "unhealthy", instance_id) < self.rate


@attrs.define(kw_only=True)
class _FailureByChance(ProvisioningFailure):
    """The same for provisioning."""

    seed: int
    rate: float

    def hits(self, instance_id: str) -> bool:
        return seeded_random.fraction(self.seed, "fails", instance_id) < self.rate
