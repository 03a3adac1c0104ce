"""From models to plain JSON as az shows it: ``properties`` flattened, the resource group beside every id.

az's clients flatten what the API descriptions mark so; here the models know it: a member that is in ``properties`` on
the wire and not in the model's own name. So what is the customer's own (extension settings, tags) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.models import Model

__all__ = ["Verbatim", "shape"]

_GROUP = re.compile(r"/resourceGroups/([^/]+)/", re.IGNORECASE)
_PROPERTIES = "properties"


class Verbatim(dict[str, Any]):
    """JSON that is shown as it is: a template, which az's additions would spoil."""


def shape(value: Any) -> Any:
    """A model, a record, several, or JSON, as JSON in az's shape; nothing of the original is changed."""
    if isinstance(value, Verbatim):
        return dict(value)
    if isinstance(value, Model):
        return _with_groups({**_EVER.get(type(value).__name__, {}), **_flat(type(value), value.wire)})
    if attrs.has(type(value)):
        return _with_groups(_record(value))
    if isinstance(value, Iterator | list | tuple):
        return [shape(item) for item in value]
    return _with_groups(value)


def _record(value: Any) -> Any:
    """A record of the emulator, with names as they are on the wire."""
    if attrs.has(type(value)):
        return {_camel(field.name): _record(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, datetime):
        return wire.format_time(value)
    if isinstance(value, list | tuple):
        return [_record(item) for item in value]
    return value


def _camel(name: str) -> str:
    first, *more = name.split("_")
    return first + "".join(map(str.capitalize, more))


def _models_of(kind: type[Model]) -> dict[tuple[str, ...], type[Model] | None]:
    """The members of a model by their place on the wire, with the model that is there."""
    found = _KNOWN.get(kind)
    if found is None:
        found = {member.path: member.model() if member.model else None for member in kind.members().values()}
        _KNOWN[kind] = found
    return found


_KNOWN: dict[type[Model], dict[tuple[str, ...], type[Model] | None]] = {}


def _flat(kind: type[Model], document: dict[str, Any]) -> dict[str, Any]:
    members = _models_of(kind)
    inner = document.get(_PROPERTIES)
    flattens = (
        isinstance(inner, dict)
        and kind.__name__ not in _WHOLE
        and any(path[0] == _PROPERTIES and len(path) > 1 for path in members)
    )
    shown = {
        key: _shaped(members.get((key,)), value)
        for key, value in document.items()
        if not (flattens and key == _PROPERTIES)
    }
    if flattens:
        for key, value in document[_PROPERTIES].items():
            shown[key] = _shaped(members.get((_PROPERTIES, key)), value)
    # az's order, which is seen where a query takes a whole object.
    return shown if kind.__name__ in _EVER else dict(sorted(shown.items()))


_WHOLE = frozenset({"ResourceGroup", "UpgradeOperationHistoricalStatusInfo", "VMScaleSetLifecycleHookEvent"})
"""What az 2.91 does not flatten."""
_EVER = {"ResourceGroup": {"managedBy": None, "tags": None}}
"""What az 2.91 shows also when it is not there."""


def _shaped(kind: type[Model] | None, value: Any) -> Any:
    if kind is None:
        return [item for item in value if item is not None] if isinstance(value, list) else value
    if isinstance(value, list):
        return [_shaped(kind, item) for item in value]
    return _flat(kind, value) if isinstance(value, dict) else value


def _with_groups(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_groups(item) for item in value]
    if not isinstance(value, dict):
        return value
    shown = {key: _with_groups(item) for key, item in value.items()}
    if "resourceGroup" not in shown and (named := _GROUP.search(str(shown.get("id", "")))):
        shown["resourceGroup"] = named[1]
    return shown
