"""The page that says which rules of Azure's behaviour hold here, and which tests prove it.

``python -m tests.rules_page`` writes ``docs/rules.md`` from ``tests/rules.toml`` and the markers of the tests.
"""

from __future__ import annotations

import ast
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

__all__ = ["PAGE", "Proof", "Rule", "Section", "page", "proofs", "sections"]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/rules.md"
TABLE = ROOT / "tests/rules.toml"
FOLDERS = ("emulator", "conformance")
INTRODUCTION = """\
# Rules

What Azure does with scale sets, rule by rule, from public material and in this project's words; and for each rule the
tests that fail if the emulator breaks it, or why it is left out. The numbers are those that the code, the decision log
and the tests name. The mark says how sure a rule is: DOC, Azure's documentation says so; CODE, published code does;
OBS, users or recordings show it; INF, it follows from others; CHOICE, Azure is silent or contradicts itself, and this
is what the emulator does.
"""


@attrs.frozen
class Rule:
    """One rule.

    Attributes:
        id: Its number.
        mark: How sure it is.
        says: What it says.
        left_out: Why it is not there at all, or None.
        without: Which part of it is not there, or None.
    """

    id: str
    mark: str
    says: str
    left_out: str | None = None
    without: str | None = None


@attrs.frozen
class Section:
    """Rules under one title."""

    title: str
    rules: tuple[Rule, ...]


@attrs.frozen(order=True)
class Proof:
    """A test that proves rules.

    Attributes:
        file: Where it is, below the folder of tests.
        name: Its name.
        rules: Which.
    """

    file: str
    name: str
    rules: tuple[str, ...]


@functools.cache
def sections() -> tuple[Section, ...]:
    """The table of rules."""
    table: dict[str, Any] = tomllib.loads(TABLE.read_text())
    return tuple(
        Section(section["title"], tuple(Rule(id=number, **facts) for number, facts in section["rules"].items()))
        for section in table["section"]
    )


@functools.cache
def proofs() -> tuple[Proof, ...]:
    """The tests with the marker ``rule``, read from the source: no test is imported or collected."""
    tests = ROOT / "tests"
    files = sorted(path for folder in FOLDERS for path in (tests / folder).rglob("test_*.py"))
    return tuple(proof for path in files for proof in _proofs_in(path.relative_to(tests).as_posix(), path.read_text()))


def page() -> str:
    """The text of the page."""
    by_rule: dict[str, list[Proof]] = {}
    for proof in proofs():
        for number in proof.rules:
            by_rule.setdefault(number, []).append(proof)
    table = sections()
    parts = [INTRODUCTION, _summary([rule for section in table for rule in section.rules])]
    for section in table:
        lines = [line for rule in section.rules for line in _entry(rule, by_rule.get(rule.id, []))]
        parts.append("\n".join([f"## {section.title}", "", *lines]) + "\n")
    return "\n".join(parts)


def _proofs_in(file: str, text: str) -> Iterator[Proof]:
    if "mark.rule(" not in text:
        return
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and (rules := _rules_of(node)):
            yield Proof(file, node.name, rules)


def _rules_of(node: ast.FunctionDef) -> tuple[str, ...]:
    calls = [mark for mark in node.decorator_list if isinstance(mark, ast.Call)]
    return tuple(
        str(ast.literal_eval(number))
        for call in calls
        if ast.unparse(call.func) == "pytest.mark.rule"
        for number in call.args
    )


def _summary(rules: list[Rule]) -> str:
    out = sum(rule.left_out is not None for rule in rules)
    part = sum(rule.without is not None for rule in rules)
    return f"{len(rules)} rules: {len(rules) - out} proven, {part} of them but for a part; {out} left out.\n"


def _entry(rule: Rule, found: list[Proof]) -> Iterator[str]:
    yield f"- **{rule.id}** ({rule.mark}) {rule.says}"
    if rule.left_out is not None:
        yield f"  *Left out:* {rule.left_out}."
    if rule.without is not None:
        yield f"  *Without* {rule.without}."
    if found:
        names: dict[str, list[str]] = {}
        for proof in found:
            names.setdefault(proof.file.removeprefix("emulator/").removesuffix(".py"), []).append(f"`{proof.name}`")
        yield ""
        yield from (f"  - {file}: {', '.join(each)}" for file, each in names.items())


if __name__ == "__main__":
    PAGE.write_text(page())
