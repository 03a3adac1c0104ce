"""``--set``, ``--add`` and ``--remove``: changes of a document, one after the other as they were typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from vmss_sdk.cli.model.paths import Place, get, place, put, remove
from vmss_sdk.cli.model.values import read, shaped
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.models.schema import Node

__all__ = ["Edit", "apply"]


class Edit(NamedTuple):
    """One use of such a flag.

    Attributes:
        verb: ``set``, ``add`` or ``remove``.
        words: What followed it.
    """

    verb: str
    words: tuple[str, ...]


def apply(root: Node, document: dict[str, Any], edits: Sequence[Edit], *, force_string: bool = False) -> None:
    """Change a document.

    Args:
        root: Its schema.
        document: What is changed.
        edits: In the order in which they were typed.
        force_string: Whether words stay strings where the schema leaves it open.

    Raises:
        ClientUsageError: A path leads nowhere or a value does not fit; the document is of no use then.
    """
    for edit in edits:
        try:
            _VERBS[edit.verb](root, document, edit.words, force_string)
        except ClientUsageError as error:
            raise ClientUsageError(f"--{edit.verb}: {error}") from None


def _set(root: Node, document: dict[str, Any], words: Sequence[str], force_string: bool) -> None:
    for word in words:
        path, value = _split_at_equals(word)
        at = place(root, document, path)
        if not get(document, at.keys[:-1]) and at.keys[:-1]:
            _fill(document, at.keys)
        put(document, at.keys, read(at, value, force_string=force_string))


def _fill(document: dict[str, Any], keys: tuple[str | int, ...]) -> None:
    """Nulls on the way are objects from now on."""
    for length in range(1, len(keys)):
        if get(document, keys[:length]) is None:
            put(document, keys[:length], {})


def _split_at_equals(word: str) -> tuple[str, str]:
    """At the first equals sign that is not in brackets."""
    depth = 0
    for at, letter in enumerate(word):
        depth += (letter == "[") - (letter == "]")
        if letter == "=" and depth <= 0:
            if at == 0:
                break
            return word[:at].strip(), word[at + 1 :]
    raise ClientUsageError(f"'{word.partition('=')[0]}' is no path=value")


def _add(root: Node, document: dict[str, Any], words: Sequence[str], force_string: bool) -> None:
    at = place(root, document, words[0])
    _is_list(at)
    if get(document, at.keys) is None:
        put(document, at.keys, [])
    items = get(document, at.keys)
    if not isinstance(items, list):
        raise ClientUsageError(f"'{at.path}' is no list")
    if len(words) == 1:
        raise ClientUsageError(f"say what to add to '{at.path}': key=value, a string or JSON")
    items.extend(_items(at, words[1:], force_string, len(items)))


def _is_list(at: Place) -> None:
    if at.node is not None and at.node.kind not in ("array", "any"):
        raise ClientUsageError(f"'{at.path}' is no list; use --set {at.path}=...")


def _items(at: Place, words: Sequence[str], force_string: bool, first: int) -> list[Any]:
    """Words with an equals sign in a row make one object; any other word is an item by itself."""
    inner = None if at.node is None else at.node.items
    made: list[Any] = []
    pairs: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        # A list of words has no objects: there "a=b" is a word. JSON may hold equals signs too.
        if equals and not word.lstrip().startswith(("{", "[")) and (inner is None or inner.kind == "object"):
            pairs[key] = value
            continue
        if pairs:
            made.append(_parsed_item(at, inner, pairs, first + len(made)))
            pairs = {}
        here = Place((*at.keys, first + len(made)), inner, f"{at.path}[{first + len(made)}]", at.secret)
        made.append(read(here, word, force_string=force_string))
    return [*made, _parsed_item(at, inner, pairs, first + len(made))] if pairs else made


def _parsed_item(at: Place, inner: Node | None, pairs: dict[str, str], index: int) -> dict[str, Any]:
    """An item from words; where the schema knows it, the keys may be paths and the values are typed."""
    if inner is None:
        return dict(pairs)
    item: dict[str, Any] = {}
    for path, value in pairs.items():
        found = place(inner, item, path)
        put(item, found.keys, read(found, value))
    return dict(shaped(inner, item, f"{at.path}[{index}]", secret=at.secret))


def _remove(root: Node, document: dict[str, Any], words: Sequence[str], _: bool) -> None:
    if len(words) > 2:  # noqa: PLR2004
        raise ClientUsageError(f"expected a path, or a list's path and a position, got {' '.join(words)}")
    path = words[0] if len(words) == 1 else f"{words[0]}[{words[1].strip('[]')}]"
    at = place(root, document, path)
    value = get(document, at.keys)
    if value is None:
        raise ClientUsageError(f"'{at.path}' is not there")
    if isinstance(value, list):
        put(document, at.keys, [])  # a list that is left out is kept by the service, an empty one is not
    else:
        remove(document, at.keys)


_VERBS = {"set": _set, "add": _add, "remove": _remove}
