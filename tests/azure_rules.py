"""What a scale set must have for Azure to take it, apart from the emulator's own rules.

Examples are held against it, so that nobody copies from them what Azure refuses: a login, an image, a network interface
in a subnet, and what its orchestration mode requires, in a region, in zones and of a size that there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from vmss_sdk.emulator.arm import data
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["problems", "written_scale_sets"]

Document = dict[str, Any]

_PROFILE = "properties.virtualMachineProfile"
_IMAGES = ("id", "sharedGalleryImageId", "communityGalleryImageId")


def problems(document: Document) -> list[str]:
    """What Azure would miss in a scale set that is complete with its defaults."""
    found = list(_place(document)) + list(_mode(document))
    if get_path(document, _PROFILE) is not None:
        found += [*_login(document), *_image(document), *_network(document)]
    elif get_path(document, "properties.orchestrationMode") != "Flexible":
        found.append("a Uniform scale set has no profile")
    return found


def _place(document: Document) -> Iterator[str]:
    region = str(document.get("location", "")).lower().replace(" ", "")
    columns, rows = data.rows("regions")
    # the table has how many zones there are, and they count from 1
    zones = {row[columns.index("name")]: range(1, int(row[columns.index("zones")] or 0) + 1) for row in rows}
    if region not in zones:
        yield f"there is no region {region!r}"
    elif not set(document.get("zones") or []) <= set(map(str, zones[region])):
        yield f"{region} has not the zones {document['zones']}"
    columns, rows = data.rows("sizes")
    size = get_path(document, "sku.name")
    if size not in (None, "Mix") and size.lower() not in {row[columns.index("name")].lower() for row in rows}:
        yield f"there is no size {size!r}"


def _mode(document: Document) -> Iterator[str]:
    if get_path(document, "properties.orchestrationMode") != "Flexible" and not get_path(
        document, "properties.upgradePolicy.mode"
    ):
        yield "a Uniform scale set has no upgrade mode"


def _login(document: Document) -> Iterator[str]:
    system = get_path(document, f"{_PROFILE}.osProfile", {})
    if get_path(document, f"{_PROFILE}.storageProfile.osDisk.createOption") == "Attach":
        return
    if not system.get("adminUsername"):
        yield "it has no administrator"
    if not system.get("adminPassword") and not get_path(system, "linuxConfiguration.ssh.publicKeys"):
        yield "its administrator has neither a password nor a key"


def _image(document: Document) -> Iterator[str]:
    image = get_path(document, f"{_PROFILE}.storageProfile.imageReference", {})
    named = all(image.get(name) for name in ("publisher", "offer", "sku", "version"))
    if not named and not any(image.get(name) for name in _IMAGES):
        yield f"its image is not complete: {image}"


def _network(document: Document) -> Iterator[str]:
    interfaces = get_path(document, f"{_PROFILE}.networkProfile.networkInterfaceConfigurations", [])
    if not interfaces:
        yield "it has no network interface"
    for interface in interfaces:
        for address in get_path(interface, "properties.ipConfigurations", []):
            subnet = get_path(address, "properties.subnet.id", "")
            if get_path(address, "properties.privateIPAddressVersion") != "IPv6" and "/subnets/" not in subnet.lower():
                yield f"the network interface {interface.get('name')} has no subnet"
    version = get_path(document, f"{_PROFILE}.networkProfile.networkApiVersion")
    if interfaces and get_path(document, "properties.orchestrationMode") == "Flexible" and not version:
        yield "the network interfaces of a Flexible scale set need networkApiVersion"


@contextmanager
def written_scale_sets(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Document]]:
    """The scale sets that are made meanwhile by emulators of this process, complete with defaults."""
    made: list[Document] = []
    add = State.add_scale_set

    def recorded(state: State, scale_set: ScaleSet) -> None:
        made.append(scale_set.document)
        add(state, scale_set)

    with monkeypatch.context() as patch:
        patch.setattr(State, "add_scale_set", recorded)
        yield made
