"""A query: a table, and the operators that its rows go through.

Served is a subset of the Kusto query language: ``where``, ``project``, ``project-away``, ``extend``, ``distinct``,
``summarize … by``, ``count``, ``order by`` (``sort by``), ``take`` (``limit``) and ``top … by``. Anything else is an
error that says so, so that no answer is half of what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from typing import Any

from vmss_sdk.emulator.arm.resource_graph.aggregates import Aggregate, aggregate
from vmss_sdk.emulator.arm.resource_graph.errors import QueryError
from vmss_sdk.emulator.arm.resource_graph.expressions import Evaluate, Row, read
from vmss_sdk.emulator.arm.resource_graph.functions import as_text
from vmss_sdk.emulator.arm.resource_graph.tokens import Tokens

__all__ = ["Query", "parse"]

Operator = Callable[[list[Row]], list[Row]]
Named = tuple[str, Evaluate]


class Query:
    """A query that was read.

    Args:
        table: The name of the table that it begins with, in lower case.
        operators: What its rows go through.
    """

    def __init__(self, table: str, operators: list[Operator]) -> None:
        self.table, self._operators = table, operators

    def run(self, rows: list[Row]) -> list[Row]:
        """The rows of the answer.

        Args:
            rows: Those of the table.
        """
        for operator in self._operators:
            rows = operator(rows)
        return rows


def parse(text: str, default_table: str) -> Query:
    """Read a query.

    Args:
        text: The query; empty, or beginning with an operator, it is about the default table.
        default_table: Its name, in lower case.

    Raises:
        QueryError: It is none, or has something that is not served.
    """
    tokens = Tokens(text)
    table, operators = default_table, []
    if tokens.next.kind == "name" and tokens.next.value.lower() not in _OPERATORS:
        table = tokens.take().value.lower()
    elif tokens.next.kind == "name":
        operators.append(_operator(tokens))
    while tokens.took("|"):
        operators.append(_operator(tokens))
    if tokens.next.kind != "end":
        raise tokens.unexpected("'|' or the end of the query")
    return Query(table, operators)


def _operator(tokens: Tokens) -> Operator:
    token = tokens.next
    name = tokens.name("an operator").lower()
    reader = _OPERATORS.get(name)
    if reader is None:
        raise QueryError(
            f"the operator '{token.value}' at position {token.at} is not served: known are"
            f" {', '.join(sorted(_OPERATORS))}"
        )
    return reader(tokens)


def _where(tokens: Tokens) -> Operator:
    test = read(tokens)
    return lambda rows: [row for row in rows if test(row) is True]


def _project(tokens: Tokens) -> Operator:
    columns = _columns(tokens)
    return lambda rows: [{name: value(row) for name, value in columns} for row in rows]


def _extend(tokens: Tokens) -> Operator:
    columns = _columns(tokens)

    def extended(row: Row) -> Row:
        for name, value in columns:
            row = {**row, name: value(row)}
        return row

    return lambda rows: [extended(row) for row in rows]


def _project_away(tokens: Tokens) -> Operator:
    names = {tokens.name("the name of a column").lower()}
    while tokens.took(","):
        names.add(tokens.name("the name of a column").lower())
    return lambda rows: [{name: value for name, value in row.items() if name.lower() not in names} for row in rows]


def _distinct(tokens: Tokens) -> Operator:
    columns = _columns(tokens)

    def distinct(rows: list[Row]) -> list[Row]:
        found = [{name: value(row) for name, value in columns} for row in rows]
        return list({as_text(row): row for row in found}.values())

    return distinct


def _count(_: Tokens) -> Operator:
    return lambda rows: [{"Count": len(rows)}]


def _take(tokens: Tokens) -> Operator:
    number = _number(tokens)
    return lambda rows: rows[:number]


def _top(tokens: Tokens) -> Operator:
    number = _number(tokens)
    ordered = _order(tokens)
    return lambda rows: ordered(rows)[:number]


def _order(tokens: Tokens) -> Operator:
    tokens.expect("by")
    keys = [_key(tokens)]
    while tokens.took(","):
        keys.append(_key(tokens))

    def compare(left: Row, right: Row) -> int:
        for value, sign in keys:
            if order := _compared(value(left), value(right)):
                return order * sign
        return 0

    return lambda rows: sorted(rows, key=cmp_to_key(compare))


def _key(tokens: Tokens) -> tuple[Evaluate, int]:
    value = read(tokens)
    return value, 1 if tokens.took("asc", "desc") == "asc" else -1  # descending unless it is said, as in Kusto


def _compared(left: Any, right: Any) -> int:
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if isinstance(left, str) or isinstance(right, str) or type(left) is not type(right):
        left, right = as_text(left).lower(), as_text(right).lower()
    try:
        return int(left > right) - int(left < right)
    except TypeError:
        return _compared(as_text(left), as_text(right))


def _summarize(tokens: Tokens) -> Operator:
    totals = [] if tokens.next.value.lower() == "by" else [_total(tokens)]
    while totals and tokens.took(","):
        totals.append(_total(tokens))
    groups = _columns(tokens) if tokens.took("by") else []

    def summarized(rows: list[Row]) -> list[Row]:
        found: dict[str, tuple[Row, list[Row]]] = {}
        for row in rows:
            key = {name: value(row) for name, value in groups}
            found.setdefault(as_text(key), (key, []))[1].append(row)
        if not groups:
            found = {"": ({}, rows)}
        return [{**key, **{name: total(inside) for name, total in totals}} for key, inside in found.values()]

    return summarized


def _total(tokens: Tokens) -> tuple[str, Aggregate]:
    name = tokens.name("an aggregate such as count()")
    if tokens.took("="):
        return name, aggregate(tokens, tokens.name("an aggregate such as count()"))[1]
    return aggregate(tokens, name)


def _columns(tokens: Tokens) -> list[Named]:
    found = [_column(tokens, 1)]
    while tokens.took(","):
        found.append(_column(tokens, len(found) + 1))
    return found


def _column(tokens: Tokens, number: int) -> Named:
    """``name = expression``, or an expression, which is called by the names in it."""
    begin = tokens.mark()
    value = read(tokens)
    words = tokens.since(begin)
    if len(words) == 1 and words[0].kind == "name" and tokens.took("="):
        return words[0].value, read(tokens)
    if all(word.kind == "name" or word.value == "." for word in words):
        return "_".join(word.value for word in words if word.kind == "name"), value
    return f"Column{number}", value


def _number(tokens: Tokens) -> int:
    token = tokens.next
    if token.kind != "number" or "." in token.value:
        raise tokens.unexpected("a whole number")
    return int(tokens.take().value)


_OPERATORS: dict[str, Callable[[Tokens], Operator]] = {
    "where": _where,
    "filter": _where,
    "project": _project,
    "project-away": _project_away,
    "extend": _extend,
    "distinct": _distinct,
    "count": _count,
    "take": _take,
    "limit": _take,
    "top": _top,
    "order": _order,
    "sort": _order,
    "summarize": _summarize,
}
