"""Stores for the state of an emulator."""

from collections.abc import MutableMapping
from typing import Any, Protocol

__all__ = ["Key", "Store"]

Key = tuple[str, ...]
"""Names from the outside in: subscription, resource group, scale set; in lower case, as ARM compares them."""


class Store(Protocol):
    """Keeps resources by kind and key.

    What is read from a collection may be changed in place; putting it back under its key says that it is to be kept.
    """

    def collection(self, kind: str) -> MutableMapping[Key, Any]:
        """The resources of one kind, in the order in which they were put; the same object each time."""

    def clear(self) -> None:
        """Forget everything."""
