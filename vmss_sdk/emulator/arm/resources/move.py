"""Moving resources to another group: whether Azure would, since the emulator itself moves nothing.

Source: "Move Azure resources to a new resource group or subscription", and its guidance for virtual machines: scale
sets with a load balancer of the SKU Standard cannot be moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.principal import is_within
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.address import parse
from vmss_sdk.emulator.arm.resources.scopes import resource_document
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.engine.common.documents import get_path

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.state import ResourceGroup, State

__all__ = ["move", "validate"]

Document = dict[str, Any]

_READ_ONLY = "ReadOnly"
_STANDARD = "standard"


def validate(call: Call) -> Reply:
    """204 when Azure would move them; an error that says which it would not.

    CHOICE: at once, where Azure begins an operation (202) that comes to the same.
    """
    source = call.state.group(call.subscription_id, call.values["resourceGroupName"])
    resources, target = _move_request(call, source)
    for resource_id in resources:
        _check(call.state, resource_id, target)
    return Reply(204)


def move(call: Call) -> NoReturn:
    """Refused: ids are what everything else refers to a resource by.

    Raises:
        ArmError: Always; that of the validation when Azure would not move them either.
    """
    validate(call)
    raise ArmError.of(ErrorReason.MOVE_NOT_EMULATED)


def _move_request(call: Call, source: ResourceGroup) -> tuple[list[str], ResourceGroup]:
    body = request_body.read_any(call.request)
    resources, target = body.get("resources"), body.get("targetResourceGroup")
    if not isinstance(resources, list) or not resources or not all(isinstance(item, str) for item in resources):
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected an array of resource ids as 'resources'.")
    parts = target.strip("/").split("/") if isinstance(target, str) else []
    if len(parts) != 4 or parts[2].lower() != "resourcegroups":  # noqa: PLR2004  # subscriptions/ID/resourceGroups/NAME
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected the id of a resource group as 'targetResourceGroup'.")
    found = call.state.group(parts[1], parts[3])
    outside = next((item for item in resources if not is_within(item, source.id)), None)
    if outside is not None or found is source:
        raise ArmError.of(
            ErrorReason.MOVE_PLACES_INVALID, resource=outside or source.id, source=source.id, target=found.id
        )
    if found.deletion is not None:
        raise ArmError.of(ErrorReason.GROUP_DELETING, group=found.name)
    return resources, found


def _check(state: State, resource_id: str, target: ResourceGroup) -> None:
    document = resource_document(state, resource_id)
    _check_locks(state, resource_id, target)
    address = parse(resource_id)
    if address is None or address.parent is not None:
        raise ArmError.of(ErrorReason.MOVE_OF_CHILD, resource=resource_id)
    there = f"{target.id}/providers/{document['type']}/{document['name']}".lower()
    if any(known.lower() == there for known, _ in state.resource_ids(target.subscription_id, target.name)):
        raise ArmError.of(ErrorReason.MOVE_CONFLICT, resource=resource_id, group=target.name)
    if document["type"] == SCALE_SET_TYPE:
        for balancer in _standard_balancers(state, document):
            raise ArmError.of(ErrorReason.MOVE_OF_BALANCED, resource=resource_id, balancer=balancer)


def _check_locks(state: State, resource_id: str, target: ResourceGroup) -> None:
    for lock in state.authorization.locks.values():
        for scope in (resource_id, target.id):
            if lock.level == _READ_ONLY and is_within(scope, lock.scope):
                raise ArmError.of(ErrorReason.SCOPE_LOCKED, scope=scope, verb="write", locks=lock.scope)


def _standard_balancers(state: State, scale_set: Document) -> Iterator[str]:
    profile = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations"
    for interface in get_path(scale_set, profile, []):
        for address in get_path(interface, "properties.ipConfigurations", []):
            for pool in get_path(address, "properties.loadBalancerBackendAddressPools", []):
                balancer = str(pool.get("id", "")).rpartition("/backendAddressPools/")[0]
                at = parse(balancer)
                kept = state.resources.find(at) if at is not None else None
                if kept is not None and str(get_path(kept.document, "sku.name", "")).lower() == _STANDARD:
                    yield balancer
