"""Scopes: a subscription, a resource group or a resource, in front of the last ``/providers/`` of a path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from vmss_sdk import wire
from vmss_sdk.emulator.arm.deployments.internal_requests import api_version_for
from vmss_sdk.emulator.arm.resources.address import parse

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.state import State

__all__ = ["canonical_scope", "existing_scope", "resource_document"]

Document = dict[str, Any]


def existing_scope(call: Call) -> str:
    """The scope of a request, spelled as it was created; every subscription exists.

    Raises:
        ArmError: The group or the resource does not exist.
    """
    return canonical_scope(call.state, call.values["scope"])


def canonical_scope(state: State, scope: str) -> str:
    """A scope as it was created.

    Raises:
        ArmError: The group or the resource does not exist.
    """
    address = parse(scope)
    if address is not None:
        return str(resource_document(state, scope)["id"])
    parts = scope.strip("/").split("/")
    if len(parts) < 4:  # noqa: PLR2004  # subscriptions/ID/resourceGroups/NAME
        return f"/subscriptions/{parts[1]}"
    return state.group(parts[1], parts[3]).id


def resource_document(state: State, resource_id: str) -> Document:
    """A resource of any type, as a GET by its owner shows it.

    Raises:
        ArmError: It does not exist.
    """
    reply = state.request("GET", f"{quote(resource_id)}?api-version={api_version_for(resource_id)}")
    document: Document = wire.decode(wire.encode(reply.document))
    return document
