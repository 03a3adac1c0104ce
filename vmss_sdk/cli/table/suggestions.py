"""Suggestions by meaning: the command or the flag that somebody looks for who types another word."""

from collections.abc import Mapping

__all__ = ["COMMANDS_MEANT", "FLAGS_MEANT"]

Path = tuple[str, ...]

COMMANDS_MEANT: Mapping[Path, str] = {
    ("status",): "'vmss show', 'vmss get-instance-view' or 'vmss rolling-upgrade get-latest'",
    ("diff",): "'vmss update … --dry-run', or 'vmss pending'",
    ("plan",): "'vmss update … --dry-run'",
    ("outdated",): "'vmss pending'",
    ("rollout",): "'vmss update' to begin one, 'vmss watch' to see it",
    ("roll",): "'vmss update' to begin one, 'vmss watch' to see it",
    ("upgrade",): "'vmss update-instances', or 'vmss rolling-upgrade start'",
    ("rollback",): "'vmss update --image-version' with the version before",
    ("login",): "'vmss emulator az-env' for az on an emulator; for Azure the login of 'az login' is used",
    ("logs",): "'vmss log', or 'vmss boot-diagnostics get-boot-log-uris' for an instance's own",
    ("protection",): "'vmss protect'",
    ("health",): "'vmss get-instance-view', or 'vmss wait --healthy'",
    ("encryption",): "'az vmss encryption': disk encryption is another service's work, and not here",
    ("diagnostics",): "'az vmss diagnostics': the diagnostics extension is set by 'vmss extension set' here",
    ("list-instance-connection-info",): (
        "'vmss list-instance-public-ips': the emulator's load balancers forward no ports"
    ),
    ("rolling-upgrade", "resume"): "'vmss update' without a change, which lets one go on that failed or was cancelled",
    ("rolling-upgrade", "status"): "'vmss rolling-upgrade get-latest', or 'vmss watch'",
    ("rolling-upgrade", "show"): "'vmss rolling-upgrade get-latest'",
    ("rolling-upgrade", "stop"): "'vmss rolling-upgrade cancel'",
    ("emulator", "faults", "add", "unhealthy"): (
        "'vmss emulator faults add unhealthy-after-upgrade', or 'vmss emulator event report-health' for now"
    ),
    ("emulator", "run"): "'vmss emulator start'",
    ("emulator", "skip"): "'vmss emulator clock --skip'",
}
"""Words after ``vmss`` that are no command, and what does what they ask for."""
FLAGS_MEANT: Mapping[str, str] = {
    "--count": "'--instance-count' when it is made, '--new-capacity' of 'vmss scale' later",
    "--capacity": "'--instance-count' when it is made, '--new-capacity' of 'vmss scale' later",
    "--size": "'--vm-sku'",
    "--vm-size": "'--vm-sku'",
    "--sku": "'--vm-sku'",
    "--mode": "'--upgrade-policy-mode'",
    "--policy": "'--upgrade-policy-mode'",
    "--batch-size": "'--max-batch-instance-percent'",
    "--batch": "'--max-batch-instance-percent'",
    "--pause": "'--pause-time-between-batches'",
    "--force": "'--yes' where something is asked",
    "--id": "'--instance-ids'",
    "--version": "'--image-version'",
    "--wait": "nothing: every command waits unless it is told '--no-wait'",
}
"""Flags that a command does not have, and those that do what they ask for."""
