"""The control plane under ``/_emulator/``."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, GROUP, HEALTH_EXTENSION, RICH_HEALTH, SET, Azure, changed, model, rolling
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.clock import ScaledClock
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings

CLOCK = "/_emulator/clock"
FAULTS = f"{CONTROL}/faults"


def get(azure: Azure, path: str) -> Any:
    """A GET without api-version, which the control plane does not need."""
    return azure.get(path, version=None)


def test_clock() -> None:
    """Kind and time; nothing to come."""
    assert get(Azure(), CLOCK) == {
        "kind": "virtual",
        "now": "2026-01-01T00:00:00+00:00",
        "seconds": 1767225600.0,
        "nextEvent": None,
        "secondsToNextEvent": None,
    }


def test_clock_knows_the_next_event() -> None:
    """The soonest of all scale sets."""
    azure = Azure()
    azure.create()
    azure.post(f"{SET}/restart")
    assert get(azure, CLOCK)["secondsToNextEvent"] == 45


def test_advance() -> None:
    """Time moves, and with it the work."""
    azure = Azure()
    azure.create()
    response = azure.post(f"{SET}/restart")
    azure.post(CLOCK, {"advance": 45})
    assert azure.send("GET", response.headers["Azure-AsyncOperation"]).json()["status"] == "Succeeded"


def test_skip() -> None:
    """To the next event, exactly."""
    azure = Azure()
    azure.create()
    response = azure.post(f"{SET}/restart")
    before = get(azure, CLOCK)["seconds"]
    assert azure.post(CLOCK, {"skip": "next"}).json()["seconds"] == before + 45
    assert azure.send("GET", response.headers["Azure-AsyncOperation"]).json()["status"] == "Succeeded"


def test_skip_to_nothing() -> None:
    """Without anything to come, time stays."""
    assert Azure().post(CLOCK, {"skip": "next"}).json()["seconds"] == 1767225600.0


def test_event_beyond_the_calendar() -> None:
    """A pause of thousands of years can be skipped, and breaks nothing: later times are written as the last one."""
    azure = Azure()
    azure.create(rolling(2, {"pauseTimeBetweenBatches": "P9999999D"}))
    azure.patch({"sku": {"name": "Standard_D4s_v3"}})
    azure.settle()
    assert get(azure, CLOCK)["now"] == "9999-12-31T23:59:59+00:00"
    assert azure.get()["properties"]["provisioningState"] in ("Succeeded", "Failed")


def test_speed() -> None:
    """A scaled clock can be told another speed; 0 freezes it."""
    azure = Azure(Emulator(ScaledClock(60, start=0.0)))
    assert azure.post(CLOCK, {"speed": 0}).json()["speed"] == 0
    assert azure.post(CLOCK, {"speed": 1}).json()["kind"] == "system"


@pytest.mark.parametrize(
    ("body", "target"),
    [
        (None, "body"),
        ([], "body"),
        ({}, "body"),
        ({"advance": 1, "skip": "next"}, "body"),
        ({"advance": -1}, "advance"),
        ({"advance": "1"}, "advance"),
        ({"advance": True}, "advance"),
        ({"advance": 1e300}, "advance"),
        ({"advance": 1e12}, "advance"),
        ({"skip": "all"}, "skip"),
        ({"speed": 2}, "speed"),
        ({"rewind": 1}, "rewind"),
    ],
)
def test_bad_clock(body: Any, target: str) -> None:
    """400 that names the member and what was expected; time stays."""
    azure = Azure()
    response = azure.post(CLOCK, body)
    assert azure.error(response) == (400, "InvalidParameter", target)
    assert get(azure, CLOCK)["seconds"] == 1767225600.0


def test_no_json() -> None:
    """A body that is no JSON is refused."""
    assert Azure().error(Azure().post(CLOCK, b"{"))[:2] == (400, "InvalidRequestContent")


def test_status() -> None:
    """Version, clock, and each scale set in a line."""
    azure = Azure()
    azure.create()
    azure.done(azure.patch({"sku": {"name": "Standard_D4s_v3"}}))
    status = get(azure, "/_emulator/status")
    assert status["version"]
    assert status["clock"] == get(azure, CLOCK)
    (line,) = status["scaleSets"]
    assert (line["id"], line["upgradeMode"], line["instances"], line["outdated"]) == (SET, "Manual", 3, 3)


def test_reset() -> None:
    """Everything is gone, and the time goes on."""
    azure = Azure()
    azure.create()
    before = get(azure, CLOCK)["seconds"]
    assert azure.post("/_emulator/reset").status == 204
    assert azure.send("GET", GROUP).status == 404
    assert get(azure, "/_emulator/status")["scaleSets"] == []
    assert get(azure, CLOCK)["seconds"] == before
    azure.create()


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "unhealthyAfterUpgrade", "instanceIds": None, "count": None, "state": "Unhealthy"},
        {"kind": "unhealthyAfterUpgrade", "instanceIds": ["0", "2"], "count": 1, "state": "Unknown"},
        {"kind": "provisioningFailure", "instanceIds": ["1"], "count": 2, "code": "X", "message": "why"},
        {
            "kind": "provisioningFailure",
            "instanceIds": None,
            "count": None,
            "code": "OSProvisioningTimedOut",
            "message": None,
        },
    ],
)
def test_faults_are_kept(fault: dict[str, Any]) -> None:
    """201 with the whole fault; it is listed until all are cleared."""
    azure = Azure()
    azure.create()
    sent = {name: value for name, value in fault.items() if value is not None}
    response = azure.post(FAULTS, sent)
    assert (response.status, response.json()) == (201, fault)
    assert get(azure, FAULTS) == {"value": [fault]}
    assert azure.send("DELETE", FAULTS).status == 204
    assert get(azure, FAULTS) == {"value": []}


@pytest.mark.rule("3.8")
def test_health() -> None:
    """Set at once, listed, and taken back with null or by clearing all faults."""
    azure = Azure()
    azure.create(rolling(2, health=RICH_HEALTH))

    def health() -> list[str]:
        views = [item["properties"]["instanceView"] for item in azure.instances("?$expand=instanceView")]
        return [view["vmHealth"]["status"]["code"] for view in views]

    for state in ("Unhealthy", "unknown"):
        azure.post(FAULTS, {"kind": "health", "instanceIds": ["1"], "state": state})
        assert health() == ["HealthState/healthy", f"HealthState/{state.lower()}"]
    forced = {"kind": "health", "instanceIds": ["1"], "state": "Unknown"}
    assert get(azure, FAULTS) == {"value": [forced]}
    azure.post(FAULTS, {"kind": "health", "instanceIds": ["1"], "state": None})
    assert health() == ["HealthState/healthy"] * 2
    azure.post(FAULTS, {"kind": "health", "instanceIds": [0], "state": "Unhealthy"})
    azure.send("DELETE", FAULTS)
    assert health() == ["HealthState/healthy"] * 2


TCP = {"protocol": "tcp", "port": 80}


@pytest.mark.rule("3.4", "3.5")
@pytest.mark.parametrize(
    ("source", "state", "told"),
    [
        (HEALTH_EXTENSION, "Initializing", "Healthy, Unhealthy."),
        (HEALTH_EXTENSION, "Unknown", "Healthy, Unhealthy."),
        (changed(RICH_HEALTH, {"properties.settings": TCP}), "Unknown", "Healthy, Unhealthy, Initializing."),
    ],
)
def test_health_that_the_source_cannot_tell(source: dict[str, Any], state: str, told: str) -> None:
    """400 that says what it tells and what is needed; the health of no instance changes."""
    azure = Azure()
    azure.create(rolling(2, health=source))
    response = azure.post(FAULTS, {"kind": "health", "instanceIds": ["0", "1"], "state": state})
    assert azure.error(response) == (400, "InvalidParameter", "state")
    message = response.json()["error"]["message"]
    assert f"'state' is '{state}', but the health source of instance '0' tells only {told}" in message
    assert "Application Health extension of version 2" in message
    assert get(azure, FAULTS) == {"value": []}


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({}, "kind"),
        ({"kind": "fire"}, "kind"),
        ({"kind": ["health"]}, "kind"),
        ({"kind": "health", "state": "Unhealthy"}, "instanceIds"),
        ({"kind": "health", "instanceIds": ["0"]}, "state"),
        ({"kind": "health", "instanceIds": ["0"], "state": "Sick"}, "state"),
        ({"kind": "health", "instanceIds": ["9"], "state": "Unhealthy"}, "instanceIds"),
        ({"kind": "health", "instanceIds": [], "state": "Unhealthy"}, "instanceIds"),
        ({"kind": "health", "instanceIds": ["0"], "state": "Unhealthy", "count": 1}, "count"),
        ({"kind": "unhealthyAfterUpgrade", "count": 0}, "count"),
        ({"kind": "unhealthyAfterUpgrade", "count": "1"}, "count"),
        ({"kind": "unhealthyAfterUpgrade", "instanceIds": "0"}, "instanceIds"),
        ({"kind": "unhealthyAfterUpgrade", "code": "X"}, "code"),
        ({"kind": "provisioningFailure", "code": 5}, "code"),
        ({"kind": "provisioningFailure", "message": ""}, "message"),
        ({"kind": "provisioningFailure", "state": "Unhealthy"}, "state"),
        ({"kind": "provisioningFailure", "often": True}, "often"),
    ],
)
def test_bad_faults(body: dict[str, Any], target: str) -> None:
    """400 that names the member and what was expected; no fault is set."""
    azure = Azure()
    azure.create()
    response = azure.post(FAULTS, body)
    assert azure.error(response) == (400, "InvalidParameter", target)
    assert f"'{target}'" in response.json()["error"]["message"]
    assert get(azure, FAULTS) == {"value": []}


def test_faults_of_no_scale_set() -> None:
    """404 as everywhere."""
    azure = Azure()
    azure.group()
    assert azure.error(azure.send("GET", FAULTS))[:2] == (404, "ResourceNotFound")


@pytest.mark.rule("1.5.17")
def test_images() -> None:
    """A published version is what ``latest`` means from then on."""
    azure = Azure()
    latest = {"properties.virtualMachineProfile.storageProfile.imageReference.version": "latest"}
    image = "Canonical:0001-com-ubuntu-server-jammy:22_04-lts"
    azure.post("/_emulator/images", {"image": image, "version": "22.04.1"})
    azure.create(model(1, latest))
    published = azure.post("/_emulator/images", {"image": image.upper(), "version": "22.04.2"})
    assert published.json()["versions"] == ["22.04.1", "22.04.2"]
    azure.done(azure.post(f"{SET}/reimage"))
    (item,) = azure.instances()
    assert item["properties"]["storageProfile"]["imageReference"]["exactVersion"] == "22.04.2"


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({"version": "1"}, "image"),
        ({"image": "Ubuntu", "version": "1"}, "image"),
        ({"image": "a:b:c"}, "version"),
        ({"image": "a:b:c", "version": 2}, "version"),
    ],
)
def test_bad_images(body: dict[str, Any], target: str) -> None:
    """400 that names the member and what was expected."""
    azure = Azure()
    assert azure.error(azure.post("/_emulator/images", body)) == (400, "InvalidParameter", target)


def test_decisions() -> None:
    """Numbered entries with what the decision rests on; ``since`` gives the newer ones."""
    azure = Azure()
    azure.create(rolling(5))
    azure.done(azure.patch({"sku": {"name": "Standard_D4s_v3"}}))
    entries = get(azure, f"{CONTROL}/decisions")["value"]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    first = next(entry for entry in entries if entry["kind"] == "BatchStarted")
    assert list(first) == ["seq", "time", "kind", "instanceIds", "upgrade", "batch", "figures", "text"]
    assert (first["instanceIds"], first["upgrade"], first["batch"]) == (["0"], 1, 1)
    newer = get(azure, f"{CONTROL}/decisions?since={first['seq']}")["value"]
    assert newer == entries[first["seq"] :]
    assert get(azure, f"{CONTROL}/decisions?since={len(entries)}")["value"] == []


@pytest.mark.parametrize("since", ["x", "-1", "1.5", "%D9%A3"])
def test_bad_since(since: str) -> None:
    """400 that names it."""
    azure = Azure()
    azure.create()
    response = azure.send("GET", f"{CONTROL}/decisions?since={since}")
    assert azure.error(response) == (400, "InvalidParameter", "since")


def test_what_is_dropped_is_told() -> None:
    """Entries keep their numbers; status and log say how many are gone, and polling a dropped operation is a 404."""
    limits = Settings(timings=Timings.exact(), kept_decisions=3, kept_operations=2)
    azure = Azure(Emulator(settings=limits))
    azure.create(model())
    first = azure.patch({"tags": {"number": "0"}})
    azure.done(first)
    for number in range(6):
        azure.done(azure.patch({"properties": {"virtualMachineProfile": {"userData": f"QUF{number}"}}}))
    log = azure.get(f"{CONTROL}/decisions")
    assert [entry["seq"] for entry in log["value"]] == [log["dropped"] + 1, log["dropped"] + 2, log["dropped"] + 3]
    assert log["dropped"] > 0
    since = log["value"][1]["seq"]
    assert azure.get(f"{CONTROL}/decisions?since={since}")["value"] == log["value"][2:]
    assert azure.get(f"{CONTROL}/decisions?since=1")["value"] == log["value"]
    [line] = azure.get("/_emulator/status")["scaleSets"]
    assert line["dropped"] == {
        "decisions": log["dropped"],
        "operations": 6,
        "upgrades": 0,
        "hookEvents": 0,
        "models": 0,
    }
    assert line["operations"] == 2
    assert azure.send("GET", first.headers["Azure-AsyncOperation"]).status == 404
