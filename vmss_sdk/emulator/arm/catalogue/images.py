"""The image catalogue: publishers, offers, SKUs and versions, and the short names that az knows.

The table's images exist from the start; versions that are published over the control plane come on top. What an
image is (its generation, what security types it supports) the engine tells, which judges a scale set by the same facts.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from vmss_sdk.emulator.arm import data
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.catalogue.extensions import handler_publishers
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.platform.image_facts import facts_of
from vmss_sdk.emulator.engine.platform.images import ImageCatalog

__all__ = [
    "aliases",
    "get_version",
    "known_versions",
    "list_offers",
    "list_publishers",
    "list_skus",
    "list_versions",
]

Document = dict[str, Any]
Urn = tuple[str, str, str]


@cache
def _table() -> tuple[Document, ...]:
    return tuple(data.load("images"))


def known_versions() -> dict[str, list[str]]:
    """The versions that exist from the start, by ``publisher:offer:sku`` in lower case, the newest last."""
    return {":".join(_urn(row)).lower(): list(row["versions"]) for row in _table()}


def list_publishers(call: Call) -> Reply:
    """All publishers of images and of extension handlers, by name."""
    names = {urn[0].lower(): urn[0] for urn in reversed(_urns(call))}
    names = {name.lower(): name for name in handler_publishers(call)} | names
    return Reply(200, [_entry(call, names[key]) for key in sorted(names)])


def list_offers(call: Call) -> Reply:
    """The offers of a publisher."""
    return Reply(200, _level(call, 1))


def list_skus(call: Call) -> Reply:
    """The SKUs of an offer."""
    return Reply(200, _level(call, 2))


def list_versions(call: Call) -> Reply:
    """The versions of an image, oldest first; ``$top``, ``$orderby=name desc`` and ``$expand=properties`` are served.

    An image that nobody knows has the one version that the engine gives it.
    """
    urn = _asked(call)
    versions = call.state.images.known(":".join(urn))
    if call.query.get("$orderby", "").lower().endswith(" desc"):
        versions = versions[::-1]
    top = call.query.get("$top", "")
    if top and not (top.isascii() and top.isdecimal()):
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$top", why="expected a whole number >= 0.")
    if top:
        versions = versions[: int(top[:9])]
    expanded = "properties" in call.query.get("$expand", "").lower()
    found = [_entry(call, version) for version in versions]
    return Reply(200, [{**entry, "properties": _properties(urn)} for entry in found] if expanded else found)


def get_version(call: Call) -> Reply:
    """One version of an image; of an image that nobody knows, any.

    Raises:
        ArmError: There is no such version.
    """
    urn, version = _asked(call), call.values["version"]
    images: ImageCatalog = call.state.images
    if not images.has_version(":".join(urn), version):
        raise ArmError.of(ErrorReason.IMAGE_NOT_FOUND, location=call.values["location"], urn=":".join((*urn, version)))
    return Reply(200, {**_entry(call), "name": version, "properties": _properties(urn)})


def aliases(_: Call) -> Reply:
    """The document of short names such as ``Ubuntu2204``, in the form of a template's outputs."""
    value: dict[str, dict[str, Document]] = {"Linux": {}, "Windows": {}}
    for row in _table():
        if "alias" in row:
            parts = {name: row[name] for name in ("publisher", "offer", "sku")}
            facts = facts_of(**parts)
            value[facts.os][row["alias"]] = {**parts, "version": "latest", "architecture": facts.architecture}
    return Reply(200, {"outputs": {"aliases": {"type": "object", "value": value}}})


def _urn(row: Document) -> Urn:
    return row["publisher"], row["offer"], row["sku"]


def _asked(call: Call) -> Urn:
    return call.values["publisherName"], call.values["offer"], call.values["skus"]


def _urns(call: Call) -> list[Urn]:
    """Those of the table first, so that their spelling counts."""
    catalog: ImageCatalog = call.state.images
    published = [tuple(image.split(":")) for image in catalog.spelled.values() if "/" not in image]
    return [*map(_urn, _table()), *(urn for urn in published if len(urn) == 3)]  # noqa: PLR2004


def _level(call: Call, depth: int) -> list[Document]:
    """The names of one level below those in the path."""
    above = [call.values[name].lower() for name in ("publisherName", "offer")[:depth]]
    names: dict[str, str] = {}
    for urn in _urns(call):
        if [part.lower() for part in urn[:depth]] == above:
            names.setdefault(urn[depth].lower(), urn[depth])
    return [_entry(call, names[key]) for key in sorted(names)]


def _entry(call: Call, name: str = "") -> Document:
    return {"location": call.values["location"], "name": name, "id": f"{call.url.path}/{name}".rstrip("/")}


def _properties(urn: Urn) -> Document:
    facts = facts_of(*urn)
    return {
        "hyperVGeneration": facts.generation,
        "architecture": facts.architecture,
        "replicaType": "Managed",
        "osDiskImage": {"operatingSystem": facts.os, "sizeInGb": 127 if facts.os == "Windows" else 30},
        "dataDiskImages": [],
        "features": facts.features,
        "imageDeprecationStatus": {"imageState": "Active"},
    }
