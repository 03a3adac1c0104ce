"""Tags at a scope (``Microsoft.Resources/tags/default``), which are the resource's own, and the names of tags.

Source: the Tags operations of Microsoft.Resources, and "Use tags to organize your Azure resources" for the limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from vmss_sdk import wire
from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.deployments.internal_requests import api_version_for
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.address import parse
from vmss_sdk.emulator.arm.resources.scopes import existing_scope, resource_document
from vmss_sdk.emulator.arm.resources.tag_records import SubscriptionTags

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.state import ResourceGroup, State

__all__ = ["delete", "get", "patch", "put"]

Tags = dict[str, str]

_TYPE = "Microsoft.Resources/tags"
_MOST, _LONGEST_NAME, _LONGEST_VALUE = 50, 512, 256
_RESERVED = frozenset("<>%&\\?/")


def get(call: Call) -> Reply:
    """The tags of a scope."""
    scope = _scope(call)
    return _shown(scope, _tags_of(call.state, scope))


def put(call: Call) -> Reply:
    """Put these in place of all tags of a scope."""
    scope, (_, given) = _scope(call), _body(call)
    return _set(call, scope, given)


def patch(call: Call) -> Reply:
    """Change some of the tags: Merge, Replace or Delete. Names are compared without regard to case."""
    scope, (operation, given) = _scope(call), _body(call, with_operation=True)
    there = _tags_of(call.state, scope)
    if operation == "replace":
        return _set(call, scope, given)
    wanted = {name.lower(): value for name, value in given.items()}
    if operation == "delete":
        kept = {name: value for name, value in there.items() if not _is_named(name, value, wanted)}
        return _set(call, scope, kept)
    kept = {name: wanted.pop(name.lower(), value) for name, value in there.items()}
    return _set(call, scope, {**kept, **{name: value for name, value in given.items() if name.lower() in wanted}})


def delete(call: Call) -> Reply:
    """Take all tags of a scope away."""
    _set(call, _scope(call), {})
    return Reply(200)


def _is_named(name: str, value: str, wanted: Tags) -> bool:
    """Whether a tag is to go: by its name alone, or by name and value."""
    given = wanted.get(name.lower())
    return given is not None and given in ("", value)


def _scope(call: Call) -> str:
    if call.values["tagsName"].lower() != "default":
        raise ArmError.of(ErrorReason.TAGS_NAME_INVALID, name=call.values["tagsName"])
    return existing_scope(call)


def _tags_of(state: State, scope: str) -> Tags:
    if parse(scope) is not None:
        return dict(resource_document(state, scope).get("tags") or {})
    group = _group(state, scope)
    if group is not None:
        return dict(group.tags or {})
    found = state.subscription_tags.get((scope.lower(),))
    return dict(found.tags) if found else {}


def _group(state: State, scope: str) -> ResourceGroup | None:
    parts = scope.split("/")
    return state.group(parts[2], parts[4]) if len(parts) > 3 else None  # noqa: PLR2004  # /subscriptions/ID/…


def _set(call: Call, scope: str, tags: Tags) -> Reply:
    state = call.state
    if len(tags) > _MOST:
        raise ArmError.of(ErrorReason.TOO_MANY_TAGS, count=len(tags), most=_MOST)
    group = _group(state, scope) if parse(scope) is None else None
    if parse(scope) is not None:
        _patch_resource(state, scope, tags)
    elif group is not None:
        if group.deletion is not None:
            raise ArmError.of(ErrorReason.GROUP_DELETING, group=group.name)
        group.tags = tags
    else:
        state.subscription_tags[scope.lower(),] = SubscriptionTags(tags=tags)
    return _shown(scope, tags)


def _patch_resource(state: State, scope: str, tags: Tags) -> None:
    """Have the resource's own provider change them, by the rights that it takes to write tags."""
    changed: dict[str, str | None] = {**tags}
    address = parse(scope)
    if address is not None and state.resources.find(address) is not None:
        # a PATCH of what is only kept merges, and null takes a tag away; one of a scale set replaces all of them
        changed = {**dict.fromkeys(_tags_of(state, scope)), **tags}
    target = f"{quote(scope)}?api-version={api_version_for(scope)}"
    state.request("PATCH", target, wire.encode({"tags": changed}))


def _body(call: Call, *, with_operation: bool = False) -> tuple[str, Tags]:
    body = request_body.read_any(call.request)
    properties = body.get("properties")
    tags = properties.get("tags") if isinstance(properties, dict) else None
    if tags is None:
        tags = {}
    if not isinstance(tags, dict) or not all(isinstance(value, str) for value in tags.values()):
        raise ArmError.of(
            ErrorReason.INVALID_BODY, why="Expected 'properties.tags' to be an object whose values are texts."
        )
    _check(tags)
    operation = str(body.get("operation", "")).lower()
    if with_operation and operation not in ("merge", "replace", "delete"):
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected Merge, Replace or Delete as 'operation'.")
    return operation, tags


def _check(tags: dict[str, Any]) -> None:
    wrong = [name for name in tags if not name or _RESERVED & set(name) or not name.isprintable()]
    if wrong:
        raise ArmError.of(ErrorReason.TAG_NAME_INVALID, names=",".join(wrong))
    for name, value in tags.items():
        if len(name) > _LONGEST_NAME or len(value) > _LONGEST_VALUE:
            raise ArmError.of(
                ErrorReason.TAG_TOO_LONG, name=name[:_LONGEST_NAME], longest=_LONGEST_NAME, most=_LONGEST_VALUE
            )


def _shown(scope: str, tags: Tags) -> Reply:
    document: dict[str, Any] = {
        "id": f"{scope}/providers/{_TYPE}/default",
        "name": "default",
        "type": _TYPE,
        "properties": {"tags": tags},
    }
    return Reply(200, document)
