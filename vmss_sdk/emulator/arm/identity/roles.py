"""Role definitions: which actions a role allows.

Source: "Azure built-in roles"; the table has those that stand around scale sets, with their ids and actions. A role
allows what one of its ``actions`` matches and none of its ``notActions``; ``*`` stands for any text, and case does not
matter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import attrs

from vmss_sdk.emulator.arm import data

__all__ = ["Permission", "RoleDefinition", "built_in", "built_in_by_id", "built_in_roles"]

Document = dict[str, Any]


@attrs.frozen
class Permission:
    """What a role allows, on the control plane; data actions are shown and mean nothing here.

    Attributes:
        actions: Patterns of what it allows.
        not_actions: Patterns of what it does not allow of these.
        data_actions: The same for data.
        not_data_actions: The same for data.
    """

    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    data_actions: tuple[str, ...] = ()
    not_data_actions: tuple[str, ...] = ()

    def allows(self, action: str) -> bool:
        """Whether it allows an action, written as Azure's, such as ``…/virtualMachines/read``."""
        return _matches(self.actions, action) and not _matches(self.not_actions, action)

    def shown(self) -> Document:
        """As a role definition shows it."""
        return {
            "actions": list(self.actions),
            "notActions": list(self.not_actions),
            "dataActions": list(self.data_actions),
            "notDataActions": list(self.not_data_actions),
        }


@attrs.frozen
class RoleDefinition:
    """A role.

    Attributes:
        id: The name of the role definition, a GUID in lower case.
        name: How people call it.
        description: What it is for.
        permissions: What it allows: whatever one of them allows.
    """

    id: str
    name: str
    description: str
    permissions: tuple[Permission, ...]

    def allows(self, action: str) -> bool:
        """Whether one of its permissions allows an action."""
        return any(permission.allows(action) for permission in self.permissions)


@lru_cache(maxsize=4096)
def _matches(patterns: tuple[str, ...], action: str) -> bool:
    found = _compiled(patterns)
    return found is not None and found.fullmatch(action) is not None


@lru_cache(maxsize=512)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    if not patterns:
        return None
    return re.compile("|".join(map(_expression, patterns)), re.IGNORECASE)


def _expression(pattern: str) -> str:
    """A pattern as a regular expression.

    ``/*/`` stands for any part, and for none: a Managed Identity Operator has
    ``userAssignedIdentities/*/assign/action``, and the action is ``userAssignedIdentities/assign/action``.
    """
    return re.escape(pattern).replace(r"/\*/", "/(?:.*/)?").replace(r"\*", ".*")


@cache
def built_in_roles() -> tuple[RoleDefinition, ...]:
    """The built-in roles of the table."""
    return tuple(_definition(row) for row in data.load("roles"))


@lru_cache(maxsize=64)
def built_in(name: str) -> RoleDefinition | None:
    """A built-in role by its name in any case, or None."""
    return next((role for role in built_in_roles() if role.name.lower() == name.lower()), None)


def built_in_by_id(role_id: str) -> RoleDefinition | None:
    """A built-in role by its GUID, or None."""
    return next((role for role in built_in_roles() if role.id == role_id.lower()), None)


def _definition(row: Document) -> RoleDefinition:
    parts = (tuple(row[part]) for part in ("actions", "notActions", "dataActions", "notDataActions"))
    return RoleDefinition(row["name"], row["roleName"], row["description"], (Permission(*parts),))
