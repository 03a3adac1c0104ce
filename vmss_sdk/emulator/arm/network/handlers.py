"""Interfaces and public addresses of instances as resources below their scale set, only to be read."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.instances import member
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.network.interfaces import of_instance, of_set
from vmss_sdk.emulator.arm.replies import Reply

__all__ = [
    "get",
    "get_address",
    "get_configuration",
    "list_addresses",
    "list_addresses_of_configuration",
    "list_configurations",
    "list_of_instance",
    "list_of_set",
]

Document = dict[str, Any]


def list_of_set(call: Call) -> Reply:
    """The interfaces of all instances of a Uniform scale set."""
    scale_set = call.scale_set(parent=True)
    return _page([nic for nic, _ in of_set(call.state, scale_set)])


def list_of_instance(call: Call) -> Reply:
    """The interfaces of one instance."""
    scale_set, instance = member(call)
    return _page([nic for nic, _ in of_instance(call.state, scale_set, instance)])


def get(call: Call) -> Reply:
    """One interface of an instance.

    Raises:
        ArmError: The instance has none of this name.
    """
    return Reply(200, _interface(call)[0])


def list_configurations(call: Call) -> Reply:
    """The IP configurations of an interface."""
    return _page(_interface(call)[0]["properties"]["ipConfigurations"])


def get_configuration(call: Call) -> Reply:
    """One IP configuration of an interface.

    Raises:
        ArmError: The interface has none of this name.
    """
    return Reply(200, _configuration(call))


def list_addresses(call: Call) -> Reply:
    """The public addresses of all instances of a Uniform scale set."""
    scale_set = call.scale_set(parent=True)
    return _page([address for _, addresses in of_set(call.state, scale_set) for address in addresses])


def list_addresses_of_configuration(call: Call) -> Reply:
    """The public address of an IP configuration, if it has one."""
    return _page(_addresses(call))


def get_address(call: Call) -> Reply:
    """The public address of an IP configuration.

    Raises:
        ArmError: It has none of this name.
    """
    return Reply(200, _named(call, _addresses(call), "publicIPAddresses", "publicIpAddressName"))


def _interface(call: Call) -> tuple[Document, list[Document]]:
    scale_set, instance = member(call)
    found = list(of_instance(call.state, scale_set, instance))
    nic = _named(call, [nic for nic, _ in found], "networkInterfaces", "networkInterfaceName")
    return next(pair for pair in found if pair[0] is nic)


def _configuration(call: Call) -> Document:
    configurations = _interface(call)[0]["properties"]["ipConfigurations"]
    return _named(call, configurations, "networkInterfaces/ipConfigurations", "ipConfigurationName")


def _addresses(call: Call) -> list[Document]:
    owner = _configuration(call)["id"]
    return [found for found in _interface(call)[1] if found["properties"]["ipConfiguration"]["id"] == owner]


def _named(call: Call, items: list[Document], kind: str, value: str) -> Document:
    name = call.values[value]
    for item in items:
        if str(item["name"]).lower() == name.lower():
            return item
    group = call.values["resourceGroupName"]
    raise ArmError.of(ErrorReason.RESOURCE_NOT_FOUND, type=f"Microsoft.Network/{kind}", name=name, group=group)


def _page(found: list[Document]) -> Reply:
    return Reply(200, {"value": found})
