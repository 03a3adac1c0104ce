"""What keeps an emulator: a journal of all that changed it, and snapshots from which the journal's tail is replayed.

To append costs what the change costs, however much the emulator holds. What a snapshot and the entries after it give is
the same as what was there when the last of them was appended, ids included.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import attrs

__all__ = ["Entry", "Journal", "Snapshot", "SnapshotHead"]


@attrs.frozen
class Entry:
    """One change.

    Attributes:
        sequence: Its number, from 1 on without gaps.
        moment: Of the emulator's time, in seconds since 1970-01-01 UTC.
        content: What `vmss_sdk.emulator.replay` makes and reads: JSON values.
    """

    sequence: int
    moment: float
    content: dict[str, Any] = attrs.field(repr=False)


@attrs.frozen
class SnapshotHead:
    """When a snapshot was taken.

    Attributes:
        sequence: Of the last entry before it.
        moment: Of the emulator's time.
        version: The release that took it.
    """

    sequence: int
    moment: float
    version: str


@attrs.frozen
class Snapshot:
    """All that an emulator held.

    Attributes:
        head: When that was.
        document: What `Emulator.saved` gave.
    """

    head: SnapshotHead
    document: dict[str, Any] = attrs.field(repr=False)


class Journal(Protocol):
    """Keeps entries and snapshots; one process at a time writes.

    Every method raises `StateFileError` when it cannot do what it says; nothing is half done then.
    """

    @property
    def sequence(self) -> int:
        """Of the last entry; 0 when there is none."""

    def append(self, entry: Entry) -> None:
        """Keep an entry, whose sequence has to be the next one: when this returns, it outlives the process."""

    def entries(self, after: int, until: int | None = None) -> Iterator[Entry]:
        """The entries after one, up to one or all, in order."""

    def put_snapshot(self, document: dict[str, Any], moment: float) -> None:
        """Keep a snapshot of what there is after the last entry; of the older ones the first alone stays."""

    def snapshot(self, until: int | None = None) -> Snapshot | None:
        """The newest snapshot that has nothing of what came after an entry; None when nothing was ever kept."""

    def snapshots(self) -> list[SnapshotHead]:
        """Those that there are, in order."""

    def close(self) -> None:
        """Let others write."""
