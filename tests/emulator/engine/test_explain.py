"""The decision log for people: every decision is one sentence, and a failed roll explains itself."""

import re
from collections.abc import Callable

import pytest

from tests.emulator.engine.stories import document, finish, image, scale_set
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest import health
from vmss_sdk.emulator.engine.platform.faults import QuotaExhausted, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.reading import explain as explaining
from vmss_sdk.emulator.engine.reading.explain import explain
from vmss_sdk.emulator.engine.record.decisions import Decision, DecisionKind, Figure
from vmss_sdk.emulator.engine.upgrades.os_image import start_os_upgrade, start_platform_upgrade
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.work.lifecycle import deallocate
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet


def said(made: ScaleSet) -> list[str]:
    """The log from second 0 on, in sentences."""
    return [explain(decision) for decision in made.decisions if decision.at >= 0]


def failed(fault: UnhealthyAfterUpgrade | None = None, instances: int = 10) -> ScaleSet:
    """A rolling upgrade to a bad image that has stopped."""
    made = scale_set(document(mode="Rolling", instances=instances))
    made.faults.items.append(fault or UnhealthyAfterUpgrade())
    finish(made, made.put(image("2.0.0")))
    return made


def test_the_log_of_a_failed_roll_explains_it_alone() -> None:
    """Batch, figures, the first failed instance, the rule, and what to do next."""
    assert said(failed()) == [
        "The model changed, this is version 2: an upgrade brings it with a new OS disk (rule 1.4)",
        "A rolling upgrade of 10 instances begins, at most 2 at a time (rule 2.4.22)",
        "0 of 10 instances are unhealthy: 0 % is not more than the 20 % that maxUnhealthyInstancePercent allows,"
        " so the upgrade may begin (rule 2.4.18)",
        "Batch 1 begins: instances 0 and 5 (rule 2.4.22)",
        "Instance 0 got model version 2 with a new OS disk (rule 1.4)",
        "Instance 5 got model version 2 with a new OS disk (rule 1.4)",
        "Instance 0 failed in batch 1: it did not become healthy in time (rule 2.4.25)",
        "Instance 5 failed in batch 1: it did not become healthy in time (rule 2.4.25)",
        "Batch 1 is over: 0 upgraded and healthy, 2 failed (rule 2.4.25)",
        "2 of 2 upgraded instances are unhealthy: 100 % is more than the 20 % that"
        " maxUnhealthyUpgradedInstancePercent allows, so the upgrade stops (rule 2.4.26)",
        "The upgrade stops: too many of the upgraded instances failed; instance 0 failed first. Fix the image or the"
        " model, then update the model again; an empty update restarts the upgrade over the 8 instances still"
        " outdated (rule 2.5.35)",
    ]


def test_what_it_says_to_do_next_works() -> None:
    """An update with the repaired image takes the upgrade to its end."""
    made = failed()
    made.faults.items.clear()
    finish(made, made.put(image("2.0.1")))
    assert said(made)[-1] == "The upgrade is complete: 10 upgraded, 0 failed (rule 2.4.31)"


def test_too_many_unhealthy_to_begin_again() -> None:
    """One of four is 25 % and bars every further upgrade, which the advice says."""
    made = failed(instances=4)
    advice = said(made)[-1]
    assert "First make instances healthy (reimage them" in advice
    assert "1 of 4 instances are unhealthy now, 25 %, and above 20 % no upgrade begins" in advice
    finish(made, made.put({}))
    assert "1 of 4 instances is unhealthy: 25 % is more than the 20 %" in said(made)[-2]
    assert "too many instances were unhealthy before it began" in said(made)[-1]


def test_a_rolled_back_upgrade_ends_with_advice_too() -> None:
    """With rollback on a breach the failed ones are outdated again, and counted among those left."""
    rolling = {"rollbackFailedInstancesOnPolicyBreach": True}
    made = scale_set(document(mode="Rolling", rolling=rolling))
    made.faults.items.append(UnhealthyAfterUpgrade(count=2))
    finish(made, made.put(image("2.0.0")))
    assert "Instance 0 has back what was there before, model version 1 (rule 2.4.30)" in said(made)
    assert "an empty update restarts the upgrade over the 10 instances still outdated" in said(made)[-1]


def test_a_share_just_above_the_limit() -> None:
    """1 of 200 is not written as 0 % that is more than 0 %."""
    figures: dict[str, Figure] = {"failed": 1, "upgraded": 200, "percent": 0, "limit": 0}
    sentence = explain(Decision(0, DecisionKind.UPGRADED_GATE_FAILED, figures=figures))
    assert sentence.startswith("1 of 200 upgraded instances is unhealthy: 0.5 % is more than the 0 %")


def test_many_instances_are_not_all_named() -> None:
    """Ten by name, of the others the number."""
    ids = tuple(map(str, range(25)))
    sentence = explain(Decision(0, DecisionKind.BATCH_STARTED, ids, batch=3))
    assert sentence == "Batch 3 begins: instances 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 15 more (rule 2.4.22)"


@pytest.mark.parametrize("kind", DecisionKind)
def test_every_kind_has_a_sentence(kind: DecisionKind) -> None:
    """Whatever is decided can be said."""
    assert kind in explaining._SENTENCES


def cancelled() -> ScaleSet:
    made = scale_set(document(mode="Rolling"))
    made.put(image("2.0.0"))
    made.advance(20)
    finish(made, cancel(made))
    return made


def surged() -> ScaleSet:
    made = scale_set(document(mode="Rolling", rolling={"maxSurge": True}, instances=5))
    finish(made, made.put(image("2.0.0")))
    made.faults.items.append(QuotaExhausted())
    finish(made, made.put(image("3.0.0")))
    return made


def reimaged() -> ScaleSet:
    made = scale_set(document(instances=2))
    made.put(image("2.0.0"))
    finish(made, reimage(made, ["0"]))
    finish(made, deallocate(made, ["1"]))
    finish(made, reimage(made, None))
    return made


def automatic_os() -> ScaleSet:
    body = document(instances=3)
    body["properties"]["upgradePolicy"]["automaticOSUpgradePolicy"] = {"enableAutomaticOSUpgrade": True}
    body["properties"]["virtualMachineProfile"]["storageProfile"]["imageReference"]["version"] = "latest"
    made = scale_set(body)
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    made.faults.items.append(UnhealthyAfterUpgrade())
    finish(made, start_os_upgrade(made))
    made.put({})
    return made


def automatic() -> ScaleSet:
    made = scale_set(document(mode="Automatic", instances=2))
    finish(made, made.put(image("2.0.0")))
    finish(made, made.put({"sku": {"capacity": 3}}))
    finish(made, made.put({"sku": {"capacity": 1}}))
    return made


def unhealthy_meanwhile() -> ScaleSet:
    made = scale_set(document(mode="Rolling", rolling={"pauseTimeBetweenBatches": "PT90S"}))
    operation = made.put(image("2.0.0"))
    made.advance(200)
    for instance_id in "789":
        health.set_reported_health(made, made.instances[instance_id], HealthState.UNHEALTHY)
    finish(made, operation)
    return made


def platform() -> ScaleSet:
    made = scale_set(document(mode="Rolling", instances=4))
    made.faults.items.append(UnhealthyAfterUpgrade())
    start_platform_upgrade(made)
    made.advance(10_000)
    return made


@pytest.mark.parametrize(
    "story",
    [failed, cancelled, surged, reimaged, automatic_os, automatic, unhealthy_meanwhile, platform],
    ids=lambda story: story.__name__,
)
def test_sentences_of_whole_stories(story: Callable[[], ScaleSet]) -> None:
    """Each begins with a capital or a figure, names its rule, and has no hole."""
    for sentence in said(story()):
        assert re.fullmatch(r"[A-Z0-9].*\((rule \d\.\d+(\.\d+)?|section \d)\)", sentence), sentence
        assert "None" not in sentence
        assert "=" not in sentence


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (cancelled, "The upgrade is cancelled and no further batch begins. Instances 0 and 5 are finished first"),
        (cancelled, "The cancelled upgrade is over: 2 upgraded, 8 not reached, nothing is put back;"),
        (surged, "Instance 5 is created to replace instance 0 (rule 2.6.41)"),
        (surged, "The batch needs quota for 1 new instances and 0 are left, so it and all later ones"),
        (reimaged, "Instance 0 has a fresh OS disk with image 2.0.0, made from model version 2; data disks were kept"),
        (automatic_os, "A rolling upgrade of the OS image of 3 instances begins, at most 1 at a time"),
        (automatic_os, "osRollingUpgrade starts it again over the 2 instances still without it"),
        (automatic_os, "Image 2.0.0 is newer: the platform starts the OS upgrade in"),
        (automatic, "2 instances are upgraded at once, in no order and whatever their health (rule 2.1.7)"),
        (automatic, "Instances 2 and 1 go: the capacity is lower, and the scale-in policy chose (rule 7.6)"),
        (unhealthy_meanwhile, "Pause of 1 min 30 s before the next batch (rule 2.4.29)"),
        (unhealthy_meanwhile, "3 of 10 instances are unhealthy: 30 % is more than the 20 %"),
        (platform, "A rolling upgrade of the platform, started by the platform, of 4 instances begins"),
    ],
    ids=lambda value: value.__name__ if callable(value) else value[:30],
)
def test_sentences(story: Callable[[], ScaleSet], sentence: str) -> None:
    """What a reader needs is in the sentence."""
    assert any(sentence in found for found in said(story()))
