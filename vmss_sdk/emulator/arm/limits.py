"""The throttling headers: what is left of each policy; only a fault uses one up (wire.md 1, 1.2)."""

from collections.abc import Iterable
from functools import cache

from vmss_sdk.emulator.arm.routing import Route

__all__ = ["exhausted", "flexible_headers", "headers"]

_LEFT = {
    "GetVMScaleSetSubscriptionMaximum": 2399,
    "GetVMScaleSetResource": 35,
    "HighCostGetVMScaleSetSubscriptionMaximum": 1079,
    "HighCostGetVMScaleSetResource": 29,
    "CreateVMScaleSetSubscriptionMaximum": 374,
    "CreateVMScaleSetResource": 11,
    "DeleteVMScaleSetSubscriptionMaximum": 524,
    "DeleteVMScaleSetResource": 11,
    "VMScaleSetActionsSubscriptionMaximum": 1499,
    "VMScaleSetActionsResource": 11,
    "GetVMScaleSetVMSubscriptionMaximum": 5999,
    "GetVMScaleSetVMResource": 35,
    "VMScaleSetVMActionsSubscriptionMaximum": 1999,
    "VMScaleSetVMActionsResource": 11,
    "DeleteVMScaleSetVMSubscriptionMaximum": 1999,
    "DeleteVMScaleSetVMResource": 11,
    "VMScaleSetVMViewsSubscriptionMaximum": 29999,
    "VMScaleSetBatchedVMRequestsSubscriptionMaximum": 5999,
    "VmssQueuedVMOperations": 0,
    "GetOperationResource": 44,
    "GetOperationSubscriptionMaximum": 14999,
    "LowCostGetSubscriptionMaximum": 23999,
    "LowCostGetResource": 35,
    "HighCostGetSubscriptionMaximum": 1079,
    "UpdateVMSubscriptionMaximum": 1499,
    "UpdateVMResource": 11,
    "DeleteVMSubscriptionMaximum": 1499,
    "DeleteVMResource": 11,
}
_VMS = ("VMScaleSetBatchedVMRequestsSubscriptionMaximum", "VmssQueuedVMOperations")
_VM_DELETE = ("DeleteVMScaleSetVMSubscriptionMaximum", "DeleteVMScaleSetVMResource", *_VMS)
_POLICIES = {
    "list sets": ("HighCostGetVMScaleSetSubscriptionMaximum",),
    "get set": ("GetVMScaleSetSubscriptionMaximum", "GetVMScaleSetResource"),
    "view set": ("HighCostGetVMScaleSetSubscriptionMaximum", "HighCostGetVMScaleSetResource"),
    "put set": ("CreateVMScaleSetSubscriptionMaximum", "CreateVMScaleSetResource", *_VMS),
    "patch set": ("VMScaleSetActionsSubscriptionMaximum", "VMScaleSetActionsResource", *_VMS),
    "delete set": ("DeleteVMScaleSetSubscriptionMaximum", "DeleteVMScaleSetResource", *_VMS),
    "act on set": ("VMScaleSetActionsSubscriptionMaximum", *_VMS),
    "upgrade set": ("VMScaleSetActionsSubscriptionMaximum", "VMScaleSetActionsResource", "VmssQueuedVMOperations"),
    "touch set": ("VMScaleSetActionsSubscriptionMaximum", "VMScaleSetActionsResource"),
    "power off set": ("DeleteVMScaleSetSubscriptionMaximum", *_VMS),
    "list instances": (
        "HighCostGetVMScaleSetSubscriptionMaximum",
        "HighCostGetVMScaleSetResource",
        "VMScaleSetVMViewsSubscriptionMaximum",
    ),
    "get instance": (
        "GetVMScaleSetVMSubscriptionMaximum",
        "GetVMScaleSetVMResource",
        "VMScaleSetVMViewsSubscriptionMaximum",
    ),
    "get command": ("GetVMScaleSetVMSubscriptionMaximum", "GetVMScaleSetVMResource"),
    "act on instance": ("VMScaleSetVMActionsSubscriptionMaximum", "VMScaleSetVMActionsResource", *_VMS),
    "touch instance": ("VMScaleSetVMActionsSubscriptionMaximum", "VMScaleSetVMActionsResource"),
    "delete instance": _VM_DELETE,
    "operation": ("GetOperationResource", "GetOperationSubscriptionMaximum"),
    "read catalogue": ("LowCostGetSubscriptionMaximum",),  # CHOICE
    "list machines": ("HighCostGetSubscriptionMaximum",),
    "get machine": ("LowCostGetSubscriptionMaximum", "LowCostGetResource"),
    "act on machine": ("UpdateVMSubscriptionMaximum", "UpdateVMResource"),
    "delete machine": ("DeleteVMSubscriptionMaximum", "DeleteVMResource"),
}
_WRITES = ("writes", 1199)
_BY_METHOD = {"GET": ("reads", 11999), "HEAD": ("reads", 11999), "DELETE": ("deletes", 14999)}


@cache  # as many as there are routes
def _of(limits: str, method: str) -> dict[str, str]:
    kind, left = _BY_METHOD.get(method, _WRITES)
    found = {f"x-ms-ratelimit-remaining-subscription-{kind}": str(left)}
    if limits:
        found["x-ms-ratelimit-remaining-resource"] = _text(_POLICIES[limits])
    return found


def headers(route: Route) -> dict[str, str]:
    """The headers by which answers of this route tell what is left."""
    return _of(route.limits, route.method) if route.versioned else {}


def flexible_headers(route: Route) -> dict[str, str]:
    """The same for a write of a Flexible scale set: no calls to machines are counted (recorded since 2024)."""
    names = [policy for policy in _POLICIES.get(route.limits, ()) if policy not in _VMS]
    return {"x-ms-ratelimit-remaining-resource": _text(names)} if names else {}


def _text(policies: Iterable[str]) -> str:
    return ",".join(f"Microsoft.Compute/{policy};{_LEFT[policy]}" for policy in policies)


def exhausted(route: Route) -> tuple[str, int, dict[str, str]]:
    """What is used up when a call of this route is throttled.

    CHOICE: the first of the route's policies; where Compute counts nothing, the subscription's own limit.

    Returns:
        The policy, how many calls it allows, and the header that says that none is left.
    """
    if not route.limits:
        kind, left = _BY_METHOD.get(route.method, _WRITES)
        return f"Subscription{kind.capitalize()}", left + 1, {f"x-ms-ratelimit-remaining-subscription-{kind}": "0"}
    first, *others = _POLICIES[route.limits]
    shown = [f"Microsoft.Compute/{first};0", *(f"Microsoft.Compute/{policy};{_LEFT[policy]}" for policy in others)]
    return first, _LEFT[first] + 1, {"x-ms-ratelimit-remaining-resource": ",".join(shown)}
