"""Deployments over HTTP: put, validate, what-if, poll, read, list, cancel, delete."""

from __future__ import annotations

import re
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.deployments import request, views, what_if
from vmss_sdk.emulator.arm.deployments.record import Deployment, Deployments, DeploymentStatus
from vmss_sdk.emulator.arm.deployments.rehearsal import Rehearsal
from vmss_sdk.emulator.arm.deployments.request import DeploymentRequest
from vmss_sdk.emulator.arm.deployments.runner import RunningDeployments
from vmss_sdk.emulator.arm.deployments.start import begin, plan_of, refuse_active, target_group
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem, document
from vmss_sdk.emulator.arm.long_running import first_wait, not_ended, soon
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.state import ResourceGroup
from vmss_sdk.emulator.arm.without_effect import noted
from vmss_sdk.emulator.templates.plan import Plan

__all__ = [
    "cancel",
    "delete",
    "exists",
    "export_template",
    "get",
    "get_operation",
    "list_all",
    "list_operations",
    "put",
    "status",
    "template_hash",
    "validate",
    "what_if_result",
    "what_if_start",
]

_NAME = re.compile(r"[\w.()-]{1,64}", re.ASCII)
_FILTER = re.compile(r"\s*provisioningState\s+eq\s+'(\w+)'\s*", re.IGNORECASE)


def put(call: Call) -> Reply:
    """Begin a deployment: 201, or 200 in place of one of the same name; nothing is begun when anything is wrong."""
    group, name = _place(call)
    refuse_active(call.state, group, name)
    wanted = request.read(call.request)
    plan, rehearsal = _validated_plan(call, group, name, wanted)
    known = call.state.part(Deployments).find(group.subscription_id, group.name, name)
    correlation = call.request.headers.get("x-ms-correlation-request-id", call.request_id)
    plan.budget.renew()
    found = begin(call.state, group, name, wanted, plan, correlation_id=correlation, caller=call.caller)
    link = call.link(*_path(group, name), "operationStatuses", found.operation_id)
    url = f"{link}?api-version={call.api_version}"
    shown = views.deployment_document(found, call.state.now)
    reply = Reply(201 if known is None else 200, shown, {"Azure-AsyncOperation": url, **first_wait(call)})
    return noted(reply, rehearsal.notes)


def validate(call: Call) -> Reply:
    """See whether a deployment would be begun, and whether any of its resources would be refused."""
    group, name = _place(call)
    wanted = request.read(call.request)
    plan, rehearsal = _checked(call, group, name, wanted)
    # tried on deployments of its own: nothing is kept
    apart = attrs.evolve(call.state, parts=(RunningDeployments(items={}),))
    found = begin(apart, group, name, wanted, plan, correlation_id=call.request_id, caller=call.caller)
    return noted(Reply(200, views.validation_document(found)), rehearsal.notes)


def what_if_start(call: Call) -> Reply:
    """Find out what a deployment would change: 202, and a Location that has the answer."""
    group, name = _place(call)
    wanted = request.read(call.request)
    plan, rehearsal = _checked(call, group, name, wanted)
    found = what_if.changes(call.state, group, wanted, plan, rehearsal, caller=call.caller)
    key = group.subscription_id.lower(), group.name.lower(), name.lower(), call.request_id
    call.state.part(Deployments).keep_result(key, {"status": "Succeeded", "properties": {"changes": found}})
    url = call.link(*_path(group, name), "whatIfResults", call.request_id)
    reply = Reply(202, None, {"Location": f"{url}?api-version={call.api_version}", **soon(call)})
    return noted(reply, rehearsal.notes)


def what_if_result(call: Call) -> Reply:
    """The answer of a what-if."""
    values = call.values
    names = (values["subscriptionId"], values["resourceGroupName"], values["deploymentName"])
    found = call.state.part(Deployments).results.get((*map(str.lower, names), values["resultId"]))
    if found is None:
        raise ArmError.of(ErrorReason.OPERATION_NOT_FOUND, operation_id=values["resultId"])
    return Reply(200, found)


def get(call: Call) -> Reply:
    """A deployment."""
    return Reply(200, views.deployment_document(_existing(call), call.state.now))


def exists(call: Call) -> Reply:
    """204 when there is such a deployment, else 404; no body."""
    values = call.values
    found = call.state.part(Deployments).find(
        call.subscription_id, values["resourceGroupName"], values["deploymentName"]
    )
    return Reply(404 if found is None else 204)


def list_all(call: Call) -> Reply:
    """The deployments of a resource group, the newest first; ``$filter`` by provisioningState, ``$top``."""
    group = call.state.group(call.subscription_id, call.values["resourceGroupName"])
    found = sorted(
        call.state.part(Deployments).of(group.subscription_id, group.name),
        key=lambda item: item.accepted_at,
        reverse=True,
    )
    wanted = _state_in_filter(call.query.get("$filter", ""))
    shown = [item for item in found if not wanted or item.status.lower() == wanted]
    return Reply(200, {"value": [views.deployment_document(item, call.state.now) for item in shown[: _top(call)]]})


def status(call: Call) -> Reply:
    """How far a deployment is.

    On a virtual clock asking may move the clock to the next event, see `State.note_poll`.
    """
    found = _deployment_at_poll(call)
    if found.active and call.state.note_poll(call.request.url):
        found = _deployment_at_poll(call)
    body: dict[str, Any] = {"status": found.status.value}
    if found.error is not None:
        body["error"] = found.error
    return Reply(200, body, not_ended(call) if found.active else {})


def cancel(call: Call) -> Reply:
    """Begin no more resources; what was begun goes on by itself."""
    found = _existing(call)
    if not found.active:
        raise ArmError.of(ErrorReason.DEPLOYMENT_ENDED, name=found.name, state=found.status.value)
    found.status, found.ended_at, found.plan = DeploymentStatus.CANCELED, call.state.now, None
    found.error = document(Problem(ErrorReason.DEPLOYMENT_CANCELED, {"name": found.name}))
    return Reply(204)


def delete(call: Call) -> Reply:
    """Forget a deployment; its resources stay. 204 also when there is none."""
    group = call.state.group(call.subscription_id, call.values["resourceGroupName"])
    found = call.state.part(Deployments).find(group.subscription_id, group.name, call.values["deploymentName"])
    if found is not None:
        if found.active:
            refuse_active(call.state, group, found.name)
        del call.state.part(Deployments).items[found.key]
    return Reply(204)


def export_template(call: Call) -> Reply:
    """The template of a deployment, as it was given."""
    return Reply(200, {"template": _existing(call).template})


def list_operations(call: Call) -> Reply:
    """What was done with each resource."""
    found = views.operation_documents(_existing(call), call.state.now)
    return Reply(200, {"value": found[: _top(call)]})


def get_operation(call: Call) -> Reply:
    """What was done with one resource."""
    wanted = call.values["operationId"]
    found = views.operation_documents(_existing(call), call.state.now)
    shown = next((item for item in found if item["operationId"].lower() == wanted.lower()), None)
    if shown is None:
        raise ArmError.of(ErrorReason.OPERATION_NOT_FOUND, operation_id=wanted)
    return Reply(200, shown)


def template_hash(call: Call) -> Reply:
    """The number that tells a template from others, and the template without blanks."""
    template = request_body.decode(call.request)
    if not isinstance(template, dict):
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected a template.")
    found = {"minifiedTemplate": wire.encode(template).decode(), "templateHash": request.hash_of(template)}
    return Reply(200, found)


def _place(call: Call) -> tuple[ResourceGroup, str]:
    group, name = call.values["resourceGroupName"], call.values["deploymentName"]
    found = target_group(call.state, call.subscription_id, group)
    if not _NAME.fullmatch(name):
        raise ArmError.of(ErrorReason.DEPLOYMENT_NAME_INVALID, name=name)
    return found, name


_SHOWS_BEFORE = (400, 403, 405)
"""Refusals for what is wrong with a request itself, or may not be done: a deployment is not begun for them.

CHOICE: what depends on the present state lets a deployment fail while it goes on; see `validate` for all of them.
"""
_SAME_STATUS = (403, 405)
"""The statuses of a refused resource that the refused deployment has too; with any other it is a bad request."""


def _validated_plan(call: Call, group: ResourceGroup, name: str, wanted: DeploymentRequest) -> tuple[Plan, Rehearsal]:
    """The plan of a deployment with which nothing is wrong that shows before it is begun."""
    plan, rehearsal = _rehearsed(call, group, name, wanted)
    _refuse(call, name, [found for found in rehearsal.errors if found.status in _SHOWS_BEFORE])
    return plan, rehearsal


def _checked(call: Call, group: ResourceGroup, name: str, wanted: DeploymentRequest) -> tuple[Plan, Rehearsal]:
    """A plan of which no resource is refused, nor would be while it is carried out; nothing is changed."""
    plan, rehearsal = _rehearsed(call, group, name, wanted)
    _refuse(call, name, rehearsal.errors)
    return plan, rehearsal


def _rehearsed(call: Call, group: ResourceGroup, name: str, wanted: DeploymentRequest) -> tuple[Plan, Rehearsal]:
    plan = plan_of(call.state, group, name, wanted, caller=call.caller)
    rehearsal = Rehearsal(call.state, call.caller)
    rehearsal.write_all(plan)
    return plan, rehearsal


def _refuse(call: Call, name: str, errors: list[ArmError]) -> None:
    if not errors:
        return
    error = ArmError.of(ErrorReason.DEPLOYMENT_INVALID, name=name, tracking=call.request_id)
    error.error["details"] = [found.error for found in errors]
    error.status = max((found.status for found in errors if found.status in _SAME_STATUS), default=400)
    raise error


def _existing(call: Call) -> Deployment:
    group, name = (
        call.state.group(call.subscription_id, call.values["resourceGroupName"]),
        call.values["deploymentName"],
    )
    found = call.state.part(Deployments).find(group.subscription_id, group.name, name)
    if found is None:
        raise ArmError.of(ErrorReason.DEPLOYMENT_NOT_FOUND, name=name)
    return found


def _deployment_at_poll(call: Call) -> Deployment:
    found = _existing(call)
    if found.operation_id != call.values["operationId"]:
        raise ArmError.of(ErrorReason.OPERATION_NOT_FOUND, operation_id=call.values["operationId"])
    return found


def _path(group: ResourceGroup, name: str) -> tuple[str, ...]:
    place = ("subscriptions", group.subscription_id, "resourcegroups", group.name)
    return (*place, "providers", "Microsoft.Resources", "deployments", name)


def _state_in_filter(text: str) -> str:
    if not text.strip():
        return ""
    match = _FILTER.fullmatch(text)
    if match is None:
        raise ArmError.of(
            ErrorReason.QUERY_INVALID, parameter="$filter", why="expected provisioningState eq '<state>'."
        )
    return match[1].lower()


def _top(call: Call) -> int | None:
    text = call.query.get("$top", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$top", why="expected a whole number >= 0.")
    return int(text[:9])
