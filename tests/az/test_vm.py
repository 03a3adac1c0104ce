"""``az vm`` for the virtual machines of Flexible scale sets."""

import pytest

from tests.az.az import Az
from vmss_sdk import VmssClient
from vmss_sdk.handles.scale_set import ScaleSet


@pytest.fixture
def names(flexible: ScaleSet) -> list[str]:
    """The names of the machines of ``flex``."""
    return [instance.name or "" for instance in flexible.instances()]


def test_list(az: Az, group: str, flexible: ScaleSet, names: list[str]) -> None:
    """All of a group, and those of a scale set."""
    assert sorted(item["name"] for item in az(f"vm list -g {group}")) == sorted(names)
    assert sorted(item["name"] for item in az(f"vm list -g {group} --vmss {flexible.get().id}")) == sorted(names)


def test_show(az: Az, group: str, flexible: ScaleSet, names: list[str]) -> None:
    """One machine; its power state with the instance view."""
    shown = az(f"vm show -g {group} -n {names[0]}")
    assert shown["virtualMachineScaleSet"]["id"] == flexible.get().id
    view = az(f"vm get-instance-view -g {group} -n {names[0]}")
    assert "PowerState/running" in [status["code"] for status in view["instanceView"]["statuses"]]


def test_details(az: Az, group: str, names: list[str]) -> None:
    """``-d`` reads the instance view and the network interfaces (az-cli 4)."""
    shown = {item["name"]: item for item in az(f"vm list -g {group} -d")}
    assert sorted(shown) == sorted(names)
    assert {item["powerState"] for item in shown.values()} == {"VM running"}
    assert len({item["privateIps"] for item in shown.values()}) == 2


def test_reimage(az: Az, client: VmssClient, group: str, names: list[str]) -> None:
    """A new OS disk for that machine alone."""
    az(f"vm reimage -g {group} -n {names[0]}")
    numbers = {one.name: one.os_disk.number for one in client.emulator.scale_set(group, "flex").instances()}
    assert numbers == {names[0]: 2, names[1]: 1}


def test_power(az: Az, group: str, names: list[str]) -> None:
    """Restart, stop, deallocate, start."""
    line = f"-g {group} -n {names[0]}"
    az(f"vm restart {line}")
    az(f"vm stop {line}")
    assert power(az, line) == "PowerState/stopped"
    az(f"vm deallocate {line}")
    assert power(az, line) == "PowerState/deallocated"
    az(f"vm start {line}")
    assert power(az, line) == "PowerState/running"


def test_delete(az: Az, group: str, flexible: ScaleSet, names: list[str]) -> None:
    """The machine leaves the scale set."""
    az(f"vm delete -g {group} -n {names[0]} --yes")
    assert [instance.name for instance in flexible.instances()] == names[1:]


def power(az: Az, line: str) -> str:
    """The power state that az shows."""
    statuses = az(f"vm get-instance-view {line}")["instanceView"]["statuses"]
    return next(str(status["code"]) for status in statuses if status["code"].startswith("PowerState"))


def test_create_in_a_scale_set(az: Az, group: str, flexible: ScaleSet) -> None:
    """``vm create --vmss`` makes a machine under a name of its own."""
    before = flexible.get()
    user = "--admin-username ops --admin-password Long-Pass-9x"
    az(f"vm create -g {group} -n leader --vmss flex --image Ubuntu2204 {user}")
    after = flexible.get()
    assert "leader" in [instance.name for instance in flexible.instances()]
    assert before.sku is not None
    assert after.sku is not None
    assert after.sku.capacity == (before.sku.capacity or 0) + 1
