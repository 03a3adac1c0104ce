"""Long-running operations as they are polled (wire.md 1, 4)."""

import pytest

from tests.emulator.arm.azure import CONTROL, SET, SUBSCRIPTION, Azure, model, rolling
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
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


def waited_for(azure: Azure, url: str, reads: str = "") -> tuple[str, int]:
    """When an operation ended, and how often it was asked for; something may be read after each answer."""
    polls = 0
    while True:
        poll, polls = azure.send("GET", url), polls + 1
        if poll.json()["status"] != "InProgress":
            return str(poll.json()["endTime"]), polls
        if reads:
            azure.send("GET", reads)
        azure.emulator.clock.sleep(int(poll.headers["retry-after-ms"]) / 1000)


def rolling_out() -> tuple[Azure, str]:
    """A rolling upgrade in batches of ten that has just begun, and where to ask how far it is; instances differ."""
    azure = Azure(Emulator(settings=Settings()))
    azure.create(rolling(50))
    return azure, azure.patch({"sku": {"name": "Standard_D4s_v3"}}).headers["Azure-AsyncOperation"]


def test_who_only_waits_is_told_of_nothing_but_the_end() -> None:
    """Each instance's end and health are events; who asks for the upgrade alone asks a few times for each batch."""
    ended, polls = waited_for(*rolling_out())
    reader, seen = waited_for(*rolling_out(), reads=f"{SET}/rollingUpgrades/latest")
    assert ended == reader
    assert polls * 2 < seen


def test_who_reads_between_two_polls_sees_each_step() -> None:
    """The counter of upgraded instances, read after each answer, goes up by one or two, not by a batch."""
    azure, url = rolling_out()
    counts = set()
    while (poll := azure.send("GET", url)).json()["status"] == "InProgress":
        counts.add(azure.get(f"{SET}/rollingUpgrades/latest")["properties"]["progress"]["successfulInstanceCount"])
        azure.emulator.clock.sleep(int(poll.headers["retry-after-ms"]) / 1000)
    assert len(counts) >= 25
