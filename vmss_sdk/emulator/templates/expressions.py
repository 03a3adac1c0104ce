"""The expressions of templates: reading them, writing them, walking over them (https://aka.ms/arm-template-expressions)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NoReturn

import attrs

from vmss_sdk.emulator.templates.errors import LanguageError

__all__ = [
    "Call",
    "Expression",
    "Index",
    "Literal",
    "Member",
    "is_expression",
    "literal_text",
    "parse",
    "walk",
    "write",
]

# CHOICE: documented are 24,576, but templates with 78,000 are deployed, the error named 81,920 in 2021, and the engine
# inside of Bicep has this.
_LONGEST = 131_072
_SHORT = 4_096
"""Longer ones are kept in a cache that is smaller: what is kept has many times the length of the text."""
_DEEPEST = 100
_TOKEN = re.compile(
    r"\s*(?:(?P<LiteralString>'(?:[^']|'')*')|(?P<Integer>[+-]?\d{1,19})|(?P<Identifier>[A-Za-z_]\w*)"
    r"|(?P<LeftParenthesis>\()|(?P<RightParenthesis>\))|(?P<LeftSquareBracket>\[)|(?P<RightSquareBracket>\])"
    r"|(?P<Comma>,)|(?P<Dot>\.)|(?P<EndOfData>\Z)|(?P<Unknown>.))",
    re.ASCII | re.DOTALL,
)


@attrs.frozen
class Literal:
    """A string or a whole number."""

    value: str | int


@attrs.frozen
class Call:
    """A function and what it is given; `namespace` names a group of functions that the template defines."""

    name: str
    arguments: tuple[Expression, ...] = ()
    namespace: str = ""


@attrs.frozen
class Member:
    """``base.name``."""

    base: Expression
    name: str


@attrs.frozen
class Index:
    """``base[key]``."""

    base: Expression
    key: Expression


Expression = Literal | Call | Member | Index


def is_expression(text: str) -> bool:
    """Whether a string is an expression: in square brackets, the first of which is not doubled."""
    return text.startswith("[") and text.endswith("]") and not text.startswith("[[")


def literal_text(text: str) -> str:
    """What a string that is no expression means: ``[[x]`` is ``[x]``."""
    return text[1:] if text.startswith("[[") and text.endswith("]") else text


def parse(text: str) -> Expression:
    """The expression in a string that `is_expression`.

    Raises:
        LanguageError: It cannot be read.
    """
    return _parsed(text) if len(text) <= _SHORT else _parsed_long(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Expression:
    if len(text) > _LONGEST:
        raise LanguageError(
            f"The language expression length limit of '{_LONGEST}' exceeded. Please see"
            " https://aka.ms/arm-template#template-limits for usage details."
        )
    reader = _Reader(text[1:-1])
    found = reader.expression(0)
    reader.take("EndOfData")
    return found


_parsed_long = lru_cache(maxsize=64)(_parsed.__wrapped__)


def write(expression: Expression) -> str:
    """The text of an expression, without the brackets around it; `parse` reads it back."""
    if isinstance(expression, Literal):
        value = expression.value
        return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
    if isinstance(expression, Member):
        return f"{write(expression.base)}.{expression.name}"
    if isinstance(expression, Index):
        return f"{write(expression.base)}[{write(expression.key)}]"
    name = f"{expression.namespace}.{expression.name}" if expression.namespace else expression.name
    return f"{name}({', '.join(map(write, expression.arguments))})"


def walk(expression: Expression) -> Iterator[Expression]:
    """An expression and all within it."""
    yield expression
    if isinstance(expression, Call):
        inner: tuple[Expression, ...] = expression.arguments
    elif isinstance(expression, Member):
        inner = (expression.base,)
    else:
        inner = (expression.base, expression.key) if isinstance(expression, Index) else ()
    for part in inner:
        yield from walk(part)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._kind, self._value = "", ""
        self._next()

    def _next(self) -> None:
        match = _TOKEN.match(self._text, self._at)
        if match is None:  # blanks alone are matched with the end
            self._kind, self._value = "EndOfData", ""
            return
        self._kind = match.lastgroup or "EndOfData"
        self._value, self._at = match[self._kind], match.end()

    def _fail(self, expected: str) -> NoReturn:
        raise LanguageError(
            f"Unable to parse language expression '{self._text}': expected token '{expected}' and actual"
            f" '{self._kind}'."
        )

    def take(self, kind: str) -> str:
        """The text of the token in hand, which must be of this kind."""
        if self._kind != kind:
            self._fail(kind)
        value = self._value
        if kind != "EndOfData":
            self._next()
        return value

    def expression(self, depth: int) -> Expression:
        """An expression with everything behind it that belongs to it."""
        if depth > _DEEPEST:
            raise LanguageError(f"The language expression is nested deeper than '{_DEEPEST}' levels.")
        found = self._start(depth)
        steps = 0
        while self._kind in ("Dot", "LeftSquareBracket"):
            steps += 1
            if depth + steps > _DEEPEST:
                raise LanguageError(f"The language expression is nested deeper than '{_DEEPEST}' levels.")
            if self._kind == "Dot":
                self._next()
                found = Member(found, self.take("Identifier"))
            else:
                self._next()
                found = Index(found, self.expression(depth + 1))
                self.take("RightSquareBracket")
        return found

    def _start(self, depth: int) -> Expression:
        if self._kind == "LiteralString":
            return Literal(self.take("LiteralString")[1:-1].replace("''", "'"))
        if self._kind == "Integer":
            return Literal(self._integer())
        name, namespace = self.take("Identifier"), ""
        if self._kind == "Dot":
            self._next()
            namespace, name = name, self.take("Identifier")
        self.take("LeftParenthesis")
        return Call(name, self._arguments(depth), namespace)

    def _integer(self) -> int:
        value = int(self._value)
        if not -(2**63) <= value < 2**63:
            self._fail("Integer")
        self._next()
        return value

    def _arguments(self, depth: int) -> tuple[Expression, ...]:
        found: list[Expression] = []
        if self._kind != "RightParenthesis":
            found.append(self.expression(depth + 1))
            while self._kind == "Comma":
                self._next()
                found.append(self.expression(depth + 1))
        self.take("RightParenthesis")
        return tuple(found)
