"""The client of a command: endpoint, subscription and credential."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vmss_sdk.client import VmssClient
from vmss_sdk.errors import ClientUsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

__all__ = ["connect"]

_IN_PROCESS = "in-process"
_WHERE = (
    "\nSay where the service is:"
    "\n  --endpoint in-process              an emulator in this process; a file keeps it between commands"
    "\n  --endpoint http://127.0.0.1:8677   an emulator that 'vmss emulator start' began"
    "\n  --subscription ID                  Azure"
    "\nor set VMSS_ENDPOINT or AZURE_SUBSCRIPTION_ID."
)


def connect(args: argparse.Namespace) -> VmssClient:
    """The client for what the arguments and the environment say; nothing is sent.

    Raises:
        ClientUsageError: Nothing says where the service is, or what says it is wrong.
    """
    place = args.endpoint or os.environ.get("VMSS_ENDPOINT") or (_IN_PROCESS if args.state else None)
    if not (place or args.subscription or _subscription()):
        raise ClientUsageError(f"it is not known which scale sets are meant.{_WHERE}")
    state = args.state
    if place and place.lower() == _IN_PROCESS:
        state = state or os.environ.get("VMSS_STATE") or _state_file()
    return VmssClient.from_environment(endpoint=place, subscription_id=args.subscription, state=state)


def _state_file() -> Path:
    """Where the emulator in this process is kept when nobody says it: a command alone would see nothing."""
    from vmss_sdk.data_directory import default_folder

    return default_folder() / "in-process.state"


def _subscription() -> str | None:
    return os.environ.get("AZURE_SUBSCRIPTION_ID")
