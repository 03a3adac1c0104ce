"""Comparing upgrade policies for one change, and choosing one by limits."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk import models
from vmss_sdk.emulator.engine.common.documents import merge
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.forecast.assumptions import Assumptions
from vmss_sdk.forecast.result import Forecast
from vmss_sdk.forecast.run import change_document, forecast
from vmss_sdk.twin import Twin

if TYPE_CHECKING:
    from vmss_sdk.handles.scale_set import ScaleSet

__all__ = ["Choice", "Comparison", "Limits", "compare", "grid"]

_FLAGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "mode": ("upgradePolicy.mode", "--upgrade-policy-mode"),
        "batch": ("maxBatchInstancePercent", "--max-batch-instance-percent"),
        "unhealthy": ("maxUnhealthyInstancePercent", "--max-unhealthy-instance-percent"),
        "unhealthy_upgraded": ("maxUnhealthyUpgradedInstancePercent", "--max-unhealthy-upgraded-instance-percent"),
        "pause": ("pauseTimeBetweenBatches", "--pause-time-between-batches"),
        "surge": ("maxSurge", "--max-surge"),
        "cross_zone": ("enableCrossZoneUpgrade", "--enable-cross-zone-upgrade"),
        "unhealthy_first": ("prioritizeUnhealthyInstances", "--prioritize-unhealthy-instances"),
    }
)
"""A policy's short names: the member of the model, and az's flag."""


@attrs.frozen
class Choice:
    """One policy with its forecasts.

    Attributes:
        policy: By short names: ``{"batch": 20, "pause": "PT1M", "surge": True}``.
        found: The forecast of the change with it.
        bad: The same with an image that is bad.
    """

    policy: Mapping[str, Any]
    found: Forecast
    bad: Forecast

    @property
    def name(self) -> str:
        """The policy in one line."""
        return " ".join(f"{name}={_word(value)}" for name, value in self.policy.items())

    @property
    def refused(self) -> bool:
        """Whether the service would refuse the policy, or the change with it."""
        return self.found.refused

    @property
    def figures(self) -> tuple[float, float, float]:
        """What is weighed, the less the better: seconds at 90 %, capacity that is missing, hits of a bad image."""
        return self.found.duration(90), -self.found.min_capacity, self.bad.max_hit

    def command(self, resource_group: str, name: str) -> str:
        """The line of the Azure CLI that sets the policy."""
        words = [f"{_FLAGS[key][1]} {_word(value)}" for key, value in {"mode": "Rolling", **self.policy}.items()]
        return f"az vmss update -g {resource_group} -n {name} {' '.join(words)}"

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "policy": dict(self.policy),
            "refused": self.refused,
            "reason": self.found.why_refused,
            "p50": self.found.duration(50),
            "p90": self.found.duration(90),
            "minCapacity": self.found.min_capacity,
            "minCapacityPercent": self.found.min_capacity_percent,
            "stopChance": self.found.stop_chance,
            "badImageHits": self.bad.max_hit,
        }


@attrs.frozen(kw_only=True)
class Limits:
    """What a policy has to keep; None: whatever.

    Attributes:
        at_least: So many percent of the instances serve at any moment of any story.
        within: So many seconds are enough for 90 percent of the stories.
        bad_image_hits_at_most: So many instances get a bad image before the roll stops.
    """

    at_least: float | None = None
    within: float | None = None
    bad_image_hits_at_most: int | None = None

    def broken_by(self, choice: Choice) -> list[str]:
        """The limits that a policy does not keep, by their names."""
        found, broken = choice.found, []
        if self.at_least is not None and found.min_capacity_percent < self.at_least:
            broken.append("at_least")
        if self.within is not None and found.duration(90) > self.within:
            broken.append("within")
        if self.bad_image_hits_at_most is not None and choice.bad.max_hit > self.bad_image_hits_at_most:
            broken.append("bad_image_hits_at_most")
        return broken


@attrs.frozen
class Comparison:
    """Policies beside each other.

    Attributes:
        choices: In the order in which they were given.
    """

    choices: tuple[Choice, ...]

    @property
    def pareto(self) -> list[Choice]:
        """Those that no other is better than in one figure and as good in the rest; of equal ones all."""
        possible = [choice for choice in self.choices if not choice.refused]
        return [one for one in possible if not any(_dominates(other, one) for other in possible)]

    def choose(self, limits: Limits) -> Choice | None:
        """The fastest policy that keeps all limits, of equal ones the one with more capacity; None: there is none."""
        fitting = [choice for choice in self.choices if not choice.refused and not limits.broken_by(choice)]
        return min(fitting, key=lambda choice: choice.figures, default=None)

    def binding(self, limits: Limits) -> list[str]:
        """Where none fits: the limits without each of which, alone, one would; all broken ones if there is none."""
        given = [field.name for field in attrs.fields(Limits) if getattr(limits, field.name) is not None]
        alone = [name for name in given if self.choose(attrs.evolve(limits, **{name: None})) is not None]
        possible = [choice for choice in self.choices if not choice.refused]
        return alone or sorted({name for choice in possible for name in limits.broken_by(choice)})


def grid(**values: Sequence[Any]) -> list[dict[str, Any]]:
    """Every combination: ``grid(batch=range(5, 55, 5), surge=[False, True])``.

    Raises:
        ClientUsageError: A name is none of a policy's.
    """
    names = list(values)
    found = [dict(zip(names, each, strict=True)) for each in itertools.product(*values.values())]
    for policy in found:
        _members(policy)
    return found


def compare(
    twin: Twin | ScaleSet,
    change: models.VirtualMachineScaleSetUpdate | Callable[[ScaleSet], object],
    policies: Sequence[Mapping[str, Any]],
    *,
    stories: int = 50,
    seed: int = 0,
    assume: Assumptions | None = None,
    executor: Executor | None = None,
) -> Comparison:
    """Forecast one change with several rolling upgrade policies, and with each also an image that is bad.

    Args:
        twin: As of `forecast`.
        change: An update; or a function that makes one with the handle that it is given.
        policies: By short names: ``batch``, ``unhealthy``, ``unhealthy_upgraded`` (percent), ``pause`` (``PT1M``),
            ``surge``, ``cross_zone``, ``unhealthy_first``. What is not named stays as it is.
        stories: Of each policy; of the bad image one.
        seed: As of `forecast`.
        assume: As of `forecast`.
        executor: As of `forecast`.

    Raises:
        ClientUsageError: There is no policy, one has a name that is none of a policy's, or the change is no update.
        ServiceError: The scale set could not be read.
    """
    if not policies:
        raise ClientUsageError("there is no policy to compare")
    whole, assumed = twin if isinstance(twin, Twin) else Twin.capture(twin), assume or Assumptions()
    document = change_document(whole, change)
    bad = attrs.evolve(assumed, bad_image=True)

    def tried() -> Iterator[Choice]:
        for policy in policies:
            body = merge(document, _members(policy))
            both = models.VirtualMachineScaleSetUpdate.from_wire(body)
            found = forecast(whole, both, stories=stories, seed=seed, assume=assumed, executor=executor)
            yield Choice(dict(policy), found, forecast(whole, both, stories=1, seed=seed, assume=bad))

    return Comparison(tuple(tried()))


def _members(policy: Mapping[str, Any]) -> dict[str, Any]:
    """The update that sets a policy."""
    unknown = [name for name in policy if name not in _FLAGS]
    if unknown:
        raise ClientUsageError(f"'{unknown[0]}' is no part of a policy: expected {', '.join(_FLAGS)}")
    rolling = {_FLAGS[name][0]: value for name, value in policy.items() if name != "mode"}
    mode = {"mode": policy.get("mode", "Rolling")}
    return {"properties": {"upgradePolicy": {**mode, **({"rollingUpgradePolicy": rolling} if rolling else {})}}}


def _dominates(one: Choice, other: Choice) -> bool:
    pairs = list(zip(one.figures, other.figures, strict=True))
    return all(mine <= theirs for mine, theirs in pairs) and any(mine < theirs for mine, theirs in pairs)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
