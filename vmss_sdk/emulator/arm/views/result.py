"""The result of an operation."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.views.common import arrange
from vmss_sdk.emulator.arm.views.order import INSTANCE_PROPERTIES
from vmss_sdk.emulator.arm.views.run_command import action_result
from vmss_sdk.emulator.engine.record.execution import Execution
from vmss_sdk.emulator.engine.work.data_disks import Storage

__all__ = ["result_document"]


def result_document(result: object | None) -> dict[str, Any] | None:
    """The document of a result; None when there is none."""
    if isinstance(result, Storage):
        return arrange(result.document, INSTANCE_PROPERTIES["storageProfile"])
    return action_result(result) if isinstance(result, Execution) else None
