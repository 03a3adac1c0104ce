"""The rights over what a scale set or a machine refers to, which ARM asks for besides those over itself.

Source: "Troubleshoot Azure RBAC", and the actions ``…/join/action`` and ``…/assign/action`` of the providers. The text
is the one that is reported of Azure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vmss_sdk import wire
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.access import asked
from vmss_sdk.emulator.arm.identity.grants import may
from vmss_sdk.emulator.arm.identity.principal import EVERYWHERE, Role

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call

__all__ = ["check_linked"]

_WRITES = ("PUT", "PATCH")
_ASKED_FOR = re.compile(r"microsoft\.compute/virtualmachine(?:scalesets|s)(?:/virtualmachines)?/write", re.IGNORECASE)
_IDENTITIES = "userAssignedIdentities"
_IDENTITY_ACTION = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"
_ACTIONS = {
    "subnet": "Microsoft.Network/virtualNetworks/subnets/join/action",
    "networkSecurityGroup": "Microsoft.Network/networkSecurityGroups/join/action",
    "loadBalancerBackendAddressPools": "Microsoft.Network/loadBalancers/backendAddressPools/join/action",
    "loadBalancerInboundNatPools": "Microsoft.Network/loadBalancers/inboundNatPools/join/action",
    "healthProbe": "Microsoft.Network/loadBalancers/probes/join/action",
    "applicationGatewayBackendAddressPools": "Microsoft.Network/applicationGateways/backendAddressPools/join/action",
    "applicationSecurityGroups": "Microsoft.Network/applicationSecurityGroups/joinIpConfiguration/action",
    "publicIPPrefix": "Microsoft.Network/publicIPPrefixes/join/action",
    "networkInterfaces": "Microsoft.Network/networkInterfaces/join/action",
}
"""By the member that refers to it: what has to be allowed over it."""


def check_linked(call: Call) -> None:
    """See whether the caller may use what the body refers to.

    Raises:
        ArmError: It may not: 403.
    """
    caller, method = call.caller, call.request.method.upper()
    if caller is None or method not in _WRITES or not call.request.body.strip():
        return
    if caller.scope == EVERYWHERE and caller.role in (Role.OWNER, Role.CONTRIBUTOR):
        return
    action, scope = asked(call)
    if not _ASKED_FOR.fullmatch(action):
        return
    missing_changes = [(what, where) for what, where in _linked(call) if not may(call.state, caller, what, where)]
    if missing_changes:
        raise ArmError.of(
            ErrorReason.NOT_AUTHORIZED_LINKED,
            client=caller.client_id,
            object=caller.object_id,
            action=action,
            scope=scope,
            actions=",".join(dict.fromkeys(what for what, _ in missing_changes)),
            scopes=",".join(dict.fromkeys(where for _, where in missing_changes)),
        )


def _linked(call: Call) -> list[tuple[str, str]]:
    try:
        body = wire.decode(call.request.body)
    except (ValueError, RecursionError):  # whoever reads the body says what is wrong with it
        return []
    found = _references(body, "")
    return [(action, where) for action, where in found if where.lower().startswith("/subscriptions/")]


def _references(value: Any, member: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _references(item, member)
    elif isinstance(value, dict):
        if member in _ACTIONS and isinstance(value.get("id"), str):
            yield _ACTIONS[member], value["id"]
        for name, inner in value.items():
            if name == _IDENTITIES and isinstance(inner, dict):
                yield from ((_IDENTITY_ACTION, identity) for identity in inner)
            else:
                yield from _references(inner, name)
