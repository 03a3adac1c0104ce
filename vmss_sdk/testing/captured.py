"""Captured requests to an emulator, by whatever client, in a form that tests can compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any, overload
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs

from vmss_sdk import wire
from vmss_sdk.transport.base import Headers, Request, Response

__all__ = ["CapturedRequest", "CapturedRequests"]

_READS = ("GET", "HEAD", "OPTIONS")
_ARM = ("/subscriptions/", "/providers/")


@attrs.frozen(eq=False, repr=False)
class CapturedRequest:
    """A request, and what became of it. Its repr shows neither headers nor body nor query: they may hold secrets.

    Attributes:
        request: As it came.
        response: The answer; None when a fault lost it.
        over_http: Whether it came to a server; else a client in this process sent it.
    """

    request: Request
    response: Response | None
    over_http: bool = False

    @property
    def method(self) -> str:
        """Such as ``GET``, in upper case."""
        return self.request.method

    @property
    def path(self) -> str:
        """The path as the client wrote it, decoded, without the query."""
        return unquote(urlsplit(self.request.url).path)

    @property
    def query(self) -> dict[str, str]:
        """The query: ``{"api-version": "2026-04-01"}``."""
        return dict(parse_qsl(urlsplit(self.request.url).query, keep_blank_values=True))

    @property
    def headers(self) -> Headers:
        """The header fields; names in any case."""
        return self.request.headers

    @property
    def body(self) -> Any:
        """The JSON that was sent; None without a body.

        Raises:
            ValueError: The body is no JSON, such as the form by which a token is asked for.
        """
        return wire.decode(self.request.body) if self.request.body else None

    @property
    def status(self) -> int | None:
        """Of the answer; None when a fault lost it."""
        return None if self.response is None else self.response.status

    @property
    def line(self) -> str:
        """``POST /subscriptions/…/virtualMachineScaleSets/web/reimage``."""
        return f"{self.method} {self.path}"

    @property
    def is_write(self) -> bool:
        """Whether it asks ARM for more than to be shown something; asking for a token does not count."""
        return self.method not in _READS and self.path.lower().startswith(_ARM)

    def __str__(self) -> str:
        return f"{self.line} -> {self.status or 'no answer'}"

    def __repr__(self) -> str:
        return f"<{self}>"


class CapturedRequests(Sequence[CapturedRequest]):
    """Everything that was sent in a test so far, in order, every attempt and every poll by itself.

    What the fixtures do by themselves is not among it, and neither is the emulator's control plane.
    """

    def __init__(self, source: Callable[[], Sequence[CapturedRequest]], forget: Callable[[], None]) -> None:
        """For the SDK's own use: see the fixture ``captured_requests``."""
        self._source = source
        self._forget = forget

    @property
    def lines(self) -> list[str]:
        """``POST /subscriptions/…/reimage`` and so on, in order: what a test compares."""
        return [request.line for request in self]

    @property
    def writes(self) -> list[CapturedRequest]:
        """Those that change something: no reads, no polls, no tokens."""
        return [request for request in self if request.is_write]

    @property
    def last(self) -> CapturedRequest:
        """The last one.

        Raises:
            IndexError: There is none.
        """
        return self[-1]

    def to(self, path: str = "*", method: str | None = None) -> list[CapturedRequest]:
        """Those to a path.

        Args:
            path: A pattern of the whole path, such as ``*/web/reimage``; in any case, as ARM reads paths.
            method: ``POST`` …; by default any.
        """
        pattern = path.lower()
        fitting = (request for request in self if fnmatchcase(request.path.lower(), pattern))
        return [request for request in fitting if method in (None, request.method)]

    def clear(self) -> None:
        """Forget what was sent so far."""
        self._forget()

    @overload
    def __getitem__(self, index: int) -> CapturedRequest: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[CapturedRequest]: ...
    def __getitem__(self, index: int | slice) -> CapturedRequest | Sequence[CapturedRequest]:
        return self._source()[index]

    def __len__(self) -> int:
        return len(self._source())

    def __iter__(self) -> Iterator[CapturedRequest]:
        return iter(self._source())

    def __repr__(self) -> str:
        return "\n".join(["captured requests:", *map(str, self)])
