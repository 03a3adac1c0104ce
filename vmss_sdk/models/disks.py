"""OS disks and data disks, in a model and on an instance."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, nested_list, text, texts
from vmss_sdk.models.common import ApiEntityReference, SubResource
from vmss_sdk.models.enums import (
    CachingTypes,
    DiffDiskOptions,
    DiffDiskPlacement,
    DiskCreateOptionTypes,
    DiskDeleteOptionTypes,
    DiskDetachOptionTypes,
    OperatingSystemTypes,
    SecurityEncryptionTypes,
    StorageAccountTypes,
    StorageFaultDomainAlignmentType,
    VirtualMachineDiskDelayAction,
    VirtualMachineDiskNetworkAccessPolicy,
)


class KeyVaultSecretReference(Model, required=("secretUrl", "sourceVault")):
    """A secret in a key vault, by address. The address is no secret."""

    secret_url: str | None = text("secretUrl", default=None)
    source_vault: SubResource | None = nested("sourceVault", SubResource, default=None)


class KeyVaultKeyReference(Model, required=("keyUrl", "sourceVault")):
    """A key in a key vault, by address."""

    key_url: str | None = text("keyUrl", default=None)
    source_vault: SubResource | None = nested("sourceVault", SubResource, default=None)


class DiskEncryptionSettings(Model):
    """The keys of Azure Disk Encryption for an OS disk."""

    disk_encryption_key: KeyVaultSecretReference | None = nested(
        "diskEncryptionKey", KeyVaultSecretReference, default=None
    )
    key_encryption_key: KeyVaultKeyReference | None = nested("keyEncryptionKey", KeyVaultKeyReference, default=None)
    enabled: bool | None = boolean("enabled", default=None)


class DiskEncryptionSetParameters(Model):
    """The disk encryption set that holds a customer's key."""

    id: str | None = text("id", default=None)


class DiffDiskSettings(Model):
    """That the OS disk is ephemeral, on local storage, and where there."""

    option: DiffDiskOptions | str | None = choice("option", DiffDiskOptions, default=None)
    placement: DiffDiskPlacement | str | None = choice("placement", DiffDiskPlacement, default=None)
    enable_full_caching: bool | None = boolean("enableFullCaching", default=None)


class VirtualHardDisk(Model):
    """The address of an unmanaged disk."""

    uri: str | None = text("uri", default=None)


class VMDiskSecurityProfile(Model):
    """What is encrypted on the disk of a confidential virtual machine, and with which key."""

    security_encryption_type: SecurityEncryptionTypes | str | None = choice(
        "securityEncryptionType", SecurityEncryptionTypes, default=None
    )
    disk_encryption_set: DiskEncryptionSetParameters | None = nested(
        "diskEncryptionSet", DiskEncryptionSetParameters, default=None
    )


class DiskAvailabilityPolicy(Model):
    """What happens when a disk does not answer in time."""

    action_on_disk_delay: VirtualMachineDiskDelayAction | str | None = choice(
        "actionOnDiskDelay", VirtualMachineDiskDelayAction, default=None
    )


class VirtualMachineDiskProperties(Model):
    """Performance, sharing and network access of a disk that is made with its virtual machine."""

    tier: str | None = text("tier", default=None)
    bursting_enabled: bool | None = boolean("burstingEnabled", default=None)
    performance_plus: bool | None = boolean("performancePlus", default=None)
    optimized_for_frequent_attach: bool | None = boolean("optimizedForFrequentAttach", default=None)
    availability_policy: DiskAvailabilityPolicy | None = nested(
        "availabilityPolicy", DiskAvailabilityPolicy, default=None
    )
    max_shares: int | None = integer("maxShares", default=None)
    network_access_policy: VirtualMachineDiskNetworkAccessPolicy | str | None = choice(
        "networkAccessPolicy", VirtualMachineDiskNetworkAccessPolicy, default=None
    )
    disk_access_id: str | None = text("diskAccessId", default=None)
    disk_iops_read_only: int | None = integer("diskIOPSReadOnly", default=None)
    disk_mbps_read_only: int | None = integer("diskMBpsReadOnly", default=None)
    logical_sector_size: int | None = integer("logicalSectorSize", default=None)


class AdditionalDiskProperties(Model):
    """Further properties of a disk that is made together with its virtual machine."""

    managed_disk_properties: VirtualMachineDiskProperties | None = nested(
        "managedDiskProperties", VirtualMachineDiskProperties, default=None
    )


class VirtualMachineScaleSetManagedDiskParameters(Model):
    """Storage type and encryption of the disks that a scale set makes."""

    storage_account_type: StorageAccountTypes | str | None = choice(
        "storageAccountType", StorageAccountTypes, default=None
    )
    disk_encryption_set: DiskEncryptionSetParameters | None = nested(
        "diskEncryptionSet", DiskEncryptionSetParameters, default=None
    )
    security_profile: VMDiskSecurityProfile | None = nested("securityProfile", VMDiskSecurityProfile, default=None)
    additional_disk_properties: AdditionalDiskProperties | None = nested(
        "additionalDiskProperties", AdditionalDiskProperties, default=None
    )


class ManagedDiskParameters(Model):
    """Id, storage type and encryption of a managed disk."""

    id: str | None = text("id", default=None)
    storage_account_type: StorageAccountTypes | str | None = choice(
        "storageAccountType", StorageAccountTypes, default=None
    )
    disk_encryption_set: DiskEncryptionSetParameters | None = nested(
        "diskEncryptionSet", DiskEncryptionSetParameters, default=None
    )
    security_profile: VMDiskSecurityProfile | None = nested("securityProfile", VMDiskSecurityProfile, default=None)
    additional_disk_properties: AdditionalDiskProperties | None = nested(
        "additionalDiskProperties", AdditionalDiskProperties, default=None
    )


class ScaleSetOSDiskBase(Model):
    """What the OS disk in a scale set's model has, in a PUT and in a PATCH."""

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


class VirtualMachineScaleSetOSDisk(ScaleSetOSDiskBase, required=("createOption",)):
    """The OS disk in a scale set's model. Its storage type is fixed at creation (semantics 1.6.28)."""

    name: str | None = text("name", default=None)
    create_option: DiskCreateOptionTypes | str | None = choice("createOption", DiskCreateOptionTypes, default=None)
    os_type: OperatingSystemTypes | str | None = choice("osType", OperatingSystemTypes, default=None)


class VirtualMachineScaleSetDataDisk(Model, required=("lun", "createOption")):
    """A data disk in a scale set's model: a profile, of which every instance gets its own empty disk.

    Attributes:
        name: The name of the disk.
        lun: Its number, unique within the virtual machine.
        caching: Host caching; default None for standard, ReadOnly for premium storage.
        write_accelerator_enabled: Whether writes are accelerated.
        create_option: Empty in most cases.
        disk_size_gb: Size in GiB.
        storage_fault_domain_alignment: How strictly it stays in the fault domain of its instance.
        managed_disk: Storage type and encryption.
        disk_iops_read_write: Operations per second, for Ultra and Premium v2 disks.
        disk_mbps_read_write: Throughput in MB per second, for Ultra and Premium v2 disks.
        delete_option: Delete or Detach; Flexible only.
    """

    name: str | None = text("name", default=None)
    lun: int | None = integer("lun", default=None)
    caching: CachingTypes | str | None = choice("caching", CachingTypes, default=None)
    write_accelerator_enabled: bool | None = boolean("writeAcceleratorEnabled", default=None)
    create_option: DiskCreateOptionTypes | str | None = choice("createOption", DiskCreateOptionTypes, default=None)
    disk_size_gb: int | None = integer("diskSizeGB", default=None)
    storage_fault_domain_alignment: StorageFaultDomainAlignmentType | str | None = choice(
        "storageFaultDomainAlignment", StorageFaultDomainAlignmentType, default=None
    )
    managed_disk: VirtualMachineScaleSetManagedDiskParameters | None = nested(
        "managedDisk", VirtualMachineScaleSetManagedDiskParameters, default=None
    )
    disk_iops_read_write: int | None = integer("diskIOPSReadWrite", default=None)
    disk_mbps_read_write: int | None = integer("diskMBpsReadWrite", default=None)
    delete_option: DiskDeleteOptionTypes | str | None = choice("deleteOption", DiskDeleteOptionTypes, default=None)


class OSDisk(Model, required=("createOption",)):
    """The OS disk of one instance."""

    os_type: OperatingSystemTypes | str | None = choice("osType", OperatingSystemTypes, default=None)
    encryption_settings: DiskEncryptionSettings | None = nested(
        "encryptionSettings", DiskEncryptionSettings, default=None
    )
    name: str | None = text("name", default=None)
    vhd: VirtualHardDisk | None = nested("vhd", VirtualHardDisk, default=None)
    image: VirtualHardDisk | None = nested("image", VirtualHardDisk, default=None)
    caching: CachingTypes | str | None = choice("caching", CachingTypes, default=None)
    write_accelerator_enabled: bool | None = boolean("writeAcceleratorEnabled", default=None)
    diff_disk_settings: DiffDiskSettings | None = nested("diffDiskSettings", DiffDiskSettings, default=None)
    create_option: DiskCreateOptionTypes | str | None = choice("createOption", DiskCreateOptionTypes, default=None)
    disk_size_gb: int | None = integer("diskSizeGB", default=None)
    storage_fault_domain_alignment: StorageFaultDomainAlignmentType | str | None = choice(
        "storageFaultDomainAlignment", StorageFaultDomainAlignmentType, default=None
    )
    managed_disk: ManagedDiskParameters | None = nested("managedDisk", ManagedDiskParameters, default=None)
    delete_option: DiskDeleteOptionTypes | str | None = choice("deleteOption", DiskDeleteOptionTypes, default=None)


class DataDisk(Model, required=("lun", "createOption")):
    """A data disk of one instance."""

    lun: int | None = integer("lun", default=None)
    name: str | None = text("name", default=None)
    vhd: VirtualHardDisk | None = nested("vhd", VirtualHardDisk, default=None)
    image: VirtualHardDisk | None = nested("image", VirtualHardDisk, default=None)
    caching: CachingTypes | str | None = choice("caching", CachingTypes, default=None)
    write_accelerator_enabled: bool | None = boolean("writeAcceleratorEnabled", default=None)
    create_option: DiskCreateOptionTypes | str | None = choice("createOption", DiskCreateOptionTypes, default=None)
    disk_size_gb: int | None = integer("diskSizeGB", default=None)
    storage_fault_domain_alignment: StorageFaultDomainAlignmentType | str | None = choice(
        "storageFaultDomainAlignment", StorageFaultDomainAlignmentType, default=None
    )
    managed_disk: ManagedDiskParameters | None = nested("managedDisk", ManagedDiskParameters, default=None)
    source_resource: ApiEntityReference | None = nested("sourceResource", ApiEntityReference, default=None)
    to_be_detached: bool | None = boolean("toBeDetached", default=None)
    disk_iops_read_write: int | None = integer("diskIOPSReadWrite", default=None)
    disk_mbps_read_write: int | None = integer("diskMBpsReadWrite", default=None)
    detach_option: DiskDetachOptionTypes | str | None = choice("detachOption", DiskDetachOptionTypes, default=None)
    delete_option: DiskDeleteOptionTypes | str | None = choice("deleteOption", DiskDeleteOptionTypes, default=None)


class DataDisksToAttach(Model, required=("diskId",)):
    """A managed disk that is to be attached to an instance."""

    disk_id: str | None = text("diskId", default=None)
    lun: int | None = integer("lun", default=None)
    caching: CachingTypes | str | None = choice("caching", CachingTypes, default=None)
    delete_option: DiskDeleteOptionTypes | str | None = choice("deleteOption", DiskDeleteOptionTypes, default=None)
    disk_encryption_set: DiskEncryptionSetParameters | None = nested(
        "diskEncryptionSet", DiskEncryptionSetParameters, default=None
    )
    write_accelerator_enabled: bool | None = boolean("writeAcceleratorEnabled", default=None)


class DataDisksToDetach(Model, required=("diskId",)):
    """A managed disk that is to be detached from an instance."""

    disk_id: str | None = text("diskId", default=None)
    detach_option: DiskDetachOptionTypes | str | None = choice("detachOption", DiskDetachOptionTypes, default=None)


class AttachDetachDataDisksRequest(Model):
    """The managed disks that one call attaches to and detaches from an instance."""

    data_disks_to_attach: MutableSequence[DataDisksToAttach] | None = nested_list(
        "dataDisksToAttach", DataDisksToAttach, default=None
    )
    data_disks_to_detach: MutableSequence[DataDisksToDetach] | None = nested_list(
        "dataDisksToDetach", DataDisksToDetach, default=None
    )
