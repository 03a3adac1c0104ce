"""The lists of regions and sizes, read once."""

from __future__ import annotations

from functools import cache

from vmss_sdk.emulator.arm import data
from vmss_sdk.emulator.engine.platform.catalogue import Catalogue
from vmss_sdk.emulator.engine.platform.regions import RegionTable
from vmss_sdk.emulator.engine.platform.sizes import SizeTable

__all__ = ["azure"]


@cache
def azure() -> Catalogue:
    """What Azure offers: every region and every size there is."""
    return Catalogue(regions=RegionTable.of(*data.rows("regions")), sizes=SizeTable.of(*data.rows("sizes")))
