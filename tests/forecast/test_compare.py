"""Comparing upgrade policies, and choosing one."""

from functools import cache
from typing import Any

import pytest

from tests.emulator.arm.azure import rolling
from tests.forecast.test_forecast import EXACT, NEW_IMAGE, twin_of
from vmss_sdk import ClientUsageError
from vmss_sdk.forecast import Comparison, Limits, compare, grid

ZERO = "PT0S"


@cache
def _found() -> Comparison:
    twin = twin_of(rolling(20, {"maxUnhealthyInstancePercent": 100, "maxUnhealthyUpgradedInstancePercent": 20}))
    policies = [*grid(batch=[5, 10, 20], surge=[False], pause=[ZERO]), {"batch": 20, "surge": True, "pause": ZERO}]
    return compare(twin, NEW_IMAGE, policies, stories=1, assume=EXACT)


def test_larger_batches_are_faster_and_leave_less() -> None:
    """Of 20 instances in five update domains, four in each: batches of one, two and four."""
    found = _found().choices
    assert [choice.found.min_capacity for choice in found] == [19, 18, 16, 20]
    assert [choice.bad.max_hit for choice in found] == [1, 2, 4, 4]
    durations = [choice.found.duration(90) for choice in found[:3]]
    assert durations == sorted(durations, reverse=True)


def test_the_pareto_set_has_what_nothing_beats() -> None:
    """Each of these is the best in something; a slower one with the same capacity and the same hits is not."""
    assert [choice.name for choice in _found().pareto] == [choice.name for choice in _found().choices]
    twin = twin_of(rolling(5, {}))
    paused = compare(twin, NEW_IMAGE, [{"pause": ZERO}, {"pause": "PT5M"}], stories=1, assume=EXACT)
    assert [choice.policy["pause"] for choice in paused.pareto] == [ZERO]


@pytest.mark.parametrize(
    ("limits", "policy"),
    [
        (Limits(at_least=90, bad_image_hits_at_most=3), {"batch": 10, "surge": False}),
        (Limits(at_least=95, bad_image_hits_at_most=2), {"batch": 5, "surge": False}),
        (Limits(at_least=100), {"batch": 20, "surge": True}),
        (Limits(), {"batch": 20, "surge": False}),
    ],
)
def test_the_fastest_policy_that_keeps_the_limits_is_chosen(limits: Limits, policy: dict[str, Any]) -> None:
    """Capacity at any moment, and how many a bad image may hit."""
    chosen = _found().choose(limits)
    assert chosen is not None
    assert dict(chosen.policy) == {**policy, "pause": ZERO}


def test_where_none_fits_it_says_which_limit_binds() -> None:
    """That without which one would fit; or all that are broken, where it takes more than one to give way."""
    limits = Limits(within=60, at_least=50)
    assert _found().choose(limits) is None
    assert _found().binding(limits) == ["within"]
    assert _found().binding(Limits(within=60, at_least=101)) == ["at_least", "within"]


def test_the_line_of_az_sets_the_policy() -> None:
    """With az's own flags."""
    assert _found().choices[1].command("rg", "web") == (
        "az vmss update -g rg -n web --upgrade-policy-mode Rolling --max-batch-instance-percent 10"
        " --max-surge false --pause-time-between-batches PT0S"
    )


def test_a_policy_that_is_refused_is_never_chosen() -> None:
    """And it says why."""
    twin = twin_of(rolling(5, {}))
    found = compare(twin, NEW_IMAGE, [{"batch": 1}], stories=1)
    assert found.choices[0].refused
    assert found.choices[0].to_dict()["reason"]
    assert (found.pareto, found.choose(Limits())) == ([], None)


def test_what_is_no_policy_is_refused() -> None:
    """By its name, and so are no policies, and a change that is no update."""
    twin = twin_of(rolling(2, {}))
    with pytest.raises(ClientUsageError, match="'lunch' is no part of a policy"):
        grid(lunch=[1])
    with pytest.raises(ClientUsageError, match="no policy"):
        compare(twin, NEW_IMAGE, [])
    with pytest.raises(ClientUsageError, match="compared for an update, not for POST"):
        compare(twin, lambda web: web.reimage(["0"]), [{"batch": 20}])
