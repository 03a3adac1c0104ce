"""The router: a tree of path segments, built once from the table of routes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from vmss_sdk.emulator.arm.path import Path

__all__ = ["Match", "MethodNotRoutedError", "PathNotRoutedError", "Route", "Router", "served_types"]


@attrs.frozen
class Route:
    """One line of the table of routes.

    Attributes:
        method: GET, PUT …
        template: The path; a segment in braces stands for any value.
        handler: What answers it.
        limits: The throttling policies that its answers report, see `limits`.
        versioned: Whether the query must have an ``api-version``.
        poll: Whether to ask is to wait, so that the handler itself moves a virtual clock.
        waits: Whether to read it again is to wait. It is not where the emulator waits for whoever reads: to look at a
            question twice must not let its time run out.
        public: Whether it is answered without a token also where every other call needs one.
        kept: Whether what it writes is part of the state; else it belongs to the process, or is tried on a copy.
    """

    method: str
    template: str
    handler: Callable[[Any], Any]
    limits: str = ""
    versioned: bool = True
    poll: bool = False
    waits: bool = True
    public: bool = False
    kept: bool = True


class PathNotRoutedError(LookupError):
    """No route has this path."""


class MethodNotRoutedError(LookupError):
    """The path exists, but not with this method.

    Attributes:
        allowed: The methods that it has.
    """

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed
        super().__init__(", ".join(allowed))


@attrs.frozen
class Match:
    """What a path was found to be.

    Attributes:
        route: Its route.
        values: The values in it by their names, decoded.
        path: The path with its fixed segments as the route spells them.
    """

    route: Route
    values: dict[str, str]
    path: Path


@attrs.define
class _Node:
    literals: dict[str, tuple[str, _Node]] = attrs.field(factory=dict)
    value: _Node | None = None
    routes: dict[str, tuple[Route, tuple[str, ...]]] = attrs.field(factory=dict)


class Router:
    """Finds the route of a path: literal segments without regard to case, values as they were written."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        for route in routes:
            self._add(route)

    def _add(self, route: Route) -> None:
        node, names = self._root, []
        for segment in filter(None, route.template.split("/")):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.value = node = node.value or _Node()
            else:
                _, node = node.literals.setdefault(segment.lower(), (segment, _Node()))
        node.routes[route.method] = route, tuple(names)

    def match(self, method: str, path: Path) -> Match:
        """What a path is.

        Raises:
            PathNotRoutedError: No route has this path.
            MethodNotRoutedError: None has it with this method.
        """
        node, values, spelled = self._root, [], []
        for segment in path.segments:
            known = node.literals.get(segment.lower())
            if known is None:
                if node.value is None:
                    raise PathNotRoutedError(path.text)
                known = segment, node.value
                values.append(segment)
            spelled.append(known[0])
            node = known[1]
        route, names = _choose(node, method, path)
        same = tuple(spelled) == path.segments
        return Match(route, dict(zip(names, values, strict=True)), path if same else Path.joined(tuple(spelled)))


def _choose(node: _Node, method: str, path: Path) -> tuple[Route, tuple[str, ...]]:
    if method in node.routes:
        return node.routes[method]
    if not node.routes:
        raise PathNotRoutedError(path.text)
    raise MethodNotRoutedError(tuple(node.routes))


def served_types(routes: Iterable[Route]) -> frozenset[str]:
    """The resource types of the first level that routes are about, in lower case: ``microsoft.compute/…``."""
    behind = [route.template.lower().partition("/providers/")[2].split("/") for route in routes]
    return frozenset("/".join(parts[:2]) for parts in behind if len(parts) > 1 and "{" not in "".join(parts[:2]))
