"""Positions of members in a JSON text, for error messages that name line and position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from vmss_sdk import wire

__all__ = ["Step", "locate"]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')

Step = str | int
Place = tuple[int, int]


@attrs.define(eq=False)
class _Branch:
    """A step that leads to members that are looked for."""

    inside: dict[Step, _Branch] = attrs.field(factory=dict)
    offset: int = 0


@attrs.define(eq=False)
class _Level:
    """An object or an array that is being read; without a branch nothing in it is looked for."""

    branch: _Branch | None
    step: Step
    here: _Branch | None = None

    def enter(self, step: Step, offset: int) -> None:
        """A member or an item begins; of a name given twice the last counts."""
        self.step = step
        self.here = self.branch.inside.get(step) if self.branch is not None else None
        if self.here is not None:
            self.here.offset = offset


def locate(text: str, paths: Iterable[Sequence[Step]]) -> list[Place]:
    """Line and position (both from 1) just behind the name of each member, or at an item of an array.

    The text is read once, however many members are looked for.

    Args:
        text: JSON that was decoded before.
        paths: Names and indexes from the outside in.
    """
    root = _Branch()
    wanted = [_branch(root, path) for path in paths]
    _read(text, root)
    return _places(text, [branch.offset for branch in wanted])


def _branch(root: _Branch, path: Sequence[Step]) -> _Branch:
    for step in path:
        root = root.inside.setdefault(step, _Branch())
    return root


def _read(text: str, root: _Branch) -> None:
    levels = [_Level(None, "", root)]
    key: Any = None
    for token in _TOKEN.finditer(text):
        word, level = token.group(), levels[-1]
        if word in "{[":
            levels.append(_Level(level.here, 0 if word == "[" else ""))
            if word == "[":
                levels[-1].enter(0, token.start())
        elif word in "}]":
            levels.pop()
        elif word == "," and isinstance(level.step, int):
            level.enter(level.step + 1, token.end())
        elif word == ":":
            level.enter(key, token.end())
        elif level.branch is not None and word.startswith('"'):
            key = wire.decode(word)


def _places(text: str, offsets: list[int]) -> list[Place]:
    places: dict[int, Place] = {}
    line, line_start, seen = 1, 0, 0
    for offset in sorted(set(offsets)):
        line += text.count("\n", seen, offset)
        line_start = text.rfind("\n", seen, offset) + 1 or line_start
        places[offset] = (line, offset - line_start)
        seen = offset
    return [places[offset] for offset in offsets]
