"""The activity log: who did what, and how it ended."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.emulator.arm.azure import CONTROL, GROUP, SET, SUBSCRIPTION, Azure, model
from tests.emulator.arm.guarded import Guarded
from vmss_sdk.emulator.app import Emulator

LOG = f"{SUBSCRIPTION}/providers/Microsoft.Insights/eventtypes/management/values"
SINCE = "eventTimestamp ge '2026-01-01T00:00:00Z'"
WRITE = "Microsoft.Compute/virtualMachineScaleSets/write"


def events(azure: Azure, more: str = "", since: str = SINCE) -> list[Any]:
    """The events that a filter asks for, the oldest first, all pages."""
    text = " and ".join(filter(None, [since, more]))
    path, found = f"{LOG}?api-version=2015-04-01&$filter={quote(text)}", []
    while path:
        page = azure.get(path)
        found += page["value"]
        path = page.get("nextLink", "")
    return found[::-1]


def told(azure: Azure, more: str = "") -> list[tuple[str, str]]:
    """What was done, and each of its states."""
    return [(event["operationName"]["value"], event["status"]["value"]) for event in events(azure, more)]


def test_a_write_is_told_from_beginning_to_end() -> None:
    """Started, Accepted, and Succeeded when the operation is over."""
    azure = Azure()
    azure.group()
    answer = azure.put(model())
    assert told(azure, f"resourceUri eq '{SET}'") == [(WRITE, "Started"), (WRITE, "Accepted")]
    azure.done(answer)
    assert told(azure, f"resourceUri eq '{SET}'")[-1] == (WRITE, "Succeeded")
    first, *_, last = events(azure, f"resourceUri eq '{SET}'")
    assert first["eventTimestamp"] < last["eventTimestamp"]
    assert last["operationId"] == answer.headers["x-ms-request-id"]


def test_an_event_as_azure_has_it() -> None:
    """The members that scripts read."""
    azure = Azure()
    azure.group()
    [_, event] = events(azure)
    assert event["authorization"] == {
        "action": "Microsoft.Resources/subscriptions/resourceGroups/write",
        "scope": GROUP,
    }
    assert event["resourceGroupName"] == "Shop"
    assert event["resourceProviderName"]["value"] == "Microsoft.Resources"
    assert event["resourceType"]["value"] == "Microsoft.Resources/subscriptions/resourceGroups"
    assert event["subStatus"] == {"value": "Created", "localizedValue": "Created (HTTP Status Code: 201)"}
    assert event["httpRequest"]["method"] == "PUT"
    assert (event["level"], event["category"]["value"]) == ("Informational", "Administrative")


def test_actions_are_told() -> None:
    """By their names; of the resource they were done to."""
    azure = Azure()
    azure.create()
    azure.done(azure.post(f"{SET}/restart"))
    action = "Microsoft.Compute/virtualMachineScaleSets/restart/action"
    assert told(azure)[-3:] == [(action, "Started"), (action, "Accepted"), (action, "Succeeded")]
    assert events(azure)[-1]["resourceType"]["value"] == "Microsoft.Compute/virtualMachineScaleSets"
    assert events(azure)[-1]["resourceId"] == SET


def test_a_refusal_is_told() -> None:
    """Failed, with the error."""
    azure = Azure()
    azure.create()
    refused = azure.put(model(1, {"sku.capacity": "many"}))
    assert refused.status == 400
    failed = events(azure)[-1]
    assert (failed["status"]["value"], failed["level"], failed["subStatus"]["value"]) == (
        "Failed",
        "Error",
        "BadRequest",
    )
    assert refused.json()["error"]["code"] in failed["properties"]["statusMessage"]


def test_an_operation_that_fails_is_told() -> None:
    """Accepted, and Failed when it is over, with its error."""
    azure = Azure()
    azure.create()
    azure.post(f"{CONTROL}/faults", {"kind": "provisioningFailure", "code": "AllocationFailed", "count": 9})
    answer = azure.put(model(5))
    assert azure.end(answer)["status"] == "Failed"
    assert told(azure, f"resourceUri eq '{SET}'")[-2:] == [(WRITE, "Accepted"), (WRITE, "Failed")]
    assert "AllocationFailed" in events(azure)[-1]["properties"]["statusMessage"]


def test_reads_are_not_told() -> None:
    """Nor are polls, nor what is done to the emulator itself."""
    azure = Azure()
    azure.create()
    before = told(azure)
    azure.get()
    azure.post("/_emulator/clock", {"advance": 1})
    assert told(azure) == before


def test_who_did_it() -> None:
    """By object id and application; a filter by caller."""
    azure = Guarded("owner")
    azure.group()
    azure.be("in-group")
    azure.patch({"tags": {"a": "b"}}, GROUP)
    azure.be("owner")
    who = azure.directory.named("in-group")
    assert who is not None
    [_, event] = events(azure, f"caller eq '{who.object_id}'")
    assert (event["caller"], event["claims"]["appid"]) == (who.object_id, who.client_id)


def test_what_may_be_read_is_told() -> None:
    """Who has rights in one group gets the events of that group."""
    azure = Guarded("owner")
    azure.group()
    azure.group(f"{GROUP}2")
    azure.be("group-reader")
    assert {event["resourceGroupName"] for event in events(azure)} == {"Shop"}


def test_a_deployment_tells_what_it_made() -> None:
    """Each resource, besides the deployment itself; what is only tried is not told."""
    azure = Azure()
    azure.group()
    network = {
        "type": "Microsoft.Network/virtualNetworks",
        "apiVersion": "2023-09-01",
        "name": "n",
        "location": "westus",
    }
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    template = {"$schema": schema, "contentVersion": "1.0.0.0", "resources": [{**network, "location": "westus"}]}
    path = f"{GROUP}/providers/Microsoft.Resources/deployments/d"
    azure.put({"properties": {"mode": "Incremental", "template": template}}, path)
    azure.settle()
    made = [("Microsoft.Network/virtualNetworks/write", state) for state in ("Started", "Succeeded")]
    assert told(azure, "resourceProvider eq 'Microsoft.Network'") == made


@pytest.mark.parametrize(
    ("test", "number"),
    [
        ("resourceGroupName eq 'shop'", 2),
        ("resourceGroupName eq 'other'", 0),
        ("resourceProvider eq 'Microsoft.Resources'", 2),
        ("eventTimestamp le '2025-12-31T00:00:00Z'", 0),
        ("eventChannels eq 'Admin, Operation'", 2),
        ("levels eq 'Error,Critical'", 0),
        ("operations eq 'microsoft.resources/subscriptions/resourcegroups/write'", 2),
    ],
)
def test_filters(test: str, number: int) -> None:
    """Joined to the one that every request needs."""
    azure = Azure()
    azure.group()
    assert len(events(azure, test)) == number


@pytest.mark.parametrize("text", ["", "resourceGroupName eq 'x'", f"{SINCE} and name eq 'x'", "eventTimestamp ge 'x'"])
def test_filters_that_are_refused(text: str) -> None:
    """Azure wants to know since when."""
    assert Azure().send("GET", f"{LOG}?$filter={quote(text)}").status == 400


def test_selected_members() -> None:
    """``$select``."""
    azure = Azure()
    azure.group()
    path = f"{LOG}?$filter={quote(SINCE)}&$select=status,caller"
    assert {"status", "caller", "id"} == set(azure.get(path)["value"][0])


def test_it_is_bounded_and_paged() -> None:
    """The newest 500 requests."""
    azure = Azure()
    for number in range(510):
        azure.patch({"tags": {"number": str(number)}}, GROUP)
    found = events(azure)
    assert len(found) == 1000
    assert len({event["eventDataId"] for event in found}) == 1000


def test_it_survives_a_restart() -> None:
    """As the rest of the state."""
    azure = Azure()
    azure.group()
    assert told(Azure(Emulator.from_saved(azure.emulator.saved()))) == told(azure)
