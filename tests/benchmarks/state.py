"""What it costs to keep an emulator: a write beside the same write in memory, and opening what was kept."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from tests.benchmarks.bodies import new_scale_set
from tests.benchmarks.measure import Row, compare, wall
from vmss_sdk import VirtualMachineScaleSet, VirtualMachineScaleSetUpdate, VmssClient
from vmss_sdk.handles.scale_set import ScaleSet

_WRITES = 50
_SETS = 20


def rows() -> Iterator[Row]:
    """A PATCH on 1,000 instances, and opening 20 scale sets of 1,000 instances."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(patch.dict(os.environ, VMSS_HOME=folder))
        place = Path(folder) / "bench.state"
        memory = stack.enter_context(VmssClient.in_process())
        kept = stack.enter_context(VmssClient.in_process(state=place))
        inside, outside = _created(memory, "web"), _created(kept, "web")
        times = compare(7, {"memory": lambda: _written(inside), "kept": lambda: _written(outside)})
        yield Row(
            "PATCH a scale set of 1,000 instances, kept in a file", "in memory", times["kept"], times["memory"], 1.5
        )
        for number in range(1, _SETS):
            _created(kept, f"web{number}")
        kept.close()
        opened = compare(3, {"open": lambda: wall(lambda: VmssClient.in_process(state=place).close())})
        yield Row(f"open a state file of {_SETS} scale sets of 1,000 instances", "", opened["open"])


def _created(client: VmssClient, name: str) -> ScaleSet:
    client.resource_groups.create_or_update("rg", "westeurope")
    found = client.scale_set("rg", name)
    found.create_or_update(VirtualMachineScaleSet.from_wire(new_scale_set(1000))).result()
    return found


def _written(web: ScaleSet) -> float:
    """Seconds of one of many writes."""
    numbers = itertools.count()
    return wall(
        lambda: web.update(VirtualMachineScaleSetUpdate.from_wire({"tags": {"number": str(next(numbers))}})), _WRITES
    )
