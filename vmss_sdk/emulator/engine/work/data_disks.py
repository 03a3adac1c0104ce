"""The disks of one instance: those of its model, and those attached to it alone.

CHOICE: a managed disk that is attached to one instance stands beside the model: ``latestModelApplied`` stays as it is
(reported of the portal's attaching, azure-cli#18259), and upgrades and reimages leave it there with what is on it. To
detach or change a disk of the model makes the instance's model its own, until its next upgrade.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from vmss_sdk.emulator.engine.common.documents import Document, get_path, merge
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.model.version import ModelVersion
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import Instance, Job
from vmss_sdk.emulator.engine.record.operation import Operation

__all__ = [
    "Storage",
    "apply_data_disks",
    "attach_detach",
    "attached_places",
    "data_disks",
    "disk_id",
    "follow_model",
    "made_disk",
    "os_disk_name",
    "owners",
    "reset_to_model",
    "storage_profile",
]

_ATTACH, _DETACH = "dataDisksToAttach", "dataDisksToDetach"
_ACTION = "attachDetachDataDisks"
_LUNS = 64
_FIRST_DATA_DISK = 2
_ID = re.compile(r"/subscriptions/([^/]+)/resourceGroups/[^/]+/providers/Microsoft\.Compute/disks/([^/]+)", re.I)


@attrs.frozen(hash=False)
class Storage:
    """The storage profile of an instance as it was when an operation ended, which shows it as its result."""

    document: Document


@attrs.define(kw_only=True, eq=False)
class Rearrange(Job):
    """Disks are attached to and detached from one instance; it keeps running.

    Attributes:
        detaching: The LUNs whose disks are on their way out.
        result: Whether the operation shows the disks when it ends.
    """

    detaching: tuple[int, ...] = attrs.field(metadata={"written": "leaving"})
    result: bool = True

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """What comes is there already, what goes is marked as such."""
        instance.provisioning = ProvisioningState.UPDATING
        return scale_set.settings.timings.hot

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """What goes is gone."""
        model, disks = _of_model(scale_set, instance), dict(instance.disks)
        for lun in self.detaching:
            instance.lose_data(f"lun {lun}")  # what is on the disk leaves with it
            disks.pop(lun, None)
            if lun in model:
                disks[lun], instance.customised = None, True
        instance.disks = disks
        if self.result and self.operation_id is not None:
            scale_set.operations[self.operation_id].result = Storage(storage_profile(scale_set, instance))


def storage_profile(scale_set: Aggregate, instance: Instance) -> Document:
    """All disks of an instance and the image that its OS disk was made from, as its model has them."""
    model = scale_set.version(instance.applied).profile.get("storageProfile", {})
    disk = dict(model.get("osDisk", {}))
    kept = scale_set.standalone and instance.os.disk == 1
    disk["name"] = _given_name(disk) if kept and _given_name(disk) else os_disk_name(scale_set, instance)
    if "diffDiskSettings" in disk:
        disk.setdefault("deleteOption", "Delete")
    if containers := disk.pop("vhdContainers", None):
        disk["vhd"] = {"uri": f"{containers[0]}/{disk['name']}.vhd"}
        return _with_image(instance, model, {"osDisk": disk})
    if "vhd" not in disk:
        own = f"{scale_set.provider_id}/disks/{disk['name']}"
        given = dict(disk.get("managedDisk", {}))
        disk["managedDisk"] = {**given, "id": given.get("id", own) if kept else own}
    return _with_image(instance, model, {"osDisk": disk, "dataDisks": data_disks(scale_set, instance)})


def _given_name(disk: Document) -> str | None:
    """What a virtual machine's document calls a disk of its own, or the disk that it attaches; None: nothing."""
    return disk.get("name") or (disk_id(disk).rpartition("/")[2] or None)


def os_disk_name(scale_set: Aggregate, instance: Instance) -> str:
    """The platform's name for the OS disk: the first disk of its machine, whichever it is, under a GUID of its own."""
    number, guid = instance.os.named_after or instance.os.disk, instance.vm_id
    if number > 1:
        guid = seeded_random.guid(scale_set.settings.seed, instance.vm_id, "OS disk", number)
    return f"{_name_prefix(scale_set, instance)}_OsDisk_1_{guid.replace('-', '')}"


def _name_prefix(scale_set: Aggregate, instance: Instance) -> str:
    """How the names of an instance's disks begin; a Uniform one's name has its scale set's twice (recorded)."""
    return instance.name if scale_set.flexible else f"{scale_set.name}_{instance.name}"


def data_disks(scale_set: Aggregate, instance: Instance) -> list[Document]:
    """All data disks of an instance as its model has them, by LUN."""
    model = _of_model(scale_set, instance)
    if not instance.disks:
        return list(model.values())
    shown = {**model, **instance.disks}
    return [disk for _, disk in sorted(shown.items()) if disk is not None]


def owners(scale_set: Aggregate) -> Iterator[tuple[str, str]]:
    """Every managed data disk in use: its id in lower case, and the id of the instance that has it.

    Of a machine that belongs to no scale set the OS disk as well, which can be one that was there before.
    """
    for instance in scale_set.instances.values():
        owner = scale_set.id if scale_set.standalone else f"{scale_set.id}/virtualMachines/{instance.id}"
        if scale_set.standalone:
            yield disk_id(storage_profile(scale_set, instance)["osDisk"]).lower(), owner
        for disk in data_disks(scale_set, instance):
            yield disk_id(disk).lower(), owner


def attach_detach(
    scale_set: Aggregate, instance: Instance, request: Document, taken: Mapping[str, str], limit: int = _LUNS
) -> Operation:
    """Attach managed disks to one instance and detach others, as one change.

    Args:
        scale_set: Whose instance.
        instance: Which.
        request: ``dataDisksToAttach`` and ``dataDisksToDetach``; a disk without ``lun`` gets the lowest free one.
        taken: The disks in use anywhere, see `owners`.
        limit: How many data disks the instance's size takes.

    Raises:
        Refused: A disk is attached elsewhere or not here, a LUN is taken or none, or the size takes no more disks;
            nothing has changed.
    """
    scale_set.refuse_if_deleting(_ACTION)
    if instance.deleting:
        raise Refused.because(Reason.MARKED_FOR_DELETION, scale_set=scale_set.name, operation=_ACTION)
    here = data_disks(scale_set, instance)
    going = _disks_to_detach(instance, here, request.get(_DETACH, []))
    coming = _disks_to_attach(scale_set, instance, here, request.get(_ATTACH, []), taken)
    if not going and not coming:
        raise Refused.because(Reason.REQUIRED, target=_ATTACH, parameter=_ATTACH)
    if coming:
        _refuse_too_many(len(here) - len(going) + len(coming), limit)
    scale_set.check_concurrency([instance])
    return scale_set.run(_ACTION, [_change(scale_set, instance, coming, going, result=True)])


def apply_data_disks(
    scale_set: Aggregate, instance: Instance, wanted: list[Document], taken: Mapping[str, str], limit: int = _LUNS
) -> Job | None:
    """Make the data disks of an instance those of a list, as a PUT of the instance names them.

    A disk at a new LUN is attached, or made when the list has no id for it; one that the list lacks or marks
    ``toBeDetached`` is detached; a changed one is changed.

    Returns:
        The work that follows; None when there is none.

    Raises:
        Refused: As for `attach_detach`.
    """
    here = {disk["lun"]: disk for disk in data_disks(scale_set, instance)}
    named = {disk.get("lun"): disk for disk in wanted if not disk.get("toBeDetached")}
    new = [disk for lun, disk in named.items() if lun not in here]
    going = [disk for lun, disk in here.items() if lun not in named]
    coming = _disks_to_attach(scale_set, instance, list(here.values()), [_as_attachment(disk) for disk in new], taken)
    if coming:
        _refuse_too_many(len(here) - len(going) + len(coming), limit)
    for lun, disk in here.items():
        if lun in named and (merged := merge(disk, named[lun])) != disk:
            instance.disks = {**instance.disks, lun: merged}
            instance.customised = instance.customised or lun in _of_model(scale_set, instance)
            instance.etag += 1
    if not coming and not going:
        return None
    return _change(scale_set, instance, coming, going, result=False)


def reset_to_model(scale_set: Aggregate, instance: Instance) -> None:
    """An upgrade brings the model's disks back as they are; what was attached beside them stays."""
    model = _of_model(scale_set, instance)
    instance.disks = {
        lun: disk for lun, disk in instance.disks.items() if disk and (lun not in model or _is_attached(disk))
    }


def follow_model(scale_set: Aggregate, instance: Instance, target: ModelVersion) -> None:
    """An upgrade brings the disks that the model adds and takes those that it has not any more (decision C2).

    A disk that stays has the profile that it was made by, until a reimage. What is on a disk leaves with it (CHOICE:
    as when it is detached from the instance). Call it before the model counts as applied.
    """
    here = {lun for lun in _of_model(scale_set, instance) if instance.disks.get(lun, ...) is not None}
    made = {disk["lun"]: disk for disk in instance.os.content.data_disks if disk["lun"] in here}
    wanted = {disk["lun"]: made.get(disk["lun"], disk) for disk in target.content.data_disks}
    instance.lose_data(*(f"lun {lun}" for lun in here - wanted.keys()))
    disks = tuple(wanted.values())
    if disks != instance.os.content.data_disks:
        instance.os = attrs.evolve(instance.os, content=attrs.evolve(instance.os.content, data_disks=disks))


def attached_places(instance: Instance) -> set[str]:
    """The places of the disks that were attached to the instance alone: no reimage empties them."""
    return {f"lun {lun}" for lun, disk in instance.disks.items() if disk and _is_attached(disk)}


def disk_id(disk: Document) -> str:
    """The resource id of a disk."""
    return str(get_path(disk, "managedDisk.id", ""))


def _with_image(instance: Instance, model: Document, storage: Document) -> Document:
    if "diskControllerType" in model:
        storage["diskControllerType"] = model["diskControllerType"]
    image = model.get("imageReference")
    if image is not None:
        storage["imageReference"] = {**image, "exactVersion": instance.os.content.image_version}
    return storage


def _of_model(scale_set: Aggregate, instance: Instance) -> dict[int, Document]:
    disks = get_path(scale_set.version(instance.applied).profile, "storageProfile.dataDisks", [])
    return {item["lun"]: made_disk(scale_set, instance, item) for item in disks}


def made_disk(scale_set: Aggregate, instance: Instance, item: Document) -> Document:
    """A disk that was made for the instance, as the platform names it, or one that was there before.

    CHOICE: its LUN counts, after the OS disk.
    """
    number = int(item.get("lun", 0)) + _FIRST_DATA_DISK
    if "vhd" in item:
        return {"toBeDetached": False, **item}
    name = f"{_name_prefix(scale_set, instance)}_disk{number}_{instance.vm_id.replace('-', '')}"
    if scale_set.standalone:
        name = _given_name(item) or name
    managed = {"id": f"{scale_set.provider_id}/disks/{name}", **item.get("managedDisk", {})}
    name = managed["id"].rpartition("/")[2]
    return {"name": name, "toBeDetached": False, **item, "managedDisk": managed}


def _is_attached(disk: Document) -> bool:
    return disk.get("createOption") == "Attach"


def _disks_to_detach(instance: Instance, here: list[Document], wanted: list[Document]) -> list[Document]:
    by_id = {disk_id(disk).lower(): disk for disk in here}
    if not all(item.get("diskId") for item in wanted):
        raise Refused.because(Reason.REQUIRED, target=f"{_DETACH}.diskId", parameter="diskId")
    ids = [str(item["diskId"]) for item in wanted]
    absent = [found for found in ids if found.lower() not in by_id]
    if absent:
        target = f"{_DETACH}.diskId"
        facts = {"vm": instance.name, "target": target}
        raise Refused([Failure(Reason.DISK_NOT_ATTACHED, {**facts, "disk": found}) for found in absent])
    return [by_id[found] for found in dict.fromkeys(found.lower() for found in ids)]


def _disks_to_attach(
    scale_set: Aggregate, instance: Instance, here: list[Document], wanted: list[Document], taken: Mapping[str, str]
) -> list[Document]:
    used = {disk["lun"] for disk in here}
    fixed = Counter(item["lun"] for item in wanted if "lun" in item)
    problems = [failure for item in wanted for failure in _problems(scale_set, instance, item, here, taken)]
    clashing = [lun for lun, times in fixed.items() if lun in used or times > 1]
    problems += [Failure(Reason.LUN_TAKEN, {"lun": lun, "target": "dataDisks.lun"}) for lun in clashing]
    ids = [str(item.get("diskId", "")).lower() for item in wanted if "diskId" in item]
    if len(set(ids)) < len(ids):
        problems.append(Failure(Reason.INVALID, {"target": f"{_ATTACH}.diskId", "parameter": "diskId"}))
    if problems:
        raise Refused(problems)
    free = (lun for lun in range(_LUNS) if lun not in used and lun not in fixed)
    return [_attached(scale_set, instance, item, item["lun"] if "lun" in item else next(free)) for item in wanted]


def _problems(
    scale_set: Aggregate, instance: Instance, item: Document, here: list[Document], taken: Mapping[str, str]
) -> list[Failure]:
    found, target = [], f"{_ATTACH}.diskId"
    if "lun" in item and not 0 <= item["lun"] < _LUNS:
        found.append(Failure(Reason.INVALID, {"target": f"{_ATTACH}.lun", "parameter": "lun"}))
    if item.get("createOption") == "Empty":
        return found
    wanted = item.get("diskId")
    if wanted is None:
        return [*found, Failure(Reason.REQUIRED, {"target": target, "parameter": "diskId"})]
    match = _ID.fullmatch(wanted)
    if match is None:
        return [*found, Failure(Reason.INVALID, {"target": target, "parameter": "diskId"})]
    if match[1].lower() != scale_set.subscription_id.lower():
        facts = {"own": scale_set.subscription_id, "subscription": match[1], "target": target}
        return [*found, Failure(Reason.DISK_OF_OTHER_SUBSCRIPTION, facts)]
    detaching = any(disk.get("toBeDetached") for disk in here if disk_id(disk).lower() == wanted.lower())
    if detaching:
        found.append(Failure(Reason.DISK_BEING_DETACHED, {"disk": wanted, "vm": instance.name}))
    elif wanted.lower() in taken:
        found.append(Failure(Reason.DISK_OWNED, {"disk": wanted, "vm": taken[wanted.lower()]}))
    return found


def _attached(scale_set: Aggregate, instance: Instance, item: Document, lun: int) -> Document:
    """CHOICE: caching is None where it is not said; Azure's default depends on the disk's storage."""
    if item.get("createOption") == "Empty":
        made = {key: value for key, value in item.items() if key != "name" or scale_set.standalone}
        return made_disk(scale_set, instance, {**made, "lun": lun})
    managed = {"id": item["diskId"], **dict(item.get("managedDisk", {}))}
    if "diskEncryptionSet" in item:
        managed["diskEncryptionSet"] = item["diskEncryptionSet"]
    disk: Document = {
        "lun": lun,
        "name": item["diskId"].rpartition("/")[2],
        "createOption": "Attach",
        "caching": item.get("caching", "None"),
        "managedDisk": managed,
        "deleteOption": item.get("deleteOption", "Detach"),
        "toBeDetached": False,
    }
    if "writeAcceleratorEnabled" in item:
        disk["writeAcceleratorEnabled"] = item["writeAcceleratorEnabled"]
    return disk


def _as_attachment(disk: Document) -> Document:
    """A disk as the body of an instance has it, as `attach_detach` is told it."""
    managed = disk.get("managedDisk", {})
    if disk.get("createOption", "Attach") == "Attach":
        return {**disk, **({"diskId": managed["id"]} if "id" in managed else {})}
    return {**disk, "createOption": "Empty"}


def _change(
    scale_set: Aggregate, instance: Instance, coming: list[Document], going: list[Document], *, result: bool
) -> Rearrange:
    marked = {disk["lun"]: {**disk, "toBeDetached": True} for disk in going}
    instance.disks = {**instance.disks, **{disk["lun"]: disk for disk in coming}, **marked}
    if marked.keys() & _of_model(scale_set, instance).keys():
        instance.customised = True
    instance.etag += 1
    return Rearrange(instance_id=instance.id, detaching=tuple(marked), result=result)


def _refuse_too_many(count: int, limit: int) -> None:
    if count > limit:
        raise Refused.because(Reason.TOO_MANY_DISKS, limit=limit, target="dataDisks")
