"""The ``$filter`` of lists of instances: comparisons joined by ``and`` (wire.md 3.10)."""

from __future__ import annotations

from collections.abc import Callable

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.odata import Comparison, comparisons
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["instance_filter"]

Test = Callable[[Instance], bool]


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
    try:
        tests = [_test(scale_set, comparison) for comparison in comparisons(text or "")]
    except (ValueError, LookupError):
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="$filter", why=_HELP) from None
    return lambda instance: all(test(instance) for test in tests)


def _test(scale_set: ScaleSet, comparison: Comparison) -> Test:
    if comparison.operator not in ("eq", "startswith"):
        raise LookupError(comparison.operator)
    read = _MEMBERS[comparison.member]
    return lambda instance: any(comparison.holds(value) for value in read(scale_set, instance))
