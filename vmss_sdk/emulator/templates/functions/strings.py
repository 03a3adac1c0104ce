"""Text (https://aka.ms/arm-functions-string)."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any
from urllib.parse import unquote

from vmss_sdk.emulator.templates import json_reader
from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function
from vmss_sdk.emulator.templates.functions.formats import formatted
from vmss_sdk.emulator.templates.functions.unique import guid, unique_string
from vmss_sdk.emulator.templates.values import text_of

__all__ = ["FUNCTIONS"]

_DATA_URI = re.compile(r"data:(?P<kind>[^,]*?)(?P<coded>;base64)?,(?P<data>.*)", re.DOTALL | re.IGNORECASE)
_LONGEST = 1_000_000
"""CHOICE: characters that a padded text may have."""
_BY_CHARACTER = 8
"""The pace of functions that go through a text character by character."""


def _concat(_: Environment, *values: Any) -> Any:
    if values and all(isinstance(value, list) for value in values):
        return [item for value in values for item in value]
    want = ArgumentTypes("concat")
    return "".join(text_of(want(value, str, int, float, bool)) for value in values)


def _bytes_of(name: str, text: Any) -> bytes:
    try:
        return base64.b64decode(ArgumentTypes(name)(text, str), validate=True)
    except (binascii.Error, ValueError):
        raise LanguageError(f"The template language function '{name}' expects text in base64. {SEE}") from None


def _text_in(name: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise LanguageError(f"The template language function '{name}' expects text in UTF-8. {SEE}") from None


def _base64(_: Environment, text: Any) -> str:
    return base64.b64encode(ArgumentTypes("base64")(text, str).encode()).decode()


def _from_base64(_: Environment, text: Any) -> str:
    return _text_in("base64ToString", _bytes_of("base64ToString", text))


def _json_from_base64(_: Environment, text: Any) -> Any:
    return _decoded("base64ToJson", _text_in("base64ToJson", _bytes_of("base64ToJson", text)))


def _json(_: Environment, text: Any) -> Any:
    return _decoded("json", ArgumentTypes("json")(text, str))


def _decoded(name: str, text: str) -> Any:
    try:
        return json_reader.read(text)
    except ValueError as error:
        raise LanguageError(f"The template language function '{name}' expects JSON. {error} {SEE}") from None


def _data_uri(_: Environment, text: Any) -> str:
    return (
        "data:text/plain;charset=utf8;base64," + base64.b64encode(ArgumentTypes("dataUri")(text, str).encode()).decode()
    )


def _from_data_uri(_: Environment, text: Any) -> str:
    match = _DATA_URI.fullmatch(ArgumentTypes("dataUriToString")(text, str))
    if match is None:
        raise LanguageError(f"The template language function 'dataUriToString' expects a data URI. {SEE}")
    if match["coded"]:
        return _text_in("dataUriToString", _bytes_of("dataUriToString", match["data"]))
    return unquote(match["data"])


def _starts(_: Environment, text: Any, start: Any) -> bool:
    want = ArgumentTypes("startsWith")
    return bool(want(text, str).lower().startswith(want(start, str).lower()))


def _ends(_: Environment, text: Any, end: Any) -> bool:
    want = ArgumentTypes("endsWith")
    return bool(want(text, str).lower().endswith(want(end, str).lower()))


def _pad_left(_: Environment, value: Any, length: Any, character: Any = " ") -> str:
    want = ArgumentTypes("padLeft")
    text, wide = text_of(want(value, str, int)), want(length, int)
    if len(want(character, str)) != 1 or not 0 <= wide <= _LONGEST:
        raise LanguageError(
            f"The template language function 'padLeft' expects a length of 0 or more and one character. {SEE}"
        )
    return text.rjust(wide, str(character))


def _replace(env: Environment, text: Any, old: Any, new: Any) -> str:
    want = ArgumentTypes("replace")
    if not want(old, str):
        raise LanguageError(f"The template language function 'replace' expects a text to look for, not ''. {SEE}")
    longer = len(want(new, str)) - len(old)
    env.budget.reserve(max(0, want(text, str).count(old) * longer))
    return str(text.replace(old, new))


def _split(_: Environment, text: Any, delimiter: Any) -> list[str]:
    want = ArgumentTypes("split")
    marks = want(delimiter, str, list) if isinstance(delimiter, list) else [want(delimiter, str, list)]
    known = [re.escape(want(mark, str)) for mark in marks if mark]
    return re.split("|".join(known), want(text, str)) if known else [want(text, str)]


def _substring(_: Environment, text: Any, start: Any, length: Any = None) -> str:
    want = ArgumentTypes("substring")
    whole, first = want(text, str), want(start, int)
    count = len(whole) - first if length is None else want(length, int)
    if first < 0 or count < 0 or first + count > len(whole):
        raise LanguageError(
            "The template language function 'substring' was invoked with an index and a length that must refer to a"
            f" location within the string: the index is '{first}', the length '{count}', the string has"
            f" '{len(whole)}' characters. {SEE}"
        )
    return str(whole[first : first + count])


def _join(env: Environment, items: Any, delimiter: Any) -> str:
    want = ArgumentTypes("join")
    env.budget.reserve(len(want(delimiter, str)) * len(want(items, list)))
    return str(delimiter).join(map(text_of, items))


def _format(env: Environment, text: Any, *values: Any) -> str:
    return formatted(ArgumentTypes("format")(text, str), values, env.budget)


def _texts(name: str, values: tuple[Any, ...]) -> str:
    want = ArgumentTypes(name)
    return "-".join(text_of(want(value, str, int, bool)) for value in values)


def _new_guid(env: Environment) -> str:
    if not env.defaults:
        raise LanguageError(
            "The template function 'newGuid' is not expected at this location: it is allowed in the default value of a"
            f" parameter only. {SEE}"
        )
    return env.context.new_guid()


FUNCTIONS = (
    Function("concat", 1, None, _concat),
    Function("base64", 1, 1, _base64),
    Function("base64ToString", 1, 1, _from_base64),
    Function("base64ToJson", 1, 1, _json_from_base64, pace=_BY_CHARACTER),
    Function("json", 1, 1, _json, pace=_BY_CHARACTER),
    Function("dataUri", 1, 1, _data_uri),
    Function("dataUriToString", 1, 1, _from_data_uri, pace=_BY_CHARACTER),
    Function("startsWith", 2, 2, _starts),
    Function("endsWith", 2, 2, _ends),
    Function("toLower", 1, 1, lambda _, text: ArgumentTypes("toLower")(text, str).lower()),
    Function("toUpper", 1, 1, lambda _, text: ArgumentTypes("toUpper")(text, str).upper()),
    Function("trim", 1, 1, lambda _, text: ArgumentTypes("trim")(text, str).strip()),
    Function("padLeft", 2, 3, _pad_left),
    Function("replace", 3, 3, _replace),
    Function("split", 2, 2, _split, pace=_BY_CHARACTER),
    Function("substring", 2, 3, _substring),
    Function("join", 2, 2, _join, deep=True),
    Function("string", 1, 1, lambda _, value: text_of(value), deep=True),
    Function("format", 1, None, _format, deep=True, pace=_BY_CHARACTER),
    Function(
        "uniqueString",
        1,
        None,
        lambda _, *values: unique_string(_texts("uniqueString", values)),
        pace=_BY_CHARACTER,
    ),
    Function("guid", 1, None, lambda _, *values: guid(_texts("guid", values))),
    Function("newGuid", 0, 0, _new_guid),
)
