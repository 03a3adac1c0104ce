"""Commands about scripts on instances."""

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import (
    GROUP,
    IN_SCALE_SET,
    INSTANCE_ID,
    PAGES,
    SCALE_SET,
    VMSS_NAME,
    WAIT_CONDITIONS,
    WAITING,
    YES,
    three_state,
)
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.run_commands"
_FAMILIES = ("virtual_machine_scale_set_vm_run_commands", "virtual_machine_scale_set_vm_diagnostic_run_commands")
_NAME = Argument(("--name", "-n"), "the run command", {"metavar": "NAME"}, ("--run-command-name",), "Resource id")
_DIAGNOSTIC = Argument(("--diagnostic",), "those that serve diagnosis, which are kept apart", {"action": "store_true"})
_EXPAND = Argument(("--expand",), "instanceView for how the script fares", {"metavar": "WHAT"})
_ONE = (*IN_SCALE_SET, INSTANCE_ID, _NAME, _DIAGNOSTIC)
_SCRIPT = (
    Argument(
        ("--location", "-l"), "the region, which is that of the scale set (default: it is asked)", {"metavar": "REGION"}
    ),
    Argument(("--tags",), "names and values: key=value key=value", {"nargs": "*", "metavar": "TAG"}),
    Argument(("--script",), "the script, or @FILE", {"metavar": "TEXT"}),
    Argument(("--script-uri",), "where the instance finds the script", {"metavar": "URI"}),
    Argument(("--command-id",), "a built-in script, such as RunShellScript or IPConfig", {"metavar": "ID"}),
    Argument(("--parameters",), "parameters of the script: name=value", {"nargs": "+", "metavar": "PARAMETER"}),
    Argument(
        ("--protected-parameters",),
        "parameters that are not shown again: name=value",
        {"nargs": "+", "metavar": "PARAMETER"},
    ),
    three_state("--async-execution", help="do not wait for the end of the script, only for its start"),
    Argument(("--run-as-user",), "who runs the script", {"metavar": "NAME"}),
    Argument(("--run-as-password",), "the password for it; it is not shown again", {"metavar": "PASSWORD"}),
    Argument(
        ("--timeout-in-seconds",),
        "when the script is stopped",
        {"type": values.whole, "metavar": "SECONDS"},
    ),
    Argument(("--output-blob-uri",), "the append blob that gets the output", {"metavar": "URI"}),
    Argument(("--error-blob-uri",), "the append blob that gets the error output", {"metavar": "URI"}),
)
_COLUMNS = "{Name:name, Location:location, ProvisioningState:provisioningState, State:instanceView.executionState}"


def _both(name: str, diagnostic: str = "") -> tuple[str, ...]:
    return (f"{_FAMILIES[0]}.{name}", f"{_FAMILIES[1]}.{diagnostic or name}")


COMMANDS: tuple[Command, ...] = (
    Command(
        ("run-command", "invoke"),
        "run a script on an instance at once, and show what it wrote",
        f"{_HANDLERS}:invoke",
        (
            *SCALE_SET,
            INSTANCE_ID,
            Argument(
                ("--command-id",),
                "RunShellScript, RunPowerShellScript or a built-in script",
                {"required": True, "metavar": "ID"},
            ),
            Argument(("--scripts",), "lines of the script, or @FILE", {"nargs": "+", "metavar": "LINE"}),
            Argument(
                ("--parameters",), "parameters of the script: [name=]value", {"nargs": "+", "metavar": "PARAMETER"}
            ),
            *WAITING,
        ),
        "A script that fails does not make the command fail; to see the exit code use 'vmss run-command create'.",
        ("virtual_machine_scale_set_vms.begin_run_command",),
        table="value[].{Code:code, Level:level, Message:message}",
        examples=(
            Example(
                "one line",
                "vmss run-command invoke -g rg -n web --instance-id 0 --command-id RunShellScript --scripts 'uptime'",
            ),
            Example(
                "a file, with a parameter",
                "vmss run-command invoke -g rg -n web --instance-id 0 --command-id RunShellScript --scripts @check.sh"
                " --parameters site=shop",
            ),
        ),
    ),
    Command(
        ("run-command", "create"),
        "keep a script as a resource of an instance, and run it",
        f"{_HANDLERS}:create",
        (*_ONE, *_SCRIPT, *WAITING),
        operations=_both("begin_create_or_update"),
        table=_COLUMNS,
        examples=(
            Example(
                "a file",
                "vmss run-command create -g rg --vmss-name web --instance-id 0 -n check --script @check.sh",
            ),
        ),
    ),
    Command(
        ("run-command", "update"),
        "change a kept script in what is given, and run it again",
        f"{_HANDLERS}:update",
        (*_ONE, *_SCRIPT, *WAITING),
        operations=_both("begin_update"),
        table=_COLUMNS,
    ),
    Command(
        ("run-command", "show"),
        "show a kept script, and how it fares",
        f"{_HANDLERS}:show",
        (*_ONE, _EXPAND, Argument(("--instance-view",), "how the script fares", {"action": "store_true"})),
        operations=_both("get"),
        table=_COLUMNS,
        examples=(
            Example(
                "what it ended with",
                "vmss run-command show -g rg --vmss-name web --instance-id 0 -n check --instance-view"
                " --query instanceView.exitCode",
            ),
        ),
    ),
    Command(
        ("run-command", "list"),
        "list the kept scripts of an instance",
        f"{_HANDLERS}:list_all",
        (GROUP, VMSS_NAME, INSTANCE_ID, _DIAGNOSTIC, _EXPAND, *PAGES),
        operations=_both("list", "diagnostic_list"),
        table=f"[].{_COLUMNS}",
    ),
    Command(
        ("run-command", "delete"),
        "take a kept script away; if it runs, it is stopped",
        f"{_HANDLERS}:delete",
        (*_ONE, YES, *WAITING),
        "It asks first.",
        _both("begin_delete"),
    ),
    Command(
        ("run-command", "wait"),
        "wait until a kept script is as it is said here",
        f"{_HANDLERS}:wait",
        (*_ONE, _EXPAND, *WAIT_CONDITIONS),
        operations=_both("get"),
        examples=(
            Example(
                "until the script has ended",
                "vmss run-command wait -g rg --vmss-name web --instance-id 0 -n check --expand instanceView"
                " --custom instanceView.endTime",
            ),
        ),
    ),
)
