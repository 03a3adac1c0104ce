"""All that an emulator holds as JSON values, and back; each resource on its own.

What is kept goes on exactly as it would have gone on: the same story, the same ids. Not kept is what belongs to the
process: who may call (`Directory`), and how lists are paged.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from typing import TYPE_CHECKING, Any

from vmss_sdk.emulator.arm.deployments.record import Deployments
from vmss_sdk.emulator.engine.platform.clock import ScaledClock, VirtualClock, clock_at
from vmss_sdk.emulator.store.codec import Codec
from vmss_sdk.emulator.templates.functions import FUNCTIONS

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.state import State
    from vmss_sdk.emulator.engine.platform.settings import Settings

__all__ = [
    "apply_effects",
    "clock_of",
    "codec",
    "collections",
    "effects",
    "fill",
    "outside",
    "settings_of",
    "snapshot",
]

Document = dict[str, Any]


@cache
def codec() -> Codec:
    """Writes and reads whatever an emulator keeps."""
    from vmss_sdk.emulator.store.classes import CLASSES

    return Codec(CLASSES)


def outside(state: State) -> dict[str, Any]:
    """What a resource refers to and does not hold, by name: for `Codec.encode` and `Codec.decode` of one alone."""
    return {
        "state": state,
        "settings": state.settings,
        "images": state.images,
        "handlers": state.handlers,
        "functions": FUNCTIONS,
    }


def snapshot(state: State) -> Document:
    """All that outlives the process.

    Raises:
        CodecError: Something is there that cannot be kept, which is a defect.
    """
    there = outside(state)
    encode = codec().encode
    kept_by_name = {
        name: [[list(key), encode(item, there)] for key, item in kept.items()]
        for name, kept in collections(state).items()
    }
    return {
        "settings": encode(state.settings),
        "clock": _clock(state.clock),
        "requests": state.requests,
        "writes": state.writes,
        "reads": state.reads,
        "images": {"versions": state.images.versions, "spelled": state.images.spelled},
        "handlers": state.handlers.newest,
        "faults": encode(state.faults),
        "collections": kept_by_name,
    }


def settings_of(written: Document) -> Settings:
    """The settings of the emulator that was written.

    Raises:
        CodecError: They cannot be read.
    """
    found: Settings = codec().decode(written["settings"])
    return found


def clock_of(written: Document) -> VirtualClock | ScaledClock:
    """A clock that goes on where that of the emulator stood."""
    clock = written["clock"]
    return clock_at(clock["kind"], clock["now"], clock["factor"])


def fill(state: State, written: Document) -> None:
    """Give a new state, with these settings and this clock, all that was written.

    Raises:
        CodecError: It cannot be read.
    """
    state.requests = written["requests"]
    state.writes = written.get("writes", state.requests)  # earlier releases counted reads too
    state.reads = written.get("reads", [])
    state.images.versions.update(written["images"]["versions"])
    state.images.spelled.update(written["images"]["spelled"])
    state.handlers.newest.update(written["handlers"])
    state.faults.items.extend(codec().decode(written["faults"]).items)
    there = outside(state)
    for name, kept in collections(state).items():
        for key, item in written["collections"].get(name, []):
            kept[tuple(key)] = codec().decode(item, there)
    for scale_set in (*state.scale_sets.values(), *state.machines.values()):
        scale_set.catalogue = state.catalogue


def effects(state: State) -> Document:
    """What reads change, too: the faults that hit them, and what was read at this moment."""
    return {"faults": codec().encode(state.faults), "reads": state.reads}


def apply_effects(state: State, written: Document) -> None:
    """Take over what `effects` gave.

    Raises:
        CodecError: It cannot be read.
    """
    state.faults.items[:] = codec().decode(written["faults"]).items
    state.reads = written["reads"]


def _clock(clock: VirtualClock | ScaledClock) -> Document:
    factor = clock.factor if isinstance(clock, ScaledClock) else 0.0
    return {"kind": clock.kind, "now": clock.now(), "factor": factor}


def collections(state: State) -> dict[str, MutableMapping[tuple[str, ...], Any]]:
    """What is kept by kind and key."""
    return {
        "resourceGroups": state.groups,
        "scaleSets": state.scale_sets,
        "virtualMachines": state.machines,
        "resources": state.resources.items,
        "deployments": state.part(Deployments).items,
        "whatIfResults": state.part(Deployments).results,
        "endedOperations": state.ended,
        "activity": state.activity.items,
        "locks": state.authorization.locks,
        "roleAssignments": state.authorization.assignments,
        "roleDefinitions": state.authorization.roles,
        "subscriptionTags": state.subscription_tags,
        "tagNames": state.tag_names,
    }
