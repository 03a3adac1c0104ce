"""What a PATCH of a scale set may carry."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, nested_list, text, text_map, texts
from vmss_sdk.models.common import (
    AdditionalCapabilities,
    ApiEntityReference,
    Placement,
    Plan,
    SubResource,
    VirtualMachineScaleSetIdentity,
)
from vmss_sdk.models.disks import (
    DiffDiskSettings,
    VirtualHardDisk,
    VirtualMachineScaleSetDataDisk,
    VirtualMachineScaleSetManagedDiskParameters,
)
from vmss_sdk.models.enums import (
    CachingTypes,
    DeleteOptions,
    DiskApiVersion,
    DiskControllerTypes,
    DiskDeleteOptionTypes,
    IPVersion,
    NetworkApiVersion,
    NetworkInterfaceAuxiliaryMode,
    NetworkInterfaceAuxiliarySku,
    StorageFaultDomainAlignmentType,
    ZonalPlatformFaultDomainAlignMode,
)
from vmss_sdk.models.extension import VirtualMachineScaleSetExtensionProfile
from vmss_sdk.models.hardware_profile import VirtualMachineScaleSetHardwareProfile
from vmss_sdk.models.lifecycle_hook import LifecycleHooksProfile
from vmss_sdk.models.network_profile import (
    InterconnectGroupProfile,
    VirtualMachineScaleSetNetworkConfigurationDnsSettings,
    VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings,
)
from vmss_sdk.models.os_profile import LinuxConfiguration, VaultSecretGroup, WindowsConfiguration
from vmss_sdk.models.policies import AutomaticRepairsPolicy, PriorityMixPolicy, ScaleInPolicy, SpotRestorePolicy
from vmss_sdk.models.resiliency import ResiliencyPolicy
from vmss_sdk.models.scheduled_events import ScheduledEventsProfile
from vmss_sdk.models.security_profile import SecurityProfile
from vmss_sdk.models.sku import Sku, SkuProfile
from vmss_sdk.models.storage_profile import ImageReference
from vmss_sdk.models.upgrade_policy import UpgradePolicy
from vmss_sdk.models.vm_profile import BillingProfile, DiagnosticsProfile, InterconnectBlockProfile


class SecurityPostureReferenceUpdate(Model):
    """The security posture in a PATCH."""

    id: str | None = text("id", default=None)
    exclude_extensions: list[str] | None = texts("excludeExtensions", default=None)
    is_overridable: bool | None = boolean("isOverridable", default=None)


class VirtualMachineScaleSetUpdatePublicIPAddressConfiguration(Model):
    """A public address in a PATCH."""

    name: str | None = text("name", default=None)
    tags: dict[str, str] | None = text_map("tags", default=None)
    idle_timeout_in_minutes: int | None = integer("properties.idleTimeoutInMinutes", default=None)
    dns_settings: VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings | None = nested(
        "properties.dnsSettings", VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings, default=None
    )
    public_ip_prefix: SubResource | None = nested("properties.publicIPPrefix", SubResource, default=None)
    delete_option: DeleteOptions | str | None = choice("properties.deleteOption", DeleteOptions, default=None)


class VirtualMachineScaleSetUpdateIPConfiguration(Model):
    """An IP configuration in a PATCH. The subnet may change within its virtual network (semantics 1.6.29)."""

    name: str | None = text("name", default=None)
    subnet: ApiEntityReference | None = nested("properties.subnet", ApiEntityReference, default=None)
    primary: bool | None = boolean("properties.primary", default=None)
    public_ip_address_configuration: VirtualMachineScaleSetUpdatePublicIPAddressConfiguration | None = nested(
        "properties.publicIPAddressConfiguration",
        VirtualMachineScaleSetUpdatePublicIPAddressConfiguration,
        default=None,
    )
    private_ip_address_version: IPVersion | str | None = choice(
        "properties.privateIPAddressVersion", IPVersion, default=None
    )
    private_ip_address_prefix_length: int | None = integer("properties.privateIPAddressPrefixLength", default=None)
    application_gateway_backend_address_pools: MutableSequence[SubResource] | None = nested_list(
        "properties.applicationGatewayBackendAddressPools", SubResource, default=None
    )
    application_security_groups: MutableSequence[SubResource] | None = nested_list(
        "properties.applicationSecurityGroups", SubResource, default=None
    )
    load_balancer_backend_address_pools: MutableSequence[SubResource] | None = nested_list(
        "properties.loadBalancerBackendAddressPools", SubResource, default=None
    )
    load_balancer_inbound_nat_pools: MutableSequence[SubResource] | None = nested_list(
        "properties.loadBalancerInboundNatPools", SubResource, default=None
    )


class VirtualMachineScaleSetUpdateNetworkConfiguration(Model):
    """A network interface in a PATCH."""

    name: str | None = text("name", default=None)
    tags: dict[str, str] | None = text_map("tags", default=None)
    primary: bool | None = boolean("properties.primary", default=None)
    enable_accelerated_networking: bool | None = boolean("properties.enableAcceleratedNetworking", default=None)
    disable_tcp_state_tracking: bool | None = boolean("properties.disableTcpStateTracking", default=None)
    enable_fpga: bool | None = boolean("properties.enableFpga", default=None)
    network_security_group: SubResource | None = nested("properties.networkSecurityGroup", SubResource, default=None)
    dns_settings: VirtualMachineScaleSetNetworkConfigurationDnsSettings | None = nested(
        "properties.dnsSettings", VirtualMachineScaleSetNetworkConfigurationDnsSettings, default=None
    )
    ip_configurations: MutableSequence[VirtualMachineScaleSetUpdateIPConfiguration] | None = nested_list(
        "properties.ipConfigurations", VirtualMachineScaleSetUpdateIPConfiguration, default=None
    )
    enable_ip_forwarding: bool | None = boolean("properties.enableIPForwarding", default=None)
    delete_option: DeleteOptions | str | None = choice("properties.deleteOption", DeleteOptions, default=None)
    auxiliary_mode: NetworkInterfaceAuxiliaryMode | str | None = choice(
        "properties.auxiliaryMode", NetworkInterfaceAuxiliaryMode, default=None
    )
    auxiliary_sku: NetworkInterfaceAuxiliarySku | str | None = choice(
        "properties.auxiliarySku", NetworkInterfaceAuxiliarySku, default=None
    )


class VirtualMachineScaleSetUpdateNetworkProfile(Model):
    """The network in a PATCH."""

    health_probe: ApiEntityReference | None = nested("healthProbe", ApiEntityReference, default=None)
    network_interface_configurations: MutableSequence[VirtualMachineScaleSetUpdateNetworkConfiguration] | None = (
        nested_list("networkInterfaceConfigurations", VirtualMachineScaleSetUpdateNetworkConfiguration, default=None)
    )
    network_api_version: NetworkApiVersion | str | None = choice("networkApiVersion", NetworkApiVersion, default=None)
    interconnect_group_profile: InterconnectGroupProfile | None = nested(
        "interconnectGroupProfile", InterconnectGroupProfile, default=None
    )


class VirtualMachineScaleSetUpdateOSDisk(Model):
    """The OS disk in a PATCH."""

    caching: CachingTypes | str | None = choice("caching", CachingTypes, default=None)
    write_accelerator_enabled: bool | None = boolean("writeAcceleratorEnabled", default=None)
    diff_disk_settings: DiffDiskSettings | None = nested("diffDiskSettings", DiffDiskSettings, default=None)
    disk_size_gb: int | None = integer("diskSizeGB", default=None)
    storage_fault_domain_alignment: StorageFaultDomainAlignmentType | str | None = choice(
        "storageFaultDomainAlignment", StorageFaultDomainAlignmentType, default=None
    )
    image: VirtualHardDisk | None = nested("image", VirtualHardDisk, default=None)
    vhd_containers: list[str] | None = texts("vhdContainers", default=None)
    managed_disk: VirtualMachineScaleSetManagedDiskParameters | None = nested(
        "managedDisk", VirtualMachineScaleSetManagedDiskParameters, default=None
    )
    delete_option: DiskDeleteOptionTypes | str | None = choice("deleteOption", DiskDeleteOptionTypes, default=None)


class VirtualMachineScaleSetUpdateStorageProfile(Model):
    """The image and the disks in a PATCH."""

    image_reference: ImageReference | None = nested("imageReference", ImageReference, default=None)
    os_disk: VirtualMachineScaleSetUpdateOSDisk | None = nested(
        "osDisk", VirtualMachineScaleSetUpdateOSDisk, default=None
    )
    data_disks: MutableSequence[VirtualMachineScaleSetDataDisk] | None = nested_list(
        "dataDisks", VirtualMachineScaleSetDataDisk, default=None
    )
    disk_controller_type: DiskControllerTypes | str | None = choice(
        "diskControllerType", DiskControllerTypes, default=None
    )
    disk_api_version: DiskApiVersion | str | None = choice("diskApiVersion", DiskApiVersion, default=None)


class VirtualMachineScaleSetUpdateOSProfile(Model):
    """The part of the OS profile that a PATCH may carry; name and password need a PUT (semantics 1.4.14).

    Attributes:
        custom_data: Base64, up to 65,535 bytes decoded. Never shown. An existing instance gets it only by reimage
            (semantics 1.4.12).
        windows_configuration: Settings of a Windows guest.
        linux_configuration: Settings of a Linux guest.
        secrets: Certificates from key vaults.
    """

    custom_data: str | None = text("customData", default=None, secret=True)
    windows_configuration: WindowsConfiguration | None = nested(
        "windowsConfiguration", WindowsConfiguration, default=None
    )
    linux_configuration: LinuxConfiguration | None = nested("linuxConfiguration", LinuxConfiguration, default=None)
    secrets: MutableSequence[VaultSecretGroup] | None = nested_list("secrets", VaultSecretGroup, default=None)


class VirtualMachineScaleSetUpdateVMProfile(Model):
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
    security_profile: SecurityProfile | None = nested("securityProfile", SecurityProfile, default=None)
    diagnostics_profile: DiagnosticsProfile | None = nested("diagnosticsProfile", DiagnosticsProfile, default=None)
    extension_profile: VirtualMachineScaleSetExtensionProfile | None = nested(
        "extensionProfile", VirtualMachineScaleSetExtensionProfile, default=None
    )
    license_type: str | None = text("licenseType", default=None)
    billing_profile: BillingProfile | None = nested("billingProfile", BillingProfile, default=None)
    scheduled_events_profile: ScheduledEventsProfile | None = nested(
        "scheduledEventsProfile", ScheduledEventsProfile, default=None
    )
    user_data: str | None = text("userData", default=None, secret=True)
    hardware_profile: VirtualMachineScaleSetHardwareProfile | None = nested(
        "hardwareProfile", VirtualMachineScaleSetHardwareProfile, default=None
    )
    interconnect_block_profile: InterconnectBlockProfile | None = nested(
        "interconnectBlockProfile", InterconnectBlockProfile, default=None
    )


class VirtualMachineScaleSetUpdate(Model):
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

    tags: dict[str, str] | None = text_map("tags", default=None)
    sku: Sku | None = nested("sku", Sku, default=None)
    plan: Plan | None = nested("plan", Plan, default=None)
    identity: VirtualMachineScaleSetIdentity | None = nested("identity", VirtualMachineScaleSetIdentity, default=None)
    zones: list[str] | None = texts("zones", default=None)
    placement: Placement | None = nested("placement", Placement, default=None)
    upgrade_policy: UpgradePolicy | None = nested("properties.upgradePolicy", UpgradePolicy, default=None)
    automatic_repairs_policy: AutomaticRepairsPolicy | None = nested(
        "properties.automaticRepairsPolicy", AutomaticRepairsPolicy, default=None
    )
    virtual_machine_profile: VirtualMachineScaleSetUpdateVMProfile | None = nested(
        "properties.virtualMachineProfile", VirtualMachineScaleSetUpdateVMProfile, default=None
    )
    overprovision: bool | None = boolean("properties.overprovision", default=None)
    do_not_run_extensions_on_overprovisioned_vms: bool | None = boolean(
        "properties.doNotRunExtensionsOnOverprovisionedVMs", default=None
    )
    single_placement_group: bool | None = boolean("properties.singlePlacementGroup", default=None)
    additional_capabilities: AdditionalCapabilities | None = nested(
        "properties.additionalCapabilities", AdditionalCapabilities, default=None
    )
    scale_in_policy: ScaleInPolicy | None = nested("properties.scaleInPolicy", ScaleInPolicy, default=None)
    proximity_placement_group: SubResource | None = nested(
        "properties.proximityPlacementGroup", SubResource, default=None
    )
    priority_mix_policy: PriorityMixPolicy | None = nested(
        "properties.priorityMixPolicy", PriorityMixPolicy, default=None
    )
    spot_restore_policy: SpotRestorePolicy | None = nested(
        "properties.spotRestorePolicy", SpotRestorePolicy, default=None
    )
    resiliency_policy: ResiliencyPolicy | None = nested("properties.resiliencyPolicy", ResiliencyPolicy, default=None)
    zonal_platform_fault_domain_align_mode: ZonalPlatformFaultDomainAlignMode | str | None = choice(
        "properties.zonalPlatformFaultDomainAlignMode", ZonalPlatformFaultDomainAlignMode, default=None
    )
    sku_profile: SkuProfile | None = nested("properties.skuProfile", SkuProfile, default=None)
    lifecycle_hooks_profile: LifecycleHooksProfile | None = nested(
        "properties.lifecycleHooksProfile", LifecycleHooksProfile, default=None
    )
