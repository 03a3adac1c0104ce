"""Forms that people use and Azure takes: references by type and name, empty texts, whole resources as ids."""

from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBNET, Azure, model
from tests.emulator.arm.deploying import DEPLOYMENT, SCALE_SETS, body, deploy, scale_set, template

Document = dict[str, Any]

ACCOUNTS = "Microsoft.Storage/storageAccounts"
ACCOUNT = {"type": ACCOUNTS, "apiVersion": "2023-01-01", "name": "acct1xyz", "location": "westus", "kind": "StorageV2"}
PROFILE = "properties.virtualMachineProfile"
NICS = f"{PROFILE}.networkProfile.networkInterfaceConfigurations"


@pytest.fixture
def azure() -> Azure:
    """A subscription of its own."""
    return Azure()


def _output(azure: Azure, expression: str, *resources: Document) -> Any:
    outputs = {"found": {"type": "array", "value": [expression]}}
    return deploy(azure, body(template(*resources, outputs=outputs)))["properties"]["outputs"]["found"]["value"][0]


def _nics(**members: Any) -> list[Document]:
    """The interface of an instance whose IP configuration has these members too."""
    ip = {"name": "ip", "properties": {"subnet": {"id": SUBNET}, **members}}
    return [{"name": "nic", "properties": {"primary": True, "ipConfigurations": [ip]}}]


@pytest.mark.parametrize(
    "expression",
    [
        f"[reference('{ACCOUNTS}/acct1xyz').provisioningState]",
        f"[reference(concat('{ACCOUNTS}/', 'acct1xyz'), '2023-01-01').provisioningState]",
        f"[reference('{ACCOUNTS}/acct1xyz', '2023-01-01', 'Full').properties.provisioningState]",
        f"[reference(resourceId('{ACCOUNTS}/', 'acct1xyz')).provisioningState]",
        "[reference('acct1xyz').provisioningState]",
    ],
)
def test_resources_of_the_template_by_type_and_name(azure: Azure, expression: str) -> None:
    """``reference()`` takes a name, a type and a name, or an id."""
    assert _output(azure, expression, ACCOUNT) == "Succeeded"


def test_resources_that_are_there_by_type_and_name(azure: Azure) -> None:
    """What is not in the template is looked up in the group of the deployment, also by ``list…`` functions."""
    deploy(azure, body(template(ACCOUNT)))
    assert _output(azure, f"[reference('{ACCOUNTS}/acct1xyz', '2023-01-01').provisioningState]") == "Succeeded"
    assert _output(azure, f"[length(listKeys('{ACCOUNTS}/acct1xyz', '2023-01-01').keys)]") == 2


def test_a_reference_in_a_resource_waits_for_the_resource(azure: Azure) -> None:
    """By type and name it is a dependency as by id."""
    tag = f"[reference('{ACCOUNTS}/acct1xyz').primaryEndpoints.blob]"
    deploy(azure, body(template(scale_set("web", tags={"blob": tag}), ACCOUNT)))
    assert azure.get(SET)["tags"] == {"blob": "https://acct1xyz.blob.core.windows.net/"}


def test_children_of_what_azure_makes_by_itself(azure: Azure) -> None:
    """A container is put into the blob service ``default``, which no template names."""
    kind = f"{ACCOUNTS}/blobServices/containers"
    container = {"type": kind, "apiVersion": "2023-01-01", "name": "acct1xyz/default/c1", "dependsOn": ["acct1xyz"]}
    deploy(azure, body(template(ACCOUNT, container)))
    assert azure.get(f"{GROUP}/providers/{ACCOUNTS}/acct1xyz/blobServices/default/containers/c1")["name"] == "c1"


def test_backend_pools_as_the_load_balancer_shows_them(azure: Azure) -> None:
    """Of a whole resource where an id belongs only the id counts."""
    balancer = {
        "type": "Microsoft.Network/loadBalancers",
        "apiVersion": "2023-04-01",
        "name": "lb",
        "location": "westus",
        "properties": {"backendAddressPools": [{"name": "pool"}]},
    }
    pools = "[reference('lb').backendAddressPools]"
    web = scale_set("web", "lb", changes={NICS: _nics(loadBalancerBackendAddressPools=pools)})
    deploy(azure, body(template(balancer, web)))
    nic = azure.get(SET)["properties"]["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"][0]
    found = nic["properties"]["ipConfigurations"][0]["properties"]["loadBalancerBackendAddressPools"]
    assert found == [{"id": f"{GROUP}/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/pool"}]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("zones", None),
        (f"{PROFILE}.securityProfile.securityType", None),
        (f"{PROFILE}.priority", None),
        (f"{PROFILE}.storageProfile.dataDisks", None),
        ("properties.upgradePolicy.rollingUpgradePolicy", None),
        ("properties.singlePlacementGroup", True),
    ],
)
def test_an_empty_text_is_none_where_something_else_belongs(azure: Azure, path: str, shown: Any) -> None:
    """Modules write ``''`` for what is not wanted: enums, arrays, objects and booleans."""
    azure.group()
    azure.create(model(1, {path: ""}))
    found: Any = azure.get(SET)
    for step in path.split("."):
        found = (found or {}).get(step)
    assert found == shown


def test_an_extension_may_have_a_location(azure: Azure) -> None:
    """Templates give a location to any resource; an extension has none of its own, and other members are refused."""
    extension = {
        "type": f"{SCALE_SETS}/extensions",
        "apiVersion": "2024-07-01",
        "name": "web/script",
        "location": "westus",
        "tags": {"a": "b"},
        "dependsOn": ["web"],
        "properties": {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1"},
    }
    deploy(azure, body(template(scale_set("web"), extension)))
    assert "location" not in azure.get(f"{SET}/extensions/script")
    refused = azure.send("PUT", f"{SET}/extensions/other", {"place": "westus", "properties": {}})
    assert refused.status == 400


def test_public_addresses_of_instances_by_id(azure: Azure) -> None:
    """An address of an instance is a resource below it, with the instance's number in its name in DNS."""
    public = {"name": "public", "properties": {"dnsSettings": {"domainNameLabel": "srv"}}}
    web = scale_set("web", changes={NICS: _nics(publicIPAddressConfiguration=public)})
    kind = f"{SCALE_SETS}/virtualMachines/networkInterfaces/ipConfigurations/publicIPAddresses"
    expression = f"[reference(resourceId('{kind}', 'web', '0', 'nic', 'ip', 'public'), '2017-03-30').dnsSettings.fqdn]"
    assert _output(azure, expression, web) == "vm0.srv.westus.cloudapp.azure.com"
    configuration = f"{SET}/virtualMachines/0/networkInterfaces/nic/ipConfigurations/ip"
    address = azure.get(f"{configuration}/publicIPAddresses/public")
    assert azure.get(f"{configuration}/publicIPAddresses")["value"] == [address]
    assert azure.get(configuration)["properties"]["publicIPAddress"] == {"id": address["id"]}
    assert azure.get(f"{configuration.removesuffix('/ip')}")["value"] == [azure.get(configuration)]
    assert azure.send("GET", f"{configuration}/publicIPAddresses/none").status == 404
    assert azure.send("GET", f"{configuration}2").status == 404


def test_profiles_name_the_api_versions(azure: Azure) -> None:
    """``apiProfile`` stands for the api-versions that resources do not name; without both a resource is refused."""
    web = {name: value for name, value in scale_set("web").items() if name != "apiVersion"}
    deploy(azure, body(template(web, apiProfile="2020-09-01-hybrid")))
    assert azure.get(SET)["properties"]["provisioningState"] == "Succeeded"
    refused = azure.send("PUT", DEPLOYMENT, body(template(web)))
    assert "the api-version property is required" in refused.json()["error"]["message"]


def test_what_is_there_is_left_as_it_is_where_a_template_says_so(azure: Azure) -> None:
    """``@onlyIfNotExists()`` makes a resource that is missing, and does not touch one that is there."""
    tagged = {**ACCOUNT, "tags": {"by": "first"}, "@options": {"onlyIfNotExists": True}}
    deploy(azure, body(template(tagged)))
    deploy(azure, body(template({**tagged, "tags": {"by": "second"}})))
    assert azure.get(f"{GROUP}/providers/{ACCOUNTS}/acct1xyz")["tags"] == {"by": "first"}
    deploy(azure, body(template({**tagged, "tags": {"by": "third"}, "@options": {}})))
    assert azure.get(f"{GROUP}/providers/{ACCOUNTS}/acct1xyz")["tags"] == {"by": "third"}


def test_the_deployer_is_who_asked(azure: Azure) -> None:
    """``deployer()`` tells the ids of the caller; where nobody is asked, of nobody."""
    found = _output(azure, "[deployer()]")
    assert found["objectId"] == "00000000-0000-0000-0000-000000000000"
    assert found["tenantId"] == _output(azure, "[tenant().tenantId]")
