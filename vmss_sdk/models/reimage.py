"""Parameters of a reimage."""

from vmss_sdk.models._base import Model, boolean, nested, text, texts


class OSProfileProvisioningData(Model):
    """The part of the OS profile that a reimage of a persistent OS disk may be given (semantics 1.5.27).

    Attributes:
        admin_password: The new password of the administrator. Never shown.
        custom_data: Must equal what the virtual machine was created with. Base64, up to 65,535 bytes
            decoded. Never shown.
    """

    admin_password: str | None = text("adminPassword", default=None, secret=True)
    custom_data: str | None = text("customData", default=None, secret=True)


class VirtualMachineReimageParameters(Model):
    """What a reimage of a virtual machine of a Flexible scale set is told.

    Attributes:
        temp_disk: Whether the temporary disk is reimaged as well. Only for ephemeral OS disks: sending it for
            a persistent one, even false, is refused (semantics 1.5.18).
        exact_version: The image version to go to, in decimal numbers. Without it the version is resolved
            again (semantics 1.5.17).
        os_profile: Password and custom data for a persistent OS disk.
    """

    temp_disk: bool | None = boolean("tempDisk", default=None)
    exact_version: str | None = text("exactVersion", default=None)
    os_profile: OSProfileProvisioningData | None = nested("osProfile", OSProfileProvisioningData, default=None)


class VirtualMachineScaleSetVMReimageParameters(Model):
    """What a reimage of one instance is told.

    Attributes:
        temp_disk: Whether the temporary disk is reimaged as well. Only for ephemeral OS disks: sending it for
            a persistent one, even false, is refused (semantics 1.5.18).
        exact_version: The image version to go to, in decimal numbers. Without it the version is resolved
            again (semantics 1.5.17).
        os_profile: Password and custom data for a persistent OS disk.
        force_update_os_disk_for_ephemeral: Whether an ephemeral OS disk moves to the version in the model instead of
            back to its original one; default false (semantics 1.5.18).
    """

    temp_disk: bool | None = boolean("tempDisk", default=None)
    exact_version: str | None = text("exactVersion", default=None)
    os_profile: OSProfileProvisioningData | None = nested("osProfile", OSProfileProvisioningData, default=None)
    force_update_os_disk_for_ephemeral: bool | None = boolean("forceUpdateOSDiskForEphemeral", default=None)


class VirtualMachineScaleSetReimageParameters(Model):
    """What a reimage of several instances is told. All of them are reimaged at once (semantics 1.5.22).

    Attributes:
        temp_disk: Whether the temporary disk is reimaged as well. Only for ephemeral OS disks: sending it for
            a persistent one, even false, is refused (semantics 1.5.18).
        exact_version: The image version to go to, in decimal numbers. Without it the version is resolved
            again (semantics 1.5.17).
        os_profile: Password and custom data for a persistent OS disk.
        force_update_os_disk_for_ephemeral: Whether an ephemeral OS disk moves to the version in the model instead of
            back to its original one; default false (semantics 1.5.18).
        instance_ids: The instances. Without it the service reimages ALL instances of the scale set.
    """

    temp_disk: bool | None = boolean("tempDisk", default=None)
    exact_version: str | None = text("exactVersion", default=None)
    os_profile: OSProfileProvisioningData | None = nested("osProfile", OSProfileProvisioningData, default=None)
    force_update_os_disk_for_ephemeral: bool | None = boolean("forceUpdateOSDiskForEphemeral", default=None)
    instance_ids: list[str] | None = texts("instanceIds", default=None)
