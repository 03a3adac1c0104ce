"""The selection of instances by a request: names, all, and the exclusions of protection (semantics 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance

__all__ = ["Scope", "select"]

ALL = "*"


class Scope(Enum):
    """Through which resource a request comes: protection binds the scale set's, not the instance's own."""

    SET = "scale set"
    INSTANCE = "instance"


def select(
    scale_set: Aggregate,
    ids: Sequence[str] | None,
    *,
    scope: Scope,
    needs_hardware: str | None = None,
    check: Callable[[Sequence[Instance]], None] | None = None,
) -> list[Instance]:
    """The instances that a request names.

    Args:
        scale_set: Whose instances.
        ids: Their ids; None or ``*`` among them: all.
        scope: Through the scale set, or through the instance's own resource.
        needs_hardware: The name of an operation that deallocated instances cannot take.
        check: What else may refuse the chosen; a refused request leaves no trace in the decision log.

    Raises:
        Refused: A named instance does not exist, is protected from scale set actions, is deallocated, or meets
            other work where the settings or a fault refuse that.
    """
    if ids is None or ALL in ids:
        return _all(scale_set, scope, needs_hardware, check)
    chosen = [_named(scale_set, instance_id) for instance_id in dict.fromkeys(ids)]
    if scope is Scope.SET:
        _refuse_protected(scale_set, chosen)
    if needs_hardware:
        _refuse_deallocated(chosen, needs_hardware)
    if check:
        check(chosen)
    scale_set.check_concurrency(chosen)
    return chosen


def _all(
    scale_set: Aggregate,
    scope: Scope,
    needs_hardware: str | None,
    check: Callable[[Sequence[Instance]], None] | None,
) -> list[Instance]:
    """CHOICE: a request for all silently passes over protected instances, and over deallocated ones that cannot."""
    present = [instance for instance in scale_set.instances.values() if not instance.deleting]
    protected = [i for i in present if scope is Scope.SET and i.protection.from_scale_set_actions]
    down = [i for i in present if needs_hardware and i.deallocated and i not in protected]
    left_out = {instance.id for instance in (*protected, *down)}
    chosen = [instance for instance in present if instance.id not in left_out]
    if check:
        check(chosen)
    scale_set.check_concurrency(chosen)
    return skip(scale_set, skip(scale_set, present, "protected", protected), "deallocated", down)


def skip(scale_set: Aggregate, chosen: list[Instance], why: str, left_out: Sequence[Instance]) -> list[Instance]:
    """The chosen without those left out, which the decision log tells."""
    if not left_out:
        return chosen
    scale_set.log(DecisionKind.SKIPPED, [instance.id for instance in left_out], {"why": why})
    out = {instance.id for instance in left_out}
    return [instance for instance in chosen if instance.id not in out]


def _named(scale_set: Aggregate, instance_id: str) -> Instance:
    instance = scale_set.instances.get(instance_id)
    if instance is None or instance.deleting:
        wrong = not (scale_set.flexible or instance_id.isdecimal())
        reason = Reason.MALFORMED_INSTANCE_ID if wrong else Reason.UNKNOWN_INSTANCE
        raise Refused.because(reason, instance_id=instance_id, scale_set=scale_set.name)
    return instance


def _refuse_protected(scale_set: Aggregate, chosen: Sequence[Instance]) -> None:
    ids = [instance.id for instance in chosen if instance.protection.from_scale_set_actions]
    if ids:
        raise Refused.because(Reason.PROTECTED_INSTANCES, instance_ids=ids, scale_set=scale_set.name)


def _refuse_deallocated(chosen: Sequence[Instance], operation: str) -> None:
    failures = [
        Failure(Reason.VM_DEALLOCATED, {"operation": operation, "vm": instance.name})
        for instance in chosen
        if instance.deallocated
    ]
    if failures:
        raise Refused(failures)
