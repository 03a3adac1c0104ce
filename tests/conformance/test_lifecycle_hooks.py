"""Lifecycle hook events through azure-mgmt-compute (semantics 4.10)."""

import datetime
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.compute import models

from tests.conformance.backdoor import Backdoor
from tests.conformance.os_upgrades import HOUR, create_following, image_versions, publish
from tests.conformance.parameters import error_of

pytestmark = pytest.mark.conformance

AUTOMATIC = models.AutomaticOSUpgradePolicy(enable_automatic_os_upgrade=True)


def _asked(compute: Any, group: str, backdoor: Backdoor, kind: str) -> tuple[Any, str]:
    """A scale set whose automatic OS upgrade waits for an answer: the event, and the version it would bring."""
    hook = models.LifecycleHook(type=kind, wait_duration=datetime.timedelta(hours=12), default_action="Reject")
    profile = models.LifecycleHooksProfile(lifecycle_hooks=[hook])
    create_following(compute, group, automatic=AUTOMATIC, lifecycle_hooks_profile=profile)
    version = publish(backdoor)
    backdoor.advance(4 * HOUR)
    [event] = compute.virtual_machine_scale_set_life_cycle_hook_events.list(group, "web")
    return event, version


def _update(compute: Any, group: str, event: Any, **properties: Any) -> Any:
    change = models.VMScaleSetLifecycleHookEventUpdate(
        properties=models.VMScaleSetLifecycleHookEventProperties(**properties)
    )
    return compute.virtual_machine_scale_set_life_cycle_hook_events.update(group, "web", event.name, change)


def _answers(event: Any, *states: str) -> list[models.VMScaleSetLifecycleHookEventTargetResource]:
    return [
        models.VMScaleSetLifecycleHookEventTargetResource(resource=target.resource, action_state=state)
        for target, state in zip(event.properties.target_resources, states, strict=True)
    ]


def test_event_is_listed_and_read(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Type, default action, and a target per instance that waits."""
    event, _ = _asked(compute, group, backdoor, "UpgradeAutoOSRollingBatchStarting")
    read = compute.virtual_machine_scale_set_life_cycle_hook_events.get(group, "web", event.name)
    assert read.as_dict() == event.as_dict()
    assert read.type == "Microsoft.Compute/virtualMachineScaleSets/lifecycleHookEvents"
    assert (read.properties.type, read.properties.state) == ("UpgradeAutoOSRollingBatchStarting", "Active")
    assert read.properties.default_action == "Reject"
    assert [target.action_state for target in read.properties.target_resources] == ["Waiting"] * 3
    assert [target.resource.id.rpartition("/")[2] for target in read.properties.target_resources] == ["0", "1", "2"]


@pytest.mark.rule("4.10")
def test_answers_decide(compute: Any, group: str, backdoor: Backdoor) -> None:
    """What is approved is upgraded, what is rejected is not."""
    event, version = _asked(compute, group, backdoor, "UpgradeAutoOSRollingBatchStarting")
    answered = _update(compute, group, event, target_resources=_answers(event, "Approved", "Rejected", "Approved"))
    assert answered.properties.state == "Completed"
    backdoor.advance(HOUR)
    assert [found == version for found in image_versions(compute, group)] == [True, False, True]


def test_scale_set_as_a_whole(compute: Any, group: str, backdoor: Backdoor) -> None:
    """Before scheduling there is one target: the scale set."""
    event, version = _asked(compute, group, backdoor, "UpgradeAutoOSScheduling")
    [target] = event.properties.target_resources
    assert target.resource.id == compute.virtual_machine_scale_sets.get(group, "web").id
    _update(compute, group, event, target_resources=_answers(event, "Approved"))
    backdoor.advance(HOUR)
    assert image_versions(compute, group) == [version] * 3


def test_delay(compute: Any, group: str, backdoor: Backdoor) -> None:
    """As far as the event allows."""
    event, _ = _asked(compute, group, backdoor, "UpgradeAutoOSScheduling")
    limit = event.properties.max_wait_until
    assert _update(compute, group, event, wait_until=limit).properties.wait_until == limit
    backdoor.advance(13 * HOUR)
    events = compute.virtual_machine_scale_set_life_cycle_hook_events
    assert events.get(group, "web", event.name).properties.state == "Active"
    backdoor.advance(24 * HOUR)
    assert events.get(group, "web", event.name).properties.state == "Completed"
    with pytest.raises(HttpResponseError) as caught:
        _update(compute, group, event, target_resources=_answers(event, "Approved"))
    assert (caught.value.status_code, error_of(caught).code) == (409, "OperationNotAllowed")


def test_no_events(compute: Any, group: str) -> None:
    """An empty list, and an unknown name is not found."""
    create_following(compute, group, 1)
    events = compute.virtual_machine_scale_set_life_cycle_hook_events
    assert list(events.list(group, "web")) == []
    with pytest.raises(ResourceNotFoundError):
        events.get(group, "web", "nothing")
