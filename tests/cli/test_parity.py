"""az's words: every command of ``az vmss``, with every flag, is here or there is a reason why it is not."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.cli.az_words import ABSENT, AZ, EVERY, NOT_TAKEN, ours
from vmss_sdk.cli.parser import parser_for
from vmss_sdk.cli.table.refused import REFUSED


def flags_of(name: str) -> Iterator[tuple[str, Mapping[str, Any], argparse.Action | None]]:
    """Each of az's spellings for a command, what az knows of it, and what we have; those not taken are left out."""
    actions = parser_for(ours()[name].path)._option_string_actions
    for spellings, facts in {**EVERY, **AZ[name]}.items():
        first = spellings.split(" ")[0]
        if not {first, f"{name} {first}"} & NOT_TAKEN.keys():
            yield from ((spelling, facts, actions.get(spelling)) for spelling in spellings.split(" "))


def test_every_command_of_az_is_here_or_there_is_a_reason() -> None:
    """And a command that says that az has it is right."""
    assert ours().keys() | ABSENT.keys() == AZ.keys()
    assert not ours().keys() & ABSENT.keys()


def test_every_reason_is_still_needed() -> None:
    """A flag that is taken, or that az does not have, is no exception."""
    for named in NOT_TAKEN:
        command, _, flag = named.rpartition(" ")
        known = {first for name in [command] if name for first in AZ[name]} or set(EVERY)
        assert flag in {spelling for spellings in known for spelling in spellings.split(" ")}, named
        if command:
            assert flag not in parser_for(ours()[command].path)._option_string_actions, named


@pytest.mark.parametrize("name", ours())
def test_flags(name: str) -> None:
    """Every spelling that az takes is understood."""
    assert [spelling for spelling, _, action in flags_of(name) if action is None] == []


@pytest.mark.parametrize("name", ours())
def test_spellings_of_one_flag_are_one(name: str) -> None:
    """``-n`` is not something else than ``--name``."""
    actions = parser_for(ours()[name].path)._option_string_actions
    for spellings in AZ[name]:
        found = {actions[spelling].dest for spelling in spellings.split(" ") if spelling in actions}
        assert len(found) <= 1, spellings


@pytest.mark.parametrize("name", ours())
def test_values(name: str) -> None:
    """What az takes as values is taken: none, one, several, true or false, each of its words in any case."""
    wrong = [spelling for spelling, facts, action in flags_of(name) if action and not takes(action, facts)]
    assert wrong == []


@pytest.mark.parametrize("name", ours())
def test_nothing_is_required_that_az_does_not_require(name: str) -> None:
    """A line that az understands has all that is needed here."""
    taken = {action.dest for _, facts, action in flags_of(name) if action and facts.get("required")}
    needed = {action.dest for action in parser_for(ours()[name].path)._actions if action.required}
    assert needed <= taken


def takes(action: argparse.Action, facts: Mapping[str, Any]) -> bool:
    """Whether everything that az takes can be said."""
    counts: Mapping[Any, tuple[Any, ...]] = {
        "none": (0, "?", "*"),
        "?": ("?", "*"),
        "*": ("*",),
        "+": ("*", "+"),
        None: (None, "?", "*", "+"),
    }
    words = facts.get("choices", ())
    if facts.get("values") == "?" and not words and action.type is not None:
        words = ("true", "false")
    return action.nargs in counts[facts.get("values")] and all(_reads(action, word) for word in words)


def _reads(action: argparse.Action, word: str) -> bool:
    return all(_read(action, spelling) for spelling in (word, word.lower()))


def _read(action: argparse.Action, word: str) -> bool:
    try:
        value = action.type(word) if callable(action.type) else word
    except (argparse.ArgumentTypeError, ValueError):
        return False
    return action.choices is None or value in action.choices


def test_what_is_refused_is_taken_and_has_a_reason() -> None:
    """A flag of az that is not supported is understood, so that the reason can be said."""
    for row in REFUSED:
        for command in row.commands:
            known = {spelling for each in {**EVERY, **AZ[f"vmss {command}"]} for spelling in each.split(" ")}
            assert row.flag in known
            assert len(row.why) > 20


def test_the_check_sees_what_is_missing() -> None:
    """A value that is not taken, a word that is not known, a list that is cut short."""
    parser = argparse.ArgumentParser()
    one = parser.add_argument("--one")
    word = parser.add_argument("--word", choices=("a", "b"))
    assert takes(one, {})
    assert takes(word, {"choices": ["a"]})
    assert not takes(one, {"values": "+"})
    assert not takes(one, {"values": "none"})
    assert not takes(word, {"choices": ["a", "c"]})
