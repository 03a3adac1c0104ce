"""Attaching and detaching data disks of one machine over REST."""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, Azure, model

INSTANCE = f"{SET}/virtualMachines/0"
ACTION = f"{INSTANCE}/attachDetachDataDisks"
DISK = f"{GROUP}/providers/Microsoft.Compute/disks/data"
ATTACH = {"dataDisksToAttach": [{"diskId": DISK}]}


def there(capacity: int = 2) -> Azure:
    """A scale set that is up; its size takes four data disks."""
    azure = Azure()
    azure.create(model(capacity))
    return azure


def disks(azure: Azure, instance: str = INSTANCE) -> list[dict[str, Any]]:
    """The data disks of an instance."""
    found: list[dict[str, Any]] = azure.get(instance)["properties"]["storageProfile"]["dataDisks"]
    return found


def test_answers_202_and_brings_the_storage_profile() -> None:
    """Both addresses, no body, one charge; the result is at Location and in the operation's status."""
    azure = there()
    response = azure.post(ACTION, ATTACH)
    assert (response.status, response.body, response.headers["x-ms-request-charge"]) == (202, b"", "1")
    status = azure.end(response)
    assert status["status"] == "Succeeded"
    result = azure.get(response.headers["Location"])
    assert list(result) == ["imageReference", "osDisk", "dataDisks"]
    assert result == azure.get(INSTANCE)["properties"]["storageProfile"]
    assert status["properties"] == {"output": result}


def test_what_is_attached() -> None:
    """What was not said has its default, at the lowest free LUN."""
    azure = there()
    azure.done(azure.post(ACTION, ATTACH))
    assert disks(azure) == [
        {
            "lun": 0,
            "name": "data",
            "createOption": "Attach",
            "caching": "None",
            "managedDisk": {"id": DISK},
            "deleteOption": "Detach",
            "toBeDetached": False,
        }
    ]
    assert azure.applied() == [True, True]
    assert azure.get(INSTANCE)["properties"]["modelDefinitionApplied"] == "VirtualMachineScaleSet"
    view = azure.get(f"{INSTANCE}/instanceView")
    assert view["disks"][1]["name"] == "data"


def test_what_was_said() -> None:
    """LUN, caching, deletion, encryption and write accelerator as asked for; the disk leaves again by force."""
    azure = there()
    encryption = {"id": f"{GROUP}/providers/Microsoft.Compute/diskEncryptionSets/set"}
    wanted = {
        "diskId": DISK,
        "lun": 7,
        "caching": "ReadOnly",
        "deleteOption": "Delete",
        "diskEncryptionSet": encryption,
        "writeAcceleratorEnabled": True,
    }
    azure.done(azure.post(ACTION, {"dataDisksToAttach": [wanted]}))
    [disk] = disks(azure)
    assert (disk["lun"], disk["caching"], disk["deleteOption"]) == (7, "ReadOnly", "Delete")
    assert disk["managedDisk"] == {"id": DISK, "diskEncryptionSet": encryption}
    assert disk["writeAcceleratorEnabled"] is True
    leaving = azure.post(ACTION, {"dataDisksToDetach": [{"diskId": DISK, "detachOption": "ForceDetach"}]})
    assert disks(azure)[0]["toBeDetached"] is True
    azure.done(leaving)
    assert disks(azure) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "InvalidParameter", "dataDisksToAttach")),
        ({"dataDisksToAttach": [{"lun": 1}]}, (400, "InvalidParameter", "dataDisksToAttach.diskId")),
        ({"dataDisksToDetach": [{}]}, (400, "InvalidParameter", "dataDisksToDetach.diskId")),
        ({"dataDisksToDetach": [{"diskId": f"{DISK}2"}]}, (400, "InvalidParameter", "dataDisksToDetach.diskId")),
        ({"dataDisksToAttach": [{"diskId": f"{DISK}2", "lun": 0}]}, (400, "InvalidParameter", "dataDisks.lun")),
        ({"dataDisksToAttach": [{"diskId": DISK}]}, (409, "ConflictingUserInput", None)),
        (
            {"dataDisksToAttach": [{"diskId": f"{DISK}{at}"} for at in range(4)]},
            (409, "OperationNotAllowed", "dataDisks"),
        ),
    ],
)
def test_refusals(body: dict[str, Any], expected: tuple[int, str, str | None]) -> None:
    """With Azure's codes: nothing asked for, no disk, not attached, LUN taken, owned, too many; nothing changes."""
    azure = there()
    azure.done(azure.post(ACTION, ATTACH))
    assert azure.error(azure.post(ACTION, body)) == expected
    assert len(disks(azure)) == 1


def test_a_disk_of_a_machine_of_another_scale_set() -> None:
    """It is told who owns it."""
    azure = there()
    other = SET.replace("/web", "/other")
    azure.create(model(1), other)
    azure.done(azure.post(f"{other}/virtualMachines/0/attachDetachDataDisks", ATTACH))
    response = azure.post(ACTION, ATTACH)
    assert response.json()["error"]["message"] == (
        f"Disk '{DISK}' cannot be attached as the disk is already owned by VM '{other}/virtualMachines/0'."
    )


def test_while_it_is_detached() -> None:
    """A disk on its way out can be attached to none."""
    azure = there()
    azure.done(azure.post(ACTION, ATTACH))
    azure.post(ACTION, {"dataDisksToDetach": [{"diskId": DISK}]})
    assert azure.error(azure.post(ACTION, ATTACH))[:2] == (409, "AttachDiskWhileBeingDetached")


def test_no_such_instance() -> None:
    """As for its other actions."""
    azure = there()
    assert azure.error(azure.post(f"{SET}/virtualMachines/9/attachDetachDataDisks", ATTACH))[:2] == (404, "NotFound")


def test_a_put_of_the_instance_as_az_sends_it() -> None:
    """The whole instance with one more disk in its list."""
    azure = there()
    body = azure.get(INSTANCE)
    body["properties"]["storageProfile"]["dataDisks"].append(
        {"lun": 3, "createOption": "Attach", "managedDisk": {"id": DISK}}
    )
    azure.done(azure.put(body, INSTANCE))
    assert [(disk["lun"], disk["name"]) for disk in disks(azure)] == [(3, "data")]
    assert azure.error(azure.put(body, f"{SET}/virtualMachines/1"))[:2] == (409, "ConflictingUserInput")


def test_of_a_flexible_virtual_machine() -> None:
    """The same by the virtual machine's own address."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    [instance] = azure.instances()
    machine = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/{instance['name']}"
    azure.done(azure.post(f"{machine}/attachDetachDataDisks", ATTACH))
    assert [disk["name"] for disk in disks(azure, machine)] == ["data"]
