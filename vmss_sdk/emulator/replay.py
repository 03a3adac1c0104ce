"""Entries of a journal: what a request changed, written down, and done again."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from vmss_sdk.emulator.app import Emulator, EntryPoint, NoAnswerError
from vmss_sdk.emulator.arm.accepted import AcceptedWrite
from vmss_sdk.emulator.arm.names import ServerNames
from vmss_sdk.emulator.engine.platform.clock import ScaledClock, VirtualClock, stopped_at
from vmss_sdk.emulator.store.codec import CodecError
from vmss_sdk.emulator.store.journal import Entry
from vmss_sdk.emulator.store.snapshot import codec
from vmss_sdk.transport.base import Request

__all__ = ["effects_content", "factor_of", "replay", "request_content"]

Content = dict[str, Any]

_NOT_KEPT = frozenset((
    "accept", "accept-encoding", "accept-language", "authorization", "connection", "content-length", "cookie",
    "keep-alive", "origin", "proxy-authorization", "referer", "transfer-encoding", "user-agent",
    "x-ms-authorization-auxiliary", "x-identity-header",
))  # fmt: skip
"""Headers on which no state depends, or that open something."""


def factor_of(clock: VirtualClock | ScaledClock) -> float | None:
    """How fast a clock goes; None: it is virtual."""
    return clock.factor if isinstance(clock, ScaledClock) else None


def request_content(request: Request, accepted: AcceptedWrite, factor: float | None) -> Content:
    """A write that was let in.

    Args:
        request: As it came.
        accepted: What was found out about it.
        factor: Of the clock before it.
    """
    content: Content = {
        "method": request.method,
        "url": request.url,
        "headers": {name: value for name, value in request.headers.items() if name.lower() not in _NOT_KEPT},
        "factor": factor,
    }
    if request.body:
        try:
            content["body"] = request.body.decode()
        except UnicodeDecodeError:
            content["body64"] = base64.b64encode(request.body).decode()
    if accepted.caller is not None:
        content["caller"] = codec().encode(accepted.caller)
    flags = ("authenticates", "served", "skip_on_poll", "skip_on_repeat")
    content["flags"] = [name for name in flags if getattr(accepted, name)]
    if accepted.draws:
        content["draws"] = accepted.draws
    return content


def effects_content(emulator: Emulator) -> Content:
    """What was changed by something that is no accepted write: a read that moved the clock, or that a fault hit."""
    return {"effects": emulator.saved_effects(), "factor": factor_of(emulator.clock)}


def replay(emulator: Emulator, entries: Iterable[Entry]) -> int:
    """Do again what was done. Afterwards the emulator's clock stands at the moment after the last entry.

    Args:
        emulator: In the state before the first entry.
        entries: In their order.

    Returns:
        How many there were.

    Raises:
        CodecError: An entry cannot be read.
    """
    number = 0
    for entry in entries:
        number += 1
        try:
            emulator.use_clock(stopped_at(entry.moment, entry.content["factor"]))
            if "effects" in entry.content:
                emulator.apply_effects(entry.content["effects"])
            else:
                _again(emulator, entry)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CodecError(f"entry {entry.sequence} cannot be read ({type(error).__name__})") from None
    return number


def _again(emulator: Emulator, entry: Entry) -> None:
    content = entry.content
    body = base64.b64decode(content["body64"]) if "body64" in content else content.get("body", "").encode()
    request = Request(content["method"], content["url"], content["headers"], body)
    flags = content["flags"]
    accepted = AcceptedWrite(
        moment=entry.moment,
        caller=codec().decode(content["caller"]) if "caller" in content else None,
        authenticates="authenticates" in flags,
        served="served" in flags,
        skip_on_poll="skip_on_poll" in flags,
        skip_on_repeat="skip_on_repeat" in flags,
        draws=content.get("draws", []),
        replayed=True,
    )
    entrance = EntryPoint(
        emulator=emulator,
        skip_on_poll=accepted.skip_on_poll,
        skip_on_repeat=accepted.skip_on_repeat,
        names=ServerNames() if accepted.served else None,
        replayed=accepted,
    )
    with suppress(NoAnswerError):
        emulator.handle(request, entrance)
