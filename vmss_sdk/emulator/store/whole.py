"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

__all__ = ["why", "write_whole"]


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
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        try:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            file.close()
            draft.unlink(missing_ok=True)
            raise
    try:
        put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def why(error: OSError) -> str:
    """What went wrong, in the words of the system."""
    return (error.strerror or type(error).__name__).lower()
