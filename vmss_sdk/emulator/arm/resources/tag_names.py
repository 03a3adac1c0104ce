"""The names of tags of a subscription: those in use, and those that were made beforehand (``az tag list``)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.inventory import documents
from vmss_sdk.emulator.arm.resources.tag_records import TagName

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["add_value", "delete", "delete_value", "list_all", "put"]

Document = dict[str, Any]
Uses = dict[str, tuple[str, Counter[str]]]
"""By the name in lower case: the name as it was first written, and how often each value is used."""


def list_all(call: Call) -> Reply:
    """All names, with their values and how often they are used."""
    uses = _uses(call)
    for known in _made(call):
        uses.setdefault(known.name.lower(), (known.name, Counter()))
    return Reply(200, {"value": [_document(call, name, uses) for name in sorted(uses)]})


def put(call: Call) -> Reply:
    """Make a name: 201, or 200 when it was made before."""
    name, key = call.values["tagName"], _key(call)
    known = key in call.state.tag_names
    if not known:
        call.state.tag_names[key] = TagName(subscription_id=call.subscription_id, name=name)
    uses = _uses(call)
    uses.setdefault(name.lower(), (name, Counter()))
    return Reply(200 if known else 201, _document(call, name.lower(), uses))


def delete(call: Call) -> Reply:
    """Forget a name that was made (200); 204 when there is none.

    Raises:
        ArmError: It is in use.
    """
    _refuse_used(call)
    return Reply(204 if call.state.tag_names.pop(_key(call), None) is None else 200)


def add_value(call: Call) -> Reply:
    """Make a value of a name: 201, or 200 when it was made before."""
    found, value = _existing(call), call.values["tagValue"]
    known = value in found.values
    if not known:
        found.values.append(value)
        call.state.tag_names[_key(call)] = found
    uses = _uses(call).get(found.name.lower(), ("", Counter()))[1]
    return Reply(200 if known else 201, _value(call, found.name, value, uses[value]))


def delete_value(call: Call) -> Reply:
    """Forget a value that was made (200); 204 when there is none."""
    found, value = _existing(call), call.values["tagValue"]
    if value not in found.values:
        return Reply(204)
    found.values.remove(value)
    call.state.tag_names[_key(call)] = found
    return Reply(200)


def _existing(call: Call) -> TagName:
    found = call.state.tag_names.get(_key(call))
    if found is None:
        raise ArmError.of(ErrorReason.TAG_NAME_NOT_FOUND, name=call.values["tagName"])
    return found


def _refuse_used(call: Call) -> None:
    used = _uses(call).get(call.values["tagName"].lower())
    if used is not None:
        raise ArmError.of(ErrorReason.TAG_NAME_IN_USE, name=used[0])


def _key(call: Call) -> tuple[str, ...]:
    return call.subscription_id.lower(), call.values["tagName"].lower()


def _made(call: Call) -> list[TagName]:
    wanted = call.subscription_id.lower()
    return [found for key, found in call.state.tag_names.items() if key[0] == wanted]


def _uses(call: Call) -> Uses:
    state, subscription = call.state, call.subscription_id
    tagged = [found.get("tags") for found in documents(state, subscription, None)]
    tagged += [group.tags for group in state.groups_of(subscription)]
    own = state.subscription_tags.get((f"/subscriptions/{subscription}".lower(),))
    tagged.append(own.tags if own else None)
    uses: Uses = {}
    for tags in tagged:
        for name, value in (tags or {}).items():
            uses.setdefault(name.lower(), (name, Counter()))[1][str(value)] += 1
    return uses


def _document(call: Call, key: str, uses: Uses) -> Document:
    name, values = uses[key]
    made = call.state.tag_names.get((call.subscription_id.lower(), key))
    shown = dict.fromkeys([*values, *(made.values if made else ())])
    return {
        "id": _id(call, name),
        "tagName": name,
        "count": _count(sum(values.values())),
        "values": [_value(call, name, value, values[value]) for value in shown],
    }


def _value(call: Call, name: str, value: str, uses: int) -> Document:
    return {"id": f"{_id(call, name)}/tagValues/{value}", "tagValue": value, "count": _count(uses)}


def _id(call: Call, name: str) -> str:
    return f"/subscriptions/{call.subscription_id}/tagNames/{name}"


def _count(number: int) -> Document:
    return {"type": "Total", "value": number}
