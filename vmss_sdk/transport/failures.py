"""Transport failures as this SDK's errors: whether the service can have got the request, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.errors import (
    ClientUsageError,
    RequestNotSentError,
    ResponseLostError,
    ResponseTimeoutError,
    TransportError,
    UntrustedCertificateError,
)
from vmss_sdk.transport.origin import Origin, without_query

if TYPE_CHECKING:
    import ssl

    from vmss_sdk.transport.base import Headers, Request

__all__ = ["not_answered", "not_whole"]

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

_EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 10, 62, 64  # OpenSSL's X509_V_ERR_ numbers


def not_answered(request: Request, origin: Origin, error: Exception) -> Exception:
    """Our error for an exception of requests that came instead of an answer.

    What is not known to have happened before anything was sent counts as lost: repeating a request that
    was in fact processed is worse than not repeating one that was not.
    """
    import requests

    place = f"{request.method} {without_query(request.url)}"
    if isinstance(error, requests.ReadTimeout):
        return ResponseTimeoutError(f"{place}: the service did not answer in time; it may have done what it was asked")
    if isinstance(error, requests.exceptions.SSLError):
        return _tls_error(place, origin, error)
    if isinstance(error, ValueError) and not isinstance(error, requests.RequestException):
        return ClientUsageError(f"{place}: a header value cannot be sent (line breaks are not allowed)")
    if isinstance(error, requests.exceptions.ProxyError):
        return RequestNotSentError(
            f"{place}: no connection through the proxy that the environment names"
            f" ({origin.scheme.upper()}_PROXY): {_reason(error)}; NO_PROXY lists hosts to be reached without it"
        )
    if isinstance(error, requests.ConnectTimeout) or _never_connected(error):
        return RequestNotSentError(f"{place}: no connection to the service: {_reason(error)}{_hint(origin, error)}")
    return _broken(place, origin, error)


def _broken(place: str, origin: Origin, error: Exception) -> Exception:
    if _is_tls_alert(error):
        secure = Origin("https", origin.host, origin.port)
        return ClientUsageError(f"{place}: the server there speaks HTTPS and did not read this; use {secure}")
    return ResponseLostError(f"{place}: the connection broke before the answer came: {_reason(error)}")


def not_whole(request: Request, headers: Headers, error: Exception) -> TransportError:
    """Our error for an answer that began and was not whole."""
    from urllib3.exceptions import ReadTimeoutError

    place = f"{request.method} {without_query(request.url)}"
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return ResponseTimeoutError(f"{place}: the answer began but did not go on in time")
    if isinstance(error, ValueError):
        return ResponseLostError(f"{place}: the answer cannot be decompressed: {error}")
    return ResponseLostError(f"{place}: the answer broke off{_how_far(headers, error)}")


def _how_far(headers: Headers, error: Exception) -> str:
    from http.client import IncompleteRead

    cut = next((link for link in _chain(error) if isinstance(link, IncompleteRead)), None)
    if cut is None:
        return f" ({type(error).__name__})"
    expected = headers.get("Content-Length")
    if expected is None:
        return " before its end was announced"
    got = cut.partial if isinstance(cut.partial, int) else len(cut.partial)  # urllib3's own kind holds the number
    return f" after {got} of {expected} bytes"


def _hint(origin: Origin, error: Exception) -> str:
    if not origin.is_loopback or not any(isinstance(link, ConnectionRefusedError) for link in _chain(error)):
        return ""
    return f"; nobody listens at {origin}: is the emulator running? `vmss emulator start` starts it"


def _tls_error(place: str, origin: Origin, error: Exception) -> TransportError:
    import ssl

    cause = next((link for link in _chain(error) if isinstance(link, ssl.SSLError)), None)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return UntrustedCertificateError(
            f"{place}: the server's certificate is not trusted: {cause.verify_message}; {_remedy(origin, cause)}"
        )
    if cause is None or (cause.reason or "") in _HANDSHAKE:
        return RequestNotSentError(f"{place}: no TLS connection: {_reason(error)}")
    return ResponseLostError(f"{place}: TLS failed: {_reason(error)}")


def _remedy(origin: Origin, cause: ssl.SSLCertVerificationError) -> str:
    if cause.verify_code in (_OTHER_NAME, _OTHER_ADDRESS):
        return f"it is not for {origin.host}: use a name that it is for"
    if cause.verify_code == _EXPIRED:
        return "the server needs a new one, or the clock of this machine is wrong"
    emulator = ", which `vmss emulator trust` prints for an emulator" if origin.is_loopback else ""
    return (
        "for a CA of your own set VMSS_CA_BUNDLE (read by from_environment) or REQUESTS_CA_BUNDLE to the path of its"
        f" bundle{emulator}, or give HttpTransport(verify=path)"
    )


def _never_connected(error: Exception) -> bool:
    from urllib3.exceptions import NewConnectionError

    return any(isinstance(link, NewConnectionError) for link in _chain(error))


def _is_tls_alert(error: Exception) -> bool:
    """Whether a server took plain HTTP for a broken handshake: what came is a record of type 21 (RFC 8446, 5.1)."""
    from http.client import BadStatusLine

    return any(isinstance(link, BadStatusLine) and str(link).startswith("\x15\x03") for link in _chain(error))


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
    from http.client import HTTPException, LineTooLong

    links = _chain(error)
    texts = [str(link) for link in links if isinstance(link, OSError) and link.errno is not None]
    # Of those without a number these tell something: a tunnel that was refused, and headers beyond all measure.
    texts += [str(link) for link in links if type(link) in (OSError, HTTPException, LineTooLong)]
    return texts[-1] if texts else type(links[-1]).__name__
