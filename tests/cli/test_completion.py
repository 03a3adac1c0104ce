"""What TAB offers: asked of the table, and of the shells that this machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import environment
from tests.cli.test_vmss import all_loaded_by
from tests.powershell import shell as powershell
from vmss_sdk.cli import main
from vmss_sdk.cli.completion import FILES, SCRIPTS, candidates

LINES = {
    "reim": ["reimage"],
    "rolling-upgrade ": ["cancel", "get-latest", "start"],
    "show -o t": ["table", "tsv"],
    "show --que": ["--query"],
    "reimage -g rg --update-os-disk t": ["true"],
    "completion --": ["--help", "--words"],
}
"""What is typed after ``vmss``, and what is offered."""
_BASH = """
eval "$(vmss completion bash)"
for line in "$@"; do
    read -ra COMP_WORDS <<< "vmss $line"
    [[ $line == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    $(complete -p vmss | sed 's/.*-F \\([^ ]*\\).*/\\1/') vmss
    echo "${COMPREPLY[*]}"
done
"""
_ZSH = """
autoload -Uz compinit; compinit -u -D
eval "$(vmss completion zsh)"
_describe() { for one in "${(P@)2}"; do print -rn -- "${one%%:*} "; done; print }
for line in "$@"; do
    words=(vmss ${(z)line}); [[ $line == *" " ]] && words+=('')
    CURRENT=$#words
    ${_comps[vmss]}
done
"""
_FISH = """
vmss completion fish | source
for line in $argv
    complete -C "vmss $line" | string split -f 1 \\t | string join ' '
end
"""
_POWERSHELL = """
vmss completion powershell | Out-String | Invoke-Expression
foreach ($line in {lines}) {{
    (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText -join ' '
}}
"""
_SHELLS = {
    "bash": ["bash", "--norc", "-c", _BASH, "bash"],
    "zsh": ["zsh", "-f", "-c", _ZSH, "zsh"],
    "fish": ["fish", "--no-config", "-c", _FISH],
}


def offered(line: str) -> list[str]:
    """What can stand at the end of a line behind ``vmss``."""
    return [word for word, _ in candidates(line.split(" "))]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        *LINES.items(),
        ("emulator fau", ["faults"]),
        ("emulator faults add zone", ["zone-down"]),
        ("nonsense ", []),
        ("show --output=js", ["--output=json", "--output=jsonc"]),
        ("show --output = js", ["json", "jsonc"]),
        ("completion ", ["--help", "--words", "bash", "fish", "powershell", "zsh"]),
        ("show --name ", []),
        ("show --endpoint in-process --state ", [FILES]),
        ("emulator faults add server-error --status 50", ["500", "502", "503", "504"]),
        ("emulator faults add unhealthy-after-upgrade --health u", ["Unhealthy", "Unknown"]),
    ],
)
def test_what_is_offered(line: str, words: list[str]) -> None:
    """Commands, flags, and the values that are known beforehand; nothing where nothing is known."""
    assert offered(line) == words


def test_a_flag_is_offered_once() -> None:
    """Unless it can be given several times."""
    assert "--name" not in offered("show -g rg --name web --")
    assert "--principal" in offered("emulator start --principal a=Reader --")


def test_after_several_values_there_can_be_more() -> None:
    """Flags are offered as well, because the list may be over."""
    assert "--no-wait" in offered("reimage --instance-ids 0 3 ")


def test_hidden_spellings_are_not_offered() -> None:
    """What is understood for the sake of old scripts is nothing to learn."""
    assert "--instance-id" not in offered("reimage --instance-i")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which ``vmss`` is this one."""
    program = tmp_path / "vmss"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m vmss_sdk.cli "$@"\n')
    program.chmod(0o755)
    return os.pathsep.join([str(tmp_path), os.environ["PATH"]])


@pytest.mark.parametrize(
    "shell", [name for name in _SHELLS if shutil.which(name)]
)  # one that is not there offers nothing
def test_shells_ask_for_it(shell: str, path: str) -> None:
    """Its script defines what the shell calls at a TAB, and that offers the same."""
    done = subprocess.run(
        [*_SHELLS[shell], *LINES], env=environment(PATH=path), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert [line.split() for line in done.stdout.splitlines()] == list(LINES.values())


@pytest.mark.skipif(powershell.find() is None, reason=powershell.MISSING)
def test_powershell_asks_for_it(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """TAB of PowerShell offers the same."""
    monkeypatch.setenv("PATH", path)
    lines = ", ".join(f"'vmss {line}'" for line in LINES)
    done = powershell.run(_POWERSHELL.format(lines=lines))
    assert [line.split() for line in done.stdout.splitlines()] == list(LINES.values())


def test_asking_imports_nothing_heavy() -> None:
    """A TAB is answered before the finger is up again: no HTTP, no emulator."""
    asked = "import io, sys\nsys.stdin = io.StringIO('show\\n-o\\n')\n"
    assert all_loaded_by(f"{asked}from vmss_sdk.cli import main\nmain(['completion', '--words'])") == []


@pytest.mark.parametrize("shell", SCRIPTS)
def test_scripts(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each shell gets one that asks ``vmss completion --words``."""
    assert main(["completion", shell]) == 0
    printed = capsys.readouterr().out
    assert "completion" in printed
    assert "--words" in printed


def test_for_which_shell(capsys: pytest.CaptureFixture[str]) -> None:
    """It has to be said, and the message says which there are."""
    assert main(["completion"]) == 2
    assert capsys.readouterr().err == "ERROR: for which shell? One of bash, zsh, fish, powershell\n"
