"""Where a PowerShell is, and the environment in which the module of this checkout runs in it."""

import os
import shutil
import sys
from functools import cache
from pathlib import Path

__all__ = ["MISSING", "ROOT", "environment", "find"]

ROOT = Path(__file__).resolve().parents[1]
MISSING = "there is no PowerShell: install it (https://aka.ms/powershell), or set VMSS_PWSH to the path of a pwsh"
_OF_CONNECTIONS = ("VMSS_", "AZURE_", "SAMPLE_")


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
