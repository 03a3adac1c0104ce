"""Extensions, the health extension among them."""

from collections.abc import MutableSequence
from datetime import timedelta
from typing import Any

from vmss_sdk.models._base import Model, boolean, duration, free, integer, nested, nested_list, text, text_map, texts
from vmss_sdk.models.common import SystemData
from vmss_sdk.models.disks import KeyVaultSecretReference
from vmss_sdk.models.instance_view import VirtualMachineExtensionInstanceView


class ApplicationHealthSettings(Model):
    """The settings of the health extension (semantics 3.3): a view of `VirtualMachineScaleSetExtension.settings`.

    Attributes:
        protocol: ``http``, ``https`` or ``tcp``.
        port: Needed for tcp, optional for http and https.
        request_path: Needed for http and https, refused for tcp.
        interval_in_seconds: Seconds between two probes: 5 to 60, default 5.
        number_of_probes: How many equal results in a row change the state: 1 to 24, default 1.
        grace_period: Seconds a new instance may be Initializing: at most 14400, default
            ``interval_in_seconds * number_of_probes``. Version 2.0 only.
    """

    protocol: str | None = text("protocol", default=None)
    port: int | None = integer("port", default=None)
    request_path: str | None = text("requestPath", default=None)
    interval_in_seconds: int | None = integer("intervalInSeconds", default=None)
    number_of_probes: int | None = integer("numberOfProbes", default=None)
    grace_period: int | None = integer("gracePeriod", default=None)


class ExtensionBase(Model):
    """What every extension has. ``type`` is the handler's type, ``resource_type`` ARM's."""

    id: str | None = text("id", init=False)
    resource_type: str | None = text("type", init=False)
    force_update_tag: str | None = text("properties.forceUpdateTag", default=None)
    publisher: str | None = text("properties.publisher", default=None)
    type: str | None = text("properties.type", default=None)
    type_handler_version: str | None = text("properties.typeHandlerVersion", default=None)
    auto_upgrade_minor_version: bool | None = boolean("properties.autoUpgradeMinorVersion", default=None)
    enable_automatic_upgrade: bool | None = boolean("properties.enableAutomaticUpgrade", default=None)
    settings: dict[str, Any] | None = free("properties.settings", default=None)
    protected_settings: dict[str, Any] | None = free("properties.protectedSettings", default=None, secret=True)
    provisioning_state: str | None = text("properties.provisioningState", init=False)
    provision_after_extensions: list[str] | None = texts("properties.provisionAfterExtensions", default=None)
    suppress_failures: bool | None = boolean("properties.suppressFailures", default=None)
    protected_settings_from_key_vault: KeyVaultSecretReference | None = nested(
        "properties.protectedSettingsFromKeyVault", KeyVaultSecretReference, default=None
    )


class VirtualMachineScaleSetExtension(ExtensionBase):
    """An extension in a scale set's model. The health extension, which gates rolling upgrades, is one of them.

    Attributes:
        id: Resource id. Read-only.
        name: The name of the extension, unique in its scale set or instance.
        resource_type: The ARM resource type (``type`` beside ``name`` on the wire). Read-only.
        force_update_tag: A change forces the extension to run again with equal settings.
        publisher: For example ``Microsoft.ManagedServices``.
        type: For example ``ApplicationHealthLinux`` (``properties.type`` on the wire).
        type_handler_version: For example ``2.0``: of the health extension, ``1.0`` tells healthy from
            unhealthy, ``2.0`` knows Initializing and Unknown as well (semantics 3.2).
        auto_upgrade_minor_version: Whether a newer minor version is taken at deployment.
        enable_automatic_upgrade: Whether the platform upgrades the extension when a newer version appears.
        settings: Public settings, any JSON. For a health extension see `ApplicationHealthSettings`.
        protected_settings: Settings that the service never returns. Never shown.
        provisioning_state: Read-only.
        provision_after_extensions: Names of the extensions that must be done before this one.
        suppress_failures: Whether failures of the extension itself are ignored; default false.
        protected_settings_from_key_vault: Where a key vault holds the protected settings.
    """

    name: str | None = text("name", default=None)


class VirtualMachineScaleSetExtensionProfile(Model):
    """The extensions in a scale set's model.

    Attributes:
        extensions: The extensions.
        extensions_time_budget: How long all extensions together may take to start: 15 minutes to 2 hours,
            default 90 minutes (``PT1H30M``).
    """

    extensions: MutableSequence[VirtualMachineScaleSetExtension] | None = nested_list(
        "extensions", VirtualMachineScaleSetExtension, default=None
    )
    extensions_time_budget: timedelta | None = duration("extensionsTimeBudget", default=None)


class MachineExtensionBase(ExtensionBase):
    """What an extension of one machine has."""

    name: str | None = text("name", init=False)
    location: str | None = text("location", default=None)
    instance_view: VirtualMachineExtensionInstanceView | None = nested(
        "properties.instanceView", VirtualMachineExtensionInstanceView, default=None
    )


class VirtualMachineExtension(MachineExtensionBase, required=("location",)):
    """An extension of a virtual machine. ``type`` is the handler's type, ``resource_type`` ARM's."""

    system_data: SystemData | None = nested("systemData", SystemData, init=False)
    tags: dict[str, str] | None = text_map("tags", default=None)


class VirtualMachineScaleSetVMExtension(MachineExtensionBase):
    """An extension of one instance of a Uniform scale set. ``type`` is the handler's type, ``resource_type`` ARM's."""
