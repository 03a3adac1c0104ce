"""Network interfaces and public addresses of instances, which the network provider makes by the model.

Those of a Uniform scale set are below it; those of a Flexible one are resources of the network provider, as its virtual
machines are of the compute provider.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

from vmss_sdk.emulator.arm.locations import plain
from vmss_sdk.emulator.arm.resources.address import Address
from vmss_sdk.emulator.arm.resources.store import Resource
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.work.instance_model import instance_document
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["machine_of_interface", "made_for_machines", "of_instance", "of_set"]

Document = dict[str, Any]

_NIC, _ADDRESS = "Microsoft.Network/networkInterfaces", "Microsoft.Network/publicIPAddresses"
_FIRST = 4  # Azure keeps the first three addresses of a subnet for itself
_FOR_DOCUMENTATION = ipaddress.ip_network("203.0.113.0/24")


def made_for_machines(state: State, wanted: Address) -> Iterator[Resource]:
    """The interfaces or public addresses, as `wanted` asks, of the virtual machines of Flexible scale sets."""
    if wanted.type not in (_NIC, _ADDRESS):
        return
    for scale_set in state.aggregates_of(wanted.subscription_id, wanted.group or None):
        for nic, addresses in of_set(state, scale_set) if scale_set.flexible else ():
            for document in [nic] if wanted.type == _NIC else addresses:
                own = {"location": scale_set.document["location"], "properties": document["properties"]}
                own |= {"sku": document["sku"]} if "sku" in document else {}
                yield Resource(id=document["id"], type=wanted.type, document=own, etag=1)


def machine_of_interface(state: State, nic_id: str) -> str | None:
    """The id of the virtual machine that has an interface by reference; None: none has."""
    wanted = nic_id.lower()
    for machine in state.machines_of():
        named = get_path(machine.document, "properties.networkProfile.networkInterfaces", [])
        if any(str(nic.get("id")).lower() == wanted for nic in named):
            return machine.id
    return None


def of_set(state: State, scale_set: ScaleSet) -> Iterator[tuple[Document, list[Document]]]:
    """The interfaces of all instances, each with its public addresses."""
    for instance in list(scale_set.instances.values()):
        yield from of_instance(state, scale_set, instance)


def of_instance(state: State, scale_set: ScaleSet, instance: Instance) -> Iterator[tuple[Document, list[Document]]]:
    """The interfaces of an instance, each with its public addresses."""
    properties = instance_document(scale_set, instance)["properties"]
    ids = get_path(properties, "networkProfile.networkInterfaces", [])
    configurations = get_path(properties, "networkProfileConfiguration.networkInterfaceConfigurations", [])
    for reference, configuration in zip(ids, configurations, strict=False):
        yield _interface(state, scale_set, instance, str(reference["id"]), configuration)


def _interface(
    state: State, scale_set: ScaleSet, instance: Instance, nic_id: str, given: Document
) -> tuple[Document, list[Document]]:
    seed, model = scale_set.settings.seed, given.get("properties") or {}
    pairs = [
        _ip_configuration(state, scale_set, instance, nic_id, item) for item in model.get("ipConfigurations") or []
    ]
    machine = instance.name if scale_set.flexible else instance.id
    owner = scale_set.provider_id if scale_set.flexible else scale_set.id
    digits = seeded_random.letters(seed, 6, nic_id, "mac").upper()
    properties: Document = {
        "provisioningState": "Succeeded",
        "resourceGuid": seeded_random.guid(seed, nic_id),
        "ipConfigurations": [configuration for configuration, _ in pairs],
        "dnsSettings": {"dnsServers": [], "appliedDnsServers": [], **(model.get("dnsSettings") or {})},
        "macAddress": f"00-0D-3A-{digits[:2]}-{digits[2:4]}-{digits[4:]}",
        "enableAcceleratedNetworking": bool(model.get("enableAcceleratedNetworking")),
        "enableIPForwarding": bool(model.get("enableIPForwarding")),
        "primary": bool(model.get("primary", True)),
        "virtualMachine": {"id": f"{owner}/virtualMachines/{machine}"},
    }
    if model.get("networkSecurityGroup"):
        properties["networkSecurityGroup"] = model["networkSecurityGroup"]
    addresses = [address for _, address in pairs if address is not None]
    return {"name": nic_id.rpartition("/")[2], "id": nic_id, "etag": 'W/"1"', "properties": properties}, addresses


def _ip_configuration(
    state: State, scale_set: ScaleSet, instance: Instance, nic_id: str, given: Document
) -> tuple[Document, Document | None]:
    """An IP configuration, and its public address if it has one."""
    model = dict(given.get("properties") or {})
    public = model.pop("publicIPAddressConfiguration", None)
    name = str(given.get("name"))
    own_id = f"{nic_id}/ipConfigurations/{name}"
    pools = model.pop("loadBalancerInboundNatPools", None)
    properties = {
        "provisioningState": "Succeeded",
        "privateIPAddress": _private_address(state, scale_set, instance, own_id, get_path(model, "subnet.id")),
        "privateIPAllocationMethod": "Dynamic",
        "privateIPAddressVersion": "IPv4",
        "primary": True,
        **model,
    }
    if pools:  # recorded: the rule of a pool for an instance has the names of both
        rules = [{"id": f"{_rule_of(str(pool.get('id')))}.{instance.id}"} for pool in pools]
        properties["loadBalancerInboundNatRules"] = rules
    address = None if public is None else _public_address(scale_set, instance, own_id, public)
    if address is not None:
        properties["publicIPAddress"] = {"id": address["id"]}
    return {"name": name, "id": own_id, "etag": 'W/"1"', "properties": properties}, address


def _private_address(state: State, scale_set: ScaleSet, instance: Instance, owner_id: str, subnet_id: Any) -> str:
    if scale_set.standalone and subnet_id:  # there is no place among others to count from
        return str(state.resources.private_address(subnet_id, owner_id))
    return _at_index(state.resources.subnet(subnet_id), _number(scale_set, instance))


def _rule_of(pool_id: str) -> str:
    balancer, _, name = pool_id.rpartition("/inboundNatPools/")
    return f"{balancer}/inboundNatRules/{name}"


def _public_address(scale_set: ScaleSet, instance: Instance, owner_id: str, given: Document) -> Document:
    name, nic_id = str(given.get("name")), owner_id.rpartition("/ipConfigurations/")[0]
    if scale_set.flexible:
        name = name if scale_set.standalone else f"{name}-{nic_id.rpartition('-')[2]}"
        own_id = f"{nic_id.partition('/networkInterfaces/')[0]}/publicIPAddresses/{name}"
    else:
        own_id = f"{owner_id}/publicIPAddresses/{name}"
    # CHOICE: Standard, as recorded without one; Azure makes no others since September 2025
    sku = {"name": "Standard", **(given.get("sku") or {})}
    properties = {
        "provisioningState": "Succeeded",
        "resourceGuid": seeded_random.guid(scale_set.settings.seed, own_id),
        "ipAddress": _at_index(_FOR_DOCUMENTATION, _number(scale_set, instance)),
        "publicIPAddressVersion": get_path(given, "properties.publicIPAddressVersion", "IPv4"),
        "publicIPAllocationMethod": "Static" if sku["name"] == "Standard" else "Dynamic",
        "idleTimeoutInMinutes": get_path(given, "properties.idleTimeoutInMinutes", 4),
        **_names_in_dns(scale_set, instance, get_path(given, "properties.dnsSettings.domainNameLabel")),
        "ipTags": get_path(given, "properties.ipTags", []),
        "ipConfiguration": {"id": owner_id},
    }
    return {"name": name, "id": own_id, "etag": 'W/"1"', "properties": properties, "sku": sku}


def _names_in_dns(scale_set: ScaleSet, instance: Instance, label: str | None) -> Document:
    """The name of an address whose configuration has a label: recorded as ``vm0.label`` in the region's domain."""
    if not label:
        return {}
    own, location = f"vm{_number(scale_set, instance)}.{label}", plain(str(scale_set.document["location"]))
    return {"dnsSettings": {"domainNameLabel": own, "fqdn": f"{own}.{location}.cloudapp.azure.com"}}


def _number(scale_set: ScaleSet, instance: Instance) -> int:
    """CHOICE: a machine of a Flexible scale set has the address of its place, which may change when others go."""
    return list(scale_set.instances).index(instance.id) if scale_set.flexible else int(instance.id)


def _at_index(network: ipaddress.IPv4Network | ipaddress.IPv6Network, number: int) -> str:
    return str(network[(_FIRST + number) % network.num_addresses])
