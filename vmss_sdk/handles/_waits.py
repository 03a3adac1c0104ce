"""Waiting for what no long-running operation tells: the health of instances, the end of a rolling upgrade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.errors import (
    ClientUsageError,
    OperationCanceledError,
    OperationTimeoutError,
    RollingUpgradeFailedError,
    UnhealthyError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vmss_sdk.models import InstanceSummary, RollingUpgradeStatusInfo, VirtualMachineScaleSet
    from vmss_sdk.transport.base import Clock

__all__ = ["PollingSchedule", "require_health_source", "until_healthy", "until_rolled"]

_HEALTH_EXTENSIONS = ("ApplicationHealthLinux", "ApplicationHealthWindows")
_NAMED = 10
"""So many instances are named in an error; of more only the number is told."""
_RUNNING = ("RollingForward", "RollingBack")
_CREATED, _OFF = "Succeeded", ("stopped", "stopping", "deallocated", "deallocating")


@attrs.frozen
class PollingSchedule:
    """How long to look, and how often.

    Attributes:
        timeout: Seconds by the clock; infinity for no end.
        interval: Seconds between two looks.
        clock: The client's.

    Raises:
        ClientUsageError: The timeout is negative, or there is nothing between two looks.
    """

    timeout: float
    interval: float
    clock: Clock

    def __attrs_post_init__(self) -> None:
        if not self.timeout >= 0:
            raise ClientUsageError(f"timeout must be a number of seconds >= 0, got {self.timeout!r}")
        if not self.interval > 0:
            raise ClientUsageError(f"interval must be a number of seconds > 0, got {self.interval!r}")

    def poll_until(self, condition: Callable[[], bool]) -> bool:
        """Look now and then; at the end of the time once more."""
        deadline = self.clock.now() + self.timeout
        while not condition():
            left = deadline - self.clock.now()
            if left <= 0:
                return False
            self.clock.sleep(min(self.interval, left))
        return True


def require_health_source(name: str, model: VirtualMachineScaleSet) -> None:
    """Refuse to wait for what nobody tells.

    Raises:
        ClientUsageError: The model has no source of health.
    """
    if not _has_health_source(model):
        raise ClientUsageError(
            f"{name} has no source of health, so nothing tells whether its instances are healthy:"
            " give its model the Application Health extension or a load balancer's probe"
        )


def until_healthy(
    name: str, read: Callable[[], list[InstanceSummary]], instances: Sequence[str] | None, schedule: PollingSchedule
) -> list[InstanceSummary]:
    """See `ScaleSet.wait_until_healthy`; `read` lists the instances of the scale set of this name."""
    found: list[InstanceSummary] = []

    def all_healthy() -> bool:
        found[:] = _chosen(name, read(), instances)
        return not _unhealthy(found)

    if not schedule.poll_until(all_healthy):
        raise _not_healthy(name, _unhealthy(found), schedule.timeout)
    return found


def _has_health_source(model: VirtualMachineScaleSet) -> bool:
    """Whether a scale set's model says who tells the health of its instances (semantics 3.1)."""
    profile: dict[str, Any] = model.wire.get("properties", {}).get("virtualMachineProfile") or {}
    extensions = (profile.get("extensionProfile") or {}).get("extensions") or ()
    types = [(extension.get("properties") or {}).get("type") for extension in extensions]
    probe = (profile.get("networkProfile") or {}).get("healthProbe")
    return probe is not None or any(known in types for known in _HEALTH_EXTENSIONS)


def until_rolled(
    scale_set: str, latest: Callable[[], RollingUpgradeStatusInfo], schedule: PollingSchedule
) -> RollingUpgradeStatusInfo:
    """See `RollingUpgrade.wait`; `latest` reads how far the one of the scale set with this id is."""
    found: list[RollingUpgradeStatusInfo] = []

    def ended() -> bool:
        found[:] = [latest()]
        return _has_ended(found[0])

    if not schedule.poll_until(ended):
        raise OperationTimeoutError(
            f"the rolling upgrade of {scale_set} did not end within {schedule.timeout:g} s; it goes on: wait again,"
            " or cancel it",
            status=_code(found[0]),
        )
    _raise_for(scale_set, found[0])
    return found[0]


def _chosen(name: str, found: Sequence[InstanceSummary], wanted: Sequence[str] | None) -> list[InstanceSummary]:
    if wanted is None:
        return [instance for instance in found if instance.power_state not in _OFF]
    by_id = {instance.instance_id: instance for instance in found}
    if absent := [instance_id for instance_id in wanted if instance_id not in by_id]:
        raise ClientUsageError(f"{name} has no instance {', '.join(map(repr, absent))}; it has {', '.join(by_id)}")
    return [by_id[instance_id] for instance_id in wanted]


def _unhealthy(instances: Sequence[InstanceSummary]) -> dict[str, str]:
    return {
        instance.instance_id: instance.health_state or "unknown"
        for instance in instances
        if instance.health_state != "healthy" or instance.provisioning_state != _CREATED
    }


def _not_healthy(name: str, states: dict[str, str], timeout: float) -> UnhealthyError:
    shown = ", ".join(f"{instance_id} is {state}" for instance_id, state in list(states.items())[:_NAMED])
    more = f", and {len(states) - _NAMED} more" if len(states) > _NAMED else ""
    return UnhealthyError(
        f"{len(states)} instance{'' if len(states) == 1 else 's'} of {name} not healthy after {timeout:g} s:"
        f" {shown}{more}",
        states=states,
    )


def _has_ended(status: RollingUpgradeStatusInfo) -> bool:
    """A cancelled one is over only when the batch in flight is (semantics 2.5.33)."""
    return _code(status) not in _RUNNING and not (status.progress and status.progress.in_progress_instance_count)


def _code(status: RollingUpgradeStatusInfo) -> str:
    running = status.running_status
    return str(running.code) if running and running.code else ""


def _raise_for(scale_set: str, status: RollingUpgradeStatusInfo) -> None:
    code, error = _code(status), status.error
    if code == "Cancelled":
        raise OperationCanceledError(f"the rolling upgrade of {scale_set} was cancelled", status=code)
    if code == "Faulted":
        raise RollingUpgradeFailedError(
            f"the rolling upgrade of {scale_set} failed" + (f" with {error.code}: {error.message}" if error else ""),
            status=code,
            code=(error.code if error else None) or "",
            message=(error.message if error else None) or "",
        )
