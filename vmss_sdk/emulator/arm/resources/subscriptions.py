"""Subscriptions and tenants; every subscription id is served."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.identity.principal import EVERYWHERE
from vmss_sdk.emulator.arm.replies import Reply

__all__ = ["get", "list_all", "list_tenants"]

_DEFAULT = "00000000-0000-0000-0000-000000000000"


def list_all(call: Call) -> Reply:
    """The subscriptions with resource groups, and the caller's own; when there is none, the one of zeros."""
    found = {group.subscription_id.lower(): group.subscription_id for group in call.state.groups.values()}
    if call.caller is not None and call.caller.scope != EVERYWHERE:
        own = call.caller.scope.split("/")[2]
        found.setdefault(own.lower(), own)
    ids = list(found.values()) or [_DEFAULT]
    count = {"type": "Total", "value": len(ids)}
    return Reply(200, {"value": [_document(call, subscription_id) for subscription_id in ids], "count": count})


def get(call: Call) -> Reply:
    """A subscription."""
    return Reply(200, _document(call, call.subscription_id))


def list_tenants(call: Call) -> Reply:
    """The one tenant there is."""
    tenant = call.state.settings.tenant_id
    document = {
        "id": f"/tenants/{tenant}",
        "tenantId": tenant,
        "countryCode": "US",
        "displayName": "Emulated tenant",
        "domains": [],
        "tenantCategory": "DataDirectory",
    }
    return Reply(200, {"value": [document]})


def _document(call: Call, subscription_id: str) -> dict[str, Any]:
    return {
        "id": f"/subscriptions/{subscription_id}",
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": subscription_id,
        "tenantId": call.state.settings.tenant_id,
        "displayName": "Emulated subscription",
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    }
