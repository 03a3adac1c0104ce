"""The disks of a new scale set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.creating.context import Document, wrong
from vmss_sdk.cli.handlers.flags import identify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vmss_sdk.cli.creating.context import Context
    from vmss_sdk.cli.creating.images import Image

__all__ = ["storage_profile"]

_SETS = "Microsoft.Compute/diskEncryptionSets"
_OS = "os"
_CACHINGS = {word.lower(): word for word in ("None", "ReadOnly", "ReadWrite")}


def storage_profile(context: Context, image: Image) -> Document:
    """OS disk, data disks and image.

    Raises:
        CommandError: Flags contradict each other, or name a disk that there is not.
    """
    args = context.args
    disks = _data_disks(context, image)
    skus = _by_disk("--storage-sku", args.storage_sku, disks)
    profile: Document = {"osDisk": _os_disk(context, image, skus.get(_OS)), "imageReference": image.reference}
    for lun, disk in disks.items():
        disk["managedDisk"]["storageAccountType"] = skus.get(str(lun))
    if disks:
        profile["dataDisks"] = [disks[lun] for lun in sorted(disks)]
    return profile


def _os_disk(context: Context, image: Image, sku: str | None) -> Document:
    args = context.args
    if args.os_disk_name and not image.named_disk:
        raise wrong("--os-disk-name is for images of shared and community galleries only")
    if sku and sku.lower() == "ultrassd_lrs":
        sku = None  # only data disks can be such ones; az leaves the choice to the service, too
    disk: Document = {
        "createOption": "FromImage",
        "caching": args.os_disk_caching or ("ReadOnly" if args.ephemeral_os_disk else "ReadWrite"),
        "managedDisk": {"storageAccountType": sku},
    }
    if args.os_disk_name:
        disk["name"] = args.os_disk_name
    if args.os_disk_encryption_set:
        disk["managedDisk"]["diskEncryptionSet"] = {
            "id": identify(args.os_disk_encryption_set, context.group_id, _SETS)
        }
    _confidential(context, disk["managedDisk"])
    _ephemeral(args, disk)
    for name, value in (("diskSizeGB", args.os_disk_size_gb), ("deleteOption", args.os_disk_delete_option)):
        if value is not None:
            disk[name] = value
    return disk


def _confidential(context: Context, managed: Document) -> None:
    args = context.args
    kind = args.os_disk_security_encryption_type
    if args.security_type == "ConfidentialVM" and kind is None:
        raise wrong("--security-type ConfidentialVM needs --os-disk-security-encryption-type")
    own = args.os_disk_secure_vm_disk_encryption_set
    if own and kind != "DiskWithVMGuestState":
        raise wrong(
            "--os-disk-secure-vm-disk-encryption-set needs --os-disk-security-encryption-type DiskWithVMGuestState"
        )
    if kind == "NonPersistedTPM" and not (args.security_type == "ConfidentialVM" and args.enable_vtpm):
        raise wrong(
            "--os-disk-security-encryption-type NonPersistedTPM needs --security-type ConfidentialVM and --enable-vtpm"
        )
    if kind:
        managed["securityProfile"] = {"securityEncryptionType": kind}
        if own:
            managed["securityProfile"]["diskEncryptionSet"] = {"id": identify(own, context.group_id, _SETS)}


def _ephemeral(args: Any, disk: Document) -> None:
    more = {
        "placement": args.ephemeral_os_disk_placement,
        "enableFullCaching": args.ephemeral_os_disk_enable_full_caching,
    }
    given = {name: value for name, value in more.items() if value is not None}
    if args.ephemeral_os_disk:
        disk["diffDiskSettings"] = {"option": "Local", **given}
    elif given:
        raise wrong(
            "--ephemeral-os-disk-placement and --ephemeral-os-disk-enable-full-caching need --ephemeral-os-disk"
        )


def _data_disks(context: Context, image: Image) -> dict[int, Document]:
    """Those of the image, and new ones at the LUNs that are free."""
    args = context.args
    disks: dict[int, Document] = {
        lun: {"lun": lun, "managedDisk": {}, "createOption": "fromImage"} for lun in image.data_luns
    }
    lun = 0
    for size in args.data_disk_sizes_gb or ():
        while lun in disks:
            lun += 1
        disks[lun] = {"lun": lun, "managedDisk": {}, "createOption": "empty", "diskSizeGB": size}
        if args.data_disk_delete_option:
            disks[lun]["deleteOption"] = args.data_disk_delete_option
    for name, caching in _by_disk("--data-disk-caching", args.data_disk_caching, disks).items():
        if name != _OS:
            disks[int(name)]["caching"] = _caching(caching)
    _one_per_disk("--data-disk-iops", disks, args.data_disk_iops, "diskIOPSReadWrite")
    _one_per_disk("--data-disk-mbps", disks, args.data_disk_mbps, "diskMBpsReadWrite")
    sets = [{"id": identify(name, context.group_id, _SETS)} for name in args.data_disk_encryption_sets or ()]
    _one_per_disk("--data-disk-encryption-sets", disks, sets, "managedDisk.diskEncryptionSet")
    return disks


def _one_per_disk(flag: str, disks: dict[int, Document], values: Sequence[Any] | None, member: str) -> None:
    """One value for each disk."""
    if not values:
        return
    if len(values) != len(disks):
        raise wrong(f"{flag}: expected one value for each data disk: {len(disks)}, got {len(values)}")
    for lun, value in zip(sorted(disks), values, strict=True):
        head, _, last = member.rpartition(".")
        (disks[lun][head] if head else disks[lun])[last] = value


def _by_disk(flag: str, words: Sequence[str] | None, disks: dict[int, Document]) -> dict[str, str]:
    """One word for all disks, or ``os=word`` and ``LUN=word``."""
    known = [_OS, *(str(lun) for lun in sorted(disks))]
    if not words:
        return {}
    if len(words) == 1 and "=" not in words[0]:
        return dict.fromkeys(known, words[0])
    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name.lower() not in known:
            raise wrong(f"{flag}: '{word}' is none of {', '.join(f'{one}=...' for one in known)}")
        found[name.lower()] = value
    return found


def _caching(word: str) -> str:
    if word.lower() not in _CACHINGS:
        raise wrong(f"--data-disk-caching: '{word}' is none of {', '.join(_CACHINGS.values())}")
    return _CACHINGS[word.lower()]
