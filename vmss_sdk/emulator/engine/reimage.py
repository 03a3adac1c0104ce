"""Reimage: a fresh OS disk for an existing instance (semantics 1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from vmss_sdk.emulator.engine import health, provisioning
from vmss_sdk.emulator.engine.decisions import DecisionKind
from vmss_sdk.emulator.engine.effects import Effect
from vmss_sdk.emulator.engine.instance import Instance, ProvisioningState
from vmss_sdk.emulator.engine.jobs import Job
from vmss_sdk.emulator.engine.refusals import Reason, Refused
from vmss_sdk.emulator.engine.selection import Scope, select
from vmss_sdk.emulator.engine.settings import ReimageSource

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.model import OsContent
    from vmss_sdk.emulator.engine.operation import Operation
    from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["Reimage", "reimage"]


@attrs.define(kw_only=True, eq=False)
class Reimage(Job):
    """The instance is stopped, gets a fresh OS disk, and is started again (rule 21).

    Attributes:
        data_disks: Whether its data disks are emptied as well (``reimageall``, rule 23).
    """

    data_disks: bool = False

    def begin(self, scale_set: ScaleSet, instance: Instance) -> float:
        """The guest goes down; no batch, no health gate, whatever the policy (rule 22)."""
        instance.provisioning = ProvisioningState.UPDATING
        health.forget(instance, scale_set.now)
        return provisioning.swap_seconds(scale_set, scale_set.version(instance.applied))

    def finish(self, scale_set: ScaleSet, instance: Instance) -> None:
        """The new disk is written, the extensions have run again (rule 20)."""
        version = scale_set.version(instance.applied)
        content = _content(scale_set, instance)
        provisioning.write_disk(scale_set, instance, content)
        provisioning.run_extensions(instance, version)
        disks = "emptied" if self.data_disks else "kept"
        scale_set.log(
            DecisionKind.REIMAGED,
            [instance.id],
            {"image_version": content.image_version, "from_model": content.model, "data_disks": disks},
        )
        if content.model != instance.applied:
            _bring_up_to_date(scale_set, instance)
        self.failure = provisioning.failure_by_fault(scale_set, instance)
        instance.forced_health = None
        provisioning.boot(scale_set, instance)


def reimage(
    scale_set: ScaleSet,
    ids: Sequence[str] | None,
    *,
    temp_disk: bool | None = None,
    data_disks: bool = False,
    scope: Scope = Scope.SET,
) -> Operation:
    """Reimage instances, all at once; None: all of the scale set.

    Args:
        scale_set: Whose instances.
        ids: Their ids; None or ``*``: all that are neither protected nor deallocated.
        temp_disk: Whether the temporary disk is reset too; only for ephemeral OS disks (rule 18).
        data_disks: Whether data disks are emptied as well (``reimageall``).
        scope: Through the scale set, or through the instance's own resource.

    Raises:
        Refused: An id is unknown, protected or deallocated, or `temp_disk` was given for a persistent OS disk
            (even as false); nothing was touched.
    """
    name = "reimageAll" if data_disks else "reimage"
    chosen = select(scale_set, ids, scope=scope, needs_hardware=name)
    if temp_disk is not None and not all(scale_set.version(instance.applied).ephemeral for instance in chosen):
        raise Refused.because(Reason.TEMP_DISK_INVALID, target="tempDisk", parameter="tempDisk")
    # Decision C12: a Flexible instance's data disks stay, also with reimageall.
    wipe = data_disks and not scale_set.flexible
    return scale_set.run(name, [Reimage(instance_id=instance.id, data_disks=wipe) for instance in chosen])


def _content(scale_set: ScaleSet, instance: Instance) -> OsContent:
    """Decision C1: from the scale set's model as the document says, or from the instance's own as users observe."""
    own = provisioning.newest_content(scale_set, scale_set.version(instance.applied))
    current = provisioning.newest_content(scale_set, scale_set.latest)
    from_set = scale_set.settings.reimage_source is ReimageSource.SCALE_SET_MODEL
    taken, other = (current, own) if from_set else (own, current)
    if not own.same_as(current):
        figures = {"taken_from": scale_set.settings.reimage_source.value}
        models = {"taken_model": taken.model, "other_model": other.model}
        scale_set.log(DecisionKind.REIMAGE_DIFFERS, [instance.id], {**figures, **models})
    return taken


def _bring_up_to_date(scale_set: ScaleSet, instance: Instance) -> None:
    """The disk is the current model's: when the instance lacked only exceptions, it is at the latest model now (C1)."""
    exceptions = (Effect.REIMAGE, Effect.NEW_ONLY)
    left = [change for change in scale_set.lacking(instance) if change.effect not in exceptions]
    if left or instance.customised:
        paths = ", ".join(change.path for change in left) or "individual changes"
        scale_set.log(DecisionKind.STILL_OUTDATED, [instance.id], {"changes": paths})
    else:
        instance.applied = scale_set.latest.number
