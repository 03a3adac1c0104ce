"""Virtual machines that belong to no scale set: as resources, and as instances with power, extensions and scripts."""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SUBSCRIPTION, Azure, changed, model
from vmss_sdk.emulator.app import Emulator

COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
NETWORK = f"{GROUP}/providers/Microsoft.Network"
MACHINE = f"{COMPUTE}/virtualMachines/jump"
NIC = f"{NETWORK}/networkInterfaces/jump-nic"
SUBNET = f"{NETWORK}/virtualNetworks/net/subnets/apps"

BODY: dict[str, Any] = {
    "location": "westus2",
    "tags": {"role": "jump"},
    "properties": {
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "storageProfile": {
            "imageReference": {
                "publisher": "Canonical",
                "offer": "ubuntu-24_04-lts",
                "sku": "server",
                "version": "latest",
            },
            "osDisk": {"createOption": "FromImage", "name": "jump-os"},
            "dataDisks": [{"lun": 0, "createOption": "Empty", "diskSizeGB": 64}],
        },
        "osProfile": {"computerName": "jump", "adminUsername": "ops", "adminPassword": "Battery-Staple-8"},
        "networkProfile": {"networkInterfaces": [{"id": NIC, "properties": {"primary": True}}]},
    },
}


@pytest.fixture
def azure() -> Azure:
    """A group with a network and an interface."""
    azure = Azure()
    azure.group()
    network = {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}
    subnets = [{"name": "apps", "properties": {"addressPrefix": "10.0.1.0/24"}}]
    azure.put({"location": "westus2", "properties": {**network, "subnets": subnets}}, SUBNET.rpartition("/subnets/")[0])
    interface(azure, NIC)
    return azure


def interface(azure: Azure, resource_id: str) -> None:
    """Make a network interface."""
    address = {"name": "ip", "properties": {"subnet": {"id": SUBNET}}}
    azure.put({"location": "westus2", "properties": {"ipConfigurations": [address]}}, resource_id)


def up(azure: Azure, body: dict[str, Any] = BODY, path: str = MACHINE) -> dict[str, Any]:
    """A virtual machine that runs."""
    azure.done(azure.put(body, path))
    shown: dict[str, Any] = azure.get(path)
    return shown


def power(azure: Azure, path: str = MACHINE) -> str:
    """The power state as the instance view has it."""
    statuses = azure.get(f"{path}/instanceView")["statuses"]
    return next(str(each["code"]) for each in statuses if each["code"].startswith("PowerState/"))


def test_it_is_made_and_belongs_to_no_scale_set(azure: Azure) -> None:
    """201 and Creating; then it shows what was sent, what Azure adds, and no scale set."""
    response = azure.put(BODY, MACHINE)
    assert (response.status, response.json()["properties"]["provisioningState"]) == (201, "Creating")
    assert azure.end(response)["status"] == "Succeeded"
    shown = azure.get(MACHINE)
    assert (shown["id"], shown["name"], shown["type"]) == (MACHINE, "jump", "Microsoft.Compute/virtualMachines")
    assert (shown["location"], shown["tags"]) == ("westus2", {"role": "jump"})
    properties = shown["properties"]
    assert "virtualMachineScaleSet" not in properties
    assert (properties["provisioningState"], len(properties["vmId"])) == ("Succeeded", 36)
    assert "adminPassword" not in properties["osProfile"]
    assert properties["osProfile"]["computerName"] == "jump"


def test_its_disks_have_the_names_that_were_given(azure: Azure) -> None:
    """A given name is the managed disk's too; others are the platform's. They stay when it goes, unless told."""
    storage = up(azure)["properties"]["storageProfile"]
    disk = storage["osDisk"]
    assert (disk["name"], disk["managedDisk"]["id"]) == ("jump-os", f"{COMPUTE}/disks/jump-os")
    assert (disk["osType"], disk["deleteOption"], disk["managedDisk"]["storageAccountType"]) == (
        "Linux",
        "Detach",
        "Premium_LRS",
    )
    assert [(each["lun"], each["diskSizeGB"]) for each in storage["dataDisks"]] == [(0, 64)]
    assert storage["dataDisks"][0]["name"].startswith("jump_disk2_")


def test_no_scale_set_shows_it(azure: Azure) -> None:
    """Lists of scale sets are empty, and nothing of its name is a scale set."""
    up(azure)
    assert azure.get(f"{COMPUTE}/virtualMachineScaleSets")["value"] == []
    assert azure.get(f"{SUBSCRIPTION}/providers/Microsoft.Compute/virtualMachineScaleSets")["value"] == []
    assert azure.send("GET", f"{COMPUTE}/virtualMachineScaleSets/jump").status == 404


def test_the_lists_that_show_it(azure: Azure) -> None:
    """Those of the group, the subscription and the region; the resources of the group; beside machines of a set."""
    up(azure)
    everywhere = f"{SUBSCRIPTION}/providers/Microsoft.Compute"
    for path in (
        f"{COMPUTE}/virtualMachines",
        f"{everywhere}/virtualMachines",
        f"{everywhere}/locations/westus2/virtualMachines",
    ):
        assert [each["name"] for each in azure.get(path)["value"]] == ["jump"], path
    assert azure.get(f"{everywhere}/locations/eastus/virtualMachines")["value"] == []
    listed = azure.get(f"{GROUP}/resources?$filter=resourceType eq 'Microsoft.Compute/virtualMachines'")["value"]
    assert [each["name"] for each in listed] == ["jump"]


def test_power(azure: Azure) -> None:
    """Stopped, deallocated, started, restarted, redeployed."""
    up(azure)
    for verb, state in (
        ("powerOff", "stopped"),
        ("deallocate", "deallocated"),
        ("start", "running"),
        ("restart", "running"),
        ("redeploy", "running"),
        ("reimage", "running"),
    ):
        azure.done(azure.send("POST", f"{MACHINE}/{verb}"))
        assert power(azure) == f"PowerState/{state}", verb


def test_a_patch_changes_what_it_names(azure: Azure) -> None:
    """Tags are replaced, other members merged; the interface stays."""
    up(azure)
    azure.done(azure.send("PATCH", MACHINE, {"tags": {"a": "b"}, "properties": {"licenseType": "RHEL_BYOS"}}))
    shown = azure.get(MACHINE)
    assert shown["tags"] == {"a": "b"}
    assert shown["properties"]["licenseType"] == "RHEL_BYOS"
    assert shown["properties"]["networkProfile"]["networkInterfaces"][0]["id"] == NIC


def test_a_patch_of_what_is_not_there(azure: Azure) -> None:
    """404, as for a GET."""
    assert azure.send("PATCH", MACHINE, {"tags": {}}).status == 404


def test_another_size_restarts_it(azure: Azure) -> None:
    """It has the size at once, and is Updating until it runs again."""
    up(azure)
    response = azure.send("PATCH", MACHINE, {"properties": {"hardwareProfile": {"vmSize": "Standard_D4s_v5"}}})
    assert response.json()["properties"]["provisioningState"] == "Updating"
    azure.done(response)
    assert azure.get(MACHINE)["properties"]["hardwareProfile"]["vmSize"] == "Standard_D4s_v5"
    assert power(azure) == "PowerState/running"


def test_what_it_shows_can_be_written_back(azure: Azure) -> None:
    """A PUT of what GET shows changes nothing, the etag neither."""
    shown = up(azure)
    azure.done(azure.put(shown, MACHINE))
    assert azure.get(MACHINE) == shown


@pytest.mark.parametrize(
    ("path", "value", "target"),
    [
        ("properties.osProfile.adminUsername", "boss", "osProfile.adminUsername"),
        ("properties.osProfile.computerName", "other", "osProfile.computerName"),
        ("properties.storageProfile.imageReference.sku", "minimal", "imageReference.sku"),
        ("properties.storageProfile.osDisk.createOption", "Attach", "osDisk.createOption"),
        ("properties.priority", "Spot", "priority"),
    ],
)
def test_what_is_fixed_stays(azure: Azure, path: str, value: str, target: str) -> None:
    """409 with the member's short name; nothing has changed."""
    before = up(azure)
    response = azure.put(changed(BODY, {path: value}), MACHINE)
    assert azure.error(response)[:2] == (409, "PropertyChangeNotAllowed")
    assert target in response.json()["error"]["message"]
    assert azure.get(MACHINE) == before


@pytest.mark.parametrize(
    "path",
    [
        "properties.hardwareProfile",
        "properties.networkProfile",
        "properties.osProfile",
        "properties.storageProfile.imageReference",
        "location",
    ],
)
def test_what_has_to_be_there(azure: Azure, path: str) -> None:
    """It is named, and nothing is made."""
    response = azure.put(changed(BODY, {path: None}), MACHINE)
    assert azure.error(response)[:2] == (400, "InvalidParameter")
    assert (
        path.rpartition(".")[2] in response.json()["error"]["message"]
        or "vmSize" in response.json()["error"]["message"]
    )
    assert azure.send("GET", MACHINE).status == 404


@pytest.mark.parametrize(
    ("path", "value", "status", "code"),
    [
        ("properties.availabilitySet", {"id": f"{COMPUTE}/availabilitySets/none"}, 404, "NotFound"),
        ("properties.availabilitySet", {"id": f"{NETWORK}/availabilitySets/set"}, 400, "BadRequest"),
        ("properties.proximityPlacementGroup", {"id": f"{COMPUTE}/proximityPlacementGroups/none"}, 404, "NotFound"),
        ("properties.hostGroup", {"id": f"{COMPUTE}/hostGroups/none"}, 404, "NotFound"),
        ("properties.host", {"id": f"{COMPUTE}/hostGroups/none/hosts/one"}, 404, "NotFound"),
        ("properties.networkProfile", {"networkInterfaces": [{"id": f"{NIC}-none"}]}, 404, "NotFound"),
        ("properties.networkProfile", {"networkInterfaces": [{"id": SUBNET}]}, 400, "BadRequest"),
        ("properties.osProfile.computerName", "a_b", 400, "InvalidParameter"),
        ("properties.storageProfile.osDisk.createOption", None, 400, "InvalidParameter"),
        (
            "properties.storageProfile.osDisk.encryptionSettings",
            {"diskEncryptionKey": {"secretUrl": "https://vault/secrets/s"}},
            400,
            "InvalidParameter",
        ),
        ("properties.osProfile.adminPassword", "short", 400, "InvalidParameter"),
        ("properties.evictionPolicy", "Delete", 400, "InvalidParameter"),
        ("properties.hardwareProfile.vmSize", "Standard_None", 400, "InvalidParameter"),
        ("zones", ["9"], 400, None),
        ("location", "atlantis", 400, "LocationNotAvailableForResourceType"),
    ],
)
def test_what_is_wrong_is_refused(azure: Azure, path: str, value: Any, status: int, code: str | None) -> None:
    """With Azure's codes; nothing is made."""
    response = azure.put(changed(BODY, {path: value}), MACHINE)
    found = azure.error(response)
    assert found[0] == status
    assert code in (None, found[1])
    assert azure.send("GET", MACHINE).status == 404


def test_an_availability_set_that_is_there(azure: Azure) -> None:
    """It is shown by the machine, and does not go together with a zone."""
    place = f"{COMPUTE}/availabilitySets/set"
    azure.put({"location": "westus2", "sku": {"name": "Aligned"}, "properties": {}}, place)
    body = changed(BODY, {"properties.availabilitySet": {"id": place}})
    assert azure.error(azure.put({**body, "zones": ["1"]}, MACHINE))[:2] == (400, "BadRequest")
    assert up(azure, body)["properties"]["availabilitySet"]["id"] == place


def test_an_availability_set_lists_its_machines(azure: Azure) -> None:
    """Those that are there, also in a list; written back, the members change nothing."""
    place = f"{COMPUTE}/availabilitySets/set"
    azure.put({"location": "westus2", "sku": {"name": "Aligned"}, "properties": {}}, place)
    assert azure.get(place)["properties"]["virtualMachines"] == []
    up(azure, changed(BODY, {"properties.availabilitySet": {"id": place.upper()}}))
    read = azure.get(place)
    [listed] = azure.get(place.rpartition("/")[0])["value"]
    assert read["properties"]["virtualMachines"] == listed["properties"]["virtualMachines"] == [{"id": MACHINE}]
    azure.put(read, place)
    azure.done(azure.send("DELETE", MACHINE))
    assert azure.get(place)["properties"]["virtualMachines"] == []


def test_an_interface_tells_whose_it_is(azure: Azure) -> None:
    """While the machine is there; another machine cannot have it."""
    assert "virtualMachine" not in azure.get(NIC)["properties"]
    up(azure)
    assert azure.get(NIC)["properties"]["virtualMachine"] == {"id": MACHINE}
    second = azure.put(changed(BODY, {"properties.storageProfile.osDisk.name": "two"}), f"{MACHINE}-2")
    assert azure.error(second)[0] == 409
    azure.done(azure.send("DELETE", MACHINE))
    assert "virtualMachine" not in azure.get(NIC)["properties"]


def test_interfaces_that_are_made_with_it(azure: Azure) -> None:
    """They are resources of their own, named as their configuration, and the machine names them."""
    address = {
        "name": "ip",
        "properties": {"subnet": {"id": SUBNET}, "publicIPAddressConfiguration": {"name": "public"}},
    }
    made = {"name": "made", "properties": {"primary": True, "ipConfigurations": [address]}}
    network = {"networkApiVersion": "2020-11-01", "networkInterfaceConfigurations": [made]}
    shown = up(azure, changed(BODY, {"properties.networkProfile": network}))
    [reference] = shown["properties"]["networkProfile"]["networkInterfaces"]
    assert reference["id"] == f"{NETWORK}/networkInterfaces/made"
    nic = azure.get(reference["id"])["properties"]
    assert nic["virtualMachine"] == {"id": MACHINE}
    assert nic["ipConfigurations"][0]["properties"]["privateIPAddress"].startswith("10.0.1.")
    assert azure.get(f"{NETWORK}/publicIPAddresses/public")["properties"]["ipAddress"]
    azure.done(azure.put(shown, MACHINE))
    assert azure.get(MACHINE)["properties"]["networkProfile"] == shown["properties"]["networkProfile"]


def test_extensions(azure: Azure) -> None:
    """Set, listed, shown by the machine, taken away."""
    up(azure)
    handler = {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1"}
    extension = {"location": "westus2", "properties": {**handler, "settings": {"commandToExecute": "true"}}}
    azure.done(azure.put(extension, f"{MACHINE}/extensions/script"))
    assert [each["name"] for each in azure.get(f"{MACHINE}/extensions")["value"]] == ["script"]
    assert [each["id"] for each in azure.get(MACHINE)["resources"]] == [f"{MACHINE}/extensions/script"]
    azure.done(azure.send("DELETE", f"{MACHINE}/extensions/script"))
    assert azure.get(f"{MACHINE}/extensions")["value"] == []


def test_scripts(azure: Azure) -> None:
    """At once, and as resources."""
    up(azure)
    response = azure.send("POST", f"{MACHINE}/runCommand", {"commandId": "RunShellScript", "script": ["date"]})
    assert azure.end(response)["properties"]["output"]["value"]
    command = {"location": "westus2", "properties": {"source": {"script": "date"}}}
    azure.done(azure.put(command, f"{MACHINE}/runCommands/now"))
    assert [each["name"] for each in azure.get(f"{MACHINE}/runCommands")["value"]] == ["now"]


def test_a_windows_machine_takes_windows_scripts(azure: Azure) -> None:
    """Its system is its image's."""
    image = {
        "publisher": "MicrosoftWindowsServer",
        "offer": "WindowsServer",
        "sku": "2022-datacenter",
        "version": "latest",
    }
    up(azure, changed(BODY, {"properties.storageProfile.imageReference": image}))
    assert azure.get(f"{MACHINE}/instanceView")["osName"].startswith("Windows")
    refused = azure.send("POST", f"{MACHINE}/runCommand", {"commandId": "RunShellScript", "script": ["date"]})
    assert refused.status >= 400


def test_boot_diagnostics(azure: Azure) -> None:
    """Signed addresses when they are on; refused when not."""
    up(azure)
    assert azure.send("POST", f"{MACHINE}/retrieveBootDiagnosticsData").status == 409
    diagnostics = {"bootDiagnostics": {"enabled": True}}
    azure.done(azure.send("PATCH", MACHINE, {"properties": {"diagnosticsProfile": diagnostics}}))
    found = azure.send("POST", f"{MACHINE}/retrieveBootDiagnosticsData").json()
    assert found["serialConsoleLogBlobUri"].startswith("http")


def test_it_is_deleted(azure: Azure) -> None:
    """It is Deleting, then gone; a second DELETE has nothing to do, and its operation can still be asked for."""
    up(azure)
    response = azure.send("DELETE", MACHINE)
    assert (response.status, azure.get(MACHINE)["properties"]["provisioningState"]) == (202, "Deleting")
    assert azure.error(azure.put(BODY, MACHINE))[0] == 409
    assert azure.end(response)["status"] == "Succeeded"
    assert azure.send("GET", MACHINE).status == 404
    assert azure.send("DELETE", MACHINE).status == 204


def test_its_group_takes_it_along(azure: Azure) -> None:
    """A new group of that name is empty."""
    up(azure)
    assert azure.send("DELETE", GROUP).status == 202
    azure.settle()
    azure.group()
    assert azure.get(f"{COMPUTE}/virtualMachines")["value"] == []


def test_its_identity_has_a_principal(azure: Azure) -> None:
    """The ids that Entra ID gives it; a type of None takes it away."""
    shown = up(azure, {**BODY, "identity": {"type": "SystemAssigned"}})
    assert len(shown["identity"]["principalId"]) == 36
    azure.done(azure.send("PATCH", MACHINE, {"identity": {"type": "None"}}))
    assert "identity" not in azure.get(MACHINE)


def test_a_machine_leaves_no_scale_set_silently(azure: Azure) -> None:
    """Taking one out of its set, or putting one in, is refused: neither is emulated."""
    flexible = {**model(1), "location": "westus2"}
    flexible = changed(flexible, {**FLEXIBLE, "properties.overprovision": None})
    azure.create(flexible)
    name = next(each["name"] for each in azure.get(f"{COMPUTE}/virtualMachines")["value"])
    out = azure.put(
        {"location": "westus2", "properties": {"virtualMachineScaleSet": None}}, f"{COMPUTE}/virtualMachines/{name}"
    )
    assert azure.error(out)[:2] == (409, "PropertyChangeNotAllowed")
    up(azure)
    into = changed(BODY, {"properties.virtualMachineScaleSet": {"id": f"{COMPUTE}/virtualMachineScaleSets/web"}})
    assert azure.error(azure.put(into, MACHINE))[:2] == (409, "PropertyChangeNotAllowed")


def test_it_counts_as_used(azure: Azure) -> None:
    """In the usages of its region: a machine with its cores, and no scale set."""
    path = f"{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westus2/usages"
    up(azure)
    used = {each["name"]["value"]: each["currentValue"] for each in azure.get(path)["value"]}
    assert (used["virtualMachines"], used["cores"], used["virtualMachineScaleSets"]) == (1, 2, 0)


def test_it_outlives_the_process(azure: Azure) -> None:
    """Saved while it is being made, and read again, it goes on."""
    response = azure.put(BODY, MACHINE)
    again = Azure(Emulator.from_saved(azure.emulator.saved()))
    assert again.end(response)["status"] == "Succeeded"
    assert again.get(MACHINE)["properties"]["provisioningState"] == "Succeeded"


def test_its_disks_are_resources(azure: Azure) -> None:
    """While it is there, of which they tell; they cannot be deleted under it, and stay when it goes."""
    up(azure)
    disk = f"{COMPUTE}/disks/jump-os"
    shown = azure.get(disk)
    assert (shown["managedBy"], shown["properties"]["diskState"]) == (MACHINE, "Attached")
    assert len(azure.get(f"{COMPUTE}/disks")["value"]) == 2
    assert azure.error(azure.send("DELETE", disk))[:2] == (409, "OperationNotAllowed")
    assert azure.error(azure.send("DELETE", NIC))[:2] == (400, "NicInUse")
    azure.done(azure.send("DELETE", MACHINE))
    left = azure.get(disk)
    assert (left.get("managedBy"), left["properties"]["diskState"]) == (None, "Unattached")
    assert azure.send("DELETE", NIC).status == 200


def test_a_disk_that_is_added_has_its_name(azure: Azure) -> None:
    """An empty one is made under the name that it is given; one that the list lacks is detached."""
    up(azure)
    disks = azure.get(MACHINE)["properties"]["storageProfile"]["dataDisks"]
    more = [*disks, {"lun": 5, "name": "logs", "createOption": "Empty", "diskSizeGB": 8}]
    azure.done(azure.patch({"properties": {"storageProfile": {"dataDisks": more}}}, MACHINE))
    assert azure.get(f"{COMPUTE}/disks/logs")["managedBy"] == MACHINE
    azure.done(azure.patch({"properties": {"storageProfile": {"dataDisks": more[1:]}}}, MACHINE))
    assert [each["name"] for each in azure.get(MACHINE)["properties"]["storageProfile"]["dataDisks"]] == ["logs"]


def test_a_preview_tells_what_would_happen(azure: Azure) -> None:
    """The same as of an instance, and nothing happens."""
    up(azure)
    found = azure.post("/_emulator/preview", {"method": "POST", "path": f"{MACHINE}/reimage?api-version=2024-07-01"})
    assert found.status == 200
    assert MACHINE in found.body.decode()
    assert azure.get(MACHINE)["properties"]["provisioningState"] == "Succeeded"


def test_tags_locks_and_queries_know_it(azure: Azure) -> None:
    """Tags at its scope, a lock on it, the activity log and Resource Graph."""
    up(azure)
    tags = f"{MACHINE}/providers/Microsoft.Resources/tags/default"
    azure.send("PATCH", tags, {"operation": "Merge", "properties": {"tags": {"a": "b"}}}, version="2021-04-01")
    azure.settle()
    assert azure.get(MACHINE)["tags"] == {"role": "jump", "a": "b"}
    lock = f"{MACHINE}/providers/Microsoft.Authorization/locks/keep"
    azure.put({"properties": {"level": "CanNotDelete"}}, lock, version="2020-05-01")
    assert azure.error(azure.send("DELETE", MACHINE))[:2] == (409, "ScopeLocked")
    query = "Resources | where type =~ 'microsoft.compute/virtualmachines' | project name, location"
    found = azure.post("/providers/Microsoft.ResourceGraph/resources", {"query": query}, version="2022-10-01").json()
    assert found["data"] == [{"name": "jump", "location": "westus2"}]


def test_what_goes_with_it(azure: Azure) -> None:
    """Disks and interfaces whose delete option says so."""
    nic = {"id": NIC, "properties": {"deleteOption": "Delete"}}
    changes = {
        "properties.storageProfile.osDisk.deleteOption": "Delete",
        "properties.networkProfile": {"networkInterfaces": [nic]},
    }
    up(azure, changed(BODY, changes))
    azure.done(azure.send("DELETE", MACHINE))
    assert azure.send("GET", NIC).status == 404
    assert [each["properties"]["diskSizeGB"] for each in azure.get(f"{COMPUTE}/disks")["value"]] == [64]


def test_a_machine_on_a_disk_that_was_there(azure: Azure) -> None:
    """It takes no OS profile, shows that disk, and another machine cannot have it."""
    disk = f"{COMPUTE}/disks/golden"
    attached = {"createOption": "Attach", "osType": "Linux", "managedDisk": {"id": disk}}
    body = changed(BODY, {"properties.storageProfile": {"osDisk": attached}})
    assert azure.error(azure.put(body, MACHINE))[:2] == (404, "NotFound")
    properties = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 30}
    azure.put({"location": "westus2", "properties": properties}, disk)
    assert azure.error(azure.put(body, MACHINE))[:2] == (400, "InvalidParameter")
    body = changed(body, {"properties.osProfile": None})
    shown = up(azure, body)["properties"]
    assert (shown["storageProfile"]["osDisk"]["name"], "osProfile" in shown) == ("golden", False)
    assert azure.get(disk)["managedBy"] == MACHINE
    interface(azure, f"{NIC}-2")
    second = changed(body, {"properties.networkProfile": {"networkInterfaces": [{"id": f"{NIC}-2"}]}})
    assert azure.error(azure.put(second, f"{MACHINE}-2"))[0] == 409
