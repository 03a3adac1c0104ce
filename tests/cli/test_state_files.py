"""``vmss emulator state``: look at a state file, compact it, take its story elsewhere, go back."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.store.test_file import SECRETS, keep_secrets
from tests.emulator.store.test_journal import everything
from vmss_sdk import VmssClient
from vmss_sdk.cli import main
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.persistence import PersistentEmulator


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a state file with three resource groups, one after the other, an hour apart."""
    monkeypatch.setenv("VMSS_HOME", str(tmp_path / "home"))
    found = tmp_path / "web.state"
    with VmssClient.in_process(state=found) as client:
        for name in ("a", "b", "c"):
            client.resource_groups.create_or_update(name, "westus")
            client.clock.sleep(3600)
    return found


@pytest.fixture
def state(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command that succeeds; what it printed."""

    def run(*words: object) -> Any:
        assert main(["emulator", "state", *map(str, words)]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def groups(path: Path) -> list[str | None]:
    """The resource groups in a state file."""
    with VmssClient.in_process(state=path) as client:
        return [group.name for group in client.resource_groups.list()]


def test_info_tells_what_is_there_while_it_is_in_use(path: Path, state: Any) -> None:
    """Three writes and the end of the time."""
    with VmssClient.in_process(state=path):
        found = state("info", path)
    assert (found["entries"], found["resources"]["resourceGroups"]) == (4, 3)
    assert found["now"].startswith("2026-01-01T03:00:0")
    assert [head["sequence"] for head in found["snapshots"]] == [0, 4]


def test_compact_keeps_what_there_is_and_nothing_of_how_it_came_about(path: Path, state: Any) -> None:
    """Also nothing of what was sent."""
    assert state("compact", path)["entriesDropped"] == 4
    assert groups(path) == ["a", "b", "c"]
    kept = PersistentEmulator(path)
    assert kept._journal.snapshots()[0].sequence == 4
    assert list(kept._journal.entries(0, 4)) == []
    kept.close()


@pytest.mark.parametrize("to", ["2", "2026-01-01T01:30:00Z"])
def test_rewind_goes_back_to_an_entry_or_a_moment(path: Path, state: Any, to: str) -> None:
    """And keeps the file as it was."""
    found = state("rewind", path, "--to", to)
    assert (found["sequence"], found["entriesDropped"]) == (2, 2)
    assert groups(path) == ["a", "b"]
    assert groups(Path(found["kept"])) == ["a", "b", "c"]


def test_a_story_is_told_elsewhere_with_another_key(
    path: Path, state: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same state, ids included."""
    with VmssClient.in_process(state=path) as client:
        keep_secrets(client)
    state("export", path, "--to", tmp_path / "story.json", "--with-secrets")
    there = held(path)
    monkeypatch.setenv("VMSS_HOME", str(tmp_path / "colleague"))
    assert state("import", tmp_path / "story.json", "--to", tmp_path / "again.state")["entries"] > 4
    assert held(tmp_path / "again.state") == there


def held(path: Path) -> dict[str, Any]:
    """All that a state file has."""
    kept = PersistentEmulator(path)
    try:
        return everything(kept.emulator)
    finally:
        kept._journal.close()


def test_a_story_has_no_secrets_unless_they_are_wanted(path: Path, state: Any, tmp_path: Path) -> None:
    """Passwords, protected settings, custom and user data, parameters; it can be told all the same."""
    with VmssClient.in_process(state=path) as client:
        keep_secrets(client)
        before = [one.instance_id for one in client.scale_set("rg", "web").instances()]
    state("export", path, "--to", tmp_path / "story.json")
    text = (tmp_path / "story.json").read_text()
    for secret in SECRETS.values():
        assert secret not in text
        assert base64.b64encode(secret.encode()).decode() not in text
    state("import", tmp_path / "story.json", "--to", tmp_path / "again.state")
    with VmssClient.in_process(state=tmp_path / "again.state") as client:
        assert [one.instance_id for one in client.scale_set("rg", "web").instances()] == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("info {there}.not", "there is no state file"),
        ("rewind {there} --to 9", "has entries from 0 to 4, and 9 is none of them"),
        ("rewind {there} --to yesterday", "is neither an entry's number nor a moment"),
        ("rewind {there} --to 2026-01-01T01:00:00", "has no time zone: append Z for UTC"),
        ("export {there} --to {folder}/no/such\0name", "cannot write"),
        ("import {there} --to {folder}/new", "it is no JSON document"),
        ("import {folder}/no.json --to {folder}/new", "cannot read"),
        ("import {there} --to {there}", "is there already"),
    ],
)
def test_what_cannot_be_done_is_said(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    """What was expected, and nothing is changed."""
    if "\0" in words:
        (tmp_path / "no").write_text("a file in the place of a folder")
        words = words.replace("\0", "-")
    before = path.read_bytes()
    line = [word.format(there=path, folder=tmp_path) for word in words.split()]
    assert main(["emulator", "state", *line]) == 1
    assert said in capsys.readouterr().err
    assert path.read_bytes() == before
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_in_use_is_not_changed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who has it is said."""
    with VmssClient.in_process(state=path):
        assert main(["emulator", "state", "compact", str(path)]) == 1
    assert "is open in another process (" in capsys.readouterr().err
    assert isinstance(PersistentEmulator(path).emulator, Emulator)
