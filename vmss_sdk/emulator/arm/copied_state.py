"""A copy of the state to try things on: what is read from it is copied first, what is written stays in it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from vmss_sdk.emulator.arm.authorization.records import Authorization
from vmss_sdk.emulator.arm.insights.records import ActivityLog
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.state import OngoingPart, State

__all__ = ["copied"]

Key = tuple[str, ...]
T = TypeVar("T")


def copied(state: State, *parts: OngoingPart) -> State:
    """A copy on which requests can be tried: the state itself stays as it is.

    Nothing is copied that is not asked for; catalogues, and what never changes of a scale set, are shared.

    Args:
        state: As it is.
        *parts: What goes on by itself in the copy, in place of what does in the state.
    """
    state.catch_up()
    shared = (state.settings, state.images, state.handlers, state.catalogue, state.clock)

    def clone(value: Any) -> Any:
        fixed = (*shared, *_fixed(value)) if isinstance(value, ScaleSet) else shared
        return copy.deepcopy(value, {id(item): item for item in fixed})

    return attrs.evolve(
        state,
        groups=_Overlay(state.groups, clone),
        scale_sets=_Overlay(state.scale_sets, clone),
        machines=_Overlay(state.machines, clone),
        resources=attrs.evolve(state.resources, items=_Overlay(state.resources.items, clone)),
        authorization=Authorization(
            locks=_Overlay(state.authorization.locks, clone),
            assignments=_Overlay(state.authorization.assignments, clone),
            roles=_Overlay(state.authorization.roles, clone),
        ),
        activity=ActivityLog(items={}),
        subscription_tags=_Overlay(state.subscription_tags, clone),
        tag_names=_Overlay(state.tag_names, clone),
        ended=_Overlay(state.ended, clone),
        parts=parts,
    )


def _fixed(scale_set: ScaleSet) -> Iterator[object]:
    """The records of a scale set that nothing changes once they are made, which are most of it."""
    yield from scale_set.decisions
    for version in scale_set.versions:
        if version is not None:
            yield version
            yield version.content
    for instance in scale_set.instances.values():
        yield instance.os.content


class _Overlay(MutableMapping[Key, T]):
    """A mapping over another one that is never changed: what is read is copied first, what is written stays here."""

    def __init__(self, below: MutableMapping[Key, T], clone: Callable[[T], T]) -> None:
        self._below, self._clone = below, clone
        self._own: dict[Key, T] = {}
        self._gone: set[Key] = set()

    def __getitem__(self, key: Key) -> T:
        if key not in self._own:
            if key in self._gone:
                raise KeyError(key)
            self._own[key] = self._clone(self._below[key])
        return self._own[key]

    def __setitem__(self, key: Key, value: T) -> None:
        self._gone.discard(key)
        self._own[key] = value

    def __delitem__(self, key: Key) -> None:
        if key not in self:
            raise KeyError(key)
        self._own.pop(key, None)
        self._gone.add(key)

    def __contains__(self, key: object) -> bool:
        return key in self._own or (key in self._below and key not in self._gone)

    def __iter__(self) -> Iterator[Key]:
        yield from [key for key in self._below if key not in self._gone]
        yield from [key for key in self._own if key not in self._below]

    def __len__(self) -> int:
        return sum(1 for _ in self)
