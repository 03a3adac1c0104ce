"""Results of Python calls as results of JSON-RPC requests: type names and a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.bridge.shapes import record, shape, tagged
from vmss_sdk.models import Model
from vmss_sdk.operation import Operation

__all__ = ["DONE", "JSON_VALUE", "NOTHING", "Answer", "begun", "list_of", "one", "records", "result", "status"]

_AUTOMATION = "Microsoft.Azure.Commands.Compute.Automation.Models"
_STATUS = (f"{_AUTOMATION}.PSOperationStatusResponse", "VmssSdk.OperationStatus")
_OPERATION = ("VmssSdk.Operation",)


@attrs.frozen
class Answer:
    """How what a call returned is told.

    Attributes:
        types: The type names of the object, or of each object of a list.
        value: Makes the JSON value.
        is_status: Whether it is only said that an operation ended, when and how.
    """

    types: tuple[str, ...]
    value: Callable[[Any], Any]
    is_status: bool = False


def result(types: Iterable[str], value: Any) -> dict[str, Any]:
    """The result of a request."""
    return {"types": list(types), "value": value}


def one(model: type[Model]) -> Answer:
    """One model."""
    look = shape(model)
    return Answer(look.types, lambda found: look.to_shape(found.wire))


def list_of(model: type[Model], listed: str | None = None) -> Answer:
    """Models in a list.

    Args:
        model: Of each.
        listed: Az.Compute's class for it in a list, when that is another one, which has another view.
    """
    look = shape(model)
    types = (f"{_AUTOMATION}.{listed}", *look.types) if listed else look.types
    return Answer(types, lambda found: [look.to_shape(each.wire) for each in found])


def records(name: str) -> Answer:
    """What only this SDK has: a record or several, as ``VmssSdk.<name>``."""
    return Answer((f"VmssSdk.{name}",), record)


NOTHING = Answer((), lambda _: None)
"""Nothing but that it is done."""

JSON_VALUE = Answer((), tagged)
"""A document, or a list, with the names that it has."""

DONE = Answer(_STATUS, lambda _: None, is_status=True)
"""That an operation succeeded, as PSOperationStatusResponse."""


def status(operation: Operation[Any] | None, start: float, end: float) -> dict[str, Any]:
    """A PSOperationStatusResponse.

    Args:
        operation: Which succeeded; None for an action that was done within one answer.
        start: When it was begun, seconds since 1970-01-01 UTC by the client's clock.
        end: When it was seen to have ended.
    """
    name = None if operation is None else operation.operation_id
    value = {"Name": name, "StartTime": _time(start), "EndTime": _time(end), "Status": "Succeeded", "Error": None}
    return result(_STATUS, value)


def begun(operation: Operation[Any]) -> dict[str, Any]:
    """An operation that nobody waits for."""
    value = {"Name": operation.operation_id, "Status": operation.status, "ResumeToken": operation.resume_token}
    return result(_OPERATION, value)


def _time(seconds: float) -> dict[str, str]:
    # Az.Compute takes these two from the clock of the machine, in local time.
    return {"$time": wire.format_time(datetime.fromtimestamp(seconds, UTC)), "$kind": "local"}
