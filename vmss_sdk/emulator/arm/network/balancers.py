"""Views of load balancers: the instances behind them, and their own parts that refer to each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vmss_sdk.emulator.arm.network.attached import Configuration, configurations, ids, is_in, same
from vmss_sdk.emulator.arm.resources.store import Resource
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.platform import seeded_random

__all__ = ["balancer_properties", "without_made"]

Document = dict[str, Any]
Items = list[Document]

_USES = (  # an array, the reference in its items, and the array whose items show it
    ("loadBalancingRules", "frontendIPConfiguration", "frontendIPConfigurations"),
    ("loadBalancingRules", "backendAddressPool", "backendAddressPools"),
    ("loadBalancingRules", "probe", "probes"),
    ("inboundNatRules", "frontendIPConfiguration", "frontendIPConfigurations"),
    ("inboundNatRules", "backendAddressPool", "backendAddressPools"),
    ("inboundNatPools", "frontendIPConfiguration", "frontendIPConfigurations"),
    ("outboundRules", "frontendIPConfigurations", "frontendIPConfigurations"),
    ("outboundRules", "backendAddressPool", "backendAddressPools"),
)
_FROM_POOL = ("frontendIPConfiguration", "protocol", "backendPort")


def balancer_properties(state: State, found: Resource) -> Document:
    """The properties of a load balancer with its rules for the instances of NAT pools and its backends."""
    shown: Document = dict(found.document["properties"])
    behind = list(configurations(state, found.id))
    rules = [*_copied(shown, "inboundNatRules"), *_rules_of_pools(found, shown, behind)]
    shown["inboundNatRules"] = rules
    standard = str(get_path(found.document, "sku.name", "Basic")).lower() != "basic"
    pools = _copied(shown, "backendAddressPools")
    for pool in pools:
        members = [each for each in behind if is_in(each.properties.get("loadBalancerBackendAddressPools"), pool["id"])]
        _fill_pool(pool, members, rules, seed=state.settings.seed, standard=standard)
    shown["backendAddressPools"] = pools
    _add_references(shown)
    return shown


def without_made(properties: Document) -> None:
    """Take out what a client that read a load balancer writes back, but the service makes: rules and backends."""
    rules = properties.get("inboundNatRules")
    if isinstance(rules, list):
        properties["inboundNatRules"] = [rule for rule in rules if not _is_made(rule, "backendIPConfiguration.id")]
    for pool in properties.get("backendAddressPools") or ():
        inner = pool.get("properties") if isinstance(pool, dict) else None
        if isinstance(inner, dict):
            without_made_backends(inner)


def without_made_backends(properties: Document) -> None:
    """The same for the properties of one backend pool."""
    given = properties.get("loadBalancerBackendAddresses")
    if isinstance(given, list):
        own = [item for item in given if not _is_made(item, "networkInterfaceIPConfiguration.id")]
        properties["loadBalancerBackendAddresses"] = own


def _is_made(item: Any, reference: str) -> bool:
    return "/virtualmachine" in str(get_path(item, f"properties.{reference}", "")).lower()


def _copied(properties: Document, collection: str) -> Items:
    items = properties.get(collection) or []
    return [{**item, "properties": dict(item.get("properties") or {})} for item in items]


def _rules_of_pools(found: Resource, properties: Document, behind: list[Configuration]) -> Items:
    """A rule for each instance of each NAT pool. Recorded: it is named by the pool and the instance."""
    return [
        _rule_of_pool(found, pool, number, port, at)
        for pool in properties.get("inboundNatPools") or ()
        for at, number, port in _ports(pool["properties"], _in_pool(found, pool, behind))
    ]


def _in_pool(found: Resource, pool: Document, behind: list[Configuration]) -> list[Configuration]:
    start = f"{found.id}/inboundNatRules/{pool['name']}.".lower()
    return [each for each in behind if any(rule.startswith(start) for rule in _rules_at(each))]


def _rules_at(each: Configuration) -> list[str]:
    return [str(rule["id"]).lower() for rule in each.properties.get("loadBalancerInboundNatRules") or ()]


def _rule_of_pool(found: Resource, pool: Document, number: int, port: int, at: str) -> Document:
    name = f"{pool['name']}.{number}"
    given = pool["properties"]
    return {
        "name": name,
        "id": f"{found.id}/inboundNatRules/{name}",
        "type": "Microsoft.Network/loadBalancers/inboundNatRules",
        "properties": {
            **{member: given[member] for member in _FROM_POOL if member in given},
            "provisioningState": "Succeeded",
            "frontendPort": port,
            "enableFloatingIP": given.get("enableFloatingIP", False),
            "idleTimeoutInMinutes": given.get("idleTimeoutInMinutes", 4),
            "enableTcpReset": given.get("enableTcpReset", False),
            "backendIPConfiguration": {"id": at},
        },
    }


def _ports(range_: Document, behind: Iterable[Configuration]) -> list[tuple[str, int, int]]:
    """IP configurations, the numbers of their instances, and their ports.

    CHOICE: the port of the range at the instance's number, the next free one when it is taken, so that an instance
    keeps its port when others come and go; none when there is no port left.
    """
    first, last = (_port(range_.get(f"frontendPortRange{end}")) for end in ("Start", "End"))
    if first is None or last is None or last < first:
        return []
    size, taken, found = last - first + 1, set[int](), []
    for each in sorted(behind, key=lambda configuration: configuration.number)[:size]:
        port = first + each.number % size
        while port in taken:
            port = first + (port - first + 1) % size
        taken.add(port)
        found.append((each.id, each.number, port))
    return found


def _port(value: Any) -> int | None:
    """A port; az writes them as texts."""
    text = str(value)
    return int(text[:6]) if text.isascii() and text.isdecimal() else None


def _fill_pool(pool: Document, members: list[Configuration], rules: Items, *, seed: int, standard: bool) -> None:
    properties = pool["properties"]
    if members:
        properties["backendIPConfigurations"] = ids([each.id for each in members])
    if not standard:
        return
    mapped: dict[str, Items] = {}
    for rule in rules:
        if same(rule["properties"].get("backendAddressPool"), pool["id"]):
            for at, _, port in _ports(rule["properties"], members):
                ports = {"frontendPort": port, "backendPort": _port(rule["properties"].get("backendPort"))}
                mapped.setdefault(at, []).append({"inboundNatRuleName": rule["name"], **ports})
    given = list(properties.get("loadBalancerBackendAddresses") or ())
    made = [_backend(seed, pool["id"], each.id, mapped.get(each.id, [])) for each in members]
    properties["loadBalancerBackendAddresses"] = [*given, *made]


def _backend(seed: int, pool_id: str, at: str, mapping: Items) -> Document:
    name = seeded_random.guid(seed, pool_id.lower(), at)
    # az counts on the array, also where there is no mapping
    properties = {"networkInterfaceIPConfiguration": {"id": at}, "inboundNatRulesPortMapping": mapping}
    return {"name": name, "properties": properties}


def _add_references(shown: Document) -> None:
    arrays = {name for _, _, name in _USES}
    for name in sorted(arrays - {"backendAddressPools"}):
        shown[name] = _copied(shown, name)
    for user, member, name in _USES:
        for item in shown[name]:
            if not item.get("id"):  # one without a name is no resource
                continue
            named = [rule for rule in shown.get(user) or () if rule.get("id")]
            users = [rule["id"] for rule in named if _uses(rule, member, item["id"])]
            if users:
                item["properties"][user] = ids(users)


def _uses(rule: Document, member: str, resource_id: str) -> bool:
    reference = (rule.get("properties") or {}).get(member)
    return is_in(reference, resource_id) if isinstance(reference, list) else same(reference, resource_id)
