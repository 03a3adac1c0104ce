"""What an operation brings beside its end."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.views.run_command import action_result
from vmss_sdk.emulator.engine.scripts import Execution

__all__ = ["result_document"]


def result_document(result: object | None) -> dict[str, Any] | None:
    """The document of a result; None when there is none."""
    return action_result(result) if isinstance(result, Execution) else None
