"""The table of equivalents: each way of a row does what the row says."""

import json
import re
import shlex

import pytest

from tests.coming_from_page import PAGE, ROOT, Row, page, rows
from tests.coverage_page import operations, powershell, verbs
from vmss_sdk.cli.parser import parse

AZ = json.loads((ROOT / "tests/cli/az_flags.json").read_text())["commands"]
OPERATIONS = {operation.id for operation in operations()}
each_row = pytest.mark.parametrize("row", rows(), ids=lambda row: row.task)


def test_the_page_has_the_table() -> None:
    """After a change of it, `python -m tests.coming_from_page` writes it anew."""
    assert PAGE.read_text() == page()


@each_row
def test_the_client_s_verb_sends_the_operation(row: Row) -> None:
    """The one of azure-mgmt-compute that stands beside it."""
    assert row.operation in OPERATIONS
    assert row.verb in verbs()[row.operation]


@each_row
def test_the_line_can_be_typed_and_sends_the_operation(row: Row) -> None:
    """In az's words where az has some."""
    if row.typed is None:
        return
    command = parse(shlex.split(row.typed)[1:])[0]
    assert command is not None
    assert row.operation in command.operations
    if row.az is not None:
        words = " ".join(["vmss", *command.path])
        assert words in AZ
        flags = {spelling for known in AZ[words] for spelling in known.split()}
        assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", row.az)) <= flags | {"-g", "-n"}


@each_row
def test_the_powershell_function_sends_the_operation(row: Row) -> None:
    """The cmdlet has Az.Compute's name and parameters, and the function of that name here does the same."""
    if row.powershell is not None:
        name = row.powershell.split()[0]
        assert name in powershell()[row.operation]
        source = (ROOT / f"powershell/VmssSdk/Public/{name}.ps1").read_text()
        assert all(f"${parameter}" in source for parameter in re.findall(r" -([A-Za-z]+)", row.powershell))
