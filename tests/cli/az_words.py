"""What az takes, what of it is not here, and why.

``az_flags.json`` is what az 2.91.0 takes, asked of its parser: for each command its flags, and for each flag whether it
is required, what values it takes (``none``, ``?``, ``*``, ``+`` as argparse has them; one when nothing is said), and
which words alone. Flags that are true by themselves and take ``true`` or ``false`` have the values ``?``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vmss_sdk.cli.command import Command
from vmss_sdk.cli.table import COMMANDS

__all__ = ["ABSENT", "AZ", "EVERY", "NOT_TAKEN", "az_name", "ours"]

Flags = Mapping[str, Mapping[str, Any]]

_KNOWN = json.loads((Path(__file__).parent / "az_flags.json").read_text())
AZ: Mapping[str, Flags] = _KNOWN["commands"]
"""Commands, with the flags of each by their spellings."""
EVERY: Flags = _KNOWN["every"]
"""The flags of every command."""
ABSENT = {
    "group update": "'vmss group create' changes the tags, and a group has nothing else to change",
    "group wait": "'vmss group create' and 'vmss group delete' wait by themselves",
    "vmss diagnostics get-default-config": "the settings of an extension that Azure has retired",
    "vmss diagnostics set": "'vmss extension set' puts an extension into the model, also that of the diagnostics",
    "vmss list-instance-connection-info": "the emulator's load balancers hand no ports to instances",
    "vmss encryption disable": "as enable",
    "vmss encryption enable": "'vmss extension set' puts Azure Disk Encryption into the model; key vaults are not read",
    "vmss encryption show": "'vmss list-instances --expand instanceView' has the state of the disks",
}
"""Commands that are not here, with the reason."""
NOT_TAKEN = {
    "--cmd": "az's own: hidden, and ignored by it",
    "--change-reference": "az's own: the number of a change, for a policy of Azure; nothing here reads it",
    "--acquire-policy-token": "az's own: a token of Azure Policy, which no request here could carry",
    "group create --managed-by": "the id of a resource that owns the group; the client has no such member",
    "group delete --force-deletion-types": "what is forced is said of a scale set: 'vmss delete --force-deletion'",
}
"""Flags that are not here, of all commands or of one, with the reason."""


def ours() -> dict[str, Command]:
    """Our commands that az has too, by az's name."""
    return {az_name(command): command for command in COMMANDS if command.az}


def az_name(command: Command) -> str:
    """What az calls it."""
    return command.name if command.path[0] == "group" else f"vmss {command.name}"
