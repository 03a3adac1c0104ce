"""``--image``: a short name, a URN, or the id of an image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.cli.creating.context import Document, wrong
from vmss_sdk.cli.table.refused import UNMANAGED

if TYPE_CHECKING:
    from vmss_sdk.cli.creating.context import Context

__all__ = ["Image", "image", "image_reference"]

_COMPUTE = "2024-07-01"
_GALLERIES = "2024-03-03"
_SHARED = re.compile(r"/SharedGalleries/([^/]+)/Images/([^/]+)/Versions/[^/]+", re.IGNORECASE)
_COMMUNITY = re.compile(r"/CommunityGalleries/([^/]+)/Images/([^/]+)/Versions/[^/]+", re.IGNORECASE)
_ID = re.compile(r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Compute/(.+)", re.IGNORECASE)
_URN_PARTS = 4


@attrs.frozen
class Image:
    """An image that was found.

    Attributes:
        reference: For the model.
        windows: Whether Windows is on it.
        named_disk: Whether its OS disk may get a name.
        plan: The purchase plan that comes with it.
        data_luns: The LUNs of the data disks that it brings.
    """

    reference: Document
    windows: bool = False
    named_disk: bool = False
    plan: Document | None = None
    data_luns: tuple[int, ...] = ()


def image(context: Context) -> Image | None:
    """The image; None for a Flexible scale set without one.

    Raises:
        CommandError: There is none of this name.
    """
    text = context.args.image
    if text is None:
        if not context.flexible:
            raise wrong("a Uniform scale set needs an --image: a name such as Ubuntu2204, a URN or an id")
        return None
    if "://" in text:
        raise wrong(f"--image: a disk in a storage account is not supported: {UNMANAGED}")
    if found := _COMMUNITY.fullmatch(text):
        return _community(context, found[1], found[2])
    if found := _SHARED.fullmatch(text):
        return _foreign(context, "sharedGalleries", found[1], found[2], "sharedGalleryImageId")
    if text.startswith("/"):
        return _by_id(context, text)
    if text.count(":") == _URN_PARTS - 1:
        return _marketplace(context, text.split(":"))
    return _by_name(context, text)


def image_reference(text: str) -> Document:
    """The ``imageReference`` of an ``--image``, whether or not there is one: that is for the service to say.

    Raises:
        CommandError: It is neither a short name, nor a URN, nor an id.
    """
    if _COMMUNITY.fullmatch(text):
        return {"communityGalleryImageId": text}
    if _SHARED.fullmatch(text):
        return {"sharedGalleryImageId": text}
    if text.startswith("/"):
        return {"id": text}
    urn = text.split(":") if text.count(":") == _URN_PARTS - 1 else _urns().get(text.lower())
    if urn is None:
        raise wrong(f"--image: '{text}' is no image: expected a URN publisher:offer:sku:version, an id, or {_names()}")
    return dict(zip(("publisher", "offer", "sku", "version"), urn, strict=True))


def _urns() -> dict[str, list[str]]:
    """The URNs of the short names, in small letters."""
    from vmss_sdk.emulator.arm import data

    rows = [row for row in data.load("images") if "alias" in row]
    return {row["alias"].lower(): [row["publisher"], row["offer"], row["sku"], "latest"] for row in rows}


def _names() -> str:
    from vmss_sdk.emulator.arm import data

    return "one of " + ", ".join(row["alias"] for row in data.load("images") if "alias" in row)


def _by_name(context: Context, name: str) -> Image:
    if urn := _urns().get(name.lower()):
        return _marketplace(context, urn)
    id = f"{context.group_id}/providers/Microsoft.Compute/images/{name}"
    if context.found(id, _COMPUTE) is None:
        raise wrong(
            f"--image: there is no image '{name}': expected a URN publisher:offer:sku:version, the name or id of an"
            f" image, or {_names()}"
        )
    return _by_id(context, id)


def _marketplace(context: Context, urn: list[str]) -> Image:
    publisher, offer, sku, version = urn
    versions = (
        f"{context.subscription}/providers/Microsoft.Compute/locations/{context.location}/publishers/{publisher}"
        f"/artifacttypes/vmimage/offers/{offer}/skus/{sku}/versions"
    )
    newest = version
    if version.lower() == "latest":
        listed = context.found(versions, _COMPUTE, {"$top": "1", "$orderby": "name desc"})
        newest = listed[0]["name"] if listed else ""
    known = context.found(f"{versions}/{newest}", _COMPUTE) if newest else None
    if known is None:
        raise wrong(f"--image: there is no image {':'.join(urn)} in {context.location}")
    properties = known.get("properties", {})
    system = properties.get("osDiskImage", {}).get("operatingSystem", "")
    parts = dict(zip(("publisher", "offer", "sku", "version"), urn, strict=True))
    return Image(parts, _is_windows(context, system or "Linux"), plan=properties.get("plan"))


def _by_id(context: Context, id: str) -> Image:
    found = _ID.fullmatch(id)
    path = found[1].split("/") if found else []
    if len(path) == 2 and path[0].lower() == "images":  # noqa: PLR2004
        return _managed(context, id)
    if len(path) in (4, 6) and path[0].lower() == "galleries":
        return _of_gallery(context, id, path)
    raise wrong(f"--image: '{id}' is no id of an image or of an image of a gallery")


def _managed(context: Context, id: str) -> Image:
    known = context.found(id, _COMPUTE)
    if known is None:
        raise wrong(f"--image: there is no image {id}")
    storage = known.get("properties", {}).get("storageProfile", {})
    luns = tuple(disk["lun"] for disk in storage.get("dataDisks") or ())
    return Image({"id": id}, _is_windows(context, storage.get("osDisk", {}).get("osType")), data_luns=luns)


def _of_gallery(context: Context, id: str, path: list[str]) -> Image:
    definition = id if len(path) == 4 else id.rsplit("/", 2)[0]  # noqa: PLR2004
    known = context.found(definition, _GALLERIES)
    if known is None:
        raise wrong(f"--image: there is no image {definition}")
    version = _version(context, definition, "" if definition == id else path[-1])
    disks = version.get("properties", {}).get("storageProfile", {}).get("dataDiskImages") or ()
    windows = _is_windows(context, known.get("properties", {}).get("osType"))
    return Image({"id": id}, windows, data_luns=tuple(disk["lun"] for disk in disks))


def _version(context: Context, definition: str, name: str) -> Any:
    if name.lower() not in ("", "latest"):
        return context.found(f"{definition}/versions/{name}", _GALLERIES) or {}
    listed = (context.found(f"{definition}/versions", _GALLERIES) or {}).get("value", [])
    profiles = [(one.get("properties", {}).get("publishingProfile", {}), one) for one in listed]
    dated = [
        (str(profile.get("publishedDate", "")), one)
        for profile, one in profiles
        if not profile.get("excludeFromLatest")
    ]
    return max(dated, key=lambda pair: pair[0])[1] if dated else {}


def _community(context: Context, gallery: str, name: str) -> Image:
    if not context.args.accept_term:
        raise wrong(
            "--image: an image of a community gallery has terms of its publisher; say --accept-term when you have read"
            " them (az sig show-community shows where they are)"
        )
    return _foreign(context, "communityGalleries", gallery, name, "communityGalleryImageId")


def _foreign(context: Context, kind: str, gallery: str, name: str, member: str) -> Image:
    place = f"{context.subscription}/providers/Microsoft.Compute/locations/{context.location}/{kind}/{gallery}"
    known = context.found(f"{place}/images/{name}", _GALLERIES) or {}
    windows = _is_windows(context, known.get("properties", {}).get("osType"))
    return Image({member: context.args.image}, windows, named_disk=True)


def _is_windows(context: Context, told: str | None) -> bool:
    wanted = context.args.os_type
    if told is None and wanted is None:
        raise wrong("--os-type: nothing says which operating system is on the image; say windows or linux")
    if told and wanted and told.lower() != wanted.lower():
        raise wrong(f"--os-type: the image has {told}")
    return str(told or wanted).lower() == "windows"
