"""Commands that tell what a change will do to a scale set that is there."""

from vmss_sdk.cli.arguments import SCALE_SET
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.forecast"
_FROM = (
    Argument(
        ("--from-json",),
        "read no service: what 'az vmss show' printed, or - for standard input",
        {"metavar": "FILE"},
    ),
    Argument(
        ("--instances-json",),
        "with --from-json: what 'az vmss list-instances --expand instanceView' printed (default: as many instances as"
        " the capacity says, all up to date)",
        {"metavar": "FILE"},
    ),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("capture",),
        "write down a scale set as it is now, to rehearse with its twin",
        f"{_HANDLERS}:capture",
        (*SCALE_SET, *_FROM),
        "One JSON document: the model, the instances with power, health and protection, the latest rolling upgrade, the"
        " versions of the image, and the probe and autoscale settings. Only reads, for which the role Reader is enough;"
        " no secret is in it. 'vmss emulator load' brings it up.",
        (
            "virtual_machine_scale_sets.get",
            "virtual_machine_scale_set_vms.list",
            "virtual_machine_scale_set_rolling_upgrades.get_latest",
        ),
        az=False,
        examples=(
            Example("a scale set on Azure", "vmss capture -g rg -n web > web.twin"),
            Example(
                "of what az has printed", "vmss capture --from-json web.json --instances-json instances.json > web.twin"
            ),
        ),
    ),
    Command(
        ("emulator", "load"),
        "bring a captured scale set up, in the state in which it was",
        f"{_HANDLERS}:load",
        (Argument(("twin",), "the file that 'vmss capture' wrote", {"metavar": "TWIN"}),),
        "On the emulator that --endpoint names: a server, or in-process for the one in the state file. What could not"
        " be told from the twin, and how it was taken, is said on standard error.",
        az=False,
        examples=(Example("in this process", "vmss emulator load web.twin --endpoint in-process"),),
    ),
)
