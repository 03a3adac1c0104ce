"""One GET, and a list of 1,000 instances, over HTTP: the CPU of the client."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec
import requests
from requests.adapters import HTTPAdapter

from tests.benchmarks.bodies import SCALE_SET, SUBSCRIPTION
from tests.benchmarks.measure import Row, compare, cpu, stub
from tests.benchmarks.peer import Peer
from vmss_sdk import Request, Response, RetryPolicy, StaticTokenCredential, VmssClient
from vmss_sdk.transport.base import WallClock
from vmss_sdk.transport.retry import RetryingTransport

ROUNDS = 15
_HEADERS = {"Authorization": "Bearer token"}


def rows() -> Iterator[Row]:
    """Our client beside the peer and beside what the HTTP library and the JSON parser cost alone."""
    with stub() as endpoint:
        client = VmssClient(SUBSCRIPTION, endpoint=endpoint, credential=StaticTokenCredential("token"))
        peer = Peer(endpoint)
        session = requests.Session()
        yield from _get(client, peer, session, endpoint + SCALE_SET)
        yield from _list(client, peer, f"{endpoint}{SCALE_SET}/virtualMachines")
    yield _unheard()


def _get(client: VmssClient, peer: Peer, session: requests.Session, url: str) -> Iterator[Row]:
    fetch = _bare_adapter(url)
    ways: dict[str, Callable[[], object]] = {
        "ours": client.scale_set("rg", "web").get,
        "peer": peer.get,
        "session": lambda: session.get(url, headers=_HEADERS).json(),
        "adapter": lambda: msgspec.json.decode(fetch()),
    }
    taken = compare(ROUNDS, {name: partial(cpu, way, 50) for name, way in ways.items()})
    yield Row("GET a scale set", "azure-mgmt-compute", taken["ours"], taken["peer"], 1 / 4)
    yield Row("GET a scale set", "requests.Session + json", taken["ours"], taken["session"], 0.75)
    yield Row("GET a scale set", "requests' HTTPAdapter + msgspec", taken["ours"], taken["adapter"])


def _bare_adapter(url: str) -> Callable[[], bytes]:
    """The least that the HTTP library can be asked to do: no session, no environment, no pieces of 10 kB."""
    adapter = HTTPAdapter()
    prepared = requests.Request("GET", url, headers=_HEADERS).prepare()
    return lambda: adapter.send(prepared, stream=True).raw.read(decode_content=True)


class _Answering:
    """A transport that costs nothing."""

    clock = WallClock()

    def send(self, request: Request) -> Response:
        return _NOTHING

    def close(self) -> None:
        """Nothing is open."""


_NOTHING = Response(200)


def _unheard() -> Row:
    """What retry and logging cost a request that goes well, while nobody listens at DEBUG."""
    retrying, request = RetryingTransport(_Answering(), RetryPolicy()), Request("GET", "https://management.azure.com/x")
    taken = compare(ROUNDS, {"ours": partial(cpu, partial(retrying.send, request), 2000)})
    return Row("retry and logging around a GET, unheard", "", taken["ours"], reach=0.02e-3)


def _list(client: VmssClient, peer: Peer, url: str) -> Iterator[Row]:
    def ours() -> list[object]:
        return [
            (vm.instance_id, vm.latest_model_applied, vm.provisioning_state, vm.vm_id)
            for vm in client.scale_set("rg", "web").instances(expand="instanceView")
        ]

    def theirs() -> list[object]:
        return [(vm.instance_id, vm.latest_model_applied, vm.provisioning_state, vm.vm_id) for vm in peer.list()]

    fetch = _bare_adapter(url)

    def floor() -> list[object]:
        return [
            (vm["instanceId"], of["latestModelApplied"], of["provisioningState"], of["vmId"])
            for vm in msgspec.json.decode(fetch())["value"]
            if (of := vm["properties"])
        ]

    summaries = client.scale_set("rg", "web").instance_summaries
    ways: dict[str, Callable[[], object]] = {"ours": ours, "peer": theirs, "floor": floor, "summaries": summaries}
    taken = compare(5, {name: partial(cpu, way) for name, way in ways.items()})
    what = "list 1,000 instances, read 4 members of each"
    yield Row(what, "azure-mgmt-compute", taken["ours"], taken["peer"], 1 / 30)
    yield Row(what, "requests' HTTPAdapter + msgspec + dict reads", taken["ours"], taken["floor"], 1.1)
    yield Row("instance summaries of 1,000", "azure-mgmt-compute", taken["summaries"], taken["peer"])
