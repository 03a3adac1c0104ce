"""Running what a user runs: ``vmss`` and scripts as processes of their own."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["ROOT", "Server", "environment", "python", "server", "vmss"]

ROOT = Path(__file__).parents[2]
_PATIENCE = 60


def environment(**more: str) -> dict[str, str]:
    """This process's environment, with the package on the path, and without what changes a terminal's look."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    path = os.pathsep.join(filter(None, [str(ROOT), kept.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **more}


def python(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter, until it ends."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(**more), check=False, capture_output=True, text=True, timeout=_PATIENCE
    )


def vmss(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line, until it ends."""
    return python("-m", "vmss_sdk.cli", *arguments)


class Server:
    """A server that has said where it listens.

    Attributes:
        process: The process that the user started.
        url: Where it listens.
    """

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "vmss_sdk.cli", "emulator", "start", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.url = self._first_line().removeprefix("Listening on ").strip()

    def _first_line(self) -> str:
        assert self.process.stdout is not None
        watchdog = threading.Timer(_PATIENCE, self.process.kill)
        watchdog.start()
        try:
            return self.process.stdout.readline()
        finally:
            watchdog.cancel()

    @property
    def port(self) -> int:
        """Its port."""
        return int(self.url.rpartition(":")[2])

    @property
    def worker(self) -> int:
        """The process id of its worker."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children")
        if children.exists():
            return int(children.read_text().split()[0])
        # Where there is no /proc there is a ps: macOS and the BSDs.
        table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
        return next(int(child) for child, parent in map(str.split, table.splitlines()) if int(parent) == pid)

    def stop(self, number: int) -> tuple[int, str]:
        """Send a signal; the exit code, and what was written to standard error."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, errors


@contextmanager
def server(*arguments: str) -> Iterator[Server]:
    """A server on a free port; it is gone afterwards."""
    running = Server(*arguments)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()
            running.process.communicate(timeout=_PATIENCE)
