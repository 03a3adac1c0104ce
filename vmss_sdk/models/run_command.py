"""Scripts that run on an instance: by an action, or as resources."""

from collections.abc import MutableSequence
from datetime import datetime

from vmss_sdk.models._base import (
    Model,
    boolean,
    choice,
    integer,
    nested,
    nested_list,
    text,
    text_map,
    texts,
    timestamp,
)
from vmss_sdk.models.common import InstanceViewStatus, SystemData
from vmss_sdk.models.enums import ExecutionState, ScriptShellTypes


class RunCommandInputParameter(Model, required=("name", "value")):
    """A named parameter of a script."""

    name: str | None = text("name", default=None)
    value: str | None = text("value", default=None)


class RunCommandInput(Model, required=("commandId",)):
    """A script that an action runs on an instance.

    Attributes:
        command_id: Required: ``RunShellScript``, ``RunPowerShellScript`` or a built-in command.
        script: The lines of the script; without it the built-in one is run.
        parameters: The parameters of the script.
    """

    command_id: str | None = text("commandId", default=None)
    script: list[str] | None = texts("script", default=None)
    parameters: MutableSequence[RunCommandInputParameter] | None = nested_list(
        "parameters", RunCommandInputParameter, default=None
    )


class RunCommandResult(Model):
    """What a script wrote, as statuses."""

    value: MutableSequence[InstanceViewStatus] | None = nested_list("value", InstanceViewStatus, default=None)


class RunCommandManagedIdentity(Model):
    """The identity with which an instance reads or writes a blob; empty: its system-assigned one."""

    client_id: str | None = text("clientId", default=None)
    object_id: str | None = text("objectId", default=None)


class VirtualMachineRunCommandScriptSource(Model):
    """Where a run command's script is: exactly one of script, script_uri, command_id and gallery_script_reference_id.

    Attributes:
        script: The script itself.
        script_uri: Where it is fetched; it may be signed, so it is never shown.
        command_id: A built-in command.
        script_uri_managed_identity: The identity with which it is fetched.
        script_shell: Which shell runs it on Windows.
        gallery_script_reference_id: Resource id of a script in a gallery.
    """

    script: str | None = text("script", default=None)
    script_uri: str | None = text("scriptUri", default=None, secret=True)
    command_id: str | None = text("commandId", default=None)
    script_uri_managed_identity: RunCommandManagedIdentity | None = nested(
        "scriptUriManagedIdentity", RunCommandManagedIdentity, default=None
    )
    script_shell: ScriptShellTypes | str | None = choice("scriptShell", ScriptShellTypes, default=None)
    gallery_script_reference_id: str | None = text("galleryScriptReferenceId", default=None)


class VirtualMachineRunCommandInstanceView(Model):
    """How a run command's script fares; told only with ``$expand=instanceView``.

    Attributes:
        execution_state: Where the script stands.
        execution_message: What kept it from running, or how it ended.
        exit_code: What it ended with.
        output: The last 4 KB of its standard output.
        error: The last 4 KB of its standard error.
        start_time: When it began.
        end_time: When it ended.
        statuses: What else is said.
    """

    execution_state: ExecutionState | str | None = choice("executionState", ExecutionState, default=None)
    execution_message: str | None = text("executionMessage", default=None)
    exit_code: int | None = integer("exitCode", default=None)
    output: str | None = text("output", default=None)
    error: str | None = text("error", default=None)
    start_time: datetime | None = timestamp("startTime", default=None)
    end_time: datetime | None = timestamp("endTime", default=None)
    statuses: MutableSequence[InstanceViewStatus] | None = nested_list("statuses", InstanceViewStatus, default=None)


class VirtualMachineRunCommandUpdate(Model):
    """What a PATCH of a run command may carry; what is not sent stays, and the script runs again.

    Attributes:
        tags: Tags.
        source: The script.
        parameters: The parameters of the script.
        protected_parameters: Parameters that no answer shows.
        async_execution: Whether the operation ends as soon as the script has started; default false.
        run_as_user: The user account that runs it.
        run_as_password: That account's password; no answer shows it.
        timeout_in_seconds: After how many seconds the script is stopped.
        output_blob_uri: The append blob that gets the output; it may be signed, so it is never shown.
        error_blob_uri: The same for the error output.
        output_blob_managed_identity: The identity with which the output is written.
        error_blob_managed_identity: The same for the error output.
        provisioning_state: Whether the platform did its work; says nothing of the script unless its failure counts
            as the deployment's. Read-only.
        instance_view: How the script fares. Read-only.
        treat_failure_as_deployment_failure: Whether the operation fails when the script does; default false.
    """

    tags: dict[str, str] | None = text_map("tags", default=None)
    source: VirtualMachineRunCommandScriptSource | None = nested(
        "properties.source", VirtualMachineRunCommandScriptSource, default=None
    )
    parameters: MutableSequence[RunCommandInputParameter] | None = nested_list(
        "properties.parameters", RunCommandInputParameter, default=None
    )
    protected_parameters: MutableSequence[RunCommandInputParameter] | None = nested_list(
        "properties.protectedParameters", RunCommandInputParameter, default=None, secret=True
    )
    async_execution: bool | None = boolean("properties.asyncExecution", default=None)
    run_as_user: str | None = text("properties.runAsUser", default=None)
    run_as_password: str | None = text("properties.runAsPassword", default=None, secret=True)
    timeout_in_seconds: int | None = integer("properties.timeoutInSeconds", default=None)
    output_blob_uri: str | None = text("properties.outputBlobUri", default=None, secret=True)
    error_blob_uri: str | None = text("properties.errorBlobUri", default=None, secret=True)
    output_blob_managed_identity: RunCommandManagedIdentity | None = nested(
        "properties.outputBlobManagedIdentity", RunCommandManagedIdentity, default=None
    )
    error_blob_managed_identity: RunCommandManagedIdentity | None = nested(
        "properties.errorBlobManagedIdentity", RunCommandManagedIdentity, default=None
    )
    provisioning_state: str | None = text("properties.provisioningState", init=False)
    instance_view: VirtualMachineRunCommandInstanceView | None = nested(
        "properties.instanceView", VirtualMachineRunCommandInstanceView, init=False
    )
    treat_failure_as_deployment_failure: bool | None = boolean(
        "properties.treatFailureAsDeploymentFailure", default=None
    )


class VirtualMachineRunCommand(VirtualMachineRunCommandUpdate, required=("location",)):
    """A script kept as a resource of an instance; writing it runs it. The other members are those of the update.

    Attributes:
        location: Required: that of the scale set.
        id: Resource id. Read-only.
        name: Resource name. Read-only.
        type: The ARM resource type. Read-only.
        system_data: Who made and changed it. Read-only.
    """

    location: str | None = text("location", default=None)
    id: str | None = text("id", init=False)
    name: str | None = text("name", init=False)
    type: str | None = text("type", init=False)
    system_data: SystemData | None = nested("systemData", SystemData, init=False)


class VirtualMachineDiagnosticRunCommand(VirtualMachineRunCommand, required=("location",)):
    """A script kept as a resource beside the run commands, for diagnosis (added 2026-04-01). The same members."""
