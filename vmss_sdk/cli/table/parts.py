"""Commands about parts of a scale set's model: identities, data disks, applications."""

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import GROUP, IN_SCALE_SET, INSTANCE_ID, NAME, SCALE_SET, WAITING, choice
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers"
_SETS = "virtual_machine_scale_sets"
_VMS = "virtual_machine_scale_set_vms"
_WRITE = (f"{_SETS}.get", f"{_SETS}.begin_create_or_update")
_CACHING = ("None", "ReadOnly", "ReadWrite")
_SKUS = (
    "PremiumV2_LRS",
    "Premium_LRS",
    "Premium_ZRS",
    "StandardSSD_LRS",
    "StandardSSD_ZRS",
    "Standard_LRS",
    "UltraSSD_LRS",
)
_DISK_OF = (
    *(
        one._replace(aliases=(*one.aliases, "--name", "-n")) if "--vmss-name" in one.flags else one
        for one in IN_SCALE_SET
    ),
    INSTANCE_ID,
)
_LUN = Argument(("--lun",), "its number", {"type": values.whole, "metavar": "NUMBER"})
_PER_APPLICATION = "for each application true or false"

COMMANDS: tuple[Command, ...] = (
    Command(
        ("identity", "show"),
        "show the managed identities of a scale set",
        f"{_HANDLERS}.identities:show",
        SCALE_SET,
        operations=(f"{_SETS}.get",),
    ),
    Command(
        ("identity", "assign"),
        "give a scale set managed identities",
        f"{_HANDLERS}.identities:assign",
        (
            *SCALE_SET,
            Argument(
                ("--identities",),
                "resource ids, and [system] for the scale set's own (default: [system])",
                {"nargs": "*", "metavar": "ID"},
            ),
            Argument(("--role",), "refused: roles are given by 'az role assignment create'", {"metavar": "ROLE"}),
            Argument(("--scope",), "refused, as --role", {"metavar": "ID"}),
            *WAITING,
        ),
        operations=(f"{_SETS}.get", f"{_SETS}.begin_update"),
    ),
    Command(
        ("identity", "remove"),
        "take managed identities away from a scale set",
        f"{_HANDLERS}.identities:remove",
        (
            *SCALE_SET,
            Argument(
                ("--identities",),
                "resource ids, and [system] for the scale set's own (default: [system])",
                {"nargs": "+", "metavar": "ID"},
            ),
            *WAITING,
        ),
        operations=(f"{_SETS}.get", f"{_SETS}.begin_update"),
    ),
    Command(
        ("disk", "attach"),
        "give every instance a data disk, or one instance a disk that exists",
        f"{_HANDLERS}.disks:attach",
        (
            *_DISK_OF,
            Argument(("--size-gb", "-z"), "size of the new disks in GiB", {"type": values.whole, "metavar": "SIZE"}),
            Argument(("--disk",), "name or id of a disk, with --instance-id", {"metavar": "DISK"}),
            _LUN._replace(help="its number (default: the lowest free one)"),
            choice("--caching", help="host caching", of=_CACHING),
            choice("--sku", help="the storage of new disks", of=_SKUS),
            *WAITING,
        ),
        operations=(*_WRITE, f"{_VMS}.get", f"{_VMS}.begin_attach_detach_data_disks"),
        examples=(
            Example("for all", "vmss disk attach -g rg --vmss-name web --size-gb 64"),
            Example("for one", "vmss disk attach -g rg --vmss-name web --instance-id 0 --disk data"),
        ),
    ),
    Command(
        ("disk", "detach"),
        "take a data disk from every instance, or from one",
        f"{_HANDLERS}.disks:detach",
        (*_DISK_OF, _LUN._replace(options={**_LUN.options, "required": True}), *WAITING),
        operations=(*_WRITE, f"{_VMS}.get", f"{_VMS}.begin_attach_detach_data_disks"),
    ),
    Command(
        ("application", "list"),
        "the gallery applications of a scale set",
        f"{_HANDLERS}.applications:list_all",
        (GROUP, NAME),
        operations=(f"{_SETS}.get",),
        table="galleryApplications[].{Package:packageReferenceId, Order:order}",
    ),
    Command(
        ("application", "set"),
        "set the gallery applications of a scale set; others are taken away",
        f"{_HANDLERS}.applications:set_all",
        (
            *SCALE_SET,
            Argument(
                ("--app-version-ids",),
                "resource ids of versions of applications",
                {"nargs": "*", "required": True, "metavar": "ID"},
            ),
            Argument(("--order-applications",), "install them in this order", {"action": "store_true"}),
            Argument(
                ("--app-config-overrides",),
                "for each application the blob of its configuration, or null",
                {"nargs": "*", "metavar": "URI"},
            ),
            Argument(
                ("--treat-deployment-as-failure",),
                f"whether the deployment fails with it, {_PER_APPLICATION}",
                {"nargs": "*", "metavar": "BOOL"},
            ),
            Argument(
                ("--enable-automatic-upgrade",),
                f"whether new versions come by themselves, {_PER_APPLICATION}",
                {"nargs": "*", "metavar": "BOOL"},
                ("--enable-auto-upgrade",),
            ),
            *WAITING,
        ),
        operations=_WRITE,
    ),
)
