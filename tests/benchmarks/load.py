"""Load on a server of this machine: many connections, mixed requests, a bound in time and in number.

``python -m tests.benchmarks.load`` starts a server of its own and prints requests per second and how long answers took;
``--help`` tells the rest. Nobody but this machine is ever asked.
"""

import argparse
import asyncio
import itertools
import json
import random
import ssl
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from ipaddress import ip_address
from urllib.parse import urlsplit

import attrs

from tests.benchmarks.bodies import SUBSCRIPTION, new_scale_set
from tests.benchmarks.measure import Row, compare, server

__all__ = ["Report", "Target", "half_sent", "prepare", "rows", "run"]

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/load"
_SETS = f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets"
_VERSION = "api-version=2024-07-01"
_SHARED = 100
"""Instances of the scale set that all connections read."""

Step = tuple[str, str, bytes]


class LoadError(Exception):
    """The load cannot be put on that server, or an answer to the preparations was no success."""


@attrs.frozen
class Target:
    """Where the load goes.

    Attributes:
        host: An address of this machine.
        port: Of the server.
        tls: Whether to speak HTTPS; the server's certificate is not checked.
    """

    host: str
    port: int
    tls: bool = False

    @classmethod
    def of(cls, url: str) -> "Target":
        """The target of a URL.

        Raises:
            LoadError: It is another machine's.
        """
        parts = urlsplit(url)
        host = "127.0.0.1" if parts.hostname == "localhost" else str(parts.hostname)
        try:
            local = ip_address(host).is_loopback
        except ValueError:
            local = False
        if not local or parts.port is None:
            raise LoadError(f"'{url}': expected an address of this machine with a port, such as http://127.0.0.1:8677")
        return cls(host, parts.port, parts.scheme == "https")

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A new connection."""
        context = _trusting() if self.tls else None
        return await asyncio.open_connection(self.host, self.port, ssl=context, limit=16 << 20)


def _trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@attrs.frozen
class Report:
    """What a run showed.

    Attributes:
        seconds: How long it took.
        latencies: Of each answer, in seconds, sorted.
        statuses: How often each status came.
    """

    seconds: float
    latencies: list[float]
    statuses: Counter[int]

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    @property
    def errors(self) -> int:
        """Answers that were no success."""
        return sum(count for status, count in self.statuses.items() if status >= 400)

    def percentile(self, share: float) -> float:
        """The time within which this share of the answers came."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))]

    def __str__(self) -> str:
        figures = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p99.9": 0.999, "worst": 1.0}
        times = ", ".join(f"{name} {self.percentile(share) * 1000:.1f}" for name, share in figures.items())
        mean = statistics.fmean(self.latencies) * 1000
        counts = f"{len(self.latencies)} answers in {self.seconds:.1f} s, {self.errors} errors {dict(self.statuses)}"
        return f"{self.rate:.0f} answers/s; ms: mean {mean:.1f}, {times}; {counts}"


class _Connection:
    """One connection that asks, waits for the answer, and asks again."""

    def __init__(self, target: Target) -> None:
        self._target = target

    async def __aenter__(self) -> "_Connection":
        self._reader, self._writer = await self._target.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def ask(self, step: Step) -> tuple[int, bytes]:
        """Status and body of the answer."""
        method, path, body = step
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        host = f"{self._target.host}:{self._target.port}"
        self._writer.write(f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{length}\r\n".encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        announced = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        content = await self._reader.readexactly(int(announced)) if announced else b""
        return int(head[9:12]), content


def _mixed(number: int) -> Iterator[Step]:
    """What a connection asks, without end: mostly reads, small and large, and writes of its own scale set."""
    own, shared = f"{_SETS}/own{number}", f"{_SETS}/shared"
    reads = {
        f"{own}?{_VERSION}": 20,
        f"{own}/virtualMachines?{_VERSION}": 10,
        f"{own}/instanceView?{_VERSION}": 10,
        f"{_SETS}?{_VERSION}": 1,
        f"{shared}/virtualMachines?$expand=instanceView&{_VERSION}": 4,
    }
    chance = random.Random(number)
    steps = list(itertools.chain.from_iterable([("GET", path, b"")] * often for path, often in reads.items()))
    for count in itertools.count():
        instance = f"{shared}/virtualMachines/{count % _SHARED}"
        tags = json.dumps({"tags": {"count": str(count)}}).encode()
        round_of = [*steps, *[("GET", f"{instance}?$expand=instanceView&{_VERSION}", b"")] * 30]
        round_of += [("PATCH", f"{own}?{_VERSION}", tags)] * 10
        chance.shuffle(round_of)
        yield from round_of


async def prepare(target: Target, connections: int) -> None:
    """Make the resource group, the scale set that all read, and one for each connection.

    Raises:
        LoadError: The server did not do it.
    """
    async with _Connection(target) as connection:
        sizes = {"shared": _SHARED, **{f"own{number}": 3 for number in range(connections)}}
        bodies = {GROUP: b'{"location": "westeurope"}'}
        bodies |= {f"{_SETS}/{name}": json.dumps(new_scale_set(size)).encode() for name, size in sizes.items()}
        for path, body in bodies.items():
            status, content = await connection.ask(("PUT", f"{path}?{_VERSION}", body))
            if status not in (200, 201):
                raise LoadError(f"PUT {path}: {status} {content.decode()}")
        await connection.ask(("POST", "/_emulator/clock", b'{"advance": 3600}'))


async def run(target: Target, connections: int, seconds: float, most: int) -> Report:
    """Put load on a prepared server.

    Args:
        target: The server.
        connections: How many ask at the same time.
        seconds: How long.
        most: The number of requests after which it ends earlier.
    """
    latencies: list[float] = []
    statuses: Counter[int] = Counter()
    begin = time.perf_counter()

    async def one(number: int) -> None:
        async with _Connection(target) as connection:
            for step in _mixed(number):
                asked = time.perf_counter()
                if asked - begin >= seconds or len(latencies) >= most:
                    return
                statuses[(await connection.ask(step))[0]] += 1
                latencies.append(time.perf_counter() - asked)

    await asyncio.gather(*(one(number) for number in range(connections)))
    return Report(time.perf_counter() - begin, sorted(latencies), statuses)


async def half_sent(target: Target, count: int) -> list[asyncio.StreamWriter]:
    """So many connections that say nothing, send half a head, or half a body, in turns; the caller closes them."""
    texts = itertools.cycle(
        (
            b"",
            b"GET / HTTP/1.1\r\nHost: localhost\r\nX-",
            f"PUT {GROUP}?{_VERSION} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{{".encode(),
        )
    )
    writers = []
    for text in itertools.islice(texts, count):
        _, writer = await target.connect()
        writer.write(text)
        writers.append(writer)
    return writers


def rows() -> Iterator[Row]:
    """The slowest hundredth of answers beside a thousand half-sent requests; and answers when many ask at once."""
    with server() as url:
        target = Target.of(url)
        asyncio.run(prepare(target, 64))
        yield _beside(target, "HTTP")
        yield _many(target)
    with server("--tls", "--no-auth") as url:
        target = Target.of(url)
        asyncio.run(prepare(target, 8))
        yield _beside(target, "HTTPS")


def _beside(target: Target, name: str) -> Row:
    ways = {"beside": 1000, "alone": 0}
    taken = compare(5, {way: partial(_slowest, target, count) for way, count in ways.items()})
    what = f"p99 of 8 connections beside 1,000 half-sent requests, {name} (time)"
    return Row(what, "the same alone", taken["beside"], taken["alone"], 2.0)


def _slowest(target: Target, beside: int) -> float:
    return asyncio.run(_run_beside(target, beside)).percentile(0.99)


async def _run_beside(target: Target, count: int) -> Report:
    slow = await half_sent(target, count)
    try:
        report = await run(target, 8, 5, 1000)
    finally:
        for writer in slow:
            writer.close()
    assert not report.errors, report
    return report


def _many(target: Target) -> Row:
    best: dict[int, Report] = {}

    def measured(connections: int) -> float:
        report = asyncio.run(run(target, connections, 5, 2000))
        assert not report.errors, report
        best[connections] = max(report, best.get(connections, report), key=lambda found: found.rate)
        return 1 / report.rate

    taken = compare(3, {"many": partial(measured, 64), "one": partial(measured, 1)})
    note = f"{best[64].rate:.0f} answers/s, p99 {best[64].percentile(0.99) * 1000:.0f} ms"
    return Row("a mixed request, 64 connections (time)", "1 connection", taken["many"], taken["one"], 1.2, note)


async def _loaded(target: Target, options: argparse.Namespace) -> Report:
    await prepare(target, options.connections)
    slow = await half_sent(target, options.half_sent)
    try:
        return await run(target, options.connections, options.seconds, options.most)
    finally:
        for writer in slow:
            writer.close()


def main(arguments: list[str]) -> int:
    """Put load on a server and print what it showed; 1 when an answer was an error."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("url", nargs="?", help="a server of this machine; by default one that is started for this")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--most", type=int, default=200_000, help="requests after which it ends earlier")
    parser.add_argument("--half-sent", type=int, default=0, help="connections that never get to the end of a request")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        target = Target.of(options.url or stack.enter_context(server()))
        report = asyncio.run(_loaded(target, options))
    print(report)
    return 1 if report.errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
