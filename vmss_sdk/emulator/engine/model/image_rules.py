"""Rules for image references: whole, of one kind, of an image and a version that exist (semantics 1.6, 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.platform.images import ImageCatalog, follows_latest, image_id, image_key, stated_version

__all__ = ["automatic_os_problems", "image_change_problems", "image_problems", "version_problems"]

_PROFILE = "properties.virtualMachineProfile"
_STORAGE = f"{_PROFILE}.storageProfile"
_IMAGE = f"{_STORAGE}.imageReference"
_AUTOMATIC_OS = "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"
_PLATFORM = ("publisher", "offer", "sku", "version")
_GALLERY_IMAGE = r"/images/[^/]+(/versions/[^/]+)?"
_OWN = r"/subscriptions/[^/]+/resourcegroups/[^/]+/providers/microsoft\.compute"
_IDS = {
    "id": re.compile(rf"{_OWN}(/images/[^/]+|/galleries/[^/]+{_GALLERY_IMAGE})/?", re.IGNORECASE),
    "sharedGalleryImageId": re.compile(rf"/sharedGalleries/[^/]+{_GALLERY_IMAGE}/?", re.IGNORECASE),
    "communityGalleryImageId": re.compile(rf"/communityGalleries/[^/]+{_GALLERY_IMAGE}/?", re.IGNORECASE),
}
"""What each id may name: a managed image, or an image of a gallery with or without its version."""


def image_problems(document: Document, _: str) -> list[Failure]:
    """What speaks against the image reference of a model; without a profile there is none."""
    if get_path(document, _STORAGE) is None:
        return []
    reference = get_path(document, _IMAGE, {})
    return list(_wrong(reference)) if any(reference.values()) else _absent(document)


def image_change_problems(before: Document, after: Document) -> list[Failure]:
    """A platform image stays one, and one's own stays one's own (reported: azure-docs#89791, azure-powershell#11817).

    CHOICE: a managed image and those of galleries take each other's place.
    """
    old, new = get_path(before, _IMAGE, {}), get_path(after, _IMAGE, {})
    if not old or not new or (image_id(old) is None) == (image_id(new) is None):
        return []
    return [Failure(Reason.IMAGE_TYPE_CHANGED)]


def version_problems(before: Document, after: Document, images: ImageCatalog) -> list[Failure]:
    """The version that a model newly asks for, and the image has not."""
    reference = get_path(after, _IMAGE, {})
    if get_path(before, _IMAGE) == reference or images.takes(reference):
        return []
    if image_id(reference) is None:
        return [Failure(Reason.PLATFORM_IMAGE_NOT_FOUND, {"urn": ":".join(_parts(reference))})]
    facts = {"image": str(image_id(reference)), "location": after.get("location"), "key": image_key(reference)}
    return [Failure(Reason.GALLERY_IMAGE_NOT_FOUND, {**facts, "version": stated_version(reference)})]


def automatic_os_problems(document: Document, _: str) -> list[Failure]:
    """What automatic OS upgrades need of the model (semantics 4.2, 11.5)."""
    if get_path(document, _AUTOMATIC_OS) is not True:
        return []
    found = []
    if not follows_latest(get_path(document, _IMAGE, {})):
        found.append(_at(Reason.IMAGE_NOT_LATEST, _AUTOMATIC_OS))
    os_profile = get_path(document, f"{_PROFILE}.osProfile", {})
    if get_path(os_profile, "windowsConfiguration.enableAutomaticUpdates") is True:
        found.append(_at(Reason.WINDOWS_UPDATES_CONFLICT, _AUTOMATIC_OS))
    patching = {"windows": Reason.WINDOWS_UPDATES_CONFLICT, "linux": Reason.PATCHED_BY_PLATFORM}
    for system, reason in patching.items():
        if get_path(os_profile, f"{system}Configuration.patchSettings.patchMode") == "AutomaticByPlatform":
            found.append(_at(reason, _AUTOMATIC_OS))
    return found


def _wrong(reference: Document) -> Iterator[Failure]:
    named = [name for name in _IDS if reference.get(name)]
    named += [name for name in _PLATFORM if reference.get(name)]
    first = named[0]
    others = [name for name in named[1:] if first in _IDS]
    if others:
        # reported for version, which is the last of those that a reference has
        yield _at(Reason.IMAGE_NAMED_TWICE, "imageReference", one=first, other=others[-1])
    elif first in _IDS and not _IDS[first].fullmatch(str(reference[first])):
        yield _bad_id(first, str(reference[first]))
    elif first not in _IDS:
        yield from (_required(f"imageReference.{name}") for name in _PLATFORM if not reference.get(name))


def _bad_id(name: str, value: str) -> Failure:
    if name == "id" and not value.lower().startswith(("/subscriptions/", "/providers/")):
        return Failure(Reason.ID_MALFORMED, {"id": value, "path": f"{_IMAGE}.id"})
    return _at(Reason.INVALID, f"imageReference.{name}", parameter=f"imageReference.{name}")


def _absent(document: Document) -> list[Failure]:
    """A disk that is made of an image needs one, unless its blob is named."""
    disk = get_path(document, f"{_STORAGE}.osDisk", {})
    made_of_image = disk.get("createOption", "FromImage") == "FromImage" and get_path(disk, "image.uri") is None
    return [_required("imageReference")] if made_of_image else []


def _parts(reference: Document) -> list[str]:
    return [str(reference.get(name, "")) for name in _PLATFORM]


def _required(name: str) -> Failure:
    return Failure(Reason.REQUIRED, {"parameter": name, "target": name})


def _at(reason: Reason, target: str, **facts: Any) -> Failure:
    return Failure(reason, {"target": target, "parameter": target.rpartition(".")[2], **facts})
