"""The functions that expressions may call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vmss_sdk import wire

__all__ = ["FUNCTIONS", "as_text"]

_MANY = 64


def as_text(value: Any) -> str:
    """A value as Kusto's ``tostring`` writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else wire.encode(value).decode()


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _integer(value: Any) -> int | None:
    number = _number(value)
    return None if number is None or number != number or abs(number) > 2**63 else int(number)  # noqa: PLR0124


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False, "1": True, "0": False}.get(as_text(value).lower())


def _substring(text: Any, start: Any, length: Any = None) -> str:
    at = max(0, _integer(start) or 0)
    end = None if length is None else at + max(0, _integer(length) or 0)
    return as_text(text)[at:end]


def _case(*arguments: Any) -> Any:
    pairs, otherwise = arguments[:-1], arguments[-1]
    found = (value for test, value in zip(pairs[::2], pairs[1::2], strict=False) if test is True)
    return next(found, otherwise)


def _first_given(*arguments: Any) -> Any:
    return next((value for value in arguments if value not in (None, "")), None)


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, list) else None


FUNCTIONS: dict[str, tuple[Callable[..., Any], int, int]] = {
    "array_length": (_length, 1, 1),
    "case": (_case, 3, _MANY),
    "coalesce": (_first_given, 1, _MANY),
    "iff": (lambda test, yes, no: yes if test is True else no, 3, 3),
    "iif": (lambda test, yes, no: yes if test is True else no, 3, 3),
    "isempty": (lambda value: value in (None, ""), 1, 1),
    "isnotempty": (lambda value: value not in (None, ""), 1, 1),
    "isnotnull": (lambda value: value is not None, 1, 1),
    "isnull": (lambda value: value is None, 1, 1),
    "not": (lambda value: value is not True, 1, 1),
    "split": (lambda text, sign: as_text(text).split(as_text(sign) or None), 2, 2),
    "strcat": (lambda *texts: "".join(map(as_text, texts)), 1, _MANY),
    "strlen": (lambda text: len(as_text(text)), 1, 1),
    "substring": (_substring, 2, 3),
    "tobool": (_boolean, 1, 1),
    "todouble": (_number, 1, 1),
    "toint": (_integer, 1, 1),
    "tolong": (_integer, 1, 1),
    "tolower": (lambda text: as_text(text).lower(), 1, 1),
    "toreal": (_number, 1, 1),
    "tostring": (as_text, 1, 1),
    "toupper": (lambda text: as_text(text).upper(), 1, 1),
}
"""By name: what it does, and how many arguments it takes at least and at most."""
