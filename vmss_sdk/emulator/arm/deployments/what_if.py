"""What-if: the resources of a group before and after a deployment, member by member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.deployments.internal_requests import InternalRequests, api_version_for
from vmss_sdk.emulator.arm.deployments.record import Mode
from vmss_sdk.emulator.arm.deployments.rehearsal import Rehearsal
from vmss_sdk.emulator.arm.deployments.request import DeploymentRequest
from vmss_sdk.emulator.arm.errors import ArmError
from vmss_sdk.emulator.arm.network.live import without_attached
from vmss_sdk.emulator.templates.plan import Plan
from vmss_sdk.emulator.templates.values import find, same

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.state import ResourceGroup, State

__all__ = ["changes", "compared"]

Document = dict[str, Any]

_SET_BY_SERVICE = frozenset(
    ("etag", "provisioningstate", "resourceguid", "timecreated", "uniqueid", "vmid", "systemdata", "macaddress")
)


def changes(
    state: State,
    group: ResourceGroup,
    wanted: DeploymentRequest,
    plan: Plan,
    rehearsal: Rehearsal,
    *,
    caller: Principal | None,
) -> list[Document]:
    """The changes, a document for each resource of the template and of the group.

    Args:
        state: As it is.
        group: The group of the deployment.
        wanted: What is asked for.
        plan: Of the deployment.
        rehearsal: In which the plan has been played.
        caller: By whose rights resources are read.
    """
    full = str(find(wanted.settings, "resultFormat", "FullResourcePayloads")).lower() != "resourceidonly"
    versions = {item.id.lower(): item.api_version for item in plan.resources}
    now = InternalRequests(state, caller)
    found: list[Document] = []
    for resource_id in dict.fromkeys([*rehearsal.written, *rehearsal.unknown]):
        version = versions.get(resource_id.lower()) or api_version_for(resource_id)
        before, after = _read(now, resource_id, version), _read(rehearsal.inner, resource_id, version)
        if resource_id in rehearsal.unknown:
            found.append(_unknown(resource_id, before))
        else:
            found.append(_change(resource_id, before, after, full))
    touched = {change["resourceId"].lower() for change in found}
    kind = "Delete" if wanted.mode is Mode.COMPLETE else "Ignore"
    for resource_id, _ in state.resource_ids(group.subscription_id, group.name):
        if resource_id.lower() not in touched:
            before = _read(now, resource_id, api_version_for(resource_id))
            found.append({"resourceId": resource_id, "changeType": kind, **({"before": before} if full else {})})
    return sorted(found, key=lambda change: str(change["resourceId"]).lower())


def compared(before: Any, after: Any, path: str) -> list[Document]:
    """The differences of two values, each under the path to it."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = list(dict.fromkeys([*before, *after]))
        return [
            change
            for name in names
            if name.lower() not in _SET_BY_SERVICE
            for change in _member(before, after, name, f"{path}.{name}" if path else name)
        ]
    if isinstance(before, list) and isinstance(after, list):
        return _array(before, after, path)
    if same(before, after):
        return []
    return [{"path": path, "propertyChangeType": "Modify", "before": before, "after": after, "children": None}]


def _member(before: Document, after: Document, name: str, path: str) -> list[Document]:
    if name not in after:
        return [{"path": path, "propertyChangeType": "Delete", "before": before[name], "after": None, "children": None}]
    if name not in before:
        return [{"path": path, "propertyChangeType": "Create", "before": None, "after": after[name], "children": None}]
    return compared(before[name], after[name], path)


def _array(before: list[Any], after: list[Any], path: str) -> list[Document]:
    children: list[Document] = []
    for at in range(max(len(before), len(after))):
        if at >= len(after):
            children.append(_item(str(at), "Delete", before[at], None))
        elif at >= len(before):
            children.append(_item(str(at), "Create", None, after[at]))
        else:
            inner = compared(before[at], after[at], "")
            if inner:
                nested = isinstance(before[at], dict) and isinstance(after[at], dict)
                children.append(_item(str(at), "Modify", before[at], after[at], inner if nested else None))
    if not children:
        return []
    return [{"path": path, "propertyChangeType": "Array", "before": None, "after": None, "children": children}]


def _item(path: str, kind: str, before: Any, after: Any, children: list[Document] | None = None) -> Document:
    shown = {"before": None, "after": None} if children else {"before": before, "after": after}
    return {"path": path, "propertyChangeType": kind, **shown, "children": children}


def _change(resource_id: str, before: Document | None, after: Document | None, full: bool) -> Document:
    delta = compared(before, after, "") if before is not None and after is not None else []
    kind = "Create" if before is None else "Modify" if delta else "NoChange"
    change: Document = {"resourceId": resource_id, "changeType": kind}
    if full:
        change |= {"before": before, "after": after}
        if before is not None:
            change["delta"] = delta
    return change


def _unknown(resource_id: str, before: Document | None) -> Document:
    reason = "Its properties depend on what only the deployment itself brings."
    kind = "Create" if before is None else "Deploy"
    return {"resourceId": resource_id, "changeType": kind, "unsupportedReason": reason}


def _read(inner: InternalRequests, resource_id: str, api_version: str) -> Document | None:
    try:
        document = inner.resource(resource_id, api_version)
    except ArmError:
        return None
    shown = without_attached(str(document.get("type", "")), document)
    kept = {name: value for name, value in shown.items() if name.lower() not in _SET_BY_SERVICE}
    return {**kept, "apiVersion": api_version, "properties": _without_server_members(kept.get("properties", {}))}


def _without_server_members(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_server_members(item) for name, item in value.items() if name.lower() not in _SET_BY_SERVICE
        }
    return [_without_server_members(item) for item in value] if isinstance(value, list) else value
