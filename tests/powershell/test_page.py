"""The scripts of the page for PowerShell users run as they stand there."""

import re

import pytest

from tests.powershell import shell

_MARK = "\f"
_SECTION = re.compile(r"^## Five scripts\n(.*?)^## ", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```powershell\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(shell.find() is None, reason=shell.MISSING)
def test_the_five_scripts_run() -> None:
    """Each script of the page runs after the ones before it, without an error, and does what is said above it."""
    section = _SECTION.search((shell.ROOT / "docs" / "powershell.md").read_text())
    assert section is not None
    blocks = _BLOCK.findall(section[1])
    assert len(blocks) == 6  # the scale set to run them on, and five
    script = f"\n'{_MARK}'\n".join(blocks)
    module = f"$ErrorActionPreference = 'Stop'; Import-Module '{shell.MODULE}'\n"
    done = shell.run(
        module
        + script
        + f"\n'{_MARK}'\n(Get-AzVmssVM myResourceGroup myScaleSet 3).ProtectionPolicy.ProtectFromScaleIn"
    )
    assert done.returncode == 0, done.stdout
    told = done.stdout.split(f"{_MARK}\n")
    assert told[1].count("Succeeded") == 1
    assert told[2].count("Succeeded") >= 1
    assert re.search(r"SuccessfulInstanceCount +: 4\n", told[3])
    assert "Completed" in told[5]
    assert told[6].strip() == "True"
