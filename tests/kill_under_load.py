"""Kills a server under load again and again, and counts what was answered and is gone.

``python -m tests.kill_under_load 40`` starts a server on one state file as many times. Each time four clients make
resource groups until both of its processes are killed; the next server has to have every group whose making was
answered, and what it has beside those was asked for. The exit code is 1 when something was lost.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from tests.cli.running import server

__all__ = ["Outcome", "rounds"]

_CLIENTS = 4
_GROUPS = "/subscriptions/s/resourcegroups"
_VERSION = "api-version=2021-04-01"
_LONGEST = 0.5  # seconds of load


class Outcome:
    """What the clients know.

    Attributes:
        asked: The groups that were asked for.
        answered: Those whose making was answered with success.
        lost: Those that were answered and gone afterwards.
        strange: Those that were there and nobody had asked for.
    """

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.answered: set[str] = set()
        self.lost: set[str] = set()
        self.strange: set[str] = set()

    def load(self, url: str, prefix: str) -> None:
        """Make groups until nobody answers."""
        for number in range(1_000_000):
            name = f"{prefix}-{number}"
            self.asked.add(name)
            try:
                address = f"{url}{_GROUPS}/{name}?{_VERSION}"
                answer = requests.put(address, json={"location": "westus"}, timeout=30)
            except requests.RequestException:
                return
            if answer.status_code == 201:
                self.answered.add(name)

    def compare(self, url: str) -> None:
        """Look at what the server has."""
        found = requests.get(f"{url}{_GROUPS}?{_VERSION}", timeout=30).json()["value"]
        names = {group["name"] for group in found}
        self.lost |= self.answered - names
        self.strange |= names - self.asked


def rounds(number: int, path: Path) -> Outcome:
    """Kill a server so many times.

    Args:
        number: How often.
        path: Of the state file.
    """
    outcome = Outcome()
    for turn in range(number):
        with server("--state", str(path)) as started:
            outcome.compare(started.url)
            pids = (started.worker, started.process.pid)
            killer = threading.Timer(random.uniform(0.05, _LONGEST), _kill, (pids,))
            killer.start()
            with ThreadPoolExecutor(_CLIENTS) as pool:
                list(pool.map(outcome.load, [started.url] * _CLIENTS, [f"{turn}-{n}" for n in range(_CLIENTS)]))
            killer.join()
            started.process.communicate(timeout=30)
    with server("--state", str(path)) as started:
        outcome.compare(started.url)
    return outcome


def _kill(pids: tuple[int, ...]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def main() -> int:
    """Tell the figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VMSS_HOME"] = folder
        found = rounds(number, Path(folder) / "server.state")
    print(
        f"{number} kills: {len(found.asked)} writes asked for, {len(found.answered)} answered,"
        f" {len(found.lost)} of them lost, {len(found.strange)} strange"
    )
    return 1 if found.lost or found.strange or not found.answered else 0


if __name__ == "__main__":
    sys.exit(main())
