"""Load balancers, subnets, public addresses and security groups show the instances that are attached to them.

The shapes are those of the network provider's API description; names of NAT rules and of addresses in DNS are recorded.
"""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, Azure, model

NETWORK = f"{GROUP}/providers/Microsoft.Network"
VNET = f"{NETWORK}/virtualNetworks/net"
SUBNET = f"{VNET}/subnets/blue"
BALANCER = f"{NETWORK}/loadBalancers/front"
ADDRESS = f"{NETWORK}/publicIPAddresses/front"
GUARD = f"{NETWORK}/networkSecurityGroups/guard"
FRONTEND = f"{BALANCER}/frontendIPConfigurations/out"
POOL = f"{BALANCER}/backendAddressPools/pool"
NAT_POOL = f"{BALANCER}/inboundNatPools/ssh"
NICS = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations"


def configuration_of(number: int) -> str:
    """The IP configuration of an instance."""
    return f"{SET}/virtualMachines/{number}/networkInterfaces/nic/ipConfigurations/ip"


def balanced(
    changes: dict[str, Any] | None = None, balancer: dict[str, Any] | None = None, sku: str = "Standard"
) -> Azure:
    """Two instances in a subnet behind a load balancer with a public address, in a NAT pool."""
    azure = Azure()
    azure.group()
    azure.put({"location": "westus", "sku": {"name": "Standard"}}, ADDRESS)
    azure.put({"location": "westus"}, GUARD)
    subnet = {"addressPrefix": "10.7.0.0/24", "networkSecurityGroup": {"id": GUARD}}
    azure.put({"location": "westus", "properties": {"subnets": [{"name": "blue", "properties": subnet}]}}, VNET)
    rule = {"frontendIPConfiguration": {"id": FRONTEND}, "backendAddressPool": {"id": POOL}, "frontendPort": 80}
    nat = {"frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50003, "backendPort": 22, "protocol": "Tcp"}
    properties = {
        "frontendIPConfigurations": [{"name": "out", "properties": {"publicIPAddress": {"id": ADDRESS}}}],
        "backendAddressPools": [{"name": "pool"}],
        "loadBalancingRules": [{"name": "web", "properties": rule}],
        "inboundNatPools": [{"name": "ssh", "properties": {**nat, "frontendIPConfiguration": {"id": FRONTEND}}}],
        **(balancer or {}),
    }
    azure.put({"location": "westus", "sku": {"name": sku}, "properties": properties}, BALANCER)
    address = {
        "subnet": {"id": SUBNET},
        "loadBalancerBackendAddressPools": [{"id": POOL}],
        "loadBalancerInboundNatPools": [{"id": NAT_POOL}] if balancer is None else [],
    }
    nic: dict[str, Any] = {"primary": True, "ipConfigurations": [{"name": "ip", "properties": address}]}
    nic["networkSecurityGroup"] = {"id": GUARD}
    azure.create(model(2, {NICS: [{"name": "nic", "properties": nic}], **(changes or {})}))
    return azure


def references(items: list[dict[str, Any]]) -> list[str]:
    """The ids of references."""
    return [item["id"] for item in items]


def test_backend_pool() -> None:
    """A pool shows the IP configurations of the instances, as references and as backend addresses."""
    azure = balanced()
    pool = azure.get(BALANCER)["properties"]["backendAddressPools"][0]["properties"]
    assert references(pool["backendIPConfigurations"]) == [configuration_of(0), configuration_of(1)]
    members = [item["properties"] for item in pool["loadBalancerBackendAddresses"]]
    assert [item["networkInterfaceIPConfiguration"]["id"] for item in members] == references(
        pool["backendIPConfigurations"]
    )
    assert azure.get(POOL)["properties"] == pool


def test_backend_pool_of_a_basic_balancer() -> None:
    """A Basic load balancer has no backend addresses, only the references."""
    pool = balanced(sku="Basic").get(POOL)["properties"]
    assert len(pool["backendIPConfigurations"]) == 2
    assert "loadBalancerBackendAddresses" not in pool


def test_rules_of_a_nat_pool() -> None:
    """Each instance of a NAT pool has a rule with a port of the pool's range, and its interface names the rule."""
    azure = balanced()
    rules = azure.get(BALANCER)["properties"]["inboundNatRules"]
    assert [
        (rule["name"], rule["properties"]["frontendPort"], rule["properties"]["backendPort"]) for rule in rules
    ] == [
        ("ssh.0", 50000, 22),
        ("ssh.1", 50001, 22),
    ]
    assert rules[1]["properties"]["backendIPConfiguration"]["id"] == configuration_of(1)
    assert azure.get(rules[1]["id"]) == {**azure.get(rules[1]["id"]), **rules[1]}
    nic = azure.get(f"{SET}/virtualMachines/1/networkInterfaces/nic")
    own = nic["properties"]["ipConfigurations"][0]["properties"]
    assert references(own["loadBalancerInboundNatRules"]) == [rules[1]["id"]]
    assert "loadBalancerInboundNatPools" not in own


def test_ports_stay_when_others_go() -> None:
    """An instance keeps its port when another one is deleted; a new one takes a free one."""
    azure = balanced()
    azure.done(azure.post(f"{SET}/delete", {"instanceIds": ["0"]}))
    azure.done(azure.patch({"sku": {"name": "Standard_D2s_v3", "capacity": 4}}))
    azure.settle()
    rules = azure.get(BALANCER)["properties"]["inboundNatRules"]
    assert [(rule["name"], rule["properties"]["frontendPort"]) for rule in rules] == [
        ("ssh.1", 50001),
        ("ssh.2", 50002),
        ("ssh.3", 50003),
        ("ssh.4", 50000),
    ]


@pytest.mark.parametrize("kind", [int, str])
def test_nat_rule_for_a_pool(kind: type[int] | type[str]) -> None:
    """A NAT rule with a range of ports, also in texts as of az, and a pool maps a port to each member of the pool."""
    rule = {
        "frontendIPConfiguration": {"id": FRONTEND},
        "backendAddressPool": {"id": POOL},
        "frontendPortRangeStart": kind(50000),
        "frontendPortRangeEnd": kind(51000),
        "backendPort": kind(22),
        "protocol": "Tcp",
    }
    given = {"inboundNatPools": [], "inboundNatRules": [{"name": "shell", "properties": rule}]}
    pool = balanced(balancer=given).get(POOL)["properties"]
    assert [item["properties"]["inboundNatRulesPortMapping"] for item in pool["loadBalancerBackendAddresses"]] == [
        [{"inboundNatRuleName": "shell", "frontendPort": 50000, "backendPort": 22}],
        [{"inboundNatRuleName": "shell", "frontendPort": 50001, "backendPort": 22}],
    ]
    assert references(pool["inboundNatRules"]) == [f"{BALANCER}/inboundNatRules/shell"]


def test_parts_of_a_balancer_show_each_other() -> None:
    """A frontend and a pool name the rules that use them."""
    properties = balanced().get(BALANCER)["properties"]
    frontend = properties["frontendIPConfigurations"][0]["properties"]
    rule = f"{BALANCER}/loadBalancingRules/web"
    assert references(frontend["loadBalancingRules"]) == [rule]
    assert references(frontend["inboundNatPools"]) == [NAT_POOL]
    assert references(frontend["inboundNatRules"]) == [f"{BALANCER}/inboundNatRules/ssh.{n}" for n in (0, 1)]
    assert references(properties["backendAddressPools"][0]["properties"]["loadBalancingRules"]) == [rule]


def test_written_back_as_read() -> None:
    """A load balancer that is written as it was read keeps nothing of the instances: they go when these go."""
    azure = balanced()
    read = azure.get(BALANCER)
    assert azure.put(read, BALANCER).status == 200
    assert azure.get(BALANCER)["properties"] == read["properties"]
    azure.done(azure.send("DELETE", SET))
    azure.settle()
    left = azure.get(BALANCER)["properties"]
    assert left["inboundNatRules"] == []
    assert "backendIPConfigurations" not in left["backendAddressPools"][0]["properties"]
    assert left["backendAddressPools"][0]["properties"]["loadBalancerBackendAddresses"] == []


def test_subnet() -> None:
    """A subnet shows the IP configurations in it, read with its network or alone; written back they are not kept."""
    azure = balanced()
    expected = [configuration_of(0), configuration_of(1)]
    assert references(azure.get(VNET)["properties"]["subnets"][0]["properties"]["ipConfigurations"]) == expected
    assert references(azure.get(SUBNET)["properties"]["ipConfigurations"]) == expected
    azure.put(azure.get(VNET), VNET)
    azure.put(azure.get(SUBNET), SUBNET)
    azure.done(azure.send("DELETE", SET))
    azure.settle()
    assert "ipConfigurations" not in azure.get(SUBNET)["properties"]


def test_public_address_of_a_balancer() -> None:
    """A public address shows whose it is."""
    azure = balanced()
    assert azure.get(ADDRESS)["properties"]["ipConfiguration"] == {"id": FRONTEND}
    azure.send("DELETE", BALANCER)
    assert "ipConfiguration" not in azure.get(ADDRESS)["properties"]


def test_security_group() -> None:
    """A security group shows the interfaces and the subnets that it is for."""
    properties = balanced().get(GUARD)["properties"]
    assert references(properties["networkInterfaces"]) == [
        f"{SET}/virtualMachines/{n}/networkInterfaces/nic" for n in (0, 1)
    ]
    assert references(properties["subnets"]) == [SUBNET]


def test_flexible_set() -> None:
    """Machines of a Flexible scale set are behind the balancer by their interfaces, which are resources."""
    azure = balanced(FLEXIBLE, balancer={"inboundNatPools": []})
    nics = references(azure.get(f"{NETWORK}/networkInterfaces")["value"])
    pool = azure.get(POOL)["properties"]
    assert references(pool["backendIPConfigurations"]) == [f"{nic}/ipConfigurations/ip" for nic in nics]


@pytest.mark.parametrize("number", [0, 1])
def test_public_addresses_of_instances(number: int) -> None:
    """The address of an instance has a name in DNS by the label of its configuration, and can be read by its id."""
    azure = Azure()
    public = {"name": "pub", "properties": {"dnsSettings": {"domainNameLabel": "lbl"}, "idleTimeoutInMinutes": 10}}
    address = {"name": "ip", "properties": {"subnet": {"id": SUBNET}, "publicIPAddressConfiguration": public}}
    azure.create(model(2, {NICS: [{"name": "nic", "properties": {"primary": True, "ipConfigurations": [address]}}]}))
    found = azure.get(f"{SET}/publicIPAddresses", version="2018-10-01")["value"][number]
    assert found["id"] == f"{configuration_of(number)}/publicIPAddresses/pub"
    assert found["sku"] == {"name": "Standard"}
    assert found["properties"]["publicIPAllocationMethod"] == "Static"
    assert found["properties"]["dnsSettings"] == {
        "domainNameLabel": f"vm{number}.lbl",
        "fqdn": f"vm{number}.lbl.westus.cloudapp.azure.com",
    }
    assert azure.get(found["id"], version="2017-03-30") == found
    assert azure.get(f"{configuration_of(number)}/publicIPAddresses", version="2017-03-30")["value"] == [found]
    assert azure.get(configuration_of(number))["properties"]["publicIPAddress"]["id"] == found["id"]
    assert azure.send("GET", f"{configuration_of(number)}/publicIPAddresses/none").status == 404
