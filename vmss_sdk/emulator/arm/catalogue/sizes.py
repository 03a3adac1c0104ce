"""Sizes of virtual machines, as resource SKUs and as the older list; and what of the quota is used."""

from __future__ import annotations

from collections import Counter
from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.catalogue.facts import azure
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.locations import same_place
from vmss_sdk.emulator.arm.odata import comparisons
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.platform.regions import Region
from vmss_sdk.emulator.engine.platform.sizes import Size

__all__ = ["list_sizes", "list_skus", "list_usages"]

Document = dict[str, Any]

_OS_DISK_MB = 1_047_552
_LIMIT = 1000  # CHOICE: nothing is refused for it, quotas are set by faults
_KINDS = {
    "availabilitySets": "Availability Sets",
    "cores": "Total Regional vCPUs",
    "virtualMachines": "Virtual Machines",
    "virtualMachineScaleSets": "Virtual Machine Scale Sets",
}
_BYTES_PER_GIB = 1024**3


def list_skus(call: Call) -> Reply:
    """A SKU for each size of a region; ``$filter=location eq '…'`` is served.

    CHOICE: without a filter one SKU stands for all regions that have the same zones. Azure repeats it for each region,
    which would be 83,000 SKUs: the Azure CLI asks without a filter and would read them for more than a minute.
    """
    wanted = _location(call)
    if wanted is not None:
        here = [[region] for region in azure().regions.physical if same_place(region.name, wanted)]
    else:
        by_zones: dict[tuple[str, ...], list[Region]] = {}
        for region in azure().regions.physical:
            by_zones.setdefault(region.zones, []).append(region)
        here = list(by_zones.values())
    return Reply(200, {"value": [_sku(size, regions) for regions in here for size in azure().sizes.all]})


def list_sizes(_: Call) -> Reply:
    """The sizes of a region; CHOICE: the same in every one."""
    return Reply(200, {"value": [_size(size) for size in azure().sizes.all]})


def list_usages(call: Call) -> Reply:
    """How much is used of what a region allows: vCPUs altogether and by family, machines, scale sets."""
    place = call.values["location"]
    mine = call.state.aggregates_of(call.subscription_id)
    sets = [found for found in mine if same_place(str(found.document["location"]), place)]
    families: Counter[str] = Counter(dict.fromkeys((size.family for size in azure().sizes.all if size.family), 0))
    cores = 0
    for found in sets:
        size = azure().sizes.find(get_path(found.latest.part, "sku.name", ""))
        used = len(found.instances) * (size.vcpus if size else 1)
        cores += used
        if size is not None and size.family:
            families[size.family] += used
    used_by_kind = {
        "availabilitySets": 0,
        "cores": cores,
        "virtualMachines": sum(len(found.instances) for found in sets),
        "virtualMachineScaleSets": sum(not found.standalone for found in sets),
    }
    kinds = [_usage(kind, label, used_by_kind[kind]) for kind, label in _KINDS.items()]
    return Reply(200, {"value": kinds + [_usage(name, _family_label(name), used) for name, used in families.items()]})


def _family_label(family: str) -> str:
    """``standardDSv5Family`` is shown as ``Standard DSv5 Family vCPUs``."""
    if " " in family:
        return f"{family} vCPUs"
    name = family[len("standard") :] if family.lower().startswith("standard") else family
    return f"Standard {name.removesuffix('Family')} Family vCPUs"


def _usage(kind: str, label: str, used: int) -> Document:
    name = {"value": kind, "localizedValue": label}
    return {"limit": max(_LIMIT, used), "unit": "Count", "currentValue": used, "name": name}


def _location(call: Call) -> str | None:
    try:
        tests = comparisons(call.query.get("$filter", ""))
        if any((test.member, test.operator) != ("location", "eq") for test in tests):
            raise ValueError("another member")
    except ValueError:
        why = "expected location eq '<region>'."
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=why) from None
    return tests[0].wanted if tests else None


def _sku(size: Size, regions: list[Region]) -> Document:
    return {
        "resourceType": "virtualMachines",
        "name": size.name,
        "tier": size.name.partition("_")[0],
        "size": size.name.partition("_")[2],
        "family": size.family,
        "locations": [region.name for region in regions],
        "locationInfo": [
            {"location": region.name, "zones": list(region.zones), "zoneDetails": []} for region in regions
        ],
        "capabilities": [{"name": name, "value": value} for name, value in _capabilities(size).items()],
        "restrictions": [],
    }


def _capabilities(size: Size) -> dict[str, str]:
    found = {
        "MaxResourceVolumeMB": str(size.temp_disk_mb),
        "OSVhdSizeMB": str(_OS_DISK_MB),
        "vCPUs": str(size.vcpus),
        "MemoryPreservingMaintenanceSupported": "True",
        "HyperVGenerations": ",".join(size.generations),
        "MemoryGB": f"{size.memory_mb / 1024:g}",
        "MaxDataDiskCount": str(size.data_disks),
        "CpuArchitectureType": size.architecture,
        "LowPriorityCapable": str(size.spot),
        "PremiumIO": str(size.premium_io),
        "VMDeploymentTypes": "IaaS",
        "vCPUsAvailable": str(size.vcpus),
        "vCPUsPerCore": "1" if size.architecture == "Arm64" else "2",
        "EphemeralOSDiskSupported": str(bool(size.ephemeral_placements)),
        "EncryptionAtHostSupported": str(size.encryption_at_host),
        "AcceleratedNetworkingEnabled": str(size.accelerated_networking),
        "MaxNetworkInterfaces": str(size.network_interfaces),
    }
    if size.ephemeral_placements:
        found["SupportedEphemeralOSDiskPlacements"] = ",".join(size.ephemeral_placements)
    if size.cache_gb is not None:
        found["CachedDiskBytes"] = str(size.cache_gb * _BYTES_PER_GIB)
    if not size.trusted_launch:
        found["TrustedLaunchDisabled"] = "True"
    return found


def _size(size: Size) -> Document:
    return {
        "name": size.name,
        "numberOfCores": size.vcpus,
        "osDiskSizeInMB": _OS_DISK_MB,
        "resourceDiskSizeInMB": size.temp_disk_mb,
        "memoryInMB": size.memory_mb,
        "maxDataDiskCount": size.data_disks,
    }
