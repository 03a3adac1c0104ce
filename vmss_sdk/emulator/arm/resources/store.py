"""The resources of all providers that are not emulated themselves: what is given is kept and shown again.

Some children, such as subnets, are items of an array of their parent and resources of their own at once. Which ones is
in the table of types; they are kept in the parent only, so both always agree.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import attrs

from vmss_sdk.emulator.arm.resources.address import Address, Key, key_of, parse
from vmss_sdk.emulator.arm.resources.facts import Facts, filled, merged, without_nulls
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.platform import seeded_random

__all__ = ["Resource", "ResourceStore", "with_canonical_members"]

Document = dict[str, Any]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_OWN = ("id", "name", "type", "etag")
_OF_ARM = (*_OWN, "identity", "kind", "location", "plan", "properties", "sku", "tags", "zones")
_SPELT = {name.lower(): name for name in _OF_ARM}
_SOMEWHERE = "10.0.0.0/16"


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
            return self.items.get(address.key) or self._implicit(address)
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
        return self.put(address, merged(body, changes), now)

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
            self.items.pop(address.key, None)
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
        kept = [
            found
            for found in self.of(address.subscription_id, None if everywhere else address.group)
            if found.type.lower() == wanted and (everywhere or self._key(found)[2].startswith(inside))
        ]
        known = {found.name.lower() for found in kept}
        return [*kept, *(made for made in self._all_implicit(address) if made.name.lower() not in known)]

    def all(self) -> Iterator[Resource]:
        """The resources of all subscriptions (items of parents apart)."""
        return iter(list(self.items.values()))

    def of(self, subscription_id: str, group: str | None = None) -> Iterator[Resource]:
        """The resources of a subscription or of one of its groups (items of parents apart)."""
        wanted = tuple(part.lower() for part in (subscription_id, group) if part is not None)
        return (found for key, found in list(self.items.items()) if key[: len(wanted)] == wanted)

    def _key(self, found: Resource) -> Key:
        parts = found.id.split("/")
        return key_of(parts[2], parts[4] if parts[3].lower() == "resourcegroups" else "", found.id)

    def _implicit(self, address: Address) -> Resource | None:
        """A child that Azure makes with its parent, or None."""
        made = self._all_implicit(address)
        return next((found for found in made if found.name.lower() == address.name.lower()), None)

    def _all_implicit(self, address: Address) -> Iterator[Resource]:
        """The children of a type that Azure makes with their parent."""
        parent = address.parent
        known = None if parent is None else known_type(parent.type)
        if parent is None or known is None or not known.implicit:
            return
        wanted, owner = address.types[-1].lower(), self.find(parent)
        for name in next((names for kind, names in known.implicit.items() if kind.lower() == wanted), ()):
            if owner is not None:
                own = attrs.evolve(address, names=(*address.names[: len(address.types) - 1], name))
                made = Resource(id=own.id, type=own.type, etag=1, created_at=owner.created_at)
                yield attrs.evolve(made, document=self._completed(made, {}))

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
        item = self._child(parent, collection, {**body, "name": name})
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
            given = _taken(document["properties"], collection)
            if isinstance(given, list):
                document["properties"][collection] = [self._child(found, collection, item) for item in given]
            else:  # clients count on them, az on an empty inboundNatPools
                document["properties"][collection] = found.document.get("properties", {}).get(collection, [])
        found.document = document
        found.etag += 1
        found.changed_at = now

    def _completed(self, found: Resource, body: Document) -> Document:
        document = without_nulls({name: value for name, value in body.items() if name not in _OWN})
        known = known_type(found.type)
        if known is not None:
            document = merged(filled(known.defaults, self.facts(found, document)), document)
            document = merged(document, filled(known.computed, self.facts(found, document)))
        if isinstance(document.get("identity"), dict):
            document["identity"] = self._identity(found, document["identity"])
        document["properties"] = {**(document.get("properties") or {}), "provisioningState": "Succeeded"}
        return document

    def _identity(self, found: Resource, given: Document) -> Document:
        """An identity with the ids that Entra ID gives it."""
        identity = dict(given)
        if "systemassigned" in str(identity.get("type", "")).lower().replace(" ", "").split(","):
            identity["principalId"] = seeded_random.guid(self.seed, found.id.lower(), "principalId")
            identity["tenantId"] = self.tenant
        assigned = identity.get("userAssignedIdentities")
        if isinstance(assigned, dict):
            parts = ("principalId", "clientId")
            identity["userAssignedIdentities"] = {
                name: {part: seeded_random.guid(self.seed, name.lower(), part) for part in parts} for name in assigned
            }
        return identity

    def facts(self, found: Resource, document: Document | None = None) -> Facts:
        """What templates may name of a resource."""
        own = found.document if document is None else document
        return Facts(
            seed=self.seed,
            id=found.id,
            tenant=self.tenant,
            created_at=found.created_at,
            document=own,
            private_address=lambda: self.private_address(get_path(own, "properties.subnet.id"), found.id),
        )

    def private_address(self, subnet_id: Any, owner_id: str) -> str | None:
        """An address of a subnet for a resource; None when it names none.

        CHOICE: of the upper end, so that they are others than those of instances, which count up from the lower end.
        """
        if not subnet_id:
            return None
        network = self.subnet(subnet_id)
        number = int(
            seeded_random.fraction(self.seed, owner_id.lower(), "private address") * min(64, network.num_addresses // 4)
        )
        return str(network[max(0, network.num_addresses - 2 - number)])

    def subnet(self, subnet_id: Any) -> Network:
        """The addresses of a subnet if it is there, else those of a block of its own."""
        address = parse(str(subnet_id)) if subnet_id else None
        subnet = None if address is None else self.find(address)
        given = None if subnet is None else get_path(subnet.document, "properties")
        several = get_path(given, "addressPrefixes")
        prefixes = [get_path(given, "addressPrefix"), *(several if isinstance(several, list) else ())]
        try:
            return ipaddress.ip_network(str(next(filter(None, prefixes), _SOMEWHERE)), strict=False)
        except ValueError:
            return ipaddress.ip_network(_SOMEWHERE)

    def _child(self, parent: Resource, collection: str, item: Any) -> Any:
        """An item of a parent's array as Azure shows it; what has no name is no resource and stays as it is."""
        item = with_canonical_members(item) if isinstance(item, dict) else item
        if not isinstance(item, dict) or not item.get("name"):
            return item
        name = str(item["name"])
        own = {"name": name, "id": f"{parent.id}/{collection}/{name}", "type": f"{parent.type}/{collection}"}
        given = without_nulls({member: value for member, value in item.items() if member not in _OWN})
        known = known_type(parent.type)
        if known is not None and collection in known.items:
            made = Resource(id=own["id"], type=own["type"], created_at=parent.created_at)
            given = merged(filled(known.items[collection], self.facts(made, given)), given)
        given["properties"] = {**(given.get("properties") or {}), "provisioningState": "Succeeded"}
        return {**own, **given}

    def _forget(self, doomed: Callable[[Key], bool]) -> None:
        for key in [key for key in self.items if doomed(key)]:
            del self.items[key]


def _items(parent: Resource, collection: str) -> list[Document]:
    return list(parent.document["properties"].get(collection) or ())


def _is_named(item: Document, name: str) -> bool:
    return str(item.get("name", "")).lower() == name.lower()


def with_canonical_members(document: Document) -> Document:
    """A document with ARM's own members as ARM spells them: they are found in any case."""
    return {_SPELT.get(name.lower(), name): value for name, value in document.items()}


def _taken(properties: Document, collection: str) -> Any:
    """An array of children out of its place, whose name may be spelt in any case; None: it is not given."""
    with_canonical_members = next((name for name in properties if name.lower() == collection.lower()), None)
    return None if with_canonical_members is None else properties.pop(with_canonical_members)
