"""A hundred long-running operations at once: CPU and threads of the client."""

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial

from tests.benchmarks.bodies import SUBSCRIPTION
from tests.benchmarks.measure import Row, compare, cpu, stub
from tests.benchmarks.peer import Peer
from vmss_sdk import StaticTokenCredential, VmssClient, wait_all

OPERATIONS = 100
INTERVAL = 0.2


def rows() -> Iterator[Row]:
    """Reimage a hundred times, each polled five times in 0.2 s steps."""
    with stub() as endpoint:
        credential = StaticTokenCredential("token")
        client = VmssClient(SUBSCRIPTION, endpoint=endpoint, credential=credential, polling_interval=INTERVAL)
        peer = Peer(endpoint, INTERVAL)
        reimage = client.scale_set("rg", "web").reimage

        def ours() -> None:
            wait_all([reimage([str(number)]) for number in range(OPERATIONS)])

        def theirs() -> None:
            for poller in [peer.reimage() for _ in range(OPERATIONS)]:
                poller.result()

        taken = compare(5, {"ours": partial(cpu, ours), "peer": partial(cpu, theirs)})
        note = f"threads at most: {_threads(ours)}, peer {_threads(theirs)} (reach: 18)"
        yield Row(f"{OPERATIONS} operations at once", "azure-mgmt-compute", taken["ours"], taken["peer"], 1 / 3, note)


def _threads(work: Callable[[], None]) -> int:
    """The largest number of threads beside this one while the work runs."""
    with _counting() as seen:
        work()
    return max(seen)


@contextmanager
def _counting() -> Generator[list[int]]:
    seen, end, before = [0], threading.Event(), threading.active_count() + 1

    def look() -> None:
        while not end.wait(0.01):
            seen.append(threading.active_count() - before)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        end.set()
        thread.join()
