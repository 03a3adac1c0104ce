"""The examples of the README and the documentation run, and print what they say they print."""

import contextlib
import io
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

import vmss_sdk
from tests.azure_rules import problems, written_scale_sets
from tests.console import NOT_RUN, Console, typed
from tests.serving import served
from vmss_sdk.emulator.server import DEFAULT_PORT

ROOT = Path(__file__).parents[1]
DOCUMENTED = "http://127.0.0.1:8677"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GENERATED = {"cli.md"}  # of which tests/cli/test_page.py types every line


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """What `vmss emulator start` serves, on a port of its own."""
    with served() as address:
        yield address


def _set_up_console(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's user is read or written."""
    for name in [name for name in os.environ if name.startswith(("AZURE_", "VMSS_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("VMSS_HOME", str(folder / "home"))
    monkeypatch.setenv("VMSS_STATE", str(folder / "state"))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("VMSS_ENDPOINT", "in-process")


def _compare(example: Example) -> None:
    printed = example.namespace.pop("printed", io.StringIO()).getvalue()
    assert printed == example.parsed, f"line {example.line} promises another output"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run_and_print_what_is_shown(
    page: Path, server: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks run in their order: Python, with a text block for what it prints, and what is typed into a console."""
    _set_up_console(tmp_path, monkeypatch)
    if page.name == "https.md":
        for name, value in request.getfixturevalue("secure").environment.items():
            monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)  # what an example writes is gone afterwards
    console = Console(tmp_path)

    def type_in(example: Example) -> None:
        for command in typed(example.parsed):
            if command.runs:
                console.check(command)

    copy = tmp_path / page.name
    copy.write_text(page.read_text().replace(DOCUMENTED, server))
    parsers: Sequence[Any] = [PythonCodeBlockParser(), CodeBlockParser("text", _compare)]
    if page.name not in GENERATED:
        parsers = [*parsers, CodeBlockParser("console", type_in)]
    document = Sybil(parsers=parsers).parse(copy)
    with written_scale_sets(monkeypatch) as made:
        for example in document.examples():
            if example.region.evaluator in (_compare, type_in):
                example.evaluate()
                continue
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                example.evaluate()
            document.namespace["printed"] = printed
    assert [found for found in map(problems, made) if found] == [], "Azure refuses what this page creates"


def test_documented_address_is_the_server_s() -> None:
    """The address in the examples is the one that `vmss emulator start` listens on by default."""
    assert f"http://127.0.0.1:{DEFAULT_PORT}" == DOCUMENTED
    assert all("127.0.0.1:" not in page.read_text().replace(DOCUMENTED, "") for page in PAGES)


def test_every_module_of_models_is_documented() -> None:
    """A new file of models is on the page of models."""
    page = (ROOT / "docs/models.md").read_text()
    modules = {path.stem for path in (ROOT / "vmss_sdk/models").glob("[a-z]*.py")} - {"schema"}  # no models in it
    assert {name for name in modules if f".. automodule:: vmss_sdk.models.{name}\n" not in page} == set()


def test_what_is_not_run_is_little_and_has_reasons() -> None:
    """A new kind of line that is only shown needs a reason, and one that no page has any more is taken out."""
    pages = [page for page in PAGES if page.name not in GENERATED]
    blocks = [block for page in pages for block in re.findall(r"(?ms)^```console\n(.*?)^```", page.read_text())]
    shown = [command.line for block in blocks for command in typed(block) if not command.runs]
    assert {start for start in NOT_RUN if not any(line.startswith(start) for line in shown)} == set()
    assert len(NOT_RUN) <= 12
    assert all(NOT_RUN.values())


@pytest.mark.parametrize("name", [name for name in vmss_sdk.__all__ if not name.startswith("_")])
def test_every_public_name_is_in_the_reference(name: str) -> None:
    """By its module, or by itself."""
    pages = (ROOT / "docs/api.md").read_text() + (ROOT / "docs/models.md").read_text()
    thing = getattr(vmss_sdk, name)
    home = getattr(thing, "__module__", type(thing).__module__)
    by_itself = re.search(rf"(?m)^\.\. auto(class|data|function):: {re.escape(home)}\.{name}$", pages)
    by_module = re.search(rf"(?m)^\.\. automodule:: {re.escape(home)}\n   :members:(.*)$", pages)
    assert by_itself or (by_module and (not by_module[1] or name in by_module[1]))
