"""POST actions on stored resources: those of the table of types, and checks of names."""

from __future__ import annotations

from typing import Any

import attrs

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources import names, ssh_keys
from vmss_sdk.emulator.arm.resources.address import Address
from vmss_sdk.emulator.arm.resources.facts import filled
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.arm.resources.lookup import asked_address, existing, unknown_action

__all__ = ["post"]

_SSH_KEY = "microsoft.compute/sshpublickeys"


def post(call: Call) -> Reply:
    """Carry out an action.

    What answers is made up from the resource's id: the same key each time, and one that opens nothing on Azure.

    Raises:
        ArmError: Resources of this type have no such action, or there is no such resource.
    """
    address = asked_address(call)
    action = address.types[-1]
    owner = address.parent
    if action.lower() == "checknameavailability":
        return names.check_availability(call, address)
    if owner is None:
        raise unknown_action(call, address)
    if (owner.type.lower(), action.lower()) == (_SSH_KEY, "generatekeypair"):
        return ssh_keys.generate(call, owner, existing(call, owner))
    return Reply(200, _answer(call, owner, action))


def _answer(call: Call, owner: Address, action: str) -> Any:
    known = known_type(owner.type)
    template = None if known is None else known.action(action, call.api_version)
    if template is None:
        raise unknown_action(call, attrs.evolve(owner, types=(*owner.types, action)))
    found = existing(call, owner)
    asked = request_body.read_any(call.request) if call.request.body else {}
    facts = call.state.resources.facts(found, {**found.document, "body": asked})
    return filled(template, facts)
