"""Regions, zones and sizes are facts: what Azure does not have is refused as Azure refuses it, what it has is taken."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, SUBSCRIPTION, Azure, model
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.catalogue import facts
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings

PROFILE = "properties.virtualMachineProfile"
STORAGE = f"{PROFILE}.storageProfile"
NICS = f"{PROFILE}.networkProfile.networkInterfaceConfigurations"
USAGES = f"{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westus/usages"


def azure(**settings: Any) -> Azure:
    """An emulator with the resource group in which the tests write."""
    found = Azure(Emulator(settings=Settings(timings=Timings.exact(), **settings)))
    assert found.send("PUT", GROUP, {"location": "westus"}, version="2021-04-01").status == 201
    return found


def refused(changes: dict[str, Any]) -> tuple[int, str, str, str]:
    """Status, code, target and message of a creation that is refused."""
    there = azure()
    response = there.put(model(1, changes))
    error = response.json()["error"]
    assert there.send("GET", SET).status == 404, "nothing was made"
    return response.status, error["code"], error.get("target", ""), error["message"]


def interfaces(count: int, **properties: Any) -> list[dict[str, Any]]:
    """That many network interface configurations in one subnet, the first of them primary."""
    subnet = {"id": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}
    return [
        {
            "name": f"nic{number}",
            "properties": {
                "primary": number == 0,
                "ipConfigurations": [{"name": "ip", "properties": {"subnet": subnet}}],
                **properties,
            },
        }
        for number in range(count)
    ]


@pytest.mark.parametrize("place", ["narnia", "europe", "westus 9", "global"])
def test_a_region_that_does_not_exist_is_refused_with_the_list(place: str) -> None:
    """A logical region such as Europe is none for machines (ARM's LocationNotAvailableForResourceType)."""
    status, code, _, message = refused({"location": place})
    assert (status, code) == (400, "LocationNotAvailableForResourceType")
    assert message.startswith(f"The provided location '{place}' is not available for resource type")
    assert "westeurope" in message


@pytest.mark.parametrize("place", ["westeurope", "West Europe", "WestEurope", "qatarcentral", "brazilsoutheast"])
def test_every_region_is_taken_in_any_spelling(place: str) -> None:
    """Names with blanks and capitals mean the same region."""
    assert azure().put(model(0, {"location": place})).status == 201


def test_a_resource_group_needs_a_region_too() -> None:
    """In the words of ARM's gateway."""
    path = f"{SUBSCRIPTION}/resourceGroups/other"
    response = Azure().send("PUT", path, {"location": "narnia"}, version="2021-04-01")
    assert (response.status, response.json()["error"]["code"]) == (400, "LocationNotAvailableForResourceGroup")


@pytest.mark.parametrize(
    ("place", "zones", "supported"),
    [("northcentralus", ["1", "2"], ""), ("westeurope", ["4"], "1,2,3"), ("westus", ["1"], "")],
)
def test_zones_that_the_region_does_not_have_are_refused(place: str, zones: list[str], supported: str) -> None:
    """In Azure's words (kubernetes/test-infra#24049)."""
    status, code, _, message = refused({"location": place, "zones": zones})
    assert (status, code) == (400, "AvailabilityZoneNotSupported")
    assert message == (
        f"The zone(s) '{','.join(zones)}' for resource 'Microsoft.Compute/virtualMachineScaleSets/web' is not"
        f" supported. The supported zones for location '{place}' are '{supported}'"
    )


def test_a_region_with_four_zones_has_four() -> None:
    """The zones come from the region, not from a number in the code."""
    assert azure().put(model(0, {"location": "eastus2euap", "zones": ["4"]})).status == 201


def test_a_size_that_does_not_exist_is_refused_with_the_list() -> None:
    """In Azure's words (onefuzz#1126, azure-quickstart-templates#7147)."""
    status, code, target, message = refused({"sku.name": "Standard_Nonsense_v99"})
    assert (status, code, target) == (400, "InvalidParameter", "vmSize")
    assert message.startswith(
        "The requested VM size Standard_Nonsense_v99 is not available in the current region. The sizes available in"
        " the current region are: "
    )
    assert "Standard_D2s_v5" in message


def test_a_size_of_a_mix_that_does_not_exist_is_refused() -> None:
    """Every size of a skuProfile is looked up."""
    mix = {"vmSizes": [{"name": "Standard_D2s_v5"}, {"name": "Standard_D3_v77"}]}
    changes = {**FLEXIBLE, "sku.name": "Mix", "properties.skuProfile": mix}
    response = azure().put(model(0, changes))
    assert response.status == 400
    assert "Standard_D3_v77 is not available" in response.body.decode()


DISK = {"createOption": "Empty", "diskSizeGB": 8}
REFUSED_BY_SIZE = [
    (
        "Standard_A1",
        {f"{STORAGE}.osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}}},
        400,
        "InvalidParameter",
    ),
    (
        "Standard_D2_v3",
        {
            f"{STORAGE}.dataDisks": [
                {
                    "lun": 0,
                    "createOption": "Empty",
                    "diskSizeGB": 8,
                    "managedDisk": {"storageAccountType": "UltraSSD_LRS"},
                }
            ]
        },
        400,
        "InvalidParameter",
    ),
    (
        "Standard_D2s_v5",
        {f"{STORAGE}.osDisk": {"createOption": "FromImage", "diffDiskSettings": {"option": "Local"}}},
        400,
        "NotSupported",
    ),
    (
        "Standard_D2ds_v5",
        {
            f"{STORAGE}.osDisk": {
                "createOption": "FromImage",
                "diffDiskSettings": {"option": "Local", "placement": "CacheDisk"},
            }
        },
        400,
        "NotSupported",
    ),
    (
        "Standard_D2s_v3",
        {f"{STORAGE}.osDisk": {"createOption": "FromImage", "diffDiskSettings": {"option": "Local"}, "diskSizeGB": 64}},
        400,
        "NotSupported",
    ),
    ("Standard_D2s_v3", {NICS: interfaces(3)}, 400, "NetworkInterfaceCountExceeded"),
    (
        "Standard_A1_v2",
        {NICS: interfaces(1, enableAcceleratedNetworking=True)},
        400,
        "VMSizeIsNotPermittedToEnableAcceleratedNetworking",
    ),
    ("Standard_B2s", {f"{PROFILE}.priority": "Spot"}, 409, "OperationNotAllowed"),
    ("Standard_A2", {f"{PROFILE}.priority": "Low"}, 409, "OperationNotAllowed"),
    ("Standard_D2_v3", {f"{PROFILE}.securityProfile": {"encryptionAtHost": True}}, 400, "InvalidParameter"),
    (
        "Standard_D2s_v3",
        {f"{STORAGE}.dataDisks": [{**DISK, "lun": lun} for lun in range(5)]},
        409,
        "OperationNotAllowed",
    ),
    ("Standard_D2ps_v5", {}, 400, "BadRequest"),
]


@pytest.mark.parametrize(("size", "changes", "status", "code"), REFUSED_BY_SIZE)
def test_what_a_size_cannot_carry_is_refused(size: str, changes: dict[str, Any], status: int, code: str) -> None:
    """Premium and ephemeral disks, numbers of interfaces and disks, Spot, encryption, architecture."""
    found = refused({"sku.name": size, **changes})
    assert found[:2] == (status, code)
    assert size in found[3] or "data disks" in found[3]


GENERATIONS = [
    ("Standard_D2s_v6", "Canonical:0001-com-ubuntu-server-jammy:22_04-lts", "1"),
    ("Standard_NC24ads_A100_v4", "MicrosoftWindowsServer:WindowsServer:2022-datacenter", "1"),
    ("Standard_M208s_v2", "Debian:debian-12:12", "1"),
    ("Standard_D2_v3", "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2", "2"),
    ("Standard_A2_v2", "Canonical:ubuntu-24_04-lts:server", "2"),
    ("Standard_F2", "MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition", "2"),
    ("Standard_D2s_v6", "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2", None),
    ("Standard_D2_v3", "Canonical:0001-com-ubuntu-server-jammy:22_04-lts", None),
    ("Standard_D2s_v3", "Canonical:0001-com-ubuntu-server-jammy:22_04-lts", None),
    ("Standard_D2s_v3", "Canonical:ubuntu-24_04-lts:server", None),
    ("Standard_D2s_v6", "kinvolk:flatcar-container-linux-corevm-amd64:stable", None),
]


def of_image(urn: str) -> dict[str, Any]:
    """A model's image by its names."""
    publisher, offer, sku = urn.split(":")
    return {f"{STORAGE}.imageReference": {"publisher": publisher, "offer": offer, "sku": sku, "version": "latest"}}


@pytest.mark.parametrize(("size", "urn", "generation"), GENERATIONS)
def test_a_size_boots_images_of_its_generations(size: str, urn: str, generation: str | None) -> None:
    """Reported of creations (entra-gsa-labs#12, ga4gh-tes#43); an image whose names do not tell is taken."""
    changes = {"sku.name": size, **of_image(urn)}
    if generation is None:
        assert azure().put(model(0, changes)).status == 201
        return
    status, code, _, message = refused(changes)
    assert (status, code) == (400, "BadRequest")
    assert message.startswith(f"The selected VM size '{size}' cannot boot Hypervisor Generation '{generation}'. If")


def test_a_change_to_a_size_that_does_not_boot_the_image_is_refused() -> None:
    """And so is a change to such an image; both are left as they were."""
    there = Azure()
    there.create(model(1, of_image("Canonical:0001-com-ubuntu-server-jammy:22_04-lts")))
    response = there.patch({"sku": {"name": "Standard_D2s_v6", "capacity": 1}})
    assert (response.status, "Hypervisor Generation '1'" in response.json()["error"]["message"]) == (400, True)
    assert there.get()["sku"]["name"] == "Standard_D2s_v3"


ACCEPTED_BY_SIZE = [
    (
        "Standard_D2s_v3",
        {f"{STORAGE}.osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}}},
    ),
    (
        "Standard_D2_v3",
        {f"{STORAGE}.osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "StandardSSD_LRS"}}},
    ),
    (
        "Standard_D2ds_v5",
        {
            f"{STORAGE}.osDisk": {
                "createOption": "FromImage",
                "diffDiskSettings": {"option": "Local", "placement": "ResourceDisk"},
            }
        },
    ),
    ("Standard_D4s_v3", {f"{STORAGE}.osDisk": {"createOption": "FromImage", "diffDiskSettings": {"option": "Local"}}}),
    ("Standard_D8s_v3", {NICS: interfaces(4)}),
    ("Standard_D2s_v5", {f"{PROFILE}.priority": "Spot"}),
    ("standard_d2S_V5", {}),
    ("Standard_E104is_v5", {}),
]


@pytest.mark.parametrize(("size", "changes"), ACCEPTED_BY_SIZE)
def test_what_a_size_carries_is_taken(size: str, changes: dict[str, Any]) -> None:
    """The other direction: strict is not stricter than Azure."""
    response = azure().put(model(0, {"sku.name": size, **changes}))
    assert response.status == 201, response.body


def test_an_open_catalogue_takes_everything() -> None:
    """For what is newer than the lists: any region, any zone, any size."""
    changes = {"location": "marsnorth", "zones": ["7"], "sku.name": "Standard_Z9_v9"}
    assert azure(catalogue="open").put(model(1, changes)).status == 201


@pytest.mark.parametrize(
    ("size", "family", "cores"),
    [
        ("Standard_D64s_v5", "standardDSv5Family", 64),
        ("Standard_E4s_v5", "standardESv5Family", 4),
        ("Standard_D2s_v3", "standardDSv3Family", 2),
    ],
)
def test_cores_count_by_size_and_family(size: str, family: str, cores: int) -> None:
    """Usages tell the vCPUs of the region and of the size's family."""
    there = Azure()
    there.create(model(1, {"sku.name": size}))
    used = {usage["name"]["value"]: usage["currentValue"] for usage in there.get(USAGES)["value"]}
    assert (used["cores"], used[family]) == (cores, cores)
    assert sum(used.values()) == 2 * cores + 2, "the set, the machine, the vCPUs twice"


def test_every_size_of_the_table_reads() -> None:
    """1,387 sizes, each with processors, memory, disks and interfaces."""
    sizes = facts.azure().sizes.all
    assert len(sizes) == 1387
    assert all(size.vcpus > 0 and size.memory_mb > 0 and size.data_disks > 0 for size in sizes)
    assert {size.architecture for size in sizes} == {"x64", "Arm64"}
