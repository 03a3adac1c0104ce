"""The command that users run to serve the emulator, in a process of its own."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["served"]

ROOT = Path(__file__).parents[1]


@contextmanager
def served(*options: str) -> Generator[str]:
    """The address of ``vmss emulator start`` on a free port and with a virtual clock.

    Raises:
        RuntimeError: It ended, or said nothing for 30 s.
    """
    command = [sys.executable, "-m", "vmss_sdk.cli", "emulator", "start", "--port", "0", "--clock", "virtual", *options]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield _address(process)
            process.terminate()
            rest, _ = process.communicate(timeout=20)
            assert process.returncode == 0, rest
        finally:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    """Read what the server prints until it names its address."""
    watchdog = threading.Timer(30, process.kill)
    watchdog.start()
    printed = ""
    for line in process.stdout or ():
        printed += line
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            watchdog.cancel()
            return found[0]
    watchdog.cancel()
    raise RuntimeError(f"the emulator's server ended, or said nothing for 30 s:\n{printed}")
