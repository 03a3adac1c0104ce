"""The console blocks of the documentation: lines after ``$`` are typed, in this process, and print what is shown."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import attrs

from vmss_sdk.cli import main

__all__ = ["NOT_RUN", "Console", "Typed", "stage", "typed"]

NOT_RUN = {
    "make ": "sets up an environment, or runs this suite",
    "pip ": "asks a package index",
    "az ": "tests/az types what az is to do",
    "curl ": "another program; the tests of the wire send the same",
    "docker ": "builds an image; tests/test_container.py runs the very commands that are in it",
    "eval ": "needs a shell; tests/cli has the lines that it gets",
    "token=": "needs a shell, curl and jq",
    "export AZURE_CONFIG_DIR": "is for az",
    "vmss emulator start": "goes on until it is stopped; tests/cli/test_vmss.py starts it",
    "vmss emulator trust": "is for a server with HTTPS; tests/cli/test_trust.py",
}
"""How lines begin that are shown and not run, with the reason."""


@attrs.frozen
class Typed:
    """One command of a block.

    Attributes:
        line: What is typed, continued lines joined.
        shown: What it prints; empty when the page does not show it.
    """

    line: str
    shown: str

    @property
    def runs(self) -> bool:
        """Whether it can be run here."""
        return not any(self.line.startswith(beginning) for beginning in NOT_RUN)


def typed(block: str) -> Iterator[Typed]:
    """The commands of a block.

    Raises:
        ValueError: It begins with something else.
    """
    joined = re.sub(r"\\\n\s*", "", block)
    head, *parts = re.split(r"(?m)^\$ ", joined)
    if head.strip():
        raise ValueError(f"a console block begins with '$ ', not with {head!r}")
    for part in parts:
        line, _, shown = part.partition("\n")
        yield Typed(line.strip(), shown)


@attrs.define
class Console:
    """A shell that knows what the documentation types: ``vmss``, ``export``, ``cat``, ``echo`` and ``&&``.

    Args:
        folder: Where it is; the state of the emulator is kept there.
    """

    folder: Path
    code: int = 0

    def check(self, command: Typed) -> None:
        """Type a command; it succeeds unless an error is shown, and prints what is shown, ``...`` being anything."""
        printed = self.run(command.line)
        if command.shown:
            same = doctest.OutputChecker().check_output(command.shown, printed, doctest.ELLIPSIS)
            assert same, f"$ {command.line}\npromises\n{command.shown}\nand prints\n{printed}"
        else:
            assert self.code == 0, f"$ {command.line}\nends with {self.code}\n{printed}"

    def run(self, line: str) -> str:
        """What a line prints: its standard output, and when it fails its errors."""
        printed = ""
        for part in line.split(" && "):
            printed += self._run(shlex.split(part, comments=True))
            if self.code:
                break
        return printed

    def _run(self, words: list[str]) -> str:
        name, *rest = words
        if name == "vmss":
            return self._vmss(rest)
        if name == "echo":
            text = " ".join(str(self.code) if word == "$?" else word for word in rest)
            self.code = 0
            return f"{text}\n"
        self.code = 0
        if name == "export":
            os.environ.update({name: value for name, _, value in (word.partition("=") for word in rest)})
            return ""
        if name == "cat":
            return "".join((self.folder / file).read_text() for file in rest)
        raise AssertionError(f"'{name}' cannot be run here: say so in NOT_RUN, or use vmss, export, cat, echo")

    def _vmss(self, words: list[str]) -> str:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            self.code = main(words)
        said = err.getvalue()
        return out.getvalue() + (said[max(0, said.find("ERROR")) :] if self.code else "")


def stage(capacity: int = 10) -> None:
    """What a page begins with that is about a scale set which is there: ``web`` in ``rg``, Rolling, all healthy."""
    made = ["create", "-g", "rg", "-n", "web", "--orchestration-mode", "Uniform", "--image", "Ubuntu2204"]
    policy = ["--upgrade-policy-mode", "Rolling", "--disable-overprovision", "--instance-count", str(capacity)]
    account = ["--admin-username", "azureuser", "--admin-password", "Only-For-Docs-1"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main(["group", "create", "-n", "rg", "-l", "westeurope"]) == 0
        assert main([*made, *policy, *account]) == 0
        assert main(["emulator", "clock", "--advance", "PT10M"]) == 0
