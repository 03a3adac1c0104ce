"""Sizes of virtual machines: what each has, and what it can carry (semantics 11.16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

__all__ = ["Size", "SizeTable"]

_GIB = 1024**3
_PARTS = re.compile(
    r"(?:Standard|Basic)_(?P<family>[A-Z]+)\d+(?:-\d+)?(?P<features>[a-z]*)(?:_(?!v\d+(?:_|$))[A-Z0-9]+)?(?:_v(?P<version>\d+))?(?:_Promo)?",
    re.IGNORECASE,
)
"""Azure's naming convention: family, vCPUs, constrained vCPUs, additive features, accelerator, version."""
_CACHE_UNTIL = 3
_SECOND_GENERATION_ONLY = 6
_MOST_DISKS, _FEWEST_DISKS = 32, 2
_NETWORK_INTERFACES = ((4, 2), (8, 4))
_MOST_NETWORK_INTERFACES = 8


@attrs.frozen
class Size:
    """One size of virtual machine.

    Attributes:
        name: As Azure spells it, such as ``Standard_D2s_v5``.
        family: The family by which quotas count, such as ``standardDSv5Family``; empty when Azure tells none.
        vcpus: How many virtual processors it has.
        memory_mb: Its memory in MiB.
        architecture: ``x64`` or ``Arm64``.
        generations: The generations of images that it starts: ``V1``, ``V2`` or both.
        premium_io: Whether it takes disks on premium storage.
        ephemeral_placements: Where an ephemeral OS disk may lie: ``CacheDisk``, ``ResourceDisk``, ``NvmeDisk``;
            empty when it takes none.
        cache_gb: How much of an ephemeral OS disk the cache holds, in GiB; None when that is not known.
        temp_disk_mb: Its temporary disk in MiB; 0 when it has none.
        data_disks: How many data disks it takes.
        network_interfaces: How many network interfaces it takes.
        accelerated_networking: Whether its network interfaces may be accelerated.
        spot: Whether it can be had at Spot prices.
        encryption_at_host: Whether its host can encrypt.
        trusted_launch: Whether it supports trusted launch.
    """

    name: str
    family: str
    vcpus: int
    memory_mb: int
    architecture: str = "x64"
    generations: tuple[str, ...] = ("V1", "V2")
    premium_io: bool = True
    ephemeral_placements: tuple[str, ...] = ()
    cache_gb: int | None = None
    temp_disk_mb: int = 0
    data_disks: int = _MOST_DISKS
    network_interfaces: int = _MOST_NETWORK_INTERFACES
    accelerated_networking: bool = True
    spot: bool = True
    encryption_at_host: bool = True
    trusted_launch: bool = True

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Size:
        """A size from a row of the table, whose columns are named as Azure's capabilities.

        CHOICE: a capability that the table leaves open follows from the size's name, by Azure's naming convention
        and by what the sizes have for which the table tells it.
        """
        named = _NameParts.of(row)
        name = row["name"]
        generations = row["HyperVGenerations"]
        return cls(
            name=name,
            family=row["family"],
            vcpus=named.vcpus,
            memory_mb=int(row["memoryMB"]),
            architecture="Arm64" if named.arm else "x64",
            generations=tuple(generations.split(",")) if generations else named.generations,
            premium_io=_flag(row["PremiumIO"], named.premium),
            ephemeral_placements=_placements(row, named),
            cache_gb=int(row["CachedDiskBytes"]) // _GIB if row["CachedDiskBytes"] else None,
            temp_disk_mb=int(row["MaxResourceVolumeMB"] or 0),
            data_disks=int(row["MaxDataDiskCount"] or named.data_disks),
            network_interfaces=int(row["MaxNetworkInterfaces"] or named.network_interfaces),
            accelerated_networking=_flag(row["AcceleratedNetworkingEnabled"], named.vcpus > 1),
            spot=_flag(row["LowPriorityCapable"], not named.burstable),
            encryption_at_host=_flag(row["EncryptionAtHostSupported"], named.premium),
            trusted_launch=row["TrustedLaunchDisabled"] != "True" and not named.arm,
        )


@attrs.frozen
class _NameParts:
    """What a size's name says of it."""

    vcpus: int
    arm: bool
    burstable: bool
    premium: bool
    version: int
    temp_disk: bool
    confidential: bool

    @classmethod
    def of(cls, row: Mapping[str, str]) -> _NameParts:
        found = _PARTS.fullmatch(row["name"])
        family = found["family"].upper() if found else ""
        features = found["features"].lower() if found else ""
        version = int(found["version"] or 1) if found else 1
        return cls(
            vcpus=int(row["vCPUs"]),
            arm=row["architecture"] == "arm64",
            burstable=family == "B",
            premium="s" in features or family in ("DS", "GS"),
            version=version,
            temp_disk="d" in features or version <= _CACHE_UNTIL,
            confidential=family in ("DC", "EC"),
        )

    @property
    def generations(self) -> tuple[str, ...]:
        newest = self.version >= _SECOND_GENERATION_ONLY or self.arm or self.confidential
        return ("V2",) if newest else ("V1", "V2")

    @property
    def placements(self) -> tuple[str, ...]:
        if not (self.premium and self.temp_disk) or (self.burstable and self.version > 1):
            return ()
        return ("ResourceDisk", "CacheDisk") if self.version <= _CACHE_UNTIL else ("ResourceDisk",)

    @property
    def data_disks(self) -> int:
        return max(_FEWEST_DISKS, min(_MOST_DISKS, 2 * self.vcpus))

    @property
    def network_interfaces(self) -> int:
        return next((most for cpus, most in _NETWORK_INTERFACES if self.vcpus <= cpus), _MOST_NETWORK_INTERFACES)


def _placements(row: Mapping[str, str], named: _NameParts) -> tuple[str, ...]:
    supported, places = row["EphemeralOSDiskSupported"], row["SupportedEphemeralOSDiskPlacements"]
    if not supported:
        return named.placements
    if supported != "True":
        return ()
    return tuple(places.split(",")) if places else ("CacheDisk",)


def _flag(text: str, otherwise: bool) -> bool:
    return text == "True" if text else otherwise


@attrs.frozen
class SizeTable:
    """Sizes by name, whose spelling in upper or lower case does not matter.

    Attributes:
        columns: The names of the columns.
        rows: The rows by the size's name in lower case; of a table without rows nothing is known.
    """

    columns: tuple[str, ...] = ("name",)
    rows: dict[str, Sequence[str]] = attrs.field(factory=dict, repr=False)
    _found: dict[str, Size] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @classmethod
    def of(cls, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> SizeTable:
        """The table of these rows; a size is made of its row when it is first asked for, see `Size.of`."""
        at = list(columns).index("name")
        return cls(tuple(columns), {row[at].lower(): row for row in rows})

    def find(self, name: Any) -> Size | None:
        """A size, or None when the table does not have it."""
        key = str(name).lower()
        if key not in self._found and key in self.rows:
            self._found[key] = Size.of(dict(zip(self.columns, self.rows[key], strict=True)))
        return self._found.get(key)

    @property
    def names(self) -> list[str]:
        """All names, as Azure spells them."""
        at = self.columns.index("name")
        return [row[at] for row in self.rows.values()]

    @property
    def all(self) -> list[Size]:
        """All sizes."""
        return [size for size in map(self.find, self.rows) if size is not None]
