"""From a request to its answer: routing, version check, handler, errors, and the headers that all answers have."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk._version import __version__
from vmss_sdk.emulator.arm import admission, limits, older_versions
from vmss_sdk.emulator.arm.authorization.locks import check_locks
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, from_refusal
from vmss_sdk.emulator.arm.identity import access
from vmss_sdk.emulator.arm.identity.linked_access import check_linked
from vmss_sdk.emulator.arm.identity.principal import Principal
from vmss_sdk.emulator.arm.insights import activity
from vmss_sdk.emulator.arm.path import Path
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.request_body import MAX_BODY_BYTES
from vmss_sdk.emulator.arm.resources import generic
from vmss_sdk.emulator.arm.routes import ROUTES, SCOPED, SHADOWED, identity
from vmss_sdk.emulator.arm.routes.scoped import ScopedRouter
from vmss_sdk.emulator.arm.routing import Match, MethodNotRoutedError, PathNotRoutedError, Route, Router, served_types
from vmss_sdk.emulator.arm.service_fault_records import ServiceFault
from vmss_sdk.emulator.arm.service_faults import NoAnswerError
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.arm.versions import check_api_version
from vmss_sdk.emulator.arm.views.common import moment_of
from vmss_sdk.emulator.engine.common.refusals import Refused
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.transport.base import Request, Response

__all__ = ["MARK", "Answer", "answer", "answer_internal", "refusal"]

_log = logging.getLogger("vmss_sdk.emulator")
_router = Router(ROUTES)
_shadowed = Router(SHADOWED)
_scoped = ScopedRouter(SCOPED)
_ENTRA = frozenset((*identity.ROUTES, *identity.SHADOWED))
_SERVED = served_types(ROUTES)
_COMMON = {
    "Cache-Control": "no-cache",
    "Pragma": "no-cache",
    "Expires": "-1",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
_NO_BODY = (204,)
_REFUSED = 400
_READS = ("GET", "HEAD")
_WITHOUT_BODY = ("GET", "HEAD", "DELETE")

MARK = "x-vmss-emulator"
"""The header by which clients tell that it is an emulator whose control plane answers."""


@attrs.frozen
class Answer:
    """An answer that is not JSON text yet: nothing in it changes any more, so it can be written while others act.

    Attributes:
        status: The HTTP status.
        headers: All but those about the body.
        document: The body; None: it is `content`.
        content: A body that is no JSON.
    """

    status: int
    headers: dict[str, str]
    document: Any = attrs.field(default=None, repr=False)
    content: bytes = attrs.field(default=b"", repr=False)

    def response(self) -> Response:
        """The answer as it is sent."""
        if self.document is None:
            return Response(self.status, self.headers, self.content)
        headers = {**self.headers, "Content-Type": "application/json; charset=utf-8"}
        return Response(self.status, headers, wire.encode(self.document))


def answer(state: State, request: Request) -> Answer:
    """The answer to a request, whatever the request; the state changes only when it is a success.

    Raises:
        NoAnswerError: A fault is set that lets this request go unanswered.
    """
    state.begin()
    state.requests += 1
    call = Call.of(state, request, _read_id(state))
    try:
        reply = _reply(call)
        _note(call, reply)
        return _finish(call, reply)
    except NoAnswerError:
        raise
    except Exception as error:
        _log_failure(call, error)
        return _finish(call, _refusal(_internal(call)))


def refusal(state: State, head: Request, error: ArmError | None) -> Answer | None:
    """The answer to a request whose body is not there.

    Args:
        state: What it would act on.
        head: The request without its body.
        error: What is wrong with the body; who may not call at all is told that in its place.

    Returns:
        None when the body is wanted: the caller may call, and `error` is None.
    """
    state.now = state.clock.now()
    call = Call.of(state, head, _read_id(state))
    try:
        _admitted(call, whole=False)
    except ArmError as found:
        error = found
    except Exception as failure:
        _log_failure(call, failure)
        error = _internal(call)
    if error is None:
        return None
    state.requests += 1
    call.request_id = _read_id(state)
    return _finish(call, _refusal(error))


def answer_internal(
    state: State, method: str, path: str, body: bytes, caller: Principal | None, *, headers: Mapping[str, str]
) -> Reply:
    """The answer to a request that the emulator makes of itself, by the handlers that clients reach too.

    Args:
        state: What it acts on.
        method: GET, PUT …
        path: With the query.
        body: JSON text, or empty.
        caller: For whom it does that, and by whose rights; None where nobody is asked.
        headers: Those that the request has.

    Raises:
        ArmError: It is refused.
    """
    if method in _READS:
        state.requests += 1
    else:
        state.writes += 1
    request = Request(method, f"http://localhost{path}", dict(headers), body)
    call = Call.of(state, request, _read_id(state) if method in _READS else _write_id(state), caller)
    try:
        reply = _internal_reply(call)
        _note(call, reply)
        return reply
    except Refused as refused:
        raise _recorded_refusal(call, from_refusal(refused)) from None
    except ArmError as error:
        raise _recorded_refusal(call, error) from None
    except Exception as error:
        _log_failure(call, error)
        raise _internal(call) from None


def _internal_reply(call: Call) -> Reply:
    call.route = route = _route(call)
    if route.versioned:
        check_api_version(call)
    access.authorize(call)
    check_linked(call)
    check_locks(call)
    older_versions.translated(call)
    reply = _carried_out(call, route, lambda call, route: route.handler(call))
    return older_versions.shaped(call, reply)


def _carried_out(call: Call, route: Route, act: Callable[[Call, Route], Reply]) -> Reply:
    """The answer; what is kept of what it may change holds neither while it is carried out nor afterwards."""
    if route.method in _READS:
        return act(call, route)
    call.state.mark_changed(call.values)
    try:
        return act(call, route)
    finally:
        call.state.mark_changed(call.values)


def _note(call: Call, reply: Reply) -> None:
    """Keep it in the activity log; what the emulator does by itself, by nobody's order, is not in there."""
    if call.caller is None and call.state.authenticates:
        return
    error = reply.document.get("error") if isinstance(reply.document, dict) and reply.status >= _REFUSED else None
    error = error if isinstance(error, dict) else {}
    activity.note(call, reply.status, str(error.get("code", "")), str(error.get("message", "")))


def _recorded_refusal(call: Call, error: ArmError) -> ArmError:
    _note(call, _refusal(error))
    return error


def _log_failure(call: Call, error: Exception) -> None:
    # neither the error's own text nor its values: they may hold what was sent, and that may be a secret
    where = "".join(traceback.format_tb(error.__traceback__))
    template = call.route.template if call.route else "routing"
    _log.error("request %s: %s failed with %s\n%s", call.request_id, template, type(error).__name__, where)


def _reply(call: Call) -> Reply:
    try:
        route = _admitted(call)
        reply = _carried_out(call, route, _handled_or_lost)
        return access.only_visible(call, older_versions.shaped(call, reply))
    except ArmError as error:
        return _refusal(error)
    except Refused as refused:
        return _refusal(from_refusal(refused))


def _handled_or_lost(call: Call, route: Route) -> Reply:
    untouched = call.url.path.is_control or call.is_foreign
    fault = None if untouched else _fault(call, named_only=route in _ENTRA)
    return _handled(call, route) if fault is None else fault.answer(call, route)


def _fault(call: Call, *, named_only: bool) -> ServiceFault | None:
    method, path = call.request.method.upper(), call.url.path.key
    return call.state.faults.find(method, path, call.state.now, named_only=named_only)


def _handled(call: Call, route: Route) -> Reply:
    if not route.poll:
        may_wait = route.waits and route not in _ENTRA and (route.versioned or route.method != "GET")
        call.state.note(route.method, call.request.url, may_wait=may_wait)
    older_versions.translated(call)
    reply: Reply = route.handler(call)
    return reply


def _admitted(call: Call, *, whole: bool = True) -> Route:
    """The route of a call that may go on; who calls is found out before whether there is such a route.

    Args:
        call: The call.
        whole: Whether its body is there; that tells the location which the refusal of an api-version names.
    """
    if call.state.replayed is None:
        admission.admit(call)
    try:
        call.route = route = _route(call)
    except ArmError:
        access.authenticate(call)
        raise
    access.authenticate(call)
    if whole and route.kept and route.method not in _READS:
        call.state.accept(call.caller)
        call.request_id = _write_id(call.state)
    if route.versioned and (whole or route.method in _WITHOUT_BODY):
        check_api_version(call)
    access.authorize(call)
    if len(call.request.body) > MAX_BODY_BYTES:
        raise ArmError.of(ErrorReason.BODY_TOO_LARGE)
    if not call.url.path.is_control and route not in _ENTRA:
        admission.check_media_type(call)
    check_linked(call)
    check_locks(call)
    return route


def _route(call: Call) -> Route:
    method, path = call.request.method.upper(), call.url.path
    try:
        found = _match(method, path)
    except PathNotRoutedError:
        raise ArmError.of(ErrorReason.UNKNOWN_TYPE, path=path) from None
    except MethodNotRoutedError as error:
        raise ArmError.of(ErrorReason.METHOD_NOT_ALLOWED, {"Allow": str(error)}, method=method) from None
    call.values = dict(found.values)
    call.use_path(found.path)
    return found.route


@lru_cache(maxsize=2048)
def _match(method: str, path: Path) -> Match:
    """As the table has it, as what is at every scope, or as the resources that are only kept."""
    for router in (_router, _shadowed, _scoped):
        with suppress(PathNotRoutedError):
            return router.match(method, path)
    return generic.match(method, path, _SERVED)


def _refusal(error: ArmError) -> Reply:
    headers = {"x-ms-failure-cause": "gateway", **error.headers} if error.gateway else error.headers
    return Reply(error.status, {"error": error.error}, headers)


def _internal(call: Call) -> ArmError:
    subscription = call.values.get("subscriptionId", "")
    return ArmError.of(
        ErrorReason.INTERNAL, time=_http_date(int(call.state.now)), subscription=subscription, tracking=call.request_id
    )


def _finish(call: Call, reply: Reply) -> Answer:
    route = call.route
    headers = {**_COMMON, **_identity(call), **reply.headers, "Date": _date(int(call.state.now))}
    if route is not None and "x-ms-failure-cause" not in headers:
        headers = {**limits.headers(route), **headers}
    if call.url.path.is_control:
        headers[MARK] = __version__
    if "Sec-Fetch-Site" in call.request.headers:
        # a browser would remember it for every server of that name: whatever else of this machine it is shown over HTTP
        del headers["Strict-Transport-Security"]
    if call.request.method.upper() == "HEAD" or reply.status in _NO_BODY:
        return Answer(reply.status, headers)
    return Answer(reply.status, headers, reply.document, reply.content)


def _identity(call: Call) -> dict[str, str]:
    asked = call.request.headers
    correlation = _plain(asked.get("x-ms-correlation-request-id", "")) or call.request_id
    found = {
        "x-ms-request-id": call.request_id,
        "x-ms-correlation-request-id": correlation,
        "x-ms-routing-request-id": f"WESTUS:{_http_date(int(call.state.now))}:{correlation}",
    }
    if asked.get("x-ms-return-client-request-id", "").lower() == "true" and "x-ms-client-request-id" in asked:
        found["x-ms-client-request-id"] = _plain(asked["x-ms-client-request-id"])
    return found


def _plain(value: str) -> str:
    """What may be sent back in a header."""
    return value if value.isascii() and value.isprintable() else ""


@lru_cache(maxsize=8)
def _prefix(seed: int, of: str) -> str:
    return seeded_random.guid(seed, of)[:24]


def _write_id(state: State) -> str:
    return f"{_prefix(state.settings.seed, 'request ids')}{state.writes:012x}"


def _read_id(state: State) -> str:
    """Of what nothing that is kept may depend on."""
    return f"{_prefix(state.settings.seed, 'ids of reads')}{state.requests:012x}"


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return format_datetime(moment_of(second), usegmt=True)


@lru_cache(maxsize=2)
def _http_date(second: int) -> str:
    return moment_of(second).strftime("%Y%m%dT%H%M%SZ")
