"""A PowerShell to run the module with."""

import subprocess

from samples import pwsh
from samples.pwsh import ROOT, environment, find

__all__ = ["MISSING", "MODULE", "ROOT", "environment", "find", "run"]

MODULE = ROOT / "powershell" / "VmssSdk"
MISSING = f"{pwsh.MISSING}; the tests of the module need Pester 5 as well: Install-Module Pester"


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
