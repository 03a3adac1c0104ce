"""Secure boot, encryption at host and the proxy agent."""

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, text
from vmss_sdk.models.enums import Mode, Modes, SecurityTypes


class UefiSettings(Model):
    """Secure boot and the virtual trusted platform module."""

    secure_boot_enabled: bool | None = boolean("secureBootEnabled", default=None)
    vtpm_enabled: bool | None = boolean("vTpmEnabled", default=None)


class EncryptionIdentity(Model):
    """The managed identity with which Azure Disk Encryption reads key vaults."""

    user_assigned_identity_resource_id: str | None = text("userAssignedIdentityResourceId", default=None)


class HostEndpointSettings(Model):
    """What the proxy agent does for one endpoint of the host."""

    mode: Modes | str | None = choice("mode", Modes, default=None)
    in_vm_access_control_profile_reference_id: str | None = text("inVMAccessControlProfileReferenceId", default=None)
    use_local_file_rules: bool | None = boolean("useLocalFileRules", default=None)


class ProxyAgentSettings(Model):
    """The proxy agent that guards the metadata service and the wire server."""

    enabled: bool | None = boolean("enabled", default=None)
    mode: Mode | str | None = choice("mode", Mode, default=None)
    key_incarnation_id: int | None = integer("keyIncarnationId", default=None)
    wire_server: HostEndpointSettings | None = nested("wireServer", HostEndpointSettings, default=None)
    imds: HostEndpointSettings | None = nested("imds", HostEndpointSettings, default=None)
    add_proxy_agent_extension: bool | None = boolean("addProxyAgentExtension", default=None)


class SecurityProfile(Model):
    """Secure boot, encryption at host and the proxy agent."""

    uefi_settings: UefiSettings | None = nested("uefiSettings", UefiSettings, default=None)
    encryption_at_host: bool | None = boolean("encryptionAtHost", default=None)
    security_type: SecurityTypes | str | None = choice("securityType", SecurityTypes, default=None)
    encryption_identity: EncryptionIdentity | None = nested("encryptionIdentity", EncryptionIdentity, default=None)
    proxy_agent_settings: ProxyAgentSettings | None = nested("proxyAgentSettings", ProxyAgentSettings, default=None)
