"""The emulator behind a client: the same in this process and over HTTP; against Azure a clear error."""

import copy
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from tests.client.scripted import answer, scripted
from tests.emulator.arm.azure import MODEL
from tests.serving import served
from vmss_sdk import (
    ClientUsageError,
    DecodeError,
    InvalidRequestError,
    NotAnEmulatorError,
    NotFoundError,
    RequestNotSentError,
    ResponseLostError,
    RetryPolicy,
    RollingUpgradeFailedError,
    ScaleSet,
    ServerError,
    ThrottledError,
    VirtualMachineScaleSet,
    VmssClient,
)
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.clock import ScaledClock
from vmss_sdk.testing import Fault, captured_requests, frozen

IMAGE = "Canonical:ubuntu-24_04-lts:server"
NETWORK = MODEL["properties"]["virtualMachineProfile"]["networkProfile"]
HANDLER = "Microsoft.ManagedServices.ApplicationHealthLinux"


def body(capacity: int = 2, mode: str = "Manual", **properties: Any) -> VirtualMachineScaleSet:
    """A scale set with the health extension of version 2."""
    publisher, _, kind = HANDLER.rpartition(".")
    health = {"publisher": publisher, "type": kind, "typeHandlerVersion": "2.0"}
    reference = {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"}
    profile = {
        "osProfile": {
            "computerNamePrefix": "web",
            "adminUsername": "ops",
            "adminPassword": "Correct-Horse-7",
            "customData": "djE=",
        },
        "storageProfile": {"imageReference": reference, "dataDisks": [{"lun": 0, "createOption": "Empty"}]},
        "networkProfile": copy.deepcopy(NETWORK),
        "extensionProfile": {"extensions": [{"name": "health", "properties": health}]},
    }
    more = {"upgradePolicy": {"mode": mode}, "virtualMachineProfile": profile, "overprovision": False, **properties}
    document = {"location": "westeurope", "sku": {"name": "Standard_D2s_v5", "capacity": capacity}, "properties": more}
    return VirtualMachineScaleSet.from_wire(document)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server on a virtual clock."""
    with served() as address:
        yield address


@pytest.fixture(params=["in process", "http"])
def client(request: pytest.FixtureRequest) -> Iterator[VmssClient]:
    """A client whose emulator is empty."""
    options: dict[str, Any] = {"retry": RetryPolicy.none()}
    if request.param == "http":
        made = VmssClient("sub", endpoint=request.getfixturevalue("endpoint"), **options)
    else:
        made = VmssClient.in_process(**options)
    with made:
        made.emulator.reset()
        made.resource_groups.create_or_update("rg", "westeurope")
        yield made


@pytest.fixture
def web(client: VmssClient) -> ScaleSet:
    """A scale set of two, healthy."""
    return made(client)


def made(client: VmssClient, model: VirtualMachineScaleSet | None = None) -> ScaleSet:
    """A scale set that is up and healthy."""
    scale_set = client.scale_set("rg", "web")
    scale_set.create_or_update(model or body()).result()
    client.emulator.clock.settle()
    return scale_set


def new_size(web: ScaleSet) -> None:
    """Change the size in the model, and wait for what that does."""
    model = web.get()
    assert model.sku is not None
    model.sku.name = "Standard_D4s_v5"
    web.create_or_update(model).result()


def test_clock(client: VmssClient) -> None:
    """Read, advance, skip; a virtual one has no speed."""
    before = client.emulator.clock.read()
    assert (before.kind, before.speed, before.next_event, before.seconds_to_next_event) == ("virtual", None, None, None)
    assert before.now == datetime.fromtimestamp(before.seconds, UTC)
    assert client.emulator.clock.advance(90).seconds == pytest.approx(before.seconds + 90)
    assert client.emulator.clock.skip().seconds == pytest.approx(before.seconds + 90)
    with pytest.raises(InvalidRequestError, match="virtual clock has no speed"):
        client.emulator.clock.set_speed(2)


def test_settle(client: VmssClient, web: ScaleSet) -> None:
    """Until nothing goes on; a story without end is an error."""
    operation = web.restart(["0"])
    assert client.emulator.clock.read().next_event is not None
    assert client.emulator.clock.settle().next_event is None
    assert operation.done()
    web.restart(["0"])
    with pytest.raises(ClientUsageError, match="after 0 events"):
        client.emulator.clock.settle(limit=0)


def test_speed() -> None:
    """A scaled clock has one, and can be frozen meanwhile."""
    with VmssClient.in_process(Emulator(ScaledClock(60, start=0.0))) as client:
        assert client.emulator.clock.set_speed(5).speed == 5
        with frozen(client) as clock:
            assert clock.read().speed == 0
            assert clock.advance(10).seconds >= 10
        assert client.emulator.clock.read().speed == 5


def test_frozen_on_a_virtual_clock(client: VmssClient) -> None:
    """Nothing to do: it stands still."""
    with frozen(client) as clock:
        assert clock.read().kind == "virtual"


def test_status(client: VmssClient, web: ScaleSet) -> None:
    """Every scale set in a line."""
    (line,) = client.emulator.status()["scaleSets"]
    assert line["id"].endswith(web.name)


def test_images_and_instances(client: VmssClient) -> None:
    """A published image is what a reimage brings, and the OS disk tells."""
    client.emulator.publish_image(IMAGE, "1.1.0")
    web = made(client)
    assert client.emulator.publish_image(IMAGE, "1.2.0") == ["1.1.0", "1.2.0"]
    web.reimage(["1"]).result()
    first, second = client.emulator.scale_set("rg", "web").instances()
    assert (first.instance_id, first.name, first.os_disk.image_version, first.os_disk.number) == (
        "0",
        "web_0",
        "1.1.0",
        1,
    )
    assert (second.os_disk.image_version, second.os_disk.number) == ("1.2.0", 2)
    assert [run.reason for run in second.extension_runs] == ["Created", "OsDiskReplaced"]
    assert second.os_disk.written_at > first.os_disk.written_at
    assert first.os_disk.custom_data_fingerprint == "3bfc269594ef"  # echo -n v1 | sha256sum


def test_handlers(client: VmssClient, web: ScaleSet) -> None:
    """A published handler is what an extension upgrade brings."""
    client.emulator.publish_extension_handler(HANDLER, "2.1")
    web.rolling_upgrade.start_extension().result()
    instance = client.emulator.scale_set("rg", "web").instances()[0]
    assert [run.reason for run in instance.extension_runs] == ["Created", "NewVersion"]


def test_pending(web: ScaleSet) -> None:
    """Typed, with a summary."""
    new_size(web)
    web.upgrade_instances(["1"]).result()
    pending = web.pending()
    assert str(pending) == "1 instance: upgrade"
    assert pending.latest_model == 2
    (lacking, up_to_date) = pending.instances
    assert [attrs.astuple(change) for change in lacking.changes] == [("sku.name", "restart", "upgrade", 1, ())]
    assert (lacking.remedies, up_to_date.changes) == (("upgrade",), ())


def test_decision_log_of_a_failed_roll(client: VmssClient) -> None:
    """Batch, figures, first failed instance and what to do next, as records and as text."""
    web = made(client, body(10, "Rolling"))
    seen = web.decision_log()[-1].seq
    with client.emulator.scale_set("rg", "web").faults as faults:
        faults.unhealthy_after_upgrade()
        with pytest.raises(RollingUpgradeFailedError):
            new_size(web)
    log = {decision.kind: decision for decision in web.decision_log(since=seen)}
    assert (log["BatchStarted"].batch, log["BatchStarted"].instance_ids) == (1, ("0", "5"))
    gate = log["UpgradedGateFailed"]
    assert gate.figures == {"failed": 2, "upgraded": 2, "percent": 100, "limit": 20}
    assert gate.upgrade == 1
    end = log["UpgradeFaulted"]
    assert end.figures["first_failed"] == "0"
    assert str(end).startswith("The upgrade stops:")
    assert "an empty update restarts the upgrade over the 8 instances still outdated" in end.text
    assert end.time > log["BatchStarted"].time
    assert client.emulator.scale_set("rg", "web").faults.list() == []


@pytest.mark.parametrize(
    ("add", "expected"),
    [
        (lambda f: f.unhealthy_after_upgrade(["0"], count=1, state="Unknown"), "unhealthyAfterUpgrade"),
        (lambda f: f.provisioning_failure(["0"], count=1, code="X", message="why"), "provisioningFailure"),
        (lambda f: f.extension_failure("health", ["0"], count=1, code="X", message="why"), "extensionFailure"),
        (lambda f: f.quota(3), "quota"),
        (lambda f: f.zone_down("1"), "zoneDown"),
        (lambda f: f.conflict(["0"], count=1, preempts=True), "conflict"),
        (lambda f: f.slow_boot(60, ["0"], count=1), "slowBoot"),
    ],
    ids=["unhealthy", "provisioning", "extension", "quota", "zone", "conflict", "slow"],
)
def test_faults_of_a_scale_set(add: Callable[[Any], Fault], expected: str) -> None:
    """Set from Python, listed as they were set, and gone at the end of the block."""
    with VmssClient.in_process() as client:
        client.resource_groups.create_or_update("rg", "westeurope")
        model = body()
        model.zones = ["1", "2"]
        made(client, model)
        faults = client.emulator.scale_set("rg", "web").faults
        with faults:
            fault = add(faults)
            assert fault.kind == expected
            assert faults.list() == [fault]
            if "count" in fault.members:
                assert (fault.members["instanceIds"], fault.members["count"]) == (["0"], 1)
            faults.clear("quota")
            assert len(faults.list()) == (0 if expected == "quota" else 1)
        assert faults.list() == []


def test_machine_names(client: VmssClient) -> None:
    """A Flexible scale set's next instances are called as a script expects."""
    model = body()
    model.wire["properties"]["orchestrationMode"] = "Flexible"
    model.wire["properties"]["virtualMachineProfile"]["networkProfile"]["networkApiVersion"] = "2020-11-01"
    model.wire["sku"]["capacity"] = 0
    web = made(client, model)
    fault = client.emulator.scale_set("rg", "web").faults.machine_names("web1", "web2")
    assert fault.members == {"names": ["web1", "web2"]}
    web.set_capacity(2).result()
    assert {vm.instance_id for vm in web.instances()} == {"web1", "web2"}


def test_events(client: VmssClient, web: ScaleSet) -> None:
    """Health, metrics and data of instances; an upgrade by the platform."""
    emulated = client.emulator.scale_set("rg", "web")
    emulated.set_custom_metrics(["0"], phase=1, skip_upgrade=False)
    emulated.write_data(["0"], "lun 0", "orders")
    assert emulated.instances()[0].custom_metrics == {"PhaseOrderingNumber": 1, "SkipUpgrade": False}
    assert emulated.instances()[0].data == {"lun 0": "orders"}
    emulated.report_health(["1"], "Unhealthy")
    assert [i.health_state for i in web.instance_summaries()] == ["healthy", "unhealthy"]
    emulated.report_health(["1"], None)
    emulated.start_platform_upgrade()
    assert web.rolling_upgrade.latest().running_status.code == "RollingForward"  # type: ignore[union-attr]  # there is one
    web.rolling_upgrade.cancel().result()


def test_eviction(client: VmssClient) -> None:
    """A Spot instance is deallocated."""
    model = body()
    model.wire["properties"]["virtualMachineProfile"]["priority"] = "Spot"
    web = made(client, model)
    client.emulator.scale_set("rg", "web").evict(["0"])
    client.emulator.clock.settle()
    assert [i.power_state for i in web.instance_summaries()] == ["deallocated", "running"]


@pytest.mark.parametrize("ids", ["0", []])
def test_ids_that_mean_something_else(ids: Any) -> None:
    """A bare text would be many ids, and an empty list all or none: neither is sent."""
    client, script = scripted(answer())
    with pytest.raises(ClientUsageError, match="must be a list of instance ids"):
        client.emulator.scale_set("rg", "web").faults.slow_boot(1, ids)
    assert script.requests == []


def test_throttled(client: VmssClient, web: ScaleSet) -> None:
    """The typed error says how long to wait; the control plane is not throttled."""
    fault = client.emulator.faults.throttle(count=1, retry_after=4, method="GET", path="*/web")
    assert client.emulator.faults.list() == [fault]
    with pytest.raises(ThrottledError, match="OperationNotAllowed") as caught:
        web.get()
    assert caught.value.retry_after == 4
    assert caught.value.details[0].code == "TooManyRequests"
    web.get()


def test_server_error(client: VmssClient, web: ScaleSet) -> None:
    """The scale-out was heard, whatever the answer says."""
    client.emulator.faults.server_error(503, processed=True, retry_after=2, count=1)
    with pytest.raises(ServerError) as caught:
        web.set_capacity(3)
    assert (caught.value.status, caught.value.retry_after) == (503, 2)
    assert len(web.instance_summaries()) == 3


@pytest.mark.parametrize("processed", [True, False])
def test_dropped_connection(client: VmssClient, web: ScaleSet, processed: bool) -> None:
    """Over HTTP nobody can know whether it was processed; in this process the transport says it."""
    in_process = client.endpoint.endswith(".invalid")
    expected = RequestNotSentError if in_process and not processed else ResponseLostError
    client.emulator.faults.drop_connection(processed=processed, count=3, method="DELETE")
    for _ in range(3):
        with pytest.raises(expected):
            web.instance("1").delete()
    client.emulator.clock.settle()
    assert len(web.instance_summaries()) == (1 if processed else 2)


def test_retries_get_over_faults() -> None:
    """Twice no answer, once throttled: the fourth attempt is answered, after the time that was asked for."""
    with VmssClient.in_process() as client:
        client.emulator.faults.drop_connection(count=2)
        client.emulator.faults.throttle(seconds=30)
        with captured_requests(client) as sent:
            client.resource_groups.create_or_update("rg", "westeurope")
        assert [type(exchange.error) for exchange in sent[:2]] == [ResponseLostError] * 2
        assert [exchange.response.status for exchange in sent[2:] if exchange.response] == [
            429,
            200,
        ]  # the first had made it
        with captured_requests(client) as more:
            pass
        assert (len(sent), more) == (4, [])


def test_captured_requests_show_no_secrets(client: VmssClient) -> None:
    """Neither headers nor bodies are in the repr."""
    with captured_requests(client) as sent:
        client.scale_set("rg", "web").create_or_update(body())
    assert sent[0].request.method == "PUT"
    assert b"djE=" in sent[0].request.body
    assert "djE=" not in repr(sent)


def test_unknown_scale_set(client: VmssClient) -> None:
    """404 as everywhere."""
    with pytest.raises(NotFoundError):
        client.scale_set("rg", "nothing").pending()
    with pytest.raises(NotFoundError):
        client.scale_set("rg", "nothing").decision_log()


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.scale_set("rg", "web").pending(),
        lambda client: client.scale_set("rg", "web").decision_log(),
        lambda client: client.emulator.clock.read(),
        lambda client: client.emulator.faults.clear(),
        lambda client: client.emulator.reset(),
    ],
    ids=["pending", "log", "clock", "faults", "reset"],
)
@pytest.mark.parametrize("status", [200, 404, 401])
def test_azure_is_no_emulator(ask: Callable[[VmssClient], object], status: int) -> None:
    """Whatever it answers: a clear error, and no token was sent."""
    client, script = scripted(answer(status, {"error": {"code": "NotFound", "message": "no"}}))
    with pytest.raises(NotAnEmulatorError, match=r"https://management\.azure\.com is no emulator .* only there"):
        ask(client)
    (request,) = script.requests
    assert request.url.startswith("https://management.azure.com/_emulator/")
    assert "Authorization" not in request.headers


def test_an_emulator_of_another_time() -> None:
    """What this SDK cannot read is said so, not a KeyError."""
    client, _ = scripted(answer(200, {"kind": "virtual"}, x_vmss_emulator="9"))
    with pytest.raises(DecodeError, match="cannot read"):
        client.emulator.clock.read()


def test_names_are_escaped() -> None:
    """A name cannot leave its place in the path."""
    client, script = scripted(answer(200, {"value": []}, x_vmss_emulator="1"))
    client.emulator.scale_set("r g", "we?b").decisions(since=4)
    assert script.requests[0].url.endswith("/resourceGroups/r%20g/scaleSets/we%3Fb/decisions?since=4")
    with pytest.raises(ClientUsageError):
        client.emulator.scale_set("rg", "a/b")


def test_repr() -> None:
    """It says which emulator."""
    client, _ = scripted(answer())
    assert repr(client.emulator) == "EmulatorControl('https://management.azure.com')"
