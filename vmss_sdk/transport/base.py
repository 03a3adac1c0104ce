"""The one seam between the client and whatever answers it: a request goes in, a response comes out."""

import os
import threading
import time
from collections.abc import ItemsView, Iterator, Mapping
from typing import Any, Protocol

import attrs

from vmss_sdk import wire

__all__ = ["Clock", "Headers", "Request", "Response", "Transport", "WallClock"]

# On Windows a wait on a lock cannot be interrupted from the keyboard, so it is cut into slices there.
_LONGEST_WAIT = 0.5 if os.name == "nt" else threading.TIMEOUT_MAX
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # some services of .NET send it, JSON forbids it


class Headers(Mapping[str, str]):
    """Header fields: looked up without regard to case, written as they were given."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        self._fields = {name.lower(): (name, value) for name, value in (fields or {}).items()}

    def __getitem__(self, name: str) -> str:
        return self._fields[name.lower()][1]

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a field, or the default."""
        found = self._fields.get(name.lower())
        return default if found is None else found[1]

    def items(self) -> ItemsView[str, str]:
        """Names as they were given, and values."""
        return dict(self._fields.values()).items()

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._fields.values())

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"Headers({sorted(self)})"  # names only: a value may be a token


def _headers(fields: Mapping[str, str] | None) -> Headers:
    return fields if isinstance(fields, Headers) else Headers(fields)


@attrs.frozen(slots=True)
class Request:
    """One HTTP request.

    Attributes:
        method: Upper case.
        url: Absolute, with the query.
        headers: Never shown by ``repr``: they may hold a token.
        body: UTF-8 JSON text, or empty.
        timeout: Seconds until the transport gives up on this one call; None leaves it to the transport.
    """

    method: str
    url: str
    headers: Headers = attrs.field(factory=Headers, converter=_headers, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    timeout: float | None = None


@attrs.frozen(slots=True)
class Response:
    """One HTTP response, of any status."""

    status: int
    headers: Headers = attrs.field(factory=Headers, converter=_headers)
    body: bytes = attrs.field(default=b"", repr=False)

    def json(self) -> Any:
        """The decoded body; None when there is none.

        Raises:
            ValueError: The body is no JSON.
        """
        return wire.decode(self.body.removeprefix(_BYTE_ORDER_MARK)) if self.body else None


class Clock(Protocol):
    """What waiting goes by: real time, or the virtual time of an emulator."""

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""

    def sleep(self, seconds: float) -> None:
        """Let this much time pass. On a virtual clock that costs no real time."""


class WallClock:
    """Real time; waiting can be cut short by `interrupt`."""

    def __init__(self) -> None:
        self._interrupted = threading.Event()

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait, in real time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._interrupted.wait(min(left, _LONGEST_WAIT)):
                return

    def interrupt(self) -> None:
        """End every present and future wait at once."""
        self._interrupted.set()


class Transport(Protocol):
    """Carries requests to Azure, to the mock REST backend, or to an emulator in this process."""

    @property
    def clock(self) -> Clock:
        """The clock by which its callers wait."""

    def send(self, request: Request) -> Response:
        """Send one request once and return the answer, whatever its status.

        Raises:
            RequestNotSentError: It provably never reached the service (nothing was processed).
            ResponseLostError: It may have been processed, but no whole answer came back.
        """

    def close(self) -> None:
        """Let go of connections; sending again afterwards is an error."""
