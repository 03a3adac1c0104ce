"""Reimage (semantics 1.5)."""

import pytest

from tests.emulator.engine.stories import custom_data, disk, document, exact, finish, image, runs, scale_set, told
from vmss_sdk.emulator.engine.common.documents import merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState, ProvisioningState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import ProvisioningFailure, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import ReimageOptions, reimage


@pytest.mark.rule("1.5.22")
def test_all_are_reimaged_at_once_whatever_the_policy_and_health() -> None:
    """No batches and no health gate: ten unhealthy instances under Rolling all end at the same moment (rule 22)."""
    made = scale_set(document(mode="Rolling"))
    for instance in made.instances.values():
        set_reported_health(made, instance, HealthState.UNHEALTHY)
    finish(made, reimage(made, None))
    assert [at for at, _ in told(made, DecisionKind.REIMAGED)] == [125] * 10


@pytest.mark.rule("1.5.15", "1.5.20")
def test_reimage_leaves_identity_and_runs_extensions_again() -> None:
    """Id, name, VM id and zone stay; the OS disk is another, and extensions run on it again (rules 15, 20)."""
    made = scale_set(document(instances=1))
    instance = made.instances["0"]
    before = (instance.id, instance.name, instance.vm_id, instance.zone)
    finish(made, reimage(made, ["0"]))
    assert (instance.id, instance.name, instance.vm_id, instance.zone) == before
    assert (instance.os.disk, runs(instance)) == (2, ["health Created", "health OsDiskReplaced"])


@pytest.mark.rule("1.5.17", "C3")
def test_reimage_moves_latest_forward() -> None:
    """With ``latest`` a plain reimage takes the newest published image (rule 17)."""
    latest = {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "latest"}
    made = scale_set(document(instances=1, profile={"storageProfile": {"imageReference": latest}}))
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    finish(made, reimage(made, ["0"]))
    assert made.instances["0"].os.content.image_version == "2.0.0"
    assert not made.outdated(made.instances["0"])


@pytest.mark.rule("1.5.17")
def test_reimage_keeps_a_pinned_image() -> None:
    """A pinned version stays what it is (rule 17)."""
    made = scale_set(document(instances=1))
    made.images.publish("Canonical:ubuntu:server", "9.9.9")
    finish(made, reimage(made, ["0"]))
    assert made.instances["0"].os.content.image_version == "1.0.0"


@pytest.mark.rule("C1")
def test_an_instance_that_lacks_more_than_exceptions_stays_outdated() -> None:
    """Image and custom data changed: the reimage brings the data, the model stays old until upgraded (C1)."""
    made = scale_set(document(instances=1))
    finish(made, made.put(merge(custom_data("new"), image("2.0.0"))))
    finish(made, reimage(made, ["0"]))
    assert disk(made, "0") == (2, "new", False)
    assert told(made, DecisionKind.STILL_OUTDATED) == [
        (127, "StillOutdated 0 changes=virtualMachineProfile.storageProfile.imageReference.version")
    ]


def test_from_the_instance_model_a_current_instance_is_as_before() -> None:
    """Both readings of C1 agree when the instance is at the newest model, and then the log says nothing."""
    made = scale_set(document(instances=1), settings=exact(reimage_source="instance_model"))
    finish(made, reimage(made, ["0"]))
    assert told(made, DecisionKind.REIMAGE_DIFFERS) == []


@pytest.mark.rule("1.5.18")
def test_temp_disk_is_refused_for_a_persistent_disk_even_as_false() -> None:
    """The flag tempDisk is for ephemeral OS disks only (rule 18)."""
    made = scale_set(document(instances=1))
    with pytest.raises(Refused) as refused:
        reimage(made, ["0"], options=ReimageOptions(temp_disk=False))
    assert refused.value.failures[0].reason is Reason.TEMP_DISK_INVALID
    assert made.schedule.next_due is None


@pytest.mark.rule("1.5.18", "8.durations")
def test_temp_disk_is_allowed_for_an_ephemeral_disk() -> None:
    """An ephemeral OS disk is reimaged faster, and takes tempDisk."""
    ephemeral = {"storageProfile": {"osDisk": {"createOption": "FromImage", "diffDiskSettings": {"option": "Local"}}}}
    made = scale_set(document(instances=1, profile=ephemeral))
    finish(made, reimage(made, ["0"], options=ReimageOptions(temp_disk=True)))
    assert made.now == 85


@pytest.mark.rule("1.5.21")
def test_a_deallocated_instance_cannot_be_reimaged() -> None:
    """Reimage needs the VM's hardware (rule 21)."""
    made = scale_set(document(instances=1))
    finish(made, lifecycle.deallocate(made, ["0"]))
    with pytest.raises(Refused) as refused:
        reimage(made, ["0"])
    assert refused.value.failures[0].reason is Reason.VM_DEALLOCATED


@pytest.mark.rule("1.5.21")
def test_a_stopped_instance_ends_running() -> None:
    """A stopped instance may be reimaged and is started by it (rule 21)."""
    made = scale_set(document(instances=1))
    finish(made, lifecycle.power_off(made, ["0"]))
    finish(made, reimage(made, ["0"]))
    assert made.instances["0"].running


def test_reimage_ends_a_forced_health() -> None:
    """A fresh OS disk is healthy again."""
    made = scale_set(document(instances=1, mode="Automatic"))
    made.faults.items.append(UnhealthyAfterUpgrade(count=1))
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 5)
    seen = [made.instances["0"].health]
    finish(made, reimage(made, ["0"]))
    seen.append(made.instances["0"].health)
    made.advance(made.now + 5)
    assert [*seen, made.instances["0"].health] == [HealthState.UNHEALTHY, HealthState.UNKNOWN, HealthState.HEALTHY]


def test_a_failed_reimage_fails_the_operation_and_not_the_others() -> None:
    """A provisioning fault on one of two: the operation fails with its code, the other instance is fine."""
    made = scale_set(document(instances=2))
    made.faults.items.append(ProvisioningFailure(instance_ids=("1",), count=1))
    operation = finish(made, reimage(made, ["0", "1"]))
    assert operation.failure is not None
    assert operation.failure.facts["code"] == "OSProvisioningTimedOut"
    states = [instance.provisioning for instance in made.instances.values()]
    assert states == [ProvisioningState.SUCCEEDED, ProvisioningState.FAILED]
