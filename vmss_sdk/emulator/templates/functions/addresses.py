"""Ranges of IP addresses (https://aka.ms/arm-functions-cidr)."""

from __future__ import annotations

import ipaddress
from typing import Any

from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function

__all__ = ["FUNCTIONS"]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(name: str, text: Any) -> Network:
    try:
        return ipaddress.ip_network(ArgumentTypes(name)(text, str), strict=False)
    except ValueError:
        raise LanguageError(f"The template language function '{name}' expects a CIDR range. {SEE}") from None


def _parse(_: Environment, text: Any) -> dict[str, Any]:
    network = _network("parseCidr", text)
    found: dict[str, Any] = {"network": str(network.network_address), "netmask": str(network.netmask)}
    if network.version == 4:  # noqa: PLR2004  # IPv6 has no broadcast
        found["broadcast"] = str(network.broadcast_address)
    inner = int(network.num_addresses > 2)  # noqa: PLR2004  # network and broadcast are no hosts
    found["firstUsable"], found["lastUsable"] = str(network[inner]), str(network[-1 - inner])
    found["cidr"] = network.prefixlen
    return found


def _subnet(_: Environment, text: Any, prefix: Any, index: Any) -> str:
    network, want = _network("cidrSubnet", text), ArgumentTypes("cidrSubnet")
    length, at = want(prefix, int), want(index, int)
    if not network.prefixlen <= length <= network.max_prefixlen or not 0 <= at < 1 << length - network.prefixlen:
        raise LanguageError(
            f"The template language function 'cidrSubnet' expects a prefix within '{network}' and the index of a"
            f" subnet that it has. {SEE}"
        )
    first = int(network.network_address) + (at << network.max_prefixlen - length)
    return f"{type(network.network_address)(first)}/{length}"


def _host(_: Environment, text: Any, index: Any) -> str:
    network, at = _network("cidrHost", text), ArgumentTypes("cidrHost")(index, int)
    if not 0 <= at < network.num_addresses - 1:
        raise LanguageError(f"The template language function 'cidrHost' expects the index of a host. {SEE}")
    return str(network[at + 1])


FUNCTIONS = (
    Function("parseCidr", 1, 1, _parse),
    Function("cidrSubnet", 3, 3, _subnet),
    Function("cidrHost", 2, 2, _host),
)
