"""When a request is sent again, how long the pause is, and when it ends."""

from email.utils import formatdate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transport.stand_in import CountingClock
from vmss_sdk import (
    ClientUsageError,
    ForeignHostError,
    Request,
    RequestNotSentError,
    Response,
    ResponseLostError,
    ResponseTimeoutError,
    RetryPolicy,
    UntrustedCertificateError,
)
from vmss_sdk.transport.base import Headers
from vmss_sdk.transport.retry import RetryingTransport, retry_after

NOW = 1_700_000_000.0
URL = "https://management.azure.com/x"


class Script:
    """A transport that gives prepared outcomes, the last one again and again."""

    def __init__(self, *outcomes: Response | Exception) -> None:
        self.clock = CountingClock(NOW)
        self.outcomes = list(outcomes)
        self.requests: list[Request] = []

    def send(self, request: Request) -> Response:
        self.requests.append(request)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self) -> None:
        """Nothing is open."""


def send(method: str, *outcomes: Response | Exception, **policy: Any) -> tuple[Script, Any]:
    """Send through a script; gives the script and the response or the error."""
    script = Script(*outcomes)
    try:
        return script, RetryingTransport(script, RetryPolicy(**policy)).send(Request(method, URL, {"x-id": "7"}))
    except Exception as error:
        return script, error


OK = Response(200)
REPEATED = ["GET", "HEAD", "PUT", "DELETE"]
ONCE = ["POST", "PATCH"]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
@pytest.mark.parametrize("method", REPEATED)
def test_what_may_be_repeated_is_repeated(method: str, status: int) -> None:
    """An idempotent request is sent again after every passing failure."""
    script, outcome = send(method, Response(status), OK)

    assert (outcome, len(script.requests)) == (OK, 2)


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
@pytest.mark.parametrize("method", ONCE)
def test_a_post_that_may_have_run_is_not_repeated(method: str, status: int) -> None:
    """A reimage must not run twice because its answer was a 500."""
    script, outcome = send(method, Response(status), OK)

    assert (outcome.status, len(script.requests)) == (status, 1)


@pytest.mark.parametrize(
    "turned_away",
    [
        Response(429),
        Response(429, {"Retry-After": "1"}),
        Response(503, {"Retry-After": "1"}),
        RequestNotSentError("no"),
    ],
    ids=["429", "429 with Retry-After", "503 with Retry-After", "never sent"],
)
@pytest.mark.parametrize("method", [*ONCE, *REPEATED])
def test_what_provably_did_not_run_is_repeated(method: str, turned_away: Response | Exception) -> None:
    """Any request is sent again when the service provably did not process it."""
    script, outcome = send(method, turned_away, OK)

    assert (outcome, len(script.requests)) == (OK, 2)


@pytest.mark.parametrize("error", [ResponseLostError("reset"), ResponseTimeoutError("silence")])
@pytest.mark.parametrize(("method", "attempts"), [("GET", 2), ("PUT", 2), ("DELETE", 2), ("POST", 1), ("PATCH", 1)])
def test_a_lost_answer_repeats_only_what_may_be_repeated(method: str, attempts: int, error: Exception) -> None:
    """After a lost answer nobody knows whether the request ran."""
    script, _ = send(method, error, OK)

    assert len(script.requests) == attempts


@pytest.mark.parametrize("status", [200, 201, 202, 204, 304, 400, 401, 403, 404, 409, 412])
def test_other_answers_are_final(status: int) -> None:
    """Success and refusal are handed on at once, also with a Retry-After."""
    script, outcome = send("GET", Response(status, {"Retry-After": "1"}))

    assert (outcome.status, len(script.requests), script.clock.naps) == (status, 1, [])


@pytest.mark.parametrize("error", [UntrustedCertificateError("no"), ForeignHostError("no"), ClientUsageError("no")])
def test_what_cannot_become_better_is_not_repeated(error: Exception) -> None:
    """A refused certificate, a foreign host and a wrong argument stay wrong."""
    script, outcome = send("GET", error)

    assert (outcome, len(script.requests)) == (error, 1)


def test_a_request_is_sent_four_times_by_default() -> None:
    """Then the last answer is handed on."""
    script, outcome = send("GET", Response(500), Response(500), Response(500), Response(503, {"x": "last"}))

    assert (outcome.headers["x"], len(script.requests)) == ("last", 4)


def test_the_last_error_is_raised() -> None:
    """When no attempt brought an answer, the last error comes out, not one of tenacity."""
    last = ResponseLostError("second")
    script, outcome = send("GET", RequestNotSentError("first"), last, attempts=2)

    assert (outcome, len(script.requests)) == (last, 2)


def test_every_attempt_is_the_same_request() -> None:
    """Headers, so also x-ms-client-request-id, stay the same."""
    script, _ = send("GET", Response(500))

    assert all(request is script.requests[0] for request in script.requests)


def test_none_sends_once() -> None:
    """RetryPolicy.none() turns retries off."""
    script = Script(Response(500))

    RetryingTransport(script, RetryPolicy.none()).send(Request("GET", URL))

    assert len(script.requests) == 1


@given(st.integers(1, 12), st.floats(0.0, 10.0), st.floats(0.0, 50.0))
def test_the_backoff_is_at_most_exponential(attempts: int, base: float, more: float) -> None:
    """Each pause is between 0 and base * 2**(n-1), never above the cap (full jitter)."""
    script, _ = send("GET", Response(500), attempts=attempts, base=base, cap=base + more, deadline=1e9)

    assert len(script.clock.naps) == attempts - 1
    assert all(0 <= nap <= min(base + more, base * 2**n) for n, nap in enumerate(script.clock.naps))


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "17"}, 17.0),
        ({"Retry-After": "0"}, 0.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"x-ms-retry-after-ms": "1500"}, 1.5),
        ({"Retry-After": formatdate(NOW + 42, usegmt=True)}, 42.0),
        ({"Retry-After": formatdate(NOW - 42, usegmt=True)}, 0.0),
        ({"Retry-After": formatdate(5042, usegmt=True), "Date": formatdate(5000, usegmt=True)}, 42.0),
        ({"Retry-After": formatdate(5000, usegmt=True), "Date": formatdate(5042, usegmt=True)}, 0.0),
        ({"Retry-After": formatdate(NOW + 42, usegmt=True), "Date": "yesterday"}, 42.0),
        ({"Retry-After": "3", "retry-after-ms": "1"}, 3.0),
        ({"Retry-After": "soon", "retry-after-ms": "1000"}, 1.0),
    ],
)
def test_what_the_service_asks_wins_over_the_backoff(headers: dict[str, str], pause: float) -> None:
    """Seconds, HTTP dates (by the service's own clock), milliseconds, and 0 are honoured to the letter."""
    script, _ = send("GET", Response(429, headers), OK)

    assert script.clock.naps == [pause]


@pytest.mark.parametrize("text", ["", "soon", "nan", "inf", "1e999", "Fri, 99 Foo 2023 00:00:00 GMT"])
def test_nonsense_in_retry_after_says_nothing(text: str) -> None:
    """What cannot be read counts as not said."""
    assert retry_after(Headers({"Retry-After": text}), NOW) is None


@pytest.mark.parametrize(
    "headers",
    [{"Retry-After": "999999999999"}, {"Retry-After": formatdate(NOW + 9e6, usegmt=True)}, {"retry-after-ms": "1e15"}],
    ids=["seconds", "date", "milliseconds"],
)
def test_retry_after_is_an_hour_at_most(headers: dict[str, str]) -> None:
    """A wrong clock or a wrong figure does not stop a client for ever."""
    assert retry_after(Headers(headers), NOW) == 3600.0


@given(st.text())
def test_retry_after_is_never_negative(text: str) -> None:
    """Whatever a service writes there, the pause is None or at least 0."""
    pause = retry_after(Headers({"Retry-After": text}), NOW)

    assert pause is None or pause >= 0


def test_the_deadline_goes_by_the_transports_clock() -> None:
    """A pause that would end after the deadline is not begun; no real time passes."""
    script, outcome = send("GET", Response(429, {"Retry-After": "40"}), attempts=100, deadline=100)

    assert (script.clock.naps, outcome.status) == ([40.0, 40.0], 429)


def test_a_wait_beyond_the_deadline_is_handed_to_the_caller() -> None:
    """When the service asks for an hour, the caller learns that at once."""
    script, outcome = send("GET", Response(429, {"Retry-After": "3600"}))

    assert (script.clock.naps, outcome.headers["Retry-After"]) == ([], "3600")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"attempts": 0}, "attempts must be a whole number >= 1"),
        ({"attempts": True}, "attempts must be a whole number >= 1"),
        ({"base": -1.0}, "base must be a finite number of seconds >= 0"),
        ({"deadline": float("inf")}, "deadline must be a finite number"),
        ({"base": 2.0, "cap": 1.0}, r"cap \(1.0 s\) must be at least RetryPolicy.base \(2.0 s\)"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(values: dict[str, Any], text: str) -> None:
    """The error names the relation that does not hold."""
    with pytest.raises(ClientUsageError, match=text):
        RetryPolicy(**values)


def test_a_keyboard_interrupt_ends_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while waiting for the next attempt comes out at once."""
    script = Script(Response(500))

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(script.clock, "sleep", interrupt)

    with pytest.raises(KeyboardInterrupt):
        RetryingTransport(script, RetryPolicy()).send(Request("GET", URL))
    assert len(script.requests) == 1
