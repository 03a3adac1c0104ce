"""Resources of the providers that are not emulated: kept, shown, and nothing else."""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, SUBSCRIPTION, Azure, model

NETWORK = f"{GROUP}/providers/Microsoft.Network"
VNET = f"{NETWORK}/virtualNetworks/net"
BALANCER = f"{NETWORK}/loadBalancers/front"
STORAGE = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/shopdata"
SUBNET: dict[str, Any] = {"name": "blue", "properties": {"addressPrefix": "10.0.0.0/24"}}
NET: dict[str, Any] = {
    "location": "westus",
    "tags": {"team": "shop"},
    "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [SUBNET]},
}


@pytest.fixture
def azure() -> Azure:
    """A subscription with a resource group."""
    found = Azure()
    found.group()
    return found


def test_put_then_get(azure: Azure) -> None:
    """201 for a new one, 200 afterwards; a GET has what was given, id, name, type and provisioning state."""
    pot = f"{GROUP}/providers/Contoso.Teapots/pots/brown"
    assert azure.put({"location": "West US", "sku": {"name": "large"}, "kind": "China"}, pot).status == 201
    assert azure.put({"kind": "Glass"}, pot).status == 200
    found = azure.get(pot)
    assert {name: found[name] for name in ("id", "name", "type", "location", "kind")} == {
        "id": pot,
        "name": "brown",
        "type": "Contoso.Teapots/pots",
        "location": "westus",
        "kind": "Glass",
    }
    assert found["properties"]["provisioningState"] == "Succeeded"


@pytest.mark.parametrize(
    "path",
    [
        f"{GROUP}/providers/Microsoft.Compute/images/golden",
        f"{GROUP}/providers/Microsoft.Compute/proximityPlacementGroups/near",
        f"{GROUP}/providers/Microsoft.Insights/autoscaleSettings/auto",
        f"{GROUP}/providers/Contoso.Teapots/pots/brown/lids/small",
        f"{SUBSCRIPTION}/providers/Microsoft.Authorization/policyAssignments/0001",
    ],
)
def test_types_that_are_kept(azure: Azure, path: str) -> None:
    """Any type without rules of its own is kept, also one of Compute, an unknown one, and one of the subscription."""
    if path.endswith("small"):
        azure.put({}, path.rpartition("/lids/")[0])
    assert azure.put({"properties": {"given": [1, {"a": None}]}}, path).status == 201
    assert azure.get(path)["properties"]["given"] == [1, {"a": None}]
    assert azure.send("HEAD", path).status == 204


def test_any_case_and_spare_slashes(azure: Azure) -> None:
    """Paths match in any case, with ``//`` and with a trailing slash; the answer is spelled as Azure does."""
    azure.put(NET, VNET.replace("virtualNetworks", "VIRTUALNETWORKS").replace("Microsoft", "microsoft"))
    asked = VNET.upper().replace("/SUBSCRIPTIONS", "/subscriptions").replace("/VIRTUAL", "//VIRTUAL") + "/"
    assert azure.get(asked)["id"] == VNET
    assert azure.get(asked)["type"] == "Microsoft.Network/virtualNetworks"


def test_old_api_versions(azure: Azure) -> None:
    """Templates name api-versions of 2015; a missing one is refused as everywhere."""
    assert azure.put(NET, VNET, version="2015-06-15").status == 201
    assert azure.error(azure.send("GET", VNET, version=None))[:2] == (400, "MissingApiVersionParameter")
    assert azure.error(azure.send("GET", VNET, version="new"))[:2] == (400, "InvalidApiVersionParameter")


def test_children_of_a_parent_have_ids(azure: Azure) -> None:
    """Subnets that a network was given have ids, and can be read as resources and as a list."""
    azure.put(NET, VNET)
    blue = azure.get(f"{VNET}/subnets/BLUE")
    assert blue["id"] == f"{VNET}/subnets/blue"
    assert blue["properties"]["addressPrefix"] == "10.0.0.0/24"
    assert blue["properties"]["provisioningState"] == "Succeeded"
    assert [item["id"] for item in azure.get(f"{VNET}/subnets")["value"]] == [blue["id"]]
    assert azure.get(VNET)["properties"]["subnets"][0]["id"] == blue["id"]


def test_child_put_shows_in_the_parent(azure: Azure) -> None:
    """A NAT rule that is put by itself is in the load balancer; a second PUT replaces it, a DELETE takes it away."""
    azure.put({"location": "westus", "properties": {"backendAddressPools": [{"name": "pool"}]}}, BALANCER)
    rule = f"{BALANCER}/inboundNatRules/ssh"
    assert azure.put({"properties": {"backendPort": 22}}, rule).status == 201
    assert azure.put({"properties": {"backendPort": 2222}}, rule).status == 200
    shown = azure.get(BALANCER)["properties"]
    assert [(item["id"], item["properties"]["backendPort"]) for item in shown["inboundNatRules"]] == [(rule, 2222)]
    assert shown["backendAddressPools"][0]["id"] == f"{BALANCER}/backendAddressPools/pool"
    assert azure.send("DELETE", rule).status == 200
    assert azure.get(BALANCER)["properties"]["inboundNatRules"] == []


def test_a_put_without_the_children_leaves_them(azure: Azure) -> None:
    """Writing a network without naming subnets leaves them; an empty list takes them away."""
    azure.put(NET, VNET)
    azure.put({"location": "westus", "properties": {}}, VNET)
    assert len(azure.get(VNET)["properties"]["subnets"]) == 1
    azure.put({"location": "westus", "properties": {"subnets": []}}, VNET)
    assert azure.get(f"{VNET}/subnets")["value"] == []


def test_arrays_of_children_are_always_there(azure: Azure) -> None:
    """A load balancer has an empty array of each kind of child that it was not given; az reads them unasked."""
    azure.put({"location": "westus"}, BALANCER)
    properties = azure.get(BALANCER)["properties"]
    assert (properties["inboundNatPools"], properties["probes"]) == ([], [])


def test_children_of_their_own(azure: Azure) -> None:
    """A child that is no item of its parent needs it, and goes with it."""
    pot = f"{GROUP}/providers/Contoso.Teapots/pots/brown"
    lid = f"{pot}/lids/small"
    assert azure.error(azure.put({}, lid))[:2] == (404, "ParentResourceNotFound")
    azure.put({"location": "westus"}, pot)
    assert azure.put({}, lid).status == 201
    assert [item["id"] for item in azure.get(f"{pot}/lids")["value"]] == [lid]
    assert azure.send("DELETE", pot).status == 200
    azure.put({"location": "westus"}, pot)
    assert azure.send("GET", lid).status == 404


def test_extension_resources(azure: Azure) -> None:
    """Diagnostic settings of a scale set need the scale set and are listed on it alone."""
    setting = f"{SET}/providers/Microsoft.Insights/diagnosticSettings/all"
    assert azure.error(azure.put({}, setting))[:2] == (404, "ParentResourceNotFound")
    azure.create()
    assert azure.put({"properties": {"logs": []}}, setting).status == 200
    assert azure.get(setting)["type"] == "Microsoft.Insights/diagnosticSettings"
    assert len(azure.get(f"{SET}/providers/Microsoft.Insights/diagnosticSettings")["value"]) == 1
    assert azure.get(f"{GROUP}/providers/Microsoft.Insights/diagnosticSettings")["value"] == []


def test_lists(azure: Azure) -> None:
    """A group's list has that group's, a subscription's those of all groups."""
    other = f"{SUBSCRIPTION}/resourceGroups/Other"
    azure.group(other)
    azure.put(NET, VNET)
    azure.put(NET, VNET.replace(GROUP, other))
    assert [item["id"] for item in azure.get(f"{NETWORK}/virtualNetworks")["value"]] == [VNET]
    assert len(azure.get(f"{SUBSCRIPTION}/providers/Microsoft.Network/virtualNetworks")["value"]) == 2


def test_patch_merges(azure: Azure) -> None:
    """A PATCH changes what it names, null takes a member away."""
    azure.put(NET, VNET)
    response = azure.patch({"tags": {"team": None, "cost": "7"}, "properties": {"dhcp": {"a": 1}}}, VNET)
    assert response.status == 200
    found = azure.get(VNET)
    assert (found["tags"], found["properties"]["dhcp"], len(found["properties"]["subnets"])) == (
        {"cost": "7"},
        {"a": 1},
        1,
    )


def test_group_deletion_takes_them_along(azure: Azure) -> None:
    """What is in a resource group goes with it."""
    azure.put(NET, VNET)
    azure.send("DELETE", GROUP)
    azure.settle()
    assert azure.error(azure.send("GET", VNET))[:2] == (404, "ResourceGroupNotFound")
    azure.group()
    assert azure.error(azure.send("GET", VNET))[:2] == (404, "ResourceNotFound")


def test_reset_forgets_them(azure: Azure) -> None:
    """The control plane's reset takes them too."""
    azure.put(NET, VNET)
    azure.post("/_emulator/reset")
    azure.group()
    assert azure.send("GET", VNET).status == 404


def test_delete_of_none(azure: Azure) -> None:
    """204 when there is nothing to delete."""
    assert azure.send("DELETE", VNET).status == 204


def test_unknown_actions_are_refused(azure: Azure) -> None:
    """An action that the type does not have gets ARM's error; nothing pretends to have worked."""
    azure.put({"location": "westus"}, STORAGE)
    response = azure.post(f"{STORAGE}/listSecrets")
    assert (response.status, response.json()["error"]["code"]) == (404, "InvalidResourceType")
    start = "The resource type 'storageAccounts/listSecrets' could not be found in the namespace 'Microsoft.Storage' "
    assert response.json()["error"]["message"].startswith(start)


def test_wrong_method(azure: Azure) -> None:
    """A POST to a resource itself is 405 and tells what it has."""
    response = azure.post(VNET)
    assert (response.status, response.headers["Allow"]) == (405, "PUT, GET, PATCH, DELETE, HEAD")


def test_location_is_fixed(azure: Azure) -> None:
    """Another region for an existing resource is refused; the same one in another spelling is none."""
    azure.put(NET, VNET)
    assert azure.put({**NET, "location": "West US"}, VNET).status == 200
    assert azure.error(azure.put({**NET, "location": "eastus"}, VNET))[:2] == (409, "InvalidResourceLocation")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"properties": 7}', b'{"a":' * 70 + b"1" + b"}" * 70])
def test_bad_bodies(azure: Azure, body: bytes) -> None:
    """A body that is no object, or too deep, is 400 and keeps nothing."""
    assert azure.error(azure.put(body, STORAGE))[:2] == (400, "InvalidRequestContent")
    assert azure.send("GET", STORAGE).status == 404


def test_bad_names(azure: Azure) -> None:
    """A name with characters that ids cannot have is refused."""
    assert azure.error(azure.put({}, f"{STORAGE}%3Fb"))[:2] == (400, "InvalidResourceName")


def test_etags(azure: Azure) -> None:
    """If-Match and If-None-Match hold for kept resources too."""
    first = azure.put(NET, VNET).headers["ETag"]
    assert azure.get(VNET)["etag"] == first
    assert azure.put(NET, VNET, headers={"If-None-Match": "*"}).status == 412
    assert azure.put(NET, VNET, headers={"If-Match": first}).status == 200
    assert azure.put(NET, VNET, headers={"If-Match": first}).status == 412


def test_what_the_service_sets(azure: Azure) -> None:
    """Members that templates read from a service's answer are there: endpoints, principals, addresses, host names."""
    azure.put({"location": "westus"}, STORAGE)
    assert azure.get(STORAGE)["properties"]["primaryEndpoints"]["blob"] == "https://shopdata.blob.core.windows.net/"
    identity = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me"
    azure.put({"location": "westus"}, identity)
    assert len(azure.get(identity)["properties"]["principalId"]) == 36
    address = f"{NETWORK}/publicIPAddresses/ip"
    azure.put({"location": "westus", "properties": {"dnsSettings": {"domainNameLabel": "shop"}}}, address)
    properties = azure.get(address)["properties"]
    assert properties["dnsSettings"] == {"fqdn": "shop.westus.cloudapp.azure.com", "domainNameLabel": "shop"}
    assert properties["ipAddress"].startswith("203.0.113.")


def test_secrets_are_not_shown(azure: Azure) -> None:
    """A vault's secret is kept, but its value is in no answer and in no repr."""
    vault = f"{GROUP}/providers/Microsoft.KeyVault/vaults/safe"
    azure.put({"location": "westus"}, vault)
    response = azure.put({"properties": {"value": "hunter2", "contentType": "t"}}, f"{vault}/secrets/door")
    assert response.json()["properties"]["contentType"] == "t"
    assert b"hunter2" not in response.body + azure.send("GET", f"{vault}/secrets/door").body


def test_types_with_rules_are_not_kept(azure: Azure) -> None:
    """A scale set is created by its own rules, a virtual machine only inside of one."""
    azure.create(model(1, FLEXIBLE))
    assert azure.error(azure.put({}, f"{SET}/cupboards/a"))[:2] == (404, "InvalidResourceType")
    assert azure.put({}, f"{GROUP}/providers/Microsoft.Compute/virtualMachines/alone").status == 400


def test_members_are_found_in_any_case() -> None:
    """ARM's own members, those of items too, and arrays of children: as Azure spells them, however they are written."""
    azure = Azure()
    azure.group()
    rules = [{"Name": "a", "properties": {"frontendPort": 80}}, {"properties": {"frontendPort": 81}}]
    sent = {"Location": "westus", "PROPERTIES": {"loadbalancingRules": rules}}
    path = f"{GROUP}/providers/Microsoft.Network/loadBalancers/lb"
    azure.put(sent, path)
    found = azure.get(path)
    assert found["location"] == "westus"
    shown = found["properties"]["loadBalancingRules"]
    assert shown[0]["id"] == f"{path}/loadBalancingRules/a"
    assert [rule["properties"]["frontendPort"] for rule in shown] == [80, 81]
    assert "loadbalancingRules" not in found["properties"]
