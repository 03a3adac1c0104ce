"""Managed identities of a scale set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.output import shape
from vmss_sdk.cli.running import Begun

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call

__all__ = ["assign", "remove", "show"]

_SYSTEM = "[system]"
Users = dict[str, dict[str, str] | None]


def show(call: Call) -> Any:
    """Those that there are."""
    return shape(_now(call))


def assign(call: Call) -> Begun:
    """Give it more identities.

    Raises:
        CommandError: A role is to be given as well.
    """
    args = call.args
    if args.role or args.scope:
        flag = "--role" if args.role else "--scope"
        raise CommandError(f"{flag}: role assignments are not made here; use 'az role assignment create'", 2)
    named = args.identities or [_SYSTEM]
    users, now = _users(named), _now(call)
    there = now.get("userAssignedIdentities") or {}
    system = _SYSTEM in named or "SystemAssigned" in now.get("type", "")
    wanted: Users = {name: {} for name in (*there, *users)}
    return Begun(_patch(call, system, wanted), f"identities for '{call.scale_set_name}'", _assigned)


def remove(call: Call) -> Begun:
    """Take identities away.

    Raises:
        CommandError: It does not have one of them.
    """
    named = call.args.identities or [_SYSTEM]
    now = _now(call)
    there = {name.lower(): name for name in now.get("userAssignedIdentities") or {}}
    gone = [name.lower() for name in _users(named)]
    missing = [name for name in gone if name not in there]
    if missing:
        raise CommandError(f"'{','.join(missing)}' are not associated with '{call.scale_set_name}'")
    system = _SYSTEM not in named and "SystemAssigned" in now.get("type", "")
    wanted: Users = {name: None if key in gone else {} for key, name in there.items()}
    what = f"removal of identities of '{call.scale_set_name}'"
    return Begun(_patch(call, system, wanted), what, lambda web: shape(web.wire.get("identity")))


def _now(call: Call) -> dict[str, Any]:
    found: dict[str, Any] = call.scale_set.get().wire.get("identity") or {}
    return found


def _users(named: list[str]) -> list[str]:
    return [name for name in named if name != _SYSTEM]


def _patch(call: Call, system: bool, users: Users) -> Any:
    """Write the identities and nothing else; those with None are taken away."""
    from vmss_sdk.models import VirtualMachineScaleSetUpdate

    kept = any(value is not None for value in users.values())
    kinds = [*(["SystemAssigned"] if system else []), *(["UserAssigned"] if kept else [])]
    identity: dict[str, Any] = {"type": ", ".join(kinds) or "None"}
    if kept:
        identity["userAssignedIdentities"] = users
    return call.scale_set.update(VirtualMachineScaleSetUpdate.from_wire({"identity": identity}))


def _assigned(web: Any) -> dict[str, Any]:
    """As az shows it."""
    identity = web.wire.get("identity") or {}
    return {
        "systemAssignedIdentity": identity.get("principalId") or "",
        "userAssignedIdentities": identity.get("userAssignedIdentities") or {},
    }
