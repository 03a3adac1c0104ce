"""The extensions of a model: what they are called, in which order they run, and what speaks against that order."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import Any

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason

__all__ = [
    "Extension",
    "duplicate_handlers",
    "handler",
    "handler_parts",
    "in_order",
    "is_health_extension",
    "is_service_fabric",
    "name_of",
    "order_problems",
    "service_fabric_extension",
]

Extension = dict[str, Any]

_HEALTH_EXTENSIONS = ("applicationhealthlinux", "applicationhealthwindows")
_SERVICE_FABRIC = ("servicefabricnode", "servicefabriclinuxnode")


def name_of(extension: Extension) -> str:
    """The extension's name in the model."""
    return str(extension.get("name"))


def handler(extension: Extension) -> str:
    """What runs the extension: ``publisher.type``."""
    return ".".join(handler_parts(extension).values())


def handler_parts(extension: Extension) -> dict[str, str]:
    """Publisher and type of what runs the extension, by their names in the model."""
    return {key: str(get_path(extension, f"properties.{key}", "")) for key in ("publisher", "type")}


def in_order(extensions: Iterable[Extension]) -> list[Extension]:
    """The extensions as they run: each after those in its ``provisionAfterExtensions``, else in the model's order.

    Source: semantics 1.5.20. What is named there but not in the model is not waited for.
    """
    by_name = {name_of(extension): extension for extension in extensions}
    waits = {name: _after(extension) for name, extension in by_name.items()}
    if not any(waits.values()):  # often, and asked for every instance of an upgrade
        return list(by_name.values())
    # a circle is refused when the model is written; should one exist, what is in it runs last, as it stands
    return [by_name[name] for name in dict.fromkeys([*_sorted(waits), *by_name])]


def order_problems(extensions: list[Extension], target: str) -> list[Failure]:
    """What speaks against an order: a circle, or an extension that waits for one the model has not."""
    names = {name_of(extension) for extension in extensions}
    unknown = {other for extension in extensions for other in _after(extension) - names}
    found = [_order_failure(target, name) for name in sorted(unknown)]
    waits = {name_of(extension): _after(extension) for extension in extensions}
    return found + [_order_failure(target, name) for name in sorted(names.difference(_sorted(waits)))]


def _sorted(waits: dict[str, set[str]]) -> list[str]:
    """Names, each after those that it waits for, else as they stand; without those in a circle or behind one."""
    names = list(waits)
    at = {name: position for position, name in enumerate(names)}
    sorter = TopologicalSorter({name: others & at.keys() for name, others in waits.items()})
    with suppress(CycleError):  # it goes on with what is before the circle
        sorter.prepare()
    ready: list[int] = []
    ordered: list[str] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heappush(ready, at[name])
        ordered.append(names[heappop(ready)])
        sorter.done(ordered[-1])
    return ordered


def is_health_extension(extension: dict[str, Any]) -> bool:
    """Whether this is the Application Health extension (semantics 3.2)."""
    return _extension_type(extension) in _HEALTH_EXTENSIONS


def is_service_fabric(profile: dict[str, Any]) -> bool:
    """Whether the instances are nodes of a Service Fabric cluster (semantics 2.0.5)."""
    return service_fabric_extension(profile) is not None


def service_fabric_extension(profile: dict[str, Any]) -> Extension | None:
    """The extension by which instances are nodes of a Service Fabric cluster, or None."""
    extensions: list[Extension] = get_path(profile, "extensionProfile.extensions", [])
    return next((each for each in extensions if _extension_type(each) in _SERVICE_FABRIC), None)


def duplicate_handlers(extensions: Iterable[Extension]) -> list[Extension]:
    """The extensions whose handler another one behind them has as well: a machine has one extension of each."""
    first: dict[str, Extension] = {}
    found: list[Extension] = []
    for extension in extensions:
        parts = handler_parts(extension)
        if not all(parts.values()):
            continue
        other = first.setdefault(handler(extension).lower(), extension)
        if other is not extension and other not in found:
            found.append(other)
    return found


def _extension_type(extension: dict[str, Any]) -> str:
    return str(get_path(extension, "properties.type", "")).lower()


def _after(extension: Extension) -> set[str]:
    return set(get_path(extension, "properties.provisionAfterExtensions", []))


def _order_failure(target: str, name: str) -> Failure:
    return Failure(Reason.EXTENSION_ORDER, {"target": target, "extension": name})
