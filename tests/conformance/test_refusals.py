"""What a scale set may not be: status, code and target of the refusal, and nothing changed (semantics 2.3.16)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.compute import models

from tests.conformance.parameters import HEALTH_EXTENSION, HEALTH_PROBE, error_of, patch, scale_set

pytestmark = pytest.mark.conformance

POLICY = "properties.upgradePolicy.rollingUpgradePolicy"


def _refused(compute: Any, group: str, parameters: Any) -> Any:
    """Try to create, and return the error; there must be no scale set afterwards."""
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters)
    assert list(compute.virtual_machine_scale_sets.list(group)) == []
    return caught.value


@pytest.mark.rule("2.3.16a")
@pytest.mark.parametrize(
    ("member", "percent"),
    [
        ("maxBatchInstancePercent", 4),
        ("maxBatchInstancePercent", 101),
        ("maxUnhealthyInstancePercent", 4),
        ("maxUnhealthyInstancePercent", 101),
        ("maxUnhealthyUpgradedInstancePercent", -1),
        ("maxUnhealthyUpgradedInstancePercent", 101),
    ],
)
def test_percent_out_of_range(compute: Any, group: str, member: str, percent: int) -> None:
    """400 InvalidParameter whose target is the path of the percentage."""
    parameters = scale_set(mode="Rolling", extension=HEALTH_EXTENSION).as_dict()
    parameters["properties"]["upgradePolicy"]["rollingUpgradePolicy"] = {member: percent}
    error = _refused(compute, group, parameters)
    assert error.status_code == 400
    assert (error.error.code, error.error.target) == ("InvalidParameter", f"{POLICY}.{member}")


@pytest.mark.rule(
    "2.3.maxBatchInstancePercent", "2.3.maxUnhealthyInstancePercent", "2.3.maxUnhealthyUpgradedInstancePercent"
)
def test_percent_at_its_limits(compute: Any, group: str) -> None:
    """5, 100 and 0 are allowed."""
    rolling = models.RollingUpgradePolicy(
        max_batch_instance_percent=5, max_unhealthy_instance_percent=100, max_unhealthy_upgraded_instance_percent=0
    )
    parameters = scale_set(1, mode="Rolling", rolling=rolling, extension=HEALTH_EXTENSION)
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    assert created.upgrade_policy.rolling_upgrade_policy.max_batch_instance_percent == 5


def test_percent_that_is_no_number(compute: Any, group: str) -> None:
    """400 for text where a number belongs."""
    parameters = scale_set(mode="Rolling", extension=HEALTH_EXTENSION).as_dict()
    parameters["properties"]["upgradePolicy"]["rollingUpgradePolicy"] = {"maxBatchInstancePercent": "x"}
    assert _refused(compute, group, parameters).status_code == 400


@pytest.mark.rule("2.3.pauseTimeBetweenBatches")
def test_pause_that_is_no_duration(compute: Any, group: str) -> None:
    """400 that quotes the value and gives an example."""
    rolling = models.RollingUpgradePolicy(pause_time_between_batches="five minutes")
    error = _refused(compute, group, scale_set(mode="Rolling", rolling=rolling, extension=HEALTH_EXTENSION))
    assert error.status_code == 400
    assert error.error.message.startswith("The pause time five minutes provided is invalid.")


def test_several_problems_are_told_at_once(compute: Any, group: str) -> None:
    """Each problem is a detail with its own target."""
    rolling = models.RollingUpgradePolicy(max_batch_instance_percent=4, max_unhealthy_instance_percent=101)
    error = _refused(compute, group, scale_set(mode="Rolling", rolling=rolling, extension=HEALTH_EXTENSION))
    assert {detail.target for detail in error.error.details} == {
        f"{POLICY}.maxBatchInstancePercent",
        f"{POLICY}.maxUnhealthyInstancePercent",
    }


@pytest.mark.rule("2.3.16b")
def test_rolling_without_a_health_source(compute: Any, group: str) -> None:
    """400 BadRequest in Azure's words."""
    error = _refused(compute, group, scale_set(mode="Rolling"))
    assert error.status_code == 400
    assert error.error.code == "BadRequest"
    assert error.error.message == (
        "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health "
        "extension was not provided."
    )


@pytest.mark.rule("2.3.16d")
def test_rolling_with_two_health_sources(compute: Any, group: str) -> None:
    """400: one source only (semantics 2.3.16 d)."""
    error = _refused(compute, group, scale_set(mode="Rolling", extension=HEALTH_EXTENSION, probe=HEALTH_PROBE))
    assert error.status_code == 400


@pytest.mark.rule("2.3.16e", "2.3.enableCrossZoneUpgrade")
def test_cross_zone_upgrade_without_zones(compute: Any, group: str) -> None:
    """400: there is nothing to cross (semantics 2.3.16 e)."""
    rolling = models.RollingUpgradePolicy(enable_cross_zone_upgrade=True)
    error = _refused(compute, group, scale_set(mode="Rolling", rolling=rolling, extension=HEALTH_EXTENSION))
    assert error.status_code == 400


@pytest.mark.rule("2.3.16e", "2.3.maxSurge")
def test_surge_with_overprovisioning(compute: Any, group: str) -> None:
    """400: max surge needs overprovision to be false (semantics 2.3.16 e)."""
    rolling = models.RollingUpgradePolicy(max_surge=True)
    error = _refused(
        compute, group, scale_set(mode="Rolling", rolling=rolling, extension=HEALTH_EXTENSION, overprovision=True)
    )
    assert error.status_code == 400


@pytest.mark.rule("2.3.16b")
def test_switch_to_rolling_without_a_health_source(compute: Any, group: str) -> None:
    """The same rule for a PATCH; the scale set keeps its mode and etag."""
    before = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_update(group, "web", patch(mode="Rolling"))
    assert caught.value.status_code == 400
    assert compute.virtual_machine_scale_sets.get(group, "web").as_dict() == before.as_dict()


def test_unknown_member(compute: Any, group: str) -> None:
    """400 BadRequest, "Could not find member": a typing error is not lost silently (wire 7.2)."""
    parameters = scale_set().as_dict()
    parameters["properties"]["upgradePolicy"]["rolingUpgradePolicy"] = {"maxBatchInstancePercent": 20}
    error = _refused(compute, group, parameters)
    assert error.status_code == 400
    assert error.error.message.startswith("Could not find member 'rolingUpgradePolicy' on object of type '")


@pytest.mark.rule("2.0.1")
def test_unknown_upgrade_mode(compute: Any, group: str) -> None:
    """400 for a mode that is none."""
    assert _refused(compute, group, scale_set(mode="Gently")).status_code == 400


def test_missing_profile(compute: Any, group: str) -> None:
    """A Uniform set without a VM profile is refused, naming what is missing."""
    body = models.VirtualMachineScaleSet(location="westus2", sku=models.Sku(name="Standard_D2s_v5", capacity=1))
    error = _refused(compute, group, body)
    assert (error.status_code, error.error.code) == (400, "InvalidParameter")
    assert "is missing (null)." in error.error.message


def test_simple_password(compute: Any, group: str) -> None:
    """400 with target adminPassword, in Azure's words; the password is not repeated."""
    parameters: Any = scale_set()
    parameters.virtual_machine_profile.os_profile.admin_password = "letters"
    error = _refused(compute, group, parameters)
    assert (error.error.code, error.error.target) == ("InvalidParameter", "adminPassword")
    assert error.error.message.startswith("The supplied password must be between 8-123 characters long")
    assert "letters" not in str(error)


def test_custom_data_that_is_not_base64(compute: Any, group: str) -> None:
    """400: custom data travels in base64."""
    parameters: Any = scale_set()
    parameters.virtual_machine_profile.os_profile.custom_data = "#cloud-config"
    assert _refused(compute, group, parameters).status_code == 400


@pytest.mark.rule("1.6.28")
def test_location_may_not_change(compute: Any, group: str) -> None:
    """A scale set stays where it is (wire 7.2)."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    created.location = "northeurope"
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", created)
    assert caught.value.status_code == 409


@pytest.mark.rule("1.6.28")
def test_fault_domain_count_may_not_change(compute: Any, group: str) -> None:
    """409 PropertyChangeNotAllowed for a create-only property (semantics 1.6.28)."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    created.platform_fault_domain_count = 3
    with pytest.raises(ResourceExistsError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", created)
    assert error_of(caught).code == "PropertyChangeNotAllowed"
    assert error_of(caught).message == "Changing property 'platformFaultDomainCount' is not allowed."


def test_malformed_instance_id(compute: Any, group: str) -> None:
    """400: the id of a Uniform instance is a number (wire 3.11)."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_set_vms.get(group, "web", "0notfound")
    assert caught.value.status_code == 400
    assert (error_of(caught).code, error_of(caught).target) == ("InvalidParameter", "instanceId")
    assert error_of(caught).message == "Virtual Machine Scale Set VM instanceId must be a number."


def test_unknown_instance_id(compute: Any, group: str) -> None:
    """404 for a number that no instance has."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(1)).result()
    with pytest.raises(ResourceNotFoundError):
        compute.virtual_machine_scale_set_vms.get(group, "web", "7")


def test_instances_of_a_missing_set(compute: Any, group: str) -> None:
    """404 for actions on a scale set that is not there."""
    with pytest.raises(ResourceNotFoundError):
        compute.virtual_machine_scale_sets.begin_reimage(group, "nobody")


def test_creation_in_a_missing_group(compute: Any) -> None:
    """404 ResourceGroupNotFound: a group has to be there first."""
    with pytest.raises(ResourceNotFoundError) as caught:
        compute.virtual_machine_scale_sets.begin_create_or_update("no-such-group", "web", scale_set(1))
    assert error_of(caught).code == "ResourceGroupNotFound"


def test_a_version_that_never_was_is_not_offered(compute: Any, group: str) -> None:
    """An api-version that scale sets never had gets ARM's refusal."""
    with pytest.raises(HttpResponseError) as caught:
        compute.virtual_machine_scale_sets.get(group, "web", api_version="2020-01-01")
    assert caught.value.status_code == 400
    assert error_of(caught).code == "NoRegisteredProviderFound"
