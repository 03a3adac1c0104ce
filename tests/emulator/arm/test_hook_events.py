"""Lifecycle hook events: the shapes of the API description, answers, delay (semantics 4.10)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, SET, Azure, changed
from tests.emulator.arm.test_os_upgrades import HOURS, automatic, images, publish, wait
from vmss_sdk import wire

EVENTS = f"{SET}/lifecycleHookEvents"
SCHEDULING, BATCH = "UpgradeAutoOSScheduling", "UpgradeAutoOSRollingBatchStarting"
SET_ID = SET


def asked(
    kind: str = BATCH, *, default: str = "Approve", wait_duration: str = "PT2H", flexible: bool = False
) -> tuple[Azure, dict[str, Any]]:
    """A scale set of three whose automatic OS upgrade waits for an answer, and the event."""
    azure = Azure()
    hook = {"type": kind, "waitDuration": wait_duration, "defaultAction": default}
    changes: dict[str, Any] = {"properties.lifecycleHooksProfile": {"lifecycleHooks": [hook]}}
    azure.create(changed(automatic(3), {**changes, **(FLEXIBLE if flexible else {})}))
    publish(azure)
    while not azure.get(EVENTS)["value"]:
        azure.post("/_emulator/clock", {"skip": "next"})
    [event] = azure.get(EVENTS)["value"]
    return azure, event


def answer(azure: Azure, event: dict[str, Any], states: dict[str, str]) -> Any:
    """Answer for targets by their resource ids; the response."""
    targets = [{"resource": {"id": name}, "actionState": state} for name, state in states.items()]
    return azure.patch({"properties": {"targetResources": targets}}, f"{EVENTS}/{event['name']}")


def instance(number: int) -> str:
    """The resource id of an instance."""
    return f"{SET_ID}/virtualMachines/{number}"


def states(event: dict[str, Any]) -> list[str]:
    """The answers so far."""
    return [target["actionState"] for target in event["properties"]["targetResources"]]


def test_none() -> None:
    """An empty list; an unknown name is not found."""
    azure = Azure()
    azure.create()
    assert azure.get(EVENTS) == {"value": []}
    assert azure.error(azure.send("GET", f"{EVENTS}/nothing"))[:2] == (404, "NotFound")
    assert azure.error(azure.patch({}, f"{EVENTS}/nothing"))[:2] == (404, "NotFound")


def test_event_about_instances() -> None:
    """All members of the description; one target per instance, and none has answered (models.md)."""
    azure, event = asked()
    assert azure.get(f"{EVENTS}/{event['name']}") == event
    assert event["id"] == f"{SET_ID}/lifecycleHookEvents/{event['name']}"
    assert event["type"] == "Microsoft.Compute/virtualMachineScaleSets/lifecycleHookEvents"
    properties = event["properties"]
    assert (properties["type"], properties["state"], properties["defaultAction"]) == (BATCH, "Active", "Approve")
    waits = wire.parse_time(properties["waitUntil"]) - wire.parse_time(properties["timeCreated"])
    assert waits == timedelta(hours=2)
    assert properties["maxWaitUntil"] > properties["waitUntil"]
    assert properties["targetResources"] == [
        {"resource": {"id": instance(number)}, "actionState": "Waiting"} for number in range(3)
    ]


def test_event_about_the_scale_set() -> None:
    """Before an upgrade is scheduled the scale set itself is asked, once."""
    azure, event = asked(SCHEDULING)
    target = {"resource": {"id": SET_ID}, "actionState": "Waiting"}
    assert event["properties"]["targetResources"] == [target]
    response = answer(azure, event, {SET_ID.upper(): "Approved"})
    assert (response.status, states(response.json())) == (200, ["Approved"])
    assert response.json()["properties"]["state"] == "Completed"
    wait(azure, HOURS)
    assert images(azure) == ["2.0.0"] * 3


@pytest.mark.rule("4.10")
def test_answers_decide_who_is_upgraded() -> None:
    """Approved ones go on when all are answered, rejected ones stay."""
    azure, event = asked()
    first = answer(azure, event, {instance(0): "Approved"})
    assert (first.status, states(first.json())) == (200, ["Approved", "Waiting", "Waiting"])
    assert first.json()["properties"]["state"] == "Active"
    second = answer(azure, event, {instance(1): "Rejected", instance(2): "Approved"})
    assert states(second.json()) == ["Approved", "Rejected", "Approved"]
    assert second.json()["properties"]["state"] == "Completed"
    wait(azure, HOURS)
    assert images(azure) == ["2.0.0", "1.0.0", "2.0.0"]


@pytest.mark.rule("4.10")
@pytest.mark.parametrize(("default", "image"), [("Approve", "2.0.0"), ("Reject", "1.0.0")])
def test_default_action(default: str, image: str) -> None:
    """Without an answer it decides, and the targets show it."""
    azure, event = asked(default=default)
    wait(azure, 3 * HOURS)
    shown = azure.get(f"{EVENTS}/{event['name']}")
    assert states(shown) == [f"{default}{'d' if default == 'Approve' else 'ed'}"] * 3
    assert shown["properties"]["state"] == "Completed"
    assert images(azure) == [image] * 3


@pytest.mark.rule("4.10")
def test_delay() -> None:
    """The default action waits until the moment that is sent."""
    azure, event = asked()
    created = wire.parse_time(event["properties"]["timeCreated"])
    until = wire.format_time(created + timedelta(hours=5))
    response = azure.patch({"properties": {"waitUntil": until}}, f"{EVENTS}/{event['name']}")
    assert (response.status, response.json()["properties"]["waitUntil"]) == (200, until)
    wait(azure, 4 * HOURS)
    assert azure.get(f"{EVENTS}/{event['name']}")["properties"]["state"] == "Active"
    wait(azure, 2 * HOURS)
    assert azure.get(f"{EVENTS}/{event['name']}")["properties"]["state"] == "Completed"


def test_delay_to_an_earlier_moment() -> None:
    """It may also be cut short."""
    azure, event = asked()
    created = wire.parse_time(event["properties"]["timeCreated"])
    until = wire.format_time(created + timedelta(minutes=10))
    azure.patch({"properties": {"waitUntil": until}}, f"{EVENTS}/{event['name']}")
    wait(azure, 11 * 60)
    assert azure.get(f"{EVENTS}/{event['name']}")["properties"]["state"] == "Completed"


def test_delay_as_far_as_may_be() -> None:
    """What the event says is the limit is allowed, to the last digit."""
    azure, event = asked()
    limit = event["properties"]["maxWaitUntil"]
    response = azure.patch({"properties": {"waitUntil": limit}}, f"{EVENTS}/{event['name']}")
    assert (response.status, response.json()["properties"]["waitUntil"]) == (200, limit)


@pytest.mark.rule("4.10")
@pytest.mark.parametrize("hours", [-1, 1000])
def test_delay_out_of_range(hours: int) -> None:
    """400: the past, and beyond the limit; nothing has changed."""
    azure, event = asked()
    created = wire.parse_time(event["properties"]["timeCreated"])
    body = {"properties": {"waitUntil": wire.format_time(created + timedelta(hours=hours))}}
    response = azure.patch(body, f"{EVENTS}/{event['name']}")
    assert azure.error(response) == (400, "InvalidParameter", "properties.waitUntil")
    assert azure.get(f"{EVENTS}/{event['name']}") == event


def test_unknown_target() -> None:
    """400, and not even the known ones are answered."""
    azure, event = asked()
    response = answer(azure, event, {instance(0): "Approved", instance(9): "Approved"})
    assert azure.error(response) == (400, "InvalidParameter", "properties.targetResources[1].resource.id")
    assert azure.get(f"{EVENTS}/{event['name']}") == event


def test_unknown_answer() -> None:
    """400: only the words of the description."""
    azure, event = asked()
    response = answer(azure, event, {instance(0): "Perhaps"})
    assert azure.error(response)[:2] == (400, "InvalidParameter")


def test_what_was_read_may_be_sent_back() -> None:
    """Its properties say nothing new, also once the event is completed."""
    azure, event = asked()
    response = azure.patch({"properties": event["properties"]}, f"{EVENTS}/{event['name']}")
    assert (response.status, response.json()) == (200, event)
    wait(azure, 3 * HOURS)
    completed = azure.get(f"{EVENTS}/{event['name']}")
    assert azure.patch({"properties": completed["properties"]}, f"{EVENTS}/{event['name']}").json() == completed


def test_completed_event_takes_no_answer() -> None:
    """409 OperationNotAllowed."""
    azure, event = asked()
    wait(azure, 3 * HOURS)
    assert azure.error(answer(azure, event, {instance(0): "Rejected"}))[:2] == (409, "OperationNotAllowed")


def test_one_question_at_a_time() -> None:
    """As long as an event is active, no write makes the platform ask the same once more."""
    azure, event = asked(wait_duration="PT12H")
    azure.done(azure.patch({}))
    wait(azure, 4 * HOURS)
    assert [found["name"] for found in azure.get(EVENTS)["value"]] == [event["name"]]


@pytest.mark.rule("2.5.36")
def test_approved_upgrade_waits_for_the_one_that_runs() -> None:
    """What was approved meanwhile goes on afterwards: one rolling upgrade at a time (semantics 2.5.36)."""
    azure, event = asked()
    azure.post(f"{SET}/extensionRollingUpgrade")
    answer(azure, event, {instance(number): "Approved" for number in range(3)})
    assert images(azure) == ["1.0.0"] * 3
    wait(azure, 2 * HOURS)
    assert images(azure) == ["2.0.0"] * 3


def test_flexible_instances_by_either_id() -> None:
    """As inside their scale set, or as virtual machines of their own."""
    azure, event = asked(flexible=True)
    first, second, third = [target["resource"]["id"] for target in event["properties"]["targetResources"]]
    assert first.startswith(f"{SET_ID}/virtualMachines/web_")
    own = second.replace("/virtualMachineScaleSets/web", "")
    response = answer(azure, event, {first: "Approved", own: "Rejected", third: "Approved"})
    assert states(response.json()) == ["Approved", "Rejected", "Approved"]
