"""In which order a rolling upgrade takes instances, and where its batches end (semantics 2.4.19 to 2.4.21)."""

from __future__ import annotations

from collections.abc import Iterable

from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.model.rolling_policy import RollingPolicy
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.rolling_upgrade import BatchKey

__all__ = ["in_order", "is_skipped"]

_LAST_PHASE = float("inf")


def in_order(scale_set: Aggregate, policy: RollingPolicy, found: Iterable[Instance]) -> list[tuple[BatchKey, str]]:
    """The instances' ids with their cells. CHOICE: zones by number, domains 0-4, ids ascending (S4)."""
    keyed = [(_batch_key(scale_set, policy, instance), _rank(instance.id), instance.id) for instance in found]
    return [(key, instance_id) for key, _, instance_id in sorted(keyed)]


def is_skipped(scale_set: Aggregate, instance: Instance) -> bool:
    """Whether the application asks to leave this instance out (rule 19)."""
    return bool(_metrics(scale_set, instance).get("SkipUpgrade"))


def _batch_key(scale_set: Aggregate, policy: RollingPolicy, instance: Instance) -> BatchKey:
    phase = float(str(_metrics(scale_set, instance).get("PhaseOrderingNumber", _LAST_PHASE)))
    priority = 0 if policy.prioritize_unhealthy and instance.unhealthy else 1
    zone = "" if policy.cross_zone else instance.zone or ""
    return phase, priority, zone, _domain(scale_set, instance)


def _domain(scale_set: Aggregate, instance: Instance) -> int:
    """Uniform: the update domain. Flexible has none: with several fault domains, that (rule 21)."""
    if not scale_set.settings.respect_update_domains:
        return 0
    if instance.update_domain is not None:
        return instance.update_domain
    return instance.fault_domain or 0


def _metrics(scale_set: Aggregate, instance: Instance) -> dict[str, object]:
    """CHOICE: only a healthy instance's custom metrics are read, and only rich health has them (rule 19)."""
    source = scale_set.version(instance.applied).health_source
    if source is None or not source.rich or instance.health is not HealthState.HEALTHY:
        return {}
    return instance.custom_metrics


def _rank(instance_id: str) -> tuple[int, str]:
    return (int(instance_id), "") if instance_id.isdecimal() else (0, instance_id)
