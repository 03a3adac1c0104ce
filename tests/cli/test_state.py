"""Commands on the emulator in this process: one sees what the one before did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, environment
from vmss_sdk.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of its own, and nothing else in the environment."""
    for name in ("VMSS_ENDPOINT", "VMSS_STATE", "AZURE_SUBSCRIPTION_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VMSS_HOME", str(tmp_path / "home"))
    return tmp_path


def test_a_command_sees_what_the_one_before_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By default in the data directory; a file of another name is another emulator."""
    assert main(["group", "create", "-n", "rg", "-l", "westus", "--endpoint", "in-process", "-o", "none"]) == 0
    assert main(["group", "exists", "-n", "rg", "--endpoint", "in-process"]) == 0
    assert main(["group", "exists", "-n", "rg", "--state", str(folder / "other")]) == 0
    assert capsys.readouterr().out.split() == ["true", "false"]
    assert (folder / "home" / "in-process.state").exists()


def test_two_commands_at_once_lose_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second waits for the first."""
    base = [sys.executable, "-m", "vmss_sdk.cli", "group", "create", "-l", "westus", "--state", str(folder / "s"), "-n"]
    running = [
        subprocess.Popen([*base, f"rg{n}"], cwd=ROOT, env=environment(), stdout=subprocess.PIPE) for n in range(3)
    ]
    assert [process.communicate(timeout=60) and process.returncode for process in running] == [0, 0, 0]
    assert main(["group", "list", "--query", "[].name", "-o", "tsv", "--state", str(folder / "s")]) == 0
    assert sorted(capsys.readouterr().out.split()) == ["rg0", "rg1", "rg2"]


def test_a_state_file_for_a_server_makes_no_sense(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said, and nothing is sent."""
    assert main(["list", "--endpoint", "http://127.0.0.1:9", "--state", str(folder / "s")]) == 2
    assert "a state file is for an emulator in this process" in capsys.readouterr().err


def test_ids_of_several_subscriptions_share_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One open file, not one that waits for itself."""
    ids = [f"/subscriptions/{s}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/w" for s in "ab"]
    assert main(["show", "--ids", *ids, "--state", str(folder / "s")]) == 3
    assert "ResourceGroupNotFound" in capsys.readouterr().err
