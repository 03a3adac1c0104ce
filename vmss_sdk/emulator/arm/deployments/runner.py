"""Moves deployments on: each resource is begun at the moment when those that it needs are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.arm.deployments.internal_requests import InternalRequests
from vmss_sdk.emulator.arm.deployments.record import Deployment, Deployments, DeploymentStatus, Mode, Step, StepStatus
from vmss_sdk.emulator.arm.deployments.request import read_properties
from vmss_sdk.emulator.arm.deployments.start import begin, plan_of, refuse_active, target_group
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem, document
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.templates.errors import TemplateError
from vmss_sdk.emulator.templates.identity import parse_id
from vmss_sdk.emulator.templates.values import find

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.state import State

__all__ = ["RunningDeployments"]

Document = dict[str, Any]

_DEPTH = 10
"""CHOICE: how deep deployments may be nested; beyond it a template that deploys itself would never end."""


@attrs.define(kw_only=True, eq=False)
class RunningDeployments(Deployments):
    """The deployments of all resource groups, as a part of the state that goes on by itself."""

    def run(self, state: State) -> None:
        """Do all that deployments have to do until the state's moment, each thing at its own moment."""
        until = state.now
        if not self.items:  # every request comes by here
            return
        try:
            while True:
                due = [(moment, found) for found in self.active if (moment := _due(state, found)) is not None]
                moment, found = min(due, key=lambda entry: entry[0], default=(None, None))
                if moment is None or found is None or moment > until:
                    return
                state.now = moment
                _Run(state, found).advance()
        finally:
            state.now = until

    def next_due(self, state: State) -> float | None:
        """When a deployment next has something to do; None when none goes on."""
        due = (_due(state, found) for found in self.active)
        return min((moment for moment in due if moment is not None), default=None)


def _due(state: State, found: Deployment) -> float | None:
    if found.status is DeploymentStatus.ACCEPTED:
        return found.starts_at
    running = (step for step in found.steps.values() if step.status is StepStatus.RUNNING)
    due = (_step_due(state, found, step) for step in running)
    return min((moment for moment in due if moment is not None), default=None)


def _step_due(state: State, found: Deployment, step: Step) -> float | None:
    if step.child is not None:
        child = state.part(Deployments).items.get(step.child)
        if child is None:
            return step.started_at
        return None if child.active else max(step.started_at, child.ended_at)
    moment = state.operation_due(_subscription(step, found), step.operation)
    return None if moment is None else max(step.started_at, moment)


def _subscription(step: Step, found: Deployment) -> str:
    address = parse_id(step.id)
    return address.subscription if address and address.subscription else found.subscription_id


class _Run:
    """One deployment at one moment."""

    def __init__(self, state: State, deployment: Deployment) -> None:
        self._state, self._deployment = state, deployment
        self._inner = InternalRequests(state, deployment.caller)

    def advance(self) -> None:
        """Settle what has ended, start what can start, and end the deployment when nothing is left."""
        self._deployment.status = DeploymentStatus.RUNNING
        while self._settle() | self._start():
            pass
        if any(step.status is StepStatus.RUNNING for step in self._deployment.steps.values()):
            return
        if not self._delete_unnamed():
            self._end()

    def _steps(self, status: StepStatus) -> list[Step]:
        return [step for step in self._deployment.steps.values() if step.status is status]

    def _settle(self) -> bool:
        running = self._steps(StepStatus.RUNNING)
        for step in running:
            if step.child is not None:
                self._settle_child(step)
            else:
                self._settle_operation(step)
        return any(step.status is not StepStatus.RUNNING for step in running)

    def _settle_child(self, step: Step) -> None:
        child = self._state.part(Deployments).items.get(step.child or ())
        if child is None or child.status is DeploymentStatus.CANCELED:
            step.end(self._state.now, _terminal(step, "Canceled", None))
        elif not child.active:
            step.end(self._state.now, child.error)

    def _settle_operation(self, step: Step) -> None:
        operation = self._state.operation(_subscription(step, self._deployment), step.operation)
        if operation is None:
            step.end(self._state.now, _terminal(step, "Canceled", None))
        elif operation.ended_at is not None and operation.ended_at <= self._state.now:
            failure = operation.failure
            step.end(self._state.now, None if failure is None else _terminal(step, "Failed", document(failure)))

    def _start(self) -> bool:
        steps = self._deployment.steps
        ready = [
            step
            for step in self._steps(StepStatus.WAITING)
            if all(need not in steps or steps[need].status is StepStatus.SUCCEEDED for need in step.needs)
        ]
        for step in ready:
            step.status, step.started_at = StepStatus.RUNNING, self._state.now
            try:
                self._write(step)
            except ArmError as error:
                step.status_code = _code(error.status)
                step.end(self._state.now, error.error)
            except TemplateError as error:
                step.status_code = _code(400)
                step.end(self._state.now, {"code": error.code, "message": _placed(error)})
        return bool(ready)

    def _write(self, step: Step) -> None:
        plan = self._deployment.plan
        if step.action == "Delete":
            self._wait_for(step, self._inner.delete(step.id))
            return
        item = self._deployment.planned(step)
        if plan is None:
            raise TypeError("a deployment that goes on has a plan")
        if item.only_if_missing and self._inner.exists(item.id, item.api_version):
            step.end(self._state.now)
            return
        body = plan.body(item, self._inner)
        if item.nested:
            self._begin_child(step, body)
        else:
            self._wait_for(step, self._inner.put(item.id, item.api_version, body))

    def _begin_child(self, step: Step, body: Document) -> None:
        address = parse_id(step.id)
        if address is None or not address.group:
            raise ArmError.of(ErrorReason.UNKNOWN_TYPE, path=step.id)
        if self._depth() >= _DEPTH:
            raise ArmError.of(ErrorReason.NESTED_TOO_DEEP, name=step.name, most=_DEPTH)
        self._inner.may_deploy(step.id)
        state, parent = self._state, self._deployment
        group = target_group(state, address.subscription, address.group)
        refuse_active(state, group, step.name)
        wanted = read_properties(find(body, "properties"))
        outer = parent.plan.scope_for(parent.planned(step), self._inner) if parent.plan else None
        budget = parent.plan.budget if parent.plan else None
        plan = plan_of(state, group, step.name, wanted, caller=parent.caller, outer=outer, budget=budget)
        state.writes += 1
        child = begin(state, group, step.name, wanted, plan, correlation_id=parent.correlation_id, caller=parent.caller)
        step.child, step.status_code = child.key, _code(201)

    def _depth(self) -> int:
        """How many deployments this one is inside of, itself included."""
        depth, key = 1, self._deployment.key
        while depth <= _DEPTH:
            holder = next(
                (
                    found
                    for found in self._state.part(Deployments).active
                    if any(step.child == key and step.status is StepStatus.RUNNING for step in found.steps.values())
                ),
                None,
            )
            if holder is None:
                break
            depth, key = depth + 1, holder.key
        return depth

    def _wait_for(self, step: Step, reply: Reply) -> None:
        step.status_code = _code(reply.status)
        url = reply.headers.get("Azure-AsyncOperation", "")
        step.operation = url.partition("?")[0].rpartition("/")[2]
        if not step.operation:
            step.end(self._state.now)

    def _delete_unnamed(self) -> bool:
        """In Complete mode what the template does not name goes, once all that it names is there."""
        found, state = self._deployment, self._state
        if found.mode is not Mode.COMPLETE or len(self._steps(StepStatus.SUCCEEDED)) != len(found.steps):
            return False
        named = {item.id.lower() for item in found.plan.resources if item.active} if found.plan else set()
        rest = [
            (resource_id, kind)
            for resource_id, kind in state.resource_ids(found.subscription_id, found.resource_group)
            if resource_id.lower() not in named and resource_id.lower() not in found.steps
        ]
        for resource_id, kind in rest:
            number = (
                seeded_random.guid(state.settings.seed, resource_id, found.operation_id).replace("-", "")[:16].upper()
            )
            name = resource_id.rpartition("/")[2]
            found.steps[resource_id.lower()] = Step(
                key=resource_id.lower(), id=resource_id, type=kind, name=name, action="Delete", number=number
            )
        if rest:
            self.advance()
        return bool(rest)

    def _end(self) -> None:
        found = self._deployment
        found.ended_at = self._state.now
        failed = [step.error for step in self._steps(StepStatus.FAILED) if step.error]
        if failed:
            found.error = _failed(found, failed)
        else:
            self._write_outputs()
        found.status = DeploymentStatus.FAILED if found.error else DeploymentStatus.SUCCEEDED
        found.plan = None

    def _write_outputs(self) -> None:
        found = self._deployment
        try:
            found.outputs = found.plan.outputs(self._inner) if found.plan else {}
        except TemplateError as error:
            found.error = {"code": error.code, "target": found.id, "message": _placed(error)}
        except ArmError as error:
            found.error = _failed(found, [error.error])


def _placed(error: TemplateError) -> str:
    return error.message.replace("{place}", "line '1' and column '1'")


def _failed(found: Deployment, details: list[Document]) -> Document:
    return {**document(Problem(ErrorReason.DEPLOYMENT_FAILED)), "target": found.id, "details": details}


def _terminal(step: Step, state: str, cause: Document | None) -> Document:
    error = {**document(Problem(ErrorReason.RESOURCE_WRITE_FAILED, {"state": state})), "target": step.id}
    return error if cause is None else {**error, "details": [cause]}


_CODES = {200: "OK", 201: "Created", 202: "Accepted", 204: "NoContent", 400: "BadRequest", 403: "Forbidden"} | {
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    412: "PreconditionFailed",
}


def _code(status: int) -> str:
    return _CODES.get(status, "InternalServerError")
