"""The settings of the Application Health extension (semantics 3.2, 3.3)."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason

__all__ = ["RANGES", "setting_problems", "whole_number"]

_LINUX = "applicationhealthlinux"
_PROTOCOLS = ("http", "https", "tcp")
RANGES = {"port": (1, 65535), "intervalInSeconds": (5, 60), "numberOfProbes": (1, 24), "gracePeriod": (5, 14400)}
"""In the extension's own schema (its source is public); 14,400 s is C11."""
_KNOWN = ("protocol", "requestPath", "vmWatchSettings", *RANGES)


def setting_problems(extension: Document, target: str) -> list[Failure]:
    """What the extension would refuse of its settings (rule 3.3): a port for TCP; a path for HTTP and none for TCP.

    Null and, over TCP, an empty path are none.

    CHOICE: refused when written; on Azure the extension fails on each instance. Without a protocol nothing is missing.

    Args:
        extension: The Application Health extension.
        target: The path of its settings.
    """
    settings = get_path(extension, "properties.settings", {})
    if not isinstance(settings, dict):
        return [_at(Reason.INVALID, target)]
    settings = {key: value for key, value in settings.items() if value is not None}
    found = _protocol_problems(settings, target) if "protocol" in settings else _path_problems(settings, target)
    found += [
        _at(Reason.OUT_OF_RANGE, f"{target}.{key}", low=low, high=high)
        for key, (low, high) in RANGES.items()
        if key in settings and not _is_between(settings[key], low, high)
    ]
    unknown = [key for key in settings if key not in _KNOWN] if _type(extension) == _LINUX else []
    return found + [_at(Reason.INVALID, f"{target}.{key}") for key in unknown]


def whole_number(value: Any) -> int | None:
    """A whole number; None: it is none.

    CHOICE: one that is written as a text counts, since templates in use have it so.
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:  # noqa: PLR2004
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if isinstance(value, int) or value.is_integer() else None


def _protocol_problems(settings: Document, target: str) -> list[Failure]:
    protocol, path = settings["protocol"], f"{target}.requestPath"
    if not isinstance(protocol, str) or protocol.lower() not in _PROTOCOLS:
        return [_at(Reason.INVALID, f"{target}.protocol")]
    if protocol.lower() == "tcp":
        missing = [_at(Reason.REQUIRED, f"{target}.port")] if "port" not in settings else []
        return missing if settings.get("requestPath", "") == "" else [*missing, _at(Reason.INVALID, path)]
    if "requestPath" not in settings:
        return [_at(Reason.REQUIRED, path)]
    return _path_problems(settings, target) if settings["requestPath"] else [_at(Reason.INVALID, path)]


def _path_problems(settings: Document, target: str) -> list[Failure]:
    is_text = isinstance(settings.get("requestPath", ""), str)
    return [] if is_text else [_at(Reason.INVALID, f"{target}.requestPath")]


def _is_between(value: Any, low: int, high: int) -> bool:
    number = whole_number(value)
    return number is not None and low <= number <= high


def _type(extension: Document) -> str:
    return str(get_path(extension, "properties.type", "")).lower()


def _at(reason: Reason, target: str, **facts: Any) -> Failure:
    return Failure(reason, {"target": target, "parameter": target.rpartition(".")[2], **facts})
