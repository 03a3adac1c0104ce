"""Records of deployments: plain data that the `Runner` advances."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from enum import StrEnum
from typing import Any

import attrs

from vmss_sdk.emulator.arm.identity.principal import Principal
from vmss_sdk.emulator.templates.plan import Plan
from vmss_sdk.emulator.templates.resources import PlannedResource

__all__ = ["Deployment", "DeploymentStatus", "Deployments", "Key", "Mode", "Step", "StepStatus"]

Document = dict[str, Any]
Key = tuple[str, ...]

_RESULTS = 100
"""How many answers of what-if are kept."""


class DeploymentStatus(StrEnum):
    """Where a deployment stands."""

    ACCEPTED = "Accepted"
    RUNNING = "Running"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    CANCELED = "Canceled"


class Mode(StrEnum):
    """What becomes of the resources of the group that a template does not name."""

    INCREMENTAL = "Incremental"
    COMPLETE = "Complete"


class StepStatus(StrEnum):
    """Where the work on one resource stands; one that waits for others is not shown."""

    WAITING = "NotStarted"
    RUNNING = "Running"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"


@attrs.define(kw_only=True, eq=False)
class Step:
    """The work on one resource.

    Attributes:
        key: Of the planned resource; of one that is deleted its id.
        id: The resource's id.
        type: The resource's type.
        name: The resource's name, with slashes for a child.
        needs: The keys of the steps before it.
        action: ``Create``, ``Read`` (it only exists) or ``Delete``.
        number: The id of the operation as ARM lists it.
        operation: The id of the long-running operation that it waits for, or empty.
        child: The deployment that it waits for, or None.
        status_code: What the provider answered: ``OK``, ``Created`` …
        error: Why it failed.
    """

    key: str
    id: str
    type: str
    name: str
    needs: tuple[str, ...] = ()
    action: str = "Create"
    number: str = ""
    status: StepStatus = StepStatus.WAITING
    started_at: float = 0.0
    ended_at: float = 0.0
    operation: str = ""
    child: Key | None = None
    status_code: str = "OK"
    error: Document | None = None

    def end(self, now: float, error: Document | None = None) -> None:
        """It is over."""
        self.ended_at, self.error = now, error
        self.status = StepStatus.FAILED if error else StepStatus.SUCCEEDED


@attrs.define(kw_only=True, eq=False)
class Deployment:
    """One deployment.

    Attributes:
        subscription_id: Where it was begun.
        resource_group: Its group, as it was created.
        name: Its name.
        template: As it was given; answers of ``exportTemplate`` show it.
        template_hash: A number that tells templates apart.
        mode: What becomes of the rest of the group.
        correlation_id: Of the request that began it.
        operation_id: Under which it is polled.
        caller: By whose rights; None where nobody is asked.
        accepted_at: Seconds since 1970-01-01 UTC.
        starts_at: When the first resources are begun.
        ended_at: When it was over; 0 before.
        plan: What it does, with the values of its parameters; forgotten when it is over, and with it every secret.
        parameters: The parameters as answers show them: secure ones without value.
        outputs: The outputs, when it has succeeded.
        error: Why it failed.
    """

    subscription_id: str
    resource_group: str
    name: str
    template: Document = attrs.field(repr=False)
    template_hash: str
    mode: Mode
    tags: dict[str, str] | None
    correlation_id: str
    operation_id: str
    caller: Principal | None
    accepted_at: float
    starts_at: float
    plan: Plan | None = attrs.field(repr=False)
    parameters: Document = attrs.field(repr=False)
    steps: dict[str, Step] = attrs.field(factory=dict)
    status: DeploymentStatus = DeploymentStatus.ACCEPTED
    ended_at: float = 0.0
    outputs: Document | None = attrs.field(default=None, repr=False)
    error: Document | None = None

    @property
    def key(self) -> Key:
        """Under which it is kept."""
        return self.subscription_id.lower(), self.resource_group.lower(), self.name.lower()

    @property
    def id(self) -> str:
        """The ARM resource id."""
        group = f"/subscriptions/{self.subscription_id}/resourceGroups/{self.resource_group}"
        return f"{group}/providers/Microsoft.Resources/deployments/{self.name}"

    @property
    def active(self) -> bool:
        """Whether it still has something to do."""
        return self.status in (DeploymentStatus.ACCEPTED, DeploymentStatus.RUNNING)

    def planned(self, step: Step) -> PlannedResource:
        """What the plan says of a step's resource."""
        resources = self.plan.resources if self.plan else ()
        return next(item for item in resources if item.key == step.key)


@attrs.define(kw_only=True, eq=False)
class Deployments:
    """The deployments of all resource groups, and the answers of what-if that wait to be fetched."""

    items: MutableMapping[Key, Deployment]
    results: dict[Key, Document] = attrs.field(factory=dict)

    def find(self, subscription_id: str, group: str, name: str) -> Deployment | None:
        """A deployment, or None."""
        return self.items.get((subscription_id.lower(), group.lower(), name.lower()))

    def of(self, subscription_id: str, group: str) -> Iterator[Deployment]:
        """The deployments of a group."""
        wanted = subscription_id.lower(), group.lower()
        return (found for key, found in list(self.items.items()) if key[:2] == wanted)

    @property
    def active(self) -> list[Deployment]:
        """Those that still have something to do."""
        return [found for found in self.items.values() if found.active]

    def keep_result(self, key: Key, result: Document) -> None:
        """Keep the answer of a what-if until it is fetched; the oldest goes when there are too many."""
        self.results[key] = result
        while len(self.results) > _RESULTS:
            del self.results[next(iter(self.results))]

    def forget_group(self, subscription_id: str, group: str) -> None:
        """The group is gone, and with it the history of its deployments."""
        for found in list(self.of(subscription_id, group)):
            del self.items[found.key]

    def clear(self) -> None:
        """Forget all."""
        self.items.clear()
        self.results.clear()
