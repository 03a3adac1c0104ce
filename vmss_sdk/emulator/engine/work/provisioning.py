"""Putting a model on an instance: how long it takes, what gets on the OS disk, which extensions run."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.common.states import PowerState
from vmss_sdk.emulator.engine.guest import extensions, health
from vmss_sdk.emulator.engine.model.extensions import in_order, name_of
from vmss_sdk.emulator.engine.model.version import ModelVersion, OsContent
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.extension_run import RunReason
from vmss_sdk.emulator.engine.record.instance import OS_DISK, Instance, OsState

__all__ = [
    "boot",
    "boot_seconds",
    "create_seconds",
    "failure_by_fault",
    "halt",
    "newest_content",
    "provision",
    "replace_disk_seconds",
    "run_deferred_extensions",
    "write_disk",
]


def create_seconds(scale_set: Aggregate, instance: Instance, version: ModelVersion) -> float:
    """How long an instance takes to be created."""
    times = scale_set.settings.timings
    base = times.create_windows if version.os_type == "Windows" else times.create_linux
    base = 0.0 if times.boot_to else base
    return base + times.extension * len(version.extensions) + scale_set.faults.slow_boot(instance.id)


def replace_disk_seconds(scale_set: Aggregate, instance: Instance, version: ModelVersion) -> float:
    """How long replacing the OS disk takes, until its extensions have run again."""
    times = scale_set.settings.timings
    if times.boot_to:
        base = 0.0
    elif version.ephemeral:
        base = times.reimage_ephemeral
    else:
        base = times.reimage_windows if version.os_type == "Windows" else times.reimage_linux
    count = len(extensions.installed(instance, version.extensions))
    return base + times.extension * count + scale_set.faults.slow_boot(instance.id)


def boot_seconds(scale_set: Aggregate, instance: Instance) -> float:
    """How long this boot takes where a range was given; else 0, and it is part of what the work takes."""
    times = scale_set.settings.timings
    if not times.boot_to:
        return 0.0
    drawn = seeded_random.fraction(scale_set.settings.seed, "boot", instance.id, scale_set.schedule.added)
    return round(times.boot_from + (times.boot_to - times.boot_from) * drawn, 6)


def newest_content(scale_set: Aggregate, version: ModelVersion) -> OsContent:
    """What a fresh OS disk of this model gets: ``latest`` is resolved anew (semantics 1.5.17)."""
    resolved = scale_set.images.resolve(version.content.image)
    if resolved == version.content.image_version:
        return version.content
    return attrs.evolve(version.content, image_version=resolved)


def write_disk(scale_set: Aggregate, instance: Instance, content: OsContent, *, in_place: bool = False) -> None:
    """Replace the OS disk; in place, the new one keeps the name of the old one."""
    before = instance.os
    kept_name = (before.named_after or before.disk) if in_place else 0
    instance.os = OsState(content, before.disk + 1, scale_set.now, kept_name)
    instance.lose_data(OS_DISK)


def provision(scale_set: Aggregate, instance: Instance, version: ModelVersion, reason: RunReason) -> Failure | None:
    """The OS comes up on a fresh disk and all extensions run, in order; the failure that ended it, if one did."""
    instance.deferred_runs.clear()
    failed = failure_by_fault(scale_set, instance)
    ordered = in_order(extensions.installed(instance, version.extensions))
    return failed or extensions.run(scale_set, instance, [(extension, reason) for extension in ordered])


def run_deferred_extensions(scale_set: Aggregate, instance: Instance) -> Failure | None:
    """Run what was due while the instance was down (semantics 2.5.39)."""
    owed, instance.deferred_runs = instance.deferred_runs, {}
    ordered = in_order(extensions.installed(instance, scale_set.version(instance.applied).extensions))
    which = [(e, owed[name]) for e in ordered if (name := name_of(e)) in owed]
    return extensions.run(scale_set, instance, which)


def boot(scale_set: Aggregate, instance: Instance) -> None:
    """The guest is up (again): its health is read as soon as its source has settled."""
    instance.power = PowerState.RUNNING
    health.schedule_reading(scale_set, instance)


def halt(scale_set: Aggregate, instance: Instance) -> None:
    """The guest goes down: its health is not known any more, and the scripts that run there are cut off."""
    health.invalidate(scale_set, instance)
    for execution in list(instance.executions):
        execution.cut_off(scale_set)


def failure_by_fault(scale_set: Aggregate, instance: Instance) -> Failure | None:
    """The failure that a fault gives this provisioning; None: it succeeds."""
    fault = scale_set.faults.provisioning(instance.id)
    if fault is None:
        return None
    facts = {"instance_id": instance.id, "vm": instance.name, "code": fault.code, "message": fault.message}
    return Failure(Reason.PROVISIONING_FAILED, facts)
