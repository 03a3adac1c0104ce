"""What a model must fulfil before it is accepted (semantics 2.3.16, 1.6)."""

from typing import Any

import pytest

from tests.emulator.engine.stories import (
    HEALTH_EXTENSION,
    PROBE,
    PROVIDERS,
    SUBNET,
    document,
    finish,
    image,
    merged,
    policy,
    profile,
    scale_set,
)
from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused

ROLLING = "properties.upgradePolicy.rollingUpgradePolicy"


def refusals(body: Document) -> list[tuple[Reason, Any]]:
    """The reasons and targets for which a new scale set is refused."""
    with pytest.raises(Refused) as refused:
        scale_set(body)
    return [(failure.reason, failure.facts.get("target")) for failure in refused.value.failures]


@pytest.mark.rule(
    "2.3.16a",
    "2.3.maxBatchInstancePercent",
    "2.3.maxUnhealthyInstancePercent",
    "2.3.maxUnhealthyUpgradedInstancePercent",
)
@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("maxBatchInstancePercent", 4),
        ("maxBatchInstancePercent", 101),
        ("maxUnhealthyInstancePercent", 4),
        ("maxUnhealthyInstancePercent", 101),
        ("maxUnhealthyUpgradedInstancePercent", -1),
        ("maxUnhealthyUpgradedInstancePercent", 101),
    ],
)
def test_percentages_out_of_range(member: str, value: int) -> None:
    """5-100, 5-100 and 0-100 are the ranges (rule 16 a)."""
    body = document(mode="Rolling", rolling={member: value})
    assert refusals(body) == [(Reason.OUT_OF_RANGE, f"{ROLLING}.{member}")]


@pytest.mark.rule("2.3.maxBatchInstancePercent", "2.3.maxUnhealthyUpgradedInstancePercent")
@pytest.mark.parametrize(
    ("member", "value"), [("maxBatchInstancePercent", 5), ("maxUnhealthyUpgradedInstancePercent", 0)]
)
def test_percentages_at_the_edge(member: str, value: int) -> None:
    """The ends of the ranges are allowed."""
    made = scale_set(document(instances=1, mode="Rolling", rolling={member: value}))
    assert made.document["properties"]["upgradePolicy"]["rollingUpgradePolicy"][member] == value


@pytest.mark.rule("2.3.pauseTimeBetweenBatches")
@pytest.mark.parametrize("pause", ["-PT1S", "30", "PT", "soon"])
def test_pause_that_is_no_duration(pause: str) -> None:
    """The pause is an ISO 8601 duration of zero or more."""
    body = document(mode="Rolling", rolling={"pauseTimeBetweenBatches": pause})
    assert refusals(body) == [(Reason.PAUSE_INVALID, f"{ROLLING}.pauseTimeBetweenBatches")]


@pytest.mark.rule("2.3.16b")
def test_rolling_needs_a_health_source() -> None:
    """Neither probe nor extension: refused (rule 16 b)."""
    assert refusals(document(mode="Rolling", extensions=[])) == [
        (Reason.HEALTH_SOURCE_MISSING, "properties.upgradePolicy.mode")
    ]


@pytest.mark.rule("2.3.16d", "3.1")
def test_rolling_takes_one_health_source_only() -> None:
    """Both probe and extension: refused (rule 16 d)."""
    body = document(mode="Rolling", profile={"networkProfile": {"healthProbe": PROBE}})
    assert [reason for reason, _ in refusals(body)] == [Reason.HEALTH_SOURCE_TWICE]


@pytest.mark.rule("2.3.16c", "3.1")
def test_flexible_takes_the_extension_only() -> None:
    """A load balancer probe is no health source of a Flexible set (rule 16 c)."""
    body = document(
        mode="Rolling",
        extensions=[],
        profile={"networkProfile": {"healthProbe": PROBE}},
        properties={"orchestrationMode": "Flexible"},
    )
    assert [reason for reason, _ in refusals(body)] == [Reason.FLEXIBLE_NEEDS_EXTENSION]


@pytest.mark.rule("2.3.16e", "2.3.16g", "2.3.maxSurge", "2.3.enableCrossZoneUpgrade", "7.1")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (policy("Manual", enableCrossZoneUpgrade=True), Reason.CROSS_ZONE_WITHOUT_ZONES),
        (
            merge(policy("Manual", maxSurge=True), {"properties": {"overprovision": True}}),
            Reason.SURGE_WITH_OVERPROVISION,
        ),
        (
            merge(
                image("latest"),
                {
                    "properties": {
                        "orchestrationMode": "Flexible",
                        "upgradePolicy": {
                            "rollingUpgradePolicy": {"maxSurge": True},
                            "automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True},
                        },
                    }
                },
            ),
            Reason.SURGE_WITH_FLEXIBLE_OS_UPGRADE,
        ),
        (profile(osProfile={"adminPassword": "simple"}), Reason.PASSWORD_TOO_SIMPLE),
        (profile(osProfile={"customData": "not base64!"}), Reason.CUSTOM_DATA_NOT_BASE64),
        (profile(extensionProfile={"extensions": [HEALTH_EXTENSION] * 2}), Reason.DUPLICATE_EXTENSION),
        ({"zones": ["west"]}, Reason.INVALID),
        ({"sku": {"capacity": 1001}}, Reason.TOO_MANY_INSTANCES),
    ],
    ids=str,
)
def test_what_does_not_go_together(change: Document, reason: Reason) -> None:
    """Rules 16 e and g, and what a value must be."""
    assert [found for found, _ in refusals(merged(document(), change))] == [reason]


@pytest.mark.rule("2.0.5")
def test_service_fabric_does_not_allow_manual() -> None:
    """The extension of a Service Fabric node makes Manual a refusal; Rolling needs a health source (rule 2.0.5)."""
    node = {"name": "sf", "properties": {"publisher": "Microsoft.Azure.ServiceFabric", "type": "ServiceFabricNode"}}
    assert [reason for reason, _ in refusals(document(extensions=[node]))] == [Reason.SERVICE_FABRIC_NOT_MANUAL]
    assert scale_set(document(instances=1, mode="Automatic", extensions=[node])).mode == "Automatic"
    bare = document(instances=1, mode="Rolling", extensions=[node])
    assert [reason for reason, _ in refusals(bare)] == [Reason.HEALTH_SOURCE_MISSING]
    assert scale_set(document(instances=1, mode="Rolling", extensions=[node, HEALTH_EXTENSION])).mode == "Rolling"


def test_a_password_that_nobody_can_use_may_be_anything() -> None:
    """Where Linux takes keys only, the password's place may hold the key, as many templates have it."""
    keys = [{"path": "/home/azureuser/.ssh/authorized_keys", "keyData": "ssh-rsa aaaa"}]
    linux = {"disablePasswordAuthentication": True, "ssh": {"publicKeys": keys}}
    keys_only = {"adminPassword": "ssh-rsa aaaa", "linuxConfiguration": linux}
    made = scale_set(document(instances=1, profile={"osProfile": keys_only}))
    finish(made, made.put({"properties": {"virtualMachineProfile": {"osProfile": {"adminPassword": "short"}}}}))
    again = {"adminPassword": "short", "linuxConfiguration": {"disablePasswordAuthentication": False}}
    with pytest.raises(Refused) as refused:
        made.put({"properties": {"virtualMachineProfile": {"osProfile": again}}})
    assert [failure.reason for failure in refused.value.failures] == [Reason.PASSWORD_TOO_SIMPLE]


def test_a_set_without_machines_of_its_own_is_flexible() -> None:
    """Neither size nor profile nor orchestration mode: a set that machines are attached to."""
    made = scale_set({"location": "westus2", "properties": {"platformFaultDomainCount": 2}})
    assert made.flexible


def test_all_problems_at_once() -> None:
    """A request is refused with everything that is wrong with it."""
    body = document(
        mode="Rolling", extensions=[], rolling={"maxBatchInstancePercent": 101, "maxUnhealthyInstancePercent": 4}
    )
    assert [reason for reason, _ in refusals(body)] == [
        Reason.OUT_OF_RANGE,
        Reason.OUT_OF_RANGE,
        Reason.HEALTH_SOURCE_MISSING,
    ]


def test_a_uniform_set_needs_a_profile() -> None:
    """What is missing is named by its outermost part."""
    body = {"location": "westus2", "sku": {"name": "Standard_D2s_v5", "capacity": 1}}
    assert refusals({**body, "properties": {"upgradePolicy": {"mode": "Manual"}}}) == [
        (Reason.REQUIRED, "properties.virtualMachineProfile")
    ]


def test_a_flexible_set_needs_none() -> None:
    """An empty Flexible set is a home for VMs to come."""
    made = scale_set({"location": "westus2", "properties": {"orchestrationMode": "Flexible"}})
    assert made.instances == {}


@pytest.mark.rule("1.6.28", "1.6.29")
@pytest.mark.parametrize(
    ("change", "target"),
    [
        ({"location": "eastus"}, "location"),
        ({"properties": {"orchestrationMode": "Flexible"}}, "properties.orchestrationMode"),
        ({"properties": {"platformFaultDomainCount": 3}}, "properties.platformFaultDomainCount"),
        ({"properties": {"singlePlacementGroup": True}}, "properties.singlePlacementGroup"),
    ],
)
def test_create_only_properties(change: Document, target: str) -> None:
    """What is set at creation stays (rules 28, 29), and a refused change leaves everything as it was."""
    made = scale_set(document(instances=1))
    before, etag = made.document, made.etag
    with pytest.raises(Refused) as refused:
        made.put(merge(change, image("2.0.0")))
    assert [(f.reason, f.facts["target"]) for f in refused.value.failures] == [(Reason.NOT_CHANGEABLE, target)]
    assert (made.document, made.etag, len(made.versions)) == (before, etag, 1)


NICS = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations"
DISKS = "properties.virtualMachineProfile.storageProfile.dataDisks"
APPLICATION = f"{PROVIDERS}/Microsoft.Compute/galleries/g/applications/a/versions/1.0.0"
OS_DISK = "properties.virtualMachineProfile.storageProfile.osDisk"
EXTENSIONS = "properties.virtualMachineProfile.extensionProfile.extensions"
FROM_VAULT: Document = merge(HEALTH_EXTENSION, {"properties": {"protectedSettingsFromKeyVault": {}}})


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        (
            {"networkProfile": {"networkInterfaceConfigurations": [{}]}},
            [f"{NICS}[0].name", f"{NICS}[0].properties.ipConfigurations"],
        ),
        (
            {
                "networkProfile": {
                    "networkInterfaceConfigurations": [
                        {"name": "nic", "properties": {"ipConfigurations": [{"properties": {"subnet": SUBNET}}]}}
                    ]
                }
            },
            [f"{NICS}[0].properties.ipConfigurations[0].name"],
        ),
        ({"storageProfile": {"dataDisks": [{"lun": 0}]}}, [f"{DISKS}[0].createOption"]),
        (
            {"securityPostureReference": {"excludeExtensions": []}},
            ["properties.virtualMachineProfile.securityPostureReference.id"],
        ),
        ({"storageProfile": {"osDisk": {"caching": "None"}}}, [f"{OS_DISK}.createOption"]),
        (
            {"applicationProfile": {"galleryApplications": [{"packageReferenceId": APPLICATION}, {}]}},
            ["properties.virtualMachineProfile.applicationProfile.galleryApplications[1].packageReferenceId"],
        ),
        (
            {"extensionProfile": {"extensions": [FROM_VAULT]}},
            [
                f"{EXTENSIONS}[0].properties.protectedSettingsFromKeyVault.secretUrl",
                f"{EXTENSIONS}[0].properties.protectedSettingsFromKeyVault.sourceVault",
            ],
        ),
    ],
    ids=[
        "network interface",
        "ip configuration",
        "data disk",
        "security posture",
        "OS disk",
        "second of a list",
        "two levels down",
    ],
)
def test_required_members_of_parts(part: Document, missing: list[str]) -> None:
    """What the API description requires of a part is required wherever the part is there, each item by its index."""
    assert refusals(document(profile=part)) == [(Reason.REQUIRED, target) for target in missing]
