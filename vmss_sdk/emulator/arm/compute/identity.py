"""The checks of ARM's gateway on managed identities, before the compute provider sees the request (wire.md 7.1)."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.transport.base import Request

__all__ = ["check_identity"]

_TOLD = {"principalId", "clientId"}
"""What the service adds to an identity, and a caller may send back."""


def check_identity(request: Request) -> None:
    """See whether the identities of a body can be given to a resource; what is no identity at all is not judged here.

    Raises:
        ArmError: Its type is an empty text, none is named, or one is more than its id.
    """
    if b'"identity"' not in request.body:
        return
    body = request_body.decode(request)
    identity = body.get("identity") if isinstance(body, dict) else None
    if isinstance(identity, dict):
        _check(identity)


def _check(identity: dict[str, Any]) -> None:
    named = identity.get("userAssignedIdentities")
    if identity.get("type") == "":  # CHOICE: no identity is null or None
        raise ArmError.of(ErrorReason.UNKNOWN_WORD, parameter="type", target="identity.type")
    if str(identity.get("type")).lower() == "userassigned" and not named:
        raise ArmError.of(ErrorReason.IDENTITY_IDS_MISSING)
    if isinstance(named, dict):
        wrong = [name for name, value in named.items() if not _is_plain(value)]
        if wrong:
            raise ArmError.of(ErrorReason.IDENTITY_VALUES_INVALID, ids=", ".join(wrong))


def _is_plain(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and value.keys() <= _TOLD)
