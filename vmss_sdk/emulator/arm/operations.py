"""Long-running operations as they are polled: the status document, and the result (wire.md 1, 4)."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, document
from vmss_sdk.emulator.arm.long_running import not_ended
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.arm.views.result import result_document
from vmss_sdk.emulator.engine.record.operation import Operation

__all__ = ["get"]


def get(call: Call) -> Reply:
    """How far an operation is; with ``monitor=true`` its result, 202 until there is one.

    On a virtual clock asking may move the clock to the next event, see `State.note_poll`.
    """
    operation = _find(call)
    if operation.ended_at is None and call.state.note_poll(call.request.url):
        operation = _find(call)
    return _result(call, operation) if call.flag("monitor") else _status(call, operation)


def _find(call: Call) -> Operation:
    operation_id = call.values["operationId"]
    found = call.state.operation(call.subscription_id, operation_id)
    if found is None:
        raise ArmError.of(ErrorReason.OPERATION_NOT_FOUND, operation_id=operation_id)
    return found


def _status(call: Call, operation: Operation) -> Reply:
    body: dict[str, Any] = {"startTime": time_text(operation.started_at)}
    if operation.ended_at is not None:
        body["endTime"] = time_text(operation.ended_at)
    body["status"] = operation.status.value
    if operation.failure is not None and operation.ended_at is not None:
        body["error"] = document(operation.failure)
    elif operation.ended_at is not None and (result := result_document(operation.result)) is not None:
        body["properties"] = {"output": result}
    body["name"] = operation.id
    return Reply(200, body, not_ended(call, operation) if operation.ended_at is None else {})


def _result(call: Call, operation: Operation) -> Reply:
    if operation.ended_at is None:
        # the same URL again, as ARM's guidelines for pollers of Location have it; never recorded
        return Reply(202, None, {"Location": call.request.url, **not_ended(call, operation)})
    if operation.failure is not None:
        # CHOICE: an error status, the only one by which pollers of Location learn of a failure
        raise ArmError([operation.failure])
    return Reply(200, result_document(operation.result))
