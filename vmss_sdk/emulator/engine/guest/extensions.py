"""Extensions of an instance: which it has, which of them run again and why, and what becomes of each run."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.extensions import Extension, handler_parts, in_order, name_of
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.extension_run import ExtensionRun, RunReason
from vmss_sdk.emulator.engine.record.instance import Instance

__all__ = [
    "changed",
    "installed",
    "last_run",
    "run",
]

_KEPT_RUNS = 100


def installed(instance: Instance, of_model: Iterable[Extension]) -> list[Extension]:
    """The extensions of an instance: those of its model, unless it has its own word on them, and its own."""
    own = instance.extension_overrides
    if not own:
        return list(of_model)
    shown = {name_of(extension).lower(): extension for extension in of_model} | own
    return [extension for extension in shown.values() if extension is not None]


def changed(before: Iterable[Extension], after: Iterable[Extension]) -> list[tuple[Extension, RunReason]]:
    """The extensions that run again in place, and why (semantics 1.4, first row)."""
    old = {name_of(extension): extension for extension in before}
    found = []
    for extension in in_order(after):
        previous = old.get(name_of(extension))
        if previous == extension:
            continue
        forced = previous is not None and _without_tag(previous) == _without_tag(extension)
        found.append((extension, RunReason.FORCED if forced else RunReason.CHANGED))
    return found


def run(scale_set: Aggregate, instance: Instance, which: Iterable[tuple[Extension, RunReason]]) -> Failure | None:
    """Run extensions on an instance, one after the other; the first that fails ends it."""
    failed = _run(scale_set, instance, which)
    _forget_old_runs(instance)
    return failed


def _run(scale_set: Aggregate, instance: Instance, which: Iterable[tuple[Extension, RunReason]]) -> Failure | None:
    for extension, reason in which:
        name = name_of(extension)
        fault = scale_set.faults.extension(instance.id, name)
        if reason is not RunReason.ROLLED_BACK:
            instance.handler_versions[name] = scale_set.handlers.current(extension)
        instance.extension_runs.append(ExtensionRun(scale_set.now, name, reason, fault is None))
        if fault is not None and not get_path(extension, "properties.suppressFailures"):
            facts = {"instance_id": instance.id, "vm": instance.name, "code": fault.code, "message": fault.message}
            return Failure(Reason.EXTENSION_FAILED, {**facts, "extension": name, **handler_parts(extension)})
    return None


def _forget_old_runs(instance: Instance) -> None:
    """Keep the newest runs, and the last of each extension."""
    runs, instance.last_runs = instance.extension_runs, None
    too_many = len(runs) - _KEPT_RUNS
    if too_many > 0:
        last = {run.name: at for at, run in enumerate(runs)}
        old = set(islice((at for at, run in enumerate(runs) if last[run.name] != at), too_many))
        instance.extension_runs = [run for at, run in enumerate(runs) if at not in old]


def last_run(instance: Instance, name: str) -> ExtensionRun | None:
    """The last run of an extension on an instance; None: it never ran there."""
    if instance.last_runs is None:
        instance.last_runs = {run.name: run for run in instance.extension_runs}
    return instance.last_runs.get(name)


def _without_tag(extension: Extension) -> Extension:
    properties = {key: value for key, value in extension.get("properties", {}).items() if key != "forceUpdateTag"}
    return {**extension, "properties": properties}
