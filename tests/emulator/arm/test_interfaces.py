"""Network interfaces and public addresses of instances, as az reads them for ``--show-details`` and ``vmss nic``."""

from typing import Any

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, Azure, model

NETWORK = f"{GROUP}/providers/Microsoft.Network"
SUBNET = f"{NETWORK}/virtualNetworks/net/subnets/blue"
NICS = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations"


def networked(azure: Azure, changes: dict[str, Any] | None = None) -> None:
    """Two instances in a subnet, each with a public address."""
    azure.group()
    subnet = {"name": "blue", "properties": {"addressPrefix": "10.7.0.0/24"}}
    azure.put({"location": "westus", "properties": {"subnets": [subnet]}}, SUBNET.partition("/subnets/")[0])
    address = {"name": "ip", "properties": {"subnet": {"id": SUBNET}, "publicIPAddressConfiguration": {"name": "pub"}}}
    nic = {"name": "nic", "properties": {"primary": True, "ipConfigurations": [address]}}
    azure.create(model(2, {NICS: [nic], **(changes or {})}))


def private(nic: dict[str, Any]) -> str:
    """The private address of an interface."""
    return str(nic["properties"]["ipConfigurations"][0]["properties"]["privateIPAddress"])


def test_of_a_uniform_set() -> None:
    """Of the set, of an instance, and one by its name; addresses are in the subnet, from the fourth on."""
    azure = Azure()
    networked(azure)
    found = azure.get(f"{SET}/networkInterfaces", version="2018-10-01")["value"]
    assert [nic["id"] for nic in found] == [f"{SET}/virtualMachines/{n}/networkInterfaces/nic" for n in (0, 1)]
    assert [private(nic) for nic in found] == ["10.7.0.4", "10.7.0.5"]
    assert azure.get(f"{SET}/virtualMachines/1/networkInterfaces")["value"] == found[1:]
    assert azure.get(f"{SET}/virtualMachines/1/networkInterfaces/NIC") == found[1]
    assert azure.send("GET", f"{SET}/virtualMachines/1/networkInterfaces/none").status == 404


def test_instances_name_their_interfaces() -> None:
    """What an instance refers to can be read."""
    azure = Azure()
    networked(azure)
    reference = azure.instances()[0]["properties"]["networkProfile"]["networkInterfaces"][0]["id"]
    assert azure.get(reference)["properties"]["virtualMachine"]["id"] == f"{SET}/virtualMachines/0"


def test_public_addresses() -> None:
    """One for each instance that has a configuration for it, and none otherwise."""
    azure = Azure()
    networked(azure)
    found = azure.get(f"{SET}/publicIPAddresses")["value"]
    assert [item["properties"]["ipAddress"] for item in found] == ["203.0.113.4", "203.0.113.5"]
    plain = Azure()
    plain.create()
    assert plain.get(f"{SET}/publicIPAddresses")["value"] == []


def test_of_a_flexible_set() -> None:
    """They are resources of the network provider: read by id, and listed in the group."""
    azure = Azure()
    networked(azure, FLEXIBLE)
    machines = azure.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachines")["value"]
    ids = [machine["properties"]["networkProfile"]["networkInterfaces"][0]["id"] for machine in machines]
    nic = azure.get(ids[0])
    assert (nic["type"], nic["location"]) == ("Microsoft.Network/networkInterfaces", "westus")
    assert nic["properties"]["virtualMachine"]["id"] == machines[0]["id"]
    assert [item["id"] for item in azure.get(f"{NETWORK}/networkInterfaces")["value"]] == ids
    address = nic["properties"]["ipConfigurations"][0]["properties"]["publicIPAddress"]["id"]
    assert azure.get(address)["properties"]["ipAddress"] == "203.0.113.4"


def test_they_go_with_the_machine() -> None:
    """Once the virtual machine is deleted its interface is not there any more."""
    azure = Azure()
    networked(azure, FLEXIBLE)
    machine = azure.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachines")["value"][0]
    nic = machine["properties"]["networkProfile"]["networkInterfaces"][0]["id"]
    azure.done(azure.send("DELETE", machine["id"]))
    azure.settle()
    assert azure.send("GET", nic).status == 404
