"""Notes on standard error after a change of the model: which instances are outdated, and the commands that follow."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from vmss_sdk import models

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from vmss_sdk.cli.call import Call

__all__ = ["note_outdated_instances", "note_rolling_update"]


def note_rolling_update(call: Call, wanted: dict[str, Any]) -> None:
    """Tell that in Rolling mode the operation lasts as long as the rolling upgrade (semantics 2.0.4)."""
    mode = wanted.get("properties", {}).get("upgradePolicy", {}).get("mode", "")
    if str(mode).lower() == "rolling" and not call.args.no_wait:
        call.note(
            f"'{call.scale_set_name}' is in Rolling mode: the update ends when the last batch has. To look on:"
            f"\n  {_line(call, 'watch')}"
        )


def note_outdated_instances(call: Call, result: models.VirtualMachineScaleSet, effects: AbstractSet[str]) -> None:
    """Tell how many instances are outdated, and which command updates them; nothing if the change reaches none."""
    if not effects & {"hot", "restart", "swap", "reimage"}:
        return
    if result.upgrade_policy is None or result.upgrade_policy.mode == models.UpgradeMode.MANUAL:
        outdated = [one for one in call.scale_set.instance_summaries() if not one.latest_model_applied]
        if outdated:
            call.note(
                f"{_instances_are(len(outdated))} outdated now. To bring them to the new model:"
                f"\n  {_line(call, 'update-instances')} --instance-ids '*'"
            )
    if "reimage" in effects:
        call.note(
            "What changed in the OS profile, the custom data or a disk reaches existing instances by a reimage only:"
            f"\n  {_line(call, 'reimage')}"
        )


def _instances_are(count: int) -> str:
    return "1 instance is" if count == 1 else f"{count} instances are"


def _line(call: Call, verb: str) -> str:
    group, name = shlex.quote(call.resource_group), shlex.quote(call.scale_set_name)
    return f"vmss {verb}{call.place} -g {group} -n {name}"
