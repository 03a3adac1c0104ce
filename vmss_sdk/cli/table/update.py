"""``vmss update``."""

from vmss_sdk.cli.arguments import INSTANCE_ID, SCALE_SET, WAITING, three_state
from vmss_sdk.cli.command import Argument, Command, Example, Later
from vmss_sdk.cli.table.scale_sets import SCALE_SET_COLUMNS

__all__ = ["COMMANDS", "model_arguments"]

_PROTECTION = (
    three_state(
        "--protect-from-scale-in", help="with --instance-id: whether scale-in passes it by", section="Instance"
    ),
    three_state(
        "--protect-from-scale-set-actions",
        help="with --instance-id: whether upgrades, reimages and other actions on the scale set pass it by",
        section="Instance",
    ),
)
_DRY_RUN = Argument(
    ("--dry-run",),
    "show what would change and what that does to instances, and change nothing",
    {"action": "store_true"},
)
_DIFFERENCES = "[].{Path:path, Old:old, New:new, Effect:effect, ReachedBy:reachedBy}"
"""What ``--dry-run`` prints."""


def model_arguments() -> tuple[Argument, ...]:
    """Those that change the model of a scale set."""
    from vmss_sdk.cli.editing import GENERIC_UPDATE
    from vmss_sdk.cli.table import members
    from vmss_sdk.cli.table.refused import refused_arguments
    from vmss_sdk.cli.table.special import EPHEMERAL, IMAGE, RESERVATION, SECURITY, SKU_PROFILE

    return (
        *members.arguments("update"),
        IMAGE,
        *SECURITY,
        *SKU_PROFILE,
        EPHEMERAL,
        RESERVATION,
        *GENERIC_UPDATE,
        *refused_arguments("update"),
    )


def _arguments() -> tuple[Argument, ...]:
    return (*SCALE_SET, INSTANCE_ID, *_PROTECTION, *model_arguments(), _DRY_RUN, *WAITING)


COMMANDS: tuple[Command, ...] = (
    Command(
        ("update",),
        "change a scale set, or the protection of one of its instances",
        "vmss_sdk.cli.handlers.update:update",
        Later(_arguments),
        "It reads the scale set and writes what changed, provided that nobody else changed it meanwhile. Without any"
        " change it lets a rolling upgrade go on that failed or was cancelled. How a change reaches existing instances"
        " is up to the upgrade policy: in Manual mode 'vmss update-instances' brings it.",
        (
            "virtual_machine_scale_sets.get",
            "virtual_machine_scale_sets.begin_update",
            "virtual_machine_scale_sets.begin_create_or_update",
            "virtual_machine_scale_set_vms.begin_update",
        ),
        table=f"type(@) == 'array' && {_DIFFERENCES} || {SCALE_SET_COLUMNS}",
        examples=(
            Example(
                "another image version",
                "vmss update -g rg -n web --image-version 1.1.0",
            ),
            Example("batches of a tenth", "vmss update -g rg -n web --max-batch-instance-percent 10"),
            Example("what a new size would do", "vmss update -g rg -n web --vm-sku Standard_D4s_v5 --dry-run -o table"),
            Example("protect the leader", "vmss update -g rg -n web --instance-id 4 --protect-from-scale-set-actions"),
        ),
    ),
)
