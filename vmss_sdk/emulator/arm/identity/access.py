"""Access checks: the token of a call, and the rights of its principal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

import attrs

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem, document
from vmss_sdk.emulator.arm.identity.directory import AZURE_AUDIENCES, OWNER
from vmss_sdk.emulator.arm.identity.grants import may, scopes_of
from vmss_sdk.emulator.arm.identity.principal import EVERYWHERE, Role, is_within
from vmss_sdk.emulator.arm.identity.tokens import BadTokenError
from vmss_sdk.emulator.arm.views.common import moment_of

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.identity.directory import Directory
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.replies import Reply

__all__ = ["asked", "authenticate", "authorize", "only_visible"]

_PRINCIPALS = "principals"
_VERBS = {"GET": "read", "HEAD": "read", "PUT": "write", "PATCH": "write", "DELETE": "delete", "POST": "action"}
_READERS = (Role.OWNER, Role.CONTRIBUTOR, Role.READER)
_GRAPH = ("v1.0",)
"""CHOICE: whoever has a token may read the directory; Entra ID asks applications for a permission of their own."""
_RESOURCE_GRAPH = "/providers/microsoft.resourcegraph/resources"
"""Everybody may ask it, and gets what it may read."""
_MISSING = "The authentication failed because of missing 'Authorization' header."
_POLLS = ("/locations/operations/read", "/operationresults/read")
"""Who was given the URL of an operation may ask how it goes, also when it may do nothing else in the subscription."""
_FOR_ALL = ("/tenants", "/subscriptions")
"""Lists that everybody gets, of what they may see."""
_OFFER = re.compile(r"/subscriptions/[^/]+/(?:locations|providers)/[^/]+", re.IGNORECASE)
_ROOMS = re.compile(
    r"/tenants|/subscriptions(/[^/]+(/resourceGroups|/resources|/locations|/providers"
    r"|/providers/Microsoft\.Insights/eventtypes/management/values"
    r"|/providers/[^/]+(/(locations/[^/]+/virtualMachineScaleSets|\w+))?)?)?",
    re.IGNORECASE,
)
"""What whoever may read anything in a subscription may read of it: itself, its regions and providers, and lists of
resources, which then have only those that it may read."""


def authenticate(call: Call) -> None:
    """Find out who calls, where that matters.

    A write that is carried out again comes from whom it came.

    Raises:
        ArmError: It is not known: 401.
    """
    if call.state.replayed is not None:
        call.caller = call.state.replayed.caller
        return
    directory = call.state.directory
    if directory is None or (call.route is not None and call.route.public):
        return
    call.caller = _caller(call, directory)


def _caller(call: Call, directory: Directory) -> Principal:
    header = call.request.headers.get("Authorization", "")
    if not header.strip():
        _refuse(call, directory, Problem(ErrorReason.TOKEN_MISSING), _MISSING)
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        _refuse(call, directory, Problem(ErrorReason.TOKEN_MALFORMED))
    if directory.is_owner_secret(token.strip()):
        return OWNER
    try:
        claims = directory.read(token.strip())
    except BadTokenError:
        _refuse(call, directory, Problem(ErrorReason.TOKEN_INVALID))
    now = directory.clock.now()
    if now >= claims.expires_on:
        facts = {"expiry": _us_time(claims.expires_on), "now": _us_time(now)}
        _refuse(call, directory, Problem(ErrorReason.TOKEN_EXPIRED, facts))
    if now < claims.not_before:
        facts = {"begin": _us_time(claims.not_before), "now": _us_time(now)}
        _refuse(call, directory, Problem(ErrorReason.TOKEN_EARLY, facts))
    if not directory.accepts(claims.audience):
        allowed = ",".join(f"'{name}'" for name in (*AZURE_AUDIENCES, f"{call.url.base}/", call.url.base))
        _refuse(call, directory, Problem(ErrorReason.TOKEN_AUDIENCE, {"audience": claims.audience, "allowed": allowed}))
    return directory.holder(claims)


def _refuse(call: Call, directory: Directory, problem: Problem, description: str = "") -> NoReturn:
    text = description or str(document(problem)["message"])
    challenge = (
        f'Bearer authorization_uri="{call.url.base}/{directory.tenant_id}", error="invalid_token",'
        f' error_description="{_quotable(text)}"'
    )
    raise ArmError([problem], {"WWW-Authenticate": challenge})


def _quotable(text: str) -> str:
    """A text that may stand in a header between quotation marks; an audience may be anything."""
    return "".join(letter for letter in text if letter.isascii() and letter.isprintable() and letter not in '"\\')


def _us_time(seconds: float) -> str:
    """A moment as it was reported: ``8/17/2017 10:54:41 PM``."""
    moment = moment_of(seconds)
    hour = moment.hour % 12 or 12
    return f"{moment.month}/{moment.day}/{moment.year} {hour}:{moment:%M:%S} {'AM' if moment.hour < 12 else 'PM'}"  # noqa: PLR2004


def authorize(call: Call) -> None:
    """See whether the caller may do this.

    Raises:
        ArmError: It may not: 403.
    """
    caller = call.caller
    if caller is None or (_may_read_everything(caller) and call.request.method.upper() == "GET"):
        return
    action, scope = asked(call)
    if may(call.state, caller, action, scope) or _is_free(call, caller, action, scope):
        return
    facts = {"client": caller.client_id, "object": caller.object_id, "action": action, "scope": scope}
    raise ArmError([Problem(ErrorReason.NOT_AUTHORIZED, facts)])


def _may_read_everything(caller: Principal) -> bool:
    return caller.scope == EVERYWHERE and caller.role in _READERS


def _is_free(call: Call, caller: Principal, action: str, scope: str) -> bool:
    """Whether this is answered to everybody who may do anything in the subscription, or who has a token at all."""
    path = call.url.path
    if (
        (action.endswith("/read") and path.key in _FOR_ALL)
        or path.segments[:1] == _GRAPH
        or path.key == _RESOURCE_GRAPH
    ):
        return True
    if not (action.endswith(_POLLS) or (action.endswith("/read") and _ROOMS.fullmatch(path.text))):
        return False
    subscription = "/".join(scope.split("/")[:3])
    return any(is_within(granted, subscription) for granted in scopes_of(call.state, caller))


def asked(call: Call) -> tuple[str, str]:
    """What a call is about to do, and over which scope, as ARM names them.

    After the last ``providers/Namespace`` of a path, types and names alternate; the types, and what the method means,
    are the action: ``Microsoft.Compute/virtualMachineScaleSets/start/action``. A type without a name (a list, or the
    verb of a POST) does not belong to the scope.
    """
    verb = _VERBS.get(call.request.method.upper(), "action")
    words = call.url.path.segments
    if call.url.path.is_control:
        kind = "Microsoft.Authorization/roleAssignments" if _PRINCIPALS in words[1:2] else "Emulator/control"
        return f"{kind}/{'read' if verb == 'read' else 'write'}", EVERYWHERE
    last = max((i for i, word in enumerate(words) if word.lower() == "providers"), default=len(words))
    namespace, rest = (words[last + 1], words[last + 2 :]) if last + 2 < len(words) else ("Microsoft.Resources", words)
    scope = words[:-1] if len(rest) % 2 else words
    return "/".join([namespace, *rest[0::2], verb]), f"/{'/'.join(scope)}"


def only_visible(call: Call, reply: Reply) -> Reply:
    """The answer without what the caller may not read, where it may not read all of a list."""
    caller = call.caller
    if caller is None or _may_read_everything(caller) or not isinstance(reply.document, dict):
        return reply
    items = reply.document.get("value")
    if not isinstance(items, list) or not _ROOMS.fullmatch(call.url.path.text):
        return reply
    granted = list(scopes_of(call.state, caller))
    shown = [item for item in items if _is_visible(item, granted)]
    page = {**reply.document, "value": shown}
    if "count" in page:
        page["count"] = {"type": "Total", "value": len(shown)}
    return attrs.evolve(reply, document=page)


def _is_visible(item: object, granted: list[str]) -> bool:
    """Whether the caller may read an item of a list, or something in it.

    Whatever is in no subscription is free, and so is what a subscription offers: its regions and providers.
    """
    place = item.get("id") if isinstance(item, dict) else None
    if not isinstance(place, str) or not place.lower().startswith("/subscriptions/") or _OFFER.fullmatch(place):
        return True
    return any(is_within(place, scope) or is_within(scope, place) for scope in granted)
