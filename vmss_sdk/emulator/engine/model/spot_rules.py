"""Rules for Spot instances (semantics 7.11)."""

from __future__ import annotations

from collections.abc import Iterator

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason

__all__ = ["spot_problems"]

_PROFILE = "properties.virtualMachineProfile"
_NO_LIMIT = -1.0


def spot_problems(document: Document, _: str) -> list[Failure]:
    """What speaks against the priority of a model's instances and what depends on it.

    The price may change at any time: recorded of a PATCH of ``billingProfile.maxPrice``.
    """
    profile = get_path(document, _PROFILE)
    if profile is None:
        return []
    spot = profile.get("priority") in ("Spot", "Low")
    return list(_of_spot(profile) if spot else _of_regular(document, profile))


def _of_spot(profile: Document) -> Iterator[Failure]:
    price = get_path(profile, "billingProfile.maxPrice", _NO_LIMIT)
    if price <= 0 and price != _NO_LIMIT:  # documented: more than nothing, or -1
        yield Failure(Reason.INVALID, {"parameter": "billingProfile.maxPrice", "target": "billingProfile.maxPrice"})
    if get_path(profile, "scheduledEventsProfile.terminateNotificationProfile.enable") is True:
        yield Failure(Reason.NO_NOTICE_FOR_SPOT, {"target": "terminateNotificationProfile"})


def _of_regular(document: Document, profile: Document) -> Iterator[Failure]:
    there = {
        "evictionPolicy": profile.get("evictionPolicy") is not None,
        "billingProfile.maxPrice": get_path(profile, "billingProfile.maxPrice", _NO_LIMIT) != _NO_LIMIT,
        "spotRestorePolicy": get_path(document, "properties.spotRestorePolicy.enabled") is True,
        "priorityMixPolicy": get_path(document, "properties.priorityMixPolicy") is not None,
    }
    for member, is_there in there.items():
        if is_there:
            yield Failure(Reason.MEMBER_NOT_ALLOWED, {"parameter": member, "target": member})
