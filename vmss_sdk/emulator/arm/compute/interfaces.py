"""Network interfaces and public addresses of instances: what the network provider makes of the model, only to be read.

Those of a Uniform scale set are below it; those of a Flexible one are resources of the network provider, as its virtual
machines are of the compute provider.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.instances import member
from vmss_sdk.emulator.arm.errors import ArmError, Flaw
from vmss_sdk.emulator.arm.locations import plain
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.address import Address
from vmss_sdk.emulator.arm.resources.store import Resource
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.common.documents import dig
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.work.instance_model import instance_document
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = [
    "get",
    "get_address",
    "get_configuration",
    "list_addresses",
    "list_configurations",
    "list_configured_addresses",
    "list_of_instance",
    "list_of_set",
    "made_for_machines",
]

Document = dict[str, Any]

_NIC, _ADDRESS = "Microsoft.Network/networkInterfaces", "Microsoft.Network/publicIPAddresses"
_CONFIGURATION = f"{_NIC}/ipConfigurations"
_FIRST = 4  # Azure keeps the first three addresses of a subnet for itself
_FOR_DOCUMENTATION = ipaddress.ip_network("203.0.113.0/24")


def list_of_set(call: Call) -> Reply:
    """The interfaces of all instances of a Uniform scale set."""
    scale_set = call.scale_set(parent=True)
    return _page([nic for nic, _ in _of_set(call.state, scale_set)])


def list_of_instance(call: Call) -> Reply:
    """The interfaces of one instance."""
    scale_set, instance = member(call)
    return _page([nic for nic, _ in _of_instance(call.state, scale_set, instance)])


def get(call: Call) -> Reply:
    """One interface of an instance.

    Raises:
        ArmError: The instance has none of this name.
    """
    return Reply(200, _named(call)[0])


def _named(call: Call) -> tuple[Document, list[Document]]:
    scale_set, instance = member(call)
    name = call.values["networkInterfaceName"]
    for nic, addresses in _of_instance(call.state, scale_set, instance):
        if nic["name"].lower() == name.lower():
            return nic, addresses
    group = call.values["resourceGroupName"]
    raise ArmError.of(Flaw.RESOURCE_NOT_FOUND, type=_NIC, name=name, group=group)


def list_configurations(call: Call) -> Reply:
    """The IP configurations of one interface of an instance."""
    nic, _ = _named(call)
    return _page(nic["properties"]["ipConfigurations"])


def get_configuration(call: Call) -> Reply:
    """One IP configuration of an interface of an instance."""
    nic, _ = _named(call)
    return Reply(200, _item(call, nic["properties"]["ipConfigurations"], _CONFIGURATION, "ipConfigurationName"))


def list_configured_addresses(call: Call) -> Reply:
    """The public addresses of one IP configuration."""
    return _page(_configured(call))


def get_address(call: Call) -> Reply:
    """One public address of an instance."""
    return Reply(200, _item(call, _configured(call), _ADDRESS, "publicIpAddressName"))


def _configured(call: Call) -> list[Document]:
    nic, addresses = _named(call)
    owner = _item(call, nic["properties"]["ipConfigurations"], _CONFIGURATION, "ipConfigurationName")["id"]
    return [address for address in addresses if address["properties"]["ipConfiguration"]["id"] == owner]


def _item(call: Call, items: list[Document], kind: str, parameter: str) -> Document:
    name, group = call.values[parameter], call.values["resourceGroupName"]
    found = next((item for item in items if item["name"].lower() == name.lower()), None)
    if found is None:
        raise ArmError.of(Flaw.RESOURCE_NOT_FOUND, type=kind, name=name, group=group)
    return found


def list_addresses(call: Call) -> Reply:
    """The public addresses of all instances of a Uniform scale set."""
    scale_set = call.scale_set(parent=True)
    return _page([address for _, addresses in _of_set(call.state, scale_set) for address in addresses])


def made_for_machines(state: State, wanted: Address) -> Iterator[Resource]:
    """The interfaces or public addresses, as `wanted` asks, of the virtual machines of Flexible scale sets."""
    if wanted.type not in (_NIC, _ADDRESS):
        return
    for scale_set in state.scale_sets_of(wanted.subscription_id, wanted.group or None):
        for nic, addresses in _of_set(state, scale_set) if scale_set.flexible else ():
            for document in [nic] if wanted.type == _NIC else addresses:
                own = {"location": scale_set.document["location"], "properties": document["properties"]}
                yield Resource(id=document["id"], type=wanted.type, document=own, etag=1)


def _page(found: list[Document]) -> Reply:
    return Reply(200, {"value": found})


def _of_set(state: State, scale_set: ScaleSet) -> Iterator[tuple[Document, list[Document]]]:
    for instance in list(scale_set.instances.values()):
        yield from _of_instance(state, scale_set, instance)


def _of_instance(state: State, scale_set: ScaleSet, instance: Instance) -> Iterator[tuple[Document, list[Document]]]:
    """Each interface, with its public addresses."""
    properties = instance_document(scale_set, instance)["properties"]
    ids = dig(properties, "networkProfile.networkInterfaces", [])
    configurations = dig(properties, "networkProfileConfiguration.networkInterfaceConfigurations", [])
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
    owner = scale_set.id.rpartition("/virtualMachineScaleSets/")[0] if scale_set.flexible else scale_set.id
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
    number = _number(scale_set, instance)
    properties = {
        "provisioningState": "Succeeded",
        "privateIPAddress": _nth(state.resources.subnet(dig(model, "subnet.id")), number),
        "privateIPAllocationMethod": "Dynamic",
        "privateIPAddressVersion": "IPv4",
        "primary": True,
        **model,
    }
    address = None if public is None else _public_address(scale_set, nic_id, own_id, public, number)
    if address is not None:
        properties["publicIPAddress"] = {"id": address["id"]}
    return {"name": name, "id": own_id, "etag": 'W/"1"', "properties": properties}, address


def _public_address(scale_set: ScaleSet, nic_id: str, owner_id: str, given: Document, number: int) -> Document:
    name = str(given.get("name"))
    if scale_set.flexible:
        name = f"{name}-{nic_id.rpartition('-')[2]}"
        own_id = f"{nic_id.partition('/networkInterfaces/')[0]}/publicIPAddresses/{name}"
    else:
        own_id = f"{owner_id}/publicIPAddresses/{name}"
    properties = {
        "provisioningState": "Succeeded",
        "ipAddress": _nth(_FOR_DOCUMENTATION, number),
        "publicIPAddressVersion": "IPv4",
        "publicIPAllocationMethod": "Dynamic",
        "idleTimeoutInMinutes": dig(given, "properties.idleTimeoutInMinutes", 4),
        "ipConfiguration": {"id": owner_id},
    }
    label = dig(given, "properties.dnsSettings.domainNameLabel")
    if label:
        # the label of an instance is its number and that of the scale set, as the documentation of networking has it
        own_label = f"vm{number}.{label}"
        place = plain(str(scale_set.document["location"]))
        properties["dnsSettings"] = {
            "domainNameLabel": own_label,
            "fqdn": f"{own_label}.{place}.cloudapp.azure.com",
        }
    return {"name": name, "id": own_id, "etag": 'W/"1"', "properties": properties}


def _number(scale_set: ScaleSet, instance: Instance) -> int:
    """CHOICE: a machine of a Flexible scale set has the address of its place, which may change when others go."""
    return list(scale_set.instances).index(instance.id) if scale_set.flexible else int(instance.id)


def _nth(network: ipaddress.IPv4Network | ipaddress.IPv6Network, number: int) -> str:
    return str(network[(_FIRST + number) % network.num_addresses])
