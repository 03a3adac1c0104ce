"""Rules of automatic OS upgrades and extension upgrades that the stories leave open (semantics 4)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import batches, document, finish, merged, runs, scale_set, told
from vmss_sdk.emulator.engine.common.documents import Document, get_path, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.platform.faults import UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.record.upgrade_status import UpgradeCode
from vmss_sdk.emulator.engine.upgrades import lifecycle_hooks, os_image
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

LATEST: Document = {"storageProfile": {"imageReference": {"version": "latest"}}}
HOURS = 3600.0


def following(instances: int = 5, *, automatic: bool = True, body: Document | None = None) -> ScaleSet:
    """A ready scale set whose image is ``latest``, with a newer version published."""
    policy: Document = {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}} if automatic else {}
    properties = {"upgradePolicy": policy}
    made = scale_set(merged(document(instances=instances, profile=LATEST, properties=properties), body or {}))
    made.images.publish("Canonical:ubuntu:server", "2.0.0")
    os_image.check_for_new_image(made)
    return made


def images(made: ScaleSet) -> list[str]:
    """The image versions that are on the OS disks."""
    return [instance.os.content.image_version for instance in made.instances.values()]


def refused(body: Document) -> list[Reason]:
    """The reasons for which a new scale set is refused."""
    with pytest.raises(Refused) as refusal:
        scale_set(body)
    return [failure.reason for failure in refusal.value.failures]


@pytest.mark.rule("4.1")
def test_the_switches_are_off_by_default() -> None:
    """A policy that says nothing enables nothing, and rolls back."""
    made = scale_set(document(instances=1, properties={"upgradePolicy": {"automaticOSUpgradePolicy": {}}}))
    assert get_path(made.document, "properties.upgradePolicy.automaticOSUpgradePolicy") == {
        "enableAutomaticOSUpgrade": False,
        "useRollingUpgradePolicy": False,
        "disableAutomaticRollback": False,
    }


@pytest.mark.rule("4.1")
@pytest.mark.parametrize("mode", ["Automatic", "Manual", "Rolling"])
def test_automatic_os_upgrades_are_independent_of_the_mode(mode: str) -> None:
    """In every mode the newer image arrives by itself, batch by batch."""
    made = following(body={"properties": {"upgradePolicy": {"mode": mode}}})
    made.advance(5 * HOURS)
    assert images(made) == ["2.0.0"] * 5
    assert [ids for _, ids in batches(made)] == list("01234")


@pytest.mark.rule("4.2")
@pytest.mark.parametrize(
    ("windows", "reasons"),
    [
        ({"enableAutomaticUpdates": True}, [Reason.WINDOWS_UPDATES_CONFLICT]),
        ({"patchSettings": {"patchMode": "AutomaticByPlatform"}}, [Reason.WINDOWS_UPDATES_CONFLICT]),
    ],
)
def test_windows_may_not_update_itself_beside_them(windows: Document, reasons: list[Reason]) -> None:
    """Neither automatic updates in the guest, nor patching by the platform."""
    policy = {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}}
    profile = merge(LATEST, {"osProfile": {"windowsConfiguration": windows}})
    assert refused(document(profile=profile, properties=policy)) == reasons


@pytest.mark.rule("4.2")
def test_a_gallery_image_without_a_version_follows_the_newest() -> None:
    """It is as good as ``latest``."""
    gallery = {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/g/images/i"}
    policy = {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}}
    body = document(instances=1, properties=policy)
    body["properties"]["virtualMachineProfile"]["storageProfile"]["imageReference"] = gallery
    made = scale_set(body)
    made.images.publish(gallery["id"], "2.0.0")
    os_image.check_for_new_image(made)
    made.advance(5 * HOURS)
    assert images(made) == ["2.0.0"]


@pytest.mark.rule("4.2", "2.0.5")
def test_service_fabric_needs_no_health_source_for_them() -> None:
    """Its scale set is accepted with neither probe nor health extension."""
    node = {"name": "sf", "properties": {"publisher": "Microsoft.Azure.ServiceFabric", "type": "ServiceFabricNode"}}
    policy = {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}}
    made = scale_set(document(instances=1, mode="Automatic", extensions=[node], profile=LATEST, properties=policy))
    assert made.instances


@pytest.mark.rule("4.4")
def test_the_default_batch_is_a_fifth() -> None:
    """20 % of ten, two at a time, when the scale set has no policy of its own."""
    made = following(10)
    made.advance(12 * HOURS)
    assert [ids for _, ids in batches(made)] == ["0,5", "1,6", "2,7", "3,8", "4,9"]


@pytest.mark.rule("4.4", "2.4.25")
def test_an_instance_has_five_minutes_to_get_healthy() -> None:
    """The failed first batch is put back 300 s after it was upgraded, and the rest is not touched."""
    made = following(10)
    made.faults.items.append(UnhealthyAfterUpgrade())
    made.advance(12 * HOURS)
    upgrade = made.rolling_upgrade
    assert upgrade is not None
    assert (upgrade.code, upgrade.rolled_back, images(made)) == (UpgradeCode.FAULTED, (2, 0), ["1.0.0"] * 10)
    began = batches(made)[0][0]
    assert told(made, DecisionKind.BATCH_FINISHED)[0][0] == pytest.approx(began + 125 + 300)


@pytest.mark.rule("4.5")
def test_by_hand_only_those_behind_are_upgraded() -> None:
    """Instances on the newest image are skipped."""
    made = following(3, automatic=False)
    finish(made, lifecycle.delete_instances(made, ["2"]))
    finish(made, made.put({"sku": {"capacity": 3}}))
    finish(made, os_image.start_os_upgrade(made))
    assert [ids for _, ids in batches(made)] == ["0", "1"]
    assert [i.os.disk for i in made.instances.values()] == [2, 2, 1]


@pytest.mark.rule("4.6")
def test_an_os_upgrade_does_not_bring_the_model() -> None:
    """Instances that are outdated stay so: only a write starts a rolling upgrade of the model."""
    made = following(2, automatic=False)
    finish(made, made.put({"sku": {"name": "Standard_D4s_v5"}}))
    finish(made, os_image.start_os_upgrade(made))
    assert images(made) == ["2.0.0"] * 2
    assert all(made.outdated(instance) for instance in made.instances.values())


@pytest.mark.rule("4.7")
def test_an_extension_upgrade_does_not_restart() -> None:
    """The instance runs on its OS disk all the time."""
    made = scale_set(document(instances=1))
    made.handlers.publish("Microsoft.ManagedServices.ApplicationHealthLinux", "1.1")
    operation = os_image.start_extension_upgrade(made)
    instance = made.instances["0"]
    instance.data = {"os": "a", "temp": "b"}
    while operation.ended_at is None:
        made.advance(made.schedule.next_due or 0)
        assert instance.running
    assert (instance.data, runs(instance)) == ({"os": "a", "temp": "b"}, ["health Created", "health NewVersion"])


@pytest.mark.rule("4.8")
def test_the_history_tells_what_was_rolled_back_and_who_began() -> None:
    """One instance put back in an upgrade of the platform."""
    made = following()
    made.faults.items.append(UnhealthyAfterUpgrade(count=1))
    made.advance(5 * HOURS)
    (entry,) = os_image.history(made)
    assert (entry.started_by.value, entry.rolled_back, entry.code.value) == ("Platform", (1, 0), "Faulted")


@pytest.mark.rule("4.11")
def test_flexible_sets_may_have_automatic_os_upgrades() -> None:
    """Without surge they are accepted, and upgrade in place."""
    made = following(2, body={"properties": {"orchestrationMode": "Flexible"}})
    made.advance(5 * HOURS)
    assert images(made) == ["2.0.0"] * 2


@pytest.mark.rule("5.image-upgrade")
@pytest.mark.parametrize("start", ["by hand", "automatic", "extensions"])
def test_protected_instances_are_left_out_of_platform_upgrades(start: str) -> None:
    """Of the OS image, by hand and automatic, and of extensions; scale-in protection alone keeps nobody out."""
    made = following(3, automatic=start == "automatic")
    made.handlers.publish("Microsoft.ManagedServices.ApplicationHealthLinux", "1.1")
    made.instances["1"].protection = Protection(from_scale_set_actions=True)
    made.instances["2"].protection = Protection(from_scale_in=True)
    if start != "automatic":
        act = os_image.start_os_upgrade if start == "by hand" else os_image.start_extension_upgrade
        finish(made, act(made))
    made.advance(made.now + 5 * HOURS)
    behind = [i.id for i in made.instances.values() if (_versions(i) if start == "extensions" else _image(i))]
    assert behind == ["1"]


def _versions(instance: Any) -> bool:
    return bool(instance.handler_versions["health"] == "1.0")


def _image(instance: Any) -> bool:
    return bool(instance.os.content.image_version == "1.0.0")


@pytest.mark.rule("4.10")
def test_without_a_hook_nobody_is_asked() -> None:
    """The upgrade begins by itself."""
    made = following(1)
    made.advance(5 * HOURS)
    assert (made.hook_events, images(made)) == ({}, ["2.0.0"])


@pytest.mark.rule("4.10")
def test_a_hook_waits_as_long_as_it_says() -> None:
    """Its default action decides at the end of waitDuration, not before."""
    hook = {"type": lifecycle_hooks.BATCH_STARTING, "waitDuration": "PT30M", "defaultAction": "Approve"}
    made = following(1, body={"properties": {"lifecycleHooksProfile": {"lifecycleHooks": [hook]}}})
    while not made.hook_events:
        made.advance(made.schedule.next_due or 0)
    asked = made.now
    made.advance(asked + 1799)
    assert made.upgrades == []
    made.advance(asked + 1800)
    assert len(made.upgrades) == 1


@pytest.mark.rule("4.9")
def test_an_upgrade_to_the_newest_model_does_not_approve() -> None:
    """Only approveRollingUpgrade lets a deferred image come; the model has no part in it."""
    policy = {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True, "osRollingUpgradeDeferral": True}}
    made = following(1, body={"properties": {"upgradePolicy": policy}})
    made.advance(5 * HOURS)
    finish(made, upgrade_instances(made, ["0"]))
    assert (images(made), made.instances["0"].pending_os_upgrade) == (["1.0.0"], True)
