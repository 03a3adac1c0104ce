"""One version of a scale set's model, with the facts that the engine reads from it."""

from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.model import defaults, effects
from vmss_sdk.emulator.engine.model.extensions import name_of
from vmss_sdk.emulator.engine.model.health_source import HealthSource, health_source

__all__ = ["MOST_MODELS", "ModelVersion", "OsContent"]

MOST_MODELS = 10
"""How many models the instances of one scale set may refer to (reported: "has reached its limit of 10 models")."""


@attrs.frozen(hash=False)
class OsContent:
    """What is put on an OS disk when an instance is provisioned or reimaged.

    Attributes:
        model: The number of the model version it was made from.
        image: The image reference.
        image_version: The exact version of that image.
        os_profile: The OS profile: admin name, sealed password, keys, custom data.
        data_disks: The data-disk profile.
    """

    model: int
    image: dict[str, Any]
    image_version: str
    os_profile: dict[str, Any] = attrs.field(repr=False)
    data_disks: tuple[dict[str, Any], ...] = ()

    @property
    def custom_data(self) -> str | None:
        """The custom data, base64, or None."""
        return self.os_profile.get("customData")

    def same_as(self, other: "OsContent") -> bool:
        """Whether the two would put the same on a disk."""
        return self._content() == other._content()

    def _content(self) -> tuple[object, ...]:
        return self.image, self.image_version, self.os_profile, self.data_disks


@attrs.frozen(hash=False)
class ModelVersion:
    """The part of a scale set's document that instances are built from, at one moment.

    Attributes:
        number: 1 for the first; an instance is at the latest model when it has the scale set's newest.
        part: The instance part of the document, see `documents.instance_part`.
        extension_names: The names of its extensions.
        image_version: The exact image version that the reference meant when this version was made.
        health_source: The one source that health is read from, or None.
    """

    number: int
    part: dict[str, Any] = attrs.field(repr=False)
    image_version: str
    os_type: str = attrs.field(init=False)
    extensions: tuple[dict[str, Any], ...] = attrs.field(init=False, repr=False)
    extension_names: frozenset[str] = attrs.field(init=False, repr=False, metadata={"cache": True})
    content: OsContent = attrs.field(init=False, repr=False)
    ephemeral: bool = attrs.field(init=False)
    health_source: HealthSource | None = attrs.field(init=False)

    @os_type.default
    def _os_type(self) -> str:
        return defaults.os_type(self.profile)

    @extensions.default
    def _extensions(self) -> tuple[dict[str, Any], ...]:
        return tuple(get_path(self.part, "virtualMachineProfile.extensionProfile.extensions", []))

    @extension_names.default
    def _extension_names(self) -> frozenset[str]:
        return frozenset(map(name_of, self.extensions))

    @content.default
    def _content(self) -> OsContent:
        storage = self.profile.get("storageProfile", {})
        image = storage.get("imageReference", {})
        disks = tuple(storage.get("dataDisks", []))
        return OsContent(self.number, image, self.image_version, self.profile.get("osProfile", {}), disks)

    @ephemeral.default
    def _ephemeral(self) -> bool:
        return bool(get_path(self.profile, "storageProfile.osDisk.diffDiskSettings.option") == "Local")

    @health_source.default
    def _health_source(self) -> HealthSource | None:
        return health_source(self.profile, self.extensions)

    @property
    def profile(self) -> dict[str, Any]:
        """The ``virtualMachineProfile``; empty for a Flexible scale set without one."""
        found: dict[str, Any] = self.part.get("virtualMachineProfile", {})
        return found

    def changes_to(self, later: "ModelVersion") -> tuple[effects.Change, ...]:
        """What an instance of this version lacks to be one of a later version."""
        found = effects.changes(self.part, later.part)
        moved = self.image_version != later.image_version
        # rule 1.3.10: asserting "latest" again means a new image once a newer version was published
        if moved and not any(change.effect is effects.Effect.SWAP for change in found):
            found += (effects.Change("virtualMachineProfile.storageProfile.imageReference", effects.Effect.SWAP),)
        return found

    @property
    def terminate_notice(self) -> float:
        """Seconds for which a deletion is announced to the guest; 0 without the notification (semantics 7.11)."""
        profile = get_path(self.profile, "scheduledEventsProfile.terminateNotificationProfile", {})
        if not profile.get("enable") or self.profile.get("priority") == "Spot":
            return 0.0
        return wire.parse_duration(profile.get("notBeforeTimeout", "PT5M")).total_seconds()
