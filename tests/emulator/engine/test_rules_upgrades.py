"""Rules of the upgrade modes and of the rolling policy that the stories leave open (semantics 2.0 to 2.3)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    ADDRESS,
    PROBE,
    batches,
    document,
    finish,
    image,
    policy,
    scale_set,
    told,
)
from vmss_sdk.emulator.engine.common.documents import Document, get_path, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.guest.health import set_reported_health
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

FLEXIBLE: Document = {"orchestrationMode": "Flexible"}
LATEST: Document = {"storageProfile": {"imageReference": {"version": "latest"}}}
AUTOMATIC_OS: Document = {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}}
REPAIRS: Document = {"automaticRepairsPolicy": {"enabled": True}}


def refused(body: Document) -> list[tuple[Reason, Any]]:
    """The reasons and features for which a new scale set is refused."""
    with pytest.raises(Refused) as refusal:
        scale_set(body)
    return [(failure.reason, failure.facts.get("feature")) for failure in refusal.value.failures]


def disks(made: ScaleSet) -> list[int]:
    """Which OS disk each instance has."""
    return [instance.os.disk for instance in made.instances.values()]


@pytest.mark.rule("2.0.1")
def test_the_mode_is_manual_when_none_is_sent() -> None:
    """Without an upgrade policy, which only Flexible may leave out, a change touches nobody."""
    body = document(instances=2, properties=FLEXIBLE)
    del body["properties"]["upgradePolicy"]
    made = scale_set(body)
    finish(made, made.put(image("2.0.0")))
    assert (made.mode, disks(made)) == ("Manual", [1, 1])


@pytest.mark.rule("2.0.2")
@pytest.mark.parametrize(
    ("percent", "sizes"),
    [(None, [1, 1, 1, 1, 1]), (40, [2, 2, 1])],
)
def test_os_upgrades_use_the_rolling_policy_in_manual_mode(percent: int | None, sizes: list[int]) -> None:
    """The scale set's own policy, and 20 % when it has none; the mode governs the model only."""
    rolling = None if percent is None else {"maxBatchInstancePercent": percent}
    made = scale_set(document(instances=5, rolling=rolling, profile=LATEST, properties=FLEXIBLE))
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    finish(made, os_image.start_os_upgrade(made))
    assert [len(ids.split(",")) for _, ids in batches(made)] == sizes


@pytest.mark.rule("2.0.3")
def test_switching_from_manual_to_automatic_upgrades_all_outdated_at_once() -> None:
    """The mode is changed by a write like any other, and each write looks for outdated instances."""
    made = scale_set(document(instances=3))
    finish(made, made.put(image("2.0.0")))
    finish(made, made.put(policy("Automatic")))
    assert [at for at, _ in told(made, DecisionKind.INSTANCE_UPGRADED)] == [2 + 125] * 3


@pytest.mark.rule("2.0.4")
def test_a_write_in_manual_mode_ends_with_the_change_of_the_model() -> None:
    """Its instances are outdated, and the scale set is Succeeded all the same."""
    made = scale_set(document(instances=2))
    operation = finish(made, made.put(image("2.0.0")))
    assert (operation.status, made.now, made.provisioning_state) == ("Succeeded", 2, "Succeeded")
    assert all(made.outdated(instance) for instance in made.instances.values())


@pytest.mark.rule("2.0.6", "C7")
@pytest.mark.parametrize(("mode", "seconds"), [("Automatic", 125), ("Manual", 2), ("Rolling", 15 + 125 + 5)])
def test_flexible_has_all_three_modes(mode: str, seconds: float) -> None:
    """Each does to a Flexible instance what it does to a Uniform one."""
    made = scale_set(document(instances=1, mode=mode, properties=FLEXIBLE))
    finish(made, made.put(image("2.0.0")))
    assert (made.now, disks(made)) == (seconds, [1] if mode == "Manual" else [2])


@pytest.mark.rule("2.1.9", "2.1.7")
def test_automatic_mode_needs_no_health_source() -> None:
    """Neither probe nor extension, and a change still reaches everybody."""
    made = scale_set(document(instances=2, mode="Automatic", extensions=[]))
    finish(made, made.put(image("2.0.0")))
    assert disks(made) == [2, 2]


@pytest.mark.rule("2.1.9", "2.3.16b", "4.2")
def test_automatic_os_upgrades_need_a_health_source() -> None:
    """Also in Automatic mode."""
    body = document(mode="Automatic", extensions=[], profile=LATEST, properties=AUTOMATIC_OS)
    assert refused(body) == [(Reason.HEALTH_SOURCE_MISSING, "AUTOMATIC_OS")]


@pytest.mark.rule("2.3.16b", "2.3.16h")
def test_repairs_need_a_health_source() -> None:
    """Neither probe nor extension: refused."""
    assert refused(document(extensions=[], properties=REPAIRS)) == [(Reason.HEALTH_SOURCE_MISSING, "REPAIRS")]


@pytest.mark.rule("2.3.16d", "3.1")
@pytest.mark.parametrize(("properties", "feature"), [(REPAIRS, "REPAIRS"), (AUTOMATIC_OS, "AUTOMATIC_OS")])
def test_two_health_sources_serve_neither_repairs_nor_os_upgrades(properties: Document, feature: str) -> None:
    """One of probe and extension has to go first."""
    profile = merge(LATEST, {"networkProfile": {"healthProbe": PROBE}})
    assert refused(document(profile=profile, properties=properties)) == [(Reason.HEALTH_SOURCE_TWICE, feature)]


@pytest.mark.rule("2.3.16b")
def test_a_probe_that_the_profile_does_not_reference_is_no_health_source() -> None:
    """Being behind a load balancer with a probe is not enough."""
    nic = {"name": "nic", "properties": {"primary": True, "ipConfigurations": [ADDRESS]}}
    body = document(
        mode="Rolling", extensions=[], profile={"networkProfile": {"networkInterfaceConfigurations": [nic]}}
    )
    assert refused(body) == [(Reason.HEALTH_SOURCE_MISSING, "ROLLING")]


@pytest.mark.rule("2.2.12")
def test_named_instances_are_upgraded_at_once_whatever_their_health() -> None:
    """No batch and no gate: ten unhealthy instances are upgraded at the same moment."""
    made = scale_set(document())
    for instance in made.instances.values():
        set_reported_health(made, instance, HealthState.UNHEALTHY)
    finish(made, made.put(image("2.0.0")))
    finish(made, upgrade_instances(made, list(made.instances)))
    assert [at for at, _ in told(made, DecisionKind.INSTANCE_UPGRADED)] == [2 + 125] * 10


@pytest.mark.rule("2.3.enableCrossZoneUpgrade", "2.3.prioritizeUnhealthyInstances")
def test_two_switches_have_no_default() -> None:
    """They are not filled in, and count as off."""
    made = scale_set(document(instances=1, mode="Rolling"))
    kept = get_path(made.document, "properties.upgradePolicy.rollingUpgradePolicy")
    assert not {"enableCrossZoneUpgrade", "prioritizeUnhealthyInstances"} & kept.keys()


@pytest.mark.rule("2.3.pauseTimeBetweenBatches")
def test_a_pause_has_no_upper_bound() -> None:
    """A week is accepted."""
    rolling = {"pauseTimeBetweenBatches": "P7D"}
    made = scale_set(document(instances=1, mode="Rolling", rolling=rolling))
    assert get_path(made.document, "properties.upgradePolicy.rollingUpgradePolicy.pauseTimeBetweenBatches") == "P7D"


@pytest.mark.rule("2.3.16f")
def test_a_batch_may_be_larger_than_what_may_be_unhealthy() -> None:
    """Batch 50 % beside unhealthy 20 % is accepted."""
    rolling = {"maxBatchInstancePercent": 50, "maxUnhealthyInstancePercent": 20}
    assert scale_set(document(instances=1, mode="Rolling", rolling=rolling)).mode == "Rolling"
