"""Names that are unique in all of Azure, such as those of storage accounts: may one be used?"""

from __future__ import annotations

import re
from typing import Any

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason, Problem
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.address import Address
from vmss_sdk.emulator.arm.resources.known_types import KnownType, known_type, provider_types
from vmss_sdk.emulator.arm.resources.lookup import unknown_action
from vmss_sdk.emulator.arm.state import State

__all__ = ["check_availability", "check_new"]


def check_new(state: State, address: Address) -> None:
    """See whether a resource that is not there may be made under its name.

    Raises:
        ArmError: The name is none of this type, or another resource has it.
    """
    known = known_type(address.type)
    if known is None or known.names is None:
        return
    found = _reason_unavailable(state, known, address.name)
    if found is not None:
        code, _, text = found
        reason = ErrorReason.GLOBAL_NAME_TAKEN if found is known.names.taken else ErrorReason.GLOBAL_NAME_INVALID
        raise ArmError([Problem(reason, {"code": code, "text": text.format(name=address.name)})])


def check_availability(call: Call, address: Address) -> Reply:
    """Whether a name may be used: ``{"nameAvailable": true}``, else why not.

    Raises:
        ArmError: The provider has no type with such names, or the body names none.
    """
    body = request_body.read_any(call.request)
    name = body.get("name")
    known = _requested_type(address.namespace, str(body.get("type", "")))
    if known is None:
        raise unknown_action(call, address)
    if not isinstance(name, str) or not name:
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected a 'name'.")
    found = _reason_unavailable(call.state, known, name)
    if found is None:
        return Reply(200, {"nameAvailable": True})
    document: dict[str, Any] = {"nameAvailable": False, "reason": found[1], "message": found[2].format(name=name)}
    return Reply(200, document)


def _requested_type(namespace: str, kind: str) -> KnownType | None:
    """The type that the body names, with or without the provider; else the only one that has such names."""
    wanted = (kind.lower(), f"{namespace}/{kind}".lower())
    ruled = [known for known in provider_types(namespace) if known.names is not None]
    return next((known for known in ruled if known.name.lower() in wanted), ruled[0] if ruled else None)


def _reason_unavailable(state: State, known: KnownType, name: str) -> tuple[str, str, str] | None:
    rule = known.names
    if rule is None:
        return None
    if re.fullmatch(rule.pattern, name) is None:
        return rule.invalid
    others = (found for found in state.resources.all() if found.type == known.name)
    return rule.taken if any(found.name.lower() == name.lower() for found in others) else None
