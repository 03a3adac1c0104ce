"""The instances that a request names."""

from __future__ import annotations

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.work.selection import ALL
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet
from vmss_sdk.models import Model, VirtualMachineScaleSetVMInstanceIDs

__all__ = ["ALL", "find_instance", "ids_of", "in_body", "required_in_body"]


def in_body(
    call: Call, scale_set: ScaleSet, model: type[Model] = VirtualMachineScaleSetVMInstanceIDs
) -> tuple[list[str] | None, Document]:
    """The ids in the body of an action, None for all, and the body.

    Raises:
        ArmError: The body does not fit the model, or its list of ids is empty.
    """
    body = request_body.read_optional(call.request, model, "vmInstanceIDs")
    return ids_of(scale_set, body.get("instanceIds")), body


def required_in_body(call: Call, scale_set: ScaleSet, model: type[Model]) -> list[str]:
    """The ids in the body of an action that must name them.

    Raises:
        ArmError: There are none.
    """
    ids, _ = in_body(call, scale_set, model)
    if ids is None:
        raise ArmError.of(ErrorReason.REQUIRED, parameter="instanceIds")
    return ids


def ids_of(scale_set: ScaleSet, ids: list[str] | None) -> list[str] | None:
    """The ids as the scale set knows them: the names of virtual machines are told apart without regard to case.

    Raises:
        ArmError: The list is empty.
    """
    if ids is None:
        return None
    if not ids:
        raise ArmError.of(ErrorReason.EMPTY_INSTANCE_IDS)
    if not scale_set.flexible:
        return ids
    known = {instance_id.lower(): instance_id for instance_id in scale_set.instances}
    return [known.get(instance_id.lower(), instance_id) for instance_id in ids]


def find_instance(call: Call, scale_set: ScaleSet) -> Instance | None:
    """The instance in the path, or None.

    Raises:
        ArmError: The id can be none of a Uniform scale set's.
    """
    wanted = call.values["instanceId"]
    instance = scale_set.instances.get(wanted)
    if instance is None and not scale_set.flexible and not (wanted.isascii() and wanted.isdecimal()):
        raise ArmError.of(ErrorReason.INSTANCE_ID_NOT_NUMBER)
    if instance is None and scale_set.flexible:
        found = (item for item in scale_set.instances.values() if item.id.lower() == wanted.lower())
        instance = next(found, None)
    return instance
