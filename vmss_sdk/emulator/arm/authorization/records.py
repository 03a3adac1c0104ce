"""Records of Microsoft.Authorization."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import attrs

__all__ = ["Authorization", "CustomRole", "ManagementLock", "RoleAssignment"]

Document = dict[str, Any]
Key = tuple[str, ...]


@attrs.define(kw_only=True)
class ManagementLock:
    """A lock.

    Attributes:
        id: The ARM resource id.
        scope: What it locks, with all that lies in it.
        level: ``CanNotDelete`` or ``ReadOnly``.
        document: Its properties as they are shown.
    """

    id: str
    scope: str
    level: str
    document: Document = attrs.field(factory=dict)


@attrs.define(kw_only=True)
class RoleAssignment:
    """A role that a principal has over a scope.

    Attributes:
        id: The ARM resource id.
        scope: Where it holds, with all that lies in it.
        principal_id: The object id of the principal, in lower case.
        role: The name of the role definition, a GUID in lower case.
        document: Its properties as they are shown.
    """

    id: str
    scope: str
    principal_id: str
    role: str
    document: Document = attrs.field(factory=dict)


@attrs.define(kw_only=True)
class CustomRole:
    """A role definition of one's own.

    Attributes:
        subscription_id: Under which it was made.
        name: A GUID in lower case.
        document: Its properties as they are shown.
    """

    subscription_id: str
    name: str
    document: Document = attrs.field(factory=dict)


@attrs.define(kw_only=True, eq=False)
class Authorization:
    """All of it, by the ids in lower case.

    Attributes:
        locks: Locks.
        assignments: Role assignments.
        roles: Custom roles, by their names.
    """

    locks: MutableMapping[Key, ManagementLock]
    assignments: MutableMapping[Key, RoleAssignment]
    roles: MutableMapping[Key, CustomRole]

    def forget(self, scope: str) -> None:
        """A scope is gone, and with it all that held there."""
        outer = scope.lower()
        for items in (self.locks, self.assignments):
            for key in [key for key in items if _is_at(key[0], outer)]:
                del items[key]

    def clear(self) -> None:
        """Forget everything."""
        for items in (self.locks, self.assignments, self.roles):
            items.clear()


def _is_at(item_id: str, outer: str) -> bool:
    return item_id.startswith(f"{outer}/")
