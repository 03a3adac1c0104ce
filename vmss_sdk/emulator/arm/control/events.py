"""Events that a rehearsal triggers: reported health, an eviction, an upgrade by Azure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from vmss_sdk.emulator.arm.control.input import existing, health_state, only, refuse, states
from vmss_sdk.emulator.engine.fleet import platform_actions
from vmss_sdk.emulator.engine.guest import health
from vmss_sdk.emulator.engine.record.instance import OS_DISK, TEMP_DISK, Instance
from vmss_sdk.emulator.engine.upgrades.os_image import start_platform_upgrade
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["EVENTS", "MEMBERS"]

Document = dict[str, Any]

_LUN = re.compile(r"lun (\d{1,2})", re.ASCII)


def _health(scale_set: ScaleSet, body: Document) -> Document:
    """The application reports a health, until the instance is upgraded or reimaged; null: the truth again."""
    only(body, "instanceIds", "state")
    instances = existing(scale_set, body)
    if "state" not in body:
        refuse("state", f"'state' must be {states()}, or null for the truth.")
    state = None if body["state"] is None else health_state(body)
    for instance in instances:
        told = health.supported_states(scale_set, instance)
        if state is not None and state not in told:
            why = f"but the health source of instance '{instance.id}' tells only {', '.join(told)}"
            need = "Initializing needs the Application Health extension of version 2, Unknown needs it over HTTP"
            refuse("state", f"'state' is '{state.value}', {why}. {need}.")
    for instance in instances:
        health.set_reported_health(scale_set, instance, state)
    return {"instanceIds": _ids(instances), "state": state.value if state else None}


def _platform_upgrade(scale_set: ScaleSet, body: Document) -> Document:
    """Azure upgrades something of its own on all instances (rule 2.5.34)."""
    only(body)
    upgrade = start_platform_upgrade(scale_set)
    return {"upgrade": upgrade.number, "instanceIds": [instance_id for _, instance_id in upgrade.pending]}


def _eviction(scale_set: ScaleSet, body: Document) -> Document:
    """Azure takes the hardware of Spot instances back."""
    only(body, "instanceIds")
    instances = existing(scale_set, body)
    for instance in instances:
        platform_actions.evict(scale_set, instance)
    return {"instanceIds": _ids(instances)}


def _custom_metrics(scale_set: ScaleSet, body: Document) -> Document:
    """The application reports metrics beside its health, as the health extension with rich states reads them."""
    only(body, "instanceIds", "metrics")
    instances = existing(scale_set, body)
    metrics = _metrics(body.get("metrics"))
    for instance in instances:
        source = scale_set.version(instance.applied).health_source
        if source is None or not source.rich:
            why = "has no Application Health extension of version 2, which alone reads custom metrics"
            refuse("instanceIds", f"Instance '{instance.id}' {why}.")
    for instance in instances:
        instance.custom_metrics = dict(metrics)
    return {"instanceIds": _ids(instances), "metrics": metrics}


def _metrics(metrics: Any) -> dict[str, Any]:
    if not isinstance(metrics, dict):
        refuse("metrics", '\'metrics\' must be an object such as {"PhaseOrderingNumber": 0, "SkipUpgrade": false}.')
    phase, skip = metrics.get("PhaseOrderingNumber", 0), metrics.get("SkipUpgrade", False)
    if isinstance(phase, bool) or not isinstance(phase, int) or phase < 0:
        refuse("metrics", "'metrics.PhaseOrderingNumber' must be a whole number >= 0.")
    if not isinstance(skip, bool):
        refuse("metrics", "'metrics.SkipUpgrade' must be true or false.")
    return metrics


def _data(scale_set: ScaleSet, body: Document) -> Document:
    """Somebody keeps something on a disk; null: takes it away. A reimage may take it away too."""
    only(body, "instanceIds", "place", "value")
    instances = existing(scale_set, body)
    value = body.get("value")
    if "value" not in body or not (value is None or isinstance(value, str)):
        refuse("value", "'value' must be a text, for example 'the orders of today', or null to take it away.")
    places = [_place(scale_set, instance, body.get("place")) for instance in instances]
    for instance, place in zip(instances, places, strict=True):
        instance.lose_data(place)
        if value is not None:
            instance.data[place] = value
    return {"instanceIds": _ids(instances), "place": body["place"], "value": value}


def _place(scale_set: ScaleSet, instance: Instance, place: Any) -> str:
    if place in (OS_DISK, TEMP_DISK):
        return str(place)
    found = _LUN.fullmatch(str(place))
    if found is None:
        refuse("place", f"'place' must be '{OS_DISK}', '{TEMP_DISK}', or 'lun 0' and so on for a data disk.")
    storage = scale_set.version(instance.applied).profile.get("storageProfile", {})
    luns = {disk.get("lun") for disk in storage.get("dataDisks", [])}
    if int(found[1]) not in luns:
        refuse("place", f"'place' is '{place}', but instance '{instance.id}' has no data disk with that LUN.")
    return f"lun {int(found[1])}"


def _ids(instances: list[Instance]) -> list[str]:
    return [instance.id for instance in instances]


EVENTS: Final[dict[str, Callable[[ScaleSet, Document], Document]]] = {
    "health": _health,
    "platformUpgrade": _platform_upgrade,
    "eviction": _eviction,
    "customMetrics": _custom_metrics,
    "data": _data,
}
MEMBERS: Final = {"instanceIds", "state", "metrics", "place", "value"}
"""All members that their bodies have between them."""
