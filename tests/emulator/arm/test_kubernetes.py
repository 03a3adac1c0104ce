"""The requests of cluster-autoscaler and cloud-provider-azure, and what they go by in the answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBSCRIPTION, Azure, model
from vmss_sdk.emulator.engine.common.documents import get_path

VERSION = "2025-04-01"  # of both
NETWORK = "properties.virtualMachineProfile.networkProfile"
POOL = f"{GROUP}/providers/Microsoft.Network/loadBalancers/kubernetes/backendAddressPools/kubernetes"
DISK = f"{GROUP}/providers/Microsoft.Compute/disks/pvc-1"
ADDRESSES = "properties.ipConfigurations"


@pytest.fixture
def azure() -> Azure:
    """A node pool of three."""
    azure = Azure()
    azure.create(model(3, {"location": "westeurope", "tags": {"min": "1", "max": "5"}, "zones": ["1", "2"]}))
    return azure


def node(azure: Azure, number: str = "0") -> dict[str, Any]:
    """An instance as it is read."""
    found: dict[str, Any] = azure.get(f"{SET}/virtualMachines/{number}", version=VERSION)
    return found


def outdated(azure: Azure) -> list[str]:
    """The instances that lack the newest model."""
    return [one["instanceId"] for one in azure.instances() if not one["properties"]["latestModelApplied"]]


def test_endpoints_are_found_by_the_resource_manager() -> None:
    """``AzureCloudConfigFromURL``: a list, of which the first has what a cloud needs."""
    first, *_ = Azure().get("/metadata/endpoints?api-version=2019-05-01", version=None)
    assert first["resourceManager"].startswith("https://")
    assert first["authentication"]["loginEndpoint"].startswith("https://")
    assert first["authentication"]["audiences"]


def test_scaling_up_with_name_place_and_size_alone(azure: Azure) -> None:
    """On condition of the ETag that was read; everything else stays, and no instance is outdated."""
    before = azure.get(version=VERSION)
    sparse = {"name": "web", "location": before["location"], "sku": {**before["sku"], "capacity": 5}}
    assert azure.put(sparse, version=VERSION, headers={"If-Match": before["etag"]}).status == 200
    azure.settle()
    after = azure.get(version=VERSION)
    assert after["sku"]["capacity"] == len(azure.instances()) == 5
    assert (after["tags"], after["zones"]) == (before["tags"], before["zones"])
    assert after["properties"]["virtualMachineProfile"] == before["properties"]["virtualMachineProfile"]
    assert outdated(azure) == []
    assert azure.put(sparse, version=VERSION, headers={"If-Match": before["etag"]}).status == 412


def test_scaling_down_by_name(azure: Azure) -> None:
    """The chosen nodes go, and the capacity with them."""
    response = azure.post(f"{SET}/delete?forceDeletion=true", {"instanceIds": ["0", "1"]}, version=VERSION)
    assert response.status == 202
    azure.done(response)
    assert [one["instanceId"] for one in azure.instances()] == ["2"]
    assert azure.get(version=VERSION)["sku"]["capacity"] == 1


def test_what_a_node_of_this_size_can_do(azure: Azure) -> None:
    """The autoscaler builds a node's template from these, when a pool is empty."""
    skus = f"{SUBSCRIPTION}/providers/Microsoft.Compute/skus?$filter=location%20eq%20'westeurope'"
    found = next(sku for sku in azure.get(skus, version="2021-07-01")["value"] if sku["name"] == "Standard_D2s_v3")
    named = {item["name"]: item["value"] for item in found["capabilities"]}
    assert {"vCPUs", "MemoryGB", "MaxDataDiskCount", "CpuArchitectureType"} <= named.keys()


def with_pool(network: dict[str, Any]) -> dict[str, Any]:
    """A network configuration whose only address is in the load balancer's pool."""
    [interface] = network["networkInterfaceConfigurations"]
    [address] = interface["properties"]["ipConfigurations"]
    address["properties"]["loadBalancerBackendAddressPools"] = [{"id": POOL}]
    return network


def test_a_node_joins_a_load_balancer(azure: Azure) -> None:
    """A PUT of the instance with its network configuration; the interface says so afterwards."""
    before = node(azure)
    network = with_pool(before["properties"]["networkProfileConfiguration"])
    body = {"location": before["location"], "properties": {"networkProfileConfiguration": network}}
    place = f"{SET}/virtualMachines/0"
    azure.done(azure.put(body, place, version=VERSION, headers={"If-Match": before["etag"]}))
    [interface] = azure.get(f"{place}/networkInterfaces", version="2018-10-01")["value"]
    [address] = get_path(interface, ADDRESSES)
    assert get_path(address, "properties.loadBalancerBackendAddressPools") == [{"id": POOL}]
    assert azure.put(body, place, version=VERSION, headers={"If-Match": before["etag"]}).status == 412


def test_the_pools_model_joins_a_load_balancer(azure: Azure) -> None:
    """With the network profile alone; the nodes that exist have to be written one by one."""
    before = azure.get(version=VERSION)
    network = with_pool(get_path(before, NETWORK))
    body = {"location": before["location"], "properties": {"virtualMachineProfile": {"networkProfile": network}}}
    azure.done(azure.put(body, version=VERSION, headers={"If-Match": "*"}))
    [interface] = get_path(azure.get(version=VERSION), f"{NETWORK}.networkInterfaceConfigurations")
    [address] = get_path(interface, ADDRESSES)
    assert get_path(address, "properties.loadBalancerBackendAddressPools") == [{"id": POOL}]
    assert outdated(azure) == ["0", "1", "2"]


def test_a_volume_is_attached_to_a_node(azure: Azure) -> None:
    """The CSI driver writes the instance with one more disk, which outdates nothing."""
    creation = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}
    azure.put({"location": "westeurope", "properties": creation}, DISK, version="2023-01-02")
    disks = [{"lun": 0, "createOption": "Attach", "managedDisk": {"id": DISK}, "caching": "ReadOnly"}]
    place = f"{SET}/virtualMachines/2"
    storage = {**node(azure, "2")["properties"]["storageProfile"], "dataDisks": disks}
    body = {"location": "westeurope", "properties": {"storageProfile": storage}}
    azure.done(azure.put(body, place, version=VERSION))
    [disk] = node(azure, "2")["properties"]["storageProfile"]["dataDisks"]
    assert (disk["lun"], disk["managedDisk"]["id"]) == (0, DISK)
    assert outdated(azure) == []
