"""Bringing one instance to a model version: the step that all upgrade modes share (semantics 1.4, 2.4.24)."""

from __future__ import annotations

from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.guest import extensions, health
from vmss_sdk.emulator.engine.model import effects
from vmss_sdk.emulator.engine.model.effects import Effect
from vmss_sdk.emulator.engine.model.extensions import in_order, name_of
from vmss_sdk.emulator.engine.model.version import ModelVersion
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind, Figure
from vmss_sdk.emulator.engine.record.extension_run import RunReason
from vmss_sdk.emulator.engine.record.instance import Instance, Job
from vmss_sdk.emulator.engine.work import provisioning
from vmss_sdk.emulator.engine.work.data_disks import follow_model, reset_to_model

__all__ = ["Upgrade"]

Extension = dict[str, Any]


@attrs.define(kw_only=True, eq=False)
class Upgrade(Job):
    """An instance gets the newest model.

    Attributes:
        effect: What that does to it; known when the work begins, None: it was at the newest model.
        target: The number of the model version it gets.
    """

    effect: Effect | None = None
    target: int = 0

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return "none" if self.effect is None else self.effect.name.lower()

    def required_versions(self) -> tuple[int, ...]:
        """The one that it brings."""
        return (self.target,)

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """See what the instance lacks; nothing takes no time (semantics 2.2.13)."""
        latest = scale_set.latest
        self.target = latest.number
        if not scale_set.outdated(instance):
            self.nothing_to_do = True
            return 0.0
        self.effect = effects.strongest(scale_set.missing_changes(instance))
        instance.provisioning = ProvisioningState.UPDATING
        if self.effect >= Effect.RESTART:
            provisioning.halt(scale_set, instance)
        if not instance.running:
            return scale_set.settings.timings.model_only
        return _seconds(scale_set, instance, latest, self.effect)

    def fixed_seconds(self, scale_set: Aggregate, instance: Instance) -> float:
        """The boot, where a range was given for it."""
        return (
            provisioning.boot_seconds(scale_set, instance) if self.effect is Effect.SWAP and instance.running else 0.0
        )

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """The model is applied; the OS disk changes only with the image, exceptions wait for a reimage (rule 12)."""
        if self.effect is None:
            return
        version = scale_set.version(self.target)
        if self.effect is Effect.SWAP:
            provisioning.write_disk(scale_set, instance, provisioning.newest_content(scale_set, version))
        fresh = self.effect >= Effect.RESTART or instance.failure is not None
        due, instance.extension_overrides = self._due(scale_set, instance), {}
        follow_model(scale_set, instance, version)
        reset_to_model(scale_set, instance)
        if instance.running:
            self.failure = self._run_extensions(scale_set, instance, version, due)
        else:  # rule 2.5.39: what is down has the model, and runs its extensions when it is up
            instance.deferred_runs.update({name_of(e): reason for e, reason in due})
        instance.applied, instance.customised, instance.overrides = self.target, False, {}
        figures: dict[str, Figure] = {"effect": self.effect.name.lower(), "version": self.target}
        scale_set.log(DecisionKind.INSTANCE_UPGRADED, [instance.id], figures)
        instance.forced_health = scale_set.faults.health_after_upgrade(instance.id)
        if instance.running:
            health.schedule_reading(scale_set, instance, fresh=fresh)

    def _run_extensions(
        self, scale_set: Aggregate, instance: Instance, version: ModelVersion, due: list[tuple[Extension, RunReason]]
    ) -> Failure | None:
        if self.effect is Effect.SWAP:
            return provisioning.provision(scale_set, instance, version, RunReason.OS_DISK_REPLACED)
        failed = provisioning.failure_by_fault(scale_set, instance)
        return failed or extensions.run(scale_set, instance, due)

    def _due(self, scale_set: Aggregate, instance: Instance) -> list[tuple[Extension, RunReason]]:
        """The extensions that run for this upgrade, and why."""
        after = scale_set.version(self.target).extensions
        if self.effect is Effect.SWAP:
            return [(extension, RunReason.OS_DISK_REPLACED) for extension in in_order(after)]
        before = extensions.installed(instance, scale_set.version(instance.applied).extensions)
        return extensions.changed(before, after)


def _seconds(scale_set: Aggregate, instance: Instance, version: ModelVersion, effect: Effect) -> float:
    times = scale_set.settings.timings
    if effect is Effect.SWAP:
        return provisioning.replace_disk_seconds(scale_set, instance, version)
    if effect is Effect.RESTART:
        # CHOICE: what restarts is mostly a change of size, which is slow (semantics 8).
        return times.resize
    return times.hot if effect is Effect.HOT else times.model_only
