"""Creating scale sets, and what is read back (wire 3.1, 3.4, 3.5, 6)."""

from typing import Any

import pytest
from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.compute import models

from tests.conformance.parameters import HEALTH_PROBE, LOCATION, base64_text, error_of, scale_set

pytestmark = pytest.mark.conformance


def test_create_answers_201_with_a_scale_set_that_is_being_created(compute: Any, group: str) -> None:
    """The first answer is 201 and shows provisioningState Creating, with an operation to poll and no Location."""
    answers: list[Any] = []
    compute.virtual_machine_scale_sets.begin_create_or_update(
        group, "web", scale_set(), raw_response_hook=lambda answer: answers.append(answer.http_response)
    ).result()
    assert answers[0].status_code == 201
    assert answers[0].json()["properties"]["provisioningState"] == "Creating"
    assert "Azure-AsyncOperation" in answers[0].headers
    assert "Location" not in answers[0].headers


def test_create_returns_the_finished_scale_set(compute: Any, group: str) -> None:
    """The poller's result is the scale set, Succeeded, with its identity."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3)).result()
    assert created.provisioning_state == "Succeeded"
    assert created.name == "web"
    assert created.type == "Microsoft.Compute/virtualMachineScaleSets"
    assert created.location == LOCATION
    assert created.id.endswith(f"/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachineScaleSets/web")
    assert created.etag == '"1"'


@pytest.mark.rule("7.5", "7.8")
def test_uniform_is_filled_with_the_defaults_of_a_set(compute: Any, group: str) -> None:
    """What was not said is said by Azure: Uniform, overprovisioned, one placement group, five fault domains."""
    bare = scale_set(overprovision=None)
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", bare).result()
    assert (created.sku.tier, created.sku.capacity) == ("Standard", 2)
    assert created.orchestration_mode == "Uniform"
    assert created.single_placement_group is True
    assert created.overprovision is True
    assert created.do_not_run_extensions_on_overprovisioned_v_ms is False
    assert created.platform_fault_domain_count == 5
    assert created.unique_id
    assert created.time_created is not None


def test_uniform_is_filled_with_the_defaults_of_its_instances(compute: Any, group: str) -> None:
    """What was not said about the VM profile is said by Azure, for the operating system of the image."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set()).result()
    profile = created.virtual_machine_profile
    assert profile.os_profile.secrets == []
    assert profile.os_profile.allow_extension_operations is True
    assert profile.os_profile.require_guest_provision_signal is True
    assert profile.os_profile.linux_configuration.provision_vm_agent is True
    disk = profile.storage_profile.os_disk
    assert (disk.os_type, disk.create_option, disk.caching, disk.disk_size_gb) == ("Linux", "FromImage", "None", 30)
    nic = profile.network_profile.network_interface_configurations[0].properties
    assert nic.enable_ip_forwarding is False
    assert nic.dns_settings.dns_servers == []
    assert nic.ip_configurations[0].properties.private_ip_address_version == "IPv4"


def test_windows_image_brings_the_defaults_of_windows(compute: Any, group: str) -> None:
    """A Windows image gets a disk of 127 GB and automatic updates."""
    parameters: Any = scale_set(1)
    parameters.virtual_machine_profile.storage_profile.image_reference = models.ImageReference(
        publisher="MicrosoftWindowsServer", offer="WindowsServer", sku="2019-Datacenter", version="latest"
    )
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    profile = created.virtual_machine_profile
    assert profile.os_profile.windows_configuration.enable_automatic_updates is True
    assert profile.storage_profile.os_disk.disk_size_gb == 127
    assert profile.storage_profile.os_disk.os_type == "Windows"


@pytest.mark.rule("2.0.1")
def test_upgrade_mode_is_written_azures_way(compute: Any, group: str) -> None:
    """The mode ``manual`` comes back as ``Manual``, and without a rolling policy."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(mode="manual")).result()
    assert created.upgrade_policy.mode == "Manual"
    assert created.upgrade_policy.rolling_upgrade_policy is None


@pytest.mark.rule("2.0.1")
def test_upgrade_mode_is_manual_when_none_is_sent(compute: Any, group: str) -> None:
    """Without an upgrade policy, which Flexible may leave out, the mode is Manual (semantics 2.0.1, 11.17)."""
    parameters = scale_set(mode=None, orchestration_mode="Flexible", platform_fault_domain_count=1)
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    assert created.upgrade_policy.mode == "Manual"


@pytest.mark.rule(
    "2.3.maxBatchInstancePercent",
    "2.3.maxUnhealthyInstancePercent",
    "2.3.maxUnhealthyUpgradedInstancePercent",
    "2.3.pauseTimeBetweenBatches",
    "2.3.maxSurge",
    "2.3.rollbackFailedInstancesOnPolicyBreach",
)
def test_rolling_mode_brings_the_default_policy(compute: Any, group: str) -> None:
    """Rolling without a policy is filled with 20 / 20 / 20 and no pause, surge or rollback (wire 6)."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(
        group, "web", scale_set(mode="rolling", probe=HEALTH_PROBE)
    ).result()
    assert created.upgrade_policy.mode == "Rolling"
    assert created.upgrade_policy.rolling_upgrade_policy.as_dict() == {
        "maxBatchInstancePercent": 20,
        "maxUnhealthyInstancePercent": 20,
        "maxUnhealthyUpgradedInstancePercent": 20,
        "pauseTimeBetweenBatches": "PT0S",
        "maxSurge": False,
        "rollbackFailedInstancesOnPolicyBreach": False,
    }


def test_secrets_are_never_returned(compute: Any, group: str) -> None:
    """Password, custom data, user data and protected settings go in and do not come out."""
    secret = models.VirtualMachineScaleSetExtension(
        name="script",
        properties=models.VirtualMachineScaleSetExtensionProperties(
            publisher="Microsoft.Azure.Extensions",
            type="CustomScript",
            type_handler_version="2.1",
            settings={"timestamp": 1},
            protected_settings={"commandToExecute": "hush"},
        ),
    )
    parameters: Any = scale_set(1, extension=secret)
    parameters.virtual_machine_profile.user_data = base64_text("user")
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    profile = created.virtual_machine_profile
    assert profile.os_profile.admin_password is None
    assert profile.os_profile.custom_data is None
    assert profile.user_data is None
    assert profile.extension_profile.extensions[0].properties.settings == {"timestamp": 1}
    assert profile.extension_profile.extensions[0].properties.protected_settings is None


def test_user_data_is_returned_when_asked_for(compute: Any, group: str) -> None:
    """``$expand=userData`` adds the user data (wire 3.4)."""
    parameters: Any = scale_set(1)
    parameters.virtual_machine_profile.user_data = base64_text("user")
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    found = compute.virtual_machine_scale_sets.get(group, "web", expand="userData")
    assert found.virtual_machine_profile.user_data == base64_text("user")


@pytest.mark.rule("7.8")
def test_flexible_is_filled_with_its_own_defaults(compute: Any, group: str) -> None:
    """A Flexible set is not overprovisioned, has one fault domain, and deletes OS disks with their VMs (wire 3.5)."""
    parameters: Any = scale_set(orchestration_mode="Flexible", platform_fault_domain_count=1)
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    assert created.orchestration_mode == "Flexible"
    assert created.single_placement_group is False
    assert created.platform_fault_domain_count == 1
    assert created.overprovision is None
    assert created.do_not_run_extensions_on_overprovisioned_v_ms is None
    assert created.virtual_machine_profile.storage_profile.os_disk.delete_option == "Delete"


def test_flexible_is_filled_with_the_defaults_of_its_network(compute: Any, group: str) -> None:
    """A Flexible set names the network's API version, and deletes NICs with their VMs (wire 3.5)."""
    parameters: Any = scale_set(orchestration_mode="Flexible", platform_fault_domain_count=1)
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()
    assert created.constrained_maximum_capacity is False
    profile = created.virtual_machine_profile
    assert profile.network_profile.network_api_version == "2020-11-01"
    assert profile.network_profile.network_interface_configurations[0].properties.delete_option == "Delete"


def test_get_returns_what_create_returned(compute: Any, group: str) -> None:
    """A GET shows the same document as the finished creation."""
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set()).result()
    assert compute.virtual_machine_scale_sets.get(group, "web").as_dict() == created.as_dict()


def test_get_ignores_case_and_names_as_created(compute: Any, group: str) -> None:
    """A path's case does not matter; the name is the one given at creation."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "Web-Front", scale_set(1)).result()
    found = compute.virtual_machine_scale_sets.get(group.upper(), "web-FRONT")
    assert found.name == "Web-Front"
    assert f"/resourceGroups/{group}/" in found.id


def test_get_of_a_missing_scale_set_is_not_found(compute: Any, group: str) -> None:
    """404 ResourceNotFound, in ARM's words."""
    with pytest.raises(ResourceNotFoundError) as caught:
        compute.virtual_machine_scale_sets.get(group, "nobody")
    assert error_of(caught).code == "ResourceNotFound"
    assert error_of(caught).message == (
        f"The Resource 'Microsoft.Compute/virtualMachineScaleSets/nobody' under resource group '{group}' was not "
        "found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
    )


def test_get_in_a_missing_group_is_not_found(compute: Any) -> None:
    """404 ResourceGroupNotFound, in ARM's words."""
    with pytest.raises(ResourceNotFoundError) as caught:
        compute.virtual_machine_scale_sets.get("no-such-group", "web")
    assert error_of(caught).code == "ResourceGroupNotFound"
    assert error_of(caught).message == "Resource group 'no-such-group' could not be found."


@pytest.mark.rule("1.3.9")
def test_putting_back_what_was_got_changes_nothing(compute: Any, group: str) -> None:
    """GET then PUT: the same etag, and every instance still at the latest model."""
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(3)).result()
    before = compute.virtual_machine_scale_sets.get(group, "web")
    after = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", before).result()
    assert after.as_dict() == before.as_dict()
    instances = list(compute.virtual_machine_scale_set_vms.list(group, "web"))
    assert [vm.latest_model_applied for vm in instances] == [True, True, True]


def test_scale_set_is_written_as_a_plain_document_too(compute: Any, group: str) -> None:
    """The client takes a JSON document in place of its models, and so does the emulator."""
    document = scale_set(1).as_dict()
    document["tags"] = {"stage": "test"}
    created = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", document).result()
    assert created.tags == {"stage": "test"}
