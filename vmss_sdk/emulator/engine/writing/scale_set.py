"""A scale set as requests create, change and delete it: validate, then commit, then act."""

from __future__ import annotations

from typing import NotRequired, Self, TypedDict, Unpack

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.fleet import scaling
from vmss_sdk.emulator.engine.model.defaults import fill_defaults
from vmss_sdk.emulator.engine.model.effects import strongest
from vmss_sdk.emulator.engine.model.version import ModelVersion
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.platform.catalogue import Catalogue
from vmss_sdk.emulator.engine.platform.handlers import HandlerCatalog
from vmss_sdk.emulator.engine.platform.images import ImageCatalog
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.record import retention
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.upgrades import os_image
from vmss_sdk.emulator.engine.upgrades.automatic import upgrade_all
from vmss_sdk.emulator.engine.upgrades.start import model_upgrade
from vmss_sdk.emulator.engine.work import repairs
from vmss_sdk.emulator.engine.work.lifecycle import Delete
from vmss_sdk.emulator.engine.writing.write_validation import validated_merge

__all__ = ["Creation", "ScaleSet"]


class Creation(TypedDict):
    """The address of a new resource, and the platform around it.

    Attributes:
        subscription_id: Where it lives.
        resource_group: Where it lives.
        name: Its name.
        now: The present moment, seconds since 1970-01-01 UTC.
        settings: The switches of the emulator; default: all as documented.
        images: The image catalogue; default: an empty one.
        handlers: The catalogue of extension handlers; default: an empty one.
        catalogue: The regions and sizes by which the model is judged; default: an empty one, which judges none.
        serial: Tells resources of one name apart that were created at the same moment; default: 0.
    """

    subscription_id: str
    resource_group: str
    name: str
    now: float
    settings: NotRequired[Settings | None]
    images: NotRequired[ImageCatalog | None]
    handlers: NotRequired[HandlerCatalog | None]
    catalogue: NotRequired[Catalogue | None]
    serial: NotRequired[int]


@attrs.define(eq=False, kw_only=True)
class ScaleSet(Aggregate):
    """One scale set, with the rules of writing to it.

    Call `advance` before reading or changing anything: the state at a moment is a function of the last state and
    that moment.
    """

    @classmethod
    def create(cls, document: Document, **creation: Unpack[Creation]) -> tuple[Self, Operation]:
        """A new scale set, and the operation that ends when its instances are up.

        Args:
            document: The body of the PUT, without read-only members, enums in Azure's spelling.
            creation: Its address, the present moment, and the platform around it.

        Raises:
            Refused: The model breaks rules; all of them are named.
        """
        scale_set = cls._new(creation)
        return scale_set, scale_set._write(document, "create")

    @classmethod
    def existing(cls, document: Document, image_version: str, **creation: Unpack[Creation]) -> Self:
        """One that is there already, such as one that was captured: its model is taken as it is, and not judged.

        It has no instances yet, and nothing goes on.

        Args:
            document: Its model, without read-only members and secrets.
            image_version: The exact version that its image reference means to it.
            creation: Its address, the present moment, and the platform around it.
        """
        scale_set = cls._new(creation)
        scale_set.document = document
        part = documents.instance_part(fill_defaults(document))
        scale_set.versions.append(ModelVersion(1, part, image_version))
        return scale_set

    def add_older_version(self, part: Document, image_version: str) -> ModelVersion:
        """A version that instances have, and that is older than the newest one, which gets the next number."""
        newest = self.latest
        older = ModelVersion(newest.number, part, image_version)
        self.versions[-1:] = [older, ModelVersion(newest.number + 1, newest.part, newest.image_version)]
        return older

    @classmethod
    def _new(cls, creation: Creation, *unique: str) -> Self:
        """An empty one; `unique` tells kinds of resources apart that may have one name."""
        address = creation["subscription_id"], creation["resource_group"], creation["name"]
        now = creation["now"]
        made = cls(
            subscription_id=address[0],
            resource_group=address[1],
            name=address[2],
            now=now,
            created_at=now,
            settings=creation.get("settings") or Settings(),
            images=creation.get("images") or ImageCatalog(),
            handlers=creation.get("handlers") or HandlerCatalog(),
            catalogue=creation.get("catalogue") or Catalogue(),
        )
        serial = creation.get("serial", 0)
        made.unique_id = seeded_random.guid(made.settings.seed, *address, *unique, now, serial)
        return made

    def put(self, document: Document) -> Operation:
        """Merge a document into the model and act on it as the upgrade policy says (semantics 2.0.3).

        A PATCH does the same with fewer members. An empty document changes nothing, and still lets the platform
        look for outdated instances: so a rolling upgrade is started again.

        Raises:
            Refused: The result breaks rules, a create-only property was changed, a rolling upgrade is running, or
                the scale set is being deleted; nothing has changed.
        """
        self.refuse_if_deleting("Update Virtual Machine Scale Set")
        return self._write(document, "update")

    def delete(self, *, force: bool = False) -> Operation:
        """Delete the scale set with its instances.

        Args:
            force: Also delete the instances of a Flexible scale set (CHOICE).

        Raises:
            Refused: A rolling upgrade is running, or it is a Flexible scale set with instances.
        """
        self.refuse_if_deleting("Delete Virtual Machine Scale Set")
        self.refuse_if_rolling("Delete Virtual Machine Scale Set")
        if self.flexible and self.instances and not force:
            raise Refused.because(Reason.FLEXIBLE_HAS_INSTANCES, scale_set=self.name)
        for instance in self.instances.values():
            instance.jobs.clear()
        self.preempt_operations()
        seconds = 0.0 if self.instances else self.settings.timings.write
        operation = self.run("delete", [Delete(instance_id=i) for i in self.instances], seconds=seconds)
        self.deletion = operation.id
        return operation

    def health_changed(self, instance: Instance) -> None:
        """An instance's health turned to another state: repairs go by that."""
        repairs.health_changed(self, instance)

    def _write(self, incoming: Document, name: str) -> Operation:
        """Validate, then commit, then act: nothing changes unless everything is allowed."""
        return self.act(name, self.commit(incoming))

    def commit(self, incoming: Document) -> int:
        """The first half of a write: judge a document and take it into the model; `act` is the second.

        Returns:
            The capacity that is wanted.

        Raises:
            Refused: As `put`; nothing has changed.
        """
        merged = validated_merge(self, incoming)
        changed, repaired = merged != self.document, _repairs_enabled(self.document)
        part, image_version = documents.instance_part(merged), self._image_version(merged, incoming)
        outdates = not self.versions or part != self.latest.part or image_version != self.latest.image_version
        self.refuse_if_rolling("Update Virtual Machine Scale Set", while_only_cancelled=not outdates)
        capacity = get_path(merged, "sku.capacity", 0)
        scaling.check_capacity(self, capacity)
        if outdates or capacity > len(self.present):
            scaling.check_models(self, len(self.versions) + outdates)
        self.check_concurrency(self.instances.values())
        self.etag += 1 if changed and self.document else 0
        self.document = merged
        if outdates:
            self._new_version(part, image_version)
        if _repairs_enabled(merged) and not repaired:
            repairs.check_unhealthy_instances(self)
        return int(capacity)

    def _image_version(self, merged: Document, incoming: Document) -> str:
        """``latest`` is resolved when the reference is written, not when an image is published (rule 1.3.10)."""
        path = "properties.virtualMachineProfile.storageProfile.imageReference"
        if self.versions and get_path(incoming, path) is None:
            return self.latest.image_version
        return self.images.resolve(get_path(merged, path, {}))

    def _new_version(self, part: Document, image_version: str) -> None:
        first = not self.versions
        self._missing_changes.clear()
        self.versions.append(ModelVersion(len(self.versions) + 1, part, image_version))
        if not first:
            effect = strongest(self.version(self.latest.number - 1).changes_to(self.latest))
            self.log(DecisionKind.MODEL_CHANGED, (), {"version": self.latest.number, "effect": effect.name.lower()})
        retention.drop_models(self)

    def act(self, name: str, capacity: int) -> Operation:
        """The second half of a write: scale to a capacity, and bring the newest model as the upgrade policy says.

        Args:
            name: Of the operation.
            capacity: What `commit` returned.
        """
        operation = self.open_operation(name, writes=True)
        operation.outstanding += 1  # it does not end before all of its work is submitted
        scaling.scale(self, capacity, operation)
        upgrade = self.rolling_upgrade
        if upgrade is not None and upgrade.active:
            pass  # CHOICE S2: what runs goes on as it began; another mode counts from the next write on
        elif self.mode == "Automatic":
            upgrade_all(self, operation)
        elif self.mode == "Rolling":
            model_upgrade(self, operation)
        os_image.check_for_new_image(self)
        if operation.outstanding == 1:
            self.end_after(operation, self.settings.timings.write)
        self.settle(operation.id)
        return operation


def _repairs_enabled(document: Document) -> bool:
    return get_path(document, "properties.automaticRepairsPolicy.enabled") is True
