"""Reimage: a fresh OS disk for an existing instance (semantics 1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.model.effects import Effect
from vmss_sdk.emulator.engine.model.version import ModelVersion, OsContent
from vmss_sdk.emulator.engine.platform.settings import ReimageSource
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.extension_run import RunReason
from vmss_sdk.emulator.engine.record.instance import OS_DISK, TEMP_DISK, Instance, Job
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work import provisioning
from vmss_sdk.emulator.engine.work.data_disks import attached_places
from vmss_sdk.emulator.engine.work.selection import Scope, select

__all__ = ["Reimage", "ReimageOptions", "reimage"]

_COMPARED = ("adminUsername", "customData")


@attrs.frozen(kw_only=True)
class ReimageOptions:
    """The parameters of a reimage.

    Attributes:
        data_disks: Whether data disks are emptied as well (``reimageall``, rule 23).
        temp_disk: Whether the temporary disk is reset too; only for ephemeral OS disks (rule 18).
        exact_version: The image version to take; None: as rule 17 has it.
        force_update_ephemeral: Whether an ephemeral OS disk moves to the newest image (rule 18).
        custom_data: What a single VM's request says its custom data is (rule 27); None: nothing.
    """

    data_disks: bool = False
    temp_disk: bool | None = None
    exact_version: str | None = None
    force_update_ephemeral: bool = False
    custom_data: str | None = attrs.field(default=None, repr=False)


_PLAIN = ReimageOptions()


@attrs.define(kw_only=True, eq=False)
class Reimage(Job):
    """The instance is stopped, gets a fresh OS disk, and is started again (rule 21)."""

    options: ReimageOptions = _PLAIN

    @property
    def effect_name(self) -> str:
        """What it does to the instance, in one word for people."""
        return "reimage"

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """The guest goes down; no batch, no health gate, whatever the policy (rule 22)."""
        instance.provisioning = ProvisioningState.UPDATING
        provisioning.halt(scale_set, instance)
        return provisioning.replace_disk_seconds(scale_set, instance, scale_set.version(instance.applied))

    def fixed_seconds(self, scale_set: Aggregate, instance: Instance) -> float:
        """The boot, where a range was given for it."""
        return provisioning.boot_seconds(scale_set, instance)

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """The new disk is written, the extensions have run again (rule 20)."""
        version = scale_set.version(instance.applied)
        content = self._content(scale_set, instance)
        _keep_old_disk(scale_set, instance)
        # recorded 2024: an ephemeral disk keeps its name, unless it is forced to be another one
        in_place = version.ephemeral and not self.options.force_update_ephemeral
        provisioning.write_disk(scale_set, instance, content, in_place=in_place)
        self._empty_disks(instance)
        disks = "emptied" if self.options.data_disks else "kept"
        scale_set.log(
            DecisionKind.REIMAGED,
            [instance.id],
            {"image_version": content.image_version, "from_model": content.model, "data_disks": disks},
        )
        if content.model != instance.applied:
            _bring_up_to_date(scale_set, instance)
        self.failure = provisioning.provision(scale_set, instance, version, RunReason.OS_DISK_REPLACED)
        instance.forced_health = None
        provisioning.boot(scale_set, instance)

    def _empty_disks(self, instance: Instance) -> None:
        if self.options.data_disks:
            kept = {OS_DISK, TEMP_DISK} | attached_places(instance)
            instance.lose_data(*[place for place in instance.data if place not in kept])
        if self.options.temp_disk:
            instance.lose_data(TEMP_DISK)

    def _content(self, scale_set: Aggregate, instance: Instance) -> OsContent:
        """Decision C1: from the scale set's model as the document says, or from the instance's own as observed."""
        own = self._image_version(scale_set, instance, scale_set.version(instance.applied))
        current = self._image_version(scale_set, instance, scale_set.latest)
        from_set = scale_set.settings.reimage_source is ReimageSource.SCALE_SET_MODEL
        taken, other = (current, own) if from_set else (own, current)
        if not own.same_as(current):
            figures = {"taken_from": scale_set.settings.reimage_source.value}
            models = {"taken_model": taken.model, "other_model": other.model}
            scale_set.log(DecisionKind.REIMAGE_DIFFERS, [instance.id], {**figures, **models})
        return taken

    def _image_version(self, scale_set: Aggregate, instance: Instance, version: ModelVersion) -> OsContent:
        """Which image version a model means for this reimage (rules 17, 18, decision C3)."""
        content = provisioning.newest_content(scale_set, version)
        if self.options.exact_version is not None:
            return attrs.evolve(content, image_version=self.options.exact_version)
        stays = version.ephemeral and not self.options.force_update_ephemeral
        if stays and content.image == instance.os.content.image:
            return attrs.evolve(content, image_version=instance.os.content.image_version)
        return content


def reimage(
    scale_set: Aggregate,
    ids: Sequence[str] | None,
    *,
    options: ReimageOptions = _PLAIN,
    scope: Scope = Scope.SET,
) -> Operation:
    """Reimage instances, all at once; None: all of the scale set.

    Args:
        scale_set: Whose instances.
        ids: Their ids; None or ``*``: all that are neither protected nor deallocated.
        options: The parameters of the request.
        scope: Through the scale set, or through the instance's own resource.

    Raises:
        Refused: An id is unknown, protected or deallocated, or a parameter does not fit the instances; nothing was
            touched.
    """
    name = "reimageAll" if options.data_disks else "reimage"
    fits = partial(_check, scale_set, options)
    chosen = select(scale_set, ids, scope=scope, needs_hardware=name, check=fits)
    if scale_set.flexible:  # decision C12: a Flexible instance's data disks stay, also with reimageall
        options = attrs.evolve(options, data_disks=False)
    return scale_set.run(name, [Reimage(instance_id=instance.id, options=options) for instance in chosen])


def _check(scale_set: Aggregate, options: ReimageOptions, chosen: Sequence[Instance]) -> None:
    """Rule 18: tempDisk is for ephemeral disks, even as false. Rule 27: custom data has to be the one it has."""
    for instance in chosen:
        if not _fits_profile(scale_set, instance):
            raise Refused.because(Reason.OS_PROFILE_DIFFERS, vm=instance.name, scale_set=scale_set.name)
    persistent = not all(scale_set.version(instance.applied).ephemeral for instance in chosen)
    if options.temp_disk is not None and persistent:
        raise Refused.because(Reason.TEMP_DISK_INVALID, target="tempDisk", parameter="tempDisk")
    exact = options.exact_version
    if exact is not None and not exact.replace(".", "").isdecimal():
        raise Refused.because(Reason.INVALID, target="exactVersion", parameter="exactVersion")
    if options.custom_data is not None and any(i.os.content.custom_data != options.custom_data for i in chosen):
        raise Refused.because(Reason.CUSTOM_DATA_DIFFERS, target="osProfile.customData", parameter="customData")


def _fits_profile(scale_set: Aggregate, instance: Instance) -> bool:
    """Whether a reimage from the scale set's profile may replace what is on the disk (semantics 1.5.25).

    CHOICE: the administrator's name and the custom data have to be the same, for machines that were made one by one.
    """
    if not instance.attached:
        return True
    wanted, here = scale_set.latest.content.os_profile, instance.os.content.os_profile
    return all(here.get(member) == wanted.get(member) for member in _COMPARED)


def _keep_old_disk(scale_set: Aggregate, instance: Instance) -> None:
    """Rule 19: Uniform deletes the old disk; Flexible keeps it unattached where its ``deleteOption`` is Detach."""
    option: Any = get_path(scale_set.version(instance.applied).profile, "storageProfile.osDisk.deleteOption")
    if scale_set.flexible and option == "Detach":
        scale_set.detached_disks.append(f"{instance.name}_OsDisk_{instance.os.disk}")


def _bring_up_to_date(scale_set: Aggregate, instance: Instance) -> None:
    """The disk is the current model's: when the instance lacked only exceptions, it is at the latest model now (C1)."""
    exceptions = (Effect.REIMAGE, Effect.NEW_ONLY)
    left = [change for change in scale_set.missing_changes(instance) if change.effect not in exceptions]
    if left or instance.customised:
        paths = ", ".join(change.path for change in left) or "individual changes"
        scale_set.log(DecisionKind.STILL_OUTDATED, [instance.id], {"changes": paths})
    else:
        instance.applied = scale_set.latest.number
