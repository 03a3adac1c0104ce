"""The image catalogue: which versions of which image exist."""

from typing import Any

import attrs

__all__ = ["ImageCatalog"]

_FIRST = "1.0.0"


@attrs.define
class ImageCatalog:
    """Versions by image (``publisher:offer:sku``, or an image id); an image nobody knows has the version ``1.0.0``.

    Attributes:
        versions: Those that were published, the newest last; by image in lower case.
        initial: Those that exist from the start, in the same way.
        spelled: The published images as they were first written, by image in lower case.
    """

    versions: dict[str, list[str]] = attrs.field(factory=dict)
    initial: dict[str, list[str]] = attrs.field(factory=dict)
    spelled: dict[str, str] = attrs.field(factory=dict)

    def publish(self, image: str, version: str) -> None:
        """Make a version of an image (``publisher:offer:sku``, or an image id) the newest."""
        self.spelled.setdefault(image.lower(), image)
        self.versions.setdefault(image.lower(), []).append(version)

    def known(self, image: str) -> list[str]:
        """All versions of an image, the newest last."""
        key = image.lower()
        published = self.versions.get(key, [])
        initial = self.initial.get(key) or ([] if published else [_FIRST])
        return [*(version for version in initial if version not in published), *published]

    def has_version(self, image: str, version: str) -> bool:
        """Whether an image has a version. CHOICE: an image nobody knows has every one that is asked for."""
        listed = {*self.initial, *self.versions}
        return image.lower() not in listed or version in self.known(image)

    def clear(self) -> None:
        """Forget what was published."""
        self.versions.clear()
        self.spelled.clear()

    def newest(self, reference: dict[str, Any]) -> str:
        """The version that ``latest`` means now."""
        return self.known(image_key(reference))[-1]

    def resolve(self, reference: dict[str, Any]) -> str:
        """The exact version of an image reference: its own, or the newest when it says ``latest`` or none."""
        version = str(reference.get("version") or "latest")
        return self.newest(reference) if version.lower() == "latest" else version


def follows_latest(reference: dict[str, Any]) -> bool:
    """Whether an image reference moves on with each published version (semantics 4.2)."""
    if not reference:
        return False
    version = reference.get("version")
    return (version is None and "publisher" not in reference) or str(version).lower() == "latest"


def image_key(reference: dict[str, Any]) -> str:
    """The name under which an image's versions are kept."""
    identity = reference.get("id") or reference.get("sharedGalleryImageId") or reference.get("communityGalleryImageId")
    if identity:
        return str(identity).lower()
    return ":".join(str(reference.get(part, "")) for part in ("publisher", "offer", "sku")).lower()
