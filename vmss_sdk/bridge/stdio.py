"""Standard input and output for the protocol alone."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from vmss_sdk import wire

__all__ = ["Writer", "ignore_interrupts", "lines", "take_stdout"]

_BOM = b"\xef\xbb\xbf"


def take_stdout() -> BinaryIO:
    """Standard output for the protocol; whatever else is printed, also by a library in C, goes to standard error."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    os.set_inheritable(own, False)
    sys.stdout = sys.stderr
    return os.fdopen(own, "wb", buffering=0)


def ignore_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; what it means is for the parent to say."""
    for name in ("SIGINT", "SIGBREAK"):  # the second is Windows'
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, signal.SIG_IGN)


def lines(source: BinaryIO) -> Iterator[bytes]:
    """Whole lines without their ends.

    A byte order mark before the first is passed over, and so is half a line at the end: whoever wrote it is gone.
    """
    first = True
    for line in source:
        text = line.removeprefix(_BOM) if first else line
        first = False
        if text.endswith(b"\n") and (text := text.strip()):
            yield text


class Writer:
    """Writes messages, each as one line; threads may share it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def write(self, message: dict[str, Any]) -> None:
        """Write one message. A reader that is gone is no error: the end of standard input ends the process."""
        line = memoryview(_ascii(message) + b"\n")
        with self._lock, suppress(OSError, ValueError):
            while line:
                line = line[self._stream.write(line) :]


def _ascii(message: dict[str, Any]) -> bytes:
    text = wire.encode(message)
    return text if text.isascii() else json.dumps(message, separators=(",", ":")).encode("ascii")
