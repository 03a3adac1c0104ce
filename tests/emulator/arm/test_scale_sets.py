"""Scale sets as resources: create, change, read, list, delete (wire.md 3.1-3.9)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, SUBNET, SUBSCRIPTION, Azure, changed, model
from vmss_sdk.emulator.engine.common.states import ProvisioningState

SECRETS = ("Correct-Horse-7", "sealed", "Zmlyc3Q=", "adminPassword", "customData", "protectedSettings")

RECORDED = {  # wire.md 3.1, the newest recording; names and ids are ours
    "name": "web",
    "id": SET,
    "type": "Microsoft.Compute/virtualMachineScaleSets",
    "location": "eastus2",
    "sku": {"name": "Standard_D2s_v3", "tier": "Standard", "capacity": 1},
    "etag": '"1"',
    "properties": {
        "singlePlacementGroup": True,
        "orchestrationMode": "Uniform",
        "upgradePolicy": {
            "mode": "Manual",
            "automaticOSUpgradePolicy": {
                "enableAutomaticOSUpgrade": False,
                "useRollingUpgradePolicy": False,
                "disableAutomaticRollback": False,
            },
        },
        "virtualMachineProfile": {
            "osProfile": {
                "computerNamePrefix": "vmss",
                "adminUsername": "sample-user",
                "windowsConfiguration": {"provisionVMAgent": True, "enableAutomaticUpdates": True},
                "secrets": [],
                "allowExtensionOperations": True,
                "requireGuestProvisionSignal": True,
            },
            "storageProfile": {
                "osDisk": {
                    "osType": "Windows",
                    "createOption": "FromImage",
                    "caching": "None",
                    "managedDisk": {"storageAccountType": "Premium_LRS"},
                    "diskSizeGB": 127,
                },
                "imageReference": {
                    "publisher": "MicrosoftWindowsServer",
                    "offer": "WindowsServer",
                    "sku": "2019-Datacenter",
                    "version": "latest",
                },
            },
            "networkProfile": {
                "networkInterfaceConfigurations": [
                    {
                        "name": "testResource",
                        "properties": {
                            "primary": True,
                            "enableAcceleratedNetworking": False,
                            "disableTcpStateTracking": False,
                            "dnsSettings": {"dnsServers": []},
                            "enableIPForwarding": True,
                            "ipConfigurations": [
                                {
                                    "name": "testResource",
                                    "properties": {"subnet": {"id": SUBNET}, "privateIPAddressVersion": "IPv4"},
                                }
                            ],
                        },
                    }
                ]
            },
            "timeCreated": "2026-01-01T00:00:00+00:00",
        },
        "provisioningState": "Creating",
        "overprovision": False,
        "doNotRunExtensionsOnOverprovisionedVMs": False,
        "uniqueId": "a guid",
        "platformFaultDomainCount": 5,
        "timeCreated": "2026-01-01T00:00:00+00:00",
    },
}
SENT = {
    "location": "eastus2",
    "properties": {
        "overprovision": False,
        "upgradePolicy": {
            "automaticOSUpgradePolicy": {"disableAutomaticRollback": False, "enableAutomaticOSUpgrade": False},
            "mode": "Manual",
        },
        "virtualMachineProfile": {
            "networkProfile": {
                "networkInterfaceConfigurations": [
                    {
                        "name": "testResource",
                        "properties": {
                            "enableIPForwarding": True,
                            "ipConfigurations": [{"name": "testResource", "properties": {"subnet": {"id": SUBNET}}}],
                            "primary": True,
                        },
                    }
                ]
            },
            "osProfile": {
                "adminPassword": "Correct-Horse-7",
                "adminUsername": "sample-user",
                "computerNamePrefix": "vmss",
            },
            "storageProfile": {
                "imageReference": {
                    "offer": "WindowsServer",
                    "publisher": "MicrosoftWindowsServer",
                    "sku": "2019-Datacenter",
                    "version": "latest",
                }
            },
        },
    },
    "sku": {"capacity": 1, "name": "Standard_D2s_v3"},
}


def order(value: Any) -> Any:
    """The names in a document in their order, without the values."""
    if isinstance(value, dict):
        return [(name, order(inner)) for name, inner in value.items()]
    return [order(item) for item in value] if isinstance(value, list) else None


def test_create_answers_as_recorded() -> None:
    """201 with the filled-in resource in Azure's order, an operation to poll, an etag, and no Location."""
    azure = Azure()
    azure.group()
    response = azure.put(SENT)
    document = response.json()
    assert response.status == 201
    document["properties"]["uniqueId"] = "a guid"
    assert document == RECORDED
    assert order(document) == order(RECORDED)
    assert response.headers["ETag"] == '"1"'
    assert response.headers["Azure-AsyncNotification"] == "Enabled"
    assert response.headers["x-ms-request-charge"] == "1"
    assert "Location" not in response.headers


def test_create_tells_the_operation() -> None:
    """The operation's id is the request id of the answer (wire.md 1)."""
    azure = Azure()
    azure.group()
    response = azure.put(model())
    url = response.headers["Azure-AsyncOperation"]
    start = f"https://localhost:8443{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westus/operations/"
    assert url.startswith(start)
    operation_id, _, query = url.removeprefix(start).partition("?")
    assert operation_id == response.headers["x-ms-request-id"]
    assert query.startswith("p=")
    assert query.endswith("&api-version=2024-07-01")


def test_links_go_to_where_the_request_went() -> None:
    """Scheme, host and port of links are the request's own."""
    azure = Azure()
    azure.group()
    response = azure.put(model(), f"http://127.0.0.1:9{SET}")
    assert response.headers["Azure-AsyncOperation"].startswith("http://127.0.0.1:9/subscriptions/")


def test_get_after_creation() -> None:
    """The same resource, Succeeded, with its etag as header."""
    azure = Azure()
    azure.create()
    response = azure.send("GET", SET)
    assert response.json()["properties"]["provisioningState"] == "Succeeded"
    assert response.headers["ETag"] == response.json()["etag"] == '"1"'


def test_put_on_existing() -> None:
    """200, Updating even when nothing changes, an operation, no Location, and no VM touched (wire.md 3.2)."""
    azure = Azure()
    azure.create()
    response = azure.put({"location": "westus", "sku": {"name": "Standard_D2s_v3", "capacity": 3}})
    assert response.status == 200
    assert response.json()["properties"]["provisioningState"] == "Updating"
    assert response.headers["ETag"] == '"1"'
    assert response.headers["x-ms-request-charge"] == "0"
    assert "Azure-AsyncOperation" in response.headers
    assert "Location" not in response.headers
    azure.done(response)
    assert azure.get()["properties"]["provisioningState"] == "Succeeded"


def test_put_merges() -> None:
    """A body of location and sku alone keeps model and tags (wire.md 3.2)."""
    azure = Azure()
    before = azure.create(model(changes={"tags": {"a": "b"}}))
    azure.done(azure.put({"location": "westus", "sku": {"name": "Standard_D2s_v3", "capacity": 4}}))
    after = azure.get()
    assert after["tags"] == {"a": "b"}
    assert after["properties"]["virtualMachineProfile"] == before["properties"]["virtualMachineProfile"]
    assert len(azure.instances()) == 4


@pytest.mark.rule("1.3.9", "6.5")
def test_get_fed_back_by_put_changes_nothing() -> None:
    """What a GET returns can be sent back: same etag, no instance outdated, nothing lost, the secrets neither."""
    azure = Azure()
    extension = {
        "name": "script",
        "properties": {
            "publisher": "Microsoft.Azure.Extensions",
            "type": "CustomScript",
            "typeHandlerVersion": "2.1",
            "settings": {"fileUris": []},
            "protectedSettings": {"commandToExecute": "true"},
        },
    }
    profile = "properties.virtualMachineProfile"
    changes = {f"{profile}.extensionProfile": {"extensions": [extension]}, f"{profile}.userData": "aGk="}
    before = azure.create(model(changes=changes))
    azure.done(azure.put(before))
    assert azure.get() == before
    assert azure.get(f"{SET}?$expand=userData")["properties"]["virtualMachineProfile"]["userData"] == "aGk="
    assert azure.applied() == [True, True, True]


@pytest.mark.parametrize("name", ["vmss_uniform_2024-07-01", "vmss_uniform_2025-04-01", "vmss_flexible_2024-07-01"])
def test_recorded_bodies_are_accepted(name: str) -> None:
    """A whole scale set as Azure returned it can be created."""
    body = json.loads((Path(__file__).parent / "recorded" / f"{name}.json").read_text())
    azure = Azure()
    azure.group()
    # a password is not returned, and without it nobody could sign in
    response = azure.put(changed(body, {"properties.virtualMachineProfile.osProfile.adminPassword": "Correct-Horse-7"}))
    assert response.status == 201, response.body
    azure.done(response)


def test_secrets_never_come_back() -> None:
    """Password, custom data and protected settings are in no answer (wire.md 6)."""
    azure = Azure()
    extension = {"name": "x", "properties": {"publisher": "p", "type": "t", "protectedSettings": {"k": "pssst"}}}
    path = "properties.virtualMachineProfile.extensionProfile.extensions"
    body = changed(model(), {path: [extension]})
    azure.create(body)
    answers = [
        azure.put(body),
        azure.patch({}),
        azure.send("GET", f"{SET}?$expand=userData"),
        azure.send("GET", f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets"),
        azure.send("GET", f"{SET}/virtualMachines?$expand=instanceView"),
        azure.send("GET", f"{SET}/virtualMachines/0?$expand=userData"),
        azure.send("GET", f"{SET}/virtualMachines/0/instanceView"),
    ]
    for answer in answers:
        assert answer.status == 200
        assert not any(secret in answer.body.decode() for secret in (*SECRETS, "pssst"))


def test_user_data_only_on_demand() -> None:
    """User data comes with ``$expand=userData`` only."""
    azure = Azure()
    azure.create(model(changes={"properties.virtualMachineProfile.userData": "aGk="}))
    assert "userData" not in azure.get()["properties"]["virtualMachineProfile"]
    assert azure.get(f"{SET}?$expand=userData")["properties"]["virtualMachineProfile"]["userData"] == "aGk="
    assert azure.get(f"{SET}/virtualMachines/0?$expand=userData")["properties"]["userData"] == "aGk="


def test_absent_members_are_absent() -> None:
    """Nulls are left out; empty tags that were sent stay, tags never sent are absent (wire.md 1)."""
    azure = Azure()
    assert "tags" not in azure.create(model(changes={"tags": None}))
    azure.done(azure.patch({"tags": {}}))
    assert azure.get()["tags"] == {}
    assert "null" not in azure.send("GET", SET).body.decode()


def test_patch() -> None:
    """200 with the updated resource, Updating; only what was sent changes."""
    azure = Azure()
    azure.create()
    response = azure.patch({"sku": {"capacity": 4}})
    assert response.status == 200
    assert response.json()["sku"] == {"name": "Standard_D2s_v3", "tier": "Standard", "capacity": 4}
    assert response.json()["properties"]["provisioningState"] == "Updating"
    assert response.headers["x-ms-request-charge"] == "1"
    azure.done(response)
    assert len(azure.instances()) == 4


def test_patch_of_none() -> None:
    """404 ResourceNotFound in ARM's words (wire.md 7.1)."""
    azure = Azure()
    azure.group()
    response = azure.patch({})
    assert response.status == 404
    assert response.json()["error"] == {
        "code": "ResourceNotFound",
        "message": "The Resource 'Microsoft.Compute/virtualMachineScaleSets/web' under resource group 'Shop' was not"
        " found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    }


def test_put_without_group() -> None:
    """404 ResourceGroupNotFound."""
    assert Azure().error(Azure().put(model()))[:2] == (404, "ResourceGroupNotFound")


@pytest.mark.parametrize("name", ["x" * 65, "_web", "web.", "web-", "we%20b", "we%3Fb", "w%C3%A9b", "%2A"])
def test_names_are_checked(name: str) -> None:
    """A name that Azure does not allow is 400, and nothing is made."""
    azure = Azure()
    azure.group()
    path = f"{SET.rpartition('/')[0]}/{name}"
    assert azure.error(azure.put(model(), path))[:2] == (400, "InvalidResourceName")
    assert azure.get(SET.rpartition("/")[0]) == {"value": []}


def test_same_place_in_another_spelling() -> None:
    """``West US`` is ``westus``."""
    azure = Azure()
    azure.create()
    assert azure.put(model(changes={"location": "West US"})).status == 200
    assert azure.get()["location"] == "westus"


@pytest.mark.parametrize("location", ["", " ", "we/st", "we\nst", "\u00fc"])
def test_no_place(location: str) -> None:
    """A location that can be none is refused; nothing is made."""
    azure = Azure()
    azure.group()
    response = azure.put(model(changes={"location": location}))
    assert azure.error(response)[:2] == (400, "LocationNotAvailableForResourceType")
    assert azure.send("GET", SET).status == 404


@pytest.mark.rule("1.6.28")
def test_other_place() -> None:
    """409 InvalidResourceLocation in ARM's words (wire.md 7.2), and nothing changes."""
    azure = Azure()
    before = azure.create()
    response = azure.put(model(5, {"location": "eastus"}))
    assert response.status == 409
    assert response.json()["error"] == {
        "code": "InvalidResourceLocation",
        "message": "The resource 'web' already exists in location 'westus' in resource group 'Shop'. A resource with"
        " the same name cannot be created in location 'eastus'. Please select a new resource name.",
    }
    assert azure.get() == before


@pytest.mark.rule("1.6.28")
def test_create_only_property() -> None:
    """409 PropertyChangeNotAllowed with the property as target (wire.md 7.1)."""
    azure = Azure()
    before = azure.create()
    response = azure.put({"properties": {"platformFaultDomainCount": 2}})
    assert azure.error(response) == (409, "PropertyChangeNotAllowed", "platformFaultDomainCount")
    message = "Changing property 'platformFaultDomainCount' is not allowed."
    assert response.json()["error"]["message"] == message
    assert azure.get() == before


def test_lists() -> None:
    """By group as created; by subscription with the resource group in upper case in the ids (wire.md 3.6)."""
    azure = Azure()
    azure.create()
    listed = azure.get(SET.rpartition("/")[0])
    assert [item["id"] for item in listed["value"]] == [SET]
    everywhere = azure.get(f"{SUBSCRIPTION}/providers/Microsoft.Compute/virtualMachineScaleSets")
    assert [item["id"] for item in everywhere["value"]] == [SET.replace("/Shop/", "/SHOP/")]
    assert azure.get("/subscriptions/other/providers/Microsoft.Compute/virtualMachineScaleSets") == {"value": []}


def test_list_of_missing_group() -> None:
    """404 ResourceGroupNotFound."""
    assert Azure().error(Azure().send("GET", SET.rpartition("/")[0]))[:2] == (404, "ResourceGroupNotFound")


def test_delete() -> None:
    """202 without body, with both links; Deleting meanwhile; then gone (wire.md 3.7)."""
    azure = Azure()
    azure.create()
    response = azure.send("DELETE", SET)
    assert (response.status, response.body) == (202, b"")
    assert "monitor=true" in response.headers["Location"]
    assert response.headers["x-ms-request-charge"] == "3"
    assert azure.get()["properties"]["provisioningState"] == ProvisioningState.DELETING
    azure.done(response)
    assert azure.error(azure.send("GET", SET))[:2] == (404, "ResourceNotFound")
    assert azure.send("GET", response.headers["Location"]).status == 200


def test_delete_of_none() -> None:
    """204 without body and links."""
    azure = Azure()
    azure.group()
    response = azure.send("DELETE", SET)
    assert (response.status, response.body) == (204, b"")
    assert "Location" not in response.headers


@pytest.mark.rule("8.4")
def test_change_while_it_is_deleted() -> None:
    """409: it is marked for deletion (wire.md 7.2)."""
    azure = Azure()
    azure.create()
    azure.send("DELETE", SET)
    response = azure.put(model(5))
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    assert response.json()["error"]["message"] == (
        "Operation 'Update Virtual Machine Scale Set' is not allowed on Virtual Machine Scale Set 'web' since it is"
        " marked for deletion. For more information on your operations, please refer to"
        " https://aka.ms/activitylog."
    )


@pytest.mark.rule("1.1.1", "8.2")
def test_instance_view() -> None:
    """How many instances are in which state (wire.md 3.8)."""
    azure = Azure()
    azure.create(model(2))
    view = azure.get(f"{SET}/instanceView")
    assert list(view) == ["virtualMachine", "statuses"]
    assert view["virtualMachine"] == {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 2}]}
    (status,) = view["statuses"]
    assert list(status) == ["code", "level", "displayStatus", "time"]
    assert status["code"] == "ProvisioningState/succeeded"
    assert status["displayStatus"] == "Provisioning succeeded"


@pytest.mark.rule("8.2")
def test_instance_view_while_updating() -> None:
    """Instances in work are counted apart; a passing state has no time (wire.md 3.8)."""
    azure = Azure()
    azure.create(model(2))
    azure.post(f"{SET}/restart", {"instanceIds": ["0"]})
    azure.patch({"tags": {"a": "b"}})
    view = azure.get(f"{SET}/instanceView")
    assert {item["code"]: item["count"] for item in view["virtualMachine"]["statusesSummary"]} == {
        "ProvisioningState/updating": 1,
        "ProvisioningState/succeeded": 1,
    }
    assert view["statuses"] == [{"code": "ProvisioningState/updating", "level": "Info", "displayStatus": "Updating"}]


@pytest.mark.rule("8.2")
def test_instance_view_of_flexible() -> None:
    """409: a Flexible scale set has none (wire.md 3.8)."""
    azure = Azure()
    azure.create(model(changes=FLEXIBLE))
    response = azure.send("GET", f"{SET}/instanceView")
    assert response.status == 409
    assert response.json()["error"] == {
        "code": "OperationNotAllowed",
        "message": "Operation 'VirtualMachineScaleSets.instanceView.GET' is not allowed on Virtual Machine Scale Set"
        " 'web'.",
    }


def test_skus() -> None:
    """Sizes with their capacity, among them the one it has (wire.md 3.9)."""
    azure = Azure()
    azure.create(model(changes={"sku.name": "Standard_B1ls"}))
    items = azure.get(f"{SET}/skus")["value"]
    assert {
        "resourceType": "Microsoft.Compute/virtualMachineScaleSets",
        "sku": {"name": "Standard_B1ls", "tier": "Standard"},
        "capacity": {"minimum": 0, "maximum": 100, "defaultCapacity": 1, "scaleType": "Automatic"},
    } in items


@pytest.mark.rule("2.0.4", "8.1")
def test_failed_creation() -> None:
    """An instance that does not come up fails the operation, and the scale set is Failed (wire.md 4)."""
    azure = Azure()
    azure.create(model(0, {"properties.overprovision": False}))
    fault = {"kind": "provisioningFailure", "count": 1, "code": "VMStartTimedOut"}
    azure.post(f"/_emulator{GROUP}/scaleSets/web/faults", fault)
    ended = azure.end(azure.patch({"sku": {"capacity": 1}}))
    assert list(ended) == ["startTime", "endTime", "status", "error", "name"]
    assert ended["status"] == "Failed"
    assert ended["error"]["code"] == "VMStartTimedOut"
    assert ended["error"]["message"] == (
        "VM 'web_0' did not start in the allotted time. The VM may still start successfully. Please check the power"
        " state later."
    )
    assert azure.get()["properties"]["provisioningState"] == "Failed"
    status = azure.get(f"{SET}/virtualMachines/0/instanceView")["statuses"][0]
    assert (status["code"], status["level"]) == ("ProvisioningState/failed/VMStartTimedOut", "Error")


def test_an_identity_sent_as_null_is_taken_away() -> None:
    """As ``az vmss identity remove`` sends it, in any case; the others stay, and one never had changes nothing."""
    azure = Azure()
    ids = [f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}" for name in "abc"]
    identity = {"type": "UserAssigned", "userAssignedIdentities": {ids[0]: {}, ids[1]: {}, ids[2]: None}}
    azure.create(model(1, {"identity": identity}))
    assert list(azure.get(SET)["identity"]["userAssignedIdentities"]) == ids[:2]
    gone = {ids[0].lower(): None, ids[2]: None}
    azure.patch({"identity": {"type": "UserAssigned", "userAssignedIdentities": gone}})
    assert list(azure.get(SET)["identity"]["userAssignedIdentities"]) == [ids[1]]
