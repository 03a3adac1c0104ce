"""An instance as Azure shows it: as a member of its scale set, or as a virtual machine of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.arm.replies import etag
from vmss_sdk.emulator.arm.views.address import machine_address, member_address
from vmss_sdk.emulator.arm.views.common import arrange, moment_of, time_text
from vmss_sdk.emulator.arm.views.extension import instance_resources
from vmss_sdk.emulator.arm.views.instance_view import instance_view
from vmss_sdk.emulator.arm.views.order import INSTANCE_PROPERTIES, MACHINE_PROPERTIES, NETWORK
from vmss_sdk.emulator.arm.views.scale_set import identity_document
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.work.instance_model import instance_document

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.record.instance import Instance
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = [
    "MemberViews",
    "machine_document",
    "member_summary",
    "runtime_only",
]

Document = dict[str, Any]

_BESIDE_PROPERTIES = ("tags", "identity", "plan", "extendedLocation", "placement")
# of a machine of its own, these are not told
_SET_ONLY = (
    "latestModelApplied",
    "modelDefinitionApplied",
    "networkProfileConfiguration",
    "resilientVMDeletionStatus",
)


@attrs.define
class MemberViews:
    """Instances as resources inside their scale set. One object shows many: what they share is arranged once.

    Attributes:
        scale_set: Their scale set; it must not change meanwhile.
        runtime: Whether to show their instance views as well.
        user_data: Whether to show their user data.
    """

    scale_set: ScaleSet
    runtime: bool = False
    user_data: bool = False
    # by identity, with the original, so that it stays alive and its identity its own
    _networks: dict[int, tuple[Document, Document]] = attrs.field(factory=dict)

    def document(self, instance: Instance) -> Document:
        """The whole instance."""
        model = instance_document(self.scale_set, instance)
        document = {**_identity(self.scale_set, instance), "location": model["location"]}
        if "tags" in model:
            document["tags"] = model["tags"]
        document["instanceId"] = instance.id
        document["sku"] = self.sku(instance)
        document["properties"] = self._properties(instance, model["properties"])
        document["etag"] = etag(instance.etag)
        resources = instance_resources(self.scale_set, instance, machine_address(self.scale_set, instance))
        if resources:
            document["resources"] = resources
        if instance.zone is not None:
            document["zones"] = [instance.zone]
        return document

    def _properties(self, instance: Instance, model: Document) -> Document:
        own = self._read_only(instance)
        network = model.get("networkProfileConfiguration")
        if network is not None:
            own["networkProfileConfiguration"] = self._network(network)
        own["timeCreated"] = time_text(instance.created_at)
        shown = {**model, **own}
        value = shown.pop("userData", None) or get_path(self.scale_set.version(instance.applied).profile, "userData")
        if self.user_data and value is not None:
            shown["userData"] = value
        return arrange(shown, INSTANCE_PROPERTIES)

    def _read_only(self, instance: Instance) -> Document:
        own: Document = {
            "latestModelApplied": not self.scale_set.outdated(instance),
            "modelDefinitionApplied": "VirtualMachine" if instance.customised else "VirtualMachineScaleSet",
            "provisioningState": instance.provisioning.value,
            "resilientVMDeletionStatus": "Disabled",
            "vmId": instance.vm_id,
        }
        if instance.protection.set:
            own["protectionPolicy"] = _protection(instance)
        if self.runtime:
            own["instanceView"] = instance_view(self.scale_set, instance)
        return own

    def _network(self, network: Document) -> Document:
        """The outer document is the instance's own, the list inside is its model's."""
        shared = network.get("networkInterfaceConfigurations")
        known = self._networks.get(id(shared))
        if known is None:
            known = self._networks[id(shared)] = network, arrange(network, NETWORK)
        return known[1]

    def sku(self, instance: Instance) -> Document:
        """Its size, its own or that of its model."""
        sku = self.scale_set.version(instance.applied).part.get("sku", {})
        if size := get_path(instance.overrides, "properties.hardwareProfile.vmSize"):
            sku = {**sku, "name": size}
        return {key: sku[key] for key in ("name", "tier") if key in sku}


def member_summary(scale_set: ScaleSet, instance: Instance) -> Document:
    """What a Flexible scale set's list says of an instance (wire.md 3.10)."""
    document = {**_identity(scale_set, instance), "location": scale_set.document["location"]}
    return {**document, "instanceId": instance.id, "zones": [instance.zone]}


def runtime_only(scale_set: ScaleSet, instance: Instance) -> Document:
    """What a list with ``$select=instanceView`` says of an instance (wire.md 3.10)."""
    properties = {
        "latestModelApplied": not scale_set.outdated(instance),
        "instanceView": instance_view(scale_set, instance),
        "provisioningState": instance.provisioning.value,
        "hardwareProfile": {},
    }
    identity = _identity(scale_set, instance)
    return {"id": identity["id"], "instanceId": instance.id, "properties": properties}


def machine_document(
    scale_set: ScaleSet, instance: Instance, *, runtime: bool = False, user_data: bool = False
) -> Document:
    """A virtual machine of its own: an instance of a Flexible scale set, or one that belongs to none.

    Args:
        scale_set: Its scale set, or the machine that belongs to none.
        instance: Which.
        runtime: Whether to show its instance view as well.
        user_data: Whether to show its user data.
    """
    member = MemberViews(scale_set, runtime, user_data).document(instance)
    properties = {key: value for key, value in member["properties"].items() if key not in _SET_ONLY}
    address = machine_address(scale_set, instance)
    document: Document = {"name": instance.name, "id": address.id, "type": address.type}
    document["location"] = member["location"]
    if scale_set.standalone:
        document |= _own_members(scale_set)
    else:
        properties["virtualMachineScaleSet"] = {"id": scale_set.id}
        # recorded of every machine that a Flexible scale set made
        made = {} if instance.attached else {"VirtualMachineProfileTimeCreated": _us_time(scale_set.created_at)}
        document["tags"] = {**member.get("tags", {}), **made}
    document |= {"properties": arrange(properties, MACHINE_PROPERTIES), "etag": member["etag"]}
    return {**document, **{key: member[key] for key in ("resources", "zones") if key in member}}


def _own_members(machine: ScaleSet) -> Document:
    """What a machine that belongs to no scale set has beside its properties."""
    own = {name: machine.document[name] for name in _BESIDE_PROPERTIES if name in machine.document}
    return {**own, "identity": identity_document(machine)} if "identity" in own else own


def _us_time(seconds: float) -> str:
    """As in ``8/26/2024 9:42:41 AM +00:00``."""
    moment = moment_of(seconds)
    day = f"{moment.month}/{moment.day}/{moment.year}"
    return f"{day} {moment.hour % 12 or 12}:{moment:%M:%S} {'PM' if moment.hour >= 12 else 'AM'} +00:00"  # noqa: PLR2004


def _identity(scale_set: ScaleSet, instance: Instance) -> Document:
    address = member_address(scale_set, instance)
    return {"name": instance.name, "id": address.id, "type": address.type}


def _protection(instance: Instance) -> Document:
    flags = {
        "protectFromScaleIn": instance.protection.from_scale_in,
        "protectFromScaleSetActions": instance.protection.from_scale_set_actions,
    }
    return {name: flag for name, flag in flags.items() if flag is not None}
