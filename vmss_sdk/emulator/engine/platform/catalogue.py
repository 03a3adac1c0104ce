"""Azure's offer as lists of facts: regions with their zones, sizes of virtual machines."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.platform.regions import RegionTable
from vmss_sdk.emulator.engine.platform.sizes import SizeTable

__all__ = ["Catalogue"]


@attrs.frozen
class Catalogue:
    """The lists by which regions, zones and sizes are judged.

    Attributes:
        regions: The regions; empty: any name is a region, with as many zones as are asked for.
        sizes: The sizes; empty: any name is a size, and nothing is known of it.
    """

    regions: RegionTable = attrs.field(factory=RegionTable)
    sizes: SizeTable = attrs.field(factory=SizeTable)
