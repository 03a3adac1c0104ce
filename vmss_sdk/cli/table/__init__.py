"""All commands, in tables by noun."""

from vmss_sdk.cli.command import Command
from vmss_sdk.cli.table import (
    create,
    emulator,
    extensions,
    forecast,
    instances,
    lifecycle_hooks,
    network,
    parts,
    platform,
    rehearsal,
    resource_groups,
    run_commands,
    scale_sets,
    update,
    upgrades,
    watching,
)

__all__ = ["COMMANDS", "GROUPS"]

GROUPS: dict[tuple[str, ...], str] = {
    ("emulator",): "an Azure for scale sets on this machine",
    ("emulator", "faults"): "what goes wrong in a rehearsal",
    ("emulator", "faults", "add"): "let something go wrong",
    ("emulator", "state"): "the file in which an emulator is kept",
    ("emulator", "event"): "let something happen at once",
    ("group",): "resource groups",
    ("rolling-upgrade",): "the rolling upgrade of a scale set",
    ("application",): "gallery applications of a scale set's model",
    ("boot-diagnostics",): "screenshot and serial log of instances",
    ("disk",): "data disks of a scale set or of one instance",
    ("extension",): "extensions of a scale set's model, or of one instance",
    ("extension", "image"): "the catalogue of extensions",
    ("identity",): "managed identities of a scale set",
    ("lifecycle-hook",): "where an automatic OS upgrade asks before it goes on",
    ("lifecycle-hook-event",): "what automatic OS upgrades ask, and the answers",
    ("nic",): "network interfaces of instances",
    ("run-command",): "scripts on instances",
}
"""The groups of commands, with a line for each."""

COMMANDS: tuple[Command, ...] = (
    *scale_sets.COMMANDS,
    *create.COMMANDS,
    *update.COMMANDS,
    *instances.COMMANDS,
    *upgrades.COMMANDS,
    *watching.COMMANDS,
    *extensions.COMMANDS,
    *run_commands.COMMANDS,
    *lifecycle_hooks.COMMANDS,
    *network.COMMANDS,
    *parts.COMMANDS,
    *platform.COMMANDS,
    *resource_groups.COMMANDS,
    *forecast.COMMANDS,
    *emulator.COMMANDS,
    *rehearsal.COMMANDS,
)
