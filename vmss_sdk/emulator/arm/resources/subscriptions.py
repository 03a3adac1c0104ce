"""Subscriptions and the endpoints that clients ask for; every subscription id is served."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine import chance

__all__ = ["endpoints", "get", "list_all"]

_DEFAULT = "00000000-0000-0000-0000-000000000000"


def list_all(call: Call) -> Reply:
    """The subscriptions with resource groups; when there is none, the one of zeros."""
    found = {group.subscription_id.lower(): group.subscription_id for group in call.state.groups.values()}
    ids = list(found.values()) or [_DEFAULT]
    count = {"type": "Total", "value": len(ids)}
    return Reply(200, {"value": [_document(call, subscription_id) for subscription_id in ids], "count": count})


def get(call: Call) -> Reply:
    """A subscription."""
    return Reply(200, _document(call, call.subscription_id))


def endpoints(call: Call) -> Reply:
    """What a cloud's clients need to know of it, as ``az cloud register`` reads it."""
    base = call.url.base
    authentication = {
        "loginEndpoint": f"{base}/",
        "audiences": [f"{base}/", base],
        "tenant": "common",
        "identityProvider": "AAD",
    }
    document = {"name": "Emulator", "resourceManager": f"{base}/", "authentication": authentication}
    return Reply(200, {**document, "vmImageAliasDoc": f"{base}/metadata/imageAliases", "suffixes": {}})


def _document(call: Call, subscription_id: str) -> dict[str, Any]:
    return {
        "id": f"/subscriptions/{subscription_id}",
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": subscription_id,
        "tenantId": chance.guid(call.state.settings.seed, "tenant"),
        "displayName": "Emulated subscription",
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    }
