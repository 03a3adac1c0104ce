"""Faults of the service as a whole: it throttles, breaks, or never answers, whatever the request is about."""

from __future__ import annotations

import math
from typing import Any, Final, NoReturn

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm import limits
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem, document
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.routing import Route
from vmss_sdk.emulator.arm.service_fault_records import ServiceFault
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.engine.common.refusals import Refused
from vmss_sdk.emulator.engine.platform.clock import ScaledClock

__all__ = ["BROKEN", "DropConnection", "NoAnswerError", "ServerError", "Throttle"]

BROKEN: Final = {
    500: ErrorReason.INTERNAL,
    502: ErrorReason.BAD_GATEWAY,
    503: ErrorReason.SERVICE_UNAVAILABLE,
    504: ErrorReason.GATEWAY_TIMEOUT,
}
"""The statuses that a `ServerError` may have."""
_CAUSE = {500: "gateway", 504: "service"}
"""Who is said to have raised it (wire.md 1, 7.1); of the others nothing was recorded."""

_WAIT = 5.0
"""CHOICE: seconds that a throttled client is asked to wait when the fault has no end of its own."""
_WINDOW = 60.0
"""CHOICE: seconds over which requests are counted; the reported body is of a time with windows of 3 and 30 minutes."""


class NoAnswerError(Exception):
    """The connection is to be closed without an answer.

    Attributes:
        processed: Whether the request was processed before.
    """

    def __init__(self, *, processed: bool) -> None:
        self.processed = processed
        super().__init__("a dropConnection fault is set: this request gets no answer")


@attrs.define(kw_only=True)
class Throttle(ServiceFault):
    """Too many requests: 429, and nothing is processed.

    Attributes:
        retry_after: What ``Retry-After`` says, in seconds; None: as long as the fault lasts.
    """

    retry_after: int | None = None

    def answer(self, call: Call, route: Route) -> Reply:
        """Source: wire.md 1.2."""
        policy, allowed, headers = limits.exhausted(route)
        error = document(Problem(ErrorReason.THROTTLED))
        # CHOICE: one more than allowed, whatever was really sent
        counts = {"allowedRequestCount": allowed, "measuredRequestCount": allowed + 1}
        measured = {"operationGroup": policy, **_window(call.state.now), **counts}
        facts = {"group": policy, "measured": wire.encode(measured).decode()}
        error["details"] = [document(Problem(ErrorReason.TOO_MANY_REQUESTS, facts))]
        return Reply(429, {"error": error}, {**headers, "Retry-After": self._wait(call)})

    def _wait(self, call: Call) -> str:
        if self.retry_after is not None:
            return str(self.retry_after)
        state = call.state
        seconds = _WAIT if self.until is None else self.until - state.now
        if state.skip_on_poll:  # who cannot wait in virtual time is not made to wait in real time either
            state.clock.advance(seconds)
            return "0"
        if isinstance(state.clock, ScaledClock) and state.clock.factor > 0:
            seconds /= state.clock.factor
        return str(max(1, math.ceil(seconds)))


@attrs.define(kw_only=True)
class ServerError(ServiceFault):
    """The service, or something before it, is broken.

    Attributes:
        status: 500, 502, 503 or 504.
        retry_after: What ``Retry-After`` says, in seconds; None: the header is absent.
        processed: Whether the request is processed all the same.
    """

    status: int = 500
    retry_after: int | None = None
    processed: bool = False

    def answer(self, call: Call, route: Route) -> Reply:
        """CHOICE: the texts of 502 and 503."""
        if self.processed:
            _process(call, route)
        subscription = call.values.get("subscriptionId", "")
        facts = {"time": time_text(call.state.now), "tracking": call.request_id, "subscription": subscription}
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        if self.status in _CAUSE:
            headers["x-ms-failure-cause"] = _CAUSE[self.status]
        return Reply(self.status, {"error": document(Problem(BROKEN[self.status], facts))}, headers)


@attrs.define(kw_only=True)
class DropConnection(ServiceFault):
    """The connection breaks before there is an answer.

    Attributes:
        processed: Whether the request was processed.
    """

    processed: bool = True

    def answer(self, call: Call, route: Route) -> NoReturn:
        """Nothing."""
        if self.processed:
            _process(call, route)
        raise NoAnswerError(processed=self.processed)


def _process(call: Call, route: Route) -> None:
    """What the request would have been answered is lost, a refusal too."""
    try:
        route.handler(call)
    except (ArmError, Refused):
        return


def _window(now: float) -> dict[str, Any]:
    return {"startTime": time_text(now - _WINDOW), "endTime": time_text(now)}
