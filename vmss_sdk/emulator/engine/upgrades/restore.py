"""Putting an instance back to what it was before an upgrade (semantics 2.4.30, 4.4, 4.7)."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.guest import extensions
from vmss_sdk.emulator.engine.model.extensions import in_order
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.extension_run import RunReason
from vmss_sdk.emulator.engine.record.instance import Instance, Job, OsState
from vmss_sdk.emulator.engine.record.rolling_upgrade import InstanceSnapshot
from vmss_sdk.emulator.engine.work import provisioning

__all__ = ["Restore"]


@attrs.define(kw_only=True, eq=False)
class Restore(Job):
    """An instance gets back the model, the OS disk and the extension versions that it had.

    CHOICE: it is healthy again afterwards, because what made it unhealthy is gone.
    """

    snapshot: InstanceSnapshot = attrs.field(metadata={"written": "before"})

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return "restore"

    def required_versions(self) -> tuple[int, ...]:
        """The one that it brings back."""
        return (self.snapshot.applied,)

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """Replacing the disk again takes as long as it took; extension versions are quicker."""
        instance.provisioning = ProvisioningState.UPDATING
        if instance.os.disk == self.snapshot.os.disk:
            return scale_set.settings.timings.extension
        provisioning.halt(scale_set, instance)
        return provisioning.replace_disk_seconds(scale_set, instance, scale_set.version(self.snapshot.applied))

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """It is as it was."""
        version = scale_set.version(self.snapshot.applied)
        kept = instance.os.disk == self.snapshot.os.disk
        # the disk before is attached again, but its number counts on: a disk is never two
        instance.os = (
            self.snapshot.os if kept else OsState(self.snapshot.os.content, instance.os.disk + 1, scale_set.now)
        )
        instance.applied = self.snapshot.applied
        instance.customised, instance.overrides = self.snapshot.customised, self.snapshot.overrides
        instance.extension_overrides, instance.disks = self.snapshot.extension_overrides, self.snapshot.disks
        instance.handler_versions = dict(self.snapshot.handler_versions)
        scale_set.log(DecisionKind.ROLLED_BACK, [instance.id], {"version": instance.applied}, upgrade=self.upgrade)
        instance.forced_health = None
        if not instance.running:
            return  # rule 2.5.39: it is not started for it
        there = extensions.installed(instance, version.extensions)
        again = [(extension, RunReason.ROLLED_BACK) for extension in in_order(there)]
        self.failure = extensions.run(scale_set, instance, again)
        provisioning.boot(scale_set, instance)
