"""Resource groups (Microsoft.Resources)."""

from __future__ import annotations

import re
from typing import Any

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.locations import is_location, plain, region_names, same_place
from vmss_sdk.emulator.arm.long_running import first_wait, not_ended
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.inventory import filter_of, matches
from vmss_sdk.emulator.arm.state import ResourceGroup
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.models.resource_group import ResourceGroup as ResourceGroupModel

__all__ = ["delete", "exists", "get", "list_all", "patch", "put", "result"]

_NAME = re.compile(r"[\w.()-]{1,90}(?<!\.)")


def put(call: Call) -> Reply:
    """Create a resource group (201), or change its tags (200)."""
    name = call.values["resourceGroupName"]
    if not _NAME.fullmatch(name):
        raise ArmError.of(ErrorReason.GROUP_NAME_INVALID, group=name)
    body = request_body.read(call.request, ResourceGroupModel, "parameters")
    group = call.state.find_group(call.subscription_id, name)
    if group is None:
        return _create(call, name, body)
    if group.deletion is not None:
        raise ArmError.of(ErrorReason.GROUP_DELETING, group=name)
    wanted = body.get("location", group.location)
    if not same_place(wanted, group.location):
        raise ArmError.of(ErrorReason.GROUP_LOCATION_FIXED, location=group.location, wanted=wanted)
    group.tags = body.get("tags", group.tags)
    return Reply(200, _document(group))


def patch(call: Call) -> Reply:
    """Change a resource group's tags."""
    group = _group(call)
    body = request_body.read(call.request, ResourceGroupModel, "parameters")
    if group.deletion is not None:
        raise ArmError.of(ErrorReason.GROUP_DELETING, group=group.name)
    group.tags = body.get("tags", group.tags)
    return Reply(200, _document(group))


def get(call: Call) -> Reply:
    """A resource group."""
    return Reply(200, _document(_group(call)))


def exists(call: Call) -> Reply:
    """204 when there is such a resource group, else 404; no body."""
    found = call.state.find_group(call.subscription_id, call.values["resourceGroupName"])
    return Reply(404 if found is None else 204)


def list_all(call: Call) -> Reply:
    """The resource groups of a subscription; ``$filter`` by tagName and tagValue is served."""
    tests = filter_of(call)
    found = [_document(group) for group in call.state.groups_of(call.subscription_id)]
    return Reply(200, {"value": [document for document in found if matches(document, tests)]})


def delete(call: Call) -> Reply:
    """Delete a resource group with everything in it: 202, and a Location that answers 202 until it is gone."""
    group = _group(call)
    if group.deletion is None:
        call.state.delete_group(group)
        operation = Operation(str(group.deletion), "deleteGroup", call.state.now, ended_at=group.ends_at)
        call.state.remember(call.subscription_id, operation)
    return Reply(202, None, {"Location": _result_url(call, str(group.deletion)), **first_wait(call)})


def result(call: Call) -> Reply:
    """How far the deletion of a resource group is: 202 until it is over, then 200."""
    key = call.subscription_id.lower(), call.values["operationId"]
    operation = call.state.ended.get(key)
    if operation is None or operation.ended_at is None:
        raise ArmError.of(ErrorReason.OPERATION_NOT_FOUND, operation_id=key[1])
    if call.state.now < operation.ended_at:
        call.state.note_poll(call.request.url)
    if call.state.now < operation.ended_at:
        return Reply(202, None, {"Location": _result_url(call, key[1]), **not_ended(call)})
    return Reply(200)


def _group(call: Call) -> ResourceGroup:
    return call.state.group(call.subscription_id, call.values["resourceGroupName"])


def _create(call: Call, name: str, body: dict[str, Any]) -> Reply:
    location = str(body.get("location", ""))
    if not location.strip():
        raise ArmError.of(ErrorReason.GROUP_LOCATION_MISSING)
    if not is_location(location, call.state.settings.catalogue):
        raise ArmError.of(ErrorReason.GROUP_LOCATION_UNKNOWN, location=location, regions=region_names())
    group = ResourceGroup(
        subscription_id=call.subscription_id, name=name, location=plain(location), tags=body.get("tags")
    )
    call.state.groups[group.subscription_id.lower(), name.lower()] = group
    return Reply(201, _document(group))


def _document(group: ResourceGroup) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": group.id,
        "name": group.name,
        "type": "Microsoft.Resources/resourceGroups",
        "location": group.location,
    }
    if group.tags is not None:
        document["tags"] = group.tags
    document["properties"] = {"provisioningState": "Succeeded" if group.deletion is None else "Deleting"}
    return document


def _result_url(call: Call, operation_id: str) -> str:
    url = call.link("subscriptions", call.subscription_id, "operationresults", operation_id)
    return f"{url}?api-version={call.api_version}"
