"""What a scale set keeps of its past: the newest, and always what is needed to go on."""

from typing import Any

import pytest

from tests.emulator.engine.stories import custom_data, document, exact, finish, image, policy, scale_set
from vmss_sdk.emulator.engine.upgrades.lifecycle_hooks import SCHEDULING
from vmss_sdk.emulator.engine.upgrades.os_image import check_for_new_image
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet


def keeping(instances: int = 2, *, mode: str = "Manual", **limits: int) -> ScaleSet:
    """A scale set in Manual mode that keeps little."""
    return scale_set(document(instances=instances, mode=mode), settings=exact(**limits))


def written(made: ScaleSet, times: int) -> list[str]:
    """The ids of the operations of so many writes, one after the other."""
    return [finish(made, made.put(custom_data(f"new {number}"))).id for number in range(times)]


def test_the_newest_operations_are_kept_and_the_others_counted() -> None:
    """Under ids that no other operation ever had."""
    made = keeping(kept_operations=3)
    ids = written(made, 6)
    assert list(made.operations) == ids[-3:]
    assert made.dropped.operations == 4  # three writes, and the creation
    assert len(set(ids)) == 6
    everything = keeping()
    assert written(everything, 6) == ids  # what is dropped changes nothing of the story


def test_an_operation_that_has_not_ended_is_never_dropped() -> None:
    """However many come after it; once it has ended it is one of the old ones."""
    made = keeping(kept_operations=2)
    slow = made.run("restart", [], seconds=10_000_000)
    written(made, 5)
    assert made.operations[slow.id] is slow
    finish(made, slow)
    written(made, 2)
    assert slow.id not in made.operations


def test_the_newest_decisions_are_kept_and_the_others_counted() -> None:
    """What was decided last is what somebody asks about."""
    made, everything = keeping(kept_decisions=4), keeping()
    for story in (made, everything):
        written(story, 6)
    assert [str(decision) for decision in made.decisions] == [str(decision) for decision in everything.decisions[-4:]]
    assert made.dropped.decisions == len(everything.decisions) - 4


def test_a_model_that_an_instance_has_is_never_dropped() -> None:
    """The instances of a Manual scale set stay at the first one for as long as nobody upgrades them."""
    made = keeping(kept_models=2)
    written(made, 8)
    assert [number for number, model in enumerate(made.versions, 1) if model] == [1, 9]
    assert made.dropped.models == 7
    assert {made.version(instance.applied).number for instance in made.instances.values()} == {1}
    assert all(made.missing_changes(instance) for instance in made.instances.values())


def test_a_model_that_an_instance_is_about_to_get_is_never_dropped() -> None:
    """An upgrade sets out for the model of its beginning, though newer ones come while it goes on."""
    made = keeping(instances=5, mode="Automatic", kept_models=1)
    made.put(image("2.0.0"))
    for number in range(4):
        made.put(custom_data(f"new {number}"))
    made.advance(made.now + 100_000)
    assert {instance.applied for instance in made.instances.values()} == {6}


def test_the_newest_rolling_upgrades_are_kept() -> None:
    """Others keep their numbers, by which the decision log names them."""
    made = keeping(mode="Rolling", kept_upgrades=2)
    for number in range(5):
        made.put(image(f"{number + 2}.0.0"))
        made.advance(made.now + 100_000)
    assert [upgrade.number for upgrade in made.upgrades if upgrade is not None] == [4, 5]
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.number == 5
    assert made.dropped.upgrades == 3


def test_the_newest_hook_events_are_kept() -> None:
    """Under names that no other event ever had; one that waits for its answer is not dropped."""
    hook = {"type": SCHEDULING, "waitDuration": "PT1H", "defaultAction": "Reject"}
    body = document(
        instances=1,
        profile={"storageProfile": {"imageReference": {"version": "latest"}}},
        properties={
            "upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}},
            "lifecycleHooksProfile": {"lifecycleHooks": [hook]},
        },
    )
    made, names = scale_set(body, settings=exact(kept_hook_events=2)), list[str]()
    for number in range(5):
        made.images.publish("Canonical:ubuntu:server", f"{number + 2}.0.0")
        check_for_new_image(made)
        while not any(event.active for event in made.hook_events.values()):
            made.advance(made.schedule.next_due or 0)
        names.append(next(event.name for event in made.hook_events.values() if event.active))
        assert len(made.hook_events) <= 2
        made.advance(made.now + 3700)
    assert list(made.hook_events) == names[-2:]
    assert len(set(names)) == 5
    assert made.dropped.hook_events == 3


def test_runs_of_extensions_are_bounded_and_the_last_of_each_is_kept() -> None:
    """An instance that is changed a thousand times keeps its size."""
    made = keeping(instances=1)
    extension: dict[str, Any] = {
        "name": "script",
        "properties": {"publisher": "P", "type": "T", "typeHandlerVersion": "1.0"},
    }
    made.put({"properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": [extension]}}}})
    made.put(policy("Automatic"))
    made.advance(made.now + 100_000)
    for number in range(150):
        changed = {**extension, "properties": {**extension["properties"], "forceUpdateTag": str(number)}}
        made.put({"properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": [changed]}}}})
        made.advance(made.now + 10_000)
    assert len(made.instances["0"].extension_runs) <= 100


@pytest.mark.parametrize(
    "name", ["kept_operations", "kept_decisions", "kept_upgrades", "kept_hook_events", "kept_models"]
)
def test_nothing_is_no_limit(name: str) -> None:
    """At least one is kept."""
    options: dict[str, Any] = {name: 0}
    with pytest.raises(ValueError, match=name):
        exact(**options)
