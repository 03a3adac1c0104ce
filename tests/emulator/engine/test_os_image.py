"""OS image upgrades, extension upgrades, history, deferral and hooks (semantics 4)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import HEALTH_EXTENSION, batches, document, exact, finish, runs, scale_set, told
from vmss_sdk.emulator.engine.common.documents import merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.platform.faults import UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.hook_event import HookAction
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.record.upgrade_status import StartedBy, UpgradeCode
from vmss_sdk.emulator.engine.upgrades import lifecycle_hooks, os_image
from vmss_sdk.emulator.engine.upgrades.start import cancel
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

LATEST = {"imageReference": {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "latest"}}
IMAGE = "Canonical:ubuntu:server"
HOURS = 3600.0


def following(instances: int = 5, *, automatic: dict[str, Any] | None = None, **options: Any) -> ScaleSet:
    """A ready scale set whose image is ``latest``, with an automatic OS upgrade policy if one is given."""
    policy = {} if automatic is None else {"upgradePolicy": {"automaticOSUpgradePolicy": automatic}}
    body = document(instances=instances, profile={"storageProfile": LATEST}, properties=policy)
    return scale_set(merge(body, options))


def publish(made: ScaleSet, version: str = "2.0.0") -> None:
    """A newer version of the image is published."""
    made.images.publish(IMAGE, version)
    os_image.check_for_new_image(made)


def images(made: ScaleSet) -> list[str]:
    """The image versions that are on the OS disks."""
    return [instance.os.content.image_version for instance in made.instances.values()]


@pytest.mark.rule("2.0.2", "4.5", "4.6")
def test_by_hand_in_batches() -> None:
    """The newest image in batches of 20 %, also in Manual mode; no model changes (rules 4.5, 4.6, 2.0.2)."""
    made = following()
    publish(made)
    finish(made, os_image.start_os_upgrade(made))
    assert images(made) == ["2.0.0"] * 5
    assert [ids for _, ids in batches(made)] == list("01234")
    assert not any(made.outdated(i) for i in made.instances.values())
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.target_image == {**LATEST["imageReference"], "version": "2.0.0"}


@pytest.mark.rule("2.4.32", "4.5")
def test_by_hand_skips_who_is_on_the_newest() -> None:
    """A second start finds nothing: Completed at once, all counted as successful (wire.md 3.20, recorded)."""
    made = following()
    operation = os_image.start_os_upgrade(made)
    assert (operation.status, operation.ended_at) == ("Succeeded", operation.started_at)
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.code is UpgradeCode.COMPLETED
    assert list(made.rolling_upgrade.progress.values()) == [len(made.instances), 0, 0, 0]


@pytest.mark.rule("4.5", "5.image-upgrade")
def test_by_hand_needs_latest() -> None:
    """With a pinned image, or with all instances protected, it is refused (rule 4.5, section 5)."""
    pinned = scale_set(document(instances=1))
    protected = following(1)
    protected.instances["0"].protection = Protection(from_scale_set_actions=True)
    for made in (pinned, protected):
        with pytest.raises(Refused) as refused:
            os_image.start_os_upgrade(made)
        assert refused.value.failures[0].reason is Reason.NOTHING_FOLLOWS_LATEST


@pytest.mark.rule("4.5")
def test_by_hand_does_not_roll_back() -> None:
    """An instance that fails keeps the new disk (rule 4.5)."""
    made = following(1)
    publish(made)
    made.faults.items.append(UnhealthyAfterUpgrade(count=1))
    finish(made, os_image.start_os_upgrade(made))
    assert images(made) == ["2.0.0"]
    assert told(made, DecisionKind.ROLLED_BACK) == []


@pytest.mark.rule("4.1", "4.4")
def test_automatic_begins_within_three_hours() -> None:
    """Azure begins by itself once a newer image is there, in any mode (rules 4.1, 4.4)."""
    made = following(automatic={"enableAutomaticOSUpgrade": True})
    publish(made)
    made.advance(made.now + 5 * HOURS)
    assert images(made) == ["2.0.0"] * 5
    assert made.rolling_upgrade is not None
    assert made.rolling_upgrade.started_by is StartedBy.PLATFORM
    assert made.rolling_upgrade.started_at < 3 * HOURS


@pytest.mark.rule("4.4")
def test_automatic_rolls_a_failed_instance_back() -> None:
    """Not healthy in time: the old OS disk is restored, the upgrade stops after 20 % (rule 4.4)."""
    made = following(automatic={"enableAutomaticOSUpgrade": True})
    publish(made)
    made.faults.items.append(UnhealthyAfterUpgrade(count=1))
    made.advance(made.now + 5 * HOURS)
    assert images(made) == ["1.0.0"] * 5
    assert made.rolling_upgrade is not None
    assert (made.rolling_upgrade.code, made.rolling_upgrade.rolled_back) == (UpgradeCode.FAULTED, (1, 0))


@pytest.mark.rule("4.4")
def test_automatic_rollback_can_be_disabled() -> None:
    """Then the failed instance keeps the new disk (rule 4.4)."""
    made = following(automatic={"enableAutomaticOSUpgrade": True, "disableAutomaticRollback": True})
    publish(made)
    made.faults.items.append(UnhealthyAfterUpgrade(count=1))
    made.advance(made.now + 5 * HOURS)
    assert images(made) == ["2.0.0", "1.0.0", "1.0.0", "1.0.0", "1.0.0"]


@pytest.mark.rule("2.5.36")
def test_automatic_waits_for_another_upgrade_to_end() -> None:
    """One rolling upgrade at a time (rule 2.5.36)."""
    made = following(automatic={"enableAutomaticOSUpgrade": True})
    os_image.start_platform_upgrade(made)
    publish(made)
    made.advance(made.now + 8 * HOURS)
    first, second = (upgrade for upgrade in made.upgrades if upgrade is not None)
    assert [first.kind.value, second.kind.value] == ["platform", "OS image"]
    assert first.ended_at is not None
    assert second.started_at >= first.ended_at
    assert images(made) == ["2.0.0"] * 5


@pytest.mark.rule("4.1")
def test_not_enabled_is_not_begun() -> None:
    """A published image alone touches nobody."""
    made = following()
    publish(made)
    made.advance(made.now + 24 * HOURS)
    assert (images(made), made.upgrades) == (["1.0.0"] * 5, [])


@pytest.mark.rule("2.5.34")
def test_it_can_be_cancelled() -> None:
    """An upgrade that Azure started is cancelled like any other, and its instances stay (rule 2.5.34)."""
    made = following(automatic={"enableAutomaticOSUpgrade": True})
    publish(made)
    while not made.upgrades:
        made.advance(made.schedule.next_due or 0)
    made.advance(made.now + 20)
    finish(made, cancel(made))
    assert images(made).count("2.0.0") == 1


@pytest.mark.rule("4.9")
def test_deferral_waits_for_approval() -> None:
    """With deferral each instance waits until it is approved, and only those go on (rule 4.9)."""
    made = following(automatic={"enableAutomaticOSUpgrade": True, "osRollingUpgradeDeferral": True})
    publish(made)
    made.advance(made.now + 24 * HOURS)
    assert images(made) == ["1.0.0"] * 5
    assert all(i.pending_os_upgrade for i in made.instances.values())
    finish(made, os_image.approve(made, ["1", "3"]))
    made.advance(made.now + HOURS)
    assert images(made) == ["1.0.0", "2.0.0", "1.0.0", "2.0.0", "1.0.0"]
    assert [i.pending_os_upgrade for i in made.instances.values()] == [True, False, True, False, True]


@pytest.mark.rule("4.8")
def test_history_keeps_the_last_five() -> None:
    """The newest first, model upgrades are not among them (rule 4.8)."""
    made = following(1)
    for version in "234567":
        publish(made, f"{version}.0.0")
        finish(made, os_image.start_os_upgrade(made))
    versions = [upgrade.target_image["version"] for upgrade in os_image.history(made) if upgrade.target_image]
    assert versions == ["7.0.0", "6.0.0", "5.0.0", "4.0.0", "3.0.0"]


@pytest.mark.rule("4.7")
def test_extension_upgrade() -> None:
    """Newer handlers run without touching the OS disk (rule 4.7)."""
    made = scale_set(document(instances=2))
    made.handlers.publish("Microsoft.ManagedServices.ApplicationHealthLinux", "1.1")
    finish(made, os_image.start_extension_upgrade(made))
    assert [i.handler_versions["health"] for i in made.instances.values()] == ["1.1", "1.1"]
    assert runs(made.instances["0"]) == ["health Created", "health NewVersion"]
    assert made.instances["0"].os.disk == 1


@pytest.mark.rule("4.7")
def test_extension_upgrade_gives_a_failed_instance_the_old_version_back() -> None:
    """Unhealthy after five minutes: back to what was there (rule 4.7)."""
    made = scale_set(document(instances=1))
    made.handlers.publish("Microsoft.ManagedServices.ApplicationHealthLinux", "1.1")
    made.faults.items.append(UnhealthyAfterUpgrade(count=1))
    finish(made, os_image.start_extension_upgrade(made))
    assert made.instances["0"].handler_versions["health"] == "1.0"


@pytest.mark.rule("4.2")
def test_the_requirements_of_automatic_upgrades() -> None:
    """The image has to follow latest (rule 4.2)."""
    policy = {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}}
    with pytest.raises(Refused) as refused:
        scale_set(document(properties=policy))
    assert [failure.reason for failure in refused.value.failures] == [Reason.IMAGE_NOT_LATEST]


def hooked(default: str = "Approve", wait: str = "PT1H") -> ScaleSet:
    """A scale set whose automatic upgrade asks first, with the question raised."""
    hook = {"type": lifecycle_hooks.SCHEDULING, "waitDuration": wait, "defaultAction": default}
    body = {"properties": {"lifecycleHooksProfile": {"lifecycleHooks": [hook]}}}
    made = following(2, automatic={"enableAutomaticOSUpgrade": True}, **body)
    publish(made)
    while not made.hook_events:
        made.advance(made.schedule.next_due or 0)
    return made


@pytest.mark.rule("4.10")
def test_a_hook_asks_before_it_begins() -> None:
    """Nothing is touched until the owner approves; then it goes on (rule 4.10)."""
    made = hooked()
    (event,) = made.hook_events.values()
    assert (made.upgrades, event.active, list(event.answers)) == ([], True, ["0", "1"])
    lifecycle_hooks.respond(made, event, {"0": HookAction.APPROVE, "1": HookAction.REJECT})
    made.advance(made.now + HOURS)
    assert (images(made), event.active) == (["2.0.0", "1.0.0"], False)


@pytest.mark.rule("4.10")
@pytest.mark.parametrize(("default", "expected"), [("Approve", "2.0.0"), ("Reject", "1.0.0")])
def test_without_an_answer_the_default_decides(default: str, expected: str) -> None:
    """When the time is up (rule 4.10)."""
    made = hooked(default)
    made.advance(made.now + 3 * HOURS)
    assert images(made) == [expected] * 2


@pytest.mark.rule("4.10")
def test_an_answer_can_be_delayed() -> None:
    """The owner may ask for more time, up to a limit (rule 4.10)."""
    made = hooked()
    (event,) = made.hook_events.values()
    lifecycle_hooks.delay(made, event, made.now + 5 * HOURS)
    made.advance(made.now + 4 * HOURS)
    assert event.active
    with pytest.raises(Refused):
        lifecycle_hooks.delay(made, event, made.now + 99 * HOURS)
    made.advance(made.now + 2 * HOURS)
    assert not event.active
    with pytest.raises(Refused) as over:
        lifecycle_hooks.respond(made, event, {"0": HookAction.APPROVE})
    assert over.value.failures[0].reason is Reason.HOOK_EVENT_OVER


@pytest.mark.rule("2.6.47")
def test_surge_with_automatic_upgrades() -> None:
    """Uniform: the automatic upgrade replaces instances too (rule 2.6.47)."""
    rolling = {"properties": {"upgradePolicy": {"rollingUpgradePolicy": {"maxSurge": True}}}}
    made = following(2, automatic={"enableAutomaticOSUpgrade": True}, **rolling)
    publish(made)
    made.advance(made.now + 5 * HOURS)
    assert (list(made.instances), images(made)) == (["2", "3"], ["2.0.0", "2.0.0"])


@pytest.mark.rule("4.2")
def test_windows_updates_are_switched_off() -> None:
    """Enabling automatic OS upgrades on Windows sets enableAutomaticUpdates false (rule 4.2)."""
    windows = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2022", "version": "latest"}
    policy = {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}}
    body = document(
        instances=1,
        profile={"storageProfile": {"imageReference": windows}},
        extensions=[HEALTH_EXTENSION],
        properties=policy,
    )
    made = scale_set(body, settings=exact())
    kept = made.document["properties"]["virtualMachineProfile"]["osProfile"]["windowsConfiguration"]
    assert kept["enableAutomaticUpdates"] is False
