"""The values of the template language: JSON's, with ARM's names for their types and its rules of comparison."""

from __future__ import annotations

import json
from collections.abc import Hashable
from typing import Any

__all__ = ["find", "frozen", "key_of", "number_of", "same", "text_of", "type_name"]

_NAMES: dict[type, str] = {
    bool: "Boolean",
    int: "Integer",
    float: "Float",
    str: "String",
    list: "Array",
    dict: "Object",
    type(None): "Null",
}


def type_name(value: Any) -> str:
    """What ARM calls the type of a value."""
    return _NAMES.get(type(value), "Lambda")


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal: strings by case, numbers and booleans are different things."""
    if isinstance(one, dict) and isinstance(other, dict):
        return len(one) == len(other) and all(key in other and same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return type(one) is type(other) and bool(one == other)


def frozen(value: Any) -> Hashable:
    """What two values have in common if, and only if, they are `same`."""
    if isinstance(value, dict):
        return dict, frozenset((name, frozen(item)) for name, item in value.items())
    if isinstance(value, list):
        return list, tuple(map(frozen, value))
    return type(value), value


def key_of(document: dict[str, Any], name: str) -> str | None:
    """The member's own spelling of a name, which is found without regard to case; None: there is none."""
    if name in document:
        return name
    wanted = name.lower()
    return next((key for key in document if key.lower() == wanted), None)


def find(document: Any, name: str, default: Any = None) -> Any:
    """A member of an object by a name in any case."""
    key = key_of(document, name) if isinstance(document, dict) else None
    return default if key is None else document[key]


def text_of(value: Any) -> str:
    """A value as ``string()`` writes it: objects and arrays as compact JSON, booleans as ``True``, null as nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return str(value)


def number_of(text: str) -> int | None:
    """The whole number that a text is; None: it is none, or has more than 19 digits."""
    stripped = text.strip()
    digits = stripped[1:] if stripped[:1] in ("+", "-") else stripped
    return int(stripped) if digits.isascii() and digits.isdecimal() and len(digits) < 20 else None  # noqa: PLR2004
