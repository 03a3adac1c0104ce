"""Virtual machines that belong to no scale set: created and changed by themselves.

Each is an aggregate of its own, with one instance: so work, time, faults and decisions are those of every instance. Its
document is the virtual machine's, and each version of its model is what that says in the terms of a profile.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Self, Unpack

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.model import machine_rules
from vmss_sdk.emulator.engine.model.machine_defaults import fill_standalone
from vmss_sdk.emulator.engine.model.version import ModelVersion
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work.creation import new_instance
from vmss_sdk.emulator.engine.work.data_disks import apply_data_disks
from vmss_sdk.emulator.engine.work.instance_model import Update, instance_document
from vmss_sdk.emulator.engine.work.lifecycle import Create, restart_job
from vmss_sdk.emulator.engine.writing.scale_set import Creation, ScaleSet

__all__ = ["StandaloneVirtualMachine"]

_WRITE = "virtualMachines.PUT"
_SIZE = "properties.hardwareProfile.vmSize"


@attrs.define(eq=False, kw_only=True)
class StandaloneVirtualMachine(ScaleSet):
    """One virtual machine that belongs to no scale set, with the rules of writing to it.

    Attributes:
        removed: The machine itself once it is gone.
    """

    removed: Instance | None = None

    @classmethod
    def make(cls, document: Document, **creation: Unpack[Creation]) -> tuple[Self, Operation]:
        """A new virtual machine, and the operation that ends when it is up.

        Args:
            document: The body of the PUT, without read-only members, enums in Azure's spelling.
            creation: Its address, the present moment, and the platform around it.

        Raises:
            Refused: The model breaks rules; all of them are named.
        """
        machine = cls._new(creation, "virtual machine")
        return machine, machine._create(document)

    @property
    def id(self) -> str:
        """The ARM resource id."""
        return f"{self.provider_id}/virtualMachines/{self.name}"

    @property
    def standalone(self) -> bool:
        """It is."""
        return True

    @property
    def flexible(self) -> bool:
        """It is known by its name, as the virtual machines of Flexible scale sets are."""
        return True

    @property
    def deleted(self) -> bool:
        """Whether it is gone."""
        return not self.instances

    @property
    def instance(self) -> Instance:
        """The machine itself; not to be asked for when it is gone."""
        return next(iter(self.instances.values()))

    def remove(self, instance: Instance) -> None:
        """It is gone; what it leaves behind can still be told."""
        super().remove(instance)
        self.removed = instance

    def change(self, incoming: Document, taken: Mapping[str, str], limit: int) -> Operation:
        """Merge a document into the model (PUT or PATCH); what is not sent stays.

        A running machine that gets another size is restarted.

        Args:
            incoming: The body.
            taken: The managed disks in use anywhere, see `data_disks.owners`.
            limit: How many data disks its size takes.

        Raises:
            Refused: The result breaks rules, or changes what cannot be changed; nothing has changed.
        """
        self.refuse_while_deleting()
        instance, before = self.instance, self._written_view()
        disks = get_path(incoming, "properties.storageProfile.dataDisks")
        merged = self._validated(_without_data_disks(incoming))
        moves = None if disks is None else apply_data_disks(self, instance, disks, taken, limit)
        resized = get_path(merged, _SIZE) != get_path(self.document, _SIZE)
        if merged != self.document:
            self.document = merged
            self._take_model()
        if self._written_view() != before:
            instance.etag += 1
        work = moves or Update(instance_id=instance.id)
        return self.run("update", [work, *([restart_job(self, instance.id)] if resized and instance.running else [])])

    def _written_view(self) -> Document:
        """What of it can be written: a PUT of what a GET shows changes nothing, though it says more than was said."""
        return {**self.document, **instance_document(self, self.instance)}

    def refuse_while_deleting(self) -> None:
        """See whether something may still begin.

        Raises:
            Refused: It is being deleted.
        """
        if self.instance.deleting:
            raise Refused.because(Reason.MARKED_FOR_DELETION, scale_set=self.name, operation=_WRITE)

    def _create(self, incoming: Document) -> Operation:
        self.document = self._validated(incoming)
        image = self.images.resolve(get_path(self.document, "properties.storageProfile.imageReference", {}))
        self.versions.append(ModelVersion(1, machine_rules.model_part(self.document), image))
        zones = self.document.get("zones") or [None]
        instance = new_instance(self, zone=zones[0], name=self.name)
        instance.computer_name = get_path(self.document, "properties.osProfile.computerName", self.name)
        return self.run("create", [Create(instance_id=instance.id)])

    def _take_model(self) -> None:
        """The machine has what was written at once; its image stays what it was made from."""
        number, image = len(self.versions) + 1, self.latest.image_version
        self.versions = [*[None] * (number - 1), ModelVersion(number, machine_rules.model_part(self.document), image)]
        self.instance.applied = number

    def _validated(self, incoming: Document) -> Document:
        before = self.document
        sealed = documents.seal_secrets(copy.deepcopy(incoming), self.seal)
        merged = fill_standalone(documents.merge(before, sealed))
        problems = machine_rules.change_problems(before, merged) if before else []
        problems = problems or machine_rules.problems(incoming, merged, self.catalogue)
        if problems:
            raise Refused(problems)
        return merged


def _without_data_disks(incoming: Document) -> Document:
    """They are told apart one by one."""
    properties = incoming.get("properties", {})
    if "dataDisks" not in properties.get("storageProfile", {}):
        return incoming
    storage = {name: value for name, value in properties["storageProfile"].items() if name != "dataDisks"}
    return {**incoming, "properties": {**properties, "storageProfile": storage}}
