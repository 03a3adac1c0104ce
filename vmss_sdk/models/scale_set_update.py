"""The body of a PATCH of a scale set."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import nested, nested_list
from vmss_sdk.models.disks import ScaleSetOSDiskBase
from vmss_sdk.models.network_profile import (
    NetworkInterfaceConfigurationBase,
    PublicIPAddressConfigurationBase,
    ScaleSetIPConfigurationBase,
    ScaleSetNetworkProfileBase,
    VirtualMachineScaleSetNetworkConfigurationDnsSettings,
    VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings,
)
from vmss_sdk.models.os_profile import OSProfileBase
from vmss_sdk.models.scale_set import ScaleSetBase
from vmss_sdk.models.storage_profile import ScaleSetStorageProfileBase
from vmss_sdk.models.vm_profile import ScaleSetVMProfileBase, SecurityPostureReferenceBase


class SecurityPostureReferenceUpdate(SecurityPostureReferenceBase):
    """The security posture in a PATCH."""


class VirtualMachineScaleSetUpdatePublicIPAddressConfiguration(PublicIPAddressConfigurationBase):
    """A public address in a PATCH."""

    dns_settings: VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings | None = nested(
        "properties.dnsSettings", VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings, default=None
    )


class VirtualMachineScaleSetUpdateIPConfiguration(ScaleSetIPConfigurationBase):
    """An IP configuration in a PATCH. The subnet may change within its virtual network (semantics 1.6.29)."""

    public_ip_address_configuration: VirtualMachineScaleSetUpdatePublicIPAddressConfiguration | None = nested(
        "properties.publicIPAddressConfiguration",
        VirtualMachineScaleSetUpdatePublicIPAddressConfiguration,
        default=None,
    )


class VirtualMachineScaleSetUpdateNetworkConfiguration(NetworkInterfaceConfigurationBase):
    """A network interface in a PATCH."""

    dns_settings: VirtualMachineScaleSetNetworkConfigurationDnsSettings | None = nested(
        "properties.dnsSettings", VirtualMachineScaleSetNetworkConfigurationDnsSettings, default=None
    )
    ip_configurations: MutableSequence[VirtualMachineScaleSetUpdateIPConfiguration] | None = nested_list(
        "properties.ipConfigurations", VirtualMachineScaleSetUpdateIPConfiguration, default=None
    )


class VirtualMachineScaleSetUpdateNetworkProfile(ScaleSetNetworkProfileBase):
    """The network in a PATCH."""

    network_interface_configurations: MutableSequence[VirtualMachineScaleSetUpdateNetworkConfiguration] | None = (
        nested_list("networkInterfaceConfigurations", VirtualMachineScaleSetUpdateNetworkConfiguration, default=None)
    )


class VirtualMachineScaleSetUpdateOSDisk(ScaleSetOSDiskBase):
    """The OS disk in a PATCH."""


class VirtualMachineScaleSetUpdateStorageProfile(ScaleSetStorageProfileBase):
    """The image and the disks in a PATCH."""

    os_disk: VirtualMachineScaleSetUpdateOSDisk | None = nested(
        "osDisk", VirtualMachineScaleSetUpdateOSDisk, default=None
    )


class VirtualMachineScaleSetUpdateOSProfile(OSProfileBase):
    """The part of the OS profile that a PATCH may carry; name and password need a PUT (semantics 1.4.14).

    Attributes:
        custom_data: Base64, up to 65,535 bytes decoded. Never shown. An existing instance gets it only by reimage
            (semantics 1.4.12).
        windows_configuration: Settings of a Windows guest.
        linux_configuration: Settings of a Linux guest.
        secrets: Certificates from key vaults.
    """


class VirtualMachineScaleSetUpdateVMProfile(ScaleSetVMProfileBase):
    """The part of the model that a PATCH may carry."""

    os_profile: VirtualMachineScaleSetUpdateOSProfile | None = nested(
        "osProfile", VirtualMachineScaleSetUpdateOSProfile, default=None
    )
    storage_profile: VirtualMachineScaleSetUpdateStorageProfile | None = nested(
        "storageProfile", VirtualMachineScaleSetUpdateStorageProfile, default=None
    )
    network_profile: VirtualMachineScaleSetUpdateNetworkProfile | None = nested(
        "networkProfile", VirtualMachineScaleSetUpdateNetworkProfile, default=None
    )
    security_posture_reference: SecurityPostureReferenceUpdate | None = nested(
        "securityPostureReference", SecurityPostureReferenceUpdate, default=None
    )


class VirtualMachineScaleSetUpdate(ScaleSetBase):
    """What a PATCH of a scale set may carry; what it does not carry stays as it is.

    Attributes:
        tags: Names and values chosen by the customer.
        sku: The size and number of instances.
        plan: The marketplace plan of the image.
        identity: The managed identities.
        zones: The availability zones.
        placement: Which zones the platform may choose.
        upgrade_policy: How a change reaches existing instances.
        automatic_repairs_policy: Whether unhealthy instances are repaired.
        virtual_machine_profile: The part of the model that may be patched.
        overprovision: Whether more instances than asked for are made at first; Uniform only, default true
            (semantics 7.5).
        do_not_run_extensions_on_overprovisioned_vms: Whether the surplus instances go without extensions.
        single_placement_group: Whether at most 100 instances share one placement group. May be changed from true to
            false only (semantics 1.6.29).
        proximity_placement_group: Keeps instances close to each other.
        additional_capabilities: Ultra disks, hibernation.
        scale_in_policy: Which instances go first.
        spot_restore_policy: Whether evicted Spot instances are tried again.
        priority_mix_policy: How regular and Spot instances are mixed.
        resiliency_policy: What is tried again when it fails, and zone balance.
        zonal_platform_fault_domain_align_mode: How strictly fault domains are aligned within a zone.
        sku_profile: Several sizes; Flexible only.
        lifecycle_hooks_profile: Where the customer is asked during upgrades.
    """

    virtual_machine_profile: VirtualMachineScaleSetUpdateVMProfile | None = nested(
        "properties.virtualMachineProfile", VirtualMachineScaleSetUpdateVMProfile, default=None
    )
