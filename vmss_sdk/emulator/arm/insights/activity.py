"""What is kept of who did what: one entry for each request that writes, the newest of them."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING

import attrs

from vmss_sdk.emulator.arm.identity.access import asked

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["ActivityEntry", "ActivityLog", "note"]

Key = tuple[str, ...]

_MOST = 500
"""CHOICE: Azure keeps 90 days; a bound, so that an emulator that runs for long does not fill the memory."""
_READS = ("GET", "HEAD")
_DIGITS = 12


@attrs.frozen(kw_only=True)
class ActivityEntry:
    """A request that was to change something.

    Attributes:
        at: When, seconds since 1970-01-01 UTC.
        subscription_id: Where.
        caller: The object id of who asked; empty where nobody is asked.
        client_id: The application's id.
        method: PUT, PATCH, POST or DELETE.
        action: What it was about to do, as ARM names it.
        scope: Over what.
        status: The HTTP status of the answer.
        request_id: That of the answer; of the operation that it began, if it began one.
        correlation_id: By which requests belong together.
        client_request_id: What the client called it.
        code: Of the error, if it was refused.
        message: Of the error.
    """

    at: float
    subscription_id: str
    caller: str
    client_id: str
    method: str
    action: str
    scope: str
    status: int
    request_id: str
    correlation_id: str
    client_request_id: str = ""
    code: str = ""
    message: str = ""


@attrs.define(kw_only=True, eq=False)
class ActivityLog:
    """The newest entries, by growing numbers."""

    items: MutableMapping[Key, ActivityEntry]

    def add(self, entry: ActivityEntry) -> None:
        """Keep an entry; the oldest makes way when there are too many."""
        newest = max(self.items, default=("0",))
        self.items[str(int(newest[0]) + 1).zfill(_DIGITS),] = entry
        if len(self.items) > _MOST:
            del self.items[min(self.items)]

    def of(self, subscription_id: str) -> Iterator[ActivityEntry]:
        """The entries of a subscription, the oldest first."""
        wanted = subscription_id.lower()
        return (self.items[key] for key in sorted(self.items) if self.items[key].subscription_id.lower() == wanted)


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
