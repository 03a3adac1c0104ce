"""What a subscription holds, its providers and its regions."""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, SUBSCRIPTION, Azure, model

NET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"
OTHER = f"{SUBSCRIPTION}/resourceGroups/Other"


@pytest.fixture
def azure() -> Azure:
    """Two groups: a Flexible scale set of one instance and a tagged network, and a network."""
    found = Azure()
    found.create(model(1, FLEXIBLE))
    found.group(OTHER)
    found.put({"location": "westus", "tags": {"Team": "shop"}, "sku": {"name": "big"}}, NET)
    found.put({"location": "eastus"}, NET.replace(GROUP, OTHER))
    return found


def names(azure: Azure, query: str = "", path: str = f"{SUBSCRIPTION}/resources") -> list[str]:
    """The types and names that a list has."""
    return [f"{item['type'].rpartition('/')[2]}/{item['name']}" for item in azure.get(f"{path}{query}")["value"]]


def test_all_types_are_listed(azure: Azure) -> None:
    """Scale sets, virtual machines of Flexible ones, and what is kept of other providers; by group too."""
    vm = azure.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachines")["value"][0]["name"]
    inside = ["virtualMachineScaleSets/web", f"virtualMachines/{vm}", "virtualNetworks/net"]
    assert names(azure) == [*inside, "virtualNetworks/net"]
    assert names(azure, path=f"{GROUP}/resources") == inside


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("resourceGroup eq 'SHOP'", 3),
        ("resourceGroup eq 'shop' and resourceType eq 'microsoft.network/virtualNetworks'", 1),
        ("tagName eq 'team' and tagValue eq 'shop'", 1),
        ("location eq 'eastus'", 1),
        ("location ne 'eastus'", 3),
        ("substringof('net', name)", 2),
        ("startswith(tagName, 'te')", 1),
    ],
)
def test_filters(azure: Azure, text: str, count: int) -> None:
    """The comparisons that az and its users send (az-cli 4)."""
    assert len(names(azure, f"?$filter={text.replace(' ', '%20')}")) == count


def test_top(azure: Azure) -> None:
    """``$top`` cuts the list."""
    assert names(azure, "?$top=1") == ["virtualMachineScaleSets/web"]


@pytest.mark.parametrize("query", ["$filter=color%20eq%20'red'", "$filter=name", "$top=-1"])
def test_bad_queries(azure: Azure, query: str) -> None:
    """A filter that is not served is refused, never ignored."""
    assert azure.send("GET", f"{SUBSCRIPTION}/resources?{query}").status == 400


def test_what_a_line_of_the_list_has(azure: Azure) -> None:
    """Without expanding: no properties and no times; ``$expand`` adds what it names."""
    path = f"{SUBSCRIPTION}/resources?$filter=tagName%20eq%20'Team'"
    plain: dict[str, Any] = azure.get(path)["value"][0]
    assert plain == {
        "id": NET,
        "name": "net",
        "type": "Microsoft.Network/virtualNetworks",
        "location": "westus",
        "sku": {"name": "big"},
        "tags": {"Team": "shop"},
    }
    more = azure.get(f"{path}&$expand=createdTime,changedTime,provisioningState")["value"][0]
    assert more["provisioningState"] == "Succeeded"
    assert more["createdTime"] == more["changedTime"]


def test_groups_by_tag(azure: Azure) -> None:
    """``az group list --tag`` filters by tagName and tagValue; a PATCH changes the tags."""
    assert azure.patch({"tags": {"cost": "7"}}, OTHER).json()["tags"] == {"cost": "7"}
    path = f"{SUBSCRIPTION}/resourcegroups?$filter=tagName%20eq%20'cost'%20and%20tagValue%20eq%20'7'"
    assert [group["name"] for group in azure.get(path)["value"]] == ["Other"]


def test_provider_tells_versions_that_are_served(azure: Azure) -> None:
    """``az resource show`` reads a resource with the newest api-version that its provider names."""
    provider = azure.get(f"{SUBSCRIPTION}/providers/microsoft.compute")
    entry = next(item for item in provider["resourceTypes"] if item["resourceType"] == "virtualMachineScaleSets")
    newest = entry["apiVersions"][0]
    assert newest == max(entry["apiVersions"])
    assert azure.get(SET, version=newest)["name"] == "web"
    assert provider["registrationState"] == "Registered"


def test_every_provider_is_in_the_list(azure: Azure) -> None:
    """The list has each provider as it is by itself; an unknown one is refused; registering is answered at once."""
    listed = azure.get(f"{SUBSCRIPTION}/providers")["value"]
    assert azure.get(f"{SUBSCRIPTION}/providers/Microsoft.Network") in listed
    assert azure.error(azure.send("GET", f"{SUBSCRIPTION}/providers/No.Such"))[:2] == (404, "InvalidResourceNamespace")
    assert azure.post(f"{SUBSCRIPTION}/providers/Microsoft.Network/register").status == 200


def test_locations(azure: Azure) -> None:
    """Regions with their zones; one of them has none."""
    found = {item["name"]: item for item in azure.get(f"{SUBSCRIPTION}/locations")["value"]}
    assert found["westus2"]["displayName"] == "West US 2"
    assert [item["logicalZone"] for item in found["westus2"]["availabilityZoneMappings"]] == ["1", "2", "3"]
    assert "availabilityZoneMappings" not in found["westus"]
