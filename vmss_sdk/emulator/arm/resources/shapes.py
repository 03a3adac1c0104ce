"""The shape that every resource has, whatever its provider: what ARM itself refuses of a body."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.resources.known_types import known_type

__all__ = ["check_shape"]

Document = dict[str, Any]

_OBJECTS = ("properties", "tags", "sku", "plan", "identity")


def check_shape(body: Document, kind: str) -> None:
    """Refuse a body whose parts are not what they are for every resource, or whose children are none.

    Args:
        body: The body of a PUT or PATCH.
        kind: The type of the resource.

    Raises:
        ArmError: A part is not what it must be; the path to it is named.
    """
    for name in _OBJECTS:
        for value in _member_in_any_case(body, name):
            _expect_object(value, name)
    known = known_type(kind)
    for collection in known.children if known else ():
        for properties in _member_in_any_case(body, "properties"):
            for children in _member_in_any_case(properties or {}, collection):
                _check_children(children, f"properties.{collection}")


def _member_in_any_case(document: Document, name: str) -> list[Any]:
    """What a member holds, which is found in any case."""
    return [
        value for with_canonical_members, value in document.items() if with_canonical_members.lower() == name.lower()
    ]


def _check_children(children: Any, path: str) -> None:
    if not isinstance(children, list | None):
        raise _refused(path, "an array")
    for at, child in enumerate(children or ()):
        if not isinstance(child, dict):
            raise _refused(f"{path}[{at}]", "an object")
        for properties in _member_in_any_case(child, "properties"):
            _expect_object(properties, f"{path}[{at}].properties")


def _expect_object(value: Any, path: str) -> None:
    if not isinstance(value, dict | None):
        raise _refused(path, "an object")


def _refused(path: str, expected: str) -> ArmError:
    return ArmError.of(ErrorReason.INVALID_BODY, why=f'Expected {expected} at "{path}".')
