"""A deployment tried on a copy of the state: what it would change, and what providers would refuse."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.copied_state import copied
from vmss_sdk.emulator.arm.deployments.internal_requests import InternalRequests
from vmss_sdk.emulator.arm.deployments.request import read_properties
from vmss_sdk.emulator.arm.deployments.runner import RunningDeployments
from vmss_sdk.emulator.arm.deployments.start import plan_of
from vmss_sdk.emulator.arm.errors import ArmError
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.engine.reading.outcome import StateBefore, outcome
from vmss_sdk.emulator.templates.errors import NotYetError, TemplateError
from vmss_sdk.emulator.templates.identity import parse_id
from vmss_sdk.emulator.templates.plan import Plan
from vmss_sdk.emulator.templates.resources import PlannedResource
from vmss_sdk.emulator.templates.values import find
from vmss_sdk.transport.notes import notes

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.state import State

__all__ = ["Rehearsal"]

Document = dict[str, Any]

_NOT_FOUND = 404


class Rehearsal:
    """Writes resources to a copy, so that nothing changes.

    Attributes:
        inner: Reads and writes the copy.
        written: The ids of what was written.
        unknown: The ids of what could not be tried, since it depends on what only the deployment brings.
        errors: What providers refuse. CHOICE: all of it, also what depends on the present state, which Azure's own
            check before a deployment finds in part.
        notes: What is said of members that are kept without effect.
    """

    def __init__(self, state: State, caller: Principal | None) -> None:
        self._state, self._caller = copied(state, RunningDeployments(items={})), caller
        self.inner = InternalRequests(self._state, caller)
        self.written: list[str] = []
        self.unknown: list[str] = []
        self.errors: list[ArmError] = []
        self._uncertain: set[str] = set()
        self.notes: list[str] = []

    def write_all(self, plan: Plan) -> None:
        """Write the resources of a plan in the order of their dependencies.

        Raises:
            ArmError: The template of a nested deployment is refused.
        """
        for item in _ordered(plan.deployed):
            try:
                if item.only_if_missing and self.inner.exists(item.id, item.api_version):
                    continue
                body = plan.body(item, self.inner)
            except (ArmError, TemplateError, NotYetError):  # what it refers to is not there yet
                self._mark_unknown(item)
                continue
            if item.nested:
                self._write_nested(plan, item, body)
            else:
                self._write(item, body)

    def _write(self, item: PlannedResource, body: Document) -> None:
        try:
            reply = self.inner.put(item.id, item.api_version, body)
        except ArmError as error:
            # what could not be tried may be what is missing
            if self._uncertain and (error.status == _NOT_FOUND or self._uncertain.intersection(item.needs)):
                self._mark_unknown(item)
            else:
                self.errors.append(error)
        else:
            self.written.append(item.id)
            self.notes += notes(reply.headers)
            self._let_it_end(item)

    def _mark_unknown(self, item: PlannedResource) -> None:
        self.unknown.append(item.id)
        self._uncertain.add(item.key)

    def _let_it_end(self, item: PlannedResource) -> None:
        """A deployment begins what comes after a scale set only when that is ready."""
        address = parse_id(item.id)
        if address is None or not f"{address.type}/".lower().startswith(f"{SCALE_SET_TYPE}/".lower()):
            return
        found = self._state.find_scale_set(address.subscription, address.group, address.names[0])
        if found is not None:
            outcome(found, StateBefore())

    def _write_nested(self, plan: Plan, item: PlannedResource, body: Document) -> None:
        wanted, address = read_properties(find(body, "properties")), parse_id(item.id)
        group = self._state.find_group(address.subscription, address.group) if address else None
        if group is None:
            self.unknown.append(item.id)
            return
        outer = plan.scope_for(item, self.inner)
        try:
            self.inner.may_deploy(item.id)
            inner = plan_of(self._state, group, item.name, wanted, caller=self._caller, outer=outer, budget=plan.budget)
        except ArmError as error:
            self.errors.append(error)
            return
        self.write_all(inner)


def _ordered(items: list[PlannedResource]) -> Iterator[PlannedResource]:
    by_key = {item.key: item for item in items}
    order = TopologicalSorter({item.key: [need for need in item.needs if need in by_key] for item in items})
    return (by_key[key] for key in order.static_order())
