"""The difference of two documents of a scale set: to send it, to show it, and its effect on instances."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from vmss_sdk.cli.model.paths import Keys, flat, get, put, remove
from vmss_sdk.models._base import REDACTED
from vmss_sdk.models.schema import Node

__all__ = ["Difference", "change_of", "differences", "effect_of", "fits", "kept", "unchangeable"]

_ABSENT = object()


class Difference(NamedTuple):
    """One member that differs.

    Attributes:
        keys: Where it is on the wire.
        old: What was there; None for nothing.
        new: What shall be there; None for nothing.
        removed: Whether it shall be gone.
        secret: Whether it is never shown.
    """

    keys: Keys
    old: Any
    new: Any
    removed: bool
    secret: bool

    @property
    def path(self) -> str:
        """As az writes it."""
        return flat(self.keys)

    def shown(self) -> dict[str, Any]:
        """For whoever reads it."""
        return {"path": self.path, "old": self._safe(self.old), "new": self._safe(self.new)}

    def _safe(self, value: Any) -> Any:
        return REDACTED if self.secret and value is not None else value


def differences(node: Node, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What differs, in the order of the paths; lists of the same length item by item."""
    return sorted(_compare_nodes(node, (), before, after, False), key=lambda found: found.path)


def _compare_nodes(node: Node | None, keys: Keys, before: Any, after: Any, secret: bool) -> Iterator[Difference]:
    if before == after:
        return
    secret = secret or (node is not None and node.secret)
    if before in (_ABSENT, None) and isinstance(after, dict) and after:
        before = {}
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() | after.keys():
            yield from _compare_nodes(
                _child(node, key), (*keys, key), before.get(key, _ABSENT), after.get(key, _ABSENT), secret
            )
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _compare_nodes(_child(node, index), (*keys, index), old, new, secret)
    else:
        old, new = (None if value is _ABSENT else value for value in (before, after))
        yield Difference(
            keys, old, new, after is _ABSENT or (after == [] and bool(old)), secret or _contains_secret(node, old, new)
        )


def _child(node: Node | None, key: str | int) -> Node | None:
    if node is None:
        return None
    return node.items if node.kind in ("array", "map") else node.members.get(str(key))


def _contains_secret(node: Node | None, *values: Any) -> bool:
    """Whether a secret is somewhere in a document that is shown whole."""
    if node is None:
        return False
    if node.secret:
        return any(value is not None for value in values)
    found = [value for value in values if isinstance(value, dict | list)]
    inner = [
        (_child(node, key), value)
        for each in found
        for key, value in (each.items() if isinstance(each, dict) else enumerate(each))
    ]
    return any(_contains_secret(child, value) for child, value in inner)


def change_of(node: Node | None, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """A document with nothing but what changed: lists, tags and settings whole, what is gone as null or empty."""
    change: dict[str, Any] = {}
    for key in [*after, *(key for key in before if key not in after)]:
        old, new, inner = before.get(key), after.get(key), _child(node, key)
        if old == new and (key in after) == (key in before):
            continue
        if key not in after and isinstance(old, dict):
            change[key] = {}
        elif isinstance(old, dict) and isinstance(new, dict) and inner is not None and inner.kind == "object":
            change[key] = change_of(inner, old, new)
        else:
            change[key] = new
    return change


def fits(node: Node, document: Any) -> bool:
    """Whether a document has no members but those of a schema."""
    if isinstance(document, dict) and node.kind == "object":
        return all(key in node.members and fits(node.members[key], value) for key, value in document.items())
    if isinstance(document, dict) and node.kind == "map" and node.items:
        return all(fits(node.items, value) for value in document.values())
    if isinstance(document, list) and node.items:
        return all(fits(node.items, value) for value in document)
    return True


def effect_of(before: dict[str, Any], one: Difference) -> str | None:
    """What an upgrade does to an instance for it: hot, restart, swap, reimage, new_only; None for nothing at all.

    It is the emulator's table (semantics 1.4), which Azure follows as far as it is known.
    """
    from vmss_sdk.emulator.engine.common.documents import instance_part
    from vmss_sdk.emulator.engine.model.effects import changes, strongest

    after = copy.deepcopy(before)
    if one.removed and not isinstance(one.new, list):
        remove(after, one.keys)
    else:
        put(after, one.keys, one.new)
    found = changes(instance_part(before), instance_part(after))
    return strongest(found).name.lower() if found else None


def kept(before: dict[str, Any], change: dict[str, Any], wanted: list[Difference]) -> list[Difference]:
    """What would stay although it shall be gone: a write merges (wire.md 3.2)."""
    from vmss_sdk.emulator.engine.common.documents import merge

    merged = merge(before, change)
    return [one for one in wanted if one.removed and get(merged, one.keys) not in (None, {}, [])]


def unchangeable(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What differs although it is fixed once a scale set exists, by the emulator's table (semantics 1.6)."""
    from vmss_sdk.emulator.engine.model.validation import change_problems

    return [str(failure.facts["target"]) for failure in change_problems(before, after)]
