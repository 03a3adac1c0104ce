"""A request tried on a copy: it is answered what the request itself would be, and nothing is changed."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulator.arm.azure import CONTROL, FLEXIBLE, GROUP, SET, Azure, changed, model, rolling
from vmss_sdk import wire
from vmss_sdk.emulator.store.snapshot import snapshot
from vmss_sdk.transport.base import Response

Document = dict[str, Any]
PREVIEW = "/_emulator/preview"
VERSION = "?api-version=2024-07-01"
OS_DISK, TEMP_DISK = "the OS disk and what is on it", "what is on the temporary disk"
EXAMPLES = 500 if os.environ.get("CI") else 50
"""Of each of four tests: together 2,000 where time is no matter."""


def tried(azure: Azure, method: str, path: str = SET, body: Any = None, **members: Any) -> Document:
    """What a preview says."""
    wanted = {"method": method, "path": f"{path}{VERSION}", "body": body, **members}
    response = azure.post(PREVIEW, wanted)
    assert response.status == 200, response.body
    document: Document = response.json()
    return document


def touched(azure: Azure, method: str, path: str = SET, body: Any = None) -> list[tuple[str, list[str], list[str]]]:
    """Of each instance that a request reaches: its id, what happens to it, what is lost."""
    found = tried(azure, method, path, body)
    assert not found["refused"], found
    instances = [one for each in found["scaleSets"] for one in each["instances"]]
    return [(one["instanceId"], one["effects"], one["loses"]) for one in instances]


def profile(**members: Any) -> Document:
    """A change of the profile."""
    return {"properties": {"virtualMachineProfile": members}}


def policy(**members: Any) -> Document:
    """A change of the upgrade policy."""
    return {"properties": {"upgradePolicy": members}}


def protection(on: bool) -> Document:
    """An instance that is protected from scale set actions, or not any more."""
    return {"location": "westus", "properties": {"protectionPolicy": {"protectFromScaleSetActions": on}}}


def storage(**members: Any) -> Document:
    """A change of the storage profile."""
    return profile(storageProfile=members)


IMAGE = storage(imageReference={"version": "2.0.0"})
DISK = storage(dataDisks=[{"lun": 1, "createOption": "Empty", "diskSizeGB": 128}])
REFUSED = {
    "fault domains": {"properties": {"platformFaultDomainCount": 2}},
    "zones": {"zones": ["1", "2"]},
    "storage of the OS disk": storage(osDisk={"managedDisk": {"storageAccountType": "Standard_LRS"}}),
    "Rolling without health": {"properties": {"upgradePolicy": {"mode": "Rolling"}}},
    "a size that is not there": {"sku": {"name": "Standard_D3s_v99"}},
    "an unknown member": {"properties": {"nothing": 1}},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_what_is_refused(change: Document) -> None:
    """The error of the call itself, with code, message, target and details (azure-docs#108952, tf#27288)."""
    azure = Azure()
    zoned = {"zones": ["1", "2", "3"], "location": "westeurope"}
    azure.create(
        model(
            3,
            {
                **zoned,
                "properties.virtualMachineProfile.storageProfile.osDisk": {
                    "createOption": "FromImage",
                    "managedDisk": {"storageAccountType": "Premium_LRS"},
                },
            },
        )
    )
    found = tried(azure, "PATCH", body=change)
    real = azure.patch(change)
    assert (found["refused"], found["status"]) == (True, real.status)
    assert found["error"] == real.json()["error"]


def test_another_place_is_refused() -> None:
    """A PUT that names another location."""
    azure = Azure()
    azure.create()
    found = tried(azure, "PUT", body=changed(model(), {"location": "westus2"}))
    assert (found["status"], found["error"]["code"]) == (409, "InvalidResourceLocation")


def test_a_condition_counts() -> None:
    """Of another ETag than the scale set has."""
    azure = Azure()
    azure.create()
    found = tried(azure, "PATCH", body=IMAGE, headers={"If-Match": '"99"'})
    assert (found["status"], found["error"]["code"]) == (412, "PreconditionFailed")


def test_nothing_is_changed() -> None:
    """Not the model, not an instance, not what goes on, not what a fault has left."""
    azure = Azure()
    azure.create(rolling(5))
    azure.post(f"{CONTROL}/faults", {"kind": "provisioningFailure", "instanceIds": ["2"], "count": 1})
    before = snapshot(azure.emulator._state)
    for method, path, body in (
        ("PATCH", SET, IMAGE),
        ("PATCH", SET, {"sku": {"capacity": 2}}),
        ("POST", f"{SET}/reimageall", {"instanceIds": ["1"]}),
        ("DELETE", SET, None),
        ("PUT", f"{SET}/extensions/one", {"properties": {"publisher": "p", "type": "t", "typeHandlerVersion": "1.0"}}),
    ):
        tried(azure, method, path, body)
    after = snapshot(azure.emulator._state)
    counted = "requests"
    assert {k: v for k, v in after.items() if k != counted} == {k: v for k, v in before.items() if k != counted}


def test_in_manual_mode_a_change_reaches_nobody() -> None:
    """It waits for an upgrade, which is told."""
    azure = Azure()
    azure.create()
    assert touched(azure, "PATCH", body=IMAGE) == []
    (told,) = tried(azure, "PATCH", body=IMAGE)["scaleSets"]
    assert told["pending"]["summary"] == "3 instances: upgrade"
    assert told["pending"]["value"][0]["pending"][0]["loses"] == [OS_DISK]


@pytest.mark.parametrize(
    ("change", "effect", "lost"),
    [(IMAGE, "swap", [OS_DISK]), ({"sku": {"name": "Standard_D4s_v3"}}, "restart", []), (DISK, "hot", [])],
    ids=["image", "size", "disk"],
)
def test_in_automatic_mode_a_change_reaches_all(change: Document, effect: str, lost: list[str]) -> None:
    """At once, with what it takes."""
    azure = Azure()
    azure.create(model(2, {"properties.upgradePolicy": {"mode": "Automatic"}}))
    assert sorted(touched(azure, "PATCH", body=change)) == [("0", [effect], lost), ("1", [effect], lost)]


def test_a_rolling_upgrade_is_followed_to_its_end() -> None:
    """Batch after batch; one that breaks stops it, and who is not reached is not told."""
    azure = Azure()
    azure.create(rolling(5, {"maxUnhealthyUpgradedInstancePercent": 0}))
    assert [found[0] for found in touched(azure, "PATCH", body=IMAGE)] == ["0", "1", "2", "3", "4"]
    azure.post(f"{CONTROL}/faults", {"kind": "unhealthyAfterUpgrade", "instanceIds": ["1"]})
    (told,) = tried(azure, "PATCH", body=IMAGE)["scaleSets"]
    assert [one["instanceId"] for one in told["instances"]] == ["0", "1"]
    (operation,) = told["operations"]
    assert (operation["status"], bool(operation["error"])) == ("Failed", True)


ACTIONS: dict[str, tuple[str, list[str], list[str]]] = {
    "reimage": ("reimage", ["reimage"], [OS_DISK]),
    "reimageall": ("reimageall", ["reimage"], [OS_DISK, "what is on data disk 1"]),
    "restart": ("restart", ["restart"], []),
    "deallocate": ("deallocate", ["deallocate"], [TEMP_DISK]),
    "redeploy": ("redeploy", ["redeploy"], [TEMP_DISK]),
    "delete": ("delete", ["delete"], [OS_DISK, TEMP_DISK, "data disk 1"]),
}


@pytest.mark.parametrize(("action", "effects", "lost"), ACTIONS.values(), ids=ACTIONS)
def test_what_an_action_takes(action: str, effects: list[str], lost: list[str]) -> None:
    """Of the instance that it names, and of no other."""
    azure = Azure()
    disks = [{"lun": 1, "createOption": "Empty", "diskSizeGB": 128}]
    azure.create(model(2, {"properties.virtualMachineProfile.storageProfile.dataDisks": disks}))
    assert touched(azure, "POST", f"{SET}/{action}", {"instanceIds": ["1"]}) == [("1", effects, lost)]
    if action not in ("delete",):
        assert touched(azure, "POST", f"{SET}/virtualMachines/1/{action}") == [("1", effects, lost)]


def test_a_removed_disk_is_told() -> None:
    """An upgrade that takes a data disk takes what is on it."""
    azure = Azure()
    disks = [{"lun": lun, "createOption": "Empty", "diskSizeGB": 128} for lun in (0, 1)]
    azure.create(model(1, {"properties.virtualMachineProfile.storageProfile.dataDisks": disks}))
    azure.done(azure.patch(storage(dataDisks=disks[:1])))
    found = touched(azure, "POST", f"{SET}/manualupgrade", {"instanceIds": ["*"]})
    assert found == [("0", ["hot"], ["data disk 1"])]


def test_other_work_is_not_told() -> None:
    """What goes on already is not what the request does."""
    azure = Azure()
    azure.create()
    azure.post(f"{SET}/reimage", {"instanceIds": ["0"]})
    assert touched(azure, "POST", f"{SET}/restart", {"instanceIds": ["0"]}) == [("0", ["restart"], [])]


def test_scaling_tells_who_comes_and_who_goes() -> None:
    """Spares of overprovisioning, which go again, are nobody's business."""
    azure = Azure()
    azure.create(model(3, {"properties.overprovision": True}))
    there = {one["instanceId"] for one in azure.get(f"{SET}/virtualMachines")["value"]}
    more = touched(azure, "PATCH", body={"sku": {"capacity": 5}})
    assert [(effects, lost) for _, effects, lost in more] == [(["create"], [])] * 2
    fewer = touched(azure, "PATCH", body={"sku": {"capacity": 2}})
    assert [(found[0] in there, found[1]) for found in fewer] == [(True, ["delete"])]


def test_a_scale_set_that_is_not_there_yet() -> None:
    """Its instances are created, and it is still not there."""
    azure = Azure()
    azure.group()
    assert len(touched(azure, "PUT", body=model(3))) == 3
    assert azure.send("GET", SET).status == 404


def test_a_machine_of_a_flexible_scale_set() -> None:
    """By its own path, as its own resource."""
    azure = Azure()
    azure.create(model(2, {**FLEXIBLE, "properties.platformFaultDomainCount": 1, "properties.overprovision": None}))
    name = azure.get(f"{SET}/virtualMachines")["value"][0]["name"]
    machine = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/{name}"
    assert touched(azure, "POST", f"{machine}/reimage") == [(name, ["reimage"], [OS_DISK])]


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({"method": "GET", "path": SET}, "method"),
        ({"method": "PATCH"}, "path"),
        ({"method": "POST", "path": "/_emulator/clock"}, "path"),
        ({"method": "DELETE", "path": GROUP}, "path"),
        ({"method": "PATCH", "path": SET, "headers": {"If-Match": 1}}, "headers"),
        ({"method": "PATCH", "path": SET, "what": 1}, "what"),
    ],
)
def test_bad_input(body: Document, target: str) -> None:
    """Names the member and what was expected."""
    azure = Azure()
    response = azure.post(PREVIEW, body)
    assert response.status == 400
    assert response.json()["error"]["target"] == target


CHANGES = st.one_of(
    st.sampled_from([IMAGE, DISK, {}, *REFUSED.values()]),
    st.builds(lambda count: {"sku": {"capacity": count}}, st.sampled_from([0, 1, 3, 101, 2000])),
    st.builds(
        lambda mode: {"properties": {"upgradePolicy": {"mode": mode}}},
        st.sampled_from(["Manual", "Automatic", "Rolling"]),
    ),
    st.builds(lambda name: {"sku": {"name": name}}, st.sampled_from(["Standard_D4s_v3", "Standard_A0", "Basic_A1"])),
    st.builds(
        lambda percent: {
            "properties": {"upgradePolicy": {"rollingUpgradePolicy": {"maxBatchInstancePercent": percent}}}
        },
        st.sampled_from([1, 20, 100, 101]),
    ),
    st.builds(
        lambda luns: storage(dataDisks=[{"lun": lun, "createOption": "Empty", "diskSizeGB": 32} for lun in luns]),
        st.lists(st.integers(0, 3), max_size=3),
    ),
)
NAMED = st.one_of(
    st.just(["*"]), st.lists(st.sampled_from(["0", "1", "2", "7", "x"]), min_size=1, max_size=2, unique=True)
)
CALLS = st.one_of(
    st.tuples(st.just("PATCH"), st.just(SET), CHANGES),
    st.tuples(st.just("PUT"), st.just(SET), CHANGES.map(lambda change: {"location": "westus", **change})),
    st.tuples(
        st.just("POST"),
        st.sampled_from(["reimage", "manualupgrade", "restart", "deallocate", "start", "delete"]).map(
            lambda action: f"{SET}/{action}"
        ),
        st.builds(lambda ids: {"instanceIds": ids}, NAMED),
    ),
    st.tuples(
        st.just("POST"),
        st.sampled_from(["osRollingUpgrade", "rollingUpgrades/cancel"]).map(lambda a: f"{SET}/{a}"),
        st.none(),
    ),
    st.tuples(
        st.just("PUT"),
        st.sampled_from(["0", "1", "9"]).map(lambda name: f"{SET}/virtualMachines/{name}"),
        st.booleans().map(
            lambda on: {"location": "westus", "properties": {"protectionPolicy": {"protectFromScaleSetActions": on}}}
        ),
    ),
    st.tuples(st.just("DELETE"), st.just(SET), st.none()),
)
MODELS = {
    "Manual": model(3),
    "Automatic": model(3, {"properties.upgradePolicy": {"mode": "Automatic"}}),
    "Rolling": rolling(3),
    "Flexible": model(3, {**FLEXIBLE, "properties.platformFaultDomainCount": 1, "properties.overprovision": None}),
}


def same(found: Document, real: Response) -> bool:
    """Whether a preview said what a request was then answered."""
    error = wire.decode(real.body).get("error") if real.body else None
    return (found["refused"], found["status"], found["error"]) == (real.status >= 400, real.status, error)


@pytest.mark.parametrize("body", MODELS.values(), ids=MODELS)
def test_it_says_refused_exactly_when_the_call_is(body: Document) -> None:
    """Whatever was done before, at once or when all of it had ended; with the same error."""

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(st.lists(st.tuples(CALLS, st.booleans()), min_size=1, max_size=4))
    def holds(calls: list[tuple[tuple[str, str, Any], bool]]) -> None:
        azure = Azure()
        azure.create(body)
        for (method, path, sent), at_once in calls:
            found = tried(azure, method, path, sent)
            assert same(found, azure.send(method, path, sent)), (method, path, sent, found)
            if not at_once:
                azure.settle()

    holds()
