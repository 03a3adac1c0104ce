"""Lists of instances: pages, filters, and what each item shows (wire.md 3.10)."""

import pytest

from tests.emulator.arm.azure import FLEXIBLE, SET, SUBNET, Azure, model

VMS = f"{SET}/virtualMachines"


@pytest.fixture
def azure() -> Azure:
    """Five instances, of which 1 and 3 are outdated and 4 is deallocated."""
    azure = Azure(page_size=2)
    azure.create(model(5))
    azure.done(azure.patch({"sku": {"name": "Standard_D4s_v3"}}))
    azure.done(azure.post(f"{SET}/manualupgrade", {"instanceIds": ["0", "2", "4"]}))
    azure.done(azure.post(f"{SET}/deallocate", {"instanceIds": ["4"]}))
    return azure


def pages(azure: Azure, path: str) -> list[list[str]]:
    """The ids on each page, following the links."""
    found = []
    url: str | None = path
    while url is not None:
        body = azure.get(url)
        found.append([item["instanceId"] for item in body["value"]])
        url = body.get("nextLink")
    return found


def test_pages(azure: Azure) -> None:
    """Pages of the set size, with a link to the next one until the last."""
    assert pages(azure, VMS) == [["0", "1"], ["2", "3"], ["4"]]


def test_link(azure: Azure) -> None:
    """The link is absolute, has the version and a $skiptoken, and keeps the other options."""
    link = azure.get(f"{VMS}?$filter=name ne-not".replace("name ne-not", "properties/provisioningState eq 'Succeeded'"))
    assert link["nextLink"].startswith(f"https://localhost:8443{VMS}?")
    assert "api-version=2024-07-01" in link["nextLink"]
    assert "$skiptoken=" in link["nextLink"]
    assert "$filter=" in link["nextLink"]


def test_page_after_a_deletion(azure: Azure) -> None:
    """An instance that goes between two pages shifts nothing."""
    link = azure.get(VMS)["nextLink"]
    azure.done(azure.send("DELETE", f"{VMS}/0"))
    assert [item["instanceId"] for item in azure.get(link)["value"]] == ["2", "3"]


def test_default_page() -> None:
    """120 instances on a page, as was seen on Azure."""
    azure = Azure()
    azure.create(model(130, {"properties.singlePlacementGroup": False}))
    assert [len(page) for page in pages(azure, VMS)] == [120, 10]


@pytest.mark.parametrize("token", ["x", "", "%00", "bm8="])
def test_token_of_others(azure: Azure, token: str) -> None:
    """A token that is not from a link is refused."""
    response = azure.send("GET", f"{VMS}?$skiptoken={token}")
    assert azure.error(response) == (400, "InvalidParameter", "$skiptoken")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("properties/latestModelApplied eq false", ["1", "3"]),
        ("properties/latestModelApplied%20eq%20true", ["0", "2", "4"]),
        ("properties/LatestModelApplied eq False", ["1", "3"]),
        ("properties/latestModelApplied+eq+false", ["1", "3"]),
        ("instanceId eq '3'", ["3"]),
        ("name eq 'WEB_3'", ["3"]),
        ("startswith(instanceView/statuses/code, 'PowerState/dealloc')", ["4"]),
        ("startswith(instanceView/statuses/code,'PowerState') eq true", ["0", "1", "2", "3", "4"]),
        ("instanceView/statuses/code eq 'PowerState/running' and properties/latestModelApplied eq true", ["0", "2"]),
        ("properties/provisioningState eq 'Failed'", []),
        ("name eq 'a and b'", []),
        ("", ["0", "1", "2", "3", "4"]),
    ],
)
def test_filters(azure: Azure, text: str, ids: list[str]) -> None:
    """Comparisons and startswith, joined by and; members and words in any case."""
    assert [i for page in pages(azure, f"{VMS}?$filter={text}") for i in page] == ids


@pytest.mark.parametrize(
    "text",
    [
        "latestModelApplied",
        "properties/latestModelApplied ne true",
        "properties/osProfile/computerName eq 'x'",
        "properties/latestModelApplied eq true or name eq 'x'",
        "contains(name, 'x')",
        "name eq 'x",
    ],
)
def test_filters_that_are_not_served(azure: Azure, text: str) -> None:
    """400 that says what is; never an answer that ignores the filter."""
    response = azure.send("GET", f"{VMS}?$filter={text}")
    assert azure.error(response) == (400, "InvalidParameter", "$filter")
    assert "properties/latestModelApplied eq false" in response.json()["error"]["message"]


def test_select(azure: Azure) -> None:
    """With ``$select=instanceView`` an item is little else (wire.md 3.10)."""
    item = azure.get(f"{VMS}?$expand=instanceView&$select=instanceView")["value"][0]
    assert list(item) == ["id", "instanceId", "properties"]
    assert list(item["properties"]) == ["latestModelApplied", "instanceView", "provisioningState", "hardwareProfile"]
    assert item["properties"]["instanceView"] == azure.get(f"{VMS}/0/instanceView")


def test_expand(azure: Azure) -> None:
    """With ``$expand=instanceView`` each item has its instance view."""
    item = azure.get(f"{VMS}?$expand=instanceView")["value"][0]
    assert item == azure.get(f"{VMS}/0?$expand=instanceView")


def test_items_are_what_get_returns(azure: Azure) -> None:
    """An item of the list is the instance as GET returns it; the charge is their number."""
    response = azure.send("GET", VMS)
    assert response.json()["value"] == [azure.get(f"{VMS}/0"), azure.get(f"{VMS}/1")]
    assert response.headers["x-ms-request-charge"] == "2"


def test_items_with_changes_of_their_own(azure: Azure) -> None:
    """So they are for instances that were changed individually."""
    addresses = [{"name": "ip", "properties": {"subnet": {"id": SUBNET}}}]
    nic = {"name": "nic", "properties": {"enableIPForwarding": True, "ipConfigurations": addresses}}
    nics = {"networkInterfaceConfigurations": [nic]}
    for instance_id in ("0", "1"):
        azure.done(azure.put({"properties": {"networkProfileConfiguration": nics}}, f"{VMS}/{instance_id}"))
    assert azure.get(VMS)["value"] == [azure.get(f"{VMS}/0"), azure.get(f"{VMS}/1")]


def test_flexible_items_are_short() -> None:
    """A Flexible scale set's list tells identity only (wire.md 3.10)."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    (item,) = azure.instances()
    assert list(item) == ["name", "id", "type", "location", "instanceId", "zones"]
    assert item["instanceId"] == item["name"]
    assert item["name"].startswith("web_")
    assert item["zones"] == [None]
