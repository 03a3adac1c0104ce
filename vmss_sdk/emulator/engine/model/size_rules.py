"""Rules for sizes of virtual machines, and for the zones of a region (semantics 7, 11.16).

Of a size or a region that is in no list nothing is refused but itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.defaults import MIXED
from vmss_sdk.emulator.engine.platform.catalogue import Catalogue
from vmss_sdk.emulator.engine.platform.image_facts import image_facts
from vmss_sdk.emulator.engine.platform.sizes import Size

__all__ = ["size_problems", "zone_problems"]

_PROFILE = "properties.virtualMachineProfile"
_STORAGE = f"{_PROFILE}.storageProfile"
_NETWORK = f"{_PROFILE}.networkProfile.networkInterfaceConfigurations"
_EVICTABLE = ("Low", "Spot")
_PREMIUM = ("Premium_LRS", "Premium_ZRS", "PremiumV2_LRS", "UltraSSD_LRS")


def zone_problems(document: Document, name: str, catalogue: Catalogue) -> list[Failure]:
    """The zones that the region does not have."""
    region = catalogue.regions.find(str(document.get("location", "")))
    zones = [str(zone) for zone in document.get("zones") or []]
    if region is None or not set(zones) - set(region.zones):
        return []
    facts = {
        "zones": ",".join(zones),
        "scale_set": name,
        "location": region.name,
        "supported": ",".join(region.zones),
        "target": "zones",
        "parameter": "zones",
    }
    return [Failure(Reason.ZONE_NOT_SUPPORTED, facts)]


def size_problems(document: Document, catalogue: Catalogue) -> list[Failure]:
    """What the sizes of a model cannot carry, or that they do not exist."""
    if not catalogue.sizes.rows:
        return []
    found: list[Failure] = []
    for name in _sizes(document):
        size = catalogue.sizes.find(name)
        if size is None:
            facts = {"size": name, "sizes": ",".join(catalogue.sizes.names), "target": "vmSize", "parameter": "vmSize"}
            found.append(Failure(Reason.SIZE_NOT_AVAILABLE, facts))
        else:
            found += [failure for check in _CHECKS for failure in check(document, size)]
    return found


def _sizes(document: Document) -> Iterator[str]:
    """The sizes that a model names: that of its sku, or those of its mix."""
    name = get_path(document, "sku.name")
    if name and name != MIXED:
        yield str(name)
    for item in get_path(document, "properties.skuProfile.vmSizes", []) or []:
        if item.get("name"):
            yield str(item["name"])


def _ephemeral(document: Document, size: Size) -> Iterator[Failure]:
    """An ephemeral OS disk has to fit into the cache or the temporary disk of its size."""
    path = f"{_STORAGE}.osDisk"
    settings = get_path(document, f"{path}.diffDiskSettings")
    if not settings or settings.get("option") != "Local":
        return
    placement = settings.get("placement", "CacheDisk")
    if placement not in size.ephemeral_placements:
        yield _failure(Reason.DISK_PLACEMENT_NOT_SUPPORTED, size, f"{path}.diffDiskSettings", placement=placement)
        return
    room = size.cache_gb if placement == "CacheDisk" else size.temp_disk_mb // 1024 or None
    wanted = get_path(document, f"{path}.diskSizeGB")
    if room is not None and wanted is not None and int(wanted) > room:
        yield _failure(Reason.EPHEMERAL_DISK_TOO_LARGE, size, f"{path}.diskSizeGB", placement=placement, room=room)


def _premium(document: Document, size: Size) -> Iterator[Failure]:
    """Premium disks need a size that takes them."""
    if size.premium_io:
        return
    disks = [(f"{_STORAGE}.osDisk", get_path(document, f"{_STORAGE}.osDisk", {}))]
    disks += [
        (f"{_STORAGE}.dataDisks[{at}]", disk) for at, disk in enumerate(get_path(document, f"{_STORAGE}.dataDisks", []))
    ]
    for path, disk in disks:
        account = get_path(disk, "managedDisk.storageAccountType")
        if account in _PREMIUM:
            yield _failure(Reason.PREMIUM_NOT_SUPPORTED, size, f"{path}.managedDisk", account=account)


def _data_disks(document: Document, size: Size) -> Iterator[Failure]:
    path = f"{_STORAGE}.dataDisks"
    if len(get_path(document, path, []) or []) > size.data_disks:
        yield Failure(Reason.TOO_MANY_DISKS, {"target": path, "parameter": "dataDisks", "limit": size.data_disks})


def _interfaces(document: Document, size: Size) -> Iterator[Failure]:
    interfaces = get_path(document, _NETWORK, []) or []
    if len(interfaces) > size.network_interfaces:
        facts = {"count": len(interfaces), "limit": size.network_interfaces}
        yield _failure(Reason.TOO_MANY_INTERFACES, size, _NETWORK, **facts)
    accelerated = any(get_path(nic, "properties.enableAcceleratedNetworking") is True for nic in interfaces)
    if accelerated and not size.accelerated_networking:
        yield _failure(Reason.ACCELERATED_NETWORKING_NOT_SUPPORTED, size, _NETWORK)


def _spot(document: Document, size: Size) -> Iterator[Failure]:
    if get_path(document, f"{_PROFILE}.priority") in _EVICTABLE and not size.spot:
        yield _failure(Reason.SPOT_NOT_SUPPORTED, size, f"{_PROFILE}.priority")


def _security(document: Document, size: Size) -> Iterator[Failure]:
    path = f"{_PROFILE}.securityProfile"
    if get_path(document, f"{path}.encryptionAtHost") is True and not size.encryption_at_host:
        yield _failure(Reason.ENCRYPTION_AT_HOST_NOT_SUPPORTED, size, f"{path}.encryptionAtHost")
    if get_path(document, f"{path}.securityType") == "TrustedLaunch" and not size.trusted_launch:
        yield _failure(Reason.TRUSTED_LAUNCH_NOT_SUPPORTED, size, f"{path}.securityType")


def _architecture(document: Document, size: Size) -> Iterator[Failure]:
    """An image is made for one architecture, which the names of platform images tell when it is Arm64."""
    image = get_path(document, f"{_STORAGE}.imageReference", {})
    if "publisher" not in image:
        return
    words = f"{image.get('offer', '')} {image.get('sku', '')}".lower()
    architecture = "Arm64" if "arm64" in words or "aarch64" in words else "x64"
    if architecture != size.architecture:
        facts = {"architecture": size.architecture, "given": architecture}
        yield _failure(Reason.ARCHITECTURE_DIFFERS, size, f"{_STORAGE}.imageReference", **facts)


def _generation(document: Document, size: Size) -> Iterator[Failure]:
    """A size boots images of its own generations of the hypervisor, where the image's names tell its generation."""
    facts = image_facts(get_path(document, f"{_STORAGE}.imageReference", {}))
    if facts is None or not facts.generation_is_told or facts.generation in size.generations:
        return
    target = f"{_STORAGE}.imageReference"
    yield _failure(Reason.GENERATION_NOT_BOOTED, size, target, generation=facts.generation.removeprefix("V"))


_CHECKS = (_ephemeral, _premium, _data_disks, _interfaces, _spot, _security, _architecture, _generation)


def _failure(reason: Reason, size: Size, target: str, **facts: Any) -> Failure:
    return Failure(reason, {"size": size.name, "target": target, "parameter": target.rpartition(".")[2], **facts})
