"""``vmss`` in this process, on an emulator that one test has for itself."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.emulator.arm.azure import MODEL
from vmss_sdk import VirtualMachineScaleSet, VmssClient
from vmss_sdk.cli import main

__all__ = ["Ran", "Run"]

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"


@attrs.frozen
class Ran:
    """What came of a command.

    Attributes:
        code: Its exit code.
        out: What it wrote to standard output.
        err: What it wrote to standard error.
    """

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its output, read."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> VmssClient:
    """The service that every command of this test goes to; the group ``rg`` is there."""
    found = VmssClient.in_process(subscription_id=SUBSCRIPTION)
    found.resource_groups.create_or_update("rg", "westus")
    for name in ("AZURE_DEFAULTS_GROUP", "AZURE_DEFAULTS_VMSS", "AZURE_DEFAULTS_LOCATION", "AZURE_CORE_OUTPUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VMSS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("vmss_sdk.cli.connection.connect", lambda _: found)
    monkeypatch.setattr(found, "close", lambda: None)
    return found


@pytest.fixture
def web(client: VmssClient) -> VmssClient:
    """With a scale set ``web`` of three instances, mode Manual."""
    client.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet.from_wire(MODEL)).result()
    return client


@pytest.fixture
def run(client: VmssClient, capsys: pytest.CaptureFixture[str]) -> Run:
    """Types a command: ``run("show -g rg -n web")``, more words can follow as they are."""

    def type_it(line: str, *more: str) -> Ran:
        code = main([*shlex.split(line), *more])
        output = capsys.readouterr()
        return Ran(code, output.out, output.err)

    return type_it
