"""The scale set as Azure shows it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.errors import document as error_document
from vmss_sdk.emulator.arm.replies import etag
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.arm.views.common import arrange, provisioning_status, time_text
from vmss_sdk.emulator.arm.views.order import FLEXIBLE_SCALE_SET, SCALE_SET
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.work.repairs import service_state

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["identity_document", "scale_set_document", "scale_set_instance_view", "skus"]

Document = dict[str, Any]

_SIZES = ("Standard_B1s", "Standard_B2s", "Standard_D2s_v3", "Standard_D4s_v3", "Standard_D2s_v5", "Standard_DS1_v2")
_SINGLE_GROUP, _LARGEST = 100, 1000


def scale_set_document(scale_set: ScaleSet, *, user_data: bool = False, upper_group: bool = False) -> Document:
    """The whole scale set: the model without its secrets, and what only the service sets.

    Args:
        scale_set: Which.
        user_data: Whether to show the user data (``$expand=userData``).
        upper_group: Whether the id has the resource group in upper case, as in the subscription's list.
    """
    resource_id = _with_upper_group(scale_set) if upper_group else scale_set.id
    created = time_text(scale_set.created_at)
    own: Document = {"name": scale_set.name, "id": resource_id, "type": SCALE_SET_TYPE, "etag": etag(scale_set.etag)}
    if "identity" in scale_set.document:
        own["identity"] = identity_document(scale_set)
    order = FLEXIBLE_SCALE_SET if scale_set.flexible else SCALE_SET
    document = arrange({**scale_set.document, **own}, order)
    properties = {
        **scale_set.document["properties"],
        "provisioningState": scale_set.provisioning_state.value,
        "uniqueId": scale_set.unique_id,
    }
    if "virtualMachineProfile" in properties:
        properties["timeCreated"] = created
    shown = document["properties"] = arrange(properties, order["properties"])
    _complete_profile(shown, created, user_data=user_data)
    return document


def _complete_profile(shown: Document, created: str, *, user_data: bool) -> None:
    profile = shown.get("virtualMachineProfile")
    if profile is None:
        return
    if not user_data:
        profile.pop("userData", None)
    profile["timeCreated"] = created


def identity_document(scale_set: ScaleSet) -> Document:
    """The identity with the ids that Entra ID gave it (recorded in wire.md 3.3)."""
    identity: Document = dict(scale_set.document["identity"])
    kinds = [kind.strip() for kind in str(identity.get("type", "")).split(",")]
    identity["type"] = ", ".join(kinds)
    if "SystemAssigned" in kinds:
        identity["principalId"] = seeded_random.guid(scale_set.settings.seed, scale_set.unique_id, "principal")
        identity["tenantId"] = scale_set.settings.tenant_id
    assigned = identity.get("userAssignedIdentities")
    if assigned:
        identity["userAssignedIdentities"] = {name: _ids(scale_set, name) for name in assigned}
    return identity


def _ids(scale_set: ScaleSet, name: str) -> Document:
    seed = scale_set.settings.seed
    return {part: seeded_random.guid(seed, name.lower(), part) for part in ("principalId", "clientId")}


def _with_upper_group(scale_set: ScaleSet) -> str:
    head, _, tail = scale_set.id.partition("/resourceGroups/")
    return f"{head}/resourceGroups/{scale_set.resource_group.upper()}/{tail.partition('/')[2]}"


def scale_set_instance_view(scale_set: ScaleSet) -> Document:
    """How many instances are in which state."""
    states = Counter(instance.provisioning.value for instance in scale_set.instances.values())
    view: Document = {"virtualMachine": {"statusesSummary": _summary(states)}}
    extensions = [_extension_summary(scale_set, str(item.get("name"))) for item in scale_set.latest.extensions]
    if extensions:
        view["extensions"] = extensions
    repairs = service_state(scale_set)
    if repairs is not None:
        view["orchestrationServices"] = [{"serviceName": "AutomaticRepairs", "serviceState": repairs}]
    view["statuses"] = [_status(scale_set)]
    return view


def _status(scale_set: ScaleSet) -> Document:
    """A failed scale set tells why its last write failed (reported: vm-scale-sets#82)."""
    state = scale_set.provisioning_state
    failure = scale_set.last_write_failure if state is ProvisioningState.FAILED else None
    if failure is None:
        return provisioning_status(state.value, _last_write(scale_set))
    error = error_document(failure)
    return {**provisioning_status(state.value, _last_write(scale_set), error["code"]), "message": error["message"]}


def _summary(states: Counter[str]) -> list[Document]:
    return [{"code": f"ProvisioningState/{state.lower()}", "count": count} for state, count in states.items()]


def _extension_summary(scale_set: ScaleSet, name: str) -> Document:
    states = Counter(
        instance.provisioning.value
        for instance in scale_set.instances.values()
        if name in scale_set.version(instance.applied).extension_names
    )
    return {"name": name, "statusesSummary": _summary(states)}


def _last_write(scale_set: ScaleSet) -> float:
    ends = [operation.ended_at for operation in scale_set.operations.values() if operation.writes]
    earliest = max(scale_set.created_at, scale_set.dropped.written_at)
    return max((moment for moment in ends if moment is not None), default=earliest)


def skus(scale_set: ScaleSet) -> list[Document]:
    """The sizes that the scale set may change to. CHOICE: a handful, and the one it has."""
    own = get_path(scale_set.document, "sku.name")
    names = sorted({*_SIZES, *([own] if own else [])})
    single = get_path(scale_set.document, "properties.singlePlacementGroup") is True
    capacity = {
        "minimum": 0,
        "maximum": _SINGLE_GROUP if single else _LARGEST,
        "defaultCapacity": 1,
        "scaleType": "Automatic",
    }
    return [
        {"resourceType": SCALE_SET_TYPE, "sku": {"name": name, "tier": "Standard"}, "capacity": capacity}
        for name in names
    ]
