"""The rights of a principal: the role given with its name, and role assignments over REST."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vmss_sdk.emulator.arm.identity.principal import Role, is_within
from vmss_sdk.emulator.arm.identity.roles import Permission, RoleDefinition, built_in, built_in_by_id

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.authorization.records import CustomRole
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.state import State

__all__ = ["custom_definition", "definition_of", "grants_of", "may", "scopes_of"]


def may(state: State, caller: Principal, action: str, scope: str) -> bool:
    """Whether a principal may do something over a scope."""
    if caller.may(action, scope):
        return True
    return any(is_within(scope, where) and role.allows(action) for where, role in _assigned(state, caller))


def grants_of(state: State, caller: Principal) -> Iterator[tuple[str, RoleDefinition]]:
    """The scopes over which a principal has a role, and which."""
    own = built_in(caller.role)
    if own is not None:
        yield caller.scope, own
    yield from _assigned(state, caller)


def scopes_of(state: State, caller: Principal) -> Iterator[str]:
    """The scopes over which a principal has any role."""
    if caller.role != Role.NONE:
        yield caller.scope
    for scope, _ in _assigned(state, caller):
        yield scope


def definition_of(state: State, role_id: str) -> RoleDefinition | None:
    """A role by its GUID, built-in or custom; None when it is in neither list."""
    found = built_in_by_id(role_id)
    if found is not None:
        return found
    custom = state.authorization.roles.get((role_id.lower(),))
    return None if custom is None else custom_definition(custom)


def custom_definition(custom: CustomRole) -> RoleDefinition:
    """What a custom role allows."""
    document = custom.document
    parts = ("actions", "notActions", "dataActions", "notDataActions")
    permissions = tuple(
        Permission(*(tuple(permission.get(part) or ()) for part in parts)) for permission in document["permissions"]
    )
    return RoleDefinition(custom.name, document["roleName"], document.get("description", ""), permissions)


def _assigned(state: State, caller: Principal) -> Iterator[tuple[str, RoleDefinition]]:
    directory = state.directory
    if directory is not None and all(item.object_id != caller.object_id for item in directory.principals):
        return  # it was removed, and its tokens open nothing
    for assignment in state.authorization.assignments.values():
        if assignment.principal_id == caller.object_id:
            role = definition_of(state, assignment.role)
            if role is not None:
                yield assignment.scope, role
