"""Writing to the data directory: the emulator's certificate authority, keys and principals, and saved operations."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import attrs

from vmss_sdk.data_directory import DataDirectoryError, check_folder, default_folder, read_secret
from vmss_sdk.emulator.store.atomic_write import remove_temporary_files, system_message, write_atomically

__all__ = ["DataDirectory", "DataDirectoryError"]

_OWNER_ONLY = 0o600
_TRIES = 3


def _absolute(folder: str | Path | None) -> Path:
    return Path(default_folder() if folder is None else folder).expanduser().absolute()


@attrs.frozen
class DataDirectory:
    """The data directory of one user; it is made when something is written.

    Whatever is written appears whole or not at all, so that processes that start at the same time agree on it.

    Attributes:
        folder: Where it is; None stands for `default_folder`.
    """

    folder: Path = attrs.field(default=None, converter=_absolute)

    def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A file that only its owner can read; it is made when there is none, and then never changes by itself.

        Args:
            name: Its path below the folder.
            make: What it holds; called only when there is none.

        Raises:
            DataDirectoryError: It cannot be read or written, or others can read it.
        """
        for _ in range(_TRIES):
            found = self.read_secret(name)
            if found is not None:
                return found
            self._write(name, make(), _OWNER_ONLY, once=True)
        raise DataDirectoryError(_gone_error(self.folder / name))

    def read_secret(self, name: str) -> bytes | None:
        """A file that only its owner can read; None when there is none.

        Raises:
            DataDirectoryError: It cannot be read, others can read it, or others can write into the folder.
        """
        check_folder(self.folder)
        return read_secret(self.folder / name)

    def replace_secret(self, name: str, content: bytes) -> None:
        """Write a file that only its owner can read, whether there is one or not.

        Raises:
            DataDirectoryError: It cannot be written.
        """
        self._write(name, content, _OWNER_ONLY)

    def publish(self, name: str, content: bytes) -> Path:
        """Write a file that everybody may read, unless it is there with this content.

        Raises:
            DataDirectoryError: It cannot be written.
        """
        path = self.folder / name
        try:
            if path.read_bytes() == content:
                return path
        except OSError:
            pass
        self._write(name, content, 0o644)
        return path

    def names(self, folder: str, ending: str) -> list[str]:
        """The names, without the ending, of the files with that ending in a folder below this one."""
        return sorted(path.stem for path in (self.folder / folder).glob(f"*{ending}"))

    def delete(self, name: str) -> None:
        """Remove a file; it need not be there.

        Raises:
            DataDirectoryError: It is there, and cannot be removed.
        """
        path = self.folder / name
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise DataDirectoryError(f"cannot delete '{path}': {system_message(error)}") from None

    def _write(self, name: str, content: bytes, mode: int, *, once: bool = False) -> None:
        path = self.folder / name
        if os.name != "nt":
            remove_temporary_files(path)
        try:
            check_folder(self.folder)
            check_folder(path.parent)
            write_atomically(path, content, mode, put_in_place=_link_if_absent if once else os.replace)
        except OSError as error:
            raise DataDirectoryError(f"cannot write '{path}': {system_message(error)}") from None


def _gone_error(path: Path) -> str:
    if path.is_symlink():
        return (
            f"'{path}' is a link to '{path.readlink()}', where there is nothing: put the file back there, or delete the"
            " link: a new file is made"
        )
    return f"'{path}' disappears as soon as it is written: see which other program removes it"


def _link_if_absent(draft: Path, path: Path) -> None:
    """Give a file its name; whoever comes first keeps it."""
    with contextlib.suppress(FileExistsError):
        if os.name == "nt":
            draft.rename(path)  # there it refuses to replace
        else:
            os.link(draft, path)
