"""The verbs about the platform's own work: on the wire as in operations.md, and against the emulator in process."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client.scripted import COMPUTE, WEB, accepted, answer, scripted
from tests.emulator.arm.azure import FLEXIBLE, HEALTH_EXTENSION, model
from tests.emulator.arm.azure import changed as with_changes
from vmss_sdk import (
    ALL_INSTANCES,
    ClientUsageError,
    InvalidRequestError,
    NotFoundError,
    OperationNotAllowedError,
    ScaleSet,
    VirtualMachineScaleSet,
    VmssClient,
)
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.models import OrchestrationServiceStateAction

VERSION = "api-version=2026-04-01"
PROFILE = "properties.virtualMachineProfile"
POLICY = "properties.upgradePolicy.automaticOSUpgradePolicy"
IMAGE = "Canonical:0001-com-ubuntu-server-jammy:22_04-lts"
FOLLOWING: dict[str, Any] = {
    f"{PROFILE}.storageProfile.imageReference.version": "latest",
    f"{PROFILE}.extensionProfile.extensions": [HEALTH_EXTENSION],
}


def there(changes: dict[str, Any] | None = None, capacity: int = 3) -> tuple[VmssClient, ScaleSet]:
    """A client of an emulator, and a scale set that is up."""
    client = VmssClient.in_process(Emulator())
    client.resource_groups.create_or_update("rg", "westus")
    web = client.scale_set("rg", "web")
    web.create_or_update(VirtualMachineScaleSet.from_wire(model(capacity, changes))).result()
    client.clock.sleep(600)
    return client, web


def asking(kind: str, **options: bool) -> tuple[VmssClient, ScaleSet]:
    """A scale set whose automatic OS upgrade is due, and has a lifecycle hook of this kind or is deferred."""
    hook = {"type": kind, "waitDuration": "PT12H", "defaultAction": "Reject"}
    profile = {"lifecycleHooks": [hook] if kind else []}
    automatic = {"enableAutomaticOSUpgrade": True, **options}
    client, web = there({**FOLLOWING, POLICY: automatic, "properties.lifecycleHooksProfile": profile})
    publish(client)
    client.clock.sleep(4 * 3600)
    return client, web


def publish(client: VmssClient) -> None:
    """A newer version of the image is there; an empty update lets the platform look."""
    transport: Any = client.transport
    transport.emulator.images.publish(IMAGE, "2.0.0")
    client.scale_set("rg", "web").apply_model().result()


def images(web: ScaleSet) -> list[str | None]:
    """The image version on each instance."""
    found = []
    for instance in web.instances():
        assert instance.storage_profile is not None
        assert instance.storage_profile.image_reference is not None
        found.append(instance.storage_profile.image_reference.exact_version)
    return found


@pytest.mark.parametrize(
    ("call", "sent", "body"),
    [
        (lambda s: list(s.os_upgrade_history()), "GET {}/osUpgradeHistory?", None),
        (lambda s: list(s.lifecycle_hook_events()), "GET {}/lifecycleHookEvents?", None),
        (lambda s: s.lifecycle_hook_event("e").get(), "GET {}/lifecycleHookEvents/e?", None),
        (
            lambda s: s.walk_update_domain(2, zone="1", placement_group_id="g"),
            "POST {}/forceRecoveryServiceFabricPlatformUpdateDomainWalk?platformUpdateDomain=2&zone=1"
            "&placementGroupId=g&",
            None,
        ),
        (lambda s: s.convert_to_single_placement_group(), "POST {}/convertToSinglePlacementGroup?", {}),
        (
            lambda s: s.convert_to_single_placement_group(active_placement_group_id="g"),
            "POST {}/convertToSinglePlacementGroup?",
            {"activePlacementGroupId": "g"},
        ),
    ],
)
def test_what_answers_at_once(call: Callable[[ScaleSet], Any], sent: str, body: Any) -> None:
    """Method, path, query and body; there is no operation to wait for."""
    client, script = scripted(answer(200, {"value": []}))

    call(client.scale_set("rg", "web"))

    assert (script.sent, script.body) == ([f"{sent.format(WEB)}{VERSION}"], body)


@pytest.mark.parametrize(
    ("call", "path", "body"),
    [
        (lambda s: s.reapply(), "reapply", None),
        (lambda s: s.scale_out(2), "scaleOut", {"capacity": 2}),
        (lambda s: s.migrate_zone(["0"]), "migrateVMAvailabilityZone", {"instanceIds": ["0"]}),
        (
            lambda s: s.migrate_zone(ALL_INSTANCES, zone="2"),
            "migrateVMAvailabilityZone",
            {"instanceIds": ["*"], "targetZone": "2"},
        ),
        (lambda s: s.scale_out(2, zone="3"), "scaleOut", {"capacity": 2, "properties": {"zone": "3"}}),
        (
            lambda s: s.suspend_repairs(),
            "setOrchestrationServiceState",
            {"serviceName": "AutomaticRepairs", "action": "Suspend"},
        ),
        (
            lambda s: s.resume_repairs(),
            "setOrchestrationServiceState",
            {"serviceName": "AutomaticRepairs", "action": "Resume"},
        ),
        (
            lambda s: s.set_orchestration_service_state(
                "AutomaticZoneRebalancing", OrchestrationServiceStateAction.SUSPEND
            ),
            "setOrchestrationServiceState",
            {"serviceName": "AutomaticZoneRebalancing", "action": "Suspend"},
        ),
    ],
)
def test_what_takes_its_time(call: Callable[[ScaleSet], Any], path: str, body: Any) -> None:
    """Path and body of the POSTs that begin an operation."""
    client, script = scripted(accepted())

    call(client.scale_set("rg", "web"))

    assert (script.sent, script.body) == ([f"POST {WEB}/{path}?{VERSION}"], body)


@pytest.mark.parametrize(
    "call",
    [
        lambda s: s.scale_out(0),
        lambda s: s.scale_out(True),
        lambda s: s.scale_out("2"),
        lambda s: s.walk_update_domain(-1),
        lambda s: s.walk_update_domain("0"),
        lambda s: s.approve_rolling_upgrade([]),
        lambda s: s.lifecycle_hook_event("e").approve([]),
        lambda s: s.lifecycle_hook_event("e").reject("0"),
        lambda s: s.lifecycle_hook_event("e").delay(datetime(2030, 1, 1)),
        lambda s: s.lifecycle_hook_event("a/b"),
    ],
    ids=["none", "a truth", "a text", "below 0", "text", "nobody", "nobody's", "a bare id", "no zone", "no name"],
)
def test_what_can_never_work(call: Callable[[Any], Any]) -> None:
    """It is refused before anything is sent."""
    client, script = scripted(accepted())

    with pytest.raises(ClientUsageError):
        call(client.scale_set("rg", "web"))
    assert script.sent == []


def test_scale_sets_of_a_region() -> None:
    """The subscription's list below locations; not together with a group."""
    client, script = scripted(answer(200, {"value": [{"name": "web"}]}))

    assert [found.name for found in client.scale_sets(location="westus")] == ["web"]

    subscription = COMPUTE.partition("/resourceGroups")[0]
    path = f"{subscription}/providers/Microsoft.Compute/locations/westus/virtualMachineScaleSets"
    assert script.sent == [f"GET {path}?{VERSION}"]
    with pytest.raises(ClientUsageError, match="not both"):
        client.scale_sets("rg", location="westus")


def test_scale_sets_of_a_region_in_the_emulator() -> None:
    """Those that are there, and no others."""
    client, _ = there()

    assert [found.name for found in client.scale_sets(location="westus")] == ["web"]
    assert list(client.scale_sets(location="northeurope")) == []


def test_an_os_upgrade_is_in_the_history() -> None:
    """Started by hand: who, what, how it ended (wire.md 3.24)."""
    client, web = there(FOLLOWING)
    publish(client)

    web.rolling_upgrade.start_os().result()

    [entry] = web.os_upgrade_history()
    assert entry.started_by == "User"
    assert entry.target_image_reference is not None
    assert entry.target_image_reference.version == "2.0.0"
    assert entry.running_status is not None
    assert entry.running_status.code == "Completed"
    assert entry.running_status.start_time is not None
    assert entry.running_status.completed_time is not None
    assert entry.running_status.completed_time > entry.running_status.start_time
    assert entry.progress is not None
    assert entry.progress.successful_instance_count == 3
    assert images(web) == ["2.0.0"] * 3


def test_an_os_upgrade_that_cannot_be_is_refused() -> None:
    """No instance follows latest: 409."""
    _, web = there()

    with pytest.raises(OperationNotAllowedError, match=r"imageReference\.version set to latest"):
        web.rolling_upgrade.start_os()


def test_deferred_upgrades_wait_for_approval() -> None:
    """Of one instance through its own resource, then of all (semantics 4.9)."""
    client, web = asking("", osRollingUpgradeDeferral=True)
    assert images(web) == ["1.0.0"] * 3

    web.instance("1").approve_rolling_upgrade().result()
    client.clock.sleep(3600)
    assert images(web) == ["1.0.0", "2.0.0", "1.0.0"]

    web.approve_rolling_upgrade(ALL_INSTANCES).result()
    client.clock.sleep(3600)
    assert images(web) == ["2.0.0"] * 3


def test_a_hook_event_is_answered_instance_by_instance() -> None:
    """What is approved goes on, what is rejected stays (semantics 4.10)."""
    client, web = asking("UpgradeAutoOSRollingBatchStarting")
    [event] = web.lifecycle_hook_events()
    assert event.listed is not None
    assert event.listed.state == "Active"
    assert event == web.lifecycle_hook_event(event.name)

    event.reject(["2"])
    after = event.approve(ALL_INSTANCES)

    assert after.state == "Completed"
    assert [target.action_state for target in after.target_resources or ()] == ["Approved", "Approved", "Rejected"]
    client.clock.sleep(3600)
    assert images(web) == ["2.0.0", "2.0.0", "1.0.0"]


def test_a_hook_event_about_the_scale_set_is_answered_as_a_whole() -> None:
    """It has one target, which no instance id names."""
    client, web = asking("UpgradeAutoOSScheduling")
    [event] = web.lifecycle_hook_events()

    with pytest.raises(ClientUsageError, match="does not ask about instance '0', but about web"):
        event.approve(["0"])
    event.approve(ALL_INSTANCES)

    client.clock.sleep(3600)
    assert images(web) == ["2.0.0"] * 3
    with pytest.raises(OperationNotAllowedError):
        event.reject(ALL_INSTANCES)


def test_a_hook_event_can_wait_longer() -> None:
    """As far as it says, and no further."""
    client, web = asking("UpgradeAutoOSScheduling")
    [event] = web.lifecycle_hook_events()
    listed = event.get()
    assert listed.max_wait_until is not None
    assert listed.wait_until is not None

    assert event.delay(listed.max_wait_until).wait_until == listed.max_wait_until
    with pytest.raises(InvalidRequestError):
        event.delay(listed.max_wait_until + timedelta(minutes=1))
    client.clock.sleep(12 * 3600)
    assert event.get().state == "Active"
    assert datetime.fromtimestamp(client.clock.now(), UTC) > listed.wait_until


def test_an_unknown_hook_event_is_not_found() -> None:
    """404."""
    _, web = there()

    with pytest.raises(NotFoundError):
        web.lifecycle_hook_event("nothing").approve(ALL_INSTANCES)


def test_repairs_are_suspended_and_resumed() -> None:
    """The instance view shows it (wire.md 3.25)."""
    _, web = there({**FOLLOWING, "properties.automaticRepairsPolicy": {"enabled": True}})
    seen = []
    for act in (web.suspend_repairs, web.resume_repairs):
        act().result()
        services = web.instance_view().orchestration_services or ()
        seen += [(service.service_name, service.service_state) for service in services]

    assert seen == [("AutomaticRepairs", "Suspended"), ("AutomaticRepairs", "Running")]


def test_repairs_that_are_not_enabled_cannot_be_suspended() -> None:
    """409."""
    _, web = there()

    with pytest.raises(OperationNotAllowedError, match="automatic repairs are not enabled"):
        web.suspend_repairs()


def test_a_walk_needs_service_fabric() -> None:
    """Without it none is performed; a domain that is none is refused."""
    _, web = there()

    assert web.walk_update_domain(0).walk_performed is False
    with pytest.raises(InvalidRequestError):
        web.walk_update_domain(5)


def test_conversion_to_one_placement_group() -> None:
    """What no update can do."""
    _, web = there({"properties.singlePlacementGroup": False})

    web.convert_to_single_placement_group()

    assert web.get().single_placement_group is True


def test_eviction() -> None:
    """Spot instances go, others are refused in Azure's words (wire.md 3.28)."""
    client, web = there({f"{PROFILE}.priority": "Spot"})
    web.instance("1").simulate_eviction()
    client.clock.sleep(600)
    assert [summary.power_state for summary in web.instance_summaries()] == ["running", "deallocated", "running"]

    _, other = there()
    with pytest.raises(OperationNotAllowedError, match="allowed only for Spot"):
        other.instance("1").simulate_eviction()


def test_redeploy_and_maintenance() -> None:
    """The first works, the second never was seen to (wire.md 3.19)."""
    _, web = there()

    web.redeploy(["0"]).result()
    web.instance("1").redeploy().result()

    with pytest.raises(OperationNotAllowedError, match="is not eligible"):
        web.perform_maintenance(["0"])
    with pytest.raises(OperationNotAllowedError, match="is not eligible"):
        web.instance("0").perform_maintenance()


def test_reapply_brings_no_newer_model() -> None:
    """An outdated instance stays outdated."""
    _, web = there()
    web.create_or_update(VirtualMachineScaleSet.from_wire(with_changes(model(3), {"sku.name": "Standard_D4s_v3"})))

    web.reapply().result()

    assert [instance.latest_model_applied for instance in web.instances()] == [False] * 3


def test_instances_move_to_another_zone() -> None:
    """Those that are elsewhere move; when all are there it is done at once."""
    _, web = there({"location": "westus2", "zones": ["1", "2"]}, capacity=2)
    web.migrate_zone(ALL_INSTANCES, zone="2").result()
    assert [instance.zones for instance in web.instances()] == [["2"], ["2"]]
    assert web.migrate_zone(["0"], zone="2").has_ended
    with pytest.raises(InvalidRequestError, match="targetZone"):
        web.migrate_zone(["0"], zone="3")


def test_scale_out_chooses_the_zone() -> None:
    """Two more, both there."""
    _, web = there({"location": "westus2", "zones": ["1", "2"]}, capacity=2)

    web.scale_out(2, zone="2").result()

    assert [list(instance.zones or ()) for instance in web.instances()] == [["1"], ["2"], ["2"], ["2"]]
    with pytest.raises(InvalidRequestError):
        web.scale_out(1, zone="3")


def test_flexible_virtual_machines_redeploy_and_are_evicted() -> None:
    """Through their own resource."""
    client, web = there({**FLEXIBLE, f"{PROFILE}.priority": "Spot"}, capacity=1)
    [name] = [machine.name or "" for machine in client.virtual_machines("rg")]
    machine = client.virtual_machine("rg", name)

    machine.redeploy().result()
    with pytest.raises(OperationNotAllowedError):
        machine.perform_maintenance()
    machine.simulate_eviction()
    client.clock.sleep(600)

    assert web.instance(name).instance_view().statuses is not None
    assert [status.code for status in web.instance(name).instance_view().statuses or ()][1] == "PowerState/deallocated"
