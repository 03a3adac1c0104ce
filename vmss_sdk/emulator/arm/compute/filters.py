"""The ``$filter`` of lists of instances: comparisons joined by ``and`` (wire.md 3.10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from vmss_sdk.emulator.arm.errors import ArmError, Flaw
from vmss_sdk.emulator.engine.instance import Instance
from vmss_sdk.emulator.engine.scale_set import ScaleSet

__all__ = ["instance_filter"]

Test = Callable[[Instance], bool]

_EQUALS = re.compile(r"([\w/]+)\s+eq\s+('(?:[^']|'')*'|true|false|\d+)", re.IGNORECASE)
_STARTS = re.compile(r"startswith\(\s*([\w/]+)\s*,\s*('(?:[^']|'')*')\s*\)(?:\s+eq\s+true)?", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)", re.IGNORECASE)


def _codes(_: ScaleSet, instance: Instance) -> list[str]:
    return [f"ProvisioningState/{instance.provisioning.value.lower()}", f"PowerState/{instance.power.value}"]


# every value is compared as text, in lower case
_MEMBERS: dict[str, Callable[[ScaleSet, Instance], list[str]]] = {
    "instanceid": lambda _, instance: [instance.id],
    "name": lambda _, instance: [instance.name],
    "properties/latestmodelapplied": lambda scale_set, instance: [str(not scale_set.outdated(instance))],
    "properties/provisioningstate": lambda _, instance: [instance.provisioning.value],
    "properties/vmid": lambda _, instance: [instance.vm_id],
    "instanceview/statuses/code": _codes,
    "properties/instanceview/statuses/code": _codes,
}
_HELP = (
    "expected comparisons such as properties/latestModelApplied eq false or"
    " startswith(instanceView/statuses/code, 'PowerState'), joined by 'and', of"
    " instanceId, name, properties/latestModelApplied, properties/provisioningState, properties/vmId"
    " or instanceView/statuses/code."
)


def instance_filter(scale_set: ScaleSet, text: str | None) -> Test:
    """The test that a filter makes.

    Raises:
        ArmError: The filter is none that is served; the message says what is.
    """
    if not text or not text.strip():
        return lambda _: True
    tests = [_test(scale_set, part.strip()) for part in _AND.split(text.strip())]
    return lambda instance: all(test(instance) for test in tests)


def _test(scale_set: ScaleSet, text: str) -> Test:
    if match := _EQUALS.fullmatch(text):
        read, wanted = _member(match[1]), _literal(match[2])
        return lambda instance: any(value.lower() == wanted for value in read(scale_set, instance))
    if match := _STARTS.fullmatch(text):
        read, wanted = _member(match[1]), _literal(match[2])
        return lambda instance: any(value.lower().startswith(wanted) for value in read(scale_set, instance))
    return _refuse()


def _member(path: str) -> Callable[[ScaleSet, Instance], list[str]]:
    return _MEMBERS.get(path.lower()) or _refuse()


def _literal(text: str) -> str:
    return text.removeprefix("'").removesuffix("'").replace("''", "'").lower()


def _refuse() -> NoReturn:
    raise ArmError.of(Flaw.QUERY_INVALID, parameter="$filter", why=_HELP)
