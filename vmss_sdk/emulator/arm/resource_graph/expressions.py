"""Expressions of a query: read once, and evaluated for each row.

As in Kusto, names of functions mind case, ``==`` compares texts exactly and ``=~`` without regard to case; what is not
there is null, and any comparison with null is false.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vmss_sdk.emulator.arm.resource_graph.errors import QueryError
from vmss_sdk.emulator.arm.resource_graph.functions import FUNCTIONS, as_text
from vmss_sdk.emulator.arm.resource_graph.tokens import Tokens

__all__ = ["Evaluate", "Row", "member", "read"]

Row = dict[str, Any]
Evaluate = Callable[[Row], Any]

_DEEPEST = 50
_SIGNS = ("==", "!=", "=~", "!~", "<", "<=", ">", ">=")
_LISTS = ("in", "in~", "!in", "!in~")
_CONSTANTS = {"true": True, "false": False, "null": None}


def read(tokens: Tokens, depth: int = 0) -> Evaluate:
    """Read an expression.

    Raises:
        QueryError: It is none that is served.
    """
    if depth > _DEEPEST:
        raise QueryError(f"expressions are nested more than {_DEEPEST} deep")
    return _or(tokens, depth + 1)


def member(row: Any, name: str) -> Any:
    """A member of a row or an object; names of columns mind no case, as in Resource Graph."""
    if not isinstance(row, dict):
        return None
    if name in row:
        return row[name]
    return next((value for key, value in row.items() if key.lower() == name.lower()), None)


def _or(tokens: Tokens, depth: int) -> Evaluate:
    parts = [_and(tokens, depth)]
    while tokens.took("or"):
        parts.append(_and(tokens, depth))
    return parts[0] if len(parts) == 1 else lambda row: any(part(row) is True for part in parts)


def _and(tokens: Tokens, depth: int) -> Evaluate:
    parts = [_comparison(tokens, depth)]
    while tokens.took("and"):
        parts.append(_comparison(tokens, depth))
    return parts[0] if len(parts) == 1 else lambda row: all(part(row) is True for part in parts)


def _comparison(tokens: Tokens, depth: int) -> Evaluate:
    left = _sum(tokens, depth)
    if sign := tokens.took(*_SIGNS):
        right = _sum(tokens, depth)
        return lambda row: _compare(sign, left(row), right(row))
    if word := tokens.took(*_LISTS):
        items = _items(tokens, depth)
        return lambda row: _is_in(word, left(row), [item(row) for item in items])
    words = (*_WORDS, *(f"!{word}" for word in _WORDS))
    if word := tokens.took(*words):
        right, holds = _sum(tokens, depth), _WORDS[word.removeprefix("!")]
        wanted = not word.startswith("!")
        return lambda row: holds(as_text(left(row)), as_text(right(row))) is wanted
    return left


def _items(tokens: Tokens, depth: int) -> list[Evaluate]:
    tokens.expect("(")
    items = [read(tokens, depth)]
    while tokens.took(","):
        items.append(read(tokens, depth))
    tokens.expect(")")
    return items


def _sum(tokens: Tokens, depth: int) -> Evaluate:
    left = _product(tokens, depth)
    while sign := tokens.took("+", "-"):
        left = _calculated(sign, left, _product(tokens, depth))
    return left


def _product(tokens: Tokens, depth: int) -> Evaluate:
    left = _value(tokens, depth)
    while sign := tokens.took("*", "/", "%"):
        left = _calculated(sign, left, _value(tokens, depth))
    return left


def _value(tokens: Tokens, depth: int) -> Evaluate:
    found = _first(tokens, depth)
    while True:
        if tokens.took("."):
            found = _member_of(found, tokens.name("the name of a member"))
        elif tokens.took("["):
            found = _item_of(found, read(tokens, depth))
            tokens.expect("]")
        else:
            return found


def _first(tokens: Tokens, depth: int) -> Evaluate:
    token = tokens.next
    if token.kind in ("text", "number"):
        tokens.take()
        constant: Any = token.value if token.kind == "text" else _number(token.value)
        return lambda _: constant
    if tokens.took("-"):
        inner = _value(tokens, depth)
        return _calculated("-", lambda _: 0, inner)
    if tokens.took("("):
        inner = read(tokens, depth)
        tokens.expect(")")
        return inner
    name = tokens.name("a value")
    if tokens.next.value == "(":
        return _call(name, _arguments(tokens, depth))
    if name in _CONSTANTS:
        return lambda _: _CONSTANTS[name]
    return lambda row: member(row, name)


def _arguments(tokens: Tokens, depth: int) -> list[Evaluate]:
    tokens.expect("(")
    if tokens.took(")"):
        return []
    found = [read(tokens, depth)]
    while tokens.took(","):
        found.append(read(tokens, depth))
    tokens.expect(")")
    return found


def _call(name: str, arguments: list[Evaluate]) -> Evaluate:
    known = FUNCTIONS.get(name)
    if known is None:
        raise QueryError(f"the function '{name}' is not served: known are {', '.join(sorted(FUNCTIONS))}")
    function, least, most = known
    if not least <= len(arguments) <= most:
        raise QueryError(f"'{name}' was given {len(arguments)} arguments: expected {least} to {most}")
    return lambda row: function(*(argument(row) for argument in arguments))


def _member_of(owner: Evaluate, name: str) -> Evaluate:
    return lambda row: member(owner(row), name)


def _item_of(owner: Evaluate, key: Evaluate) -> Evaluate:
    def item(row: Row) -> Any:
        holder, at = owner(row), key(row)
        if isinstance(holder, list) and isinstance(at, int) and -len(holder) <= at < len(holder):
            return holder[at]
        return member(holder, at) if isinstance(at, str) else None

    return item


def _calculated(sign: str, left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda row: _calculate(sign, left(row), right(row))


def _calculate(sign: str, left: Any, right: Any) -> Any:
    if not _is_number(left) or not _is_number(right):
        return None
    if sign in "/%" and right == 0:
        return None
    if sign == "/":
        return left // right if isinstance(left, int) and isinstance(right, int) else left / right
    return {"+": left + right, "-": left - right, "*": left * right, "%": left % right if right else None}[sign]


def _compare(sign: str, left: Any, right: Any) -> bool:
    if left is None or right is None:
        return False
    if sign in ("=~", "!~"):
        return (as_text(left).lower() == as_text(right).lower()) == (sign == "=~")
    if isinstance(left, str) != isinstance(right, str):
        left, right = as_text(left), as_text(right)
    if sign in ("==", "!="):
        return bool(left == right) == (sign == "==")
    try:
        return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign])
    except TypeError:
        return False


def _is_in(word: str, value: Any, items: list[Any]) -> bool:
    wanted = not word.startswith("!")
    if word.endswith("~"):
        return (as_text(value).lower() in [as_text(item).lower() for item in items]) is wanted
    return (value in items) is wanted


def _has(text: str, word: str) -> bool:
    """Whether it is one of the words of a text, which are what stands between signs."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if (at == 0 or not text[at - 1].isalnum()) and (end == len(text) or not text[end].isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_WORDS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part.lower() in text.lower(),
    "contains_cs": lambda text, part: part in text,
    "startswith": lambda text, part: text.lower().startswith(part.lower()),
    "startswith_cs": lambda text, part: text.startswith(part),
    "endswith": lambda text, part: text.lower().endswith(part.lower()),
    "endswith_cs": lambda text, part: text.endswith(part),
    "has": lambda text, part: _has(text.lower(), part.lower()),
    "has_cs": _has,
}
