"""Azure Resource Graph: a subset of its query language over the emulator's resources."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, SUBSCRIPTION, Azure, model
from tests.emulator.arm.guarded import Guarded

GRAPH = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks"
OTHER = f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/flex"
INSTANCES = "microsoft.compute/virtualmachinescalesets/virtualmachines"


@pytest.fixture(scope="module")
def azure() -> Azure:
    """A Uniform set of 3 instances, one stopped; a Flexible one of 2; two networks."""
    azure = Azure()
    azure.create(model(3, {"tags": {"team": "shop", "cost": "7"}}))
    azure.done(azure.post(f"{SET}/virtualMachines/1/deallocate"))
    azure.create(model(2, FLEXIBLE), OTHER)
    for name, place in (("b", "westeurope"), ("A", "westus")):
        azure.put({"location": place, "tags": {"team": name}}, f"{NETWORK}/{name}")
    return azure


def answer(azure: Azure, query: str, **options: Any) -> Any:
    """The whole answer."""
    reply = azure.post(GRAPH, {"query": query, **options})
    assert reply.status == 200, reply.body
    return reply.json()


def rows(azure: Azure, query: str, **options: Any) -> list[Any]:
    """The rows of the answer."""
    found: list[Any] = answer(azure, query, **options)["data"]
    return found


def names(azure: Azure, query: str) -> list[str]:
    """The names in the rows of the answer."""
    return [row["name"] for row in rows(azure, query)]


def test_a_row_of_resources(azure: Azure) -> None:
    """The columns of Azure's table; types are in lower case, ids are not."""
    [row] = rows(azure, "Resources | where type == 'microsoft.compute/virtualmachinescalesets' and name == 'web'")
    assert (row["id"], row["resourceGroup"], row["location"]) == (SET, "Shop", "westus")
    assert row["subscriptionId"] == SUBSCRIPTION.rpartition("/")[2]
    assert row["sku"] == {"name": "Standard_D2s_v3", "tier": "Standard", "capacity": 3}
    assert row["properties"]["upgradePolicy"]["mode"] == "Manual"
    assert row["kind"] == row["managedBy"] == ""
    assert row["plan"] is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("resources | where type =~ 'Microsoft.Network/virtualNetworks' | order by name asc", ["A", "b"]),
        ("where type has 'virtualNetworks' | sort by name desc", ["b", "A"]),
        ("Resources | where tags.team == 'shop'", ["web"]),
        ("Resources | where tags['team'] == 'shop' and tags.cost == '7'", ["web"]),
        ("Resources | where location != 'westus'", ["b"]),
        ("Resources | where location in ('westeurope', 'eastus')", ["b"]),
        ("Resources | where name in~ ('WEB', 'a') | order by name asc", ["A", "web"]),
        ("Resources | where name !in ('web', 'flex') and type !contains 'machine' | order by name asc", ["A", "b"]),
        ("Resources | where sku.capacity > 2", ["web"]),
        ("Resources | where sku.capacity >= 2 and sku.capacity < 3", ["flex"]),
        ("Resources | where isnotempty(tags.cost)", ["web"]),
        ("Resources | where name startswith 'W' or (name endswith 'LEX')| order by name asc", ["flex", "web"]),
        ('Resources | where properties.orchestrationMode == "Flexible" // a note', ["flex"]),
        ("Resources | where not(type contains 'compute') | top 1 by name asc", ["A"]),
        ("Resources | where type contains 'networks' | order by tolower(name) asc | take 1", ["A"]),
    ],
)
def test_where_and_order(azure: Azure, query: str, expected: list[str]) -> None:
    """Comparisons, texts, lists, functions; order is descending unless it is said."""
    assert names(azure, query) == expected


def test_project_and_extend(azure: Azure) -> None:
    """Columns by name, by expression, and added ones."""
    query = (
        "Resources | where name == 'web' | extend big = sku.capacity > 2, place = strcat(location, '/', resourceGroup)"
        " | project name, mode = properties.upgradePolicy.mode, big, place, sku.name, n = toint(sku.capacity) * 2"
    )
    assert rows(azure, query) == [
        {
            "name": "web",
            "mode": "Manual",
            "big": True,
            "place": "westus/Shop",
            "sku_name": "Standard_D2s_v3",
            "n": 6,
        }
    ]


def test_project_away(azure: Azure) -> None:
    """All other columns stay."""
    [row] = rows(azure, "Resources | where name == 'web' | project-away properties, sku")
    assert "properties" not in row
    assert row["name"] == "web"


def test_summarize(azure: Azure) -> None:
    """Counts by column, and other aggregates; alone it is one row."""
    query = "Resources | where type contains 'networks' | summarize count() by location | order by location asc"
    assert rows(azure, query) == [{"location": "westeurope", "count_": 1}, {"location": "westus", "count_": 1}]
    query = (
        "Resources | where type endswith 'scalesets' | summarize total = sum(sku.capacity), most = max(sku.capacity)"
    )
    assert rows(azure, query) == [{"total": 5, "most": 3}]
    query = "Resources | summarize dcount(location), flexible = countif(properties.orchestrationMode == 'Flexible')"
    assert rows(azure, query) == [{"dcount_location": 2, "flexible": 1}]


def test_count_and_distinct(azure: Azure) -> None:
    """The number of rows, and different values."""
    assert rows(azure, "Resources | where type endswith 'scalesets' | count") == [{"Count": 2}]
    assert rows(azure, "Resources | where type has 'virtualNetworks' | distinct type") == [
        {"type": "microsoft.network/virtualnetworks"}
    ]


def test_power_states_of_instances(azure: Azure) -> None:
    """Instances of Uniform sets are in ComputeResources, machines of Flexible ones in Resources."""
    power = "extend power = tostring(properties.extended.instanceView.powerState.code)"
    query = (
        f"ComputeResources | where type =~ '{INSTANCES}' | {power} | summarize count() by power | order by power asc"
    )
    assert rows(azure, query) == [
        {"power": "PowerState/deallocated", "count_": 1},
        {"power": "PowerState/running", "count_": 2},
    ]
    query = f"Resources | where type == 'microsoft.compute/virtualmachines' | {power} | project power"
    assert rows(azure, query) == [{"power": "PowerState/running"}] * 2


def test_an_instance_has_its_id(azure: Azure) -> None:
    """By which it can be read."""
    [row] = rows(azure, "ComputeResources | where properties.extended.instanceView.powerState.code has 'deallocated'")
    assert row["id"] == f"{SET}/virtualMachines/1"


def test_resource_containers(azure: Azure) -> None:
    """Subscriptions and groups."""
    found = rows(azure, "ResourceContainers | project type, name | order by type asc")
    assert found[-1] == {"type": "microsoft.resources/subscriptions/resourcegroups", "name": "Shop"}
    assert found[0]["type"] == "microsoft.resources/subscriptions"


def test_pages(azure: Azure) -> None:
    """``$top``, ``$skip`` and ``$skipToken``."""
    first = answer(azure, "Resources | order by name asc", options={"$top": 2})
    assert (first["count"], first["totalRecords"], first["resultTruncated"]) == (2, 6, "true")
    second = answer(azure, "Resources | order by name asc", options={"$skipToken": first["$skipToken"]})
    assert (second["count"], second["resultTruncated"]) == (4, "false")
    skipped = answer(azure, "Resources | order by name asc", options={"$skip": 2})
    assert skipped["data"] == second["data"]


def test_table_format(azure: Azure) -> None:
    """Columns with their types, and rows."""
    found = answer(
        azure, "Resources | where name == 'web' | project name, n = sku.capacity", options={"resultFormat": "table"}
    )
    assert found["data"] == {
        "columns": [{"name": "name", "type": "string"}, {"name": "n", "type": "integer"}],
        "rows": [["web", 3]],
    }


def test_subscriptions(azure: Azure) -> None:
    """Those that are named; all when none is."""
    own = SUBSCRIPTION.rpartition("/")[2]
    assert rows(azure, "Resources", subscriptions=["00000000-0000-0000-0000-000000000000"]) == []
    assert rows(azure, "Resources", subscriptions=[own]) == rows(azure, "Resources")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "query"),
        ("Resources | join (ResourceContainers) on subscriptionId", "'join'"),
        ("Resources | mv-expand tags", "'mv-expand'"),
        ("Resources | union ResourceContainers", "'union'"),
        ("Nothing", "'nothing'"),
        ("Resources | where parse_json(tags) == 1", "'parse_json'"),
        ("Resources | summarize percentile(sku.capacity, 5)", "'percentile'"),
        ("Resources | where name ==", "end of the query"),
        ("Resources | where name == 'x", "position 27"),
        ("Resources | take many", "a whole number"),
        ("Resources | order name", "'by'"),
        ("Resources where name == 'x'", "'|'"),
        ("Resources | where tolower() == 'x'", "'tolower'"),
        (f"Resources | where {'(' * 60}1{')' * 60} == 1", "nested"),
    ],
)
def test_what_is_not_served_is_said(azure: Azure, query: str, named: str) -> None:
    """400, which names the thing."""
    reply = azure.post(GRAPH, {"query": query})
    assert azure.error(reply)[:2] == (400, "BadRequest")
    assert named in reply.json()["error"]["message"]


@pytest.mark.parametrize("options", [{"$top": 1001}, {"$top": "5"}, {"$skip": -1}, {"$skipToken": "?"}])
def test_options_that_are_refused(azure: Azure, options: dict[str, Any]) -> None:
    """400."""
    assert azure.post(GRAPH, {"query": "Resources", "options": options}).status == 400


def test_rows_that_may_be_read() -> None:
    """Everybody may ask, and sees what its roles let it read."""
    azure = Guarded("owner")
    azure.create()
    azure.create(path=SET.replace("/Shop/", "/Other/"))
    azure.be("group-reader")
    assert [row["resourceGroup"] for row in rows(azure, "Resources")] == ["Shop"]
    assert {row["resourceGroup"] for row in rows(azure, "ComputeResources")} == {"Shop"}
