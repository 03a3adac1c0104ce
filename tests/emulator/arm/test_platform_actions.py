"""Redeploy, maintenance, eviction, placement groups, Service Fabric, scaleOut (wire.md 3.17, 3.19, 3.26-3.28)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, FLEXIBLE, GROUP, SET, Azure, model

PROFILE = "properties.virtualMachineProfile"
SPOT = {f"{PROFILE}.priority": "Spot"}
WALK = f"{SET}/forceRecoveryServiceFabricPlatformUpdateDomainWalk"
FABRIC: dict[str, Any] = {
    "properties.upgradePolicy.mode": "Automatic",
    f"{PROFILE}.extensionProfile.extensions": [
        {
            "name": "fabric",
            "properties": {
                "publisher": "Microsoft.Azure.ServiceFabric",
                "type": "ServiceFabricLinuxNode",
                "typeHandlerVersion": "1.1",
            },
        }
    ],
}


def made(capacity: int = 3, changes: dict[str, Any] | None = None) -> Azure:
    """A subscription with one scale set."""
    azure = Azure()
    azure.create(model(capacity, changes))
    return azure


def data(azure: Azure) -> list[dict[str, str]]:
    """What each instance keeps on its disks."""
    scale_set = next(iter(azure.emulator._state.scale_sets.values()))
    return [instance.data for instance in scale_set.instances.values()]


def powers(azure: Azure) -> list[str]:
    """The power state of each instance."""
    items = azure.instances("?$expand=instanceView")
    return [item["properties"]["instanceView"]["statuses"][1]["code"].partition("/")[2] for item in items]


@pytest.mark.parametrize(
    ("path", "body", "hit"),
    [
        (f"{SET}/redeploy", None, [0, 1, 2]),
        (f"{SET}/redeploy", {"instanceIds": ["1"]}, [1]),
        (f"{SET}/virtualMachines/2/redeploy", None, [2]),
    ],
)
def test_redeploy_loses_the_temporary_disk(path: str, body: Any, hit: list[int]) -> None:
    """202; the instance runs on another host, with its OS disk and without its temporary one (wire.md 3.17)."""
    azure = made()
    for kept in data(azure):
        kept.update(os="kept", temp="lost")
    response = azure.post(path, body)
    assert (response.status, response.body) == (202, b"")
    assert response.headers["x-ms-request-charge"] == str(len(hit))
    azure.done(response)
    assert ["temp" in kept for kept in data(azure)] == [number not in hit for number in range(3)]
    assert all(kept["os"] == "kept" for kept in data(azure))
    assert powers(azure) == ["running"] * 3


def test_redeploy_makes_an_ephemeral_os_disk_again() -> None:
    """It was the old host's: fresh, of the same image, and the extensions ran again."""
    ephemeral = {"diffDiskSettings": {"option": "Local"}, "createOption": "FromImage", "caching": "ReadOnly"}
    azure = made(1, {f"{PROFILE}.storageProfile.osDisk": ephemeral})
    data(azure)[0]["os"] = "lost"
    [before] = azure.instances()
    azure.done(azure.post(f"{SET}/redeploy"))
    assert data(azure) == [{}]
    [instance] = azure.instances()
    disks = [each["properties"]["storageProfile"]["osDisk"]["name"] for each in (before, instance)]
    assert disks[0] == disks[1]


def test_redeploy_needs_hardware() -> None:
    """409 for a deallocated instance that is named, in Azure's words (semantics 8.4)."""
    azure = made()
    azure.done(azure.post(f"{SET}/deallocate", {"instanceIds": ["0"]}))
    response = azure.post(f"{SET}/redeploy", {"instanceIds": ["0"]})
    assert response.json()["error"]["message"] == (
        "Operation 'redeploy' is not allowed on VM 'web_0' since the VM is either deallocated or marked to be"
        " deallocated."
    )


@pytest.mark.parametrize("action", ["redeploy", "performMaintenance", "simulateEviction", "approveRollingUpgrade"])
def test_unknown_instance(action: str) -> None:
    """400 (recorded for redeploy and performMaintenance, wire.md 7.1)."""
    azure = made()
    response = azure.post(f"{SET}/virtualMachines/9/{action}")
    assert response.json()["error"] == {
        "code": "InvalidParameter",
        "message": "The provided instanceId 9 is not an active Virtual Machine Scale Set VM instanceId.",
        "target": "instanceIds",
    }


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        (f"{SET}/performMaintenance", None, "web_0"),
        (f"{SET}/performMaintenance", {"instanceIds": ["2"]}, "web_2"),
        (f"{SET}/virtualMachines/1/performMaintenance", None, "web_1"),
    ],
)
def test_maintenance_is_refused(path: str, body: Any, name: str) -> None:
    """409 in the recorded words (wire.md 3.19)."""
    azure = made()
    response = azure.post(path, body)
    assert response.status == 409
    assert response.json()["error"] == {
        "code": "OperationNotAllowed",
        "message": f"Operation 'performMaintenance' is not allowed on VM '{name}' since the Subscription of this VM is"
        " not eligible.",
    }


def test_reapply_gets_out_of_a_failed_state() -> None:
    """Failed instances are Succeeded again; nothing else changes, and an outdated one stays outdated."""
    azure = made()
    azure.post(f"{CONTROL}/faults", {"kind": "provisioningFailure", "instanceIds": ["1"], "count": 1})
    azure.end(azure.post(f"{SET}/reimage"))
    azure.done(azure.patch({"sku": {"name": "Standard_D4s_v3"}}))
    assert [item["properties"]["provisioningState"] for item in azure.instances()] == [
        "Succeeded",
        "Failed",
        "Succeeded",
    ]
    response = azure.post(f"{SET}/reapply")
    assert (response.status, response.body) == (202, b"")
    azure.done(response)
    assert {item["properties"]["provisioningState"] for item in azure.instances()} == {"Succeeded"}
    assert azure.applied() == [False] * 3


def test_eviction_of_a_spot_instance() -> None:
    """204; it is deallocated, as is the default (wire.md 3.28)."""
    azure = made(3, SPOT)
    response = azure.post(f"{SET}/virtualMachines/1/simulateEviction")
    assert (response.status, response.body) == (204, b"")
    assert response.headers["x-ms-ratelimit-remaining-resource"] == (
        "Microsoft.Compute/VMScaleSetVMActionsSubscriptionMaximum;1999,Microsoft.Compute/VMScaleSetVMActionsResource;11"
    )
    azure.settle()
    assert powers(azure) == ["running", "deallocated", "running"]


@pytest.mark.rule("7.10")
def test_eviction_by_deletion() -> None:
    """Where the policy says so the instance goes, and the capacity with it."""
    azure = made(3, {**SPOT, f"{PROFILE}.evictionPolicy": "Delete"})
    assert azure.post(f"{SET}/virtualMachines/1/simulateEviction").status == 204
    azure.settle()
    assert [item["instanceId"] for item in azure.instances()] == ["0", "2"]
    assert azure.get()["sku"]["capacity"] == 2


def test_eviction_is_for_spot_only() -> None:
    """409 in the recorded words (wire.md 3.28)."""
    azure = made()
    response = azure.post(f"{SET}/virtualMachines/2/simulateEviction")
    assert response.status == 409
    assert response.json()["error"] == {
        "code": "OperationNotAllowed",
        "message": "Operation 'simulateEviction' is allowed only for Spot Virtual Machines",
    }


def test_machines_of_a_flexible_scale_set() -> None:
    """Their own resources know redeploy, maintenance and eviction too."""
    azure = made(1, {**FLEXIBLE, **SPOT})
    [machine] = azure.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachines")["value"]
    data(azure)[0]["temp"] = "lost"
    azure.done(azure.post(f"{machine['id']}/redeploy"))
    assert data(azure) == [{}]
    assert azure.error(azure.post(f"{machine['id']}/performMaintenance"))[:2] == (409, "OperationNotAllowed")
    assert azure.post(f"{machine['id']}/simulateEviction").status == 204
    azure.settle()
    assert azure.get(f"{machine['id']}/instanceView")["statuses"][1]["code"] == "PowerState/deallocated"


def test_conversion_to_one_placement_group() -> None:
    """200 without body, and the model says so from then on (wire.md 3.27)."""
    azure = made(2, {"properties.singlePlacementGroup": False})
    response = azure.post(f"{SET}/convertToSinglePlacementGroup", {})
    assert (response.status, response.body) == (200, b"")
    assert azure.get()["properties"]["singlePlacementGroup"] is True
    assert azure.applied() == [True] * 2


@pytest.mark.rule("7.1")
def test_conversion_of_too_many() -> None:
    """A placement group has room for 100 (semantics 7.1)."""
    azure = made(101, {"properties.singlePlacementGroup": False})
    response = azure.post(f"{SET}/convertToSinglePlacementGroup", {"activePlacementGroupId": "any"})
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    assert azure.get()["properties"]["singlePlacementGroup"] is False


def test_conversion_needs_a_body() -> None:
    """The description requires one, though it may be empty."""
    azure = made(2, {"properties.singlePlacementGroup": False})
    assert azure.error(azure.post(f"{SET}/convertToSinglePlacementGroup"))[0] == 400


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        (0, {"walkPerformed": True, "nextPlatformUpdateDomain": 1}),
        (2, {"walkPerformed": True}),
    ],
)
def test_walk_through_update_domains(domain: int, expected: dict[str, Any]) -> None:
    """Three instances in domains 0 to 2: the next one is told, after the last none is (wire.md 3.26)."""
    azure = made(3, FABRIC)
    response = azure.post(f"{WALK}?platformUpdateDomain={domain}")
    assert (response.status, response.json()) == (200, expected)


def test_walk_without_service_fabric() -> None:
    """Nothing is done."""
    azure = made()
    response = azure.post(f"{WALK}?platformUpdateDomain=0&zone=1&placementGroupId=a")
    assert (response.status, response.json()) == (200, {"walkPerformed": False})


@pytest.mark.parametrize("query", ["", "?platformUpdateDomain=", "?platformUpdateDomain=x", "?platformUpdateDomain=5"])
def test_walk_needs_a_domain(query: str) -> None:
    """400 that names the parameter."""
    azure = made(3, FABRIC)
    assert azure.error(azure.post(WALK + query)) == (400, "InvalidParameter", "platformUpdateDomain")


def test_scale_out_in_a_zone() -> None:
    """As many more instances, all in that zone; the capacity grows."""
    azure = made(3, {"location": "westus2", "zones": ["1", "2", "3"]})
    response = azure.post(f"{SET}/scaleOut", {"capacity": 2, "properties": {"zone": "2"}})
    assert (response.status, response.body) == (202, b"")
    assert response.headers["x-ms-request-charge"] == "2"
    assert azure.get()["properties"]["provisioningState"] == "Updating"
    azure.done(response)
    assert [item["zones"] for item in azure.instances()] == [["1"], ["2"], ["3"], ["2"], ["2"]]
    assert azure.get()["sku"]["capacity"] == 5


def test_scale_out_upgrades_nobody() -> None:
    """Unlike an update it leaves outdated instances alone, and new ones have the newest model."""
    azure = made(2)
    azure.done(azure.patch({"sku": {"name": "Standard_D4s_v3"}}))
    azure.done(azure.patch({"properties": {"upgradePolicy": {"mode": "Manual"}}}))
    azure.done(azure.post(f"{SET}/scaleOut", {"capacity": 1}))
    assert azure.applied() == [False, False, True]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "InvalidParameter", "capacity")),
        ({"capacity": 0}, (400, "InvalidParameter", "capacity")),
        ({"capacity": -3}, (400, "InvalidParameter", "capacity")),
        ({"capacity": 1, "properties": {"zone": "1"}}, (400, "InvalidParameter", "properties.zone")),
        ({"capacity": 99}, (409, "OperationNotAllowed", None)),
    ],
)
def test_bad_scale_out(body: dict[str, Any], expected: tuple[int, str, str | None]) -> None:
    """No number, a zone where the scale set is not, more than its limit: refused, and nothing is made."""
    azure = made(3, {"properties.singlePlacementGroup": True})
    assert azure.error(azure.post(f"{SET}/scaleOut", body)) == expected
    assert azure.get()["sku"]["capacity"] == len(azure.instances()) == 3


SWITCHES = [
    ("POST", f"{SET}/powerOff", "skipShutdown"),
    ("POST", f"{SET}/deallocate", "hibernate"),
    ("POST", f"{SET}/delete", "forceDeletion"),
    ("DELETE", SET, "forceDeletion"),
    ("DELETE", f"{SET}/virtualMachines/0", "forceDeletion"),
    ("POST", f"{SET}/virtualMachines/0/powerOff", "skipShutdown"),
    ("POST", f"{SET}/virtualMachines/0/deallocate", "hibernate"),
]


@pytest.mark.parametrize(("method", "path", "switch"), SWITCHES)
@pytest.mark.parametrize("value", ["true", "false", "True"])
def test_switches(method: str, path: str, switch: str, value: str) -> None:
    """They are accepted in the query (wire.md 3.17)."""
    azure = made()
    body = {"instanceIds": ["0"]} if path.endswith("/delete") else None
    azure.done(azure.send(method, f"{path}?{switch}={value}", body))


@pytest.mark.parametrize(("method", "path", "switch"), SWITCHES)
def test_bad_switches(method: str, path: str, switch: str) -> None:
    """Neither true nor false: 400 that names the switch, and nothing happens."""
    azure = made()
    before = azure.instances()
    body = {"instanceIds": ["0"]} if path.endswith("/delete") else None
    response = azure.send(method, f"{path}?{switch}=yes", body)
    assert azure.error(response) == (400, "InvalidParameter", switch)
    assert azure.instances() == before
