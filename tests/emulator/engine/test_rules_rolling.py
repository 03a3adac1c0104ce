"""Rules of rolling upgrades that the stories leave open: order, states, control, surge (semantics 2.4 to 2.7)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.emulator.engine.stories import (
    HEALTH_EXTENSION,
    batches,
    capacity,
    document,
    exact,
    finish,
    image,
    merged,
    policy,
    profile,
    scale_set,
    told,
)
from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.common.refusals import Reason
from vmss_sdk.emulator.engine.common.states import HealthState, PowerState, ProvisioningState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import ExtensionFailure, ProvisioningFailure, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeAction, UpgradeCode
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

RICH: Document = merge(HEALTH_EXTENSION, {"properties": {"typeHandlerVersion": "2.0"}})
ONE_DOMAIN = exact(respect_update_domains=False)


def rolling(instances: int = 10, *, settings: Any = None, body: Document | None = None, **options: Any) -> ScaleSet:
    """A ready scale set in Rolling mode; the options are members of its rolling policy."""
    return scale_set(
        merged(document(instances=instances, mode="Rolling", rolling=options), body or {}), settings=settings
    )


def slow(grace: int) -> Document:
    """A health extension with rich states and a grace period of so many seconds."""
    return merge(RICH, {"properties": {"settings": {"gracePeriod": grace}}})


def batch_ids(made: ScaleSet) -> list[str]:
    """The ids of each batch."""
    return [ids for _, ids in batches(made)]


def code(made: ScaleSet) -> UpgradeCode:
    """Where the latest rolling upgrade stands."""
    assert made.rolling_upgrade is not None
    return made.rolling_upgrade.code


@pytest.mark.rule("2.4.18")
def test_a_stopped_and_a_failed_instance_count_unhealthy_before_it_begins() -> None:
    """Whatever the reason: one stopped, one Failed, one reported unhealthy are 3 of 10, more than 20 %."""
    made = rolling()
    finish(made, lifecycle.power_off(made, ["1"]))
    made.faults.items.append(ProvisioningFailure(instance_ids=("2",), count=1))
    finish(made, reimage(made, ["2"]))
    set_reported_health(made, made.instances["3"], HealthState.UNHEALTHY)
    operation = finish(made, made.put(image("2.0.0")))
    assert operation.failure is not None
    assert operation.failure.reason is Reason.UNHEALTHY_BEFORE_UPGRADE
    assert [detail.facts["instance_id"] for detail in operation.failure.details] == ["1", "2", "3"]


@pytest.mark.rule("2.4.19")
def test_custom_metrics_are_read_once_at_the_start() -> None:
    """What an application reports afterwards changes neither order nor candidates."""
    made = scale_set(document(instances=3, mode="Rolling", extensions=[RICH]), settings=ONE_DOMAIN)
    operation = made.put(image("2.0.0"))
    made.advance(20)
    made.instances["1"].custom_metrics = {"SkipUpgrade": True}
    made.instances["2"].custom_metrics = {"PhaseOrderingNumber": 0}
    finish(made, operation)
    assert batch_ids(made) == ["0", "1", "2"]


@pytest.mark.rule("2.4.20", "S4")
def test_without_the_flag_an_unhealthy_instance_waits_its_turn() -> None:
    """Ids in ascending order as numbers, inside their update domain."""
    made = rolling(11)
    for instance_id in ("8", "9"):
        set_reported_health(made, made.instances[instance_id], HealthState.UNHEALTHY)
    finish(made, made.put(image("2.0.0")))
    assert "".join(batch_ids(made)[0].split(",")[:1]) == "0"
    assert [i for ids in batch_ids(made) for i in ids.split(",")] == [
        "0",
        "5",
        "10",
        "1",
        "6",
        "2",
        "7",
        "3",
        "8",
        "4",
        "9",
    ]


@pytest.mark.rule("2.4.20")
def test_unhealthy_instances_go_first_inside_their_phase() -> None:
    """A phase comes before priority: the unhealthy instance is of the last phase, and goes first there."""
    options = {"prioritizeUnhealthyInstances": True, "maxUnhealthyInstancePercent": 50}
    body = document(instances=4, mode="Rolling", rolling=options, extensions=[RICH])
    made = scale_set(body, settings=ONE_DOMAIN)
    made.instances["2"].custom_metrics = {"PhaseOrderingNumber": 1}
    set_reported_health(made, made.instances["3"], HealthState.UNHEALTHY)
    finish(made, made.put(image("2.0.0")))
    assert batch_ids(made) == ["2", "3", "0", "1"]


@pytest.mark.rule("2.4.21", "S7")
def test_a_uniform_set_has_five_update_domains_in_turn() -> None:
    """The id modulo five; a Flexible instance has none."""
    assert [i.update_domain for i in rolling(7).instances.values()] == [0, 1, 2, 3, 4, 0, 1]
    flexible = rolling(2, body={"properties": {"orchestrationMode": "Flexible"}})
    assert [i.update_domain for i in flexible.instances.values()] == [None, None]


@pytest.mark.rule("2.4.21")
def test_a_flexible_set_with_one_fault_domain_has_no_boundary() -> None:
    """Four at 100 % are one batch."""
    made = rolling(4, maxBatchInstancePercent=100, body={"properties": {"orchestrationMode": "Flexible"}})
    finish(made, made.put(image("2.0.0")))
    assert [len(ids.split(",")) for ids in batch_ids(made)] == [4]


@pytest.mark.rule("2.4.22")
@pytest.mark.parametrize(("instances", "percent", "sizes"), [(7, 40, [2, 2, 2, 1]), (4, 24, [1, 1, 1, 1])])
def test_a_batch_is_rounded_down_and_at_least_one(instances: int, percent: int, sizes: list[int]) -> None:
    """40 % of seven are 2.8, so two; 24 % of four are 0.96, and still one."""
    made = rolling(instances, settings=ONE_DOMAIN, maxBatchInstancePercent=percent)
    finish(made, made.put(image("2.0.0")))
    assert [len(ids.split(",")) for ids in batch_ids(made)] == sizes


@pytest.mark.rule("2.4.24")
def test_the_instances_of_a_batch_are_updating() -> None:
    """They alone, while the batch runs."""
    made = rolling(5)
    made.put(image("2.0.0"))
    made.advance(20)
    states = [instance.provisioning for instance in made.instances.values()]
    assert states == [ProvisioningState.UPDATING, *[ProvisioningState.SUCCEEDED] * 4]


@pytest.mark.rule("2.4.25")
def test_without_a_health_source_running_with_all_extensions_is_healthy() -> None:
    """An OS upgrade of a Service Fabric set: no wait for health, and a failed extension counts as failed."""
    node = {"name": "sf", "properties": {"publisher": "Microsoft.Azure.ServiceFabric", "type": "ServiceFabricNode"}}
    latest = {"storageProfile": {"imageReference": {"version": "latest"}}}
    body = document(instances=10, mode="Automatic", extensions=[node], profile=latest)
    made = scale_set(body)
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    made.faults.items.append(ExtensionFailure(instance_ids=("9",), count=1))
    finish(made, os_image.start_os_upgrade(made))
    assert told(made, DecisionKind.BATCH_FINISHED)[0] == (15 + 125, "BatchFinished batch 1 0,5 succeeded=2 failed=0")
    assert made.rolling_upgrade is not None
    assert list(made.rolling_upgrade.failures) == ["9"]


@pytest.mark.rule("2.4.25")
def test_an_initializing_instance_has_its_whole_grace_period() -> None:
    """Ten minutes are longer than the usual five: healthy after more than six, it is a success."""
    made = scale_set(document(instances=1, mode="Rolling", extensions=[slow(600)]))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1, state=HealthState.INITIALIZING))
    made.put(image("2.0.0"))
    made.advance(15 + 125 + 400)
    set_reported_health(made, made.instances["0"], None)
    assert told(made, DecisionKind.BATCH_FINISHED) == [(540, "BatchFinished batch 1 0 succeeded=1 failed=0")]


@pytest.mark.rule("2.4.25", "3.4")
def test_a_binary_source_knows_no_initializing_that_could_be_waited_for() -> None:
    """An application that says so is unhealthy to it: five minutes after the upgrade the instance has failed."""
    made = scale_set(document(instances=1, mode="Automatic"))
    made.put(policy("Rolling"))
    made.put(image("2.0.0"))
    made.advance(15 + 125 + 2)
    set_reported_health(made, made.instances["0"], HealthState.INITIALIZING)
    made.advance(24 * 3600)
    finished = [(15 + 125 + 300, "BatchFinished batch 1 0 succeeded=0 failed=1")]
    assert told(made, DecisionKind.BATCH_FINISHED) == finished
    assert [operation.name for operation in made.operations.values() if operation.ended_at is None] == []


def initializing() -> ScaleSet:
    """An upgraded instance initializes; its five minutes are over, its grace period is not."""
    made = scale_set(document(instances=1, mode="Rolling", extensions=[slow(900)]))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1, state=HealthState.INITIALIZING))
    made.put(image("2.0.0"))
    made.advance(600)
    return made


@pytest.mark.rule("2.4.25")
def test_to_say_initializing_once_more_does_not_prolong_the_wait() -> None:
    """It ends with the grace period that began when the upgraded instance came up."""
    made = initializing()
    set_reported_health(made, made.instances["0"], HealthState.INITIALIZING)
    made.advance(24 * 3600)
    finished = [(15 + 125 + 900, "BatchFinished batch 1 0 succeeded=0 failed=1")]
    assert told(made, DecisionKind.BATCH_FINISHED) == finished


@pytest.mark.rule("2.4.25")
@pytest.mark.parametrize("act", [lifecycle.power_off, lifecycle.deallocate, lifecycle.restart, reimage])
def test_an_initializing_instance_that_goes_down_is_waited_for_no_longer(act: Callable[..., Operation]) -> None:
    """Beyond five minutes there is nothing left that it could become healthy of in time."""
    made = initializing()
    act(made, ["0"])
    made.advance(24 * 3600)
    assert told(made, DecisionKind.BATCH_FINISHED) == [(600, "BatchFinished batch 1 0 succeeded=0 failed=1")]


@pytest.mark.rule("2.4.25", "2.5.37")
def test_an_initializing_instance_that_is_deleted_drops_out() -> None:
    """It neither succeeds nor fails, and the upgrade ends."""
    made = initializing()
    lifecycle.delete_instances(made, ["0"])
    made.advance(24 * 3600)
    assert told(made, DecisionKind.BATCH_FINISHED) == [(600, "BatchFinished batch 1 0 succeeded=0 failed=0")]


@pytest.mark.rule("2.4.25")
def test_an_instance_that_loses_its_health_source_is_healthy_when_it_runs() -> None:
    """Azure upgrades something of its own; while that waits, the instance gets a model without the extension."""
    made = scale_set(document(instances=1, extensions=[slow(3600)]))
    made.put(profile(extensionProfile={"extensions": []}))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1, state=HealthState.INITIALIZING))
    made.advance(100)
    os_image.start_platform_upgrade(made)
    made.advance(600)
    finish(made, upgrade_instances(made, ["0"]))
    now = made.now
    made.advance(24 * 3600)
    assert told(made, DecisionKind.BATCH_FINISHED) == [(now, "BatchFinished batch 1 0 succeeded=1 failed=0")]


@pytest.mark.rule("2.4.26", "C4")
def test_the_gate_counts_all_upgraded_so_far() -> None:
    """One failure in the second batch of two is 1 of 4, more than 24 %; of its batch alone it would be 1 of 2."""
    made = rolling(maxUnhealthyUpgradedInstancePercent=24)
    made.faults.items.append(UnhealthyAfterUpgrade(instance_ids=("6",), count=1))
    finish(made, made.put(image("2.0.0")))
    assert told(made, DecisionKind.UPGRADED_GATE_FAILED)[0][1] == (
        "UpgradedGateFailed batch 2 failed=1 upgraded=4 percent=25 limit=24"
    )


@pytest.mark.rule("2.4.27")
def test_an_upgrade_is_not_stopped_inside_a_batch() -> None:
    """Half of the set turns unhealthy while a batch runs: its instances are upgraded and counted all the same."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    made.advance(20)
    for instance_id in "12346":
        set_reported_health(made, made.instances[instance_id], HealthState.UNHEALTHY)
    made.advance(100)
    assert code(made) is UpgradeCode.ROLLING_FORWARD
    finish(made, operation)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.progress["successfulInstanceCount"] == 2


@pytest.mark.rule("2.4.30")
def test_without_the_flag_the_failed_ones_stay_as_they_are() -> None:
    """The default is no rollback."""
    made = rolling()
    made.faults.items.append(UnhealthyAfterUpgrade(count=2))
    finish(made, made.put(image("2.0.0")))
    assert told(made, DecisionKind.ROLLED_BACK) == []
    assert made.instances["0"].os.content.image_version == "2.0.0"


@pytest.mark.rule("2.4.30")
def test_successes_stay_upgraded_when_failures_are_rolled_back() -> None:
    """Of a batch of two the healthy one keeps the new model."""
    made = rolling(rollbackFailedInstancesOnPolicyBreach=True)
    made.faults.items.append(UnhealthyAfterUpgrade(instance_ids=("5",), count=1))
    finish(made, made.put(image("2.0.0")))
    versions = {i.id: i.os.content.image_version for i in made.instances.values() if i.id in "05"}
    assert versions == {"0": "2.0.0", "5": "1.0.0"}


@pytest.mark.rule("2.5.35")
def test_a_faulted_upgrade_stays_faulted_until_the_next_change() -> None:
    """A day later nothing has begun; another image starts a new upgrade over all that are outdated."""
    made = rolling()
    made.faults.items.append(UnhealthyAfterUpgrade(count=2))
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 24 * 3600)
    assert (len(made.upgrades), batch_ids(made)) == (1, ["0,5"])
    for instance in made.instances.values():
        set_reported_health(made, instance, None)
    finish(made, made.put(image("2.0.1")))
    assert (len(made.upgrades), code(made)) == (2, UpgradeCode.COMPLETED)
    assert not any(made.outdated(instance) for instance in made.instances.values())


@pytest.mark.rule("2.5.34", "2.7.49", "S1")
def test_cancel_is_the_last_action_at_once() -> None:
    """While the batch in flight still finishes; what it upgraded is not put back."""
    made = rolling()
    made.put(image("2.0.0"))
    made.advance(20)
    cancelling = cancel(made)
    assert made.rolling_upgrade is not None
    assert (made.rolling_upgrade.last_action, made.rolling_upgrade.last_action_at) == (UpgradeAction.CANCEL, 20)
    assert made.rolling_upgrade.active
    finish(made, cancelling)
    assert (code(made), made.now) == (UpgradeCode.CANCELLED, 145)
    assert [i.id for i in made.instances.values() if not made.outdated(i)] == ["0", "5"]


@pytest.mark.rule("2.5.37")
def test_scaling_and_policy_changes_are_accepted_while_it_rolls() -> None:
    """Neither touches the model, so neither is refused."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    made.advance(20)
    for change in (capacity(11), policy("Rolling", maxBatchInstancePercent=50), {"tags": {"a": "b"}}):
        assert finish(made, made.put(change)).status == "Succeeded"
    assert finish(made, operation).status == "Succeeded"


@pytest.mark.rule("2.5.38", "S3")
def test_scaling_in_may_take_pending_candidates() -> None:
    """The scale-in policy chooses as ever, and the upgrade completes over those that are left."""
    made = rolling()
    operation = made.put(image("2.0.0"))
    made.advance(20)
    finish(made, made.put(capacity(8)))
    finish(made, operation)
    assert list(made.instances) == list("01234567")
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.progress["successfulInstanceCount"] == 8


@pytest.mark.rule("2.5.39", "S3")
def test_deallocated_instances_are_no_part_of_the_percentages() -> None:
    """3 of 10 deallocated are not 30 % unhealthy, and 20 % of the seven others is one."""
    made = rolling(settings=ONE_DOMAIN)
    finish(made, lifecycle.deallocate(made, ["7", "8", "9"]))
    finish(made, made.put(image("2.0.0")))
    assert (
        told(made, DecisionKind.PRE_CHECK_PASSED)[0][1] == "PreCheckPassed unhealthy=0 instances=7 percent=0 limit=20"
    )
    assert {len(ids.split(",")) for ids in batch_ids(made)} == {1}
    assert [made.instances[i].power for i in "789"] == [PowerState.DEALLOCATED] * 3


@pytest.mark.rule("2.5.39")
def test_a_stopped_instance_is_upgraded_without_being_started() -> None:
    """It counts as unhealthy, its health is not waited for, and it stays stopped."""
    made = rolling()
    finish(made, lifecycle.power_off(made, ["0"]))
    finish(made, made.put(image("2.0.0")))
    assert "unhealthy=1 instances=10" in told(made, DecisionKind.PRE_CHECK_PASSED)[0][1]
    assert (made.instances["0"].power, made.outdated(made.instances["0"])) == (PowerState.STOPPED, False)
    assert code(made) is UpgradeCode.COMPLETED


@pytest.mark.rule("2.5.40")
def test_a_failed_instance_is_a_candidate_and_heals() -> None:
    """It counts unhealthy beforehand, is upgraded in its turn, and is Succeeded afterwards."""
    made = rolling()
    made.faults.items.append(ProvisioningFailure(instance_ids=("7",), count=1))
    finish(made, reimage(made, ["7"]))
    states = [made.instances["7"].provisioning]
    finish(made, made.put(image("2.0.0")))
    assert "unhealthy=1 instances=10" in told(made, DecisionKind.PRE_CHECK_PASSED)[0][1]
    states.append(made.instances["7"].provisioning)
    assert states == [ProvisioningState.FAILED, ProvisioningState.SUCCEEDED]
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.progress["successfulInstanceCount"] == 10


@pytest.mark.rule("2.5.40")
def test_failed_instances_go_first_on_demand() -> None:
    """With prioritizeUnhealthyInstances a Failed one is taken before the healthy ones."""
    made = rolling(prioritizeUnhealthyInstances=True)
    made.faults.items.append(ProvisioningFailure(instance_ids=("7",), count=1))
    finish(made, reimage(made, ["7"]))
    finish(made, made.put(image("2.0.0")))
    assert batch_ids(made)[0] == "7"


@pytest.mark.rule("2.6.41")
def test_the_pause_is_kept_between_batches_of_new_instances() -> None:
    """Create, healthy, delete the old one, pause, next."""
    made = rolling(2, maxSurge=True, maxBatchInstancePercent=50, pauseTimeBetweenBatches="PT5M")
    finish(made, made.put(image("2.0.0")))
    # 15 bookkeeping, 115 creation, 5 health, 60 deletion, then the pause and bookkeeping again
    assert batches(made) == [(15, "0"), (195 + 300 + 15, "1")]


@pytest.mark.rule("2.6.42")
def test_a_surged_instance_is_another_vm() -> None:
    """Another id, name and VM id, and nothing of what the old one kept on its disks."""
    made = rolling(
        1,
        maxSurge=True,
        body=profile(storageProfile={"dataDisks": [{"lun": 0, "createOption": "Empty", "diskSizeGB": 4}]}),
    )
    old = made.instances["0"]
    old.data = {"os": "a", "lun 0": "b"}
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 1000)
    (new,) = made.instances.values()
    assert {old.id, old.name, old.vm_id}.isdisjoint({new.id, new.name, new.vm_id})
    assert new.data == {}


@pytest.mark.rule("2.6.45")
def test_surged_instances_that_fail_leave_the_capacity_as_it_was() -> None:
    """The new ones of the failed batch go, the old ones stay, and no further batch begins."""
    made = rolling(4, maxSurge=True, maxBatchInstancePercent=25)
    made.faults.items.append(ProvisioningFailure(count=1))
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 1000)
    assert (list(made.instances), made.document["sku"]["capacity"]) == (list("0123"), 4)
    assert code(made) is UpgradeCode.FAULTED


@pytest.mark.rule("2.6.46", "S6", "C9")
def test_surged_ids_are_the_next_unused_ones() -> None:
    """They count on from the highest there ever was, also after a deletion."""
    made = rolling(3, maxSurge=True)
    finish(made, lifecycle.delete_instances(made, ["2"]))
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 1000)
    assert list(made.instances) == ["3", "4"]


@pytest.mark.rule("2.6.47")
def test_extension_upgrades_surge_too() -> None:
    """Uniform: new instances with the newest handler replace the old ones."""
    made = rolling(2, maxSurge=True)
    made.handlers.publish("Microsoft.ManagedServices.ApplicationHealthLinux", "1.1")
    finish(made, os_image.start_extension_upgrade(made))
    made.advance(made.now + 1000)
    assert {i.id: i.handler_versions["health"] for i in made.instances.values()} == {"2": "1.1", "3": "1.1"}


@pytest.mark.rule("2.6.47")
def test_an_os_upgrade_of_a_flexible_set_does_not_surge() -> None:
    """Its instances are upgraded in place."""
    latest = {"storageProfile": {"imageReference": {"version": "latest"}}}
    properties = {"properties": {"orchestrationMode": "Flexible", "virtualMachineProfile": latest}}
    made = rolling(2, maxSurge=True, body=properties)
    before = list(made.instances)
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    finish(made, os_image.start_os_upgrade(made))
    assert (list(made.instances), [i.os.disk for i in made.instances.values()]) == (before, [2, 2])
