"""Where a member stands in a JSON text."""

import pytest

from vmss_sdk.emulator.arm.json_text import Step, locate


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ('{"foo":1}', ("foo",), (1, 7)),
        ('{"a":{"foo":1}}', ("a", "foo"), (1, 12)),
        ('{"foo":[1],"a":{"foo":1}}', ("a", "foo"), (1, 22)),
        ('{"a":[{"b":1},{"b":2}]}', ("a", 1, "b"), (1, 19)),
        ('{"a":[10,20]}', ("a", 1), (1, 9)),
        ('{"a":[10,20]}', ("a", 0), (1, 5)),
        ('{"x":"{\\"foo\\":1}","foo":1}', ("foo",), (1, 25)),
        ('{\n "a": {\n  "foo": 1\n }\n}', ("a", "foo"), (3, 8)),
        ('{"\\u0066oo":1}', ("foo",), (1, 12)),
        ('{"a":1}', ("b",), (1, 0)),
    ],
)
def test_place(text: str, path: tuple[Step, ...], place: tuple[int, int]) -> None:
    """Line and position just behind a member's colon, or before an item; Json.NET counts so."""
    assert locate(text, [path]) == [place]


def test_places_of_several_members() -> None:
    """In the order in which they are asked for; of a name given twice the last counts."""
    text = '{"a":1,\n\n "b":[[1],[2,3]], "a":2}'
    assert locate(text, [("a",), ("b", 1, 1), ("b",), ("gone", 1)]) == [(3, 22), (3, 13), (3, 5), (1, 0)]
