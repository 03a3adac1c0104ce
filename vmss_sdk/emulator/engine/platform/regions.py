"""Azure's regions with their availability zones (semantics 11.16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

__all__ = ["Region", "RegionTable", "region_key"]


def region_key(name: str) -> str:
    """The form in which names of regions are compared: ``West Europe`` is ``westeurope``."""
    return name.replace(" ", "").lower()


@attrs.frozen(kw_only=True)
class Region:
    """One region.

    Attributes:
        name: Such as ``westeurope``.
        display_name: Such as ``West Europe``.
        regional_display_name: Such as ``(Europe) West Europe``.
        geography: The geography it belongs to.
        geography_group: The group of that geography.
        category: ``Recommended`` or ``Other``.
        physical: Whether resources can be placed there; logical regions such as ``europe`` only have a name.
        zones: Its availability zones: ``1``, ``2``, ``3``, or none.
        paired: The name of the region it is paired with; empty when it has no pair.
        latitude: Where it is, in degrees.
        longitude: Where it is, in degrees.
        physical_location: Where it is, in words.
    """

    name: str
    display_name: str
    regional_display_name: str
    geography: str
    geography_group: str
    category: str
    physical: bool
    zones: tuple[str, ...]
    paired: str
    latitude: str
    longitude: str
    physical_location: str

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Region:
        """A region from a row of the table, whose columns are named as Azure names them."""
        return cls(
            name=row["name"],
            display_name=row["displayName"],
            regional_display_name=row["regionalDisplayName"],
            geography=row["geography"],
            geography_group=row["geographyGroup"],
            category=row["regionCategory"],
            physical=row["regionType"] == "Physical",
            zones=tuple(str(zone) for zone in range(1, int(row["zones"]) + 1)),
            paired=row["pairedRegion"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            physical_location=row["physicalLocation"],
        )


@attrs.frozen
class RegionTable:
    """Regions by name.

    Attributes:
        by_name: The regions by `region_key`; of a table that is empty nothing is known.
    """

    by_name: dict[str, Region] = attrs.field(factory=dict, repr=False)

    @classmethod
    def of(cls, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> RegionTable:
        """The table of these rows, see `Region.of`."""
        found = (Region.of(dict(zip(columns, row, strict=True))) for row in rows)
        return cls({region_key(region.name): region for region in found})

    def find(self, name: str) -> Region | None:
        """A region by its name in any spelling, or None when the table does not have it."""
        return self.by_name.get(region_key(name))

    @property
    def physical(self) -> list[Region]:
        """Those in which resources can be placed."""
        return [region for region in self.by_name.values() if region.physical]
