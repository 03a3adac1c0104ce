"""A change feed: a number that grows, and for each item the number of its last change.

Nothing of it is kept in a state file. After a restart, and after a reset, the numbers begin anew under another name, so
a cursor from before is told from one of now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import attrs

__all__ = ["Changes", "CollectionView"]

_MOST_GONE = 10_000
"""Instances or scale sets that are gone and still remembered, of one collection."""


@attrs.define
class CollectionView:
    """A collection as it was last seen, with the number of each item's last change.

    Attributes:
        items: What was seen, by key; of what is gone too its number stays, with None.
    """

    items: dict[str, tuple[int, Any]] = attrs.field(factory=dict)

    def since(self, number: int) -> dict[str, Any]:
        """What changed after a number, by key; None: it is gone."""
        return {key: value for key, (changed, value) in self.items.items() if changed > number}


@attrs.define
class Changes:
    """The changes that somebody asked about.

    Attributes:
        name: Of this row of numbers, in every cursor.
        number: Of the last change.
        sets: The scale sets and what tells one state of theirs from another.
        instances: The instances that were asked about, by their scale set.
    """

    name: str = attrs.field(factory=lambda: uuid4().hex[:12])
    number: int = 0
    sets: CollectionView = attrs.field(factory=CollectionView)
    instances: dict[str, CollectionView] = attrs.field(factory=dict)

    @property
    def cursor(self) -> str:
        """Where one who has seen everything goes on."""
        return f"{self.name}-{self.number}"

    def after(self, cursor: str) -> int | None:
        """The number in a cursor; None: it is empty, or from another row of numbers."""
        name, _, number = cursor.rpartition("-")
        return int(number) if name == self.name and number.isdecimal() and len(number) <= len(str(2**53)) else None

    def look(self, sight: CollectionView, found: Mapping[str, Any]) -> None:
        """See a collection as it is now."""
        changed = {key: value for key, value in found.items() if sight.items.get(key, (0, None))[1] != value}
        gone = [key for key, (_, value) in sight.items.items() if value is not None and key not in found]
        if changed or gone:
            self.number += 1
            sight.items.update({key: (self.number, value) for key, value in changed.items()})
            sight.items.update(dict.fromkeys(gone, (self.number, None)))
            if len(sight.items) - len(found) > _MOST_GONE:
                self._restart(sight)

    def _restart(self, sight: CollectionView) -> None:
        """Let go of what is gone for long: cursors from before are of another row of numbers then."""
        for key in [key for key, (_, value) in sight.items.items() if value is None]:
            del sight.items[key]
        self.name = uuid4().hex[:12]

    def instances_view(self, scale_set_id: str) -> CollectionView:
        """The instances of a scale set as they were last seen."""
        return self.instances.setdefault(scale_set_id.lower(), CollectionView())

    def forget_others(self, scale_set_ids: Mapping[str, Any]) -> None:
        """Keep nothing of scale sets that are gone."""
        there = {key.lower() for key in scale_set_ids}
        for key in [key for key in self.instances if key not in there]:
            del self.instances[key]
