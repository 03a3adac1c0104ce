"""The gates of a rolling upgrade: what may be unhealthy before, between and after batches (semantics 2.4)."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.guest import health
from vmss_sdk.emulator.engine.model.rolling_policy import RollingPolicy
from vmss_sdk.emulator.engine.platform.settings import Denominator
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import Figure

__all__ = ["GateResult", "health_gate", "shrink_batch", "upgraded_gate"]


@attrs.frozen(hash=False)
class GateResult:
    """What a gate says, and on which figures it rests.

    Attributes:
        figures: For the decision log.
        failure: Why the upgrade may not go on; None: it may.
    """

    figures: dict[str, Figure]
    failure: Failure | None = None


def health_gate(scale_set: Aggregate, policy: RollingPolicy, *, first: bool) -> GateResult:
    """Before each batch: not more than the allowed share of all instances is unhealthy (rules 18, 27)."""
    unhealthy, instances = health.count_unhealthy(scale_set)
    limit, share = policy.max_unhealthy_percent, percent(unhealthy, instances)
    figures: dict[str, Figure] = {"unhealthy": unhealthy, "instances": instances, "percent": share, "limit": limit}
    if unhealthy * 100 <= limit * instances:
        return GateResult(figures)
    reason = Reason.UNHEALTHY_BEFORE_UPGRADE if first else Reason.UNHEALTHY_IN_UPGRADE
    facts = {"percent": share, "limit": limit}
    return GateResult(figures, Failure(reason, facts, health.unhealthy_details(scale_set)))


def upgraded_gate(
    scale_set: Aggregate, policy: RollingPolicy, succeeded: int, failures: dict[str, Failure]
) -> GateResult:
    """After each batch: not more than the allowed share of the upgraded instances failed (rule 26, decision C4)."""
    failed, limit = len(failures), policy.max_unhealthy_upgraded_percent
    whole = succeeded + failed
    if scale_set.settings.upgraded_denominator is Denominator.ALL:
        whole = max(whole, sum(instance.counts for instance in scale_set.instances.values()))
    share = percent(failed, whole)
    figures: dict[str, Figure] = {"failed": failed, "upgraded": whole, "percent": share, "limit": limit}
    if failed * 100 <= limit * whole:
        return GateResult(figures)
    facts = {"percent": share, "limit": limit, "first_failed": next(iter(failures))}
    return GateResult(figures, Failure(Reason.UNHEALTHY_UPGRADED, facts, tuple(failures.values())))


def shrink_batch(scale_set: Aggregate, policy: RollingPolicy, batch: list[str]) -> list[str]:
    """A batch without as many healthy instances as must stay untouched while others are unhealthy (rule 23).

    CHOICE: the healthy ones of a batch and the unhealthy ones outside of it together are not more than the policy
    lets be unhealthy. With nothing unhealthy outside, the batch is as large as the policy says.
    """
    inside = set(batch)
    counted = [i for i in scale_set.instances.values() if i.counts]
    outside = sum(i.unhealthy and i.id not in inside for i in counted)
    if not outside:
        return batch
    room = max(1, len(counted) * policy.max_unhealthy_percent // 100 - outside)
    kept: list[str] = []
    for instance_id in batch:
        healthy = not scale_set.instances[instance_id].unhealthy
        if not healthy or room > 0:
            kept.append(instance_id)
            room -= healthy
    return kept


def percent(part: int, whole: int) -> int:
    """A share in whole percent, as Azure's messages state it; rounded up, so that too much reads as too much."""
    return -(-100 * part // whole) if whole else 0
