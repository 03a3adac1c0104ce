"""Extensions of an instance: in which order they run, why they run again, and what became of each run."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.engine.common.documents import dig
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.instance import Instance
    from vmss_sdk.emulator.engine.record.scale_set import ScaleSet

__all__ = [
    "ExtensionRun",
    "RunReason",
    "changed",
    "handler",
    "in_order",
    "installed",
    "last_run",
    "name_of",
    "order_problems",
    "run",
]

Extension = dict[str, Any]


class RunReason(StrEnum):
    """Why an extension ran."""

    CREATED = "Created"
    """The instance was created."""
    OS_DISK_REPLACED = "OsDiskReplaced"
    """A reimage or an image upgrade: everything on the OS disk is gone."""
    CHANGED = "Changed"
    """The extension is new, or its definition changed."""
    FORCED = "ForceUpdateTag"
    """Only its ``forceUpdateTag`` changed: it runs again with the same settings."""
    NEW_VERSION = "NewVersion"
    """An extension upgrade brought a newer version of its handler."""
    ROLLED_BACK = "RolledBack"
    """An upgrade failed, and what was there before was put back."""


@attrs.frozen
class ExtensionRun:
    """One run of one extension.

    Attributes:
        at: When it ended, in seconds since 1970-01-01 UTC.
        name: The extension.
        reason: Why it ran.
        succeeded: Whether it did what it was for.
    """

    at: float
    name: str
    reason: RunReason
    succeeded: bool = True


def installed(instance: Instance, of_model: Iterable[Extension]) -> list[Extension]:
    """The extensions of an instance: those of its model, unless it has its own word on them, and its own."""
    own = instance.own_extensions
    if not own:
        return list(of_model)
    shown = {name_of(extension).lower(): extension for extension in of_model} | own
    return [extension for extension in shown.values() if extension is not None]


def in_order(extensions: Iterable[Extension]) -> list[Extension]:
    """The extensions as they run: each after those in its ``provisionAfterExtensions``, else in the model's order.

    Source: semantics 1.5.20. What is named there but not in the model is not waited for.
    """
    left = {name_of(extension): extension for extension in extensions}
    ordered: list[Extension] = []
    if len(left) == 1:  # often, and asked for every instance of an upgrade
        return list(left.values())
    while left:
        ready = next((e for e in left.values() if not left.keys() & _after(e)), None)
        # a circle is refused when the model is written; should one exist, it is broken at its first member
        chosen = ready or next(iter(left.values()))
        ordered.append(left.pop(name_of(chosen)))
    return ordered


def order_problems(extensions: list[Extension], target: str) -> list[Failure]:
    """What speaks against an order: a circle, or an extension that waits for one the model has not."""
    names = {name_of(extension) for extension in extensions}
    unknown = {other for extension in extensions for other in _after(extension) - names}
    found = [_order_failure(target, name) for name in sorted(unknown)]
    left = {name_of(extension): _after(extension) & names for extension in extensions}
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    return found + [_order_failure(target, name) for name in sorted(left)]


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


def run(scale_set: ScaleSet, instance: Instance, which: Iterable[tuple[Extension, RunReason]]) -> Failure | None:
    """Run extensions on an instance, one after the other; the first that fails ends it."""
    for extension, reason in which:
        name = name_of(extension)
        fault = scale_set.faults.extension(instance.id, name)
        if reason is not RunReason.ROLLED_BACK:
            instance.handler_versions[name] = scale_set.handlers.current(extension)
        instance.extension_runs.append(ExtensionRun(scale_set.now, name, reason, fault is None))
        if fault is not None and not dig(extension, "properties.suppressFailures"):
            facts = {"instance_id": instance.id, "vm": instance.name, "code": fault.code, "message": fault.message}
            return Failure(Reason.EXTENSION_FAILED, {**facts, "extension": name, **_handler(extension)})
    return None


def name_of(extension: Extension) -> str:
    """The extension's name in the model."""
    return str(extension.get("name"))


def handler(extension: Extension) -> str:
    """What runs the extension: ``publisher.type``."""
    return ".".join(_handler(extension).values())


def last_run(instance: Instance, name: str) -> ExtensionRun | None:
    """The last run of an extension on an instance; None: it never ran there."""
    return next((run for run in reversed(instance.extension_runs) if run.name == name), None)


def _after(extension: Extension) -> set[str]:
    return set(dig(extension, "properties.provisionAfterExtensions", []))


def _without_tag(extension: Extension) -> Extension:
    properties = {key: value for key, value in extension.get("properties", {}).items() if key != "forceUpdateTag"}
    return {**extension, "properties": properties}


def _handler(extension: Extension) -> dict[str, str]:
    return {key: str(dig(extension, f"properties.{key}", "")) for key in ("publisher", "type")}


def _order_failure(target: str, name: str) -> Failure:
    return Failure(Reason.EXTENSION_ORDER, {"target": target, "extension": name})
