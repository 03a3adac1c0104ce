"""The emulator object: clocks, waiting, threads."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.emulator.arm.azure import SET, Azure, model, rolling
from vmss_sdk import Request, wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm import gateway
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.platform.clock import ScaledClock, VirtualClock
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.emulator.store.memory import MemoryStore

EXACT = Settings(timings=Timings.exact())
OPERATION = "Azure-AsyncOperation"


def frozen(factor_when_started: float = 60.0) -> ScaledClock:
    """A scaled clock that stands still between the requests of a test; only its kind is of interest."""
    clock = ScaledClock(factor_when_started, start=0.0)
    clock.now = lambda: 0.0  # type: ignore[method-assign]  # no wall clock in tests
    return clock


def waits(emulator: Emulator) -> tuple[dict[str, str], dict[str, str]]:
    """What a PUT and a poll say about waiting."""
    azure = Azure(emulator)
    azure.group()
    created = azure.put(model())
    poll = azure.send("GET", created.headers[OPERATION])
    names = ("Retry-After", "retry-after-ms")
    first, then = ({name: r.headers[name] for name in names if name in r.headers} for r in (created, poll))
    return first, then


def test_waiting_in_virtual_time() -> None:
    """Nobody is made to wait in real time; a poll says how much virtual time to let pass."""
    assert waits(Emulator(settings=EXACT)) == ({}, {"retry-after-ms": "75000"})


def test_waiting_in_scaled_time() -> None:
    """A second before the first poll and between polls."""
    assert waits(Emulator(frozen(60.0), EXACT)) == ({"Retry-After": "1"}, {"Retry-After": "1"})


def test_waiting_in_real_time() -> None:
    """Azure's 10 seconds after a PUT, a second between polls."""
    assert waits(Emulator(frozen(1.0), EXACT)) == ({"Retry-After": "10"}, {"Retry-After": "1"})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_which_writes_tell_azures_wait(method: str) -> None:
    """Writes to the scale set do; actions and writes to an instance do not (wire.md 1)."""
    azure = Azure(Emulator(frozen(1.0), Settings(timings=Timings.instant())))
    azure.group()
    azure.put(model())
    path = f"{SET}/virtualMachines/0"
    assert "Retry-After" not in azure.post(f"{SET}/restart").headers
    assert "Retry-After" not in azure.send(method if method != "PATCH" else "PUT", path, {}).headers
    assert azure.send(method, SET, {}).headers["Retry-After"] == "10"


def test_polls_that_skip() -> None:
    """With skip_on_poll every poll moves a virtual clock to the next event, so that polling alone ends it."""
    azure = Azure(Emulator(settings=EXACT, skip_on_poll=True))
    azure.group()
    response = azure.put(rolling(5))
    for _ in range(50):
        poll = azure.send("GET", response.headers[OPERATION])
        if poll.json()["status"] != "InProgress":
            break
        assert poll.headers["retry-after-ms"] == "1"
    assert poll.json()["status"] == "Succeeded"


def test_polls_of_the_result_skip_too() -> None:
    """So do those who poll the Location, also of a resource group's deletion."""
    azure = Azure(Emulator(settings=EXACT, skip_on_poll=True))
    azure.group()
    azure.put(model())
    for response in (azure.send("DELETE", SET), azure.send("DELETE", SET.partition("/providers/")[0])):
        statuses = [azure.send("GET", response.headers["Location"]).status for _ in range(8)]
        assert statuses[-1] == 200


def test_skip_on_poll_is_for_virtual_clocks() -> None:
    """A clock that runs by itself is left alone."""
    clock = frozen()
    azure = Azure(Emulator(clock, EXACT, skip_on_poll=True))
    azure.group()
    poll = azure.send("GET", azure.put(model()).headers[OPERATION])
    assert (poll.json()["status"], poll.headers["Retry-After"]) == ("InProgress", "1")


def test_clock_is_the_given_one() -> None:
    """Who waits on the emulator's clock waits on the one that was given; by default it is virtual."""
    clock = VirtualClock(5.0)
    assert Emulator(clock).clock is clock
    assert Emulator().clock.kind == "virtual"


def test_page_size_is_checked() -> None:
    """A page has at least one item."""
    with pytest.raises(ValueError, match="page_size is 0"):
        Emulator(page_size=0)


def test_same_story_same_answers() -> None:
    """Two emulators that are asked the same answer the same, ids and times included."""

    def story() -> list[tuple[Any, ...]]:
        azure = Azure(Emulator())
        azure.group()
        answers = [azure.put(model()), azure.post(f"{SET}/reimage"), azure.send("GET", f"{SET}/virtualMachines")]
        return [(answer.status, dict(answer.headers), answer.body) for answer in answers]

    assert story() == story()


def test_a_store_is_shared() -> None:
    """What one emulator put in a store another one finds."""
    store = MemoryStore()
    Azure(Emulator(settings=EXACT, store=store)).create()
    assert Azure(Emulator(settings=EXACT, store=store)).get()["name"] == "web"


GROUP = SET.partition("/providers/")[0]
KEPT = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"
_SEEN = (GROUP, f"{GROUP}/resources", SET, f"{SET}/virtualMachines?$expand=instanceView", f"{SET}/instanceView", KEPT)
_WRITES: list[tuple[str, str, Any]] = [
    ("PUT", GROUP, {"location": "westus2", "tags": {"a": "1"}}),
    ("PUT", SET, rolling(3)),
    ("PUT", KEPT, {"location": "westus2", "tags": {"a": "1"}, "properties": {"subnets": []}}),
    ("PATCH", GROUP, {"tags": {"b": "2"}}),
    ("PATCH", SET, {"tags": {"b": "2"}, "sku": {"name": "Standard_D2s_v3", "capacity": 4}}),
    ("PATCH", KEPT, {"tags": {"b": "2"}}),
    ("PUT", f"{SET}/virtualMachines/0", {"location": "westus2", "properties": {"protectionPolicy": {}}}),
    ("POST", f"{SET}/reimage", {"instanceIds": ["1"]}),
    ("POST", f"{SET}/virtualMachines/1/powerOff", None),
    ("POST", "/_emulator/clock", {"advance": 3600}),
    ("DELETE", f"{SET}/virtualMachines/2", None),
    ("DELETE", KEPT, None),
    ("POST", "/_emulator/clock", {"advance": 3600}),
    ("DELETE", GROUP, None),
    ("POST", "/_emulator/clock", {"advance": 3600}),
]


def test_an_answer_does_not_change_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written as JSON while others act already: what they change is not in it."""
    made: list[tuple[gateway.Answer, bytes]] = []

    def answer(state: State, request: Request) -> gateway.Answer:
        found = gateway.answer(state, request)
        made.append((found, wire.encode(found.document)))
        return found

    monkeypatch.setattr("vmss_sdk.emulator.app.answer", answer)
    azure = Azure()
    for method, path, body in _WRITES:
        assert azure.send(method, path, body).status < 300, (method, path)
        for seen in _SEEN:
            azure.send("GET", seen)
    assert len(made) == len(_WRITES) * (1 + len(_SEEN))
    assert [found.status for found, text in made if wire.encode(found.document) != text] == []


def test_threads() -> None:
    """Requests of many threads are done one after the other: none is lost."""
    azure = Azure()
    azure.create(model(0))

    def tag(number: int) -> int:
        return azure.patch({"tags": {"n": str(number)}}).status

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(tag, range(40))) == {200}
    assert azure.get()["etag"] == '"41"'
