"""Commands about resource groups."""

from vmss_sdk.cli.arguments import LOCATION, NO_WAIT, YES
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.resource_groups"
_NAME = Argument(
    ("--name", "-n", "--resource-group", "-g"),
    "the resource group (default: AZURE_DEFAULTS_GROUP)",
    {"dest": "resource_group", "metavar": "GROUP"},
)
_COLUMNS = "{Name:name, Location:location, Status:properties.provisioningState}"

COMMANDS: tuple[Command, ...] = (
    Command(
        ("group", "create"),
        "make a resource group, or change its tags",
        f"{_HANDLERS}:create",
        (
            _NAME,
            LOCATION._replace(help="the region (default: AZURE_DEFAULTS_LOCATION)"),
            Argument(("--tags",), "names and values: key=value key=value", {"nargs": "*", "metavar": "TAG"}),
        ),
        table=_COLUMNS,
        examples=(Example("where the examples are", "vmss group create -n rg -l westeurope"),),
    ),
    Command(("group", "show"), "show a resource group", f"{_HANDLERS}:show", (_NAME,), table=_COLUMNS),
    Command(
        ("group", "list"),
        "list resource groups",
        f"{_HANDLERS}:list_all",
        (Argument(("--tag",), "those with this tag: key, or key=value", {"nargs": "?", "metavar": "TAG"}),),
        table=f"[].{_COLUMNS}",
    ),
    Command(("group", "exists"), "whether there is such a resource group", f"{_HANDLERS}:exists", (_NAME,)),
    Command(
        ("group", "delete"),
        "delete a resource group with all that is in it",
        f"{_HANDLERS}:delete",
        (_NAME, YES, NO_WAIT),
        "It asks first.",
    ),
)
