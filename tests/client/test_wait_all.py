"""Waiting for many operations: few threads, everybody is asked in time, one bad one does not stop the rest."""

import threading
from typing import Any

import pytest

from tests.client.scripted import ENDPOINT, SUBSCRIPTION, answer, scripted
from vmss_sdk import (
    ClientUsageError,
    NotFoundError,
    Operation,
    OperationTimeoutError,
    Request,
    Response,
    RetryPolicy,
    VmssClient,
    VmssError,
    wait_all,
)
from vmss_sdk.transport.base import WallClock


class Service:
    """Many operations at once: each ends at its n-th poll; notes the threads that asked."""

    def __init__(self, clock: Any, polls: int, retry_after: str) -> None:
        self.clock = clock
        self.polls = polls
        self.retry_after = retry_after
        self.asked: dict[str, int] = {}
        self.threads: set[str] = set()
        self.most_threads = 0
        self._lock = threading.Lock()

    def send(self, request: Request) -> Response:
        name = request.url.partition("?")[0].rpartition("/")[2]
        if request.method == "POST":
            return answer(202, azure_asyncoperation=f"{ENDPOINT}/operations/{request.url.split('/')[-2]}")
        with self._lock:
            self.asked[name] = self.asked.get(name, 0) + 1
            self.threads.add(threading.current_thread().name)
            self.most_threads = max(self.most_threads, threading.active_count())
            over = self.asked[name] >= self.polls
        if name == "bad":
            return answer(404, {"error": {"code": "NotFound", "message": "gone"}})
        status = "Succeeded" if over else "InProgress"
        return answer(200, {"status": status, "name": name}, retry_after=self.retry_after)

    def close(self) -> None:
        """Nothing is open."""


def begin(service: Service, *names: str) -> list[Operation[None]]:
    client = VmssClient(SUBSCRIPTION, endpoint=ENDPOINT, transport=service, retry=RetryPolicy.none())
    return [client.scale_set("rg", name).restart(["0"]) for name in names]


def virtual() -> Any:
    return scripted(answer())[0].clock


def test_a_hundred_operations_need_at_most_eighteen_threads() -> None:
    """In real time 16 workers and the caller do it; all operations end."""
    service = Service(WallClock(), polls=3, retry_after="0.01")
    operations = begin(service, *(f"w{n}" for n in range(100)))
    before = threading.active_count()

    wait_all(operations)

    assert all(operation.status == "Succeeded" for operation in operations)
    assert set(service.asked.values()) == {3}
    assert service.most_threads - before <= 16


def test_a_slow_service_is_asked_by_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as operations are asked too late, others help; a poll that hangs does not hold up the rest."""
    monkeypatch.setattr("vmss_sdk._waiting._LATE", 0.0)
    service = Service(WallClock(), polls=1, retry_after="0")
    operations = begin(service, *(f"w{n}" for n in range(40)))
    rest_is_done = threading.Event()
    operations[0].on_progress(lambda _: rest_is_done.wait(10))

    def finish(_: object) -> None:
        if all(operation.has_ended for operation in operations[1:]):
            rest_is_done.set()

    for operation in operations[1:]:
        operation.on_progress(finish)

    wait_all(operations)

    assert rest_is_done.is_set()
    assert 2 <= len(service.threads) <= 16


def test_a_virtual_clock_needs_no_thread() -> None:
    """On a clock that only counts the caller asks, one after the other, each when it is due."""
    service = Service(virtual(), polls=4, retry_after="5")
    operations = begin(service, "a", "b", "c")

    wait_all(operations)

    assert service.threads == {threading.current_thread().name}
    assert sum(service.clock.naps) == 15.0


def test_nobody_waits_for_the_slowest() -> None:
    """Each operation keeps its own rhythm."""
    service = Service(virtual(), polls=1, retry_after="5")
    slow = Service(service.clock, polls=3, retry_after="1000")
    ended_at: dict[str, float] = {}
    operations = [*begin(slow, "slow"), *begin(service, "quick")]
    started = service.clock.now()
    for operation in operations:
        operation.on_progress(lambda o: ended_at.setdefault(str(o.operation_id), o.has_ended and service.clock.now()))

    wait_all(operations)

    assert ended_at["quick"] == started
    assert service.clock.now() == started + 2000


def test_the_timeout_is_for_all_together() -> None:
    """The error counts the unfinished and has a token for each."""
    quick, slow = Service(virtual(), 1, "5"), Service(virtual(), 1000, "5")
    slow.clock = quick.clock
    operations = [*begin(quick, "a"), *begin(slow, "b", "c")]

    with pytest.raises(OperationTimeoutError, match="2 of 3 operations did not end within 60 s") as caught:
        wait_all(operations, timeout=60)

    assert sum(quick.clock.naps) == 60.0
    assert caught.value.resume_tokens == tuple(operation.resume_token for operation in operations[1:])


@pytest.mark.parametrize("clock", [WallClock(), virtual()], ids=["real", "virtual"])
def test_one_that_cannot_be_polled_does_not_stop_the_others(clock: Any) -> None:
    """The others are waited for first; then its error comes out, in the caller's thread."""
    service = Service(clock, polls=3, retry_after="0.01")
    operations = begin(service, "a", "bad", "b")

    with pytest.raises(NotFoundError) as caught:
        wait_all(operations)

    assert [operation.status for operation in operations] == ["Succeeded", "InProgress", "Succeeded"]
    assert caught.value.resume_token == operations[1].resume_token


def test_several_errors_are_all_told() -> None:
    """The first is raised, the others are its notes."""
    service = Service(virtual(), polls=1, retry_after="1")
    operations = [*begin(service, "bad"), *begin(service, "bad")]

    with pytest.raises(VmssError) as caught:
        wait_all(operations)
    assert len(caught.value.__notes__) == 1


@pytest.mark.parametrize("clock", [WallClock(), virtual()], ids=["real", "virtual"])
def test_a_callback_that_fails_is_the_callers_error(clock: Any) -> None:
    """It comes out of wait_all, whatever the thread."""
    operations = begin(Service(clock, polls=2, retry_after="0"), "a", "b")

    def show(_: object) -> None:
        raise LookupError("in the callback")

    operations[0].on_progress(show)

    with pytest.raises(LookupError, match="in the callback"):
        wait_all(operations)
    assert operations[1].has_ended


def test_what_has_ended_is_not_asked() -> None:
    """Waiting twice costs nothing the second time, and waiting for nothing is no error."""
    service = Service(virtual(), polls=1, retry_after="1")
    operations = begin(service, "a")
    wait_all(operations)

    wait_all(operations)
    wait_all([])

    assert service.asked == {"a": 1}


def test_different_clocks_cannot_be_waited_for_together() -> None:
    """There is no common time."""
    operations = [*begin(Service(virtual(), 1, "1"), "a"), *begin(Service(virtual(), 1, "1"), "b")]

    with pytest.raises(ClientUsageError, match="different clocks"):
        wait_all(operations)


def test_an_interrupt_ends_a_wait_with_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C comes out at once and leaves the operations usable."""
    service = Service(WallClock(), polls=3, retry_after="0")
    operations = begin(service, "a", "b")

    caller = threading.current_thread()

    def interrupt(*_: object) -> None:
        if threading.current_thread() is caller:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("vmss_sdk._waiting._WorkerPool._start_worker_if_late", interrupt)
        with pytest.raises(KeyboardInterrupt):
            wait_all(operations)
    wait_all(operations)

    assert all(operation.has_ended for operation in operations)
