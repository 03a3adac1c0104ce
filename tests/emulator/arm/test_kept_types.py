"""Kept resources answer like their kind: what the service sets, what their actions answer, which status a PUT has.

Expected values come from the providers' API descriptions and documentation.
"""

from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_public_key

from tests.emulator.arm.azure import GROUP, SUBSCRIPTION, Azure

GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PROVIDERS = f"{GROUP}/providers"
STORAGE = f"{PROVIDERS}/Microsoft.Storage/storageAccounts/shopdata"
IDENTITY = f"{PROVIDERS}/Microsoft.ManagedIdentity/userAssignedIdentities/ops"
SSH_KEY = f"{PROVIDERS}/Microsoft.Compute/sshPublicKeys/ops"
BALANCER = f"{PROVIDERS}/Microsoft.Network/loadBalancers/inner"
VNET = f"{PROVIDERS}/Microsoft.Network/virtualNetworks/net"


@pytest.fixture
def azure() -> Azure:
    """A subscription with a resource group."""
    found = Azure()
    found.group()
    return found


def kept(azure: Azure, kind: str, name: str, version: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """A resource as a GET shows it after it was made."""
    path = f"{PROVIDERS}/{kind}/{name}"
    response = azure.put({"location": "westus", **(body or {})}, path, version=version)
    assert response.status < 300, response.body
    document: dict[str, Any] = azure.get(path, version=version)
    return document


@pytest.mark.parametrize(
    ("kind", "version", "member", "expected"),
    [
        ("Microsoft.Sql/servers", "2021-11-01", "fullyQualifiedDomainName", "shop.database.windows.net"),
        ("Microsoft.DBforMySQL/servers", "2017-12-01", "fullyQualifiedDomainName", "shop.mysql.database.azure.com"),
        (
            "Microsoft.DBforMySQL/flexibleServers",
            "2023-12-30",
            "fullyQualifiedDomainName",
            "shop.mysql.database.azure.com",
        ),
        (
            "Microsoft.DBforPostgreSQL/flexibleServers",
            "2022-12-01",
            "fullyQualifiedDomainName",
            "shop.postgres.database.azure.com",
        ),
        (
            "Microsoft.DocumentDB/databaseAccounts",
            "2023-04-15",
            "documentEndpoint",
            "https://shop.documents.azure.com:443/",
        ),
        ("Microsoft.KeyVault/vaults", "2022-07-01", "vaultUri", "https://shop.vault.azure.net/"),
        ("Microsoft.Cache/Redis", "2023-08-01", "hostName", "shop.redis.cache.windows.net"),
        ("Microsoft.Web/sites", "2022-09-01", "defaultHostName", "shop.azurewebsites.net"),
        (
            "Microsoft.EventHub/namespaces",
            "2021-11-01",
            "serviceBusEndpoint",
            "https://shop.servicebus.windows.net:443/",
        ),
        ("Microsoft.AppConfiguration/configurationStores", "2023-03-01", "endpoint", "https://shop.azconfig.io"),
    ],
)
def test_host_names(azure: Azure, kind: str, version: str, member: str, expected: str) -> None:
    """What has a name in DNS tells it, in lower case; what a client says of it does not count."""
    found = kept(azure, kind, "Shop", version, {"properties": {member: "my.own.example"}})
    if kind == "Microsoft.KeyVault/vaults":  # the one that may be given
        expected = "my.own.example"
    assert found["properties"][member] == expected


def test_vault_uri(azure: Azure) -> None:
    """A vault has an address, a tenant and soft deletion unless something else is given."""
    found = kept(azure, "Microsoft.KeyVault/vaults", "Shop-1", "2022-07-01")["properties"]
    assert (found["vaultUri"], found["enableSoftDelete"]) == ("https://shop-1.vault.azure.net/", True)


def test_registry(azure: Azure) -> None:
    """A container registry tells its login server, and its credentials when they are asked for."""
    found = kept(azure, "Microsoft.ContainerRegistry/registries", "ShopImages", "2023-07-01")
    assert found["properties"]["loginServer"] == "shopimages.azurecr.io"
    credentials = azure.post(f"{found['id']}/listCredentials", version="2023-07-01").json()
    assert credentials["username"] == "ShopImages"
    assert [each["name"] for each in credentials["passwords"]] == ["password", "password2"]


def test_service_fabric_cluster(azure: Azure) -> None:
    """The endpoint that the Service Fabric extension is given: the region's, with the cluster's id."""
    properties = kept(azure, "Microsoft.ServiceFabric/clusters", "shop", "2021-06-01")["properties"]
    endpoint = f"https://westus.servicefabric.azure.com/runtime/clusters/{properties['clusterId']}"
    assert properties["clusterEndpoint"] == endpoint


def test_application_insights(azure: Azure) -> None:
    """The connection string has the instrumentation key and the application's id."""
    properties = kept(azure, "Microsoft.Insights/components", "shop", "2020-02-02")["properties"]
    parts = dict(part.split("=", 1) for part in properties["ConnectionString"].split(";"))
    assert parts["InstrumentationKey"] == properties["InstrumentationKey"]
    assert parts["ApplicationId"] == properties["AppId"]
    assert parts["IngestionEndpoint"] == "https://westus-0.in.applicationinsights.azure.com/"


def test_workspace(azure: Azure) -> None:
    """A Log Analytics workspace has a customer id, and two shared keys of 64 bytes."""
    found = kept(azure, "Microsoft.OperationalInsights/workspaces", "shop", "2022-10-01")
    assert len(found["properties"]["customerId"]) == 36
    keys = azure.post(f"{found['id']}/sharedKeys", version="2020-08-01").json()
    assert {name: len(value) for name, value in keys.items()} == {"primarySharedKey": 88, "secondarySharedKey": 88}


def test_storage_endpoints(azure: Azure) -> None:
    """A storage account tells an endpoint for each service."""
    found = kept(azure, "Microsoft.Storage/storageAccounts", "shopdata", "2023-01-01")["properties"]
    assert found["primaryEndpoints"]["blob"] == "https://shopdata.blob.core.windows.net/"
    assert set(found["primaryEndpoints"]) == {"dfs", "web", "blob", "queue", "table", "file"}
    assert (found["primaryLocation"], found["statusOfPrimary"]) == ("westus", "available")


def test_storage_keys_by_version(azure: Azure) -> None:
    """ListKeys answers an array since 2016-01-01 and two members before; the keys are the same each time."""
    azure.put({"location": "westus"}, STORAGE, version="2023-01-01")
    now = azure.post(f"{STORAGE}/listKeys", version="2023-01-01").json()["keys"]
    assert [(key["keyName"], key["permissions"], len(key["value"])) for key in now] == [
        ("key1", "FULL", 88),
        ("key2", "FULL", 88),
    ]
    then = azure.post(f"{STORAGE}/listkeys", version="2015-06-15").json()
    assert then == {"key1": now[0]["value"], "key2": now[1]["value"]}
    assert now[0]["value"] != now[1]["value"]


def test_shared_access_signatures(azure: Azure) -> None:
    """The signature for an account has what was asked for in it."""
    azure.put({"location": "westus"}, STORAGE, version="2023-01-01")
    asked = {
        "signedServices": "b",
        "signedResourceTypes": "sco",
        "signedPermission": "rl",
        "signedExpiry": "2031-01-01T00:00:00Z",
    }
    token = azure.post(f"{STORAGE}/listAccountSas", asked, version="2023-01-01").json()["accountSasToken"]
    assert "ss=b&srt=sco&sp=rl&se=2031-01-01T00:00:00Z&sig=" in token


def test_keys_of_nothing(azure: Azure) -> None:
    """Keys of an account that is not there: 404."""
    assert azure.error(azure.post(f"{STORAGE}/listKeys", version="2023-01-01"))[:2] == (404, "ResourceNotFound")


def test_rule_that_a_namespace_has(azure: Azure) -> None:
    """The rule RootManageSharedAccessKey is there without being made, and has connection strings."""
    found = kept(azure, "Microsoft.EventHub/namespaces", "Shop", "2021-11-01")
    rule = f"{found['id']}/authorizationRules/RootManageSharedAccessKey"
    assert azure.get(rule, version="2021-11-01")["properties"]["rights"] == ["Listen", "Manage", "Send"]
    keys = azure.post(f"{rule}/listKeys", version="2021-11-01").json()
    assert keys["primaryConnectionString"] == (
        "Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;"
        f"SharedAccessKey={keys['primaryKey']}"
    )


def test_services_that_an_account_has(azure: Azure) -> None:
    """A container is made in the blob service that each storage account has."""
    azure.put({"location": "westus"}, STORAGE, version="2023-01-01")
    service = f"{STORAGE}/blobServices/default"
    assert azure.put({}, f"{service}/containers/images", version="2023-01-01").status == 201
    assert [item["id"] for item in azure.get(f"{STORAGE}/blobServices", version="2023-01-01")["value"]] == [service]
    assert azure.error(azure.send("GET", f"{STORAGE}/blobServices/other", version="2023-01-01"))[0] == 404


@pytest.mark.parametrize("kind", ["SystemAssigned", "SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned"])
def test_identity_of_any_resource(azure: Azure, kind: str) -> None:
    """Whatever has an identity of its own is told its principal; a user-assigned one has the ids of its resource."""
    ops = kept(azure, "Microsoft.ManagedIdentity/userAssignedIdentities", "ops", "2023-01-31")["properties"]
    identity: dict[str, Any] = {"type": kind}
    if "User" in kind:
        identity["userAssignedIdentities"] = {IDENTITY: {}}
    shown = kept(azure, "Microsoft.Compute/diskEncryptionSets", "des", "2023-10-02", {"identity": identity})["identity"]
    assert len(shown["principalId"]) == 36
    assert shown["tenantId"] == ops["tenantId"]
    if "User" in kind:
        assert shown["userAssignedIdentities"][IDENTITY] == {name: ops[name] for name in ("principalId", "clientId")}


def test_passwords_are_not_shown(azure: Azure) -> None:
    """The password of a database server is taken and never told."""
    body = {"properties": {"administratorLogin": "ops", "administratorLoginPassword": "Correct-Horse-7"}}
    shown = kept(azure, "Microsoft.Sql/servers", "shop", "2021-11-01", body)
    assert shown["properties"]["administratorLogin"] == "ops"
    assert "Correct-Horse-7" not in str(shown)


def test_frontend_of_an_internal_load_balancer(azure: Azure) -> None:
    """A frontend in a subnet has an address of it; one with a public address has none of its own."""
    azure.put(
        {
            "location": "westus",
            "properties": {"subnets": [{"name": "blue", "properties": {"addressPrefix": "10.7.1.0/24"}}]},
        },
        VNET,
    )
    frontends = [
        {"name": "in", "properties": {"subnet": {"id": f"{VNET}/subnets/blue"}}},
        {"name": "out", "properties": {"publicIPAddress": {"id": "/pip"}}},
    ]
    azure.put({"location": "westus", "properties": {"frontendIPConfigurations": frontends}}, BALANCER)
    inner, outer = (item["properties"] for item in azure.get(BALANCER)["properties"]["frontendIPConfigurations"])
    assert inner["privateIPAddress"].startswith("10.7.1.")
    assert inner["privateIPAllocationMethod"] == "Dynamic"
    assert "privateIPAddress" not in outer


@pytest.mark.parametrize(
    ("kind", "version", "created"),
    [
        ("Microsoft.Network/publicIPAddresses", "2023-09-01", 201),
        ("Microsoft.Compute/availabilitySets", "2023-09-01", 200),
        ("Microsoft.Compute/images", "2023-09-01", 201),
        ("Microsoft.Storage/storageAccounts", "2023-01-01", 200),
        ("Microsoft.Insights/components", "2020-02-02", 200),
        ("Microsoft.DocumentDB/databaseAccounts", "2023-04-15", 200),
    ],
)
def test_status_of_the_first_put(azure: Azure, kind: str, version: str, created: int) -> None:
    """Each type answers with a status that its API description has."""
    path = f"{PROVIDERS}/{kind}/shop"
    assert azure.put({"location": "westus"}, path, version=version).status == created
    assert azure.put({"location": "westus"}, path, version=version).status == 200


@pytest.mark.parametrize("kind", ["disks", "snapshots", "diskAccesses", "diskEncryptionSets"])
def test_disks_are_long_running(azure: Azure, kind: str) -> None:
    """The PUT of a disk is answered with 202 and the address of an operation, which succeeds."""
    path = f"{PROVIDERS}/Microsoft.Compute/{kind}/data"
    response = azure.put({"location": "westus", "properties": {"diskSizeGB": 4}}, path, version="2023-10-02")
    assert response.status == 202
    azure.done(response)
    assert azure.get(path, version="2023-10-02")["properties"]["diskSizeGB"] == 4


def available(azure: Azure, body: Any) -> dict[str, Any]:
    path = f"{SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability"
    response = azure.post(path, body, version="2023-01-01")
    assert response.status == 200, response.body
    document: dict[str, Any] = response.json()
    return document


def test_name_availability(azure: Azure) -> None:
    """A name is available, taken by an account of any group, or none."""
    kind = {"type": "Microsoft.Storage/storageAccounts"}
    assert available(azure, {"name": "shopdata", **kind}) == {"nameAvailable": True}
    azure.put({"location": "westus"}, STORAGE, version="2023-01-01")
    assert available(azure, {"name": "shopdata", **kind}) == {
        "nameAvailable": False,
        "reason": "AlreadyExists",
        "message": "The storage account named shopdata is already taken.",
    }
    assert available(azure, {"name": "Shop-Data", **kind})["reason"] == "AccountNameInvalid"


def test_names_are_checked_when_they_are_used(azure: Azure) -> None:
    """An account whose name is taken or none is not made."""
    azure.put({"location": "westus"}, STORAGE, version="2023-01-01")
    azure.group(f"{SUBSCRIPTION}/resourceGroups/other")
    again = azure.put({"location": "westus"}, STORAGE.replace("/Shop/", "/other/"), version="2023-01-01")
    assert azure.error(again)[:2] == (409, "StorageAccountAlreadyTaken")
    wrong = azure.put({"location": "westus"}, f"{STORAGE}_2", version="2023-01-01")
    assert azure.error(wrong)[:2] == (400, "AccountNameInvalid")


def test_ssh_key_pair(azure: Azure) -> None:
    """GenerateKeyPair makes a pair: the public key stays in the resource, the private one is told once."""
    assert azure.put({"location": "westus", "properties": {}}, SSH_KEY, version="2023-09-01").status == 201
    answer = azure.post(f"{SSH_KEY}/generateKeyPair", version="2023-09-01").json()
    private = load_pem_private_key(answer["privateKey"].encode(), None)
    public = load_ssh_public_key(answer["publicKey"].encode())
    assert private.public_key() == public
    assert answer["id"] == SSH_KEY
    shown = azure.get(SSH_KEY, version="2023-09-01")
    assert shown["properties"]["publicKey"] == answer["publicKey"]
    assert answer["privateKey"] not in str(shown)


def test_ssh_key_pair_of_another_kind(azure: Azure) -> None:
    """Ed25519 is made when it is asked for, and anything else refused."""
    azure.put({"location": "westus", "properties": {}}, SSH_KEY, version="2024-07-01")
    answer = azure.post(f"{SSH_KEY}/generateKeyPair", {"encryptionType": "Ed25519"}, version="2024-07-01").json()
    assert answer["publicKey"].startswith("ssh-ed25519 ")
    refused = azure.post(f"{SSH_KEY}/generateKeyPair", {"encryptionType": "DSA"}, version="2024-07-01")
    assert azure.error(refused)[:2] == (400, "InvalidRequestContent")
