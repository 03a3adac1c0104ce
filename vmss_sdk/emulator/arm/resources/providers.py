"""The resource providers of a subscription: all are registered, and tell the types and api-versions that they serve."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.known_types import KnownType, provider_names, provider_types
from vmss_sdk.emulator.arm.resources.locations import display_names

__all__ = ["get", "list_all", "provider_document"]

Document = dict[str, Any]


def list_all(call: Call) -> Reply:
    """The providers whose types are known; others are kept too, see `generic`."""
    return Reply(200, {"value": [provider_document(call.subscription_id, name) for name in provider_names()]})


def get(call: Call) -> Reply:
    """One provider; also the answer to its registration."""
    wanted = call.values["resourceProviderNamespace"]
    name = next((name for name in provider_names() if name.lower() == wanted.lower()), None)
    if name is None:
        raise ArmError.of(ErrorReason.PROVIDER_UNKNOWN, namespace=wanted)
    return Reply(200, provider_document(call.subscription_id, name))


def provider_document(subscription_id: str, namespace: str) -> Document:
    """A provider of the table, with its types; api-versions are newest first."""
    return {
        "id": f"/subscriptions/{subscription_id}/providers/{namespace}",
        "namespace": namespace,
        "resourceTypes": [_type(known) for known in provider_types(namespace)],
        "registrationState": "Registered",
        "registrationPolicy": "RegistrationRequired",
    }


def _type(known: KnownType) -> Document:
    return {
        "resourceType": known.name.partition("/")[2],
        "locations": display_names(),
        "apiVersions": list(known.api_versions),
        "capabilities": "SupportsTags, SupportsLocation",
    }
