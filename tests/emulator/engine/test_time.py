"""Clocks, durations and chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.platform.clock import DEFAULT_START, ScaledClock, VirtualClock, clock_from
from vmss_sdk.emulator.engine.platform.timings import Timings


def test_a_virtual_clock_stands_still_until_somebody_waits() -> None:
    """Waiting skips exactly what was asked for."""
    clock = VirtualClock()
    assert clock.now() == DEFAULT_START
    clock.sleep(90)
    clock.advance(10)
    clock.advance_to(DEFAULT_START + 50)
    assert clock.now() == DEFAULT_START + 100


def test_a_scaled_clock_can_stand_still_and_be_moved() -> None:
    """At speed 0 only advancing moves it."""
    clock = ScaledClock(0, start=1000)
    clock.advance(60)
    assert clock.now() == 1060


def test_a_change_of_speed_does_not_jump() -> None:
    """The moment of the change is the same before and after it."""
    clock = ScaledClock(0, start=1000)
    clock.set_speed(3600)
    clock.set_speed(0)
    assert 1000 <= clock.now() < 1000 + 3600


@pytest.mark.parametrize("clock", [VirtualClock(), ScaledClock(1)])
def test_time_does_not_run_backwards(clock: VirtualClock | ScaledClock) -> None:
    """Advancing by a negative number is an error that names it."""
    with pytest.raises(ValueError, match="cannot advance a clock by -1 s"):
        clock.advance(-1)


@pytest.mark.parametrize(("text", "kind"), [("virtual", "virtual"), ("system", "system"), ("scaled:60", "scaled")])
def test_clocks_by_name(text: str, kind: str) -> None:
    """The three words of the command line."""
    assert clock_from(text).kind == kind


@pytest.mark.parametrize("text", ["", "fast", "scaled:x", "scaled:-1", "virtual:2"])
def test_words_that_name_no_clock(text: str) -> None:
    """The error says what was expected."""
    with pytest.raises(ValueError, match="expected 'virtual', 'system' or 'scaled:N'"):
        clock_from(text)


@pytest.mark.rule("8.durations")
@given(st.floats(0.001, 1e4), st.integers(0, 2**32), st.text())
def test_durations_vary_within_a_quarter(seconds: float, seed: int, purpose: str) -> None:
    """The seeded variation keeps to its bounds, and is the same for the same seed and purpose."""
    timings = Timings()
    varied = timings.vary(seconds, seed, purpose)
    assert 0.75 * seconds - 1e-6 <= varied <= 1.25 * seconds + 1e-6
    assert varied == timings.vary(seconds, seed, purpose)


def test_negative_durations_are_refused() -> None:
    """The error names the duration."""
    with pytest.raises(ValueError, match="reimage_linux is negative"):
        Timings(reimage_linux=-1)


@given(st.integers(), st.integers(), st.integers())
def test_chance_depends_on_seed_and_purpose_alone(seed: int, one: int, other: int) -> None:
    """The same draw gives the same id, another purpose another."""
    assert seeded_random.guid(seed, one) == seeded_random.guid(seed, one)
    assert (seeded_random.guid(seed, one) == seeded_random.guid(seed, other)) == (one == other)
