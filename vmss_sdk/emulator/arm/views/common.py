"""Common parts of views: times, statuses, and the order in which Azure writes members."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from vmss_sdk import wire

__all__ = ["HIDDEN", "LAST", "Order", "arrange", "moment_of", "provisioning_status", "time_text"]

Document = dict[str, Any]
Plan = tuple[tuple[str, "Order | None"], ...]

LAST: Final = 253_402_300_799.0
"""9999-12-31T23:59:59Z: later moments cannot be written."""
HIDDEN: Final = None
"""In an order: this member is never shown."""

_MOST_PLANS = 256  # a bound: the names of what is no member of Azure's come from outside

_PROVISIONING = {
    "Creating": "Creating",
    "Updating": "Updating",
    "Deleting": "Deleting",
    "Succeeded": "Provisioning succeeded",
    "Failed": "Provisioning failed",
}


def moment_of(seconds: float) -> datetime:
    """A moment from seconds since 1970-01-01 UTC; the last that can be written, if it is later."""
    return datetime.fromtimestamp(min(seconds, LAST), UTC)


@lru_cache(maxsize=4096)
def time_text(seconds: float) -> str:
    """A moment as Azure writes it."""
    return wire.format_time(moment_of(seconds))


class Order(dict[str, Any]):
    """The order of an object's members, each with the order of what is inside, or an empty one.

    Documents of one shape are arranged in the same way again and again, so what is to be done for a shape is kept.
    """

    __slots__ = ("_plans",)

    def __init__(self, *members: Any, **more: Any) -> None:
        super().__init__(*members, **more)
        self._plans: dict[tuple[str, ...], Plan] = {}

    def plan(self, names: tuple[str, ...]) -> Plan:
        """How a document with these members is arranged: the members in their order, with the order inside or None."""
        known = self._plans.get(names)
        if known is None:
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            known = self._plans[names] = self._planned(names)
        return known

    def _planned(self, names: tuple[str, ...]) -> Plan:
        ordered = [(name, inner or None) for name, inner in self.items() if name in names and inner is not HIDDEN]
        return (*ordered, *((name, None) for name in names if name not in self))


def arrange(document: Document, order: Order) -> Document:
    """A copy with the members in this order, the others behind them as they are; nested orders apply inside.

    In an order, an empty one leaves what is inside as it is, and `HIDDEN` leaves the member out. The order of an
    array's items is given by the array's.
    """
    return {
        name: document[name] if inner is None else _inside(document[name], inner)
        for name, inner in order.plan(tuple(document))
    }


def _inside(value: Any, order: Order) -> Any:
    if isinstance(value, dict):
        return arrange(value, order)
    return [_inside(item, order) for item in value] if isinstance(value, list) else value


def provisioning_status(state: str, moment: float, code: str | None = None) -> Document:
    """A provisioning state as an instance view has it; `code` says why it failed. Passing states have no time."""
    suffix = f"/{code}" if code else ""
    status: Document = {
        "code": f"ProvisioningState/{state.lower()}{suffix}",
        "level": "Error" if state == "Failed" else "Info",
        "displayStatus": _PROVISIONING[state],
    }
    if state in ("Succeeded", "Failed"):
        status["time"] = time_text(moment)
    return status
