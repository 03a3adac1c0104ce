"""Commands that show what goes on, what is pending, and why: Azure's CLI has none of them."""

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import SCALE_SET
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.watching"
_SECONDS = {"type": values.seconds, "metavar": "SECONDS"}

COMMANDS: tuple[Command, ...] = (
    Command(
        ("watch",),
        "watch a roll: batches, health and capacity, until nothing goes on any more",
        f"{_HANDLERS}:watch",
        (
            *SCALE_SET,
            Argument(("--interval",), "real seconds between two looks (default: 5, on an emulator less)", _SECONDS),
            Argument(
                ("--timeout",),
                "stop watching after so many seconds: real ones, but of an emulator in this process emulated ones",
                _SECONDS,
            ),
            Argument(
                ("--wait-for-start",), "wait when nothing is in progress, instead of ending", {"action": "store_true"}
            ),
            Argument(
                ("--speed",),
                "how fast virtual time is shown on a terminal: 2 is twice as fast, 0 without any pause (default: 1)",
                {"type": values.factor, "default": 1.0, "metavar": "FACTOR"},
            ),
        ),
        "A picture on a terminal, a line for each change in a pipe, a JSON object for each with -o json, and nothing"
        " with -o none. It ends with 0 when all went well or nothing was in progress, with 1 when a roll failed or was"
        " cancelled or time ran out. Of Azure it shows what Azure tells; an emulator tells batches and gates as well."
        " A virtual clock is moved on from event to event.",
        ("virtual_machine_scale_sets.get", "virtual_machine_scale_set_rolling_upgrades.get_latest"),
        examples=(
            Example("a roll that somebody has started", "vmss watch -g rg -n web"),
            Example("in a script, for the exit code alone", "vmss watch -g rg -n web -o none"),
        ),
        az=False,
    ),
    Command(
        ("pending",),
        "what each instance lacks to be as the model wants it, and which command brings it",
        f"{_HANDLERS}:pending",
        SCALE_SET,
        "Azure tells only whether an instance is at the latest model; an emulator tells each path with what bringing it"
        " does: hot, restart, swap (a new OS disk with the new image), reimage, or only new instances have it.",
        ("virtual_machine_scale_set_vms.list",),
        table=(
            "[].{InstanceId:instanceId, LatestModel:latestModelApplied, Remedy:remedy || '-',"
            " Pending:join(', ', pending[].path) || '-', Command:join('; ', commands) || '-'}"
        ),
        examples=(Example("as a table", "vmss pending -g rg -n web -o table"),),
        az=False,
    ),
    Command(
        ("log",),
        "the decision log: what the upgrade machinery decided, and why",
        f"{_HANDLERS}:log",
        (
            *SCALE_SET,
            Argument(
                ("--since",),
                "only what came after the entry of this number (default: %(default)s, all)",
                {"type": values.whole, "default": 0, "metavar": "NUMBER"},
            ),
            Argument(
                ("--kind",),
                "only entries of these kinds: BatchStarted HealthGateFailed",
                {"nargs": "+", "metavar": "KIND"},
            ),
            Argument(("--follow", "-f"), "go on with what comes, until Ctrl-C", {"action": "store_true"}),
        ),
        "One line for each entry; JSON with -o json, columns with -o table. Emulator only: Azure keeps no such log.",
        table="[].{Seq:seq, Time:time, Batch:batch, Kind:kind, Text:text}",
        examples=(Example("why a roll stopped", "vmss log -g rg -n web --kind UpgradeFaulted HealthGateFailed"),),
        az=False,
    ),
)
