"""Run commands: scripts kept as resources of an instance, and the action that runs one at once.

Source: the API description of runCommands, wire.md 3.31. CHOICE: every PUT of a run command runs its script, and so
does a PATCH that sends properties; a reimage or an upgrade neither runs it again nor takes the resource away.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.guest.scripts import ScriptExecution, begin, os_of, refuse_unless_ready
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.execution import LONGEST
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.record.run_command import CommandKind, RunCommand

__all__ = ["COMMANDS", "delete", "find", "invoke", "put"]

_LINUX, _WINDOWS = "Linux", "Windows"
_WINDOWS_COMMANDS = (
    "RunPowerShellScript DisableNLA DisableWindowsUpdate EnableAdminAccount EnableEMS EnableRemotePS"
    " EnableWindowsUpdate IPConfig RDPSettings ResetAccountPassword ResetRDPCert SetRDPPort"
    " WindowsActivationValidation WindowsGhostedNicValidationScript WindowsUpgradeAssessmentValidation"
)
COMMANDS = {"RunShellScript": _LINUX, "ifconfig": _LINUX, **dict.fromkeys(_WINDOWS_COMMANDS.split(), _WINDOWS)}
"""The built-in commands, by the operating system that they are for (documented)."""
_BY_LOWER_NAME = {name.lower(): name for name in COMMANDS}

_ACTION = {_LINUX: ("Microsoft.CPlat.Core", "RunCommandLinux"), _WINDOWS: ("Microsoft.CPlat.Core", "RunCommandWindows")}
_HANDLER = {
    _LINUX: ("Microsoft.CPlat.Core", "RunCommandHandlerLinux"),
    _WINDOWS: ("Microsoft.CPlat.Core", "RunCommandHandlerWindows"),
}
_SOURCES = ("script", "scriptUri", "commandId", "galleryScriptReferenceId")
_SECRET = ("runAsPassword", "protectedParameters")
_BLOBS = ("outputBlobUri", "errorBlobUri")


@attrs.define(eq=False)
class Removal:
    """The moment when a run command is gone."""

    instance_id: str
    command: RunCommand

    def step(self, scale_set: Aggregate) -> None:
        """It is gone, unless it was written anew meanwhile."""
        scale_set.settle(self.command.operation.id)
        instance = scale_set.instances.get(self.instance_id)
        key = self.command.kind, self.command.name.lower()
        if instance is not None and instance.commands.get(key) is self.command:
            del instance.commands[key]


def find(instance: Instance, kind: CommandKind, name: str) -> RunCommand | None:
    """A run command by its name, in any case."""
    return instance.commands.get((kind, name.lower()))


def put(
    scale_set: Aggregate, instance: Instance, kind: CommandKind, name: str, incoming: Document, *, merge: bool = False
) -> RunCommand:
    """Write a run command and run its script; a script of its own that still runs is cut off.

    Args:
        scale_set: Whose instance.
        instance: On which it runs.
        kind: Its family.
        name: Its name; one that exists is replaced.
        incoming: Location, tags and properties.
        merge: Whether what is not sent stays (PATCH).

    Raises:
        Refused: The document breaks rules, or the instance takes nothing on; nothing has changed.
    """
    refuse_unless_ready(scale_set, instance, "runCommand")
    before = find(instance, kind, name)
    document = _merged(before.document, incoming) if merge and before else incoming
    if problems := _problems(document.get("properties", {})):
        raise Refused(problems)
    command_id = get_path(document, "properties.source.commandId")
    if command_id is not None:
        _command(scale_set, instance, command_id)
    runs = before is None or not merge or "properties" in incoming
    command = RunCommand(
        kind=kind,
        name=before.name if before else name,
        document=_without_secrets(document),
        writing=ProvisioningState.UPDATING if before else ProvisioningState.CREATING,
        operation=scale_set.open_operation(kind.value) if runs else _write_only(scale_set, kind),
        execution=before.execution if before else None,
    )
    instance.commands[kind, name.lower()] = command
    if runs:
        _interrupt(scale_set, instance, before)
        _run(scale_set, instance, command, first=before is None)
    return command


def delete(scale_set: Aggregate, instance: Instance, command: RunCommand) -> Operation:
    """Take a run command away; its script is cut off if it still runs.

    Raises:
        Refused: The instance takes nothing on; nothing has changed.
    """
    refuse_unless_ready(scale_set, instance, "runCommand")
    _interrupt(scale_set, instance, command)
    command.writing = ProvisioningState.DELETING
    command.operation = operation = scale_set.open_operation(command.kind.value)
    operation.instance_count = operation.outstanding = 1
    seconds = _varied(scale_set, scale_set.settings.timings.run_command_change, operation)
    scale_set.schedule.add(scale_set.now + seconds, Removal(instance.id, command))
    return operation


def invoke(
    scale_set: Aggregate, instance: Instance, command_id: str, script: Sequence[str], parameters: Sequence[Document]
) -> Operation:
    """Run a script at once; the operation's result is its `Execution`. One at a time on an instance.

    Args:
        scale_set: Whose instance.
        instance: On which it runs.
        command_id: A built-in command, in any case.
        script: The lines that take the place of the built-in script.
        parameters: Names and values.

    Raises:
        Refused: There is no such command, it is for another operating system, a parameter is incomplete, another
            script of the action runs there, or the instance takes nothing on.
    """
    refuse_unless_ready(scale_set, instance, "runCommand")
    if problems := _parameter_problems(parameters, "parameters"):
        raise Refused(problems)
    name = _command(scale_set, instance, command_id)
    if any(execution.exclusive for execution in instance.executions):
        raise Refused.because(Reason.RUN_COMMAND_BUSY, vm=instance.name)
    operation = scale_set.open_operation("runCommand")
    execution = ScriptExecution(
        instance_id=instance.id,
        operation_id=operation.id,
        name=name,
        script="\n".join(script) or name,
        handler=_ACTION[COMMANDS[name]],
        overhead=_varied(scale_set, scale_set.settings.timings.run_command_action, operation),
        exclusive=True,
    )
    operation.result = execution
    begin(scale_set, instance, execution, operation)
    return operation


def _run(scale_set: Aggregate, instance: Instance, command: RunCommand, *, first: bool) -> None:
    properties = command.document.get("properties", {})
    source, times = properties["source"], scale_set.settings.timings
    seconds = times.run_command_create if first else times.run_command_change
    command.execution = ScriptExecution(
        instance_id=instance.id,
        operation_id=command.operation.id,
        name=command.name,
        script=next(str(source[key]) for key in _SOURCES if key in source),
        handler=_HANDLER[os_of(scale_set, instance)],
        overhead=_varied(scale_set, seconds, command.operation),
        timeout=float(properties.get("timeoutInSeconds") or LONGEST),
        detached=bool(properties.get("asyncExecution")),
        strict=bool(properties.get("treatFailureAsDeploymentFailure")),
    )
    begin(scale_set, instance, command.execution, command.operation)


def _write_only(scale_set: Aggregate, kind: CommandKind) -> Operation:
    """Only tags were sent: nothing runs."""
    operation = scale_set.run(kind.value, [], seconds=scale_set.settings.timings.write)
    operation.instance_count = 1
    return operation


def _interrupt(scale_set: Aggregate, instance: Instance, command: RunCommand | None) -> None:
    if command is not None and command.execution in instance.executions:
        command.execution.cut_off(scale_set)


def _varied(scale_set: Aggregate, seconds: float, operation: Operation) -> float:
    return scale_set.settings.timings.vary(seconds, scale_set.settings.seed, "run command", operation.id)


def _command(scale_set: Aggregate, instance: Instance, command_id: str) -> str:
    """The proper name of a built-in command.

    Raises:
        Refused: There is none, or it is for another operating system.
    """
    name = _BY_LOWER_NAME.get(command_id.lower())
    if name is None:
        raise Refused.because(Reason.UNKNOWN_COMMAND, command=command_id)
    if COMMANDS[name] != os_of(scale_set, instance):
        raise Refused.because(Reason.COMMAND_FOR_OTHER_OS, command=name, os_type=COMMANDS[name], vm=instance.name)
    return name


def _merged(before: Document, incoming: Document) -> Document:
    """CHOICE: a source is replaced whole, as it can be of one sort only."""
    merged = documents.merge(before, incoming)
    source = get_path(incoming, "properties.source")
    if source is not None:
        merged["properties"] = {**merged["properties"], "source": source}
    return merged


def _without_secrets(document: Document) -> Document:
    """What may be shown.

    CHOICE: of a blob's URL the query goes, which is its signature; the API description's example answers have none.
    """
    properties = {key: value for key, value in document.get("properties", {}).items() if key not in _SECRET}
    unsigned: Document = {name: _unsigned(properties[name]) for name in _BLOBS if name in properties}
    source = properties.get("source", {})
    if "scriptUri" in source:
        unsigned["source"] = {**source, "scriptUri": _unsigned(source["scriptUri"])}
    return {**document, "properties": {**properties, **unsigned}}


def _unsigned(uri: str) -> str:
    return uri.partition("?")[0]


def _problems(properties: Document) -> list[Failure]:
    found = _source_problems(properties.get("source", {}))
    for name in ("parameters", "protectedParameters"):
        found += _parameter_problems(properties.get(name, []), f"properties.{name}")
    if properties.get("timeoutInSeconds", 0) < 0:
        found.append(_invalid("properties.timeoutInSeconds"))
    uris = [name for name in _BLOBS if name in properties and not _is_uri(properties[name])]
    return found + [_invalid(f"properties.{name}") for name in uris]


def _source_problems(source: Document) -> list[Failure]:
    """One source and no more (documented)."""
    given = [name for name in _SOURCES if source.get(name)]
    if not given:
        return [Failure(Reason.REQUIRED, {"target": "properties.source", "parameter": "source"})]
    if len(given) > 1:
        return [_invalid("properties.source")]
    wrong = given == ["scriptUri"] and not _is_uri(source["scriptUri"])
    return [_invalid("properties.source.scriptUri")] if wrong else []


def _parameter_problems(parameters: Sequence[Document], target: str) -> list[Failure]:
    """Each has a name and a value (required by the API description)."""
    return [
        Failure(Reason.REQUIRED, {"target": f"{target}[{at}].{name}", "parameter": name})
        for at, parameter in enumerate(parameters)
        for name in ("name", "value")
        if parameter.get(name) is None
    ]


def _invalid(target: str) -> Failure:
    return Failure(Reason.INVALID, {"target": target, "parameter": target.rpartition(".")[2]})


def _is_uri(text: str) -> bool:
    return text.lower().startswith(("https://", "http://"))
