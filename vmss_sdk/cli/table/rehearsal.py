"""Commands about a running emulator: what time it is there, and what goes wrong."""

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import INSTANCE_IDS, SCALE_SET, YES, choice, three_state
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS", "KINDS"]

_HANDLERS = "vmss_sdk.cli.handlers.rehearsal"
_WHERE = "On the emulator that --endpoint names: a server, or in-process for the one in the state file."
_CLOCK = "{Kind:kind, Now:now, Speed:speed, NextEvent:nextEvent}"
_STATUS = (
    "scaleSets[].{Name:name, ResourceGroup:resourceGroup, Orchestration:orchestrationMode, UpgradeMode:upgradeMode,"
    " ProvisioningState:provisioningState, Instances:instances, Outdated:outdated, Faults:faults}"
)

_HIT = INSTANCE_IDS._replace(help="the instances that are hit, also some still to come (default: any)")
_THESE = INSTANCE_IDS._replace(help="the instances; '*' for all", options={**INSTANCE_IDS.options, "required": True})
_COUNT = Argument(
    ("--count",), "how many times (default: until it is cleared)", {"type": values.whole, "metavar": "COUNT"}
)
_MESSAGE = Argument(("--message",), "the text of the error (default: Azure's own for the code)", {"metavar": "TEXT"})
_SECONDS = {"type": values.duration_seconds, "metavar": "SECONDS|PT5M"}
_REQUESTS = (
    _COUNT._replace(help="how many requests are hit (default: all, until it is cleared)"),
    Argument(("--seconds",), "after how much emulated time it is over", _SECONDS),
    choice("--method", help="requests with this method alone", of=("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE")),
    Argument(("--path",), "requests whose whole path is like this alone: '*/reimage'", {"metavar": "PATTERN"}),
)
_RETRY_AFTER = {"type": values.whole, "metavar": "SECONDS"}


def _fault(name: str, help: str, *arguments: Argument, example: str = "", description: str = "") -> Command:
    """The kind of the fault is the last word, its members are the flags: the handler needs no more."""
    line = f"vmss emulator faults add {name}"
    return Command(
        ("emulator", "faults", "add", name),
        help,
        f"{_HANDLERS}:add_fault",
        arguments,
        description,
        examples=(Example("such as", f"{line} {example}"),) if example else (),
        az=False,
    )


_FAULTS = (
    _fault(
        "unhealthy-after-upgrade",
        "instances are unhealthy once they were upgraded",
        *SCALE_SET,
        _HIT,
        _COUNT,
        choice("--health", help="what they report (default: Unhealthy)", of=("Unhealthy", "Unknown", "Initializing")),
        description="Until they are reimaged or upgraded again.",
        example="-g rg -n web --instance-ids 0 3",
    ),
    _fault(
        "provisioning-failure",
        "creating, reimaging or upgrading an instance fails",
        *SCALE_SET,
        _HIT,
        _COUNT,
        Argument(("--code",), "the code of the error (default: OSProvisioningTimedOut)", {"metavar": "CODE"}),
        _MESSAGE,
        example="-g rg -n web --count 1",
    ),
    _fault(
        "extension-failure",
        "a run of an extension fails",
        *SCALE_SET,
        Argument(("--extension",), "its name (default: any)", {"metavar": "NAME"}),
        _HIT,
        _COUNT,
        Argument(("--code",), "the code of the error (default: VMExtensionProvisioningError)", {"metavar": "CODE"}),
        _MESSAGE,
        example="-g rg -n web --extension install",
    ),
    _fault(
        "quota",
        "the quota has room for no more instances",
        *SCALE_SET,
        Argument(
            ("--left",), "for so many more (default: %(default)s)", {"type": values.whole, "default": 0, "metavar": "N"}
        ),
        example="-g rg -n web --left 1",
    ),
    _fault(
        "zone-down",
        "a zone of the scale set takes no new instances",
        *SCALE_SET,
        Argument(("--zone",), "the zone", {"required": True, "metavar": "ZONE"}),
        example="-g rg -n web --zone 1",
    ),
    _fault(
        "slow-boot",
        "instances take longer to come up",
        *SCALE_SET,
        Argument(("--seconds",), "so much longer", {**_SECONDS, "required": True}),
        _HIT,
        _COUNT,
        description="Whenever they are created, reimaged or upgraded by a new OS disk.",
        example="-g rg -n web --seconds PT10M",
    ),
    _fault(
        "conflict",
        "a write that comes while another one is under way is refused with 409 Conflict",
        *SCALE_SET,
        _HIT,
        _COUNT,
        three_state("--preempts", help="whether the earlier one ends OperationPreempted instead (default: false)"),
        description="With instances: only writes about these, while something is done to them.",
        example="-g rg -n web --count 1",
    ),
    _fault(
        "script-answer",
        "what the script of a run command answers",
        *SCALE_SET,
        Argument(
            ("--command",),
            "a pattern of the run command's name, or of the built-in command's id (default: any)",
            {"metavar": "PATTERN"},
        ),
        Argument(("--script",), "a pattern of the script's text (default: any)", {"metavar": "PATTERN"}),
        _HIT,
        _COUNT,
        Argument(("--exit-code",), "what it ends with (default: 0)", {"type": int, "metavar": "CODE"}),
        Argument(("--stdout",), "what it writes to its standard output", {"metavar": "TEXT"}),
        Argument(("--stderr",), "what it writes to its standard error", {"metavar": "TEXT"}),
        Argument(("--seconds",), "how long it runs (default: 0)", _SECONDS),
        description="Of several that fit, the one set first is taken; without any, every script succeeds at once.",
        example="-g rg -n web --command 'deploy-*' --exit-code 1",
    ),
    _fault(
        "machine-names",
        "how the next instances of a Flexible scale set are called",
        *SCALE_SET,
        Argument(("--names",), "in this order", {"nargs": "+", "required": True, "metavar": "NAME"}),
        example="-g rg -n web --names web1 web2",
    ),
    _fault(
        "throttle",
        "the service answers 429, and does nothing",
        Argument(
            ("--retry-after",), "what Retry-After says (default: as long as it lasts, in your time)", _RETRY_AFTER
        ),
        *_REQUESTS,
        example="--count 3 --retry-after 5",
    ),
    _fault(
        "server-error",
        "the service answers 500, 502, 503 or 504",
        Argument(
            ("--status",),
            "which of them (default: %(default)s)",
            {"type": int, "choices": (500, 502, 503, 504), "default": 500, "metavar": "STATUS"},
        ),
        three_state("--processed", help="whether it does what was asked all the same (default: false)"),
        Argument(("--retry-after",), "what Retry-After says (default: no such header)", _RETRY_AFTER),
        *_REQUESTS,
        example="--status 503 --count 2 --path '*/reimage'",
    ),
    _fault(
        "drop-connection",
        "the connection breaks without an answer",
        three_state("--processed", help="whether it does what was asked all the same (default: true)"),
        *_REQUESTS,
        example="--count 1",
    ),
)
KINDS = tuple(command.path[-1] for command in _FAULTS)
"""The kinds of faults, as they are typed."""


def _event(name: str, help: str, *arguments: Argument, example: str, description: str = "") -> Command:
    """Something that happens at once: the last word is the client's method, the flags are its parameters."""
    return Command(
        ("emulator", "event", name),
        help,
        f"{_HANDLERS}:event",
        (*SCALE_SET, *arguments),
        description,
        examples=(Example("such as", f"vmss emulator event {name} -g rg -n web{example}"),),
        az=False,
    )


_EVENTS = (
    _event(
        "report-health",
        "applications report a health at once",
        _THESE,
        choice(
            "--health",
            help="what they report, Actual for the truth again",
            of=("Healthy", "Unhealthy", "Unknown", "Initializing", "Actual"),
            required=True,
        ),
        description="Until they are upgraded or reimaged.",
        example=" --instance-ids 0 --health Unhealthy",
    ),
    _event(
        "set-custom-metrics",
        "applications report metrics, by which a rolling upgrade orders instances",
        _THESE,
        Argument(("--phase",), "PhaseOrderingNumber: lower ones first", {"type": values.whole, "metavar": "NUMBER"}),
        three_state("--skip-upgrade", help="SkipUpgrade: whether they are left out"),
        description="In place of those before; the Application Health extension of version 2 reads them.",
        example=" --instance-ids 0 --phase 1",
    ),
    _event("evict", "Azure takes Spot instances away", _THESE, example=" --instance-ids 0"),
    _event("start-platform-upgrade", "Azure starts an upgrade of its own", example=""),
    _event(
        "write-data",
        "somebody keeps something on a disk, to see what a reimage takes",
        _THESE,
        Argument(("--place",), "os, temp, or 'lun 0' and so on", {"required": True, "metavar": "PLACE"}),
        Argument(("--value",), "any text (default: what is there is taken away)", {"metavar": "TEXT"}),
        example=" --instance-ids 0 --place os --value orders",
    ),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("emulator", "status"),
        "version, clock, and every scale set in one line",
        f"{_HANDLERS}:status",
        (),
        _WHERE,
        table=_STATUS,
        examples=(Example("a server", "vmss emulator status --endpoint http://127.0.0.1:8677 -o table"),),
        az=False,
    ),
    Command(
        ("emulator", "clock"),
        "what time it is there, and let time pass",
        f"{_HANDLERS}:clock",
        (
            Argument(("--advance",), "so much time passes at once; everything that is due happens", _SECONDS),
            Argument(("--skip",), "go to the moment when the next thing happens", {"action": "store_true"}),
            Argument(("--settle",), "skip until nothing goes on any more", {"action": "store_true"}),
            Argument(
                ("--speed",),
                "go so many times as fast as real time; a virtual clock has no speed",
                {"type": values.factor, "metavar": "FACTOR"},
            ),
            Argument(("--freeze",), "stand still, as --speed 0", {"action": "store_true"}),
        ),
        _WHERE,
        table=_CLOCK,
        examples=(
            Example("ten minutes pass", "vmss emulator clock --advance PT10M"),
            Example("until nothing goes on", "vmss emulator clock --settle"),
        ),
        az=False,
    ),
    Command(
        ("emulator", "list-instances"),
        "instances with what Azure does not tell: OS disk, extension runs, data, what is pending",
        f"{_HANDLERS}:instances",
        SCALE_SET,
        table=(
            "[].{InstanceId:instanceId, AppliedModel:appliedModel, LatestModel:latestModel, OsDisk:osDisk.number,"
            " Image:osDisk.imageVersion, CustomData:osDisk.customDataFingerprint}"
        ),
        az=False,
    ),
    Command(
        ("emulator", "publish-image"),
        "make a version the newest of an image: what 'latest' means",
        f"{_HANDLERS}:publish_image",
        (
            Argument(
                ("--image",),
                "publisher:offer:sku, or the resource id of an image in a gallery",
                {"required": True, "metavar": "IMAGE"},
            ),
            Argument(("--version",), "such as 1.1.0", {"required": True, "metavar": "VERSION"}),
        ),
        _WHERE,
        examples=(
            Example(
                "a new month",
                "vmss emulator publish-image --image Canonical:ubuntu-24_04-lts:server --version 24.04.202602010",
            ),
        ),
        az=False,
    ),
    Command(
        ("emulator", "publish-extension"),
        "make a version the newest of an extension's handler",
        f"{_HANDLERS}:publish_extension",
        (
            Argument(("--handler",), "publisher.type", {"required": True, "metavar": "HANDLER"}),
            Argument(("--version",), "such as 2.1", {"required": True, "metavar": "VERSION"}),
        ),
        _WHERE,
        examples=(
            Example(
                "such as",
                "vmss emulator publish-extension"
                " --handler Microsoft.ManagedServices.ApplicationHealthLinux --version 2.1",
            ),
        ),
        az=False,
    ),
    Command(
        ("emulator", "reset"),
        "forget every resource, everything published and every fault",
        f"{_HANDLERS}:reset",
        (YES,),
        f"It asks first. The clock goes on. {_WHERE}",
        az=False,
    ),
    Command(
        ("emulator", "faults", "list"),
        "what goes wrong with a scale set, or with the service",
        f"{_HANDLERS}:list_faults",
        SCALE_SET,
        "Without -g and -n with the service, and with the scale set of AZURE_DEFAULTS_GROUP and AZURE_DEFAULTS_VMSS.",
        table=(
            "[].{Kind:kind, Instances:instanceIds && join(', ', instanceIds), Count:count, Seconds:seconds, Path:path,"
            " State:state, Code:code, Status:status}"
        ),
        examples=(Example("of a scale set", "vmss emulator faults list -g rg -n web"),),
        az=False,
    ),
    Command(
        ("emulator", "faults", "clear"),
        "let nothing go wrong any more",
        f"{_HANDLERS}:clear_faults",
        (*SCALE_SET, choice("--kind", help="this kind alone", of=(*KINDS, "health"))),
        "Without -g and -n with the service, and with the scale set of AZURE_DEFAULTS_GROUP and AZURE_DEFAULTS_VMSS.",
        examples=(Example("of the service", "vmss emulator faults clear"),),
        az=False,
    ),
    *_FAULTS,
    *_EVENTS,
)
