"""Rules for standalone virtual machines, and for their changes.

What it has in common with a scale set's profile is judged by the same rules, as a scale set of that profile.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model import size_rules, validation
from vmss_sdk.emulator.engine.model.required_members import member_problems
from vmss_sdk.emulator.engine.platform.catalogue import Catalogue
from vmss_sdk.models import VirtualMachine

__all__ = ["change_problems", "model_part", "problems"]

_PROFILE = "properties.virtualMachineProfile"
_SIZE = "properties.hardwareProfile.vmSize"
_OS = "properties.osProfile"
_STORAGE = "properties.storageProfile"
_IMAGE = f"{_STORAGE}.imageReference"
_DISK = f"{_STORAGE}.osDisk"
_NEEDS = ("location", _SIZE, "properties.networkProfile")
_OF_A_NEW_SYSTEM = (_OS, f"{_OS}.computerName", f"{_OS}.adminUsername")
_FIXED = (
    "location",
    "properties.availabilitySet.id",
    f"{_OS}.computerName",
    f"{_OS}.adminUsername",
    f"{_OS}.adminPassword",
    f"{_OS}.customData",
    f"{_IMAGE}.publisher",
    f"{_IMAGE}.offer",
    f"{_IMAGE}.sku",
    f"{_IMAGE}.version",
    f"{_IMAGE}.id",
    f"{_DISK}.osType",
    f"{_DISK}.createOption",
    "properties.priority",
    "zones",
)
_UNSAID = {"properties.priority": "Regular"}
_SPOT = ("Spot", "Low")
_LONGEST_NAME = {"Windows": 15, "Linux": 64}
_NO_HOST_NAME = re.compile(r"""[`~!@#$%^&*()=+_\[\]{}\\|;:'",<>/?]""")


def model_part(document: Document) -> Document:
    """The document in the terms of a scale set's instance part, see `documents.instance_part`."""
    properties = document["properties"]
    part = {
        "sku": {"name": get_path(properties, "hardwareProfile.vmSize"), "tier": "Standard"},
        "zones": document.get("zones"),
        "plan": document.get("plan"),
        "virtualMachineProfile": properties,
    }
    if "additionalCapabilities" in properties:
        part["additionalCapabilities"] = properties["additionalCapabilities"]
    return part


def change_problems(before: Document, after: Document) -> list[Failure]:
    """What may not change once the machine exists (reported: availability set, image, OS profile, create option)."""
    found = []
    for path in _FIXED:
        old, new = get_path(before, path, _UNSAID.get(path)), get_path(after, path, _UNSAID.get(path))
        if str(old).lower() != str(new).lower():
            short = ".".join(path.split(".")[-2:]).removeprefix("properties.")
            found.append(Failure(Reason.NOT_CHANGEABLE, {"target": short, "parameter": short}))
    return found


def problems(incoming: Document, merged: Document, catalogue: Catalogue) -> list[Failure]:
    """Everything that is wrong with a virtual machine.

    Args:
        incoming: What was sent, where secrets are not sealed.
        merged: The whole model with its defaults.
        catalogue: The regions and sizes by which it is judged.
    """
    found = _missing(merged)
    if found:
        return found
    wanted = _as_scale_set(merged)
    shared = validation.secret_problems(_as_scale_set(incoming), wanted)
    shared += validation.problems(wanted, "", 1)
    shared += size_rules.zone_problems(wanted, "", catalogue) + size_rules.size_problems(wanted, catalogue)
    return [_of_machine(failure) for failure in shared] + _combinations(merged) + _names(merged)


def _as_scale_set(document: Document) -> Document:
    properties = document.get("properties", {})
    return {
        "location": document.get("location"),
        "zones": document.get("zones"),
        "sku": {"name": get_path(properties, "hardwareProfile.vmSize"), "capacity": 1},
        "properties": {"orchestrationMode": "Flexible", "virtualMachineProfile": properties},
    }


def _of_machine(failure: Failure) -> Failure:
    facts = {name: _in_machine(value) if name == "target" else value for name, value in failure.facts.items()}
    return attrs.evolve(failure, facts=facts)


def _in_machine(target: Any) -> Any:
    if target == "sku.name":
        return _SIZE
    return f"properties{target[len(_PROFILE) :]}" if str(target).startswith(f"{_PROFILE}.") else target


def _missing(document: Document) -> list[Failure]:
    """What has to be there; an attached OS disk brings its system, and an image by id may be a specialized one."""
    needed = list(_NEEDS)
    attached = get_path(document, f"{_DISK}.createOption") == "Attach"
    if attached:
        needed += [] if get_path(document, f"{_DISK}.vhd") else [f"{_DISK}.managedDisk.id"]
    elif not get_path(document, f"{_DISK}.image"):
        needed += [_IMAGE]
    if get_path(document, f"{_IMAGE}.publisher") and not attached:
        needed += _OF_A_NEW_SYSTEM
    absent = [path for path in needed if get_path(document, path) is None]
    network = get_path(document, "properties.networkProfile", {})
    if not (network.get("networkInterfaces") or network.get("networkInterfaceConfigurations")):
        absent.append("properties.networkProfile.networkInterfaces")
    outer = [path for path in absent if not any(path.startswith(f"{other}.") for other in absent)]
    return [_at(Reason.REQUIRED, path) for path in outer] + member_problems(VirtualMachine, document)


def _combinations(document: Document) -> list[Failure]:
    """What does not go together (API description of virtual machines). CHOICE: the texts are those of bad values."""
    properties = document["properties"]
    attached = get_path(document, f"{_DISK}.createOption") == "Attach"
    spot = properties.get("priority") in _SPOT
    refused = {
        _OS: attached and "osProfile" in properties,
        _IMAGE: attached and get_path(document, _IMAGE) is not None,
        "properties.evictionPolicy": not spot and "evictionPolicy" in properties,
        "properties.hostGroup": "host" in properties and "hostGroup" in properties,
    }
    found = [_at(Reason.MEMBER_NOT_ALLOWED, path) for path, is_wrong in refused.items() if is_wrong]
    if len(document.get("zones") or []) > 1:
        found.append(_at(Reason.INVALID, "zones"))
    if "availabilitySet" in properties and document.get("zones"):
        found.append(_at(Reason.AVAILABILITY_SET_WITH_ZONE, "zones"))
    return found


def _names(document: Document) -> list[Failure]:
    """The computer's name: 15 characters and not digits alone on Windows, 64 on Linux (API description)."""
    name = get_path(document, f"{_OS}.computerName")
    if name is None:
        return []
    windows = get_path(document, f"{_DISK}.osType") == "Windows"
    longest = _LONGEST_NAME["Windows" if windows else "Linux"]
    fits = 1 <= len(str(name)) <= longest and not _NO_HOST_NAME.search(str(name))
    if fits and not (windows and (str(name).isdecimal() or "." in str(name))):
        return []
    return [_at(Reason.WINDOWS_COMPUTER_NAME if windows else Reason.LINUX_COMPUTER_NAME, f"{_OS}.computerName")]


def _at(reason: Reason, target: str, **facts: Any) -> Failure:
    return Failure(reason, {"target": target, "parameter": target.rpartition(".")[2], **facts})
