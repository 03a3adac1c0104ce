"""What an earlier release wrote opens in this one.

Names of classes and members in a state file are promises: code moves and is renamed, and a file that somebody keeps
must open all the same. ``earlier/`` holds what was written once, in the middle of all kinds of work so that every class
is there, and what that release found in it. It is never written anew.
"""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.arm.azure import BASE, Azure
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.data_directory import DataDirectory
from vmss_sdk.emulator.persistence import PersistentEmulator
from vmss_sdk.transport.base import Request

EARLIER = Path(__file__).with_name("earlier")
STATES: list[dict[str, Any]] = json.loads(lzma.decompress((EARLIER / "states.json.xz").read_bytes()))
"""What was written (``state``), and what was found when it was read again (``found``)."""
SET = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Compute"


def found(emulator: Emulator) -> list[Any]:
    """What can be told of all scale sets without a rule."""
    return [
        {
            "id": scale_set.id,
            "now": scale_set.now,
            "versions": len(scale_set.versions),
            "operations": [[one.name, one.status] for one in scale_set.operations.values()],
            "decisions": [str(one) for one in scale_set.decisions],
            "instances": [[one.id, one.applied, one.power, one.provisioning] for one in scale_set.instances.values()],
        }
        for scale_set in emulator._state.scale_sets.values()
    ]


@pytest.mark.parametrize("number", range(len(STATES)))
def test_all_that_was_written_is_there(number: int) -> None:
    """Instances, operations and decisions, at their moment."""
    emulator = Emulator.from_saved(STATES[number]["state"])
    assert json.loads(json.dumps(found(emulator))) == STATES[number]["found"]


@pytest.mark.parametrize("number", range(len(STATES)))
def test_what_was_under_way_goes_on_to_its_end(number: int) -> None:
    """Every activity that waited is stepped, and nothing is left to do."""
    azure = Azure(Emulator.from_saved(STATES[number]["state"]))
    azure.send("DELETE", "/_emulator/faults", version=None)
    azure.settle()
    for scale_set in azure.emulator._state.scale_sets.values():
        assert scale_set.deleted or azure.get(scale_set.id)["name"] == scale_set.name
        assert not any(instance.jobs for instance in scale_set.instances.values())


@pytest.mark.parametrize("name", ["web", "journal"])
def test_a_state_file_opens(tmp_path: Path, name: str) -> None:
    """With the key of its data directory: the scale set is there, in the middle of its rolling upgrade."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    shutil.copyfile(EARLIER / f"{name}.state", tmp_path / "web.state")
    (home / "state.key").touch(mode=0o600)
    (home / "state.key").write_bytes((EARLIER / "state.key").read_bytes())
    latest = f"{BASE}{SET}/virtualMachineScaleSets/web/rollingUpgrades/latest?api-version=2024-07-01"
    group = f"{BASE}{SET.partition('/resourceGroups')[0]}/resourcegroups/later?api-version=2021-04-01"
    for status in (201, 200):  # what is written then is there the next time, whatever the format was
        kept = PersistentEmulator(tmp_path / "web.state", data_directory=DataDirectory(home))
        try:
            upgrade = kept.handle(Request("GET", latest, {}, b"")).json()
            assert upgrade["properties"]["runningStatus"]["code"] == "RollingForward"
            assert kept.handle(Request("PUT", group, {}, b'{"location":"westus"}')).status == status
        finally:
            kept.close()
