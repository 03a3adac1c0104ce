"""Parameters of a method: what they may be, and what Python calls get of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from vmss_sdk import models, wire
from vmss_sdk.bridge.failures import INVALID_PARAMS, RpcError
from vmss_sdk.bridge.shapes import plain, shape
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._selection import ALL_INSTANCES, Instances

__all__ = [
    "COMMON",
    "FLAG",
    "INSTANCES",
    "INTEGER",
    "JSON",
    "NUMBER",
    "TEXT",
    "TEXTS",
    "TIME",
    "Kind",
    "Param",
    "model",
    "read",
]

COMMON = ("connection", "trace")
"""Parameters that every method takes: the name of a connection, and whether each request is told as a log."""


@attrs.frozen
class Kind:
    """What a value may be.

    Attributes:
        words: For the error text, as in "expected …".
        fits: Whether a JSON value is one.
        convert: To what Python calls get; may raise ValueError with a sentence.
    """

    words: str
    fits: Callable[[Any], bool]
    convert: Callable[[Any], Any] = lambda value: value


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


TEXT = Kind("a text", lambda value: isinstance(value, str))
FLAG = Kind("true or false", lambda value: isinstance(value, bool))
INTEGER = Kind("a whole number", lambda value: type(value) is int)
NUMBER = Kind("a number", lambda value: type(value) in (int, float))
TEXTS = Kind("a list of texts", _is_texts)
TIME = Kind(
    "a time such as 2026-01-01T00:00:00Z",
    lambda value: isinstance(value, str) or (isinstance(value, dict) and "$time" in value),
    lambda value: wire.parse_time(plain(value)),
)
JSON = Kind("an object", lambda value: isinstance(value, dict), plain)


def _instances(value: str | list[str]) -> Instances:
    """The ids, or all instances: Azure takes the character * in place of an id.

    Raises:
        ClientUsageError: An id is empty, or * stands beside ids; in the words of PowerShell, whose users read it.
    """
    if value in ("*", ["*"]):
        return ALL_INSTANCES
    if "*" in value:
        # CHOICE: refused, since a list that names some instances and all of them is a mistake that may cost data.
        raise ClientUsageError("-InstanceId has * beside other ids: * alone is every instance, ids are those alone.")
    if not all(instance_id.strip() for instance_id in value):
        raise ClientUsageError("-InstanceId has an empty id: expected ids such as '0', '3', or * for every instance.")
    return list(value)


INSTANCES = Kind(
    "a list of instance ids, or '*' for all instances",
    lambda value: value == "*" or (_is_texts(value) and bool(value)),
    _instances,
)


def model(kind: type[models.Model]) -> Kind:
    """An object in PowerShell's shape that is a model for the Python call."""
    return Kind(
        f"an object such as {kind.__name__}",
        lambda value: isinstance(value, dict),
        lambda value: kind.from_wire(shape(kind).from_shape(value)),
    )


@attrs.frozen
class Param:
    """One parameter.

    Attributes:
        name: As it stands in the request.
        argument: What Python calls it.
        kind: What it may be.
        required: Whether it must be given.
    """

    name: str
    argument: str
    kind: Kind
    required: bool = False


def read(method: str, params: tuple[Param, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """The Python arguments for the parameters given; null is the same as not given.

    Raises:
        RpcError: One is missing, is none of the method, or is not what it has to be.
        ClientUsageError: An object has a member that cannot be.
    """
    known = {param.name for param in params}
    if strange := sorted(given.keys() - known - set(COMMON)):
        raise _wrong(f"{method} has no parameter {strange[0]!r}; it takes {', '.join(sorted(known)) or 'none'}")
    arguments: dict[str, Any] = {}
    for param in params:
        value = given.get(param.name)
        if value is not None:
            arguments[param.argument] = _converted(method, param, value)
        elif param.required:
            raise _wrong(f"{method} needs the parameter {param.name!r}: {param.kind.words}")
    return arguments


def _converted(method: str, param: Param, value: Any) -> Any:
    kind = param.kind
    if not kind.fits(value):
        found = "a value of another kind" if isinstance(value, str | dict | list) else repr(value)
        raise _wrong(f"{method}: {param.name} must be {kind.words}, got {found}")
    return kind.convert(value)


def _wrong(text: str) -> RpcError:
    return RpcError(INVALID_PARAMS, text)
