"""Operations that were left before they had ended: their resume tokens are kept, so that a short id is enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vmss_sdk.cli.complaints import CommandError
from vmss_sdk.emulator.home import Home, HomeError

if TYPE_CHECKING:
    from vmss_sdk.operation import Operation

__all__ = ["keep", "token_of"]

_FOLDER = "operations"
_ENDING = ".token"
_MOST = 50
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


def keep(operation: Operation[object]) -> str:
    """Keep the resume token of an operation in the data directory, where only this user can read it.

    Returns:
        The word that `token_of` takes: the operation's id, or the token itself where it cannot be kept.
    """
    token, name = operation.resume_token, operation.operation_id or ""
    if not _ID.fullmatch(name):
        return token
    home = Home()
    try:
        home.replace_secret(_path(name), token.encode())
        home.replace_secret("last-operation", name.encode())
        _forget_oldest(home)
    except HomeError:
        return token
    return name


def token_of(word: str | None) -> str:
    """The resume token that a word stands for: an operation's id, a token, or nothing for the last that was kept.

    Raises:
        CommandError: Nothing was kept.
    """
    home = Home()
    try:
        if word is None:
            last = home.read_secret("last-operation")
            if last is None:
                raise CommandError("there is no operation that was left: give the id or the token that was printed", 2)
            word = last.decode()
        kept = home.read_secret(_path(word)) if _ID.fullmatch(word) else None
    except HomeError as error:
        raise CommandError(str(error)) from None
    if kept is None and re.fullmatch(r"[0-9a-fA-F-]{36}", word):
        raise CommandError(f"the operation {word} was not left by a command of this user: give its resume token")
    return word if kept is None else kept.decode()


def _path(name: str) -> str:
    return f"{_FOLDER}/{name}{_ENDING}"


def _forget_oldest(home: Home) -> None:
    files = [home.folder / _path(name) for name in home.names(_FOLDER, _ENDING)]
    for path in sorted(files, key=lambda path: path.stat().st_mtime)[:-_MOST]:
        home.delete(_path(path.stem))
