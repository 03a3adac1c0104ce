"""Microsoft.Authorization/roleAssignments: who has which role over which scope.

An assignment counts from the next request on for the emulator's principals, by their object ids; others (users,
groups, identities of scale sets) get theirs kept and shown. CHOICE: no directory is asked whether the principal exists,
and a role that is in no list is taken, since the list of built-in roles is not complete; it allows nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.authorization.filters import assignment_filter
from vmss_sdk.emulator.arm.authorization.records import RoleAssignment
from vmss_sdk.emulator.arm.authorization.role_definitions import is_guid, role_id
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.principal import is_within
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.scopes import existing_scope
from vmss_sdk.emulator.arm.views.common import time_text

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["delete", "get", "list_all", "put"]

Document = dict[str, Any]

_TYPE = "Microsoft.Authorization/roleAssignments"
_GIVEN = ("condition", "conditionVersion", "description", "delegatedManagedIdentityResourceId")


def put(call: Call) -> Reply:
    """Give a role (201); the same once more under the same name is 200, anything else under it is refused."""
    scope, name = existing_scope(call), call.values["roleAssignmentName"].lower()
    if not is_guid(name):
        raise ArmError.of(ErrorReason.ASSIGNMENT_ID_INVALID, name=name)
    assignment = _read(call, scope, name)
    key = (assignment.id.lower(),)
    kept = call.state.authorization.assignments
    known = kept.get(key)
    if known is not None:
        if (known.role, known.principal_id) != (assignment.role, assignment.principal_id):
            raise ArmError.of(ErrorReason.ASSIGNMENT_FIXED)
        return Reply(200, _assignment_document(known))
    for other in kept.values():
        if _facts(other) == _facts(assignment):
            raise ArmError.of(ErrorReason.ASSIGNMENT_EXISTS, id=other.id.rpartition("/")[2].replace("-", ""))
    kept[key] = assignment
    return Reply(201, _assignment_document(assignment))


def get(call: Call) -> Reply:
    """A role assignment."""
    scope, name = existing_scope(call), call.values["roleAssignmentName"]
    found = call.state.authorization.assignments.get((_id(scope, name).lower(),))
    if found is None:
        raise ArmError.of(ErrorReason.ASSIGNMENT_NOT_FOUND, name=name)
    return Reply(200, _assignment_document(found))


def delete(call: Call) -> Reply:
    """Take a role away (200); 204 when there is no such assignment."""
    scope, name = existing_scope(call), call.values["roleAssignmentName"]
    found = call.state.authorization.assignments.pop((_id(scope, name).lower(),), None)
    return Reply(204) if found is None else Reply(200, _assignment_document(found))


def list_all(call: Call) -> Reply:
    """The assignments at a scope, above it and in it; with ``atScope()`` not those in it."""
    scope, wanted = existing_scope(call), assignment_filter(call)
    found = [
        _assignment_document(item)
        for item in call.state.authorization.assignments.values()
        if (is_within(scope, item.scope) or (not wanted.at_scope and is_within(item.scope, scope)))
        and wanted.principal_id in ("", item.principal_id)
    ]
    return Reply(200, {"value": found})


def _read(call: Call, scope: str, name: str) -> RoleAssignment:
    body = request_body.read_any(call.request)
    given = body.get("properties")
    given = given if isinstance(given, dict) else {}
    role, principal = given.get("roleDefinitionId"), given.get("principalId")
    for member, value in (("roleDefinitionId", role), ("principalId", principal)):
        if not isinstance(value, str) or not value.strip():
            raise ArmError.of(ErrorReason.INVALID_BODY, why=f"Expected a text as 'properties.{member}'.")
    role_name = str(role).rpartition("/")[2].lower()
    if not is_guid(role_name):
        raise ArmError.of(ErrorReason.ROLE_ID_INVALID, name=role_name)
    if not is_guid(str(principal)):
        raise ArmError.of(ErrorReason.PRINCIPAL_ID_INVALID, name=principal)
    now, by = time_text(call.state.now), call.caller.object_id if call.caller else ""
    document = {
        "roleDefinitionId": role_id(scope, role_name),
        "principalId": principal,
        "principalType": given.get("principalType") or "ServicePrincipal",
        "scope": scope,
        **{member: given.get(member) for member in _GIVEN},
        "createdOn": now,
        "updatedOn": now,
        "createdBy": by,
        "updatedBy": by,
    }
    return RoleAssignment(
        id=_id(scope, name), scope=scope, principal_id=str(principal).lower(), role=role_name, document=document
    )


def _facts(item: RoleAssignment) -> tuple[str, str, str]:
    return item.scope.lower(), item.role, item.principal_id


def _id(scope: str, name: str) -> str:
    return f"{scope}/providers/{_TYPE}/{name}"


def _assignment_document(item: RoleAssignment) -> Document:
    return {"properties": dict(item.document), "id": item.id, "type": _TYPE, "name": item.id.rpartition("/")[2]}
