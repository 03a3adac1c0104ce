"""Twins of scale sets: captured, and brought up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vmss_sdk import wire
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.twin import Twin

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call

__all__ = ["capture", "load"]


def capture(call: Call) -> Any:
    """The twin of a scale set, as JSON."""
    twin = _captured(call)
    for sentence in twin.document["notCaptured"]:
        call.note(f"WARNING: not captured: {sentence}")
    return twin.document


def load(call: Call) -> Any:
    """Bring a twin up; where nothing says whose subscription it is, its own."""
    twin = Twin.read(call.args.twin)
    call.args.subscription = call.args.subscription or twin.subscription_id
    for sentence in call.client.emulator.load(twin):
        call.note(f"WARNING: {sentence}")
    return call.client.scale_set(twin.resource_group, twin.name).get()


def _captured(call: Call) -> Twin:
    if call.args.from_json is None:
        if call.args.instances_json is not None:
            raise ClientUsageError("--instances-json needs --from-json")
        return Twin.capture(call.scale_set)
    instances = [] if call.args.instances_json is None else _json(call.args.instances_json, list)
    return Twin.of(_json(call.args.from_json, dict), instances)


def _json(path: str, kind: type[Any]) -> Any:
    """The JSON of a file, or of standard input.

    Raises:
        ClientUsageError: It cannot be read, or is something else.
    """
    try:
        found = wire.decode(sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise ClientUsageError(f"cannot read '{path}': {error}") from None
    if not isinstance(found, kind):
        raise ClientUsageError(f"'{path}' holds {type(found).__name__}, expected {kind.__name__}")
    return found
