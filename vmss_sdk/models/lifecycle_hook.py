"""Lifecycle hooks: where the customer is asked during upgrades."""

from collections.abc import MutableSequence
from datetime import datetime, timedelta

from vmss_sdk.models._base import Model, choice, duration, nested, nested_list, text, timestamp
from vmss_sdk.models.common import ApiEntityReference, SystemData
from vmss_sdk.models.enums import (
    LifecycleHookAction,
    LifecycleHookActionState,
    VMScaleSetLifecycleHookEventState,
    VMScaleSetLifecycleHookEventType,
)


class LifecycleHook(Model):
    """A moment at which a scale set asks the customer before it goes on (semantics 4.10).

    Attributes:
        type: Which moment.
        wait_duration: How long it waits for an answer.
        default_action: The answer it assumes afterwards.
    """

    type: VMScaleSetLifecycleHookEventType | str | None = choice("type", VMScaleSetLifecycleHookEventType, default=None)
    wait_duration: timedelta | None = duration("waitDuration", default=None)
    default_action: LifecycleHookAction | str | None = choice("defaultAction", LifecycleHookAction, default=None)


class LifecycleHooksProfile(Model):
    """The moments at which a scale set asks the customer."""

    lifecycle_hooks: MutableSequence[LifecycleHook] | None = nested_list("lifecycleHooks", LifecycleHook, default=None)


class VMScaleSetLifecycleHookEventTargetResource(Model):
    """A scale set or instance that a lifecycle hook event is about, and the answer for it."""

    resource: ApiEntityReference | None = nested("resource", ApiEntityReference, default=None)
    action_state: LifecycleHookActionState | str | None = choice("actionState", LifecycleHookActionState, default=None)


class VMScaleSetLifecycleHookEventAdditionalContext(Model):
    """What else is said with a lifecycle hook event."""

    priority: str | None = text("priority", default=None)


class VMScaleSetLifecycleHookEvent(Model):
    """A question that a scale set asks the customer before it goes on.

    Attributes:
        id: Resource id. Read-only.
        name: Resource name. Read-only.
        resource_type: The ARM resource type (``type`` beside ``name`` on the wire). Read-only.
        system_data: Who made and changed it. Read-only.
        type: Which moment it is (``properties.type`` on the wire).
        wait_until: When the default action is taken; may be put off.
        max_wait_until: How far it may be put off. Read-only.
        time_created: Read-only.
        default_action: The answer that is assumed after ``wait_until``. Read-only.
        target_resources: What it is about, and the answers given.
        additional_context: What else is said.
        state: Active or Completed. Read-only.
    """

    id: str | None = text("id", init=False)
    name: str | None = text("name", init=False)
    resource_type: str | None = text("type", init=False)
    system_data: SystemData | None = nested("systemData", SystemData, init=False)
    type: VMScaleSetLifecycleHookEventType | str | None = choice(
        "properties.type", VMScaleSetLifecycleHookEventType, default=None
    )
    wait_until: datetime | None = timestamp("properties.waitUntil", default=None)
    max_wait_until: datetime | None = timestamp("properties.maxWaitUntil", init=False)
    time_created: datetime | None = timestamp("properties.timeCreated", init=False)
    default_action: LifecycleHookAction | str | None = choice(
        "properties.defaultAction", LifecycleHookAction, init=False
    )
    target_resources: MutableSequence[VMScaleSetLifecycleHookEventTargetResource] | None = nested_list(
        "properties.targetResources", VMScaleSetLifecycleHookEventTargetResource, default=None
    )
    additional_context: VMScaleSetLifecycleHookEventAdditionalContext | None = nested(
        "properties.additionalContext", VMScaleSetLifecycleHookEventAdditionalContext, default=None
    )
    state: VMScaleSetLifecycleHookEventState | str | None = choice(
        "properties.state", VMScaleSetLifecycleHookEventState, init=False
    )


class VMScaleSetLifecycleHookEventUpdate(Model):
    """What a PATCH of a lifecycle hook event may carry: answers and a later time."""

    type: VMScaleSetLifecycleHookEventType | str | None = choice(
        "properties.type", VMScaleSetLifecycleHookEventType, default=None
    )
    wait_until: datetime | None = timestamp("properties.waitUntil", default=None)
    max_wait_until: datetime | None = timestamp("properties.maxWaitUntil", init=False)
    time_created: datetime | None = timestamp("properties.timeCreated", init=False)
    default_action: LifecycleHookAction | str | None = choice(
        "properties.defaultAction", LifecycleHookAction, init=False
    )
    target_resources: MutableSequence[VMScaleSetLifecycleHookEventTargetResource] | None = nested_list(
        "properties.targetResources", VMScaleSetLifecycleHookEventTargetResource, default=None
    )
    additional_context: VMScaleSetLifecycleHookEventAdditionalContext | None = nested(
        "properties.additionalContext", VMScaleSetLifecycleHookEventAdditionalContext, default=None
    )
    state: VMScaleSetLifecycleHookEventState | str | None = choice(
        "properties.state", VMScaleSetLifecycleHookEventState, init=False
    )
