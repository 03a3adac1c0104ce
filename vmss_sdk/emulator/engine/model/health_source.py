"""The health source of a model's instances (semantics 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.extensions import Extension, is_health_extension
from vmss_sdk.emulator.engine.model.health_settings import whole_number

__all__ = ["HealthSource", "has_health_probe", "health_source", "source_problems"]


@attrs.frozen
class HealthSource:
    """Where the health of instances is read (semantics 3.1).

    Attributes:
        kind: ``probe`` (load balancer) or ``extension`` (Application Health).
        interval: Seconds between two readings.
        readings: How many equal readings change the state.
        rich: Whether it knows rich states: Initializing, Unknown, custom metrics (semantics 3.5).
        protocol: ``http``, ``https`` or ``tcp``.
        grace: Seconds that an instance may initialize.
    """

    kind: str
    interval: float
    readings: int
    rich: bool = False
    protocol: str = "http"
    grace: float = 0.0

    @property
    def settle(self) -> float:
        """Seconds until a started instance has its first state."""
        return self.interval * self.readings


def health_source(profile: dict[str, Any], extensions: Iterable[Extension]) -> HealthSource | None:
    """The one source that the health of instances with this profile is read from; None: there is none."""
    for extension in extensions:
        if is_health_extension(extension):
            return _extension_source(extension)
    # CHOICE: a probe is only known by its id; 15 s is the load balancer's usual interval.
    return HealthSource("probe", 15.0, 1) if has_health_probe(profile) else None


def source_problems(profile: dict[str, object], *, flexible: bool, feature: str) -> list[Failure]:
    """What speaks against the profile's health source for a feature that needs one (semantics 2.3.16 b-d)."""
    extensions = profile.get("extensionProfile", {})
    items = extensions.get("extensions", []) if isinstance(extensions, dict) else []
    probe, extension = has_health_probe(profile), any(is_health_extension(item) for item in items)
    facts = {"feature": feature, "target": "properties.upgradePolicy.mode"}
    if probe and extension:
        return [Failure(Reason.HEALTH_SOURCE_TWICE, facts)]
    if flexible and probe:
        return [Failure(Reason.FLEXIBLE_NEEDS_EXTENSION, facts)]
    return [] if probe or extension else [Failure(Reason.HEALTH_SOURCE_MISSING, facts)]


def _extension_source(extension: dict[str, Any]) -> HealthSource:
    """Source: semantics 3.2, 3.3; rich states came with version 2."""
    settings = get_path(extension, "properties.settings", {})
    interval = whole_number(settings.get("intervalInSeconds")) or 5
    probes = whole_number(settings.get("numberOfProbes")) or 1
    return HealthSource(
        "extension",
        float(interval),
        probes,
        rich=not str(get_path(extension, "properties.typeHandlerVersion", "1.0")).startswith("1"),
        protocol=str(settings.get("protocol", "http")).lower(),
        grace=float(whole_number(settings.get("gracePeriod")) or interval * probes),
    )


def has_health_probe(profile: dict[str, Any]) -> bool:
    """Whether the network profile names a load balancer's health probe (one that merely exists does not count)."""
    return bool(get_path(profile, "networkProfile.healthProbe.id"))
