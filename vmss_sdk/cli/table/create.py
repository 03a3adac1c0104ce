"""``vmss create``."""

from vmss_sdk.cli.command import Argument, Command, Example, Later

__all__ = ["COMMANDS"]


def _arguments() -> tuple[Argument, ...]:
    from vmss_sdk.cli.table.create_flags import create_arguments

    return create_arguments()


COMMANDS: tuple[Command, ...] = (
    Command(
        ("create",),
        "make a scale set, with the network and the load balancer that it needs",
        "vmss_sdk.cli.handlers.create:create",
        Later(_arguments),
        "It deploys a template. Where a virtual network in the group has room, that one is used. In Rolling mode the"
        " health extension is installed, unless --health-probe says how health is known.",
        ("virtual_machine_scale_sets.begin_create_or_update",),
        examples=(
            Example(
                "two instances that are alike, Manual mode",
                "vmss create -g rg -n web --orchestration-mode Uniform --image Ubuntu2204 --generate-ssh-keys",
            ),
            Example(
                "in Rolling mode over three zones",
                "vmss create -g rg -n web --orchestration-mode Uniform --image Ubuntu2204 --zones 1 2 3"
                " --instance-count 6 --upgrade-policy-mode Rolling --max-batch-instance-percent 20 --generate-ssh-keys",
            ),
            Example(
                "the template alone",
                "vmss create -g rg -n web --image Ubuntu2204 --generate-ssh-keys --dry-run > web.json",
            ),
        ),
    ),
)
