"""Rolling upgrades: the latest one, and its cancellation (wire.md 3.22, 3.23)."""

from __future__ import annotations

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, Flaw
from vmss_sdk.emulator.arm.replies import Reply, accepted
from vmss_sdk.emulator.arm.views.rolling_upgrade import rolling_upgrade_document
from vmss_sdk.emulator.engine.upgrades import start

__all__ = ["cancel", "latest"]


def latest(call: Call) -> Reply:
    """The latest rolling upgrade, running or over."""
    scale_set = call.scale_set()
    upgrade = scale_set.rolling_upgrade
    if upgrade is None:
        raise ArmError.of(Flaw.NO_UPGRADE_YET)
    return Reply(200, rolling_upgrade_document(scale_set, upgrade))


def cancel(call: Call) -> Reply:
    """Cancel the rolling upgrade that runs."""
    scale_set = call.scale_set()
    return accepted(call, scale_set, start.cancel(scale_set))
