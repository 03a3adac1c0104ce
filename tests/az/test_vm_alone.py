"""``az vm`` for virtual machines that belong to no scale set."""

import pytest

from tests.az.az import Az
from tests.az.test_vm import power

_USER = "--admin-username ops --admin-password Long-Pass-9x"


@pytest.fixture
def jump(az: Az, group: str) -> str:
    """The options that name the machine ``jump``, made with all that it needs."""
    az(f"vm create -g {group} -n jump --image Ubuntu2204 --size Standard_D2s_v3 {_USER}")
    return f"-g {group} -n jump"


def test_create_and_show(az: Az, group: str, jump: str) -> None:
    """It comes with a network, an interface, a security group and a public address, which ``-d`` reads."""
    shown = az(f"vm show {jump} -d")
    assert (shown["name"], shown["powerState"], "virtualMachineScaleSet" in shown) == ("jump", "VM running", False)
    assert shown["publicIps"]
    assert shown["privateIps"]
    [interface] = shown["networkProfile"]["networkInterfaces"]
    assert az(f"network nic show --ids {interface['id']}")["virtualMachine"]["id"] == shown["id"]
    assert [item["name"] for item in az(f"vm list -g {group}")] == ["jump"]
    assert az(f"vmss list -g {group}") == []


def test_power_and_reimage(az: Az, jump: str) -> None:
    """Stop, deallocate, resize, start, restart, redeploy."""
    az(f"vm stop {jump}")
    assert power(az, jump) == "PowerState/stopped"
    az(f"vm deallocate {jump}")
    assert power(az, jump) == "PowerState/deallocated"
    az(f"vm resize {jump} --size Standard_D4s_v3")
    assert az(f"vm show {jump}")["hardwareProfile"]["vmSize"] == "Standard_D4s_v3"
    for verb in ("start", "restart", "redeploy"):
        az(f"vm {verb} {jump}")
        assert power(az, jump) == "PowerState/running"


def test_inside(az: Az, jump: str) -> None:
    """An extension, scripts, boot diagnostics."""
    extension = "--publisher Microsoft.Azure.Extensions --version 2.1"
    name = jump.replace("-n ", "--vm-name ")
    az(f"vm extension set {name} -n CustomScript {extension} --settings", '{"commandToExecute": "true"}')
    assert [item["name"] for item in az(f"vm extension list {name}")] == ["CustomScript"]
    az(f"vm extension delete {name} -n CustomScript")
    assert az(f"vm extension list {name}") == []
    assert az(f"vm run-command invoke {jump} --command-id RunShellScript --scripts date")["value"]
    az(f"vm boot-diagnostics enable {jump}")
    assert az(f"vm boot-diagnostics get-boot-log-uris {jump}")["serialConsoleLogBlobUri"]


def test_update(az: Az, jump: str) -> None:
    """Tags and an identity; a disk is attached and detached."""
    az(f"vm update {jump} --set tags.team=shop")
    assert az(f"vm show {jump}")["tags"] == {"team": "shop"}
    assert az(f"vm identity assign {jump}")["systemAssignedIdentity"]
    name = jump.replace("-n ", "--vm-name ")
    az(f"vm disk attach {name} -n data --new --size-gb 64")
    assert [disk["name"] for disk in az(f"vm show {jump}")["storageProfile"]["dataDisks"]] == ["data"]
    az(f"vm disk detach {name} -n data")
    assert az(f"vm show {jump}")["storageProfile"]["dataDisks"] == []


def test_in_an_availability_set(az: Az, group: str) -> None:
    """It has to be there."""
    az(f"vm availability-set create -g {group} -n rack")
    az(f"vm create -g {group} -n one --image Ubuntu2204 --availability-set rack --size Standard_D2s_v3 {_USER}")
    assert az(f"vm show -g {group} -n one")["availabilitySet"]["id"].lower().endswith("/availabilitysets/rack")


def test_delete(az: Az, group: str, jump: str) -> None:
    """The machine goes, its interface stays."""
    az(f"vm delete {jump} --yes")
    assert az(f"vm list -g {group}") == []
    assert len(az(f"network nic list -g {group}")) == 1
