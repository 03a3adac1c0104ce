"""Reading what the control plane is told: every refusal names the member and what was expected."""

from __future__ import annotations

from typing import Any, NoReturn

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, Flaw

__all__ = ["count", "ids", "members", "number", "refuse", "text"]


def refuse(target: str, message: str) -> NoReturn:
    """Refuse the request.

    Raises:
        ArmError: Always.
    """
    raise ArmError.of(Flaw.CONTROL, target=target, message=message)


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


def ids(body: dict[str, Any], name: str) -> tuple[str, ...] | None:
    """A list of instance ids; None when it is not given.

    Raises:
        ArmError: It is anything else.
    """
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(_is_id(item) for item in value):
        refuse(name, f'\'{name}\' must be a list of instance ids, for example ["0", "3"]; leave it out for any.')
    return tuple(str(item) for item in value)


def _is_id(item: Any) -> bool:
    return (isinstance(item, str) and bool(item)) or (isinstance(item, int) and not isinstance(item, bool))
