"""Records that an emulator tells beyond Azure: decision log, pending changes, clock, faults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from vmss_sdk import wire

__all__ = [
    "ClockReading",
    "Decision",
    "ExtensionRun",
    "Fault",
    "InstancePending",
    "InstanceState",
    "OsDisk",
    "PendingChange",
    "PendingChanges",
]

Document = Mapping[str, Any]


@attrs.frozen(hash=False)
class Decision:
    """One entry of the decision log: what the upgrade machinery did, and why.

    Attributes:
        seq: Its number, from 1.
        time: When.
        kind: A stable code, for example ``BatchStarted``.
        instance_ids: The instances that it is about.
        upgrade: Which rolling upgrade it belongs to, from 1; None outside of one.
        batch: Which batch of it, from 1.
        figures: What it rests on.
        text: The same as one English sentence, with the figures and the rule.
    """

    seq: int
    time: datetime
    kind: str
    instance_ids: tuple[str, ...]
    upgrade: int | None
    batch: int | None
    figures: Mapping[str, str | int | float | bool]
    text: str

    @classmethod
    def of(cls, document: Document) -> Decision:
        """From the emulator's JSON."""
        return cls(
            document["seq"],
            wire.parse_time(document["time"]),
            document["kind"],
            tuple(document["instanceIds"]),
            document["upgrade"],
            document["batch"],
            document["figures"],
            document["text"],
        )

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class PendingChange:
    """One thing that an instance lacks to be as the model wants it.

    Attributes:
        path: Where it is in the model.
        effect: What bringing it does to the instance: ``hot``, ``restart``, ``swap``, ``reimage`` or ``new_only``.
        remedy: Which action brings it: ``upgrade``, ``reimage``, ``upgrade, then reimage``, or
            ``only new instances have it``.
        since_model: The version of the model that the instance is at.
        loses: What is lost by that, for example ``the OS disk and what is on it``; empty: nothing.
    """

    path: str
    effect: str
    remedy: str
    since_model: int
    loses: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Document) -> PendingChange:
        """From the emulator's JSON."""
        loses = tuple(document.get("loses", ()))
        return cls(document["path"], document["effect"], document["remedy"], document["sinceModel"], loses)


@attrs.frozen
class InstancePending:
    """What one instance lacks.

    Attributes:
        instance_id: The instance.
        changes: In the order of their paths; empty when it lacks nothing.
    """

    instance_id: str
    changes: tuple[PendingChange, ...]

    @classmethod
    def of(cls, document: Document) -> InstancePending:
        """From the emulator's JSON."""
        return cls(document["instanceId"], tuple(map(PendingChange.of, document["pending"])))

    @property
    def remedies(self) -> tuple[str, ...]:
        """The actions that it needs."""
        return tuple(dict.fromkeys(change.remedy for change in self.changes))

    @property
    def loses(self) -> tuple[str, ...]:
        """What is lost when all of it is brought."""
        return tuple(dict.fromkeys(lost for change in self.changes for lost in change.loses))


@attrs.frozen
class PendingChanges:
    """What the instances of a scale set lack.

    Attributes:
        summary: For example ``3 instances: upgrade; 2 instances: reimage``.
        latest_model: The number of the newest version of the model.
        instances: All instances, also those that lack nothing.
        models_in_use: How many versions of the model instances refer to, the newest included.
        model_limit: How many that may be.
    """

    summary: str
    latest_model: int
    instances: tuple[InstancePending, ...]
    models_in_use: int
    model_limit: int

    @classmethod
    def of(cls, document: Document) -> PendingChanges:
        """From the emulator's JSON."""
        instances = tuple(map(InstancePending.of, document["value"]))
        models = document["modelsInUse"], document["modelLimit"]
        return cls(document["summary"], document["latestModel"], instances, *models)

    @property
    def losses(self) -> Mapping[str, tuple[str, ...]]:
        """What each action that is due loses, by the action; those that lose nothing are not among them."""
        found: dict[str, dict[str, None]] = {}
        for instance in self.instances:
            for change in instance.changes:
                if change.loses:
                    found.setdefault(change.remedy, {}).update(dict.fromkeys(change.loses))
        return {remedy: tuple(lost) for remedy, lost in found.items()}

    def __str__(self) -> str:
        return self.summary


@attrs.frozen
class OsDisk:
    """What is on the OS disk of an instance, which ARM does not tell.

    Attributes:
        number: 1 for the first disk, one more for each that replaced it.
        model: The version of the model that it was made from.
        image_version: The exact version of the image.
        written_at: When it was made.
        custom_data_fingerprint: The first 12 digits of the SHA-256 of the custom data on it, as ``sha256sum`` of
            the file shows them; None without custom data.
    """

    number: int
    model: int
    image_version: str
    written_at: datetime
    custom_data_fingerprint: str | None

    @classmethod
    def of(cls, document: Document) -> OsDisk:
        """From the emulator's JSON."""
        written = wire.parse_time(document["writtenAt"])
        fingerprint = document["customDataFingerprint"]
        return cls(document["number"], document["model"], document["imageVersion"], written, fingerprint)


@attrs.frozen
class ExtensionRun:
    """One run of one extension on one instance.

    Attributes:
        name: The extension.
        reason: Why it ran: ``Created``, ``OsDiskReplaced``, ``Changed``, ``ForceUpdateTag``, ``NewVersion`` or
            ``RolledBack``.
        time: When it ended.
        succeeded: Whether it did what it was for.
    """

    name: str
    reason: str
    time: datetime
    succeeded: bool

    @classmethod
    def of(cls, document: Document) -> ExtensionRun:
        """From the emulator's JSON."""
        return cls(document["name"], document["reason"], wire.parse_time(document["time"]), document["succeeded"])


@attrs.frozen(hash=False)
class InstanceState:
    """One instance with what ARM does not tell.

    Attributes:
        instance_id: Its id.
        name: Its resource name.
        applied_model: The version of the model that was last applied to it.
        latest_model: The newest version of the model.
        latest_model_applied: As ARM says it: nothing about what is on the OS disk.
        os_disk: What is on the OS disk.
        extension_runs: Every run of an extension, the oldest first.
        data: The markers on its disks by place: ``os``, ``temp``, ``lun 0`` …
        custom_metrics: What its application reports beside its health.
        pending: What it lacks.
    """

    instance_id: str
    name: str
    applied_model: int
    latest_model: int
    latest_model_applied: bool
    os_disk: OsDisk
    extension_runs: tuple[ExtensionRun, ...]
    data: Mapping[str, str]
    custom_metrics: Mapping[str, Any]
    pending: tuple[PendingChange, ...]

    @classmethod
    def of(cls, document: Document) -> InstanceState:
        """From the emulator's JSON."""
        return cls(
            instance_id=document["instanceId"],
            name=document["name"],
            applied_model=document["appliedModel"],
            latest_model=document["latestModel"],
            latest_model_applied=document["latestModelApplied"],
            os_disk=OsDisk.of(document["osDisk"]),
            extension_runs=tuple(map(ExtensionRun.of, document["extensionRuns"])),
            data=document["data"],
            custom_metrics=document["customMetrics"],
            pending=tuple(map(PendingChange.of, document["pending"])),
        )


@attrs.frozen
class ClockReading:
    """An emulator's time.

    Attributes:
        kind: ``virtual``, ``scaled`` or ``system``.
        now: The emulated time.
        seconds: The same in seconds since 1970-01-01 UTC.
        speed: How many times faster than real time it goes; None on a virtual clock, which stands still.
        next_event: When the next thing happens; None when nothing goes on.
        seconds_to_next_event: The time until then.
    """

    kind: str
    now: datetime
    seconds: float
    speed: float | None
    next_event: datetime | None
    seconds_to_next_event: float | None

    @classmethod
    def of(cls, document: Document) -> ClockReading:
        """From the emulator's JSON."""
        following = document["nextEvent"]
        return cls(
            document["kind"],
            wire.parse_time(document["now"]),
            document["seconds"],
            document.get("speed"),
            None if following is None else wire.parse_time(following),
            document["secondsToNextEvent"],
        )


@attrs.frozen(hash=False)
class Fault:
    """Something that goes wrong in a rehearsal.

    Attributes:
        kind: For example ``unhealthyAfterUpgrade``.
        members: The rest, by its names on the wire.
    """

    kind: str
    members: Mapping[str, Any]

    @classmethod
    def of(cls, document: Document) -> Fault:
        """From the emulator's JSON."""
        return cls(document["kind"], {name: value for name, value in document.items() if name != "kind"})
