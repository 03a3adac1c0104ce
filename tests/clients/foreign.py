"""Clients of other languages and tools as commands that tests run, each in an environment of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

__all__ = ["AZURE_NAMES", "FOLDER", "SUBSCRIPTION", "installed", "run"]

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
SUBSCRIPTION = "22222222-2222-2222-2222-222222222222"
"""Any does; this one is not what other tests of the worker's server use."""

AZURE_NAMES = FOLDER / "azure_names"
"""A folder for ``PYTHONPATH``: names of Azure lead to the emulator."""

_PATIENCE = 400  # seconds; the slowest needs about 90 alone


def installed(variable: str, path: str) -> Path:
    """Where a client is: as the variable says, else where ``make clients`` puts it.

    A test that needs one which is not there is skipped with the line that installs it; in CI that is a failure.
    """
    found = Path(os.environ.get(variable) or ROOT / path)
    if not found.exists():
        _leave_out(variable, found)
    return found


def _leave_out(variable: str, found: Path) -> NoReturn:
    pytest.skip(f"{found} is not there: `make clients` installs it once, or {variable} names another one")


def run(command: list[str | Path], folder: Path, environment: Mapping[str, str]) -> str:
    """What a command printed, which must succeed.

    Args:
        command: The program and its arguments.
        folder: Where it runs, and its home: nothing of this user's may matter.
        environment: All that it is told.
    """
    own = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "NO_COLOR": "1"}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**own, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
