"""Whatever is sent, the emulator answers, and never with an error of its own."""

import logging
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator.arm.azure import (
    FLEXIBLE,
    GROUP,
    HEALTH_EXTENSION,
    MODEL,
    SET,
    SUBSCRIPTION,
    Azure,
    model,
)
from vmss_sdk.emulator.arm import gateway
from vmss_sdk.emulator.arm.routes import ROUTES
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.transport.base import Request

METHODS = st.sampled_from(["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "get", "", "X"])
KNOWN = {
    "subscriptionId": [SUBSCRIPTION.rpartition("/")[2], "other"],
    "resourceGroupName": ["Shop", "shop", "none"],
    "vmScaleSetName": ["web", "flex", "WEB", "none"],
    "instanceId": ["0", "1", "99", "*", "x"],
    "vmName": ["none"],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WORDS = st.sampled_from(["0", "1", "*", "", "true", "latest", "Rolling", "PT5M", "Flexible", "x", -1, 0, 7, 1e9, True])


def names(node: Any) -> list[str]:
    """All names in a document."""
    if isinstance(node, dict):
        return [name for key, inner in node.items() for name in (key, *names(inner))]
    return [name for inner in node for name in names(inner)] if isinstance(node, list) else []


NAMES = sorted({*names(MODEL), *names(HEALTH_EXTENSION), "instanceIds", "tempDisk", "zones", "tags", "extensions"})


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A scale set in which one place holds something else."""
    body = model(1)
    body["properties"]["virtualMachineProfile"]["extensionProfile"] = {"extensions": [HEALTH_EXTENSION]}
    holder: Any = body
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = draw(st.sampled_from(keys))
        if not isinstance(holder[key], dict | list) or not holder[key] or draw(st.integers(0, 4)) == 0:
            break
        holder = holder[key]
    changed = draw(JSON | WORDS)
    return _with(body, holder, key, changed)


def _with(value: Any, holder: Any, key: Any, new: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: new if value is holder and name == key else _with(v, holder, key, new) for name, v in value.items()
        }
    if isinstance(value, list):
        return [new if value is holder and at == key else _with(v, holder, key, new) for at, v in enumerate(value)]
    return value


def fresh() -> Azure:
    """A Uniform and a Flexible scale set."""
    azure = Azure()
    azure.create(model(2))
    azure.create(model(1, FLEXIBLE), SET.replace("/web", "/flex"))
    return azure


def check(azure: Azure, request: Request) -> None:
    """It is answered, with no error of our own."""
    response = azure.emulator.handle(request)
    assert 200 <= response.status < 500, (request, response.body)


@given(METHODS, st.text(max_size=60), st.text(max_size=20), st.binary(max_size=60))
def test_any_request(method: str, path: str, query: str, body: bytes) -> None:
    """Arbitrary method, path, query and body."""
    azure = Azure()
    for url in (
        f"https://host/{path}?{query}",
        f"{path}?{query}",
        f"https://host{GROUP}/{path}?api-version=2024-07-01",
    ):
        check(azure, Request(method, url, {}, body))


@given(st.data())
def test_any_body_on_any_route(data: st.DataObject) -> None:
    """Every route with known and unknown names, and JSON that is or is not what it expects."""
    azure = fresh()
    for route in data.draw(st.lists(st.sampled_from(ROUTES), min_size=1, max_size=4)):
        path = "/".join(
            quote(data.draw(st.sampled_from(KNOWN.get(part[1:-1], ["x"])) | st.text(min_size=1, max_size=5)), safe="")
            if part.startswith("{")
            else part
            for part in route.template.split("/")
        )
        body = data.draw(
            mutated() | st.dictionaries(st.sampled_from(NAMES), JSON | WORDS | st.lists(WORDS), max_size=3)
        )
        query = data.draw(st.sampled_from(["", "&$filter=x", "&$skiptoken=MQ==", "&$expand=instanceView", "&since=9"]))
        azure.emulator.clock.advance(data.draw(st.sampled_from([0.0, 1.0, 100.0])))
        azure.put({"location": "westus"}, GROUP)
        response = azure.send(route.method, f"{path}?x=y{query}", body)
        assert 200 <= response.status < 500, (route, path, body, response.body)


@given(mutated())
def test_refusals_change_nothing(body: Any) -> None:
    """A PUT that is refused leaves the scale set and its instances as they were."""
    azure = fresh()
    before = azure.get(), azure.instances()
    response = azure.put(body)
    assert response.status in (200, 400, 409)
    if response.status != 200:
        assert (azure.get(), azure.instances()) == before


def test_a_defect_is_500_and_logged_without_values(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error of our own is Azure's 500 with a tracking id; the log has no values from the request (wire.md 7.1)."""

    def broken(document: dict[str, Any], **_: object) -> None:
        raise ValueError(document["properties"]["virtualMachineProfile"]["osProfile"]["adminPassword"])

    azure = Azure()
    azure.group()
    monkeypatch.setattr(ScaleSet, "create", broken)
    with caplog.at_level(logging.ERROR, logger="vmss_sdk.emulator"):
        response = azure.put(model())
    assert (response.status, response.json()["error"]["code"]) == (500, "InternalServerError")
    tracking = response.headers["x-ms-request-id"]
    assert f"tracking id '{tracking}'" in response.json()["error"]["message"]
    assert tracking in caplog.text
    assert "ValueError" in caplog.text
    assert "Correct-Horse-7" not in caplog.text + response.body.decode()
    assert gateway.__name__.rpartition(".")[2] in caplog.text
