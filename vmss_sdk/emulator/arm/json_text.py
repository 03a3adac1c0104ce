"""Where a member stands in a JSON text, for error messages that name line and position."""

import re
from collections.abc import Sequence
from typing import Any

from vmss_sdk import wire

__all__ = ["locate"]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')

Step = str | int


def locate(text: str, path: Sequence[Step]) -> tuple[int, int]:
    """Line and position (both from 1) just behind the name of a member, or at an item of an array.

    Args:
        text: JSON that was decoded before.
        path: Names and indexes from the outside in.
    """
    offset = _offset(text, list(path))
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start


def _offset(text: str, wanted: list[Step]) -> int:
    here: list[Step] = []
    key: Any = None
    found = 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        if word in "{[":
            here.append(0 if word == "[" else "")
            found = _if_wanted(here, wanted, token.start(), found)
        elif word in "}]":
            here.pop()
        elif word == "," and here and isinstance(here[-1], int):
            here[-1] += 1
            found = _if_wanted(here, wanted, token.end(), found)
        elif word == ":" and here:
            here[-1] = key
            found = _if_wanted(here, wanted, token.end(), found)
        elif word.startswith('"'):
            key = wire.decode(word)
    return found


def _if_wanted(here: list[Step], wanted: list[Step], offset: int, found: int) -> int:
    return offset if here == wanted else found
