"""Rolling upgrades as Azure shows them: the latest one, and the history of OS upgrades (wire.md 3.22, 3.24, 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.errors import document as error_document
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.arm.views.common import time_text

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.rolling_upgrade import RollingUpgrade
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["history_document", "rolling_upgrade_document"]

Document = dict[str, Any]

_TYPE = f"{SCALE_SET_TYPE}/rollingUpgrades"


def rolling_upgrade_document(scale_set: ScaleSet, upgrade: RollingUpgrade) -> Document:
    """Policy, state, counters, and why it stopped; neither id nor name, as on Azure."""
    properties: Document = {
        "policy": upgrade.policy.document,
        "runningStatus": {
            "lastAction": upgrade.last_action.value,
            "lastActionTime": time_text(upgrade.last_action_at),
            "code": upgrade.code.value,
            "startTime": time_text(upgrade.started_at),
        },
        "progress": upgrade.progress,
        **_error(upgrade),
    }
    return {"type": _TYPE, "location": scale_set.document["location"], "properties": properties}


def history_document(scale_set: ScaleSet, upgrade: RollingUpgrade) -> Document:
    """One entry of the history; its end is ``completedTime``, as recorded, not the API description's ``endTime``."""
    status = {"code": upgrade.code.value, "startTime": time_text(upgrade.started_at)}
    if upgrade.ended_at is not None:
        status["completedTime"] = time_text(upgrade.ended_at)
    good, bad = upgrade.rolled_back
    properties: Document = {
        "runningStatus": status,
        "progress": upgrade.progress,
        **_error(upgrade),
        "startedBy": upgrade.started_by.value,
        "targetImageReference": upgrade.target_image,
        "rollbackInfo": {"successfullyRolledbackInstanceCount": good, "failedRolledbackInstanceCount": bad},
    }
    return {"type": _TYPE, "location": scale_set.document["location"], "properties": properties}


def _error(upgrade: RollingUpgrade) -> Document:
    return {} if upgrade.status_error is None else {"error": error_document(upgrade.status_error)}
