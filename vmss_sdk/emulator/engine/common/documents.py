"""Reading and merging the documents that a scale set's model is written in.

A document is the decoded JSON body of a scale set without its read-only members.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

__all__ = ["get_path", "instance_part", "merge", "parts", "seal_secrets"]

Document = dict[str, Any]

_INSTANCE_PROPERTIES = (
    "virtualMachineProfile",
    "additionalCapabilities",
    "proximityPlacementGroup",
    "hostGroup",
    "skuProfile",
)
"""CHOICE: the properties of a scale set that its instances have a copy of. All others (capacity, tags, upgradePolicy,
overprovision, scaleInPolicy, automaticRepairsPolicy …) are the set's own and outdate no instance (semantics 1.3.8)."""

_KEYED_BY = {"extensions": "name", "dataDisks": "lun"}
_REPLACED = ("tags", "settings", "scaleInPolicy")
"""Replaced whole, where every other document is merged, member by member: the user's tags and an extension's settings,
which are not ARM's; and of ARM's own the scale-in policy (recorded 2022: a body without rules takes the rules away).

Recorded as merged: the upgrade policy and both policies in it, automatic repairs, security and UEFI settings, the proxy
agent, boot diagnostics, image reference, OS disk and OS profile. CHOICE: so are those of which there is no record."""
_IDENTITIES = "userAssignedIdentities"
_IMAGE = "imageReference"
_IMAGE_NAMES = ("id", "sharedGalleryImageId", "communityGalleryImageId", "publisher")
"""What says of which kind an image is: one that is named in another way takes the place of the whole reference."""
_CLEARED_WHEN_EMPTY = ("diffDiskSettings", "scheduledEventsProfile")
"""Sent empty, these are taken away (recorded 2024-08 with azure-cli); other empty documents change nothing."""
_SECRETS = ("adminPassword", "protectedSettings")


def get_path(document: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path, or the default when a part of the path is absent."""
    for key in _split_path(path):
        if not isinstance(document, dict):
            return default
        document = document.get(key)
        if document is None:
            return default
    return document


@lru_cache(maxsize=1024)
def _split_path(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def instance_part(document: Document) -> Document:
    """The part of a scale set's document that each instance is built from: a change of it outdates them."""
    properties = document.get("properties", {})
    part = {key: properties[key] for key in _INSTANCE_PROPERTIES if key in properties}
    sku = {key: value for key, value in document.get("sku", {}).items() if key != "capacity"}
    return {"sku": sku, "zones": document.get("zones"), "plan": document.get("plan"), **part}


def merge(current: Document, incoming: Document) -> Document:
    """What a PUT or PATCH makes of a document: members that were not sent, or sent as null, stay as they are.

    Source: wire.md 3.2 (a body of location and sku alone keeps the whole model) and az-cli 5.1 (az leaves out image
    reference, password and custom data). Lists are replaced; CHOICE: items of a list that have a name or a LUN take
    over what the item of that name had and the new one leaves out, such as protected settings, which no GET returns.
    """
    merged = dict(current)
    for key, value in incoming.items():
        if value is None:
            continue
        if key in _CLEARED_WHEN_EMPTY and value == {}:
            merged[key] = value
        elif key == _IDENTITIES:
            merged[key] = _merge_identities(current.get(key) or {}, value)
        elif key == _IMAGE and isinstance(value, dict) and _is_of_another_kind(current.get(key) or {}, value):
            merged[key] = value
        elif isinstance(value, dict) and isinstance(current.get(key), dict) and key not in _REPLACED:
            merged[key] = merge(current[key], value)
            if key == "identity" and "UserAssigned" not in str(merged[key].get("type")):
                merged[key].pop(_IDENTITIES, None)
        elif key in _KEYED_BY and isinstance(current.get(key), list):
            merged[key] = _merge_items(current[key], value, _KEYED_BY[key])
        else:
            merged[key] = value
    return merged


def parts(document: Document, pattern: str) -> Iterator[tuple[str, Document]]:
    """Every part of a document that a pattern means, with its path; ``[]`` stands for each item of a list."""
    head, found, rest = pattern.partition("[]")
    value = get_path(document, head)
    if not found:
        if isinstance(value, dict):
            yield head, value
        return
    for at, item in enumerate(value if isinstance(value, list) else ()):
        here = f"{head}[{at}]"
        if not rest:
            yield here, item
            continue
        for path, part in parts(item, rest.removeprefix(".")):
            yield f"{here}.{path}", part


def _is_of_another_kind(current: Document, incoming: Document) -> bool:
    named = [name for name in _IMAGE_NAMES if incoming.get(name)]
    return bool(named) and not any(current.get(name) for name in named)


def _merge_identities(current: Document, incoming: Document) -> Document:
    """Resource ids, whose case does not matter; null takes one away (as ``az vmss identity remove`` sends it)."""
    sent = {name.lower(): value for name, value in incoming.items()}
    kept = {name: value for name, value in current.items() if sent.get(name.lower(), {}) is not None}
    there = {name.lower() for name in kept}
    new = {name: value for name, value in incoming.items() if value is not None and name.lower() not in there}
    return {**kept, **new}


def _merge_items(current: list[Document], incoming: list[Document], key: str) -> list[Document]:
    before = {str(item.get(key)).lower(): item for item in current}
    return [merge(before.get(str(item.get(key)).lower(), {}), item) for item in incoming]


def seal_secrets(document: Any, seal: Any) -> Any:
    """A copy in which each password and protected setting is replaced by what `seal` makes of it."""
    if isinstance(document, dict):
        return {
            key: seal(value) if key in _SECRETS and value is not None else seal_secrets(value, seal)
            for key, value in document.items()
        }
    return [seal_secrets(item, seal) for item in document] if isinstance(document, list) else document
