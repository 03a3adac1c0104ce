"""Scripts that an action runs on an instance."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import Model, nested_list, text, texts
from vmss_sdk.models.common import InstanceViewStatus


class RunCommandInputParameter(Model):
    """A named parameter of a script."""

    name: str | None = text("name", default=None)
    value: str | None = text("value", default=None)


class RunCommandInput(Model):
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
