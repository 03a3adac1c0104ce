"""``POST /providers/Microsoft.ResourceGraph/resources``: a query, and a page of its answer."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resource_graph.errors import QueryError
from vmss_sdk.emulator.arm.resource_graph.query import parse
from vmss_sdk.emulator.arm.resource_graph.tables import DEFAULT_TABLE, rows_of

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["run"]

Document = dict[str, Any]

_LONGEST = 32_768
_MOST, _USUAL = 1000, 100
_TYPES = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"))


def run(call: Call) -> Reply:
    """The rows that a query asks for.

    Raises:
        ArmError: It is no query, or one that is not served.
    """
    body = request_body.read_any(call.request)
    options = body.get("options")
    options = options if isinstance(options, dict) else {}
    try:
        rows = _answer(call, body)
        start = _start(options)
        page = rows[start : start + _number(options, "$top", _USUAL, _MOST)]
        data = _table(page) if str(options.get("resultFormat", "")).lower() == "table" else page
    except QueryError as error:
        raise ArmError.of(ErrorReason.GRAPH_QUERY_INVALID, why=f"{error}.") from None
    end = start + len(page)
    more = end < len(rows)
    document = {
        "totalRecords": len(rows),
        "count": len(page),
        "data": data,
        "facets": [],
        "resultTruncated": "true" if more else "false",
        **({"$skipToken": base64.urlsafe_b64encode(str(end).encode()).decode()} if more else {}),
    }
    return Reply(200, document)


def _answer(call: Call, body: Document) -> list[Document]:
    text = body.get("query")
    if not isinstance(text, str) or not text.strip():
        raise QueryError("expected a text as 'query'")
    if len(text) > _LONGEST:
        raise QueryError(f"a query has at most {_LONGEST} characters")
    if body.get("facets"):
        raise QueryError("facets are not served")
    query = parse(text, DEFAULT_TABLE)
    return query.run(rows_of(call.state, query.table, _subscriptions(call, body), call.caller))


def _subscriptions(call: Call, body: Document) -> list[str]:
    """Those that are named; all with resource groups when none is, or a management group, which has all of them."""
    named = body.get("subscriptions")
    if named is None:
        return list(
            {group.subscription_id.lower(): group.subscription_id for group in call.state.groups.values()}.values()
        )
    if not isinstance(named, list) or not all(isinstance(item, str) for item in named):
        raise QueryError("expected 'subscriptions' to be an array of ids")
    return named


def _start(options: Document) -> int:
    token = options.get("$skipToken")
    if token is None:
        return _number(options, "$skip", 0, None)
    try:
        return int(base64.b64decode(str(token), altchars=b"-_", validate=True).decode())
    except (binascii.Error, ValueError):
        raise QueryError("'$skipToken' is not from an earlier answer") from None


def _number(options: Document, name: str, usual: int, most: int | None) -> int:
    value = options.get(name, usual)
    if type(value) is not int or value < 0 or (most is not None and value > most):
        raise QueryError(f"expected '{name}' to be a whole number from 0{'' if most is None else f' to {most}'}")
    return value


def _table(rows: list[Document]) -> Document:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [{"name": name, "type": _type([row.get(name) for row in rows])} for name in names]
    return {"columns": columns, "rows": [[row.get(name) for name in names] for row in rows]}


def _type(values: list[Any]) -> str:
    first = next((value for value in values if value is not None), None)
    return next((name for kind, name in _TYPES if isinstance(first, kind)), "object")
