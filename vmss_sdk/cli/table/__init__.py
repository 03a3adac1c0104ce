"""All commands, in tables by noun."""

from vmss_sdk.cli.command import Command
from vmss_sdk.cli.table import emulator, instances, rehearsal, resource_groups, scale_sets, upgrades

__all__ = ["COMMANDS", "GROUPS"]

GROUPS: dict[tuple[str, ...], str] = {
    ("emulator",): "an Azure for scale sets on this machine",
    ("emulator", "faults"): "what goes wrong in a rehearsal",
    ("emulator", "faults", "add"): "let something go wrong",
    ("emulator", "event"): "let something happen at once",
    ("group",): "resource groups",
    ("rolling-upgrade",): "the rolling upgrade of a scale set",
    ("extension",): "extensions of a scale set's model",
}
"""The groups of commands, with a line for each."""

COMMANDS: tuple[Command, ...] = (
    *scale_sets.COMMANDS,
    *instances.COMMANDS,
    *upgrades.COMMANDS,
    *resource_groups.COMMANDS,
    *emulator.COMMANDS,
    *rehearsal.COMMANDS,
)
