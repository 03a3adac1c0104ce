"""Network interfaces, IP configurations and public addresses."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, nested_list, text, text_map, texts
from vmss_sdk.models.common import ApiEntityReference, SubResource
from vmss_sdk.models.enums import (
    DeleteOptions,
    DomainNameLabelScopeTypes,
    IPVersion,
    IPVersions,
    NetworkApiVersion,
    NetworkInterfaceAuxiliaryMode,
    NetworkInterfaceAuxiliarySku,
    PublicIPAddressSkuName,
    PublicIPAddressSkuTier,
    PublicIPAllocationMethod,
)


class InterconnectGroupProfile(Model):
    """The interconnect group, and the subgroups in it, that a virtual machine joins."""

    interconnect_group: SubResource | None = nested("interconnectGroup", SubResource, default=None)
    subgroups: MutableSequence[SubResource] | None = nested_list("subgroups", SubResource, default=None)


class PublicIPAddressSku(Model):
    """The kind and reach of a public address. Flexible only."""

    name: PublicIPAddressSkuName | str | None = choice("name", PublicIPAddressSkuName, default=None)
    tier: PublicIPAddressSkuTier | str | None = choice("tier", PublicIPAddressSkuTier, default=None)


class IPTagBase(Model):
    """What a tag of a public address has."""

    ip_tag_type: str | None = text("ipTagType", default=None)
    tag: str | None = text("tag", default=None)
    first_party_service_tag_id: str | None = text("firstPartyServiceTagId", default=None)


class VirtualMachineScaleSetIpTag(IPTagBase):
    """A tag of a public address in a scale set's model."""


class PublicIPAddressDnsSettingsBase(Model):
    """The DNS label of a public address."""

    domain_name_label: str | None = text("domainNameLabel", default=None)
    domain_name_label_scope: DomainNameLabelScopeTypes | str | None = choice(
        "domainNameLabelScope", DomainNameLabelScopeTypes, default=None
    )


class VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings(
    PublicIPAddressDnsSettingsBase, required=("domainNameLabel",)
):
    """The first part of the public DNS names of instances."""


class PublicIPAddressConfigurationBase(Model):
    """What every configuration of a public address has."""

    name: str | None = text("name", default=None)
    tags: dict[str, str] | None = text_map("tags", default=None)
    idle_timeout_in_minutes: int | None = integer("properties.idleTimeoutInMinutes", default=None)
    public_ip_prefix: SubResource | None = nested("properties.publicIPPrefix", SubResource, default=None)
    delete_option: DeleteOptions | str | None = choice("properties.deleteOption", DeleteOptions, default=None)


class VirtualMachineScaleSetPublicIPAddressConfiguration(PublicIPAddressConfigurationBase, required=("name",)):
    """A public address that every instance of a scale set gets."""

    sku: PublicIPAddressSku | None = nested("sku", PublicIPAddressSku, default=None)
    dns_settings: VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings | None = nested(
        "properties.dnsSettings", VirtualMachineScaleSetPublicIPAddressConfigurationDnsSettings, default=None
    )
    ip_tags: MutableSequence[VirtualMachineScaleSetIpTag] | None = nested_list(
        "properties.ipTags", VirtualMachineScaleSetIpTag, default=None
    )
    public_ip_address_version: IPVersion | str | None = choice(
        "properties.publicIPAddressVersion", IPVersion, default=None
    )


class IPConfigurationBase(Model):
    """What every IP configuration has."""

    name: str | None = text("name", default=None)
    primary: bool | None = boolean("properties.primary", default=None)
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


class ScaleSetIPConfigurationBase(IPConfigurationBase):
    """What an IP configuration in a scale set's model has, in a PUT and in a PATCH."""

    subnet: ApiEntityReference | None = nested("properties.subnet", ApiEntityReference, default=None)
    private_ip_address_version: IPVersion | str | None = choice(
        "properties.privateIPAddressVersion", IPVersion, default=None
    )
    load_balancer_inbound_nat_pools: MutableSequence[SubResource] | None = nested_list(
        "properties.loadBalancerInboundNatPools", SubResource, default=None
    )


class VirtualMachineScaleSetIPConfiguration(ScaleSetIPConfigurationBase, required=("name",)):
    """An IP configuration of an interface in a scale set's model: subnet, load balancer and gateway pools."""

    public_ip_address_configuration: VirtualMachineScaleSetPublicIPAddressConfiguration | None = nested(
        "properties.publicIPAddressConfiguration", VirtualMachineScaleSetPublicIPAddressConfiguration, default=None
    )


class DnsServersBase(Model):
    """The DNS servers of a network interface."""

    dns_servers: list[str] | None = texts("dnsServers", default=None)


class VirtualMachineScaleSetNetworkConfigurationDnsSettings(DnsServersBase):
    """The DNS servers of a network interface in a scale set's model."""


class NetworkInterfaceConfigurationBase(Model):
    """What every configuration of a network interface has."""

    name: str | None = text("name", default=None)
    tags: dict[str, str] | None = text_map("tags", default=None)
    primary: bool | None = boolean("properties.primary", default=None)
    enable_accelerated_networking: bool | None = boolean("properties.enableAcceleratedNetworking", default=None)
    disable_tcp_state_tracking: bool | None = boolean("properties.disableTcpStateTracking", default=None)
    enable_fpga: bool | None = boolean("properties.enableFpga", default=None)
    network_security_group: SubResource | None = nested("properties.networkSecurityGroup", SubResource, default=None)
    enable_ip_forwarding: bool | None = boolean("properties.enableIPForwarding", default=None)
    delete_option: DeleteOptions | str | None = choice("properties.deleteOption", DeleteOptions, default=None)
    auxiliary_mode: NetworkInterfaceAuxiliaryMode | str | None = choice(
        "properties.auxiliaryMode", NetworkInterfaceAuxiliaryMode, default=None
    )
    auxiliary_sku: NetworkInterfaceAuxiliarySku | str | None = choice(
        "properties.auxiliarySku", NetworkInterfaceAuxiliarySku, default=None
    )


class VirtualMachineScaleSetNetworkConfiguration(
    NetworkInterfaceConfigurationBase, required=("name", "properties.ipConfigurations")
):
    """A network interface in a scale set's model."""

    dns_settings: VirtualMachineScaleSetNetworkConfigurationDnsSettings | None = nested(
        "properties.dnsSettings", VirtualMachineScaleSetNetworkConfigurationDnsSettings, default=None
    )
    ip_configurations: MutableSequence[VirtualMachineScaleSetIPConfiguration] | None = nested_list(
        "properties.ipConfigurations", VirtualMachineScaleSetIPConfiguration, default=None
    )


class ScaleSetNetworkProfileBase(Model):
    """What the network in a scale set's model has, in a PUT and in a PATCH."""

    health_probe: ApiEntityReference | None = nested("healthProbe", ApiEntityReference, default=None)
    network_api_version: NetworkApiVersion | str | None = choice("networkApiVersion", NetworkApiVersion, default=None)
    interconnect_group_profile: InterconnectGroupProfile | None = nested(
        "interconnectGroupProfile", InterconnectGroupProfile, default=None
    )


class VirtualMachineScaleSetNetworkProfile(ScaleSetNetworkProfileBase):
    """The network in a scale set's model.

    Attributes:
        health_probe: The load-balancer probe that says whether an instance is healthy; Uniform only. Rolling
            upgrades, repairs and automatic OS upgrades need it or a health extension (semantics 2.3.16b).
        network_interface_configurations: The interfaces of every instance.
        network_api_version: Flexible only.
        interconnect_group_profile: The interconnect group.
    """

    network_interface_configurations: MutableSequence[VirtualMachineScaleSetNetworkConfiguration] | None = nested_list(
        "networkInterfaceConfigurations", VirtualMachineScaleSetNetworkConfiguration, default=None
    )


class VirtualMachineScaleSetVMNetworkProfileConfiguration(Model):
    """The interfaces of one instance as the scale set's model made them."""

    network_interface_configurations: MutableSequence[VirtualMachineScaleSetNetworkConfiguration] | None = nested_list(
        "networkInterfaceConfigurations", VirtualMachineScaleSetNetworkConfiguration, default=None
    )
    interconnect_group_profile: InterconnectGroupProfile | None = nested(
        "interconnectGroupProfile", InterconnectGroupProfile, default=None
    )


class VirtualMachineIpTag(IPTagBase):
    """A tag of a public address that is made with a virtual machine."""


class VirtualMachinePublicIPAddressDnsSettingsConfiguration(
    PublicIPAddressDnsSettingsBase, required=("domainNameLabel",)
):
    """The DNS label of a public address that is made with a virtual machine."""


class VirtualMachinePublicIPAddressConfiguration(PublicIPAddressConfigurationBase, required=("name",)):
    """A public address that is made with a virtual machine."""

    sku: PublicIPAddressSku | None = nested("sku", PublicIPAddressSku, default=None)
    dns_settings: VirtualMachinePublicIPAddressDnsSettingsConfiguration | None = nested(
        "properties.dnsSettings", VirtualMachinePublicIPAddressDnsSettingsConfiguration, default=None
    )
    ip_tags: MutableSequence[VirtualMachineIpTag] | None = nested_list(
        "properties.ipTags", VirtualMachineIpTag, default=None
    )
    public_ip_address_version: IPVersions | str | None = choice(
        "properties.publicIPAddressVersion", IPVersions, default=None
    )
    public_ip_allocation_method: PublicIPAllocationMethod | str | None = choice(
        "properties.publicIPAllocationMethod", PublicIPAllocationMethod, default=None
    )


class VirtualMachineNetworkInterfaceIPConfiguration(IPConfigurationBase, required=("name",)):
    """An IP configuration of an interface that is made with a virtual machine."""

    subnet: SubResource | None = nested("properties.subnet", SubResource, default=None)
    public_ip_address_configuration: VirtualMachinePublicIPAddressConfiguration | None = nested(
        "properties.publicIPAddressConfiguration", VirtualMachinePublicIPAddressConfiguration, default=None
    )
    private_ip_address_version: IPVersions | str | None = choice(
        "properties.privateIPAddressVersion", IPVersions, default=None
    )


class VirtualMachineNetworkInterfaceDnsSettingsConfiguration(DnsServersBase):
    """The DNS servers of an interface that is made with a virtual machine."""


class VirtualMachineNetworkInterfaceConfiguration(
    NetworkInterfaceConfigurationBase, required=("name", "properties.ipConfigurations")
):
    """A network interface that is made with a virtual machine."""

    dns_settings: VirtualMachineNetworkInterfaceDnsSettingsConfiguration | None = nested(
        "properties.dnsSettings", VirtualMachineNetworkInterfaceDnsSettingsConfiguration, default=None
    )
    ip_configurations: MutableSequence[VirtualMachineNetworkInterfaceIPConfiguration] | None = nested_list(
        "properties.ipConfigurations", VirtualMachineNetworkInterfaceIPConfiguration, default=None
    )
    dscp_configuration: SubResource | None = nested("properties.dscpConfiguration", SubResource, default=None)


class NetworkInterfaceReference(Model):
    """A network interface of a virtual machine, by id."""

    id: str | None = text("id", default=None)
    primary: bool | None = boolean("properties.primary", default=None)
    delete_option: DeleteOptions | str | None = choice("properties.deleteOption", DeleteOptions, default=None)


class NetworkProfile(Model):
    """The interfaces of one instance, by reference, or their configuration."""

    network_interfaces: MutableSequence[NetworkInterfaceReference] | None = nested_list(
        "networkInterfaces", NetworkInterfaceReference, default=None
    )
    network_api_version: NetworkApiVersion | str | None = choice("networkApiVersion", NetworkApiVersion, default=None)
    network_interface_configurations: MutableSequence[VirtualMachineNetworkInterfaceConfiguration] | None = nested_list(
        "networkInterfaceConfigurations", VirtualMachineNetworkInterfaceConfiguration, default=None
    )
    interconnect_group_profile: InterconnectGroupProfile | None = nested(
        "interconnectGroupProfile", InterconnectGroupProfile, default=None
    )
