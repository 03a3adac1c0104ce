"""Faults of a scale set on the control plane: what goes wrong in a rehearsal.

Some are kept until they are cleared or used up, and listed; the others happen at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.scale_sets import is_resource_name
from vmss_sdk.emulator.arm.control import events as control_events
from vmss_sdk.emulator.arm.control.input import (
    any_text,
    count,
    flag,
    health_state,
    instance_ids,
    members,
    number,
    only,
    optional_text,
    refuse,
    text,
    whole,
)
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.guest import health
from vmss_sdk.emulator.engine.platform import faults
from vmss_sdk.emulator.engine.platform.faults import Fault
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["add", "clear", "list_all"]

Document = dict[str, Any]

_ATTRIBUTES = {"instanceIds": "instance_ids", "exitCode": "exit_code"}
"""Where the member's name is not the attribute's."""


def _zone(scale_set: ScaleSet, body: Document) -> str:
    zones = [str(zone) for zone in scale_set.document.get("zones") or []]
    zone = str(body.get("zone"))
    if zone not in zones:
        there = f"one of {', '.join(zones)}" if zones else f"but scale set '{scale_set.name}' has no zones"
        refuse("zone", f"'zone' must be {there}.")
    return zone


def _names(scale_set: ScaleSet, body: Document) -> list[str]:
    if not scale_set.flexible:
        refuse("names", f"'{scale_set.name}' is a Uniform scale set: only the instances of a Flexible one have names.")
    names = body.get("names")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        refuse("names", '\'names\' must be a list of names, for example ["web1", "web2"].')
    for position, name in enumerate(names):
        if not is_resource_name(name):
            refuse("names", f"'names' has '{name}', which is no name for a virtual machine.")
        if name.lower() in {other.lower() for other in names[:position]}:
            refuse("names", f"'names' has '{name}' twice.")
    return names


_READ: dict[str, Callable[[ScaleSet, Document], Any]] = {
    "instanceIds": instance_ids,
    "count": lambda _, body: count(body, "count"),
    "state": lambda _, body: health_state(body),
    "extension": lambda _, body: optional_text(body, "extension", "'install'"),
    "code": lambda _, body: text(body, "code", "'OSProvisioningTimedOut'"),
    "message": lambda _, body: optional_text(body, "message", "'the disk is full'"),
    "left": lambda _, body: whole(body, "left"),
    "zone": _zone,
    "seconds": lambda _, body: number(body, "seconds"),
    "command": lambda _, body: text(body, "command", "'deploy-*' or 'RunShellScript'"),
    "script": lambda _, body: text(body, "script", "'*systemctl*'"),
    "exitCode": lambda _, body: whole(body, "exitCode", least=-(2**31)),
    "output": lambda _, body: any_text(body, "output"),
    "error": lambda _, body: any_text(body, "error"),
    "names": _names,
    "preempts": lambda _, body: flag(body, "preempts", default=False),
}
"""How each member is read; one that is null or not given keeps the fault's default."""


@attrs.frozen
class _Kind:
    """How a kind of fault is written: its class and its members, of which some have to be there."""

    fault: type[Fault]
    members: tuple[str, ...]
    required: tuple[str, ...] = ()

    def read(self, scale_set: ScaleSet, body: Document) -> Fault:
        """The fault that a body describes.

        Raises:
            ArmError: A member is wrong, missing, or belongs to another kind.
        """
        only(body, *self.members)
        given = [name for name in self.members if name in self.required or body.get(name) is not None]
        return self.fault(**{_ATTRIBUTES.get(name, name): _READ[name](scale_set, body) for name in given})


_NAMED = ("instanceIds", "count")
_KINDS = {
    "conflict": _Kind(faults.Conflict, (*_NAMED, "preempts")),
    "unhealthyAfterUpgrade": _Kind(faults.UnhealthyAfterUpgrade, (*_NAMED, "state")),
    "provisioningFailure": _Kind(faults.ProvisioningFailure, (*_NAMED, "code", "message")),
    "extensionFailure": _Kind(faults.ExtensionFailure, (*_NAMED, "extension", "code", "message")),
    "quota": _Kind(faults.QuotaExhausted, ("left",)),
    "zoneDown": _Kind(faults.ZoneDown, ("zone",), required=("zone",)),
    "slowBoot": _Kind(faults.SlowBoot, (*_NAMED, "seconds"), required=("seconds",)),
    "machineNames": _Kind(faults.MachineNames, ("names",), required=("names",)),
    "scriptAnswer": _Kind(
        faults.ScriptAnswer, (*_NAMED, "command", "script", "exitCode", "output", "error", "seconds")
    ),
}
_NAMES = {kind.fault: name for name, kind in _KINDS.items()}
_HEALTH = ("health", "unhealthyAfterUpgrade")
"""The kinds with which what instances report is over as well."""
_MEMBERS = sorted({name for kind in _KINDS.values() for name in kind.members} | control_events.MEMBERS)


def list_all(call: Call) -> Reply:
    """The faults that are set, in the order in which they are tried, and health that was set by hand."""
    scale_set = call.scale_set()
    forced = [
        {"kind": "health", "instanceIds": [instance.id], "state": instance.forced_health.value}
        for instance in scale_set.instances.values()
        if instance.forced_health is not None
    ]
    return Reply(200, {"value": [*map(_document, scale_set.faults.items), *forced]})


def add(call: Call) -> Reply:
    """Set a fault: 201. What happens at once: 200."""
    scale_set = call.scale_set()
    body = members(call, "kind", *_MEMBERS)
    name = body.get("kind")
    event = control_events.EVENTS.get(str(name))
    if event is not None:
        return Reply(200, {"kind": name, **event(scale_set, body)})
    kind = _KINDS.get(str(name))
    if kind is None:
        refuse("kind", f"'kind' must be one of {', '.join([*_KINDS, *control_events.EVENTS])}.")
    fault = kind.read(scale_set, body)
    if isinstance(fault, faults.MachineNames):
        _refuse_taken(call, fault.names)
    scale_set.faults.items.append(fault)
    return Reply(201, _document(fault))


def _refuse_taken(call: Call, names: list[str]) -> None:
    """A name is one machine's in the whole resource group, and one machine's to come."""
    taken = set()
    for scale_set in call.state.scale_sets_of(call.subscription_id, call.values["resourceGroupName"]):
        waiting = [fault.names for fault in scale_set.faults.items if isinstance(fault, faults.MachineNames)]
        there = [instance.name for instance in scale_set.instances.values()]
        taken |= {name.lower() for some in (there, *waiting) for name in some}
    for name in names:
        if name.lower() in taken:
            refuse("names", f"'names' has '{name}', which another virtual machine of the resource group has.")


def clear(call: Call) -> Reply:
    """Take the faults away, all or (``?kind=``) those of a kind; instances report their true health again."""
    scale_set = call.scale_set()
    name = call.query.get("kind")
    known = {kind.lower(): kind for kind in (*_KINDS, "health")}
    if name is not None and name.lower() not in known:
        refuse("kind", f"'kind' must be one of {', '.join(known.values())}.")
    wanted = None if name is None else known[name.lower()]
    kept = [fault for fault in scale_set.faults.items if wanted is not None and _NAMES[type(fault)] != wanted]
    scale_set.faults.items[:] = kept
    if wanted is None or wanted in _HEALTH:
        _clear_reported_health(scale_set)
    return Reply(204)


def _clear_reported_health(scale_set: ScaleSet) -> None:
    for instance in scale_set.instances.values():
        if instance.forced_health is not None:
            health.set_reported_health(scale_set, instance, None)


def _document(fault: Fault) -> Document:
    name = _NAMES[type(fault)]
    found = {member: getattr(fault, _ATTRIBUTES.get(member, member)) for member in _KINDS[name].members}
    if found.get("instanceIds") is not None:
        found["instanceIds"] = list(found["instanceIds"])
    return {"kind": name, **found}
