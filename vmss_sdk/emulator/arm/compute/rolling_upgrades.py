"""Rolling upgrades: the latest one, those of the OS image and of extensions, history, approval (wire.md 3.20-3.24)."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm import paging
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.instance_ids import in_body
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.long_running import accepted
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views.rolling_upgrade import history_document, rolling_upgrade_document
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.upgrades import os_image, start
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["approve", "cancel", "latest", "list_history", "start_extension", "start_os"]


def latest(call: Call) -> Reply:
    """The latest rolling upgrade, running or over."""
    scale_set = call.scale_set()
    upgrade = scale_set.rolling_upgrade
    if upgrade is None:
        raise ArmError.of(ErrorReason.NO_UPGRADE_YET)
    return Reply(200, rolling_upgrade_document(scale_set, upgrade))


def cancel(call: Call) -> Reply:
    """Cancel the rolling upgrade that runs."""
    scale_set = call.scale_set()
    return accepted(call, scale_set, start.cancel(scale_set))


def start_os(call: Call) -> Reply:
    """Move the instances to the newest OS image, batch by batch; there is no body."""
    scale_set = call.scale_set()
    return _begun(call, scale_set, os_image.start_os_upgrade(scale_set))


def start_extension(call: Call) -> Reply:
    """Move the extensions of the instances to their newest versions, batch by batch; there is no body."""
    scale_set = call.scale_set()
    return _begun(call, scale_set, os_image.start_extension_upgrade(scale_set))


def approve(call: Call) -> Reply:
    """Let deferred OS upgrades go on, of the instances that are named or of all; never recorded (wire.md 3.29)."""
    scale_set = call.scale_set()
    ids, _ = in_body(call, scale_set)
    return accepted(call, scale_set, os_image.approve(scale_set, ids))


def list_history(call: Call) -> Reply:
    """The last OS upgrades, the newest first."""
    scale_set = call.scale_set()
    page, rest = paging.page(call, os_image.history(scale_set), lambda upgrade: str(upgrade.number))
    body: dict[str, Any] = {"value": [history_document(scale_set, upgrade) for upgrade in page]}
    if rest is not None:
        body["nextLink"] = rest
    return Reply(200, body)


def _begun(call: Call, scale_set: ScaleSet, operation: Operation) -> Reply:
    """No instance is touched yet: the charge was 0 in every recording (wire.md 3.20, 3.21)."""
    reply = accepted(call, scale_set, operation)
    reply.headers["x-ms-request-charge"] = "0"
    return reply
