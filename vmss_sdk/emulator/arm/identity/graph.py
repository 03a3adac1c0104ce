"""The little of Microsoft Graph by which tools find out whose object id that is: the emulator's principals.

Source: az's ``role`` commands, which ask for service principals by a name and for directory objects by ids.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.entra import directory_of
from vmss_sdk.emulator.arm.replies import Reply

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.identity.principal import Principal

__all__ = ["get_objects", "get_service_principal", "list_nobody", "list_service_principals"]

Document = dict[str, Any]

_QUOTED = re.compile(r"'((?:[^']|'')*)'")


def list_service_principals(call: Call) -> Reply:
    """The principals; with a ``$filter`` those that one of its texts names: client id, object id, or name."""
    wanted = {text.replace("''", "'").lower() for text in _QUOTED.findall(call.query.get("$filter", ""))}
    found = [item for item in directory_of(call).principals if not wanted or wanted & _names(item)]
    return Reply(200, {"value": [_document(item) for item in found]})


def get_service_principal(call: Call) -> Reply:
    """A principal by its object id."""
    wanted = call.values["objectId"].lower()
    found = next((item for item in directory_of(call).principals if item.object_id == wanted), None)
    if found is None:
        raise ArmError.of(ErrorReason.OBJECT_NOT_FOUND, id=call.values["objectId"])
    return Reply(200, _document(found))


def get_objects(call: Call) -> Reply:
    """Those of these object ids that are principals."""
    ids = request_body.read_any(call.request).get("ids")
    wanted = {str(item).lower() for item in ids} if isinstance(ids, list) else set()
    found = [item for item in directory_of(call).principals if item.object_id in wanted]
    return Reply(200, {"value": [_document(item) for item in found]})


def list_nobody(call: Call) -> Reply:
    """There are no users and no groups."""
    directory_of(call)
    return Reply(200, {"value": []})


def _names(item: Principal) -> set[str]:
    return {item.client_id, item.object_id, item.name}


def _document(item: Principal) -> Document:
    return {
        "@odata.type": "#microsoft.graph.servicePrincipal",
        "id": item.object_id,
        "appId": item.client_id,
        "displayName": item.name,
        "servicePrincipalNames": [item.client_id],
        "servicePrincipalType": "ManagedIdentity" if item.kind == "ManagedIdentity" else "Application",
    }
