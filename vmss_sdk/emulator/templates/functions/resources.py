"""Ids of resources, and what is known of them (https://aka.ms/arm-resource-functions)."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.templates.errors import LanguageError
from vmss_sdk.emulator.templates.evaluation import SEE, ArgumentTypes, Environment, Function
from vmss_sdk.emulator.templates.identity import parse_id, provider_paths, resource_path
from vmss_sdk.emulator.templates.values import text_of

__all__ = ["FUNCTIONS"]

_GROUP_AND_SUBSCRIPTION = 2


def _typed(name: str, values: tuple[Any, ...]) -> tuple[list[str], str]:
    """What stands before the resource type, and the path of type and names behind ``/providers/``."""
    want = ArgumentTypes(name)
    texts = [text_of(want(value, str, int)) for value in values]
    place = next((at for at, text in enumerate(texts) if "/" in text.strip("/")), None)
    if place is None:
        raise LanguageError(
            f"Unable to evaluate template language function '{name}': function requires exactly one multi-segmented"
            " argument which must be resource type including resource provider namespace. Please see"
            " https://aka.ms/arm-resource-functions/#resourceid for usage details."
        )
    # a slash behind the type is passed over, as Azure does
    kind, names = texts[place].rstrip("/"), texts[place + 1 :]
    wanted = kind.count("/")
    if len(names) != wanted or not all(names):
        raise LanguageError(
            f"Unable to evaluate template language function '{name}': the type '{kind}' requires '{wanted}' resource"
            " name argument(s). Please see https://aka.ms/arm-resource-functions/#resourceid for usage details."
        )
    return texts[:place], resource_path(kind, names)


def _resource_id(env: Environment, *values: Any) -> str:
    before, path = _typed("resourceId", values)
    if len(before) > _GROUP_AND_SUBSCRIPTION:
        raise LanguageError(
            "Unable to evaluate template language function 'resourceId': at most a subscription id and a resource"
            f" group come before the resource type. {SEE}"
        )
    group = before[-1] if before else env.context.group
    subscription = before[0] if len(before) == _GROUP_AND_SUBSCRIPTION else env.context.subscription_id
    return f"/subscriptions/{subscription}/resourceGroups/{group}/providers/{path}"


def _subscription_id(env: Environment, *values: Any) -> str:
    before, path = _typed("subscriptionResourceId", values)
    return f"/subscriptions/{before[0] if before else env.context.subscription_id}/providers/{path}"


def _tenant_id(_: Environment, *values: Any) -> str:
    return f"/providers/{_typed('tenantResourceId', values)[1]}"


def _management_group_id(_: Environment, *values: Any) -> str:
    before, path = _typed("managementGroupResourceId", values)
    if len(before) != 1:
        raise LanguageError(
            "Unable to evaluate template language function 'managementGroupResourceId': the deployment is to a"
            f" resource group, so the management group must come first. {SEE}"
        )
    return f"/providers/Microsoft.Management/managementGroups/{before[0]}/providers/{path}"


def _extension_id(_: Environment, base: Any, *values: Any) -> str:
    path = _typed("extensionResourceId", values)[1]
    return f"{ArgumentTypes('extensionResourceId')(base, str)}/providers/{path}"


def _target(env: Environment, name: str, version: Any) -> tuple[str, str]:
    """The id and api-version of what a name, a symbolic name or an id means."""
    known = env.symbol(name)
    if known is not None:
        return known.id, text_of(version) or known.api_version
    if name.startswith("/"):
        return name, text_of(version)
    path = next(provider_paths(name), None)
    if path is None:
        raise LanguageError(
            f"The resource '{name}' is not defined in the template. Please see"
            " https://aka.ms/arm-syntax-resources for usage details."
        )
    return f"{env.context.group_id}/providers/{path}", text_of(version)


def _reference(env: Environment, name: Any, version: Any = None, how: Any = "") -> Any:
    runtime = env.needs_runtime()
    resource_id, api_version = _target(env, ArgumentTypes("reference")(name, str), version)
    known = env.symbol(name)
    if known is not None and known.null_if_missing and not runtime.exists(resource_id, api_version):
        return None
    document = runtime.resource(resource_id, api_version)
    if text_of(how).lower() != "full":
        return document.get("properties", {})
    address = parse_id(resource_id)
    facts = {"apiVersion": api_version, "resourceId": resource_id, "scope": ""}
    if address is not None:
        facts |= {"subscriptionId": address.subscription, "resourceGroupName": address.group}
    return {**document, **facts}


def _references(env: Environment, name: Any, how: Any = "") -> list[Any]:
    env.needs_runtime()
    symbol, found = ArgumentTypes("references")(name, str), list[Any]()
    while env.symbol(f"{symbol}[{len(found)}]") is not None:
        found.append(_reference(env, f"{symbol}[{len(found)}]", None, how))
    return found


def _resource_info(env: Environment, name: Any) -> dict[str, str]:
    known = env.symbol(ArgumentTypes("resourceInfo")(name, str))
    if known is None:
        raise LanguageError(f"The resource '{name}' is not defined in the template. {SEE}")
    return {"id": known.id, "name": known.name, "type": known.type, "apiVersion": known.api_version}


def _list(env: Environment, action: str, name: Any, version: Any = None, body: Any = None) -> Any:
    runtime = env.needs_runtime()
    resource_id, api_version = _target(env, ArgumentTypes(action)(name, str), version)
    return runtime.action(action, resource_id, api_version, body)


def _providers(env: Environment, namespace: Any, kind: Any = None) -> dict[str, Any]:
    want = ArgumentTypes("providers")
    if kind is None:
        return {"namespace": want(namespace, str), "resourceTypes": []}
    versions = env.context.api_versions(want(namespace, str), want(kind, str))
    return {"resourceType": kind, "locations": [], "apiVersions": versions}


def _pick_zones(env: Environment, *values: Any) -> list[str]:
    want, (namespace, kind, place, *rest) = ArgumentTypes("pickZones"), values
    zones = env.context.zones([want(text, str) for text in (namespace, kind, place)][-1])
    count, first = [want(number, int) for number in rest] + [1, 0][len(rest) :]
    return zones[first : first + count]


def _zone(name: str, *, physical: bool, many: bool) -> Function:
    """One of the four functions between logical and physical zones.

    CHOICE: in every subscription the logical zone 1 is the first physical one; on Azure that differs.
    """

    def body(env: Environment, subscription: Any, place: Any, given: Any) -> Any:
        want = ArgumentTypes(name)
        region, known = want(place, str), env.context.zones(want(place, str))
        want(subscription, str)
        pairs = {(zone if physical else f"{region}-az{zone}"): zone for zone in known}
        found = []
        for item in want(given, list) if many else [given]:
            zone = pairs.get(want(item, str))
            if zone is None:
                raise LanguageError(f"The zone '{item}' is not one of the region '{region}': {', '.join(pairs)}. {SEE}")
            found.append(f"{region}-az{zone}" if physical else zone)
        return found if many else found[0]

    return Function(name, 3, 3, body)


FUNCTIONS = (
    Function("resourceId", 2, None, _resource_id),
    Function("subscriptionResourceId", 2, None, _subscription_id),
    Function("tenantResourceId", 2, None, _tenant_id),
    Function("managementGroupResourceId", 2, None, _management_group_id),
    Function("extensionResourceId", 3, None, _extension_id),
    Function("reference", 1, 3, _reference),
    Function("references", 1, 2, _references),
    Function("resourceInfo", 1, 1, _resource_info),
    Function("list*", 1, 3, _list),
    Function("providers", 1, 2, _providers),
    Function("pickZones", 3, 5, _pick_zones),
    _zone("toLogicalZone", physical=False, many=False),
    _zone("toLogicalZones", physical=False, many=True),
    _zone("toPhysicalZone", physical=True, many=False),
    _zone("toPhysicalZones", physical=True, many=True),
)
