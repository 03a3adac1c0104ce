"""The path of a request in its one reading, which is made where the request comes in."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from urllib.parse import quote, unquote

import attrs

__all__ = ["Path", "path_of"]

_CONTROL = "_emulator"
_SAFE = ":@!$&'()*+,;=~"
"""What RFC 3986 lets stand in a segment as it is, besides letters, digits, ``-``, ``.`` and ``_``."""
_PLAIN = re.compile(r"(?:/(?!\.\.?(?:/|$))[\w.:@!$&'()*+,;=~-]+)+", re.ASCII)


def _encoded(segments: tuple[str, ...]) -> str:
    return "/" + "/".join(quote(segment, safe=_SAFE) for segment in segments)


@attrs.frozen(slots=False)
class Path:
    """A path: the router, the check of rights, the faults and the links in answers all read this one value.

    Attributes:
        segments: Decoded, none empty, ``.`` or ``..``.
        text: The same percent-encoded, with a slash in front of each segment; ``/`` when there is none.
    """

    segments: tuple[str, ...]
    text: str

    @classmethod
    def joined(cls, segments: tuple[str, ...]) -> Path:
        """The path with these segments."""
        return cls(segments, _encoded(segments))

    @cached_property
    def key(self) -> str:
        """By which paths are compared: ARM minds no case."""
        return self.text.lower()

    @property
    def is_control(self) -> bool:
        """Whether it is for the emulator itself, not for the Azure that it emulates."""
        return bool(self.segments) and self.segments[0].lower() == _CONTROL

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=2048)
def path_of(text: str) -> Path:
    """A path as it was written.

    Percent-encoding is undone once, over the whole path. Then empty segments and ``.`` count for nothing, and ``..``
    takes away the segment in front of it (RFC 3986, 5.2.4).

    CHOICE: ``%2F`` counts as a slash. Some servers and proxies hand paths over decoded, so that nothing else would be
    read in the same way everywhere; and no name in ARM may hold a slash.
    """
    if _PLAIN.fullmatch(text):
        return Path(tuple(text[1:].split("/")), text)
    segments: list[str] = []
    for segment in unquote(text).split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    return Path.joined(tuple(segments))
