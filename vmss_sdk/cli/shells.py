"""Shell syntax for variables and commands."""

import argparse
import os
import shlex
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["POWERSHELL", "Shell", "shell_of"]


class Shell(NamedTuple):
    """A shell's way to write things.

    Attributes:
        assignment: Sets a variable to what is quoted.
        file: The content of a file, the path is quoted.
        condition: A command that runs when another one is there.
        quote: Makes one word of a text.
    """

    assignment: str
    file: str
    condition: str
    quote: Callable[[str], str]

    def set(self, name: str, value: str) -> str:
        """The line that sets a variable."""
        return self.assignment.format(name=name, value=self.quote(value))

    def set_from_file(self, name: str, path: str) -> str:
        """The line that sets a variable to what a file holds."""
        return self.assignment.format(name=name, value=self.file.format(path=self.quote(path)))

    def if_there(self, program: str, command: str) -> str:
        """The line that runs a command when a program is there, and else says that it is not."""
        return self.condition.format(program=program, command=command)


def _powershell_quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


POWERSHELL = Shell(
    "$env:{name} = {value}",
    "(Get-Content -Raw {path})",
    "if (Get-Command {program} -ErrorAction Ignore) {{ {command} }} else {{ Write-Warning"
    " '{program} is not installed' }}",
    _powershell_quote,
)
_SHELLS = {
    "sh": Shell(
        "export {name}={value}",
        '"$(cat {path})"',
        "if command -v {program} >/dev/null; then {command}; else echo '{program} is not installed' >&2; fi",
        shlex.quote,
    ),
    "powershell": POWERSHELL,
}


def shell_of(args: argparse.Namespace) -> Shell:
    """The shell that was asked for; else the one that this system's users have."""
    return _SHELLS[args.shell or ("powershell" if os.name == "nt" else "sh")]
