"""Long-running operations: which URL is polled, when, what ends it, and what the result is."""

from email.utils import formatdate
from typing import Any

import pytest

from tests.client.scripted import (
    MONITOR,
    NOW,
    OPERATION,
    POLL,
    WEB,
    WEB_URL,
    accepted,
    answer,
    ended,
    put,
    reimage,
    running,
    scale_set,
    scripted,
)
from vmss_sdk import (
    ALL_INSTANCES,
    ClientUsageError,
    DecodeError,
    NotFoundError,
    OperationCanceledError,
    OperationFailedError,
    OperationTimeoutError,
    ResponseLostError,
    RetryPolicy,
    RollingUpgradeFailedError,
    UnexpectedAnswerError,
    VirtualMachineScaleSet,
    VmssError,
)


def test_azure_asyncoperation_is_polled_before_location() -> None:
    """A POST names both; only the first is polled, and a result of None needs no fetch of the Location."""
    operation, script = reimage(accepted(), running(), ended())

    operation.result()

    assert script.sent[1:] == [f"GET {POLL}", f"GET {POLL}"]


def test_a_put_ends_with_a_get_of_the_resource() -> None:
    """After success the scale set is fetched: the first answer showed it as it was at the beginning."""
    operation, script = put(
        answer(201, scale_set("Creating"), azure_asyncoperation=POLL), ended(), answer(200, scale_set("Succeeded"))
    )

    assert operation.result().provisioning_state == "Succeeded"
    assert script.sent == [f"PUT {WEB_URL}", f"GET {POLL}", f"GET {WEB_URL}"]


def test_a_resource_location_in_the_answer_wins_over_the_resource() -> None:
    """When the service says where the result is, it is fetched there."""
    operation, script = put(
        answer(200, scale_set("Updating"), azure_asyncoperation=POLL),
        ended(resourceLocation=f"{WEB}-moved?api-version=2026-04-01"),
        answer(200, scale_set("Succeeded")),
    )

    operation.result()

    assert script.sent[-1] == f"GET {WEB}-moved?api-version=2026-04-01"


def test_location_alone_is_polled_until_it_is_no_202() -> None:
    """202 means running and may name a new Location; another success is the end."""
    client, script = scripted(
        answer(202, location=MONITOR), answer(202, location=f"{OPERATION}-b?monitor=true"), answer(202), answer(200)
    )

    client.scale_set("rg", "web").delete().result()

    assert script.sent[1:] == [f"GET {MONITOR}", *[f"GET {OPERATION}-b?monitor=true"] * 2]


def test_without_headers_the_provisioning_state_is_polled() -> None:
    """A PUT that names no address is watched by the resource itself, whose last state is the result."""
    operation, script = put(
        answer(201, scale_set("Creating")), answer(200, scale_set("Updating")), answer(200, scale_set("Succeeded"))
    )

    assert operation.result().provisioning_state == "Succeeded"
    assert script.sent[1:] == [f"GET {WEB_URL}"] * 2


@pytest.mark.parametrize("body", [scale_set("Succeeded"), scale_set()], ids=["succeeded", "no state"])
def test_a_200_that_is_done_is_not_polled(body: dict[str, Any]) -> None:
    """200 with Succeeded, or without any state, is the result."""
    operation, script = put(answer(200, body))

    assert (operation.done(), operation.result().name, len(script.sent)) == (True, "web", 1)


def test_a_201_without_state_is_asked_again() -> None:
    """Created is not yet ready: the resource is fetched once more."""
    operation, script = put(answer(201, scale_set()), answer(200, scale_set()))

    operation.result()

    assert len(script.sent) == 2


@pytest.mark.parametrize("status", [200, 204])
def test_a_post_or_delete_without_headers_is_done(status: int) -> None:
    """200 or 204 without an address to poll is the end, for example DELETE of what is not there."""
    client, script = scripted(answer(status))

    assert client.scale_set("rg", "web").delete().result() is None
    assert len(script.sent) == 1


def test_a_202_without_any_address_is_an_error() -> None:
    """Accepted, but nobody says how it ends: that is not success."""
    with pytest.raises(UnexpectedAnswerError, match="202 without Azure-AsyncOperation and Location"):
        reimage(answer(202))


def test_the_first_retry_after_is_waited_for() -> None:
    """PUT answers Retry-After: 10 (wire.md 1), and that is the first pause."""
    operation, script = put(
        answer(200, scale_set("Updating"), azure_asyncoperation=POLL, retry_after="10"),
        ended(),
        answer(200, scale_set()),
    )

    operation.result()

    assert script.clock.naps == [10.0]


def test_without_a_first_retry_after_the_first_poll_comes_at_once() -> None:
    """POST actions ask for no pause (wire.md 1): what ends at once costs no wait; then the interval holds."""
    operation, script = reimage(accepted(), running(), running(), ended())

    operation.result()

    assert script.clock.naps == [30.0, 30.0]


def test_the_interval_is_the_clients() -> None:
    """polling_interval holds where the service does not say."""
    operation, script = reimage(accepted(), running(), ended(), polling_interval=2.5)

    operation.result()

    assert script.clock.naps == [2.5]


@pytest.mark.parametrize(
    ("headers", "naps"),
    [
        ({"retry_after": "37"}, [37.0]),
        ({"retry_after": "0"}, []),
        ({"retry_after_ms": "1500"}, [1.5]),
        ({"x_ms_retry_after_ms": "20"}, [0.02]),
        ({"retry_after": formatdate(NOW + 7, usegmt=True)}, [7.0]),
    ],
)
def test_the_retry_after_of_a_poll_is_honoured(headers: dict[str, str], naps: list[float]) -> None:
    """Seconds, milliseconds, dates, and 0: no other pause."""
    operation, script = reimage(accepted(), running(**headers), ended())

    operation.result()

    assert script.clock.naps == pytest.approx(naps)


@pytest.mark.parametrize("word", ["Succeeded", "succeeded", "SUCCEEDED"])
def test_success_in_any_case_is_success(word: str) -> None:
    """Terminal words are read without regard to case."""
    operation, _ = reimage(accepted(), ended(word))

    operation.wait()

    assert operation.status == "Succeeded"


@pytest.mark.parametrize("word", ["Canceled", "Cancelled", "canceled"])
def test_both_spellings_of_canceled_end_it(word: str) -> None:
    """The peer polls Cancelled for ever."""
    operation, _ = reimage(accepted(), ended(word))

    with pytest.raises(OperationCanceledError):
        operation.result()
    assert operation.cancelled


def test_an_unknown_word_means_running() -> None:
    """Services have more words than InProgress."""
    operation, script = reimage(accepted(), ended("Updating"), ended())

    operation.result()

    assert len(script.sent) == 3


def test_a_failed_operation_has_the_services_error() -> None:
    """Code, message, target and details of the poll's body are on the exception (wire.md 4)."""
    error = {
        "code": "VMExtensionProvisioningError",
        "message": "VM has reported a failure when processing extension 'x'.",
        "target": "0",
        "details": [{"code": "Inner", "message": "because", "target": "t"}],
    }
    operation, _ = reimage(accepted(), ended("Failed", error))

    with pytest.raises(OperationFailedError) as caught:
        operation.result()

    failure = caught.value
    assert (failure.code, failure.message, failure.target) == (error["code"], error["message"], "0")
    assert [(d.code, d.message, d.target) for d in failure.details] == [("Inner", "because", "t")]
    assert (failure.operation_id, failure.operation_url, failure.status) == ("op-1", POLL, "Failed")
    assert "POST" in str(failure)
    assert "- Inner (target: t): because" in str(failure)


@pytest.mark.parametrize(
    "code",
    [
        "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade",
        "MaxUnhealthyInstancePercentExceededInRollingUpgrade",
        "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
    ],
)
def test_a_rolling_upgrade_stopped_by_health_has_its_own_type(code: str) -> None:
    """The three codes of the gates (wire.md 7) can be caught by themselves."""
    operation, _ = reimage(accepted(), ended("Failed", {"code": code, "message": "Rolling Upgrade failed"}))

    with pytest.raises(RollingUpgradeFailedError) as caught:
        operation.result()
    assert caught.value.code == code


def test_failed_without_a_reason_says_so() -> None:
    """The peer says "invalid status 'OK'" here."""
    operation, _ = reimage(accepted(), ended("Failed"))

    with pytest.raises(OperationFailedError, match="ended as Failed; the service gave no reason"):
        operation.result()


def test_a_failed_provisioning_state_is_a_failure() -> None:
    """Also an operation that is watched by its resource can fail."""
    operation, _ = put(answer(201, scale_set("Creating")), answer(200, scale_set("Failed")))

    with pytest.raises(OperationFailedError):
        operation.result()


def test_wait_does_not_care_how_it_ends() -> None:
    """Then wait returns where result raises."""
    operation, _ = reimage(accepted(), ended("Failed"))

    operation.wait()

    assert operation.done()


@pytest.mark.parametrize("poll", [answer(200), answer(200, {"name": "op-1"}), answer(200, {"status": 3})])
def test_a_poll_without_status_is_an_error(poll: Any) -> None:
    """Nobody would know when to stop."""
    operation, _ = reimage(accepted(), poll)

    with pytest.raises(UnexpectedAnswerError):
        operation.wait()


def test_a_poll_that_is_html_is_an_error_with_an_excerpt() -> None:
    """A proxy's page is no status."""
    page = answer(200)
    operation, _ = reimage(accepted(), type(page)(200, {"Content-Type": "text/html"}, b"<html><b>Log in</b></html>"))

    with pytest.raises(DecodeError, match="Log in"):
        operation.wait()


def test_an_error_while_polling_leaves_the_operation_usable() -> None:
    """The error has the operation's URL and a token; waiting again goes on."""
    operation, script = reimage(
        accepted(),
        answer(404, {"error": {"code": "NotFound", "message": "gone"}}),
        ResponseLostError("reset"),
        ended(),
        retry=RetryPolicy.none(),
    )

    with pytest.raises(NotFoundError) as caught:
        operation.wait()
    with pytest.raises(ResponseLostError):
        operation.wait()
    operation.wait()

    assert caught.value.operation_url == POLL
    assert caught.value.resume_token == operation.resume_token
    assert script.clock.naps == [30.0, 30.0]


def test_a_throttled_poll_sets_the_next_pause() -> None:
    """Retry-After of a refused poll is honoured by the next wait."""
    operation, script = reimage(accepted(), answer(429, retry_after="99"), ended(), retry=RetryPolicy.none())

    with pytest.raises(VmssError):
        operation.wait()
    operation.wait()

    assert script.clock.naps == [99.0]


def test_result_raises_when_the_time_is_over() -> None:
    """The peer returns the last poll's body as if it were the result."""
    operation, script = reimage(accepted(), running(retry_after="20"))

    with pytest.raises(OperationTimeoutError, match="did not end within 50 s") as caught:
        operation.result(timeout=50)

    assert script.clock.naps == [20.0, 20.0, 10.0]
    assert caught.value.resume_token == operation.resume_token
    assert isinstance(caught.value, TimeoutError)


def test_at_the_end_of_the_time_it_is_asked_once_more() -> None:
    """An operation that ended during the last pause is no timeout."""
    operation, script = reimage(accepted(), running(), ended())

    operation.result(timeout=5)

    assert script.clock.naps == [5.0]


def test_a_timeout_of_zero_asks_once() -> None:
    """result(timeout=0) is a question, not a wait."""
    operation, script = reimage(accepted(retry_after="10"), running())

    with pytest.raises(OperationTimeoutError):
        operation.result(timeout=0)
    assert (len(script.sent), script.clock.naps) == (2, [])


@pytest.mark.parametrize("timeout", [-1, float("nan")])
def test_a_negative_timeout_is_refused(timeout: float) -> None:
    """Nothing is asked."""
    operation, script = reimage(accepted(), running())

    with pytest.raises(ClientUsageError, match="timeout"):
        operation.wait(timeout)
    assert len(script.sent) == 1


def test_waiting_can_go_on_after_a_timeout() -> None:
    """The operation does not mind."""
    operation, _ = reimage(accepted(), running(), running(), ended())

    with pytest.raises(OperationTimeoutError):
        operation.result(timeout=1)
    operation.result()

    assert operation.status == "Succeeded"


def test_done_asks_only_when_a_poll_is_due() -> None:
    """A loop around done() neither hammers the service nor waits."""
    client, script = scripted(accepted(retry_after="10"), running(retry_after="10"), ended())
    operation = client.scale_set("rg", "web").reimage(["0"])

    answers = []
    for _ in range(5):
        answers.append(operation.done())
        client.clock.sleep(5)

    assert answers == [False, False, False, False, True]
    assert len(script.sent) == 3


def test_a_keyboard_interrupt_leaves_the_operation_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C during the wait comes out at once, and a later wait goes on."""
    operation, script = reimage(accepted(retry_after="10"), ended())

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(script.clock, "sleep", interrupt)
        with pytest.raises(KeyboardInterrupt):
            operation.result()
    operation.result()

    assert len(script.sent) == 2


def test_one_request_id_for_the_whole_call() -> None:
    """Request, polls and final GET share x-ms-client-request-id; the next call has another."""
    client, script = scripted(
        answer(200, scale_set(), azure_asyncoperation=POLL), running(), ended(), answer(200, scale_set())
    )
    client.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet(location="westus")).result()
    client.scale_set("rg", "web").get()

    ids = [request.headers["x-ms-client-request-id"] for request in script.requests]

    assert len(set(ids[:4])) == 1
    assert ids[4] != ids[0]


def test_progress_is_reported_after_every_answer() -> None:
    """The callback sees each status, the last included."""
    seen: list[str] = []
    operation, _ = reimage(accepted(), running(), running(), ended())

    operation.on_progress(lambda o: seen.append(o.status)).result()

    assert seen == ["InProgress", "InProgress", "Succeeded"]


def test_the_result_is_fetched_once() -> None:
    """Asking again for the result costs no request."""
    operation, script = put(answer(200, scale_set(), azure_asyncoperation=POLL), ended(), answer(200, scale_set()))

    assert operation.result() == operation.result()
    assert len(script.sent) == 3


def test_the_operation_id_is_in_the_url_before_the_first_poll() -> None:
    """Then the service's own name for it counts."""
    operation, _ = reimage(accepted())

    assert (operation.operation_id, operation.url, operation.status) == ("op-1", POLL, "InProgress")


def test_repr_names_verb_and_state() -> None:
    """The repr of an operation names verb and state, without the query."""
    client, _ = scripted(accepted())

    operation = client.scale_set("rg", "web").restart(ALL_INSTANCES)

    assert repr(operation) == f"<Operation op-1 POST {WEB}/restart: InProgress>"
