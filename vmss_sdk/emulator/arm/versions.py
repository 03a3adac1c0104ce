"""Served api-versions: those that the type has on Azure, each type its own (`known_types`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from vmss_sdk import wire
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.locations import plain, region_names
from vmss_sdk.emulator.arm.resources.address import Address, address_of
from vmss_sdk.emulator.arm.resources.known_types import KnownType, known_type
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE, State

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["check_api_version"]

_FORM = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(-[a-z0-9.]+)?")
_ARM = "Microsoft.Resources"
_NOWHERE = "null"


def check_api_version(call: Call) -> None:
    """See whether a request's api-version is served.

    Raises:
        ArmError: It is missing, malformed, or none of the type's.
    """
    version = call.query.get("api-version")
    if not version:
        raise ArmError.of(ErrorReason.MISSING_API_VERSION)
    kind = _kind(call.url.path.segments)
    polls = call.route is not None and call.route.poll  # what was begun with one version is asked for with that one
    if _is_served(version.lower(), "" if polls else kind):
        return
    known = _known(kind)
    if known is None or known.namespace == _ARM or not _FORM.fullmatch(version.lower()):
        # ARM's own types have a list that is written like this
        supported = ",".join(known.api_versions) if known else ""
        raise ArmError.of(ErrorReason.INVALID_API_VERSION, version=version, supported=supported)
    raise ArmError.of(
        ErrorReason.UNSERVED_API_VERSION,
        version=version,
        type=known.name.partition("/")[2],
        supported=", ".join(reversed(known.api_versions)),
        location=_location(call),
        locations=region_names(", "),
    )


@lru_cache(maxsize=512)
def _is_served(version: str, kind: str) -> bool:
    """CHOICE: a version that is newer than all that we know is served as the newest one."""
    if not _FORM.fullmatch(version):
        return False
    known = _known(kind)
    return known is None or version > known.complete or version in known.api_versions


def _kind(segments: Sequence[str]) -> str:
    """The type that a path is about, in lower case, with what stands behind it: ``microsoft.compute/…/start``."""
    words = [segment.lower() for segment in segments]
    for at in range(len(words) - 3, -1, -1):
        if words[at] == "providers" and "." in words[at + 1]:
            return "/".join((words[at + 1], *words[at + 2 :: 2]))
    if "deployments" in words:
        return "microsoft.resources/deployments"
    return f"microsoft.resources/{'resourcegroups' if 'resourcegroups' in words else 'subscriptions'}"


@lru_cache(maxsize=512)
def _known(kind: str) -> KnownType | None:
    """The longest part of it that is a type; None: it is none that we know.

    What a provider has in a region (``locations/…``) are types of their own.
    """
    while "/" in kind and not kind.endswith("/locations"):
        found = known_type(kind)
        if found is not None:
            return found
        kind = kind.rpartition("/")[0]
    return None


def _location(call: Call) -> str:
    """Where the resource is to be, or is. CHOICE: ``null`` where that is not known, as was reported of lists."""
    given = _given_location(call.request.body)
    segments = call.url.path.segments
    if given is None and "locations" in segments[:-1]:
        given = segments[segments.index("locations") + 1]
    return plain(given or _present_location(call) or _NOWHERE)


def _given_location(body: bytes) -> str | None:
    try:
        document = wire.decode(body) if body else None
    except ValueError:
        return None
    found = document.get("location") if isinstance(document, dict) else None
    return found if isinstance(found, str) else None


def _present_location(call: Call) -> str | None:
    address = address_of(call.url.path.segments)
    while address is not None:
        if not address.is_collection and (found := _location_of(call.state, address)):
            return found
        address = address.parent
    return None


def _location_of(state: State, address: Address) -> str | None:
    if address.type == SCALE_SET_TYPE:
        scale_set = state.find_scale_set(address.subscription_id, address.group, address.name)
        return None if scale_set is None else str(scale_set.document["location"])
    kept = state.resources.find(address)
    return None if kept is None else kept.location
