"""The state of an instance, in one word and one sign."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vmss_sdk.models import InstanceSummary

__all__ = ["ENDS", "HEALTHY", "SIGNS", "Sign", "State", "legend", "state_of"]

HEALTHY = "healthy"
ENDS = frozenset({"Succeeded", "Failed", "Canceled"})
"""The provisioning states in which nothing goes on."""

_UNTOLD_HEALTH = ("unknown", "initializing")
_OFF = ("stopped", "stopping", "deallocated", "deallocating")


class State(Enum):
    """How an instance is doing."""

    CREATING = "creating"
    OLD = "old model"
    UPDATING = "updating"
    WAITING = "waiting for health"
    NEW = "new model"
    UP = "running"
    SICK = "unhealthy"
    FAILED = "failed"
    PROTECTED = "protected, old model"
    OFF = "stopped or deallocated"
    DELETING = "deleting"


class Sign(NamedTuple):
    """How a state is drawn.

    Attributes:
        sign: One column wide; each state has its own shape, because colours are not seen by everybody.
        plain: The same in ASCII.
        style: For a terminal with colours.
    """

    sign: str
    plain: str
    style: str


SIGNS = {
    State.CREATING: Sign("·", ".", "cyan"),
    State.OLD: Sign("○", "o", "default"),
    State.UPDATING: Sign("◐", "~", "yellow"),
    State.WAITING: Sign("◔", "?", "yellow"),
    State.NEW: Sign("●", "#", "green"),
    State.UP: Sign("■", "=", "green"),
    State.SICK: Sign("✗", "!", "bold red"),
    State.FAILED: Sign("▲", "F", "bold red"),
    State.PROTECTED: Sign("◇", "P", "magenta"),
    State.OFF: Sign("□", "-", "dim"),
    State.DELETING: Sign("▽", "x", "dim"),
}


def legend(states: Iterable[State], *, plain: bool) -> str:
    """What the signs of these states mean, in the order of the states."""
    shown = set(states)
    return "  ".join(
        f"{sign.plain if plain else sign.sign} {state.value}" for state, sign in SIGNS.items() if state in shown
    )


def state_of(instance: InstanceSummary) -> State:
    """What matters most about an instance; a model that the service does not tell is `State.UP`."""
    return _passing(instance.provisioning_state) or _trouble(instance) or _by_model(instance)


def _passing(provisioning: str | None) -> State | None:
    if provisioning is None or provisioning in ENDS:
        return None
    return {"Creating": State.CREATING, "Deleting": State.DELETING}.get(provisioning, State.UPDATING)


def _trouble(instance: InstanceSummary) -> State | None:
    if instance.provisioning_state == "Failed":
        return State.FAILED
    if instance.power_state in _OFF:
        return State.OFF
    if instance.health_state in _UNTOLD_HEALTH:
        return State.WAITING
    return State.SICK if instance.health_state == "unhealthy" else None


def _by_model(instance: InstanceSummary) -> State:
    if instance.latest_model_applied is None:
        return State.UP
    if instance.latest_model_applied:
        return State.NEW
    return State.PROTECTED if instance.protect_from_scale_set_actions else State.OLD
