"""What is said to who types another word than the one that there is."""

import re

import pytest

from tests.cli.conftest import Run
from vmss_sdk.cli.parser import arguments_of
from vmss_sdk.cli.table import COMMANDS
from vmss_sdk.cli.table.suggestions import COMMANDS_MEANT, FLAGS_MEANT


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("create -g rg -n web --count 4", "'--instance-count'"),
        ("update -g rg -n web --vm-size Standard_D4s_v5", "'--vm-sku'"),
        ("update -g rg -n web --batch 10", "'--max-batch-instance-percent'"),
        ("status", "'vmss show'"),
        ("diff", "--dry-run"),
        ("outdated", "'vmss pending'"),
        ("login", "az-env"),
        ("encryption enable", "'az vmss encryption'"),
        ("list-instance-connection-info", "'vmss list-instance-public-ips'"),
        ("rolling-upgrade resume", "'vmss update' without a change"),
        ("emulator faults add unhealthy", "unhealthy-after-upgrade"),
    ],
)
def test_a_word_that_means_a_command_or_a_flag_is_understood(run: Run, line: str, meant: str) -> None:
    """What does what was asked for is named, not what is spelled alike."""
    ran = run(line)
    assert (ran.code, "what you look for may be" in ran.err, meant in ran.err) == (2, True, True), ran.err


def test_every_suggestion_names_what_there_is() -> None:
    """Commands and flags that are suggested exist."""
    paths = {command.name for command in COMMANDS}
    flags = {flag for command in COMMANDS for argument in arguments_of(command) for flag in argument.flags}
    for text in (*COMMANDS_MEANT.values(), *FLAGS_MEANT.values()):
        for quoted in re.findall(r"'vmss ([a-z -]+?)(?: …| --|')", text):
            assert quoted.strip() in paths, text
        for flag in re.findall(r"--[a-z-]+", text):
            assert flag in flags, text


def test_a_table_of_what_has_no_columns_is_empty(run: Run) -> None:
    """What was done is done, and no failure, as in az."""
    ran = run("group create -n rg -l westus -o table")
    assert ran.code == 0
    created = run("create -g rg -n web --image Ubuntu2204 --admin-username ops --admin-password Passw0rd-1234 -o table")
    assert created.code == 0
