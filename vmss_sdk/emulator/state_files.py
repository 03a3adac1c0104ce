"""What can be done with a state file that no server has open: look, compact, export, import, go back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.data_directory import DataDirectory
from vmss_sdk.emulator.engine.platform.clock import stopped_at
from vmss_sdk.emulator.persistence import DataDirectoryKey
from vmss_sdk.emulator.replay import replay
from vmss_sdk.emulator.store.atomic_write import system_message, write_atomically
from vmss_sdk.emulator.store.codec import CodecError
from vmss_sdk.emulator.store.place import StatePlace
from vmss_sdk.emulator.store.sqlite import SqliteJournal
from vmss_sdk.emulator.story import entries_of, story
from vmss_sdk.errors import StateFileError

__all__ = ["compact", "export", "import_story", "info", "rewind"]

Document = dict[str, Any]

_PATIENCE = 0.0
_OWNER_ONLY = 0o600


def info(path: str, data_directory: DataDirectory) -> Document:
    """What a state file has; a server may have it open.

    Raises:
        StateFileError: It is not there, or cannot be read.
    """
    with _opened(path, data_directory, writable=False) as journal:
        emulator = _at(journal, None)
        state = emulator.saved()["collections"]
        return {
            "file": str(journal.path),
            "bytes": journal.path.stat().st_size,
            "version": journal.version,
            "entries": journal.sequence,
            "now": time_text(emulator.clock.now()),
            "seed": emulator.settings.seed,
            "snapshots": [
                {"sequence": head.sequence, "time": time_text(head.moment), "version": head.version}
                for head in journal.snapshots()
            ],
            "resources": {kind: len(items) for kind, items in state.items() if items},
        }


def compact(path: str, data_directory: DataDirectory) -> Document:
    """Keep what there is, and nothing of how it came about.

    Raises:
        StateFileError: It is not there, it is open elsewhere, or cannot be read or written.
    """
    with _opened(path, data_directory) as journal:
        before, entries = journal.path.stat().st_size, journal.sequence
        emulator = _at(journal, None)
        journal.compact(emulator.saved(), emulator.clock.now())
        return {"entriesDropped": entries, "bytesBefore": before, "bytes": journal.path.stat().st_size}


def export(path: str, data_directory: DataDirectory, target: str, *, secrets: bool = False) -> Document:
    """Write the story of a state file; a server may have it open.

    Args:
        path: The state file.
        data_directory: Where its key is.
        target: Where to.
        secrets: Whether secrets stay as they were sent.

    Raises:
        StateFileError: It is not there, cannot be read, or the story cannot be written.
    """
    with _opened(path, data_directory, writable=False) as journal:
        first = journal.snapshot(journal.snapshots()[0].sequence)
        assert first is not None  # as there is one of that sequence
        entries = list(journal.entries(first.head.sequence))
        text = wire.encode(story(first, entries, secrets=secrets))
    place = Path(target).expanduser()
    try:
        write_atomically(place, text, _OWNER_ONLY)
    except OSError as error:
        raise StateFileError(f"cannot write '{place}': {system_message(error)}") from None
    return {"story": str(place), "entries": len(entries), "secrets": secrets}


def import_story(source: str, path: str, data_directory: DataDirectory) -> Document:
    """Make a state file of a story, and see that it can be told.

    Args:
        source: The story.
        path: The state file; it must not be there.
        data_directory: Where its key is.

    Raises:
        StateFileError: The story cannot be read or told, or the state file is there.
    """
    place = Path(path).expanduser()
    if place.exists():
        raise StateFileError(f"'{place}' is there already: name a new file, or move that one away")
    document, entries = _read_story(source)
    key = DataDirectoryKey(data_directory, path)
    journal = SqliteJournal(StatePlace(path, key), patience=_PATIENCE)
    try:
        journal.put_snapshot(document["first"], document["first"]["clock"]["now"])
        for entry in entries:
            journal.append(entry)
        emulator = _at(journal, None)
    except BaseException as error:
        journal.close()
        place.unlink(missing_ok=True)
        if isinstance(error, (KeyError, TypeError)):
            raise StateFileError(f"'{source}' is damaged: parts of it are missing") from None
        raise
    journal.close()
    return {"file": str(place), "entries": len(entries), "now": time_text(emulator.clock.now())}


def rewind(path: str, data_directory: DataDirectory, to: str) -> Document:
    """Go back to an entry or a moment; the file as it was is kept beside, with the number of its last entry.

    Args:
        path: The state file.
        data_directory: Where its key is.
        to: The number of the last entry that stays, or a moment in the emulator's time (ISO 8601): what was done up to
            then stays.

    Raises:
        StateFileError: It is not there, it is open elsewhere, cannot be read or written, or has nothing of that time.
    """
    with _opened(path, data_directory) as journal:
        sequence = int(to) if to.isdecimal() else journal.moment_of(_moment(to))
        first = journal.snapshots()[0].sequence
        if not first <= sequence <= journal.sequence:
            raise StateFileError(f"'{path}' has entries from {first} to {journal.sequence}, and {to} is none of them")
        emulator = _at(journal, sequence)
        kept, dropped = f"{journal.path}.{journal.sequence}", journal.sequence - sequence
        journal.copy(Path(kept))
        journal.rewind(emulator.saved(), emulator.clock.now(), sequence)
        now = time_text(emulator.clock.now())
        return {"sequence": sequence, "now": now, "entriesDropped": dropped, "kept": kept}


@contextmanager
def _opened(path: str, data_directory: DataDirectory, *, writable: bool = True) -> Iterator[SqliteJournal]:
    place = StatePlace(path, DataDirectoryKey(data_directory, path))
    if not place.path.exists():
        raise StateFileError(f"there is no state file '{place.path}': name the one that --state or VMSS_STATE names")
    journal = SqliteJournal(place, patience=_PATIENCE, writable=writable)
    try:
        yield journal
    finally:
        journal.close()


def _at(journal: SqliteJournal, until: int | None) -> Emulator:
    """What there was after an entry, at its moment; None: after the last one."""
    found = journal.snapshot(until)
    assert found is not None  # the file is there, so it has one
    try:
        clock = found.document["clock"]
        factor = None if clock["kind"] == "virtual" else clock["factor"]
        emulator = Emulator.from_saved(found.document, clock=stopped_at(clock["now"], factor))
        replay(emulator, journal.entries(found.head.sequence, until))
    except CodecError as error:
        raise StateFileError(
            f"cannot use '{journal.path}': {error}: another release of vmss_sdk wrote it, or it is damaged"
        ) from None
    return emulator


def _read_story(source: str) -> tuple[Document, list[Any]]:
    try:
        document = wire.decode(Path(source).expanduser().read_bytes())
        return document, entries_of(document)
    except OSError as error:
        raise StateFileError(f"cannot read '{source}': {system_message(error)}") from None
    except (KeyError, TypeError):
        raise StateFileError(f"cannot use '{source}': it is damaged: parts of it are missing") from None
    except ValueError as error:
        what = str(error) if "vmss_sdk" in str(error) else "it is no JSON document"
        raise StateFileError(f"cannot use '{source}': {what}") from None


def _moment(text: str) -> float:
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise StateFileError(
            f"'{text}' is neither an entry's number nor a moment: expected e.g. 120, or 2026-01-01T10:00:00Z"
        ) from None
    if found.tzinfo is None:
        raise StateFileError(f"'{text}' has no time zone: append Z for UTC")
    return found.timestamp()
