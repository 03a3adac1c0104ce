"""The control plane of the service as a whole: its faults, and the versions of extension handlers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.control.input import count, flag, members, number, only, refuse, text, whole
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.service_fault_records import ServiceFault
from vmss_sdk.emulator.arm.service_faults import BROKEN, DropConnection, ServerError, Throttle

__all__ = ["add_fault", "clear_faults", "list_faults", "publish_handler"]

Document = dict[str, Any]

_METHODS = ("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE")
_KINDS: dict[str, tuple[type[ServiceFault], tuple[str, ...]]] = {
    "throttle": (Throttle, ("retryAfter",)),
    "serverError": (ServerError, ("status", "retryAfter", "processed")),
    "dropConnection": (DropConnection, ("processed",)),
}
_COMMON = ("method", "path", "count", "seconds")
_MEMBERS = (*_COMMON, "status", "retryAfter", "processed")


def list_faults(call: Call) -> Reply:
    """The faults that are set and not over, in the order in which they are tried."""
    now = call.state.now
    return Reply(200, {"value": [_document(fault, now) for fault in call.state.faults.current(now)]})


def add_fault(call: Call) -> Reply:
    """Set a fault: 201."""
    body = members(call, "kind", *_MEMBERS)
    name = str(body.get("kind"))
    if name not in _KINDS:
        refuse("kind", f"'kind' must be one of {', '.join(_KINDS)}.")
    kind, own = _KINDS[name]
    only(body, *_COMMON, *own)
    values = {_snake_case(member): _READ[member](body) for member in (*_COMMON, *own) if body.get(member) is not None}
    seconds = values.pop("seconds", None)
    fault = kind(**values, until=None if seconds is None else call.state.now + seconds)
    call.state.faults.items.append(fault)
    return Reply(201, _document(fault, call.state.now))


def clear_faults(call: Call) -> Reply:
    """Take the faults away, all or (``?kind=``) those of a kind."""
    name = call.query.get("kind")
    known = {kind.lower(): pair[0] for kind, pair in _KINDS.items()}
    if name is not None and name.lower() not in known:
        refuse("kind", f"'kind' must be one of {', '.join(_KINDS)}.")
    items = call.state.faults.items
    items[:] = [fault for fault in items if name is not None and not isinstance(fault, known[name.lower()])]
    return Reply(204)


def publish_handler(call: Call) -> Reply:
    """Make a version of an extension's handler the newest."""
    body = members(call, "handler", "version")
    example = "'Microsoft.ManagedServices.ApplicationHealthLinux'"
    handler, version = text(body, "handler", example), text(body, "version", "'2.1'")
    publisher, _, kind = handler.rpartition(".")
    if not (publisher and kind):
        refuse("handler", f"'handler' must be 'publisher.type', for example {example}.")
    call.state.handlers.publish(handler, version)
    return Reply(200, {"handler": handler, "version": version})


def _method(body: Document) -> str:
    method = str(body["method"]).upper()
    if method not in _METHODS:
        refuse("method", f"'method' must be one of {', '.join(_METHODS)}.")
    return method


def _path(body: Document) -> str:
    path = text(body, "path", "'*/reimage'")
    if not path.startswith(("/", "*")):
        refuse("path", "'path' must be a pattern of the whole path, for example '*/reimage' or '*/web/*'.")
    return path.lower()


def _status(body: Document) -> int:
    status = whole(body, "status")
    if status not in BROKEN:
        refuse("status", f"'status' must be one of {', '.join(map(str, BROKEN))}.")
    return status


_READ: dict[str, Callable[[Document], Any]] = {
    "method": _method,
    "path": _path,
    "count": lambda body: count(body, "count"),
    "seconds": lambda body: number(body, "seconds"),
    "status": _status,
    "retryAfter": lambda body: whole(body, "retryAfter"),
    "processed": lambda body: flag(body, "processed", default=True),
}


def _snake_case(member: str) -> str:
    return "retry_after" if member == "retryAfter" else member


def _document(fault: ServiceFault, now: float) -> Document:
    name = next(name for name, (kind, _) in _KINDS.items() if type(fault) is kind)
    values = attrs.asdict(fault)
    document: Document = {"kind": name, **{member: values[member] for member in ("method", "path", "count")}}
    document["seconds"] = None if fault.until is None else max(0.0, fault.until - now)
    return {**document, **{member: values[_snake_case(member)] for member in _KINDS[name][1]}}
