"""Rules of the model and of its effects on instances that the stories leave open (semantics 1.3, 1.4, 1.6)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    HEALTH_EXTENSION,
    PROBE,
    PROVIDERS,
    SUBNET,
    capacity,
    document,
    finish,
    image,
    profile,
    runs,
    scale_set,
)
from vmss_sdk.emulator.engine.common.documents import Document, get_path, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.model.effects import Effect
from vmss_sdk.emulator.engine.upgrades.manual import upgrade_instances
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.reimage import reimage
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

SCRIPT: Document = {"name": "script", "properties": {"type": "CustomScript", "settings": {"command": "a"}}}
DISK = {"lun": 0, "diskSizeGB": 4, "createOption": "Empty"}


NETWORK = f"{PROVIDERS}/Microsoft.Network"


def effects(made: ScaleSet, instance_id: str = "0") -> set[Effect]:
    """The effects of what an instance lacks."""
    return {change.effect for change in made.missing_changes(made.instances[instance_id])}


def with_script(**properties: Any) -> Document:
    """A change of the extensions: health, and a script with these properties."""
    script = {**SCRIPT, "properties": {**SCRIPT["properties"], **properties}}
    return profile(extensionProfile={"extensions": [HEALTH_EXTENSION, script]})


def upgraded(made: ScaleSet, change: Document) -> None:
    """Change the model and bring all instances to it."""
    finish(made, made.put(change))
    finish(made, upgrade_instances(made, ["*"]))
    assert not any(made.outdated(instance) for instance in made.instances.values())


@pytest.mark.rule("1.3.8")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"singlePlacementGroup": True}, {"singlePlacementGroup": False}),
        ({"zoneBalance": False}, {"zoneBalance": True}),
        ({}, {"doNotRunExtensionsOnOverprovisionedVMs": True}),
        ({}, {"resiliencyPolicy": {"resilientVMCreationPolicy": {"enabled": True}}}),
        ({}, {"scheduledEventsPolicy": {"userInitiatedReboot": {"automaticallyApprove": True}}}),
    ],
)
def test_what_has_no_copy_on_an_instance_outdates_nobody(before: Document, after: Document) -> None:
    """Placement group, zone balance, resiliency and scheduled-events policies are the scale set's alone."""
    made = scale_set(document(instances=1, zones=["1", "2"], properties=before))
    finish(made, made.put({"properties": after}))
    assert not made.outdated(made.instances["0"])


@pytest.mark.rule("1.4.extensions")
def test_another_force_update_tag_reruns_the_extension_with_equal_settings() -> None:
    """Only its tag changed: it runs again, in place, and no other extension does."""
    made = scale_set(document(instances=1))
    upgraded(made, with_script(forceUpdateTag="1"))
    upgraded(made, with_script(forceUpdateTag="2"))
    assert runs(made.instances["0"]) == ["health Created", "script Changed", "script ForceUpdateTag"]
    assert made.instances["0"].os.disk == 1


@pytest.mark.rule("1.4.extensions")
def test_an_extension_that_did_not_change_is_not_run_again() -> None:
    """An upgrade over something else runs no extension."""
    made = scale_set(document(instances=1))
    upgraded(made, profile(licenseType="RHEL_BYOS"))
    assert runs(made.instances["0"]) == ["health Created"]


@pytest.mark.rule("1.4.extensions")
def test_an_extension_is_removed_in_place() -> None:
    """The instance keeps running, and nothing runs on it."""
    made = scale_set(merge(document(instances=1), with_script()))
    finish(made, made.put(profile(extensionProfile={"extensions": [HEALTH_EXTENSION]})))
    assert effects(made) == {Effect.HOT}
    finish(made, upgrade_instances(made, ["0"]))
    assert runs(made.instances["0"]) == ["health Created", "script Created"]


@pytest.mark.rule("1.4.data-disk")
@pytest.mark.parametrize(("before", "after"), [([], [DISK]), ([DISK], []), ([DISK], [DISK, {**DISK, "lun": 1}])])
def test_data_disks_are_attached_and_detached_in_place(before: list[Document], after: list[Document]) -> None:
    """The OS disk stays, and the instance is never down."""
    made = scale_set(document(instances=1, profile={"storageProfile": {"dataDisks": before}}))
    finish(made, made.put(profile(storageProfile={"dataDisks": after})))
    upgrade_instances(made, ["0"])
    instance = made.instances["0"]
    assert (instance.running, instance.health) == (True, HealthState.HEALTHY)
    made.advance(made.now + 60)
    assert (instance.os.disk, made.outdated(instance)) == (1, False)


@pytest.mark.rule("1.4.network", "1.3.7")
@pytest.mark.parametrize(
    ("nic", "address"),
    [
        ({"networkSecurityGroup": {"id": f"{NETWORK}/networkSecurityGroups/guard"}}, {}),
        ({"enableAcceleratedNetworking": True}, {}),
        ({}, {"loadBalancerBackendAddressPools": [{"id": f"{NETWORK}/loadBalancers/other/backendAddressPools/b"}]}),
        (
            {},
            {
                "applicationGatewayBackendAddressPools": [
                    {"id": f"{NETWORK}/applicationGateways/g/backendAddressPools/b"}
                ]
            },
        ),
    ],
)
def test_the_network_changes_in_place(nic: Document, address: Document) -> None:
    """Security group, pools and NIC settings need an upgrade, and that keeps the instance running."""
    made = scale_set(document(instances=1))
    addresses = {"ipConfigurations": [{"name": "ip", "properties": {"subnet": SUBNET, **address}}]}
    configuration = {"name": "nic", "properties": {"primary": True, **addresses, **nic}}
    finish(made, made.put(profile(networkProfile={"networkInterfaceConfigurations": [configuration]})))
    assert effects(made) == {Effect.HOT}


@pytest.mark.rule("1.4.image")
def test_an_image_upgrade_loses_the_os_disk_and_no_other() -> None:
    """What was kept on the OS disk is gone; data disks and the temporary disk are as they were."""
    made = scale_set(document(instances=1, profile={"storageProfile": {"dataDisks": [DISK]}}))
    made.instances["0"].data = {"os": "a", "temp": "b", "lun 0": "c"}
    upgraded(made, image("2.0.0"))
    assert made.instances["0"].data == {"temp": "b", "lun 0": "c"}


@pytest.mark.rule("1.4.size")
def test_another_size_restarts_the_instance() -> None:
    """It is down meanwhile, so its health is unknown; afterwards it runs with the OS disk it had."""
    made = scale_set(document(instances=1))
    finish(made, made.put({"sku": {"name": "Standard_D4s_v5"}}))
    upgrade_instances(made, ["0"])
    instance = made.instances["0"]
    assert (made.outdated(instance), instance.health) == (True, HealthState.UNKNOWN)
    made.advance(made.now + 400)
    assert (made.outdated(instance), instance.health, instance.os.disk) == (False, HealthState.HEALTHY, 1)


@pytest.mark.rule("1.4.secrets")
def test_removed_certificates_stay_on_the_vm_and_are_not_on_a_new_one() -> None:
    """An upgrade does not clean an instance; an instance made afterwards never had them."""
    secrets = [
        {
            "sourceVault": {"id": f"{PROVIDERS}/Microsoft.KeyVault/vaults/certificates"},
            "vaultCertificates": [{"certificateUrl": "https://vault/c"}],
        }
    ]
    made = scale_set(document(instances=1, profile={"osProfile": {"secrets": secrets}}))
    upgraded(made, profile(osProfile={"secrets": []}))
    finish(made, made.put(capacity(2)))
    assert [i.os.content.os_profile["secrets"] for i in made.instances.values()] == [secrets, []]


@pytest.mark.rule("1.4.notification", "7.11")
def test_a_notification_takes_effect_once_the_instance_has_the_model() -> None:
    """The instance with the old model goes at once, the upgraded one after five minutes' notice."""
    made = scale_set(document(instances=2))
    notice = {"terminateNotificationProfile": {"enable": True, "notBeforeTimeout": "PT5M"}}
    finish(made, made.put(profile(scheduledEventsProfile=notice)))
    assert effects(made) == {Effect.HOT}
    finish(made, upgrade_instances(made, ["1"]))
    began = made.now
    old = lifecycle.delete_instances(made, ["0"])
    new = lifecycle.delete_instances(made, ["1"])
    finish(made, new)
    assert old.ended_at is not None
    assert (old.ended_at - began, made.now - began) == (60, 300 + 60)


@pytest.mark.rule("1.4.other-hot")
@pytest.mark.parametrize(
    "change",
    [
        profile(licenseType="RHEL_BYOS"),
        profile(diagnosticsProfile={"bootDiagnostics": {"enabled": True}}),
        profile(networkProfile={"healthProbe": PROBE}),
    ],
)
def test_licence_diagnostics_and_probe_change_in_place(change: Document) -> None:
    """The instance is outdated until it is upgraded, and keeps running then."""
    made = scale_set(document(instances=1))
    finish(made, made.put(change))
    assert effects(made) == {Effect.HOT}


@pytest.mark.rule("1.4.zones", "C5")
def test_an_added_zone_moves_nobody() -> None:
    """The upgrade makes the model the latest where the instance is; only a new instance is in the new zone."""
    made = scale_set(document(instances=2, zones=["1"]))
    upgraded(made, {"zones": ["1", "2"]})
    finish(made, made.put(capacity(3)))
    assert [instance.zone for instance in made.instances.values()] == ["1", "1", "2"]


@pytest.mark.rule("1.4.upgrade-policy")
def test_the_upgrade_policy_changes_at_any_time_without_touching_an_instance() -> None:
    """Another rolling policy is accepted in every mode, and no instance is in work for it."""
    made = scale_set(document(instances=2))
    for mode in ("Rolling", "Automatic", "Manual"):
        policy = {"mode": mode, "rollingUpgradePolicy": {"maxBatchInstancePercent": 50}}
        finish(made, made.put({"properties": {"upgradePolicy": policy}}))
        assert made.mode == mode
    assert (len(made.versions), [i.os.disk for i in made.instances.values()]) == (1, [1, 1])


@pytest.mark.rule("1.2.5", "1.2.6")
def test_model_disk_and_runtime_are_three_things() -> None:
    """An upgrade moves the applied model and not the disk; a reimage moves the disk and not the applied model."""
    made = scale_set(document(instances=1))
    instance = made.instances["0"]
    upgraded(made, profile(osProfile={"adminUsername": "root2"}))
    assert (instance.applied, instance.os.content.model, made.outdated(instance)) == (2, 1, False)
    finish(made, reimage(made, ["0"]))
    assert (instance.applied, instance.os.content.model, instance.running) == (2, 2, True)


@pytest.mark.rule("1.6.28")
def test_the_storage_type_of_the_os_disk_is_create_only() -> None:
    """Another storage type is refused with the property as target."""
    made = scale_set(document(instances=1))
    with pytest.raises(Refused) as refused:
        made.put(profile(storageProfile={"osDisk": {"managedDisk": {"storageAccountType": "Standard_LRS"}}}))
    (failure,) = refused.value.failures
    assert failure.reason is Reason.NOT_CHANGEABLE
    assert failure.facts["parameter"] == "storageAccountType"


@pytest.mark.rule("1.6.29")
def test_a_single_placement_group_may_be_opened() -> None:
    """True to false is allowed, the way to more than 100 instances."""
    made = scale_set(document(instances=1, properties={"singlePlacementGroup": True}))
    finish(made, made.put({"properties": {"singlePlacementGroup": False}}))
    assert get_path(made.document, "properties.singlePlacementGroup") is False


@pytest.mark.rule("1.6.29", "C6")
def test_publisher_and_offer_of_the_image_may_change() -> None:
    """In one request with all parts; the next upgrade brings the other image."""
    made = scale_set(document(instances=1))
    other = {"publisher": "Debian", "offer": "debian-12", "sku": "12", "version": "1.2.3"}
    upgraded(made, profile(storageProfile={"imageReference": other}))
    assert made.instances["0"].os.content.image == other
