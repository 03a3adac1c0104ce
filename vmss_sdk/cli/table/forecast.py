"""Commands that tell what a change will do to a scale set that is there."""

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import SCALE_SET
from vmss_sdk.cli.command import Argument, Command, Example, Later

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

_ROWS = (
    "{Instances:instances, Refused:refused, P50:duration.p50, P90:duration.p90, P99:duration.p99,"
    " MinCapacity:minCapacity, StopChance:stopChance, MaxHit:maxHit, MaxOutdated:maxOutdated}"
)


def _arguments() -> tuple[Argument, ...]:
    from vmss_sdk.cli.table.update import model_arguments

    section = "Forecast"
    return (
        *SCALE_SET,
        Argument(("--twin",), "a captured scale set, and no service is asked", {"metavar": "FILE"}, section=section),
        Argument(
            ("--patch",), "the change as JSON: the body of a PATCH, in place of flags", {"metavar": "FILE"}, (), section
        ),
        Argument(
            ("--stories",),
            "how many stories are told (default: %(default)s)",
            {"type": values.positive, "default": 200, "metavar": "N"},
            section=section,
        ),
        Argument(
            ("--seed",),
            "of the first story (default: %(default)s)",
            {"type": values.whole, "default": 0, "metavar": "N"},
            section=section,
        ),
        Argument(
            ("--boot",),
            "how long an instance takes to come up from a fresh OS disk, from and to (default: the emulator's table)",
            {"type": values.time_range, "metavar": "90s..4m"},
            section=section,
        ),
        Argument(
            ("--jitter",),
            "by how much each other duration varies, up and down (default: 0.25)",
            {"type": values.chance, "default": 0.25, "metavar": "FRACTION"},
            section=section,
        ),
        Argument(
            ("--unhealthy-rate",),
            "the chance of each instance to be unhealthy once it was upgraded (default: 0)",
            {"type": values.chance, "default": 0.0, "metavar": "CHANCE"},
            section=section,
        ),
        Argument(
            ("--failure-rate",),
            "the chance of each instance that its provisioning fails (default: 0)",
            {"type": values.chance, "default": 0.0, "metavar": "CHANCE"},
            section=section,
        ),
        Argument(
            ("--bad-image",),
            "every upgraded instance is unhealthy",
            {"action": "store_true"},
            section=section,
        ),
        Argument(
            ("--zone-lost",),
            "a zone whose instances are unhealthy, and that takes no new ones",
            {"metavar": "ZONE"},
            section=section,
        ),
        Argument(
            ("--quota-left",),
            "for how many more instances the quota has room (default: for all)",
            {"type": values.whole, "metavar": "N"},
            section=section,
        ),
        Argument(
            ("--fail-if",),
            "exit with 3 when this is so: 'min_capacity < 80%% or p90 > 2h or refused'",
            {"metavar": "CONDITION"},
            section=section,
        ),
        Argument(
            ("--compare",),
            "rolling upgrade policies beside each other: a YAML or JSON file with a list of policies, or with lists of"
            " values of which every combination is tried; or such as batch=10,20,50 surge=true,false",
            {"nargs": "+", "metavar": "FILE|NAME=VALUES"},
            section=section,
        ),
        Argument(
            ("--at-least",),
            "with --compare: choose a policy by which so many of the instances always serve",
            {"type": values.chance, "metavar": "80%%"},
            section=section,
        ),
        Argument(
            ("--within",),
            "with --compare: one by which 90 %% of the stories take no longer",
            {"type": values.time_span, "metavar": "2h"},
            section=section,
        ),
        Argument(
            ("--bad-image-hits-at-most",),
            "with --compare: one that stops before more instances have a bad image",
            {"type": values.whole, "metavar": "N"},
            section=section,
        ),
        Argument(
            ("--plot",),
            "draw the capacity over time and the batches, as .svg, .png, .pdf or .html (needs vmss-sdk[plot])",
            {"metavar": "FILE"},
            section=section,
        ),
        Argument(("--junit",), "write the verdict as JUnit XML", {"metavar": "FILE"}, section=section),
        Argument(("--markdown",), "write a summary for a pull request", {"metavar": "FILE"}, section=section),
        *model_arguments(),
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
        ("forecast",),
        "tell what a change will do: who goes down when, how long, how low the capacity gets",
        f"{_HANDLERS}:forecast",
        Later(_arguments),
        "The change is given by the flags of 'vmss update' and made on a twin, many times, with durations and failures"
        " by chance; nothing is changed. Without --twin the scale set is captured first, by read-only calls. On a"
        " terminal a chart of the capacity is drawn on standard error.",
        table=_ROWS,
        az=False,
        examples=(
            Example(
                "a new image version",
                "vmss forecast -g rg -n web"
                " --set virtualMachineProfile.storageProfile.imageReference.version=1.1.0 --boot 90s..4m",
            ),
            Example(
                "a gate in a pipeline",
                "vmss forecast -g rg -n web --vm-sku Standard_D4s_v5 --fail-if 'refused or min_capacity < 80%'",
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
