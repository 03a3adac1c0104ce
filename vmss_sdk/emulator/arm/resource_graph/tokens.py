"""The words of a query."""

from __future__ import annotations

import re

import attrs

from vmss_sdk.emulator.arm.resource_graph.errors import QueryError

__all__ = ["Token", "Tokens"]

_WORD = re.compile(
    r"""\s+|//[^\n]*
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|@'(?:[^']|'')*'|@"(?:[^"]|"")*")
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>!?[A-Za-z_$][\w$]*(?:-(?:away|keep|rename|reorder|expand)\b)?~?)
    |(?P<sign>==|!=|=~|!~|<=|>=|[<>=|,.()\[\]+*/%:-])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@attrs.frozen
class Token:
    """A word.

    Attributes:
        kind: ``text``, ``number``, ``name``, ``sign``, or ``end``.
        value: As written; of a text what it says.
        at: Where it begins, from 1.
    """

    kind: str
    value: str
    at: int


class Tokens:
    """The words of a query, one after the other.

    Args:
        query: The query.

    Raises:
        QueryError: There is something in it that is no word.
    """

    def __init__(self, query: str) -> None:
        self._items = list(_split(query))
        self._at = 0

    @property
    def next(self) -> Token:
        """The next word, which stays the next one."""
        return self._items[self._at]

    def take(self) -> Token:
        """The next word, which is over then."""
        found = self._items[self._at]
        self._at = min(self._at + 1, len(self._items) - 1)
        return found

    def mark(self) -> int:
        """Where the next word stands, for `since`."""
        return self._at

    def since(self, mark: int) -> list[Token]:
        """The words that were taken since then."""
        return self._items[mark : self._at]

    def took(self, *words: str) -> str:
        """The next word, taken, if it is one of these in any case; else an empty text."""
        token = self.next
        if token.kind in ("name", "sign") and token.value.lower() in words:
            return self.take().value.lower()
        return ""

    def expect(self, word: str) -> None:
        """Take this word.

        Raises:
            QueryError: The next one is another one.
        """
        if not self.took(word):
            raise self.unexpected(f"'{word}'")

    def name(self, what: str) -> str:
        """Take a name.

        Raises:
            QueryError: The next word is none.
        """
        if self.next.kind != "name":
            raise self.unexpected(what)
        return self.take().value

    def unexpected(self, wanted: str) -> QueryError:
        """The error that something else was expected here."""
        token = self.next
        found = "the end of the query" if token.kind == "end" else f"'{token.value}'"
        return QueryError(f"expected {wanted} at position {token.at}, found {found}")


def _split(query: str) -> list[Token]:
    found, at = [], 0
    while at < len(query):
        match = _WORD.match(query, at)
        if match is None:
            raise QueryError(f"there is no word at position {at + 1}: '{query[at : at + 10]}'")
        if match.lastgroup is not None:
            value = match.group(match.lastgroup)
            found.append(Token(match.lastgroup, _quoted_text(value) if match.lastgroup == "text" else value, at + 1))
        at = match.end()
    return [*found, Token("end", "", len(query) + 1)]


def _quoted_text(text: str) -> str:
    if text.startswith("@"):
        quote = text[1]
        return text[2:-1].replace(quote * 2, quote)
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), text[1:-1])
