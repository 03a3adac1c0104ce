"""Faults of a scale set on the control plane: what goes wrong in a rehearsal."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.control_input import count, ids, members, refuse, text
from vmss_sdk.emulator.arm.instance_ids import ids_of
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine import health
from vmss_sdk.emulator.engine.faults import Fault, ProvisioningFailure, UnhealthyAfterUpgrade
from vmss_sdk.emulator.engine.instance import HealthState
from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["add", "clear", "list_all"]

Document = dict[str, Any]

_UNHEALTHY, _PROVISIONING, _HEALTH = "unhealthyAfterUpgrade", "provisioningFailure", "health"
_STATES = {state.value.lower(): state for state in HealthState}


def list_all(call: Call) -> Reply:
    """The faults that are set, in the order in which they are tried, and health that was set by hand."""
    scale_set = call.scale_set()
    forced = [
        {"kind": _HEALTH, "instanceIds": [instance.id], "state": instance.forced_health.value}
        for instance in scale_set.instances.values()
        if instance.forced_health is not None
    ]
    return Reply(200, {"value": [*map(_document, scale_set.faults.items), *forced]})


def add(call: Call) -> Reply:
    """Set a fault: 201. ``health`` takes hold at once: 200."""
    scale_set = call.scale_set()
    body = members(call, "kind", "instanceIds", "count", "state", "code", "message")
    kind = body.get("kind")
    if kind == _HEALTH:
        return _set_health(scale_set, _only(body, "instanceIds", "state"))
    if kind == _UNHEALTHY:
        fault: Fault = _unhealthy(scale_set, _only(body, "instanceIds", "count", "state"))
    elif kind == _PROVISIONING:
        fault = _provisioning(scale_set, _only(body, "instanceIds", "count", "code", "message"))
    else:
        refuse("kind", f"'kind' must be {_UNHEALTHY}, {_PROVISIONING} or {_HEALTH}.")
    scale_set.faults.items.append(fault)
    return Reply(201, _document(fault))


def clear(call: Call) -> Reply:
    """Take all faults away; instances report their true health again."""
    scale_set = call.scale_set()
    scale_set.faults.items.clear()
    for instance in scale_set.instances.values():
        if instance.forced_health is not None:
            health.force(scale_set, instance, None)
    return Reply(204)


def _only(body: Document, *known: str) -> Document:
    extra = next((name for name in body if name not in known and name != "kind"), None)
    if extra is not None:
        refuse(extra, f"'{extra}' does not belong to a fault of kind {body['kind']}: expected {', '.join(known)}.")
    return body


def _set_health(scale_set: ScaleSet, body: Document) -> Reply:
    named = _ids(scale_set, body)
    if named is None:
        refuse("instanceIds", 'a fault of kind health needs \'instanceIds\', for example ["0", "3"].')
    if "state" not in body:
        refuse("state", f"'state' must be {_words()}, or null for the truth.")
    unknown = next((instance_id for instance_id in named if instance_id not in scale_set.instances), None)
    if unknown is not None:
        refuse("instanceIds", f"'instanceIds' has '{unknown}', but scale set '{scale_set.name}' has no such instance.")
    state = None if body["state"] is None else _state(body)
    for instance_id in named:
        health.force(scale_set, scale_set.instances[instance_id], state)
    return Reply(200, {"kind": _HEALTH, "instanceIds": list(named), "state": state.value if state else None})


def _unhealthy(scale_set: ScaleSet, body: Document) -> UnhealthyAfterUpgrade:
    state = _state(body) if body.get("state") is not None else HealthState.UNHEALTHY
    return UnhealthyAfterUpgrade(instance_ids=_ids(scale_set, body), count=count(body, "count"), state=state)


def _provisioning(scale_set: ScaleSet, body: Document) -> ProvisioningFailure:
    code = text(body, "code", "'OSProvisioningTimedOut'") if "code" in body else "OSProvisioningTimedOut"
    message = text(body, "message", "'the disk is full'") if body.get("message") is not None else None
    named, times = _ids(scale_set, body), count(body, "count")
    return ProvisioningFailure(instance_ids=named, count=times, code=code, message=message)


def _ids(scale_set: ScaleSet, body: Document) -> tuple[str, ...] | None:
    named = ids(body, "instanceIds")
    known = ids_of(scale_set, None if named is None else list(named))
    return None if known is None else tuple(known)


def _state(body: Document) -> HealthState:
    state = _STATES.get(str(body["state"]).lower())
    if state is None:
        refuse("state", f"'state' must be {_words()}.")
    return state


def _words() -> str:
    return ", ".join(state.value for state in HealthState)


def _document(fault: Fault) -> Document:
    named = None if fault.instance_ids is None else list(fault.instance_ids)
    common: Document = {"instanceIds": named, "count": fault.count}
    if isinstance(fault, UnhealthyAfterUpgrade):
        return {"kind": _UNHEALTHY, **common, "state": fault.state.value}
    if isinstance(fault, ProvisioningFailure):
        return {"kind": _PROVISIONING, **common, "code": fault.code, "message": fault.message}
    return {"kind": type(fault).__name__, **common}
