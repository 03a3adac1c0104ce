"""Defaults that Azure adds to a standalone virtual machine when it is written."""

from __future__ import annotations

import copy
from typing import Any

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.model.defaults import fill_identity, fill_machine, fill_profile

__all__ = ["fill_standalone"]

Document = dict[str, Any]


def fill_standalone(document: Document) -> Document:
    """The document with what Azure adds to it; the given one is not touched.

    A disk or an interface stays when its machine goes, unless it says otherwise (documented), and the OS disk is cached
    for both reading and writing.
    """
    filled = copy.deepcopy(document)
    properties = filled.setdefault("properties", {})
    fill_identity(filled)
    storage = properties.setdefault("storageProfile", {})
    disk = storage.setdefault("osDisk", {})
    disk.setdefault("caching", "ReadWrite")
    for each in (disk, *(storage.get("dataDisks") or [])):
        if "diffDiskSettings" not in each and "vhd" not in each:
            each.setdefault("deleteOption", "Detach")
    for nic in get_path(properties, "networkProfile.networkInterfaceConfigurations", []):
        nic.setdefault("properties", {}).setdefault("deleteOption", "Detach")
    fill_machine(properties, whole=True)
    fill_profile(properties)
    return filled
