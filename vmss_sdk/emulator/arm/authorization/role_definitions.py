"""Microsoft.Authorization/roleDefinitions: the built-in roles, and custom ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.authorization.records import CustomRole
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.grants import custom_definition, grants_of
from vmss_sdk.emulator.arm.identity.principal import is_within
from vmss_sdk.emulator.arm.identity.roles import built_in, built_in_by_id, built_in_roles
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.scopes import existing_scope
from vmss_sdk.emulator.arm.views.common import time_text

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.identity.roles import RoleDefinition

__all__ = ["delete", "get", "is_guid", "list_all", "list_permissions", "put", "role_id"]

Document = dict[str, Any]

_TYPE = "Microsoft.Authorization/roleDefinitions"
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_FILTER = re.compile(r"(roleName|type)\s+eq\s+'((?:[^']|'')*)'", re.IGNORECASE)
_AT_SCOPE = re.compile(r"atScope(?:AndBelow)?\(\s*\)", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_HELP = "expected roleName eq 'NAME', type eq 'BuiltInRole', type eq 'CustomRole' or atScopeAndBelow()."
_PARTS = ("actions", "notActions", "dataActions", "notDataActions")


def is_guid(text: str) -> bool:
    """Whether it is a GUID, as role definitions and role assignments are named by."""
    return _GUID.fullmatch(text) is not None


def role_id(scope: str, name: str) -> str:
    """The id of a role definition as seen from a scope: under its subscription, or under no one."""
    parts = scope.split("/")
    subscription = f"/subscriptions/{parts[2]}" if len(parts) > 2 else ""  # noqa: PLR2004  # /subscriptions/ID
    return f"{subscription}/providers/{_TYPE}/{name}"


def list_all(call: Call) -> Reply:
    """The roles that can be assigned at a scope."""
    scope = existing_scope(call) if call.values.get("scope") else ""
    tests = _tests(call)
    found = [_built_in(scope, role) for role in built_in_roles()]
    found += [_custom(scope, role) for role in call.state.authorization.roles.values() if _is_assignable(role, scope)]
    shown = [item for item in found if all(_has_value(item, member, wanted) for member, wanted in tests)]
    return Reply(200, {"value": shown})


def get(call: Call) -> Reply:
    """A role."""
    scope, name = call.values.get("scope", ""), call.values["roleDefinitionId"]
    known = built_in_by_id(name)
    if known is not None:
        return Reply(200, _built_in(scope, known))
    return Reply(200, _custom(scope, _existing(call)))


def put(call: Call) -> Reply:
    """Create a custom role, or change it: 201."""
    scope, name = existing_scope(call), call.values["roleDefinitionId"].lower()
    if not is_guid(name):
        raise ArmError.of(ErrorReason.ROLE_ID_INVALID, name=name)
    if built_in_by_id(name) is not None:
        raise ArmError.of(ErrorReason.ROLE_BUILT_IN, name=name)
    document = _properties(request_body.read_any(call.request), scope)
    roles = call.state.authorization.roles
    _refuse_twin(call, name, document["roleName"])
    now = time_text(call.state.now)
    before = roles.get((name,))
    document |= {"createdOn": before.document["createdOn"] if before else now, "updatedOn": now}
    roles[name,] = CustomRole(subscription_id=scope.split("/")[2], name=name, document=document)
    return Reply(201, _custom(scope, roles[name,]))


def delete(call: Call) -> Reply:
    """Delete a custom role (200); 204 when there is none.

    Raises:
        ArmError: It is built-in, or somebody has it.
    """
    scope, name = existing_scope(call), call.values["roleDefinitionId"].lower()
    if built_in_by_id(name) is not None:
        raise ArmError.of(ErrorReason.ROLE_BUILT_IN, name=name)
    found = call.state.authorization.roles.get((name,))
    if found is None:
        return Reply(204)
    if any(assignment.role == name for assignment in call.state.authorization.assignments.values()):
        raise ArmError.of(ErrorReason.ROLE_IN_USE)
    del call.state.authorization.roles[name,]
    return Reply(200, _custom(scope, found))


def list_permissions(call: Call) -> Reply:
    """What the caller may do over a scope; everything where nobody is asked."""
    scope = existing_scope(call)
    if call.caller is None:
        owner = built_in("Owner")
        roles = [owner] if owner else []
    else:
        roles = [role for where, role in grants_of(call.state, call.caller) if is_within(scope, where)]
    return Reply(200, {"value": [part.shown() for role in roles for part in role.permissions]})


def _tests(call: Call) -> list[tuple[str, str]]:
    text = call.query.get("$filter", "").strip()
    tests = []
    for part in _AND.split(text) if text else ():
        if _AT_SCOPE.fullmatch(part.strip()):
            continue
        match = _FILTER.fullmatch(part.strip())
        if match is None:
            raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=_HELP)
        tests.append((match[1].lower(), match[2].replace("''", "'").lower()))
    return tests


def _has_value(item: Document, member: str, wanted: str) -> bool:
    return str(item["properties"]["roleName" if member == "rolename" else "type"]).lower() == wanted


def _is_assignable(role: CustomRole, scope: str) -> bool:
    places = role.document["assignableScopes"]
    return any(not scope or is_within(scope, place) or is_within(place, scope) for place in places)


def _existing(call: Call) -> CustomRole:
    name = call.values["roleDefinitionId"].lower()
    found = call.state.authorization.roles.get((name,))
    if found is None:
        raise ArmError.of(ErrorReason.ROLE_NOT_FOUND, name=name)
    return found


def _properties(body: Document, scope: str) -> Document:
    given = body.get("properties")
    given = given if isinstance(given, dict) else {}
    name, permissions = given.get("roleName"), given.get("permissions")
    if not isinstance(name, str) or not name.strip():
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected a text as 'properties.roleName'.")
    if not isinstance(permissions, list) or not permissions or not all(isinstance(one, dict) for one in permissions):
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected an array of objects as 'properties.permissions'.")
    for part in _PARTS:
        if not all(_are_texts(permission.get(part)) for permission in permissions):
            raise ArmError.of(ErrorReason.INVALID_BODY, why=f"Expected '{part}' to be an array of texts.")
    places = given.get("assignableScopes", [scope])
    if not _are_texts(places) or not places:
        raise ArmError.of(
            ErrorReason.INVALID_BODY, why="Expected 'properties.assignableScopes' to be an array of scopes."
        )
    return {
        "roleName": name,
        "description": str(given.get("description") or ""),
        "assignableScopes": list(places),
        "permissions": [{part: list(permission.get(part) or []) for part in _PARTS} for permission in permissions],
    }


def _refuse_twin(call: Call, name: str, wanted: str) -> None:
    """Role names are unique in a tenant."""
    others = [role.document["roleName"] for role in call.state.authorization.roles.values() if role.name != name]
    if built_in(wanted) is not None or wanted.lower() in map(str.lower, others):
        raise ArmError.of(ErrorReason.ROLE_NAME_TAKEN, name=wanted)


def _are_texts(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, str) for item in value))


def _built_in(scope: str, role: RoleDefinition) -> Document:
    return _definition_document(scope, role, "BuiltInRole", ["/"], {})


def _custom(scope: str, custom: CustomRole) -> Document:
    times = {name: custom.document[name] for name in ("createdOn", "updatedOn")}
    return _definition_document(
        scope, custom_definition(custom), "CustomRole", custom.document["assignableScopes"], times
    )


def _definition_document(scope: str, role: RoleDefinition, kind: str, places: list[str], times: Document) -> Document:
    properties = {
        "roleName": role.name,
        "type": kind,
        "description": role.description,
        "assignableScopes": places,
        "permissions": [permission.shown() for permission in role.permissions],
        **times,
    }
    return {"properties": properties, "id": role_id(scope, role.id), "type": _TYPE, "name": role.id}
