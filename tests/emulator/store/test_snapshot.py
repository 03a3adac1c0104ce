"""What an emulator holds goes through JSON and comes back as it was."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from enum import Enum
from types import ModuleType
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vmss_sdk.emulator.engine
from tests.cli.running import ROOT, environment
from tests.emulator.arm.azure import CONTROL, SET, Azure, rolling
from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.store.classes import CLASSES
from vmss_sdk.emulator.store.snapshot import codec

FACTS = {"Catalogue", "ImageFacts", "Region", "RegionTable", "Size", "SizeTable", "_NameParts"}
NOT_KEPT = {
    "VirtualClock",
    "ScaledClock",
    "Scope",
    "Pending",
    "Remedy",
    "GateResult",
    "StateBefore",
    "Outcome",
    "InstanceEffect",
    "Reference",
    *FACTS,
}
"""Classes of the engine whose objects live as long as one request; of a clock the time is kept, see `snapshot`."""


def again(azure: Azure) -> Azure:
    """The same emulator in another process."""
    return Azure(Emulator.from_saved(wire.decode(wire.encode(azure.emulator.saved()))))


def story(azure: Azure) -> list[Any]:
    """The rest of a story: what was decided, and how everything stands at its end."""
    azure.settle()
    instances = azure.get(f"{SET}/virtualMachines?$expand=instanceView")["value"]
    return [azure.get(f"{CONTROL}/decisions", version=None), instances, azure.get()]


@settings(max_examples=12, deadline=None)
@given(events=st.integers(0, 60), seed=st.integers(0, 3), surge=st.booleans())
def test_a_story_goes_on_as_it_would_have_gone_on(events: int, seed: int, surge: bool) -> None:
    """Saved and read at any moment of a rolling upgrade that fails and is begun again: the same log, the same end."""
    azure = Azure(Emulator(settings=Settings(seed=seed)))
    policy = {"maxBatchInstancePercent": 40, "maxSurge": surge, "pauseTimeBetweenBatches": "PT30S"}
    azure.create(rolling(5, policy))
    azure.post(f"{CONTROL}/faults", {"kind": "unhealthyAfterUpgrade", "instanceIds": ["1"], "count": 1}, version=None)
    reference = {"version": "2.0.0"}
    azure.patch({"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": reference}}}})
    for _ in range(events):
        azure.post("/_emulator/clock", {"skip": "next"}, version=None)
    other = again(azure)
    assert story(other) == story(azure)


@pytest.mark.parametrize(
    "module", ["rolling_upgrades", "deployments", "repairs", "hook_events", "flexible", "migration", "run_commands"]
)
def test_every_request_can_come_from_another_process(module: str) -> None:
    """The tests of the REST face pass when all is written and read again after each request."""
    command = ["-m", "pytest", "-q", "-p", "tests.emulator.store.shuttle", "-p", "no:cacheprovider", "-n", "0"]
    run = subprocess.run(
        [sys.executable, *command, f"tests/emulator/arm/test_{module}.py"],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:]


def classes(module: ModuleType) -> list[type]:
    """The classes of data that a module defines."""
    own = [kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__]
    return [kind for kind in own if attrs.has(kind) or issubclass(kind, Enum)]


def test_every_class_of_the_engine_is_kept_or_known_not_to_be() -> None:
    """A new one makes this fail until somebody has decided."""
    prefix = vmss_sdk.emulator.engine.__name__ + "."
    packages = pkgutil.walk_packages(vmss_sdk.emulator.engine.__path__, prefix)
    kept = set(CLASSES.values())
    undecided = {
        kind.__name__
        for found in packages
        for kind in classes(importlib.import_module(found.name))
        if not any(issubclass(each, kind) for each in kept) and kind.__name__ not in NOT_KEPT
    }
    assert undecided == set()


def test_one_scale_set_can_be_kept_alone() -> None:
    """As a row of its own, without what it shares with others."""
    azure = Azure()
    azure.create(rolling(3))
    state = azure.emulator._state
    from vmss_sdk.emulator.store.snapshot import outside

    (scale_set,) = state.scale_sets.values()
    found = codec().decode(codec().encode(scale_set, outside(state)), outside(state))
    assert list(found.instances) == ["0", "1", "2"]
    assert found.settings is scale_set.settings
    assert found.upgrades == scale_set.upgrades
