"""The latest rolling upgrade as Azure shows it (wire.md 3.22, 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.errors import document as error_document
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.arm.views.common import time_text

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.scale_set import ScaleSet
    from vmss_sdk.emulator.engine.upgrades.rolling import RollingUpgrade

__all__ = ["rolling_upgrade_document"]


def rolling_upgrade_document(scale_set: ScaleSet, upgrade: RollingUpgrade) -> dict[str, Any]:
    """Policy, state, counters, and why it stopped; neither id nor name, as on Azure."""
    properties: dict[str, Any] = {
        "policy": upgrade.policy.document,
        "runningStatus": {
            "lastAction": upgrade.last_action.value,
            "lastActionTime": time_text(upgrade.last_action_at),
            "code": upgrade.code.value,
            "startTime": time_text(upgrade.started_at),
        },
        "progress": upgrade.progress,
    }
    if upgrade.error is not None:
        properties["error"] = error_document(upgrade.error)
    kind = f"{SCALE_SET_TYPE}/rollingUpgrades"
    return {"type": kind, "location": scale_set.document["location"], "properties": properties}
