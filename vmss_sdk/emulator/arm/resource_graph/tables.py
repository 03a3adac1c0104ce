"""The tables that queries are about: ``Resources``, ``ResourceContainers`` and ``ComputeResources``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.identity.grants import grants_of
from vmss_sdk.emulator.arm.identity.principal import is_within
from vmss_sdk.emulator.arm.resource_graph.errors import QueryError
from vmss_sdk.emulator.arm.resources.inventory import documents
from vmss_sdk.emulator.arm.views.address import machine_address
from vmss_sdk.emulator.arm.views.instance import MemberViews
from vmss_sdk.emulator.arm.views.instance_view import instance_view

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.state import State
    from vmss_sdk.emulator.engine.record.instance import Instance
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["DEFAULT_TABLE", "rows_of"]

Document = dict[str, Any]

DEFAULT_TABLE = "resources"
_TABLES = ("resources", "resourcecontainers", "computeresources")
_TEXTS = ("kind", "location", "managedBy")
_OBJECTS = ("sku", "plan", "tags", "identity", "zones", "extendedLocation")
_CONTAINER = "Microsoft.Resources/subscriptions"


def rows_of(state: State, table: str, subscriptions: list[str], caller: Principal | None) -> list[Document]:
    """The rows of a table that the caller may read.

    Args:
        state: Whose resources.
        table: Its name in lower case.
        subscriptions: Whose resources.
        caller: Who asks; None where nobody is asked.

    Raises:
        QueryError: There is no such table.
    """
    if table not in _TABLES:
        raise QueryError(
            f"the table '{table}' is not served: known are Resources, ResourceContainers, ComputeResources"
        )
    found = [row for subscription in subscriptions for row in _rows(state, table, subscription)]
    if caller is None:
        return found
    granted = list(grants_of(state, caller))
    return [
        row
        for row in found
        if any(is_within(row["id"], scope) and role.allows(f"{row['type']}/read") for scope, role in granted)
    ]


def _rows(state: State, table: str, subscription: str) -> Iterator[Document]:
    if table == "resourcecontainers":
        yield from _containers(state, subscription)
    elif table == "computeresources":
        yield from _instances(state, subscription)
    else:
        powers = _powers(state, subscription)
        for document in documents(state, subscription, None):
            yield _row(state, document, powers.get(str(document["id"]).lower()))


def _containers(state: State, subscription: str) -> Iterator[Document]:
    tags = state.subscription_tags.get((f"/subscriptions/{subscription}".lower(),))
    own = {"id": f"/subscriptions/{subscription}", "name": "Emulated subscription", "type": _CONTAINER}
    yield _row(state, {**own, "tags": tags.tags if tags else None, "properties": {"state": "Enabled"}})
    for group in state.groups_of(subscription):
        gone = "Deleting" if group.deletion is not None else "Succeeded"
        document: Document = {"id": group.id, "name": group.name, "type": f"{_CONTAINER}/resourceGroups"}
        document |= {"location": group.location, "tags": group.tags, "properties": {"provisioningState": gone}}
        yield _row(state, document)


def _instances(state: State, subscription: str) -> Iterator[Document]:
    """The instances of Uniform scale sets; those of Flexible ones are virtual machines, and so in ``Resources``."""
    for scale_set in state.scale_sets_of(subscription):
        views = MemberViews(scale_set)
        for instance in () if scale_set.flexible else list(scale_set.instances.values()):
            yield _row(state, views.document(instance), _power(scale_set, instance))


def _powers(state: State, subscription: str) -> dict[str, Document]:
    """The power states of virtual machines, by their ids in lower case."""
    return {
        machine_address(scale_set, instance).id.lower(): _power(scale_set, instance)
        for scale_set in state.aggregates_of(subscription)
        if scale_set.flexible
        for instance in list(scale_set.instances.values())
    }


def _power(scale_set: ScaleSet, instance: Instance) -> Document:
    statuses = instance_view(scale_set, instance)["statuses"]
    found: Document = next((status for status in statuses if str(status["code"]).startswith("PowerState/")), {})
    return {name: found.get(name) for name in ("code", "displayStatus", "level")}


def _row(state: State, document: Document, power: Document | None = None) -> Document:
    parts = str(document["id"]).split("/")
    properties = dict(document.get("properties") or {})
    if power is not None:
        properties["extended"] = {"instanceView": {"powerState": power}}
    return {
        "id": document["id"],
        "name": document["name"],
        "type": str(document["type"]).lower(),
        "tenantId": state.settings.tenant_id,
        **{name: document.get(name) or "" for name in _TEXTS},
        "resourceGroup": parts[4] if len(parts) > 4 and parts[3].lower() == "resourcegroups" else "",  # noqa: PLR2004
        "subscriptionId": parts[2],
        **{name: document.get(name) for name in _OBJECTS},
        "properties": properties,
    }
