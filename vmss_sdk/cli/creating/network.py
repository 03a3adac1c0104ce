"""The network of a new scale set: virtual network, load balancer, addresses, security group."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.creating.balancer import balancer
from vmss_sdk.cli.creating.context import NETWORK_VERSION, Document, wrong

if TYPE_CHECKING:
    from vmss_sdk.cli.creating.context import Context, Plan

__all__ = ["interface", "network"]

_VNETS = "Microsoft.Network/virtualNetworks"
_NSGS = "Microsoft.Network/networkSecurityGroups"
_ASGS = "applicationSecurityGroups"
_LEEWAY = 1.5  # room for what is overprovisioned
_TAKEN = 2  # addresses of a subnet that az counts as taken
_SMALLEST, _BIGGEST = 24, 16  # prefixes of a new subnet


def network(context: Context, plan: Plan, *, windows: bool | None) -> None:
    """All of it.

    Args:
        context: What is wanted.
        plan: What is made.
        windows: Whether Windows runs on the instances; None where there is no image.

    Raises:
        CommandError: Something that was named is not there, or names contradict each other.
    """
    args, has_image = context.args, windows is not None
    if has_image or args.vnet_name or args.subnet:
        _subnet(context, plan)
    if args.nsg:
        plan.nsg = context.network("networkSecurityGroups", args.nsg)
    if has_image or args.load_balancer or args.app_gateway:
        balancer(context, plan, windows=bool(windows))
    elif args.public_ip_address:
        raise wrong("--public-ip-address is for a new load balancer only")
    if plan.balancer and plan.nsg is None and args.nsg is None and _needs_group(context, plan, has_image):
        _security_group(context, plan, windows=bool(windows))


def _needs_group(context: Context, plan: Plan, has_image: bool) -> bool:
    """A Standard load balancer lets nothing in that no security group allows."""
    new = any(each["type"] == "Microsoft.Network/loadBalancers" for each in plan.resources)
    return has_image and new and bool(context.args.lb_sku == "Standard" or context.flexible)


def _security_group(context: Context, plan: Plan, *, windows: bool) -> None:
    name = f"{context.name}NSG"
    rule = {
        "name": "rdp" if windows else "default-allow-ssh",
        "properties": {
            "protocol": "Tcp",
            "sourcePortRange": "*",
            "destinationPortRange": "3389" if windows else "22",
            "sourceAddressPrefix": "*",
            "destinationAddressPrefix": "*",
            "access": "Allow",
            "priority": 1000,
            "direction": "Inbound",
        },
    }
    plan.resources.append(context.resource(_NSGS, name, "2015-06-15", {"securityRules": [rule]}))
    plan.depends_on.append(f"{_NSGS}/{name}")
    plan.nsg = f"[resourceId('{_NSGS}', '{name}')]"


def _subnet(context: Context, plan: Plan) -> None:
    args = context.args
    by_id = bool(args.subnet) and args.subnet.startswith("/")
    if (args.vnet_name and "/" in args.vnet_name) or (args.subnet and by_id == bool(args.vnet_name)):
        raise wrong("name a subnet by its id, or by --subnet NAME and --vnet-name NAME together")
    if args.subnet:
        id = args.subnet if by_id else f"{context.network('virtualNetworks', args.vnet_name)}/subnets/{args.subnet}"
        if context.found(id, NETWORK_VERSION) is not None:
            plan.subnet_id = id
            return
        if by_id:
            raise wrong(f"--subnet: there is no subnet {id}")
    elif not args.vnet_name and (id := _fitting(context)):
        plan.subnet_id = id
        return
    _new(context, plan)


def _fitting(context: Context) -> str | None:
    """The first subnet of this group and region that has room, as az reuses it."""
    id = f"{context.group_id}/providers/{_VNETS}"
    listed = (context.found(id, NETWORK_VERSION) or {}).get("value", [])
    for vnet in listed:
        if _plain(vnet.get("location", "")) != _plain(context.location):
            continue
        for subnet in vnet.get("properties", {}).get("subnets") or ():
            if subnet["name"].lower() != "gatewaysubnet" and _has_room(context, _prefix_of(subnet)):
                return f"{id}/{vnet['name']}/subnets/{subnet['name']}"
    return None


def _plain(region: str) -> str:
    return region.replace(" ", "").lower()


def _prefix_of(subnet: Any) -> int | None:
    properties = subnet.get("properties", {})
    ranges = [properties.get("addressPrefix"), *(properties.get("addressPrefixes") or ())]
    prefix = next((text.rpartition("/")[2] for text in ranges if text and ":" not in text), "")
    return int(prefix) if prefix.isdecimal() else None


def _has_room(context: Context, prefix: int | None) -> bool:
    surplus = 1.0 if context.args.disable_overprovision else _LEEWAY
    room = 0 if prefix is None else (1 << (32 - prefix)) - _TAKEN
    return room > int(context.args.instance_count * surplus)


def _new(context: Context, plan: Plan) -> None:
    args = context.args
    name, subnet = args.vnet_name or f"{context.name}VNET", args.subnet or f"{context.name}Subnet"
    whole = args.vnet_address_prefix
    vnet = context.resource(
        _VNETS,
        name,
        "2015-06-15",
        {
            "addressSpace": {"addressPrefixes": [whole]},
            "subnets": [
                {"name": subnet, "properties": {"addressPrefix": args.subnet_address_prefix or _range(context, whole)}}
            ],
        },
    )
    plan.resources.append(context.at_edge(vnet))
    plan.depends_on.append(f"{_VNETS}/{name}")
    plan.subnet_id = f"{context.network('virtualNetworks', name)}/subnets/{subnet}"


def _range(context: Context, whole: str) -> str:
    """The smallest range from the beginning of the network that has room for the instances."""
    try:
        begin = ipaddress.ip_network(whole, strict=False).network_address
    except ValueError:
        raise wrong(f"--vnet-address-prefix: '{whole}' is no range of addresses such as 10.0.0.0/16") from None
    for prefix in range(_SMALLEST, _BIGGEST, -1):
        if _has_room(context, prefix):
            return f"{begin}/{prefix}"
    raise wrong(f"--instance-count: no new subnet has room for {context.args.instance_count} instances")


def interface(context: Context, plan: Plan) -> Document | None:
    """The network interface that every instance gets; None where nothing is said of a network."""
    args = context.args
    if not args.public_ip_per_vm and args.vm_domain_name:
        raise wrong("--vm-domain-name needs --public-ip-per-vm")
    properties: Document = {}
    address = _address(context, plan)
    if address:
        properties["ipConfigurations"] = [{"name": f"{context.prefix}IPConfig", "properties": address}]
    if args.dns_servers:
        properties["dnsSettings"] = {"dnsServers": args.dns_servers}
    if args.accelerated_networking:
        properties["enableAcceleratedNetworking"] = True
    if plan.nsg:
        properties["networkSecurityGroup"] = {"id": plan.nsg}
    if not properties:
        return None
    return {"name": f"{context.prefix}Nic", "properties": {**properties, "primary": "true"}}


def _address(context: Context, plan: Plan) -> Document:
    args = context.args
    address: Document = {}
    if plan.subnet_id:
        address["subnet"] = {"id": plan.subnet_id}
    if args.public_ip_per_vm:
        public: Document = {"idleTimeoutInMinutes": 10}
        if args.vm_domain_name:
            public["dnsSettings"] = {"domainNameLabel": args.vm_domain_name}
        address["publicIPAddressConfiguration"] = {"name": "instancepublicip", "properties": public}
    if plan.pool_id:
        kind = "loadBalancer" if "/loadBalancers/" in plan.pool_id else "applicationGateway"
        address[f"{kind}BackendAddressPools"] = [{"id": plan.pool_id}]
    if plan.nat_pool_id:
        address["loadBalancerInboundNatPools"] = [{"id": plan.nat_pool_id}]
    if args.asgs:
        address[_ASGS] = [{"id": context.network(_ASGS, name)} for name in args.asgs]
    return address
