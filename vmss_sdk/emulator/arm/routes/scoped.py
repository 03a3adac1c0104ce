"""Routes at every scope: a subscription, a resource group, a resource of any type."""

from __future__ import annotations

from collections.abc import Iterable

from vmss_sdk.emulator.arm.authorization import locks, role_assignments, role_definitions
from vmss_sdk.emulator.arm.insights import metrics
from vmss_sdk.emulator.arm.path import Path
from vmss_sdk.emulator.arm.resources import tags
from vmss_sdk.emulator.arm.resources.address import Address, address_of
from vmss_sdk.emulator.arm.routing import Match, MethodNotRoutedError, PathNotRoutedError, Route

__all__ = ["SCOPED", "ScopedRouter"]


_AUTHORIZATION = "/{scope}/providers/Microsoft.Authorization"
_LOCK = f"{_AUTHORIZATION}/locks/{{lockName}}"
_ROLE = f"{_AUTHORIZATION}/roleDefinitions/{{roleDefinitionId}}"
_ASSIGNMENT = f"{_AUTHORIZATION}/roleAssignments/{{roleAssignmentName}}"
_INSIGHTS = "/{scope}/providers/Microsoft.Insights"
_TAGS = "/{scope}/providers/Microsoft.Resources/tags/{tagsName}"

SCOPED: tuple[Route, ...] = (
    Route("GET", f"{_AUTHORIZATION}/locks", locks.list_all),
    Route("PUT", _LOCK, locks.put),
    Route("GET", _LOCK, locks.get),
    Route("DELETE", _LOCK, locks.delete),
    Route("GET", f"{_AUTHORIZATION}/roleDefinitions", role_definitions.list_all),
    Route("GET", _ROLE, role_definitions.get),
    Route("PUT", _ROLE, role_definitions.put),
    Route("DELETE", _ROLE, role_definitions.delete),
    Route("GET", f"{_AUTHORIZATION}/permissions", role_definitions.list_permissions),
    Route("GET", f"{_AUTHORIZATION}/roleAssignments", role_assignments.list_all),
    Route("PUT", _ASSIGNMENT, role_assignments.put),
    Route("GET", _ASSIGNMENT, role_assignments.get),
    Route("DELETE", _ASSIGNMENT, role_assignments.delete),
    Route("GET", f"{_INSIGHTS}/metricDefinitions", metrics.list_definitions),
    Route("GET", f"{_INSIGHTS}/metrics", metrics.list_values),
    Route("GET", _TAGS, tags.get),
    Route("PUT", _TAGS, tags.put),
    Route("PATCH", _TAGS, tags.patch),
    Route("DELETE", _TAGS, tags.delete),
)


class ScopedRouter:
    """Finds the route of a path by what stands behind its last ``/providers/``; what is in front of it is the scope."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes: dict[tuple[str, int], dict[str, Route]] = {}
        for route in routes:
            namespace, *rest = route.template.partition("/providers/")[2].split("/")
            kind = "/".join((namespace, *rest[::2])).lower()
            self._routes.setdefault((kind, len(rest) // 2), {})[route.method] = route

    def match(self, method: str, path: Path) -> Match:
        """What a path is; among its values the scope is ``scope``.

        Raises:
            PathNotRoutedError: No route has this path.
            MethodNotRoutedError: None has it with this method.
        """
        address = address_of(path.segments)
        if address is None:
            raise PathNotRoutedError(path.text)
        kind = "/".join((address.namespace, *address.types)).lower()
        found = self._routes.get((kind, len(address.names)))
        if found is None:
            raise PathNotRoutedError(path.text)
        if method not in found:
            raise MethodNotRoutedError(tuple(found))
        return _matched(found[method], address)


def _matched(route: Route, address: Address) -> Match:
    values, canonical_type, names = {"scope": address.scope}, address.scope.split("/")[1:], iter(address.names)
    for word in route.template.split("/")[2:]:
        if word.startswith("{"):
            values[word[1:-1]] = word = next(names)  # noqa: PLW2901  # the segment that stands in its place
        canonical_type.append(word)
    return Match(route, values, Path.joined(tuple(canonical_type)))
