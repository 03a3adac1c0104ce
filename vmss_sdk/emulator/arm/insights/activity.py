"""Keeps what a request did, once it is answered."""

from __future__ import annotations

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.identity.access import asked
from vmss_sdk.emulator.arm.insights.records import ActivityEntry

__all__ = ["note"]

_READS = ("GET", "HEAD")


def note(call: Call, status: int, code: str = "", message: str = "") -> None:
    """Keep what a request did, if it is one that writes something of a subscription.

    Args:
        call: The request, answered.
        status: The HTTP status of the answer.
        code: Of the error, if there is one.
        message: Of the error.
    """
    method, segments = call.request.method.upper(), call.url.path.segments
    if method in _READS or call.route is None or len(segments) < 2 or segments[0].lower() != "subscriptions":  # noqa: PLR2004
        return
    action, scope = asked(call)
    headers, caller = call.request.headers, call.caller
    entry = ActivityEntry(
        at=call.state.now,
        subscription_id=segments[1],
        caller=caller.object_id if caller else "",
        client_id=caller.client_id if caller else "",
        method=method,
        action=action,
        scope=scope,
        status=status,
        request_id=call.request_id,
        correlation_id=headers.get("x-ms-correlation-request-id", "")[:36] or call.request_id,
        client_request_id=headers.get("x-ms-client-request-id", "")[:36],
        code=code,
        message=message,
    )
    call.state.activity.add(entry)
