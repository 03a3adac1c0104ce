"""Rolling upgrades in depth: shrinking, denominators, rollback, phases, domains, platform upgrades (2.4, 2.5)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    HEALTH_EXTENSION,
    batches,
    disk,
    document,
    exact,
    finish,
    image,
    merged,
    profile,
    runs,
    scale_set,
    told,
)
from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import ExtensionFailure, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeCode
from vmss_sdk.emulator.engine.upgrades.os_image import start_platform_upgrade
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

RICH: Document = merge(HEALTH_EXTENSION, {"properties": {"typeHandlerVersion": "2.0"}})


def rolling(instances: int = 10, *, settings: Any = None, body: Document | None = None, **options: Any) -> ScaleSet:
    """A ready scale set in Rolling mode; the options are members of its rolling policy."""
    base = document(instances=instances, mode="Rolling", rolling=options)
    return scale_set(merged(base, body or {}), settings=settings)


@pytest.mark.rule("2.3.enableCrossZoneUpgrade", "2.4.20")
def test_golden_6_zones() -> None:
    """9 in 3 zones at 100 %: without update domains three batches, one a zone; across zones one."""
    ignoring = exact(respect_update_domains=False)
    made = rolling(9, settings=ignoring, maxBatchInstancePercent=100, body={"zones": ["1", "2", "3"]})
    finish(made, made.put(image("2.0.0")))
    assert [ids for _, ids in batches(made)] == ["0,3,6", "1,4,7", "2,5,8"]
    across = {"maxBatchInstancePercent": 100, "enableCrossZoneUpgrade": True}
    made = rolling(9, settings=ignoring, body={"zones": ["1", "2", "3"]}, **across)
    finish(made, made.put(image("2.0.0")))
    assert [ids for _, ids in batches(made)] == ["0,1,2,3,4,5,6,7,8"]


@pytest.mark.rule("2.4.20", "2.4.21")
def test_golden_6_zones_are_split_further_by_update_domains() -> None:
    """In a Uniform set no batch spans two zones, nor two update domains."""
    made = rolling(9, maxBatchInstancePercent=100, body={"zones": ["1", "2", "3"]})
    finish(made, made.put(image("2.0.0")))
    for _, ids in batches(made):
        members = [made.instances[i] for i in ids.split(",")]
        assert len({(i.zone, i.update_domain) for i in members}) == 1


@pytest.mark.rule("2.4.21")
def test_flexible_stays_in_a_fault_domain() -> None:
    """With several fault domains a Flexible batch stays inside one (rule 21)."""
    body: Document = {"properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 2}}
    made = rolling(4, maxBatchInstancePercent=100, body=body)
    finish(made, made.put(image("2.0.0")))
    domains = [{made.instances[i].fault_domain for i in ids.split(",")} for _, ids in batches(made)]
    assert domains == [{0}, {1}]


@pytest.mark.rule("2.4.23")
def test_a_batch_shrinks_while_others_are_unhealthy() -> None:
    """20 of 100 may be unhealthy, 15 are elsewhere: only five healthy ones are touched at once (rule 23)."""
    made = rolling(100, settings=exact(respect_update_domains=False))
    for number in range(85, 100):
        set_reported_health(made, made.instances[str(number)], HealthState.UNHEALTHY)
    made.put(image("2.0.0"))
    made.advance(16)
    assert told(made, DecisionKind.BATCH_SHRUNK) == [(15, "BatchShrunk 0,1,2,3,4 size=20 to=5")]


@pytest.mark.rule("2.3.16f", "2.4.23")
def test_with_nothing_unhealthy_outside_a_batch_is_as_large_as_the_policy_says() -> None:
    """Batch 50 % with limit 20 % and all healthy: half of them at once (rules 16 f, 23)."""
    made = rolling(10, settings=exact(respect_update_domains=False), maxBatchInstancePercent=50)
    made.put(image("2.0.0"))
    made.advance(16)
    assert batches(made) == [(15, "0,1,2,3,4")]


@pytest.mark.rule("2.4.26", "C4")
@pytest.mark.parametrize(("denominator", "code"), [("upgraded", "Faulted"), ("all", "Completed")])
def test_the_denominator_can_be_chosen(denominator: str, code: str) -> None:
    """2 failed: 100 % of the 2 upgraded, or 20 % of the 10 there are (decision C4)."""
    made = rolling(10, settings=exact(upgraded_denominator=denominator))
    made.faults.items.append(UnhealthyAfterUpgrade(instance_ids=("0", "5"), count=2))
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 99999)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code == code


@pytest.mark.rule("2.3.rollbackFailedInstancesOnPolicyBreach", "2.4.30")
def test_rollback_puts_the_failed_ones_back() -> None:
    """With the flag the failed instances have the old model, image and extensions again (rule 30)."""
    made = rolling(10, rollbackFailedInstancesOnPolicyBreach=True)
    made.faults.items.append(UnhealthyAfterUpgrade(count=2))
    operation = made.put(image("2.0.0"))
    made.advance(450)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.ROLLING_BACK
    finish(made, operation)
    assert told(made, DecisionKind.ROLLED_BACK) == [(565, "RolledBack 0 version=1"), (565, "RolledBack 5 version=1")]
    assert (made.rolling_upgrade.code, made.rolling_upgrade.rolled_back) == (UpgradeCode.FAULTED, (2, 0))
    assert operation.failure is not None
    assert operation.failure.reason is Reason.UNHEALTHY_UPGRADED
    back = made.instances["0"]
    assert (back.os.content.image_version, made.outdated(back)) == ("1.0.0", True)
    made.advance(580)
    assert back.health is HealthState.HEALTHY


@pytest.mark.rule("2.3.rollbackFailedInstancesOnPolicyBreach", "2.4.30")
def test_flexible_does_not_roll_back() -> None:
    """The flag is for Uniform sets only (rule 30)."""
    body: Document = {"properties": {"orchestrationMode": "Flexible"}}
    made = rolling(10, body=body, rollbackFailedInstancesOnPolicyBreach=True)
    made.faults.items.append(UnhealthyAfterUpgrade(count=2))
    finish(made, made.put(image("2.0.0")))
    assert told(made, DecisionKind.ROLLED_BACK) == []


def phased(**metrics: dict[str, object]) -> ScaleSet:
    """Five instances with rich health whose applications report these custom metrics."""
    base = document(instances=5, mode="Rolling", rolling={"maxBatchInstancePercent": 100}, extensions=[RICH])
    made = scale_set(base, settings=exact(respect_update_domains=False))
    for instance_id, reported in metrics.items():
        made.instances[instance_id.removeprefix("i")].custom_metrics = reported
    finish(made, made.put(image("2.0.0")))
    return made


@pytest.mark.rule("2.4.19")
def test_phases_go_in_their_order_and_those_without_a_number_last() -> None:
    """A phase is finished before the next begins (rule 19)."""
    made = phased(i3={"PhaseOrderingNumber": 0}, i1={"PhaseOrderingNumber": 2}, i4={"PhaseOrderingNumber": 0})
    assert [ids for _, ids in batches(made)] == ["3,4", "1", "0,2"]


@pytest.mark.rule("2.4.19", "2.4.31")
def test_an_application_can_have_itself_skipped() -> None:
    """SkipUpgrade leaves the instance outdated, and the upgrade completes (rules 19, 31)."""
    made = phased(i2={"SkipUpgrade": True})
    assert told(made, DecisionKind.SKIPPED) == [(0, "Skipped 2 why=SkipUpgrade")]
    assert [i.id for i in made.instances.values() if made.outdated(i)] == ["2"]
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.COMPLETED


@pytest.mark.rule("2.4.19", "3.2")
def test_binary_health_has_no_custom_metrics() -> None:
    """With version 1 of the extension the metrics are not read (rule 19)."""
    made = rolling(2, settings=exact(respect_update_domains=False), maxBatchInstancePercent=100)
    made.instances["0"].custom_metrics = {"SkipUpgrade": True}
    finish(made, made.put(image("2.0.0")))
    assert [ids for _, ids in batches(made)] == ["0,1"]


@pytest.mark.rule("2.4.25", "3.6", "3.7")
def test_rich_health_initializes_within_its_grace() -> None:
    """An upgraded instance is Initializing until its application is ready; that is waited for (rule 25, 3.6)."""
    slow = merge(RICH, {"properties": {"settings": {"protocol": "http", "requestPath": "/", "gracePeriod": 200}}})
    made = scale_set(document(instances=1, mode="Rolling", extensions=[slow]))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1, state=HealthState.INITIALIZING))
    made.put(image("2.0.0"))
    made.advance(200)
    assert made.instances["0"].health is HealthState.INITIALIZING
    set_reported_health(made, made.instances["0"], None)
    made.advance(201)
    assert told(made, DecisionKind.BATCH_FINISHED) == [(200, "BatchFinished batch 1 0 succeeded=1 failed=0")]


@pytest.mark.rule("2.4.25", "3.6", "3.7", "C10")
def test_rich_health_that_never_gets_ready_is_unknown_at_the_end_of_its_grace() -> None:
    """Over HTTP Unknown, and so unhealthy: the upgrade counts it as failed (rules 3.6, 3.7)."""
    slow = merge(RICH, {"properties": {"settings": {"protocol": "http", "requestPath": "/", "gracePeriod": 200}}})
    made = scale_set(document(instances=1, mode="Rolling", extensions=[slow]))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1, state=HealthState.INITIALIZING))
    finish(made, made.put(image("2.0.0")))
    assert made.instances["0"].health is HealthState.UNKNOWN
    assert told(made, DecisionKind.BATCH_FINISHED) == [(440, "BatchFinished batch 1 0 succeeded=0 failed=1")]


@pytest.mark.rule("2.4.28", "S5")
def test_the_whole_upgrade_has_a_limit() -> None:
    """After twelve hours it is faulted (rule 28, S5)."""
    made = rolling(2, pauseTimeBetweenBatches="PT13H")
    made.put(image("2.0.0"))
    made.advance(14 * 3600)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.FAULTED
    assert made.rolling_upgrade.error is not None
    assert made.rolling_upgrade.error.reason is Reason.UPGRADE_TIMED_OUT


@pytest.mark.rule("2.5.34", "2.5.36")
def test_azure_may_start_one_of_its_own() -> None:
    """A platform upgrade blocks model changes, changes no model, and can be cancelled by anyone (rule 34)."""
    made = scale_set(document(instances=4))
    start_platform_upgrade(made)
    made.advance(20)
    with pytest.raises(Refused) as refused:
        made.put(image("2.0.0"))
    assert refused.value.failures[0].reason is Reason.ROLLING_UPGRADE_RUNNING
    finish(made, cancel(made))
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.CANCELLED
    finish(made, made.put(image("2.0.0")))
    assert disk(made, "0") == (1, "old", False)


@pytest.mark.rule("2.4.24")
def test_a_failed_extension_fails_its_instance() -> None:
    """The instance counts as failed with the extension's error; what runs after it does not run (rule 24)."""
    script = {"name": "script", "properties": {"type": "CustomScript", "provisionAfterExtensions": ["health"]}}
    made = rolling(10)
    made.faults.items.append(ExtensionFailure(extension="health", count=1))
    change = merge(image("2.0.0"), profile(extensionProfile={"extensions": [script, HEALTH_EXTENSION]}))
    operation = finish(made, made.put(change))
    assert operation.failure is not None
    assert [d.reason for d in operation.failure.details] == [Reason.EXTENSION_FAILED]
    assert runs(made.instances["0"]) == ["health Created", "health OsDiskReplaced!"]
    assert runs(made.instances["5"]) == ["health Created", "health OsDiskReplaced", "script OsDiskReplaced"]


@pytest.mark.rule("S2", "2.5.37")
def test_another_mode_meanwhile_does_not_touch_what_is_pending() -> None:
    """Automatic mode set while it rolls: the running upgrade goes on batch by batch (S2)."""
    made = rolling(5)
    operation = made.put(image("2.0.0"))
    made.advance(20)
    finish(made, made.put({"properties": {"upgradePolicy": {"mode": "Automatic"}}}))
    finish(made, operation)
    assert [ids for _, ids in batches(made)] == list("01234")
