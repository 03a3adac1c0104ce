"""Long-running operations as they are polled (wire.md 1, 4)."""

import pytest

from tests.emulator.arm.azure import CONTROL, SET, SUBSCRIPTION, Azure, model
from vmss_sdk.transport.base import Response


def begun(azure: Azure) -> Response:
    """A reimage that was begun at the start of the virtual clock's second minute."""
    azure.create(model(1))
    return azure.post(f"{SET}/reimage")


@pytest.mark.rule("6.7")
def test_unfinished() -> None:
    """Always 200; startTime, status, name in this order; how long to wait in virtual time."""
    azure = Azure()
    response = begun(azure)
    poll = azure.send("GET", response.headers["Azure-AsyncOperation"])
    assert poll.status == 200
    document = poll.json()
    assert list(document) == ["startTime", "status", "name"]
    assert (document["status"], document["name"]) == ("InProgress", response.headers["x-ms-request-id"])
    assert poll.headers["retry-after-ms"] == "85000"
    assert "Retry-After" not in poll.headers


@pytest.mark.rule("6.7")
def test_finished() -> None:
    """startTime, endTime, status, name; nothing more to wait for; times with offset."""
    azure = Azure()
    response = begun(azure)
    azure.settle()
    poll = azure.send("GET", response.headers["Azure-AsyncOperation"])
    document = poll.json()
    assert list(document) == ["startTime", "endTime", "status", "name"]
    assert document["status"] == "Succeeded"
    assert document["startTime"].endswith("+00:00")
    assert "retry-after-ms" not in poll.headers


@pytest.mark.rule("6.7")
def test_result() -> None:
    """The Location: 202 and the same Location until it is over, then 200 without body."""
    azure = Azure()
    location = begun(azure).headers["Location"]
    poll = azure.send("GET", location)
    assert (poll.status, poll.body) == (202, b"")
    assert poll.headers["Location"] == location
    assert poll.headers["retry-after-ms"] == "85000"
    azure.settle()
    done = azure.send("GET", location)
    assert (done.status, done.body) == (200, b"")


@pytest.mark.rule("6.7")
def test_failed() -> None:
    """200, Failed, the error between status and name; the result is an error status, so that pollers see it."""
    azure = Azure()
    azure.create(model(1))
    azure.post(f"{CONTROL}/faults", {"kind": "provisioningFailure"})
    response = azure.post(f"{SET}/reimage")
    document = azure.end(response)
    assert list(document) == ["startTime", "endTime", "status", "error", "name"]
    assert document["status"] == "Failed"
    assert document["error"]["code"] == "OSProvisioningTimedOut"
    assert document["error"]["target"] == "0"
    result = azure.send("GET", response.headers["Location"])
    assert (result.status, result.json()["error"]["code"]) == (409, "OSProvisioningTimedOut")


def test_unknown() -> None:
    """An operation that never was: 404."""
    path = f"{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westus/operations/no-such"
    assert Azure().error(Azure().send("GET", path))[:2] == (404, "NotFound")


def test_belongs_to_its_subscription() -> None:
    """Another subscription does not see it."""
    azure = Azure()
    url = begun(azure).headers["Azure-AsyncOperation"]
    assert azure.send("GET", url.replace(SUBSCRIPTION, "/subscriptions/other")).status == 404


def test_outlives_its_scale_set() -> None:
    """The deletion's operation can still be asked for when the scale set is gone and made anew."""
    azure = Azure()
    azure.create()
    response = azure.send("DELETE", SET)
    azure.settle()
    azure.create()
    assert azure.end(response)["status"] == "Succeeded"


def test_goes_on_without_polls() -> None:
    """Nobody has to ask: time alone does the work (az-cli 3, --no-wait)."""
    azure = Azure()
    begun(azure)
    azure.emulator.clock.advance(86)
    states = {item["properties"]["provisioningState"] for item in azure.instances()}
    assert states == {"Succeeded"}


def test_polling_while_another_scale_set_works() -> None:
    """The wait goes to the next event of any scale set, and what is over elsewhere holds nobody up."""
    azure = Azure()
    azure.create()
    other = SET.replace("/web", "/other")
    azure.put(model(2), other)
    azure.emulator.clock.advance(1000)
    response = azure.post(f"{SET}/restart")
    poll = azure.send("GET", response.headers["Azure-AsyncOperation"])
    assert poll.headers["retry-after-ms"] == "45000"
