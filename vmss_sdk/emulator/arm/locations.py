"""Names of regions: CHOICE: any name of letters and digits is one, however it is spelled."""

import re

__all__ = ["is_location", "plain", "same_place"]

_NAME = re.compile(r"[a-z0-9-]{1,60}")


def is_location(name: str) -> bool:
    """Whether this can be a region."""
    return bool(_NAME.fullmatch(_key(name)))


def plain(name: str) -> str:
    """``East US 2`` and ``EastUS2`` are ``eastus2`` (recorded of every type)."""
    return _key(name)


def same_place(one: str, other: str) -> bool:
    """Whether two names mean the same region."""
    return _key(one) == _key(other)


def _key(name: str) -> str:
    return name.replace(" ", "").lower()
