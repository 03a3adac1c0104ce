"""Whatever is sent, the answer is one that Azure could give, and a refusal changes nothing.

``make fuzz FUZZ_EXAMPLES=2000`` tries more examples at each place, others each time.
"""

from __future__ import annotations

import os
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, given

from tests.fuzz.hostile import bodies
from tests.fuzz.world import PLACES, Place, World
from vmss_sdk import wire
from vmss_sdk.transport.base import Response

_EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0")) or 20_000 // len(PLACES) + 1
_SETTINGS = hypothesis.settings(
    max_examples=_EXAMPLES,
    database=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_wrong_shapes_are_refused_as_arm_refuses(place: Place) -> None:
    """No 5xx; an error has ARM's shape; nothing changed by a refusal; what was taken can be lived with."""
    world = World()

    @_SETTINGS
    @given(body=bodies(place.body, place.model))
    def check(body: bytes) -> None:
        response = world.send(place, body)
        if response is not None and response.status >= 400:
            _is_refusal(response)
            assert not world.changed()
        else:
            assert world.live_on() == []

    check()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_the_body_that_is_changed_is_taken(place: Place) -> None:
    """Otherwise what is behind its members would never be reached."""
    response = World().send(place, wire.encode(place.body))
    assert response is not None
    assert response.status in (200, 201, 202), response.body


def _is_refusal(response: Response) -> None:
    assert response.status < 500, response.body
    error = response.json()["error"]
    assert _has_shape(error), error


def _has_shape(error: Any) -> bool:
    texts = {name: error.get(name) for name in ("code", "message")}
    target, details = error.get("target", "x"), error.get("details", [])
    return (
        all(isinstance(value, str) and value for value in texts.values())
        and isinstance(target, str)
        and isinstance(details, list)
        and all(map(_has_shape, details))
    )
