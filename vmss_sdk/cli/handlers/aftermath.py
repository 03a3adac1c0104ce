"""What a change of the model means for the instances, said beside the result."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from vmss_sdk import models

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from vmss_sdk.cli.call import Call

__all__ = ["after_change", "meanwhile"]


def meanwhile(call: Call, wanted: dict[str, Any]) -> None:
    """In Rolling mode the operation lasts as long as the roll (semantics 2.0.4)."""
    mode = wanted.get("properties", {}).get("upgradePolicy", {}).get("mode", "")
    if str(mode).lower() == "rolling" and not call.args.no_wait:
        call.note(
            f"'{call.scale_set_name}' is in Rolling mode: the update ends when the last batch has. To look on:"
            f"\n  {_line(call, 'watch')}"
        )


def after_change(call: Call, result: models.VirtualMachineScaleSet, effects: AbstractSet[str]) -> None:
    """How many instances are outdated now, and what brings them up to date; nothing where nothing concerns them."""
    if not effects & {"hot", "restart", "swap", "reimage"}:
        return
    if result.upgrade_policy is None or result.upgrade_policy.mode == models.UpgradeMode.MANUAL:
        outdated = [one for one in call.scale_set.instance_summaries() if not one.latest_model_applied]
        if outdated:
            call.note(
                f"{_are(len(outdated))} outdated now. To bring them to the new model:"
                f"\n  {_line(call, 'update-instances')} --instance-ids '*'"
            )
    if "reimage" in effects:
        call.note(
            "What changed in the OS profile, the custom data or a disk reaches existing instances by a reimage only:"
            f"\n  {_line(call, 'reimage')}"
        )


def _are(count: int) -> str:
    return "1 instance is" if count == 1 else f"{count} instances are"


def _line(call: Call, verb: str) -> str:
    group, name = shlex.quote(call.resource_group), shlex.quote(call.scale_set_name)
    return f"vmss {verb}{call.place} -g {group} -n {name}"
