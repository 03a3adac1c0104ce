"""Records of the activity log: one entry for each writing request, the newest of them."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

import attrs

__all__ = ["ActivityEntry", "ActivityLog"]

Key = tuple[str, ...]

_MOST = 500
"""CHOICE: Azure keeps 90 days; a bound, so that an emulator that runs for long does not fill the memory."""
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
