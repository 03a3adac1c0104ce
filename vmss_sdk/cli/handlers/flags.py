"""From flags to the model: what the rows of `vmss_sdk.cli.table.members` say is written."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vmss_sdk import wire
from vmss_sdk.cli.model.paths import place, put
from vmss_sdk.cli.table.members import rows
from vmss_sdk.cli.table.refused import REFUSED
from vmss_sdk.errors import ClientUsageError

if TYPE_CHECKING:
    import argparse

    from vmss_sdk.cli.table.members import MemberFlag
    from vmss_sdk.models.schema import Node

__all__ = ["content", "identify", "refuse", "write"]


def refuse(command: str, args: argparse.Namespace) -> None:
    """Say why a flag is not supported.

    Raises:
        ClientUsageError: Such a flag was given.
    """
    for row in REFUSED:
        if command in row.commands and getattr(args, row.dest) is not None:
            raise ClientUsageError(f"{row.flag} is not supported: {row.why}")


def write(command: str, args: argparse.Namespace, root: Node, document: dict[str, Any], group_id: str) -> list[str]:
    """Write what was given into a document.

    Args:
        command: Whose rows.
        args: The parsed arguments.
        root: The schema.
        document: What is written to.
        group_id: Of the resource group in which resources are that were named without an id.

    Returns:
        The paths that were written.

    Raises:
        ClientUsageError: A file or JSON cannot be read.
    """
    given = [(row, getattr(args, row.dest)) for row in rows(command)]
    written = [(row, value) for row, value in given if value is not None]
    for row, value in written:
        put(document, place(root, document, row.path).keys, _value(row, value, group_id))
    return [row.path for row, _ in written]


def _value(row: MemberFlag, value: Any, group_id: str) -> Any:
    if "/" in row.kind:
        return identify(value, group_id, row.kind)
    if row.kind == "data":
        return base64.b64encode(content(row.flags[0], value)).decode()
    return _names(row.flags[0], value) if row.kind == "names" else value


def identify(name: str, group_id: str, kind: str) -> str:
    """The id of a resource that was given by id or by name."""
    return name if name.startswith("/") else f"{group_id}/providers/{kind}/{name}"


def content(flag: str, text: str) -> bytes:
    """The text, or what is in the file of that name; ``@file`` is a file in any case.

    Raises:
        ClientUsageError: The file cannot be read.
    """
    named = text.removeprefix("@")
    if not text.startswith("@") and not _is_file(text):
        return text.encode()
    try:
        return Path(named).expanduser().read_bytes()
    except OSError as error:
        raise ClientUsageError(f"{flag}: cannot read {named}: {error.strerror}") from None


def _is_file(text: str) -> bool:
    try:
        return Path(text).expanduser().is_file()
    except (OSError, ValueError, RuntimeError):  # too long for a name, or with a zero in it: it is no name
        return False


def _names(flag: str, words: list[str]) -> list[str]:
    """Words, or one that is JSON or a file with JSON."""
    if len(words) != 1:
        return words
    text = content(flag, words[0])
    try:
        found = wire.decode(text)
    except ValueError:
        return words
    if isinstance(found, list) and all(isinstance(name, str) for name in found):
        return found
    raise ClientUsageError(f"{flag}: expected names, or a JSON list of them")
