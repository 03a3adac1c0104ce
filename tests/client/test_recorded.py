"""Conversations recorded with real Azure, played again over the HTTP transport (wire.md 1.3, 3.1, 3.7, 3.15, 4)."""

from collections.abc import Iterator
from typing import Any

import pytest
import responses
from responses.registries import OrderedRegistry

from tests.transport.stand_in import CountingClock
from vmss_sdk import (
    HttpTransport,
    NotFoundError,
    PreconditionFailedError,
    RollingUpgradeFailedError,
    StaticTokenCredential,
    VirtualMachineScaleSet,
    VmssClient,
)

AZURE = "https://management.azure.com"
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
COMPUTE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/asotest-rg-jwckbj/providers/Microsoft.Compute"
NAME = "asotest-vmss-inmmnn"
SCALE_SET = f"{AZURE}{COMPUTE}/virtualMachineScaleSets/{NAME}?api-version=2020-12-01"
OPERATIONS = f"{AZURE}/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westeurope/operations"
P = "?p=b7d3e07c-4f3a-4827-a850-d0342faa33b2"
JSON = {"Content-Type": "application/json; charset=utf-8"}


@pytest.fixture
def azure() -> Iterator[responses.RequestsMock]:
    """Answers in the order they are registered; every one must be used."""
    with responses.RequestsMock(registry=OrderedRegistry) as mock:
        yield mock


@pytest.fixture
def client() -> VmssClient:
    transport = HttpTransport(AZURE, clock=CountingClock())
    credential = StaticTokenCredential("a-token")
    return VmssClient(SUBSCRIPTION, transport=transport, credential=credential, api_version="2020-12-01")


def naps(client: VmssClient) -> list[float]:
    assert isinstance(client.clock, CountingClock)
    return client.clock.naps


def resource(state: str) -> dict[str, Any]:
    return {
        "name": NAME,
        "id": f"{COMPUTE}/virtualMachineScaleSets/{NAME}",
        "type": "Microsoft.Compute/virtualMachineScaleSets",
        "location": "westeurope",
        "sku": {"name": "STANDARD_D1_v2", "tier": "Standard", "capacity": 1},
        "properties": {
            "singlePlacementGroup": False,
            "orchestrationMode": "Uniform",
            "upgradePolicy": {"mode": "Automatic"},
            "provisioningState": state,
            "overprovision": True,
            "platformFaultDomainCount": 3,
        },
    }


def test_create(azure: responses.RequestsMock, client: VmssClient) -> None:
    """201 with Azure-AsyncOperation and Retry-After 10; 61 while it runs; then the scale set is fetched."""
    guid = "7a37fa9c-da59-4d8a-bfb4-f033c487e0dd"
    poll = (
        f"{OPERATIONS}/{guid}{P}&api-version=2020-12-01&t=638428535199128611&c=MIIHADCCBeig~&s=vNRdmL8KBXAa~"
        "&h=-xiyfxIe2XpaXX2xIvHgAJ-iCsXBB7eH2KWBHywZrfw"
    )
    first = {"Azure-AsyncOperation": poll, "Azure-AsyncNotification": "Enabled", "Retry-After": "10"}
    start = "2024-02-06T21:58:37.7191873+00:00"
    azure.put(SCALE_SET, json=resource("Creating"), status=201, headers=first)
    azure.get(poll, json={"startTime": start, "status": "InProgress", "name": guid}, headers={"Retry-After": "61"})
    end = "2024-02-06T21:59:16.5324475+00:00"
    azure.get(poll, json={"startTime": start, "endTime": end, "status": "Succeeded", "name": guid})
    azure.get(SCALE_SET, json=resource("Succeeded"))

    operation = client.scale_set("asotest-rg-jwckbj", NAME).create_or_update(
        VirtualMachineScaleSet(location="westeurope")
    )

    assert operation.result().provisioning_state == "Succeeded"
    assert operation.operation_id == guid
    assert naps(client) == [10.0, 61.0]
    assert {call.request.headers["Authorization"] for call in azure.calls} == {"Bearer a-token"}
    assert len({call.request.headers["x-ms-client-request-id"] for call in azure.calls}) == 1


def test_delete_and_then_it_is_gone(azure: responses.RequestsMock, client: VmssClient) -> None:
    """202 with both addresses; the Location is never fetched, because there is no result; then 404 from ARM."""
    guid = "2d221bc5-66c2-41d3-a7a5-43d4f80223f8"
    poll = f"{OPERATIONS}/{guid}{P}&api-version=2020-12-01&t=638428537395483263&c=MIIHADCCBeig~&s=3YhXpBr3B8ZO~&h=6b"
    monitor = f"{OPERATIONS}/{guid}{P}&monitor=true&api-version=2020-12-01&t=638428537395639194&c=MIIHADCCBeig~"
    azure.delete(
        SCALE_SET, status=202, headers={"Azure-AsyncOperation": poll, "Location": monitor, "Retry-After": "10"}
    )
    start = "2024-02-06T22:02:19.3951232+00:00"
    azure.get(poll, json={"startTime": start, "status": "InProgress", "name": guid}, headers={"Retry-After": "10"})
    azure.get(poll, json={"startTime": start, "endTime": start, "status": "Succeeded", "name": guid})
    message = (
        f"The Resource 'Microsoft.Compute/virtualMachineScaleSets/{NAME}' under resource group 'asotest-rg-jwckbj' was"
        " not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
    )
    azure.get(SCALE_SET, json={"error": {"code": "ResourceNotFound", "message": message}}, status=404)
    web = client.scale_set("asotest-rg-jwckbj", NAME)

    web.delete().result()
    with pytest.raises(NotFoundError) as caught:
        web.get()

    assert (caught.value.code, caught.value.message) == ("ResourceNotFound", message)
    assert naps(client) == [10.0, 10.0]


def test_a_rolling_upgrade_that_fails(azure: responses.RequestsMock, client: VmssClient) -> None:
    """HTTP 200 with Failed: the service's code and text come as a typed exception (wire.md 4)."""
    guid = "c5f8ffb9-7506-4336-b9cb-aa7b0b938585"
    poll = f"{OPERATIONS}/{guid}?api-version=2020-12-01"
    message = (
        "Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the"
        " RollingUpgradePolicy. 100% of instances are in an unhealthy state after being upgraded - more than the"
        " threshold of 20%. The most impactful error is: Instance found to be unhealthy or unreachable.. First failed"
        " instance ID is: 0."
    )
    code = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade"
    azure.post(SCALE_SET.replace("?", "/osRollingUpgrade?"), status=202, headers={"Azure-AsyncOperation": poll})
    azure.get(
        poll,
        json={
            "startTime": "2021-04-06T04:44:48.9691962+00:00",
            "endTime": "2021-04-06T04:55:35.7046482+00:00",
            "status": "Failed",
            "error": {"code": code, "message": message},
            "name": guid,
        },
    )

    with pytest.raises(RollingUpgradeFailedError) as caught:
        client.scale_set("asotest-rg-jwckbj", NAME).rolling_upgrade.start_os().result()

    assert (caught.value.code, caught.value.message, caught.value.operation_id) == (code, message, guid)


def test_a_stale_etag(azure: responses.RequestsMock, client: VmssClient) -> None:
    """412 PreconditionFailed with the service's text (wire.md 1.3)."""
    message = 'Etag provided in if-match header "invalid" does not match etag "1" of resource.'
    azure.put(SCALE_SET, json={"error": {"code": "PreconditionFailed", "message": message}}, status=412, headers=JSON)

    with pytest.raises(PreconditionFailedError) as caught:
        client.scale_set("asotest-rg-jwckbj", NAME).create_or_update(VirtualMachineScaleSet(), if_match="invalid")

    assert caught.value.message == message
    assert azure.calls[0].request.headers["If-Match"] == "invalid"


def test_a_throttled_list_is_asked_again(azure: responses.RequestsMock, client: VmssClient) -> None:
    """429 with Retry-After: waited for exactly as long as asked, then the list comes."""
    url = f"{AZURE}{COMPUTE}/virtualMachineScaleSets?api-version=2020-12-01"
    azure.get(url, json={"error": {"code": "OperationNotAllowed"}}, status=429, headers={"Retry-After": "17"})
    azure.get(url, json={"value": [resource("Succeeded")]})

    assert [found.name for found in client.scale_sets("asotest-rg-jwckbj")] == [NAME]
    assert naps(client) == [17.0]


def test_an_empty_answer_of_a_head(azure: responses.RequestsMock, client: VmssClient) -> None:
    """A resource group's HEAD has no body, with either answer."""
    url = f"{AZURE}/subscriptions/{SUBSCRIPTION}/resourcegroups/rg?api-version=2021-04-01"
    azure.head(url, status=404)
    azure.head(url, status=204)

    assert (client.resource_groups.exists("rg"), client.resource_groups.exists("rg")) == (False, True)
