"""CPU of several ways to do the same work, taken in turns so that a busy machine slows all of them alike."""

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

import attrs

__all__ = ["Row", "Sample", "compare", "cpu", "environment", "interpreter", "program", "server", "stub", "wall"]


@attrs.frozen
class Sample:
    """Seconds over several rounds."""

    best: float
    median: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Sample":
        """The two figures that matter of many."""
        return cls(min(seconds), statistics.median(seconds))


@attrs.frozen
class Row:
    """One line of the table.

    Attributes:
        what: The work.
        beside: Whom it is compared with.
        ours: Seconds of ours.
        other: Seconds of the other; None when there is nobody, and `reach` is in seconds.
        reach: The ratio (or the seconds) not to be exceeded; None for a line that is there to be read.
        note: What else was seen.
    """

    what: str
    beside: str
    ours: Sample
    other: Sample | None = None
    reach: float | None = None
    note: str = ""

    def reached(self) -> bool | None:
        """Whether the best rounds are within `reach`."""
        if self.reach is None:
            return None
        return (self.ours.best / self.other.best if self.other else self.ours.best) <= self.reach


def cpu(work: Callable[[], object], times: int = 1) -> float:
    """CPU seconds of this process for one call, over so many."""
    return _clocked(time.process_time, work, times)


def wall(work: Callable[[], object], times: int = 1) -> float:
    """Seconds that one call takes, over so many."""
    return _clocked(time.perf_counter, work, times)


def _clocked(clock: Callable[[], float], work: Callable[[], object], times: int) -> float:
    start = clock()
    for _ in range(times):
        work()
    return (clock() - start) / times


def interpreter(code: str) -> float:
    """CPU seconds of a fresh interpreter that runs this code."""
    return program(sys.executable, "-c", code)


def environment() -> dict[str, str]:
    """What a user's process has: an environment in which Python keeps the bytecode of what it imports."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def program(*command: str) -> float:
    """CPU seconds of a program, until it ends."""
    before = _children()
    subprocess.run(command, env=environment(), check=True, stdout=subprocess.DEVNULL)
    return _children() - before


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def compare(rounds: int, candidates: Mapping[str, Callable[[], float]]) -> dict[str, Sample]:
    """Take each candidate's figure once per round; one round before them warms up."""
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(rounds + 1):
        for name, measured in candidates.items():
            # What others left on the heap must not be walked on the time of this one.
            gc.collect()
            gc.freeze()
            taken = measured()
            if number:
                seconds[name].append(taken)
    return {name: Sample.of(values) for name, values in seconds.items()}


@contextmanager
def stub() -> Generator[str]:
    """The address of a stub server in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.stub"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.terminate()


@contextmanager
def server(*options: str) -> Generator[str]:
    """The address of ``vmss emulator start`` in a process of its own, as users run it."""
    command = [sys.executable, "-m", "vmss_sdk.cli", "emulator", "start", "--port", "0", *options]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().removeprefix("Listening on ").strip()
        finally:
            process.terminate()
