"""Attachments to a load balancer, a subnet, a public address or a security group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from vmss_sdk.emulator.arm.network.interfaces import of_set
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["Configuration", "configurations", "ids", "interfaces", "is_in", "kept_configurations", "same"]

Document = dict[str, Any]

_NETWORK = "Microsoft.Network/"


@attrs.frozen(kw_only=True)
class Configuration:
    """An IP configuration of an instance's interface.

    Attributes:
        id: Its ARM resource id.
        number: Of its instance: the instance id, or the place of a machine of a Flexible scale set.
        properties: As the network provider shows them.
    """

    id: str
    number: int
    properties: Document = attrs.field(repr=False)


def configurations(state: State, holder_id: str) -> Iterator[Configuration]:
    """The IP configurations of instances whose scale set's model names something in `holder_id`."""
    for scale_set in _naming(state, holder_id):
        numbers = {instance_id: number for number, instance_id in enumerate(scale_set.instances)}
        for nic, _ in of_set(state, scale_set):
            machine = str(nic["properties"]["virtualMachine"]["id"]).rpartition("/")[2]
            number = numbers.get(machine, 0) if scale_set.flexible else int(machine)
            for item in nic["properties"]["ipConfigurations"]:
                yield Configuration(id=item["id"], number=number, properties=item["properties"])


def interfaces(state: State, holder_id: str) -> Iterator[Document]:
    """The interfaces of instances whose scale set's model names something in `holder_id`, and kept ones."""
    for scale_set in _naming(state, holder_id):
        yield from (nic for nic, _ in of_set(state, scale_set))
    for found in state.resources.of(holder_id.split("/")[2]):
        if found.type == f"{_NETWORK}networkInterfaces":
            yield found.shown()


def kept_configurations(state: State, subscription_id: str) -> Iterator[Document]:
    """The items of kept network resources that have an address, such as the frontends of load balancers."""
    for found in state.resources.of(subscription_id):
        known = known_type(found.type) if found.type.startswith(_NETWORK) else None
        for collection in known.children if known else ():
            if collection.lower().endswith("ipconfigurations"):
                yield from get_path(found.document, f"properties.{collection}", [])


def ids(items: Iterator[str] | list[str]) -> list[Document]:
    """References to resources."""
    return [{"id": item} for item in items]


def same(reference: Any, resource_id: str) -> bool:
    """Whether a reference names a resource."""
    named = reference.get("id") if isinstance(reference, dict) else None
    return isinstance(named, str) and named.lower() == resource_id.lower()


def is_in(references: Any, resource_id: str) -> bool:
    """Whether one of several references names a resource."""
    return any(same(reference, resource_id) for reference in references or ())


def _naming(state: State, holder_id: str) -> Iterator[ScaleSet]:
    wanted = holder_id.lower()
    for scale_set in state.aggregates_of(holder_id.split("/")[2]):
        models = [get_path(version.profile, "networkProfile") for version in scale_set.versions if version is not None]
        own = [
            get_path(instance.overrides, "properties")
            for instance in scale_set.instances.values()
            if instance.overrides
        ]
        if any(wanted in str(model).lower() for model in (*models, *own)):
            yield scale_set
