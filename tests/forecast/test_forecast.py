"""Forecasts: what is told of a change, by reckoning and by chance."""

import math
import re
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.emulator.arm.azure import SUBSCRIPTION, Azure, model, rolling
from vmss_sdk import ClientUsageError, Twin, VirtualMachineScaleSetUpdate, VmssClient
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.forecast import Assumptions, Forecast, forecast
from vmss_sdk.forecast.conditions import Condition
from vmss_sdk.forecast.report import chart, junit, markdown, summary

NEW_IMAGE = VirtualMachineScaleSetUpdate.from_wire(
    {"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": {"version": "1.0.1"}}}}}
)
EXACT = Assumptions(jitter=0)
BATCH, IMAGE, EXTENSION, SETTLED = 15, 85, 40, 5  # of the table of durations; health is read once after 5 s
ROUND = BATCH + IMAGE + EXTENSION + SETTLED


def twin_of(document: dict[str, Any]) -> Twin:
    azure = Azure(Emulator(settings=Settings(timings=Timings.exact())))
    azure.create(document)
    azure.settle()
    with VmssClient.in_process(azure.emulator, SUBSCRIPTION.split("/")[2]) as client:
        return Twin.capture(client.scale_set("Shop", "web"))


@cache
def _ten(**policy: Any) -> Twin:
    return twin_of(rolling(10, {"maxBatchInstancePercent": 20, "pauseTimeBetweenBatches": "PT0S", **policy}))


def test_ten_instances_in_batches_of_a_fifth_are_five_batches_and_never_below_eight() -> None:
    """With exact times of the fixed table, and without failures."""
    found = forecast(_ten(), NEW_IMAGE, stories=3, assume=EXACT)
    typical = found.typical
    assert typical is not None
    assert [len(batch.instance_ids) for batch in typical.batches] == [2] * 5
    assert [batch.started for batch in typical.batches] == [BATCH + ROUND * at for at in range(5)]
    assert [batch.ended for batch in typical.batches] == [ROUND * (at + 1) for at in range(5)]
    assert {story.seconds for story in found.stories} == {ROUND * 5}
    assert (found.min_capacity, found.min_capacity_percent, found.stop_chance) == (8, 80.0, 0.0)
    assert found.disks_lost == 10
    assert found.pending == "nothing is pending"


def test_a_bad_image_hits_the_first_batch_and_leaves_the_rest_outdated() -> None:
    """It stops after two of ten, of which eight are outdated then, and an upgrade brings it."""
    found = forecast(_ten(), NEW_IMAGE, stories=3, assume=Assumptions(jitter=0, bad_image=True))
    assert (found.stop_chance, found.max_hit, found.max_outdated) == (1.0, 2, 8)
    assert found.stops == {1: 3}
    assert "8 instances: upgrade" in found.pending


def test_with_surge_never_less_than_all_serve() -> None:
    """New instances are there before the old ones go."""
    found = forecast(_ten(maxSurge=True), NEW_IMAGE, stories=2, assume=EXACT)
    assert found.min_capacity == 10
    assert found.stop_chance == 0.0


def test_a_boot_takes_between_the_two_times() -> None:
    """Each boot another one, so a batch takes the longer of two."""
    low, high = forecast(_ten(), NEW_IMAGE, stories=30, assume=Assumptions(jitter=0, boot=(100, 200))), IMAGE
    rounds = [ROUND - high + seconds for seconds in (100, 200)]
    durations = [story.seconds for story in low.stories]
    assert 5 * rounds[0] < min(durations) < max(durations) < 5 * rounds[1]
    assert sum(durations) / 30 == pytest.approx(
        5 * (rounds[0] + 100 * 2 / 3), rel=0.03
    )  # the mean of the longer of two


def test_independent_failures_stop_the_roll_as_often_as_the_binomial_distribution_says() -> None:
    """20,000 stories of three instances at once: it stops when two or more fail, within four standard errors."""
    policy = {
        "maxBatchInstancePercent": 100,
        "maxUnhealthyInstancePercent": 100,
        "maxUnhealthyUpgradedInstancePercent": 34,
    }
    rate, stories = 0.2, 20_000
    twin = twin_of(rolling(3, policy))
    assume = Assumptions(jitter=0, unhealthy_rate=rate)
    at_once = Settings(respect_update_domains=False)
    found = forecast(twin, NEW_IMAGE, stories=stories, assume=assume, settings=at_once)
    expected = 3 * rate**2 * (1 - rate) + rate**3
    assert abs(found.stop_chance - expected) < 4 * math.sqrt(expected * (1 - expected) / stories)
    hit = sum(story.hit for story in found.stories) / stories
    assert abs(hit - 3 * rate) < 4 * math.sqrt(3 * rate * (1 - rate) / stories)


def test_the_same_seed_tells_the_same_whoever_tells_it() -> None:
    """In this process, in threads, in others; and another seed tells something else."""
    assume = Assumptions(unhealthy_rate=0.1)
    here = forecast(_ten(), NEW_IMAGE, stories=12, seed=5, assume=assume)
    with ProcessPoolExecutor(2) as processes, ThreadPoolExecutor(2) as threads:
        for executor in (processes, threads):
            assert forecast(_ten(), NEW_IMAGE, stories=12, seed=5, assume=assume, executor=executor) == here
    assert forecast(_ten(), NEW_IMAGE, stories=12, seed=50, assume=assume) != here


def test_a_change_that_is_refused_has_no_stories() -> None:
    """It says what the service would say."""
    found = forecast(_ten(), VirtualMachineScaleSetUpdate.from_wire({"sku": {"name": "Standard_Nope"}}))
    assert found.refused
    assert found.error is not None
    assert found.error.code == "InvalidParameter"
    assert found.stories == ()
    assert "would be refused: (InvalidParameter)" in summary(found)[0]
    assert (found.duration(50), found.min_capacity, found.typical) == (0.0, 10, None)


def test_any_call_can_be_forecast() -> None:
    """A reimage of two, of which the two lose their OS disk, at once."""
    found = forecast(_ten(), lambda web: web.reimage(["0", "1"]), stories=2, assume=EXACT)
    assert (found.disks_lost, found.min_capacity, found.max_outdated) == (2, 8, 0)
    assert found.duration(50) == IMAGE + EXTENSION


def test_in_manual_mode_it_tells_what_stays_to_be_done() -> None:
    """No instance is touched, all are outdated."""
    found = forecast(twin_of(model(3)), NEW_IMAGE, stories=1, assume=EXACT)
    assert (found.min_capacity, found.max_outdated) == (3, 3)
    assert found.pending == "3 instances: upgrade"


def test_a_lost_zone_stops_a_roll_before_it_begins() -> None:
    """A third of the instances is unhealthy, more than the policy allows; nobody is hit."""
    document = rolling(6, {"maxBatchInstancePercent": 20, "maxUnhealthyInstancePercent": 20})
    twin = twin_of({**document, "location": "westeurope", "zones": ["1", "2", "3"]})
    found = forecast(twin, NEW_IMAGE, stories=1, assume=Assumptions(zone_lost="2"))
    assert (found.min_capacity, found.stop_chance, found.stops, found.max_hit) == (4, 1.0, {0: 1}, 0)


def test_without_a_health_source_it_says_that_a_bad_image_would_not_be_noticed() -> None:
    """In a note, not by a better forecast."""
    found = forecast(twin_of(model(2)), NEW_IMAGE, stories=1, assume=Assumptions(bad_image=True))
    assert any("no health source" in note for note in found.notes)


def test_the_twin_stays_as_it_is() -> None:
    """A forecast changes nothing."""
    twin = _ten()
    before = repr(twin.document)
    forecast(twin, NEW_IMAGE, stories=2)
    assert repr(twin.document) == before


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"unhealthy_rate": 1.5}, "unhealthy_rate is 1.5: expected a chance from 0 to 1"),
        ({"boot": (5, 1)}, "expected seconds > 0, from and to"),
        ({"quota_left": -1}, "quota_left is -1"),
        ({"durations": {"lunch": 1}}, "durations has no 'lunch'"),
        ({"jitter": 2}, "jitter is 2"),
    ],
)
def test_assumptions_that_can_never_be_are_refused(members: dict[str, Any], told: str) -> None:
    """With the name of what is wrong."""
    with pytest.raises(ClientUsageError, match=re.escape(told)):
        Assumptions(**members)


def test_nothing_to_forecast_is_said() -> None:
    """A call that only reads is no change, and no stories are none."""
    with pytest.raises(ClientUsageError, match="nothing that changes anything"):
        forecast(_ten(), lambda web: web.get())
    with pytest.raises(ClientUsageError, match="stories is 0"):
        forecast(_ten(), NEW_IMAGE, stories=0)


@cache
def _found(*, bad: bool = False) -> Forecast:
    return forecast(_ten(), NEW_IMAGE, stories=2, assume=Assumptions(jitter=0, bad_image=bad))


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("min_capacity < 80%", None),
        ("min_capacity <= 80%", "min_capacity is 8 of 10 instances, 80 %: min_capacity <= 80%"),
        ("p90 > 2h", None),
        ("p90 > 12m", "p90 is 725 s: p90 > 12m"),
        ("refused", None),
        ("stop_chance > 0", None),
        ("refused or disks_lost > 9", "disks_lost is 10: disks_lost > 9"),
        ("p50 > 1s and max_hit > 0", None),
    ],
)
def test_a_condition_is_met_or_not(condition: str, met: str | None) -> None:
    """With the sentence that says why."""
    assert Condition.parse(condition).met(_found()) == met


@pytest.mark.parametrize(
    "condition", ["", "lunch > 1", "p90", "refused > 1", "p90 > 20%", "min_capacity < 2h", "p90 > 1h or", "p90 ~ 3"]
)
def test_what_is_no_condition_is_refused(condition: str) -> None:
    """With what was expected."""
    with pytest.raises(ClientUsageError, match=r"condition|wants"):
        Condition.parse(condition)


def test_the_reports_say_the_verdict() -> None:
    """JUnit counts a failure, Markdown has it in its heading, the chart shows the capacity."""
    bad = _found(bad=True)
    verdict = Condition.parse("stop_chance > 10%").met(bad)
    assert verdict == "stop_chance is 100.0%: stop_chance > 10%"
    suite = ElementTree.fromstring(junit(bad, "stop_chance > 10%", verdict))
    assert suite.get("failures") == "1"
    assert [failure.get("message") for failure in suite.iter("failure")] == [verdict]
    assert ElementTree.fromstring(junit(_found(), "", None)).get("failures") == "0"
    assert "fails\n\n**stop_chance is 100.0%" in markdown(bad, verdict)
    assert "passes" in markdown(_found())
    lines = chart(_found(), 20).splitlines()
    assert lines[0].startswith("    10 |#")
    assert lines[-1].endswith("12 min 5 s")


def test_the_band_tells_the_capacity_over_time() -> None:
    """From all of them to eight and back."""
    band = _found().band(50)
    assert band[0][1:] == (10, 10, 10)
    assert {low for _, low, _, _ in band} == {8, 10}
    assert band[-1][0] == ROUND * 5
