"""The part of OData that ``$filter`` is served of: comparisons joined by ``and``."""

from __future__ import annotations

import re

import attrs

__all__ = ["Comparison", "comparisons"]

_VALUE = r"'(?:[^']|'')*'"
_EQUALS = re.compile(rf"([\w/]+)\s+(eq|ne)\s+({_VALUE}|true|false|\d+)", re.IGNORECASE)
_STARTS = re.compile(rf"startswith\(\s*([\w/]+)\s*,\s*({_VALUE})\s*\)(?:\s+eq\s+true)?", re.IGNORECASE)
_CONTAINS = re.compile(rf"substringof\(\s*({_VALUE})\s*,\s*([\w/]+)\s*\)(?:\s+eq\s+true)?", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)", re.IGNORECASE)


@attrs.frozen
class Comparison:
    """One comparison; all values are compared as text, in lower case.

    Attributes:
        member: The path of what is compared, in lower case.
        operator: ``eq``, ``ne``, ``startswith`` or ``substringof``.
        wanted: What with.
    """

    member: str
    operator: str
    wanted: str

    def holds(self, value: str) -> bool:
        """Whether it holds for a value."""
        value = value.lower()
        if self.operator == "startswith":
            return value.startswith(self.wanted)
        if self.operator == "substringof":
            return self.wanted in value
        return (value == self.wanted) == (self.operator == "eq")


def comparisons(text: str) -> list[Comparison]:
    """The comparisons of a filter; none for an empty one.

    Raises:
        ValueError: It is something else.
    """
    return [_comparison(part.strip()) for part in _AND.split(text.strip())] if text.strip() else []


def _comparison(text: str) -> Comparison:
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if match := _EQUALS.fullmatch(text):
        return Comparison(match[1].lower(), match[2].lower(), _literal(match[3]))
    if match := _STARTS.fullmatch(text):
        return Comparison(match[1].lower(), "startswith", _literal(match[2]))
    if match := _CONTAINS.fullmatch(text):
        return Comparison(match[2].lower(), "substringof", _literal(match[1]))
    raise ValueError("no comparison")


def _literal(text: str) -> str:
    return text.removeprefix("'").removesuffix("'").replace("''", "'").lower()
