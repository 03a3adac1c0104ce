"""Carries requests over HTTP(S) with requests, which is imported when the first one is sent."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import attrs

from vmss_sdk._version import __version__
from vmss_sdk.errors import ClientUsageError, UnexpectedAnswerError
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

    Proxies (``HTTPS_PROXY``, ``HTTP_PROXY``, ``NO_PROXY``; never for this machine's loopback) and CA bundles
    (``REQUESTS_CA_BUNDLE``, ``CURL_CA_BUNDLE``) are read from the environment once, before the first request.

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

    origin: Origin
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

        origin = Origin.of(endpoint)
        session = requests.Session()
        session.trust_env = False
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=pool_size)
        session.mount(endpoint, adapter)
        # A proxy on another machine cannot reach this one's loopback, whatever NO_PROXY says or forgets to say.
        proxies = {} if origin.is_loopback else dict(get_environ_proxies(endpoint, no_proxy=None))
        fixed = {"Accept-Encoding": "gzip, deflate", "User-Agent": _user_agent()}
        return cls(origin, session, adapter, proxies, _ca_bundle(verify), fixed)

    def send(self, request: Request, timeout: tuple[float, float]) -> Response:
        try:
            answer = self.adapter.send(
                self._prepare(request), timeout=timeout, verify=self.verify, proxies=self.proxies
            )
        except (OSError, ValueError) as error:  # every exception of requests is an OSError
            from vmss_sdk.transport.failures import not_answered

            raise not_answered(request, self.origin, error) from error
        headers = Headers(answer.headers)
        try:
            body = answer.raw.read(decode_content=False)
            if encoding := headers.get("Content-Encoding"):
                from vmss_sdk.transport.encoding import decoded

                body = decoded(body, encoding)
        except Exception as error:
            from vmss_sdk.transport.failures import not_whole

            raise not_whole(request, headers, error) from error
        return Response(answer.status_code, headers, body)

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
