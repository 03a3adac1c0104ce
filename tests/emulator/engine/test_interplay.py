"""What meets in one scale set: deletions, power, surge, repairs and upgrades at the same time."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    HEALTH_EXTENSION,
    PROVIDERS,
    capacity,
    custom_data,
    disk,
    document,
    exact,
    finish,
    image,
    policy,
    profile,
    runs,
    scale_set,
    told,
)
from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import (
    ExtensionFailure,
    ProvisioningFailure,
    QuotaExhausted,
    UnhealthyAfterUpgrade,
)
from vmss_sdk.emulator.engine.reading.pending import pending
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeCode
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.instance_model import reapply, update_instance
from vmss_sdk.emulator.engine.work.reimage import ReimageOptions, reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

RICH: Document = merge(HEALTH_EXTENSION, {"properties": {"typeHandlerVersion": "2.0"}})
LATEST = {"imageReference": {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "latest"}}
FAR = 10 * 24 * 3600.0


def surging(percent: int = 25) -> ScaleSet:
    """Four instances in a rolling upgrade with surge, thirty seconds after its start."""
    rolling = {"maxSurge": True, "maxBatchInstancePercent": percent}
    made = scale_set(
        document(instances=4, mode="Rolling", rolling=rolling), settings=exact(respect_update_domains=False)
    )
    made.put(image("2.0.0"))
    made.advance(30)
    return made


def sums(made: ScaleSet) -> tuple[int, int]:
    """In the end: the capacity, and how many instances there are."""
    made.advance(made.now + FAR)
    assert made.schedule.next_due is None
    return made.document["sku"]["capacity"], len(made.instances)


def test_a_deletion_voids_what_waits_before_it() -> None:
    """Restart, reimage, delete on one instance: the reimage does not bring it back (rule 2.5.37)."""
    made = scale_set(document())
    lifecycle.restart(made, ["0"])
    waiting = reimage(made, ["0"])
    lifecycle.delete_instances(made, ["0"])
    assert waiting.status == "Succeeded"
    made.advance(60)
    assert made.instances["0"].deleting
    made.put({})
    assert sums(made) == (9, 9)


@pytest.mark.parametrize("gone", ["0", "4"])
def test_a_deletion_during_surge_leaves_the_capacity_right(gone: str) -> None:
    """Whether the old one or its stand-in is deleted: as many are left as the capacity says (rules 37, 38)."""
    made = surging()
    lifecycle.delete_instances(made, [gone])
    assert sums(made) == ((3, 3) if gone == "0" else (4, 4))


@pytest.mark.parametrize("wanted", [0, 2, 6])
def test_scaling_during_surge_leaves_the_capacity_right(wanted: int) -> None:
    """Extra instances are outside of the capacity, and do not outlive what they stand in for (rule 38)."""
    made = surging(percent=100)
    made.put(capacity(wanted))
    assert sums(made) == (wanted, wanted)


def test_cancel_during_surge_leaves_the_capacity_right() -> None:
    """The batch in flight finishes, its extra instances are the new ones (rule 34)."""
    made = surging()
    cancel(made)
    assert sums(made) == (4, 4)


def test_an_os_upgrade_starts_nobody() -> None:
    """A stopped and a deallocated instance get the new disk and stay down (rule 39)."""
    made = scale_set(document(instances=3, profile={"storageProfile": LATEST}))
    finish(made, lifecycle.deallocate(made, ["0"]))
    finish(made, lifecycle.power_off(made, ["1"]))
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    finish(made, made.put(policy("Manual", maxUnhealthyInstancePercent=100)))
    finish(made, os_image.start_os_upgrade(made))
    assert [i.power.value for i in made.instances.values()] == ["deallocated", "stopped", "running"]
    assert [i.os.content.image_version for i in made.instances.values()] == ["2.0.0"] * 3


def test_surge_does_not_replace_what_is_down() -> None:
    """A deallocated instance gets the model where it is (rule 39)."""
    rolling = {"maxSurge": True, "maxBatchInstancePercent": 100}
    made = scale_set(
        document(instances=2, mode="Rolling", rolling=rolling), settings=exact(respect_update_domains=False)
    )
    finish(made, lifecycle.deallocate(made, ["0"]))
    finish(made, made.put(image("2.0.0")))
    assert {i.id: i.power.value for i in made.instances.values()} == {"0": "deallocated", "2": "running"}


def test_an_instance_that_goes_down_in_its_batch_is_not_waited_for() -> None:
    """Deallocated by its owner while its health is waited for: it counts as upgraded (rule 39)."""
    made = scale_set(document(instances=5, mode="Rolling"))
    made.faults.items.append(UnhealthyAfterUpgrade(instance_ids=("0",), count=1))
    made.put(image("2.0.0"))
    made.advance(150)
    finish(made, lifecycle.deallocate(made, ["0"]))
    assert told(made, DecisionKind.BATCH_FINISHED) == [(210, "BatchFinished batch 1 0 succeeded=1 failed=0")]


def test_extensions_do_not_run_on_what_is_down() -> None:
    """A deallocated instance has the model afterwards, and no failure (rule 39)."""
    made = scale_set(document(instances=1, mode="Automatic"))
    finish(made, lifecycle.deallocate(made, ["0"]))
    made.faults.items.append(ExtensionFailure())
    operation = finish(made, made.put(profile(extensionProfile={"extensions": [RICH]})))
    assert (operation.status, len(made.instances["0"].extension_runs)) == ("Succeeded", 1)


@pytest.mark.rule("2.5.39")
@pytest.mark.parametrize("kind", ["model", "OS image"])
def test_extensions_run_when_what_was_down_is_started(kind: str) -> None:
    """A deallocated instance got a new OS disk: its extensions run on it at the first start, and once (rule 39)."""
    made = scale_set(document(instances=1, profile={"storageProfile": LATEST}))
    finish(made, lifecycle.deallocate(made, ["0"]))
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    if kind == "model":
        finish(made, made.put(profile(storageProfile=LATEST)))
        finish(made, upgrade_instances(made, ["0"]))
    else:
        finish(made, os_image.start_os_upgrade(made))
    before = runs(made.instances["0"])
    finish(made, lifecycle.start(made, ["0"]))
    finish(made, lifecycle.restart(made, ["0"]))
    assert (before, runs(made.instances["0"])) == (["health Created"], ["health Created", "health OsDiskReplaced"])


def test_initializing_is_waited_for_beyond_five_minutes() -> None:
    """While an instance initializes within its grace period the upgrade keeps waiting (rule 25)."""
    settings = {
        "protocol": "http",
        "requestPath": "/",
        "intervalInSeconds": 30,
        "numberOfProbes": 12,
        "gracePeriod": 900,
    }
    slow = {**RICH, "properties": {**RICH["properties"], "settings": settings}}
    made = scale_set(document(instances=1, mode="Rolling", extensions=[slow]))
    finish(made, made.put(image("2.0.0")))
    assert told(made, DecisionKind.BATCH_FINISHED) == [(500, "BatchFinished batch 1 0 succeeded=1 failed=0")]


def test_initializing_that_ends_unknown_fails_then() -> None:
    """At the end of its grace, not at five minutes (rules 25, 3.6)."""
    settings = {"protocol": "http", "requestPath": "/", "gracePeriod": 900}
    slow = {**RICH, "properties": {**RICH["properties"], "settings": settings}}
    made = scale_set(document(instances=1, mode="Rolling", extensions=[slow]))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1, state=HealthState.INITIALIZING))
    finish(made, made.put(image("2.0.0")))
    assert told(made, DecisionKind.BATCH_FINISHED) == [(1040, "BatchFinished batch 1 0 succeeded=0 failed=1")]


def test_an_old_reading_is_void_after_a_restart() -> None:
    """Each start has its own grace period (rule 3.6)."""
    settings = {"protocol": "http", "requestPath": "/", "gracePeriod": 600}
    slow = {**RICH, "properties": {**RICH["properties"], "settings": settings}}
    made = scale_set(document(instances=1, extensions=[slow]))
    set_reported_health(made, made.instances["0"], HealthState.INITIALIZING)
    lifecycle.restart(made, ["0"])
    made.advance(500)
    lifecycle.restart(made, ["0"])
    made.advance(700)
    seen = [made.instances["0"].health]
    made.advance(500 + 45 + 600)
    assert [*seen, made.instances["0"].health] == [HealthState.INITIALIZING, HealthState.UNKNOWN]


def test_a_change_in_place_does_not_initialize_again() -> None:
    """Initializing is only once, at the extension's start (rule 3.6)."""
    made = scale_set(document(instances=1, mode="Automatic", extensions=[RICH]))
    made.put(custom_data("new"))
    made.advance(6)
    assert made.instances["0"].health is HealthState.HEALTHY


def test_an_extra_instance_that_fails_goes_too() -> None:
    """A spare that did not come up is removed with the others (rule 7.5)."""
    made = scale_set(document(instances=10, properties={"overprovision": True}), ready=False)
    made.faults.items.append(ProvisioningFailure(instance_ids=("10",), count=1))
    assert sums(made) == (10, 10)
    made.put(capacity(0))
    assert sums(made) == (0, 0)


def test_deleting_an_extra_instance_does_not_lower_the_capacity() -> None:
    """It was never part of it (rules 7.5, 7.10)."""
    made = scale_set(document(instances=10, properties={"overprovision": True}), ready=False)
    lifecycle.delete_instances(made, ["10"])
    assert sums(made) == (10, 10)


def repairing(**members: Any) -> ScaleSet:
    """Three instances with repairs by reimage."""
    enabled = {"automaticRepairsPolicy": {"enabled": True, "repairAction": "Reimage", **members}}
    return scale_set(document(instances=3, properties=enabled))


def test_an_overtaken_repair_holds_up_no_other() -> None:
    """The instance under repair is deallocated: the next unhealthy one is repaired all the same (rule 3.11)."""
    made = repairing()
    set_reported_health(made, made.instances["0"], HealthState.UNHEALTHY)
    made.advance(601)
    lifecycle.deallocate(made, ["0"])
    set_reported_health(made, made.instances["1"], HealthState.UNHEALTHY)
    made.advance(3000)
    assert [what for _, what in told(made, DecisionKind.REPAIRED)] == [
        "Repaired 0 action=Reimage",
        "Repaired 1 action=Reimage",
    ]


def test_enabling_repairs_looks_at_what_is_unhealthy() -> None:
    """Also an instance that turned unhealthy before is repaired (rule 3.11)."""
    made = scale_set(document(instances=3))
    set_reported_health(made, made.instances["0"], HealthState.UNHEALTHY)
    made.put({"properties": {"automaticRepairsPolicy": {"enabled": True, "repairAction": "Reimage"}}})
    made.advance(2000)
    assert len(told(made, DecisionKind.REPAIRED)) == 1


def test_work_at_the_moment_of_repair_only_delays_it() -> None:
    """An instance that is busy when its grace ends is repaired afterwards (rule 3.11)."""
    made = repairing()
    set_reported_health(made, made.instances["0"], HealthState.UNHEALTHY)
    made.advance(599)
    update_instance(made, made.instances["0"], {"tags": {"a": "b"}})
    made.advance(2000)
    assert len(told(made, DecisionKind.REPAIRED)) == 1


def test_losing_protection_makes_repairable() -> None:
    """An unhealthy instance is repaired once it is no longer protected (section 5)."""
    made = repairing()
    instance = made.instances["0"]
    instance.protection = Protection(from_scale_in=True)
    set_reported_health(made, instance, HealthState.UNHEALTHY)
    made.advance(2000)
    update_instance(made, instance, {"properties": {"protectionPolicy": {"protectFromScaleIn": False}}})
    made.advance(4000)
    assert len(told(made, DecisionKind.REPAIRED)) == 1


def test_the_repair_action_changes_only_while_disabled() -> None:
    """Disable, change, enable (rule 3.11)."""
    made = repairing()
    with pytest.raises(Refused) as refused:
        made.put({"properties": {"automaticRepairsPolicy": {"repairAction": "Restart"}}})
    assert refused.value.failures[0].reason is Reason.NOT_CHANGEABLE


def test_a_bad_image_fails_with_surge_too() -> None:
    """The new instances are never healthy: the upgrade stops and the old ones stay (golden 5, rule 45)."""
    made = scale_set(document(instances=4, mode="Rolling", rolling={"maxSurge": True, "maxBatchInstancePercent": 25}))
    made.faults.items.append(UnhealthyAfterUpgrade())
    finish(made, made.put(image("2.0.0")))
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.FAULTED
    made.advance(FAR)
    assert list(made.instances) == list("0123")


def test_nothing_to_do_clears_no_failure() -> None:
    """An upgrade of a failed instance that is at the newest model changes nothing (rule 2.2.13)."""
    made = scale_set(document(instances=1))
    made.faults.items.append(ExtensionFailure(count=1))
    finish(made, made.put(image("2.0.0")))
    finish(made, upgrade_instances(made, ["0"]))
    instance = made.instances["0"]
    first = (instance.provisioning, instance.failure)
    upgrade_instances(made, ["0"])
    made.advance(made.now + 10)
    assert first == (instance.provisioning, instance.failure)
    assert instance.provisioning == "Failed"


def test_reapply_leaves_a_healthy_instance_healthy() -> None:
    """What the application answers is its health; reapplying clears the failed provisioning only (section 3)."""
    made = scale_set(document(instances=1, mode="Automatic"))
    made.faults.items.append(ExtensionFailure(count=1))
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 10)
    finish(made, reapply(made))
    assert not made.instances["0"].unhealthy


def test_extension_upgrades_surge_and_flexible_os_upgrades_do_not() -> None:
    """Which kinds of upgrade surge (rule 47)."""
    rolling = {"properties": {"upgradePolicy": {"rollingUpgradePolicy": {"maxSurge": True}}}}
    uniform = scale_set(merge(document(instances=1), rolling))
    uniform.handlers.publish("Microsoft.ManagedServices.ApplicationHealthLinux", "1.1")
    finish(uniform, os_image.start_extension_upgrade(uniform))
    assert list(uniform.instances) == ["1"]
    body = document(instances=1, profile={"storageProfile": LATEST}, properties={"orchestrationMode": "Flexible"})
    flexible = scale_set(merge(body, rolling))
    before = list(flexible.instances)
    flexible.images.publish("Canonical:ubuntu:server", "2.0.0")
    finish(flexible, os_image.start_os_upgrade(flexible))
    assert list(flexible.instances) == before


def test_an_os_upgrade_writes_the_applied_model() -> None:
    """Custom data that an upgrade left for a reimage comes with the new disk (rules 1.2.5, 4.4)."""
    made = scale_set(document(instances=1, mode="Automatic", profile={"storageProfile": LATEST}))
    finish(made, made.put(custom_data("new")))
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    finish(made, os_image.start_os_upgrade(made))
    assert disk(made, "0") == (2, "new", True)


def test_an_os_upgrade_keeps_to_the_version_it_set_out_for() -> None:
    """A version published meanwhile is for the next upgrade."""
    made = scale_set(document(instances=5, profile={"storageProfile": LATEST}))
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    operation = os_image.start_os_upgrade(made)
    made.advance(200)
    made.images.publish("Canonical:ubuntu:server", "3.0.0")
    finish(made, operation)
    assert [i.os.content.image_version for i in made.instances.values()] == ["2.0.0"] * 5


def test_rollback_restores_individual_changes() -> None:
    """What was customised before is so again (rule 30)."""
    rolling = {"rollbackFailedInstancesOnPolicyBreach": True}
    made = scale_set(document(instances=1, mode="Rolling", rolling=rolling))
    size = {"properties": {"hardwareProfile": {"vmSize": "Standard_D8s_v5"}}}
    finish(made, update_instance(made, made.instances["0"], size))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1))
    finish(made, made.put(image("2.0.0")))
    assert (made.instances["0"].customised, made.instances["0"].overrides) == (True, size)


def test_a_batch_counts_only_its_own_successes() -> None:
    """One of two is deleted in its batch: one succeeded (rule 37)."""
    made = scale_set(document(mode="Rolling"))
    made.put(image("2.0.0"))
    made.advance(20)
    lifecycle.delete_instances(made, ["5"])
    made.advance(146)
    assert told(made, DecisionKind.BATCH_FINISHED) == [(145, "BatchFinished batch 1 0,5 succeeded=1 failed=0")]


def test_what_was_upgraded_by_hand_is_pending_no_more() -> None:
    """After a fault the counter shows what is really outdated (2.7.48)."""
    made = scale_set(document(mode="Rolling"))
    made.faults.items.append(UnhealthyAfterUpgrade(instance_ids=("0", "5"), count=2))
    operation = made.put(image("2.0.0"))
    made.advance(20)
    upgrade_instances(made, ["6", "7", "8", "9"])
    finish(made, operation)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.progress["pendingInstanceCount"] == 4


def test_too_much_reads_as_too_much() -> None:
    """41 of 200 is 20.5 %, and the figures do not say 20 % exceeds 20 %."""
    made = scale_set(document(instances=200, mode="Rolling", rolling={"maxBatchInstancePercent": 100}))
    for number in range(41):
        set_reported_health(made, made.instances[str(number)], HealthState.UNHEALTHY)
    operation = finish(made, made.put(image("2.0.0")))
    assert operation.failure is not None
    assert operation.failure.facts == {"percent": 21, "limit": 20}


@pytest.mark.rule("2.4.28")
def test_an_upgrade_that_goes_on_over_failures_says_so() -> None:
    """Its status carries the failed instances while it rolls, and not when it is completed (rule 28)."""
    made = scale_set(document(mode="Rolling", rolling={"maxUnhealthyUpgradedInstancePercent": 50}))
    made.faults.items.append(UnhealthyAfterUpgrade(instance_ids=("0",), count=1))
    operation = made.put(image("2.0.0"))
    made.advance(500)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.status_error is not None
    assert made.rolling_upgrade.status_error.reason is Reason.FAILED_INSTANCES
    finish(made, operation)
    assert made.rolling_upgrade.status_error is None


def test_a_model_change_during_creation_rolls_in_whole_batches() -> None:
    """Instances that are still created count for the size of a batch (rule 22)."""
    made = scale_set(document(mode="Rolling"), ready=False)
    made.put(image("2.0.0"))
    made.advance(0)
    first = next(decision for decision in made.decisions if decision.kind is DecisionKind.BATCH_STARTED)
    assert len(first.instance_ids) == 2


def test_a_refused_reimage_leaves_no_trace() -> None:
    """A request that is refused is not in the decision log."""
    made = scale_set(document(instances=2))
    made.instances["0"].protection = Protection(from_scale_set_actions=True)
    with pytest.raises(Refused):
        reimage(made, None, options=ReimageOptions(temp_disk=False))
    assert told(made) == []


def test_quota_is_used_up() -> None:
    """Room for two more is room for two more in all."""
    made = scale_set(document(instances=1))
    made.faults.items.append(QuotaExhausted(left=2))
    finish(made, made.put(capacity(3)))
    with pytest.raises(Refused) as refused:
        made.put(capacity(4))
    assert refused.value.failures[0].reason is Reason.QUOTA_EXCEEDED
    finish(made, made.put(capacity(1)))
    finish(made, made.put(capacity(2)))


def test_pending_names_each_thing_once() -> None:
    """Custom data changed twice with an upgrade between: still one thing that a reimage brings."""
    made = scale_set(document(instances=1))
    finish(made, made.put(custom_data("b")))
    finish(made, upgrade_instances(made, ["0"]))
    finish(made, made.put(custom_data("c")))
    paths = [item.path for item in pending(made, made.instances["0"])]
    assert paths == ["virtualMachineProfile.osProfile.customData"]


NODE: Document = {
    "name": "sf",
    "properties": {"publisher": "Microsoft.Azure.ServiceFabric", "type": "ServiceFabricNode"},
}


@pytest.mark.rule("2.0.5")
def test_a_service_fabric_cluster_is_walked_through() -> None:
    """Automatic mode there: one update domain after the other, and a node that is deleted meanwhile holds up nobody."""
    made = scale_set(document(instances=7, mode="Automatic", extensions=[NODE]))
    operation = made.put(image("2.0.0"))
    made.advance(10)
    lifecycle.delete_instances(made, ["2"])
    finish(made, operation)
    upgraded = [what.split()[1] for _, what in told(made, DecisionKind.INSTANCE_UPGRADED)]
    domains = [int(instance_id) % 5 for instance_id in upgraded]
    assert (domains, len(upgraded)) == (sorted(domains), 6)


@pytest.mark.rule("2.0.5")
def test_a_service_fabric_cluster_takes_no_repairs() -> None:
    """Repairs are not supported there."""
    body = document(instances=1, mode="Automatic", extensions=[NODE, HEALTH_EXTENSION])
    with pytest.raises(Refused) as refused:
        scale_set(merge(body, {"properties": {"automaticRepairsPolicy": {"enabled": True}}}))
    assert [failure.reason for failure in refused.value.failures] == [Reason.SERVICE_FABRIC_NO_REPAIRS]


@pytest.mark.rule("2.3.16h")
def test_repairs_need_the_extension_on_every_instance() -> None:
    """In the model is not enough: the instances have to be upgraded first."""
    made = scale_set(document(instances=1, extensions=[]))
    finish(made, made.put(profile(extensionProfile={"extensions": [HEALTH_EXTENSION]})))
    enable = {"properties": {"automaticRepairsPolicy": {"enabled": True}}}
    with pytest.raises(Refused) as refused:
        made.put(enable)
    assert [failure.reason for failure in refused.value.failures] == [Reason.HEALTH_NOT_APPLIED]
    finish(made, upgrade_instances(made, ["*"]))
    finish(made, made.put(enable))


@pytest.mark.rule("1.4.ppg")
def test_a_proximity_placement_group_changes_only_while_all_are_down() -> None:
    """Uniform: with all stopped. Flexible: never."""
    group = {
        "properties": {
            "proximityPlacementGroup": {"id": f"{PROVIDERS}/Microsoft.Compute/proximityPlacementGroups/near"}
        }
    }
    uniform = scale_set(document(instances=1))
    with pytest.raises(Refused) as running:
        uniform.put(group)
    finish(uniform, lifecycle.deallocate(uniform, None))
    finish(uniform, uniform.put(group))
    flexible = scale_set(document(instances=1, properties={"orchestrationMode": "Flexible"}))
    with pytest.raises(Refused) as fixed:
        flexible.put(group)
    reasons = [refused.value.failures[0].reason for refused in (running, fixed)]
    assert reasons == [Reason.INSTANCES_RUNNING, Reason.NOT_CHANGEABLE]
