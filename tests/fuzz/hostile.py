"""Bodies that no client would send on purpose: right ones with something else at one place or a few."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from vmss_sdk.models import Model
from vmss_sdk.models.schema import Node, schema

__all__ = ["bodies"]

Step = str | int
Path = tuple[Step, ...]

_MOST_STEPS = 9
_DEEP = "<nested 70 times>", "<nested 4000 times>"  # json.dumps cannot write that deeply
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 7, 100, 101, 2**31 - 1, 2**31, -(2**31) - 1, 2**63, 10**30, 10**400, -(10**400),
    0.5, -0.0, 1e300, 1e-300, float("nan"), float("inf"), float("-inf"),
    "", " ", "0", "1", "-1", "1.5", "1e3", "1_0", "\u0663", "nan", "inf", "1" * 400, "true", "null", "*", "x", "latest",
    "Rolling", "Automatic", "Flexible", "Uniform", "PT0S", "PT5M", "-PT1S", "P1Y", "P99999999999D",
    "PT" + "9" * 400 + "S",
    "2020-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2020-01-01T00:00:00+99:99",
    "\x00", "\u202e", "\U0001f600", "\ud800", "\udc00x", "a" * 3000, "{0}", "{x}", "%s", "%zz", "../..", "'", '"',
    "[", "[concat('a','b')]", "[reference('x')]", "[[x]", "[json('{}')]", "[copyIndex()]", "[parameters('none')]",
    "[range(0,3)]", "[null()]", "https://[x", "/subscriptions/s", "/providers/a/b/c", "==", "A",
    [], {}, [[]], [{}], [None], ["0"], ["*"], ["0", "0"], [0, 1.5], {"": ""}, {"a": None}, {"a": {"b": []}},
    *_DEEP,
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
_NAMES = st.sampled_from(["", "x", "id", "name", "value", "properties", "type", "\ud800", "a" * 300]) | st.text(
    max_size=5
)


def bodies(valid: Any, model: type[Model] | None) -> st.SearchStrategy[bytes]:
    """The texts of bodies that were right before something in them was replaced.

    Args:
        valid: A body that is taken.
        model: What the body is; gives the places of members that the body has not.
    """
    places = sorted({*_places(valid), *(_below(schema(model), ()) if model else ())}, key=repr)
    changes = st.lists(st.tuples(st.sampled_from(places), _value(), _NAMES, _WAYS), min_size=1, max_size=3)
    return st.one_of(changes.map(lambda found: _text(_changed(valid, found))), _JSON.map(_text), _whole(valid))


_WAYS = st.sampled_from(["replace"] * 8 + ["remove", "add", "wrap", "spell"])


def _value() -> st.SearchStrategy[Any]:
    return st.one_of(st.sampled_from(_VALUES), st.sampled_from(_VALUES), _JSON)


def _whole(valid: Any) -> st.SearchStrategy[bytes]:
    """Texts that are no JSON any more, or whose bytes are not UTF-8."""
    text = _text(valid)
    cut = st.integers(0, len(text)).map(lambda at: text[:at])
    put = st.tuples(st.integers(0, len(text)), st.binary(min_size=1, max_size=2))
    return cut | put.map(lambda found: text[: found[0]] + found[1] + text[found[0] :]) | st.sampled_from(_TEXTS)


_TEXTS = (
    b"", b" ", b"null", b"[]", b"0", b'"x"', b"NaN", b"{}", b"{", b"\xff\xfe{}", b"\xef\xbb\xbf{}", b'{"a":1,"a":2}',
    b"[" * 100_000, b'{"a":' * 100_000, b'{"location":' + b"[" * 70 + b"]" * 70 + b"}",
    b'{"properties":{"properties":{}}}',
)  # fmt: skip


def _text(document: Any) -> bytes:
    text = json.dumps(document)
    for mark in _DEEP:
        depth = int(mark.split()[1])
        text = text.replace(json.dumps(mark), "[" * depth + "]" * depth)
    return text.encode()


def _changed(valid: Any, changes: list[tuple[Path, Any, str, str]]) -> Any:
    document = copy.deepcopy(valid)
    for path, value, name, way in changes:
        holder = _holder(document, path)
        if holder is not None:
            _change(holder, path[-1], copy.deepcopy(value), name, way)
    return document


def _change(holder: Any, step: Any, value: Any, name: str, way: str) -> None:
    there = holder.get(step) if isinstance(holder, dict) else holder[step]
    if way == "remove":
        holder.pop(step, None) if isinstance(holder, dict) else holder.pop(step)
    elif way == "add" and isinstance(holder, dict):
        holder[name] = value
    elif way == "spell" and isinstance(holder, dict) and step in holder:
        holder[str(step).upper()] = value
    else:
        holder[step] = [there] if way == "wrap" else value


def _holder(document: Any, path: Path) -> Any:
    """What holds the place; objects and lists on the way there are made."""
    for step, following in pairwise(path):
        empty: Any = [None] if isinstance(following, int) else {}
        if isinstance(step, int):
            if not isinstance(document, list) or step >= len(document):
                return None
            document[step] = document[step] if document[step] is not None else empty
        elif not isinstance(document, dict):
            return None
        elif document.get(step) is None:
            document[step] = empty
        document = document[step]
    fits = isinstance(document, dict) if isinstance(path[-1], str) else isinstance(document, list)
    return document if fits and (isinstance(path[-1], str) or path[-1] < len(document)) else None


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in inside:
        yield from _places(inner, (*path, step))


def _below(node: Node, path: Path) -> Iterator[Path]:
    """The place of every member that a request may have."""
    if path:
        yield path
    if len(path) >= _MOST_STEPS:
        return
    for name, inner in node.members.items():
        yield from _below(inner, (*path, name))
    if node.items is not None:
        yield from _below(node.items, (*path, 0 if node.kind == "array" else "key"))
