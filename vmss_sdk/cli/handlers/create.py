"""``vmss create``: a deployment of a template, as az does it."""

from __future__ import annotations

import os
import secrets
import string
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.creating.checks import check
from vmss_sdk.cli.creating.context import Context
from vmss_sdk.cli.creating.template import template
from vmss_sdk.cli.handlers import flags
from vmss_sdk.cli.output import Verbatim
from vmss_sdk.cli.running import Begun

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles.any_resource import AnyResource

__all__ = ["create"]

_VERSION = "2024-11-01"  # of Microsoft.Resources, az 2.91's
_LETTERS = 32  # of the deployment's name, as az has them


def create(call: Call) -> Any:
    """Make the template, look whether it is good, or deploy it."""
    flags.refuse("create", call.args)
    context = Context(call, _location(call))
    check(context)
    made, kept = template(context)
    if call.args.dry_run:
        return Verbatim(made)
    deployment = _deployment(context)
    parameters = {name: {"value": value} for name, value in kept.items()}
    document = {"properties": {"mode": "Incremental", "template": made, "parameters": parameters}}
    if call.args.validate:
        return Begun(deployment.act("validate", document), f"validation of the template of '{context.name}'")
    if call.scale_set.exists():
        call.note(f"'{context.name}' is there already: it is changed to what is said here, defaults included.")
    return Begun(
        deployment.create_or_update(document), f"creation of '{context.name}'", lambda _: _outputs(context, deployment)
    )


def _location(call: Call) -> str:
    """The region; that of the group by default."""
    named = call.args.location or os.environ.get("AZURE_DEFAULTS_LOCATION")
    region = str(named or call.client.resource_groups.get(call.resource_group).location)
    return region.replace(" ", "").lower()  # "West US 2" is another way to write westus2


def _deployment(context: Context) -> AnyResource:
    name = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(_LETTERS))
    id = f"{context.group_id}/providers/Microsoft.Resources/deployments/vmss_deploy_{name}"
    return context.call.client.resource(id, api_version=_VERSION)


def _outputs(context: Context, deployment: AnyResource) -> Any:
    """What az prints: the values of the outputs, and with a Uniform scale set's identity that."""
    outputs = deployment.get()["properties"].get("outputs") or {}
    shown = {name: output.get("value") for name, output in outputs.items()}
    if not context.flexible and context.args.assign_identity is not None and "vmss" in shown:
        found = context.call.scale_set.get().wire.get("identity", {})
        shown["vmss"]["identity"] = {
            "userAssignedIdentities": found.get("userAssignedIdentities") or {},
            "systemAssignedIdentity": found.get("principalId", ""),
        }
    return shown
