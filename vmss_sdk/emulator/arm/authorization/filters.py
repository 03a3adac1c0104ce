"""``$filter`` of Microsoft.Authorization: ``atScope()``, ``assignedTo('…')`` and comparisons, joined by ``and``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["AssignmentFilter", "assignment_filter", "at_scope_only"]

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_AT_SCOPE = re.compile(r"atScope\(\s*\)", re.IGNORECASE)
_ASSIGNED_TO = re.compile(r"assignedTo\(\s*'([^']+)'\s*\)", re.IGNORECASE)
_PRINCIPAL = re.compile(r"principalId\s+eq\s+'([^']+)'", re.IGNORECASE)


@attrs.frozen
class AssignmentFilter:
    """Which role assignments a list has.

    Attributes:
        at_scope: Only those at the scope and above it, not those in it.
        principal_id: Only those of this principal, in lower case; empty: of all.
    """

    at_scope: bool = False
    principal_id: str = ""


def assignment_filter(call: Call) -> AssignmentFilter:
    """The filter of a list of role assignments.

    CHOICE: ``assignedTo`` is ``principalId eq``, as the emulator has no groups.

    Raises:
        ArmError: It is another one.
    """
    found = AssignmentFilter()
    for part in _parts(call):
        if _AT_SCOPE.fullmatch(part):
            found = attrs.evolve(found, at_scope=True)
        elif match := _ASSIGNED_TO.fullmatch(part) or _PRINCIPAL.fullmatch(part):
            found = attrs.evolve(found, principal_id=match[1].lower())
        else:
            why = "expected atScope(), assignedTo('ID') or principalId eq 'ID', joined by 'and'."
            raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=why)
    return found


def at_scope_only(call: Call) -> bool:
    """Whether a list's filter is ``atScope()``, the only one that lists of locks have.

    Raises:
        ArmError: It is another one.
    """
    parts = _parts(call)
    if any(not _AT_SCOPE.fullmatch(part) for part in parts):
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why="expected atScope().")
    return bool(parts)


def _parts(call: Call) -> list[str]:
    text = call.query.get("$filter", "").strip()
    return [part.strip() for part in _AND.split(text)] if text else []
