"""The image catalogue: which versions of which image exist."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import attrs

__all__ = ["ImageCatalog", "follows_latest", "image_id", "image_key", "is_managed_image", "stated_version"]

_FIRST = "1.0.0"
_LATEST = "latest"
_IDS = ("id", "sharedGalleryImageId", "communityGalleryImageId")
_VERSIONED = re.compile(r"/versions/([^/]+)/?$", re.IGNORECASE)
_REHEARSED = re.compile(r"[1-9]\d?\.\d{1,2}\.\d{1,2}")
_DATE = re.compile(r"(20\d\d)(\d\d)(\d\d)\d{0,2}")
_SHORT_DATE = re.compile(r"(\d\d)(\d\d)(\d\d)")
_DOTTED_DATE = re.compile(r"(20\d\d)\.(\d\d)\.(\d\d)")


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

    def takes(self, reference: dict[str, Any]) -> bool:
        """Whether instances can be made of the version that a reference names.

        CHOICE: the catalogue lists some versions of an image only. So a version is taken that is listed or published;
        that follows the image's own scheme and is not newer than the newest one; or that is a rehearsal's, of
        numbers below 100 (``1.0.0``, ``24.04.2``), which nobody has to publish.
        """
        version = stated_version(reference)
        key = image_key(reference)
        if version == _LATEST or self.has_version(key, version) or _REHEARSED.fullmatch(version):
            return True
        return any(_is_like(version, other) for other in self.initial.get(key, ()))

    def clear(self) -> None:
        """Forget what was published."""
        self.versions.clear()
        self.spelled.clear()

    def newest(self, reference: dict[str, Any]) -> str:
        """The version that ``latest`` means now."""
        return self.known(image_key(reference))[-1]

    def resolve(self, reference: dict[str, Any]) -> str:
        """The exact version of an image reference: its own, or the newest when it says ``latest`` or none."""
        version = stated_version(reference)
        return self.newest(reference) if version == _LATEST else version


def follows_latest(reference: dict[str, Any]) -> bool:
    """Whether an image reference moves on with each published version (semantics 4.2).

    A platform image does with ``latest``, one of a gallery without a version in its id; a managed image has none.
    """
    if is_managed_image(reference) or not reference:
        return False
    if image_id(reference) is None:
        return str(reference.get("version")).lower() == _LATEST
    return stated_version(reference) == _LATEST


def image_id(reference: dict[str, Any]) -> str | None:
    """The id by which a reference names an image; None: it is one of the platform, or none at all."""
    return next((str(reference[name]) for name in _IDS if reference.get(name)), None)


def is_managed_image(reference: dict[str, Any]) -> bool:
    """Whether a reference names a managed image, a single resource that is in no gallery."""
    named = (image_id(reference) or "").lower()
    return "/providers/microsoft.compute/images/" in named


def stated_version(reference: dict[str, Any]) -> str:
    """The version that a reference names: its own, or the one in its id; ``latest`` when there is none."""
    version = str(reference.get("version") or _LATEST)
    found = _VERSIONED.search(image_id(reference) or "")
    version = found[1] if found else version
    return _LATEST if version.lower() == _LATEST else version


def image_key(reference: dict[str, Any]) -> str:
    """The name under which an image's versions are kept: an id is without its version."""
    identity = image_id(reference)
    if identity:
        return _VERSIONED.sub("", identity).lower()
    return ":".join(str(reference.get(part, "")) for part in ("publisher", "offer", "sku")).lower()


def _is_like(version: str, listed: str) -> bool:
    """Whether a version follows the scheme of a listed one, with a day that is not later."""
    mine, other = _split(version), _split(listed)
    return mine is not None and other is not None and mine[0] == other[0] and mine[1] <= other[1]


def _split(version: str) -> tuple[tuple[str, ...], date] | None:
    """What stands before a version's date, and the date; None: it has none that is a day.

    Windows counts its builds before the date (``20348.2402.240608``), so only the first number stands for the system.
    """
    if dotted := _DOTTED_DATE.fullmatch(version):
        return _dated((), *dotted.groups())
    numbers = version.split(".")
    if not all(number.isdecimal() for number in numbers):
        return None
    for at, number in enumerate(numbers):
        if found := _DATE.fullmatch(number):
            return _dated(tuple(numbers[:at]), *found.groups())
    short = _SHORT_DATE.fullmatch(numbers[-1])
    if len(numbers) == 3 and short:  # noqa: PLR2004
        return _dated((numbers[0],), f"20{short[1]}", short[2], short[3])
    return None


def _dated(before: tuple[str, ...], year: str, month: str, day: str) -> tuple[tuple[str, ...], date] | None:
    try:
        return before, date(int(year), int(month), int(day))
    except ValueError:
        return None
