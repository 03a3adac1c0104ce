"""The connection that all handles of one client share: endpoint, credentials, and the rules of an answer."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import attrs

from vmss_sdk import wire
from vmss_sdk._answers import content, document, service_error
from vmss_sdk.credentials import BearerTokens
from vmss_sdk.errors import UnexpectedAnswerError
from vmss_sdk.transport.base import Clock, Request, Response, Transport
from vmss_sdk.transport.notes import tell
from vmss_sdk.transport.origin import Origin, without_query

__all__ = ["Answer", "Connection", "new_request_id", "query_text"]

_REQUEST_ID = "x-ms-client-request-id"
_FIRST_NO_SUCCESS = 300
_UNAUTHORIZED = 401

Query = Mapping[str, str | bool | int | None]


def new_request_id() -> str:
    """The id that one call keeps over its retries, polls and final GET."""
    import uuid  # costs a tenth of this SDK's import, and the first call needs more than that anyway

    return str(uuid.uuid4())


def query_text(query: Query, api_version: str) -> str:
    """The query of a URL; members that are None are left out, booleans are written as ARM does."""
    pairs = [f"{name}={_quoted(value)}" for name, value in query.items() if value is not None]
    return "&".join([*pairs, f"api-version={api_version}"])


def _quoted(value: str | bool | int) -> str:
    return str(value).lower() if isinstance(value, bool) else quote(str(value), safe="")


@attrs.frozen
class Answer:
    """A response together with the request it belongs to."""

    request: Request
    response: Response

    @property
    def document(self) -> dict[str, Any]:
        """The JSON object of the body.

        Raises:
            DecodeError: There is none.
        """
        return document(self.request, self.response)

    @property
    def content(self) -> Any:
        """The JSON value of the body, of any kind.

        Raises:
            DecodeError: It is no JSON.
        """
        return content(self.request, self.response)


@attrs.frozen
class Connection:
    """Sends calls to one endpoint and turns refusals into exceptions.

    Attributes:
        endpoint: Without a trailing slash.
        transport: Sends, and sends again where its policy says so.
        tokens: The Authorization header, or None where none is needed.
        api_version: Of Microsoft.Compute.
        polling_interval: Seconds between two polls when the service does not say.
    """

    endpoint: str
    origin: Origin
    transport: Transport
    tokens: BearerTokens | None
    api_version: str
    polling_interval: float

    @property
    def clock(self) -> Clock:
        """The transport's clock."""
        return self.transport.clock

    def url(self, path: str, query: Query | None = None, api_version: str | None = None) -> str:
        """The URL of a path below the endpoint."""
        return f"{self.endpoint}{path}?{query_text(query or {}, api_version or self.api_version)}"

    def call(
        self,
        method: str,
        url: str,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        request_id: str | None = None,
    ) -> Answer:
        """Send one request.

        Args:
            method: Upper case.
            url: Absolute; also one that the service named.
            body: A JSON document; None sends no body, ``{}`` sends an empty object.
            headers: In addition to the usual ones.
            request_id: Of the call that this request belongs to; a new one by default.

        Raises:
            ServiceError: The status is not 2xx.
            ForeignHostError: The URL is not of this endpoint; nothing was sent.
            TransportError: No answer came.
            CredentialError: The credential has no token for this.
        """
        self.origin.require_same(url, f"the URL {without_query(url)}")
        fields = self._headers(request_id or new_request_id(), headers)
        if body is not None:
            fields["Content-Type"] = "application/json"
        request, response = self._send(Request(method, url, fields, b"" if body is None else wire.encode(body)))
        if not response.status < _FIRST_NO_SUCCESS:
            raise service_error(request, response, self.clock.now())
        tell(response.headers)
        return Answer(request, response)

    def _send(self, request: Request) -> tuple[Request, Response]:
        """Send it; once more when the service wants another kind of token, which a 401 says and processed nothing."""
        response = self.transport.send(request)
        if response.status != _UNAUTHORIZED or self.tokens is None:
            return request, response
        token = self.tokens.after_refusal(response.headers, request.headers["Authorization"])
        if token is None:
            return request, response
        request = attrs.evolve(request, headers={**request.headers, "Authorization": token})
        return request, self.transport.send(request)

    def _headers(self, request_id: str, more: Mapping[str, str] | None) -> dict[str, str]:
        fields = {"Accept": "application/json", _REQUEST_ID: request_id, **(more or {})}
        if self.tokens is not None:
            fields["Authorization"] = self.tokens.header()
        return fields

    def pages(self, url: str) -> Iterator[dict[str, Any]]:
        """The items of a list, page after page; the next page is fetched when it is reached.

        Raises:
            UnexpectedAnswerError: A page has no list, or names itself as the next one.
        """
        request_id = new_request_id()
        while url:
            page = self.call("GET", url, request_id=request_id).document
            items, following = page.get("value"), page.get("nextLink") or ""
            if not isinstance(items, list) or following == url:
                raise UnexpectedAnswerError(
                    f"GET {without_query(url)}: expected a page with value and another nextLink"
                )
            yield from items
            url = following
