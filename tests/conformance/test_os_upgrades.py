"""Rolling upgrades of the OS image and of extensions, history and approval, through azure-mgmt-compute."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.compute import models

from tests.conformance.backdoor import Backdoor
from tests.conformance.os_upgrades import HOUR, create_following, image_versions, publish
from tests.conformance.parameters import error_of, scale_set, some

pytestmark = pytest.mark.conformance

DEFERRED = models.AutomaticOSUpgradePolicy(enable_automatic_os_upgrade=True, os_rolling_upgrade_deferral=True)


@pytest.mark.rule("4.5", "4.8")
def test_os_upgrade_and_its_history(compute: Any, group: str, backdoor: Backdoor) -> None:
    """All instances get the newest image; the history tells who started it and what it brought (wire 3.20, 3.24)."""
    create_following(compute, group)
    version = publish(backdoor)
    assert compute.virtual_machine_scale_set_rolling_upgrades.begin_start_os_upgrade(group, "web").result() is None
    assert image_versions(compute, group) == [version] * 3
    [entry] = compute.virtual_machine_scale_sets.get_os_upgrade_history(group, "web")
    assert entry.type == "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades"
    assert entry.location == "westus2"
    assert entry.properties.running_status.code == "Completed"
    assert entry.properties.started_by == "User"
    assert entry.properties.progress.successful_instance_count == 3
    assert entry.properties.target_image_reference.version == version
    assert entry.properties.rollback_info.successfully_rolledback_instance_count == 0
    assert entry.properties.error is None


def test_history_gives_the_end_another_name_than_the_client(compute: Any, group: str, backdoor: Backdoor) -> None:
    """As recorded it is completedTime, which this client does not know: its end_time is None (wire 3.24)."""
    create_following(compute, group, 1)
    publish(backdoor)
    compute.virtual_machine_scale_set_rolling_upgrades.begin_start_os_upgrade(group, "web").result()
    [entry] = compute.virtual_machine_scale_sets.get_os_upgrade_history(group, "web")
    status = entry.properties.running_status
    assert (status.start_time is not None, status.end_time) == (True, None)
    assert status["completedTime"] > status["startTime"]


def test_empty_history(compute: Any, group: str) -> None:
    """Nothing was ever upgraded."""
    create_following(compute, group, 1)
    assert list(compute.virtual_machine_scale_sets.get_os_upgrade_history(group, "web")) == []


@pytest.mark.rule("4.5")
def test_os_upgrade_needs_latest(compute: Any, group: str) -> None:
    """409 OperationNotAllowed with Azure's words (wire 7.2)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_set_rolling_upgrades.begin_start_os_upgrade(group, "web")
    assert (caught.value.status_code, error_of(caught).code) == (409, "OperationNotAllowed")
    assert "imageReference.version set to latest" in error_of(caught).message


@pytest.mark.rule("4.5", "4.8")
def test_failed_os_upgrade_is_in_the_history(compute: Any, group: str, backdoor: Backdoor) -> None:
    """With its error; started by hand it rolls nothing back (semantics 4.5)."""
    create_following(compute, group, 5)
    version = publish(backdoor)
    backdoor.unhealthy_after_upgrade(group, "web")
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_set_rolling_upgrades.begin_start_os_upgrade(group, "web").result()
    assert error_of(caught).code == "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade"
    [entry] = compute.virtual_machine_scale_sets.get_os_upgrade_history(group, "web")
    assert entry.properties.running_status.code == "Faulted"
    assert entry.properties.error.code == "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade"
    assert image_versions(compute, group).count(version) == 1


def test_extension_upgrade(compute: Any, group: str) -> None:
    """Accepted, and Completed with nothing to do (wire 3.21)."""
    create_following(compute, group)
    upgrades = compute.virtual_machine_scale_set_rolling_upgrades
    assert upgrades.begin_start_extension_upgrade(group, "web").result() is None
    assert upgrades.get_latest(group, "web").running_status.code == "Completed"


@pytest.mark.rule("4.9")
def test_deferred_upgrade_waits_for_approval(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Of one instance by the scale set, of another by itself, then of the rest (semantics 4.9)."""
    create_following(compute, group, automatic=DEFERRED)
    before = image_versions(compute, group)[0]
    version = publish(backdoor)
    backdoor.advance(4 * HOUR)
    assert image_versions(compute, group) == [before] * 3

    compute.virtual_machine_scale_sets.begin_approve_rolling_upgrade(group, "web", some("2")).result()
    backdoor.advance(HOUR)
    assert image_versions(compute, group) == [before, before, version]

    compute.virtual_machine_scale_set_vms.begin_approve_rolling_upgrade(group, "web", "0").result()
    backdoor.advance(HOUR)
    assert image_versions(compute, group) == [version, before, version]

    compute.virtual_machine_scale_sets.begin_approve_rolling_upgrade(group, "web").result()
    backdoor.advance(HOUR)
    assert image_versions(compute, group) == [version] * 3
