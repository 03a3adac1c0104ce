"""The module in a PowerShell of its own: start, Ctrl-C, what is left behind, and how its sources are written."""

import os
import re
import select
import signal
import subprocess
from pathlib import Path

import pytest

from tests.powershell import shell
from vmss_sdk.bridge.__main__ import module_path, shapes

pytestmark = pytest.mark.skipif(shell.find() is None, reason=shell.MISSING)

_IMPORT = f"Import-Module -Name '{shell.MODULE}'; "
_STUCK = f"""
. '{shell.ROOT}/tests/powershell/Shared.ps1'
$null = Connect-Vmss -InProcess -Clock 'scaled:100000'
New-TestScaleSet
$null = Invoke-TestRpc -Method 'clock.setSpeed' -Params @{{ factor = 0 }}
"child $((& (Get-Module -Name VmssSdk) {{ (Get-VmssType)::Current.Id }}))"
Set-AzVmss rg web -Reimage -Verbose
"""


def test_import_starts_no_python_and_compiles_nothing() -> None:
    """Importing the module and asking what it has needs neither Python nor the compiler."""
    script = (
        "$env:VMSS_PYTHON = 'no-such-python'; $before = [AppDomain]::CurrentDomain.GetData('VmssSdk.BridgeProcess'); "
        + _IMPORT
        + "(Get-Command -Module VmssSdk).Count -gt 5; $null = Get-Help Get-AzVmss -Full; "
        "$null -eq [AppDomain]::CurrentDomain.GetData('VmssSdk.BridgeProcess')"
    )
    assert shell.run(script).stdout.split() == ["True", "True"]


def test_import_is_quick() -> None:
    """Importing costs under 300 ms of CPU."""
    script = (
        "$me = [Diagnostics.Process]::GetCurrentProcess(); $before = $me.TotalProcessorTime; "
        + _IMPORT
        + "$me.Refresh(); [int]($me.TotalProcessorTime - $before).TotalMilliseconds"
    )
    # A machine with other work to do counts more; one run that is quick shows what it costs.
    assert any(int(shell.run(script).stdout) < 300 for _ in range(10))


def test_ctrl_c_returns_within_a_second_and_leaves_nothing() -> None:
    """Ctrl-C during a wait ends PowerShell at once, its finally blocks run, and the child is gone."""
    pwsh = shell.find()
    command = [
        str(pwsh),
        "-NoProfile",
        "-NonInteractive",
        "-Command",
        f"try {{ {_STUCK} }} finally {{ [Console]::WriteLine('finally') }}",
    ]
    with subprocess.Popen(
        command,
        cwd=shell.ROOT,
        env=shell.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.match(r"child (\d+)", first)
        assert found, first
        while "POST " not in process.stdout.readline():  # told by the cmdlet while it waits
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the child gets it as well
        try:
            assert process.wait(timeout=10) != 0  # 0.2 s on a machine with nothing else to do
            assert "finally" in process.stdout.read()
            assert _ends(int(found[1])), "the child outlived its PowerShell"
        finally:
            process.kill()


def test_a_killed_powershell_leaves_nothing() -> None:
    """When PowerShell is killed during a call, its child ends as well."""
    command = [str(shell.find()), "-NoProfile", "-NonInteractive", "-Command", _STUCK]
    with subprocess.Popen(
        command, cwd=shell.ROOT, env=shell.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = re.match(r"child (\d+)", process.stdout.readline())
        assert found
        process.kill()
        assert _ends(int(found[1]))


def test_the_sources_run_on_windows_powershell() -> None:
    """What a reviewer of modules objects to, and what 5.1 does not have, is nowhere in the sources."""
    check = next((path for path in _checks() if path.exists()), None)
    if check is None:
        assert _by_hand() == []
        return
    folders = [folder for folder in ("powershell", "samples/powershell", "tests/powershell") if Path(folder).exists()]
    done = shell.run(f"& '{check}' {' '.join(folders)}")
    assert done.stdout == ""


def test_the_helper_is_written_in_an_old_c_sharp() -> None:
    """Windows PowerShell 5.1 compiles C# 5 and nothing newer."""
    source = shell.MODULE / "Private" / "Bridge.cs"
    said = shell.run(
        f"Add-Type -TypeDefinition (Get-Content -Raw -Path '{source}') -CompilerOptions '-langversion:5'; "
        "[VmssSdk.BridgeProcess]::Protocol"
    ).stdout
    assert "CS80" not in said
    assert re.search("^1$", said, re.MULTILINE)


def test_the_module_knows_the_models() -> None:
    """What the module keeps of the models is what they have; `python -m vmss_sdk.bridge --shapes` makes it anew."""
    assert (shell.MODULE / "Private" / "Shapes.json").read_text() == shapes()


def test_the_package_says_where_the_module_is() -> None:
    """In a source checkout the module lies beside the package."""
    assert module_path() == shell.MODULE


def _checks() -> list[Path]:
    pwsh = shell.find()
    assert pwsh is not None
    return [pwsh.with_name("Test-ScriptSource.ps1")]


def _by_hand() -> list[str]:
    """Without the check: at least what Windows PowerShell misreads."""
    sources = shell.ROOT.glob("*powershell/**/*.ps*1")
    return [str(path) for path in sources if not path.read_bytes().isascii()]


def _ends(pid: int) -> bool:
    """Whether a process ends within ten seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)
