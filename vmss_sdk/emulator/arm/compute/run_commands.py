"""Run commands of instances and of Flexible virtual machines, and the action that runs a script at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from vmss_sdk.emulator.arm import paging, request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.places import Place
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.locations import same_place
from vmss_sdk.emulator.arm.long_running import accepted, started
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.routing import Route
from vmss_sdk.emulator.arm.views.run_command import run_command_document
from vmss_sdk.emulator.arm.without_effect import said
from vmss_sdk.emulator.engine.guest import run_commands
from vmss_sdk.emulator.engine.record.run_command import CommandKind, RunCommand
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.models import (
    RunCommandInput,
    VirtualMachineDiagnosticRunCommand,
    VirtualMachineRunCommand,
    VirtualMachineRunCommandUpdate,
)

__all__ = ["family", "invoke"]

_MODELS = {
    CommandKind.MANAGED: VirtualMachineRunCommand,
    CommandKind.DIAGNOSTIC: VirtualMachineDiagnosticRunCommand,
}


def family(path: str, place: Place, kind: CommandKind, limits: dict[str, str]) -> tuple[Route, ...]:
    """The routes of a family of run commands.

    Args:
        path: Of the machine.
        place: How the machine is found.
        kind: The family.
        limits: The throttling policies, by method.
    """
    one, handlers = (
        f"{path}/{kind.value}/{{runCommandName}}",
        {"GET": get, "PUT": put, "PATCH": patch, "DELETE": delete},
    )
    listed = Route("GET", f"{path}/{kind.value}", partial(list_all, place, kind), limits["GET"])
    return (listed, *(Route(m, one, partial(handler, place, kind), limits[m]) for m, handler in handlers.items()))


def list_all(place: Place, kind: CommandKind, call: Call) -> Reply:
    """The run commands of a machine, in the order of their creation; ``$expand=instanceView`` is known."""
    _, instance = place.find(call)
    found = [command for command in instance.commands.values() if command.kind is kind]
    page, rest = paging.page(call, found, lambda command: command.name)
    body: dict[str, Any] = {"value": [_run_command_document(place, call, command) for command in page]}
    if rest is not None:
        body["nextLink"] = rest
    return Reply(200, body)


def get(place: Place, kind: CommandKind, call: Call) -> Reply:
    """A run command; how its script fares with ``$expand=instanceView`` only."""
    _, instance = place.find(call)
    command = run_commands.find(instance, kind, call.values["runCommandName"])
    if command is None:
        raise ArmError.of(ErrorReason.ENTITY_NOT_FOUND)
    return Reply(200, _run_command_document(place, call, command))


def put(place: Place, kind: CommandKind, call: Call) -> Reply:
    """Write a run command, which runs its script: 201 for a new one, 200 for one that exists."""
    scale_set, instance = place.find(call)
    name = call.values["runCommandName"]
    body = request_body.read(call.request, _MODELS[kind], "runCommand")
    body["location"] = _location(scale_set, kind, body.get("location"))
    status = 201 if run_commands.find(instance, kind, name) is None else 200
    command = run_commands.put(scale_set, instance, kind, name, body)
    return said(_begun(place, call, scale_set, command, status), scale_set, _MODELS[kind], body)


def patch(place: Place, kind: CommandKind, call: Call) -> Reply:
    """Change a run command, which runs its script again."""
    scale_set, instance = place.find(call)
    name = call.values["runCommandName"]
    if run_commands.find(instance, kind, name) is None:
        raise ArmError.of(ErrorReason.ENTITY_NOT_FOUND)
    body = request_body.read(call.request, VirtualMachineRunCommandUpdate, "runCommand")
    command = run_commands.put(scale_set, instance, kind, name, body, merge=True)
    return said(_begun(place, call, scale_set, command, 200), scale_set, VirtualMachineRunCommandUpdate, body)


def delete(place: Place, kind: CommandKind, call: Call) -> Reply:
    """Take a run command away; 204 when there is none."""
    scale_set, instance = place.find(call)
    command = run_commands.find(instance, kind, call.values["runCommandName"])
    if command is None:
        return Reply(204)
    return accepted(call, scale_set, run_commands.delete(scale_set, instance, command))


def invoke(place: Place, call: Call) -> Reply:
    """Run a script at once: the result is told by the operation (wire.md 3.31)."""
    scale_set, instance = place.find(call)
    body = request_body.read(call.request, RunCommandInput, "parameters")
    if "commandId" not in body:
        raise ArmError.of(ErrorReason.REQUIRED, parameter="commandId")
    script, parameters = body.get("script", []), body.get("parameters", [])
    return accepted(call, scale_set, run_commands.invoke(scale_set, instance, body["commandId"], script, parameters))


def _begun(place: Place, call: Call, scale_set: ScaleSet, command: RunCommand, status: int) -> Reply:
    reply = started(
        call, scale_set, command.operation, status, _run_command_document(place, call, command), retry=False
    )
    if command.kind is CommandKind.DIAGNOSTIC:
        reply.document = None  # the API description has no body for this family; never recorded
    return reply


def _run_command_document(place: Place, call: Call, command: RunCommand) -> dict[str, Any]:
    runtime = "instanceview" in call.query.get("$expand", "").lower()
    return run_command_document(place.address(*place.find(call)), command, runtime=runtime)


def _location(scale_set: ScaleSet, kind: CommandKind, wanted: str | None) -> str:
    """CHOICE: it has to be sent, as the API description says, and to be the scale set's."""
    there = str(scale_set.document["location"])
    if wanted is None:
        raise ArmError.of(ErrorReason.GROUP_LOCATION_MISSING)
    if not same_place(wanted, there):
        kinds = f"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/{kind.value}"
        raise ArmError.of(ErrorReason.LOCATION_UNKNOWN, location=wanted, type=kinds, regions=there)
    return there
