"""The ranges that single values of a model have to keep to (semantics 3.3, 3.11, 7)."""

from __future__ import annotations

from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.documents import Document, dig
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.defaults import os_type
from vmss_sdk.emulator.engine.model.extensions import is_health_extension

__all__ = ["range_problems"]

_PROFILE = "properties.virtualMachineProfile"
_EVENTS = f"{_PROFILE}.scheduledEventsProfile"
_MINUTES = 60.0
_DURATIONS: tuple[tuple[str, float, float], ...] = (
    (f"{_EVENTS}.terminateNotificationProfile.notBeforeTimeout", 5 * _MINUTES, 15 * _MINUTES),  # 7.11
    (f"{_EVENTS}.osImageNotificationProfile.notBeforeTimeout", 15 * _MINUTES, 15 * _MINUTES),  # 1.5.24
    ("properties.automaticRepairsPolicy.gracePeriod", 10 * _MINUTES, 90 * _MINUTES),  # 3.11
    (f"{_PROFILE}.extensionProfile.extensionsTimeBudget", 15 * _MINUTES, 120 * _MINUTES),  # 7.12
)
_HEALTH_RANGES = {"intervalInSeconds": (5, 60), "numberOfProbes": (1, 24), "gracePeriod": (0, 14400)}  # 3.3, C11
_NAME_LENGTH = {"Uniform": 64, "Flexible": 44}  # 7.4
_NO_HOST_NAME = frozenset("`~!@#$%^&*()=+_[]{}\\|;:'\",<>/?")
_PREFIX_LENGTH = {"Windows": 9, "Linux": 58}
"""Windows: reported, with the text of the error; Linux: what Terraform's provider allows."""
_FAULT_DOMAINS = {  # 7.8, by orchestration mode and whether it has zones
    ("Uniform", False): (1, 2, 3, 4, 5),
    ("Uniform", True): (1, 5),
    ("Flexible", False): (1, 2, 3),
    ("Flexible", True): (1,),
}


def range_problems(document: Document, name: str) -> list[Failure]:
    """Everything that is out of its range.

    Args:
        document: The model with its defaults.
        name: The scale set's name.
    """
    return [*_durations(document), *_names(document, name), *_fault_domains(document), *_health_settings(document)]


def _durations(document: Document) -> list[Failure]:
    return [
        _at(Reason.DURATION_OUT_OF_RANGE, path, low=low / _MINUTES, high=high / _MINUTES)
        for path, low, high in _DURATIONS
        if not _within(dig(document, path), low, high)
    ]


def _within(value: Any, low: float, high: float) -> bool:
    if value is None:
        return True
    try:
        return low <= wire.parse_duration(str(value)).total_seconds() <= high
    except ValueError:
        return False


def _names(document: Document, name: str) -> list[Failure]:
    longest = _NAME_LENGTH.get(str(dig(document, "properties.orchestrationMode")), _NAME_LENGTH["Uniform"])
    found = []
    if len(name) > longest:
        found.append(_at(Reason.INVALID, "name"))
    prefix = dig(document, f"{_PROFILE}.osProfile.computerNamePrefix")
    if prefix is not None and not _is_prefix(str(prefix), os_type(dig(document, _PROFILE, {}))):
        kind = "WINDOWS" if os_type(dig(document, _PROFILE, {})) == "Windows" else "LINUX"
        found.append(_at(Reason[f"{kind}_NAME_PREFIX"], f"{_PROFILE}.osProfile.computerNamePrefix"))
    return found


def _is_prefix(text: str, kind: str) -> bool:
    if not 1 <= len(text) <= _PREFIX_LENGTH["Windows" if kind == "Windows" else "Linux"]:
        return False
    if kind == "Windows" and (text.isdecimal() or "." in text):
        return False
    return _NO_HOST_NAME.isdisjoint(text)


def _fault_domains(document: Document) -> list[Failure]:
    kind = str(dig(document, "properties.orchestrationMode")), bool(document.get("zones"))
    path = "properties.platformFaultDomainCount"
    count = dig(document, path)
    return [] if count is None or count in _FAULT_DOMAINS.get(kind, (count,)) else [_at(Reason.INVALID, path)]


def _health_settings(document: Document) -> list[Failure]:
    extensions = dig(document, f"{_PROFILE}.extensionProfile.extensions", [])
    return [
        problem
        for extension in extensions
        if is_health_extension(extension)
        for problem in _problems_of(dig(extension, "properties.settings", {}))
    ]


def _problems_of(settings: Document) -> list[Failure]:
    """Rule 3.3: a port for TCP; a path for HTTP and none for TCP; null and an empty path are none.

    CHOICE: refused when written; on Azure the extension fails on each instance. Without a protocol nothing is said.
    """
    settings = {key: value for key, value in settings.items() if value is not None}
    if "protocol" not in settings:
        return []
    path = f"{_PROFILE}.extensionProfile.extensions.properties.settings"
    protocol = str(settings.get("protocol", "")).lower()
    wrong = {
        "protocol": protocol not in ("http", "https", "tcp"),
        "port": protocol == "tcp" and "port" not in settings,
        "requestPath": protocol in ("http", "https") and not settings.get("requestPath"),
    }
    found = [
        _at(Reason.REQUIRED if key not in settings else Reason.INVALID, f"{path}.{key}") for key in wrong if wrong[key]
    ]
    if protocol == "tcp" and settings.get("requestPath"):
        found.append(_at(Reason.INVALID, f"{path}.requestPath"))
    return found + [
        _at(Reason.OUT_OF_RANGE, f"{path}.{key}", low=low, high=high)
        for key, (low, high) in _HEALTH_RANGES.items()
        if key in settings and not _is_between(settings[key], low, high)
    ]


def _is_between(value: Any, low: int, high: int) -> bool:
    try:
        return low <= float(value) <= high
    except (TypeError, ValueError):
        return False


def _at(reason: Reason, target: str, **facts: Any) -> Failure:
    return Failure(reason, {"target": target, "parameter": target.rpartition(".")[2], **facts})
