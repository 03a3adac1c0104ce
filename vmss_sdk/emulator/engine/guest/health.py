"""Health of instances, as the load balancer's probe or the Application Health extension reads it (semantics 3)."""

from __future__ import annotations

import attrs

from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.common.states import HealthState
from vmss_sdk.emulator.engine.model.health_source import HealthSource
from vmss_sdk.emulator.engine.record.aggregate import Aggregate
from vmss_sdk.emulator.engine.record.instance import Instance

__all__ = [
    "HealthReading",
    "count_unhealthy",
    "schedule_reading",
    "set_reported_health",
    "supported_states",
    "unhealthy_details",
]

_BINARY = (HealthState.HEALTHY, HealthState.UNHEALTHY)


@attrs.define(eq=False)
class HealthReading:
    """The moment when a state has been read often enough to count (rule 3.6).

    Attributes:
        instance_id: Whose.
        serial: Which expectation it belongs to; a newer one makes it void.
        last: Whether the grace period ends with it: an instance that still initializes then is Unknown.
    """

    instance_id: str
    serial: int
    last: bool = False

    def step(self, scale_set: Aggregate) -> None:
        """Read the state and tell the running upgrade and the repairs."""
        instance = scale_set.instances.get(self.instance_id)
        if instance is None or not instance.awaits_health or instance.health_serial != self.serial:
            return
        source = _source(scale_set, instance)
        state = _current_state(source, instance)
        if state is HealthState.INITIALIZING:
            if not self.last:
                _set(scale_set, instance, state)
                return
            state = _after_grace(source)
        instance.awaits_health = False
        _set(scale_set, instance, state)
        scale_set.health_read(instance)


def schedule_reading(scale_set: Aggregate, instance: Instance, *, fresh: bool = True) -> None:
    """Have the health of an instance read as soon as its source can have settled; nothing without a source.

    Args:
        scale_set: Whose instance.
        instance: The instance.
        fresh: Whether the guest, and with it the extension, has just come up: with rich states the instance is
            Initializing then, and has its grace period to leave that. It is so only once (rule 3.6).
    """
    source = _source(scale_set, instance)
    instance.awaits_health = source is not None
    instance.health_serial += 1
    if source is None:
        instance.health = None
        scale_set.health_lost(instance)
        return
    if source.rich:
        if fresh:
            _set(scale_set, instance, HealthState.INITIALIZING)
        last = HealthReading(instance.id, instance.health_serial, last=True)
        scale_set.schedule.add(scale_set.now + source.grace, last)
    scale_set.schedule.add(scale_set.now + source.settle, HealthReading(instance.id, instance.health_serial))


def invalidate(scale_set: Aggregate, instance: Instance) -> None:
    """The guest goes down: its health is not known until it is up and read again; a reading on its way is void."""
    instance.awaits_health = False
    if instance.health is not None:
        _set(scale_set, instance, HealthState.UNKNOWN)
        scale_set.health_lost(instance)


def set_reported_health(
    scale_set: Aggregate, instance: Instance, state: HealthState | None, *, at_once: bool = True
) -> None:
    """Have the application on an instance report this health (None: healthy), until it is upgraded or reimaged.

    An application that initializes has the source's grace period to get ready, from when it began to (rule 3.6).

    Args:
        scale_set: Whose instance.
        instance: The instance.
        state: What it reports; what its source cannot tell is read as Unhealthy (rules 3.4, 3.5).
        at_once: Whether it shows now, or only when it was read ``numberOfProbes`` times (rule 3.6).
    """
    instance.forced_health = state
    source = _source(scale_set, instance)
    if source is None:
        return
    if not at_once:
        schedule_reading(scale_set, instance, fresh=False)
        return
    read = _current_state(source, instance)
    if read is HealthState.INITIALIZING:
        if instance.health is not HealthState.INITIALIZING:
            schedule_reading(scale_set, instance)
        return
    instance.awaits_health = False
    _set(scale_set, instance, read)
    scale_set.health_read(instance)


def supported_states(scale_set: Aggregate, instance: Instance) -> tuple[HealthState, ...]:
    """The states that an instance's health source can tell (rules 3.4, 3.5); all of them without a source."""
    source = _source(scale_set, instance)
    return tuple(HealthState) if source is None else _states_of_source(source)


def count_unhealthy(scale_set: Aggregate) -> tuple[int, int]:
    """How many instances are unhealthy, and of how many."""
    counted = [instance for instance in scale_set.instances.values() if instance.counts]
    return sum(instance.unhealthy for instance in counted), len(counted)


def unhealthy_details(scale_set: Aggregate) -> tuple[Failure, ...]:
    """One failure per unhealthy instance (semantics 2.7.51)."""
    return tuple(
        instance_unhealthy(scale_set, instance.id)
        for instance in scale_set.instances.values()
        if instance.counts and instance.unhealthy
    )


def instance_unhealthy(scale_set: Aggregate, instance_id: str) -> Failure:
    """That one instance is unhealthy."""
    return Failure(Reason.INSTANCE_UNHEALTHY, {"scale_set": scale_set.name, "instance_id": instance_id})


def _source(scale_set: Aggregate, instance: Instance) -> HealthSource | None:
    return scale_set.version(instance.applied).health_source


def _current_state(source: HealthSource | None, instance: Instance) -> HealthState:
    """What the source tells; an answer that it has no word for is not the healthy one (rules 3.4, 3.5)."""
    if not instance.running:
        return HealthState.UNHEALTHY
    reported = instance.forced_health or HealthState.HEALTHY
    return reported if source is None or reported in _states_of_source(source) else HealthState.UNHEALTHY


def _states_of_source(source: HealthSource) -> tuple[HealthState, ...]:
    if not source.rich:
        return _BINARY
    return (*_BINARY, HealthState.INITIALIZING) if source.protocol == "tcp" else tuple(HealthState)


def _after_grace(source: HealthSource | None) -> HealthState:
    """Rule 3.6: an application that never got ready is Unknown over HTTP, Unhealthy over TCP."""
    return HealthState.UNHEALTHY if source is not None and source.protocol == "tcp" else HealthState.UNKNOWN


def _set(scale_set: Aggregate, instance: Instance, state: HealthState) -> None:
    if instance.health is not state:
        instance.health, instance.health_since = state, scale_set.now
        scale_set.health_changed(instance)
