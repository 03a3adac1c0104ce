"""The health of a server, and its metrics: for those who operate it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vmss_sdk._version import __version__
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.control.counts import Labels, series
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.platform.clock import ScaledClock

__all__ = ["health", "metrics", "ready"]

_TYPE = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
_AGAIN = {"Retry-After": "5"}


def health(_: Call) -> Reply:
    """The server answers: 200, to everybody."""
    return Reply(200, {"status": "ok", "version": __version__})


def ready(call: Call) -> Reply:
    """Writes can be kept: 200, to everybody.

    Raises:
        ArmError: They cannot: 503.
    """
    if call.state.metrics.unready:
        raise ArmError.of(ErrorReason.SERVICE_UNAVAILABLE, _AGAIN)
    return Reply(200, {"status": "ready"})


def metrics(call: Call) -> Reply:
    """Counts in Prometheus' text format."""
    lines = [*call.state.metrics.lines(), *_state_lines(call)]
    return Reply(200, headers=dict(_TYPE), content=("\n".join(lines) + "\n").encode())


def _state_lines(call: Call) -> Iterator[str]:
    state = call.state
    instances: Counter[Labels] = Counter()
    aggregates = list(state.aggregates_of())
    for aggregate in aggregates:
        for instance in aggregate.instances.values():
            instances[("power", instance.power.value), ("provisioning", instance.provisioning.value)] += 1
    yield from series("scale_sets", "gauge", "Scale sets.", [((), sum(1 for _ in state.scale_sets_of()))])
    yield from series("instances", "gauge", "Instances by power and provisioning state.", instances.items())
    yield from series("time_seconds", "gauge", "The emulated time.", [((), state.now)])
    if isinstance(state.clock, ScaledClock):
        yield from series("time_factor", "gauge", "Emulated seconds per second.", [((), state.clock.factor)])
