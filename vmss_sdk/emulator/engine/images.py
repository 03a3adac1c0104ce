"""The image catalogue: which versions of which image exist."""

from typing import Any

import attrs

__all__ = ["ImageCatalog"]

_FIRST = "1.0.0"


@attrs.define
class ImageCatalog:
    """Published versions by image; an image nobody published has the one version ``1.0.0``."""

    versions: dict[str, list[str]] = attrs.field(factory=dict)

    def publish(self, image: str, version: str) -> None:
        """Make a version of an image (``publisher:offer:sku``, or an image id) the newest."""
        self.versions.setdefault(image.lower(), []).append(version)

    def newest(self, reference: dict[str, Any]) -> str:
        """The version that ``latest`` means now."""
        return self.versions.get(image_key(reference), [_FIRST])[-1]

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
