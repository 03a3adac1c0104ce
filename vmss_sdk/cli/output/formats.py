"""az's output formats, which scripts read: JSON sorted by name, a plain table, tab-separated values, YAML."""

from __future__ import annotations

import json
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

__all__ = ["FORMATS", "written"]

_ROOM = 2  # behind each heading, as in az
_NOT_IN_TABLES = ("id", "type", "etag")  # as in az


def written(value: Any, output: str, *, columns: str = "", queried: bool = False, colour: bool = False) -> str:
    """The text of a result; empty when there is nothing to show.

    Args:
        value: JSON.
        output: One of `FORMATS`.
        columns: A JMESPath expression that makes the columns of a table, unless there was a query.
        queried: Whether a query chose what there is, and so the order of members.
        colour: Whether it goes to a terminal that shows colours.

    Raises:
        CommandError: A table was asked for, and the result has no rows and columns.
    """
    if value is None or output == "none":
        return ""
    if output == "table":
        return _table(value, "" if queried else columns, ordered=queried)
    if output == "tsv":
        return _tsv(value)
    text = FORMATS[output](value)
    return _coloured(text, output) if colour and output in ("jsonc", "yamlc") else text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _yaml(value: Any) -> str:
    import yaml

    plain = json.loads(json.dumps(value))  # what a query made is of a class that YAML would name
    return str(yaml.safe_dump(plain, default_flow_style=False, allow_unicode=True))


def _coloured(text: str, output: str) -> str:
    from rich.console import Console
    from rich.syntax import Syntax

    console = Console(file=sys.stdout, force_terminal=True, soft_wrap=True)
    with console.capture() as capture:
        console.print(Syntax(text.rstrip("\n"), output.rstrip("c"), background_color="default"))
    return capture.get()


def _tsv(value: Any) -> str:
    rows = value if isinstance(value, list) else [value]
    return "".join("\t".join(_cells(row)) + "\n" for row in rows)


def _cells(row: Any) -> list[str]:
    """Members in the order that a query gave them (jmespath marks those it made by their class), else by name."""
    if isinstance(row, dict):
        return [_cell(row[key]) for key in (row if isinstance(row, OrderedDict) else sorted(row))]
    return [_cell(item) for item in row] if isinstance(row, list) else [_cell(row, alone=True)]


def _cell(value: Any, *, alone: bool = False) -> str:
    """A list is its length and an object nothing, so that columns stay columns; as in az, also ``True`` in a row."""
    if isinstance(value, list):
        return str(len(value))
    if isinstance(value, dict):
        return ""
    if alone and isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _table(value: Any, columns: str, *, ordered: bool) -> str:
    if columns:
        import jmespath

        value, ordered = jmespath.search(columns, value), True
    rows = [_row(item, ordered=ordered) for item in (value if isinstance(value, list) else [value])]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    if not headings:
        return ""  # as az does: what was done is done, and no row is no failure
    lines = [headings, *([_text(row.get(name)) for name in headings] for row in rows)]
    widths = [max(len(line[at]) + (_ROOM if line is headings else 0) for line in lines) for at in range(len(headings))]
    lines.insert(1, ["-" * width for width in widths])
    return "".join(_line(line, widths) + "\n" for line in lines)


def _row(item: Any, *, ordered: bool) -> dict[str, Any]:
    if isinstance(item, dict):
        keys: Iterable[str] = item if ordered else sorted(item)
        return {
            f"{key[:1].upper()}{key[1:]}": item[key]
            for key in keys
            if key not in _NOT_IN_TABLES and item[key] is not None and not isinstance(item[key], list | dict)
        }
    if isinstance(item, list):
        return {f"Column{at}": value for at, value in enumerate(item, 1)}
    return {"Result": item}


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


FORMATS: Mapping[str, Callable[[Any], str]] = {
    "json": _json,
    "jsonc": _json,
    "yaml": _yaml,
    "yamlc": _yaml,
    "table": lambda value: _table(value, "", ordered=False),
    "tsv": _tsv,
    "none": lambda _: "",
}
