"""Paths of resources of any type, taken apart."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from vmss_sdk.emulator.arm.path import path_of
from vmss_sdk.emulator.arm.resources.known_types import canonical_type

__all__ = ["Address", "address_of", "parse"]

Key = tuple[str, ...]

_PROVIDERS = "providers"


@attrs.frozen
class Address:
    """Where a resource is, or a collection of resources.

    Attributes:
        subscription_id: As written in the path.
        group: Its resource group as written; empty for a resource of the subscription.
        scope: The id of what it belongs to in front of the last ``/providers/``: a group, a subscription, or, for
            extension resources such as diagnostic settings, another resource.
        namespace: The resource provider.
        types: The type and its subtypes.
        names: A name for each of them; a collection has one less.
    """

    subscription_id: str
    group: str
    scope: str
    namespace: str
    types: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def is_collection(self) -> bool:
        """Whether it names a type, not one resource."""
        return len(self.names) < len(self.types)

    @property
    def type(self) -> str:
        """As Azure spells it: ``Microsoft.Network/virtualNetworks/subnets``."""
        return canonical_type("/".join((self.namespace, *self.types)))

    @property
    def name(self) -> str:
        """The last name."""
        return self.names[-1]

    @property
    def id(self) -> str:
        """The ARM resource id; of a collection its path."""
        namespace, *types = self.type.split("/")
        parts = [part for pair in zip(types, self.names, strict=False) for part in pair]
        if self.is_collection:
            parts.append(types[-1])
        return "/".join((self.scope, _PROVIDERS, namespace, *parts))

    @property
    def key(self) -> Key:
        """Subscription, group, and the rest of the id, in lower case; see `key_of`."""
        return key_of(self.subscription_id, self.group, self.id)

    @property
    def parent(self) -> Address | None:
        """The resource that this one is a child of, or None."""
        if len(self.types) == 1:
            return None
        return attrs.evolve(self, types=self.types[:-1], names=self.names[: len(self.types) - 1])

    def in_group(self, group: str) -> Address:
        """The same with its resource group spelled as it was created."""
        parts = self.scope.split("/")
        parts[4] = group
        return attrs.evolve(self, group=group, scope="/".join(parts))

    @property
    def scope_is_resource(self) -> bool:
        """Whether it is an extension of another resource."""
        return f"/{_PROVIDERS}/" in self.scope


def key_of(subscription_id: str, group: str, resource_id: str) -> Key:
    """The key under which a resource is kept."""
    inner = resource_id.lower().split("/")[5 if group else 3 :]
    return subscription_id.lower(), group.lower(), "/".join(inner)


def parse(path: str) -> Address | None:
    """A resource id's address, or that of a collection; None when it is neither; as `path_of` reads it."""
    return address_of(path_of(path).segments)


def address_of(parts: Sequence[str]) -> Address | None:
    """The address with these segments; None when they are not those of a resource or a collection.

    Literals are compared without regard to case.
    """
    if len(parts) < 5 or parts[0].lower() != "subscriptions":  # noqa: PLR2004  # …/{id}/providers/{namespace}/{type}
        return None
    subscription_id, group, at = parts[1], "", 2
    scope = f"/subscriptions/{subscription_id}"
    if parts[2].lower() == "resourcegroups":
        group, at = parts[3], 4
        scope += f"/resourceGroups/{group}"
    return _after_providers(subscription_id, group, scope, parts[at:])


def _after_providers(subscription_id: str, group: str, scope: str, parts: Sequence[str]) -> Address | None:
    """The last ``providers`` block of a path; what stands in front of it is the scope."""
    while len(parts) >= 3 and parts[0].lower() == _PROVIDERS and "." in parts[1]:  # noqa: PLR2004
        namespace, rest = parts[1], parts[2:]
        end = next((at for at in range(2, len(rest), 2) if rest[at].lower() == _PROVIDERS), len(rest))
        address = Address(subscription_id, group, scope, namespace, tuple(rest[:end:2]), tuple(rest[1:end:2]))
        if end == len(rest):
            return address
        scope, parts = address.id, rest[end:]
    return None
