"""``az vmss``: the commands that only read."""

import pytest

from tests.az.az import Az
from vmss_sdk.handles.scale_set import ScaleSet


def test_list(az: Az, group: str, web: ScaleSet) -> None:
    """With a resource group its own scale sets, without all of the subscription's."""
    assert [item["name"] for item in az(f"vmss list -g {group}")] == ["web"]
    assert group.upper() in {item["resourceGroup"] for item in az("vmss list")}


def test_show(az: Az, group: str, web: ScaleSet) -> None:
    """The whole scale set; user data with its own switch only."""
    shown = az(f"vmss show -g {group} -n web")
    assert shown["id"] == web.get().id
    assert (shown["sku"]["capacity"], shown["upgradePolicy"]["mode"]) == (2, "Manual")
    assert shown["provisioningState"] == "Succeeded"


def test_show_user_data(az: Az, group: str, web: ScaleSet) -> None:
    """User data comes when it is asked for."""
    model = web.get()
    assert model.virtual_machine_profile is not None
    model.virtual_machine_profile.user_data = "aGVsbG8="
    web.create_or_update(model).result()
    assert az(f"vmss show -g {group} -n web --include-user-data")["virtualMachineProfile"]["userData"] == "aGVsbG8="
    assert "userData" not in az(f"vmss show -g {group} -n web")["virtualMachineProfile"]


def test_show_instance(az: Az, group: str, web: ScaleSet) -> None:
    """One instance of a Uniform scale set."""
    shown = az(f"vmss show -g {group} -n web --instance-id 1")
    assert (shown["instanceId"], shown["latestModelApplied"]) == ("1", True)


def test_list_instances(az: Az, group: str, web: ScaleSet) -> None:
    """All instances, those that a filter lets through, and with their instance views."""
    line = f"vmss list-instances -g {group} -n web"
    assert [item["instanceId"] for item in az(line)] == ["0", "1"]
    assert az(line, "--filter", "properties/latestModelApplied eq false") == []
    expanded = az(f"{line} --expand instanceView --select instanceView")
    assert expanded[0]["instanceView"]["statuses"][1]["code"] == "PowerState/running"


def test_list_instances_of_a_flexible_one(az: Az, group: str, flexible: ScaleSet) -> None:
    """Their instance ids are the names of their virtual machines."""
    found = az(f"vmss list-instances -g {group} -n flex")
    names = sorted(instance.name or "" for instance in flexible.instances())
    assert sorted(item["name"] for item in found) == names


@pytest.mark.parametrize("ids", ["", "--instance-id 0", "--instance-id *"])
def test_get_instance_view(az: Az, group: str, web: ScaleSet, ids: str) -> None:
    """Of the scale set, of an instance, of all instances."""
    view = az(f"vmss get-instance-view -g {group} -n web {ids}")
    if not ids:
        assert view["virtualMachine"]["statusesSummary"] == [{"code": "ProvisioningState/succeeded", "count": 2}]
        return
    views = view if isinstance(view, list) else [view]
    assert len(views) == (2 if "*" in ids else 1)
    for one in views:
        codes = [status["code"] for status in (one.get("instanceView") or one)["statuses"]]
        assert "PowerState/running" in codes


def test_list_skus(az: Az, group: str, web: ScaleSet) -> None:
    """The sizes that it may change to."""
    names = [item["sku"]["name"] for item in az(f"vmss list-skus -g {group} -n web")]
    assert "Standard_D2s_v3" in names


def test_os_upgrade_history(az: Az, group: str, web: ScaleSet) -> None:
    """Empty when there never was one."""
    assert az(f"vmss get-os-upgrade-history -g {group} -n web") == []


def test_network_interfaces(az: Az, group: str, web: ScaleSet) -> None:
    """What the network provider tells of the instances."""
    found = az(f"vmss nic list -g {group} --vmss-name web")
    assert [item["virtualMachine"]["id"].rpartition("/")[2] for item in found] == ["0", "1"]
    assert az(f"vmss list-instance-public-ips -g {group} -n web") == []
