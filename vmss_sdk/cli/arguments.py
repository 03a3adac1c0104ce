"""Arguments that many commands share, with az's spellings."""

from vmss_sdk.cli import values
from vmss_sdk.cli.command import Argument

__all__ = [
    "DRY_RUN",
    "ENDPOINT",
    "GLOBAL",
    "GROUP",
    "INCLUDE_PROTECTED",
    "INSTANCE_ID",
    "INSTANCE_IDS",
    "IN_SCALE_SET",
    "LOCATION",
    "NAME",
    "NO_WAIT",
    "PAGES",
    "RESOURCE_IDS",
    "SCALE_SET",
    "VMSS_NAME",
    "WAITING",
    "WAIT_CONDITIONS",
    "YES",
    "choice",
    "three_state",
]

_ID = "Resource id"


def three_state(*flags: str, help: str, aliases: tuple[str, ...] = (), section: str = "") -> Argument:
    """A flag that means true by itself and takes ``true`` or ``false``; None when it is not given."""
    options = {"nargs": "?", "type": values.boolean, "const": True, "metavar": "BOOL"}
    return Argument(flags, help, options, aliases, section)


def choice(
    *flags: str, help: str, of: tuple[str, ...], required: bool = False, aliases: tuple[str, ...] = ()
) -> Argument:
    """A flag that takes one of some words, in any case."""
    word = flags[0].rpartition("-")[2].upper()
    options = {"type": values.one_of(of), "choices": of, "required": required, "metavar": word}
    return Argument(flags, f"{help}: {', '.join(of)}", options, aliases)


GROUP = Argument(
    ("--resource-group", "-g"),
    "the resource group (default: AZURE_DEFAULTS_GROUP)",
    {"dest": "resource_group", "metavar": "GROUP"},
    section=_ID,
)
NAME = Argument(
    ("--name", "-n"),
    "the scale set (default: AZURE_DEFAULTS_VMSS)",
    {"dest": "name", "metavar": "NAME"},
    ("--vm-scale-set-name", "--virtual-machine-scale-set-name"),
    section=_ID,
)
VMSS_NAME = Argument(
    ("--vmss-name",),
    "the scale set (default: AZURE_DEFAULTS_VMSS)",
    {"dest": "vmss_name", "metavar": "NAME"},
    ("--virtual-machine-scale-set-name",),
    section=_ID,
)
"""For commands in which ``--name`` is something inside of a scale set."""
RESOURCE_IDS = Argument(
    ("--ids",), "resource ids, instead of group and names", {"nargs": "+", "metavar": "ID"}, section=_ID
)
SCALE_SET = (GROUP, NAME, RESOURCE_IDS)
IN_SCALE_SET = (GROUP, VMSS_NAME, RESOURCE_IDS)

INSTANCE_IDS = Argument(
    ("--instance-ids",),
    "the instances: ids of a Uniform scale set, names of a Flexible one; '*' for all",
    {"nargs": "+", "metavar": "ID"},
    ("--instance-id",),
)
INSTANCE_ID = Argument(
    ("--instance-id",),
    "one instance: an id of a Uniform scale set, a name of a Flexible one",
    {"metavar": "ID"},
    section=_ID,
)
LOCATION = Argument(
    ("--location", "-l"),
    "the region (default: AZURE_DEFAULTS_LOCATION, else that of the resource group)",
    {"metavar": "REGION"},
)

NO_WAIT = three_state("--no-wait", help="return at once; the service goes on by itself")
_TIMEOUT = Argument(
    ("--timeout",),
    "how many seconds to wait at most; the service goes on all the same",
    {"type": values.seconds, "metavar": "SECONDS"},
)
WAITING = (NO_WAIT, _TIMEOUT)
YES = Argument(("--yes", "-y"), "do not ask", {"action": "store_true"})
DRY_RUN = Argument(("--dry-run",), "say which instances it would touch, and change nothing", {"action": "store_true"})
WAIT_CONDITIONS = (
    Argument(("--created",), "until it is there, and provisioned", {"action": "store_true"}),
    Argument(("--updated",), "until it is provisioned", {"action": "store_true"}),
    Argument(("--deleted",), "until it is gone", {"action": "store_true"}),
    Argument(("--exists",), "until it is there", {"action": "store_true"}),
    Argument(
        ("--custom",),
        "until this JMESPath expression is true of it",
        {"type": values.query, "metavar": "JMESPATH"},
    ),
    Argument(
        ("--interval",),
        "seconds between two looks (default: %(default)g)",
        {"type": values.seconds, "default": 30.0, "metavar": "SECONDS"},
    ),
    Argument(
        ("--timeout",),
        "seconds to wait at most (default: %(default)g)",
        {"type": values.seconds, "default": 3600.0, "metavar": "SECONDS"},
    ),
)
INCLUDE_PROTECTED = Argument(
    ("--include-protected",),
    "also those that are protected from scale set actions: each by its own operation",
    {"action": "store_true"},
)
PAGES = (
    Argument(("--max-items",), "how many to return at most", {"type": values.whole, "metavar": "COUNT"}),
    Argument(("--next-token",), "where an earlier call with --max-items ended", {"metavar": "TOKEN"}),
)

ENDPOINT = Argument(
    ("--endpoint",),
    "the service: a URL, or in-process (default: VMSS_ENDPOINT, else Azure)",
    {"metavar": "URL"},
    section="Global",
)
GLOBAL = (
    ENDPOINT,
    Argument(
        ("--state",),
        "with in-process: the file that keeps the emulator (default: VMSS_STATE, else one in the data directory)",
        {"metavar": "FILE"},
        section="Global",
    ),
    Argument(
        ("--subscription",), "the subscription id (default: AZURE_SUBSCRIPTION_ID)", {"metavar": "ID"}, section="Global"
    ),
    Argument(
        ("--output", "-o"),
        "json, jsonc, table, tsv, yaml, yamlc or none (default: AZURE_CORE_OUTPUT, else json)",
        {
            "choices": ("json", "jsonc", "table", "tsv", "yaml", "yamlc", "none"),
            "type": str.lower,
            "metavar": "FORMAT",
        },
        ("--out",),
        section="Global",
    ),
    Argument(
        ("--query",),
        "a JMESPath expression over the result",
        {"type": values.query, "metavar": "JMESPATH"},
        section="Global",
    ),
    Argument(
        ("--only-show-errors",), "say nothing but errors besides the result", {"action": "store_true"}, section="Global"
    ),
    Argument(("--verbose",), "tell what it waits for", {"action": "store_true"}, section="Global"),
    Argument(("--debug",), "tell every request; no secrets", {"action": "store_true"}, section="Global"),
)
