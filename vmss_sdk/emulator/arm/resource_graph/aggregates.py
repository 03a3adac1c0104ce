"""The aggregates of ``summarize``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vmss_sdk.emulator.arm.resource_graph.errors import QueryError
from vmss_sdk.emulator.arm.resource_graph.expressions import Evaluate, Row, read
from vmss_sdk.emulator.arm.resource_graph.functions import as_text
from vmss_sdk.emulator.arm.resource_graph.tokens import Tokens

__all__ = ["Aggregate", "aggregate"]

Aggregate = Callable[[list[Row]], Any]


def aggregate(tokens: Tokens, name: str) -> tuple[str, Aggregate]:
    """Read the argument of an aggregate.

    Returns:
        What its column is called when nothing else is said, and the aggregate.

    Raises:
        QueryError: It is none that is served.
    """
    known = _KNOWN.get(name.lower())
    if known is None:
        raise QueryError(f"the aggregate '{name}' is not served: known are {', '.join(sorted(_KNOWN))}")
    tokens.expect("(")
    column, value = "", None
    if tokens.next.value != ")":
        begin = tokens.mark()
        value = read(tokens)
        column = "_".join(word.value for word in tokens.since(begin) if word.kind == "name")
    tokens.expect(")")
    if (value is None) != (name.lower() == "count"):
        raise QueryError(f"'{name}' takes {'no argument' if value else 'one argument'}")
    return f"{name}_{column}", _accumulate(known, value)


def _accumulate(total: Callable[[list[Any]], Any], value: Evaluate | None) -> Aggregate:
    if value is None:
        return len
    return lambda rows: total([value(row) for row in rows])


def _numbers(values: list[Any]) -> list[float]:
    return [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]


def _given(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def _extreme(choose: Callable[..., Any]) -> Callable[[list[Any]], Any]:
    def found(values: list[Any]) -> Any:
        given = _given(values)
        same = len({isinstance(value, str) for value in given}) == 1
        return choose(given, default=None) if same else choose(map(as_text, given), default=None)

    return found


def _different(values: list[Any]) -> list[Any]:
    return list({as_text(value): value for value in _given(values)}.values())


def _average(values: list[Any]) -> float | None:
    numbers = _numbers(values)
    return sum(numbers) / len(numbers) if numbers else None


_KNOWN: dict[str, Callable[[list[Any]], Any]] = {
    "count": len,
    "countif": lambda values: sum(value is True for value in values),
    "sum": lambda values: sum(_numbers(values)),
    "avg": _average,
    "min": _extreme(min),
    "max": _extreme(max),
    "dcount": lambda values: len(_different(values)),
    "make_list": _given,
    "make_set": _different,
}
