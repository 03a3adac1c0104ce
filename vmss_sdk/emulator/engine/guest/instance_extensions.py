"""Extensions of one instance alone: beside those of its model, or in their place.

CHOICE: an instance that has one differs from the scale set's model, as after any individual change (semantics 1.3.11).
So it counts as outdated, a reimage runs its extensions again, and its next upgrade takes them away.
"""

from __future__ import annotations

import copy

import attrs

from vmss_sdk.emulator.engine.common import documents
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.guest import extensions
from vmss_sdk.emulator.engine.guest.extensions import installed, last_run
from vmss_sdk.emulator.engine.guest.scripts import refuse_unless_ready
from vmss_sdk.emulator.engine.model.extensions import handler, name_of, order_problems
from vmss_sdk.emulator.engine.model.required_members import member_problems
from vmss_sdk.emulator.engine.model.validation import handler_problems
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.extension_run import RunReason
from vmss_sdk.emulator.engine.record.instance import Instance, Job
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.models import VirtualMachineScaleSetVMExtension

__all__ = [
    "find_installed",
    "instance_extension_state",
    "instance_extensions",
    "remove_from_instance",
    "write_on_instance",
]

_WRITE = "Put on Virtual Machine Scale Set VM Extension"


@attrs.define(kw_only=True, eq=False)
class Install(Job):
    """An extension of one instance is installed, changed or removed.

    Attributes:
        name: The extension.
        new: Whether the instance has it for the first time.
        due: What runs for it, and why; nothing when it is removed or only told the same again.
    """

    name: str
    new: bool
    due: tuple[tuple[Document, RunReason], ...]

    def begin(self, scale_set: Aggregate, instance: Instance) -> float:
        """The guest keeps running."""
        instance.provisioning = ProvisioningState.UPDATING
        times = scale_set.settings.timings
        return times.extension if self.due else times.write

    def finish(self, scale_set: Aggregate, instance: Instance) -> None:
        """It has run; on an instance that went down meanwhile it runs with the next start (semantics 2.5.39)."""
        if instance.running:
            self.failure = extensions.run(scale_set, instance, self.due)
        else:
            instance.deferred_runs.update({name_of(extension): reason for extension, reason in self.due})


def instance_extensions(scale_set: Aggregate, instance: Instance) -> list[Document]:
    """All extensions of an instance: those of the model applied to it, and those set on it alone."""
    return installed(instance, scale_set.version(instance.applied).extensions)


def find_installed(scale_set: Aggregate, instance: Instance, name: str) -> Document | None:
    """The extension of this name, without regard to case; None: the instance has none."""
    found = (item for item in instance_extensions(scale_set, instance) if name_of(item).lower() == name.lower())
    return next(found, None)


def instance_extension_state(instance: Instance, name: str) -> ProvisioningState:
    """How far an extension is on an instance."""
    for job in instance.jobs:
        if isinstance(job, Install) and job.name == name:
            return ProvisioningState.CREATING if job.new else ProvisioningState.UPDATING
    if instance.provisioning is ProvisioningState.CREATING:
        return ProvisioningState.CREATING
    run = last_run(instance, name)
    return ProvisioningState.FAILED if run and not run.succeeded else ProvisioningState.SUCCEEDED


def write_on_instance(scale_set: Aggregate, instance: Instance, name: str, incoming: Document) -> Operation:
    """Set an extension on one instance, or merge this into the one of this name.

    Raises:
        Refused: It lacks a handler, has the handler of another one, waits for an unknown one, or the instance does
            not run or allows no extensions; nothing has changed.
    """
    refuse_unless_ready(scale_set, instance, _WRITE)
    known = find_installed(scale_set, instance, name)
    wanted = documents.merge(known or {}, documents.seal_secrets(copy.deepcopy(incoming), scale_set.seal))
    wanted["name"] = name if known is None else name_of(known)
    _check(scale_set, instance, wanted, known)
    scale_set.check_concurrency([instance])
    wanted["properties"].setdefault("autoUpgradeMinorVersion", False)
    if wanted != known:
        _as_own(instance, wanted["name"], wanted)
    due = extensions.changed([] if known is None else [known], [wanted])
    job = Install(instance_id=instance.id, name=wanted["name"], new=known is None, due=tuple(due))
    return scale_set.run("writeExtension", [job])


def remove_from_instance(scale_set: Aggregate, instance: Instance, name: str) -> Operation:
    """Take an extension away from one instance, also one of the model; the next upgrade brings that back.

    Raises:
        Refused: The instance does not run or allows no extensions; nothing has changed.
    """
    refuse_unless_ready(scale_set, instance, _WRITE)
    scale_set.check_concurrency([instance])
    _as_own(instance, name, None)
    return scale_set.run("deleteExtension", [Install(instance_id=instance.id, name=name, new=False, due=())])


def _as_own(instance: Instance, name: str, extension: Document | None) -> None:
    instance.extension_overrides = {**instance.extension_overrides, name.lower(): extension}
    instance.customised = True
    instance.etag += 1


def _check(scale_set: Aggregate, instance: Instance, wanted: Document, known: Document | None) -> None:
    others = [e for e in instance_extensions(scale_set, instance) if name_of(e) != wanted["name"]]
    problems = handler_problems(wanted) + member_problems(VirtualMachineScaleSetVMExtension, wanted)
    problems += order_problems([*others, wanted], "properties.provisionAfterExtensions")
    twin = next((e for e in others if handler(e) == handler(wanted)), None)
    if twin is not None and not problems:  # documented: one extension for each handler on a machine
        facts = {"os_type": scale_set.version(instance.applied).os_type, "extension": name_of(twin)}
        problems.append(Failure(Reason.HANDLER_TWICE, {**facts, "handler": handler(twin)}))
    if known is not None and not problems:
        problems += _version_problems(known, wanted)
    if problems:
        raise Refused(problems)


def _version_problems(known: Document, wanted: Document) -> list[Failure]:
    """A handler that upgrades its minor version by itself does not take another one.

    Reported (azure-rest-api-specs#17102): 1.9 was refused where 1.4 was installed. CHOICE: another major version is
    another handler, and one that does not upgrade itself may be told to.
    """
    mine, other = known["properties"], wanted["properties"]
    old, new = (str(each.get("typeHandlerVersion", "")) for each in (mine, other))
    if handler(known) != handler(wanted) or mine.get("autoUpgradeMinorVersion") is not True or old == new:
        return []
    if old.partition(".")[0] != new.partition(".")[0]:
        return []
    facts = {"extension": name_of(wanted), "handler": handler(known), "version": old, "upgrades": "True"}
    return [Failure(Reason.HANDLER_VERSION_FIXED, facts)]
