"""Resource groups and subscriptions."""

import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBSCRIPTION, Azure, model, rolling


def test_put_creates_then_updates() -> None:
    """201 with the whole group, then 200."""
    azure = Azure()
    created = azure.put({"location": "West US", "tags": {"team": "shop"}}, GROUP)
    assert created.status == 201
    assert created.json() == {
        "id": GROUP,
        "name": "Shop",
        "type": "Microsoft.Resources/resourceGroups",
        "location": "westus",
        "tags": {"team": "shop"},
        "properties": {"provisioningState": "Succeeded"},
    }
    assert azure.put({"location": "westus", "tags": {}}, GROUP).status == 200
    assert azure.get(GROUP)["tags"] == {}


def test_put_needs_a_location() -> None:
    """Without location: 400."""
    assert Azure().error(Azure().put({}, GROUP)) == (400, "LocationRequired", None)


def test_location_must_be_one() -> None:
    """A location that can be none is refused."""
    response = Azure().put({"location": "we/st"}, GROUP)
    assert Azure().error(response)[:2] == (400, "LocationNotAvailableForResourceGroup")


def test_location_is_fixed() -> None:
    """Another location for an existing group: 409; it stays as it was."""
    azure = Azure()
    azure.group()
    assert azure.error(azure.put({"location": "eastus"}, GROUP))[:2] == (409, "InvalidResourceGroupLocation")
    assert azure.get(GROUP)["location"] == "westus"


@pytest.mark.parametrize("name", ["a%20b", "x" * 91, "ends.", "%3F"])
def test_names_are_checked(name: str) -> None:
    """Letters, digits and ``-_.()``, at most 90, no full stop at the end."""
    response = Azure().put({"location": "westus"}, f"{SUBSCRIPTION}/resourceGroups/{name}")
    assert Azure().error(response)[:2] == (400, "InvalidResourceGroupName")


def test_head() -> None:
    """204 when it exists and 404 when not, without body."""
    azure = Azure()
    assert (azure.send("HEAD", GROUP).status, azure.send("HEAD", GROUP).body) == (404, b"")
    azure.group()
    assert (azure.send("HEAD", GROUP.lower()).status, azure.send("HEAD", GROUP).body) == (204, b"")


def test_get_of_none() -> None:
    """404 ResourceGroupNotFound in ARM's words (wire.md 3.6)."""
    response = Azure().send("GET", GROUP)
    assert response.status == 404
    assert response.json() == {
        "error": {"code": "ResourceGroupNotFound", "message": "Resource group 'Shop' could not be found."}
    }


def test_list_has_only_the_subscriptions_own() -> None:
    """Each subscription has its own groups."""
    azure = Azure()
    azure.group()
    azure.group("/subscriptions/other/resourceGroups/Shop")
    assert [group["id"] for group in azure.get(f"{SUBSCRIPTION}/resourcegroups")["value"]] == [GROUP]


def test_delete_takes_everything_along() -> None:
    """202 and a Location that answers 202 until group and scale sets are gone, then 200."""
    azure = Azure()
    azure.create()
    response = azure.send("DELETE", GROUP)
    assert response.status == 202
    poll = azure.send("GET", response.headers["Location"])
    assert poll.status == 202
    assert azure.get(GROUP)["properties"]["provisioningState"] == "Deleting"
    azure.emulator.clock.sleep(int(poll.headers["retry-after-ms"]) / 1000)
    assert azure.send("GET", response.headers["Location"]).status == 200
    assert azure.send("GET", GROUP).status == 404
    assert azure.send("GET", SET).json()["error"]["code"] == "ResourceGroupNotFound"


def test_delete_during_a_rolling_upgrade() -> None:
    """Not even a rolling upgrade keeps a group from going; its operation ends."""
    azure = Azure()
    azure.create(rolling(3))
    change = azure.patch({"sku": {"name": "Standard_D4s_v3"}})
    response = azure.send("DELETE", GROUP)
    azure.settle()
    assert azure.send("GET", response.headers["Location"]).status == 200
    assert "endTime" in azure.end(change)


def test_delete_of_none() -> None:
    """404."""
    assert Azure().send("DELETE", GROUP).status == 404


def test_group_that_goes_takes_nothing_new() -> None:
    """No scale set is made in a group that is being deleted."""
    azure = Azure()
    azure.group()
    azure.send("DELETE", GROUP)
    assert azure.error(azure.put(model()))[:2] == (409, "ResourceGroupBeingDeleted")
    assert azure.error(azure.put({"location": "westus"}, GROUP))[:2] == (409, "ResourceGroupBeingDeleted")


def test_name_is_free_again_after_deletion() -> None:
    """A new group of the same name is empty."""
    azure = Azure()
    azure.create()
    azure.send("DELETE", GROUP)
    azure.settle()
    azure.group()
    assert azure.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets") == {"value": []}


def test_any_subscription_is_there() -> None:
    """Every subscription id is served, and those with groups are listed."""
    azure = Azure()
    assert azure.get("/subscriptions/whatever")["subscriptionId"] == "whatever"
    azure.group()
    assert [item["id"] for item in azure.get("/subscriptions")["value"]] == [SUBSCRIPTION]


def test_endpoints_need_no_version() -> None:
    """``/metadata/endpoints`` says where to log in and where the resource manager is."""
    document = Azure().get("/metadata/endpoints", version=None)
    assert document["resourceManager"] == "https://localhost:8443/"
    assert document["authentication"]["loginEndpoint"] == "https://localhost:8443"


def test_endpoints_of_2022_are_one_cloud() -> None:
    """What go-azure-sdk, which is Terraform's, needs to start: name, resource manager, Graph, and every suffix."""
    document = Azure().get("/metadata/endpoints", version="2022-09-01")
    assert document["name"]
    assert document["microsoftGraphResourceId"].startswith("https://localhost:8443")
    for service in ("keyVaultDns", "storage", "mhsmDns", "synapseAnalytics", "attestationEndpoint", "acrLoginServer"):
        assert "." in document["suffixes"][service]


@pytest.mark.parametrize("version", ["2019-05-01", "2020-06-01"])
def test_endpoints_of_2019_are_a_list_of_clouds(version: str) -> None:
    """An array, as Azure PowerShell and az's ARM_CLOUD_METADATA_URL read it."""
    [cloud] = Azure().get("/metadata/endpoints", version=version)
    assert cloud["authentication"]["loginEndpoint"] == "https://localhost:8443"
    assert cloud["suffixes"]["keyVaultDns"] == "vault.azure.net"


@pytest.mark.parametrize("version", ["1.0", "2015-01-01", "2018-01-01"])
def test_endpoints_before_2019_are_flat(version: str) -> None:
    """The members that msrestazure reads."""
    document = Azure().get("/metadata/endpoints", version=version)
    assert document["galleryEndpoint"] == document["graphEndpoint"] == "https://localhost:8443"
    assert document["authentication"]["audiences"][0] == "https://localhost:8443/"
