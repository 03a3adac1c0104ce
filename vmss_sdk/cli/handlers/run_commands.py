"""Scripts on instances: run at once, or kept as resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.handlers.key_values import key_values
from vmss_sdk.cli.handlers.pages import page
from vmss_sdk.cli.handlers.text_arguments import parameters, text
from vmss_sdk.cli.handlers.waits import wait_until
from vmss_sdk.cli.running import Begun

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call

__all__ = ["create", "delete", "invoke", "list_all", "show", "update", "wait"]


def invoke(call: Call) -> Begun:
    """Run a script at once."""
    from vmss_sdk.models import RunCommandInput, RunCommandInputParameter

    args = call.args
    scripts = None if args.scripts is None else [str(text("--scripts", one)) for one in args.scripts]
    named = [RunCommandInputParameter.from_wire(one) for one in parameters(args.parameters) or ()]
    command = RunCommandInput(command_id=args.command_id, script=scripts, parameters=named or None)
    one = call.needed("instance_id", "--instance-id")
    return Begun(call.scale_set.instance(one).run_command(command), f"{args.command_id} on {_where(call)}")


def create(call: Call) -> Begun:
    """Keep a script, and run it."""
    from vmss_sdk.models import VirtualMachineDiagnosticRunCommand, VirtualMachineRunCommand

    name, kept = _name(call), _run_commands(call)
    kind = VirtualMachineDiagnosticRunCommand if call.args.diagnostic else VirtualMachineRunCommand
    location = call.args.location or call.scale_set.get().location
    command = kind(location=location, **_members(call))
    return Begun(kept.create_or_update(name, command), f"'{name}' on {_where(call)}", lambda _: kept.get(name))


def update(call: Call) -> Begun:
    """Change one in what is given, and run it again.

    Raises:
        CommandError: Nothing was given, or another region.
    """
    from vmss_sdk.models import VirtualMachineRunCommandUpdate

    name, kept, wanted = _name(call), _run_commands(call), call.args.location
    if wanted and _plain(wanted) != _plain(there := str(kept.get(name).location)):
        raise CommandError(f"--location: '{name}' is in {there}, and cannot be moved", 2)
    change = VirtualMachineRunCommandUpdate(**_members(call))
    if not (change.wire or wanted):
        raise CommandError("say what to change, for example --script", 2)
    return Begun(kept.update(name, change), f"'{name}' on {_where(call)}", lambda _: kept.get(name))


def delete(call: Call) -> Begun:
    """Take one away."""
    name = _name(call)
    call.confirm(f"This deletes the run command '{name}' of {_where(call)}. Go on?")
    return Begun(_run_commands(call).delete(name), f"deletion of '{name}' of {_where(call)}")


def show(call: Call) -> Any:
    """One."""
    return _run_commands(call).get(_name(call), expand="instanceView" if call.args.instance_view else call.args.expand)


def list_all(call: Call) -> Any:
    """All of an instance."""
    return page(call, _run_commands(call).list(expand=call.args.expand))


def wait(call: Call) -> None:
    """Look at one until it is as it was said."""
    name, kept = _name(call), _run_commands(call)
    wait_until(call, f"'{name}' of {_where(call)}", lambda: kept.get(name, expand=call.args.expand))


def _name(call: Call) -> str:
    return call.needed("name", "--name/-n")


def _run_commands(call: Call) -> Any:
    """The run commands of the instance, or its diagnostic ones."""
    instance = call.scale_set.instance(call.needed("instance_id", "--instance-id"))
    return instance.diagnostic_run_commands if call.args.diagnostic else instance.run_commands


def _where(call: Call) -> str:
    return f"instance {call.args.instance_id} of '{call.scale_set_name}'"


def _plain(location: str) -> str:
    return location.lower().replace(" ", "")


def _members(call: Call) -> dict[str, Any]:
    """What the arguments say, by the model's names."""
    from vmss_sdk.models import RunCommandInputParameter

    args = call.args
    said: dict[str, Any] = {
        "tags": key_values("--tags", args.tags),
        "source": _source(call),
        "async_execution": args.async_execution,
        "run_as_user": args.run_as_user,
        "run_as_password": args.run_as_password,
        "timeout_in_seconds": args.timeout_in_seconds,
        "output_blob_uri": args.output_blob_uri,
        "error_blob_uri": args.error_blob_uri,
    }
    for name in ("parameters", "protected_parameters"):
        found = parameters(getattr(args, name))
        said[name] = None if found is None else [RunCommandInputParameter.from_wire(one) for one in found]
    return {name: value for name, value in said.items() if value is not None}


def _source(call: Call) -> Any:
    """Where the script is.

    Raises:
        CommandError: In several places.
    """
    from vmss_sdk.models import VirtualMachineRunCommandScriptSource

    args = call.args
    given = {"script": text("--script", args.script), "script_uri": args.script_uri, "command_id": args.command_id}
    said = {name: value for name, value in given.items() if value is not None}
    if len(said) > 1:
        raise CommandError("say one of --script, --script-uri and --command-id", 2)
    return VirtualMachineRunCommandScriptSource(**said) if said else None
