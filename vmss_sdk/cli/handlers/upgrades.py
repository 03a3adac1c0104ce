"""Upgrades that go through the instances in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.handlers.pages import page
from vmss_sdk.cli.running import Begun

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call

__all__ = ["cancel", "history", "latest", "start", "start_extension"]


def start(call: Call) -> Begun:
    """To the newest version of the platform image."""
    return Begun(call.scale_set.rolling_upgrade.start_os(), f"OS upgrade of '{call.scale_set_name}'")


def start_extension(call: Call) -> Begun:
    """To the newest versions of the extensions."""
    return Begun(call.scale_set.rolling_upgrade.start_extension(), f"extension upgrade of '{call.scale_set_name}'")


def cancel(call: Call) -> Begun:
    """Stop after the batch in flight."""
    return Begun(call.scale_set.rolling_upgrade.cancel(), f"cancellation of the upgrade of '{call.scale_set_name}'")


def latest(call: Call) -> Any:
    """How far it is."""
    return call.scale_set.rolling_upgrade.latest()


def history(call: Call) -> Any:
    """The last OS image upgrades."""
    return page(call, call.scale_set.os_upgrade_history())
