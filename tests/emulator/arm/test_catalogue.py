"""The catalogues of a region: sizes, images, extension handlers."""

from typing import Any

import pytest

from tests.emulator.arm.azure import SUBSCRIPTION, Azure, model

COMPUTE = f"{SUBSCRIPTION}/providers/Microsoft.Compute"
PLACE = f"{COMPUTE}/locations/westus2"
UBUNTU = f"{PLACE}/publishers/Canonical/artifacttypes/vmimage/offers/0001-com-ubuntu-server-jammy/skus/22_04-lts-gen2"
HANDLER = f"{PLACE}/publishers/Microsoft.ManagedServices/artifacttypes/vmextension/types"
URN = "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2"


def listed(azure: Azure, path: str) -> list[str]:
    """The names of a list, which is a bare array."""
    return [item["name"] for item in azure.get(path)]


def publish(azure: Azure, image: str, version: str) -> None:
    """Publish a version of an image."""
    assert azure.post("/_emulator/images", {"image": image, "version": version}).status == 200


def test_skus_name_zones() -> None:
    """Each size is there once per region, with its zones (az-cli 4, vmss create 1)."""
    skus = Azure().get(f"{COMPUTE}/skus?$filter=location%20eq%20'westus2'", version="2019-04-01")["value"]
    found = next(sku for sku in skus if sku["name"] == "Standard_D2s_v5")
    assert found["resourceType"] == "virtualMachines"
    assert found["locations"] == ["westus2"]
    assert found["locationInfo"] == [{"location": "westus2", "zones": ["1", "2", "3"], "zoneDetails": []}]
    assert {"name": "vCPUs", "value": "2"} in found["capabilities"]
    assert len({sku["name"] for sku in skus}) == len(skus)


def test_skus_of_three_regions_and_more() -> None:
    """Without filter each size is there once for all regions with the same zones; another filter is refused."""
    azure = Azure()
    skus = [sku for sku in azure.get(f"{COMPUTE}/skus")["value"] if sku["name"] == "Standard_D2s_v5"]
    places = [place for sku in skus for place in sku["locations"]]
    assert len(places) == len(set(places))
    assert all(len({tuple(info["zones"]) for info in sku["locationInfo"]}) == 1 for sku in skus)
    assert {"eastus", "westus2", "westeurope"} <= set(places)
    assert azure.send("GET", f"{COMPUTE}/skus?$filter=name%20eq%20'x'").status == 400


def test_vm_sizes() -> None:
    """The older list of sizes agrees with the SKUs."""
    found = {size["name"]: size for size in Azure().get(f"{PLACE}/vmSizes")["value"]}
    assert (found["Standard_D2s_v5"]["numberOfCores"], found["Standard_D2s_v5"]["memoryInMB"]) == (2, 8192)


def test_usages_count_instances() -> None:
    """A scale set of three with two cores each uses six cores of its region, none of another."""
    azure = Azure()
    azure.create(model(3))

    def used(place: str) -> dict[str, int]:
        usages = azure.get(f"{COMPUTE}/locations/{place}/usages")["value"]
        return {usage["name"]["value"]: usage["currentValue"] for usage in usages}

    here = used("westus")
    assert (here["cores"], here["standardDSv3Family"]) == (6, 6)
    assert (here["virtualMachines"], here["virtualMachineScaleSets"], here["availabilitySets"]) == (3, 1, 0)
    assert used("eastus")["cores"] == 0


def test_walk_down_to_a_version() -> None:
    """Publishers, offers, SKUs and versions lead to one image."""
    azure = Azure()
    assert {"Canonical", "Debian", "Microsoft.ManagedServices"} <= set(listed(azure, f"{PLACE}/publishers"))
    offers = f"{PLACE}/publishers/canonical/artifacttypes/vmimage/offers"
    assert "0001-com-ubuntu-server-jammy" in listed(azure, offers)
    assert "22_04-lts-gen2" in listed(azure, f"{offers}/0001-com-ubuntu-server-jammy/skus")
    versions = listed(azure, f"{UBUNTU}/versions")
    assert len(versions) > 1
    assert azure.get(f"{UBUNTU}/versions/{versions[0]}")["properties"]["osDiskImage"]["operatingSystem"] == "Linux"


def test_latest_version() -> None:
    """As az asks for ``latest``: one entry, the newest (az-cli 4, vmss create 3)."""
    azure = Azure()
    newest = azure.get(f"{UBUNTU}/versions?$expand=properties&$orderby=name%20desc&$top=1")
    assert [item["name"] for item in newest] == listed(azure, f"{UBUNTU}/versions")[-1:]
    assert newest[0]["properties"]["hyperVGeneration"] == "V2"


def test_published_versions_are_in_the_catalogue() -> None:
    """What was published is the newest, of a known image as of a new one; a reset forgets it."""
    azure = Azure()
    publish(azure, URN, "99.1.1")
    publish(azure, "Contoso:Linux:tiny", "1.2.3")
    assert listed(azure, f"{UBUNTU}/versions?$orderby=name%20desc&$top=1") == ["99.1.1"]
    contoso = f"{PLACE}/publishers/Contoso/artifacttypes/vmimage/offers"
    assert listed(azure, contoso) == ["Linux"]
    assert listed(azure, f"{contoso}/linux/skus/tiny/versions") == ["1.2.3"]
    azure.post("/_emulator/reset")
    assert listed(azure, contoso) == []


def test_instances_run_the_catalogues_newest() -> None:
    """``latest`` in a model is the version that the catalogue lists as the newest."""
    azure = Azure()
    publisher, offer, sku = URN.split(":")
    image = {"publisher": publisher, "offer": offer, "sku": sku, "version": "latest"}
    azure.create(model(1, {"properties.virtualMachineProfile.storageProfile.imageReference": image}))
    newest = listed(azure, f"{UBUNTU}/versions")[-1]
    shown: dict[str, Any] = azure.instances()[0]["properties"]["storageProfile"]["imageReference"]
    assert shown["exactVersion"] == newest


def test_unknown_version() -> None:
    """404 in the compute provider's words (az-cli 5)."""
    response = Azure().send("GET", f"{UBUNTU}/versions/0.0.1")
    assert (response.status, response.json()["error"]["code"]) == (404, "PlatformImageNotFound")
    assert f"The platform image '{URN}:0.0.1' is not available." in response.json()["error"]["message"]


def test_an_image_nobody_knows_has_the_engines_version() -> None:
    """The catalogue says what a scale set with that image would get."""
    path = f"{PLACE}/publishers/A/artifacttypes/vmimage/offers/b/skus/c/versions"
    assert listed(Azure(), path) == ["1.0.0"]


def test_any_version_of_an_image_nobody_knows() -> None:
    """A template that names one goes through, and az may look it up first."""
    path = f"{PLACE}/publishers/A/artifacttypes/vmimage/offers/b/skus/c/versions/7.2.9"
    assert Azure().get(path)["name"] == "7.2.9"


def image_answer(azure: Azure, urn: str) -> dict[str, Any]:
    """The properties of the newest version."""
    publisher, offer, sku = urn.split(":")
    path = f"{PLACE}/publishers/{publisher}/artifacttypes/vmimage/offers/{offer}/skus/{sku}/versions"
    properties: dict[str, Any] = azure.get(f"{path}/{listed(azure, path)[-1]}")["properties"]
    return properties


def test_features_of_an_image() -> None:
    """As Azure's documentation shows them for this image."""
    assert image_answer(Azure(), URN)["features"] == [
        {"name": "SecurityType", "value": "TrustedLaunchSupported"},
        {"name": "IsAcceleratedNetworkSupported", "value": "True"},
        {"name": "DiskControllerTypes", "value": "SCSI, NVMe"},
        {"name": "IsHibernateSupported", "value": "True"},
    ]


@pytest.mark.parametrize("kind", ["TrustedLaunch", "ConfidentialVM"])
@pytest.mark.parametrize(
    "urn",
    [
        URN,
        "Canonical:0001-com-ubuntu-confidential-vm-jammy:22_04-lts-cvm",
        "Canonical:UbuntuServer:18.04-LTS",
        "MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition",
        "microsoftwindowsserver:windowsserver:2019-datacenter-zhcn",
        "thefreebsdfoundation:freebsd-14_4:14_4-release-amd64-gen2-ufs",
        "Debian:debian-10:10-gen2",
    ],
)
def test_a_scale_set_is_judged_by_what_the_image_says(urn: str, kind: str) -> None:
    """A security type that the image's answer does not have is refused in Azure's words, and no other one."""
    azure = Azure()
    azure.group()
    facts = image_answer(azure, urn)
    security = next((item["value"] for item in facts["features"] if item["name"] == "SecurityType"), "")
    profile = "properties.virtualMachineProfile"
    reference = dict(zip(("publisher", "offer", "sku"), urn.split(":"), strict=True))
    changes = {
        f"{profile}.storageProfile.imageReference": {**reference, "version": "latest"},
        f"{profile}.securityProfile": {"securityType": kind},
    }
    response = azure.put(model(1, changes))
    if kind.lower() in security.lower():
        assert response.status == 201, response.body
        return
    assert response.status == 400
    expected = f"Use of {kind} setting is not supported for the provided image."
    assert response.json()["error"]["message"].startswith(expected)


@pytest.mark.parametrize(
    ("publisher", "kind"),
    [
        ("Microsoft.Azure.NetworkWatcher", "NetworkWatcherAgentLinux"),
        ("Microsoft.Azure.Security.LinuxAttestation", "GuestAttestation"),
        ("Microsoft.Azure.Security.WindowsAttestation", "GuestAttestation"),
        ("Microsoft.Azure.Security.WindowsCodeIntegrity", "CodeIntegrityAgent"),
        ("Microsoft.Azure.Security", "AzureDiskEncryption"),
        ("Microsoft.OSTCExtensions", "VMAccessForLinux"),
        ("Microsoft.Azure.Diagnostics", "IaaSDiagnostics"),
        ("Microsoft.Azure.ServiceFabric", "ServiceFabricNode"),
        ("Microsoft.HpcCompute", "NvidiaGpuDriverLinux"),
    ],
)
def test_handlers_that_scripts_look_up(publisher: str, kind: str) -> None:
    """``az vmss extension set`` without ``--version`` takes the newest version of the list."""
    azure = Azure()
    place = f"{PLACE}/publishers/{publisher}/artifacttypes/vmextension/types"
    assert kind in listed(azure, place)
    newest = listed(azure, f"{place}/{kind}/versions")[-1]
    assert newest.count(".") >= 1
    assert azure.get(f"{place}/{kind}/versions/{newest}")["name"] == newest


def test_handlers() -> None:
    """Types and versions of extension handlers, with those that were published."""
    azure = Azure()
    assert listed(azure, HANDLER) == ["ApplicationHealthLinux", "ApplicationHealthWindows"]
    handler = {"handler": "Microsoft.ManagedServices.ApplicationHealthLinux", "version": "3.0"}
    azure.post("/_emulator/extensionHandlers", handler)
    assert listed(azure, f"{HANDLER}/ApplicationHealthLinux/versions")[-1] == "3.0"
    assert azure.get(f"{HANDLER}/ApplicationHealthLinux/versions/3.0")["properties"]["vmScaleSetEnabled"] is True
    response = azure.send("GET", f"{HANDLER}/ApplicationHealthLinux/versions/9")
    assert azure.error(response)[:2] == (404, "ArtifactNotFound")


@pytest.mark.parametrize(
    ("alias", "system"), [("Ubuntu2204", "Linux"), ("Debian12", "Linux"), ("Win2022Datacenter", "Windows")]
)
def test_aliases(alias: str, system: str) -> None:
    """The document of short names is where the endpoints say, needs no api-version, and names images that exist."""
    azure = Azure()
    place = azure.get("/metadata/endpoints?api-version=2022-09-01")["vmImageAliasDoc"]
    found = azure.get(place, version=None)["outputs"]["aliases"]["value"][system][alias]
    offers = f"{PLACE}/publishers/{found['publisher']}/artifacttypes/vmimage/offers"
    assert found["version"] == "latest"
    assert found["sku"] in listed(azure, f"{offers}/{found['offer']}/skus")
