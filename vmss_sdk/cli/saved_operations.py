"""Resume tokens of operations that still run, saved in the data directory so that `vmss resume` needs only an id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError

if TYPE_CHECKING:
    from vmss_sdk.operation import Operation

__all__ = ["save_operation", "saved_resume_token"]

_FOLDER = "operations"
_ENDING = ".token"
_MOST = 50
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


def save_operation(operation: Operation[object]) -> str:
    """Save the resume token of an operation in the data directory, where only this user can read it.

    Returns:
        The word that `saved_resume_token` takes: the operation's id, or the token itself if it cannot be saved.
    """
    token, name = operation.resume_token, operation.operation_id or ""
    if not _ID.fullmatch(name):
        return token
    data_directory = DataDirectory()
    try:
        data_directory.replace_secret(_path(name), token.encode())
        data_directory.replace_secret("last-operation", name.encode())
        _forget_oldest(data_directory)
    except DataDirectoryError:
        return token
    return name


def saved_resume_token(word: str | None) -> str:
    """The resume token that a word stands for: an operation's id, a token, or nothing for the one saved last.

    Raises:
        CommandError: No token was saved.
    """
    data_directory = DataDirectory()
    try:
        if word is None:
            last = data_directory.read_secret("last-operation")
            if last is None:
                raise CommandError("there is no operation that was left: give the id or the token that was printed", 2)
            word = last.decode()
        kept = data_directory.read_secret(_path(word)) if _ID.fullmatch(word) else None
    except DataDirectoryError as error:
        raise CommandError(str(error)) from None
    if kept is None and re.fullmatch(r"[0-9a-fA-F-]{36}", word):
        raise CommandError(f"the operation {word} was not left by a command of this user: give its resume token")
    return word if kept is None else kept.decode()


def _path(name: str) -> str:
    return f"{_FOLDER}/{name}{_ENDING}"


def _forget_oldest(data_directory: DataDirectory) -> None:
    files = [data_directory.folder / _path(name) for name in data_directory.names(_FOLDER, _ENDING)]
    for path in sorted(files, key=lambda path: path.stat().st_mtime)[:-_MOST]:
        data_directory.delete(_path(path.stem))
