"""Answers: plain ones, and those that start a long-running operation (wire.md 1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.arm import limits
from vmss_sdk.emulator.engine import chance

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.state import State
    from vmss_sdk.emulator.engine.operation import Operation
    from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["Reply", "accepted", "etag", "not_ended", "started"]


@attrs.define
class Reply:
    """What a handler answers.

    Attributes:
        status: The HTTP status.
        document: The body; None: empty.
        headers: Besides those that every answer has.
        content: A body that is no JSON; its type is among the headers.
    """

    status: int = 200
    document: Any = None
    headers: dict[str, str] = attrs.field(factory=dict)
    content: bytes = attrs.field(default=b"", repr=False)


def etag(number: int) -> str:
    """An etag as it is written in bodies and headers."""
    return f'"{number}"'


def started(
    call: Call, scale_set: ScaleSet, operation: Operation, status: int, document: Any, *, retry: bool = True
) -> Reply:
    """A PUT or PATCH was begun: the resource, and where to ask how far it is."""
    headers = _operation_headers(call, scale_set, operation)
    if "etag" in document:
        headers["ETag"] = document["etag"]
    if retry:
        headers.update(_first_wait(call.state))
    return Reply(status, document, headers)


def accepted(call: Call, scale_set: ScaleSet, operation: Operation, *, retry: bool = False) -> Reply:
    """A DELETE or an action was begun: 202, no body, and where to ask how far it is."""
    headers = _operation_headers(call, scale_set, operation)
    headers["Location"] = _operation_url(call, scale_set, operation, "monitor=true&")
    if retry:
        headers.update(_first_wait(call.state))
    return Reply(202, None, headers)


def not_ended(state: State) -> dict[str, str]:
    """How long one who polls should wait.

    On a virtual clock until the next event, in that clock's time: nobody waits for it in real time.
    """
    if state.clock.kind != "virtual":
        return {"Retry-After": "1"}
    moment = None if state.skip_on_poll else state.next_event()
    seconds = 0.0 if moment is None else moment - state.now
    return {"retry-after-ms": str(max(1, math.ceil(seconds * 1000)))}


def _first_wait(state: State) -> dict[str, str]:
    # CHOICE: Azure's 10 seconds only where time is real; they would cost real time on a clock that is faster
    return {"Retry-After": "10"} if state.clock.kind == "system" else {}


def _operation_headers(call: Call, scale_set: ScaleSet, operation: Operation) -> dict[str, str]:
    call.request_id = operation.id
    headers = {
        "Azure-AsyncOperation": _operation_url(call, scale_set, operation),
        "Azure-AsyncNotification": "Enabled",
    }
    if not scale_set.flexible:
        return {**headers, "x-ms-request-charge": str(operation.instance_count)}
    # recorded: what is done to a Flexible scale set is not charged as calls to its machines
    return {**headers, **(limits.flexible_headers(call.route) if call.route else {})}


def _operation_url(call: Call, scale_set: ScaleSet, operation: Operation, extra: str = "") -> str:
    """CHOICE: without the signature that Azure appends since 2023."""
    location = str(scale_set.document["location"])
    place = chance.guid(scale_set.settings.seed, "operations", call.subscription_id, location)
    path = ("providers", "Microsoft.Compute", "locations", location, "operations", operation.id)
    url = call.link("subscriptions", call.subscription_id, *path)
    return f"{url}?p={place}&{extra}api-version={call.api_version}"
