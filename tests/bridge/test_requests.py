"""Requests that do something: with an emulator in the bridge's own process."""

import json
from collections.abc import Generator

import pytest

from tests.bridge.driving import MODEL, Driver, driven
from tests.serving import SecureServer, served

_WEB = {"resourceGroup": "rg", "scaleSet": "web"}


@pytest.fixture(scope="module")
def web() -> Generator[Driver]:
    """A bridge with the scale set rg/web of three instances."""
    with driven() as driver:
        driver.with_scale_set()
        yield driver


def test_an_operation_is_answered_when_it_ended(web: Driver) -> None:
    """A reimage answers PSOperationStatusResponse: a GUID, times, and Succeeded."""
    answer = web.answer(web.send("instance.reimage", **_WEB, instanceId="0"))["result"]
    assert answer["types"][0] == "Microsoft.Azure.Commands.Compute.Automation.Models.PSOperationStatusResponse"
    value = answer["value"]
    assert list(value) == ["Name", "StartTime", "EndTime", "Status", "Error"]
    assert len(value["Name"]) == 36
    assert value["Status"] == "Succeeded"
    assert value["StartTime"]["$time"] < value["EndTime"]["$time"]


def test_an_operation_that_nobody_waits_for(web: Driver) -> None:
    """With wait false the answer is a resume token, with which the waiting can be done later."""
    begun = web.ask("instance.restart", **_WEB, instanceId="1", wait=False)
    assert begun["Status"] == "InProgress"
    assert web.ask("operation.resume", token=begun["ResumeToken"])["Status"] == "Succeeded"


def test_the_list_of_instances_has_the_type_of_lists(web: Driver) -> None:
    """Instances in a list have Az.Compute's class for lists first."""
    answer = web.answer(web.send("instance.list", **_WEB))["result"]
    names = [name.rpartition(".")[2] for name in answer["types"]]
    assert names == ["PSVirtualMachineScaleSetVMList", "PSVirtualMachineScaleSetVM", "VirtualMachineScaleSetVM"]
    assert [one["InstanceId"] for one in answer["value"]] == ["0", "1", "2"]
    assert {one["ResourceGroupName"] for one in answer["value"]} == {"rg"}


def test_what_was_read_can_be_sent_back(web: Driver) -> None:
    """A scale set read in PowerShell's shape and sent back unchanged changes nothing."""
    model = web.ask("scaleSet.get", **_WEB)
    again = web.ask("scaleSet.createOrUpdate", **_WEB, model=model)
    assert {**again, "Etag": None} == {**model, "Etag": None}
    assert web.ask("emulated.pending", **_WEB)["Summary"] == "nothing is pending"


def test_a_request_is_tried(web: Driver) -> None:
    """What it would come to, as a record and as text; nothing is done, and what is no request is refused."""
    params = {**_WEB, "instances": ["1"]}
    found = web.ask("preview", method="scaleSet.reimage", params=params)
    assert (found["Refused"], found["Status"]) == (False, 202)
    assert [(one["InstanceId"], one["Effects"]) for one in found["Instances"]] == [("1", ["reimage"])]
    assert "lost: the OS disk and what is on it" in found["Text"]
    refused = web.ask("preview", method="scaleSet.reimage", params={**_WEB, "instances": ["9"]})
    assert (refused["Refused"], refused["Error"]["Code"]) == (True, "InvalidParameter")
    assert "no parameter" in web.error("preview", method="scaleSet.reimage", params={**params, "x": 1})["message"]
    assert "expected the name" in web.error("preview", method="no such")["message"]


def test_the_error_of_the_service(web: Driver) -> None:
    """A refusal carries the service's words first and alone, then as Az.Compute lists them, and all its parts."""
    data = web.error("rollingUpgrade.cancel", **_WEB)["data"]
    lines = data["text"].splitlines()
    assert lines[:3] == [
        "There is no ongoing Rolling Upgrade to cancel.",
        "ErrorCode: OperationNotAllowed",
        "ErrorMessage: There is no ongoing Rolling Upgrade to cancel.",
    ]
    assert lines[3:5] == ["StatusCode: 409", "ReasonPhrase: Conflict"]
    assert lines[5] == f"OperationID : {data['requestId']}"
    assert (data["category"], data["code"], data["status"]) == ("InvalidOperation", "OperationNotAllowed", 409)


@pytest.mark.parametrize(
    ("method", "params", "category"),
    [
        ("scaleSet.get", {"scaleSet": "none"}, "ObjectNotFound"),
        ("instance.reimage", {"instanceId": "77"}, "InvalidArgument"),
        ("scaleSet.get", {"scaleSet": "a/b"}, "InvalidArgument"),
    ],
)
def test_the_category_of_an_error(web: Driver, method: str, params: dict[str, str], category: str) -> None:
    """PowerShell's category follows from the kind of error."""
    assert web.error(method, **{**_WEB, **params})["data"]["category"] == category


def test_a_wrong_member_is_named(web: Driver) -> None:
    """A value that a member cannot have is refused by the path of the member, and not shown."""
    model = {"Location": "x", "VirtualMachineProfile": {"OsProfile": "secret-text"}}
    error = web.error("scaleSet.createOrUpdate", **_WEB, model=model)
    assert error["data"]["text"].startswith("VirtualMachineProfile.OsProfile: expected an object")
    assert "secret-text" not in json.dumps(error)


def test_a_trace_tells_each_request_without_secrets() -> None:
    """With trace, requests and answers are told by the request's id; no password is among them."""
    with driven() as bridge:
        bridge.with_scale_set()
        model = bridge.ask("scaleSet.get", **_WEB)
        model["VirtualMachineProfile"]["OsProfile"]["AdminPassword"] = "Pa55-word-of-test"
        id = bridge.send("scaleSet.createOrUpdate", **_WEB, model=model, trace=True)
        bridge.answer(id)
        told = [note["params"] for note in bridge.notes if note["method"] == "log"]
        assert {one["id"] for one in told} == {id}
        verbose = [one["text"] for one in told if one["level"] == "verbose"]
        assert verbose[0].startswith("PUT https://emulator.invalid/")
        assert ": 200 after " in verbose[0]
        assert '"adminPassword":"********"' in next(one["text"] for one in told if one["level"] == "debug")
        assert "Pa55-word-of-test" not in json.dumps(bridge.notes)


def test_a_thousand_requests_in_flight(web: Driver) -> None:
    """A thousand requests may be open at once; each gets its own answer."""
    before = [web.send("instance.get", **_WEB, instanceId=str(number % 3)) for number in range(1000)]
    found = [web.answer(id)["result"]["value"]["InstanceId"] for id in before]
    assert found == [str(number % 3) for number in range(1000)]


def test_long_operations_do_not_block_each_other() -> None:
    """More operations wait than there are threads, and a read is answered all the same."""
    with served("--clock", "scaled:0") as url, driven() as bridge:
        _at(bridge, url)
        waiting = [bridge.send("scaleSet.restart", **_WEB, instances=[str(number)]) for number in range(40)]
        assert bridge.ask("scaleSet.get", **_WEB)["Name"] == "web"
        bridge.ask("clock.setSpeed", factor=100000)
        ended = [bridge.answer(id)["result"]["value"]["Status"] for id in waiting]
        assert ended == ["Succeeded"] * 40


def test_cancel_ends_the_waiting_and_nothing_else() -> None:
    """A cancelled request is answered at once; the operation goes on at the service."""
    with served("--clock", "scaled:0") as url, driven() as bridge:
        _at(bridge, url)
        id = bridge.send("scaleSet.restart", **_WEB, instances="*")
        bridge.ask("scaleSet.get", **_WEB)
        bridge.write(b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":%d}}\n' % id)
        error = bridge.answer(id)["error"]
        assert error["code"] == -32800
        assert "goes on" in error["message"]
        bridge.write(b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":%d}}\n' % id)
        assert bridge.ask("ping") == {"protocol": 1}


def test_an_answer_of_ten_megabytes() -> None:
    """A big answer comes whole, and so do small ones that are asked for meanwhile."""
    code = (
        "import vmss_sdk.bridge.methods as m\n"
        "from vmss_sdk.bridge.answers import records\n"
        "big = m.Method('big', m._CLIENT, lambda client: ['\u20ac' + 'x' * 5000] * 2000, records('Big'))\n"
        "m.METHODS = {**m.METHODS, 'big': big}\n"
    )
    with driven(code=code) as bridge:
        bridge.ask("connect", kind="inProcess")
        ids = [bridge.send("big"), bridge.send("resourceGroup.list"), bridge.send("big")]
        big, small, again = (bridge.answer(id)["result"]["value"] for id in ids)
        assert small == []
        assert len(json.dumps(big)) > 10_000_000
        assert big == again == ["\u20ac" + "x" * 5000] * 2000


def test_connections_have_names() -> None:
    """Two emulators by two names know nothing of each other; a closed one is gone."""
    with driven() as bridge:
        bridge.ask("connect", kind="inProcess", name="one")
        bridge.ask("connect", kind="inProcess", name="two")
        bridge.ask("resourceGroup.createOrUpdate", name="rg", location="westus2", connection="one")
        assert [one["Name"] for one in bridge.ask("resourceGroup.list", connection="one")] == ["rg"]
        assert bridge.ask("resourceGroup.list", connection="two") == []
        assert [one["Name"] for one in bridge.ask("connections")] == ["one", "two"]
        assert bridge.ask("disconnect", name="one") is True
        assert "'one'" in bridge.error("resourceGroup.list", connection="one")["message"]


@pytest.mark.parametrize(
    ("params", "word"),
    [
        ({"kind": "moon"}, "inProcess"),
        ({"kind": "endpoint"}, "URL"),
        ({"kind": "azure"}, "subscription"),
        ({"kind": "inProcess", "clock": "cuckoo"}, "virtual"),
        ({"kind": "endpoint", "endpoint": "https://x.invalid", "clientSecret": "hidden"}, "missing: tenant"),
        ({"kind": "endpoint", "endpoint": "http://x.invalid", "token": "hidden"}, "plain HTTP"),
    ],
)
def test_a_connection_that_cannot_be(web: Driver, params: dict[str, str], word: str) -> None:
    """What is wrong with a connection is said, without its secret."""
    error = web.error("connect", name="other", **params)
    assert word in error["message"]
    assert "hidden" not in json.dumps(error)


def _at(bridge: Driver, url: str) -> None:
    """The scale set rg/web at a server whose clock stands still, made while it ran fast."""
    bridge.ask("connect", kind="endpoint", endpoint=url, subscriptionId="sub", pollingInterval=0.05)
    bridge.ask("clock.setSpeed", factor=100000)
    bridge.ask("resourceGroup.createOrUpdate", name="rg", location="westus2")
    model = {**MODEL, "Sku": {"Name": "Standard_D2s_v3", "Capacity": 40}, "Overprovision": False}
    bridge.ask("scaleSet.createOrUpdate", **_WEB, model=model)
    bridge.ask("clock.setSpeed", factor=0)


def test_the_owner_of_the_data_directory_needs_no_login(secure: SecureServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """PowerShell connects to a server with HTTPS on this machine by its endpoint alone, the control plane included."""
    monkeypatch.setenv("VMSS_HOME", str(secure.home))
    with driven() as bridge:
        bridge.ask("connect", kind="endpoint", endpoint=secure.url, subscriptionId="sub")
        assert bridge.ask("clock.read")
    monkeypatch.setenv("VMSS_HOME", str(secure.home / "elsewhere"))
    with driven() as bridge:
        bridge.ask("connect", kind="endpoint", endpoint=secure.url, subscriptionId="sub")
        assert "certificate is not trusted" in bridge.error("clock.read")["message"]


def test_what_the_emulator_keeps_without_effect_is_a_warning(web: Driver) -> None:
    """Notified with the id of the request, before its answer; a request that writes no such thing has none."""
    before = len(web.notes)
    id = web.send(
        "scaleSet.update", **_WEB, change={"ResiliencyPolicy": {"ResilientVMDeletionPolicy": {"Enabled": True}}}
    )
    assert "result" in web.answer(id)
    says = (
        "resilientVMDeletionPolicy is kept without effect: deletions are not tried again, and the status stays"
        " Disabled."
    )
    warned = [note["params"] for note in web.notes[before:] if note["method"] == "log"]
    assert warned == [{"id": id, "level": "warning", "text": says}]
    assert "result" in web.answer(web.send("scaleSet.get", **_WEB))
    assert [note for note in web.notes[before:] if note["method"] == "log"][1:] == []
