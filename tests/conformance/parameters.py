"""Scale sets as a user of azure-mgmt-compute describes them, and what such a user reads off them."""

import base64
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.compute import models

__all__ = [
    "EVERYONE",
    "HEALTH_EXTENSION",
    "HEALTH_PROBE",
    "applied",
    "base64_text",
    "error_of",
    "ids",
    "os_disks",
    "patch",
    "power_states",
    "scale_set",
    "some",
]

LOCATION = "westus2"
EVERYONE = models.VirtualMachineScaleSetVMInstanceRequiredIDs(instance_ids=["*"])

HEALTH_EXTENSION = models.VirtualMachineScaleSetExtension(
    name="health",
    properties=models.VirtualMachineScaleSetExtensionProperties(
        publisher="Microsoft.ManagedServices",
        type="ApplicationHealthLinux",
        type_handler_version="1.0",
        auto_upgrade_minor_version=True,
        settings={"protocol": "http", "port": 80, "requestPath": "/"},
    ),
)
BALANCER = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/lb"
HEALTH_PROBE = models.ApiEntityReference(id=f"{BALANCER}/probes/http")


def base64_text(text: str) -> str:
    """The form in which custom data travels."""
    return base64.b64encode(text.encode()).decode()


def scale_set(
    capacity: int = 2,
    mode: str | None = "Manual",
    *,
    rolling: models.RollingUpgradePolicy | None = None,
    image_version: str = "1.0.0",
    extension: models.VirtualMachineScaleSetExtension | None = None,
    probe: models.ApiEntityReference | None = None,
    **properties: Any,
) -> models.VirtualMachineScaleSet:
    """A scale set of Linux instances, as for example the portal would send it.

    Uniform sets are not overprovisioned unless a test asks for it: ids then have no gaps.
    """
    if properties.get("orchestration_mode") != "Flexible":
        properties.setdefault("overprovision", False)
    profile = models.VirtualMachineScaleSetVMProfile(
        os_profile=models.VirtualMachineScaleSetOSProfile(
            computer_name_prefix="web",
            admin_username="azureuser",
            admin_password="Correct-Horse-7",
            custom_data=base64_text("first"),
        ),
        storage_profile=models.VirtualMachineScaleSetStorageProfile(
            image_reference=models.ImageReference(
                publisher="Canonical", offer="ubuntu-24_04-lts", sku="server", version=image_version
            )
        ),
        network_profile=models.VirtualMachineScaleSetNetworkProfile(
            health_probe=probe,
            network_interface_configurations=[_nic()],
            network_api_version="2020-11-01" if properties.get("orchestration_mode") == "Flexible" else None,
        ),
    )
    if extension is not None:
        profile.extension_profile = models.VirtualMachineScaleSetExtensionProfile(extensions=[extension])
    policy = models.UpgradePolicy(mode=mode, rolling_upgrade_policy=rolling) if mode or rolling else None
    return models.VirtualMachineScaleSet(
        location=LOCATION,
        sku=models.Sku(name="Standard_D2s_v5", capacity=capacity),
        properties=models.VirtualMachineScaleSetProperties(
            upgrade_policy=policy, virtual_machine_profile=profile, **properties
        ),
    )


def _nic() -> models.VirtualMachineScaleSetNetworkConfiguration:
    subnet = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net/subnets/default"
    address = models.VirtualMachineScaleSetIPConfiguration(
        name="ip",
        properties=models.VirtualMachineScaleSetIPConfigurationProperties(
            subnet=models.ApiEntityReference(id=subnet),
            load_balancer_backend_address_pools=[models.SubResource(id=f"{BALANCER}/backendAddressPools/web")],
        ),
    )
    return models.VirtualMachineScaleSetNetworkConfiguration(
        name="nic",
        properties=models.VirtualMachineScaleSetNetworkConfigurationProperties(
            primary=True, ip_configurations=[address]
        ),
    )


def patch(
    *,
    image_version: str | None = None,
    custom_data: str | None = None,
    mode: str | None = None,
    rolling: models.RollingUpgradePolicy | None = None,
) -> models.VirtualMachineScaleSetUpdate:
    """The PATCH that changes only what is named."""
    profile = models.VirtualMachineScaleSetUpdateVMProfile()
    properties = models.VirtualMachineScaleSetUpdateProperties()
    if image_version:
        image = models.ImageReference(
            publisher="Canonical", offer="ubuntu-24_04-lts", sku="server", version=image_version
        )
        profile.storage_profile = models.VirtualMachineScaleSetUpdateStorageProfile(image_reference=image)
    if custom_data:
        profile.os_profile = models.VirtualMachineScaleSetUpdateOSProfile(custom_data=base64_text(custom_data))
    if image_version or custom_data:
        properties.virtual_machine_profile = profile
    if mode or rolling:
        properties.upgrade_policy = models.UpgradePolicy(mode=mode, rolling_upgrade_policy=rolling)
    return models.VirtualMachineScaleSetUpdate(properties=properties)


def some(*instance_ids: str) -> models.VirtualMachineScaleSetVMInstanceRequiredIDs:
    """The body that names instances."""
    return models.VirtualMachineScaleSetVMInstanceRequiredIDs(instance_ids=list(instance_ids))


def error_of(caught: pytest.ExceptionInfo[HttpResponseError]) -> Any:
    """ARM's error in the exception that the client raised: code, message, target, details."""
    return caught.value.error


def ids(compute: Any, group: str, name: str = "web") -> list[str]:
    """The ids of a scale set's instances."""
    return [vm.instance_id for vm in compute.virtual_machine_scale_set_vms.list(group, name)]


def applied(compute: Any, group: str, name: str = "web") -> dict[str, bool]:
    """Which instances have the latest model."""
    return {vm.instance_id: vm.latest_model_applied for vm in compute.virtual_machine_scale_set_vms.list(group, name)}


def os_disks(compute: Any, group: str, name: str = "web") -> dict[str, str]:
    """The OS disk of each instance."""
    instances = compute.virtual_machine_scale_set_vms.list(group, name)
    return {vm.instance_id: vm.storage_profile.os_disk.managed_disk.id for vm in instances}


def power_states(compute: Any, group: str, name: str = "web") -> dict[str, str]:
    """The power state of each instance, as the instance view writes it."""
    instances = compute.virtual_machine_scale_set_vms.list(group, name, expand="instanceView")
    return {
        vm.instance_id: status.code
        for vm in instances
        for status in vm.instance_view.statuses
        if status.code.startswith("PowerState/")
    }
