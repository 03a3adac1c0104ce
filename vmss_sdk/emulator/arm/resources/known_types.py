"""What is known of resource types: how Azure spells them, their api-versions, and what the service itself sets."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs

from vmss_sdk.emulator.arm import data

__all__ = ["KnownType", "known_type", "provider_names", "provider_types", "spelled"]


@attrs.frozen
class KnownType:
    """A resource type of the table ``resource_types.json``.

    Attributes:
        name: As Azure spells it, such as ``Microsoft.Network/virtualNetworks``.
        api_versions: Newest first.
        children: The arrays in ``properties`` whose items are resources of their own, such as subnets.
        values: What the service sets where nothing was given; ``{…}`` stands for a fact of the resource.
        write_only: Members of ``properties`` that are never shown.
    """

    name: str
    api_versions: tuple[str, ...]
    children: tuple[str, ...] = ()
    values: dict[str, Any] = attrs.field(factory=dict)
    write_only: tuple[str, ...] = ()


def known_type(name: str) -> KnownType | None:
    """A type by its name in any case, or None."""
    return _types().get(name.lower())


def provider_names() -> list[str]:
    """The namespaces of the table."""
    return list(_providers())


def provider_types(namespace: str) -> list[KnownType]:
    """The types of a namespace in any case; none when it is not in the table."""
    wanted = f"{namespace.lower()}/"
    return [found for name, found in _types().items() if name.startswith(wanted)]


def spelled(name: str) -> str:
    """A type as Azure spells it; one that is not in the table stays as it is, behind a namespace that is."""
    found = known_type(name)
    if found is not None:
        return found.name
    namespace, _, rest = name.partition("/")
    known = next((one for one in _providers() if one.lower() == namespace.lower()), namespace)
    return f"{known}/{rest}"


@cache
def _providers() -> dict[str, Any]:
    providers: dict[str, Any] = data.load("resource_types")
    return providers


@cache
def _types() -> dict[str, KnownType]:
    found = {}
    for namespace, provider in _providers().items():
        for name, entry in provider["types"].items():
            full = f"{namespace}/{name}"
            found[full.lower()] = KnownType(
                full,
                tuple(entry.get("apiVersions", provider["apiVersions"])),
                tuple(entry.get("children", ())),
                entry.get("values", {}),
                tuple(entry.get("writeOnly", ())),
            )
    return found
