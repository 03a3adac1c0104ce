"""Faults of a scale set and what happens to it at once, set through the control plane."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, FLEXIBLE, HEALTH_EXTENSION, SET, Azure, changed, model, rolling

FAULTS = f"{CONTROL}/faults"
INSTANCES = f"{CONTROL}/instances"
RICH = changed(HEALTH_EXTENSION, {"properties.typeHandlerVersion": "2.0"})
NEW_SIZE = {"sku": {"name": "Standard_D4s_v3"}}
SPOT = {"properties.virtualMachineProfile.priority": "Spot"}


def image(version: str) -> dict[str, Any]:
    """A change of the image."""
    return {"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": {"version": version}}}}}


def told(azure: Azure) -> list[str]:
    """The kinds in the decision log."""
    return [entry["kind"] for entry in azure.get(f"{CONTROL}/decisions")["value"]]


@pytest.mark.parametrize(
    "fault",
    [
        {
            "kind": "extensionFailure",
            "instanceIds": ["0"],
            "count": 1,
            "extension": "health",
            "code": "VMExtensionHandlerNonTransientError",
            "message": "exit code 4",
        },
        {
            "kind": "extensionFailure",
            "instanceIds": None,
            "count": None,
            "extension": None,
            "code": "VMExtensionProvisioningError",
            "message": None,
        },
        {"kind": "quota", "left": 2},
        {"kind": "zoneDown", "zone": "2"},
        {"kind": "slowBoot", "instanceIds": ["1"], "count": 3, "seconds": 60.0},
        {"kind": "conflict", "instanceIds": ["1"], "count": 3, "preempts": True},
    ],
    ids=lambda fault: f"{fault['kind']}-{fault.get('extension', '')}",
)
def test_faults_are_kept(fault: dict[str, Any]) -> None:
    """201 with the whole fault; it is listed until it is cleared."""
    azure = Azure()
    azure.create(model(3, {"location": "westus2", "zones": ["1", "2"]}))
    given = {name: value for name, value in fault.items() if value is not None}
    response = azure.post(FAULTS, given)
    assert (response.status, response.json()) == (201, fault)
    assert azure.get(FAULTS) == {"value": [fault]}
    assert azure.send("DELETE", FAULTS).status == 204
    assert azure.get(FAULTS) == {"value": []}


def test_clear_one_kind() -> None:
    """The others stay."""
    azure = Azure()
    azure.create()
    azure.post(FAULTS, {"kind": "quota", "left": 2})
    azure.post(FAULTS, {"kind": "slowBoot", "seconds": 60})
    assert azure.send("DELETE", f"{FAULTS}?kind=QUOTA").status == 204
    assert [fault["kind"] for fault in azure.get(FAULTS)["value"]] == ["slowBoot"]
    assert azure.error(azure.send("DELETE", f"{FAULTS}?kind=x")) == (400, "InvalidParameter", "kind")


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({"kind": "zoneDown"}, "zone"),
        ({"kind": "zoneDown", "zone": "3"}, "zone"),
        ({"kind": "zoneDown", "zone": "1", "count": 1}, "count"),
        ({"kind": "quota", "left": -1}, "left"),
        ({"kind": "quota", "left": 1.5}, "left"),
        ({"kind": "quota", "instanceIds": ["0"]}, "instanceIds"),
        ({"kind": "slowBoot"}, "seconds"),
        ({"kind": "conflict", "preempts": "yes"}, "preempts"),
        ({"kind": "slowBoot", "seconds": "60"}, "seconds"),
        ({"kind": "extensionFailure", "extension": 1}, "extension"),
        ({"kind": "platformUpgrade", "instanceIds": ["0"]}, "instanceIds"),
        ({"kind": "eviction"}, "instanceIds"),
        ({"kind": "eviction", "instanceIds": ["9"]}, "instanceIds"),
        ({"kind": "customMetrics", "instanceIds": ["0"]}, "metrics"),
        ({"kind": "customMetrics", "instanceIds": ["0"], "metrics": {"PhaseOrderingNumber": "x"}}, "metrics"),
        ({"kind": "customMetrics", "instanceIds": ["0"], "metrics": {"SkipUpgrade": 1}}, "metrics"),
        ({"kind": "customMetrics", "instanceIds": ["0"], "metrics": {}}, "instanceIds"),
        ({"kind": "data", "instanceIds": ["0"], "value": "x"}, "place"),
        ({"kind": "data", "instanceIds": ["0"], "place": "lun 7", "value": "x"}, "place"),
        ({"kind": "data", "instanceIds": ["0"], "place": "os"}, "value"),
        ({"kind": "data", "instanceIds": ["0"], "place": "os", "value": 5}, "value"),
        ({"kind": ["quota"]}, "kind"),
    ],
    ids=str,
)
def test_bad_faults(body: dict[str, Any], target: str) -> None:
    """400 that names the member; nothing is set and nothing happens."""
    azure = Azure()
    azure.create(model(2, {"location": "westus2", "zones": ["1", "2"]}))
    assert azure.error(azure.post(FAULTS, body)) == (400, "InvalidParameter", target)
    assert azure.get(FAULTS) == {"value": []}
    assert [item["data"] for item in azure.get(INSTANCES)["value"]] == [{}, {}]


def test_machine_names() -> None:
    """The next virtual machines of a Flexible scale set get them, in order; those after them are named by Azure."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    azure.post(FAULTS, {"kind": "machineNames", "names": ["web1", "db-0"]})
    azure.done(azure.patch({"sku": {"capacity": 4}}))
    names = [item["name"] for item in azure.instances()]
    assert {"web1", "db-0"} < set(names)
    assert len([name for name in names if name.startswith("web_")]) == 2
    assert azure.get(FAULTS) == {"value": [{"kind": "machineNames", "names": []}]}


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (None, "must be a list of names"),
        ([], "must be a list of names"),
        ("web1", "must be a list of names"),
        (["web1", 2], "must be a list of names"),
        (["a/b"], "'a/b', which is no name"),
        (["web1", "WEB1"], "'WEB1' twice"),
        (["here"], "'here', which another virtual machine"),
        (["Promised"], "'Promised', which another virtual machine"),
    ],
    ids=str,
)
def test_machine_names_that_cannot_be(names: Any, reason: str) -> None:
    """400 that says why; nothing is set. A name is one machine's in the whole group, those to come included."""
    azure = Azure()
    azure.create(model(0, FLEXIBLE))
    other = f"{SET.rpartition('/')[0]}/other"
    azure.create(model(0, FLEXIBLE), other)
    elsewhere = FAULTS.replace("/web/", "/other/")
    azure.post(elsewhere, {"kind": "machineNames", "names": ["Here", "promised"]})
    azure.done(azure.patch({"sku": {"capacity": 1}}, other))
    response = azure.post(FAULTS, {"kind": "machineNames", "names": names})
    assert azure.error(response) == (400, "InvalidParameter", "names")
    assert reason in response.json()["error"]["message"]
    assert azure.get(FAULTS) == {"value": []}


def test_machine_names_of_a_uniform_scale_set() -> None:
    """400: its instances have numbers."""
    azure = Azure()
    azure.create()
    assert azure.error(azure.post(FAULTS, {"kind": "machineNames", "names": ["a"]}))[2] == "names"


def test_extension_failure() -> None:
    """The upgrade of the instance fails with the extension's error, and the run is in its record."""
    azure = Azure()
    azure.create(rolling(2))
    azure.post(FAULTS, {"kind": "extensionFailure", "extension": "health", "instanceIds": ["0"], "count": 1})
    assert azure.end(azure.patch(image("2.0.0")))["status"] == "Failed"
    first = azure.get(INSTANCES)["value"][0]
    assert [(run["name"], run["reason"], run["succeeded"]) for run in first["extensionRuns"]] == [
        ("health", "Created", True),
        ("health", "OsDiskReplaced", False),
    ]


def test_quota() -> None:
    """A scale-out beyond it is refused; one within it works."""
    azure = Azure()
    azure.create()
    azure.post(FAULTS, {"kind": "quota", "left": 1})
    assert azure.patch({"sku": {"capacity": 5}}).status == 409
    azure.done(azure.patch({"sku": {"capacity": 4}}))


@pytest.mark.rule("7.7")
def test_zone_down() -> None:
    """New instances come up in the zone that is left."""
    azure = Azure()
    azure.create(model(2, {"location": "westus2", "zones": ["1", "2"]}))
    azure.post(FAULTS, {"kind": "zoneDown", "zone": "2"})
    azure.done(azure.patch({"sku": {"capacity": 4}}))
    assert [item["zones"] for item in azure.instances()] == [["1"], ["2"], ["1"], ["1"]]


def test_slow_boot() -> None:
    """A reimage takes the 85 s of Linux (no extension) and the minute more."""
    azure = Azure()
    azure.create(model(1))
    azure.post(FAULTS, {"kind": "slowBoot", "seconds": 60})
    azure.post(f"{SET}/reimage")
    assert azure.get("/_emulator/clock")["secondsToNextEvent"] == 85 + 60


@pytest.mark.rule("2.5.34", "2.5.36")
def test_platform_upgrade() -> None:
    """It begins at once, holds up a change of the model, and a second one."""
    azure = Azure()
    azure.create(rolling(3))
    response = azure.post(FAULTS, {"kind": "platformUpgrade"})
    assert (response.status, response.json()) == (
        200,
        {"kind": "platformUpgrade", "upgrade": 1, "instanceIds": ["0", "1", "2"]},
    )
    assert azure.patch(NEW_SIZE).status == 409
    assert azure.error(azure.post(FAULTS, {"kind": "platformUpgrade"}))[:2] == (409, "OperationNotAllowed")
    azure.settle()
    assert azure.get(f"{SET}/rollingUpgrades/latest")["properties"]["runningStatus"]["code"] == "Completed"
    assert azure.get(FAULTS) == {"value": []}


@pytest.mark.parametrize(("policy", "left"), [("Deallocate", ["0", "1"]), ("Delete", ["0"])])
def test_eviction(policy: str, left: list[str]) -> None:
    """A Spot instance goes as its policy says."""
    azure = Azure()
    azure.create(model(2, {**SPOT, "properties.virtualMachineProfile.evictionPolicy": policy}))
    assert azure.post(FAULTS, {"kind": "eviction", "instanceIds": ["1"]}).status == 200
    azure.settle()
    assert [item["instanceId"] for item in azure.instances()] == left
    assert told(azure)[-1] == "Evicted"


def test_only_spot_instances_are_evicted() -> None:
    """Another instance refuses, as simulateEviction does."""
    azure = Azure()
    azure.create(model(1))
    assert azure.post(FAULTS, {"kind": "eviction", "instanceIds": ["0"]}).status == 409


@pytest.mark.rule("2.4.19")
def test_custom_metrics() -> None:
    """Phases order the batches, and who asks to be skipped stays behind (rule 2.4.19)."""
    azure = Azure()
    extensions = {"properties.virtualMachineProfile.extensionProfile.extensions": [RICH]}
    azure.create(changed(rolling(3), extensions))
    for instance_id, metrics in (("0", {"PhaseOrderingNumber": 2}), ("1", {"SkipUpgrade": True})):
        body = {"kind": "customMetrics", "instanceIds": [instance_id], "metrics": metrics}
        assert azure.post(FAULTS, body).json() == body
    azure.post(FAULTS, {"kind": "customMetrics", "instanceIds": ["2"], "metrics": {"PhaseOrderingNumber": 1}})
    azure.done(azure.patch(NEW_SIZE))
    log = azure.get(f"{CONTROL}/decisions")["value"]
    assert [entry["instanceIds"] for entry in log if entry["kind"] == "BatchStarted"] == [["2"], ["0"]]
    assert azure.applied() == [True, False, True]
    assert azure.get(INSTANCES)["value"][0]["customMetrics"] == {"PhaseOrderingNumber": 2}


@pytest.mark.rule("1.5.15", "1.5.23")
def test_data() -> None:
    """What is on the OS disk goes with a reimage, what is on a data disk with reimageall."""
    azure = Azure()
    disks = {"properties.virtualMachineProfile.storageProfile.dataDisks": [{"lun": 0, "createOption": "Empty"}]}
    azure.create(model(2, disks))
    for place in ("os", "temp", "lun 0"):
        assert azure.post(FAULTS, {"kind": "data", "instanceIds": ["0"], "place": place, "value": "x"}).status == 200
    azure.done(azure.post(f"{SET}/reimage", {"instanceIds": ["0"]}))
    assert [item["data"] for item in azure.get(INSTANCES)["value"]] == [{"temp": "x", "lun 0": "x"}, {}]
    azure.done(azure.post(f"{SET}/reimageall", {"instanceIds": ["0"]}))
    assert azure.get(INSTANCES)["value"][0]["data"] == {"temp": "x"}
    azure.post(FAULTS, {"kind": "data", "instanceIds": ["0"], "place": "temp", "value": None})
    assert azure.get(INSTANCES)["value"][0]["data"] == {}


def test_names_of_flexible_instances_without_regard_to_case() -> None:
    """As everywhere else."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    (name,) = [item["instanceId"] for item in azure.get(INSTANCES)["value"]]
    response = azure.post(FAULTS, {"kind": "data", "instanceIds": [name.upper()], "place": "os", "value": "x"})
    assert response.json()["instanceIds"] == [name]
