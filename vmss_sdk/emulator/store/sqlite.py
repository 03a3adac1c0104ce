"""A journal in an SQLite file, with each entry and each resource of a snapshot encrypted by itself.

The file is in WAL mode: an entry is appended to the log beside it (``FILE-wal``), and others may read meanwhile.
CHOICE: an entry is handed to the operating system before the request is answered, not to the disk: it outlives the
process, however that ends; what a power failure takes are the last moments before it, and the file stays whole. To wait
for the disk at each write was measured to cost 3 ms, twenty times what the write costs.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from vmss_sdk import wire
from vmss_sdk._version import __version__
from vmss_sdk.emulator.engine.platform.clock import Clock, ScaledClock
from vmss_sdk.emulator.store import encryption
from vmss_sdk.emulator.store.atomic_write import remove_temporary_files, system_message
from vmss_sdk.emulator.store.file import read_document
from vmss_sdk.emulator.store.journal import Entry, Snapshot, SnapshotHead
from vmss_sdk.emulator.store.lock import FileLock
from vmss_sdk.emulator.store.place import FORMAT, WHAT, StatePlace
from vmss_sdk.errors import StateFileError

__all__ = ["SqliteJournal"]

_MAGIC = b"SQLite format 3\x00"
_OWNER_ONLY = 0o600
_FAST = 1  # twice the speed of zlib's usual level, for a tenth more bytes
_SMALL = 400  # bytes below which compression gains nothing
_PATIENCE = 10.0

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE journal (sequence INTEGER PRIMARY KEY, moment REAL NOT NULL, content BLOB NOT NULL);
CREATE TABLE snapshots (sequence INTEGER PRIMARY KEY, moment REAL NOT NULL, version TEXT NOT NULL,
  content BLOB NOT NULL);
CREATE TABLE resources (sequence INTEGER, kind TEXT, place INTEGER, content BLOB NOT NULL,
  PRIMARY KEY (sequence, kind, place)) WITHOUT ROWID;
"""


class SqliteJournal:
    """A journal in a file, which is this process's until it is closed.

    Nothing is written before the first entry or snapshot: until then a file that is not there, or that an earlier
    release wrote in another format, stays so.

    Args:
        place: Where the file is, and its key.
        patience: Seconds to wait for another process that has it open.
        clock: By which that is measured.
        writable: Whether to lock it; who only reads may do so while another process writes.

    Raises:
        StateFileError: Somebody else has it open, it is damaged, or it is no state file.
    """

    def __init__(
        self, place: StatePlace, *, patience: float = _PATIENCE, clock: Clock | None = None, writable: bool = True
    ) -> None:
        self._place = place
        self._lock = FileLock(place.path, patience, clock or ScaledClock()) if writable else None
        self._earlier: dict[str, Any] | None = None
        self._database: sqlite3.Connection | None = None
        self.sequence = 0
        try:
            if writable:
                remove_temporary_files(place.path)
            self._open()
        except BaseException:
            self.close()
            raise

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._place.path

    @property
    def is_begun(self) -> bool:
        """Whether anything was kept in this format."""
        return self._database is not None

    @property
    def is_open(self) -> bool:
        """Whether this process may write."""
        return self._lock is not None and self._lock.held

    @property
    def version(self) -> str:
        """The release that wrote it last."""
        return str(self._meta().get("version", __version__))

    def append(self, entry: Entry) -> None:
        """Keep an entry, whose sequence has to be the next one: when this returns, it outlives the process.

        Raises:
            StateFileError: It cannot be written.
        """
        database = self._writable()
        if entry.sequence != self.sequence + 1:
            raise self._place.unusable(f"entry {entry.sequence} would follow {self.sequence}")
        content = self._sealed(f"entry {entry.sequence} {entry.moment!r}", entry.content)
        with self._said("write"):
            database.execute("INSERT INTO journal VALUES (?, ?, ?)", (entry.sequence, entry.moment, content))
        self.sequence = entry.sequence

    def entries(self, after: int, until: int | None = None) -> Iterator[Entry]:
        """The entries after one, up to one or all, in order.

        Raises:
            StateFileError: They cannot be read, or one is missing.
        """
        if self._database is None:
            return
        last = self.sequence if until is None else min(until, self.sequence)
        query = "SELECT sequence, moment, content FROM journal WHERE sequence > ? AND sequence <= ? ORDER BY sequence"
        with self._said("read"):
            for expected, row in enumerate(self._database.execute(query, (after, last)), after + 1):
                sequence, moment, content = row
                if sequence != expected:
                    raise self._place.unusable(f"it is damaged: entry {expected} is missing")
                yield Entry(sequence, moment, self._opened(f"entry {sequence} {moment!r}", content))

    def put_snapshot(self, document: dict[str, Any], moment: float) -> None:
        """Keep a snapshot of what there is after the last entry; of the older ones the first alone stays.

        Raises:
            StateFileError: It cannot be written; what was there is there still.
        """
        if self._database is None:
            self._begin(document, moment)
            return
        database = self._writable()
        with self._said("write"), _transaction(database):
            for table in ("snapshots", "resources"):
                first = "(SELECT min(sequence) FROM snapshots)"
                database.execute(f"DELETE FROM {table} WHERE sequence > {first}")  # of constants
            self._insert(database, document, moment)

    def snapshot(self, until: int | None = None) -> Snapshot | None:
        """The newest snapshot that has nothing of what came after an entry; None when nothing was ever kept.

        Raises:
            StateFileError: It cannot be read.
        """
        if self._database is None:
            return None if self._earlier is None else Snapshot(_head_of(self._earlier), self._earlier)
        heads = [head for head in self.snapshots() if until is None or head.sequence <= until]
        return self._read(self._database, heads[-1]) if heads else None

    def snapshots(self) -> list[SnapshotHead]:
        """Those that there are, in order.

        Raises:
            StateFileError: They cannot be read.
        """
        if self._database is None:
            return [] if self._earlier is None else [_head_of(self._earlier)]
        with self._said("read"):
            rows = self._database.execute("SELECT sequence, moment, version FROM snapshots ORDER BY sequence")
            return [SnapshotHead(*row) for row in rows]

    def compact(self, document: dict[str, Any], moment: float) -> None:
        """Keep a snapshot of what there is, and nothing of how it came about.

        Raises:
            StateFileError: It cannot be written; what was there is there still.
        """
        self.put_snapshot(document, moment)
        database = self._writable()
        with self._said("write"):
            with _transaction(database):
                database.execute("DELETE FROM journal")
                for table in ("snapshots", "resources"):
                    database.execute(f"DELETE FROM {table} WHERE sequence < ?", (self.sequence,))
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rewind(self, document: dict[str, Any], moment: float, sequence: int) -> None:
        """Forget what came after an entry.

        Args:
            document: What there was after that entry.
            moment: When that was.
            sequence: Of the entry.

        Raises:
            StateFileError: It cannot be written; what was there is there still.
        """
        database = self._writable()
        with self._said("write"), _transaction(database):
            for table in ("journal", "snapshots", "resources"):
                database.execute(f"DELETE FROM {table} WHERE sequence > ?", (sequence,))
            before, self.sequence = self.sequence, sequence
            try:
                if all(head.sequence != sequence for head in self.snapshots()):
                    self._insert(database, document, moment)
            except BaseException:
                self.sequence = before
                raise

    def copy(self, path: Path) -> None:
        """Write the whole file to another place, which nobody else can read.

        Raises:
            StateFileError: It cannot be written, or there is something.
        """
        database = self._writable()
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
        except OSError as error:
            raise StateFileError(f"cannot write '{path}': {system_message(error)}") from None
        with self._said("copy"):
            database.execute("VACUUM INTO ?", (str(path),))

    def moment_of(self, moment: float) -> int:
        """The last entry that was appended up to a moment of the emulator's time; 0 when there is none.

        Raises:
            StateFileError: It cannot be read.
        """
        if self._database is None:
            return 0
        with self._said("read"):
            query = "SELECT coalesce(max(sequence), 0) FROM journal WHERE moment <= ?"
            found: int = self._database.execute(query, (moment,)).fetchone()[0]
            return found

    def close(self) -> None:
        """Let others write."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None
        if self._lock is not None:
            self._lock.release()

    def _open(self) -> None:
        path = self._place.path
        try:
            with path.open("rb") as file:
                start = file.read(len(_MAGIC))
                if start != _MAGIC:
                    self._earlier = read_document(self._place, start + file.read())
                    return
        except FileNotFoundError:
            return
        except OSError as error:
            raise StateFileError(f"cannot read the state file '{path}': {system_message(error)}") from None
        self._connect()

    def _connect(self) -> None:
        with self._said("open"):
            self._database = _connected(self._place.path, writable=self._lock is not None)
            found = self._database.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise self._place.unusable("it is damaged")
            meta = self._meta()
            if meta.get("what") != WHAT:
                raise self._place.unusable("it is no state file of vmss_sdk, or it is damaged")
            if meta["format"] > FORMAT:
                raise self._place.newer(meta.get("version"), meta["format"])
            self._key, self._id = self._place.key_of(meta["key"]), str(meta["id"])
            last = (
                "SELECT max(coalesce((SELECT max(sequence) FROM {}), 0), coalesce((SELECT max(sequence) FROM {}), 0))"
            )
            self.sequence = self._database.execute(last.format("journal", "snapshots")).fetchone()[0]

    def _meta(self) -> dict[str, Any]:
        if self._database is None:
            return {}
        with self._said("read"):
            return dict(self._database.execute("SELECT name, value FROM meta").fetchall())

    def _begin(self, document: dict[str, Any], moment: float) -> None:
        """Make the file, whole or not at all."""
        if self._lock is None or not self._lock.held:
            raise self._closed()
        path = self._place.path
        self._key, self._id = self._place.new_key(), secrets.token_hex(8)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
            with self._said("write"), closing(_connected(draft, writable=True)) as database:
                database.executescript(_SCHEMA)
                with _transaction(database):
                    database.executemany("INSERT INTO meta VALUES (?, ?)", self._new_meta().items())
                    self._insert(database, document, moment)
            for ending in ("-wal", "-shm"):  # of a file that was there before, and moved away alone
                path.with_name(path.name + ending).unlink(missing_ok=True)
            os.replace(draft, path)
        except OSError as error:
            raise StateFileError(
                f"cannot write the state file '{path}': {system_message(error)}; what was done last is not kept"
            ) from None
        finally:
            for ending in ("", "-wal", "-shm"):
                draft.with_name(draft.name + ending).unlink(missing_ok=True)
        self._earlier = None
        self._connect()

    def _new_meta(self) -> dict[str, Any]:
        fingerprint = encryption.fingerprint(self._key)
        return {"what": WHAT, "format": FORMAT, "version": __version__, "key": fingerprint, "id": self._id}

    def _insert(self, database: sqlite3.Connection, document: dict[str, Any], moment: float) -> None:
        rest = {name: value for name, value in document.items() if name != "collections"}
        content = self._sealed(f"snapshot {self.sequence} {moment!r}", rest)
        head = (self.sequence, moment, __version__, content)
        database.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)", head)
        database.execute("DELETE FROM resources WHERE sequence = ?", (self.sequence,))
        rows = (
            (self.sequence, kind, place, self._sealed(f"resource {self.sequence} {kind} {place}", item))
            for kind, items in document["collections"].items()
            for place, item in enumerate(items)
        )
        database.executemany("INSERT INTO resources VALUES (?, ?, ?, ?)", rows)
        database.execute("UPDATE meta SET value = ? WHERE name = 'version'", (__version__,))

    def _read(self, database: sqlite3.Connection, head: SnapshotHead) -> Snapshot:
        with self._said("read"):
            query = "SELECT content FROM snapshots WHERE sequence = ?"
            (content,) = database.execute(query, (head.sequence,)).fetchone()
            rest = self._opened(f"snapshot {head.sequence} {head.moment!r}", content)
            collections: dict[str, list[Any]] = {}
            query = "SELECT kind, place, content FROM resources WHERE sequence = ? ORDER BY kind, place"
            for kind, place, content in database.execute(query, (head.sequence,)):
                item = self._opened(f"resource {head.sequence} {kind} {place}", content)
                collections.setdefault(kind, []).append(item)
        return Snapshot(head, {**rest, "collections": collections})

    def _sealed(self, label: str, value: Any) -> bytes:
        text = _encoded(value)
        packed = b"z" + zlib.compress(text, _FAST) if len(text) > _SMALL else b" " + text
        return encryption.encrypt(packed, self._key, f"{self._id} {label}".encode())

    def _opened(self, label: str, content: bytes) -> Any:
        try:
            packed = encryption.decrypt(content, self._key, f"{self._id} {label}".encode())
            return _decoded(zlib.decompress(packed[1:]) if packed[:1] == b"z" else packed[1:])
        except (encryption.DecryptionError, zlib.error, ValueError):
            raise self._place.unusable("it is damaged") from None

    def _writable(self) -> sqlite3.Connection:
        if self._database is None or self._lock is None or not self._lock.held:
            raise self._closed()
        return self._database

    def _closed(self) -> StateFileError:
        return StateFileError(f"the state file '{self._place.path}' was closed: open it again")

    @contextmanager
    def _said(self, verb: str) -> Iterator[None]:
        """Errors of SQLite name the file."""
        try:
            yield
        except sqlite3.OperationalError as error:
            ending = "; what was done last is not kept" if verb == "write" else ""
            raise StateFileError(f"cannot {verb} the state file '{self._place.path}': {error}{ending}") from None
        except sqlite3.DatabaseError:
            raise self._place.unusable("it is damaged") from None


def _connected(path: Path, *, writable: bool) -> sqlite3.Connection:
    mode = "rw" if writable else "ro"
    address = f"{path.as_uri()}?mode={mode}"
    database = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        if writable:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # where it was rolled back already, as of a full disk
            database.execute("ROLLBACK")
        raise


def _head_of(document: dict[str, Any]) -> SnapshotHead:
    return SnapshotHead(0, document["clock"]["now"], "")


def _encoded(value: Any) -> bytes:
    try:
        return wire.encode(value)
    except UnicodeEncodeError:  # half a pair of surrogates, which JSON can say and UTF-8 cannot
        return json.dumps(value).encode()


def _decoded(text: bytes) -> Any:
    try:
        return wire.decode(text)
    except ValueError:
        return json.loads(text)
