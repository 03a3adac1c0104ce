"""The instances of a scale set as resources: list, read, change, delete (wire.md 3.10-3.14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vmss_sdk.emulator.arm import older_versions, paging, request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.disk_facts import disk_limit, disks_in_use
from vmss_sdk.emulator.arm.compute.filters import instance_filter
from vmss_sdk.emulator.arm.compute.instance_ids import ALL, find_instance
from vmss_sdk.emulator.arm.conditions import check_conditions
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.long_running import accepted, started
from vmss_sdk.emulator.arm.replies import Reply, etag
from vmss_sdk.emulator.arm.views.instance import MemberViews, member_summary, runtime_only
from vmss_sdk.emulator.arm.views.instance_view import instance_view
from vmss_sdk.emulator.arm.without_effect import said
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.instance_model import update_instance
from vmss_sdk.emulator.engine.work.selection import Scope
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.models import VirtualMachineScaleSetVM

__all__ = ["delete", "get", "get_instance_view", "list_all", "member", "put"]

_PUT = "Put on Virtual Machine Scale Set VM Instance"


def list_all(call: Call) -> Reply:
    """The instances, page by page; ``$filter``, ``$select=instanceView`` and ``$expand=instanceView`` are known."""
    scale_set = call.scale_set(parent=True)
    chosen = instance_filter(scale_set, call.query.get("$filter"))
    found = [instance for instance in scale_set.instances.values() if chosen(instance)]
    page, rest = paging.page(call, found, lambda instance: instance.id)
    show = _shown(call, scale_set)
    body: dict[str, Any] = {"value": [show(instance) for instance in page]}
    if rest is not None:
        body["nextLink"] = rest
    return Reply(200, body, {"x-ms-request-charge": str(len(page))})


def _shown(call: Call, scale_set: ScaleSet) -> Callable[[Instance], Any]:
    runtime = call.query.get("$expand", "").lower() == "instanceview"
    if call.query.get("$select", "").lower() == "instanceview":
        return _cached(call, scale_set, "runtime only", lambda instance: runtime_only(scale_set, instance))
    if scale_set.flexible:
        return _cached(call, scale_set, "summary", lambda instance: member_summary(scale_set, instance))
    return _member(call, scale_set, MemberViews(scale_set, runtime))


def _member(call: Call, scale_set: ScaleSet, views: MemberViews) -> Callable[[Instance], Any]:
    return _cached(call, scale_set, f"member {views.runtime} {views.user_data}", views.document)


def _cached(
    call: Call, scale_set: ScaleSet, name: str, show: Callable[[Instance], dict[str, Any]]
) -> Callable[[Instance], Any]:
    """What shows instances by texts that are kept; where a version has them in another shape, by documents."""
    if not older_versions.is_newest(call):
        return show
    return call.state.instance_texts.kept(scale_set, name, show)


def get(call: Call) -> Reply:
    """An instance; CHOICE: of a Flexible scale set in the same shape as of a Uniform one."""
    scale_set, instance = member(call)
    expand = call.query.get("$expand", "").lower()
    views = MemberViews(scale_set, runtime="instanceview" in expand, user_data="userdata" in expand)
    document = _member(call, scale_set, views)(instance)
    return Reply(200, document, {"ETag": etag(instance.etag), "x-ms-request-charge": "1"})


def get_instance_view(call: Call) -> Reply:
    """How an instance is doing."""
    scale_set, instance = member(call)
    show = _cached(call, scale_set, "view", lambda instance: instance_view(scale_set, instance))
    return Reply(200, show(instance), {"x-ms-request-charge": "1"})


def put(call: Call) -> Reply:
    """Change an instance individually, above all its protection policy.

    Raises:
        Refused: There is none of this id; reported as told of a list of ids (onefuzz#1712, #2547).
    """
    scale_set = call.scale_set(parent=True)
    instance = find_instance(call, scale_set)
    if instance is None:
        unknown = call.values["instanceId"]
        raise Refused.because(Reason.UNKNOWN_INSTANCE, scale_set=scale_set.name, instance_id=unknown)
    check_conditions(call.request.headers, instance.etag)
    if scale_set.deletion is not None or instance.deleting:
        raise Refused.because(Reason.MARKED_FOR_DELETION, scale_set=scale_set.name, operation=_PUT)
    body = request_body.read(call.request, VirtualMachineScaleSetVM, "parameters")
    # a state, though the model lets it be sent
    body.get("properties", {}).pop("resilientVMDeletionStatus", None)
    operation = update_instance(scale_set, instance, body, disks_in_use(call), disk_limit(scale_set, instance))
    reply = started(call, scale_set, operation, 200, MemberViews(scale_set).document(instance), retry=False)
    return said(reply, scale_set, VirtualMachineScaleSetVM, body)


def delete(call: Call) -> Reply:
    """Delete an instance; 204 when there is none of this id."""
    scale_set = call.scale_set(parent=True)
    call.flag("forceDeletion")
    if call.values["instanceId"] == ALL:
        return accepted(call, scale_set, lifecycle.delete_instances(scale_set, None))
    instance = find_instance(call, scale_set)
    if instance is None:
        return Reply(204)
    operation = lifecycle.delete_instances(scale_set, [instance.id], scope=Scope.INSTANCE)
    return accepted(call, scale_set, operation)


def member(call: Call) -> tuple[ScaleSet, Instance]:
    """The instance in the path, with its scale set.

    Raises:
        ArmError: One of them does not exist.
    """
    scale_set = call.scale_set(parent=True)
    instance = find_instance(call, scale_set)
    if instance is None:
        raise ArmError.of(ErrorReason.ENTITY_NOT_FOUND)
    return scale_set, instance
