"""Files that appear whole or not at all.

A file is written beside its place as a draft, ``.NAME.HEX``, which is put in place when it is complete. Its writer has
the draft locked until then, and a lock ends with its process, however that ends: so the draft of a killed writer can be
told from one that is being written, and the next writer removes it.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["remove_drafts", "why", "write_whole"]

_HEX_BYTES = 8


def write_whole(
    path: Path,
    content: bytes,
    mode: int,
    *,
    put_in_place: Callable[[Path, Path], object] = os.replace,
    durable: bool = False,
) -> None:
    """Write a file beside its place, then put it there; the folder is made when there is none.

    Args:
        path: Its place.
        content: What it holds.
        mode: Its permissions.
        put_in_place: Gives the draft its name.
        durable: Whether it must survive that the power goes.

    Raises:
        OSError: It cannot be written; what was there is there as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _draft(path, mode) as (draft, file):
        with os.fdopen(file, "wb", closefd=_CLOSED_BEFORE) as stream:
            stream.write(content)
            stream.flush()
            if durable:
                os.fsync(file)
        put_in_place(draft, path)


def remove_drafts(path: Path) -> None:
    """Remove what writers of a file left behind that were killed; what cannot be removed stays.

    On Windows, where a draft is not locked between its last byte and its new name, only whoever keeps other writers
    away may do that.
    """
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{{2 * _HEX_BYTES}}}")
    with suppress(OSError), os.scandir(path.parent) as entries:
        for found in [Path(entry.path) for entry in entries if name.fullmatch(entry.name)]:
            with suppress(OSError):
                _remove_abandoned(found)


def why(error: OSError) -> str:
    """What went wrong, in the words of the system."""
    return (error.strerror or type(error).__name__).lower()


@contextmanager
def _draft(path: Path, mode: int) -> Iterator[tuple[Path, int]]:
    """A new draft, locked; it is gone afterwards, unless it was put in place."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(_HEX_BYTES)}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        if not _keep(draft, file):  # somebody took it for an abandoned one between the two lines above
            with _draft(path, mode) as other:
                yield other
            return
        yield draft, file
    finally:
        if not _CLOSED_BEFORE:
            os.close(file)
        draft.unlink(missing_ok=True)


if sys.platform == "win32":
    _CLOSED_BEFORE = True  # a file that is open cannot be given another name there, nor be removed

    def _keep(_draft: Path, _file: int) -> bool:
        return True

    def _remove_abandoned(draft: Path) -> None:
        draft.unlink()  # one that is being written is open, and refuses

else:
    import fcntl

    _CLOSED_BEFORE = False  # the lock has to last until the draft is in place

    def _keep(draft: Path, file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.stat(draft), os.fstat(file))
        except (BlockingIOError, FileNotFoundError):
            return False

    def _remove_abandoned(draft: Path) -> None:
        file = os.open(draft, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()
        finally:
            os.close(file)
