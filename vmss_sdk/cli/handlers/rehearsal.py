"""A running emulator: what time it is there, what goes wrong, what is published."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.arguments import SCALE_SET
from vmss_sdk.cloud import DEFAULT_SUBSCRIPTION
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._selection import ALL_INSTANCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles.emulator import EmulatedScaleSet, EmulatorClock, EmulatorControl
    from vmss_sdk.records import ClockReading, Fault

__all__ = [
    "add_fault",
    "clear_faults",
    "clock",
    "event",
    "instances",
    "list_faults",
    "publish_extension",
    "publish_image",
    "reset",
    "status",
]

_MEMBERS = {"health": "state", "stdout": "output", "stderr": "error"}
"""Where a flag cannot be called as the member is, because every command has such a flag for something else."""


def status(call: Call) -> Any:
    """Everything in a few lines."""
    found = _service(call).status()
    named = [{"name": line["id"].rpartition("/")[2], **line} for line in found["scaleSets"]]
    return {**found, "scaleSets": named}


def clock(call: Call) -> ClockReading:
    """The time, after it was moved when that was wanted.

    Raises:
        ClientUsageError: Two ways to move it were named.
    """
    moves: dict[str, Callable[[EmulatorClock, Any], ClockReading]] = {
        "advance": lambda it, seconds: it.advance(seconds),
        "speed": lambda it, factor: it.set_speed(factor),
        "skip": lambda it, _: it.skip(),
        "settle": lambda it, _: it.settle(),
        "freeze": lambda it, _: it.set_speed(0),
    }
    values = vars(call.args)
    wanted = [name for name in moves if values[name] is not None and values[name] is not False]
    if len(wanted) > 1:
        raise ClientUsageError(f"--{wanted[0]} and --{wanted[1]} cannot be had at once: say one of them")
    it = _service(call).clock
    return moves[wanted[0]](it, values[wanted[0]]) if wanted else it.read()


def publish_image(call: Call) -> Any:
    """A new version of an image."""
    versions = _service(call).publish_image(call.args.image, call.args.version)
    return {"image": call.args.image, "version": call.args.version, "versions": versions}


def publish_extension(call: Call) -> None:
    """A new version of an extension's handler."""
    _service(call).publish_extension_handler(call.args.handler, call.args.version)


def reset(call: Call) -> None:
    """Start over."""
    call.confirm("This forgets every resource of the emulator and all its faults. Go on?")
    _service(call).reset()


def instances(call: Call) -> Any:
    """What only the emulator knows of instances."""
    return _scale_set(call).instances()


def list_faults(call: Call) -> list[dict[str, Any]]:
    """What goes wrong."""
    return [_shown(fault) for faults in _faults(call) for fault in faults.list()]


def clear_faults(call: Call) -> None:
    """Nothing goes wrong any more."""
    for faults in _faults(call):
        faults.clear(call.args.kind and _camel(call.args.kind))


def add_fault(call: Call) -> dict[str, Any]:
    """Let something go wrong: the command's last word is the kind, its flags are the members."""
    faults = _scale_set(call).faults if hasattr(call.args, "name") else _service(call).faults
    members = {_camel(name): value for name, value in _given_flags(call).items()}
    if members.get("instanceIds") is ALL_INSTANCES:
        members["instanceIds"] = None
    return _shown(faults.add(_camel(call.command.path[-1]), **members))


def event(call: Call) -> None:
    """Let something happen: the command's last word is the client's method, its flags are the parameters."""
    given, scale_set = _given_flags(call), _scale_set(call)
    if "instance_ids" in given:
        named = given.pop("instance_ids")
        everything = named is ALL_INSTANCES
        given["instances"] = [one.instance_id for one in scale_set.instances()] if everything else named
    if given.get("state") == "Actual":
        given["state"] = None
    getattr(scale_set, call.command.path[-1].replace("-", "_"))(**given)


def _given_flags(call: Call) -> dict[str, Any]:
    """The values of a command's own flags, by their names."""
    own = [argument.flags[0] for argument in call.command.arguments if argument not in SCALE_SET]
    names = [flag.lstrip("-").replace("-", "_") for flag in own]
    given = {_MEMBERS.get(name, name): getattr(call.args, name) for name in names}
    if "instance_ids" in given:
        given["instance_ids"] = call.instances()
    return given


def _service(call: Call) -> EmulatorControl:
    """The emulator as a whole, for which it does not matter whose subscription it is."""
    call.args.subscription = call.args.subscription or os.environ.get("AZURE_SUBSCRIPTION_ID") or DEFAULT_SUBSCRIPTION
    return call.client.emulator


def _scale_set(call: Call) -> EmulatedScaleSet:
    return call.client.emulator.scale_set(call.resource_group, call.scale_set_name)


def _faults(call: Call) -> list[Any]:
    """Those of a scale set when one is named; else those of the service, and of the scale set that is the default."""
    if call.args.name or call.args.resource_group:
        return [_scale_set(call).faults]
    found: list[Any] = [_service(call).faults]
    if call.group and os.environ.get("AZURE_DEFAULTS_VMSS"):
        found.append(_scale_set(call).faults)
    return found


def _shown(fault: Fault) -> dict[str, Any]:
    return {"kind": fault.kind, **fault.members}


def _camel(name: str) -> str:
    first, *more = name.replace("-", "_").split("_")
    return first + "".join(map(str.capitalize, more))
