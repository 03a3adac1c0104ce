"""MaxSurge: new instances come up before the old ones go (semantics 2.6)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    capacity,
    custom_data,
    disk,
    document,
    finish,
    image,
    profile,
    scale_set,
    told,
)
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import ProvisioningFailure, QuotaExhausted, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeCode
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet


def surging(instances: int = 4, percent: int = 25, **options: Any) -> ScaleSet:
    """A ready scale set in Rolling mode with maxSurge."""
    rolling = {"maxSurge": True, "maxBatchInstancePercent": percent}
    return scale_set(document(instances=instances, mode="Rolling", rolling=rolling, **options))


def sizes(made: ScaleSet) -> list[int]:
    """How many instances there are, at each change of their number until nothing goes on."""
    seen = [len(made.instances)]
    while (due := made.schedule.next_due) is not None:
        made.advance(due)
        if len(made.instances) != seen[-1]:
            seen.append(len(made.instances))
    return seen


@pytest.mark.rule("1.1.4", "1.4.13", "2.3.maxSurge", "2.6.41", "2.6.46", "S6")
def test_golden_7_four_instances_a_quarter_at_a_time() -> None:
    """Capacity 4, 5, 4 four times; ids 4 to 7 are new, and have the exceptions of the model too."""
    made = surging()
    made.put(custom_data("new"))
    assert sizes(made) == [4, 5, 4, 5, 4, 5, 4, 5, 4]
    assert {i: disk(made, i)[1:] for i in made.instances} == dict.fromkeys("4567", ("new", True))
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.progress["successfulInstanceCount"] == 4


@pytest.mark.rule("2.6.43")
def test_golden_7_without_quota_in_place() -> None:
    """No room for another instance: this batch and the later ones are upgraded in place (rule 43)."""
    made = surging()
    made.faults.items.append(QuotaExhausted(left=0))
    made.put(image("2.0.0"))
    assert sizes(made) == [4]
    assert list(made.instances) == list("0123")
    assert not any(made.outdated(i) for i in made.instances.values())
    assert told(made, DecisionKind.SURGE_FELL_BACK) == [(15, "SurgeFellBack batch 1 wanted=1 left=0")]


@pytest.mark.rule("2.6.41")
def test_the_new_one_comes_up_before_the_old_one_goes() -> None:
    """Create, healthy, delete: never fewer running and healthy instances than the capacity (rule 41)."""
    made = surging()
    made.put(image("2.0.0"))
    while (due := made.schedule.next_due) is not None:
        made.advance(due)
        good = [i for i in made.instances.values() if i.running and i.health is HealthState.HEALTHY]
        leaving = [i for i in good if i.deleting]
        assert len(good) - len(leaving) >= 4


@pytest.mark.rule("2.6.46", "S6")
def test_the_new_one_is_in_the_zone_of_the_old() -> None:
    """Zones stay as full as they were (rule 46)."""
    made = surging(instances=6, percent=100, zones=["1", "2", "3"])
    before = [i.zone for i in made.instances.values()]
    made.put(image("2.0.0"))
    sizes(made)
    assert sorted(str(i.zone) for i in made.instances.values()) == sorted(str(zone) for zone in before)
    assert min(int(i) for i in made.instances) == 6


@pytest.mark.rule("2.6.44", "5.upgrade")
def test_protected_instances_are_not_replaced() -> None:
    """They keep their model and their id (rule 44)."""
    made = surging()
    made.instances["2"].protection = Protection(from_scale_set_actions=True)
    finish(made, made.put(image("2.0.0")))
    sizes(made)
    assert "2" in made.instances
    assert [i.id for i in made.instances.values() if made.outdated(i)] == ["2"]


@pytest.mark.rule("2.6.45")
def test_a_new_one_that_never_comes_up_goes_again() -> None:
    """It counts as failed; the old one stays as it was, and the upgrade stops at its gate (rule 45)."""
    made = surging()
    made.faults.items.append(ProvisioningFailure(count=1))
    operation = finish(made, made.put(image("2.0.0")))
    sizes(made)
    assert operation.failure is not None
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.FAULTED
    assert list(made.instances) == list("0123")
    assert all(made.outdated(i) for i in made.instances.values())


@pytest.mark.rule("2.6.45")
def test_a_new_one_that_is_never_healthy_goes_again() -> None:
    """Its health is waited for as after any upgrade (rules 25, 45)."""
    made = surging()
    made.put(image("2.0.0"))
    made.advance(131)
    set_reported_health(made, made.instances["4"], HealthState.UNHEALTHY)
    sizes(made)
    assert list(made.instances) == list("0123")
    assert told(made, DecisionKind.BATCH_FINISHED) == [(430, "BatchFinished batch 1 4 succeeded=0 failed=1")]


@pytest.mark.rule("2.6.44")
def test_the_terminate_notice_delays_the_old_ones_deletion() -> None:
    """Five minutes more for each old instance, none for its replacement (rule 44)."""
    notice = {"terminateNotificationProfile": {"enable": True, "notBeforeTimeout": "PT5M"}}
    made = surging(instances=1, profile={"scheduledEventsProfile": notice})
    finish(made, made.put(image("2.0.0")))
    # 15 bookkeeping, 115 creation, 5 health, then 60 deletion after 300 notice
    assert made.now == 15 + 115 + 5 + 300 + 60


@pytest.mark.rule("2.5.38")
def test_capacity_is_no_different_while_it_surges() -> None:
    """The extra instances are outside of sku.capacity, so a write of the same capacity deletes none (rule 38)."""
    made = surging()
    operation = made.put(image("2.0.0"))
    made.advance(50)
    assert len(made.instances) == 5
    finish(made, made.put({"sku": {"capacity": 4}}))
    finish(made, operation)
    sizes(made)
    assert (len(made.instances), made.document["sku"]["capacity"]) == (4, 4)


def test_any_model_change_makes_new_instances() -> None:
    """Also a change that would be hot in place (rule 41)."""
    made = surging(instances=1)
    finish(made, made.put(profile(licenseType="RHEL_BYOS")))
    sizes(made)
    assert list(made.instances) == ["1"]


def test_unhealthy_after_upgrade_hits_in_place_upgrades_only_once() -> None:
    """The fault that was counted down is used up."""
    made = scale_set(document(instances=2, mode="Automatic"))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1))
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 5)
    assert sorted(str(i.health) for i in made.instances.values()) == ["Healthy", "Unhealthy"]


@pytest.mark.rule("2.6.44")
@pytest.mark.parametrize("moment", [20, 60, 100, 130])
def test_an_instance_that_is_protected_while_its_replacement_comes_up_stays(moment: float) -> None:
    """It keeps its disk and its model; the new one goes, and the others are replaced."""
    made = surging(3, 34)
    made.put(image("2.0.0"))
    made.advance(moment)
    assert list(made.instances) == ["0", "1", "2", "3"]  # the first batch is in flight
    made.instances["0"].protection = Protection(from_scale_in=True, from_scale_set_actions=True)
    assert max(sizes(made)) == 4
    assert list(made.instances) == ["0", "4", "5"]
    assert made.outdated(made.instances["0"])
    assert made.instances["0"].running
    upgrade = made.rolling_upgrade
    assert upgrade is not None
    assert (upgrade.code, upgrade.succeeded) == (UpgradeCode.COMPLETED, 2)
    assert [text for _, text in told(made, DecisionKind.SKIPPED)] == ["Skipped 0 why=protected"]


@pytest.mark.rule("2.6.44", "2.6.45")
def test_a_new_one_that_is_protected_stays_though_it_fails() -> None:
    """No action of the scale set takes it; the old one stays as well, and the capacity counts both."""
    made = surging()
    made.faults.items.append(ProvisioningFailure(count=1))
    made.put(image("2.0.0"))
    made.advance(15)
    made.instances["4"].protection = Protection(from_scale_in=True, from_scale_set_actions=True)
    sizes(made)
    assert list(made.instances) == list("01234")
    assert made.document["sku"]["capacity"] == len(made.present) == 5
    assert [text for _, text in told(made, DecisionKind.SKIPPED)] == ["Skipped 4 why=protected"]


@pytest.mark.rule("2.6.44")
def test_a_new_one_that_is_protected_stays_though_the_old_one_went_by_itself() -> None:
    """Scaling in takes what it was to replace; what is protected is left, and the capacity is the number that is."""
    made = surging(2, 50)
    made.put(image("2.0.0"))
    made.advance(15)
    made.instances["2"].protection = Protection(from_scale_in=True, from_scale_set_actions=True)
    made.put(capacity(0))
    sizes(made)
    assert list(made.instances) == ["2"]
    assert made.document["sku"]["capacity"] == 1
