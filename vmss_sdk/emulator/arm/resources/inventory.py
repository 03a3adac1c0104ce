"""Lists of the resources of a subscription or a group, of all types: ``az resource list``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.odata import Comparison, comparisons
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.arm.views.instance import machine_document
from vmss_sdk.emulator.arm.views.scale_set import scale_set_document

__all__ = ["documents", "filter_of", "list_all", "list_in_group", "matches"]

Document = dict[str, Any]

_SHOWN = ("id", "name", "type", "kind", "managedBy", "location", "identity", "plan", "sku", "zones", "tags")
_EXTRA = ("createdTime", "changedTime", "provisioningState")
_MEMBERS = {name.lower(): name for name in ("name", "location", "resourceType", "resourceGroup", "kind")}
_MEMBERS |= {name.lower(): name for name in ("tagName", "tagValue")}
_HELP = (
    "expected comparisons such as resourceType eq 'Microsoft.Network/loadBalancers', joined by 'and', of"
    f" {', '.join(_MEMBERS.values())}."
)


def list_all(call: Call) -> Reply:
    """The resources of a subscription."""
    return _list(call, None)


def list_in_group(call: Call) -> Reply:
    """The resources of a resource group."""
    return _list(call, call.state.group(call.subscription_id, call.values["resourceGroupName"]).name)


def matches(document: Document, tests: list[Comparison]) -> bool:
    """Whether a resource, or a resource group, is what all comparisons ask for."""
    return all(_holds(test, document) for test in tests)


def filter_of(call: Call) -> list[Comparison]:
    """The comparisons of a request's ``$filter``.

    Raises:
        ArmError: It is none that is served.
    """
    try:
        tests = comparisons(call.query.get("$filter", ""))
    except ValueError:
        tests = [Comparison("", "", "")]
    if any(test.member not in _MEMBERS for test in tests):
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=_HELP)
    return tests


def _list(call: Call, group: str | None) -> Reply:
    tests = filter_of(call)
    expanded = {name.strip().lower() for name in call.query.get("$expand", "").split(",")}
    extra = [name for name in _EXTRA if name.lower() in expanded]
    found = [
        {name: document[name] for name in (*_SHOWN, *extra) if name in document}
        for document in documents(call.state, call.subscription_id, group)
        if matches(document, tests)
    ]
    return Reply(200, {"value": found[: _top(call, len(found))]})


def _top(call: Call, length: int) -> int:
    text = call.query.get("$top", str(length))
    if not (text.isascii() and text.isdecimal()):
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$top", why="expected a whole number >= 0.")
    return int(text[:9])


def documents(state: State, subscription_id: str, group: str | None) -> Iterator[Document]:
    """The resources of a subscription, or of one of its groups, as a GET shows them, with their times."""
    for scale_set in state.scale_sets_of(subscription_id, group):
        document = scale_set_document(scale_set)
        yield _timed(document, scale_set.created_at, scale_set.created_at)
        for instance in list(scale_set.instances.values()) if scale_set.flexible else ():
            yield _timed(machine_document(scale_set, instance), scale_set.created_at, scale_set.created_at)
    for machine in state.machines_of(subscription_id, group):
        yield _timed(machine_document(machine, machine.instance), machine.created_at, machine.instance.changed_at)
    for found in state.resources.of(subscription_id, group):
        # children are listed when Azure tracks them by themselves, which shows in their having a region
        if found.type.count("/") == 1 or found.location:
            yield _timed(found.shown(), found.created_at, found.changed_at)


def _timed(document: Document, created: float, changed: float) -> Document:
    state = document.get("properties", {}).get("provisioningState", "Succeeded")
    times = {"createdTime": time_text(created), "changedTime": time_text(changed)}
    return {**document, **times, "provisioningState": state}


def _holds(test: Comparison, document: Document) -> bool:
    tags = document.get("tags") or {}
    if test.member == "tagname":
        return any(test.holds(name) for name in tags)
    if test.member == "tagvalue":
        return any(test.holds(value) for value in tags.values())
    return test.holds(str(_value(document, test.member)))


def _value(document: Document, member: str) -> Any:
    if member == "resourcegroup":
        parts = str(document.get("id", "")).split("/")
        return parts[4] if len(parts) > 4 and parts[3].lower() == "resourcegroups" else ""  # noqa: PLR2004
    return document.get("type" if member == "resourcetype" else member, "")
