"""The extensions of a scale set as resources of their own: to write one is to write the model (wire.md 3.30)."""

from __future__ import annotations

from vmss_sdk.emulator.engine.common.documents import Document, merge
from vmss_sdk.emulator.engine.common.refusals import Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.guest.extensions import last_run
from vmss_sdk.emulator.engine.model.extensions import name_of
from vmss_sdk.emulator.engine.model.validation import handler_problems
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["extension_state", "find_extension", "remove_extension", "write_extension"]


def find_extension(scale_set: ScaleSet, name: str) -> Document | None:
    """The extension of this name in the model, without regard to case; None: there is none."""
    found = (item for item in scale_set.latest.extensions if name_of(item).lower() == name.lower())
    return next(found, None)


def write_extension(scale_set: ScaleSet, name: str, incoming: Document) -> Operation:
    """Add an extension to the model, or merge this into the one of this name.

    The upgrade policy decides how it reaches the instances, as with every write of the model.

    Args:
        scale_set: Whose model.
        name: The extension's name.
        incoming: Its members; those that are not sent stay as they are. Without any settings it gets empty ones.

    Raises:
        Refused: The model with it breaks rules, or the scale set takes no write now; nothing has changed.
    """
    known = find_extension(scale_set, name)
    if problems := handler_problems(merge(known or {}, incoming)):
        raise Refused(problems)
    properties = dict(incoming.get("properties", {}))
    if known is None:
        properties.setdefault("settings", {})  # recorded: wire.md 3.30
    written = {"name": name if known is None else name_of(known), "properties": properties}
    others = [name_of(item) for item in scale_set.latest.extensions]
    if known is None:
        return _write(scale_set, [*({"name": other} for other in others), written])
    return _write(scale_set, [written if other == written["name"] else {"name": other} for other in others])


def remove_extension(scale_set: ScaleSet, name: str) -> Operation:
    """Take an extension out of the model.

    Raises:
        Refused: The model without it breaks rules, or the scale set takes no write now; nothing has changed.
    """
    others = [name_of(item) for item in scale_set.latest.extensions if name_of(item).lower() != name.lower()]
    return _write(scale_set, [{"name": other} for other in others])


def extension_state(scale_set: ScaleSet, name: str) -> ProvisioningState:
    """How far an extension of the model is: it depends on the instances.

    Recorded in Manual mode: an extension that no instance has yet is Creating, also when the write has ended; one
    that they have in an older version is Succeeded. CHOICE: Failed as long as its last run on an instance failed.
    """
    present = [instance for instance in scale_set.instances.values() if not instance.deleting]
    if any(name not in scale_set.version(instance.applied).extension_names for instance in present):
        return ProvisioningState.CREATING
    if scale_set.writing:
        return ProvisioningState.UPDATING
    runs = [run for instance in present if (run := last_run(instance, name)) is not None]
    return ProvisioningState.SUCCEEDED if all(run.succeeded for run in runs) else ProvisioningState.FAILED


def _write(scale_set: ScaleSet, extensions: list[Document]) -> Operation:
    """Items of a name take over what that item had, so the others are told by their names alone."""
    profile = {"extensionProfile": {"extensions": extensions}}
    return scale_set.put({"properties": {"virtualMachineProfile": profile}})
