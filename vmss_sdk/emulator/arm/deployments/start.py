"""Starts a deployment: the whole template is evaluated first, and refused if anything is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from vmss_sdk.emulator.arm.deployments.evaluation_context import context_of
from vmss_sdk.emulator.arm.deployments.record import Deployment, Deployments, Step
from vmss_sdk.emulator.arm.deployments.request import DeploymentRequest
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.templates.budget import Budget
from vmss_sdk.emulator.templates.errors import LanguageError, TemplateError
from vmss_sdk.emulator.templates.evaluation import Environment
from vmss_sdk.emulator.templates.plan import Plan, make_plan

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.state import ResourceGroup, State

__all__ = ["begin", "plan_of", "refuse_active", "target_group"]

_EXPIRES = 7 * 24 * 3600
"""CHOICE: seconds after which ARM would give a deployment up; only an error text tells it."""


def target_group(state: State, subscription_id: str, name: str) -> ResourceGroup:
    """The resource group of a deployment.

    Raises:
        ArmError: There is none, or it is being deleted.
    """
    group = state.group(subscription_id, name)
    if group.deletion is not None:
        raise ArmError.of(ErrorReason.GROUP_DELETING, group=group.name)
    return group


def refuse_active(state: State, group: ResourceGroup, name: str) -> None:
    """A deployment that goes on is not replaced.

    Raises:
        ArmError: It goes on.
    """
    found = state.part(Deployments).find(group.subscription_id, group.name, name)
    if found is not None and found.active:
        since, until = time_text(found.accepted_at), time_text(found.accepted_at + _EXPIRES)
        raise ArmError.of(ErrorReason.DEPLOYMENT_ACTIVE, name=found.name, since=since, until=until)


def plan_of(
    state: State,
    group: ResourceGroup,
    name: str,
    wanted: DeploymentRequest,
    *,
    caller: Principal | None,
    outer: Environment | None = None,
    budget: Budget | None = None,
) -> Plan:
    """What a deployment is going to do; nothing changes.

    Args:
        state: Where it takes place.
        group: The resource group.
        name: The deployment's name.
        wanted: What is asked for.
        caller: Who asked for it; None where nobody is asked.
        outer: What it sees of the template around it.
        budget: Of the deployment around it.

    Raises:
        ArmError: The template or its parameters are refused.
    """
    properties = {"template": wanted.template, "parameters": wanted.open_parameters, "mode": wanted.mode.value}
    context = context_of(state, group, name, properties, caller=caller)
    try:
        return make_plan(wanted.template, wanted.parameters, context, outer=outer, budget=budget)
    except TemplateError as error:
        raise wanted.refused(error) from None
    except LanguageError as error:
        raise wanted.refused(
            TemplateError(f"Deployment template validation failed: '{error}'.", ("template",))
        ) from None
    except RecursionError:
        raise wanted.refused(TemplateError("The template is nested too deeply.", ("template",))) from None


def begin(
    state: State,
    group: ResourceGroup,
    name: str,
    wanted: DeploymentRequest,
    plan: Plan,
    *,
    correlation_id: str,
    caller: Principal | None,
) -> Deployment:
    """Take a deployment in; its resources come from the next moment on.

    CHOICE: that moment is as far away as a write to a scale set that touches no instance takes.
    """
    found = Deployment(
        subscription_id=group.subscription_id,
        resource_group=group.name,
        name=name,
        template=wanted.template,
        template_hash=wanted.template_hash,
        mode=wanted.mode,
        tags=wanted.tags,
        correlation_id=correlation_id,
        operation_id=_number(state, group.id, name),
        caller=None if caller is None else attrs.evolve(caller, secret=""),
        accepted_at=state.now,
        starts_at=state.now + state.settings.timings.write,
        plan=plan,
        parameters=plan.parameters,
    )
    for item in plan.deployed:
        number = seeded_random.guid(state.settings.seed, item.id, found.operation_id).replace("-", "")[:16].upper()
        found.steps[item.key] = Step(
            key=item.key, id=item.id, type=item.type, name=item.name, needs=item.needs, number=number
        )
    state.part(Deployments).items.pop(found.key, None)
    state.part(Deployments).items[found.key] = found
    return found


def _number(state: State, group_id: str, name: str) -> str:
    """An operation's id as ARM writes it: twenty digits."""
    fraction = seeded_random.fraction(state.settings.seed, "deployment", group_id, name, state.writes)
    return f"0858{int(fraction * 10**16):016}"
