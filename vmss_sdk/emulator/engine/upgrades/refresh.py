"""Refreshes without a change of the model: a newer OS image, newer extension handlers (semantics 4)."""

from __future__ import annotations

from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.guest import extensions, health
from vmss_sdk.emulator.engine.model.extensions import in_order, name_of
from vmss_sdk.emulator.engine.platform.images import image_key
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.extension_run import RunReason
from vmss_sdk.emulator.engine.record.instance import Instance, Job
from vmss_sdk.emulator.engine.work import provisioning

__all__ = ["ExtensionRefresh", "ImageRefresh", "PlatformRefresh"]


class ImageRefresh(Job):
    """The OS disk is replaced by one of the newest image; the model that is applied stays (rules 4.4, 4.5)."""

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return "swap"

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """The guest goes down."""
        instance.provisioning = ProvisioningState.UPDATING
        provisioning.halt(scale_set, instance)
        return provisioning.replace_disk_seconds(scale_set, instance, scale_set.version(instance.applied))

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """It is up on the new disk."""
        version = scale_set.version(instance.applied)
        content = attrs.evolve(version.content, image_version=self._target(scale_set, version.content.image))
        provisioning.write_disk(scale_set, instance, content)
        scale_set.log(DecisionKind.IMAGE_UPGRADED, [instance.id], {"image_version": content.image_version})
        instance.pending_os_upgrade = False
        if not instance.running:
            # rule 2.5.39: it is not started for it; the extensions run when it is
            names = map(name_of, version.extensions)
            instance.deferred_runs.update(dict.fromkeys(names, RunReason.OS_DISK_REPLACED))
            return
        self.failure = provisioning.provision(scale_set, instance, version, RunReason.OS_DISK_REPLACED)
        instance.forced_health = scale_set.faults.health_after_upgrade(instance.id)
        provisioning.boot(scale_set, instance)

    def _target(self, scale_set: Aggregate, image: dict[str, Any]) -> str:
        """The version that the upgrade set out for, also when a newer one was published meanwhile."""
        upgrade = None if self.upgrade is None else scale_set.upgrade(self.upgrade)
        targets = {} if upgrade is None else upgrade.target_versions
        return targets.get(image_key(image)) or scale_set.images.newest(image)


class ExtensionRefresh(Job):
    """Newer versions of extension handlers, without a restart (rule 4.7)."""

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """It takes a run of each extension that is behind."""
        instance.provisioning = ProvisioningState.UPDATING
        behind = scale_set.handlers.behind(scale_set.version(instance.applied).extensions, instance.handler_versions)
        return scale_set.settings.timings.extension * len(behind)

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """They have run."""
        version = scale_set.version(instance.applied)
        behind = scale_set.handlers.behind(version.extensions, instance.handler_versions)
        which = [e for e in in_order(version.extensions) if name_of(e) in behind]
        self.failure = extensions.run(scale_set, instance, [(e, RunReason.NEW_VERSION) for e in which])
        instance.handler_versions.update(behind)
        scale_set.log(DecisionKind.EXTENSIONS_UPGRADED, [instance.id], {"extensions": ",".join(sorted(behind))})
        instance.forced_health = scale_set.faults.health_after_upgrade(instance.id)
        if instance.running:
            health.schedule_reading(scale_set, instance)


class PlatformRefresh(Job):
    """Something of Azure's own, such as a new VM agent: in place, nothing of the model changes (rule 2.5.34)."""

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """It takes as long as any change in place."""
        instance.provisioning = ProvisioningState.UPDATING
        return scale_set.settings.timings.hot

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """Health is read anew, as after any upgrade."""
        instance.forced_health = scale_set.faults.health_after_upgrade(instance.id)
        if instance.running:
            health.schedule_reading(scale_set, instance)
