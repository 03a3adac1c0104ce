"""Twins: captured from an emulator and from recordings of Azure, and brought up as they were."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.arm.azure import SET, SUBSCRIPTION, Azure, rolling
from tests.wire.recordings import Exchange, conversations
from vmss_sdk import ClientUsageError, InvalidRequestError, Twin, VmssClient, models
from vmss_sdk.cli.output import shape
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.models.schema import Node, schema
from vmss_sdk.transport.base import Request, Response
from vmss_sdk.transport.in_process import InProcessTransport

SECRETS = ("Correct-Horse-7", "Zmlyc3Q=", "canary")
NEW_IMAGE = {"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": {"version": "1.0.1"}}}}}


def _azure(capacity: int = 5) -> Azure:
    azure = Azure(Emulator(settings=Settings(timings=Timings.exact())))
    azure.create(rolling(capacity, {"maxBatchInstancePercent": 20}))
    azure.settle()
    return azure


class _Reads:
    """A transport that writes down what is sent."""

    def __init__(self, emulator: Emulator) -> None:
        self.inner = InProcessTransport(emulator)
        self.sent: list[Request] = []

    @property
    def clock(self) -> Any:
        return self.inner.clock

    def send(self, request: Request) -> Response:
        self.sent.append(request)
        return self.inner.send(request)

    def close(self) -> None:
        self.inner.close()


def _captured(azure: Azure) -> tuple[Twin, list[Request]]:
    transport = _Reads(azure.emulator)
    with VmssClient(SUBSCRIPTION.split("/")[2], endpoint="https://azure.invalid", transport=transport) as client:
        return Twin.capture(client.scale_set("Shop", "web")), transport.sent


def _state(client: VmssClient) -> list[dict[str, Any]]:
    web = client.scale_set("Shop", "web")
    return [web.get().wire, *(one.wire for one in web.instances(expand="instanceView"))]


def test_a_twin_answers_as_what_was_captured() -> None:
    """Model, instances, instance views: all of it, ids and moments too."""
    azure = _azure()
    twin, _ = _captured(azure)
    with (
        VmssClient.in_process(azure.emulator, SUBSCRIPTION.split("/")[2]) as there,
        VmssClient.in_process(twin=twin) as here,
    ):
        assert _state(here) == _state(there)
        assert here.clock.now() == twin.captured_at.timestamp()


def test_capturing_only_reads() -> None:
    """The role Reader is enough: nothing but GET is sent."""
    _, sent = _captured(_azure())
    assert {request.method for request in sent} == {"GET"}


def test_outdated_unhealthy_protected_and_stopped_instances_are_so_in_the_twin() -> None:
    """A roll that stopped for a bad image: one instance has the new one and is unhealthy, the rest lack it."""
    azure = _azure(10)
    with VmssClient.in_process(azure.emulator, SUBSCRIPTION.split("/")[2]) as client:
        web = client.scale_set("Shop", "web")
        client.emulator.scale_set("Shop", "web").faults.unhealthy_after_upgrade()
        web.update(models.VirtualMachineScaleSetUpdate.from_wire(NEW_IMAGE))
        client.emulator.clock.settle()
        web.instance("7").protect(from_scale_set_actions=True).result()
        web.power_off(["8"]).result()
        before = _state(client)
        upgrade = web.rolling_upgrade.latest().wire["properties"]
        twin = Twin.capture(web)
    with VmssClient.in_process(twin=twin) as here:
        web = here.scale_set("Shop", "web")
        after = _state(here)
        for name in ("latestModelApplied", "protectionPolicy", "provisioningState"):
            assert [one["properties"].get(name) for one in after[1:]] == [
                one["properties"].get(name) for one in before[1:]
            ]
        codes = [_codes(one) for one in after[1:]]
        assert codes == [_codes(one) for one in before[1:]]
        assert sum(not one["properties"]["latestModelApplied"] for one in after[1:]) == 8
        latest = web.rolling_upgrade.latest().wire["properties"]
        assert latest["progress"] == upgrade["progress"]
        assert latest["runningStatus"] == upgrade["runningStatus"]
        assert sum(bool(one.remedies) for one in web.pending().instances) == 8


def _codes(instance: dict[str, Any]) -> list[str]:
    view = instance["properties"]["instanceView"]
    return [status["code"] for status in (*view["statuses"], view["vmHealth"]["status"])]


def test_a_twin_goes_on_as_the_scale_set_would() -> None:
    """The same change on both, and the same instances are reached in the same order."""
    azure = _azure(10)
    twin, _ = _captured(azure)
    found = []
    with (
        VmssClient.in_process(azure.emulator, SUBSCRIPTION.split("/")[2]) as there,
        VmssClient.in_process(Emulator(settings=Settings(timings=Timings.exact())), twin=twin) as here,
    ):
        for client in (there, here):
            preview = client.scale_set("Shop", "web").preview(
                lambda web: web.update(models.VirtualMachineScaleSetUpdate.from_wire(NEW_IMAGE))
            )
            found.append((preview.status, [one.instance_id for one in preview.instances], preview.seconds))
    assert found[0] == found[1]
    assert found[0][0] == 200


@pytest.mark.parametrize("where", ["captured", "offline", "read"])
def test_no_secret_is_in_a_twin(where: str, tmp_path: Path) -> None:
    """Neither what is secret in the model, nor what looks like it in settings and URLs."""
    azure = _azure(1)
    settings = {
        "commandToExecute": "install --password canary",
        "storageAccountKey": "canary",
        "nested": [{"apiToken": "canary"}],
        "fileUris": ["https://x.blob.core.windows.net/c/f?sv=1&sig=canary"],
        "connection": "AccountName=x;AccountKey=canary;",
    }
    extension = {"properties": {"publisher": "p", "type": "t", "typeHandlerVersion": "1.0", "settings": settings}}
    extension["properties"]["protectedSettings"] = {"x": "canary"}
    assert (
        azure.send("PUT", f"https://localhost:8443{SET}/extensions/run?api-version=2024-07-01", extension).status < 300
    )
    azure.settle()
    twin, _ = _captured(azure)
    if where != "captured":
        document = azure.get()
        profile = document["properties"]["virtualMachineProfile"]
        profile["osProfile"] |= {"adminPassword": "Correct-Horse-7", "customData": "Zmlyc3Q="}
        profile |= {"userData": "canary"}
        extensions = profile["extensionProfile"]["extensions"]
        extensions[-1]["properties"] |= {"settings": settings, "protectedSettings": {"x": "canary"}}
        twin = Twin.of(document)
        if where == "read":
            path = tmp_path / "web.twin"
            path.write_text(json.dumps({**twin.document, "scaleSet": document}))
            twin = Twin.read(path)
    text = json.dumps(twin.document)
    assert [secret for secret in SECRETS if secret in text] == []
    assert "fileUris" in text


def test_what_az_prints_makes_the_same_twin() -> None:
    """``az`` leaves out the envelopes, which are put back."""
    azure = _azure(2)
    twin, _ = _captured(azure)
    with VmssClient.in_process(azure.emulator, SUBSCRIPTION.split("/")[2]) as client:
        web = client.scale_set("Shop", "web")
        printed = shape(web.get()), [shape(one) for one in web.instances(expand="instanceView")]
    offline = Twin.of(json.loads(json.dumps(printed[0])), json.loads(json.dumps(printed[1])))
    assert offline.document["scaleSet"] == twin.document["scaleSet"]
    for printed_one, captured_one in zip(offline.document["instances"], twin.document["instances"], strict=True):
        resources = printed_one.pop("resources"), captured_one.pop("resources")
        assert printed_one == captured_one
        assert [one["name"] for one in resources[0]] == [one["name"] for one in resources[1]]


def test_without_instances_there_are_as_many_as_the_capacity_says() -> None:
    """All of them up to date and healthy, in the zones of the scale set; and it is said."""
    twin = Twin.of(_azure(4).get())
    assert len(twin.document["instances"]) == 4
    assert "were not given" in twin.document["notCaptured"][0]
    with VmssClient.in_process(twin=twin) as client:
        shown = client.scale_set("Shop", "web").instances()
        assert [one.latest_model_applied for one in shown] == [True] * 4


def test_a_twin_is_loaded_once() -> None:
    """A scale set that is there is not replaced."""
    twin, _ = _captured(_azure(1))
    with VmssClient.in_process(twin=twin) as client, pytest.raises(InvalidRequestError, match="already"):
        client.emulator.load(twin)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ([], "is no twin"),
        ({"twin": 1}, "is no twin"),
        ({"twin": 2, "scaleSet": {}, "instances": []}, "has version 2 of the format, known is 1"),
    ],
)
def test_what_is_no_twin_is_refused(document: Any, told: str) -> None:
    """With the name of what is wrong."""
    with pytest.raises(ClientUsageError, match=told):
        Twin.from_wire(document)


def test_a_file_keeps_it(tmp_path: Path) -> None:
    """Written and read again it is the same."""
    twin, _ = _captured(_azure(1))
    twin.write(tmp_path / "web.twin")
    assert Twin.read(tmp_path / "web.twin") == twin
    assert twin.captured_at < datetime(2026, 1, 2, tzinfo=UTC)


_A_SET = re.compile(r".*/virtualMachineScaleSets/[^/?]+$", re.IGNORECASE)
_A_LIST = re.compile(r".*/virtualMachineScaleSets/[^/?]+/virtualMachines$", re.IGNORECASE)
_NOT_IN_OLD_VERSIONS = ("etag", "timeCreated", "uniqueId")
_OF_THE_DIRECTORY = ("principalId", "clientId", "tenantId")


def _shown(value: Any) -> Any:
    """A document without what is redacted, of the directory, or was not shown in ten years' versions of the API."""
    if isinstance(value, dict):
        left_out = (*_NOT_IN_OLD_VERSIONS, *_OF_THE_DIRECTORY, "settings", "userData", "enableVMAgentPlatformUpdates")
        return {name: _shown(inner) for name, inner in value.items() if name not in left_out and inner is not None}
    return [_shown(item) for item in value] if isinstance(value, list) else value


def _recorded() -> Iterator[tuple[str, Exchange, Exchange | None]]:
    """Each GET of a scale set that stands still, and the list of its instances that came next, if one did."""
    for conversation in conversations():
        last: Exchange | None = None
        for exchange in conversation.exchanges:
            if exchange.method != "GET" or exchange.status != 200:
                continue
            if _A_SET.match(exchange.plain_path) and _is_settled(exchange.body):
                last = exchange
                yield conversation.name, exchange, None
            elif last is not None and _A_LIST.match(exchange.plain_path) and exchange.body["value"]:
                same = exchange.plain_path.lower().startswith(f"{last.plain_path.lower()}/")
                if same and all("latestModelApplied" in one.get("properties", {}) for one in exchange.body["value"]):
                    yield conversation.name, last, exchange


def _is_known(node: Node, value: Any) -> bool:
    """Whether a document has only members that Azure still has."""
    if node.kind == "object" and isinstance(value, dict):
        found = [(node.find(name), inner) for name, inner in value.items()]
        return all(member is not None and _is_known(member[1], inner) for member, inner in found)
    if node.items is not None and isinstance(value, list):
        return all(_is_known(node.items, item) for item in value)
    return True


def _is_settled(body: dict[str, Any]) -> bool:
    settled = body.get("properties", {}).get("provisioningState") in ("Succeeded", "Failed")
    return settled and "capacity" in (body.get("sku") or {}) and _is_known(schema(models.VirtualMachineScaleSet), body)


def test_recorded_scale_sets_of_azure_are_captured_and_reproduced() -> None:
    """What Azure answered from 2015 to 2026 is what the twin answers."""
    count = 0
    for name, exchange, listed in _recorded():
        if listed is not None:
            continue
        twin = Twin.of(exchange.body)
        with VmssClient.in_process(twin=twin) as client:
            found = client.scale_set(twin.resource_group, twin.name).get().wire
        assert _shown(found) == _shown(exchange.body), name
        count += 1
    assert count > 500


def test_recorded_instances_of_azure_are_captured_and_reproduced() -> None:
    """Which they are, where they are, whether they are up to date, how they are doing, what their disks are called."""
    count = 0
    for name, exchange, listed in _recorded():
        if listed is None:
            continue
        twin = Twin.of(exchange.body, listed.body["value"])
        with VmssClient.in_process(twin=twin) as client:
            web = client.scale_set(twin.resource_group, twin.name)
            found = {one.instance_id: one.wire for one in web.instances(expand="instanceView")}
        for recorded in listed.body["value"]:
            assert _facts(found[recorded["instanceId"]], recorded) == _facts(recorded, recorded), name
            count += 1
    assert count > 50


def _facts(one: dict[str, Any], recorded: dict[str, Any]) -> list[Any]:
    """Those that the recorded document has too."""
    properties, there = one["properties"], recorded["properties"]
    found = [one["instanceId"], one.get("zones"), properties["latestModelApplied"], properties.get("protectionPolicy")]
    if there.get("provisioningState") in ("Succeeded", "Failed"):
        found.append(properties["provisioningState"])
    if "osDisk" in there.get("storageProfile", {}):
        storage = properties["storageProfile"]
        found += [storage["osDisk"], [disk["name"] for disk in storage.get("dataDisks", [])]]
    if "instanceView" in there:
        view = properties["instanceView"]
        found += [status["code"] for status in view["statuses"] if status["code"].startswith("PowerState")]
    if "vmId" in there:
        found.append(properties["vmId"])
    return found
