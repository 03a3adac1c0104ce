"""What it costs to start: CPU of a fresh interpreter that imports and ends."""

from collections.abc import Iterator
from functools import partial

from tests.benchmarks.measure import Row, compare, interpreter

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
