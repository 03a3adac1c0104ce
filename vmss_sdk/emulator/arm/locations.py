"""Names of regions, however they are spelled."""

from __future__ import annotations

import re

from vmss_sdk.emulator.arm.catalogue.facts import azure
from vmss_sdk.emulator.engine.platform.regions import region_key
from vmss_sdk.emulator.engine.platform.settings import CatalogueMode

__all__ = ["is_location", "plain", "region_names", "same_place"]

_NAME = re.compile(r"[a-z0-9-]{1,60}")


def is_location(name: str, catalogue: CatalogueMode, *, physical: bool = True) -> bool:
    """Whether there is a region of this name.

    Args:
        name: The name in any spelling.
        catalogue: By which list; an open one takes every name of letters and digits.
        physical: Whether it has to be a region in which machines can be placed; else a logical one such as
            ``global`` or ``europe`` is one too.
    """
    if catalogue is CatalogueMode.OPEN:
        return bool(_NAME.fullmatch(region_key(name)))
    region = azure().regions.find(name)
    return region is not None and (region.physical or not physical)


def region_names(separator: str = ",") -> str:
    """The regions in which machines can be placed, as Azure lists them in its errors."""
    return separator.join(region.name for region in azure().regions.physical)


def plain(name: str) -> str:
    """``East US 2`` and ``EastUS2`` are ``eastus2`` (recorded of every type)."""
    return region_key(name)


def same_place(one: str, other: str) -> bool:
    """Whether two names mean the same region."""
    return region_key(one) == region_key(other)
