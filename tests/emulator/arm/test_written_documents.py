"""What is shown of what was written: merged, replaced, taken away or filled in, as recorded of Azure."""

import re
from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, Azure, changed, model
from vmss_sdk.emulator.engine.common.documents import get_path

PROFILE = "properties.virtualMachineProfile"
EVENTS = f"{PROFILE}.scheduledEventsProfile"
POLICY = "properties.scheduledEventsPolicy"
TARGETS = "scheduledEventsAdditionalPublishingTargets"
PUBLISHED = {"eventGridAndResourceGraph": {"enable": True}}
IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me"
EPHEMERAL = {"diffDiskSettings": {"option": "Local"}, "caching": "ReadOnly", "createOption": "FromImage"}


def document(path: str, value: Any) -> dict[str, Any]:
    """A body with one member at a dotted path."""
    return changed({}, {path: value})


def shown(azure: Azure, path: str, query: str = "") -> Any:
    """A member of the scale set as it is read."""
    return get_path(azure.get(SET + query), path)


def approvals(*, redeploy: bool, reboot: bool) -> dict[str, Any]:
    """The two of what a user starts."""
    names = {"userInitiatedRedeploy": redeploy, "userInitiatedReboot": reboot}
    return {name: {"automaticallyApprove": value} for name, value in names.items()}


@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
@pytest.mark.parametrize(
    ("path", "first", "then", "left"),
    [
        ("properties.scaleInPolicy", {"rules": ["OldestVM"]}, {"forceDeletion": True}, {"forceDeletion": True}),
        (
            EVENTS,
            {"terminateNotificationProfile": {"enable": True, "notBeforeTimeout": "PT8M"}},
            {"terminateNotificationProfile": {"enable": False}},
            {},
        ),
        (f"{EVENTS}.osImageNotificationProfile", {"enable": True}, {"enable": False}, None),
        (
            f"{EVENTS}.terminateNotificationProfile",
            {"enable": True, "notBeforeTimeout": "PT8M"},
            {"notBeforeTimeout": "PT9M"},
            {"enable": True, "notBeforeTimeout": "PT9M"},
        ),
        (
            f"{PROFILE}.diagnosticsProfile.bootDiagnostics",
            {"enabled": True, "storageUri": "https://a.blob.core.windows.net/"},
            {"enabled": False},
            {"enabled": False, "storageUri": "https://a.blob.core.windows.net/"},
        ),
    ],
)
def test_a_second_write(verb: str, path: str, first: Any, then: Any, left: Any) -> None:
    """Of a policy that is written again in part: the rest stays, or goes, as Azure has it for that one."""
    azure = Azure()
    azure.create(changed(model(0), {path: first}))
    body = document(path, then) | ({"location": "westus"} if verb == "PUT" else {})
    assert azure.send(verb, SET, body).status == 200
    assert shown(azure, path) == left


def test_an_events_policy_that_is_switched_off_is_gone() -> None:
    """All of it; a part that is still on keeps it."""
    azure = Azure()
    azure.create(changed(model(0), {POLICY: {**approvals(redeploy=True, reboot=True), TARGETS: PUBLISHED}}))
    off = approvals(redeploy=False, reboot=False)
    azure.put({"location": "westus", **document(POLICY, off)})
    assert shown(azure, POLICY) == {**off, TARGETS: PUBLISHED}
    silent = {"eventGridAndResourceGraph": {"enable": False}}
    azure.put({"location": "westus", **document(POLICY, {**off, TARGETS: silent})})
    assert shown(azure, POLICY) is None


def test_a_first_events_policy_is_filled_in() -> None:
    """What the user starts is not approved by itself, and says so."""
    azure = Azure()
    azure.create(changed(model(0), {POLICY: {TARGETS: PUBLISHED}}))
    assert shown(azure, POLICY) == {TARGETS: PUBLISHED, **approvals(redeploy=False, reboot=False)}


def test_empty_user_data_takes_it_away() -> None:
    """With ``$expand=userData`` there is none any more."""
    azure = Azure()
    azure.create(changed(model(0), {f"{PROFILE}.userData": "Zmlyc3Q="}))
    assert shown(azure, f"{PROFILE}.userData", "?$expand=userData") == "Zmlyc3Q="
    azure.patch(document(f"{PROFILE}.userData", ""))
    assert shown(azure, f"{PROFILE}.userData", "?$expand=userData") is None


def test_an_instance_keeps_its_user_data() -> None:
    """A PUT of a Uniform instance with others is taken, and they stay as they were."""
    azure = Azure()
    azure.create(changed(model(1), {f"{PROFILE}.userData": "Zmlyc3Q="}))
    place = f"{SET}/virtualMachines/0"
    azure.put({**azure.get(place), "properties": {"userData": "c2Vjb25k"}}, place)
    azure.settle()
    assert azure.get(f"{place}?$expand=userData")["properties"]["userData"] == "Zmlyc3Q="


@pytest.mark.parametrize(
    "spelled", ["SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned", "systemassigned,USERASSIGNED"]
)
def test_both_identities_with_and_without_a_blank(spelled: str) -> None:
    """Az sends it without, and the answer has one."""
    azure = Azure()
    azure.create(model(0))
    body = {"identity": {"type": spelled, "userAssignedIdentities": {IDENTITY: {}}}}
    assert azure.patch(body).status == 200
    assert shown(azure, "identity.type") == "SystemAssigned, UserAssigned"


def os_disk(azure: Azure) -> str:
    """The name of the only instance's OS disk, in its model and in its view."""
    instance = azure.get(f"{SET}/virtualMachines/0?$expand=instanceView")["properties"]
    name: str = instance["storageProfile"]["osDisk"]["name"]
    assert instance["instanceView"]["disks"][0]["name"] == name
    return name


def reimaged(azure: Azure, body: Any = None) -> str:
    """The name after a reimage."""
    assert azure.post(f"{SET}/reimage", body).status == 202
    azure.settle()
    return os_disk(azure)


def test_an_ephemeral_disk_keeps_its_name_until_it_is_forced() -> None:
    """Recorded: the same name after a plain reimage, another GUID after a forced one; it is disk 1 each time."""
    azure = Azure()
    azure.create(changed(model(1), {f"{PROFILE}.storageProfile.osDisk": EPHEMERAL}))
    first = os_disk(azure)
    assert re.fullmatch(r"web_web_0_OsDisk_1_[0-9a-f]{32}", first)
    assert reimaged(azure) == first
    forced = reimaged(azure, {"forceUpdateOSDiskForEphemeral": True})
    assert forced != first
    assert re.fullmatch(r"web_web_0_OsDisk_1_[0-9a-f]{32}", forced)
    assert reimaged(azure) == forced


def test_a_persistent_disk_is_another_one_after_a_reimage() -> None:
    """By its GUID; it is disk 1 each time, as in all recorded names."""
    azure = Azure()
    azure.create(model(1))
    first, second, third = os_disk(azure), reimaged(azure), reimaged(azure)
    assert len({first, second, third}) == 3
    assert {name.rpartition("_")[0] for name in (first, second, third)} == {"web_web_0_OsDisk_1"}


def test_names_of_data_disks() -> None:
    """The disks of an instance are counted with the OS disk."""
    azure = Azure()
    disks = [{"lun": 0, "createOption": "Empty", "diskSizeGB": 4}, {"lun": 1, "createOption": "Empty", "diskSizeGB": 4}]
    azure.create(changed(model(1), {f"{PROFILE}.storageProfile.dataDisks": disks}))
    names = [disk["name"] for disk in azure.instances()[0]["properties"]["storageProfile"]["dataDisks"]]
    assert [name.rpartition("_")[0] for name in names] == ["web_web_0_disk2", "web_web_0_disk3"]


def test_a_mix_of_sizes_is_the_cheapest_unless_something_else_is_said() -> None:
    """Recorded of ``az vmss create --vm-sku Mix``."""
    azure = Azure()
    sizes = [{"name": "Standard_D2s_v4"}, {"name": "Standard_D2s_v5"}]
    flexible = {**FLEXIBLE, "sku.name": "Mix", "properties.overprovision": None}
    azure.create(changed(model(0), {**flexible, "properties.skuProfile": {"vmSizes": sizes}}))
    assert shown(azure, "properties.skuProfile.allocationStrategy") == "LowestPrice"


def applications(azure: Azure) -> list[str]:
    """The handlers of the scale set's extensions."""
    found = shown(azure, f"{PROFILE}.extensionProfile.extensions")
    return [f"{item['properties']['publisher']}.{item['properties']['type']}" for item in found]


def test_gallery_applications_bring_the_extension_that_installs_them() -> None:
    """Recorded: ``VMAppExtension``, which is there as long as an application is."""
    azure = Azure()
    version = "Microsoft.Compute/galleries/g/applications/a/versions/1.0.0"
    application = {"packageReferenceId": f"{GROUP}/providers/{version}"}
    path = f"{PROFILE}.applicationProfile.galleryApplications"
    azure.create(changed(model(0), {path: [application]}))
    assert applications(azure) == ["Microsoft.CPlat.Core.VMApplicationManagerLinux"]
    azure.patch(document(f"{PROFILE}.extensionProfile.extensions", []))
    assert applications(azure) == ["Microsoft.CPlat.Core.VMApplicationManagerLinux"]
    azure.put({"location": "westus", **document(path, [])})
    assert applications(azure) == []


@pytest.mark.parametrize("spelled", ["EastUS2", "East US 2", "eastus2"])
def test_a_place_is_shown_in_its_plain_spelling(spelled: str) -> None:
    """Recorded of every type: small letters, no blanks."""
    azure = Azure()
    azure.create(model(0, {"location": spelled}))
    assert shown(azure, "location") == "eastus2"
