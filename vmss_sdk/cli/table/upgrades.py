"""Commands about upgrades that go through the instances in batches."""

from vmss_sdk.cli.arguments import GROUP, NAME, PAGES, SCALE_SET, WAITING
from vmss_sdk.cli.command import Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.upgrades"
_STATUS = (
    "{Status:runningStatus.code, LastAction:runningStatus.lastAction, Successful:progress.successfulInstanceCount,"
    " Failed:progress.failedInstanceCount, InProgress:progress.inProgressInstanceCount,"
    " Pending:progress.pendingInstanceCount}"
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("rolling-upgrade", "start"),
        "move all instances to the newest version of the platform image, batch by batch",
        f"{_HANDLERS}:start",
        (*SCALE_SET, *WAITING),
        "The operation ends when the upgrade has ended.",
        ("virtual_machine_scale_set_rolling_upgrades.begin_start_os_upgrade",),
    ),
    Command(
        ("rolling-upgrade", "cancel"),
        "stop a rolling upgrade after the batch in flight",
        f"{_HANDLERS}:cancel",
        (*SCALE_SET, *WAITING),
        "'vmss update' without a change lets it go on.",
        ("virtual_machine_scale_set_rolling_upgrades.begin_cancel",),
    ),
    Command(
        ("rolling-upgrade", "get-latest"),
        "how far a rolling upgrade is, or how the last one ended",
        f"{_HANDLERS}:latest",
        SCALE_SET,
        operations=("virtual_machine_scale_set_rolling_upgrades.get_latest",),
        table=_STATUS,
        examples=(
            Example(
                "its state alone", "vmss rolling-upgrade get-latest -g rg -n web --query runningStatus.code -o tsv"
            ),
        ),
    ),
    Command(
        ("extension", "upgrade"),
        "move the extensions of all instances to their newest versions, batch by batch",
        f"{_HANDLERS}:start_extension",
        (*SCALE_SET, *WAITING),
        operations=("virtual_machine_scale_set_rolling_upgrades.begin_start_extension_upgrade",),
    ),
    Command(
        ("get-os-upgrade-history",),
        "the last OS image upgrades, the newest first",
        f"{_HANDLERS}:history",
        (GROUP, NAME, *PAGES),
        operations=("virtual_machine_scale_sets.get_os_upgrade_history",),
        table=(
            "[].{Status:properties.runningStatus.code, Started:properties.runningStatus.startTime,"
            " Ended:properties.runningStatus.endTime, StartedBy:properties.startedBy,"
            " Version:properties.targetImageReference.version,"
            " Successful:properties.progress.successfulInstanceCount, Failed:properties.progress.failedInstanceCount}"
        ),
    ),
)
