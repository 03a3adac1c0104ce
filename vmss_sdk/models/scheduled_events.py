"""Scheduled events: notices before something happens to an instance."""

from datetime import timedelta

from vmss_sdk.models._base import Model, boolean, duration, nested, text


class UserInitiatedRedeploy(Model):
    """Whether a redeploy that the customer asked for is approved by itself."""

    automatically_approve: bool | None = boolean("automaticallyApprove", default=None)


class UserInitiatedReboot(Model):
    """Whether a restart that the customer asked for is approved by itself."""

    automatically_approve: bool | None = boolean("automaticallyApprove", default=None)


class AllInstancesDown(Model):
    """Whether events are approved by themselves when all instances are down."""

    automatically_approve: bool | None = boolean("automaticallyApprove", default=None)


class EventGridAndResourceGraph(Model):
    """Whether scheduled events go to Event Grid and Resource Graph as well."""

    enable: bool | None = boolean("enable", default=None)
    scheduled_events_api_version: str | None = text("scheduledEventsApiVersion", default=None)


class ScheduledEventsAdditionalPublishingTargets(Model):
    """Where scheduled events go besides the metadata service."""

    event_grid_and_resource_graph: EventGridAndResourceGraph | None = nested(
        "eventGridAndResourceGraph", EventGridAndResourceGraph, default=None
    )


class ScheduledEventsPolicy(Model):
    """Which events of a scale set are announced, where, and which are approved by themselves."""

    user_initiated_redeploy: UserInitiatedRedeploy | None = nested(
        "userInitiatedRedeploy", UserInitiatedRedeploy, default=None
    )
    user_initiated_reboot: UserInitiatedReboot | None = nested("userInitiatedReboot", UserInitiatedReboot, default=None)
    scheduled_events_additional_publishing_targets: ScheduledEventsAdditionalPublishingTargets | None = nested(
        "scheduledEventsAdditionalPublishingTargets", ScheduledEventsAdditionalPublishingTargets, default=None
    )
    all_instances_down: AllInstancesDown | None = nested("allInstancesDown", AllInstancesDown, default=None)


class TerminateNotificationProfile(Model):
    """The notice an instance gets before it is deleted.

    Attributes:
        not_before_timeout: How long it has to approve: 5 to 15 minutes, default 5 (semantics 7.11).
        enable: Whether the notice is given.
    """

    not_before_timeout: timedelta | None = duration("notBeforeTimeout", default=None)
    enable: bool | None = boolean("enable", default=None)


class OSImageNotificationProfile(Model):
    """The notice an instance gets before a reimage or an OS upgrade.

    Attributes:
        not_before_timeout: How long it has to approve; must be 15 minutes (semantics 1.5.24).
        enable: Whether the notice is given.
    """

    not_before_timeout: timedelta | None = duration("notBeforeTimeout", default=None)
    enable: bool | None = boolean("enable", default=None)


class ScheduledEventsProfile(Model):
    """The notices that the instances of a scale set get."""

    terminate_notification_profile: TerminateNotificationProfile | None = nested(
        "terminateNotificationProfile", TerminateNotificationProfile, default=None
    )
    os_image_notification_profile: OSImageNotificationProfile | None = nested(
        "osImageNotificationProfile", OSImageNotificationProfile, default=None
    )
