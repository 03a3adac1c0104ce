"""A journal gives what there was: whenever a process ends, the next one goes on as that would have gone on."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import walk
from tests.emulator.arm.azure import GROUP, Azure, rolling
from vmss_sdk import Request, Response, StateFileError, wire
from vmss_sdk.emulator import persistence
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.clock import VirtualClock
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.persistence import PersistentEmulator
from vmss_sdk.emulator.replay import replay
from vmss_sdk.emulator.store.codec import _AGAIN

KEYS = f"{GROUP}/providers/Microsoft.Compute/sshPublicKeys/pair"


class Killed:
    """An emulator in a file whose process is killed now and then, between two requests."""

    def __init__(self, path: Path, seed: int, share: float = 0.05) -> None:
        self.path, self.share, self.kills = path, share, 0
        self.random = random.Random(seed)
        self.settings = Settings(seed=seed)
        self.kept = self.opened()

    def opened(self) -> PersistentEmulator:
        """The next process; the time is the clients', and goes on."""

        def make(written: dict[str, Any] | None, clock: Any) -> Emulator:
            return Emulator(settings=self.settings) if written is None else Emulator.from_saved(written, clock=clock)

        return PersistentEmulator(self.path, make=make)

    @property
    def clock(self) -> VirtualClock:
        """Of the process that there is."""
        clock = self.kept.emulator.clock
        assert isinstance(clock, VirtualClock)
        return clock

    def handle(self, request: Request) -> Response:
        """The answer, perhaps of the next process."""
        if self.random.random() < self.share:
            self.kill()
        return self.kept.handle(request)

    def kill(self) -> None:
        """``kill -9``: nothing is said to anybody."""
        moment = self.clock.now()
        self.kept._journal.close()
        self.kept = self.opened()
        self.clock.advance_to(moment)
        self.kills += 1


def everything(emulator: Emulator) -> dict[str, Any]:
    """All that an emulator holds at its moment, but for how much was read."""
    emulator.catch_up()
    found: dict[str, Any] = wire.decode(wire.encode(emulator.saved()))
    items = {kind: [unshared(item) for item in kept] for kind, kept in found.pop("collections").items()}
    return {"items": items, **{name: value for name, value in found.items() if name not in ("requests", "reads")}}


def unshared(item: list[Any]) -> Any:
    """A resource with what it refers to in the place of each reference: equal values may be one object, or two."""
    key, written = item
    shared = written.get("shared", [])

    def whole(node: Any, within: tuple[int, ...]) -> Any:
        if isinstance(node, dict):
            return {name: whole(value, within) for name, value in node.items()}
        if not isinstance(node, list):
            return node
        if len(node) == 2 and node[0] == _AGAIN and type(node[1]) is int and node[1] < len(shared):
            number = node[1]
            if number in within:
                return ["around", within.index(number)]
            return whole(shared[number], (*within, number))
        return [whole(value, within) for value in node]

    return [key, whole(written["root"], ())]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a state file that is not there yet, with a data directory of its own."""
    monkeypatch.setenv("VMSS_HOME", str(tmp_path / "home"))
    return tmp_path / "story.state"


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate]
)
@given(seed=st.integers(0, 10_000), often=st.integers(1, 40))
def test_a_story_goes_on_in_the_next_process_as_it_would_have_gone_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, often: int
) -> None:
    """Random stories of rolls, reimages, faults: cut anywhere, the same answers and ids; and replayed without reads."""
    path.unlink(missing_ok=True)
    killed = Killed(path, seed)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(persistence, "_OFTEN", often)
            patched.setattr(walk, "Emulator", lambda settings: killed)
            story = walk.Story(seed)
            story.tell(20)
        plain = walk.Story(seed)
        plain.tell(20)
        there = everything(killed.kept.emulator)
        assert story.counts == plain.counts
        assert there == everything(plain._azure.emulator)
        assert there == everything(told_again(killed))
    finally:
        killed.kept.close()


def told_again(killed: Killed) -> Emulator:
    """The writes alone, from the very first one on."""
    journal = killed.kept._journal
    first = journal.snapshot(0)
    assert first is not None
    found = Emulator.from_saved(first.document)
    replay(found, journal.entries(0))
    found.clock.advance(killed.clock.now() - found.clock.now())
    return found


def test_a_key_that_was_drawn_is_the_same_in_the_next_process(path: Path) -> None:
    """It comes from no seed, so the journal has it; the private one is nowhere."""
    killed = Killed(path, 1, share=0)
    azure = Azure(killed)  # type: ignore[arg-type]  # it answers as one
    azure.group()
    azure.put({"location": "westus"}, KEYS)
    made = azure.post(f"{KEYS}/generateKeyPair", {"encryptionType": "Ed25519"}).json()
    killed.kill()
    assert azure.get(KEYS)["properties"]["publicKey"] == made["publicKey"]
    written = [wire.encode(entry.content).decode() for entry in killed.kept._journal.entries(0)]
    assert made["publicKey"].split()[1] in "".join(written)
    assert made["privateKey"].splitlines()[2] not in "".join(written)
    killed.kept.close()


def test_a_fault_that_hit_a_read_has_hit_it_in_the_next_process_too(path: Path) -> None:
    """It counts whom it hits."""
    killed = Killed(path, 1, share=0)
    azure = Azure(killed)  # type: ignore[arg-type]  # it answers as one
    azure.group()
    azure.post("/_emulator/faults", {"kind": "throttle", "method": "GET", "count": 2}, version=None)
    assert azure.send("GET", GROUP).status == 429
    killed.kill()
    assert [azure.send("GET", GROUP).status for _ in range(2)] == [429, 200]
    killed.kept.close()


def test_a_snapshot_that_cannot_be_read_is_damaged_as_is_an_entry_that_is_missing(path: Path) -> None:
    """Nothing of it is taken for true."""
    killed = Killed(path, 1, share=0)
    azure = Azure(killed)  # type: ignore[arg-type]  # it answers as one
    for name in ("a", "b", "c"):
        azure.group(f"{GROUP}{name}")
    killed.kept._journal.close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM journal WHERE sequence = 2")
    with pytest.raises(StateFileError, match="it is damaged: entry 2 is missing"):
        PersistentEmulator(path)


def test_an_entry_cannot_be_put_in_the_place_of_another(path: Path) -> None:
    """Its number and its moment are part of what is authenticated."""
    killed = Killed(path, 1, share=0)
    azure = Azure(killed)  # type: ignore[arg-type]  # it answers as one
    for name in ("a", "b"):
        azure.group(f"{GROUP}{name}")
    killed.kept._journal.close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE journal SET content = (SELECT content FROM journal WHERE sequence = 1)")
    with pytest.raises(StateFileError, match="it is damaged"):
        PersistentEmulator(path)


def test_snapshots_keep_the_tail_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first stays beside the last, so that one can go back to any entry."""
    monkeypatch.setattr(persistence, "_OFTEN", 3)
    monkeypatch.setattr(persistence, "_SHARE", 0)
    killed = Killed(path, 1, share=0)
    azure = Azure(killed)  # type: ignore[arg-type]  # it answers as one
    for number in range(7):
        azure.group(f"{GROUP}{number}")
    assert [head.sequence for head in killed.kept._journal.snapshots()] == [0, 6]
    assert killed.kept._journal.sequence == 7
    killed.kept.close()


def test_reads_do_not_change_which_ids_come_next(path: Path) -> None:
    """An instance's id and a scale set's are the same, however much is read before."""
    ids = []
    for reads in (0, 5):
        azure = Azure(Emulator())
        azure.group()
        for _ in range(reads):
            azure.get(GROUP)
        azure.put(rolling(2))
        ids.append([azure.get()["properties"]["uniqueId"], *(one["properties"]["vmId"] for one in azure.instances())])
    assert ids[0] == ids[1]
