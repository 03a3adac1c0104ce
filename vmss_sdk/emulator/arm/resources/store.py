"""The resources of all providers that are not emulated themselves: what is given is kept and shown again.

Some children, such as subnets, are items of an array of their parent and resources of their own at once. Which ones is
in the table of types; they are kept in the parent only, so both always agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import attrs

from vmss_sdk.emulator.arm.resources.address import Address, Key, key_of
from vmss_sdk.emulator.arm.resources.known_types import KnownType, known_type
from vmss_sdk.emulator.engine.common.documents import dig
from vmss_sdk.emulator.engine.platform import seeded_random

__all__ = ["Resource", "ResourceStore"]

Document = dict[str, Any]

_OWN = ("id", "name", "type", "etag")
_FACT = re.compile(r"\{([\w.]+)\}")


@attrs.define(kw_only=True)
class Resource:
    """One resource.

    Attributes:
        id: The ARM resource id.
        type: As Azure spells it.
        document: What was given, with what the service sets; without id, name, type and etag.
        etag: Grows with each write.
        created_at: Seconds since 1970-01-01 UTC.
        changed_at: The same.
    """

    id: str
    type: str
    document: Document = attrs.field(factory=dict, repr=False)
    etag: int = 0
    created_at: float = 0.0
    changed_at: float = 0.0

    @property
    def name(self) -> str:
        """The last part of the id."""
        return self.id.rpartition("/")[2]

    @property
    def location(self) -> str | None:
        """The region, if it has one."""
        return self.document.get("location")

    def shown(self) -> Document:
        """The whole resource, as a GET shows it."""
        known = known_type(self.type)
        document = {"name": self.name, "id": self.id, "type": self.type, "etag": f'W/"{self.etag}"', **self.document}
        if known and known.write_only:
            properties = document["properties"].items()
            document["properties"] = {name: value for name, value in properties if name not in known.write_only}
        return document


@attrs.define(kw_only=True, eq=False)
class ResourceStore:
    """Keeps resources by their ids.

    Attributes:
        items: Where they are kept: by subscription, group and the rest of the id, all in lower case.
        seed: Of the ids and addresses that the service chooses.
        tenant: The tenant's id.
    """

    items: MutableMapping[Key, Resource]
    seed: int = 0
    tenant: str = ""

    def find(self, address: Address) -> Resource | None:
        """A resource, or None; an item of its parent's is made into one."""
        holder = self._holder(address)
        if holder is None:
            return self.items.get(address.key)
        parent, collection = holder
        item = next((item for item in _items(parent, collection) if _is_named(item, address.name)), None)
        return None if item is None else self._of_item(parent, address.type, item)

    def put(self, address: Address, body: Document, now: float) -> Resource:
        """Keep a resource, in place of what there was under its id.

        CHOICE: arrays of children (subnets …) that are left out stay as they were, as with virtual networks on Azure;
        an empty array takes them away.
        """
        holder = self._holder(address)
        if holder is not None:
            return self._put_item(*holder, address, body, now)
        found = self.items.get(address.key)
        if found is None:
            found = Resource(id=address.id, type=address.type, created_at=now)
            self.items[address.key] = found
        self._write(found, self._completed(found, body), now)
        return found

    def patch(self, address: Address, found: Resource, changes: Document, now: float) -> Resource:
        """Merge changes into a resource; null takes a member away."""
        body = {name: value for name, value in found.document.items() if name not in _OWN}
        return self.put(address, _merged(body, changes), now)

    def delete(self, address: Address) -> bool:
        """Forget a resource with all below it; whether there was one."""
        if self.find(address) is None:
            return False
        holder = self._holder(address)
        if holder is not None:
            parent, collection = holder
            rest = [item for item in _items(parent, collection) if not _is_named(item, address.name)]
            parent.document["properties"][collection] = rest
            parent.etag += 1
        else:
            del self.items[address.key]
        self._forget(lambda key: key[:2] == address.key[:2] and key[2].startswith(f"{address.key[2]}/"))
        return True

    def forget_group(self, subscription_id: str, group: str) -> None:
        """Forget all that is in a resource group."""
        wanted = subscription_id.lower(), group.lower()
        self._forget(lambda key: key[:2] == wanted)

    def within(self, address: Address) -> list[Resource]:
        """The resources of a collection; of a subscription's collection those of its groups too."""
        holder = self._holder(address)
        if holder is not None:
            parent, collection = holder
            return [self._of_item(parent, address.type, item) for item in _items(parent, collection)]
        wanted = address.type.lower()
        inside = f"{address.key[2]}/"
        everywhere = not address.group and not address.scope_is_resource
        return [
            found
            for found in self.of(address.subscription_id, None if everywhere else address.group)
            if found.type.lower() == wanted and (everywhere or self._key(found)[2].startswith(inside))
        ]

    def of(self, subscription_id: str, group: str | None = None) -> Iterator[Resource]:
        """The resources of a subscription or of one of its groups (items of parents apart)."""
        wanted = tuple(part.lower() for part in (subscription_id, group) if part is not None)
        return (found for key, found in list(self.items.items()) if key[: len(wanted)] == wanted)

    def _key(self, found: Resource) -> Key:
        parts = found.id.split("/")
        return key_of(parts[2], parts[4] if parts[3].lower() == "resourcegroups" else "", found.id)

    def _holder(self, address: Address) -> tuple[Resource, str] | None:
        """The parent whose array the address is about, and that array's name; None when it stands for itself."""
        parent = address.parent
        known = None if parent is None else known_type(parent.type)
        if parent is None or known is None:
            return None
        wanted = address.types[-1].lower()
        collection = next((name for name in known.children if name.lower() == wanted), None)
        found = self.find(parent) if collection else None
        return None if found is None or collection is None else (found, collection)

    def _of_item(self, parent: Resource, kind: str, item: Document) -> Resource:
        document = {name: value for name, value in item.items() if name not in _OWN}
        times = {"created_at": parent.created_at, "changed_at": parent.changed_at}
        return Resource(id=item["id"], type=kind, document=document, etag=parent.etag, **times)

    def _put_item(self, parent: Resource, collection: str, address: Address, body: Document, now: float) -> Resource:
        items = _items(parent, collection)
        found = next((at for at, item in enumerate(items) if _is_named(item, address.name)), None)
        name = address.name if found is None else items[found]["name"]
        item = _child(parent, collection, {**body, "name": name})
        if found is None:
            items.append(item)
        else:
            items[found] = item
        parent.document["properties"][collection] = items
        parent.etag += 1
        parent.changed_at = now
        return self._of_item(parent, address.type, item)

    def _write(self, found: Resource, document: Document, now: float) -> None:
        known = known_type(found.type)
        for collection in known.children if known else ():
            given = document["properties"].get(collection)
            if isinstance(given, list):
                document["properties"][collection] = [_child(found, collection, item) for item in given]
            else:  # clients count on them, az on an empty inboundNatPools
                document["properties"][collection] = found.document.get("properties", {}).get(collection, [])
        found.document = document
        found.etag += 1
        found.changed_at = now

    def _completed(self, found: Resource, body: Document) -> Document:
        document = {name: value for name, value in body.items() if name not in _OWN}
        known = known_type(found.type)
        if known is not None:
            document = _merged(self._values(found, known, document), document)
        document["properties"] = {**(document.get("properties") or {}), "provisioningState": "Succeeded"}
        return document

    def _values(self, found: Resource, known: KnownType, document: Document) -> Document:
        number = int(seeded_random.fraction(self.seed, found.id.lower(), "address") * 254) + 1
        facts: Document = {
            "name": found.name,
            "parent": found.id.split("/")[-3],
            "location": document.get("location", ""),
            "tenant": self.tenant,
            "address": f"203.0.113.{number}",  # of the block that is kept for documentation
            **document,
        }

        def fact(name: str) -> Any:
            kind, _, purpose = name.partition(".")
            return seeded_random.guid(self.seed, found.id.lower(), purpose) if kind == "guid" else dig(facts, name)

        filled: Document = _filled(known.values, fact)
        return filled

    def _forget(self, doomed: Callable[[Key], bool]) -> None:
        for key in [key for key in self.items if doomed(key)]:
            del self.items[key]


def _items(parent: Resource, collection: str) -> list[Document]:
    return list(parent.document["properties"].get(collection) or ())


def _is_named(item: Document, name: str) -> bool:
    return str(item.get("name", "")).lower() == name.lower()


def _child(parent: Resource, collection: str, item: Any) -> Any:
    """An item of a parent's array as Azure shows it; what has no name is no resource and stays as it is."""
    if not isinstance(item, dict) or not item.get("name"):
        return item
    name = str(item["name"])
    own = {"name": name, "id": f"{parent.id}/{collection}/{name}", "type": f"{parent.type}/{collection}"}
    given = {member: value for member, value in item.items() if member not in _OWN}
    given["properties"] = {**(given.get("properties") or {}), "provisioningState": "Succeeded"}
    return {**own, **given}


def _merged(old: Document, new: Document) -> Document:
    """RFC 7396, except that what is no object replaces what is one."""
    result = dict(old)
    for name, value in new.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict) and isinstance(result.get(name), dict):
            result[name] = _merged(result[name], value)
        else:
            result[name] = value
    return result


def _filled(value: Any, fact: Callable[[str], Any]) -> Any:
    """A template with its facts; members one of whose facts is missing are left out."""
    if isinstance(value, dict):
        filled = {name: _filled(inner, fact) for name, inner in value.items()}
        return {name: inner for name, inner in filled.items() if inner not in (None, {})}
    found = {name: fact(name) for name in _FACT.findall(value)}
    return None if None in found.values() else _FACT.sub(lambda match: str(found[match[1]]), value)
