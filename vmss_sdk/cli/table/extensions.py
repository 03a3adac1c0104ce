"""Commands about extensions of a scale set and of its instances."""

from vmss_sdk.cli.arguments import GROUP, INSTANCE_ID, VMSS_NAME, WAITING, three_state
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.extensions"
_IMAGES = "vmss_sdk.cli.handlers.extension_images"
_COLUMNS = (
    "{Name:name, Publisher:publisher, Type:type, Version:typeHandlerVersion,"
    " AutoUpgradeMinorVersion:autoUpgradeMinorVersion, ProvisioningState:provisioningState}"
)
_ONE = INSTANCE_ID._replace(help="those of one instance instead of the scale set's model", section="")
_WHOSE = (GROUP, VMSS_NAME)
_NAME = Argument(("--name", "-n"), "the extension", {"metavar": "NAME"})
_CHANGES = (
    Argument(
        ("--version",),
        "the version of the handler, major and minor (default: the newest)",
        {"metavar": "VERSION"},
    ),
    Argument(("--settings",), "settings: a JSON object, or a file that has one", {"metavar": "JSON"}),
    Argument(
        ("--protected-settings",),
        "settings that are not shown again: a JSON object, or better a file that has one",
        {"metavar": "JSON"},
    ),
    three_state(
        "--no-auto-upgrade-minor-version",
        help="stay at this minor version",
        aliases=("--no-auto-upgrade",),
    ),
    Argument(("--force-update",), "let it run again with the same settings", {"action": "store_true"}),
    Argument(
        ("--provision-after-extensions",),
        "the extensions that have to be done before",
        {"nargs": "+", "metavar": "NAME"},
    ),
    three_state("--enable-auto-upgrade", help="whether Azure moves it to newer versions by itself"),
)
_LOCATION = Argument(("--location", "-l"), "the region (default: AZURE_DEFAULTS_LOCATION)", {"metavar": "REGION"})
_PUBLISHER = Argument(("--publisher", "-p"), "the publisher", {"metavar": "NAME"}, ("--publisher-name",))
_TYPE = Argument(("--name", "-n"), "the extension", {"metavar": "NAME"}, ("--type",))
_IDS = Argument(
    ("--ids",),
    "ids from the catalogue, instead of region and names",
    {"dest": "catalogue_ids", "nargs": "+", "metavar": "ID"},
)
_CATALOGUE = "It reads the catalogue of the region, which has no operation of a scale set."

COMMANDS: tuple[Command, ...] = (
    Command(
        ("extension", "list"),
        "list the extensions of a scale set's model, or of an instance",
        f"{_HANDLERS}:list_all",
        (*_WHOSE, _ONE),
        operations=("virtual_machine_scale_set_extensions.list", "virtual_machine_scale_set_vm_extensions.list"),
        table=f"[].{_COLUMNS}",
    ),
    Command(
        ("extension", "show"),
        "show an extension",
        f"{_HANDLERS}:show",
        (*_WHOSE, _NAME, _ONE),
        "Other than az, which prints nothing then, it fails when there is none.",
        ("virtual_machine_scale_set_extensions.get", "virtual_machine_scale_set_vm_extensions.get"),
        table=_COLUMNS,
        examples=(
            Example(
                "how it fares on one instance",
                "vmss extension show -g rg --vmss-name web -n CustomScript --instance-id 0 --query instanceView",
            ),
        ),
    ),
    Command(
        ("extension", "set"),
        "add an extension, or change the one of that publisher and type",
        f"{_HANDLERS}:set_one",
        (
            *_WHOSE,
            Argument(("--name", "-n"), "the type of the extension", {"required": True, "metavar": "TYPE"}),
            Argument(("--publisher",), "its publisher", {"required": True, "metavar": "NAME"}),
            Argument(
                ("--extension-instance-name",), "its name in the scale set (default: its type)", {"metavar": "NAME"}
            ),
            *_CHANGES,
            _ONE,
            *WAITING,
        ),
        "How it reaches the instances depends on the upgrade mode. What is not given stays.",
        (
            "virtual_machine_scale_set_extensions.begin_create_or_update",
            "virtual_machine_scale_set_vm_extensions.begin_create_or_update",
            "virtual_machine_scale_sets.begin_create_or_update",
        ),
        examples=(
            Example(
                "the health extension, which rolling upgrades go by",
                "vmss extension set -g rg --vmss-name web -n ApplicationHealthLinux --publisher"
                " Microsoft.ManagedServices --version 1.0 --settings"
                ' \'{"protocol": "http", "port": 80, "requestPath": "/healthz"}\'',
            ),
        ),
    ),
    Command(
        ("extension", "update"),
        "change an extension in what is given",
        f"{_HANDLERS}:update",
        (
            *_WHOSE,
            _NAME,
            Argument(("--publisher",), "its publisher", {"metavar": "NAME"}),
            *(one._replace(help="the version of the handler") if "--version" in one.flags else one for one in _CHANGES),
            _ONE,
            *WAITING,
        ),
        operations=(
            "virtual_machine_scale_set_extensions.begin_update",
            "virtual_machine_scale_set_vm_extensions.begin_update",
        ),
        table=_COLUMNS,
        examples=(
            Example("run a script again", "vmss extension update -g rg --vmss-name web -n CustomScript --force-update"),
        ),
        az=False,
    ),
    Command(
        ("extension", "delete"),
        "take an extension away",
        f"{_HANDLERS}:delete",
        (*_WHOSE, _NAME, _ONE, *WAITING),
        operations=(
            "virtual_machine_scale_set_extensions.begin_delete",
            "virtual_machine_scale_set_vm_extensions.begin_delete",
        ),
    ),
    Command(
        ("extension", "image", "list"),
        "the extensions that there are, with all versions",
        f"{_IMAGES}:list_all",
        (
            _LOCATION._replace(help="the region (default: AZURE_DEFAULTS_LOCATION, else the subscription's first)"),
            Argument(("--publisher", "-p"), "a part of the publisher's name", {"metavar": "NAME"}),
            Argument(("--name", "-n"), "a part of the extension's name", {"metavar": "NAME"}),
            Argument(("--version",), "a part of the version", {"metavar": "VERSION"}),
            Argument(("--latest",), "the newest version of each", {"action": "store_true"}),
        ),
        _CATALOGUE,
        table="[].{Publisher:publisher, Name:name, Version:version}",
        examples=(
            Example("the health extensions", "vmss extension image list -l westus -n ApplicationHealth --latest"),
        ),
    ),
    Command(
        ("extension", "image", "list-names"),
        "the extensions of a publisher",
        f"{_IMAGES}:list_names",
        (_LOCATION, _PUBLISHER, _IDS),
        _CATALOGUE,
        table="[].{Name:name, Location:location}",
    ),
    Command(
        ("extension", "image", "list-versions"),
        "the versions of an extension",
        f"{_IMAGES}:list_versions",
        (
            _LOCATION,
            _PUBLISHER,
            _TYPE,
            Argument(("--expand",), "properties for more about each", {"choices": ("properties",)}),
            Argument(("--filter",), "an OData filter: \"startswith(name, '1.')\"", {"metavar": "FILTER"}),
            Argument(("--orderby",), "the order: 'name desc'", {"metavar": "ORDER"}),
            Argument(("--top",), "how many at most", {"metavar": "COUNT"}),
            _IDS,
        ),
        _CATALOGUE,
        table="[].{Name:name, Location:location}",
    ),
    Command(
        ("extension", "image", "show"),
        "one version of an extension",
        f"{_IMAGES}:show",
        (
            _LOCATION,
            _PUBLISHER,
            _TYPE,
            Argument(("--version",), "the version", {"metavar": "VERSION"}),
            _IDS,
        ),
        _CATALOGUE,
    ),
)
