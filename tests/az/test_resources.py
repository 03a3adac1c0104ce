"""``az group``, ``az resource``, ``az account`` and what else is looked up around scale sets."""

from pathlib import Path

from tests.az.az import SUBSCRIPTION, Az
from vmss_sdk import VmssClient
from vmss_sdk.handles.scale_set import ScaleSet


def test_account(az: Az) -> None:
    """Who is logged in, where; a token can be had for other tools."""
    shown = az("account show")
    assert (shown["id"], shown["user"]["type"]) == (SUBSCRIPTION, "servicePrincipal")
    assert az("account get-access-token")["tokenType"] == "Bearer"
    assert "westus2" in [item["name"] for item in az("account list-locations")]


def test_groups(az: Az, client: VmssClient) -> None:
    """Create, exists, show, list, update, delete."""
    az("group create -n made-by-az -l westeurope --tags team=made-by-az")
    assert az("group exists -n made-by-az") is True
    assert az("group show -n made-by-az")["location"] == "westeurope"
    assert [item["name"] for item in az("group list --tag team=made-by-az")] == ["made-by-az"]
    az("group update -n made-by-az --set tags.cost=seven")
    assert client.resource_groups.get("made-by-az").tags == {"team": "made-by-az", "cost": "seven"}
    az("group delete -n made-by-az --yes")
    assert not client.resource_groups.exists("made-by-az")
    assert az("group exists -n made-by-az") is False


def test_resource_list(az: Az, group: str, web: ScaleSet) -> None:
    """All of a group, and those of a type."""
    assert [item["name"] for item in az(f"resource list -g {group}")] == ["web"]
    kind = "Microsoft.Compute/virtualMachineScaleSets"
    listed = az(f"resource list -g {group} --resource-type {kind}")
    assert [(item["type"], item["tags"]) for item in listed] == [(kind, {"team": "shop"})]


def test_resource_show(az: Az, group: str, web: ScaleSet) -> None:
    """By type and name, and by id; az asks the provider for its newest api-version."""
    shown = az(f"resource show -g {group} -n web --resource-type Microsoft.Compute/virtualMachineScaleSets")
    assert shown["properties"]["provisioningState"] == "Succeeded"
    assert az(f"resource show --ids {shown['id']}")["id"] == shown["id"]


def test_resource_change(az: Az, group: str, web: ScaleSet) -> None:
    """Tags and other members by the general command; then it is deleted."""
    line = f"-g {group} -n web --resource-type Microsoft.Compute/virtualMachineScaleSets"
    assert az(f"resource tag {line} --tags team=ops")["tags"] == {"team": "ops"}
    assert az(f"resource update {line} --set tags.cost=seven")["tags"] == {"team": "ops", "cost": "seven"}
    az(f"resource delete {line}")
    assert not web.exists()


def test_autoscale(az: Az, group: str, web: ScaleSet) -> None:
    """Settings of autoscale are kept beside the scale set."""
    target = f"--resource web --resource-type {web.get().type}"
    az(f"monitor autoscale create -g {group} {target} -n auto --min-count 1 --max-count 5 --count 2")
    rule = "Percentage CPU > 75 avg 5m"
    az(f"monitor autoscale rule create -g {group} --autoscale-name auto --scale out 1", "--condition", rule)
    shown = az(f"monitor autoscale show -g {group} -n auto")
    assert [rule["metricTrigger"]["threshold"] for rule in shown["profiles"][0]["rules"]] == [75]


def test_network(az: Az, group: str) -> None:
    """A network of one's own, as scripts make it before they create a scale set."""
    az(f"network vnet create -g {group} -n net --address-prefixes 10.1.0.0/16 --subnet-name blue")
    az(f"network vnet subnet create -g {group} --vnet-name net -n green --address-prefixes 10.1.9.0/24")
    assert [item["name"] for item in az(f"network vnet subnet list -g {group} --vnet-name net")] == ["blue", "green"]
    az(f"network public-ip create -g {group} -n front --sku Standard")
    shown = az(f"network public-ip show -g {group} -n front")
    assert (shown["sku"]["name"], shown["provisioningState"]) == ("Standard", "Succeeded")
    az(f"network vnet delete -g {group} -n net")
    assert az(f"network vnet list -g {group}") == []


def test_sizes_and_images(az: Az) -> None:
    """The catalogues that people look into before they create."""
    sizes = [item["name"] for item in az("vm list-sizes -l westus2")]
    assert "Standard_D2s_v5" in sizes
    skus = az("vm list-skus -l westus2 --size Standard_D2s_v5 --zone")
    assert skus[0]["locationInfo"][0]["zones"] == ["1", "2", "3"]
    assert az("vm list-usage -l westus2")
    assert "Ubuntu2204" in [item.get("urnAlias") for item in az("vm image list")]
    images = az("vm image list -l westus2 --publisher Canonical --offer ubuntu-24_04-lts --sku server --all")
    assert len(images) > 1
    shown = az("vm image show -l westus2 --urn Canonical:ubuntu-24_04-lts:server:latest")
    assert shown["name"] == images[-1]["version"]


def test_provider(az: Az) -> None:
    """``az provider show`` finds Compute registered."""
    assert az("provider show -n Microsoft.Compute")["registrationState"] == "Registered"


def test_output_to_a_table(az: Az, group: str, web: ScaleSet, folder: Path) -> None:
    """Other forms of output work as well."""
    table = az.run(f"vmss list -g {group} -o table")
    assert "web" in table.output
    assert az.run(f"vmss show -g {group} -n web --query name -o tsv").output.strip() == "web"
