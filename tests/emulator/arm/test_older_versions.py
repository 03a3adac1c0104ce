"""Older api-versions: what came later is not shown, and what had another name has that one (recorded 2015 to 2018)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, HEALTH_EXTENSION, SET, Azure, changed, model

POLICY = "properties.upgradePolicy"
PROFILE = "properties.virtualMachineProfile"


@pytest.fixture
def azure() -> Azure:
    """A scale set of one."""
    found = Azure()
    found.create(model(1))
    return found


@pytest.mark.parametrize(
    ("member", "before", "since"),
    [
        ("etag", "2023-07-01", "2024-07-01"),
        ("timeCreated", "2021-07-01", "2021-11-01"),
        ("orchestrationMode", "2018-10-01", "2024-07-01"),
        ("overprovision", "2015-06-15", "2016-03-30"),
        ("singlePlacementGroup", "2016-03-30", "2016-04-30-preview"),
        ("doNotRunExtensionsOnOverprovisionedVMs", "2018-10-01", "2019-03-01"),
        ("virtualMachineProfile.osProfile.allowExtensionOperations", "2018-04-01", "2018-06-01"),
    ],
)
def test_members_that_came_later(azure: Azure, member: str, before: str, since: str) -> None:
    """A member of a scale set is told since a version, read alone or in a list."""
    for version, told in ((before, False), (since, True)):
        listed = azure.get(SET.rpartition("/")[0], version=version)["value"][0]
        for document in (azure.get(version=version), listed):
            found: Any = document if member == "etag" else document["properties"]
            *outer, last = member.split(".")
            for name in outer:
                found = found[name]
            assert (last in found) is told, version


def test_members_of_instances(azure: Azure) -> None:
    """Instances tell their deletion status since 2024-07-01 and where their model is from since 2019-03-01."""
    path = f"{SET}/virtualMachines/0"
    then, later, now = (azure.get(path, version=v)["properties"] for v in ("2018-10-01", "2023-09-01", "2024-07-01"))
    assert ("modelDefinitionApplied" in then, "networkProfileConfiguration" in then) == (False, False)
    assert ("modelDefinitionApplied" in later, "resilientVMDeletionStatus" in later) == (True, False)
    assert now["resilientVMDeletionStatus"] == "Disabled"


def test_nothing_of_the_scale_set_changes(azure: Azure) -> None:
    """What an older version does not tell is still there."""
    before = azure.get()
    azure.get(version="2015-06-15")
    assert azure.get() == before


def test_automatic_os_upgrade() -> None:
    """Before 2018-10-01 it was a flag beside the rollback's policy; it is told as each version has it."""
    azure = Azure()
    azure.group()
    policy = {"mode": "Automatic", "automaticOSUpgrade": True, "autoOSUpgradePolicy": {"disableAutoRollback": True}}
    latest = {f"{PROFILE}.storageProfile.imageReference.version": "latest"}
    body = changed(model(1), {POLICY: policy, f"{PROFILE}.extensionProfile.extensions": [HEALTH_EXTENSION], **latest})
    answer = azure.put(body, version="2018-06-01")
    assert answer.status == 201, answer.body
    shown = answer.json()["properties"]["upgradePolicy"]
    assert {name: shown[name] for name in policy} == policy
    now = azure.get()["properties"]["upgradePolicy"]["automaticOSUpgradePolicy"]
    assert (now["enableAutomaticOSUpgrade"], now["disableAutomaticRollback"]) == (True, True)
    assert azure.get(version="2017-12-01")["properties"]["upgradePolicy"]["automaticOSUpgrade"] is True


def test_the_old_flag_in_a_newer_version(azure: Azure) -> None:
    """From 2018-10-01 on the flag is an unknown member."""
    refused = azure.put(changed(model(1), {f"{POLICY}.automaticOSUpgrade": True}), version="2018-10-01")
    assert refused.status == 400
    assert "Could not find member 'automaticOSUpgrade'" in refused.json()["error"]["message"]


def test_identities() -> None:
    """Before 2018-06-01 user-assigned identities were a list of ids."""
    azure = Azure()
    azure.group()
    ops = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ops"
    azure.put({"location": "westus"}, ops)
    identity = {"type": "UserAssigned", "identityIds": [ops]}
    assert azure.put({**model(1), "identity": identity}, version="2017-12-01").json()["identity"] == identity
    assert list(azure.get()["identity"]["userAssignedIdentities"]) == [ops]


def test_zone_balance_as_it_was_spelled() -> None:
    """2017-03-30 has the misspelt name that Azure had."""
    azure = Azure()
    azure.group()
    body = changed({**model(1), "location": "westus2", "zones": ["1", "2"]}, {"properties.zoneBalanace": True})
    assert azure.put(body, version="2017-03-30").json()["properties"]["zoneBalanace"] is True
    assert azure.get()["properties"]["zoneBalance"] is True
