"""The page about the command line, and the lines that the help shows."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.cli_page import PAGE, page
from vmss_sdk.cli.command import Command
from vmss_sdk.cli.parser import parse
from vmss_sdk.cli.table import COMMANDS

WITH_EXAMPLES = [command for command in COMMANDS if command.examples]


def test_the_page_is_what_the_table_says() -> None:
    """After a change of either, ``python -m tests.cli_page`` writes it anew."""
    assert PAGE.read_text() == page()


@pytest.mark.parametrize("command", WITH_EXAMPLES, ids=lambda command: command.name)
def test_examples_can_be_typed(command: Command) -> None:
    """Each is a line of this very command that the parser understands."""
    for example in command.examples:
        line = re.sub(r"^eval \"\$\((.*)\)\"$", r"\1", example.line)
        words = shlex.split(re.split(r" [|>] ", line)[0])
        assert words[0] == "vmss"
        assert parse(words[1:])[0] == command
