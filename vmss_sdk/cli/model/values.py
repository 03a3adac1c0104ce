"""Values as they are typed: by what the schema expects, else as az reads them."""

from __future__ import annotations

import ast
from typing import Any

from vmss_sdk import wire
from vmss_sdk.cli.model.paths import Place, child
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.models.schema import Node

__all__ = ["read", "shaped"]

_EXPECTED = {
    "string": "a string",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "duration": "an ISO 8601 duration such as PT30S",
    "time": "a time such as 2024-02-06T21:58:37+00:00",
    "choice": "a word",
    "object": 'a JSON object such as \'{"name": "x"}\'',
    "map": 'a JSON object such as \'{"name": "x"}\'',
    "array": 'a JSON list such as \'["1", "2"]\'',
}
_PLAIN_TYPES: dict[str, tuple[type, ...]] = {"integer": (int,), "number": (int, float), "boolean": (bool,)}


def read(at: Place, text: str, *, force_string: bool = False) -> Any:
    """The value that a word means at a place.

    Args:
        at: Where it shall stand.
        text: The word.
        force_string: Whether a word is a string even where it reads as something else.

    Returns:
        What is written on the wire; None for ``null``.

    Raises:
        ClientUsageError: Another kind of value is expected there.
    """
    kind = "any" if at.node is None else at.node.kind
    if force_string and kind in ("any", "string", "choice"):
        return text
    value = _lenient(text)
    if kind in ("string", "choice", "time", "duration") and value is not None and not isinstance(value, str):
        value = text  # 22.04 is a version, and "1" a zone
    if kind == "boolean" and isinstance(value, str) and value.lower() in ("true", "false"):
        value = value.lower() == "true"
    return shaped(at.node, value, at.path, secret=at.secret)


def shaped(node: Node | None, value: Any, path: str, *, secret: bool = False) -> Any:
    """A value in az's shape or in ARM's, as it is on the wire.

    Raises:
        ClientUsageError: Something in it is unknown, or of another kind than the schema has there.
    """
    if node is None or node.kind == "any" or value is None:
        return value
    secret = secret or node.secret
    if node.kind == "object" and isinstance(value, dict):
        return _object(node, value, path, secret)
    if node.kind == "map" and isinstance(value, dict):
        return {name: shaped(node.items, inner, f"{path}.{name}", secret=secret) for name, inner in value.items()}
    if node.kind == "array" and isinstance(value, list):
        return [shaped(node.items, inner, f"{path}[{at}]", secret=secret) for at, inner in enumerate(value)]
    return _scalar(node, value, path, secret)


def _object(node: Node, value: dict[str, Any], path: str, secret: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, inner in value.items():
        known = child(node, name)
        where = f"{path}.{name}"
        if known is None:
            raise ClientUsageError(_unknown(node, name, path))
        keys, member = known
        holder = shown
        for key in keys[:-1]:
            holder = holder.setdefault(str(key), {})
        made = shaped(member, inner, where, secret=secret)
        last = str(keys[-1])
        # a document of the wire's own shape has "properties", and one in az's has not; both at once are one document
        holder[last] = {**holder[last], **made} if isinstance(made, dict) and last in holder else made
    return shown


def _unknown(node: Node, name: str, path: str) -> str:
    from difflib import get_close_matches

    from vmss_sdk.cli.model.paths import members_of

    names = sorted(members_of(node))
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"its members are {', '.join(names)}"
    return f"'{name}' is no member of '{path}'; {hint}"


def _scalar(node: Node, value: Any, path: str, secret: bool) -> Any:
    if node.kind == "choice" and isinstance(value, str):
        return str(node.choice.of(value)) if node.choice else value
    if node.kind in ("duration", "time") and isinstance(value, str) and _is_time(node.kind, value):
        return value
    right = _PLAIN_TYPES.get(node.kind, (str,))
    plain = node.kind in _PLAIN_TYPES or node.kind == "string"
    if plain and isinstance(value, right) and (node.kind == "boolean" or not isinstance(value, bool)):
        return value
    got = "" if secret else f", got {value!r}"
    raise ClientUsageError(f"'{path}': expected {_EXPECTED[node.kind]}{got}")


def _is_time(kind: str, text: str) -> bool:
    try:
        (wire.parse_duration if kind == "duration" else wire.parse_time)(text)
    except ValueError:
        return False
    return True


def _lenient(text: str) -> Any:
    """JSON, or what Python writes in its place (single quotes, True), or the text itself; so az reads values."""
    try:
        return wire.decode(text)
    except ValueError:
        pass
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text
    return value if isinstance(value, str | int | float | bool | list | dict) else text  # "None" is a word of Azure's
