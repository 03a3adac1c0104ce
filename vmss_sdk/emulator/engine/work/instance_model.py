"""The model of one instance: what the scale set's model makes of it, and individual changes (semantics 1.1.3, 5)."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.model.instance_rules import instance_problems
from vmss_sdk.emulator.engine.model.required_members import member_problems
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import Instance, Job, Protection
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work import repairs
from vmss_sdk.emulator.engine.work.data_disks import apply_data_disks, storage_profile
from vmss_sdk.emulator.engine.work.selection import Scope, select
from vmss_sdk.models import VirtualMachineScaleSetVM

__all__ = ["Update", "instance_document", "reapply", "update_instance"]

_PUT = "virtualMachineScaleSets.virtualMachines.PUT"
_PROTECTION = "protectionPolicy"
_USER_DATA = "userData"


class Update(Job):
    """An individual change takes hold."""

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """The model is changed already; the instance follows."""
        instance.provisioning = ProvisioningState.UPDATING
        return scale_set.settings.timings.write

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """It has."""


def instance_document(scale_set: Aggregate, instance: Instance) -> Document:
    """The writable part of an instance's model: profiles and tags. Its parts are the engine's own: only to be read."""
    if scale_set.standalone:
        return _standalone_document(scale_set, instance)
    version = scale_set.version(instance.applied)
    profile = version.profile
    properties: Document = {"hardwareProfile": {"vmSize": get_path(version.part, "sku.name")}}
    configurations = get_path(profile, "networkProfile.networkInterfaceConfigurations")
    if configurations is not None:
        properties["networkProfileConfiguration"] = {"networkInterfaceConfigurations": configurations}
    properties["storageProfile"] = storage_profile(scale_set, instance)
    properties["osProfile"] = _os_profile(instance)
    properties["networkProfile"] = {"networkInterfaces": _interfaces(scale_set, instance, configurations or [])}
    for key in ("securityProfile", "diagnosticsProfile", "licenseType", "priority", "evictionPolicy", "billingProfile"):
        if key in profile:
            properties[key] = profile[key]
    if "additionalCapabilities" in version.part:
        properties["additionalCapabilities"] = version.part["additionalCapabilities"]
    document: Document = {"location": scale_set.document["location"], "properties": properties}
    if "tags" in scale_set.document and not instance.attached:
        document["tags"] = scale_set.document["tags"]
    return documents.merge(document, instance.overrides) if instance.overrides else document


def _standalone_document(machine: Aggregate, instance: Instance) -> Document:
    """The same of a virtual machine that belongs to no scale set: as it was written, with its disks and interfaces."""
    properties = {**machine.document["properties"], "storageProfile": storage_profile(machine, instance)}
    network = dict(properties.get("networkProfile", {}))
    configurations = network.pop("networkInterfaceConfigurations", None)
    if configurations is not None:
        properties["networkProfileConfiguration"] = {"networkInterfaceConfigurations": configurations}
        made = _interfaces(machine, instance, configurations)
        names = {nic["id"].lower() for nic in made}
        given = [nic for nic in network.get("networkInterfaces", []) if str(nic.get("id")).lower() not in names]
        network["networkInterfaces"] = made + given
    properties["networkProfile"] = network
    document: Document = {name: machine.document[name] for name in ("location", "tags") if name in machine.document}
    return {**document, "properties": properties}


def update_instance(
    scale_set: Aggregate,
    instance: Instance,
    incoming: Document,
    taken: Mapping[str, str] | None = None,
    limit: int = 64,
) -> Operation:
    """Change one instance individually (PUT of an instance).

    Setting only the protection policy leaves the instance at the scale set's model, and so does attaching a disk or, of
    a Flexible machine, setting user data; any other difference makes its model its own: ``latestModelApplied`` turns
    false (semantics 1.3.11). What is not sent stays. Tags are the scale set's, those that are sent are passed over, and
    the etag stays (recorded 2026-03); a Uniform instance's user data are passed over as well (recorded 2024-08).

    Args:
        scale_set: Whose instance.
        instance: Which.
        incoming: The body of the PUT.
        taken: The managed disks in use anywhere, see `data_disks.owners`.
        limit: How many data disks its size takes.

    Raises:
        Refused: A part lacks a required member, an id names nothing or a resource of the wrong type, there is no such
            size, the protection policy contradicts itself, a disk cannot be attached, or
            the instance is on its way out: nothing could keep it any more. Nothing has changed.
    """
    if instance.deleting:
        raise Refused.because(Reason.MARKED_FOR_DELETION, scale_set=scale_set.name, operation=_PUT)
    before = instance_document(scale_set, instance)
    problems = member_problems(VirtualMachineScaleSetVM, documents.merge(before, incoming))
    if problems := [*problems, *instance_problems(incoming, before, scale_set.catalogue)]:
        raise Refused(problems)
    protection = get_path(incoming, f"properties.{_PROTECTION}")
    checked = None if protection is None else _protection(instance.protection, protection)
    disks = get_path(incoming, "properties.storageProfile.dataDisks")
    moves = None if disks is None else apply_data_disks(scale_set, instance, disks, taken or {}, limit)
    scale_set.check_concurrency([instance])
    if checked is not None:
        instance.protection = checked
        repairs.check_unhealthy_instances(scale_set)
    wanted = documents.seal_secrets(_individual_part(incoming), lambda _: None)
    if not scale_set.flexible:
        wanted["properties"].pop(_USER_DATA, None)
    after = documents.merge(before, wanted)
    changed = after != before
    if changed:
        instance.overrides = documents.merge(instance.overrides, wanted)
    if _modelled(after) != _modelled(before):
        instance.customised = True
    if changed or protection is not None:
        instance.etag += 1
    return scale_set.run("updateInstance", [moves or Update(instance_id=instance.id)])


def _modelled(document: Document) -> Document:
    """What an instance has from its scale set's model."""
    return {key: value for key, value in document["properties"].items() if key != _USER_DATA}


def reapply(scale_set: Aggregate) -> Operation:
    """Send every unprotected instance the model that it has once more.

    CHOICE: nothing of an instance changes, but one whose last work failed is Succeeded afterwards; an outdated one
    stays outdated.
    """
    scale_set.refuse_if_deleting("reapply")
    chosen = select(scale_set, None, scope=Scope.SET)
    seconds = scale_set.settings.timings.write
    return scale_set.run("reapply", [Update(instance_id=instance.id) for instance in chosen], seconds=seconds)


def _individual_part(incoming: Document) -> Document:
    """The part that can make a model its own. CHOICE: NIC references are Azure's, az sends them back empty."""
    kept = (_PROTECTION, "networkProfile")
    properties = {key: value for key, value in incoming.get("properties", {}).items() if key not in kept}
    if "dataDisks" in properties.get("storageProfile", {}):  # they are told apart one by one
        properties["storageProfile"] = {k: v for k, v in properties["storageProfile"].items() if k != "dataDisks"}
    return {**{key: value for key, value in incoming.items() if key != "tags"}, "properties": properties}


def _protection(before: Protection, policy: Document) -> Protection:
    """CHOICE: a flag that is not sent stays. Scale-in protection off with actions protection on is refused (5.2)."""
    after = attrs.evolve(
        before,
        from_scale_in=policy.get("protectFromScaleIn", before.from_scale_in),
        from_scale_set_actions=policy.get("protectFromScaleSetActions", before.from_scale_set_actions),
    )
    if after.from_scale_set_actions and after.from_scale_in is False:
        target = f"properties.{_PROTECTION}"
        raise Refused.because(Reason.PROTECTION_CONFLICT, target=target, parameter=_PROTECTION)
    return after


def _interfaces(scale_set: Aggregate, instance: Instance, configurations: list[Document]) -> list[Document]:
    owner, suffix = f"{scale_set.id}/virtualMachines/{instance.id}/networkInterfaces", ""
    if scale_set.flexible:  # CHOICE: a NIC is a resource of its own there, named after its VM
        owner = f"{scale_set.id.partition('/Microsoft.Compute/')[0]}/Microsoft.Network/networkInterfaces"
        suffix = "" if scale_set.standalone else f"-{instance.name.rpartition('_')[2]}"
    return [_interface(f"{owner}/{each.get('name')}{suffix}", each, scale_set) for each in configurations]


def _interface(resource_id: str, configuration: Document, scale_set: Aggregate) -> Document:
    if not scale_set.flexible:
        return {"id": resource_id}
    known = configuration.get("properties", {})
    properties = {"primary": known.get("primary", True), "deleteOption": known.get("deleteOption", "Delete")}
    return {"id": resource_id, "properties": properties}  # recorded of machines since 2024


def _os_profile(instance: Instance) -> Document:
    """What is on the OS disk, not what the model wants: this is where a reimage shows."""
    shown = {key: value for key, value in instance.os.content.os_profile.items() if key != "computerNamePrefix"}
    return {"computerName": instance.computer_name, **shown}
