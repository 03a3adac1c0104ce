"""The load balancer in front of new instances, new or existing, or an existing application gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.creating.context import NETWORK_VERSION, Document, wrong

if TYPE_CHECKING:
    from vmss_sdk.cli.creating.context import Context, Plan

__all__ = ["balancer"]

_LBS = "Microsoft.Network/loadBalancers"
_ADDRESSES = "Microsoft.Network/publicIPAddresses"
_VERSION = "2022-01-01"
_FRONTEND = "loadBalancerFrontEnd"
_FIRST_PORT, _LAST_PORT = 50000, 50119


def balancer(context: Context, plan: Plan, *, windows: bool) -> None:
    """The load balancer or gateway; none for ``--load-balancer ''``.

    Raises:
        CommandError: A gateway that was named is not there, or names contradict each other.
    """
    args = context.args
    if args.load_balancer and args.app_gateway:
        raise wrong("--load-balancer and --app-gateway exclude each other")
    if args.nat_pool_name and args.nat_rule_name:
        raise wrong("--nat-pool-name and --nat-rule-name exclude each other; newer is --nat-rule-name")
    if args.app_gateway:
        _gateway(context, plan)
    elif args.load_balancer != "" and args.app_gateway != "":
        _load_balancer(context, plan, windows=windows)
    if args.public_ip_address and not any(each["type"] == _LBS for each in plan.resources):
        raise wrong("--public-ip-address is for a new load balancer only")


def _gateway(context: Context, plan: Plan) -> None:
    id = context.network("applicationGateways", context.args.app_gateway)
    known = context.found(id, NETWORK_VERSION)
    if known is None:
        raise wrong(
            f"--app-gateway: there is no application gateway {id}; az would make one of version 1, which Azure makes no"
            " more: make one of version 2 first"
        )
    if context.args.health_probe or context.args.nat_pool_name:
        raise wrong("--health-probe and --nat-pool-name are for a load balancer, not for an --app-gateway")
    plan.balancer = id
    plan.pool_id = f"{id}/backendAddressPools/{context.args.backend_pool_name or _only_pool(known, id)}"


def _only_pool(known: Any, id: str) -> str:
    pools = [pool["name"] for pool in known.get("properties", {}).get("backendAddressPools") or ()]
    if len(pools) != 1:
        there = ", ".join(pools) or "none"
        raise wrong(f"--backend-pool-name: say which pool of {id} is meant; it has {there}")
    return str(pools[0])


def _load_balancer(context: Context, plan: Plan, *, windows: bool) -> None:
    args = context.args
    name = args.load_balancer or f"{context.name}LB"
    id = context.network("loadBalancers", name)
    known = context.found(id, NETWORK_VERSION) if args.load_balancer else None
    if known is None and name.startswith("/"):
        raise wrong(f"--load-balancer: there is no load balancer {id}")
    plan.balancer = id
    if known is not None:
        plan.pool_id = f"{id}/backendAddressPools/{args.backend_pool_name or _only_pool(known, id)}"
        pools = [pool["name"] for pool in known["properties"].get("inboundNatPools") or ()]
        if len(pools) > 1 and not args.nat_pool_name:
            raise wrong(f"--nat-pool-name: say which NAT pool of {id} is meant; it has {', '.join(pools)}")
        pool = args.nat_pool_name or next(iter(pools), None)
    else:
        pool = _new(context, plan, name, windows=windows)
    if pool:
        plan.nat_pool_id = f"{id}/inboundNatPools/{pool}"


def _new(context: Context, plan: Plan, name: str, *, windows: bool) -> str | None:
    """A load balancer with what belongs to it; returns the name of its NAT pool, if it has one."""
    args = context.args
    if args.health_probe and not args.health_probe.startswith("/"):
        raise wrong("--health-probe names a probe of a load balancer that is there: name that with --load-balancer")
    sku = "Standard" if context.flexible else args.lb_sku
    _check(context, sku)
    waits = [each for each in plan.depends_on if each.startswith("Microsoft.Network/virtualNetworks/")]
    frontend = _frontend(context, plan, name, sku, waits)
    backend = args.backend_pool_name or f"{name}BEPool"
    port = args.backend_port or (3389 if windows else 22)
    pool = _pool_name(context, name, sku)
    properties: Document = {"backendAddressPools": [{"name": backend}], "frontendIPConfigurations": [frontend]}
    if pool:
        properties["inboundNatPools"] = [{"name": pool, "properties": _nat(context, name, port)}]
    if sku == "Standard":
        properties["loadBalancingRules"] = [{"name": "LBRule", "properties": _web(name, backend)}]
    made = {**context.resource(_LBS, name, _VERSION, properties), "dependsOn": waits, "sku": {"name": sku}}
    plan.resources.append(context.at_edge(made))
    plan.depends_on.append(f"{_LBS}/{name}")
    plan.pool_id = f"{context.network('loadBalancers', name)}/backendAddressPools/{backend}"
    if not pool:
        _rule(context, plan, name, backend, port)
    return pool


def _check(context: Context, sku: str) -> None:
    args = context.args
    big = args.instance_count > 100  # noqa: PLR2004
    if sku == "Basic" and (args.zones or big or args.single_placement_group is False):
        why = "zones" if args.zones else "more than 100 instances" if big else "--single-placement-group false"
        raise wrong(f"--lb-sku: {why} need a Standard load balancer")


def _pool_name(context: Context, name: str, sku: str) -> str | None:
    """Flexible scale sets have no NAT pools; a Basic load balancer has one, unless a rule was named."""
    args = context.args
    if context.flexible:
        return None
    wanted: str | None = args.nat_pool_name
    return wanted or (f"{name}NatPool" if sku != "Standard" and not args.nat_rule_name else None)


def _frontend(context: Context, plan: Plan, name: str, sku: str, waits: list[str]) -> Document:
    """Public, or in the subnet for ``--public-ip-address ''``."""
    wanted = context.args.public_ip_address
    if wanted == "":
        inside: Document = {
            "privateIPAllocationMethod": "Dynamic",
            "privateIPAddress": "",
            "subnet": {"id": plan.subnet_id},
        }
        return {"name": _FRONTEND, "properties": inside}
    id = context.network("publicIPAddresses", wanted or f"{name}PublicIP")
    if wanted is None or context.found(id, NETWORK_VERSION) is None:
        if wanted and wanted.startswith("/"):
            raise wrong(f"--public-ip-address: there is no address {id}")
        _address(context, plan, wanted or f"{name}PublicIP", sku)
        waits.append(f"Microsoft.Network/publicIpAddresses/{wanted or f'{name}PublicIP'}")
    return {"name": _FRONTEND, "properties": {"publicIPAddress": {"id": id}}}


def _address(context: Context, plan: Plan, name: str, sku: str) -> None:
    args = context.args
    allocation = args.public_ip_address_allocation or ("Static" if sku == "Standard" else "Dynamic")
    properties: Document = {"publicIPAllocationMethod": allocation}
    if args.public_ip_address_dns_name:
        properties["dnsSettings"] = {"domainNameLabel": args.public_ip_address_dns_name}
    made = {**context.resource(_ADDRESSES, name, _VERSION, properties), "sku": {"name": sku}}
    if args.zones and len(args.zones) == 1:
        made["zones"] = args.zones
    plan.resources.append(context.at_edge(made) if sku == "Standard" else made)


def _of(name: str, part: str, which: str) -> Document:
    return {"id": f"[concat(resourceId('{_LBS}', '{name}'), '/{part}/', '{which}')]"}


def _ports(context: Context) -> tuple[str, str]:
    args = context.args
    each = 1 if args.disable_overprovision else 2  # a port for every instance, also for those made in surplus
    return str(_FIRST_PORT), str(max(_LAST_PORT, _FIRST_PORT - 1 + args.instance_count * each))


def _nat(context: Context, name: str, port: int) -> Document:
    first, last = _ports(context)
    return {
        "frontendIPConfiguration": _of(name, "frontendIPConfigurations", _FRONTEND),
        "protocol": "tcp",
        "frontendPortRangeStart": first,
        "frontendPortRangeEnd": last,
        "backendPort": port,
    }


def _web(name: str, backend: str) -> Document:
    """The rule by which instances reach out, too."""
    return {
        "frontendIPConfiguration": _of(name, "frontendIPConfigurations", _FRONTEND),
        "backendAddressPool": _of(name, "backendAddressPools", backend),
        "protocol": "tcp",
        "frontendPort": 80,
        "backendPort": 80,
        "enableFloatingIP": False,
        "idleTimeoutInMinutes": 5,
    }


def _rule(context: Context, plan: Plan, name: str, backend: str, port: int) -> None:
    properties = {
        **_nat(context, name, port),
        "backendAddressPool": _of(name, "backendAddressPools", backend),
        "idleTimeoutInMinutes": 5,
    }
    rule = context.resource(
        f"{_LBS}/inboundNatRules", f"{name}/{context.args.nat_rule_name or 'NatRule'}", _VERSION, properties
    )
    del rule["tags"]
    plan.resources.append({**rule, "dependsOn": [f"[concat('{_LBS}/', '{name}')]"]})
