"""Power, selection, protection, scaling and individual changes of instances (semantics 1.3, 5, 7, 8)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import capacity, document, exact, finish, image, scale_set, told
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState, PowerState, ProvisioningState
from vmss_sdk.emulator.engine.platform.faults import ProvisioningFailure
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.instance_model import instance_document, update_instance
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet


def powers(made: ScaleSet) -> list[str]:
    """The power states, in the order of the instances."""
    return [instance.power.value for instance in made.instances.values()]


@pytest.mark.rule("8.1")
def test_creation() -> None:
    """A new set is Creating until its instances run; then they are healthy as soon as the source has settled."""
    made = scale_set(document(instances=1), ready=False)
    instance = made.instances["0"]
    assert (made.provisioning_state, instance.provisioning) == ("Creating", "Creating")
    finish(made, next(iter(made.operations.values())))
    assert (made.provisioning_state, instance.provisioning, instance.power) == ("Succeeded", "Succeeded", "running")
    assert instance.health is None
    made.advance(made.now + 5)
    assert instance.health is HealthState.HEALTHY


@pytest.mark.rule("2.0.4", "8.1")
def test_creation_can_fail() -> None:
    """A fault on one of two: the operation fails, that instance is Failed and unhealthy, the other is fine."""
    made = scale_set(document(instances=2), ready=False)
    made.faults.items.append(ProvisioningFailure(count=1))
    operation = finish(made, next(iter(made.operations.values())))
    made.advance(0)
    assert operation.failure is not None
    assert [i.provisioning for i in made.instances.values()] == [ProvisioningState.FAILED, ProvisioningState.SUCCEEDED]
    assert [i.unhealthy for i in made.instances.values()] == [True, False]
    assert made.provisioning_state is ProvisioningState.FAILED


@pytest.mark.rule("8.1", "8.durations")
def test_power_off_start_and_deallocate() -> None:
    """Each passes through its own state and takes its own time."""
    made = scale_set(document(instances=1))
    seen = []
    for act in (lifecycle.power_off, lifecycle.start, lifecycle.deallocate, lifecycle.start, lifecycle.restart):
        operation = act(made, ["0"])
        began, via = made.now, powers(made)[0]
        finish(made, operation)
        seen.append((act.__name__, via, powers(made)[0], made.now - began))
    assert seen == [
        ("power_off", "stopping", "stopped", 20),
        ("start", "starting", "running", 40),
        ("deallocate", "deallocating", "deallocated", 60),
        ("start", "starting", "running", 40),
        ("restart", "running", "running", 45),
    ]


def test_starting_what_runs_is_nothing() -> None:
    """A running instance is left alone, and stays healthy."""
    made = scale_set(document(instances=1))
    operation = lifecycle.start(made, ["0"])
    made.advance(made.now)
    assert (operation.status, made.instances["0"].health) == ("Succeeded", HealthState.HEALTHY)


@pytest.mark.rule("1.5.21", "8.4")
@pytest.mark.parametrize("act", [lifecycle.power_off, lifecycle.restart, reimage])
def test_a_deallocated_instance_refuses_what_needs_hardware(act: Any) -> None:
    """Named, it refuses the request; in a request for all it is passed over."""
    made = scale_set(document(instances=2))
    finish(made, lifecycle.deallocate(made, ["0"]))
    with pytest.raises(Refused) as refused:
        act(made, ["0"])
    assert refused.value.failures[0].reason is Reason.VM_DEALLOCATED
    finish(made, act(made, None))
    assert made.instances["0"].power is PowerState.DEALLOCATED


def test_work_on_a_busy_instance_waits_its_turn() -> None:
    """Two requests for one instance run one after the other, and each ends with its own work."""
    made = scale_set(document(instances=1))
    first, second = lifecycle.restart(made, ["0"]), lifecycle.power_off(made, ["0"])
    finish(made, second)
    assert (first.ended_at, second.ended_at, powers(made)) == (45, 65, ["stopped"])


@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        (["99"], Reason.UNKNOWN_INSTANCE),
        (["11 14"], Reason.MALFORMED_INSTANCE_ID),
        (["0", "web_1"], Reason.MALFORMED_INSTANCE_ID),
    ],
)
def test_ids_that_name_no_instance(ids: list[str], reason: Reason) -> None:
    """Nothing happens to anybody, also not to the ones that exist."""
    made = scale_set(document(instances=2))
    with pytest.raises(Refused) as refused:
        lifecycle.restart(made, ids)
    assert refused.value.failures[0].reason is reason
    assert made.schedule.next_due is None


@pytest.mark.rule("5.action-all", "5.action-named", "5.instance-level")
@pytest.mark.parametrize(
    "act",
    [
        lifecycle.start,
        lifecycle.restart,
        lifecycle.power_off,
        lifecycle.deallocate,
        lifecycle.delete_instances,
        reimage,
    ],
)
def test_protection_from_scale_set_actions(act: Any) -> None:
    """Named at the set: refused. In a request for all: skipped. At the instance's own resource: done (section 5)."""
    made = scale_set(document(instances=2))
    made.instances["1"].protection = Protection(from_scale_in=True, from_scale_set_actions=True)
    with pytest.raises(Refused) as refused:
        act(made, ["0", "1"])
    assert refused.value.failures[0].facts["instance_ids"] == ["1"]
    operation = act(made, None)
    assert operation.instance_count == 1
    finish(made, operation)
    assert told(made, DecisionKind.SKIPPED) == [(0, "Skipped 1 why=protected")]
    assert act(made, ["1"], scope=Scope.INSTANCE).instance_count == 1


@pytest.mark.rule("5.upgrade")
def test_protection_from_scale_in_alone_binds_no_other_action() -> None:
    """An instance protected from scale-in only is upgraded and reimaged like any other (section 5)."""
    made = scale_set(document(instances=2))
    made.instances["1"].protection = Protection(from_scale_in=True)
    finish(made, made.put(image("2.0.0")))
    finish(made, upgrade_instances(made, ["*"]))
    assert not any(made.outdated(i) for i in made.instances.values())


@pytest.mark.rule("5.2", "5.scale-in", "C8")
@pytest.mark.parametrize("flags", [Protection(from_scale_in=True), Protection(from_scale_set_actions=True)])
def test_scale_in_takes_others(flags: Protection) -> None:
    """Both kinds of protection keep an instance when the capacity goes down (section 5)."""
    made = scale_set(document(instances=3))
    made.instances["2"].protection = flags
    finish(made, made.put(capacity(1)))
    assert list(made.instances) == ["2"]


@pytest.mark.rule("5.3")
def test_scale_in_without_enough_unprotected_instances_is_refused() -> None:
    """Nothing is deleted and the capacity stays (rule 5.3)."""
    made = scale_set(document(instances=2))
    for instance in made.instances.values():
        instance.protection = Protection(from_scale_in=True)
    with pytest.raises(Refused) as refused:
        made.put(capacity(1))
    assert refused.value.failures[0].reason is Reason.NOT_ENOUGH_UNPROTECTED
    assert (len(made.instances), made.document["sku"]["capacity"]) == (2, 2)


@pytest.mark.rule("7.6")
def test_scale_in_takes_the_highest_ids() -> None:
    """The default policy without zones (rule 7.6)."""
    made = scale_set(document(instances=4))
    finish(made, made.put(capacity(2)))
    assert list(made.instances) == ["0", "1"]


@pytest.mark.rule("7.3", "C9")
def test_ids_are_never_used_again() -> None:
    """After scaling in and out the new instances count on (decision C9)."""
    made = scale_set(document(instances=2))
    finish(made, made.put(capacity(1)))
    finish(made, made.put(capacity(3)))
    assert list(made.instances) == ["0", "2", "3"]


@pytest.mark.rule("7.7")
def test_zones_are_filled_evenly() -> None:
    """New instances go where the fewest are (rule 7.7)."""
    made = scale_set(document(instances=7, zones=["1", "2", "3"]))
    assert [i.zone for i in made.instances.values()] == ["1", "2", "3", "1", "2", "3", "1"]


@pytest.mark.rule("7.10")
def test_deleting_instances_lowers_the_capacity() -> None:
    """By their number, at once (rule 7.10)."""
    made = scale_set(document(instances=3))
    operation = lifecycle.delete_instances(made, ["1"])
    assert made.document["sku"]["capacity"] == 2
    finish(made, operation)
    assert list(made.instances) == ["0", "2"]


@pytest.mark.rule("6.9", "7.4")
def test_names() -> None:
    """Uniform: number and base-36 computer name. Flexible: eight letters, and six of the computer's (rule 7.4)."""
    uniform = scale_set(document(instances=12))
    assert (uniform.instances["11"].name, uniform.instances["11"].computer_name) == ("web_11", "web00000b")
    flexible = scale_set(document(instances=1, properties={"orchestrationMode": "Flexible"}))
    (instance,) = flexible.instances.values()
    assert instance.id == instance.name
    assert (len(instance.name), len(instance.computer_name)) == (len("web_") + 8, len("web") + 6)


@pytest.mark.rule("1.3.11", "5.1")
def test_protection_policy_alone_keeps_the_instance_at_the_scale_sets_model() -> None:
    """As the portal does it: no customisation, latestModelApplied stays true (rule 1.3.11)."""
    made = scale_set(document(instances=1))
    instance = made.instances["0"]
    finish(made, update_instance(made, instance, {"properties": {"protectionPolicy": {"protectFromScaleIn": True}}}))
    assert instance.protection == Protection(from_scale_in=True)
    assert not made.outdated(instance)


@pytest.mark.rule("1.3.11")
def test_the_whole_view_fed_back_keeps_it_too() -> None:
    """A GET-then-PUT with the protection policy added changes nothing else."""
    made = scale_set(document(instances=1))
    instance = made.instances["0"]
    body = instance_document(made, instance)
    body["properties"] = {**body["properties"], "protectionPolicy": {"protectFromScaleSetActions": True}}
    finish(made, update_instance(made, instance, body))
    assert (made.outdated(instance), instance.customised, instance.etag) == (False, False, 2)


@pytest.mark.rule("1.1.3", "1.3.11")
def test_an_individual_change_makes_the_model_its_own_until_the_next_upgrade() -> None:
    """Another size on one instance: outdated and customised; manualupgrade repairs it (rule 1.3.11)."""
    made = scale_set(document(instances=1))
    instance = made.instances["0"]
    change = {"properties": {"hardwareProfile": {"vmSize": "Standard_D8s_v5"}}}
    finish(made, update_instance(made, instance, change))
    size = get_path(instance_document(made, instance), "properties.hardwareProfile.vmSize")
    assert (instance.customised, made.outdated(instance), size) == (True, True, "Standard_D8s_v5")
    finish(made, upgrade_instances(made, ["0"]))
    size = get_path(instance_document(made, instance), "properties.hardwareProfile.vmSize")
    assert (instance.customised, made.outdated(instance), size) == (False, False, "Standard_D2s_v5")


@pytest.mark.rule("5.2")
def test_contradicting_protection_is_refused() -> None:
    """Scale-in off with actions on: refused, and nothing changed (rule 5.2)."""
    made = scale_set(document(instances=1))
    instance = made.instances["0"]
    policy = {"protectFromScaleIn": False, "protectFromScaleSetActions": True}
    with pytest.raises(Refused) as refused:
        update_instance(made, instance, {"properties": {"protectionPolicy": policy}})
    assert refused.value.failures[0].reason is Reason.PROTECTION_CONFLICT
    assert instance.protection == Protection()


@pytest.mark.rule("5.delete-set")
def test_deleting_the_set_takes_protected_instances_with_it() -> None:
    """Protection does not hold against the deletion of the whole set (section 5)."""
    made = scale_set(document(instances=2))
    made.instances["0"].protection = Protection(from_scale_set_actions=True)
    operation = made.delete()
    assert made.provisioning_state is ProvisioningState.DELETING
    finish(made, operation)
    assert (made.deleted, made.instances) == (True, {})


@pytest.mark.rule("8.4")
def test_a_set_on_its_way_out_refuses_writes() -> None:
    """Marked for deletion is marked for deletion."""
    made = scale_set(document(instances=1))
    made.delete()
    with pytest.raises(Refused) as written:
        made.put({})
    with pytest.raises(Refused) as deleted:
        made.delete()
    reasons = {refused.value.failures[0].reason for refused in (written, deleted)}
    assert reasons == {Reason.MARKED_FOR_DELETION}


@pytest.mark.rule("6.10")
def test_a_flexible_set_with_instances_is_not_deleted() -> None:
    """Its instances have to be deleted first, or the deletion forced (rule 6.10)."""
    made = scale_set(document(instances=1, properties={"orchestrationMode": "Flexible"}))
    with pytest.raises(Refused) as refused:
        made.delete()
    assert refused.value.failures[0].reason is Reason.FLEXIBLE_HAS_INSTANCES
    finish(made, made.delete(force=True))
    assert made.deleted


@pytest.mark.rule("1.2.5", "1.4.os-profile")
def test_the_disk_shows_who_may_log_in() -> None:
    """The instance's OS profile is what is on its disk, not what the model wants by now."""
    made = scale_set(document(instances=1), settings=exact())
    finish(made, made.put({"properties": {"virtualMachineProfile": {"osProfile": {"adminUsername": "root2"}}}}))
    finish(made, upgrade_instances(made, ["0"]))
    name = "properties.osProfile.adminUsername"
    assert get_path(instance_document(made, made.instances["0"]), name) == "azureuser"
    finish(made, reimage(made, ["0"]))
    assert get_path(instance_document(made, made.instances["0"]), name) == "root2"
