"""Rules of protection, capacity, names and states that the stories leave open (semantics 5, 7, 8)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import capacity, document, exact, finish, image, scale_set, told
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import PowerState, ProvisioningState
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

FLEXIBLE: Document = {"orchestrationMode": "Flexible"}


def refused(body: Document) -> list[Reason]:
    """The reasons for which a new scale set is refused."""
    with pytest.raises(Refused) as refusal:
        scale_set(body)
    return [failure.reason for failure in refusal.value.failures]


@pytest.mark.rule("5.1")
def test_nobody_is_protected_at_first() -> None:
    """A new instance has neither flag, also one that scaling out brings."""
    made = scale_set(document(instances=1))
    finish(made, made.put(capacity(2)))
    assert [i.protection for i in made.instances.values()] == [Protection(), Protection()]


@pytest.mark.rule("5.upgrade")
def test_surge_replaces_an_instance_that_is_protected_from_scale_in_only() -> None:
    """The milder protection binds no upgrade."""
    made = scale_set(document(instances=1, mode="Rolling", rolling={"maxSurge": True}))
    made.instances["0"].protection = Protection(from_scale_in=True)
    finish(made, made.put(image("2.0.0")))
    made.advance(made.now + 1000)
    assert list(made.instances) == ["1"]


@pytest.mark.rule("7.1")
@pytest.mark.parametrize(
    ("instances", "properties", "allowed"),
    [
        (0, {}, True),
        (1000, {}, True),
        (1001, {}, False),
        (100, {"singlePlacementGroup": True}, True),
        (101, {"singlePlacementGroup": True}, False),
        (1000, FLEXIBLE, True),
        (1001, FLEXIBLE, False),
    ],
)
def test_how_many_instances_there_may_be(instances: int, properties: Document, *, allowed: bool) -> None:
    """A thousand; a hundred in a single placement group, which only Uniform sets have."""
    body = document(instances=instances, properties=properties)
    if allowed:
        assert len(scale_set(body, ready=False).instances) == instances
    else:
        assert refused(body) == [Reason.TOO_MANY_INSTANCES]


@pytest.mark.rule("7.3", "C9")
def test_each_new_vm_takes_the_highest_id_there_ever_was_plus_one() -> None:
    """20, down to 15, up to 18: the new ones are 20, 21 and 22."""
    made = scale_set(document(instances=20))
    finish(made, made.put(capacity(15)))
    finish(made, made.put(capacity(18)))
    assert list(made.instances)[-3:] == ["20", "21", "22"]


@pytest.mark.rule("7.4")
def test_a_computer_name_counts_in_base_36() -> None:
    """Six digits: instance 36 is the first with two that matter."""
    made = scale_set(document(instances=37))
    assert [made.instances[i].computer_name for i in ("9", "10", "35", "36")] == [
        "web000009",
        "web00000a",
        "web00000z",
        "web000010",
    ]


@pytest.mark.rule("7.4")
@pytest.mark.parametrize(("properties", "longest"), [({}, 64), (FLEXIBLE, 44)])
def test_how_long_a_name_may_be(properties: Document, longest: int) -> None:
    """64 characters for a Uniform set, 44 for a Flexible one."""

    def create(name: str) -> None:
        body = document(instances=0, properties=properties)
        ScaleSet.create(body, subscription_id="s", resource_group="rg", name=name, now=0, settings=exact())

    create("x" * longest)
    with pytest.raises(Refused) as refusal:
        create("x" * (longest + 1))
    assert refusal.value.failures[0].facts["target"] == "name"


@pytest.mark.rule("7.5")
def test_overprovisioning_on_scale_out() -> None:
    """A fifth of what is added, rounded up: one more for five, and it goes when they are up."""
    made = scale_set(document(instances=5, properties={"overprovision": True}))
    operation = made.put(capacity(10))
    assert len(made.instances) == 5 + 5 + 1
    finish(made, operation)
    assert len(made.instances) == 10


@pytest.mark.rule("7.5")
def test_uniform_overprovisions_by_default() -> None:
    """Where nothing is said."""
    body = document(instances=1)
    del body["properties"]["overprovision"]
    made = scale_set(body)
    assert made.document["properties"]["overprovision"] is True


@pytest.mark.rule("7.6")
def test_ties_between_zones_are_decided_by_the_policy() -> None:
    """Two zones of two: the newest of both goes first, then the one that restores the balance."""
    made = scale_set(document(instances=4, zones=["1", "2"], properties={"scaleInPolicy": {"rules": ["NewestVM"]}}))
    finish(made, made.put(capacity(2)))
    assert told(made, DecisionKind.SCALED_IN) == [(0, "ScaledIn 3,2")]


@pytest.mark.rule("7.6", "5.scale-in")
def test_scale_in_of_the_fullest_zone_passes_over_the_protected() -> None:
    """The next of the same zone goes."""
    made = scale_set(document(instances=5, zones=["1", "2"]))
    made.instances["4"].protection = Protection(from_scale_in=True)
    finish(made, made.put(capacity(4)))
    assert list(made.instances) == ["0", "1", "3", "4"]


@pytest.mark.rule("7.7")
def test_deallocated_instances_count_for_the_balance_of_zones() -> None:
    """A new instance does not go where the deallocated ones are."""
    made = scale_set(document(instances=4, zones=["1", "2"]))
    finish(made, lifecycle.deallocate(made, ["0", "2"]))
    finish(made, made.put(capacity(6)))
    assert [i.zone for i in made.instances.values()] == ["1", "2", "1", "2", "1", "2"]


@pytest.mark.rule("7.7")
def test_instances_in_no_zone_go_first() -> None:
    """A regional instance of a scale set that got zones later is the first victim."""
    made = scale_set(document(instances=2))
    finish(made, made.put({"zones": ["1", "2"]}))
    finish(made, made.put(capacity(6)))
    finish(made, made.put(capacity(4)))
    assert [i.zone for i in made.instances.values()] == ["1", "2", "1", "2"]


@pytest.mark.rule("7.10")
@pytest.mark.parametrize("scope", list(Scope))
def test_a_deletion_through_either_resource_lowers_the_capacity(scope: Scope) -> None:
    """By one for each instance."""
    made = scale_set(document(instances=3))
    finish(made, lifecycle.delete_instances(made, ["0", "1"], scope=scope))
    assert (list(made.instances), made.document["sku"]["capacity"]) == (["2"], 1)


def _notice(minutes: int | None, **profile: Any) -> Document:
    settings: Document = {"enable": True}
    if minutes is not None:
        settings["notBeforeTimeout"] = f"PT{minutes}M"
    return {"scheduledEventsProfile": {"terminateNotificationProfile": settings}, **profile}


@pytest.mark.rule("7.11")
@pytest.mark.parametrize(("profile", "seconds"), [(_notice(None), 300), (_notice(15), 900), ({}, 0)])
@pytest.mark.parametrize("act", ["delete", "scale in"])
def test_a_deletion_is_announced(profile: Document, seconds: float, act: str) -> None:
    """Five minutes by default, by hand and by scaling in."""
    made = scale_set(document(instances=2, profile=profile))
    finish(made, lifecycle.delete_instances(made, ["1"]) if act == "delete" else made.put(capacity(1)))
    assert made.now == 60 + seconds


@pytest.mark.rule("7.11")
def test_a_spot_instance_gets_no_terminate_notice() -> None:
    """The notification cannot be enabled, and the instance goes at once."""
    with pytest.raises(Refused) as refused:
        scale_set(document(instances=1, profile=_notice(15, priority="Spot")))
    assert [failure.reason for failure in refused.value.failures] == [Reason.NO_NOTICE_FOR_SPOT]
    made = scale_set(document(instances=1, profile={"priority": "Spot"}))
    finish(made, lifecycle.delete_instances(made, ["0"]))
    assert made.now == 60


@pytest.mark.rule("8.1")
def test_the_passing_states_of_an_instance() -> None:
    """Creating and starting; Updating and stopping, deallocating; Deleting."""
    made = scale_set(document(instances=1), ready=False)
    instance = made.instances["0"]
    seen = [(instance.provisioning, instance.power)]
    made.advance(0)
    for act in (lifecycle.power_off, lifecycle.start, lifecycle.deallocate):
        operation = act(made, ["0"])
        seen.append((instance.provisioning, instance.power))
        finish(made, operation)
    lifecycle.delete_instances(made, ["0"])
    assert seen == [
        (ProvisioningState.CREATING, PowerState.STARTING),
        (ProvisioningState.UPDATING, PowerState.STOPPING),
        (ProvisioningState.UPDATING, PowerState.STARTING),
        (ProvisioningState.UPDATING, PowerState.DEALLOCATING),
    ]
    assert instance.provisioning is ProvisioningState.DELETING


@pytest.mark.rule("8.durations")
def test_the_durations_of_the_table() -> None:
    """Seconds by kind of work, before they vary."""
    table = {
        "create_linux": 75,
        "create_windows": 180,
        "extension": 40,
        "hot": 25,
        "restart": 45,
        "power_off": 20,
        "deallocate": 60,
        "start": 40,
        "delete": 60,
        "reimage_linux": 85,
        "reimage_windows": 240,
        "reimage_ephemeral": 45,
        "resize": 300,
        "batch": 15,
    }
    assert {name: getattr(Timings(), name) for name in table} == table
    assert Timings().jitter == 0.25


@pytest.mark.rule("8.durations")
def test_instant_timings_take_no_time() -> None:
    """Creation, reimage and deletion end at the moment they begin."""
    settings = Settings(timings=Timings.instant())
    made = scale_set(document(instances=2), ready=False, settings=settings)
    made.advance(made.now)
    finish(made, lifecycle.restart(made, None))
    finish(made, lifecycle.delete_instances(made, ["1"]))
    assert (made.now, list(made.instances)) == (-1000, ["0"])
