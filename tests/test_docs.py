"""The examples of the README and the documentation run, and print what they say they print."""

import contextlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

from tests.serving import served
from vmss_sdk.emulator.server import DEFAULT_PORT

ROOT = Path(__file__).parents[1]
DOCUMENTED = "http://127.0.0.1:8677"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """What `vmss emulator start` serves, on a port of its own."""
    with served() as address:
        yield address


def _compare(example: Example) -> None:
    printed = example.namespace.pop("printed", io.StringIO()).getvalue()
    assert printed == example.parsed, f"line {example.line} promises another output"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run_and_print_what_is_shown(
    page: Path, server: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every Python block runs after the ones before it, and a text block below it is what it prints."""
    if page.name == "https.md":
        for name, value in request.getfixturevalue("secure").environment.items():
            monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)  # what an example writes is gone afterwards
    copy = tmp_path / page.name
    copy.write_text(page.read_text().replace(DOCUMENTED, server))
    parsers: Sequence[Any] = [PythonCodeBlockParser(), CodeBlockParser("text", _compare)]
    document = Sybil(parsers=parsers).parse(copy)
    for example in document.examples():
        if example.region.evaluator is _compare:
            example.evaluate()
            continue
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            example.evaluate()
        document.namespace["printed"] = printed


def test_documented_address_is_the_server_s() -> None:
    """The address in the examples is the one that `vmss emulator start` listens on by default."""
    assert f"http://127.0.0.1:{DEFAULT_PORT}" == DOCUMENTED
    assert all("127.0.0.1:" not in page.read_text().replace(DOCUMENTED, "") for page in PAGES)


def test_every_module_of_models_is_documented() -> None:
    """A new file of models is on the page of models."""
    page = (ROOT / "docs/models.md").read_text()
    modules = {path.stem for path in (ROOT / "vmss_sdk/models").glob("[a-z]*.py")} - {"schema"}  # no models in it
    assert {name for name in modules if f".. automodule:: vmss_sdk.models.{name}\n" not in page} == set()
