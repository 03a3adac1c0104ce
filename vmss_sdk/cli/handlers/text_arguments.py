"""Arguments that are text, or ``@FILE`` with the text: scripts, settings, parameters."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vmss_sdk.errors import ClientUsageError

__all__ = ["json_object", "parameters", "text"]


def text(flag: str, value: str | None) -> str | None:
    """The text itself, or for ``@path`` what is in that file; ``@-`` is standard input.

    Raises:
        ClientUsageError: The file cannot be read.
    """
    if value is None or not value.startswith("@"):
        return value
    return sys.stdin.read() if value == "@-" else _read(flag, Path(value[1:]))


def json_object(flag: str, value: str | None) -> dict[str, Any] | None:
    """A JSON object: the text itself, or for a path, with or without ``@``, what is in that file.

    Raises:
        ClientUsageError: It is neither; nothing of it is in the error, for it may be secret.
    """
    if value is None:
        return None
    written = text(flag, value) or ""
    if not value.startswith("@") and not value.lstrip().startswith("{"):
        written = _read(flag, Path(value), "expected a JSON object, or a file that has one")
    try:
        found = json.loads(written)
    except ValueError as error:
        where = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise ClientUsageError(f"{flag}: this is no JSON{where}") from None
    except RecursionError:
        raise ClientUsageError(f"{flag}: this JSON is nested too deeply") from None
    if not isinstance(found, dict):
        raise ClientUsageError(f"{flag}: expected a JSON object")
    return found


def _read(flag: str, path: Path, expected: str = "") -> str:
    """The text of a file; where it may have been meant as something else, its name is not told."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "no text in UTF-8"
        raise ClientUsageError(f"{flag}: {expected or f'{path}: {reason}'}") from None


def parameters(words: Sequence[str] | None) -> list[dict[str, str]] | None:
    """``name=value`` words as the parameters of a script; those without a name are arg1, arg2 … as in az."""
    if words is None:
        return None
    found: list[dict[str, str]] = []
    unnamed = 0
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            unnamed += 1
            name, value = f"arg{unnamed}", word
        found.append({"name": name, "value": value})
    return found
