"""Tables of what Azure offers, as JSON and CSV files."""

import csv
from importlib.resources import files
from typing import Any

from vmss_sdk import wire

__all__ = ["load", "rows"]


def load(name: str) -> Any:
    """The content of a table; callers keep what they make of it."""
    return wire.decode((files(__name__) / f"{name}.json").read_bytes())


def rows(name: str) -> tuple[list[str], list[list[str]]]:
    """The columns and the rows of a table that is a CSV file."""
    text = (files(__name__) / f"{name}.csv").read_text("utf-8")
    columns, *found = csv.reader(text.splitlines())
    return columns, found
