"""The progress of a long wait, from the counters of the rolling upgrade."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from vmss_sdk import models
from vmss_sdk.bridge.requests import Call
from vmss_sdk.client import VmssClient
from vmss_sdk.errors import VmssError
from vmss_sdk.models import RollingUpgradeStatusCode
from vmss_sdk.operation import Operation

__all__ = ["QUIET", "tell_progress"]

QUIET = 2.0
"""Seconds for which nothing is told about a wait."""


def tell_progress(call: Call, client: VmssClient, operation: Operation[Any], seconds: float) -> None:
    """Notify how an operation goes on; that the counters cannot be read is no error of the operation."""
    counters: Mapping[str, int] = {}
    group, name = call.params.get("resourceGroup"), call.params.get("scaleSet")
    if isinstance(group, str) and isinstance(name, str):
        with suppress(VmssError):
            counters = _counters(client.scale_set(group, name).rolling_upgrade.latest())
    total = sum(counters.values())
    ended = counters.get("successful", 0) + counters.get("failed", 0)
    call.notify(
        "progress",
        {
            "status": operation.status,
            "seconds": round(seconds, 1),
            "percent": 100 * ended // total if total else None,
            "counters": dict(counters),
        },
    )


def _counters(latest: models.RollingUpgradeStatusInfo) -> dict[str, int]:
    """Of an upgrade that runs; what an older one has counted says nothing about this operation."""
    running, progress = latest.running_status, latest.progress
    if progress is None or running is None or running.code != RollingUpgradeStatusCode.ROLLING_FORWARD:
        return {}
    return {
        "successful": progress.successful_instance_count or 0,
        "failed": progress.failed_instance_count or 0,
        "inProgress": progress.in_progress_instance_count or 0,
        "pending": progress.pending_instance_count or 0,
    }
