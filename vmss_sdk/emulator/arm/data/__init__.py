"""Tables of what Azure offers, as JSON files."""

from importlib.resources import files
from typing import Any

from vmss_sdk import wire

__all__ = ["load"]


def load(name: str) -> Any:
    """The content of a table; callers keep what they make of it."""
    return wire.decode((files(__name__) / f"{name}.json").read_bytes())
