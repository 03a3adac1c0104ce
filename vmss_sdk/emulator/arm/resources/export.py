"""A resource group as a template (``exportTemplate``, ``az group export``).

As on Azure the template has what resources show: no passwords, no protected settings. CHOICE: references to other
resources stay the ids that they are, where Azure makes expressions of those inside the group.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vmss_sdk import wire
from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.deployments.internal_requests import api_version_for
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.inventory import documents

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["export"]

Document = dict[str, Any]

_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
_SKIPS = ("skipallparameterization", "skipresourcenameparameterization")
_WITH_DEFAULT = "includeparameterdefaultvalue"
_KNOWN = (*_SKIPS, _WITH_DEFAULT, "includecomments")
_TOP = ("id", "etag", "createdTime", "changedTime", "provisioningState")
_READ_ONLY = ("provisioningState", "uniqueId", "timeCreated", "resourceGuid", "etag", "vmId", "instanceView")
_GIVEN_BY_ENTRA = ("principalId", "clientId", "tenantId")


def export(call: Call) -> Reply:
    """The template of the resources that are named, or of all (``*``)."""
    group = call.state.group(call.subscription_id, call.values["resourceGroupName"])
    body = request_body.read_any(call.request)
    options, wanted = _options(body), _requested_ids(body)
    found = [
        document
        for document in documents(call.state, group.subscription_id, group.name)
        if wanted is None or str(document["id"]).lower() in wanted
    ]
    missing = (wanted or set()) - {str(document["id"]).lower() for document in found}
    if missing:
        raise ArmError.of(ErrorReason.EXPORT_UNKNOWN, resource=min(missing), group=group.name)
    parameters: Document = {}
    resources = [_resource(document, options, parameters) for document in found]
    template = {
        "$schema": _SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": parameters,
        "variables": {},
        "resources": resources,
    }
    return Reply(200, {"template": template})


def _options(body: Document) -> set[str]:
    found = {part.strip().lower() for part in str(body.get("options") or "").split(",") if part.strip()}
    if not found <= set(_KNOWN):
        raise ArmError.of(ErrorReason.INVALID_BODY, why=f"'options' has '{min(found - set(_KNOWN))}', which is none.")
    return found


def _requested_ids(body: Document) -> set[str] | None:
    named = body.get("resources")
    if not isinstance(named, list) or not named or not all(isinstance(item, str) for item in named):
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected an array of resource ids, or of '*', as 'resources'.")
    return None if "*" in named else {item.lower() for item in named}


def _resource(document: Document, options: set[str], parameters: Document) -> Document:
    name, kind = str(document["name"]), str(document["type"])
    shown = name
    if not options & set(_SKIPS):
        parameter = re.sub(r"\W", "_", f"{kind.rpartition('/')[2]}_{name}_name")
        parameters[parameter] = {"type": "String", **({"defaultValue": name} if _WITH_DEFAULT in options else {})}
        shown = f"[parameters('{parameter}')]"
    kept = {member: value for member, value in document.items() if member not in (*_TOP, "name", "type")}
    copied: Document = _without(wire.decode(wire.encode(kept)))
    return {"type": kind, "apiVersion": api_version_for(str(document["id"])), "name": shown, **copied}


def _without(value: Any, name: str = "") -> Any:
    """A value without what only the service sets; a text that would be an expression is written as none."""
    if isinstance(value, dict):
        dropped = (*_READ_ONLY, *(_GIVEN_BY_ENTRA if name in ("identity", "userAssignedIdentities") else ()))
        inside = "userAssignedIdentities" if name == "userAssignedIdentities" else ""
        return {key: _without(inner, inside or key) for key, inner in value.items() if key not in dropped}
    if isinstance(value, list):
        return [_without(item) for item in value]
    return f"[{value}" if isinstance(value, str) and value.startswith("[") else value
