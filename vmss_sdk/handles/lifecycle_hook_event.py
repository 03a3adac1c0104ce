"""One question that a scale set asks before an automatic OS upgrade goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk import models
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._resource import Resource, segment
from vmss_sdk.handles._selection import ALL_INSTANCES, Instances, instance_ids

if TYPE_CHECKING:
    from datetime import datetime

    from vmss_sdk._connection import Connection

__all__ = ["LifecycleHookEvent"]


class LifecycleHookEvent(Resource):
    """A lifecycle hook event (semantics 4.10, a preview of Azure): approve, reject, or take more time.

    Without an answer until ``wait_until`` the event's default action is taken.

    Attributes:
        id: Resource id.
        name: Its name.
        listed: What the service said of it in the list that this handle came from; None if it came from its name.
    """

    __slots__ = ("listed", "name")

    def __init__(
        self,
        connection: Connection,
        scale_set: Resource,
        name: str,
        listed: models.VMScaleSetLifecycleHookEvent | None = None,
    ) -> None:
        """For the SDK's own use: see ``ScaleSet.lifecycle_hook_events``."""
        super().__init__(connection, f"{scale_set.id}/lifecycleHookEvents/{segment(name, 'an event name')}")
        self.name = name
        self.listed = listed

    def get(self) -> models.VMScaleSetLifecycleHookEvent:
        """What it is about, until when it waits, and the answers so far.

        Raises:
            NotFoundError: There is no such event.
        """
        return self._get(models.VMScaleSetLifecycleHookEvent)

    def approve(self, instances: Instances, *, until: datetime | None = None) -> models.VMScaleSetLifecycleHookEvent:
        """Let the upgrade go on; it begins when all targets are answered for. The event is read first.

        Args:
            instances: Ids of instances that the event asks about, or ``ALL_INSTANCES`` for every target without an
                answer; an event about the scale set as a whole takes only that.
            until: Until when the event shall wait for the other answers, as in `delay`.

        Raises:
            ClientUsageError: No instances were named, or one that the event does not ask about, or the moment has no
                time zone; nothing has changed.
            NotFoundError: There is no such event.
            OperationNotAllowedError: It is completed.
        """
        return self._answer(instances, models.LifecycleHookActionState.APPROVED, until)

    def reject(self, instances: Instances, *, until: datetime | None = None) -> models.VMScaleSetLifecycleHookEvent:
        """Keep instances from the upgrade. The event is read first.

        Args:
            instances: As for `approve`.
            until: As for `approve`.

        Raises:
            ClientUsageError: No instances were named, or one that the event does not ask about, or the moment has no
                time zone; nothing has changed.
            NotFoundError: There is no such event.
            OperationNotAllowedError: It is completed.
        """
        return self._answer(instances, models.LifecycleHookActionState.REJECTED, until)

    def delay(self, until: datetime) -> models.VMScaleSetLifecycleHookEvent:
        """Have the default action wait until another moment.

        Args:
            until: With a time zone; at most the event's ``max_wait_until``.

        Raises:
            ClientUsageError: The moment has no time zone.
            InvalidRequestError: The moment is past, or too late.
            NotFoundError: There is no such event.
            OperationNotAllowedError: It is completed.
        """
        return self._patch(models.VMScaleSetLifecycleHookEventUpdate(wait_until=_zoned(until)))

    def _answer(
        self, instances: Instances, state: models.LifecycleHookActionState, until: datetime | None
    ) -> models.VMScaleSetLifecycleHookEvent:
        change = models.VMScaleSetLifecycleHookEventUpdate()
        if until is not None:
            change.wait_until = _zoned(until)
        ids = None if instances is ALL_INSTANCES else instance_ids(instances)
        targets = list(self.get().target_resources or ())
        chosen = _waiting(targets) if ids is None else [_target(targets, instance_id) for instance_id in ids]
        answers = [
            models.VMScaleSetLifecycleHookEventTargetResource(resource=target.resource, action_state=state)
            for target in chosen
        ]
        change.target_resources = answers
        return self._patch(change)

    def _patch(self, change: models.VMScaleSetLifecycleHookEventUpdate) -> models.VMScaleSetLifecycleHookEvent:
        answer = self._connection.call("PATCH", self._url("", None), body=change.wire)
        return models.VMScaleSetLifecycleHookEvent.from_wire(answer.document)


def _zoned(until: datetime) -> datetime:
    if until.tzinfo is None:
        raise ClientUsageError(f"until must have a time zone, got {until!r}: for example tzinfo=datetime.UTC")
    return until


def _waiting(
    targets: list[models.VMScaleSetLifecycleHookEventTargetResource],
) -> list[models.VMScaleSetLifecycleHookEventTargetResource]:
    return [target for target in targets if target.action_state == models.LifecycleHookActionState.WAITING] or targets


def _target(
    targets: list[models.VMScaleSetLifecycleHookEventTargetResource], instance_id: str
) -> models.VMScaleSetLifecycleHookEventTargetResource:
    for target in targets:
        *_, kind, name = ["", *_resource_id(target).split("/")]
        if (kind.lower(), name.lower()) == ("virtualmachines", instance_id.lower()):
            return target
    known = ", ".join(_resource_id(target).rpartition("/")[2] for target in targets)
    raise ClientUsageError(f"the event does not ask about instance {instance_id!r}, but about {known or 'nothing'}")


def _resource_id(target: models.VMScaleSetLifecycleHookEventTargetResource) -> str:
    return (target.resource.id if target.resource else None) or ""
