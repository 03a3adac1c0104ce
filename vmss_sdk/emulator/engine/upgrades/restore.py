"""Putting an instance back to what it was before an upgrade (semantics 2.4.30, 4.4, 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.engine.guest import extensions
from vmss_sdk.emulator.engine.guest.extensions import RunReason
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance, OsState, ProvisioningState
from vmss_sdk.emulator.engine.record.jobs import Job
from vmss_sdk.emulator.engine.work import provisioning

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.scale_set import ScaleSet

__all__ = ["Before", "Restore"]


@attrs.frozen(hash=False)
class Before:
    """What an upgrade found on an instance."""

    applied: int
    os: OsState
    handler_versions: dict[str, str]
    customised: bool
    own: dict[str, Any]
    own_extensions: dict[str, dict[str, Any] | None]
    disks: dict[int, dict[str, Any] | None]

    @classmethod
    def of(cls, instance: Instance) -> Before:
        """What is on this instance now."""
        versions = dict(instance.handler_versions)
        return cls(
            instance.applied,
            instance.os,
            versions,
            instance.customised,
            instance.own,
            instance.own_extensions,
            instance.disks,
        )


@attrs.define(kw_only=True, eq=False)
class Restore(Job):
    """An instance gets back the model, the OS disk and the extension versions that it had.

    CHOICE: it is healthy again afterwards, because what made it unhealthy is gone.
    """

    before: Before

    def begin(self, scale_set: ScaleSet, instance: Instance) -> float:
        """Replacing the disk again takes as long as it took; extension versions are quicker."""
        instance.provisioning = ProvisioningState.UPDATING
        if instance.os.disk == self.before.os.disk:
            return scale_set.settings.timings.extension
        provisioning.halt(scale_set, instance)
        return provisioning.swap_seconds(scale_set, instance, scale_set.version(self.before.applied))

    def finish(self, scale_set: ScaleSet, instance: Instance) -> None:
        """It is as it was."""
        version = scale_set.version(self.before.applied)
        # the disk before is attached again, but its number counts on: a disk is never two
        if instance.os.disk != self.before.os.disk:
            instance.os = OsState(self.before.os.content, instance.os.disk + 1, scale_set.now)
        instance.applied = self.before.applied
        instance.customised, instance.own = self.before.customised, self.before.own
        instance.own_extensions, instance.disks = self.before.own_extensions, self.before.disks
        instance.handler_versions = dict(self.before.handler_versions)
        scale_set.log(DecisionKind.ROLLED_BACK, [instance.id], {"version": instance.applied}, upgrade=self.upgrade)
        instance.forced_health = None
        if not instance.running:
            return  # rule 2.5.39: it is not started for it
        there = extensions.installed(instance, version.extensions)
        again = [(extension, RunReason.ROLLED_BACK) for extension in extensions.in_order(there)]
        self.failure = extensions.run(scale_set, instance, again)
        provisioning.boot(scale_set, instance)
