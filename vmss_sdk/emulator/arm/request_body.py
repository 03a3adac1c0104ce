"""Request bodies: decoded, and checked against the models member by member; all problems at once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm.errors import MOST_DETAILS, ArmError, ErrorReason, Problem, several
from vmss_sdk.emulator.arm.json_text import Step, locate
from vmss_sdk.models import Model
from vmss_sdk.models.schema import Node, schema
from vmss_sdk.transport.base import Request

__all__ = ["MAX_BODY_BYTES", "decode", "read", "read_any", "read_optional"]

Document = dict[str, Any]

MAX_BODY_BYTES = 4 * 1024 * 1024
"""The most that a request's body may have (ARM's limit)."""

_MAX_DEPTH = 64
_INT32 = 2**31
_SHOWN = 100
_TYPES = {
    "integer": "System.Nullable`1[System.Int32]",
    "number": "System.Nullable`1[System.Double]",
    "boolean": "System.Nullable`1[System.Boolean]",
    "array": "System.Collections.Generic.List`1[System.Object]",
    "map": "System.Collections.Generic.Dictionary`2[System.String,System.String]",
}
# its own text, see Reason.PAUSE_INVALID
_CHECKED_LATER = "pauseTimeBetweenBatches"
_NULL_TAKES_AWAY = "userAssignedIdentities"
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?", re.ASCII)
# a reference may be the whole resource, as reference() in a template gives it: only its id counts
_REFERENCES = frozenset(("SubResource", "ApiEntityReference"))
_TEXTS = frozenset(("any", "duration", "string", "time"))
_ABSENT = object()


def decode(request: Request) -> Any:
    """The decoded body; None when there is none.

    Raises:
        ArmError: It is no JSON.
    """
    if not request.body.strip():
        return None
    try:
        return wire.decode(request.body)
    except ValueError as error:
        raise ArmError.of(ErrorReason.INVALID_BODY, why=_without_content(error)) from None


def read(
    request: Request, model: type[Model], parameter: str, *, passed_over: frozenset[str] = frozenset()
) -> Document:
    """The body of a request that must have one, checked and normalised.

    Members that only the service sets and nulls are left out, and so is an empty text where something else belongs
    (Json.NET reads it as null). Of a reference to another resource only the id counts. Names and enums have Azure's
    spelling, numbers and booleans that were sent as text are numbers and booleans.

    Args:
        request: The request.
        model: What its body is.
        parameter: The name of the body in the targets of errors, e.g. ``vmss``.
        passed_over: Members, in lower case, that may be sent though the model does not have them.

    Raises:
        ArmError: There is no body, it is no JSON, or it does not fit the model; every problem is named.
    """
    body = _object(request)
    reader = _Reader(request.body, parameter, passed_over)
    document = reader.object(schema(model), body, ())
    several(reader.found(), reader.more)
    return document


def read_any(request: Request) -> Document:
    """The body of a request about a resource of which no model is known: an object, as it came.

    Raises:
        ArmError: There is no body, it is no JSON object, or it is nested too deeply.
    """
    body = _object(request)
    if not _is_shallow(body, 0):
        raise ArmError.of(ErrorReason.INVALID_BODY, why="It is nested too deeply.")
    return body


def read_optional(request: Request, model: type[Model], parameter: str) -> Document:
    """The same for a request that may come without body, which counts as an empty object.

    Raises:
        ArmError: The body is no JSON or does not fit the model.
    """
    return {} if decode(request) is None else read(request, model, parameter)


def _object(request: Request) -> Document:
    body = decode(request)
    if body is None:
        raise ArmError.of(ErrorReason.BODY_MISSING)
    if not isinstance(body, dict):
        raise ArmError.of(ErrorReason.INVALID_BODY, why=f"Expected a JSON object, found {_kind(body)}.")
    return body


@attrs.define
class _Reader:
    """Walks a document along its schema and notes what does not fit.

    Attributes:
        text: The document as it was sent.
        parameter: What it is called in the targets of errors.
        passed_over: Members of the whole that need not be in the schema, in lower case.
        problems: The first of what does not fit, with where it is.
        more: How much else does not fit: noting it would cost what a client could use to stop the emulator.
    """

    text: bytes = attrs.field(repr=False)
    parameter: str
    passed_over: frozenset[str] = frozenset()
    problems: list[tuple[Problem, tuple[Step, ...]]] = attrs.field(factory=list)
    more: int = 0

    def found(self) -> list[Problem]:
        """What does not fit, with line and position in the text."""
        if not self.problems:
            return []
        places = locate(self.text.decode(errors="replace"), (path for _, path in self.problems))
        return [
            Problem(problem.reason, {**problem.facts, "line": line, "position": position})
            for (problem, _), (line, position) in zip(self.problems, places, strict=True)
        ]

    def object(self, node: Node, value: Document, path: tuple[Step, ...]) -> Document:
        """The members of an object; those it must not have are problems."""
        result: Document = {}
        for name, inner in value.items():
            found = node.find(name)
            if found is None and (node.arm_type in _REFERENCES or (not path and name.lower() in self.passed_over)):
                continue
            if found is None:
                facts = {"member": name, "type": node.arm_type}
                self._note(ErrorReason.UNKNOWN_MEMBER, (*path, name), partial(dict, facts))
            elif not _is_none(found[1], inner) and not found[1].read_only:
                read = self._value(found[1], inner, (*path, name))
                if read is not _ABSENT:
                    result[found[0]] = read
        return result

    def _value(self, node: Node, value: Any, path: tuple[Step, ...]) -> Any:
        if len(path) > _MAX_DEPTH:
            return self._note(ErrorReason.TOO_DEEP, path)
        if node.kind == "any":
            return value if _is_shallow(value, len(path)) else self._note(ErrorReason.TOO_DEEP, path)
        if node.kind == "object":
            return self.object(node, value, path) if isinstance(value, dict) else self._wrong(node, value, path)
        if node.kind == "array":
            return self._items(node, value, path) if isinstance(value, list) else self._wrong(node, value, path)
        if node.kind == "map":
            return self._entries(node, value, path) if isinstance(value, dict) else self._wrong(node, value, path)
        return self._scalar(node, value, path)

    def _items(self, node: Node, value: list[Any], path: tuple[Step, ...]) -> list[Any]:
        inner = node.items or Node("any")
        read = [self._value(inner, item, (*path, at)) for at, item in enumerate(value) if not _is_none(inner, item)]
        return [item for item in read if item is not _ABSENT]

    def _entries(self, node: Node, value: Document, path: tuple[Step, ...]) -> Document:
        inner = node.items or Node("any")
        read = {key: self._value(inner, item, (*path, key)) for key, item in value.items() if not _is_none(inner, item)}
        gone = value.keys() - read.keys() if path[-1] == _NULL_TAKES_AWAY else ()
        return {**{key: item for key, item in read.items() if item is not _ABSENT}, **dict.fromkeys(gone)}

    def _scalar(self, node: Node, value: Any, path: tuple[Step, ...]) -> Any:
        if isinstance(value, dict | list):
            return self._wrong(node, value, path)
        if node.kind == "choice":
            return self._word(node, value, path)
        read = _READERS.get(node.kind, _string)(value)
        if read is None:
            return self._wrong(node, value, path)
        if node.kind in ("duration", "time") and not self._is_time(node.kind, str(read), path):
            return _ABSENT
        return read

    def _word(self, node: Node, value: Any, path: tuple[Step, ...]) -> Any:
        if node.choice is not None:
            try:
                return node.choice(value).value
            except ValueError:
                return self._invalid(path)
        return str(value)

    def _is_time(self, kind: str, value: str, path: tuple[Step, ...]) -> bool:
        try:
            (wire.parse_duration if kind == "duration" else wire.parse_time)(value)
        except ValueError:
            if path[-1] != _CHECKED_LATER:
                self._invalid(path)
        else:
            return True
        return path[-1] == _CHECKED_LATER

    def _invalid(self, path: tuple[Step, ...]) -> Any:
        return self._add(
            ErrorReason.UNKNOWN_WORD, path, lambda: {"parameter": _last_name(path), "target": written(path)}
        )

    def _wrong(self, node: Node, value: Any, path: tuple[Step, ...]) -> Any:
        kind = node.arm_type or _TYPES.get(node.kind, "System.String")
        return self._note(ErrorReason.WRONG_TYPE, path, lambda: {"value": _shown(node, value), "type": kind})

    def _note(self, reason: ErrorReason, path: tuple[Step, ...], facts: Callable[[], dict[str, Any]] = dict) -> Any:
        def all_facts() -> dict[str, Any]:
            return {**facts(), "path": written(path), "target": f"{self.parameter}.{written(path)}"}

        return self._add(reason, path, all_facts)

    def _add(self, reason: ErrorReason, path: tuple[Step, ...], facts: Callable[[], dict[str, Any]]) -> Any:
        if len(self.problems) < MOST_DETAILS:
            self.problems.append((Problem(reason, facts()), path))
        else:
            self.more += 1
        return _ABSENT


def written(path: tuple[Step, ...]) -> str:
    """A path as Json.NET writes it: ``properties.extensions[0].name``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def _last_name(path: tuple[Step, ...]) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _integer(value: Any) -> int | None:
    number = _number(value)
    if number is None or number != int(number) or not -_INT32 <= number < _INT32:
        return None
    return int(number)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or (isinstance(value, str) and not _NUMBER.fullmatch(value)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _boolean(value: Any) -> bool | None:
    return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else _only_boolean(value)


def _only_boolean(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _string(value: Any) -> str:
    return value if isinstance(value, str) else wire.encode(value).decode()


_READERS = {"integer": _integer, "number": _number, "boolean": _boolean}


def _is_shallow(value: Any, depth: int) -> bool:
    level = [value]
    while level and depth <= _MAX_DEPTH:
        level = [inner for item in level for inner in _inside(item)]
        depth += 1
    return not level


def _is_none(node: Node, value: Any) -> bool:
    """Whether it is null, or an empty text where no text is expected, which Json.NET reads as null."""
    return value is None or (value == "" and node.kind not in _TEXTS)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _kind(value: Any) -> str:
    names = {list: "an array", str: "a string", bool: "a boolean"}
    return names.get(type(value), "a number")


def _shown(node: Node, value: Any) -> str:
    """CHOICE: only what was sent for a number or a boolean is shown; anything else may be a secret."""
    if node.kind not in _READERS or isinstance(value, dict | list):
        return f"({'an object' if isinstance(value, dict) else _kind(value)})"
    return wire.encode(value).decode()[:_SHOWN]


def _without_content(error: ValueError) -> str:
    return str(error).replace("'", '"')
