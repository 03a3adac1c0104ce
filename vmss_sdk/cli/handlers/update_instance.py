"""``vmss update --instance-id``: one instance, above all its protection."""

from __future__ import annotations

import base64
import copy
from typing import TYPE_CHECKING, Any

from vmss_sdk import models
from vmss_sdk.cli.handlers.dry_run import note_previews
from vmss_sdk.cli.handlers.flags import content
from vmss_sdk.cli.model.difference import change_of, differences
from vmss_sdk.cli.model.edits import apply
from vmss_sdk.cli.model.paths import put
from vmss_sdk.cli.running import Begun, Rows
from vmss_sdk.cli.table.members import rows
from vmss_sdk.cli.table.special import EPHEMERAL, IMAGE, RESERVATION, SECURITY, SKU_PROFILE
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.models.schema import schema

if TYPE_CHECKING:
    import argparse

    from vmss_sdk.cli.call import Call
    from vmss_sdk.cli.model.edits import Edit

__all__ = ["update_instance"]

_MEMBERS = {
    "protect_from_scale_in": ("properties", "protectionPolicy", "protectFromScaleIn"),
    "protect_from_scale_set_actions": ("properties", "protectionPolicy", "protectFromScaleSetActions"),
    "license_type": ("properties", "licenseType"),
    "user_data": ("properties", "userData"),
}
"""The flags that an instance has too."""


def update_instance(call: Call, edits: list[Edit]) -> Any:
    """Send nothing but what changes.

    A protection that is sent alone does not make the instance outdated, as the whole model does that az sends
    (azure-cli#30708).

    Raises:
        ClientUsageError: Nothing was given, or flags of the scale set.
        ServiceError: With ``--dry-run``: it would be refused.
    """
    args = call.args
    _check(args)
    given = {keys: _value(args, name) for name, keys in _MEMBERS.items() if getattr(args, name) is not None}
    if not (given or edits):
        raise ClientUsageError(
            "say what to change of the instance: --protect-from-scale-in, --protect-from-scale-set-actions,"
            " --license-type, --user-data, --set, --add or --remove"
        )
    instance, root = call.scale_set.instance(args.instance_id), schema(models.VirtualMachineScaleSetVM)
    found = instance.get()
    wanted = copy.deepcopy(found.wire)
    apply(root, wanted, edits, force_string=args.force_string)
    for keys, value in given.items():
        put(wanted, keys, value)
    change = change_of(root, found.wire, wanted)
    for keys, value in given.items():
        put(change, keys, value)  # also where it is so already: az sends it, and the service has the last word
    model = models.VirtualMachineScaleSetVM.from_wire(change)
    if args.dry_run:
        note_previews(call, [lambda web: web.instance(args.instance_id).update(model, if_match=found.etag)])
        return Rows([one.shown() for one in differences(root, found.wire, wanted)], "[].{Path:path, Old:old, New:new}")
    what = f"update of instance {args.instance_id} of '{call.scale_set_name}'"
    return Begun(instance.update(model, if_match=found.etag), what)


def _check(args: argparse.Namespace) -> None:
    flags = [(row.flags[0], row.dest) for row in rows("update")]
    special = (*SECURITY, *SKU_PROFILE, EPHEMERAL, RESERVATION, IMAGE)
    flags += [(each.flags[0], each.flags[0].removeprefix("--").replace("-", "_")) for each in special]
    for flag, name in flags:
        if name not in _MEMBERS and getattr(args, name) is not None:
            raise ClientUsageError(f"{flag} is for the scale set as a whole, not for an --instance-id")


def _value(args: argparse.Namespace, name: str) -> Any:
    value = getattr(args, name)
    return base64.b64encode(content("--user-data", value)).decode() if name == "user_data" else value
