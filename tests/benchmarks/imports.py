"""What it costs to start: CPU of a fresh interpreter that imports and ends, and of the command line's help."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial

from tests.benchmarks.measure import Row, Sample, compare, interpreter, program

CODE = {
    "nothing": "pass",
    "ours": "from vmss_sdk import VmssClient",
    "ours, HTTP": "from vmss_sdk import VmssClient; import vmss_sdk.transport.http; import requests",
    "peer": "from azure.mgmt.compute import ComputeManagementClient",
    "dependencies": "import attrs, tenacity, msgspec",
    "dependencies, HTTP": "import attrs, tenacity, msgspec, requests",
}


def rows() -> Iterator[Row]:
    """Our import beside the peer's and beside that of our dependencies alone."""
    taken = compare(9, {name: partial(interpreter, code) for name, code in CODE.items()})
    what = "import VmssClient"
    yield Row(what, "azure-mgmt-compute", taken["ours"], taken["peer"], 1 / 3)
    yield Row(what, "attrs + tenacity + msgspec", taken["ours"], taken["dependencies"], 1.15)
    what = "import VmssClient and HTTP"
    yield Row(what, "azure-mgmt-compute", taken["ours, HTTP"], taken["peer"], 1 / 2)
    yield Row(what, "the same + requests", taken["ours, HTTP"], taken["dependencies, HTTP"], 1.15)
    yield from _help()


_TAB = 'printf "reimage\\n--\\n" | "$0" -m vmss_sdk.cli completion --words'


def _help() -> Iterator[Row]:
    """``vmss --help`` beyond a bare interpreter; and beside az, which ``VMSS_AZ`` names."""
    candidates: dict[str, Callable[[], float]] = {
        "nothing": partial(interpreter, "pass"),
        "ours": partial(program, sys.executable, "-m", "vmss_sdk.cli", "--help"),
        "TAB": partial(program, "sh", "-c", _TAB, sys.executable),
    }
    if az := os.environ.get("VMSS_AZ"):
        candidates["az"] = partial(program, az, "vmss", "--help")
    taken = compare(9, candidates)
    ours, nothing = taken["ours"], taken["nothing"]
    beyond = Sample(ours.best - nothing.best, ours.median - nothing.median)
    yield Row("vmss --help, beyond a bare interpreter", "", beyond, reach=0.050)
    yield Row("vmss: one TAB", "", taken["TAB"], reach=0.100)
    if az:
        yield Row("vmss --help", "az vmss --help", ours, taken["az"], 1 / 10)
