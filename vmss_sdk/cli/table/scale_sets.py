"""Commands about scale sets as a whole."""

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import (
    GROUP,
    INSTANCE_ID,
    NAME,
    PAGES,
    RESOURCE_IDS,
    SCALE_SET,
    WAIT_CONDITIONS,
    WAITING,
    three_state,
)
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS", "SCALE_SET_COLUMNS"]

_HANDLERS = "vmss_sdk.cli.handlers.scale_sets"
SCALE_SET_COLUMNS = (
    "{Name:name, ResourceGroup:resourceGroup, Location:location, Zones:(!zones && ' ') || join(' ', zones),"
    " Capacity:sku.capacity, Overprovision:overprovision, UpgradePolicy:upgradePolicy.mode}"
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("show",),
        "show a scale set, or one of its instances",
        f"{_HANDLERS}:show",
        (
            GROUP,
            NAME,
            RESOURCE_IDS,
            INSTANCE_ID,
            Argument(("--include-user-data", "-u"), "with the user data", {"action": "store_true"}),
        ),
        operations=("virtual_machine_scale_sets.get", "virtual_machine_scale_set_vms.get"),
        table=SCALE_SET_COLUMNS,
        examples=(
            Example("the upgrade mode alone", "vmss show -g rg -n web --query upgradePolicy.mode -o tsv"),
            Example(
                "whether an instance is at the latest model",
                "vmss show -g rg -n web --instance-id 0 --query latestModelApplied",
            ),
        ),
    ),
    Command(
        ("list",),
        "list the scale sets of a resource group, of a region, or of the subscription",
        f"{_HANDLERS}:list_all",
        (GROUP, Argument(("--location", "-l"), "those in this region", {"metavar": "REGION"}), *PAGES),
        operations=(
            "virtual_machine_scale_sets.list",
            "virtual_machine_scale_sets.list_all",
            "virtual_machine_scale_sets.list_by_location",
        ),
        table=f"[].{SCALE_SET_COLUMNS}",
        examples=(Example("all of the subscription, as a table", "vmss list -o table"),),
    ),
    Command(
        ("delete",),
        "delete a scale set with all its instances",
        f"{_HANDLERS}:delete",
        (
            *SCALE_SET,
            three_state("--force-deletion", help="do not wait for the shutdown of its instances"),
            *WAITING,
        ),
        "One that is not there is no error.",
        ("virtual_machine_scale_sets.begin_delete",),
    ),
    Command(
        ("scale",),
        "change how many instances there are",
        f"{_HANDLERS}:scale",
        (
            *SCALE_SET,
            Argument(
                ("--new-capacity",),
                "how many instances there shall be",
                {"type": values.whole, "required": True, "metavar": "COUNT"},
            ),
            *WAITING,
        ),
        "Nothing but the capacity is sent, so it starts no upgrade.",
        ("virtual_machine_scale_sets.begin_update",),
        table=SCALE_SET_COLUMNS,
        examples=(Example("five instances", "vmss scale -g rg -n web --new-capacity 5"),),
    ),
    Command(
        ("get-instance-view",),
        "how many instances are in which state, or the state of one",
        f"{_HANDLERS}:instance_view",
        (
            *SCALE_SET,
            Argument(("--instance-id",), "one instance; '*' for each", {"metavar": "ID"}),
        ),
        operations=(
            "virtual_machine_scale_sets.get_instance_view",
            "virtual_machine_scale_set_vms.get_instance_view",
            "virtual_machine_scale_set_vms.list",
        ),
        table="{ProvisioningState:statuses[0].displayStatus, PowerState:statuses[1].displayStatus}",
    ),
    Command(
        ("list-skus",),
        "the sizes that a scale set could have",
        f"{_HANDLERS}:skus",
        (GROUP, NAME, *PAGES),
        operations=("virtual_machine_scale_sets.list_skus",),
    ),
    Command(
        ("wait",),
        "wait until a scale set is as it is said here",
        f"{_HANDLERS}:wait",
        (
            *SCALE_SET,
            INSTANCE_ID,
            Argument(
                ("--healthy",),
                "until every instance that runs is healthy, or --instance-id alone",
                {"action": "store_true"},
            ),
            Argument(
                ("--rolled",),
                "until its rolling upgrade has ended; with --healthy until all are healthy then",
                {"action": "store_true"},
            ),
            *WAIT_CONDITIONS,
        ),
        operations=("virtual_machine_scale_sets.get", "virtual_machine_scale_set_vms.get"),
        examples=(
            Example("until the last change is through", "vmss wait -g rg -n web --updated"),
            Example(
                "until a roll has ended and all instances are healthy", "vmss wait -g rg -n web --rolled --healthy"
            ),
            Example("until there are five", "vmss wait -g rg -n web --custom 'sku.capacity==`5`'"),
        ),
    ),
    Command(
        ("resume",),
        "wait for an operation that an earlier command began",
        f"{_HANDLERS}:resume",
        (
            Argument(
                ("operation",),
                "the id or the resume token that the earlier command printed (default: the last that was left)",
                {"nargs": "?", "metavar": "OPERATION"},
            ),
            *WAITING,
        ),
        "After Ctrl-C, --no-wait or --timeout. Ids are known to the user who left the operation (the last 50); a"
        " resume token works everywhere. Neither opens anything: whoever resumes needs a credential of their own.",
        az=False,
    ),
)
