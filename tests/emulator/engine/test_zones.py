"""Zones that are down, and machines that come up slowly (semantics 7.7)."""

import pytest

from tests.emulator.engine.stories import capacity, document, finish, image, scale_set
from vmss_sdk.emulator.engine.platform.faults import SlowBoot, ZoneDown
from vmss_sdk.emulator.engine.work.reimage import reimage

ZONES = ["1", "2", "3"]


@pytest.mark.rule("7.7")
def test_best_effort_evades_one_zone_that_is_down() -> None:
    """New instances go to the other zones (rule 7.7)."""
    made = scale_set(document(instances=3, zones=ZONES))
    made.faults.items.append(ZoneDown(zone="2"))
    operation = finish(made, made.put(capacity(7)))
    assert operation.status == "Succeeded"
    assert [i.zone for i in made.instances.values()] == ["1", "2", "3", "1", "3", "1", "3"]


@pytest.mark.rule("7.7")
def test_strict_balance_evades_nothing() -> None:
    """With zoneBalance the instance that belongs in the zone fails (rule 7.7)."""
    made = scale_set(document(instances=3, zones=ZONES, properties={"zoneBalance": True}))
    made.faults.items.append(ZoneDown(zone="1"))
    operation = finish(made, made.put(capacity(4)))
    assert operation.failure is not None
    assert operation.failure.facts["code"] == "ZonalAllocationFailed"


@pytest.mark.rule("7.7")
def test_two_zones_down_block_also_best_effort() -> None:
    """An imbalance is allowed for one zone only (rule 7.7)."""
    made = scale_set(document(instances=3, zones=ZONES))
    made.faults.items.extend([ZoneDown(zone="1"), ZoneDown(zone="2")])
    assert finish(made, made.put(capacity(4))).status == "Failed"


def test_a_slow_boot_takes_its_time() -> None:
    """Creation, reimage and image upgrade take longer by so much, once for each count."""
    made = scale_set(document(instances=1))
    made.faults.items.append(SlowBoot(seconds=600, count=2))
    finish(made, reimage(made, ["0"]))
    assert made.now == 125 + 600
    finish(made, made.put(capacity(2)))
    assert made.now == 125 + 600 + 115 + 600
    began = made.now
    finish(made, made.put(image("2.0.0")))
    finish(made, reimage(made, ["0"]))
    assert made.now - began == 2 + 125
