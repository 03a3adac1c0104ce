"""Actions on instances, through the scale set and through their own resource (wire.md 3.15-3.18)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import SET, Azure, model

ACTIONS = ["start", "restart", "powerOff", "deallocate", "reimage", "reimageall"]


@pytest.fixture
def azure() -> Azure:
    """A subscription with one scale set of three instances."""
    azure = Azure()
    azure.create()
    return azure


def powers(azure: Azure) -> list[str]:
    """The power state of each instance."""
    items = azure.instances("?$expand=instanceView")
    return [item["properties"]["instanceView"]["statuses"][1]["code"].partition("/")[2] for item in items]


@pytest.mark.rule("6.reimage", "6.7")
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("body", [None, {}, {"instanceIds": ["*"]}, {"instanceIds": None}])
def test_all(azure: Azure, action: str, body: Any) -> None:
    """No body, ``{}`` or ``*`` mean every instance: 202, no body, both links, no Retry-After, the number of VMs."""
    response = azure.post(f"{SET}/{action}", body)
    assert (response.status, response.body) == (202, b"")
    assert response.headers["x-ms-request-charge"] == "3"
    assert response.headers["Azure-AsyncNotification"] == "Enabled"
    assert "monitor=true" in response.headers["Location"]
    assert "Retry-After" not in response.headers
    azure.done(response)


@pytest.mark.rule("2.2.11", "6.upgrade")
@pytest.mark.parametrize("action", [*ACTIONS, "delete", "manualupgrade"])
def test_named(azure: Azure, action: str) -> None:
    """The instances that are named, once each."""
    response = azure.post(f"{SET}/{action}", {"instanceIds": ["2", "0", "2"]})
    assert response.status == 202
    azure.done(response)


@pytest.mark.parametrize("action", [*ACTIONS, "delete", "manualupgrade"])
def test_empty_list(azure: Azure, action: str) -> None:
    """An empty list is neither none nor all: refused."""
    before = azure.instances()
    response = azure.post(f"{SET}/{action}", {"instanceIds": []})
    assert azure.error(response) == (400, "InvalidParameter", "instanceIds")
    assert azure.instances() == before


@pytest.mark.rule("2.2.11", "6.upgrade")
@pytest.mark.parametrize("action", ["delete", "manualupgrade"])
@pytest.mark.parametrize("body", [None, {}])
def test_ids_are_required(azure: Azure, action: str, body: Any) -> None:
    """Deletion and upgrade must name whom."""
    response = azure.post(f"{SET}/{action}", body)
    assert azure.error(response) == (400, "InvalidParameter", "instanceIds")
    assert len(azure.instances()) == 3


@pytest.mark.rule("2.2.13")
@pytest.mark.parametrize("action", [*ACTIONS, "delete", "manualupgrade"])
def test_unknown_id(azure: Azure, action: str) -> None:
    """400 in Azure's words (wire.md 7.1), and nothing happens to the others."""
    before = azure.instances()
    response = azure.post(f"{SET}/{action}", {"instanceIds": ["0", "2143"]})
    assert response.status == 400
    assert response.json()["error"] == {
        "code": "InvalidParameter",
        "message": "The provided instanceId 2143 is not an active Virtual Machine Scale Set VM instanceId.",
        "target": "instanceIds",
    }
    assert azure.instances() == before


def test_malformed_id(azure: Azure) -> None:
    """400 in Azure's words (wire.md 7.2)."""
    response = azure.post(f"{SET}/restart", {"instanceIds": ["11 14"]})
    assert response.status == 400
    assert response.json()["error"] == {
        "code": "InvalidParameter",
        "message": 'The provided instanceId 11 14 is invalid. It must be a non-negative integer or the character "*".',
        "target": "instanceIds",
    }


def test_unknown_member(azure: Azure) -> None:
    """A body with another member is refused: a typing error must not mean all."""
    response = azure.post(f"{SET}/reimage", {"instanceId": ["0"]})
    assert azure.error(response)[:2] == (400, "BadRequest")


@pytest.mark.rule("6.reimage-one", "6.reimageall")
@pytest.mark.parametrize("action", ACTIONS)
def test_one(azure: Azure, action: str) -> None:
    """Through the instance's own resource."""
    response = azure.post(f"{SET}/virtualMachines/1/{action}")
    assert (response.status, response.headers["x-ms-request-charge"]) == (202, "1")
    azure.done(response)


@pytest.mark.parametrize("action", ACTIONS)
def test_one_unknown(azure: Azure, action: str) -> None:
    """400 with target instanceIds, as recorded for redeploy (wire.md 7.1)."""
    response = azure.post(f"{SET}/virtualMachines/99/{action}")
    assert azure.error(response) == (400, "InvalidParameter", "instanceIds")


def test_star_in_the_path(azure: Azure) -> None:
    """``*`` as an instance's id means all (wire.md 3.17)."""
    response = azure.post(f"{SET}/virtualMachines/%2A/deallocate")
    assert (response.status, response.headers["x-ms-request-charge"]) == (202, "3")
    azure.done(response)
    assert powers(azure) == ["deallocated"] * 3


def test_paths_in_any_case(azure: Azure) -> None:
    """``poweroff`` as az sends it, ``powerOff`` as SDKs do."""
    assert azure.post(f"{SET}/poweroff?skipShutdown=false").status == 202
    assert azure.post(f"{SET}/virtualmachines/0/poweroff").status == 202


def test_power_cycle(azure: Azure) -> None:
    """Stop, start, deallocate, start: each ends in its state."""
    for action, power in (("poweroff", "stopped"), ("start", "running"), ("deallocate", "deallocated")):
        azure.done(azure.post(f"{SET}/{action}", {"instanceIds": ["1"]}))
        assert powers(azure) == ["running", power, "running"]


@pytest.mark.rule("1.5.21", "8.4")
@pytest.mark.parametrize("action", ["restart", "powerOff", "reimage", "reimageall"])
def test_deallocated(azure: Azure, action: str) -> None:
    """409 in documented words for a deallocated instance that is named (semantics 8.4)."""
    azure.done(azure.post(f"{SET}/deallocate", {"instanceIds": ["1"]}))
    response = azure.post(f"{SET}/{action}", {"instanceIds": ["1"]})
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    message = response.json()["error"]["message"]
    assert "is not allowed on VM 'web_1' since the VM is either deallocated or marked to be deallocated." in message
    assert azure.post(f"{SET}/{action}").headers["x-ms-request-charge"] == "2"


@pytest.mark.rule("7.10")
def test_delete(azure: Azure) -> None:
    """The named ones go, and the capacity with them."""
    azure.done(azure.post(f"{SET}/delete", {"instanceIds": ["0", "2"]}))
    assert [item["instanceId"] for item in azure.instances()] == ["1"]
    assert azure.get()["sku"]["capacity"] == 1


@pytest.mark.rule("2.2.13")
def test_upgrade_of_what_is_up_to_date(azure: Azure) -> None:
    """Charged with nothing (wire.md 3.16)."""
    response = azure.post(f"{SET}/manualupgrade", {"instanceIds": ["0", "1"]})
    assert (response.status, response.headers["x-ms-request-charge"]) == (202, "0")


@pytest.mark.rule("1.5.18")
@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("path", ["", "/virtualMachines/0"])
def test_temp_disk(azure: Azure, value: bool, path: str) -> None:
    """Only for ephemeral OS disks; even false is refused otherwise (semantics 1.5.18)."""
    response = azure.post(f"{SET}{path}/reimage", {"tempDisk": value})
    assert azure.error(response) == (400, "InvalidParameter", "tempDisk")
    assert response.json()["error"]["message"] == "The value of parameter tempDisk is invalid."


@pytest.mark.rule("1.5.18")
def test_temp_disk_of_an_ephemeral_disk() -> None:
    """There it is allowed."""
    azure = Azure()
    disk = {"createOption": "FromImage", "diffDiskSettings": {"option": "local"}}
    azure.create(model(1, {"properties.virtualMachineProfile.storageProfile.osDisk": disk}))
    body = {"tempDisk": True, "forceUpdateOSDiskForEphemeral": True}
    assert azure.post(f"{SET}/reimage", body).status == 202


@pytest.mark.parametrize("action", ["start", "reimage", "rollingUpgrades/cancel"])
def test_without_scale_set(action: str) -> None:
    """404 ResourceNotFound."""
    azure = Azure()
    azure.group()
    assert azure.error(azure.post(f"{SET}/{action}"))[:2] == (404, "ResourceNotFound")
