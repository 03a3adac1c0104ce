"""Facts about instances that ARM does not show: applied model, OS disk, extension runs, data, pending changes."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import Counter
from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.engine.model.version import MOST_MODELS
from vmss_sdk.emulator.engine.reading.pending import Pending, Remedy, models_in_use, pending
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["get_pending", "list_all", "pending_document"]

Document = dict[str, Any]

_FINGERPRINT = 12


def list_all(call: Call) -> Reply:
    """Every instance with what ARM does not tell."""
    scale_set = call.scale_set()
    return Reply(200, {"value": [_document(scale_set, instance) for instance in scale_set.instances.values()]})


def get_pending(call: Call) -> Reply:
    """What each instance lacks and which action brings it, with a summary of all."""
    return Reply(200, pending_document(call.scale_set()))


def pending_document(scale_set: ScaleSet) -> Document:
    """What is pending on all instances of a scale set."""
    found = {instance.id: pending(scale_set, instance) for instance in scale_set.instances.values()}
    value = [{"instanceId": instance_id, "pending": list(map(_entry, items))} for instance_id, items in found.items()]
    latest = scale_set.latest.number
    return {
        "summary": _summary(found),
        "latestModel": latest,
        "modelsInUse": models_in_use(scale_set),
        "modelLimit": MOST_MODELS,
        "value": value,
    }


def _document(scale_set: ScaleSet, instance: Instance) -> Document:
    return {
        "instanceId": instance.id,
        "name": instance.name,
        "appliedModel": instance.applied,
        "latestModel": scale_set.latest.number,
        "latestModelApplied": not scale_set.outdated(instance),
        "osDisk": _os_disk(instance),
        "extensionRuns": [
            {"name": run.name, "reason": run.reason.value, "time": time_text(run.at), "succeeded": run.succeeded}
            for run in instance.extension_runs
        ],
        "data": dict(instance.data),
        "customMetrics": dict(instance.custom_metrics),
        "pending": [_entry(item) for item in pending(scale_set, instance)],
    }


def _os_disk(instance: Instance) -> Document:
    content = instance.os.content
    return {
        "number": instance.os.disk,
        "model": content.model,
        "imageVersion": content.image_version,
        "writtenAt": time_text(instance.os.written_at),
        "customDataFingerprint": _fingerprint(content.custom_data),
    }


def _fingerprint(custom_data: str | None) -> str | None:
    """The first digits of the SHA-256 of the decoded custom data: ``sha256sum`` of the file gives the same."""
    if custom_data is None:
        return None
    try:
        content = base64.b64decode(custom_data)
    except (binascii.Error, ValueError):
        content = custom_data.encode()
    return hashlib.sha256(content).hexdigest()[:_FINGERPRINT]


def _entry(item: Pending) -> Document:
    return {
        "path": item.path,
        "effect": item.effect,
        "remedy": item.remedy.value,
        "sinceModel": item.since_model,
        "loses": list(item.loses),
    }


def _summary(found: dict[str, list[Pending]]) -> str:
    """As in ``3 instances: upgrade; 2 instances: reimage``; who needs both is counted with both."""
    counts = Counter(remedy for items in found.values() for remedy in {item.remedy for item in items})
    parts = [f"{_instances(counts[remedy])}: {remedy.value}" for remedy in Remedy if counts[remedy]]
    return "; ".join(parts) or "nothing is pending"


def _instances(count: int) -> str:
    return "1 instance" if count == 1 else f"{count} instances"
