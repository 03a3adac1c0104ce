"""Paths into a model as az has them: ``upgradePolicy.mode``, ``extensions[0]``, ``extensions[name=health]``.

az shows models without ``properties``, so paths leave it out; with it they are understood too, and so are names in
snake_case. What a path means is found in the schema, so that a misspelt one is an error and not a new member.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any, NamedTuple

from vmss_sdk.errors import ClientUsageError
from vmss_sdk.models.schema import Node

__all__ = ["Place", "child", "flat", "get", "members_of", "place", "put", "remove"]

Key = str | int
Keys = tuple[Key, ...]

_PART = re.compile(r"(\[.*?\])|([^.]+)")
_PROPERTIES = "properties"
_AZ_NAMES = {"typepropertiestype": (_PROPERTIES, "type")}
"""What az calls the type of an extension's handler beside the type of the resource."""
_DEEP = 9  # levels in which a name is looked for that was written without what is around it


class Place(NamedTuple):
    """Where a path leads.

    Attributes:
        keys: The keys and list positions on the wire, from the whole document.
        node: What is there by the schema; None where anything may be.
        path: The path as az writes it.
        secret: Whether what is there is never shown.
    """

    keys: Keys
    node: Node | None
    path: str
    secret: bool = False


def members_of(node: Node) -> dict[str, tuple[Keys, Node]]:
    """The members of an object by their names, those in ``properties`` among them."""
    found: dict[str, tuple[Keys, Node]] = {name: ((name,), inner) for name, inner in node.members.items()}
    inside = node.members.get(_PROPERTIES)
    if inside is not None and inside.kind == "object":
        for name, inner in inside.members.items():
            # An extension has two types: az shows the one that is not that of every resource of its kind.
            if name not in found or found[name][1].read_only:
                found[name] = (_PROPERTIES, name), inner
    return found


def child(node: Node, name: str) -> tuple[Keys, Node] | None:
    """The member of an object with this name, in any case and in camelCase or snake_case."""
    wanted = _plain(name)
    for known, found in members_of(node).items():
        if _plain(known) == wanted:
            return found
    keys = _AZ_NAMES.get(wanted)
    inside = node.members.get(_PROPERTIES)
    if keys and inside is not None and keys[1] in inside.members:
        return keys, inside.members[keys[1]]
    return None


def place(root: Node, document: dict[str, Any], path: str) -> Place:
    """Where a path leads in a document; its last part need not be there yet.

    Raises:
        ClientUsageError: It leads nowhere: a name is unknown, a list has no such item, only the service sets it.
    """
    parts = _parts(path)
    found = Place((), root, "")
    value: Any = document
    for number, part in enumerate(parts, start=1):
        found = _item(found, value, part) if part.startswith("[") else _member(found, value, parts[number - 1 :])
        if found.node is not None and found.node.read_only:
            raise ClientUsageError(f"'{found.path}' is set by the service alone")
        value = get(document, found.keys)
    return found


def _parts(path: str) -> list[str]:
    spread = path.replace(".[", "[").replace("[", ".[")
    parts = [index or name for index, name in _PART.findall(spread)]
    if not parts:
        raise ClientUsageError("a path is empty: expected for example upgradePolicy.mode")
    return parts


def _member(at: Place, value: Any, parts: list[str]) -> Place:
    """The member that the first of these parts names."""
    name = parts[0]
    path = f"{at.path}.{name}" if at.path else name
    node = at.node
    if node is None or node.kind in ("any", "map"):
        inner = node.items if node is not None and node.kind == "map" else None
        return Place((*at.keys, name), inner, path, at.secret)
    if node.kind == "array":
        raise ClientUsageError(f"'{at.path}' is a list: name one of its items as {at.path}[0] or {at.path}[name=x]")
    if node.kind != "object":
        raise ClientUsageError(f"'{at.path}' has no members: it is a {node.kind}")
    known = child(node, name)
    if known is None and isinstance(value, dict) and name in value:
        return Place((*at.keys, name), None, path, at.secret)  # newer than this SDK
    if known is None:
        raise ClientUsageError(_unknown(at, node, parts))
    keys, inner = known
    shown = f"{at.path}.{keys[-1]}" if at.path else str(keys[-1])
    return Place((*at.keys, *keys), inner, shown, at.secret or inner.secret)


def _item(at: Place, value: Any, part: str) -> Place:
    if at.node is not None and at.node.kind != "array":
        raise ClientUsageError(f"'{at.path}' is no list, so it has no {part}")
    items = value if isinstance(value, list) else []
    inner = None if at.node is None else at.node.items
    index = _index(at, items, inner, part[1:-1])
    return Place((*at.keys, index), inner, f"{at.path}[{index}]", at.secret)


def _index(at: Place, items: list[Any], inner: Node | None, wanted: str) -> int:
    name, equals, text = wanted.partition("=")
    if equals:
        return _selected(at, items, inner, name, text)
    try:
        index = int(wanted)
        items[index]
    except (ValueError, IndexError):
        there = f"it has {len(items)}" if items else "it has none"
        raise ClientUsageError(f"'{at.path}' has no item [{wanted}]; {there}, counted from 0") from None
    return index if index >= 0 else len(items) + index


def _selected(at: Place, items: list[Any], inner: Node | None, name: str, text: str) -> int:
    keys: Keys = (name,)
    if inner is not None and inner.kind == "object" and (known := child(inner, name)) is not None:
        keys = known[0]
    wanted = text.strip("'\"")
    values = [get(item, keys) for item in items]
    found = [index for index, value in enumerate(values) if value is not None and str(value) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise ClientUsageError(f"'{at.path}' has {len(found)} items with {name}={wanted}: name one by its number")
    there = ", ".join(str(value) for value in values if value is not None)
    raise ClientUsageError(f"'{at.path}' has no item with {name}={wanted}; there is {there or 'none'}")


def _unknown(at: Place, node: Node, parts: list[str]) -> str:
    from difflib import get_close_matches

    name, rest = parts[0], "".join(part if part.startswith("[") else f".{part}" for part in parts[1:])
    names = sorted(members_of(node))
    plain = {_plain(known): known for known in names}
    whole = f"{at.path}.{name}" if at.path else name
    where = f"'{at.path}'" if at.path else "a scale set"
    begin = f"{at.path}." if at.path else ""
    near = get_close_matches(_plain(name), list(plain), n=1)
    elsewhere = [] if near else _nested_matches(node, begin, _plain(name))
    if near or elsewhere:
        found = [f"{begin}{plain[near[0]]}"] if near else elsewhere
        meant = "' or '".join(f"{path}{rest}" for path in found)
        return f"'{whole}' is no member of {where}; did you mean '{meant}'?"
    return f"'{whole}' is no member of {where}; its members are {', '.join(names)}"


def _nested_matches(root: Node, begin: str, wanted: str) -> list[str]:
    """Where a member of this name is further inside, the nearest ones."""
    waiting, found = deque([(begin, root, 0)]), list[str]()
    while waiting and len(found) < 3:  # noqa: PLR2004
        before, node, depth = waiting.popleft()
        for name, (_, inner) in members_of(node).items() if node.kind == "object" else ():
            path = f"{before}{name}"
            if _plain(name) == wanted and depth:
                found.append(path)
            below, index = (inner.items, "[0]") if inner.kind == "array" and inner.items else (inner, "")
            if below.kind == "object" and depth < _DEEP and name != _PROPERTIES and not inner.read_only:
                waiting.append((f"{path}{index}.", below, depth + 1))
    return found[:3]


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def get(document: Any, keys: Keys) -> Any:
    """What is there; None where nothing is."""
    for key in keys:
        if isinstance(document, dict):
            document = document.get(key)
        elif isinstance(document, list) and isinstance(key, int) and key < len(document):
            document = document[key]
        else:
            return None
    return document


def put(document: dict[str, Any], keys: Keys, value: Any) -> None:
    """Write a value; objects on the way that are not there are made."""
    holder: Any = document
    for key in keys[:-1]:
        inner = holder[key] if isinstance(key, int) else holder.get(key)
        if inner is None:
            inner = holder[key] = {}
        holder = inner
    holder[keys[-1]] = value


def remove(document: dict[str, Any], keys: Keys) -> None:
    """Take a member or an item away that is there."""
    del get(document, keys[:-1])[keys[-1]]


def flat(keys: Keys) -> str:
    """Keys on the wire as az writes a path."""
    path = ""
    for key in keys:
        if isinstance(key, int):
            path += f"[{key}]"
        elif key != _PROPERTIES:
            path += f".{key}" if path else key
    return path
