"""``vmss update``: read, change, write back what changed.

What is sent: a PATCH of nothing but the changed members, or, where a PATCH cannot carry one (API reference: the admin's
name, zones, disks' sizes …), a PUT of the whole model that was read, as az sends it. Both merge, so what no GET
returns (passwords, custom data, protected settings) stays; and both are on condition of the ETag that was read, so that
nothing another writer did meanwhile is lost.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from vmss_sdk import models
from vmss_sdk.cli.creating.images import image_reference
from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.handlers import flags, rules
from vmss_sdk.cli.handlers.outdated_hints import note_outdated_instances, note_rolling_update
from vmss_sdk.cli.handlers.update_instance import update_instance
from vmss_sdk.cli.model.difference import change_of, differences, effect_of, fits, kept, unchangeable
from vmss_sdk.cli.model.edits import Edit, apply
from vmss_sdk.cli.model.paths import get
from vmss_sdk.cli.running import Begun, Rows
from vmss_sdk.errors import ClientUsageError, NotAnEmulatorError, PreconditionFailedError
from vmss_sdk.models.schema import schema

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call
    from vmss_sdk.cli.model.difference import Difference
    from vmss_sdk.handles.scale_set import ScaleSet
    from vmss_sdk.operation import Operation

__all__ = ["planned", "update"]

Document = dict[str, Any]


_DRY_COLUMNS = "[].{Path:path, Old:old, New:new, Effect:effect, ReachedBy:reachedBy}"


def update(call: Call) -> Any:
    """Change the scale set, or one of its instances."""
    flags.refuse("update", call.args)
    edits = [Edit(verb, words) for verb, words in call.args.edits or ()]
    if call.args.instance_id:
        return update_instance(call, edits)
    _check(call.args)
    found = call.scale_set.get()
    wanted = _changed_model(call, found, edits)
    changes = differences(schema(models.VirtualMachineScaleSet), found.wire, wanted)
    change = _change(found, wanted, changes)
    if call.args.dry_run:
        if not changes:
            call.note("Nothing would change; instances that are outdated would be looked at again.")
        _preview(call, found, wanted, change)
        return Rows([_difference_row(found, one) for one in changes], _DRY_COLUMNS)
    return _begin(call, found, wanted, change, changes)


def planned(call: Call) -> Callable[[ScaleSet], object] | None:
    """The call by which the flags change the scale set; None when they change nothing.

    Raises:
        ClientUsageError: Flags do not go together.
        CommandError: They cannot take away what they should.
    """
    flags.refuse("update", call.args)
    _check(call.args)
    found = call.scale_set.get()
    wanted = _changed_model(call, found, [Edit(verb, words) for verb, words in call.args.edits or ()])
    changes = differences(schema(models.VirtualMachineScaleSet), found.wire, wanted)
    if not changes:
        return None
    change = _change(found, wanted, changes)
    return lambda web: _send(web, found, wanted, change)


def _preview(call: Call, found: models.VirtualMachineScaleSet, wanted: Document, change: Document) -> None:
    """What the service would answer, asked of an emulator; of Azure only what the rules tell.

    Raises:
        ServiceError: The change would be refused.
        CommandError: It would be by a rule.
    """
    try:
        preview = call.scale_set.preview(lambda web: _send(web, found, wanted, change))
    except NotAnEmulatorError:
        call.note("Azure cannot be asked beforehand: this is what the rules tell, and it may still refuse the change.")
        if fixed := unchangeable(found.wire, wanted):
            raise CommandError(f"{', '.join(fixed)} cannot be changed once a scale set exists") from None
        return
    preview.check()
    for line in preview.text.splitlines():
        call.note(line)


def _check(args: argparse.Namespace) -> None:
    protection = ("protect_from_scale_in", "protect_from_scale_set_actions")
    if any(getattr(args, name, None) is not None for name in protection):
        raise ClientUsageError("--protect-from-scale-in and --protect-from-scale-set-actions need --instance-id")
    if args.image is not None and args.image_version is not None:
        raise ClientUsageError("--image names a version already; --image-version is for the image that is there")
    if args.enable_terminate_notification is False and args.terminate_notification_time is not None:
        raise ClientUsageError("--terminate-notification-time needs --enable-terminate-notification true")
    if args.enable_terminate_notification and args.terminate_notification_time is None:
        raise ClientUsageError("--enable-terminate-notification needs --terminate-notification-time")


def _changed_model(call: Call, found: models.VirtualMachineScaleSet, edits: list[Edit]) -> Document:
    """What was read, changed: by the generic flags first, then by the others."""
    args, root = call.args, schema(models.VirtualMachineScaleSet)
    rules.check(args, flexible=found.orchestration_mode == models.OrchestrationMode.FLEXIBLE)
    wanted = copy.deepcopy(found.wire)
    group_id = call.scale_set.id.partition("/providers/")[0]
    apply(root, wanted, edits, force_string=args.force_string)
    flags.write("update", args, root, wanted, group_id)
    _set_compound_flags(args, wanted, group_id)
    return wanted


def _set_compound_flags(args: argparse.Namespace, wanted: Document, group_id: str) -> None:
    """The flags that set more than one member, in a model that may have no profile yet."""
    properties = wanted.setdefault("properties", {})
    profile = properties.get("virtualMachineProfile") or {}
    rules.security(args, profile, secure_boot=False)
    rules.sku_profile(args, properties)
    rules.reservation(args, profile, group_id)
    if args.disable_capacity_reservation_assignment:
        profile["capacityReservation"].pop("capacityReservationGroup", None)
    if args.image is not None:
        profile.setdefault("storageProfile", {})["imageReference"] = image_reference(args.image)
    if args.ephemeral_os_disk is not None:
        disk = profile.setdefault("storageProfile", {}).setdefault("osDisk", {})
        disk["diffDiskSettings"] = (
            {**disk.get("diffDiskSettings", {}), "option": "Local"} if args.ephemeral_os_disk else {}
        )
    if profile:
        properties["virtualMachineProfile"] = profile


def _difference_row(found: models.VirtualMachineScaleSet, one: Difference) -> Document:
    """A change as ``--dry-run`` tells it."""
    effect = effect_of(found.wire, one)
    mode = str(found.upgrade_policy.mode) if found.upgrade_policy else ""
    return {**one.shown(), "effect": effect or "none", "reachedBy": _reached_by(effect, mode)}


def _reached_by(effect: str | None, mode: str) -> str:
    if effect is None:
        return ""
    if effect == "reimage":
        return "vmss reimage"
    if effect == "new_only":
        return "new instances only"
    return {"Automatic": "at once", "Rolling": "a rolling upgrade"}.get(mode, "vmss update-instances")


def _change(found: models.VirtualMachineScaleSet, wanted: Document, changes: list[Difference]) -> Document:
    """A document with nothing but what changes.

    Raises:
        CommandError: It cannot take away what it should.
    """
    change = change_of(schema(models.VirtualMachineScaleSet), found.wire, wanted)
    if staying := kept(found.wire, change, changes):
        raise CommandError(
            f"'{staying[0].path}' cannot be removed: the service keeps what a write leaves out. Nothing was changed;"
            f" set it to something else with --set {staying[0].path}=..."
        )
    return change


def _begin(
    call: Call,
    found: models.VirtualMachineScaleSet,
    wanted: Document,
    change: Document,
    changes: list[Difference],
) -> Begun:
    effects = {effect for one in changes if (effect := effect_of(found.wire, one))}
    operation = _send(call.scale_set, found, wanted, change)
    note_rolling_update(call, wanted)

    def done(result: models.VirtualMachineScaleSet) -> models.VirtualMachineScaleSet:
        _verify(result, changes)
        note_outdated_instances(call, result, effects)
        return result

    what = f"update of '{call.scale_set_name}'" if changes else f"another look at the model of '{call.scale_set_name}'"
    return Begun(operation, what, done)


def _send(
    web: ScaleSet, found: models.VirtualMachineScaleSet, wanted: Document, change: Document
) -> Operation[models.VirtualMachineScaleSet]:
    try:
        if fits(schema(models.VirtualMachineScaleSetUpdate), change):
            patch = models.VirtualMachineScaleSetUpdate.from_wire(change)
            return web.update(patch, if_match=found.etag)
        whole = models.VirtualMachineScaleSet.from_wire(_writable(wanted, change))
        return web.create_or_update(whole, if_match=found.etag)
    except PreconditionFailedError as error:
        error.add_note(
            f"'{web.name}' was changed by somebody else after it was read. Nothing was written: look at it,"
            " and type the command again."
        )
        raise


def _writable(wanted: Document, change: Document) -> Document:
    """The model without the image where that stays: who may write the scale set need not be allowed to read it."""
    place = ("properties", "virtualMachineProfile", "storageProfile")
    if get(wanted, place) and get(change, (*place, "imageReference")) is None:
        wanted = copy.deepcopy(wanted)
        get(wanted, place).pop("imageReference", None)
    return wanted


def _verify(result: models.VirtualMachineScaleSet, changes: list[Difference]) -> None:
    """That null took away what it was sent for; services differ in that."""
    for one in changes:
        if one.new is None and not one.removed and get(result.wire, one.keys) is not None:
            raise CommandError(f"'{one.path}' was set to null, which the service ignored; all else was changed")
