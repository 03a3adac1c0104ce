"""Previews: the answer to a request and its effect, found by carrying it out on a copy of the state."""

from __future__ import annotations

import re
from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.control.input import members, refuse, text
from vmss_sdk.emulator.arm.control.instances import pending_document
from vmss_sdk.emulator.arm.copied_state import copied
from vmss_sdk.emulator.arm.deployments.runner import RunningDeployments
from vmss_sdk.emulator.arm.errors import ArmError, document
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.arm.without_effect import noted
from vmss_sdk.emulator.engine.reading.outcome import InstanceEffect, StateBefore, outcome
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.transport.notes import notes

__all__ = ["preview"]

Document = dict[str, Any]

_METHODS = ("PUT", "PATCH", "POST", "DELETE")
_PATH = re.compile(
    r"/subscriptions/(?P<subscription>[^/?]+)/resourceGroups/(?P<group>[^/?]+)/providers/Microsoft\.Compute"
    r"/(?P<kind>virtualMachineScaleSets|virtualMachines)/(?P<name>[^/?]+)(?:[/?].*)?",
    re.IGNORECASE | re.DOTALL,
)


def preview(call: Call) -> Reply:
    """Try a request: ``{"method": "PATCH", "path": "/subscriptions/…?api-version=…", "headers": {…}, "body": {…}}``.

    It is answered by the handlers that answer the request itself, by the rights of whoever asks here.
    """
    wanted = members(call, "method", "path", "headers", "body")
    method, path = _method(wanted), text(wanted, "path", "'/subscriptions/…/virtualMachineScaleSets/web?api-version=…'")
    place = _PATH.fullmatch(path)
    if place is None:
        refuse("path", "'path' must be a scale set's, a virtual machine's, or that of something in one of them.")
    headers = _headers(wanted)
    state = copied(call.state, RunningDeployments(items={}))
    there = {one.id: StateBefore.of(one) for one in _affected_aggregates(state, place)}
    before = _affected_aggregates(state, place)
    body = b"" if wanted.get("body") is None else wire.encode(wanted["body"])
    try:
        reply = state.request(method, path, body, call.caller, headers=headers)
    except ArmError as error:
        return Reply(200, {"refused": True, "status": error.status, "error": error.error, "scaleSets": []})
    concerned = {one.id: one for one in (*_affected_aggregates(state, place), *before)}
    told = [_operation_documents(one, there.get(key, StateBefore())) for key, one in concerned.items()]
    reached = [one for one in told if one["operations"]]
    told_of = Reply(200, {"refused": False, "status": reply.status, "error": None, "scaleSets": reached})
    return noted(told_of, notes(reply.headers))


def _method(wanted: Document) -> str:
    method = text(wanted, "method", "'PATCH'").upper()
    if method not in _METHODS:
        refuse("method", f"'method' must be one of {', '.join(_METHODS)}: nothing else changes anything.")
    return method


def _headers(wanted: Document) -> dict[str, str]:
    """Those of the request, such as ``If-Match``."""
    headers = wanted.get("headers") or {}
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        refuse("headers", '\'headers\' must be an object of texts, for example {"If-Match": "*"}.')
    return {**headers, "Content-Type": "application/json"}


def _affected_aggregates(state: State, place: re.Match[str]) -> list[ScaleSet]:
    """What a request may act on: the scale set that it names, or whatever may have or be the machine."""
    if place["kind"].lower() == "virtualmachines":
        return list(state.aggregates_of(place["subscription"], place["group"]))
    found = state.find_scale_set(place["subscription"], place["group"], place["name"])
    return [] if found is None else [found]


def _operation_documents(scale_set: ScaleSet, before: StateBefore) -> Document:
    found = outcome(scale_set, before)
    return {
        "id": scale_set.id,
        "operations": [_operation(one) for one in found.operations],
        "seconds": found.seconds,
        "instances": [_instance_documents(one) for one in found.reached.values()],
        "pending": None if scale_set.deletion is not None else pending_document(scale_set),
    }


def _operation(operation: Operation) -> Document:
    failure = operation.failure
    error = None if failure is None else document(failure)
    return {"name": operation.name, "status": operation.status.value, "error": error}


def _instance_documents(found: InstanceEffect) -> Document:
    error = None if found.failure is None else document(found.failure)
    return {
        "instanceId": found.instance_id,
        "effects": list(found.effects),
        "loses": list(found.loses),
        "error": error,
    }
