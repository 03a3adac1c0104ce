"""The instances of a twin, as they were when it was captured."""

from __future__ import annotations

import copy
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm.control.twin_times import moment
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.states import HealthState, PowerState, ProvisioningState
from vmss_sdk.emulator.engine.model.extensions import name_of
from vmss_sdk.emulator.engine.model.version import ModelVersion, OsContent
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.instance import Instance, OsState, Protection
from vmss_sdk.emulator.engine.work.instance_model import instance_document
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["add_instances"]

Document = dict[str, Any]

_UNTOLD = "untold"
"""CHOICE: the image version of a model of which nothing tells what an outdated instance lacks: taken as another image,
which is the change that does most."""
_SHOWN = ("networkProfile", "hardwareProfile", "securityProfile", "diagnosticsProfile", "licenseType")


@attrs.define
class _Models:
    """The models that the outdated instances have, each made once.

    Attributes:
        scale_set: Whose.
        newest: The part of the newest one.
        known: The older ones, by what they are.
        untold: The instances of which nothing tells what they lack.
    """

    scale_set: ScaleSet
    newest: Document
    known: dict[bytes, int] = attrs.field(factory=dict)
    untold: list[str] = attrs.field(factory=list)

    def number_of(self, document: Document) -> int:
        """The number of the older model that this outdated instance has."""
        part, version = _older_part(self.newest, document), _exact_version(document)
        newest = self.scale_set.latest
        if part == newest.part and version in ("", newest.image_version):
            self.untold.append(str(document.get("instanceId")))
            version = _UNTOLD
        key = wire.encode([part, version])
        if key not in self.known:
            self.known[key] = self.scale_set.add_older_version(part, version or newest.image_version).number
        return self.known[key]


def add_instances(scale_set: ScaleSet, documents: list[Document]) -> list[str]:
    """Take the instances in, each in its state.

    Args:
        scale_set: Their scale set, without any.
        documents: What a list of them with ``$expand=instanceView`` shows.

    Returns:
        What could not be told from them, in sentences.
    """
    models = _Models(scale_set, scale_set.latest.part)
    applied = {
        id(one): models.number_of(one) for one in documents if get_path(one, "properties.latestModelApplied") is False
    }
    for position, document in enumerate(documents):
        number = applied.get(id(document), scale_set.latest.number)
        scale_set.add(_instance(scale_set, document, scale_set.version(number), position))
    decimal = [int(key) for key in scale_set.instances if key.isdecimal()]
    scale_set.next_id = max(decimal, default=len(documents) - 1) + 1
    capacity = get_path(scale_set.document, "sku.capacity", 0)
    return [*_notes(scale_set, models, documents), *_capacity_note(len(documents), capacity)]


def _notes(scale_set: ScaleSet, models: _Models, documents: list[Document]) -> list[str]:
    notes = []
    if models.untold:
        notes.append(
            f"Nothing tells what the outdated instances {', '.join(models.untold)} lack: an upgrade is taken to replace"
            " their OS disks."
        )
    if documents and not any(get_path(one, "properties.instanceView") for one in documents):
        notes.append("There are no instance views: all instances are taken to be running and healthy.")
    elif scale_set.latest.health_source is not None and not any(
        get_path(one, "properties.instanceView.vmHealth") for one in documents
    ):
        notes.append("No instance tells its health: those that run are taken to be healthy.")
    return notes


def _capacity_note(there: int, capacity: int) -> list[str]:
    return [] if there == capacity else [f"The capacity is {capacity}, and {there} instances were captured."]


def _instance(scale_set: ScaleSet, document: Document, version: ModelVersion, position: int) -> Instance:
    properties = document.get("properties", {})
    view, settings = properties.get("instanceView") or {}, scale_set.settings
    key = str(document.get("instanceId") or document.get("name") or position)
    created = moment(properties.get("timeCreated"), scale_set.created_at)
    instance = Instance(
        id=key,
        name=str(document.get("name") or f"{scale_set.name}_{key}"),
        computer_name=str(get_path(properties, "osProfile.computerName") or view.get("computerName") or key),
        vm_id=str(properties.get("vmId") or seeded_random.guid(settings.seed, scale_set.unique_id, "vm", key)),
        created_at=created,
        changed_at=_changed_at(view, created),
        applied=version.number,
        os=OsState(_content(scale_set, version, properties), 1, created),
        zone=next(iter(document.get("zones") or []), None),
        update_domain=view.get("platformUpdateDomain", None if scale_set.flexible else position % 5),
        fault_domain=view.get("platformFaultDomain"),
        provisioning=_provisioning(properties.get("provisioningState")),
        power=_power(view),
        protection=Protection(
            get_path(properties, "protectionPolicy.protectFromScaleIn"),
            get_path(properties, "protectionPolicy.protectFromScaleSetActions"),
        ),
        customised=properties.get("modelDefinitionApplied") == "VirtualMachine",
    )
    _set_health(instance, version, view)
    shown = instance_document(scale_set, instance)["properties"]
    instance.overrides = _differences(shown, properties)
    return instance


def _older_part(newest: Document, document: Document) -> Document:
    """The newest model with what the instance is seen to have in its place: image, size, extensions."""
    part, properties = copy.deepcopy(newest), document.get("properties", {})
    profile = part.get("virtualMachineProfile", {})
    reference = _reference(properties)
    storage = profile.get("storageProfile", {})
    if reference and "imageReference" in storage:
        storage["imageReference"] = reference
    if size := get_path(document, "sku.name") or get_path(properties, "hardwareProfile.vmSize"):
        part["sku"] = {**part.get("sku", {}), "name": size}
    resources = document.get("resources")
    extensions = get_path(profile, "extensionProfile.extensions")
    if isinstance(resources, list) and extensions:
        there = {str(one.get("name", "")).lower() for one in resources}
        profile["extensionProfile"]["extensions"] = [one for one in extensions if name_of(one).lower() in there]
    return part


def _reference(properties: Document) -> Document:
    found = dict(get_path(properties, "storageProfile.imageReference", {}))
    found.pop("exactVersion", None)
    return found


def _exact_version(document: Document) -> str:
    reference = get_path(document, "properties.storageProfile.imageReference", {})
    stated = str(reference.get("version") or "")
    return str(reference.get("exactVersion") or ("" if stated.lower() == "latest" else stated))


def _content(scale_set: ScaleSet, version: ModelVersion, properties: Document) -> OsContent:
    """What is on its OS disk."""
    profile = {key: value for key, value in (properties.get("osProfile") or {}).items() if key != "computerName"}
    stated = version.content.image_version
    if stated == _UNTOLD:
        stated = scale_set.latest.image_version
    newest = version.content.os_profile
    if all(newest.get(name) == value for name, value in profile.items()):
        profile = newest  # with what no GET shows
    return attrs.evolve(
        version.content,
        image=_reference(properties) or version.content.image,
        image_version=_exact_version({"properties": properties}) or stated,
        os_profile=profile or version.content.os_profile,
    )


def _provisioning(state: object) -> ProvisioningState:
    """CHOICE: what was under way is over: how long it would have taken is not told."""
    return ProvisioningState.FAILED if state == "Failed" else ProvisioningState.SUCCEEDED


def _power(view: Document) -> PowerState:
    """As the instance view says; on its way somewhere is there."""
    codes = [str(status.get("code", "")) for status in view.get("statuses") or []]
    found = next((code.partition("/")[2] for code in codes if code.startswith("PowerState/")), "running")
    settled = {"starting": "running", "stopping": "stopped", "deallocating": "deallocated"}
    word = settled.get(found.lower(), found.lower())
    return PowerState(word) if word in set(PowerState) else PowerState.RUNNING


def _set_health(instance: Instance, version: ModelVersion, view: Document) -> None:
    if version.health_source is None:
        return
    code = str(get_path(view, "vmHealth.status.code", ""))
    told = {state.value.lower(): state for state in HealthState}.get(code.rpartition("/")[2].lower())
    if told is None:
        told = HealthState.HEALTHY if instance.running else HealthState.UNKNOWN
    # CHOICE: one that initialized was about to be healthy
    told = HealthState.HEALTHY if told is HealthState.INITIALIZING else told
    since = moment(get_path(view, "vmHealth.status.time"), instance.changed_at)
    instance.health, instance.health_since = told, since
    if instance.running and told is not HealthState.HEALTHY:
        instance.forced_health = told


def _differences(shown: Document, recorded: Document) -> Document:
    """What its document said and ours would not: names of disks and interfaces, which last until it is upgraded."""
    own = {name: recorded[name] for name in _SHOWN if name in recorded and recorded[name] != shown.get(name)}
    storage = recorded.get("storageProfile") or {}
    disks = {
        name: storage[name]
        for name in ("osDisk", "dataDisks")
        if storage.get(name) and storage[name] != get_path(shown, f"storageProfile.{name}")
    }
    if disks:
        own["storageProfile"] = disks
    return {"properties": own} if own else {}


def _changed_at(view: Document, otherwise: float) -> float:
    times = [status.get("time") for status in view.get("statuses") or [] if status.get("time")]
    return moment(times[0], otherwise) if times else otherwise
