"""Azure's clouds, and any other place that speaks ARM: where it is, and who gives tokens for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

import attrs

from vmss_sdk.errors import ClientUsageError, DecodeError, UnexpectedAnswerError
from vmss_sdk.transport.base import Request
from vmss_sdk.transport.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vmss_sdk.transport.base import Transport

__all__ = ["DEFAULT_SUBSCRIPTION", "Cloud"]

DEFAULT_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
"""The subscription of an emulator when nobody names another: it takes any, and an empty one has this."""

_METADATA = "/metadata/endpoints?api-version=2022-09-01"
_OK = 200


@attrs.frozen
class Cloud:
    """A place that speaks ARM.

    The three of Azure are `Cloud.PUBLIC`, `Cloud.CHINA` and `Cloud.US_GOVERNMENT`; any other (Azure Stack Hub, an
    emulator) can be asked what it is by `Cloud.discover`.

    Attributes:
        name: As ``az cloud list`` writes it.
        endpoint: Where requests go, without a trailing slash.
        audience: Whom tokens are for; their scope is ``<audience>/.default``.
        authority_host: Who gives tokens; credentials of azure-identity take it as ``authority=``.
    """

    PUBLIC: ClassVar[Cloud]
    CHINA: ClassVar[Cloud]
    US_GOVERNMENT: ClassVar[Cloud]

    name: str
    endpoint: str
    audience: str
    authority_host: str

    @classmethod
    def named(cls, name: str) -> Cloud:
        """One of Azure's clouds by the name that az, azure-core or Az give it; case and separators do not matter.

        Raises:
            ClientUsageError: There is no such cloud.
        """
        found = _BY_NAME.get(_plain(name))
        if found is None:
            known = ", ".join(repr(cloud.name) for cloud in _CLOUDS)
            raise ClientUsageError(f"there is no cloud {name!r}: expected one of {known}, or give an endpoint instead")
        return found

    @classmethod
    def at(cls, endpoint: str) -> Cloud | None:
        """The cloud of Azure whose endpoint this is; None when it is none of Azure's.

        Raises:
            ClientUsageError: It is no absolute http or https URL.
        """
        origin = str(Origin.of(endpoint))
        return next((cloud for cloud in _CLOUDS if cloud.endpoint == origin), None)

    @classmethod
    def of_authority(cls, authority_host: str) -> Cloud | None:
        """The cloud of Azure to which this authority belongs; None when it is none of Azure's."""
        host = _host(authority_host)
        return next((cloud for cloud in _CLOUDS if _host(cloud.authority_host) == host), None)

    @classmethod
    def discover(cls, endpoint: str, *, transport: Transport | None = None) -> Cloud:
        """Ask an endpoint what it is: one GET of ``/metadata/endpoints``, without a token.

        Who answers there decides where secrets are sent to get tokens, so ask only an endpoint that you trust.

        Args:
            endpoint: Where ARM is spoken: Azure Stack Hub, an emulator, any cloud of Azure.
            transport: What carries the request; by default HTTP to the endpoint.

        Raises:
            UnexpectedAnswerError: What answered speaks no ARM, or names an authority that is not HTTPS.
            TransportError: No answer came.
            ClientUsageError: The endpoint is no absolute http or https URL.
        """
        origin, base = Origin.of(endpoint), endpoint.rstrip("/")
        carrier = transport or _http(base)
        try:
            answer = carrier.send(Request("GET", base + _METADATA, {"Accept": "application/json"}))
            if answer.status != _OK:
                raise UnexpectedAnswerError(f"GET {base}/metadata/endpoints: expected 200, got {answer.status}")
            document = _decoded(base, answer.json)
        finally:
            if transport is None:
                carrier.close()
        return _read(base, _of_endpoint(document, origin))


Cloud.PUBLIC = Cloud(
    "AzureCloud", "https://management.azure.com", "https://management.azure.com", "https://login.microsoftonline.com"
)
Cloud.CHINA = Cloud(
    "AzureChinaCloud",
    "https://management.chinacloudapi.cn",
    "https://management.chinacloudapi.cn",
    "https://login.chinacloudapi.cn",
)
Cloud.US_GOVERNMENT = Cloud(
    "AzureUSGovernment",
    "https://management.usgovcloudapi.net",
    "https://management.core.usgovcloudapi.net",  # not the endpoint: azure-mgmt-core asks for this one
    "https://login.microsoftonline.us",
)

_CLOUDS = (Cloud.PUBLIC, Cloud.CHINA, Cloud.US_GOVERNMENT)
_BY_NAME = {
    # az; azure-core's AZURE_CLOUD; what remains are the words that people type.
    **{cloud.name.lower(): cloud for cloud in _CLOUDS},
    **{"azurepubliccloud": Cloud.PUBLIC, "azureusgovernmentcloud": Cloud.US_GOVERNMENT},
    **{"public": Cloud.PUBLIC, "china": Cloud.CHINA, "usgovernment": Cloud.US_GOVERNMENT},
}


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "").replace("-", "")


def _host(authority: str) -> str:
    """The host of an authority, which azure-identity allows to be written without its scheme."""
    url = authority if "://" in authority else f"https://{authority}"
    return (urlsplit(url).hostname or "").lower()


def _is_private(url: str) -> bool:
    try:
        return Origin.of(url).is_private
    except ClientUsageError:
        return False


def _http(endpoint: str) -> Transport:
    from vmss_sdk.transport.http import HttpTransport

    return HttpTransport(endpoint)


def _decoded(base: str, read: Any) -> Any:
    try:
        return read()
    except ValueError:
        raise DecodeError(f"GET {base}/metadata/endpoints: the answer is no JSON, so nobody there speaks ARM") from None


def _of_endpoint(document: Any, origin: Origin) -> Any:
    """Azure lists all its clouds wherever it is asked; Azure Stack Hub and emulators tell of themselves only."""
    if not isinstance(document, list):
        return document
    return next((entry for entry in document if str(origin) in _managers(entry)), None)


def _managers(entry: Any) -> Iterator[str]:
    if isinstance(entry, dict) and isinstance(manager := entry.get("resourceManager"), str):
        yield manager.rstrip("/").lower()


def _read(endpoint: str, entry: Any) -> Cloud:
    """CHOICE: of several audiences the endpoint itself is taken, else the first: both are valid for ARM."""
    authentication = entry.get("authentication") if isinstance(entry, dict) else None
    authentication = authentication if isinstance(authentication, dict) else {}
    audiences = [text.rstrip("/") for text in authentication.get("audiences") or () if isinstance(text, str)]
    authority = authentication.get("loginEndpoint")
    if not (audiences and isinstance(authority, str)):
        raise UnexpectedAnswerError(
            f"GET {endpoint}/metadata/endpoints: expected authentication.loginEndpoint and authentication.audiences"
            f" of {endpoint}, got none"
        )
    if not _is_private(authority):
        raise UnexpectedAnswerError(
            f"GET {endpoint}/metadata/endpoints: names the authority {authority!r}, to which no secret may be sent"
        )
    audience = next((text for text in audiences if text.lower() == endpoint.lower()), audiences[0])
    return Cloud(str(entry.get("name") or endpoint), endpoint, audience, authority.rstrip("/"))
