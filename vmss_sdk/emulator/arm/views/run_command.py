"""Run commands and what their scripts answered, as recorded (wire.md 3.31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.views.address import Address
from vmss_sdk.emulator.arm.views.common import arrange, time_text
from vmss_sdk.emulator.arm.views.order import RUN_COMMAND
from vmss_sdk.emulator.engine.record.execution import Execution, ExecutionState

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.run_command import RunCommand

__all__ = ["action_result", "run_command_document"]

Document = dict[str, Any]

_SHOWN = 4096
_MESSAGES = {
    ExecutionState.PENDING: "",
    ExecutionState.RUNNING: "Execution in progress",  # CHOICE
    ExecutionState.SUCCEEDED: "Execution completed",  # CHOICE
    ExecutionState.TIMED_OUT: "Execution timed out",  # CHOICE
    ExecutionState.CANCELED: "Execution was canceled",  # CHOICE
    ExecutionState.FAILED: "Execution failed: failed to execute command: command terminated with exit status={code}",
}
_STATUS = {"level": "Info", "displayStatus": "Provisioning succeeded"}


def run_command_document(address: Address, command: RunCommand, *, runtime: bool = False) -> Document:
    """A run command.

    Args:
        address: Of the instance, as whichever resource it was asked for.
        command: Which.
        runtime: Whether to show how its script fares as well.
    """
    properties = {
        "timeoutInSeconds": 0,
        "asyncExecution": False,
        **command.document.get("properties", {}),
        "provisioningState": command.provisioning.value,
    }
    if runtime and command.execution is not None:
        properties["instanceView"] = _instance_view(command.execution)
    document: Document = {
        "name": command.name,
        "id": f"{address.id}/{command.kind.value}/{command.name}",
        "type": f"{address.type}/{command.kind.value}",
        "location": command.document["location"],
    }
    if "tags" in command.document:
        document["tags"] = command.document["tags"]
    return {**document, "properties": arrange(properties, RUN_COMMAND)}


def action_result(execution: Execution) -> Document:
    """What the action ``runCommand`` brings: on Linux one status with both streams, on Windows one for each.

    The exit code shows nowhere (recorded, and reported in azure-cli#14425).
    """
    output, error = _last(execution.answer.output), _last(execution.answer.error)
    if execution.handler[1].endswith("Windows"):
        streams = {"StdOut": output, "StdErr": error}
        return {
            "value": [
                {"code": f"ComponentStatus/{stream}/succeeded", **_STATUS, "message": text}
                for stream, text in streams.items()
            ]
        }
    message = f"Enable succeeded: \n[stdout]\n{output}\n[stderr]\n{error}"
    return {"value": [{"code": "ProvisioningState/succeeded", **_STATUS, "message": message}]}


def _instance_view(execution: Execution) -> Document:
    """CHOICE: what is not known yet is left out; only ended scripts were recorded."""
    view: Document = {}
    ended = execution.state in (ExecutionState.SUCCEEDED, ExecutionState.FAILED)
    if ended:
        view["exitCode"] = execution.answer.exit_code
    view["executionState"] = execution.state.value
    view["executionMessage"] = _MESSAGES[execution.state].format(code=execution.answer.exit_code)
    view["output"] = _last(execution.answer.output) if ended else ""
    view["error"] = _last(execution.answer.error) if ended else ""
    for name, moment in (("startTime", execution.started_at), ("endTime", execution.ended_at)):
        if moment is not None:
            view[name] = time_text(float(int(moment)))
    return view


def _last(text: str) -> str:
    """The last 4,096 bytes (documented; a longer one was recorded that begins in the middle of a word)."""
    return text.encode()[-_SHOWN:].decode(errors="ignore")
