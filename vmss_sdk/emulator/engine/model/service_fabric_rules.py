"""Rules for node types of a Service Fabric cluster: mode, size, zones (semantics 2.0.5, 11.1)."""

from __future__ import annotations

from collections.abc import Iterator

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.extensions import Extension, name_of, service_fabric_extension

__all__ = ["service_fabric_change_problems", "service_fabric_problems"]

_PROFILE = "properties.virtualMachineProfile"
_AUTOMATIC_OS = "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"
_FEWEST = {"silver": 5, "gold": 5, "platinum": 5}
"""Instances that a durability needs; Bronze needs no number of them."""
_FIRST_WITH_OS_UPGRADES = (1, 1)


def service_fabric_problems(document: Document, _: str) -> list[Failure]:
    """What speaks against a model whose instances are nodes of a cluster."""
    node = _node(document)
    return [] if node is None else [*_version(document, node), *_fewest(document, node)]


def service_fabric_change_problems(before: Document, after: Document) -> list[Failure]:
    """A node type stays in the zones that it has: documented with the expansion of scale sets to more zones."""
    same = set(before.get("zones") or []) == set(after.get("zones") or [])
    if same or _node(before) is None:
        return []
    return [Failure(Reason.NOT_CHANGEABLE, {"target": "zones", "parameter": "zones"})]


def _node(document: Document) -> Extension | None:
    return service_fabric_extension(get_path(document, _PROFILE, {}))


def _version(document: Document, node: Extension) -> Iterator[Failure]:
    """Reported: service-fabric-issues#1470."""
    version = str(get_path(node, "properties.typeHandlerVersion", "1.1"))
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())
    if get_path(document, _AUTOMATIC_OS) is True and numbers < _FIRST_WITH_OS_UPGRADES:
        yield Failure(Reason.SERVICE_FABRIC_TOO_OLD)


def _fewest(document: Document, node: Extension) -> Iterator[Failure]:
    """Reported: terraform-provider-azurerm#24469, #30230, #13569."""
    settings = get_path(node, "properties.settings", {})
    durability = str(settings.get("durabilityLevel", ""))
    fewest, capacity = _FEWEST.get(durability.lower(), 0), get_path(document, "sku.capacity", 0)
    if capacity < fewest:
        facts = {"node_type": settings.get("nodeTypeRef", name_of(node)), "durability": durability}
        yield Failure(Reason.SERVICE_FABRIC_TOO_FEW, {**facts, "fewest": fewest, "capacity": capacity})
