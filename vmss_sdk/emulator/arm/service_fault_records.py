"""Records of faults of the service as a whole, and the requests that they hit."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import attrs

__all__ = ["ServiceFault", "ServiceFaults"]


@attrs.define(kw_only=True)
class ServiceFault:
    """What all of them have.

    Attributes:
        method: Which method it hits; None: any.
        path: Which paths it hits, a pattern with ``*`` in lower case; None: any but those of
            the control plane and of Entra ID, which is another service.
        count: How many more requests it hits; None: until it is removed or over.
        until: When it is over, in seconds since 1970-01-01 UTC; None: never.
    """

    method: str | None = None
    path: str | None = None
    count: int | None = None
    until: float | None = None

    def is_over(self, now: float) -> bool:
        """Whether it will hit nothing any more."""
        return self.count == 0 or (self.until is not None and now >= self.until)

    def hits(self, method: str, path: str, *, named_only: bool = False) -> bool:
        """Whether it hits this request; if so, that is counted.

        Args:
            method: Upper case.
            path: Lower case.
            named_only: Whether only a fault that names its paths can hit it.
        """
        if named_only and self.path is None:
            return False
        if self.method not in (None, method) or (self.path is not None and not fnmatchcase(path, self.path)):
            return False
        if self.count is not None:
            self.count -= 1
        return True

    def answer(self, call: Any, route: Any) -> Any:
        """The `replies.Reply` that a request gets which it hits; whoever implements it says ``Call`` and ``Route``.

        Raises:
            NoAnswerError: It gets none.
        """
        raise NotImplementedError(f"{type(self).__name__} must say what it answers")


@attrs.define
class ServiceFaults:
    """The faults of the service, in the order in which they are tried."""

    items: list[ServiceFault] = attrs.field(factory=list)

    def current(self, now: float) -> list[ServiceFault]:
        """Those that are not over."""
        self.items[:] = [fault for fault in self.items if not fault.is_over(now)]
        return self.items

    def find(self, method: str, path: str, now: float, *, named_only: bool = False) -> ServiceFault | None:
        """The one that hits this request, which is counted; None: it goes its way.

        Args:
            method: Of the request, upper case.
            path: Of the request, lower case.
            now: The moment of the request.
            named_only: Whether only a fault that names its paths can hit it.
        """
        found = self.current(now) if self.items else []
        return next((fault for fault in found if fault.hits(method, path, named_only=named_only)), None)
