"""Platform actions on request: repairs, placement, maintenance, adding instances (3.19-3.28)."""

from __future__ import annotations

import re

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.instance_ids import ids_of
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem, several
from vmss_sdk.emulator.arm.long_running import accepted
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.fleet import migration, platform_actions, scaling
from vmss_sdk.emulator.engine.work import instance_model, repairs
from vmss_sdk.emulator.engine.work.selection import Scope, select
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.models import (
    MigrateVMAvailabilityZoneInput,
    OrchestrationServiceStateInput,
    VMScaleSetConvertToSinglePlacementGroupInput,
    VMScaleSetScaleOutInput,
)

__all__ = [
    "convert_to_single_placement_group",
    "maintain",
    "reapply",
    "scale_out",
    "set_orchestration_service_state",
    "walk_update_domain",
]

_DOMAIN = re.compile(r"\d{1,9}", re.ASCII)


def set_orchestration_service_state(call: Call) -> Reply:
    """Suspend or resume automatic repairs. CHOICE: zone rebalancing, the other service, is not emulated."""
    scale_set = call.scale_set()
    body = request_body.read(call.request, OrchestrationServiceStateInput, "parameters")
    _require(body, "serviceName", "action")
    if body["serviceName"] != "AutomaticRepairs":
        raise ArmError.of(ErrorReason.UNKNOWN_WORD, parameter="serviceName", target="serviceName")
    if body["action"] not in ("Suspend", "Resume"):
        raise ArmError.of(ErrorReason.UNKNOWN_WORD, parameter="action", target="action")
    if repairs.service_state(scale_set) in (None, "NotRunning"):
        raise ArmError.of(ErrorReason.REPAIRS_NOT_ENABLED, scale_set=scale_set.name)
    return accepted(call, scale_set, repairs.set_service_state(scale_set, suspended=body["action"] == "Suspend"))


def walk_update_domain(call: Call) -> Reply:
    """Force a Service Fabric cluster on to its next update domain. CHOICE: zone and placement group are not needed."""
    scale_set = call.scale_set()
    name = "platformUpdateDomain"
    text = call.query.get(name.lower())
    if not text:
        raise ArmError.of(ErrorReason.REQUIRED, parameter=name)
    if not _DOMAIN.fullmatch(text):
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter=name, why="expected the number of an update domain.")
    performed, following = platform_actions.walk_update_domain(scale_set, int(text))
    document: Document = {"walkPerformed": performed}
    if following is not None:
        document["nextPlatformUpdateDomain"] = following
    return Reply(200, document)


def convert_to_single_placement_group(call: Call) -> Reply:
    """Put all instances into one placement group: 200, no body.

    CHOICE: which one is kept makes no difference here, as all instances of a scale set show the same.
    """
    scale_set = call.scale_set()
    request_body.read(call.request, VMScaleSetConvertToSinglePlacementGroupInput, "parameters")
    platform_actions.convert_to_single_placement_group(scale_set)
    return Reply(200)


def scale_out(call: Call) -> Reply:
    """Add instances, in a zone if one is named; never recorded."""
    scale_set = call.scale_set()
    body = request_body.read(call.request, VMScaleSetScaleOutInput, "parameters")
    _require(body, "capacity")
    operation = scaling.scale_out(scale_set, body["capacity"], zone=get_path(body, "properties.zone"))
    return accepted(call, scale_set, operation)


def migrate_zone(call: Call) -> Reply:
    """Move instances to another zone; 204 when all of them are there already. Never recorded."""
    scale_set = call.scale_set()
    body = request_body.read(call.request, MigrateVMAvailabilityZoneInput, "body")
    _require(body, "instanceIds")
    ids = ids_of(scale_set, body["instanceIds"]) or []
    operation = migration.migrate(scale_set, ids, body.get("targetZone"))
    return Reply(204) if operation is None else accepted(call, scale_set, operation, retry=True)


def reapply(call: Call) -> Reply:
    """Send all instances the model that they have once more; there is no body, and it was never recorded."""
    scale_set = call.scale_set()
    return accepted(call, scale_set, instance_model.reapply(scale_set))


def maintain(call: Call, scale_set: ScaleSet, ids: list[str] | None, scope: Scope) -> Reply:
    """Refused for the first instance that was meant; when there is none, there is nothing to refuse.

    Raises:
        ArmError: There is an instance.
    """
    chosen = select(scale_set, ids, scope=scope)
    if chosen:
        raise ArmError.of(ErrorReason.MAINTENANCE_NOT_ELIGIBLE, vm=chosen[0].name)
    return accepted(call, scale_set, scale_set.run("performMaintenance", []))


def _require(body: Document, *names: str) -> None:
    several(Problem(ErrorReason.REQUIRED, {"parameter": name}) for name in names if name not in body)
