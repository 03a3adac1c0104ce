"""Resource ids: taken apart and put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

__all__ = ["Address", "parse_id", "provider_paths", "resource_path"]

_ID = re.compile(
    r"(?:/subscriptions/(?P<subscription>[^/]+))?(?:/resourceGroups/(?P<group>[^/]+))?/providers/(?P<path>.+)",
    re.IGNORECASE,
)


@attrs.frozen
class Address:
    """What a resource id says.

    Attributes:
        subscription: Empty: a resource of the tenant.
        group: Empty: a resource of the subscription.
        type: Such as ``Microsoft.Network/virtualNetworks/subnets``.
        names: One for each part of the type.
        scope: The id of the resource that it extends, or empty.
    """

    subscription: str
    group: str
    type: str
    names: tuple[str, ...]
    scope: str = ""


def resource_path(kind: str, names: Sequence[str]) -> str:
    """``Microsoft.Network/virtualNetworks/net/subnets/inner`` of a type and its names."""
    namespace, *parts = kind.strip("/").split("/")
    return "/".join([namespace, *(f"{part}/{name}" for part, name in zip(parts, names, strict=False))])


def provider_paths(word: str) -> Iterator[str]:
    """What follows ``/providers/`` in the id that a type and its names mean: ``namespace/type/name``.

    Of a child the names stand between the parts of the type, or all of them behind it: both are tried.
    """
    parts = word.strip("/").split("/")
    names = (len(parts) - 1) // 2
    if len(parts) % 2 and names and all(parts) and "." in parts[0]:
        yield "/".join(parts)
        if names > 1:
            yield resource_path("/".join(parts[: names + 1]), parts[names + 1 :])


def parse_id(text: str) -> Address | None:
    """What a resource id says; None: it is none."""
    scope, marker, last = text.rpartition("/providers/")
    if "/providers/" in scope.lower():
        outer = parse_id(scope)
        inner = _typed(last)
        return Address(outer.subscription, outer.group, *inner, scope) if outer and inner else None
    match = _ID.fullmatch(text) if marker else None
    typed = _typed(match["path"]) if match else None
    return Address(match["subscription"] or "", match["group"] or "", *typed) if match and typed else None


def _typed(path: str) -> tuple[str, tuple[str, ...]] | None:
    namespace, *rest = path.strip("/").split("/")
    if not rest or len(rest) % 2 or not all(rest):
        return None
    return "/".join([namespace, *rest[::2]]), tuple(rest[1::2])
