"""Refusals by the origin of a request: names of other servers, and pages of other sites.

A browser sends what any page tells it to, from inside this machine. It says of which site the page is, and a page
cannot make it say otherwise; and a page whose own name was made to mean this machine still names itself in ``Host``.
Programs that are no browsers send none of these headers but ``Host``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.names import HostAndPort, host_and_port

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["admit", "check_media_type"]

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = ("same-origin", "none")
"""``none``: the user typed the address."""
_SITE = "Sec-Fetch-Site"
"""CHOICE: what a browser reads moves no virtual clock: a page reads to show, not to wait, and has a button for that."""
_JSON = "application/json"
_NOTHING = b"{}"
"""CHOICE: an empty object is taken as whatever it is sent: Microsoft's client for Python says of it ``text/plain``."""
_PORTS = {"http": "80", "https": "443"}


def admit(call: Call) -> None:
    """See whether a request may have come this way; one of this process always may.

    A page of another site may read, because the browser does not show it the answer; then the call is marked as
    foreign, and does nothing that a read may do beside: no clock skips, no fault is used up.

    Raises:
        ArmError: ``Host`` is no host (400), or none of this server's names (421); or a page of another site would
            change something, or asks the control plane (403).
    """
    names = call.state.names
    if names is None:
        return
    host = None
    if said := call.request.headers.get("Host", "").strip():  # HTTP/1.0 may go without; a browser does not
        host = host_and_port(said)
        if host is None:
            raise ArmError.of(ErrorReason.HOST_INVALID)
        if not names.include(host[0]):
            raise ArmError.of(ErrorReason.HOST_UNKNOWN, host=host[0])
    call.is_foreign = _is_foreign(call, host)
    if _SITE in call.request.headers:
        call.state.skip_on_poll = False
    if not call.is_foreign:
        return
    if call.url.path.is_control or call.request.method.upper() not in _SAFE:
        raise ArmError.of(ErrorReason.CROSS_SITE)


def _is_foreign(call: Call, host: HostAndPort | None) -> bool:
    headers = call.request.headers
    if headers.get(_SITE, "none").strip().lower() not in _OWN_SITE:
        return True
    origin = headers.get("Origin")
    if origin is None:
        return False
    scheme, _, place = origin.strip().partition("://")
    found = host_and_port(place)
    return found is None or host is None or _with_port(found, scheme) != _with_port(host, scheme)


def _with_port(place: HostAndPort, scheme: str) -> HostAndPort:
    """The port that a browser leaves out is that of the page's scheme, which a proxy may have taken away."""
    return place[0], place[1] or _PORTS.get(scheme.lower(), "")


def check_media_type(call: Call) -> None:
    """See that a body is said to be JSON, as ARM does.

    Source: the text is quoted in Azure's documentation, with ``<null>`` where nothing was said. In this process a body
    is JSON by agreement, see `Request`.

    Raises:
        ArmError: It is said to be something else: 415.
    """
    if call.request.method.upper() in _SAFE or call.request.body in (b"", _NOTHING):
        return
    said = call.request.headers.get("Content-Type", "").strip()
    if not said and call.state.names is None:
        return
    if said.partition(";")[0].strip().lower() != _JSON:
        raise ArmError.of(ErrorReason.MEDIA_TYPE, type=said.partition(";")[0].strip() or "<null>")
