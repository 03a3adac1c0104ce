"""Azure's models as data, apart from our own, and what of a document does not agree with them.

The data are in ``fields.json`` (see `make_fields`), and for the few answers whose models are not in that table in
``more_fields.json``, written by hand from the API descriptions 2024-07-01 and the SDK for 2026-04-01.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["MODELS", "OPERATIONS", "problems"]

_HERE = Path(__file__).parent


def _load(part: str) -> Any:
    first, second = (
        json.loads((_HERE / name).read_text("utf-8"))[part] for name in ("fields.json", "more_fields.json")
    )
    return {**second, **first} if isinstance(first, dict) else [*first, *second]


MODELS: Mapping[str, Mapping[str, str]] = _load("models")
OPERATIONS: tuple[tuple[str, str, str, str], ...] = tuple(tuple(row) for row in _load("operations"))
"""Method, path with ``{}`` for what varies, statuses of success, model of the answer (``Model[]`` for a list)."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?([+-]\d\d:\d\d|Z)")
_DURATION = re.compile(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")

# what recorded answers have, though the table does not (the reference stands with each)
_RECORDED = {
    "UpgradeOperationHistoryStatus": {"completedTime": "time"},  # wire.md 3.24
    "VMGalleryApplication": {"manuallyManaged": "boolean"},  # recorded 2024-08 with azure-cli (application set)
    # recorded 2024-08 of Spot instances with azure-cli (simulate eviction)
    "VirtualMachineScaleSetVMProperties": {
        "priority": "Regular|Low|Spot",
        "evictionPolicy": "Deallocate|Delete",
        "billingProfile": "BillingProfile",
    },
}
# examples in the table, not all there are: sizes come and go
_OPEN = {("HardwareProfile", "vmSize")}
# recorded with a null where an instance has no zone (wire.md 3.10)
_MAY_BE_NULL = {("VirtualMachineScaleSetVM", "zones")}
# required of requests alone: recorded answers do without
_NOT_IN_ANSWERS = {
    ("VirtualMachineScaleSetVM", "location"),  # $select=instanceView, wire.md 3.10
}

_SHOWN = 12
Check = Callable[[Any, str], Iterator[str]]


def problems(model: str, value: Any, path: str = "$") -> list[str]:
    """What of a value does not agree with a type of the data, each with its JSON path."""
    return list(_check(model)(value, path))


@cache
def _check(kind: str) -> Check:
    if kind.startswith("["):
        return _array(kind[1:-1])
    if kind.startswith("{"):
        return _map(kind[1:-1])
    if "|" in kind:
        return _choice(kind)
    return _SCALARS[kind] if kind in _SCALARS else _object(kind)


def _object(model: str) -> Check:
    members = {**MODELS[model], **_RECORDED.get(model, {})}
    required = {name for name, kind in members.items() if kind.startswith("!") and (model, name) not in _NOT_IN_ANSWERS}
    kinds = {name: _kind(model, name, kind) for name, kind in members.items()}

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path}: expected a {model}, found {type(value).__name__}"
            return
        for name in required - value.keys():
            yield f"{path}: {model} lacks {name}"
        for name, inner in value.items():
            if name in kinds:
                yield from _check(kinds[name])(inner, f"{path}.{name}")
            else:
                yield f"{path}.{name}: {model} has no such member"

    return check


def _kind(model: str, name: str, kind: str) -> str:
    if (model, name) in _OPEN:
        return "string"
    return "[string or null]" if (model, name) in _MAY_BE_NULL else kind.removeprefix("!")


def _array(inner: str) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{path}: expected an array, found {type(value).__name__}"
            return
        each = _check(inner)
        for index, item in enumerate(value):
            yield from each(item, f"{path}[{index}]")

    return check


def _map(inner: str) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path}: expected a map, found {type(value).__name__}"
            return
        each = _check(inner)
        for name, item in value.items():
            yield from each(item, f"{path}['{name}']")

    return check


def _choice(kind: str) -> Check:
    words = set(filter(None, kind.split("|")))
    shown = ", ".join(sorted(words)[:_SHOWN])

    def check(value: Any, path: str) -> Iterator[str]:
        if value not in words:
            yield f"{path}: {value!r} is none of {shown}"

    return check


def _scalar(kind: str, fits: Callable[[Any], bool]) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not fits(value):
            yield f"{path}: expected {kind}, found {type(value).__name__} {value!r}"

    return check


def _anything(value: Any, path: str) -> Iterator[str]:
    yield from ()


_SCALARS: dict[str, Check] = {
    "any": _anything,
    "string": _scalar("string", lambda value: isinstance(value, str)),
    "string or null": _scalar("string or null", lambda value: value is None or isinstance(value, str)),
    "boolean": _scalar("boolean", lambda value: isinstance(value, bool)),
    "integer": _scalar("integer", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    "number": _scalar("number", lambda value: isinstance(value, int | float) and not isinstance(value, bool)),
    "time": _scalar("time", lambda value: isinstance(value, str) and _TIME.fullmatch(value) is not None),
    "duration": _scalar("duration", lambda value: isinstance(value, str) and _DURATION.fullmatch(value) is not None),
}
