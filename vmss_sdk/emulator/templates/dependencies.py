"""Dependencies between resources of a template: stated ones, and those by reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, Self

import attrs

from vmss_sdk.emulator.templates.budget import Budget
from vmss_sdk.emulator.templates.errors import LanguageError, NotYetError, invalid
from vmss_sdk.emulator.templates.evaluation import Environment
from vmss_sdk.emulator.templates.expressions import Call, Expression, is_expression, parse, walk
from vmss_sdk.emulator.templates.identity import Address, parse_id, provider_paths, resource_path
from vmss_sdk.emulator.templates.resources import PlannedResource
from vmss_sdk.emulator.templates.values import find

__all__ = ["Index", "Symbols", "connect", "expressions_in"]

_SEE = "Please see https://aka.ms/arm-syntax-resources for usage details."


@attrs.define(eq=False)
class Index:
    """Finds the resources of a template by id, symbolic name, type and name, name, or name of a loop."""

    _by_id: dict[str, list[PlannedResource]] = attrs.field(factory=dict, repr=False)
    _by_path: dict[str, list[PlannedResource]] = attrs.field(factory=dict, repr=False)
    _by_word: dict[str, list[PlannedResource]] = attrs.field(factory=dict, repr=False)

    @classmethod
    def of(cls, resources: Sequence[PlannedResource]) -> Self:
        """The index of these."""
        index = cls()
        index._add(resources)
        return index

    def _add(self, resources: Sequence[PlannedResource]) -> None:
        for item in resources:
            if item.id:
                self._by_id.setdefault(item.id.lower(), []).append(item)
                self._by_path.setdefault(resource_path(item.type, item.name.split("/")).lower(), []).append(item)
            for word in {item.symbol.lower(), item.symbol.lower().partition("[")[0], item.loop.lower()} - {""}:
                self._by_word.setdefault(word, []).append(item)
        for item in resources:
            if not item.symbol:
                self._by_word.setdefault(item.name.lower(), []).append(item)

    def one(self, word: str) -> PlannedResource | None:
        """The resource that a word means."""
        found = self.all(word)
        return found[0] if found else None

    def all(self, word: str) -> list[PlannedResource]:
        """Those that a word means; of a loop all."""
        key = word.strip("/").lower() if not word.startswith("/") else word.rstrip("/").lower()
        found = self._by_id.get(key) or self._by_word.get(key)
        if found or word.startswith("/"):
            return found or []
        return next((known for path in provider_paths(key) if (known := self._by_path.get(path))), [])


@attrs.define(eq=False)
class Symbols:
    """The resources of a template by the words that expressions use for them; none while they are not known."""

    index: Index | None = None

    def __call__(self, word: str) -> PlannedResource | None:
        """The resource of an id, symbolic name or name."""
        return None if self.index is None else self.index.one(word)


def connect(resources: Sequence[PlannedResource], index: Index) -> None:
    """Say of each resource which others it needs.

    Raises:
        TemplateError: It needs one that the template does not have, or, by way of others, itself.
    """
    for item in resources:
        if item.active and not item.existing:
            item.needs = tuple(dict.fromkeys(_needs(item, resources, index)))
    _refuse_circles([item for item in resources if item.active])


def expressions_in(value: Any, budget: Budget) -> Iterator[Expression]:
    """The expressions in a document, and all within them.

    Raises:
        LanguageError: One cannot be read, or there are too many.
    """
    if isinstance(value, str):
        if is_expression(value):
            for part in walk(parse(value)):
                budget.charge()
                yield part
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from expressions_in(key, budget)
            yield from expressions_in(item, budget)
    elif isinstance(value, list):
        for item in value:
            yield from expressions_in(item, budget)


def own_parts(item: PlannedResource) -> dict[str, Any]:
    """What of a resource is evaluated with it: not its children, nor the template of an inner deployment."""
    parts = {key: value for key, value in item.raw.items() if key.lower() not in ("resources", "dependson")}
    if item.nested and item.inner_scope:
        properties = find(item.raw, "properties", {})
        kept = {key: value for key, value in properties.items() if key.lower() != "template"}
        parts = {**{key: value for key, value in parts.items() if key.lower() != "properties"}, "properties": kept}
    return parts


def _needs(item: PlannedResource, resources: Sequence[PlannedResource], index: Index) -> Iterator[str]:
    for other in (*_declared(item, index), *_referred(item, index), *_earlier(item, resources)):
        if other.active and not other.existing and other is not item:
            yield other.key
    if item.parent:  # CHOICE: a child inside of its parent comes after it, said or not
        yield item.parent


def _declared(item: PlannedResource, index: Index) -> Iterator[PlannedResource]:
    entries = find(item.raw, "dependsOn") or []
    if not isinstance(entries, list):
        raise invalid(
            f"The 'dependsOn' of the template resource '{item.name}' at {{place}} must be an array.", item.path
        )
    for entry in entries:
        try:
            word = item.environment.document(entry)
        except (LanguageError, NotYetError) as error:
            raise invalid(
                f"The 'dependsOn' of the template resource '{item.name}' at {{place}} cannot be evaluated. {error}",
                item.path,
            ) from None
        if not isinstance(word, str):
            continue
        found = index.all(word)
        if not found:
            raise invalid(f"The resource '{_named(word)}' is not defined in the template. {_SEE}", item.path)
        yield from found


def _referred(item: PlannedResource, index: Index) -> Iterator[PlannedResource]:
    for part in expressions_in(own_parts(item), item.environment.budget):
        if isinstance(part, Call) and _refers(part) and part.arguments:
            word = _known(part.arguments[0], item.environment)
            if isinstance(word, str):
                yield from index.all(word)


def _refers(call: Call) -> bool:
    name = call.name.lower()
    return name in ("reference", "references") or name.startswith("list")


def _known(expression: Expression, env: Environment) -> Any:
    try:
        return env.evaluate(expression)
    except (LanguageError, NotYetError):
        return None


def _earlier(item: PlannedResource, resources: Sequence[PlannedResource]) -> Iterator[PlannedResource]:
    """Those of the same loop that a serial loop deploys before this one."""
    if item.batch:
        start = item.index // item.batch * item.batch
        for other in resources:
            if other.loop == item.loop and other.path == item.path and start - item.batch <= other.index < start:
                yield other


def _refuse_circles(resources: Sequence[PlannedResource]) -> None:
    by_key = {item.key: item for item in resources}
    try:
        TopologicalSorter({item.key: item.needs for item in resources}).prepare()
    except CycleError as error:
        first = next(item for key, item in by_key.items() if key in error.args[1])
        raise invalid(f"Circular dependency detected on resource: '{first.id}'. {_SEE}", first.path) from None


def _named(word: str) -> str:
    address: Address | None = parse_id(word)
    return resource_path(address.type, address.names) if address else word
