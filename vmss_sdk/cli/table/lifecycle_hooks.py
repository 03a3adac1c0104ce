"""Commands about lifecycle hooks, which ask before an automatic OS upgrade goes on."""

from vmss_sdk.cli.arguments import GROUP, IN_SCALE_SET, INSTANCE_IDS, VMSS_NAME, WAITING, choice
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.lifecycle_hooks"
_EVENTS = "virtual_machine_scale_set_life_cycle_hook_events"
_OF_MODEL = ("virtual_machine_scale_sets.get",)
_WRITE = (*_OF_MODEL, "virtual_machine_scale_sets.begin_create_or_update")
_TYPES = ("UpgradeAutoOSScheduling", "UpgradeAutoOSRollingBatchStarting")
_TYPE = choice("--type", help="when it asks", of=_TYPES, required=True)
_WAIT = Argument(("--wait-duration",), "how long it waits for an answer, as in ISO 8601: PT2H", {"metavar": "DURATION"})
_ACTION = choice("--default-action", help="what is done without an answer", of=("Approve", "Reject"))
_WHOSE = (GROUP, VMSS_NAME)
_NAME = Argument(("--name", "-n"), "the event", {"metavar": "NAME"}, section="Resource id")
_TARGETS = INSTANCE_IDS._replace(
    help="the instances that it is answered for; the scale set's name where the event is about the whole"
    " (default: all that the event asks about)"
)
_EVENT = (*IN_SCALE_SET, _NAME)
_HOOK_COLUMNS = "{Type:type, WaitDuration:waitDuration, DefaultAction:defaultAction}"
_EVENT_COLUMNS = (
    "{Name:name, Type:properties.type, State:properties.state, WaitUntil:properties.waitUntil,"
    " DefaultAction:properties.defaultAction}"
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("lifecycle-hook", "list"),
        "list the lifecycle hooks of a scale set",
        f"{_HANDLERS}:list_all",
        _WHOSE,
        operations=_OF_MODEL,
        table=f"[].{_HOOK_COLUMNS}",
    ),
    Command(
        ("lifecycle-hook", "show"),
        "show a lifecycle hook",
        f"{_HANDLERS}:show",
        (*_WHOSE, _TYPE),
        operations=_OF_MODEL,
        table=_HOOK_COLUMNS,
    ),
    Command(
        ("lifecycle-hook", "add"),
        "let a scale set ask before an automatic OS upgrade goes on",
        f"{_HANDLERS}:add",
        (*_WHOSE, _TYPE, _WAIT, _ACTION, *WAITING),
        operations=_WRITE,
        examples=(
            Example(
                "before every batch, for up to two hours",
                "vmss lifecycle-hook add -g rg --vmss-name web --type UpgradeAutoOSRollingBatchStarting"
                " --wait-duration PT2H --default-action Approve",
            ),
        ),
    ),
    Command(
        ("lifecycle-hook", "update"),
        "change a lifecycle hook",
        f"{_HANDLERS}:update",
        (*_WHOSE, _TYPE, _WAIT, _ACTION, *WAITING),
        operations=_WRITE,
    ),
    Command(
        ("lifecycle-hook", "remove"),
        "take a lifecycle hook away, or all",
        f"{_HANDLERS}:remove",
        (
            *_WHOSE,
            choice("--type", help="which", of=_TYPES),
            Argument(("--all",), "all of them", {"action": "store_true"}),
            *WAITING,
        ),
        operations=_WRITE,
    ),
    Command(
        ("lifecycle-hook-event", "list"),
        "list what automatic OS upgrades ask, and have asked",
        f"{_HANDLERS}:list_events",
        _WHOSE,
        operations=(f"{_EVENTS}.list",),
        table=f"[].{_EVENT_COLUMNS}",
    ),
    Command(
        ("lifecycle-hook-event", "show"),
        "show what an event asks about, and the answers so far",
        f"{_HANDLERS}:show_event",
        _EVENT,
        operations=(f"{_EVENTS}.get",),
        table=_EVENT_COLUMNS,
    ),
    Command(
        ("lifecycle-hook-event", "approve"),
        "let the upgrade go on",
        f"{_HANDLERS}:approve",
        (*_EVENT, _TARGETS),
        operations=(f"{_EVENTS}.get", f"{_EVENTS}.update"),
        table=_EVENT_COLUMNS,
        examples=(
            Example(
                "for two instances",
                "vmss lifecycle-hook-event approve -g rg --vmss-name web -n EVENT --instance-ids 0 3",
            ),
        ),
    ),
    Command(
        ("lifecycle-hook-event", "reject"),
        "keep instances from the upgrade",
        f"{_HANDLERS}:reject",
        (*_EVENT, _TARGETS),
        operations=(f"{_EVENTS}.get", f"{_EVENTS}.update"),
        table=_EVENT_COLUMNS,
    ),
    Command(
        ("lifecycle-hook-event", "update"),
        "answer an event, or take more time",
        f"{_HANDLERS}:update_event",
        (
            *_EVENT,
            choice("--action-state", help="the answer", of=("Approved", "Rejected")),
            Argument(
                ("--wait-until",), "until when to wait for an answer: 2026-04-01T12:30:00Z", {"metavar": "MOMENT"}
            ),
            _TARGETS,
        ),
        operations=(f"{_EVENTS}.get", f"{_EVENTS}.update"),
        table=_EVENT_COLUMNS,
    ),
)
