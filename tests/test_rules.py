"""The table of rules, the tests that prove them, and the page that shows both."""

import re
from collections import Counter

import pytest

from tests.rules_page import PAGE, ROOT, page, proofs, sections

RULES = {rule.id: rule for section in sections() for rule in section.rules}
PROVEN = {number for proof in proofs() for number in proof.rules}


def test_the_page_is_what_the_table_and_the_tests_say() -> None:
    """After a change of either, `python -m tests.rules_page` writes it anew."""
    assert PAGE.read_text() == page()


def test_every_marker_names_a_rule() -> None:
    """A test cannot prove a rule that the table does not have."""
    wrong = {f"{proof.file}::{proof.name}": set(proof.rules) - RULES.keys() for proof in proofs()}
    assert {test: numbers for test, numbers in wrong.items() if numbers} == {}


def test_every_rule_is_proven_or_left_out_for_a_reason() -> None:
    """A rule has a test or says why it has none, and never both."""
    left_out = {number for number, rule in RULES.items() if rule.left_out}
    assert RULES.keys() - PROVEN - left_out == set()
    assert PROVEN & left_out == set()


def test_at_least_150_rules_are_covered_and_most_are_proven() -> None:
    """What the table is for."""
    assert len(RULES) >= 150
    assert len(PROVEN) > len(RULES) * 3 / 4


def test_rules_are_short_and_each_is_there_once() -> None:
    """One statement of at most 160 characters, with a known mark."""
    numbers = Counter(rule.id for section in sections() for rule in section.rules)
    assert [number for number, count in numbers.items() if count > 1] == []
    assert [number for number, rule in RULES.items() if len(rule.says) > 160] == []
    marks = {mark for rule in RULES.values() for mark in rule.mark.split(", ")}
    assert marks == {"DOC", "CODE", "OBS", "INF", "CHOICE"}


@pytest.mark.parametrize("file", sorted({proof.file for proof in proofs()}))
def test_markers_are_where_the_page_looks_for_them(file: str) -> None:
    """Each marker is on a test function of the module itself, so that none is overlooked."""
    text = (ROOT / "tests" / file).read_text()
    assert text.count("pytest.mark.rule(") == sum(proof.file == file for proof in proofs())


def test_the_decision_log_names_rules_that_exist() -> None:
    """A reader of the log finds each rule on the page: by its number, or as the title of its section."""
    titles = {section.title.partition(" ")[0] for section in sections()}
    cited = set(re.findall(r"rule (\d[\d.]*\d)", (ROOT / "vmss_sdk/emulator/engine/reading/explain.py").read_text()))
    assert cited - RULES.keys() - titles == set()
