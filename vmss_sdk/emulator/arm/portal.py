"""The files of the portal, which a browser gets from the emulator's own port; what they do they do over ARM's calls."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

import attrs

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply

__all__ = ["file"]

_START = "index.html"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
))  # fmt: skip
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@attrs.frozen
class _File:
    """A file as it is sent."""

    content: bytes
    type: str
    etag: str


def file(call: Call) -> Reply:
    """A file of the portal; a browser keeps it, and asks each time whether it is still the same.

    Raises:
        ArmError: There is no such file, or the portal is not served.
    """
    name = "/".join(call.values.values()) or _START
    found = _files().get(name) if call.state.portal else None
    if found is None:
        raise ArmError.of(ErrorReason.UNKNOWN_TYPE, path=call.url.path)
    headers = {**_HEADERS, "Content-Type": found.type, "ETag": found.etag}
    if found.etag in call.request.headers.get("If-None-Match", ""):
        return Reply(304, headers=headers)
    return Reply(200, headers=headers, content=found.content)


@cache
def _files() -> dict[str, _File]:
    """All files by their paths: nothing else can be asked for, however a path is spelled."""
    root = files("vmss_sdk") / "portal"
    places = [(part.name, part) for part in root.iterdir() if part.is_file()]
    for folder in root.iterdir():
        if folder.is_dir():
            places += [(f"{folder.name}/{part.name}", part) for part in folder.iterdir() if part.is_file()]
    return {name: _file(name, part.read_bytes()) for name, part in places if name.rpartition(".")[2] in _TYPES}


def _file(name: str, content: bytes) -> _File:
    return _File(content, _TYPES[name.rpartition(".")[2]], f'"{hashlib.sha256(content).hexdigest()[:32]}"')
