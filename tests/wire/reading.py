"""Whether a model reads all of a document: each typed member against what stands there, by rules of its own."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from vmss_sdk.models import Model

__all__ = ["differences", "unread"]

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?")

Document = dict[str, Any]


def differences(model: Model, document: Document, path: str = "$") -> Iterator[str]:
    """Members that read as something else than what stands in the document."""
    for name, member in type(model).members().items():
        raw: Any = document
        for key in member.path:
            raw = raw.get(key) if isinstance(raw, dict) else None
        value, where = getattr(model, name), f"{path}.{name}"
        if raw is None:
            if value is not None:
                yield f"{where}: {value!r}, but nothing is there"
        elif member.kind == "model":
            yield from differences(value, raw, where)
        elif member.kind == "models":
            assert len(value) == len(raw)
            for index, (inner, item) in enumerate(zip(value, raw, strict=True)):
                yield from differences(inner, item, f"{where}[{index}]")
        elif member.kind == "model map":
            assert list(value) == list(raw)
            for key, inner in value.items():
                yield from differences(inner, raw[key], f"{where}[{key!r}]")
        elif (expected := _plain(member.kind, raw)) != value or not isinstance(value, type(expected)):
            yield f"{where}: {value!r}, expected {expected!r}"


def _plain(kind: str, raw: Any) -> Any:
    if kind == "time":
        return _time(raw)
    if kind == "duration":
        found = _DURATION.fullmatch(raw)
        assert found, raw
        days, hours, minutes, seconds = (float(each or 0) for each in found.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return tuple(raw) if kind == "choices" else raw


def _time(raw: str) -> datetime:
    """Azure's seven decimals, cut to the six that Python has."""
    found = _TIME.fullmatch(raw)
    assert found, raw
    moment = datetime.fromisoformat(found[1]).replace(tzinfo=UTC, microsecond=int((found[2] or "0").ljust(6, "0")[:6]))
    offset = timedelta(hours=int(found[4] or 0), minutes=int(found[5] or 0))
    return moment + offset if found[3] == "-" else moment - offset


def unread(model: type[Model], document: Document, path: str = "$") -> Iterator[str]:
    """The JSON paths of what a document has and no typed member of the model reads."""
    yield from _unread(list(model.members().values()), (), document, path)


def _unread(members: list[Any], at: tuple[str, ...], document: Document, path: str) -> Iterator[str]:
    for name, value in document.items():
        here = (*at, name)
        exact = next((member for member in members if member.path == here), None)
        where = f"{path}.{name}"
        if exact is not None:
            yield from _inside(exact, value, where)
        elif any(member.path[: len(here)] == here for member in members) and isinstance(value, dict):
            yield from _unread(members, here, value, where)
        else:
            yield where


def _inside(member: Any, value: Any, path: str) -> Iterator[str]:
    if value is None:
        return
    if member.kind == "model":
        yield from unread(member.model(), value, path)
    elif member.kind == "models":
        for index, item in enumerate(value):
            yield from unread(member.model(), item, f"{path}[{index}]")
    elif member.kind == "model map":
        for name, item in value.items():
            yield from unread(member.model(), item, f"{path}['{name}']")
