"""Merging and completing a scale set's document (wire.md 3.2, 6)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator.engine.stories import HEALTH_EXTENSION, document, finish, profile, scale_set
from vmss_sdk.emulator.engine.common.documents import get_path, merge
from vmss_sdk.emulator.engine.model.defaults import fill_defaults

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
DOCUMENTS = st.dictionaries(
    st.text(max_size=5),
    st.recursive(SCALARS, lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8),
    max_size=4,
)


@given(DOCUMENTS)
def test_merging_nothing_changes_nothing(body: dict[str, Any]) -> None:
    """A body of no members is no change."""
    assert merge(body, {}) == body


@pytest.mark.rule("1.3.9")
@given(DOCUMENTS)
def test_merging_a_document_into_itself_changes_nothing(body: dict[str, Any]) -> None:
    """A GET fed back is no change."""
    assert merge(body, body) == body


@given(DOCUMENTS)
def test_filling_twice_is_filling_once(body: dict[str, Any]) -> None:
    """Defaults are stable."""
    start = {"properties": {"virtualMachineProfile": {"osProfile": {}}}, "tags": body}
    filled = fill_defaults(start)
    assert fill_defaults(filled) == filled


@pytest.mark.rule("1.3.9", "6.5")
def test_members_not_sent_stay() -> None:
    """Location and sku alone keep the whole model, and the tags (wire.md 3.2)."""
    made = scale_set(document(instances=1, tags={"team": "web"}))
    before = made.document["properties"]
    finish(
        made, made.put({"location": "westus2", "sku": {"name": "Standard_D2s_v5", "tier": "Standard", "capacity": 2}})
    )
    assert (made.document["properties"], made.document["tags"]) == (before, {"team": "web"})
    assert len(made.versions) == 1


def test_an_image_version_alone_is_merged_into_the_reference() -> None:
    """``--set …imageReference.version=X`` sends the version alone (az-cli 5.1)."""
    made = scale_set(document(instances=1))
    made.put(profile(storageProfile={"imageReference": {"version": "2.0.0"}}))
    assert made.latest.content.image == {
        "publisher": "Canonical",
        "offer": "ubuntu",
        "sku": "server",
        "version": "2.0.0",
    }


@pytest.mark.rule("6.5")
def test_protected_settings_survive_a_get_then_put() -> None:
    """No GET returns them, so an extension sent back without them keeps them."""
    secret = {**HEALTH_EXTENSION, "properties": {**HEALTH_EXTENSION["properties"], "protectedSettings": {"key": "v"}}}
    made = scale_set(document(instances=1, extensions=[secret]))
    finish(made, made.put(profile(extensionProfile={"extensions": [HEALTH_EXTENSION]})))
    assert len(made.versions) == 1


def test_an_extension_left_out_is_removed() -> None:
    """Lists are replaced."""
    made = scale_set(document(instances=1))
    finish(made, made.put(profile(extensionProfile={"extensions": []})))
    assert made.latest.extensions == ()


def test_secrets_are_sealed() -> None:
    """Neither password nor protected settings are anywhere in the state, and a change of them still shows."""
    secret = {
        **HEALTH_EXTENSION,
        "properties": {**HEALTH_EXTENSION["properties"], "protectedSettings": {"key": "hush"}},
    }
    made = scale_set(document(instances=1, extensions=[secret]))
    state = repr(made.document) + repr([made.version(1).part])
    assert "hush" not in state
    assert "Old-Passw0rd" not in state
    made.put(profile(osProfile={"adminPassword": "Old-Passw0rd"}))
    assert len(made.versions) == 1
    made.put(profile(osProfile={"adminPassword": "New-Passw0rd"}))
    assert len(made.versions) == 2


@pytest.mark.rule("1.6.31")
def test_the_etag_grows_with_changes_only() -> None:
    """A write that changes nothing keeps it (wire.md 1.3)."""
    made = scale_set(document(instances=1))
    etags = [made.etag]
    for body in ({}, {"tags": {"a": "b"}}, {"tags": {"a": "b"}}):
        finish(made, made.put(body))
        etags.append(made.etag)
    assert etags == [1, 1, 2, 2]


@pytest.mark.rule(
    "2.3.maxBatchInstancePercent",
    "2.3.maxUnhealthyInstancePercent",
    "2.3.maxUnhealthyUpgradedInstancePercent",
    "2.3.pauseTimeBetweenBatches",
    "2.3.rollbackFailedInstancesOnPolicyBreach",
    "2.3.maxSurge",
)
def test_rolling_defaults_are_filled() -> None:
    """Mode Rolling without a policy gets 20/20/20 and no pause (wire.md 6)."""
    made = scale_set(document(instances=1, mode="Rolling"))
    assert get_path(made.document, "properties.upgradePolicy.rollingUpgradePolicy") == {
        "maxBatchInstancePercent": 20,
        "maxUnhealthyInstancePercent": 20,
        "maxUnhealthyUpgradedInstancePercent": 20,
        "pauseTimeBetweenBatches": "PT0S",
        "maxSurge": False,
        "rollbackFailedInstancesOnPolicyBreach": False,
    }


def test_other_modes_stay_bare() -> None:
    """Mode Manual without a policy is echoed as it is (wire.md 6)."""
    assert scale_set(document(instances=1)).document["properties"]["upgradePolicy"] == {"mode": "Manual"}


@pytest.mark.rule("1.6.30")
def test_the_policy_once_set_is_not_removed_by_leaving_it_out() -> None:
    """Another mode keeps the rolling policy (wire.md 6)."""
    made = scale_set(document(instances=1, mode="Rolling", rolling={"maxBatchInstancePercent": 50}))
    finish(made, made.put({"properties": {"upgradePolicy": {"mode": "Manual"}}}))
    assert get_path(made.document, "properties.upgradePolicy.rollingUpgradePolicy.maxBatchInstancePercent") == 50


def test_windows_defaults() -> None:
    """An image whose name says Windows gets Windows' configuration and disk (wire.md 6)."""
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2022", "version": "latest"}
    filled = fill_defaults(document(profile={"storageProfile": {"imageReference": image}}))
    kept = filled["properties"]["virtualMachineProfile"]
    assert kept["osProfile"]["windowsConfiguration"] == {"provisionVMAgent": True, "enableAutomaticUpdates": True}
    assert (kept["storageProfile"]["osDisk"]["osType"], kept["storageProfile"]["osDisk"]["diskSizeGB"]) == (
        "Windows",
        127,
    )
