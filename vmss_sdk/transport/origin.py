"""Origins of URLs: the rules for where a request, and with it a token, may go."""

import re
from urllib.parse import urlsplit

import attrs

from vmss_sdk.errors import ClientUsageError, ForeignHostError

__all__ = ["Origin", "without_query"]

_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
_PORTS = {"https": 443, "http": 80}


def without_query(url: str) -> str:
    """The URL as it may be shown: the query of a poll URL holds signatures."""
    return url.partition("?")[0]


@attrs.frozen
class Origin:
    """Scheme, host and port: what two URLs must share for the one to be trusted because the other is.

    Attributes:
        scheme: ``https`` or ``http``.
        host: Lower case, IPv6 without brackets.
        port: Also when the URL does not say it.
    """

    scheme: str
    host: str
    port: int
    _prefix: str = attrs.field(init=False, eq=False, repr=False)

    @_prefix.default
    def _usual_beginning(self) -> str:
        return f"{self}/"

    @classmethod
    def of(cls, url: str) -> "Origin":
        """The origin of an absolute URL.

        Raises:
            ClientUsageError: It is no absolute http or https URL, or it holds a user name or password.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ClientUsageError(_no_url(url)) from None
        if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
            raise ClientUsageError(_no_url(url))
        return cls(parts.scheme, parts.hostname, port or _PORTS[parts.scheme])

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can read what is sent: TLS, or this very machine."""
        return self.scheme == "https" or self.is_loopback

    @property
    def is_loopback(self) -> bool:
        """Whether it is this very machine."""
        return _LOOPBACK.fullmatch(self.host) is not None

    def require_same(self, url: str, what: str) -> None:
        """Refuse a URL of another origin.

        Args:
            url: Where a request is about to go.
            what: What named this URL, for the error text.

        Raises:
            ForeignHostError: Scheme, host or port differ, or it is no URL at all.
        """
        if url.startswith(self._prefix):
            return  # nearly always: a host cannot go on after the slash
        try:
            other = Origin.of(url)
        except ClientUsageError:
            raise ForeignHostError(f"{what} is no absolute URL of {self}; it was not followed") from None
        if other != self:
            raise ForeignHostError(
                f"{what} names {other}, but this client talks to {self} only; it was not followed and no token was sent"
            )

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def _no_url(url: str) -> str:
    shown = "a URL with a user name or password" if "@" in url else repr(without_query(url))
    return f"{shown} cannot be used: expected an absolute URL such as 'https://management.azure.com'"
