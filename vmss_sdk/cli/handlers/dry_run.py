"""``--dry-run``: the instances on which an action would act, and those that it would leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.errors import NotAnEmulatorError
from vmss_sdk.handles._selection import ALL_INSTANCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles._selection import Instances
    from vmss_sdk.handles.scale_set import ScaleSet
    from vmss_sdk.models import InstanceSummary

__all__ = ["dry_run_rows", "note_previews"]


def dry_run_rows(scale_set: ScaleSet, instances: Instances, *, protected_too: bool = False) -> list[dict[str, Any]]:
    """One row for each instance that an action names: whether the action would act on it. Nothing is changed.

    Args:
        scale_set: The scale set.
        instances: Those that are named.
        protected_too: Whether the action is done by each instance's own operation, which reaches all.

    Raises:
        CommandError: A named instance is not there.
        NotFoundError: There is no such scale set.
    """
    there = {summary.instance_id: summary for summary in scale_set.instance_summaries()}
    if instances is ALL_INSTANCES:
        return [_row(summary, named=False, protected_too=protected_too) for summary in there.values()]
    missing = [one for one in instances if one not in there]
    if missing:
        raise CommandError(
            f"'{scale_set.name}' has no instance {', '.join(missing)}; it has {', '.join(there) or 'none'}"
        )
    return [_row(there[one], named=True, protected_too=protected_too) for one in instances]


def note_previews(call: Call, trials: Iterable[Callable[[ScaleSet], object]]) -> None:
    """Tell what each of these calls would do, as far as the service is an emulator, which can be asked.

    Raises:
        ServiceError: One would be refused.
    """
    for trial in trials:
        try:
            preview = call.scale_set.preview(trial)
        except NotAnEmulatorError:
            return
        preview.check()
        for line in preview.text.splitlines():
            call.note(line)


def _row(summary: InstanceSummary, *, named: bool, protected_too: bool) -> dict[str, Any]:
    """An action on all passes protected instances by; one that names them is refused as a whole (semantics 5.2)."""
    outcome = "yes"
    if summary.protect_from_scale_set_actions and not protected_too:
        outcome = "refused: protected from scale set actions" if named else "no: protected from scale set actions"
    return {
        "instanceId": summary.instance_id,
        "touched": outcome,
        "latestModelApplied": summary.latest_model_applied,
        "provisioningState": summary.provisioning_state,
        "powerState": summary.power_state,
        "healthState": summary.health_state,
        "zone": summary.zone,
    }
