"""Twins: a scale set as it is at a moment, in one JSON document, to be brought up in an emulator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import attrs

from vmss_sdk import models, wire
from vmss_sdk.errors import ClientUsageError, NotFoundError, ServiceError
from vmss_sdk.models.schema import Node, schema

if TYPE_CHECKING:
    import os

    from vmss_sdk._connection import Connection
    from vmss_sdk.handles._resource import Resource

__all__ = ["Twin"]

Document = dict[str, Any]

_VERSION = 1
_NETWORK_VERSION, _AUTOSCALE_VERSION = "2024-05-01", "2022-10-01"
_REDACTED = "(redacted)"
_FREE = ("settings", "tags")
"""Members in which anything may be: there the name of a member is all that tells a secret."""
_SECRET_MEMBERS = frozenset(
    ("adminpassword", "customdata", "userdata", "protectedsettings", "protectedsettingsfromkeyvault", "content")
)
_SECRET_NAME = re.compile(
    r"password|passwd|pwd|secret|token|key\d*$|credential|connectionstring|commandtoexecute|script$|sas$", re.IGNORECASE
)
_SECRET_TEXT = re.compile(
    r"([?&](?:sig|sv|se|code|key|token)=)[^&\s\"']+|((?:AccountKey|SharedAccessKey|Password|Pwd)=)[^;\s\"']+",
    re.IGNORECASE,
)


@attrs.frozen
class Twin:
    """A scale set with its instances, as they were at a moment. No secret is in it, whatever it was made of.

    Attributes:
        document: All of it, as it is in a file: ``twin`` (the version of the format, 1), ``capturedAt``, ``scaleSet``
            and ``instances`` as a GET shows them, ``rollingUpgrade`` (the latest one, or null), ``imageVersions``
            (by ``publisher:offer:sku``, the newest last), ``around`` (autoscale settings and the probe, by their
            resource ids) and ``notCaptured`` (what could not be read, in sentences).
    """

    document: Document = attrs.field(repr=False)

    @classmethod
    def capture(cls, scale_set: Resource) -> Self:
        """A twin of a scale set, by read-only calls: the role Reader is enough.

        What may not be read beside the scale set and its instances is left out, and said in ``notCaptured``.

        Args:
            scale_set: Its handle, from ``client.scale_set(group, name)``.

        Raises:
            NotFoundError: There is no such scale set.
            PermissionDeniedError: It may not be read.
            TransportError: No answer came.
        """
        capture = _Capture(scale_set._connection, scale_set.id)
        now = datetime.fromtimestamp(scale_set._connection.clock.now(), UTC)
        return cls(_without_secrets(capture.document(wire.format_time(now))))

    @classmethod
    def of(
        cls,
        scale_set: Mapping[str, Any],
        instances: Sequence[Mapping[str, Any]] = (),
        *,
        rolling_upgrade: Mapping[str, Any] | None = None,
    ) -> Self:
        """A twin of JSON that somebody has: as a GET shows it, or as ``az`` prints it.

        Args:
            scale_set: ``az vmss show``.
            instances: ``az vmss list-instances --expand instanceView``; without any the twin has as many as its
                capacity says, all at the newest model and healthy.
            rolling_upgrade: ``az vmss rolling-upgrade get-latest``.

        Raises:
            ClientUsageError: It is no scale set: there is no resource id, or no capacity to make instances by.
        """
        whole = _enveloped(schema(models.VirtualMachineScaleSet), dict(scale_set))
        if "/virtualmachinescalesets/" not in str(whole.get("id", "")).lower():
            raise ClientUsageError(
                "a twin needs the document of a scale set with its 'id', as 'az vmss show' prints it"
            )
        shown = [_enveloped(schema(models.VirtualMachineScaleSetVM), dict(one)) for one in instances]
        upgrade = None
        if rolling_upgrade is not None:
            upgrade = _enveloped(schema(models.RollingUpgradeStatusInfo), dict(rolling_upgrade))
        notes = [] if shown else ["The instances were not given: as many as the capacity are taken to be up to date."]
        return cls(_without_secrets(_twin(whole, shown or _made_up(whole), upgrade, notes)))

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Self:
        """A twin from its file.

        Raises:
            ClientUsageError: The file cannot be read, or is no twin that this version knows.
        """
        try:
            document = wire.decode(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            raise ClientUsageError(f"cannot read the twin '{path}': {error}") from None
        return cls.from_wire(document, f"'{path}'")

    @classmethod
    def from_wire(cls, document: Any, name: str = "the document") -> Self:
        """A twin from its JSON.

        Raises:
            ClientUsageError: It is no twin that this version knows.
        """
        if not isinstance(document, dict) or not isinstance(document.get("scaleSet"), dict):
            raise ClientUsageError(f"{name} is no twin: expected a JSON object with twin, scaleSet and instances")
        if document.get("twin") != _VERSION:
            raise ClientUsageError(f"{name} has version {document.get('twin')!r} of the format, known is {_VERSION}")
        return cls(_without_secrets(document))

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file.

        Raises:
            OSError: It cannot be written.
        """
        Path(path).write_text(self.text, encoding="utf-8")

    @property
    def text(self) -> str:
        """It as it is in a file."""
        import json

        return json.dumps(self.document, indent=2) + "\n"

    @property
    def id(self) -> str:
        """The resource id of the scale set."""
        return str(self.document["scaleSet"]["id"])

    @property
    def subscription_id(self) -> str:
        """The subscription of the scale set."""
        return self.id.split("/")[2]

    @property
    def resource_group(self) -> str:
        """The resource group of the scale set."""
        return self.id.split("/")[4]

    @property
    def name(self) -> str:
        """The name of the scale set."""
        return self.id.rpartition("/")[2]

    @property
    def captured_at(self) -> datetime:
        """When it was captured."""
        return wire.parse_time(str(self.document["capturedAt"]))


@attrs.frozen
class _Capture:
    """Reads all that a twin has, with GETs alone."""

    connection: Connection
    id: str
    missing: list[str] = attrs.field(factory=list)

    def document(self, now: str) -> Document:
        url = self.connection.url
        scale_set = self.connection.call("GET", url(self.id)).document
        listed = self.connection.pages(url(f"{self.id}/virtualMachines", {"$expand": "instanceView"}))
        instances = list(listed)
        if _is_flexible(scale_set):
            instances = [self._machine(one) for one in instances]
        upgrade = self._read(f"{self.id}/rollingUpgrades/latest", "the latest rolling upgrade")
        found = _twin(scale_set, instances, upgrade, self.missing, now)
        found["imageVersions"] = self._image_versions(scale_set)
        found["around"] = self._around(scale_set)
        return found

    def _machine(self, summary: Document) -> Document:
        """A Flexible scale set's list has little of its instances: each is a virtual machine of its own."""
        group = self.id.partition("/providers/")[0]
        path = f"{group}/providers/Microsoft.Compute/virtualMachines/{summary['name']}"
        whole = self._read(path, f"the virtual machine {summary['name']}", query={"$expand": "instanceView"})
        if whole is None:
            return summary
        properties = {**(summary.get("properties") or {}), **whole.get("properties", {})}
        return {**whole, "instanceId": summary.get("instanceId") or summary["name"], "properties": properties}

    def _image_versions(self, scale_set: Document) -> dict[str, list[str]]:
        image = _at(scale_set, "properties", "virtualMachineProfile", "storageProfile", "imageReference") or {}
        names = [image.get(part) for part in ("publisher", "offer", "sku")]
        if not all(names):
            return {}
        place = f"{self.id.partition('/resourceGroups/')[0]}/providers/Microsoft.Compute/locations"
        path = f"{place}/{scale_set['location']}/publishers/{names[0]}/artifacttypes/vmimage"
        path += f"/offers/{names[1]}/skus/{names[2]}/versions"
        try:
            listed = self.connection.call("GET", self.connection.url(path)).content
        except ServiceError as error:
            self.missing.append(f"The versions of the image: {error.status} {error.code}")
            return {}
        return {":".join(map(str, names)): [str(one["name"]) for one in listed]}

    def _around(self, scale_set: Document) -> Document:
        """What decides about instances beside the scale set: the probe of its load balancer, autoscale settings."""
        found: Document = {}
        probe = _at(scale_set, "properties", "virtualMachineProfile", "networkProfile", "healthProbe", "id")
        if probe and (balancer := self._read(str(probe).partition("/probes/")[0], "the probe", _NETWORK_VERSION)):
            found.update({str(one["id"]): one for one in _at(balancer, "properties", "probes") or []})
        group = self.id.partition("/providers/")[0]
        listed = self._read(
            f"{group}/providers/Microsoft.Insights/autoscaleSettings", "autoscale settings", _AUTOSCALE_VERSION
        )
        for one in (listed or {}).get("value", []):
            target = str(_at(one, "properties", "targetResourceUri") or "")
            if target.lower() == self.id.lower():
                found[str(one["id"])] = one
        return found

    def _read(
        self, path: str, what: str, version: str | None = None, query: Mapping[str, str] | None = None
    ) -> Document | None:
        """A document; None when there is none, or when it may not be read, which is noted."""
        try:
            return self.connection.call("GET", self.connection.url(path, query, version)).document
        except NotFoundError:
            return None
        except ServiceError as error:
            self.missing.append(f"{what[0].upper()}{what[1:]}: {error.status} {error.code}")
            return None


def _twin(
    scale_set: Document,
    instances: list[Document],
    upgrade: Document | None,
    missing: list[str],
    now: str | None = None,
) -> Document:
    return {
        "twin": _VERSION,
        "capturedAt": now or str(_at(scale_set, "properties", "timeCreated") or "2026-01-01T00:00:00+00:00"),
        "scaleSet": scale_set,
        "instances": instances,
        "rollingUpgrade": upgrade,
        "imageVersions": {},
        "around": {},
        "notCaptured": missing,
    }


def _is_flexible(scale_set: Document) -> bool:
    return str(_at(scale_set, "properties", "orchestrationMode")) == "Flexible"


def _at(document: Any, *path: str) -> Any:
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def _made_up(scale_set: Document) -> list[Document]:
    """As many instances as the capacity says, in its zones, all as the model wants them."""
    capacity = _at(scale_set, "sku", "capacity")
    if not isinstance(capacity, int):
        raise ClientUsageError("the scale set has no sku.capacity, and no instances were given: say which there are")
    zones = scale_set.get("zones") or [None]
    name = str(scale_set.get("name") or str(scale_set["id"]).rpartition("/")[2])
    return [
        {
            "name": f"{name}_{number}",
            "instanceId": f"{name}_{number}" if _is_flexible(scale_set) else str(number),
            "properties": {"latestModelApplied": True, "provisioningState": "Succeeded"},
            **({"zones": [zone]} if (zone := zones[number % len(zones)]) else {}),
        }
        for number in range(capacity)
    ]


def _enveloped(node: Node, value: Any) -> Any:
    """A document as ARM has it of one that az printed, where ``properties`` are beside the rest."""
    if node.kind == "array" and node.items is not None and isinstance(value, list):
        return [_enveloped(node.items, item) for item in value]
    if node.kind != "object" or not isinstance(value, dict):
        return value
    found = node.find("properties")
    inside = None if found is None or "properties" in value else found[1]
    shown: Document = {}
    for name, inner in value.items():
        # of an extension both the resource and its properties have a type, which az tells apart by this name
        known = "type" if name == "typePropertiesType" else name
        member, deeper = node.find(known), None if inside is None else inside.find(known)
        if deeper is not None and (known != name or (known == "type" and "/" not in str(inner))):
            member = None
        if member is not None:
            shown[member[0]] = _enveloped(member[1], inner)
        elif deeper is not None:
            if inner is not None:
                shown.setdefault("properties", {})[deeper[0]] = _enveloped(deeper[1], inner)
        elif name != "resourceGroup":
            shown[name] = inner
    return {name: inner for name, inner in shown.items() if inner is not None}


def _without_secrets(document: Document) -> Document:
    """A copy without what is secret: passwords, custom data, protected settings, and what looks like it elsewhere."""
    return {name: _redacted(value) for name, value in document.items()}


def _redacted(value: Any, *, free: bool = False) -> Any:
    if isinstance(value, dict):
        return dict(_redacted_members(value, free=free))
    if isinstance(value, list):
        return [_redacted(item, free=free) for item in value]
    if isinstance(value, str):
        return _SECRET_TEXT.sub(lambda found: f"{found[1] or found[2]}{_REDACTED}", value)
    return value


def _redacted_members(value: Document, *, free: bool) -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        if name.lower() in _SECRET_MEMBERS:
            continue
        hidden = free and _SECRET_NAME.search(name) is not None
        yield name, _REDACTED if hidden and inner is not None else _redacted(inner, free=free or name in _FREE)
