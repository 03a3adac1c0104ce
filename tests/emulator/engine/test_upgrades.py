"""Automatic, manual and rolling upgrades: what the golden scenarios leave open (semantics 2)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    PROBE,
    batches,
    capacity,
    custom_data,
    document,
    finish,
    image,
    policy,
    profile,
    scale_set,
    told,
)
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState, PowerState, ProvisioningState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import ProvisioningFailure, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeCode
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet


def rolling(instances: int = 10, **options: Any) -> ScaleSet:
    """A ready scale set in Rolling mode; the options are members of its rolling policy."""
    return scale_set(document(instances=instances, mode="Rolling", rolling=options))


@pytest.mark.rule("2.1.7")
def test_automatic_upgrades_all_at_once_without_regard_to_health() -> None:
    """No batch, no gate: even unhealthy instances are all upgraded in parallel (rule 7)."""
    made = scale_set(document(mode="Automatic"))
    for instance in made.instances.values():
        set_reported_health(made, instance, HealthState.UNHEALTHY)
    finish(made, made.put(image("2.0.0")))
    assert [at for at, _ in told(made, DecisionKind.INSTANCE_UPGRADED)] == [125] * 10


@pytest.mark.rule("2.1.8")
def test_automatic_takes_a_seeded_order() -> None:
    """The order is none in particular, and the same for the same seed (rule 8)."""

    def order(seed: int) -> str:
        made = scale_set(document(mode="Automatic"), settings=Settings(seed=seed))
        made.put(image("2.0.0"))
        return told(made, DecisionKind.UPGRADE_STARTED)[0][1]

    assert order(1) == order(1)
    assert order(1) != order(2)


@pytest.mark.rule("2.0.4", "2.1.8")
def test_automatic_one_failure_stops_no_other() -> None:
    """The operation fails with that instance's error, the others are upgraded (rule 8)."""
    made = scale_set(document(instances=3, mode="Automatic"))
    made.faults.items.append(ProvisioningFailure(instance_ids=("1",), count=1, code="VMExtensionProvisioningError"))
    operation = finish(made, made.put(image("2.0.0")))
    assert operation.failure is not None
    assert operation.failure.facts["code"] == "VMExtensionProvisioningError"
    assert made.provisioning_state is ProvisioningState.FAILED
    assert [i.os.disk for i in made.instances.values()] == [2, 2, 2]


@pytest.mark.rule("1.1.4", "2.2.10")
def test_manual_touches_nothing() -> None:
    """A model change in Manual mode reaches no existing instance; a new one gets it (rules 10, 1.1.4)."""
    made = scale_set(document(instances=2))
    finish(made, made.put(image("2.0.0")))
    finish(made, made.put(capacity(3)))
    assert [i.os.content.image_version for i in made.instances.values()] == ["1.0.0", "1.0.0", "2.0.0"]


@pytest.mark.rule("2.2.14")
@pytest.mark.parametrize("mode", ["Automatic", "Manual", "Rolling"])
def test_instances_can_be_upgraded_by_name_in_every_mode(mode: str) -> None:
    """The action manualupgrade works whatever the mode (rule 14)."""
    made = scale_set(document(instances=2))
    finish(made, made.put(image("2.0.0")))
    made.document["properties"]["upgradePolicy"]["mode"] = mode
    finish(made, upgrade_instances(made, ["1"]))
    assert [made.outdated(i) for i in made.instances.values()] == [True, False]


@pytest.mark.rule("2.2.13")
def test_unknown_id_refuses_the_whole_request() -> None:
    """One unknown id among known ones: nothing is upgraded (rule 13)."""
    made = scale_set(document(instances=2))
    finish(made, made.put(image("2.0.0")))
    with pytest.raises(Refused) as refused:
        upgrade_instances(made, ["0", "99"])
    assert refused.value.failures[0].reason is Reason.UNKNOWN_INSTANCE
    assert made.schedule.next_due is None


@pytest.mark.rule("2.4.29")
def test_pause_between_batches_but_not_after_the_last() -> None:
    """The pause comes on top of the bookkeeping, and the upgrade ends without one (rule 29)."""
    made = rolling(3, maxBatchInstancePercent=33, pauseTimeBetweenBatches="PT1M")
    finish(made, made.put(image("2.0.0")))
    assert batches(made) == [(15, "0"), (220, "1"), (425, "2")]
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.ended_at == 555


@pytest.mark.rule("2.4.17", "S2")
def test_the_policy_is_a_snapshot() -> None:
    """A policy edited while the upgrade runs counts for the next one only (rule 17)."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    made.advance(20)
    finish(made, made.put(policy("Rolling", maxBatchInstancePercent=100, pauseTimeBetweenBatches="PT9M")))
    finish(made, operation)
    assert [ids for _, ids in batches(made)] == ["0,5", "1,6", "2,7", "3,8", "4,9"]
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.policy.document["maxBatchInstancePercent"] == 20


@pytest.mark.rule("2.4.26", "2.4.28")
def test_failures_below_the_threshold_do_not_stop_it() -> None:
    """1 of 5 upgraded failed is 20 %, not more: it goes on and completes (rule 28)."""
    made = rolling(5, maxUnhealthyUpgradedInstancePercent=20)
    made.faults.items.append(UnhealthyAfterUpgrade(instance_ids=("4",), count=1))
    finish(made, made.put(image("2.0.0")))
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.COMPLETED
    assert made.rolling_upgrade.progress == {
        "successfulInstanceCount": 4,
        "failedInstanceCount": 1,
        "inProgressInstanceCount": 0,
        "pendingInstanceCount": 0,
    }


@pytest.mark.rule("2.4.27")
def test_the_set_getting_unhealthy_stops_it_before_the_next_batch() -> None:
    """Others turn unhealthy while a batch runs: the batch ends, the next does not begin (rule 27)."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    made.advance(20)
    for instance_id in ("7", "8", "9"):
        set_reported_health(made, made.instances[instance_id], HealthState.UNHEALTHY)
    finish(made, operation)
    assert told(made, DecisionKind.BATCH_FINISHED, DecisionKind.HEALTH_GATE_FAILED, DecisionKind.UPGRADE_FAULTED) == [
        (145, "BatchFinished batch 1 0,5 succeeded=2 failed=0"),
        (160, "HealthGateFailed unhealthy=3 instances=10 percent=30 limit=20"),
        (160, "UpgradeFaulted reason=unhealthy in upgrade left=8 unhealthy=3 instances=10 limit=20"),
    ]
    assert operation.failure is not None
    assert len(operation.failure.details) == 3


@pytest.mark.rule("2.4.25")
def test_an_instance_that_gets_healthy_late_is_a_success() -> None:
    """Within five minutes after the upgrade it may still report healthy (rule 25)."""
    made = rolling(5)
    made.faults.items.append(UnhealthyAfterUpgrade(instance_ids=("0",), count=1))
    made.put(image("2.0.0"))
    made.advance(300)
    set_reported_health(made, made.instances["0"], None)
    made.advance(310)
    assert told(made, DecisionKind.BATCH_FINISHED) == [(300, "BatchFinished batch 1 0 succeeded=1 failed=0")]


@pytest.mark.rule("2.4.31", "2.5.37")
def test_a_pending_instance_that_gets_protected_is_skipped() -> None:
    """Protection set before an instance's turn takes it out; the upgrade completes without it (rules 31, 37)."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    made.advance(20)
    made.instances["6"].protection = Protection(from_scale_set_actions=True)
    finish(made, operation)
    assert [ids for _, ids in batches(made)] == ["0,5", "1", "2,7", "3,8", "4,9"]
    assert [i.id for i in made.instances.values() if made.outdated(i)] == ["6"]


@pytest.mark.rule("2.5.37")
def test_a_deleted_instance_drops_out() -> None:
    """A pending and an upgrading instance are deleted meanwhile: the upgrade goes on without them (rule 37)."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    made.advance(20)
    finish(made, lifecycle.delete_instances(made, ["5", "6"]))
    finish(made, operation)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.COMPLETED
    assert made.rolling_upgrade.progress["successfulInstanceCount"] == 8


@pytest.mark.rule("1.1.4", "2.5.37", "2.5.38", "S3")
def test_new_instances_during_an_upgrade_have_the_new_model() -> None:
    """Scaling out is allowed while it runs; the new instances need no upgrade (rules 37, 38)."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    made.advance(20)
    finish(made, made.put(capacity(12)))
    finish(made, operation)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.progress["successfulInstanceCount"] == 10
    assert not any(made.outdated(i) for i in made.instances.values())


@pytest.mark.rule("2.5.39", "S3")
def test_a_deallocated_instance_gets_the_model_without_being_started() -> None:
    """It is no part of the percentages, is not waited for, and counts as upgraded (rule 39)."""
    made = rolling(5)
    finish(made, lifecycle.deallocate(made, ["0"]))
    finish(made, made.put(image("2.0.0")))
    assert made.instances["0"].power is PowerState.DEALLOCATED
    assert not made.outdated(made.instances["0"])
    assert batches(made)[0][1] == "0"


@pytest.mark.rule("2.4.20", "S4")
def test_zones_are_upgraded_one_after_the_other() -> None:
    """A batch stays in one zone and one update domain unless enableCrossZoneUpgrade is set (rule 20)."""
    body = document(instances=6, mode="Rolling", rolling={"maxBatchInstancePercent": 100}, zones=["1", "2"])
    made = scale_set(body)
    finish(made, made.put(image("2.0.0")))
    zones = [{made.instances[i].zone for i in ids.split(",")} for _, ids in batches(made)]
    assert zones == [{"1"}, {"1"}, {"1"}, {"2"}, {"2"}, {"2"}]


def test_nothing_outdated_starts_no_upgrade() -> None:
    """An empty update of an up-to-date set leaves no trace in rollingUpgrades/latest."""
    made = rolling(2)
    finish(made, made.put({}))
    assert made.rolling_upgrade is None


@pytest.mark.rule("1.4.13")
def test_an_upgrade_without_effect_is_still_an_upgrade() -> None:
    """Custom data in Rolling mode: a pass that changes no disk, after which all are at the latest model (rule 13)."""
    made = rolling(2)
    finish(made, made.put(custom_data("new")))
    assert [(i.os.disk, made.outdated(i)) for i in made.instances.values()] == [(1, False), (1, False)]


@pytest.mark.rule("2.5.36")
def test_the_scale_set_cannot_be_deleted_while_it_rolls() -> None:
    """Delete is refused until the rolling upgrade is over (rule 36)."""
    made = rolling()
    made.put(image("2.0.0"))
    with pytest.raises(Refused) as refused:
        made.delete()
    assert refused.value.failures[0].reason is Reason.ROLLING_UPGRADE_RUNNING


@pytest.mark.rule("2.5.35")
def test_after_a_cancel_a_write_has_to_wait_for_the_last_batch() -> None:
    """Until the cancelled upgrade's batch has ended even an empty update is refused; afterwards it restarts."""
    made = rolling()
    made.put(image("2.0.0"))
    made.advance(20)
    cancelling = cancel(made)
    with pytest.raises(Refused):
        made.put({})
    finish(made, cancelling)
    finish(made, made.put({}))
    assert [len(ids.split(",")) for _, ids in batches(made)] == [2, 2, 2, 2, 2]


def test_cancel_before_the_first_batch_ends_it_at_once() -> None:
    """Nothing is in flight: the upgrade is over with the cancel."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    cancelling = cancel(made)
    assert (operation.ended_at, cancelling.ended_at) == (0, 0)
    made.advance(9999)
    assert batches(made) == []


def test_an_instance_reimaged_in_its_batch_is_not_counted_healthy_meanwhile() -> None:
    """A reimage queued behind the upgrade: the instance is done only when it is up and healthy again."""
    made = rolling(5)
    made.put(image("2.0.0"))
    made.advance(20)
    reimage(made, ["0"])
    made.advance(271)
    assert told(made, DecisionKind.BATCH_FINISHED) == [(270, "BatchFinished batch 1 0 succeeded=1 failed=0")]


@pytest.mark.rule("2.4.22")
def test_the_size_of_a_batch_is_of_the_whole_set() -> None:
    """20 % of ten is two also when only four are outdated (rule 22)."""
    made = scale_set(document())
    finish(made, made.put(image("2.0.0")))
    finish(made, upgrade_instances(made, ["0", "1", "2", "5", "6", "7"]))
    finish(made, made.put(policy("Rolling")))
    assert [ids for _, ids in batches(made)] == ["3,8", "4,9"]


@pytest.mark.rule("2.0.4")
def test_the_write_stays_open_until_the_upgrade_ends() -> None:
    """The operation of the PUT ends with the upgrade, and the scale set is Updating meanwhile (rule 2.0.4)."""
    made = rolling(2)
    operation = made.put(image("2.0.0"))
    made.advance(100)
    assert (operation.status, made.provisioning_state) == ("InProgress", "Updating")
    finish(made, operation)
    assert (operation.ended_at, made.provisioning_state) == (290, "Succeeded")


@pytest.mark.rule("2.3.16b", "3.1")
def test_health_probe_is_a_health_source_too() -> None:
    """A Uniform set with a referenced load balancer probe may roll; its health is read every 15 s."""
    probe = PROBE
    body = document(instances=2, mode="Rolling", extensions=[], profile={"networkProfile": {"healthProbe": probe}})
    made = scale_set(body)
    finish(made, made.put(profile(licenseType="RHEL_BYOS")))
    assert told(made, DecisionKind.BATCH_FINISHED)[0] == (55, "BatchFinished batch 1 0 succeeded=1 failed=0")
