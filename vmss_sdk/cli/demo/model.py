"""The scale set of the story, and the changes that are made to it."""

import base64
from datetime import timedelta

from vmss_sdk.models import (
    ApiEntityReference,
    ImageReference,
    RollingUpgradePolicy,
    Sku,
    UpgradeMode,
    UpgradePolicy,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetExtension,
    VirtualMachineScaleSetExtensionProfile,
    VirtualMachineScaleSetIPConfiguration,
    VirtualMachineScaleSetNetworkConfiguration,
    VirtualMachineScaleSetNetworkProfile,
    VirtualMachineScaleSetOSProfile,
    VirtualMachineScaleSetStorageProfile,
    VirtualMachineScaleSetUpdate,
    VirtualMachineScaleSetUpdateOSProfile,
    VirtualMachineScaleSetUpdateStorageProfile,
    VirtualMachineScaleSetUpdateVMProfile,
    VirtualMachineScaleSetVMProfile,
)

__all__ = ["INSTANCES", "custom_data_change", "image_change", "scale_set"]

INSTANCES = 10

_SUBNET = "/subscriptions/demo/resourceGroups/demo/providers/Microsoft.Network/virtualNetworks/demo/subnets/default"


def scale_set(image: str, custom_data: str) -> VirtualMachineScaleSet:
    """Ten Linux instances under a Rolling policy with 20 % everywhere and half a minute of pause."""
    rolling = RollingUpgradePolicy(
        max_batch_instance_percent=20,
        max_unhealthy_instance_percent=20,
        max_unhealthy_upgraded_instance_percent=20,
        pause_time_between_batches=timedelta(seconds=30),
    )
    return VirtualMachineScaleSet(
        location="westus2",
        sku=Sku(name="Standard_D2s_v5", capacity=INSTANCES),
        upgrade_policy=UpgradePolicy(mode=UpgradeMode.ROLLING, rolling_upgrade_policy=rolling),
        overprovision=False,  # or instances beyond the ten are made at first
        virtual_machine_profile=VirtualMachineScaleSetVMProfile(
            os_profile=VirtualMachineScaleSetOSProfile(
                computer_name_prefix="web",
                admin_username="azureuser",
                admin_password="Only-For-The-Demo-1",
                custom_data=_base64(custom_data),
            ),
            storage_profile=VirtualMachineScaleSetStorageProfile(image_reference=_image(image)),
            network_profile=VirtualMachineScaleSetNetworkProfile(network_interface_configurations=[_network()]),
            extension_profile=VirtualMachineScaleSetExtensionProfile(extensions=[_health()]),
        ),
    )


def image_change(version: str) -> VirtualMachineScaleSetUpdate:
    """Another version of the image."""
    storage = VirtualMachineScaleSetUpdateStorageProfile(image_reference=_image(version))
    return VirtualMachineScaleSetUpdate(
        virtual_machine_profile=VirtualMachineScaleSetUpdateVMProfile(storage_profile=storage)
    )


def custom_data_change(text: str) -> VirtualMachineScaleSetUpdate:
    """Other custom data."""
    os_profile = VirtualMachineScaleSetUpdateOSProfile(custom_data=_base64(text))
    return VirtualMachineScaleSetUpdate(
        virtual_machine_profile=VirtualMachineScaleSetUpdateVMProfile(os_profile=os_profile)
    )


def _image(version: str) -> ImageReference:
    return ImageReference(publisher="Canonical", offer="ubuntu-24_04-lts", sku="server", version=version)


def _network() -> VirtualMachineScaleSetNetworkConfiguration:
    address = VirtualMachineScaleSetIPConfiguration(name="ip", subnet=ApiEntityReference(id=_SUBNET))
    return VirtualMachineScaleSetNetworkConfiguration(name="nic", primary=True, ip_configurations=[address])


def _health() -> VirtualMachineScaleSetExtension:
    """The Application Health extension: Rolling mode needs a source of health."""
    return VirtualMachineScaleSetExtension(
        name="health",
        publisher="Microsoft.ManagedServices",
        type="ApplicationHealthLinux",
        type_handler_version="1.0",
        settings={"protocol": "http", "port": 80, "requestPath": "/healthz"},
    )


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
