"""Validation of writes: of the document itself, and against what exists."""

from __future__ import annotations

import copy

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.model import (
    creation_rules,
    defaults,
    image_rules,
    orchestration_rules,
    size_rules,
    validation,
)
from vmss_sdk.emulator.engine.platform.settings import CatalogueMode
from vmss_sdk.emulator.engine.record.aggregate import Aggregate

__all__ = ["validated_merge"]


def validated_merge(scale_set: Aggregate, incoming: Document) -> Document:
    """The model with what is written: merged, complete with defaults, its secrets sealed.

    Raises:
        Refused: It breaks rules, or changes what cannot be changed; all problems are named, and nothing has changed.
    """
    before = scale_set.document
    sealed = documents.seal_secrets(copy.deepcopy(incoming), scale_set.seal)
    written = documents.merge(before, sealed)
    merged = defaults.fill_defaults(written, sealed)
    # what may not change at all is told alone: the rest may only be wrong because of it
    if problems := validation.change_problems(before, merged) if before else []:
        raise Refused(problems)
    # a password's complexity shows only before it is sealed
    problems = validation.secret_problems(incoming, merged)
    problems += validation.problems(merged, scale_set.name, scale_set.settings.max_instances)
    problems += size_rules.zone_problems(merged, scale_set.name, scale_set.catalogue)
    problems += size_rules.size_problems(merged, scale_set.catalogue)
    if scale_set.settings.catalogue is CatalogueMode.COMPLETE:
        problems += image_rules.version_problems(before, merged, scale_set.images)
    problems += _image_problems(scale_set, merged) + _repair_problems(scale_set, merged)
    problems += _placement_problems(scale_set, merged)
    problems += _disk_problems(scale_set, merged)
    problems += creation_rules.policy_problems(written) + orchestration_rules.written_problems(written)
    if problems:
        raise Refused(problems)
    return merged


def _repair_problems(scale_set: Aggregate, merged: Document) -> list[Failure]:
    """Repairs need the health source on every instance, not only in the model (semantics 2.3.16 h)."""
    path = "properties.automaticRepairsPolicy.enabled"
    enabling = get_path(merged, path) is True and get_path(scale_set.document, path) is not True
    without_source = [i for i in scale_set.instances.values() if scale_set.version(i.applied).health_source is None]
    return [Failure(Reason.HEALTH_NOT_APPLIED)] if enabling and without_source else []


def _disk_problems(scale_set: Aggregate, merged: Document) -> list[Failure]:
    """A data disk of the model at a LUN where an instance has a disk of its own (reported: acs-engine#4280)."""
    path = "properties.virtualMachineProfile.storageProfile.dataDisks"
    before = {disk.get("lun") for disk in get_path(scale_set.document, path, [])}
    new = {disk.get("lun") for disk in get_path(merged, path, [])} - before
    return [
        Failure(Reason.LUN_COLLISION, {"disk": disk.get("name"), "lun": lun, "vm": instance.name})
        for instance in (scale_set.instances.values() if new else ())
        for lun, disk in instance.disks.items()
        if disk is not None and lun in new
    ]


def _placement_problems(scale_set: Aggregate, merged: Document) -> list[Failure]:
    """A proximity placement group: Flexible keeps it, Uniform changes it only while all are down (1.4)."""
    path = "properties.proximityPlacementGroup"
    if not scale_set.versions or get_path(scale_set.document, path) == get_path(merged, path):
        return []
    facts = {"target": path, "parameter": "proximityPlacementGroup", "scale_set": scale_set.name}
    if scale_set.flexible:
        return [Failure(Reason.NOT_CHANGEABLE, facts)]
    up = any(instance.running for instance in scale_set.instances.values())
    return [Failure(Reason.INSTANCES_RUNNING, facts)] if up else []


def _image_problems(scale_set: Aggregate, merged: Document) -> list[Failure]:
    """Enabling automatic OS upgrades needs the same image on all instances (semantics 4.3)."""
    path = "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"
    enabling = get_path(merged, path) is True and get_path(scale_set.document, path) is not True
    versions = {i.os.content.image_version for i in scale_set.instances.values() if not i.deleting}
    return [Failure(Reason.IMAGES_DIFFER)] if enabling and len(versions) > 1 else []
