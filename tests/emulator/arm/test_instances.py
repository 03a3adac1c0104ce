"""Instances as resources (wire.md 3.10-3.14)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, HEALTH_EXTENSION, PROBED, SET, SUBNET, Azure, model, rolling

VMS = f"{SET}/virtualMachines"
PROFILE = "properties.virtualMachineProfile"


@pytest.fixture
def azure() -> Azure:
    """A subscription with one scale set of three instances."""
    azure = Azure()
    azure.create()
    return azure


def test_get_has_azures_members_in_azures_order(azure: Azure) -> None:
    """As recorded in wire.md 3.11."""
    response = azure.send("GET", f"{VMS}/0")
    document = response.json()
    assert response.headers["ETag"] == document["etag"] == '"1"'
    assert response.headers["x-ms-request-charge"] == "1"
    assert list(document) == [
        "name",
        "id",
        "type",
        "location",
        "instanceId",
        "sku",
        "properties",
        "etag",
    ]
    assert document["name"] == "web_0"
    assert document["id"] == f"{SET}/virtualMachines/0"
    assert document["type"] == "Microsoft.Compute/virtualMachineScaleSets/virtualMachines"
    assert document["sku"] == {"name": "Standard_D2s_v3", "tier": "Standard"}
    assert list(document["properties"]) == [
        "latestModelApplied",
        "modelDefinitionApplied",
        "networkProfileConfiguration",
        "provisioningState",
        "hardwareProfile",
        "resilientVMDeletionStatus",
        "vmId",
        "storageProfile",
        "osProfile",
        "networkProfile",
        "timeCreated",
    ]


@pytest.mark.rule("1.1.1", "1.1.2", "1.1.3")
def test_get_has_azures_values(azure: Azure) -> None:
    """As recorded in wire.md 3.11."""
    properties = azure.get(f"{VMS}/0")["properties"]
    assert properties["latestModelApplied"] is True
    assert properties["modelDefinitionApplied"] == "VirtualMachineScaleSet"
    assert properties["provisioningState"] == "Succeeded"
    assert properties["hardwareProfile"] == {"vmSize": "Standard_D2s_v3"}
    image = properties["storageProfile"]["imageReference"]
    assert list(image) == ["publisher", "offer", "sku", "version", "exactVersion"]
    assert list(properties["storageProfile"]) == ["imageReference", "osDisk", "dataDisks"]
    assert list(properties["storageProfile"]["osDisk"]) == [
        "osType",
        "name",
        "createOption",
        "caching",
        "managedDisk",
        "diskSizeGB",
    ]
    assert properties["osProfile"] == {
        "computerName": "web000000",
        "adminUsername": "ops",
        "linuxConfiguration": {"disablePasswordAuthentication": False, "provisionVMAgent": True},
        "secrets": [],
        "allowExtensionOperations": True,
        "requireGuestProvisionSignal": True,
    }
    interface = f"{SET}/virtualMachines/0/networkInterfaces/nic"
    assert properties["networkProfile"] == {"networkInterfaces": [{"id": interface}]}


def test_expand(azure: Azure) -> None:
    """``$expand=instanceView`` brings the instance view along."""
    document = azure.get(f"{VMS}/0?$expand=instanceView")
    assert document["properties"]["instanceView"] == azure.get(f"{VMS}/0/instanceView")


@pytest.mark.parametrize("instance_id", ["0notfound", "web_0", "-1", "1.0", "%D9%A3"])
@pytest.mark.parametrize(
    ("method", "action"), [("GET", ""), ("GET", "/instanceView"), ("PUT", ""), ("DELETE", ""), ("POST", "/reimage")]
)
def test_id_that_is_no_number(azure: Azure, instance_id: str, method: str, action: str) -> None:
    """400 InvalidParameter in Azure's words (wire.md 3.11); nothing changes."""
    response = azure.send(method, f"{VMS}/{instance_id}{action}", {} if method == "PUT" else None)
    assert response.status == 400
    assert response.json()["error"] == {
        "code": "InvalidParameter",
        "message": "Virtual Machine Scale Set VM instanceId must be a number.",
        "target": "instanceId",
    }
    assert len(azure.instances()) == 3


@pytest.mark.parametrize("action", ["", "/instanceView"])
def test_unknown_number(azure: Azure, action: str) -> None:
    """404 NotFound of the compute provider (wire.md 3.12)."""
    response = azure.send("GET", f"{VMS}/99{action}")
    assert response.status == 404
    assert response.json()["error"] == {
        "code": "NotFound",
        "message": "The entity was not found in this Azure location.",
    }


@pytest.mark.parametrize(
    ("method", "action"), [("PUT", ""), ("POST", "/restart"), ("POST", "/reimage"), ("POST", "/deallocate")]
)
def test_what_is_done_to_an_instance_that_is_gone(azure: Azure, method: str, action: str) -> None:
    """400 InvalidParameter, by whose words callers tell it (onefuzz#1712, onefuzz#2547)."""
    azure.done(azure.post(f"{SET}/delete", {"instanceIds": ["1"]}))
    body = {"properties": {"protectionPolicy": {"protectFromScaleIn": True}}} if method == "PUT" else None
    response = azure.send(method, f"{VMS}/1{action}", body)
    assert response.status == 400
    assert response.json()["error"] == {
        "code": "InvalidParameter",
        "message": "The provided instanceId 1 is not an active Virtual Machine Scale Set VM instanceId.",
        "target": "instanceIds",
    }


def test_delete_of_unknown(azure: Azure) -> None:
    """204."""
    assert azure.send("DELETE", f"{VMS}/99").status == 204


@pytest.mark.parametrize(("method", "action"), [("GET", ""), ("GET", "/0"), ("POST", "/0/reimage"), ("DELETE", "/0")])
def test_without_scale_set(method: str, action: str) -> None:
    """404 ParentResourceNotFound (wire.md 7.2)."""
    azure = Azure()
    azure.group()
    response = azure.send(method, f"{VMS}{action}")
    assert response.status == 404
    assert response.json()["error"] == {
        "code": "ParentResourceNotFound",
        "message": "Can not perform requested operation on nested resource. Parent resource 'web' not found.",
    }


def test_protect(azure: Azure) -> None:
    """200 with the whole instance, Updating, no Location and no Retry-After (wire.md 3.13)."""
    body = {"properties": {"protectionPolicy": {"protectFromScaleIn": True, "protectFromScaleSetActions": True}}}
    response = azure.put(body, f"{VMS}/0")
    assert response.status == 200
    document = response.json()
    assert document["properties"]["provisioningState"] == "Updating"
    assert document["properties"]["protectionPolicy"] == body["properties"]["protectionPolicy"]
    assert "Location" not in response.headers
    assert "Retry-After" not in response.headers
    azure.done(response)
    after = azure.get(f"{VMS}/0")["properties"]
    assert after["provisioningState"] == "Succeeded"
    assert after["latestModelApplied"] is True


def test_protection_off_is_said(azure: Azure) -> None:
    """A flag that is switched off is answered as false, not left out (wire.md 3.13)."""
    flags = {"protectFromScaleIn": True, "protectFromScaleSetActions": True}
    azure.put({"properties": {"protectionPolicy": flags}}, f"{VMS}/0")
    off = dict.fromkeys(flags, False)
    azure.put({"properties": {"protectionPolicy": off}}, f"{VMS}/0")
    assert azure.get(f"{VMS}/0")["properties"]["protectionPolicy"] == off


@pytest.mark.rule("5.2")
def test_protection_that_contradicts_itself(azure: Azure) -> None:
    """Not from scale-in, but from scale set actions: 400, and nothing changed (semantics 5.2)."""
    before = azure.get(f"{VMS}/0")
    flags = {"protectFromScaleIn": False, "protectFromScaleSetActions": True}
    response = azure.put({"properties": {"protectionPolicy": flags}}, f"{VMS}/0")
    assert azure.error(response) == (400, "InvalidParameter", "properties.protectionPolicy")
    assert azure.get(f"{VMS}/0") == before


def test_user_data_of_one_instance(azure: Azure) -> None:
    """Recorded 2024-08: a PUT of an instance with others is taken, changes nothing, and leaves it at the model."""
    azure.done(azure.put({"properties": {"userData": "aGVsbG8="}}, f"{VMS}/0"))
    after = azure.get(f"{VMS}/0?$expand=userData")["properties"]
    assert "userData" not in after
    assert after["latestModelApplied"] is True


@pytest.mark.rule("1.3.11")
def test_get_fed_back_by_put_changes_nothing(azure: Azure) -> None:
    """What a GET returns can be sent back: the instance stays at its scale set's model."""
    sent = azure.get(f"{VMS}/0?$expand=instanceView")
    before = azure.get(f"{VMS}/0")
    azure.done(azure.put(sent, f"{VMS}/0"))
    assert azure.get(f"{VMS}/0") == before


@pytest.mark.rule("1.1.3", "1.3.11")
def test_individual_change(azure: Azure) -> None:
    """A change of the model of one instance makes it its own (semantics 1.1.3)."""
    azure.done(azure.put({"properties": {"licenseType": "RHEL_BYOS"}}, f"{VMS}/1"))
    properties = azure.get(f"{VMS}/1")["properties"]
    assert properties["licenseType"] == "RHEL_BYOS"
    assert (properties["latestModelApplied"], properties["modelDefinitionApplied"]) == (False, "VirtualMachine")
    assert azure.applied() == [True, False, True]


def test_put_needs_a_body(azure: Azure) -> None:
    """A PUT without body is refused."""
    assert azure.error(azure.put(b"", f"{VMS}/0"))[:2] == (400, "InvalidRequestContent")


def test_put_with_unknown_member(azure: Azure) -> None:
    """As for a scale set: nothing is lost silently."""
    response = azure.put({"properties": {"protection": {}}}, f"{VMS}/0")
    assert azure.error(response) == (400, "BadRequest", "parameters.properties.protection")


@pytest.mark.rule("7.10")
def test_delete(azure: Azure) -> None:
    """202 with both links and no Retry-After; the capacity goes down (wire.md 3.14)."""
    response = azure.send("DELETE", f"{VMS}/1")
    assert (response.status, response.body) == (202, b"")
    assert {"Location", "Azure-AsyncOperation", "Azure-AsyncNotification"} <= set(response.headers)
    assert "Retry-After" not in response.headers
    assert response.headers["x-ms-request-charge"] == "1"
    azure.done(response)
    assert [item["instanceId"] for item in azure.instances()] == ["0", "2"]
    assert azure.get()["sku"]["capacity"] == 2


@pytest.mark.rule("1.1.1", "6.instance-view", "8.1", "8.3")
def test_instance_view_of_a_running_one(azure: Azure) -> None:
    """Members, their order and the fixed values as recorded in wire.md 3.12."""
    view = azure.get(f"{VMS}/0/instanceView")
    assert list(view) == [
        "placementGroupId",
        "platformUpdateDomain",
        "platformFaultDomain",
        "computerName",
        "osName",
        "osVersion",
        "vmAgent",
        "disks",
        "hyperVGeneration",
        "statuses",
    ]
    assert view["osName"] == "ubuntu"
    assert view["vmAgent"]["statuses"][0]["displayStatus"] == "Ready"
    disk = azure.get(f"{VMS}/0")["properties"]["storageProfile"]["osDisk"]["name"]
    assert [item["name"] for item in view["disks"]] == [disk]
    provisioning, power = view["statuses"]
    assert list(provisioning) == ["code", "level", "displayStatus", "time"]
    assert power == {"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"}


@pytest.mark.rule("8.1", "8.3")
def test_instance_view_of_a_deallocated_one(azure: Azure) -> None:
    """What only the guest can tell is gone (wire.md 3.12)."""
    azure.done(azure.post(f"{VMS}/0/deallocate"))
    view = azure.get(f"{VMS}/0/instanceView")
    assert not {"computerName", "osName", "osVersion", "vmAgent", "extensions"} & set(view)
    assert [status["code"] for status in view["statuses"]] == [
        "ProvisioningState/succeeded",
        "PowerState/deallocated",
    ]
    assert view["statuses"][1]["displayStatus"] == "VM deallocated"


def test_instance_view_while_updating(azure: Azure) -> None:
    """A passing state has no time (wire.md 3.12)."""
    azure.post(f"{VMS}/0/restart")
    status: dict[str, Any] = azure.get(f"{VMS}/0/instanceView")["statuses"][0]
    assert status == {"code": "ProvisioningState/updating", "level": "Info", "displayStatus": "Updating"}


@pytest.mark.rule("3.8", "8.3")
def test_health_with_the_extension() -> None:
    """``vmHealth`` and the extension's own state (wire.md 3.12)."""
    azure = Azure()
    azure.create(rolling(1))
    view = azure.get(f"{VMS}/0/instanceView")
    status = view["vmHealth"]["status"]
    assert {name: status[name] for name in ("code", "level", "displayStatus")} == {
        "code": "HealthState/healthy",
        "level": "Info",
        "displayStatus": "The VM is reporting itself as healthy",
    }
    (extension,) = view["extensions"]
    assert (extension["name"], extension["type"]) == ("health", "Microsoft.ManagedServices.ApplicationHealthLinux")
    assert extension["statuses"][0]["code"] == "ProvisioningState/succeeded"
    (handler,) = view["vmAgent"]["extensionHandlers"]
    assert handler["type"] == "Microsoft.ManagedServices.ApplicationHealthLinux"


def test_no_health_without_a_source() -> None:
    """No source, no ``vmHealth``."""
    azure = Azure()
    azure.create(model(1))
    assert "vmHealth" not in azure.get(f"{VMS}/0/instanceView")


def test_health_by_a_probe() -> None:
    """What a load balancer's probe found is told as the extension's word is (recorded in 2020)."""
    azure = Azure()
    azure.create(model(1, PROBED))
    assert azure.get(f"{VMS}/0/instanceView")["vmHealth"]["status"]["code"].startswith("HealthState/")


def test_zones_and_tags() -> None:
    """A zonal instance has its zone, and every instance the scale set's tags."""
    azure = Azure()
    azure.create(model(2, {"location": "westus2", "zones": ["1", "2"], "tags": {"team": "shop"}}))
    assert [item["zones"] for item in azure.instances()] == [["1"], ["2"]]
    assert [item["tags"] for item in azure.instances()] == [{"team": "shop"}, {"team": "shop"}]


def test_data_disks_are_in_the_view() -> None:
    """Each data disk has an entry beside the OS disk's."""
    azure = Azure()
    disks = [{"lun": 0, "createOption": "Empty", "diskSizeGB": 10}]
    azure.create(model(1, {f"{PROFILE}.storageProfile.dataDisks": disks}))
    assert len(azure.get(f"{VMS}/0/instanceView")["disks"]) == 2


@pytest.mark.rule("8.3")
def test_flexible_view_has_no_domains() -> None:
    """A Flexible scale set's instance shows neither domains nor placement group (semantics 8.3)."""
    azure = Azure()
    extensions = {f"{PROFILE}.extensionProfile.extensions": [HEALTH_EXTENSION]}
    azure.create(model(1, {**FLEXIBLE, **extensions}))
    (item,) = azure.instances()
    view = azure.get(f"{VMS}/{item['instanceId']}/instanceView")
    assert not {"placementGroupId", "platformUpdateDomain", "platformFaultDomain"} & set(view)
    assert "vmHealth" in view


WRONG_PARTS: list[tuple[dict[str, Any], str]] = [
    ({"hardwareProfile": {"vmSize": "Standard_D3s_v99"}}, "InvalidParameter"),
    ({"storageProfile": {"osDisk": {"managedDisk": {"diskEncryptionSet": {"id": "des"}}}}}, "LinkedInvalidPropertyId"),
    (
        {"osProfile": {"secrets": [{"sourceVault": {"id": SUBNET}, "vaultCertificates": []}]}},
        "InvalidParameter",
    ),
    (
        {
            "networkProfileConfiguration": {
                "networkInterfaceConfigurations": [
                    {"name": "nic", "properties": {"networkSecurityGroup": {"id": SUBNET}}},
                ]
            }
        },
        "InvalidParameter",
    ),
]


@pytest.mark.parametrize(("part", "code"), WRONG_PARTS)
def test_an_instance_s_own_model_is_judged_as_its_scale_set_s(part: dict[str, Any], code: str) -> None:
    """A size that does not exist, an id that names nothing or the wrong type: refused, and nothing has changed."""
    azure = Azure()
    azure.create(model(1))
    before = azure.get(f"{SET}/virtualMachines/0")
    response = azure.put({"location": "westus", "properties": part}, f"{SET}/virtualMachines/0")
    assert (response.status, response.json()["error"]["code"]) == (400, code)
    assert azure.get(f"{SET}/virtualMachines/0") == before
