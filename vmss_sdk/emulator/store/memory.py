"""The store that ends with the process."""

from typing import Any

from vmss_sdk.emulator.store import Key

__all__ = ["MemoryStore"]


class MemoryStore:
    """Keeps the objects themselves: nothing is copied, nothing survives."""

    def __init__(self) -> None:
        self._collections: dict[str, dict[Key, Any]] = {}

    def collection(self, kind: str) -> dict[Key, Any]:
        """The resources of one kind, in the order in which they were put; the same object each time."""
        return self._collections.setdefault(kind, {})

    def clear(self) -> None:
        """Forget everything."""
        for collection in self._collections.values():
            collection.clear()
