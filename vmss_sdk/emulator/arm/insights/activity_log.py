"""The activity log (``Microsoft.Insights/eventtypes/management/values``): who did what, and how it ended.

An entry is told as the events that Azure tells of it: Started, Accepted where an operation was begun, and Succeeded or
Failed when that is over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, document
from vmss_sdk.emulator.arm.paging import page
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.engine.platform import seeded_random

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.insights.records import ActivityEntry
    from vmss_sdk.emulator.arm.state import State

__all__ = ["list_events"]

Document = dict[str, Any]

_AND = re.compile(r"\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)", re.IGNORECASE)
_TEST = re.compile(r"(\w+)\s+(eq|ge|le)\s+(?:'([^']*)'|(\S+))", re.IGNORECASE)
_REFUSED = 400
_TICKS, _EPOCH = 10_000_000, 621_355_968_000_000_000
_CHANNELS = "eventchannels"
_MEMBERS: dict[str, Callable[[Document], str]] = {
    "resourcegroupname": lambda event: str(event["resourceGroupName"]),
    "resourceuri": lambda event: str(event["resourceId"]),
    "resourceid": lambda event: str(event["resourceId"]),
    "resourceprovider": lambda event: str(event["resourceProviderName"]["value"]),
    "resourcetypes": lambda event: str(event["resourceType"]["value"]),
    "correlationid": lambda event: str(event["correlationId"]),
    "caller": lambda event: str(event["caller"]),
    "status": lambda event: str(event["status"]["value"]),
    "levels": lambda event: str(event["level"]),
    "operations": lambda event: str(event["operationName"]["value"]),
}
_HELP = (
    "expected eventTimestamp ge 'TIME', and, joined by 'and', eventTimestamp le 'TIME' and comparisons by eq of"
    " resourceGroupName, resourceUri, resourceProvider, correlationId, caller, status, levels, operations or"
    " resourceTypes."
)


def list_events(call: Call) -> Reply:
    """The events of a subscription that ``$filter`` asks for, the newest first; with ``$select`` these members."""
    tests = _tests(call.query.get("$filter", ""))
    found = [event for event in _events(call.state, call.subscription_id) if all(test(event) for test in tests)]
    found.reverse()  # of the same moment too the newest first
    found.sort(key=lambda event: str(event["eventTimestamp"]), reverse=True)
    shown, link = page(call, found, lambda event: str(event["eventDataId"]))
    selected = {name.strip().lower() for name in call.query.get("$select", "").split(",") if name.strip()}
    items = [_selected(event, selected) for event in shown]
    return Reply(200, {"value": items, **({"nextLink": link} if link else {})})


def _selected(event: Document, names: set[str]) -> Document:
    # the id always, by which it is seen who may read the event
    return {name: value for name, value in event.items() if not names or name == "id" or name.lower() in names}


def _tests(text: str) -> list[Callable[[Document], bool]]:
    """The tests of a filter.

    Raises:
        ArmError: It is another one, or does not say from when on, which Azure asks for.
    """
    tests, begins = [], False
    for part in _AND.split(text.strip()) if text.strip() else ():
        match = _TEST.fullmatch(part.strip().strip("()"))
        if match is None:
            raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=_HELP)
        member, operator, wanted = match[1].lower(), match[2].lower(), match[3] if match[3] is not None else match[4]
        begins = begins or (member, operator) == ("eventtimestamp", "ge")
        tests.append(_test(member, operator, wanted))
    if not begins:
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=_HELP)
    return tests


def _test(member: str, operator: str, wanted: str) -> Callable[[Document], bool]:
    if member == "eventtimestamp" and operator != "eq":
        moment = _moment(wanted)
        if operator == "ge":
            return lambda event: _moment(str(event["eventTimestamp"])) >= moment
        return lambda event: _moment(str(event["eventTimestamp"])) <= moment
    if member == _CHANNELS:
        return lambda _: True  # all events are of the channel Operation
    if operator != "eq" or member not in _MEMBERS:
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=_HELP)
    values = {value.strip().lower() for value in wanted.split(",")}
    return lambda event: _MEMBERS[member](event).lower() in values


def _moment(text: str) -> float:
    try:
        moment = wire.parse_time(text if "T" in text else f"{text}T00:00:00Z")
    except ValueError:
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=f"'{text}' is no time in UTC.") from None
    return moment.timestamp()


@attrs.frozen
class _Stage:
    """One of the events of an entry.

    Attributes:
        status: Started, Accepted, Succeeded or Failed.
        at: When.
        code: The HTTP status that it tells.
        error: Why it failed.
    """

    status: str
    at: float
    code: HTTPStatus
    error: Document | None = None


def _events(state: State, subscription_id: str) -> Iterator[Document]:
    for entry in state.activity.of(subscription_id):
        for stage in _stages(state, entry):
            yield _event(state, entry, stage)


def _stages(state: State, entry: ActivityEntry) -> Iterator[_Stage]:
    answered = _localized_status(entry.status)
    yield _Stage("Started", entry.at, HTTPStatus.OK)
    if entry.status >= _REFUSED:
        yield _Stage("Failed", entry.at, answered, {"code": entry.code, "message": entry.message})
        return
    operation = state.operation(entry.subscription_id, entry.request_id)
    if operation is None:
        yield _Stage("Succeeded", entry.at, answered)
        return
    yield _Stage("Accepted", entry.at, answered)
    ended = operation.ended_at
    if ended is not None and ended <= state.now:
        failure = document(operation.failure) if operation.failure else None
        code = HTTPStatus.CONFLICT if failure else HTTPStatus.OK
        yield _Stage("Failed" if failure else "Succeeded", ended, code, failure)


def _localized_status(status: int) -> HTTPStatus:
    try:
        return HTTPStatus(status)
    except ValueError:  # a fault may give any
        return HTTPStatus.INTERNAL_SERVER_ERROR


def _event(state: State, entry: ActivityEntry, stage: _Stage) -> Document:
    begun, moment = stage.status == "Started", time_text(stage.at)
    data_id = seeded_random.guid(state.settings.seed, entry.request_id, entry.action, stage.status)
    provider, _, rest = entry.action.partition("/")
    kind = rest.rpartition("/")[0]
    kind = kind.rpartition("/")[0] if entry.method == "POST" else kind  # what the action is done to
    phrase = stage.code.phrase.replace(" ", "")
    parts = entry.scope.split("/")
    return {
        "authorization": {"action": entry.action, "scope": entry.scope},
        "caller": entry.caller,
        "channels": "Operation",
        "claims": _claims(state, entry),
        "correlationId": entry.correlation_id,
        "description": "",
        "eventDataId": data_id,
        "eventName": _localized("BeginRequest", "Begin request") if begun else _localized("EndRequest", "End request"),
        "category": _localized("Administrative"),
        "eventTimestamp": moment,
        "id": f"{entry.scope}/events/{data_id}/ticks/{int(stage.at * _TICKS) + _EPOCH}",
        "level": "Error" if stage.status == "Failed" else "Informational",
        "operationId": entry.request_id,
        "operationName": _localized(entry.action),
        "resourceGroupName": parts[4] if len(parts) > 4 and parts[3].lower() == "resourcegroups" else "",  # noqa: PLR2004
        "resourceProviderName": _localized(provider),
        "resourceType": _localized(f"{provider}/{kind}"),
        "resourceId": entry.scope,
        "status": _localized(stage.status),
        "subStatus": _localized("")
        if begun
        else _localized(phrase, f"{stage.code.phrase} (HTTP Status Code: {stage.code})"),
        "submissionTimestamp": moment,
        "subscriptionId": entry.subscription_id,
        "tenantId": state.settings.tenant_id,
        "properties": _properties(entry, stage, phrase),
        "httpRequest": {"clientRequestId": entry.client_request_id, "clientIpAddress": "", "method": entry.method},
    }


def _properties(entry: ActivityEntry, stage: _Stage, phrase: str) -> Document:
    if stage.status == "Started":
        return {}
    told = {"statusCode": phrase, "serviceRequestId": entry.request_id}
    if stage.error is not None:
        told["statusMessage"] = wire.encode({"error": stage.error}).decode()
    return told


def _claims(state: State, entry: ActivityEntry) -> Document:
    if not entry.caller:
        return {}
    return {
        "appid": entry.client_id,
        "http://schemas.microsoft.com/identity/claims/objectidentifier": entry.caller,
        "http://schemas.microsoft.com/identity/claims/tenantid": state.settings.tenant_id,
    }


def _localized(value: str, shown: str | None = None) -> Document:
    return {"value": value, "localizedValue": value if shown is None else shown}
