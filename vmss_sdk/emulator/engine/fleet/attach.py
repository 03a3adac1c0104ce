"""Virtual machines that are made one by one in a Flexible scale set, under names of their own (semantics 1.5.25)."""

from __future__ import annotations

from collections import Counter

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.fleet import scaling
from vmss_sdk.emulator.engine.model import defaults, validation
from vmss_sdk.emulator.engine.model.required_members import member_problems
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance, OsState
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work import provisioning
from vmss_sdk.emulator.engine.work.creation import new_instance
from vmss_sdk.emulator.engine.work.data_disks import made_disk
from vmss_sdk.emulator.engine.work.lifecycle import Create
from vmss_sdk.models import VirtualMachine

__all__ = ["attach"]

_PUT = "virtualMachines.PUT"
_NEEDS = (
    "properties.hardwareProfile.vmSize",
    "properties.osProfile.adminUsername",
    "properties.storageProfile.imageReference",
)
_DISKS = "properties.storageProfile.dataDisks"


def attach(scale_set: Aggregate, name: str, incoming: Document) -> Operation:
    """Make a virtual machine in a Flexible scale set; the scale set's capacity grows by it.

    Its model is its own (``latestModelApplied`` is false): what is sent stands over the scale set's profile, and for a
    scale set without profile all of it has to be sent.

    Args:
        scale_set: Where it is to be.
        name: The virtual machine's, which is its instance id.
        incoming: The body of the PUT.

    Raises:
        Refused: The scale set is Uniform, is being deleted or takes no more, or something is missing; nothing was made.
    """
    scale_set.refuse_if_deleting(_PUT)
    _validate(scale_set, incoming)
    counts = Counter(instance.zone for instance in scale_set.instances.values() if not instance.deleting)
    asked = incoming.get("zones") or []
    # CHOICE: without a zone it goes where the scale set would put it
    zone = asked[0] if asked else scaling.least_used_zone(scale_set, counts)
    scaling.check_capacity(scale_set, len(scale_set.present) + 1)
    scale_set.check_concurrency()
    instance = new_instance(scale_set, zone=zone, name=name)
    _apply_individual_model(scale_set, instance, documents.seal_secrets(incoming, scale_set.seal))
    scale_set.change_capacity(1)
    scale_set.log(DecisionKind.SCALED_OUT, [instance.id], {"version": scale_set.latest.number})
    return scale_set.run("createVirtualMachine", [Create(instance_id=instance.id)])


def _validate(scale_set: Aggregate, incoming: Document) -> None:
    if not scale_set.flexible:
        raise Refused.because(Reason.NOT_FLEXIBLE, scale_set=scale_set.name, target="properties.virtualMachineScaleSet")
    no_profile = not scale_set.latest.profile
    found = [_required(path) for path in _NEEDS if no_profile and get_path(incoming, path) is None]
    zones = incoming.get("zones") or []
    if len(zones) > 1 or not set(zones) <= set(scale_set.document.get("zones") or []):
        found.append(Failure(Reason.INVALID, {"parameter": "zones", "target": "zones"}))
    found += member_problems(VirtualMachine, incoming)
    luns = [disk["lun"] for disk in get_path(incoming, _DISKS, []) if "lun" in disk]
    if len(set(luns)) < len(luns):
        found.append(Failure(Reason.INVALID, {"parameter": "dataDisks", "target": _DISKS}))
    if "sku" in scale_set.document:
        capacity = {"sku": {"capacity": scale_set.document["sku"].get("capacity", 0) + 1}}
        after = documents.merge(scale_set.document, capacity)
        found += validation.problems(after, scale_set.name, scale_set.settings.max_instances)
    if found:
        raise Refused(found)


def _required(path: str) -> Failure:
    return Failure(Reason.REQUIRED, {"parameter": path.rpartition(".")[2], "target": path})


def _apply_individual_model(scale_set: Aggregate, instance: Instance, model: Document) -> None:
    """What is on its disk, and its model, are its own."""
    instance.attached = instance.customised = True
    defaults.fill_machine(model["properties"], whole=not scale_set.latest.profile)
    profile = dict(get_path(model, "properties.osProfile", {}))
    instance.computer_name = profile.pop("computerName", None) or instance.name
    content = provisioning.newest_content(scale_set, scale_set.latest)
    image = get_path(model, "properties.storageProfile.imageReference", content.image)
    version = scale_set.images.resolve(image)
    facts = {"image": image, "image_version": version, "os_profile": profile or content.os_profile}
    instance.os = OsState(attrs.evolve(content, **facts), 1, scale_set.now)
    for disk in get_path(model, _DISKS, []):
        instance.disks[disk["lun"]] = made_disk(scale_set, instance, disk)
    instance.overrides = {"tags": model.get("tags", {}), "properties": _without_disks(model["properties"])}


def _without_disks(properties: Document) -> Document:
    """What is neither on the OS disk nor a data disk."""
    own = {key: value for key, value in properties.items() if key not in ("osProfile", "virtualMachineScaleSet")}
    storage = own.get("storageProfile", {})
    return {**own, "storageProfile": {key: value for key, value in storage.items() if key != "dataDisks"}}
