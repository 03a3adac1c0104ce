"""A reader of JSON as in templates: comments, strings over several lines, unquoted names, trailing commas.

``az deployment group create`` sends the template file as it is inside of a document whose ``template`` is unquoted.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any, NoReturn

import attrs

from vmss_sdk.emulator.templates.errors import Step

__all__ = ["JsonTextError", "Position", "place_of", "read"]

Position = tuple[int, int]
"""Line and column, both from 1."""

_MAX_DEPTH = 100
_BLANK = re.compile(r"(?:[\s\ufeff]+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_$][\w$-]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONGEST_NUMBER = 40
_LARGE = 256 * 1024
_TOLERATED = re.compile(
    r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|//[^\n]*|/\*.*?\*/|[A-Za-z_$][\w$-]*(?=\s*:)'
    r"|,(?=(?:\s|//[^\n]*|/\*.*?\*/)*[}\]])",
    re.DOTALL,
)
_ESCAPED = re.compile(r'\\(.)|"', re.DOTALL)
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|//[^\n]*|/\*.*?\*/|[{}\[\],]|[^"\'/{}\[\],]+|.', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_RAW = re.compile(r"[\x00-\x1f]+")


class JsonTextError(ValueError):
    """A text is no JSON, even read with tolerance; the message names line and column, never the content."""


def read(text: str) -> Any:
    """The plain Python values of a text.

    Raises:
        JsonTextError: It cannot be read.
    """
    if len(text) >= _LARGE:  # reading it value by value would take seconds
        return _decoded(text)
    return _Reader(text).document()


def _decoded(text: str) -> Any:
    """The values of a text that is made strict JSON first, in one pass over its comments, strings and bare names."""
    strict = _TOLERATED.sub(_strict, text.removeprefix("\ufeff"))
    try:
        found = json.loads(strict, parse_constant=_number, parse_float=_number)
        if _SURROGATE.search(strict):  # halves of characters cannot be written
            json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise JsonTextError(f"Expected JSON at line {error.lineno}.") from None
    except (ValueError, RecursionError):
        why = "Expected JSON, with finite numbers and whole characters, that is not nested too deeply."
        raise JsonTextError(why) from None
    return found


def _strict(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] == '"' and found.isprintable() and "\\" not in found:
        return found
    if found.startswith(("//", "/*")):
        return "\n" * found.count("\n")
    if found[0] == ",":
        return ""
    if found[0] in "\"'":
        return _strict_string(found)
    return found if found in _WORDS else f'"{found}"'


def _strict_string(found: str) -> str:
    content = _ESCAPED.sub(_strict_escape, found[1:-1])
    return '"' + _RAW.sub(lambda match: json.dumps(match.group())[1:-1], content) + '"'


def _strict_escape(match: re.Match[str]) -> str:
    character = match[1]
    if character is None:  # a quote that needed no escape between single ones
        return '\\"'
    return match.group() if character in '"\\/' or character.isalnum() else character


def _number(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise ValueError(text)
    return found


def place_of(text: str, path: Sequence[Step]) -> Position:
    """Where the value under a path begins; of a path that leads nowhere, the nearest that is there around it.

    Raises:
        JsonTextError: The text cannot be read.
    """
    wanted, places = tuple(path), dict[tuple[Step, ...], int]()
    reader = _Reader(text, places=places, wanted=wanted)
    reader.document()
    while wanted not in places:
        wanted = wanted[:-1]
    return reader.position(places[wanted])


@attrs.define
class _Reader:
    text: str = attrs.field(repr=False)
    at: int = 0
    places: dict[tuple[Step, ...], int] | None = None
    wanted: tuple[Step, ...] = ()

    def document(self) -> Any:
        value = self.value(())
        self.blank()
        if self.at != len(self.text):
            self.fail("the end of the text")
        return value

    def position(self, offset: int) -> Position:
        start = self.text.rfind("\n", 0, offset) + 1
        return self.text.count("\n", 0, offset) + 1, offset - start + 1

    def fail(self, expected: str) -> NoReturn:
        line, column = self.position(self.at)
        raise JsonTextError(f"Expected {expected} at line {line}, column {column}.")

    def blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def taken(self, character: str) -> bool:
        self.blank()
        found = self.text.startswith(character, self.at)
        self.at += found
        return found

    def value(self, path: tuple[Step, ...]) -> Any:
        self.blank()
        if len(path) > _MAX_DEPTH:
            self.fail(f"at most {_MAX_DEPTH} levels")
        if self.places is not None:
            self.places[path] = self.at
            if path != self.wanted[: len(path)]:
                return self.skip()
        first = self.text[self.at : self.at + 1]
        if first == "{":
            return self.object(path)
        if first == "[":
            return self.array(path)
        return self.string() if first in ('"', "'") and first else self.word()

    def skip(self) -> None:
        """Pass a value over without looking at what is in it."""
        depth = 0
        for match in _PIECE.finditer(self.text, self.at):
            piece = match.group()
            if piece in ("{", "["):
                depth += 1
            elif depth == 0 and piece in (",", "}", "]"):
                self.at = match.start()
                return
            elif piece in ("}", "]"):
                depth -= 1
        self.at = len(self.text)

    def object(self, path: tuple[Step, ...]) -> dict[str, Any]:
        self.at += 1
        found: dict[str, Any] = {}
        while not self.taken("}"):
            name = self.name()
            if not self.taken(":"):
                self.fail("':'")
            found[name] = self.value((*path, name))
            if not self.taken(","):
                if not self.taken("}"):
                    self.fail("',' or '}'")
                break
        return found

    def array(self, path: tuple[Step, ...]) -> list[Any]:
        self.at += 1
        found: list[Any] = []
        while not self.taken("]"):
            found.append(self.value((*path, len(found))))
            if not self.taken(","):
                if not self.taken("]"):
                    self.fail("',' or ']'")
                break
        return found

    def name(self) -> str:
        self.blank()
        if self.text[self.at : self.at + 1] in ('"', "'"):
            return self.string()
        match = _NAME.match(self.text, self.at)
        if match is None:
            self.fail("a name")
        self.at = match.end()
        return match.group()

    def string(self) -> str:
        match = (_DOUBLE if self.text[self.at] == '"' else _SINGLE).match(self.text, self.at)
        if match is None:
            self.fail("the end of the string that begins")
        content = match[1]
        text = _ESCAPE.sub(self.escaped, content) if "\\" in content else content
        self.at = match.end()
        joined = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
        if any("\ud800" <= character <= "\udfff" for character in joined):
            self.fail("whole characters in the string that ends")
        return joined

    def escaped(self, match: re.Match[str]) -> str:
        code = match[1]
        if len(code) > 1:
            return chr(int(code[1:], 16))
        if code in _ESCAPES:
            return _ESCAPES[code]
        if code.isalnum():
            self.fail("only known escapes in the string that begins")
        return code

    def word(self) -> Any:
        match = _NUMBER.match(self.text, self.at)
        if match is not None and len(match.group()) <= _LONGEST_NUMBER:
            found = json.loads(match.group())
            if not math.isfinite(found):
                self.fail("a number")
            self.at = match.end()
            return found
        named = _NAME.match(self.text, self.at)
        if named is None or named.group() not in _WORDS:
            self.fail("a value")
        self.at = named.end()
        return _WORDS[named.group()]
