"""Older api-versions of scale sets: what came later is not shown, and what had another name has that one.

Since when a member is there was read from answers that were recorded with the versions from 2015 to 2025
(``data/member_versions.json``). All versions act alike.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm import data
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.replies import Reply

__all__ = ["is_newest", "shaped", "translated"]

Document = dict[str, Any]

_NEWEST_CHANGE = "2024-07-01"
"""From this version on nothing has to be shaped."""
_SET = "virtualMachineScaleSets"
_OS_POLICY = "2018-10-01"
"""Since when ``automaticOSUpgradePolicy`` has replaced two members that were beside it."""
_DO_NOT_RUN, _IDENTITIES, _ZONE_BALANCE = "2019-03-01", "2018-06-01", "2017-12-01"
"""Since when other members have had their present names and places."""
_COMPUTE = "/providers/Microsoft.Compute/"
_ETAG_HEADER = "2024-03-01"
_LARGE_SCALE = "largeScaleEnabled"
"""The opposite of ``singlePlacementGroup``, of a preview; Azure's own samples send it up to 2020-12-01."""
_OLD_POLICY, _OLD_ROLLBACK = "2017-03-30", "2018-04-01"
"""Since when the two were there."""
_AUTOMATIC_OS = "automaticOSUpgradePolicy"
_OK = 200


def translated(call: Call) -> None:
    """Put members that older versions have elsewhere where they are now."""
    version = call.api_version
    old = version < _DO_NOT_RUN or _LARGE_SCALE.encode() in call.request.body
    if not old or call.request.method.upper() not in {"PUT", "PATCH"} or _kind(call) != _SET:
        return
    try:
        body = wire.decode(call.request.body)
    except ValueError:
        return  # refused where it is read
    if isinstance(body, dict) and _move(body, version):
        call.request = attrs.evolve(call.request, body=wire.encode(body))


def _move(body: Document, version: str) -> bool:
    properties, identity = _object(body, "properties"), _object(body, "identity")
    profile = _object(_object(properties, "virtualMachineProfile"), "extensionProfile")
    policy = _object(properties, "upgradePolicy")
    moved = False
    if "doNotRunOnOverprovisionedVMs" in profile:
        properties["doNotRunExtensionsOnOverprovisionedVMs"] = profile.pop("doNotRunOnOverprovisionedVMs")
        moved = True
    if version < _OS_POLICY and policy:
        moved |= _move_os_policy(policy)
    if version < _IDENTITIES and isinstance(identity.get("identityIds"), list):
        identity["userAssignedIdentities"] = {str(name): {} for name in identity.pop("identityIds")}
        moved = True
    if isinstance(properties.get(_LARGE_SCALE), bool | str):
        large = str(properties.pop(_LARGE_SCALE)).lower() == "true"
        properties.setdefault("singlePlacementGroup", not large)
        moved = True
    if version < _ZONE_BALANCE and "zoneBalanace" in properties:  # as Azure spelled it
        properties["zoneBalance"] = properties.pop("zoneBalanace")
        moved = True
    return moved


def _object(holder: Document, name: str) -> Document:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _move_os_policy(policy: Document) -> bool:
    new: Document = {}
    if "automaticOSUpgrade" in policy:
        new["enableAutomaticOSUpgrade"] = policy.pop("automaticOSUpgrade")
    old = policy.get("autoOSUpgradePolicy")
    if isinstance(old, dict) and old.keys() <= {"disableAutoRollback"}:
        del policy["autoOSUpgradePolicy"]
        if "disableAutoRollback" in old:
            new["disableAutomaticRollback"] = old["disableAutoRollback"]
    if new:
        policy[_AUTOMATIC_OS] = new
    return bool(new)


def is_newest(call: Call) -> bool:
    """Whether answers to this call are left as they are."""
    return call.api_version >= _NEWEST_CHANGE


def shaped(call: Call, reply: Reply) -> Reply:
    """An answer as the request's api-version has it."""
    version = call.api_version
    if not version or is_newest(call) or reply.status < _OK:
        return reply
    kind = _kind(call)
    if kind is None:
        return reply
    headers = {name: value for name, value in reply.headers.items() if name != "ETag" or version >= _ETAG_HEADER}
    document = _document(kind, version, reply.document) if isinstance(reply.document, dict) else reply.document
    return attrs.evolve(reply, headers=headers, document=document)


def _document(kind: str, version: str, document: Document) -> Document:
    items = document.get("value")
    if isinstance(items, list):
        return {**document, "value": [_one(kind, version, item) for item in items]}
    return _one(kind, version, document)


def _one(kind: str, version: str, document: Document) -> Document:
    if "error" in document:
        return document
    if kind == _SET and version < _OS_POLICY:
        document = _with_old_identity(_with_old_policy(document, version), version)
    shown: Document = _without(document, _later(kind, version))
    return shown


def _with_old_policy(document: Document, version: str) -> Document:
    properties = document.get("properties")
    policy = properties.get("upgradePolicy") if isinstance(properties, dict) else None
    if not isinstance(properties, dict) or not isinstance(policy, dict) or version < _OLD_POLICY:
        return document
    new = policy.get(_AUTOMATIC_OS) or {}
    old: Document = {"automaticOSUpgrade": bool(new.get("enableAutomaticOSUpgrade"))}
    if "disableAutomaticRollback" in new and version >= _OLD_ROLLBACK:
        old["autoOSUpgradePolicy"] = {"disableAutoRollback": new["disableAutomaticRollback"]}
    renamed = _with_old_names(properties) if version < _ZONE_BALANCE else properties
    return {**document, "properties": {**renamed, "upgradePolicy": {**policy, **old}}}


def _with_old_names(properties: Document) -> Document:
    return {"zoneBalanace" if name == "zoneBalance" else name: value for name, value in properties.items()}


def _with_old_identity(document: Document, version: str) -> Document:
    identity = _object(document, "identity")
    if version >= _IDENTITIES or "userAssignedIdentities" not in identity:
        return document
    old = {name: value for name, value in identity.items() if name != "userAssignedIdentities"}
    return {**document, "identity": {**old, "identityIds": list(identity["userAssignedIdentities"])}}


def _without(value: Any, later: Document) -> Any:
    """A copy without the members that are named, inside arrays too; what has none of them stays as it is."""
    if isinstance(value, list):
        return [_without(item, later) for item in value]
    if not isinstance(value, dict) or not later:
        return value
    return {
        name: _without(inner, later[name]) if isinstance(later.get(name), dict) else inner
        for name, inner in value.items()
        if name not in later or later[name] is not None
    }


@lru_cache(maxsize=128)
def _later(kind: str, version: str) -> Document:
    """The members of a kind that came after a version, as a tree; a leaf is None."""
    tree: Document = {}
    # a member before what is in it: when all of it is left out there is no more to be said
    for path, since in sorted(_table().get(kind, {}).items()):
        if version >= since:
            continue
        *outer, last = path.split(".")
        node: Any = tree
        for part in outer:
            node = node.setdefault(part, {}) if isinstance(node, dict) else None
        if isinstance(node, dict):
            node[last] = None
    return tree


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = data.load("member_versions")
    return found


def _kind(call: Call) -> str | None:
    """What a request is about, by the fixed parts of its route; None: nothing of scale sets."""
    return _kind_of(call.route.template) if call.route is not None else None


@lru_cache(maxsize=256)
def _kind_of(template: str) -> str | None:
    parts = template.partition(_COMPUTE)[2].split("/")
    words = [part for part in parts if part and not part.startswith("{")]
    if words[:1] == ["locations"]:
        words = words[1:]
    if not words or words[0] != _SET:
        return None
    kind = "/".join(words)
    if kind == f"{_SET}/rollingUpgrades/latest":
        return f"{_SET}/rollingUpgrades"
    return kind
