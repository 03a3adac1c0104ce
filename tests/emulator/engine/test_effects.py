"""Which change has which effect on an existing instance (semantics 1.4)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    HEALTH_EXTENSION,
    custom_data,
    document,
    exact,
    finish,
    image,
    profile,
    runs,
    scale_set,
)
from vmss_sdk.emulator.engine.common.documents import merge
from vmss_sdk.emulator.engine.model.effects import Effect
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

SCRIPT = {"name": "script", "properties": {"type": "CustomScript", "settings": {"command": "a"}}}


@pytest.mark.rule(
    "1.3.7",
    "1.4.image",
    "1.4.size",
    "1.4.os-profile",
    "1.4.custom-data",
    "1.4.user-data",
    "1.4.extensions",
    "1.4.data-disk",
    "1.4.zones",
)
@pytest.mark.parametrize(
    ("change", "effect"),
    [
        (image("2.0.0"), Effect.SWAP),
        ({"sku": {"name": "Standard_D4s_v5"}}, Effect.RESTART),
        (profile(osProfile={"adminUsername": "root2"}), Effect.REIMAGE),
        (profile(osProfile={"adminPassword": "Another-Passw0rd"}), Effect.REIMAGE),
        (profile(osProfile={"linuxConfiguration": {"ssh": {"publicKeys": [{"keyData": "k"}]}}}), Effect.REIMAGE),
        (custom_data("new"), Effect.REIMAGE),
        (profile(userData="bmV3"), Effect.HOT),
        (profile(licenseType="RHEL_BYOS"), Effect.HOT),
        (profile(extensionProfile={"extensions": [HEALTH_EXTENSION, SCRIPT]}), Effect.HOT),
        (profile(storageProfile={"dataDisks": [{"lun": 0, "createOption": "Empty", "diskSizeGB": 4}]}), Effect.HOT),
        ({"zones": ["1", "2"]}, Effect.NEW_ONLY),
    ],
    ids=lambda value: value.name if isinstance(value, Effect) else None,
)
def test_effect_of_one_change(change: dict[str, Any], effect: Effect) -> None:
    """Each kind of change has the effect that the table of section 1.4 gives it."""
    made = scale_set()
    finish(made, made.put(change))
    assert [found.effect for found in made.missing_changes(made.instances["0"])] == [effect]


@pytest.mark.rule("1.4.data-disk-profile", "C2")
def test_profile_of_an_existing_data_disk_is_an_exception() -> None:
    """Another size of an existing LUN needs a reimage, while a further disk is attached in place (decision C2)."""
    body = document(profile={"storageProfile": {"dataDisks": [{"lun": 0, "createOption": "Empty", "diskSizeGB": 4}]}})
    made = scale_set(body)
    disks = [{"lun": 0, "createOption": "Empty", "diskSizeGB": 8}, {"lun": 1, "createOption": "Empty", "diskSizeGB": 4}]
    finish(made, made.put(profile(storageProfile={"dataDisks": disks})))
    found = {change.path.rpartition(".")[2]: change.effect for change in made.missing_changes(made.instances["0"])}
    assert found == {"dataDisks[lun 0]": Effect.REIMAGE, "dataDisks[lun 1]": Effect.HOT}


@pytest.mark.rule("1.3.8", "1.4.upgrade-policy")
@pytest.mark.parametrize(
    "change",
    [
        {"sku": {"capacity": 4}},
        {"tags": {"team": "web"}},
        {"properties": {"upgradePolicy": {"mode": "Automatic"}}},
        {"properties": {"overprovision": True}},
        {"properties": {"scaleInPolicy": {"rules": ["OldestVM"]}}},
        {"properties": {"automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT30M"}}},
        {},
    ],
)
def test_what_belongs_to_the_set_alone_outdates_nobody(change: dict[str, Any]) -> None:
    """Capacity, tags, policies and an empty update change no instance's model (rule 1.3.8)."""
    made = scale_set(document(instances=3))
    finish(made, made.put(change))
    assert not any(made.outdated(instance) for instance in made.instances.values())


@pytest.mark.rule("1.3.10")
def test_a_published_image_outdates_nobody_until_the_reference_is_written_again() -> None:
    """A newer image behind ``latest`` changes no instance; asserting the reference does (rule 1.3.10)."""
    latest = {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "latest"}
    made = scale_set(document(instances=1, profile={"storageProfile": {"imageReference": latest}}))
    made.images.publish("canonical:ubuntu:server", "2.0.0")
    finish(made, made.put({"tags": {"a": "b"}}))
    assert not made.outdated(made.instances["0"])
    finish(made, made.put(profile(storageProfile={"imageReference": latest})))
    assert [change.effect for change in made.missing_changes(made.instances["0"])] == [Effect.SWAP]
    finish(made, upgrade_instances(made, ["0"]))
    assert made.instances["0"].os.content.image_version == "2.0.0"


def upgraded(change: dict[str, Any]) -> tuple[ScaleSet, float]:
    """A set of one instance after a manual upgrade over a change, and how long that took."""
    made = scale_set(document(instances=1))
    finish(made, made.put(change))
    began = made.now
    finish(made, upgrade_instances(made, ["0"]))
    return made, made.now - began


@pytest.mark.rule("1.4.image", "1.4.size", "1.4.custom-data", "1.4.extensions", "8.durations")
@pytest.mark.parametrize(
    ("change", "seconds", "disk", "ran"),
    [
        (image("2.0.0"), 125, 2, ["health OsDiskReplaced"]),
        ({"sku": {"name": "Standard_D4s_v5"}}, 300, 1, []),
        (custom_data("new"), 5, 1, []),
        (profile(extensionProfile={"extensions": [HEALTH_EXTENSION, SCRIPT]}), 25, 1, ["script Changed"]),
    ],
)
def test_what_an_upgrade_does(change: dict[str, Any], seconds: float, disk: int, ran: list[str]) -> None:
    """An image swaps the OS disk and runs all extensions, other changes keep the disk and run what changed."""
    made, took = upgraded(change)
    instance = made.instances["0"]
    assert (took, instance.os.disk, runs(instance)[1:]) == (seconds, disk, ran)
    assert not made.outdated(instance)


@pytest.mark.rule("2.2.13")
def test_an_upgrade_of_an_instance_at_the_newest_model_does_nothing() -> None:
    """A named instance that is up to date succeeds at once (rule 2.2.13)."""
    made = scale_set(document(instances=1))
    operation = upgrade_instances(made, ["0"])
    assert operation.instance_count == 0
    made.advance(made.now)
    assert (operation.status, operation.ended_at) == ("Succeeded", 0)


@pytest.mark.rule("1.4.image")
def test_upgrade_over_image_and_custom_data_brings_both() -> None:
    """A swapped OS disk is written from the new model, so custom data comes with an image (section 1.4)."""
    made, _ = upgraded(merge(image("2.0.0"), custom_data("new")))
    assert made.instances["0"].os.content is made.latest.content


@pytest.mark.rule("8.durations")
def test_windows_takes_longer_than_linux() -> None:
    """The durations follow the operating system that the profile names."""
    body = document(instances=1, extensions=[], profile={"osProfile": {"windowsConfiguration": {}}})
    made = scale_set(body, ready=False, settings=exact())
    operation = next(iter(made.operations.values()))
    finish(made, operation)
    assert made.now - operation.started_at == 180
