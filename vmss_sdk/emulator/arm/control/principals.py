"""The control plane of principals: who may call, as long as the server runs."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.control.input import members, optional_text, refuse, text
from vmss_sdk.emulator.arm.identity.entra import directory_of
from vmss_sdk.emulator.arm.identity.principal import EVERYWHERE, Kind, Principal
from vmss_sdk.emulator.arm.replies import Reply

__all__ = ["add", "list_all", "remove"]

Document = dict[str, Any]


def list_all(call: Call) -> Reply:
    """The tenant and its principals, without their secrets."""
    directory = directory_of(call)
    found = [_document(principal) for principal in directory.principals]
    return Reply(200, {"tenantId": directory.tenant_id, "value": found})


def add(call: Call) -> Reply:
    """Add a principal, or replace the one of this name: 201, with its secret, which is not told again."""
    directory = directory_of(call)
    body = members(call, "name", "role", "scope", "secret", "kind")
    name = text(body, "name", "'ops'")
    role = text(body, "role", "'Reader'")
    scope = optional_text(body, "scope", "'/subscriptions/ID/resourceGroups/rg'") or EVERYWHERE
    secret = optional_text(body, "secret", "'a long random text'")
    try:
        kind = Kind(optional_text(body, "kind", "'ManagedIdentity'") or Kind.SERVICE_PRINCIPAL)
    except ValueError:
        refuse("kind", f"'kind' must be one of {', '.join(Kind)}.")
    try:
        principal = Principal.new(name, role, scope, secret=secret, kind=kind)
    except ValueError as error:
        refuse("body", f"{error}.")
    directory.add(principal)
    return Reply(201, {**_document(principal), **({"secret": principal.secret} if principal.secret else {})})


def remove(call: Call) -> Reply:
    """Remove the principal ``?name=``: its tokens open nothing any more."""
    name = call.query.get("name", "")
    directory = directory_of(call)
    if not directory.remove(name):
        known = ", ".join(principal.name for principal in directory.principals)
        refuse("name", f"'name' must be that of a principal, one of {known}.")
    return Reply(204)


def _document(principal: Principal) -> Document:
    return {
        "name": principal.name,
        "kind": principal.kind.value,
        "clientId": principal.client_id,
        "objectId": principal.object_id,
        "role": str(principal.role),
        "scope": principal.scope,
    }
