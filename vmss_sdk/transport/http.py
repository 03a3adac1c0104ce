"""Carries requests over HTTP(S) with requests, which is imported when the first one is sent."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import attrs

from vmss_sdk._version import __version__
from vmss_sdk.errors import (
    ClientUsageError,
    RequestNotSentError,
    ResponseLostError,
    ResponseTimeoutError,
    TransportError,
    UnexpectedAnswerError,
    UntrustedCertificateError,
)
from vmss_sdk.transport.base import Clock, Headers, Request, Response, WallClock
from vmss_sdk.transport.origin import Origin, without_query

if TYPE_CHECKING:
    import requests
    from requests.adapters import HTTPAdapter

__all__ = ["HttpTransport"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5


class HttpTransport:
    """A transport to one endpoint over a pool of kept-alive connections; threads may share it.

    Proxies (``HTTPS_PROXY``, ``NO_PROXY`` …) and CA bundles (``REQUESTS_CA_BUNDLE``, ``CURL_CA_BUNDLE``) are
    read from the environment once, before the first request.

    Args:
        endpoint: The one place where it sends to; a request or redirect to another one is refused.
        timeout: Seconds to connect, and seconds without a byte while waiting for the answer.
        verify: Whether to check the server's certificate, or the path of a CA bundle to check it with.
        pool_size: Connections kept open; more threads than that open more, which are not kept.
        clock: By which callers wait; real time by default.

    Raises:
        ClientUsageError: The endpoint is no http or https URL, or a number is out of range.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        timeout: tuple[float, float] = (10.0, 120.0),
        verify: bool | str = True,
        pool_size: int = 20,
        clock: Clock | None = None,
    ) -> None:
        if min(timeout) <= 0:
            raise ClientUsageError(f"timeout must be two positive numbers of seconds (connect, read), got {timeout!r}")
        if pool_size < 1:
            raise ClientUsageError(f"pool_size must be at least 1, got {pool_size!r}")
        self._endpoint = endpoint
        self._origin = Origin.of(endpoint)
        self._timeout = timeout
        self._verify = verify
        self._pool_size = pool_size
        self._clock: Clock = clock or WallClock()
        self._lock = threading.Lock()
        self._wire: _Wire | None = None
        self._closed = False

    @property
    def clock(self) -> Clock:
        """Real time, unless another clock was given."""
        return self._clock

    def send(self, request: Request) -> Response:
        """Send one request once; a GET or HEAD follows up to five redirects that stay at the endpoint.

        Raises:
            RequestNotSentError: No connection could be made.
            ResponseLostError: The connection broke or was silent after something may have been sent.
            ForeignHostError: The URL, or a redirect, names another host than the endpoint.
            UnexpectedAnswerError: More than five redirects.
            ClientUsageError: The transport was closed, or a header cannot be sent.
        """
        self._origin.require_same(request.url, "the URL of this request")
        for _ in range(_MAX_REDIRECTS + 1):
            response = self._send_once(request)
            target = _redirect_target(request, response)
            if target is None:
                return response
            self._origin.require_same(target, f"the redirect ({response.status}) of {without_query(request.url)}")
            request = attrs.evolve(request, url=target)
        raise UnexpectedAnswerError(f"{without_query(request.url)} redirects more than {_MAX_REDIRECTS} times")

    def _send_once(self, request: Request) -> Response:
        return (self._wire or self._open()).send(request, self._timeout_of(request))

    def _timeout_of(self, request: Request) -> tuple[float, float]:
        if request.timeout is None:
            return self._timeout
        connect, read = self._timeout
        return min(connect, request.timeout), min(read, request.timeout)

    def _open(self) -> _Wire:
        with self._lock:
            if self._closed:
                raise ClientUsageError(f"this transport to {self._origin} was closed; make a new client")
            if self._wire is None:
                self._wire = _Wire.open(self._endpoint, self._verify, self._pool_size)
            return self._wire

    def close(self) -> None:
        """Close the kept connections. Sending afterwards raises ClientUsageError."""
        with self._lock:
            self._closed = True
            wire, self._wire = self._wire, None
        if wire is not None:
            wire.session.close()


def _redirect_target(request: Request, response: Response) -> str | None:
    if response.status not in _REDIRECTS or request.method not in ("GET", "HEAD"):
        return None
    location = response.headers.get("Location")
    return None if location is None else urljoin(request.url, location)


@attrs.frozen
class _Wire:
    """What is known once the HTTP library is there: the session, and what the environment says.

    Requests go straight to the adapter: Session.request would read the environment and netrc and merge
    cookies for each of them, which is half of its cost.
    """

    session: requests.Session
    adapter: HTTPAdapter
    proxies: dict[str, str]
    verify: bool | str
    fixed_headers: dict[str, str]

    @classmethod
    def open(cls, endpoint: str, verify: bool | str, pool_size: int) -> _Wire:
        import requests
        from requests.adapters import HTTPAdapter
        from requests.utils import get_environ_proxies

        session = requests.Session()
        session.trust_env = False
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=pool_size)
        session.mount(endpoint, adapter)
        proxies = dict(get_environ_proxies(endpoint, no_proxy=None))
        fixed = {"Accept-Encoding": "gzip, deflate", "User-Agent": _user_agent()}
        return cls(session, adapter, proxies, _ca_bundle(verify), fixed)

    def send(self, request: Request, timeout: tuple[float, float]) -> Response:
        try:
            answer = self.adapter.send(
                self._prepare(request), timeout=timeout, verify=self.verify, proxies=self.proxies
            )
        except (OSError, ValueError) as error:  # every exception of requests is an OSError
            raise _not_answered(request, error) from error
        try:
            body = answer.raw.read(decode_content=True)
        except Exception as error:
            raise _not_whole(request, error) from error
        return Response(answer.status_code, Headers(answer.headers), body)

    def _prepare(self, request: Request) -> requests.PreparedRequest:
        from requests import PreparedRequest
        from requests.structures import CaseInsensitiveDict

        prepared = PreparedRequest()
        prepared.method = request.method
        prepared.url = request.url
        headers = {**self.fixed_headers, **request.headers}
        if request.body or request.method in ("POST", "PUT", "PATCH"):
            headers["Content-Length"] = str(len(request.body))
        prepared.headers = CaseInsensitiveDict(headers)
        prepared.body = request.body or None
        return prepared


def _user_agent() -> str:
    import platform

    return f"vmss-sdk/{__version__} Python/{platform.python_version()} ({platform.system()} {platform.machine()})"


def _ca_bundle(verify: bool | str) -> bool | str:
    if verify is not True:
        return _existing(verify, "verify") if verify else False
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        if path := os.environ.get(name):
            return _existing(path, name)
    return True


def _existing(path: str, source: str) -> str:
    if not os.path.exists(path):
        raise ClientUsageError(f"{source} names the CA bundle {path!r}, which does not exist")
    return path


def _not_answered(request: Request, error: Exception) -> Exception:
    """Our error for an exception of requests that came instead of an answer.

    What is not known to have happened before anything was sent counts as lost: repeating a request that
    was in fact processed is worse than not repeating one that was not.
    """
    import requests

    place = f"{request.method} {without_query(request.url)}"
    if isinstance(error, requests.ReadTimeout):
        return ResponseTimeoutError(f"{place}: the service did not answer in time; it may have done what it was asked")
    if isinstance(error, requests.exceptions.SSLError):
        return _tls_error(place, error)
    if isinstance(error, ValueError) and not isinstance(error, requests.RequestException):
        return ClientUsageError(f"{place}: a header value cannot be sent (line breaks are not allowed)")
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError) or _never_connected(error):
        return RequestNotSentError(f"{place}: no connection to the service: {_reason(error)}")
    return ResponseLostError(f"{place}: the connection broke before the answer came: {_reason(error)}")


def _tls_error(place: str, error: Exception) -> TransportError:
    import ssl

    cause = next((link for link in _chain(error) if isinstance(link, ssl.SSLError)), None)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return UntrustedCertificateError(
            f"{place}: the server's certificate is not trusted: {cause.verify_message}; for a CA of your own give"
            " HttpTransport(verify=path of the CA bundle) or set REQUESTS_CA_BUNDLE"
        )
    if cause is None or (cause.reason or "") in _HANDSHAKE:
        return RequestNotSentError(f"{place}: no TLS connection: {_reason(error)}")
    return ResponseLostError(f"{place}: TLS failed: {_reason(error)}")


_HANDSHAKE = frozenset(
    {
        "WRONG_VERSION_NUMBER",
        "UNSUPPORTED_PROTOCOL",
        "UNKNOWN_PROTOCOL",
        "HTTP_REQUEST",
        "NO_PROTOCOLS_AVAILABLE",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "TLSV1_UNRECOGNIZED_NAME",
    }
)
"""OpenSSL's reasons that occur only before the first byte of a request."""


def _never_connected(error: Exception) -> bool:
    from urllib3.exceptions import NewConnectionError

    return any(isinstance(link, NewConnectionError) for link in _chain(error))


def _chain(error: BaseException) -> list[BaseException]:
    """The exceptions inside an exception of requests: urllib3's, its reason, the operating system's."""
    links: list[BaseException] = []
    waiting: list[Any] = [error]
    while waiting:
        link = waiting.pop()
        if isinstance(link, BaseException) and link not in links:
            links.append(link)
            waiting += [getattr(link, "reason", None), link.__cause__, link.__context__, *link.args]
    return links


def _reason(error: Exception) -> str:
    """The innermost text, without object addresses and URLs (whose query may be signed)."""
    texts = [str(link) for link in _chain(error) if isinstance(link, OSError) and link.errno is not None]
    if texts:
        return texts[-1]
    return type(_chain(error)[-1]).__name__


def _not_whole(request: Request, error: Exception) -> TransportError:
    from urllib3.exceptions import ReadTimeoutError

    place = f"{request.method} {without_query(request.url)}"
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return ResponseTimeoutError(f"{place}: the answer began but did not go on in time")
    return ResponseLostError(f"{place}: the answer broke off or cannot be decompressed ({type(error).__name__})")
