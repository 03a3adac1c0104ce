"""The ranges that single values of a model have to keep to (semantics 3.3, 3.11, 7)."""

from __future__ import annotations

from typing import Any

from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.defaults import os_type
from vmss_sdk.emulator.engine.model.extensions import is_health_extension
from vmss_sdk.emulator.engine.model.health_settings import setting_problems

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
        if not _within(get_path(document, path), low, high)
    ]


def _within(value: Any, low: float, high: float) -> bool:
    if value is None:
        return True
    try:
        return low <= wire.parse_duration(str(value)).total_seconds() <= high
    except ValueError:
        return False


def _names(document: Document, name: str) -> list[Failure]:
    longest = _NAME_LENGTH.get(str(get_path(document, "properties.orchestrationMode")), _NAME_LENGTH["Uniform"])
    found = []
    if len(name) > longest:
        found.append(_at(Reason.INVALID, "name"))
    prefix = get_path(document, f"{_PROFILE}.osProfile.computerNamePrefix")
    if prefix is not None and not _is_prefix(str(prefix), os_type(get_path(document, _PROFILE, {}))):
        kind = "WINDOWS" if os_type(get_path(document, _PROFILE, {})) == "Windows" else "LINUX"
        found.append(_at(Reason[f"{kind}_NAME_PREFIX"], f"{_PROFILE}.osProfile.computerNamePrefix"))
    return found


def _is_prefix(text: str, kind: str) -> bool:
    if not 1 <= len(text) <= _PREFIX_LENGTH["Windows" if kind == "Windows" else "Linux"]:
        return False
    if kind == "Windows" and (text.isdecimal() or "." in text):
        return False
    return _NO_HOST_NAME.isdisjoint(text)


def _fault_domains(document: Document) -> list[Failure]:
    kind = str(get_path(document, "properties.orchestrationMode")), bool(document.get("zones"))
    path = "properties.platformFaultDomainCount"
    count = get_path(document, path)
    return [] if count is None or count in _FAULT_DOMAINS.get(kind, (count,)) else [_at(Reason.INVALID, path)]


def _health_settings(document: Document) -> list[Failure]:
    path = f"{_PROFILE}.extensionProfile.extensions"
    return [
        problem
        for extension in get_path(document, path, [])
        if is_health_extension(extension)
        for problem in setting_problems(extension, f"{path}.properties.settings")
    ]


def _at(reason: Reason, target: str, **facts: Any) -> Failure:
    return Failure(reason, {"target": target, "parameter": target.rpartition(".")[2], **facts})
