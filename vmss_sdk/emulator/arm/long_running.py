"""Answers that start a long-running operation, or tell how far one is (wire.md 1)."""

from __future__ import annotations

import math
import re
from typing import Any

from vmss_sdk.emulator.arm import limits
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["accepted", "first_wait", "not_ended", "soon", "started"]

_SECOND = {"Retry-After": "1"}
_READS_MILLISECONDS = re.compile(r"azsdk-python|vmss-sdk", re.IGNORECASE)
"""By their User-Agent: clients that wait by ``retry-after-ms`` when there is no ``Retry-After``."""


def started(
    call: Call, scale_set: ScaleSet, operation: Operation, status: int, document: Any, *, retry: bool = True
) -> Reply:
    """A PUT or PATCH was begun: the resource, and where to ask how far it is."""
    headers = _operation_headers(call, scale_set, operation)
    if "etag" in document:
        headers["ETag"] = document["etag"]
    headers.update(first_wait(call, recorded=retry))
    return Reply(status, document, headers)


def accepted(call: Call, scale_set: ScaleSet, operation: Operation, *, retry: bool = False) -> Reply:
    """A DELETE or an action was begun: 202, no body, and where to ask how far it is."""
    headers = _operation_headers(call, scale_set, operation)
    headers["Location"] = _operation_url(call, scale_set, operation, "monitor=true&")
    headers.update(first_wait(call, recorded=retry))
    return Reply(202, None, headers)


def not_ended(call: Call, operation: Operation | None = None) -> dict[str, str]:
    """How long one who polls, an operation of a scale set or something else, should wait.

    On a virtual clock until the next event that matters, in that clock's time: nobody waits for it in real time. Where
    asking is what moves the clock on, clients that read ``Retry-After`` alone (go-azure-sdk, which is Terraform's, and
    JavaScript's) would wait 2 to 10 seconds by themselves, so they are told the least that they can read: 1, as
    several of them take 0 for nothing said. The others go by ``Retry-After`` first, and are not given it.
    """
    state = call.state
    if state.clock.kind != "virtual":
        return soon(call)
    if state.skip_on_poll:
        return soon(call)
    moment = state.next_event() if operation is None else state.next_end(call.subscription_id, operation)
    seconds = 0.0 if moment is None else moment - state.now
    return {"retry-after-ms": str(max(1, math.ceil(seconds * 1000)))}


def soon(call: Call) -> dict[str, str]:
    """How long to wait for what is there already."""
    return {"retry-after-ms": "1", **_virtual_wait(call)} if call.state.clock.kind == "virtual" else dict(_SECOND)


def first_wait(call: Call, *, recorded: bool = True) -> dict[str, str]:
    """How long one should wait before the first poll.

    CHOICE: Azure's 10 seconds only where time is real; on a clock that is faster they would cost real time, as would
    the 10 seconds that go-azure-sdk waits where it is told nothing.

    Args:
        call: The request that began the operation.
        recorded: Whether Azure's answers to such requests tell it.
    """
    if call.state.clock.kind == "system":
        return {"Retry-After": "10"} if recorded else {}
    return dict(_SECOND) if call.state.clock.kind == "scaled" else _virtual_wait(call)


def _virtual_wait(call: Call) -> dict[str, str]:
    told = call.state.skip_on_poll and not _READS_MILLISECONDS.search(call.request.headers.get("User-Agent", ""))
    return dict(_SECOND) if told else {}


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
    place = seeded_random.guid(scale_set.settings.seed, "operations", call.subscription_id, location)
    path = ("providers", "Microsoft.Compute", "locations", location, "operations", operation.id)
    url = call.link("subscriptions", call.subscription_id, *path)
    return f"{url}?p={place}&{extra}api-version={call.api_version}"
