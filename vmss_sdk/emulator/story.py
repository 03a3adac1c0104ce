"""A story: all that a state file's journal has, as one portable JSON document, without secrets unless they are wanted.

Told again elsewhere it gives the same state, ids included: that is how a rehearsal is attached to a report.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any

from vmss_sdk import wire
from vmss_sdk._version import __version__
from vmss_sdk.emulator.store.journal import Entry, Snapshot

__all__ = ["FORMAT", "WHAT", "entries_of", "story"]

WHAT = "vmss_sdk emulator story"
FORMAT = 1

_SECRET = re.compile(
    r".*password|.*secret|protected_?(settings|parameters)|custom_?data|user_?data|private_?key|.*connection_?string"
    r"|(account|access|primary|secondary)_?key|sas_?token|unattend_?content",
    re.IGNORECASE,
)
"""Members whose texts are secrets, or may be."""
_SIGNED = re.compile(r"(script|(output|error)_?blob)_?uri", re.IGNORECASE)
"""URLs whose query is a signature."""
_BASE64 = re.compile(r"(custom|user)_?data", re.IGNORECASE)


def story(first: Snapshot, entries: list[Entry], *, secrets: bool = False) -> dict[str, Any]:
    """The document.

    Args:
        first: What there was before the first entry.
        entries: In their order.
        secrets: Whether passwords, protected settings, custom data and the like stay as they were sent. Else each is
            replaced, the same always by the same, so that what changed and what did not stays so.
    """
    keep: Callable[[Any], Any] = _unchanged if secrets else _Replaced()
    return {
        "what": WHAT,
        "format": FORMAT,
        "version": __version__,
        "secrets": secrets,
        "first": keep(first.document),
        "entries": [{"moment": entry.moment, **_content(entry.content, keep)} for entry in entries],
    }


def entries_of(document: dict[str, Any]) -> list[Entry]:
    """The entries of a story.

    Raises:
        ValueError: It is none, or of a newer release.
    """
    if not isinstance(document, dict) or document.get("what") != WHAT:
        raise ValueError("it is no story of vmss_sdk: expected what 'vmss emulator state export' wrote")
    if document["format"] > FORMAT:
        raise ValueError(
            f"vmss_sdk {document.get('version')} wrote it in format {document['format']}, and this release knows"
            f" formats up to {FORMAT}: install a newer vmss_sdk"
        )
    return [
        Entry(number, item["moment"], {name: value for name, value in item.items() if name != "moment"})
        for number, item in enumerate(document["entries"], 1)
    ]


def _unchanged(value: Any) -> Any:
    return value


def _content(content: dict[str, Any], keep: Callable[[Any], Any]) -> dict[str, Any]:
    found = {name: value for name, value in content.items() if name not in ("body", "body64")}
    if "body" in content:
        try:
            body = wire.decode(content["body"].encode())
        except ValueError:  # it was refused, and is again
            return {**found, "body": "{"}
        found["body"] = wire.encode(keep(body)).decode()
    elif "body64" in content:
        found["body"] = "{"
    return found


class _Replaced:
    """Replaces secrets, by the names of the members that they are in."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, value: Any) -> Any:
        """The value without secrets."""
        if isinstance(value, list):
            return [self(item) for item in value]
        if not isinstance(value, dict):
            return value
        secure = _secure_parameters(value)
        return {name: self._member(name, item, secure) for name, item in value.items()}

    def _member(self, name: str, value: Any, secure: set[str]) -> Any:
        if name.lower() == "parameters" and secure and isinstance(value, dict):
            return {key: self._leaves(item) if key.lower() in secure else self(item) for key, item in value.items()}
        if _SECRET.fullmatch(name):
            return self._leaves(value, encoded=bool(_BASE64.fullmatch(name)))
        if _SIGNED.fullmatch(name) and isinstance(value, str):
            return value.partition("?")[0]
        return self(value)

    def _leaves(self, value: Any, *, encoded: bool = False) -> Any:
        if isinstance(value, list):
            return [self._leaves(item, encoded=encoded) for item in value]
        if isinstance(value, dict):
            return {name: self._leaves(item, encoded=encoded) for name, item in value.items()}
        if not isinstance(value, str) or not value:
            return value
        # it has to be as complex as a password, and base64 where that is asked for
        plain = self._known.setdefault(value, f"Replaced-{len(self._known) + 1:04}")
        return base64.b64encode(plain.encode()).decode() if encoded and _is_base64(value) else plain


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _secure_parameters(document: dict[str, Any]) -> set[str]:
    """The names, in lower case, of the secure parameters of the template that a deployment has."""
    template = document.get("template")
    defined = template.get("parameters") if isinstance(template, dict) else None
    if not isinstance(defined, dict):
        return set()
    return {
        name.lower()
        for name, item in defined.items()
        if isinstance(item, dict) and str(item.get("type", "")).lower().startswith("secure")
    }
