"""Operating system settings: names, passwords, keys, custom data, patching."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import Model, boolean, choice, nested, nested_list, text
from vmss_sdk.models.common import SubResource
from vmss_sdk.models.enums import (
    ComponentNames,
    LinuxPatchAssessmentMode,
    LinuxVMGuestPatchAutomaticByPlatformRebootSetting,
    LinuxVMGuestPatchMode,
    PassNames,
    ProtocolTypes,
    SettingNames,
    WindowsPatchAssessmentMode,
    WindowsVMGuestPatchAutomaticByPlatformRebootSetting,
    WindowsVMGuestPatchMode,
)


class AdditionalUnattendContent(Model):
    """A part of ``Unattend.xml`` for Windows Setup. Its content may hold a password and is never shown."""

    pass_name: PassNames | str | None = choice("passName", PassNames, default=None)
    component_name: ComponentNames | str | None = choice("componentName", ComponentNames, default=None)
    setting_name: SettingNames | str | None = choice("settingName", SettingNames, default=None)
    content: str | None = text("content", default=None, secret=True)


class WindowsVMGuestPatchAutomaticByPlatformSettings(Model):
    """What the platform may do when it patches a Windows guest."""

    reboot_setting: WindowsVMGuestPatchAutomaticByPlatformRebootSetting | str | None = choice(
        "rebootSetting", WindowsVMGuestPatchAutomaticByPlatformRebootSetting, default=None
    )
    bypass_platform_safety_checks_on_user_schedule: bool | None = boolean(
        "bypassPlatformSafetyChecksOnUserSchedule", default=None
    )


class PatchSettings(Model):
    """Who patches a Windows guest and looks for missing patches."""

    patch_mode: WindowsVMGuestPatchMode | str | None = choice("patchMode", WindowsVMGuestPatchMode, default=None)
    enable_hotpatching: bool | None = boolean("enableHotpatching", default=None)
    assessment_mode: WindowsPatchAssessmentMode | str | None = choice(
        "assessmentMode", WindowsPatchAssessmentMode, default=None
    )
    automatic_by_platform_settings: WindowsVMGuestPatchAutomaticByPlatformSettings | None = nested(
        "automaticByPlatformSettings", WindowsVMGuestPatchAutomaticByPlatformSettings, default=None
    )


class WinRMListener(Model):
    """One Windows Remote Management listener; HTTPS needs a certificate."""

    protocol: ProtocolTypes | str | None = choice("protocol", ProtocolTypes, default=None)
    certificate_url: str | None = text("certificateUrl", default=None)


class WinRMConfiguration(Model):
    """The Windows Remote Management listeners of a guest."""

    listeners: MutableSequence[WinRMListener] | None = nested_list("listeners", WinRMListener, default=None)


class WindowsConfiguration(Model):
    """Settings of a Windows guest.

    Attributes:
        provision_vm_agent: Whether the agent is installed; default true. Extensions need it.
        enable_automatic_updates: Whether Windows Update is on; default true. Must be false for automatic OS
            upgrades (semantics 4.2). A change reaches only new or reimaged instances.
        time_zone: For example ``Pacific Standard Time``.
        additional_unattend_content: Parts of ``Unattend.xml``.
        patch_settings: Who patches the guest.
        winrm: The Windows Remote Management listeners.
        enable_vm_agent_platform_updates: Whether the platform updates the agent. Read-only.
    """

    provision_vm_agent: bool | None = boolean("provisionVMAgent", default=None)
    enable_automatic_updates: bool | None = boolean("enableAutomaticUpdates", default=None)
    time_zone: str | None = text("timeZone", default=None)
    additional_unattend_content: MutableSequence[AdditionalUnattendContent] | None = nested_list(
        "additionalUnattendContent", AdditionalUnattendContent, default=None
    )
    patch_settings: PatchSettings | None = nested("patchSettings", PatchSettings, default=None)
    winrm: WinRMConfiguration | None = nested("winRM", WinRMConfiguration, default=None)
    enable_vm_agent_platform_updates: bool | None = boolean("enableVMAgentPlatformUpdates", init=False)


class SshPublicKey(Model):
    """An SSH public key and where it goes.

    Attributes:
        path: The file in the guest, for example ``/home/user/.ssh/authorized_keys``.
        key_data: The public key, RSA of at least 2048 bits or Ed25519.
    """

    path: str | None = text("path", default=None)
    key_data: str | None = text("keyData", default=None)


class SshConfiguration(Model):
    """The SSH public keys of a Linux guest."""

    public_keys: MutableSequence[SshPublicKey] | None = nested_list("publicKeys", SshPublicKey, default=None)


class LinuxVMGuestPatchAutomaticByPlatformSettings(Model):
    """What the platform may do when it patches a Linux guest."""

    reboot_setting: LinuxVMGuestPatchAutomaticByPlatformRebootSetting | str | None = choice(
        "rebootSetting", LinuxVMGuestPatchAutomaticByPlatformRebootSetting, default=None
    )
    bypass_platform_safety_checks_on_user_schedule: bool | None = boolean(
        "bypassPlatformSafetyChecksOnUserSchedule", default=None
    )


class LinuxPatchSettings(Model):
    """Who patches a Linux guest and looks for missing patches."""

    patch_mode: LinuxVMGuestPatchMode | str | None = choice("patchMode", LinuxVMGuestPatchMode, default=None)
    assessment_mode: LinuxPatchAssessmentMode | str | None = choice(
        "assessmentMode", LinuxPatchAssessmentMode, default=None
    )
    automatic_by_platform_settings: LinuxVMGuestPatchAutomaticByPlatformSettings | None = nested(
        "automaticByPlatformSettings", LinuxVMGuestPatchAutomaticByPlatformSettings, default=None
    )


class LinuxConfiguration(Model):
    """Settings of a Linux guest.

    Attributes:
        disable_password_authentication: Whether only SSH keys log in; default false.
        ssh: The public keys.
        provision_vm_agent: Whether the agent is installed; default true. Extensions need it.
        patch_settings: Who patches the guest.
        enable_vm_agent_platform_updates: Whether the platform updates the agent; default false.
    """

    disable_password_authentication: bool | None = boolean("disablePasswordAuthentication", default=None)
    ssh: SshConfiguration | None = nested("ssh", SshConfiguration, default=None)
    provision_vm_agent: bool | None = boolean("provisionVMAgent", default=None)
    patch_settings: LinuxPatchSettings | None = nested("patchSettings", LinuxPatchSettings, default=None)
    enable_vm_agent_platform_updates: bool | None = boolean("enableVMAgentPlatformUpdates", default=None)


class VaultCertificate(Model):
    """A certificate in a key vault, and on Windows the store it goes to."""

    certificate_url: str | None = text("certificateUrl", default=None)
    certificate_store: str | None = text("certificateStore", default=None)


class VaultSecretGroup(Model):
    """Certificates from one key vault."""

    source_vault: SubResource | None = nested("sourceVault", SubResource, default=None)
    vault_certificates: MutableSequence[VaultCertificate] | None = nested_list(
        "vaultCertificates", VaultCertificate, default=None
    )


class OSProfileBase(Model):
    """What every OS profile has, in a PUT and in a PATCH."""

    custom_data: str | None = text("customData", default=None, secret=True)
    windows_configuration: WindowsConfiguration | None = nested(
        "windowsConfiguration", WindowsConfiguration, default=None
    )
    linux_configuration: LinuxConfiguration | None = nested("linuxConfiguration", LinuxConfiguration, default=None)
    secrets: MutableSequence[VaultSecretGroup] | None = nested_list("secrets", VaultSecretGroup, default=None)


class WholeOSProfileBase(OSProfileBase):
    """What an OS profile has that is no PATCH."""

    admin_username: str | None = text("adminUsername", default=None)
    admin_password: str | None = text("adminPassword", default=None, secret=True)
    allow_extension_operations: bool | None = boolean("allowExtensionOperations", default=None)
    require_guest_provision_signal: bool | None = boolean("requireGuestProvisionSignal", default=None)


class VirtualMachineScaleSetOSProfile(WholeOSProfileBase):
    """The operating system settings in a scale set's model.

    The first of the exceptions: a change reaches only new and reimaged instances (semantics 1.4.12).

    Attributes:
        computer_name_prefix: The first part of every computer name, 1 to 15 characters.
        admin_username: The administrator's name. Fixed on an instance until it is reimaged; changed in the
            model only by PUT (semantics 1.4.14). Windows: at most 20 characters. Linux: 1 to 64.
        admin_password: The administrator's password. Never shown, never returned. An existing instance gets a
            new one only by reimage (semantics 1.4.12). Windows: 8 to 123 characters. Linux: 6 to 72.
        custom_data: Content for cloud-init or ``CustomData.bin``, base64, up to 65,535 bytes decoded. Never
            shown. An existing instance gets it only by reimage (semantics 1.4.12).
        windows_configuration: Settings of a Windows guest.
        linux_configuration: Settings of a Linux guest.
        secrets: Certificates from key vaults. Removing one does not remove it from existing instances
            (semantics 1.4).
        allow_extension_operations: Whether extensions may be installed; default true.
        require_guest_provision_signal: Whether creation waits for the guest's signal; default true, the
            service allows nothing else to most customers.
    """

    computer_name_prefix: str | None = text("computerNamePrefix", default=None)


class OSProfile(WholeOSProfileBase):
    """The operating system settings of one instance.

    Attributes:
        computer_name: The host name. Windows: at most 15 characters. Linux: at most 64.
        admin_username: The administrator's name. Fixed on an instance until it is reimaged; changed in the
            model only by PUT (semantics 1.4.14). Windows: at most 20 characters. Linux: 1 to 64.
        admin_password: The administrator's password. Never shown, never returned. An existing instance gets a
            new one only by reimage (semantics 1.4.12). Windows: 8 to 123 characters. Linux: 6 to 72.
        custom_data: Content for cloud-init or ``CustomData.bin``, base64, up to 65,535 bytes decoded. Never
            shown. An existing instance gets it only by reimage (semantics 1.4.12).
        windows_configuration: Settings of a Windows guest.
        linux_configuration: Settings of a Linux guest.
        secrets: Certificates from key vaults. Removing one does not remove it from existing instances
            (semantics 1.4).
        allow_extension_operations: Whether extensions may be installed; default true.
        require_guest_provision_signal: Whether creation waits for the guest's signal; default true, the
            service allows nothing else to most customers.
    """

    computer_name: str | None = text("computerName", default=None)
