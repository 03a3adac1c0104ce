"""Live updates for a page that follows a scale set: changed scale sets, and their changed instances.

``GET /_emulator/events?after=CURSOR&wait=SECONDS`` and ``GET …/scaleSets/NAME/rows?after=CURSOR``. A cursor is whatever
the last answer had as ``cursor``; without one, and with one of another time, everything is told, and ``reset`` is true.
"""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.control.emulator import clock_document
from vmss_sdk.emulator.arm.control.input import refuse
from vmss_sdk.emulator.arm.errors import document as error_document
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views.instance import MemberViews
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["MOST_WAIT", "WAITS", "events", "list_rows"]

Document = dict[str, Any]

WAITS = "x-vmss-emulator-waits"
"""The header of an answer that a server may hold back, so many seconds, until there is something to tell."""
MOST_WAIT = 20
"""Seconds: less than what programs and proxies between take for an answer that never comes."""


def events(call: Call) -> Reply:
    """The scale sets that changed since a cursor: 200; 204 when none did, which a server holds back for ``wait``."""
    changes = call.state.changes
    found = {scale_set.id: scale_set.revision for scale_set in call.state.scale_sets_of()}
    changes.look(changes.sets, found)
    changes.forget_others(found)
    after = changes.after(call.query.get("after", ""))
    told = changes.sets.since(after or 0)
    if after is not None and not told:
        return Reply(204, headers={WAITS: str(_wait(call))})
    value = [{"id": key, "deleted": revision is None} for key, revision in told.items()]
    clock = clock_document(call.state)
    return Reply(200, {"cursor": changes.cursor, "reset": after is None, "value": value, "clock": clock})


def _wait(call: Call) -> int:
    text = call.query.get("wait", "0")
    if not (text.isascii() and text.isdecimal() and int(text[:3]) <= MOST_WAIT):
        refuse("wait", f"'wait' must be a whole number of seconds from 0 to {MOST_WAIT}.")
    return int(text)


def list_rows(call: Call) -> Reply:
    """The instances that changed since a cursor, each with what a list of them shows."""
    scale_set = call.scale_set()
    changes = call.state.changes
    sight = changes.instances_view(scale_set.id)
    views = MemberViews(scale_set, runtime=True)
    changes.look(sight, {instance.id: _row(scale_set, views, instance) for instance in scale_set.instances.values()})
    after = changes.after(call.query.get("after", ""))
    told = sight.since(after or 0)
    return Reply(
        200,
        {
            "cursor": changes.cursor,
            "reset": after is None,
            "value": [row for row in told.values() if row is not None],
            "deleted": [key for key, row in told.items() if row is None and after is not None],
        },
    )


def _row(scale_set: ScaleSet, views: MemberViews, instance: Instance) -> Document:
    failure = None if instance.failure is None else error_document(instance.failure)
    return {
        "instanceId": instance.id,
        "name": instance.name,
        "computerName": instance.computer_name,
        "zone": instance.zone,
        "faultDomain": instance.fault_domain,
        "powerState": instance.power.value,
        "healthState": None if instance.health is None else instance.health.value,
        "provisioningState": instance.provisioning.value,
        "error": failure,
        "protectFromScaleIn": instance.protection.from_scale_in or False,
        "protectFromScaleSetActions": instance.protection.from_scale_set_actions or False,
        "latestModelApplied": not scale_set.outdated(instance),
        "appliedModel": instance.applied,
        "size": views.sku(instance).get("name"),
        "image": dict(scale_set.version(instance.applied).content.image),
        "imageVersion": instance.os.content.image_version,
        "osDisk": instance.os.disk,
    }
