"""Sizes of virtual machines, as resource SKUs and as the older list; and what of the quota is used."""

from __future__ import annotations

from functools import cache
from typing import Any

from vmss_sdk.emulator.arm import data
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, Flaw
from vmss_sdk.emulator.arm.locations import same_place
from vmss_sdk.emulator.arm.odata import comparisons
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.locations import regions, zones_of
from vmss_sdk.emulator.engine.common.documents import dig

__all__ = ["data_disk_limit", "list_sizes", "list_skus", "list_usages"]

Document = dict[str, Any]

_OS_DISK_MB = 1_047_552
_LUNS = 64
_LIMIT = 1000  # CHOICE: nothing is refused for it, quotas are set by faults
_KINDS = {
    "availabilitySets": "Availability Sets",
    "cores": "Total Regional vCPUs",
    "virtualMachines": "Virtual Machines",
    "virtualMachineScaleSets": "Virtual Machine Scale Sets",
}


@cache
def sizes() -> tuple[Document, ...]:
    """The rows of the table of sizes."""
    return tuple(data.load("sizes"))


def data_disk_limit(name: str) -> int:
    """How many data disks a size takes. CHOICE: as many as there are LUNs for one that is not in the table."""
    return next((int(size["dataDisks"]) for size in sizes() if str(size["name"]).lower() == name.lower()), _LUNS)


def list_skus(call: Call) -> Reply:
    """A SKU for each size and region; ``$filter=location eq '…'`` is served."""
    wanted = _location(call)
    here = [region for region in regions() if wanted is None or same_place(region["name"], wanted)]
    return Reply(200, {"value": [_sku(size, region) for region in here for size in sizes()]})


def list_sizes(_: Call) -> Reply:
    """The sizes of a region; CHOICE: the same in every one."""
    return Reply(200, {"value": [_size(size) for size in sizes()]})


def list_usages(call: Call) -> Reply:
    """How much is used of what a region allows."""
    place = call.values["location"]
    mine = call.state.scale_sets_of(call.subscription_id)
    sets = [found for found in mine if same_place(str(found.document["location"]), place)]
    cores = {str(size["name"]).lower(): int(size["cores"]) for size in sizes()}
    used = {
        "availabilitySets": 0,
        "cores": sum(
            len(found.instances) * cores.get(str(dig(found.document, "sku.name", "")).lower(), 1) for found in sets
        ),
        "virtualMachines": sum(len(found.instances) for found in sets),
        "virtualMachineScaleSets": len(sets),
    }
    return Reply(200, {"value": [_usage(kind, label, used[kind]) for kind, label in _KINDS.items()]})


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
        raise ArmError.of(Flaw.QUERY_INVALID, parameter="$filter", why=why) from None
    return tests[0].wanted if tests else None


def _sku(size: Document, region: Document) -> Document:
    location = region["name"]
    return {
        "resourceType": "virtualMachines",
        "name": size["name"],
        "tier": "Standard",
        "size": str(size["name"]).removeprefix("Standard_"),
        "family": size["family"],
        "locations": [location],
        "locationInfo": [{"location": location, "zones": zones_of(region), "zoneDetails": []}],
        "capabilities": [{"name": name, "value": value} for name, value in _capabilities(size).items()],
        "restrictions": [],
    }


def _capabilities(size: Document) -> dict[str, str]:
    return {
        "MaxResourceVolumeMB": str(size["tempDiskMB"]),
        "OSVhdSizeMB": str(_OS_DISK_MB),
        "vCPUs": str(size["cores"]),
        "MemoryPreservingMaintenanceSupported": "True",
        "HyperVGenerations": size["generations"],
        "MemoryGB": str(size["memoryGB"]),
        "MaxDataDiskCount": str(size["dataDisks"]),
        "CpuArchitectureType": size["architecture"],
        "LowPriorityCapable": "True",
        "PremiumIO": str(size["premium"]),
        "VMDeploymentTypes": "IaaS",
        "vCPUsAvailable": str(size["cores"]),
        "vCPUsPerCore": "1" if size["architecture"] == "Arm64" else "2",
        "EphemeralOSDiskSupported": str(size["tempDiskMB"] > 0),
        "EncryptionAtHostSupported": "True",
        "AcceleratedNetworkingEnabled": str(size["cores"] > 1),
        "MaxNetworkInterfaces": "2",
    }


def _size(size: Document) -> Document:
    return {
        "name": size["name"],
        "numberOfCores": size["cores"],
        "osDiskSizeInMB": _OS_DISK_MB,
        "resourceDiskSizeInMB": size["tempDiskMB"],
        "memoryInMB": int(size["memoryGB"] * 1024),
        "maxDataDiskCount": size["dataDisks"],
    }
