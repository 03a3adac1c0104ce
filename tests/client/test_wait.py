"""Waiting for what is no long-running operation: health, the end of a roll, and loops that ask again and again."""

from __future__ import annotations

import pytest

from tests.emulator.arm.azure import RICH_HEALTH, model, rolling
from vmss_sdk import (
    ClientUsageError,
    OperationCanceledError,
    OperationTimeoutError,
    RollingUpgradeFailedError,
    UnhealthyError,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetUpdate,
    VmssClient,
)
from vmss_sdk.handles.scale_set import ScaleSet

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
NEW_IMAGE = VirtualMachineScaleSetUpdate.from_wire(
    {"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": {"version": "2.0.0"}}}}}
)


@pytest.fixture
def client() -> VmssClient:
    """An emulator in this process, with a group."""
    client = VmssClient.in_process(subscription_id=SUBSCRIPTION)
    client.resource_groups.create_or_update("rg", "westus")
    return client


@pytest.fixture
def web(client: VmssClient) -> ScaleSet:
    """Ten instances whose health is known."""
    web = client.scale_set("rg", "web")
    web.create_or_update(VirtualMachineScaleSet.from_wire(rolling(10, {}, RICH_HEALTH))).result()
    client.emulator.clock.settle()
    return web


def test_health_is_waited_for_after_a_reimage(web: ScaleSet) -> None:
    """The operation ends before the application answers again."""
    web.reimage(["0"]).result()
    assert {each.instance_id: each.health_state for each in web.instance_summaries()}["0"] != "healthy"
    [instance] = web.wait_until_healthy(["0"])
    assert (instance.instance_id, instance.health_state) == ("0", "healthy")


def test_who_is_not_healthy_in_time_is_named(client: VmssClient, web: ScaleSet) -> None:
    """With the health of each."""
    client.emulator.scale_set("rg", "web").report_health(["3"], "Unhealthy")
    with pytest.raises(UnhealthyError, match="1 instance of web not healthy after 60 s: 3 is unhealthy") as caught:
        web.wait_until_healthy(timeout=60)
    assert caught.value.states == {"3": "unhealthy"}
    assert len(web.wait_until_healthy(["0", "1"], timeout=0)) == 2


def test_stopped_instances_are_not_waited_for(web: ScaleSet) -> None:
    """Nobody answers there."""
    web.power_off(["0"]).result()
    assert len(web.wait_until_healthy(timeout=600)) == 9


def test_a_flexible_scale_set_is_waited_for_by_names(client: VmssClient) -> None:
    """Its own list tells no health."""
    flexible = rolling(2, {}, RICH_HEALTH)
    flexible["properties"]["orchestrationMode"] = "Flexible"
    flexible["properties"]["platformFaultDomainCount"] = 1
    flexible["properties"]["virtualMachineProfile"]["networkProfile"]["networkApiVersion"] = "2020-11-01"
    flexible["properties"].pop("overprovision", None)
    flexible["properties"].pop("singlePlacementGroup", None)
    web = client.scale_set("rg", "flex")
    web.create_or_update(VirtualMachineScaleSet.from_wire(flexible)).result()
    names = [each.name for each in web.wait_until_healthy()]
    assert len(names) == 2
    assert [each.name for each in web.wait_until_healthy([names[0] or ""])] == names[:1]


@pytest.mark.parametrize(
    ("ids", "options", "why"),
    [
        (["99"], {}, "web has no instance '99'"),
        ([], {}, "instances must not be"),
        (None, {"timeout": -1}, "timeout must be a number of seconds >= 0"),
        (None, {"interval": 0}, "interval must be a number of seconds > 0"),
    ],
)
def test_what_cannot_be_waited_for_is_refused(
    web: ScaleSet, ids: list[str] | None, options: dict[str, float], why: str
) -> None:
    """With what was wrong."""
    with pytest.raises(ClientUsageError, match=why):
        web.wait_until_healthy(ids, **options)


def test_without_a_source_of_health_nobody_could_tell(client: VmssClient) -> None:
    """It would wait for ever."""
    plain = client.scale_set("rg", "plain")
    plain.create_or_update(VirtualMachineScaleSet.from_wire(model(2))).result()
    with pytest.raises(ClientUsageError, match="plain has no source of health"):
        plain.wait_until_healthy()


def test_a_roll_is_waited_for_to_its_end(web: ScaleSet) -> None:
    """And how it ended comes back; there is nothing to wait for afterwards."""
    web.update(NEW_IMAGE)
    for _ in range(2):
        ended = web.rolling_upgrade.wait()
        assert ended.running_status is not None
        assert ended.running_status.code == "Completed"


def test_a_roll_that_fails_or_is_cancelled_is_an_error(client: VmssClient, web: ScaleSet) -> None:
    """The gate's code is in it."""
    web.update(NEW_IMAGE)
    with pytest.raises(OperationTimeoutError, match="did not end within 60 s"):
        web.rolling_upgrade.wait(60)
    web.rolling_upgrade.cancel()
    with pytest.raises(OperationCanceledError, match="was cancelled"):
        web.rolling_upgrade.wait()
    client.emulator.scale_set("rg", "web").faults.unhealthy_after_upgrade(["8", "9"])
    web.apply_model()
    with pytest.raises(RollingUpgradeFailedError) as caught:
        web.rolling_upgrade.wait()
    assert caught.value.code.startswith("MaxUnhealthy")


def test_a_loop_that_asks_an_operation_ends(web: ScaleSet) -> None:
    """In process as over HTTP on a virtual clock: asking again at one moment is waiting."""
    operation = web.reimage(["0"])
    asked = 0
    while not operation.done():
        asked += 1
        assert asked < 100
    operation = web.reimage(["1"])
    asked = 0
    while not operation.has_ended:
        operation.poll()
        asked += 1
        assert asked < 100


def test_a_loop_that_reads_a_resource_ends(web: ScaleSet) -> None:
    """Reading the same again at one moment is waiting too; reading other things shows one moment."""
    web.update(NEW_IMAGE)
    before = web.instance("0").get(), web.instance("1").get(), web.get()
    assert before[2].provisioning_state == "Updating"
    looks = 0
    while web.rolling_upgrade.latest().wire["properties"]["runningStatus"]["code"] != "Completed":
        looks += 1
        assert looks < 200


def test_one_question_does_not_move_the_time(client: VmssClient, web: ScaleSet) -> None:
    """Only who asks again waits, and a write in between is no waiting."""
    operation = web.reimage(["0"])
    moment = client.clock.now()
    operation.poll()
    web.get()
    client.resource_groups.create_or_update("other", "westus")
    web.get()
    assert client.clock.now() == moment
