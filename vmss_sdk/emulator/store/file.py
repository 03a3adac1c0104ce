"""The file in which earlier releases kept an emulator: one encrypted document, written whole. It is still read.

The first line is readable: what the file is, its format and the release that wrote it. The rest is compressed and
encrypted.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.store import encryption
from vmss_sdk.emulator.store.place import WHAT, StatePlace

__all__ = ["read_document"]

_FORMAT = 1


def read_document(place: StatePlace, content: bytes) -> dict[str, Any]:
    """What was written.

    Args:
        place: Where the file is.
        content: Of the file.

    Raises:
        StateFileError: It is no such file, it is damaged, or the key is another one.
    """
    label, _, message = content.partition(b"\n")
    key = place.key_of(_head(place, label).get("key"))
    try:
        found: dict[str, Any] = _decoded(zlib.decompress(encryption.decrypt(message, key, label)))
    except (encryption.DecryptionError, zlib.error, ValueError):
        raise place.unusable("it is damaged") from None
    return found


def _head(place: StatePlace, label: bytes) -> dict[str, Any]:
    try:
        head = wire.decode(label)
        known = head["what"] == WHAT and isinstance(head["format"], int)
    except (ValueError, TypeError, KeyError):
        known = False
    if not known:
        raise place.unusable("it is no state file of vmss_sdk, or it is damaged")
    if head["format"] > _FORMAT:
        raise place.newer(head.get("version"), head["format"])
    found: dict[str, Any] = head
    return found


def _decoded(text: bytes) -> Any:
    try:
        return wire.decode(text)
    except ValueError:
        return json.loads(text)
