"""The Azure CLI as a command that tests call."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs

__all__ = ["SUBSCRIPTION", "Az", "Outcome", "environment"]

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
"""The one that an empty emulator has."""

_PATIENCE = 120


@attrs.frozen
class Outcome:
    """How a command ended.

    Attributes:
        status: 0, 1 for a failure, 2 for wrong usage, 3 for what is not there.
        output: What it printed.
        errors: What it wrote to stderr, warnings too.
    """

    status: int
    output: str
    errors: str


@attrs.frozen
class Az:
    """The unmodified az, in a profile of its own.

    Attributes:
        environment: The environment that it runs in.
        folder: Where it runs.
    """

    environment: dict[str, str] = attrs.field(repr=False)
    folder: Path

    def run(self, line: str, *more: str) -> Outcome:
        """A command as it is typed behind ``az``; further words are not split."""
        done = subprocess.run(
            [os.environ["VMSS_AZ"], *shlex.split(line), *more],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def __call__(self, line: str, *more: str) -> Any:
        """What a command that must succeed printed, decoded; None when it printed nothing."""
        done = self.run(line, *more)
        assert done.status == 0, done.errors
        return json.loads(done.output) if done.output.strip() else None

    def fails(self, line: str, *more: str, status: int = 1) -> str:
        """The error text of a command that must fail with this status."""
        done = self.run(line, *more)
        assert done.status == status, (done.status, done.errors)
        assert "Traceback" not in done.errors
        return done.errors


def environment(folder: Path, port: str, home: Path, *options: str) -> dict[str, str]:
    """What a shell has in its environment after the lines of ``vmss emulator az-env``.

    Args:
        folder: The profile's folder.
        port: Of the server.
        home: Its data directory.
        options: More for the command.
    """
    command = [sys.executable, "-m", "vmss_sdk.cli", "emulator", "az-env", str(folder), "--shell", "sh"]
    lines = subprocess.run(
        [*command, "--port", port, "--data-dir", str(home), *options], capture_output=True, text=True, check=True
    ).stdout
    before = {
        "PATH": os.pathsep.join([str(Path(os.environ["VMSS_AZ"]).parent), os.environ["PATH"]]),
        "HOME": str(folder),  # nothing of this user's may matter
        "LANG": "C.UTF-8",
        "AZURE_CORE_NO_COLOR": "yes",
    }
    shell = subprocess.run(
        ["sh", "-ec", 'eval "$1"; env -0', "sh", lines], env=before, capture_output=True, text=True, check=False
    )
    assert shell.returncode == 0, shell.stderr
    return dict(entry.split("=", 1) for entry in shell.stdout.split("\0") if "=" in entry)
