"""JSON as templates are written."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmss_sdk.emulator.templates.json_reader import JsonTextError, place_of, read

_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=10,
)


@given(_values, st.booleans())
def test_json_is_read_as_it_is(value: Any, ascii_only: bool) -> None:
    """What is JSON means the same as to any reader of JSON."""
    assert read(json.dumps(value, ensure_ascii=ascii_only)) == value


@given(st.text(alphabet='{}[]",:/*a1 \n\\u', max_size=40))
def test_any_text_is_a_value_or_an_error(text: str) -> None:
    """Nothing but a value or a JsonTextError comes out."""
    with contextlib.suppress(JsonTextError):
        read(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1, // one\n "b": /* two\n lines */ 2}', {"a": 1, "b": 2}),
        ('{template:{"x": "a\n b"}}', {"template": {"x": "a\n b"}}),
        ("{'a': 'it\\'s',}", {"a": "it's"}),
        ("[1, 2, ]", [1, 2]),
        ('\ufeff{"a": "http://x // no comment"}', {"a": "http://x // no comment"}),
        ('"\\ud83d\\ude00"', "\U0001f600"),
    ],
)
def test_what_template_files_may_have(text: str, value: Any) -> None:
    """Comments, unquoted names, single quotes, several lines and commas at the end are read."""
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1', "Expected ',' or '}' at line 1, column 8"),
        ('{"a"\n 1}', "Expected ':' at line 2, column 2"),
        ('{"a": Secret1}', "Expected a value at line 1, column 7"),
        ('"never ends', "Expected the end of the string that begins at line 1, column 1"),
        ("[" * 200, "Expected at most 100 levels at line 1"),
        ("1 2", "Expected the end of the text at line 1, column 3"),
        ("", "Expected a value at line 1, column 1"),
    ],
)
def test_errors_name_the_place_and_not_the_content(text: str, message: str) -> None:
    """An error says what was expected and where, and nothing of what was there."""
    with pytest.raises(JsonTextError) as caught:
        read(text)
    assert message in str(caught.value)
    assert "Secret1" not in str(caught.value)


def test_places_of_members_and_items() -> None:
    """Each member and item has its line and column; what is not there has those of what is around it."""
    text = '{"a": [\n  1,\n  {"b": 2}]}'
    assert place_of(text, ("a", 1)) == (3, 3)
    assert place_of(text, ("a", 1, "b")) == (3, 9)
    assert place_of(text, ("a", 1, "c", 7)) == (3, 3)
    assert place_of(text, ("x",)) == (1, 1)


# texts of this size are read in another way
PADDING = "/*" + " " * 300_000 + "*/"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, // one\n "b": /* two\n lines */ 2}',
        '{template:{"x": "a\n b", y: -1.5e3, "z": [true, null, {"k": 1,}, ]}}',
        "{'a': 'it\\'s', 'b': 'say \"x\"', 'c': 'say \\\"x\\\"', 'd': 'back\\\\'}",
        '{"a": "http://x // no comment", "b": "/* none */", "c": "a, }", "d": "x: 1"}',
        '["\\ud83d\\ude00", "\\u00e9", "\\\\(", "\\$1", "\\/", "tab\there"]',
        "[]",
        "1",
    ],
)
def test_large_texts_mean_the_same(text: str) -> None:
    """Read at once, a text has the values that it has value by value."""
    assert read(PADDING + text) == read(text)


@given(_values, st.booleans())
def test_large_json_is_read_as_it_is(value: Any, ascii_only: bool) -> None:
    """What is JSON means the same as to any reader of JSON, however large it is."""
    assert read(PADDING + json.dumps(value, ensure_ascii=ascii_only)) == value


@pytest.mark.parametrize(
    "text",
    ['{"a": 1', '{"a": Secret1}', "[1e999]", "[NaN]", "[Infinity]", '["\\ud800"]', "[" * 100_000, "1 2", '["\\q"]', ""],
)
def test_large_texts_that_are_none(text: str) -> None:
    """The error says so, and nothing of what was there."""
    with pytest.raises(JsonTextError) as caught:
        read(PADDING + text)
    assert "Secret1" not in str(caught.value)


@given(st.text(alphabet="{}[]\",:/*a1 '\n\\u", max_size=40))
def test_any_large_text_is_a_value_or_an_error(text: str) -> None:
    """Nothing but a value or a JsonTextError comes out."""
    with contextlib.suppress(JsonTextError):
        read(PADDING + text)
