"""A PowerShell to run the module with, and the environment to run it in."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

__all__ = ["MISSING", "MODULE", "ROOT", "environment", "find", "run"]

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "powershell" / "VmssSdk"
MISSING = (
    "there is no PowerShell to test the module with: install it (https://aka.ms/powershell; Pester 5 as well:"
    " Install-Module Pester), or set VMSS_PWSH to the path of a pwsh"
)
_OF_CONNECTIONS = ("VMSS_", "AZURE_")


@cache
def find() -> Path | None:
    """The pwsh of VMSS_PWSH, of PATH, or of a folder ``shared`` beside the checkout."""
    named = os.environ.get("VMSS_PWSH") or shutil.which("pwsh")
    if named:
        return Path(named)
    beside = (parent / "shared" / "powershell" / "pwsh" for parent in ROOT.parents)
    return next((path for path in beside if path.exists()), None)


def environment() -> dict[str, str]:
    """Variables for a shell whose module uses this Python and keeps its files in this checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_CONNECTIONS)}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    cache_folder = ROOT / ".pytest_cache" / "powershell"
    return {**kept, "PYTHONPATH": path, "VMSS_PYTHON": sys.executable, "VMSS_CACHE": str(cache_folder), "NO_COLOR": "1"}


def run(script: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run a script; what it prints, errors too, is in ``stdout``."""
    shell = find()
    assert shell is not None, MISSING
    command = [str(shell), "-NoProfile", "-NonInteractive", "-Command", script]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
    )
