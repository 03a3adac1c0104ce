"""Microsoft.Authorization/locks: what keeps a subscription, a group or a resource from being changed or deleted.

Source: Microsoft's "Lock your resources to protect your infrastructure". A lock holds for all that lies in its scope;
``CanNotDelete`` refuses DELETE, ``ReadOnly`` refuses PUT, PATCH and POST as well; it does not matter who asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.authorization.filters import at_scope_only
from vmss_sdk.emulator.arm.authorization.records import ManagementLock
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.access import asked
from vmss_sdk.emulator.arm.identity.principal import is_within
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.scopes import existing_scope

if TYPE_CHECKING:
    from typing import Any

    from vmss_sdk.emulator.arm.call import Call

__all__ = ["LOCK_TYPE", "check_locks", "delete", "get", "list_all", "put"]

LOCK_TYPE = "Microsoft.Authorization/locks"

_READ_ONLY = "ReadOnly"
_LEVELS = ("CanNotDelete", _READ_ONLY)
_MOST_NOTES = 512
_NAME = re.compile(r"[^<>%&:\\?/\x00-\x1f]{1,260}")
_READS = ("GET", "HEAD")
_EXEMPT = re.compile(
    r"microsoft\.authorization/locks/|microsoft\.resourcegraph/"
    r"|/(?:validate|whatif|exporttemplate|validatemoveresources|calculatetemplatehash)/action$"
)
"""CHOICE: locks themselves can be removed, and a POST of Microsoft.Resources that changes nothing is no change."""


def check_locks(call: Call) -> None:
    """See whether a lock forbids a request.

    Raises:
        ArmError: One does: 409.
    """
    locks = call.state.authorization.locks
    method = call.request.method.upper()
    if not locks or method in _READS or call.url.path.is_control:
        return
    action, scope = asked(call)
    if _EXEMPT.search(action.lower()):
        return
    found = list(_deleting(call, scope) if method == "DELETE" else _writing(call, scope))
    if found:
        verb = "delete" if method == "DELETE" else "write"
        scopes = ",".join(dict.fromkeys(lock.scope for lock in found))
        raise ArmError.of(ErrorReason.SCOPE_LOCKED, scope=scope, verb=verb, locks=scopes)


def _deleting(call: Call, scope: str) -> Iterator[ManagementLock]:
    """Those over what is deleted, and those over what lies in it."""
    for lock in call.state.authorization.locks.values():
        if is_within(scope, lock.scope) or is_within(lock.scope, scope):
            yield lock


def _writing(call: Call, scope: str) -> Iterator[ManagementLock]:
    for lock in call.state.authorization.locks.values():
        if lock.level == _READ_ONLY and is_within(scope, lock.scope):
            yield lock


def put(call: Call) -> Reply:
    """Create a lock (201) or replace it (200)."""
    scope, name = existing_scope(call), call.values["lockName"]
    if not _NAME.fullmatch(name):
        raise ArmError.of(ErrorReason.KEPT_NAME_INVALID, name=name)
    level, document = _properties(request_body.read_any(call.request))
    key = _key(scope, name)
    known = key in call.state.authorization.locks
    lock = ManagementLock(id=_id(scope, name), scope=scope, level=level, document=document)
    call.state.authorization.locks[key] = lock
    return Reply(200 if known else 201, _lock_document(lock))


def get(call: Call) -> Reply:
    """A lock."""
    return Reply(200, _lock_document(_existing(call)))


def delete(call: Call) -> Reply:
    """Remove a lock (200); 204 when there is none."""
    scope = existing_scope(call)
    found = call.state.authorization.locks.pop(_key(scope, call.values["lockName"]), None)
    return Reply(204 if found is None else 200)


def list_all(call: Call) -> Reply:
    """The locks at a scope, above it and in it; with ``$filter=atScope()`` not those in it.

    Source: the documentation of Get-AzResourceLock.
    """
    scope, only = existing_scope(call), at_scope_only(call)
    found = [
        _lock_document(lock)
        for lock in call.state.authorization.locks.values()
        if is_within(scope, lock.scope) or (not only and is_within(lock.scope, scope))
    ]
    return Reply(200, {"value": found})


def _properties(body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    properties = body.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    given = str(properties.get("level", ""))
    level = next((known for known in _LEVELS if known.lower() == given.lower()), None)
    if level is None:
        raise ArmError.of(ErrorReason.LOCK_LEVEL_INVALID, level=given)
    notes = properties.get("notes")
    if notes is not None and (not isinstance(notes, str) or len(notes) > _MOST_NOTES):
        raise ArmError.of(ErrorReason.INVALID_BODY, why=f"'notes' must be a text of at most {_MOST_NOTES} characters.")
    shown = {"level": level, **({"notes": notes} if notes else {})}
    if isinstance(properties.get("owners"), list):
        shown["owners"] = properties["owners"]
    return level, shown


def _existing(call: Call) -> ManagementLock:
    scope, name = existing_scope(call), call.values["lockName"]
    found = call.state.authorization.locks.get(_key(scope, name))
    if found is None:
        raise ArmError.of(ErrorReason.LOCK_NOT_FOUND, name=name)
    return found


def _id(scope: str, name: str) -> str:
    return f"{scope}/providers/{LOCK_TYPE}/{name}"


def _key(scope: str, name: str) -> tuple[str, ...]:
    return (_id(scope, name).lower(),)


def _lock_document(lock: ManagementLock) -> dict[str, Any]:
    name = lock.id.rpartition("/")[2]
    return {"properties": dict(lock.document), "id": lock.id, "type": LOCK_TYPE, "name": name}
