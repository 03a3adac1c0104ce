"""Sending a request again when that is safe, and waiting as long as the service asks.

Retry is about one request whose answer failed; waiting for a long-running operation is polling, see
`vmss_sdk.operation`.
"""

from __future__ import annotations

import math
from itertools import count
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.errors import (
    ClientUsageError,
    RequestNotSentError,
    ResponseLostError,
    TransportError,
    UntrustedCertificateError,
)
from vmss_sdk.transport import log
from vmss_sdk.transport.base import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tenacity import RetryCallState

    from vmss_sdk.transport.base import Clock, Request, Transport

__all__ = ["RetryPolicy", "RetryingTransport", "retry_after"]

_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
_TOO_MANY_REQUESTS = 429
_UNAVAILABLE = 503
_LONGEST = 3600.0

Outcome = Response | TransportError


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """How many seconds the service asks to wait.

    ``Retry-After`` in seconds or as an HTTP date, then ``retry-after-ms``, then ``x-ms-retry-after-ms``;
    0 is an answer, and a date in the past means 0. A date counts from the answer's own ``Date``, so that it does not
    matter which of the two clocks is wrong.

    CHOICE: never more than an hour. Azure asks for minutes; more is a mistake (a date without ``Date`` and a wrong
    clock), and to ask once an hour harms nobody.

    Args:
        headers: Of the response.
        now: Seconds since 1970-01-01 UTC, for dates of an answer without ``Date``.

    Returns:
        Seconds, or None when the service does not say or what it says cannot be read.
    """
    seconds = _asked(headers, now)
    return None if seconds is None else min(seconds, _LONGEST)


def _asked(headers: Mapping[str, str], now: float) -> float | None:
    if (text := headers.get("Retry-After")) is not None:
        seconds = _number(text)
        if seconds is None:
            seconds = _seconds_until(text, headers.get("Date"), now)
        if seconds is not None:
            return seconds
    for name in ("retry-after-ms", "x-ms-retry-after-ms"):
        if (text := headers.get(name)) is not None and (milliseconds := _number(text)) is not None:
            return milliseconds / 1000
    return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return max(0.0, value) if math.isfinite(value) else None


def _seconds_until(date: str, said_at: str | None, now: float) -> float | None:
    then = _moment(date)
    if then is None:
        return None
    reference = _moment(said_at) if said_at else None
    return max(0.0, then - (now if reference is None else reference))


def _moment(date: str) -> float | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return None


def _positive(_: RetryPolicy, field: attrs.Attribute[float], value: float) -> None:
    if not (math.isfinite(value) and value >= 0):
        raise ClientUsageError(f"RetryPolicy.{field.name} must be a finite number of seconds >= 0, got {value!r}")


def _at_least_one(_: RetryPolicy, field: attrs.Attribute[int], value: int) -> None:
    if type(value) is not int or value < 1:
        raise ClientUsageError(f"RetryPolicy.{field.name} must be a whole number >= 1 (1 = no retry), got {value!r}")


@attrs.frozen(kw_only=True)
class RetryPolicy:
    """When and how often a request is sent again.

    GET, HEAD, PUT and DELETE are repeated after any status of `statuses` and after every connection error.
    POST and PATCH are repeated only when they provably were not processed: the request was not sent, the
    service throttled it (429), or it said 503 with a Retry-After. What the service asks to wait wins over
    the backoff, which is exponential with full jitter: a random time up to ``base * 2 ** (n - 1)``, at most `cap`.

    Attributes:
        attempts: How often a request is sent at most, the first time included.
        base: Seconds, the upper end of the first backoff.
        cap: Seconds, the upper end of every backoff.
        deadline: Seconds for all attempts and pauses together; a pause that would end later is not begun.
        statuses: HTTP statuses that are worth another attempt.

    Raises:
        ClientUsageError: The values contradict each other.
    """

    attempts: int = attrs.field(default=4, validator=_at_least_one)
    base: float = attrs.field(default=0.8, validator=_positive)
    cap: float = attrs.field(default=60.0, validator=_positive)
    deadline: float = attrs.field(default=300.0, validator=_positive)
    statuses: frozenset[int] = frozenset({408, 429, 500, 502, 503, 504})

    def __attrs_post_init__(self) -> None:
        if self.cap < self.base:
            raise ClientUsageError(f"RetryPolicy.cap ({self.cap} s) must be at least RetryPolicy.base ({self.base} s)")

    @classmethod
    def none(cls) -> RetryPolicy:
        """Every request is sent once."""
        return cls(attempts=1)

    def wants_another(self, request: Request, outcome: Outcome) -> bool:
        """Whether this outcome is worth another attempt, attempts and deadline apart."""
        if isinstance(outcome, TransportError):
            return _safe_after_error(request, outcome)
        return outcome.status in self.statuses and _safe_after_status(request, outcome)


def _safe_after_error(request: Request, error: TransportError) -> bool:
    if isinstance(error, UntrustedCertificateError):
        return False
    if isinstance(error, ResponseLostError):
        return request.method in _IDEMPOTENT
    return isinstance(error, RequestNotSentError)


def _safe_after_status(request: Request, response: Response) -> bool:
    if request.method in _IDEMPOTENT or response.status == _TOO_MANY_REQUESTS:
        return True
    # CHOICE: a service that says "unavailable, come back in n seconds" turned the request away at the door.
    return response.status == _UNAVAILABLE and retry_after(response.headers, 0.0) is not None


class RetryingTransport:
    """A transport that sends again, by a policy, through another transport.

    All its waiting goes by the inner transport's clock.

    Args:
        inner: Sends each request once.
        policy: When to send again.
    """

    def __init__(self, inner: Transport, policy: RetryPolicy) -> None:
        self.inner = inner
        self.policy = policy

    @property
    def clock(self) -> Clock:
        """The inner transport's clock."""
        return self.inner.clock

    def close(self) -> None:
        """Close the inner transport."""
        self.inner.close()

    def send(self, request: Request) -> Response:
        """Send a request until an answer comes that is worth no other attempt.

        Returns:
            The last answer, whatever its status.

        Raises:
            TransportError: The last attempt brought no answer.
        """
        started = self.clock.now()
        outcome = self._attempt(request, 1)
        if self.policy.attempts > 1 and self.policy.wants_another(request, outcome):
            outcome = self._again(request, outcome, started)
        if isinstance(outcome, TransportError):
            raise outcome
        return outcome

    def _attempt(self, request: Request, number: int) -> Outcome:
        logger = log.listener(log.DEBUG)
        if logger is None:
            return self._once(request)
        began = self.clock.now()
        outcome = self._once(request)
        log.exchange(logger, request, outcome, number, self.clock.now() - began)
        return outcome

    def _once(self, request: Request) -> Outcome:
        try:
            return self.inner.send(request)
        except TransportError as error:
            return error

    def _again(self, request: Request, first: Outcome, started: float) -> Outcome:
        """Go on after a first attempt that failed. Only here tenacity is needed, and so imported."""
        from tenacity import Retrying, wait_random_exponential

        backoff = wait_random_exponential(multiplier=self.policy.base, max=self.policy.cap)
        numbers = count(2)
        had = [first]

        def attempt() -> Outcome:
            return had.pop() if had else self._attempt(request, next(numbers))

        def pause(state: RetryCallState) -> float:
            asked = self._asked_to_wait(_outcome(state))
            return backoff(state) if asked is None else asked

        retrying: Callable[..., Outcome] = Retrying(
            retry=lambda state: self.policy.wants_another(request, _outcome(state)),
            wait=pause,
            stop=lambda state: self._must_stop(state, started),
            sleep=self.clock.sleep,
            before_sleep=lambda state: self._tell(request, state),
            retry_error_callback=_outcome,
        )
        return retrying(attempt)

    def _tell(self, request: Request, state: RetryCallState) -> None:
        if (logger := log.listener(log.INFO)) is None:
            return
        outcome = _outcome(state)
        logger.info(
            "%s %s: attempt %d of %d brought %s; the next one in %.1f s%s",
            request.method,
            log.shown(request.url),
            state.attempt_number,
            self.policy.attempts,
            outcome.status if isinstance(outcome, Response) else type(outcome).__name__,
            state.upcoming_sleep,
            "" if self._asked_to_wait(outcome) is None else ", as the service asks",
        )

    def _asked_to_wait(self, outcome: Outcome) -> float | None:
        return retry_after(outcome.headers, self.clock.now()) if isinstance(outcome, Response) else None

    def _must_stop(self, state: RetryCallState, started: float) -> bool:
        # tenacity's own stop_after_delay reads the process clock, which does not move with a virtual one.
        elapsed = self.clock.now() - started
        return state.attempt_number >= self.policy.attempts or elapsed + state.upcoming_sleep > self.policy.deadline


def _outcome(state: RetryCallState) -> Any:
    assert state.outcome is not None  # tenacity asks only after an attempt
    return state.outcome.result()
