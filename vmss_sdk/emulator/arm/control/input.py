"""Reading what the control plane is told: every refusal names the member and what was expected."""

from __future__ import annotations

from typing import Any, NoReturn

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.instance_ids import ids_of
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = [
    "any_text",
    "count",
    "existing",
    "flag",
    "health_state",
    "instance_ids",
    "members",
    "number",
    "only",
    "optional_text",
    "refuse",
    "states",
    "text",
    "whole",
]

_STATES = {state.value.lower(): state for state in HealthState}


def refuse(target: str, message: str) -> NoReturn:
    """Refuse the request.

    Raises:
        ArmError: Always.
    """
    raise ArmError.of(ErrorReason.CONTROL, target=target, message=message)


def members(call: Call, *known: str) -> dict[str, Any]:
    """The members of the body, all of them known.

    Raises:
        ArmError: The body is no JSON object, or has another member.
    """
    body = request_body.decode(call.request)
    names = ", ".join(known)
    if not isinstance(body, dict):
        refuse("body", f"Expected a JSON object with {names}.")
    unknown = next((name for name in body if name not in known), None)
    if unknown is not None:
        refuse(unknown, f"Unknown member '{unknown}': expected {names}.")
    return body


def only(body: dict[str, Any], *known: str) -> None:
    """See to it that the body of a fault has no member that belongs to another kind.

    Raises:
        ArmError: It has.
    """
    extra = next((name for name in body if name not in known and name != "kind"), None)
    if extra is not None:
        expected = f"expected {', '.join(known)}" if known else "it has no members"
        refuse(extra, f"'{extra}' does not belong to a fault of kind {body['kind']}: {expected}.")


def number(body: dict[str, Any], name: str) -> float:
    """A number that is not negative.

    Raises:
        ArmError: It is anything else.
    """
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e12:  # noqa: PLR2004
        refuse(name, f"'{name}' must be a number >= 0.")
    return float(value)


def text(body: dict[str, Any], name: str, example: str) -> str:
    """A text that is not empty.

    Raises:
        ArmError: It is anything else.
    """
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        refuse(name, f"'{name}' must be a text, for example {example}.")
    return value


def optional_text(body: dict[str, Any], name: str, example: str) -> str | None:
    """A text that is not empty; None when it is null or not given.

    Raises:
        ArmError: It is anything else.
    """
    return None if body.get(name) is None else text(body, name, example)


def any_text(body: dict[str, Any], name: str) -> str:
    """A text, which may be empty.

    Raises:
        ArmError: It is anything else.
    """
    value = body.get(name)
    if not isinstance(value, str):
        refuse(name, f"'{name}' must be a text.")
    return value


def flag(body: dict[str, Any], name: str, *, default: bool) -> bool:
    """True or false.

    Raises:
        ArmError: It is anything else.
    """
    value = body.get(name, default)
    if not isinstance(value, bool):
        refuse(name, f"'{name}' must be true or false.")
    return value


def whole(body: dict[str, Any], name: str, *, least: int = 0) -> int:
    """A whole number that is not too small.

    Raises:
        ArmError: It is anything else.
    """
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 1e12:  # noqa: PLR2004
        refuse(name, f"'{name}' must be a whole number >= {least}.")
    return value


def count(body: dict[str, Any], name: str) -> int | None:
    """A whole number from 1; None when it is not given.

    Raises:
        ArmError: It is anything else.
    """
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        refuse(name, f"'{name}' must be a whole number >= 1; leave it out for no limit.")
    return value


def health_state(body: dict[str, Any]) -> HealthState:
    """The state of health in ``state``, in any case.

    Raises:
        ArmError: It is none.
    """
    state = _STATES.get(str(body["state"]).lower())
    if state is None:
        refuse("state", f"'state' must be {states()}.")
    return state


def states() -> str:
    """The words for a state of health."""
    return ", ".join(state.value for state in HealthState)


def instance_ids(scale_set: ScaleSet, body: dict[str, Any]) -> tuple[str, ...] | None:
    """The ids in ``instanceIds``, of instances that may still be to come; None when it is not given.

    Raises:
        ArmError: It is no list of ids.
    """
    value = body.get("instanceIds")
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(_is_id(item) for item in value):
        refuse("instanceIds", '\'instanceIds\' must be a list of instance ids, for example ["0", "3"].')
    known = ids_of(scale_set, [str(item) for item in value])
    return None if known is None else tuple(known)


def existing(scale_set: ScaleSet, body: dict[str, Any]) -> list[Instance]:
    """The instances in ``instanceIds``, all of which have to be there.

    Raises:
        ArmError: It is not given, or names one that the scale set has not.
    """
    named = instance_ids(scale_set, body)
    if named is None:
        kind = body["kind"]
        refuse("instanceIds", f'a fault of kind {kind} needs \'instanceIds\', for example ["0", "3"].')
    unknown = next((instance_id for instance_id in named if instance_id not in scale_set.instances), None)
    if unknown is not None:
        refuse("instanceIds", f"'instanceIds' has '{unknown}', but scale set '{scale_set.name}' has no such instance.")
    return [scale_set.instances[instance_id] for instance_id in dict.fromkeys(named)]


def _is_id(item: Any) -> bool:
    return (isinstance(item, str) and bool(item)) or (isinstance(item, int) and not isinstance(item, bool))
