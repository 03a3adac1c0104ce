"""The command that users run to serve the emulator, in a process of its own."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from tests.wire.watch import MARK

__all__ = ["served"]

ROOT = Path(__file__).parents[1]


@contextmanager
def served(*options: str) -> Generator[str]:
    """The address of ``vmss emulator start`` on a free port and with a virtual clock.

    It has to end cleanly when told to, to have had no errors of its own, and to have answered as Azure does.

    Raises:
        queue.Empty: It said nothing for 30 s.
    """
    command = [sys.executable, "-m", "tests.wire.serve", "emulator", "start", "--port", "0", "--clock", "virtual"]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    printed: list[str] = []
    address: Queue[str] = Queue()
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        reader = threading.Thread(target=_collect, args=(process, printed, address))
        reader.start()
        try:
            url = address.get(timeout=30)
            assert url, f"the server ended before it listened:\n{''.join(printed)}"
            yield url
            process.terminate()
            assert process.wait(timeout=20) == 0, "".join(printed)
        finally:
            process.kill()
            reader.join()
    said = "".join(printed)
    assert "Traceback" not in said, said
    assert MARK not in said, said


def _collect(process: subprocess.Popen[str], printed: list[str], address: Queue[str]) -> None:
    """Read all that the server prints, so that it never waits for a reader, and find its address in it."""
    for line in process.stdout or ():
        printed.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            address.put(found[0])
    address.put("")
