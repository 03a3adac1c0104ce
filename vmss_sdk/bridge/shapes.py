"""ARM's documents as the objects that Az.Compute shows, and back again.

Az.Compute names members in PascalCase and has the members of ``properties`` beside the others. All members that this
SDK knows are there, without a value as null, so that a script can assign them; what it does not know is kept. In JSON
a value that is more than JSON is tagged: ``{"$time": "2026-01-01T00:00:00Z"}``, and ``{"$map": {...}}`` where the names
are data and not members (tags, extension settings).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

import attrs

from vmss_sdk import models, wire
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.models import Model
from vmss_sdk.models._base import Member

__all__ = ["MODELS", "Shape", "member_names", "plain", "record", "shape", "tagged"]

_AUTOMATION = "Microsoft.Azure.Commands.Compute.Automation.Models"
_SDK = "Microsoft.Azure.Management.Compute.Models"
_PROPERTIES = "properties"
_TIME, _MAP = "$time", "$map"

# Az.Compute's own classes; the others bear the names of its SDK.
_AUTOMATION_NAMES = {
    "RecoveryWalkResponse": "PSRecoveryWalkResponse",
    "RollingUpgradeStatusInfo": "PSRollingUpgradeStatusInfo",
    "UpgradeOperationHistoricalStatusInfo": "PSUpgradeOperationHistoricalStatusInfo",
    "VirtualMachineScaleSet": "PSVirtualMachineScaleSet",
    "VirtualMachineScaleSetInstanceView": "PSVirtualMachineScaleSetInstanceView",
    "VirtualMachineScaleSetSku": "PSVirtualMachineScaleSetSku",
    "VirtualMachineScaleSetVM": "PSVirtualMachineScaleSetVM",
    "VirtualMachineScaleSetVMInstanceView": "PSVirtualMachineScaleSetVMInstanceView",
    "VirtualMachineScaleSetVMProfile": "PSVirtualMachineScaleSetVMProfile",
}
# Az.Compute shows these with a member Properties, as they come.
_NOT_FLATTENED = {"UpgradeOperationHistoricalStatusInfo", "VMScaleSetLifecycleHookEvent"}
_WITH_GROUP = {"VirtualMachineScaleSet", "VirtualMachineScaleSetVM"}
_GROUP = "ResourceGroupName"
# What Az.Compute shows first, in its order; the rest follows in the order of the model.
_FIRST = {
    "VirtualMachineScaleSet": (
        "Sku Plan UpgradePolicy AutomaticRepairsPolicy ProvisioningState Overprovision"
        " DoNotRunExtensionsOnOverprovisionedVMs UniqueId SinglePlacementGroup ZoneBalance PlatformFaultDomainCount"
        " SpotRestorePolicy ProximityPlacementGroup HostGroup AdditionalCapabilities ScaleInPolicy Identity Zones"
        " Id Name Type Location ExtendedLocation Tags VirtualMachineProfile OrchestrationMode PriorityMixPolicy"
        " SkuProfile TimeCreated Etag ResiliencyPolicy"
    ),
    "VirtualMachineScaleSetVM": (
        "InstanceId Sku LatestModelApplied VmId InstanceView HardwareProfile StorageProfile AdditionalCapabilities"
        " OsProfile NetworkProfile NetworkProfileConfiguration DiagnosticsProfile AvailabilitySet ProvisioningState"
        " LicenseType ModelDefinitionApplied ProtectionPolicy Plan Resources Zones Id Name Type Location Tags"
    ),
    "RollingUpgradeStatusInfo": "Policy RunningStatus Progress Error Id Name Type Location Tags",
}

Convert = Callable[[Any], Any]


class _Row(NamedTuple):
    name: str
    inside: bool
    key: str
    to_shape: Convert | None
    from_shape: Convert


class Shape:
    """How documents of one model look to PowerShell.

    Attributes:
        types: The type names of such an object, the most special first.
    """

    def __init__(self, model: type[Model]) -> None:
        """For `shape`, which keeps one for each model."""
        self._model = model
        self.types = _type_names(model.__name__)
        rows = [_row(model, name, member) for name, member in model.members().items()]
        self._with_group = model.__name__ in _WITH_GROUP
        self._nested = model.__name__ in _NOT_FLATTENED
        self._rows = _in_order(model.__name__, rows)
        kinds = (member.model and member.model() for member in model.members().values())
        self._kinds = {row.name: kind for row, kind in zip(rows, kinds, strict=True) if kind is not None}
        self._by_name = {row.name.lower(): row for row in rows if not (self._nested and row.inside)}
        self._by_inner_name = {row.name.lower(): row for row in rows if row.inside}
        self._known = {row.key for row in rows if not row.inside} | {_PROPERTIES}
        self._known_inside = {row.key for row in rows if row.inside}

    @property
    def names(self) -> list[str]:
        """The members of such an object, in their order."""
        if self._nested:
            return ["Properties", *(row.name for row in self._rows if not row.inside)]
        return [*([_GROUP] if self._with_group else []), *(row.name for row in self._rows)]

    @property
    def models(self) -> dict[str, str]:
        """The model of each member that is one, or a list or map of them."""
        return {name: self._kinds[name].__name__ for name in self.names if name in self._kinds}

    def to_shape(self, document: Any) -> Any:
        """The object for a document; what is no object comes back tagged."""
        if not isinstance(document, dict):
            return tagged(document)
        inner = document.get(_PROPERTIES)
        inside = inner if isinstance(inner, dict) else {}
        if self._nested:
            return self._outward_nested(document, inside)
        shown: dict[str, Any] = {_GROUP: _group_of(document)} if self._with_group else {}
        for name, is_inside, key, convert, _ in self._rows:
            value = (inside if is_inside else document).get(key)
            shown[name] = value if value is None or convert is None else convert(value)
        for key in inside.keys() - self._known_inside:
            shown.setdefault(_pascal(key), tagged(inside[key]))
        for key in document.keys() - self._known:
            shown.setdefault(key, tagged(document[key]))
        return shown

    def _outward_nested(self, document: dict[str, Any], inside: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {"Properties": {}}
        for name, is_inside, key, convert, _ in self._rows:
            value = (inside if is_inside else document).get(key)
            holder = shown["Properties"] if is_inside else shown
            holder[name] = value if value is None or convert is None else convert(value)
        return shown

    def from_shape(self, shown: Any) -> dict[str, Any]:
        """The document for an object: of ours, of Az.Compute itself, or any with such members. Null is left out.

        A member that this SDK does not know goes back where it came from: one that begins with a small letter beside
        ``properties``, any other one into them.

        Raises:
            ClientUsageError: A value is none that the member can have; the text names the member.
        """
        document: dict[str, Any] = {}
        members = _members_of(shown)
        if self._nested and isinstance(inner := members.get("Properties"), dict):
            for name, value in inner.items():
                self._put(document, name, self._by_inner_name.get(name.lower()), value)
        for name, value in members.items():
            if not (self._nested and name == "Properties"):
                self._put(document, name, self._by_name.get(name.lower()), value)
        return document

    def _put(self, document: dict[str, Any], name: str, row: _Row | None, value: Any) -> None:
        if value is None:
            return
        if row is not None:
            holder = document.setdefault(_PROPERTIES, {}) if row.inside else document
            holder[row.key] = _converted(row.from_shape, value, name)
        elif name != _GROUP:
            inside = bool(self._known_inside) and name[:1].isupper()
            holder = document.setdefault(_PROPERTIES, {}) if inside else document
            holder[_camel(name)] = plain(value)


_shapes: dict[type[Model], Shape] = {}


def shape(model: type[Model]) -> Shape:
    """The shape of a model; the same one each time."""
    found = _shapes.get(model)
    return found or _shapes.setdefault(model, Shape(model))


MODELS = tuple(
    name for name in dir(models) if isinstance(getattr(models, name), type) and issubclass(getattr(models, name), Model)
)
"""The names of all models."""


_MADE_BY_SCRIPTS = (
    models.VirtualMachineScaleSet,
    models.VirtualMachineScaleSetUpdate,
    models.VirtualMachineScaleSetVM,
    models.LifecycleHook,
)


def member_names() -> dict[str, dict[str, Any]]:
    """For PowerShell, which makes objects without asking: what a scale set is made of, by model.

    Each has its type names, its members, and the models of those members that are objects.
    """
    found: dict[type[Model], Shape] = {}
    waiting: list[type[Model]] = list(_MADE_BY_SCRIPTS)
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = shape(model)
            waiting += [member.model() for member in model.members().values() if member.model is not None]
    return {
        model.__name__: {"types": list(one.types), "members": one.names, "models": one.models}
        for model, one in found.items()
    }


def tagged(value: Any) -> Any:
    """Any JSON value, told apart from objects with members: names in it are data."""
    if isinstance(value, Mapping):
        return {_MAP: {name: tagged(one) for name, one in value.items()}}
    if isinstance(value, list | tuple):
        return [tagged(one) for one in value]
    return value


def plain(value: Any) -> Any:
    """What `tagged` was made of. An object with members instead gets its names in ARM's case."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if _TIME in value:
        return value[_TIME]
    if _MAP in value:
        return {name: plain(one) for name, one in value[_MAP].items()}
    return {_camel(name): plain(one) for name, one in value.items() if one is not None}


def record(value: Any) -> Any:
    """A record of this SDK (an attrs class) or any value in it, as an object with members."""
    if attrs.has(type(value)):
        return {_from_python(field.name): record(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, datetime):
        return {_TIME: wire.format_time(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Model):
        return shape(type(value)).to_shape(value.wire)
    if isinstance(value, list | tuple):
        return [record(one) for one in value]
    return tagged(value)


def _type_names(name: str) -> tuple[str, ...]:
    special = _AUTOMATION_NAMES.get(name)
    first = f"{_AUTOMATION}.{special}" if special else f"{_SDK}.{name}"
    return (first, f"VmssSdk.{name}")


def _row(model: type[Model], name: str, member: Member) -> _Row:
    *head, key = member.path
    rivals = [other for other in model.members().values() if other.path[-1] == key]
    # `type` stands in the envelope and inside: the inner one is what Az.Compute calls Type.
    shown = _from_python(name) if len(rivals) > 1 and not head and model.__name__ not in _NOT_FLATTENED else key
    return _Row(_pascal(shown), bool(head), key, *_converters(member))


def _in_order(name: str, rows: list[_Row]) -> list[_Row]:
    wanted = _FIRST.get(name, "").split()
    place = {first: index for index, first in enumerate(wanted)}
    return sorted(rows, key=lambda row: place.get(row.name, len(wanted)))


def _converters(member: Member) -> tuple[Convert | None, Convert]:
    if member.model is not None:
        return _model_converters(member.kind, member.model)
    return _OUTWARD.get(member.kind), _INWARD[member.kind]


def _model_converters(kind: str, model: Callable[[], type[Model]]) -> tuple[Convert, Convert]:
    # The shape is looked up when it is needed: a model may contain itself.
    def to_shape(value: Any) -> Any:
        return shape(model()).to_shape(value)

    def from_shape(value: Any) -> Any:
        return shape(model()).from_shape(value)

    if kind == "models":
        return (
            lambda values: [to_shape(one) for one in values] if isinstance(values, list) else tagged(values),
            lambda values: [from_shape(one) for one in _listed(values)],
        )
    if kind == "model map":
        return (
            lambda found: {_MAP: {name: to_shape(one) for name, one in found.items()}},
            lambda found: {name: None if one is None else from_shape(one) for name, one in _members_of(found).items()},
        )
    return to_shape, from_shape


class _InvalidValueError(ClientUsageError):
    """A value that its member cannot have."""

    def __init__(self, what: str, place: str = "") -> None:
        super().__init__(f"{place}: {what}" if place else what)
        self.what = what
        self.place = place


def _converted(convert: Convert, value: Any, name: str) -> Any:
    try:
        return convert(value)
    except _InvalidValueError as error:
        raise _InvalidValueError(error.what, f"{name}.{error.place}" if error.place else name) from None


def _members_of(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        inner = value.get(_MAP)
        return inner if isinstance(inner, dict) else value
    raise _InvalidValueError(f"expected an object, got {_kind_of(value)}")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> Any:
    if isinstance(value, dict):
        if _TIME in value:
            return value[_TIME]
        raise _InvalidValueError("expected a text, got an object")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def _integer(value: Any) -> Any:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise _InvalidValueError(f"expected a whole number, got {_kind_of(value)}") from None


def _number(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise _InvalidValueError(f"expected a number, got {_kind_of(value)}") from None


def _boolean(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value in (0, 1):
        return bool(value)
    if str(value).lower() in {"true", "false"}:
        return str(value).lower() == "true"
    raise _InvalidValueError(f"expected $true or $false, got {_kind_of(value)}")


def _texts(value: Any) -> list[Any]:
    return [_text(one) for one in _listed(value)]


def _text_map(value: Any) -> dict[str, Any]:
    return {name: None if one is None else _text(one) for name, one in _members_of(value).items()}


_OUTWARD: Mapping[str, Convert] = {
    "any": tagged,
    "number": float,
    "string map": lambda value: {_MAP: value},
    "time": lambda value: {_TIME: value},
}
_INWARD: Mapping[str, Convert] = {
    "any": plain,
    "boolean": _boolean,
    "choice": _text,
    "choices": _texts,
    "duration": _text,
    "integer": _integer,
    "number": _number,
    "string": _text,
    "string map": _text_map,
    "strings": _texts,
    "time": _text,
}


def _kind_of(value: Any) -> str:
    """What a value is, without showing it: it may be a secret."""
    words = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return words.get(type(value), "nothing")


def _group_of(document: dict[str, Any]) -> str | None:
    """The resource group in a resource id, in the case in which it stands there."""
    parts = str(document.get("id") or "").split("/")
    lower = [part.lower() for part in parts]
    return parts[lower.index("resourcegroups") + 1] if "resourcegroups" in lower[:-1] else None


def _pascal(name: str) -> str:
    return name[:1].upper() + name[1:]


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]


def _from_python(name: str) -> str:
    return "".join(map(_pascal, name.split("_")))
