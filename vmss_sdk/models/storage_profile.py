"""Image and disks."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import Model, boolean, choice, nested, nested_list, text
from vmss_sdk.models.disks import DataDisk, OSDisk, VirtualMachineScaleSetDataDisk, VirtualMachineScaleSetOSDisk
from vmss_sdk.models.enums import DiskApiVersion, DiskControllerTypes


class ImageReference(Model):
    """The image of an OS disk: a platform or marketplace image by four parts, or any other by id.

    Changing it in the model is part of an upgrade: the OS disk is swapped, data disks are kept (semantics 1.4).

    Attributes:
        id: Resource id of an image or of a gallery image; without a version in it the newest is taken.
        publisher: For example ``Canonical``.
        offer: For example ``0001-com-ubuntu-server-jammy``.
        sku: For example ``22_04-lts``.
        version: ``Major.Minor.Build`` or ``latest``. A newer image does not reach existing instances by
            itself (semantics 1.3.10).
        exact_version: The version that ``latest`` stood for. Read-only.
        shared_gallery_image_id: Unique id of an image in a gallery shared with this tenant.
        community_gallery_image_id: Unique id of an image in a community gallery.
    """

    id: str | None = text("id", default=None)
    publisher: str | None = text("publisher", default=None)
    offer: str | None = text("offer", default=None)
    sku: str | None = text("sku", default=None)
    version: str | None = text("version", default=None)
    exact_version: str | None = text("exactVersion", init=False)
    shared_gallery_image_id: str | None = text("sharedGalleryImageId", default=None)
    community_gallery_image_id: str | None = text("communityGalleryImageId", default=None)


class ScaleSetStorageProfileBase(Model):
    """What image and disks in a scale set's model have, in a PUT and in a PATCH."""

    image_reference: ImageReference | None = nested("imageReference", ImageReference, default=None)
    data_disks: MutableSequence[VirtualMachineScaleSetDataDisk] | None = nested_list(
        "dataDisks", VirtualMachineScaleSetDataDisk, default=None
    )
    disk_controller_type: DiskControllerTypes | str | None = choice(
        "diskControllerType", DiskControllerTypes, default=None
    )
    disk_api_version: DiskApiVersion | str | None = choice("diskApiVersion", DiskApiVersion, default=None)


class VirtualMachineScaleSetStorageProfile(ScaleSetStorageProfileBase):
    """The image and the disks in a scale set's model.

    Attributes:
        image_reference: The image of the OS disk.
        os_disk: The OS disk.
        data_disks: The data disks. Adding or removing one follows the upgrade policy; changing one that exists
            reaches only new or reimaged instances (semantics 1.4 and decision C2).
        disk_controller_type: SCSI or NVMe.
        disk_api_version: The version of the disk API.
    """

    os_disk: VirtualMachineScaleSetOSDisk | None = nested("osDisk", VirtualMachineScaleSetOSDisk, default=None)


class StorageProfile(Model):
    """The image and the disks of one instance."""

    image_reference: ImageReference | None = nested("imageReference", ImageReference, default=None)
    os_disk: OSDisk | None = nested("osDisk", OSDisk, default=None)
    data_disks: MutableSequence[DataDisk] | None = nested_list("dataDisks", DataDisk, default=None)
    disk_controller_type: DiskControllerTypes | str | None = choice(
        "diskControllerType", DiskControllerTypes, default=None
    )
    align_regional_disks_to_vm_zone: bool | None = boolean("alignRegionalDisksToVMZone", default=None)
    disk_api_version: DiskApiVersion | str | None = choice("diskApiVersion", DiskApiVersion, default=None)
