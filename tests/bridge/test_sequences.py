"""Several requests as one: sequences, and the resources of other providers that they are for."""

from collections.abc import Generator
from typing import Any

import pytest

from tests.bridge.driving import MODEL, Driver, driven
from vmss_sdk.bridge.failures import CANCELLED, INVALID_PARAMS, SERVICE_FAILED

_WEB = {"resourceGroup": "rg", "scaleSet": "web"}


def _step(method: str, **params: Any) -> dict[str, Any]:
    return {"method": method, "params": params}


@pytest.fixture(scope="module")
def web() -> Generator[Driver]:
    """A bridge with the scale set rg/web of three instances."""
    with driven() as driver:
        driver.with_scale_set()
        yield driver


def test_steps_are_done_in_order_and_the_last_one_answers(web: Driver) -> None:
    """Each step begins when the one before has ended; members are added to what the last one answers."""
    steps = [
        _step("instance.delete", **_WEB, instanceId="2"),
        _step("instance.reimage", **_WEB, instanceId="0"),
        _step("scaleSet.get", **_WEB),
    ]
    answer = web.answer(web.send("sequence", steps=steps, members={"Extra": "word"}))["result"]
    assert answer["types"][0].endswith(".PSVirtualMachineScaleSet")
    assert answer["value"]["Sku"]["Capacity"] == 2
    assert answer["value"]["Extra"] == "word"


def test_a_step_that_fails_is_the_last(web: Driver) -> None:
    """Its error is the answer, and nothing after it is done."""
    steps = [_step("instance.reimage", **_WEB, instanceId="77"), _step("scaleSet.delete", **_WEB)]
    error = web.error("sequence", steps=steps)
    assert error["code"] == SERVICE_FAILED
    assert "77" in error["data"]["text"]
    assert web.ask("scaleSet.get", **_WEB)["Name"] == "web"


def test_what_steps_tell_is_told_of_the_whole(web: Driver) -> None:
    """Traces of every step bear the id of the request, which alone asks for them."""
    web.notes.clear()
    asked = web.send("sequence", trace=True, steps=[_step("scaleSet.get", **_WEB), _step("instance.list", **_WEB)])
    web.answer(asked)
    told = [note["params"] for note in web.notes if note["params"]["level"] == "verbose"]
    assert {note["id"] for note in told} == {asked}
    assert [note["text"].partition(":")[0].partition(" ")[0] for note in told] == ["GET", "GET"]
    assert "virtualMachines" in told[-1]["text"]


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"steps": []},
        {"steps": ["scaleSet.get"]},
        {"steps": [{"method": "scaleSet.get"}]},
        {"steps": [_step("sequence", steps=[_step("ping")])]},
        {"steps": [_step("ping")], "members": "Extra"},
    ],
    ids=["none", "empty", "texts", "no params", "a sequence", "members"],
)
def test_what_are_no_steps(web: Driver, params: dict[str, Any]) -> None:
    """It is refused with a sentence that says what is needed."""
    error = web.error("sequence", **params)
    assert error["code"] == INVALID_PARAMS
    assert "sequence" in error["message"]


def test_a_cancelled_sequence_begins_nothing_more() -> None:
    """The step under way is not waited for, and the next one is not begun."""
    with driven() as web:
        web.ask("connect", kind="inProcess", clock="scaled:100000")
        web.ask("resourceGroup.createOrUpdate", name="rg", location="westus2")
        model = {**MODEL, "Sku": {"Name": "Standard_D2s_v3", "Capacity": 1}}
        web.ask("scaleSet.createOrUpdate", **_WEB, model=model)
        web.ask("clock.setSpeed", factor=0)  # nothing ends any more
        steps = [_step("instance.restart", **_WEB, instanceId="0"), _step("resourceGroup.delete", name="rg")]
        asked = web.send("sequence", steps=steps, trace=True)
        while not any("/restart" in note["params"]["text"] for note in web.notes):
            web.notes.append(web.next())
        web.write(b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":%d}}\n' % asked)
        assert web.answer(asked)["error"]["code"] == CANCELLED
        web.ask("clock.setSpeed", factor=100000)
        assert web.ask("instance.reimage", **_WEB, instanceId="0")["Status"] == "Succeeded"
        assert web.ask("resourceGroup.get", name="rg")["Name"] == "rg"


def test_a_resource_of_any_type_is_written_and_read(web: Driver) -> None:
    """Names in its document are data: they come back as they were sent."""
    group = web.ask("resourceGroup.get", name="rg")["Id"]
    place = {"id": f"{group}/providers/Microsoft.Network/virtualNetworks/v", "apiVersion": "2024-05-01"}
    document = {"$map": {"location": "westus2", "tags": {"$map": {"Team": "web"}}}}
    assert web.ask("resource.createOrUpdate", **place, document=document)["Status"] == "Succeeded"
    read = web.ask("resource.get", **place)["$map"]
    assert read["tags"] == {"$map": {"Team": "web"}}


def test_a_list_of_another_provider_is_a_list(web: Driver) -> None:
    """The versions of an image come as the bare list that Azure answers."""
    subscription = web.ask("resourceGroup.get", name="rg")["Id"].partition("/resourceGroups/")[0]
    versions = f"{subscription}/providers/Microsoft.Compute/locations/westus2/publishers/pub/artifacttypes/vmimage"
    found = web.ask("resource.get", id=f"{versions}/offers/offer/skus/sku/versions", apiVersion="2024-07-01")
    assert [one["$map"]["name"] for one in found] == ["1.0.0"]
