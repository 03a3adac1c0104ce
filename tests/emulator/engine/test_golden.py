"""The golden scenarios of the reference: each is a story, told as a list of (seconds, what)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    PROBE,
    batches,
    capacity,
    custom_data,
    disk,
    document,
    exact,
    finish,
    image,
    policy,
    profile,
    scale_set,
    told,
)
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.fleet import scaling
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.platform.faults import UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance, Protection
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

ALL_TOLD = (
    DecisionKind.PRE_CHECK_PASSED,
    DecisionKind.PRE_CHECK_FAILED,
    DecisionKind.BATCH_STARTED,
    DecisionKind.BATCH_FINISHED,
    DecisionKind.UPGRADED_GATE_FAILED,
    DecisionKind.UPGRADE_FAULTED,
    DecisionKind.UPGRADE_COMPLETED,
    DecisionKind.UPGRADE_CANCELLED,
    DecisionKind.CANCEL_REQUESTED,
)


@pytest.mark.rule("1.2.5", "1.2.6", "1.4.custom-data", "1.5.16", "C1")
def test_golden_1_manual_and_custom_data_as_users_observe_it() -> None:
    """Manual mode, reimage from the instance's own model: custom data comes only after upgrade and reimage."""
    made = scale_set(document(instances=5), settings=exact(reimage_source="instance_model"))
    story = []

    def note(what: str) -> None:
        story.append((made.now, what, disk(made, "1")))

    finish(made, made.put(custom_data("new")))
    note("model changed")
    assert not any(disk(made, instance_id)[2] for instance_id in made.instances)
    finish(made, reimage(made, ["1"]))
    note("reimaged")
    finish(made, upgrade_instances(made, ["1"]))
    note("upgraded")
    finish(made, reimage(made, ["1"]))
    note("reimaged again")
    assert story == [
        (2, "model changed", (1, "old", False)),
        (127, "reimaged", (2, "old", False)),
        (132, "upgraded", (2, "old", True)),
        (257, "reimaged again", (3, "new", True)),
    ]
    assert told(made, DecisionKind.REIMAGE_DIFFERS) == [
        (127, "ReimageDiffers 1 taken_from=instance_model taken_model=1 other_model=2")
    ]


@pytest.mark.rule("1.4.12", "1.4.custom-data", "C1")
def test_golden_1_manual_and_custom_data_as_the_document_says() -> None:
    """Manual mode, default: a reimage alone brings the custom data, and the instance is at the latest model."""
    made = scale_set(document(instances=5))
    finish(made, made.put(custom_data("new")))
    before = disk(made, "1")
    finish(made, reimage(made, ["1"]))
    assert [(2, before), (made.now, disk(made, "1")), (made.now, disk(made, "2"))] == [
        (2, (1, "old", False)),
        (127, (2, "new", True)),
        (127, (1, "old", False)),
    ]


@pytest.mark.rule("1.1.4", "1.4.12", "1.4.13", "1.4.os-profile")
def test_golden_2_automatic_and_password() -> None:
    """Automatic mode, password change: all are at the latest model without a restart, the disk keeps the old one."""
    made = scale_set(document(instances=2, mode="Automatic"))
    old = made.instances["0"].os.content.os_profile["adminPassword"]
    finish(made, made.put(profile(osProfile={"adminPassword": "New-Passw0rd"})))
    new = made.latest.content.os_profile["adminPassword"]
    assert old != new

    def passwords() -> list[str]:
        shown = {old: "old", new: "new"}
        return [f"{i.id} {shown[i.os.content.os_profile['adminPassword']]}" for i in made.instances.values()]

    story: list[tuple[float, Any]] = [(made.now, passwords())]
    assert all(i.running and not made.outdated(i) for i in made.instances.values())
    finish(made, made.put(capacity(3)))
    story.append((made.now, passwords()))
    finish(made, reimage(made, ["0", "1"]))
    story.append((made.now, passwords()))
    assert story == [
        (5, ["0 old", "1 old"]),
        (120, ["0 old", "1 old", "2 new"]),
        (245, ["0 new", "1 new", "2 new"]),
    ]


def rolling(instances: int, percent: int, **options: Any) -> ScaleSet:
    """A scale set in Rolling mode whose image was changed, at the end of the story."""
    policy = {"maxBatchInstancePercent": percent}
    made = scale_set(document(instances=instances, mode="Rolling", rolling=policy, **options))
    finish(made, made.put(image("2.0.0")))
    return made


@pytest.mark.rule("2.4.20", "2.4.21", "2.4.22", "S4", "S7")
def test_golden_3_ten_instances_in_five_batches_of_two() -> None:
    """10 instances at 20 %: five batches of two, inside the update domains, each upgraded, healthy and counted."""
    made = rolling(10, 20)
    assert told(made, *ALL_TOLD) == [
        (15, "PreCheckPassed unhealthy=0 instances=10 percent=0 limit=20"),
        (15, "BatchStarted batch 1 0,5"),
        (145, "BatchFinished batch 1 0,5 succeeded=2 failed=0"),
        (160, "BatchStarted batch 2 1,6"),
        (290, "BatchFinished batch 2 1,6 succeeded=2 failed=0"),
        (305, "BatchStarted batch 3 2,7"),
        (435, "BatchFinished batch 3 2,7 succeeded=2 failed=0"),
        (450, "BatchStarted batch 4 3,8"),
        (580, "BatchFinished batch 4 3,8 succeeded=2 failed=0"),
        (595, "BatchStarted batch 5 4,9"),
        (725, "BatchFinished batch 5 4,9 succeeded=2 failed=0"),
        (725, "UpgradeCompleted succeeded=10 failed=0"),
    ]


@pytest.mark.rule("2.4.21", "2.4.22", "S7")
@pytest.mark.parametrize(
    ("instances", "percent", "expected"),
    [
        (5, 20, [(15, "0"), (160, "1"), (305, "2"), (450, "3"), (595, "4")]),
        (7, 34, [(15, "0,5"), (160, "1,6"), (305, "2"), (450, "3"), (595, "4")]),
        (3, 33, [(15, "0"), (160, "1"), (305, "2")]),
    ],
)
def test_golden_3_batch_size_is_rounded_down(instances: int, percent: int, expected: list[tuple[float, str]]) -> None:
    """The batch size is rounded down, at least one, and a batch of a Uniform set stays in one update domain."""
    assert batches(rolling(instances, percent)) == expected


@pytest.mark.rule("2.4.21", "2.4.22", "2.0.6")
def test_golden_3_flexible_has_no_update_domains() -> None:
    """7 Flexible instances at 34 %: batches of 2, 2, 2, 1."""
    made = rolling(7, 34, properties={"orchestrationMode": "Flexible"})
    assert [(at, len(ids.split(","))) for at, ids in batches(made)] == [(15, 2), (160, 2), (305, 2), (450, 1)]


@pytest.mark.rule("S7")
def test_golden_3_update_domains_can_be_ignored() -> None:
    """With the setting off, batches of a Uniform set span update domains: 10 at 100 % are one batch."""
    body = document(mode="Rolling", rolling={"maxBatchInstancePercent": 100})
    made = scale_set(body, settings=exact(respect_update_domains=False))
    finish(made, made.put(image("2.0.0")))
    assert batches(made) == [(15, "0,1,2,3,4,5,6,7,8,9")]


@pytest.mark.rule("2.4.18")
@pytest.mark.parametrize(
    ("unhealthy", "expected"),
    [
        (
            3,
            [
                (15, "PreCheckFailed unhealthy=3 instances=10 percent=30 limit=20"),
                (15, "UpgradeFaulted reason=unhealthy before upgrade left=10 unhealthy=3 instances=10 limit=20"),
            ],
        ),
        (
            2,
            [
                (15, "PreCheckPassed unhealthy=2 instances=10 percent=20 limit=20"),
                (15, "BatchStarted batch 1 0,5"),
            ],
        ),
    ],
)
def test_golden_4_pre_check(unhealthy: int, expected: list[tuple[float, str]]) -> None:
    """3 of 10 unhealthy: nothing is touched, all counters are 0. 2 of 10 are not more than 20 %: it starts."""
    made = scale_set(document(mode="Rolling"))
    for instance_id in list(made.instances)[:unhealthy]:
        set_reported_health(made, made.instances[instance_id], HealthState.UNHEALTHY)
    made.put(image("2.0.0"))
    made.advance(16)
    assert told(made, *ALL_TOLD) == expected
    assert made.rolling_upgrade is not None
    touched = sum(made.rolling_upgrade.progress.values())
    assert (touched == 0) == (unhealthy == 3)
    assert all(instance.os.disk == 1 for instance in made.instances.values())


@pytest.mark.rule("2.3.prioritizeUnhealthyInstances", "2.4.20")
def test_golden_4_unhealthy_instances_can_go_first() -> None:
    """With prioritizeUnhealthyInstances the two unhealthy ones are upgraded before all others."""
    made = scale_set(document(mode="Rolling", rolling={"prioritizeUnhealthyInstances": True}))
    for instance_id in ("3", "8"):
        set_reported_health(made, made.instances[instance_id], HealthState.UNHEALTHY)
    finish(made, made.put(image("2.0.0")))
    assert batches(made)[:2] == [(15, "3,8"), (160, "0,5")]


@pytest.mark.rule("2.4.23", "2.4.25", "2.4.26", "2.5.35", "C4")
def test_golden_5_a_bad_image_stops_after_the_first_batch() -> None:
    """The first batch of two never gets healthy: 100 % > 20 %, Faulted, eight untouched; an empty update restarts."""
    made = scale_set(document(mode="Rolling"))
    made.faults.items.append(UnhealthyAfterUpgrade(count=2))
    operation = finish(made, made.put(image("2.0.0")))
    assert told(made, *ALL_TOLD) == [
        (15, "PreCheckPassed unhealthy=0 instances=10 percent=0 limit=20"),
        (15, "BatchStarted batch 1 0,5"),
        (440, "BatchFinished batch 1 0,5 succeeded=0 failed=2"),
        (440, "UpgradedGateFailed batch 1 failed=2 upgraded=2 percent=100 limit=20"),
        (440, "UpgradeFaulted reason=unhealthy upgraded first_failed=0 left=8 unhealthy=2 instances=10 limit=20"),
    ]
    assert operation.failure is not None
    assert operation.failure.reason is Reason.UNHEALTHY_UPGRADED
    assert sorted(i.id for i in made.instances.values() if made.outdated(i)) == list("12346789")
    made.advance(1000)
    finish(made, made.put({}))
    # while two are unhealthy there is room for one more at a time (rule 2.4.23)
    assert [ids for _, ids in batches(made)[1:]] == list("16273849")


@pytest.mark.rule("5.upgrade", "5.action-named", "5.instance-level")
def test_golden_8_protection() -> None:
    """A protected instance is skipped by the mode's upgrade, refused when named, and free at its own resource."""
    made = scale_set(document(instances=3, mode="Automatic"))
    made.instances["1"].protection = Protection(from_scale_in=True, from_scale_set_actions=True)
    finish(made, made.put(image("2.0.0")))
    with pytest.raises(Refused) as refused:
        upgrade_instances(made, ["0", "1"])
    assert [failure.reason for failure in refused.value.failures] == [Reason.PROTECTED_INSTANCES]
    finish(made, reimage(made, ["1"], scope=Scope.INSTANCE))
    assert told(made, DecisionKind.SKIPPED, DecisionKind.REIMAGED) == [
        (0, "Skipped 1 why=protected"),
        (250, "Reimaged 1 image_version=2.0.0 from_model=2 data_disks=kept"),
    ]
    assert {i.id: made.outdated(i) for i in made.instances.values()} == {"0": False, "1": True, "2": False}


@pytest.mark.rule("7.6")
@pytest.mark.parametrize(
    ("rule", "expected"), [("OldestVM", ["2", "3", "1", "4", "6", "5"]), ("NewestVM", ["11", "10", "9", "8", "5", "7"])]
)
def test_golden_8_scale_in_tables(rule: str, expected: list[str]) -> None:
    """The two tables of the scale-in page: zones are balanced first, then the policy takes the oldest or newest."""
    made = scale_set(document(instances=12, zones=["1", "2", "3"], properties={"scaleInPolicy": {"rules": [rule]}}))
    zones = {"1": (3, 4, 5, 10), "2": (2, 6, 9, 11), "3": (1, 7, 8)}
    del made.instances["0"]
    for zone, numbers in zones.items():
        for number in numbers:
            made.instances[str(number)].zone = zone
    assert [instance.id for instance in _scaled_in(made, 6)] == expected


def _scaled_in(made: ScaleSet, count: int) -> list[Instance]:
    gone = []
    for _ in range(count):
        before = dict(made.instances)
        scaling.scale(made, len(before) - 1, made.run("scale", []))
        made.advance(made.now + 1000)
        gone += [instance for instance_id, instance in before.items() if instance_id not in made.instances]
    return gone


@pytest.mark.rule("2.5.33", "2.5.34", "2.5.35", "2.5.36", "S1")
def test_golden_9_cancel() -> None:
    """Cancel: refused when idle; the batch in flight finishes, the rest stays outdated. No model change meanwhile."""
    made = scale_set(document(mode="Rolling"))
    with pytest.raises(Refused) as idle:
        cancel(made)
    assert idle.value.failures[0].reason is Reason.NO_ROLLING_UPGRADE
    operation = made.put(image("2.0.0"))
    made.advance(170)
    with pytest.raises(Refused) as running:
        made.put(image("3.0.0"))
    assert running.value.failures[0].reason is Reason.ROLLING_UPGRADE_RUNNING
    cancelling = finish(made, cancel(made))
    assert (operation.status, cancelling.status) == ("Succeeded", "Succeeded")
    assert told(made, *ALL_TOLD)[3:] == [
        (160, "BatchStarted batch 2 1,6"),
        (170, "CancelRequested 1,6"),
        (290, "BatchFinished batch 2 1,6 succeeded=2 failed=0"),
        (290, "UpgradeCancelled succeeded=4 pending=6"),
    ]
    assert sorted(i.id for i in made.instances.values() if made.outdated(i)) == list("234789")
    made.advance(9999)
    assert len(batches(made)) == 2


@pytest.mark.rule("2.3.16c", "6.reimage-flexible")
def test_golden_10_flexible() -> None:
    """Flexible: reimage by name, through the scale set and through the VM; Rolling with a probe only is refused."""
    made = scale_set(document(instances=2, mode="Rolling", properties={"orchestrationMode": "Flexible"}))
    first, second = made.instances
    assert first.startswith("web_")
    finish(made, reimage(made, [first]))
    finish(made, reimage(made, [second], scope=Scope.INSTANCE))
    assert told(made, DecisionKind.REIMAGED) == [
        (125, f"Reimaged {first} image_version=1.0.0 from_model=1 data_disks=kept"),
        (250, f"Reimaged {second} image_version=1.0.0 from_model=1 data_disks=kept"),
    ]
    body = document(
        mode="Rolling",
        extensions=[],
        profile={"networkProfile": {"healthProbe": PROBE}},
        properties={"orchestrationMode": "Flexible"},
    )
    with pytest.raises(Refused) as refused:
        scale_set(body)
    assert [failure.reason for failure in refused.value.failures] == [Reason.FLEXIBLE_NEEDS_EXTENSION]


@pytest.mark.rule("2.0.3")
def test_switching_from_manual_to_rolling_starts_a_rolling_upgrade() -> None:
    """A write lets the platform look for outdated instances: the new mode acts on them at once (rule 2.0.3)."""
    made = scale_set(document(instances=5))
    finish(made, made.put(image("2.0.0")))
    finish(made, made.put(policy("Rolling", maxBatchInstancePercent=40)))
    assert batches(made) == [(17, "0"), (162, "1"), (307, "2"), (452, "3"), (597, "4")]
