"""The control plane under ``/_emulator/``: clock, images, decision log, and starting over."""

from __future__ import annotations

from typing import Any

from vmss_sdk._version import __version__
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.control.input import members, number, refuse, text
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.state import State
from vmss_sdk.emulator.arm.views.common import LAST, time_text
from vmss_sdk.emulator.engine.platform.clock import ScaledClock
from vmss_sdk.emulator.engine.reading.explain import explain
from vmss_sdk.emulator.engine.record.decisions import Decision
from vmss_sdk.emulator.engine.upgrades.os_image import check_for_new_image
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["clock_document", "decisions", "get_clock", "publish_image", "reset", "set_clock", "status"]

Document = dict[str, Any]


def status(call: Call) -> Reply:
    """Version, clock, and every scale set in one line."""
    sets = [_line(scale_set) for scale_set in call.state.scale_sets_of()]
    return Reply(200, {"version": __version__, "clock": clock_document(call.state), "scaleSets": sets})


def get_clock(call: Call) -> Reply:
    """The time, and when the next thing happens."""
    return Reply(200, clock_document(call.state))


def set_clock(call: Call) -> Reply:
    """Move the clock: ``{"advance": seconds}``, ``{"speed": factor}`` or ``{"skip": "next"}``."""
    body = members(call, "advance", "speed", "skip")
    if len(body) != 1:
        refuse("body", "Expected exactly one of advance (seconds), speed (factor) and skip ('next').")
    if "advance" in body:
        _advance(call.state, number(body, "advance"))
    elif "speed" in body:
        _set_speed(call.state, number(body, "speed"))
    elif body["skip"] != "next":
        refuse("skip", "'skip' must be 'next': to the moment when the next thing happens.")
    else:
        call.state.skip()
    return Reply(200, clock_document(call.state))


def reset(call: Call) -> Reply:
    """Forget every resource, everything published and every fault; the clock goes on."""
    call.state.clear()
    return Reply(204)


def publish_image(call: Call) -> Reply:
    """Make a version the newest of an image."""
    body = members(call, "image", "version")
    image = text(body, "image", "'Canonical:ubuntu-24_04-lts:server' or an image's resource id")
    version = text(body, "version", "'24.04.202601010'")
    if image.count(":") != 2 and "/" not in image:  # noqa: PLR2004  # publisher:offer:sku
        refuse("image", "'image' must be 'publisher:offer:sku' or an image's resource id.")
    call.state.images.publish(image, version)
    for scale_set in call.state.scale_sets_of():
        check_for_new_image(scale_set)
    return Reply(200, {"image": image, "version": version, "versions": call.state.images.versions[image.lower()]})


def decisions(call: Call) -> Reply:
    """The decision log of a scale set; ``since``: only what came after the entry of that number."""
    scale_set = call.scale_set()
    since = call.query.get("since", "0")
    if not (since.isascii() and since.isdecimal()):
        refuse("since", "'since' must be the seq of an entry, a whole number >= 0.")
    first = int(since[:12])
    gone = scale_set.dropped.decisions
    entries = [item for item in enumerate(scale_set.decisions, gone + 1) if item[0] > first]
    return Reply(200, {"value": [_entry(number, decision) for number, decision in entries], "dropped": gone})


def _advance(state: State, seconds: float) -> None:
    if state.now + seconds > LAST:
        refuse("advance", "'advance' must not lead beyond the year 9999.")
    state.clock.advance(seconds)
    state.now = state.clock.now()


def _set_speed(state: State, factor: float) -> None:
    if not isinstance(state.clock, ScaledClock):
        refuse("speed", "A virtual clock has no speed: advance it, or skip to the next event.")
    state.clock.set_speed(factor)


def clock_document(state: State) -> Document:
    """The time, how fast it goes, and when the next thing happens."""
    following = state.next_event()
    document: Document = {"kind": state.clock.kind, "now": time_text(state.now), "seconds": state.now}
    if isinstance(state.clock, ScaledClock):
        document["speed"] = state.clock.factor
    document["nextEvent"] = None if following is None else time_text(following)
    document["secondsToNextEvent"] = None if following is None else max(0.0, following - state.now)
    return document


def _line(scale_set: ScaleSet) -> Document:
    return {
        "id": scale_set.id,
        "provisioningState": scale_set.provisioning_state.value,
        "orchestrationMode": "Flexible" if scale_set.flexible else "Uniform",
        "upgradeMode": scale_set.mode,
        "instances": len(scale_set.instances),
        "outdated": sum(scale_set.outdated(instance) for instance in scale_set.instances.values()),
        "faults": len(scale_set.faults.items),
        "decisions": len(scale_set.decisions),
        "operations": len(scale_set.operations),
        "dropped": {
            "decisions": scale_set.dropped.decisions,
            "operations": scale_set.dropped.operations,
            "upgrades": scale_set.dropped.upgrades,
            "hookEvents": scale_set.dropped.hook_events,
            "models": scale_set.dropped.models,
        },
    }


def _entry(number: int, decision: Decision) -> Document:
    return {
        "seq": number,
        "time": time_text(decision.at),
        "kind": decision.kind.value,
        "instanceIds": list(decision.instance_ids),
        "upgrade": decision.upgrade,
        "batch": decision.batch,
        "figures": decision.figures,
        "text": explain(decision),
    }
