"""Answers to requests."""

from __future__ import annotations

from typing import Any

import attrs

__all__ = ["Reply", "etag"]


@attrs.define
class Reply:
    """What a handler answers.

    Attributes:
        status: The HTTP status.
        document: The body; None: empty.
        headers: Besides those that every answer has.
        content: A body that is no JSON; its type is among the headers.
    """

    status: int = 200
    document: Any = None
    headers: dict[str, str] = attrs.field(factory=dict)
    content: bytes = attrs.field(default=b"", repr=False)


def etag(number: int) -> str:
    """An etag as it is written in bodies and headers."""
    return f'"{number}"'
