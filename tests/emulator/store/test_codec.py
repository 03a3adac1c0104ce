"""Objects as JSON values and back."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.store.codec import Codec, CodecError


@attrs.define(eq=False)
class Knot:
    """Refers to others."""

    name: str
    others: list[Any] = attrs.field(factory=list)
    size: int = 3
    cached: dict[str, Any] = attrs.field(factory=dict, metadata={"cache": True})


@attrs.frozen
class Stranger:
    """Of no allowed module."""


def codec() -> Codec:
    """One that allows `Knot`."""
    return Codec({"Knot": Knot, "HealthState": HealthState})


def there_and_back(thing: Any) -> Any:
    """Through JSON text."""
    return codec().decode(wire.decode(wire.encode(codec().encode(thing))))


@pytest.mark.parametrize(
    "thing",
    [
        None, True, 0, -1.5, "text", [1, [2]], (), (1, (2,)), {1, 2}, frozenset({"a"}), {"a": 1}, {(1, "b"): {2: 3}},
        math.inf, datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC), HealthState.HEALTHY, [[], {}, ""],
    ],
    ids=repr,
)  # fmt: skip
def test_values_come_back_as_they_were(thing: Any) -> None:
    """With their type, also where JSON has none for it."""
    found = there_and_back(thing)
    assert (found, type(found)) == (thing, type(thing))


def test_one_object_stays_one_object() -> None:
    """Also in a circle, and when it is empty."""
    first, shared = Knot("first"), list[Any]()
    first.others += [first, shared, shared]
    found = there_and_back(first)
    assert found.others[0] is found
    assert found.others[1] is found.others[2]
    assert found.others[1] == []


def test_a_class_that_is_not_allowed_is_refused() -> None:
    """When it is written, and when somebody wrote it by hand: nothing of a file is run."""
    with pytest.raises(CodecError, match="Stranger cannot be kept"):
        codec().encode(Stranger())
    with pytest.raises(CodecError):
        codec().decode({"root": ["Stranger", {}]})


def test_what_an_older_release_did_not_write_has_its_default() -> None:
    """And what it must have written and did not is an error that names it."""
    found = codec().decode({"root": ["Knot", {"name": "old"}]})
    assert (found.others, found.size, found.cached) == ([], 3, {})
    with pytest.raises(CodecError, match="a Knot has no 'name'"):
        codec().decode({"root": ["Knot", {}]})


def test_what_a_newer_release_wrote_is_not_dropped_in_silence() -> None:
    """A member that is not known here is an error."""
    with pytest.raises(CodecError, match="a Knot has no 'colour' in this release"):
        codec().decode({"root": ["Knot", {"name": "new", "colour": 1}]})


@pytest.mark.parametrize("written", [{}, {"root": [10, 0]}, {"root": [6, 7]}, {"root": [0]}, {"root": ["Knot", 3]}])
def test_damage_is_an_error(written: Any) -> None:
    """Of one kind, whatever is wrong."""
    with pytest.raises(CodecError):
        codec().decode(written)


def test_what_can_be_found_again_is_not_written() -> None:
    """A cache is empty afterwards."""
    assert there_and_back(Knot("a", cached={"x": 1})).cached == {}


@attrs.define
class Renamed:
    """Was called otherwise, and so was what it has."""

    schedule: list[int] = attrs.field(factory=list, metadata={"written": "agenda"})


def test_classes_and_members_are_written_by_the_names_that_they_had() -> None:
    """So code can be renamed, and what an older release wrote is read."""
    kept = Codec({"Former": Renamed})
    assert kept.encode(Renamed([1])) == {"root": ["Former", {"agenda": [0, [1]]}]}
    assert kept.decode({"root": ["Former", {"agenda": [0, [1]]}]}) == Renamed([1])
    with pytest.raises(CodecError, match="a Former has no 'schedule' in this release"):
        kept.decode({"root": ["Former", {"schedule": [0, [1]]}]})
