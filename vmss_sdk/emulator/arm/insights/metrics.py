"""Metrics of scale sets, their instances, and virtual machines (``Microsoft.Insights/metrics`` and definitions).

No code runs on an instance, so what it uses is nothing: all metrics are 0, apart from the availability of a machine,
which is 1 while it runs and is not unhealthy. CHOICE: no history is kept; every moment since the instance was made has
its present state, moments before have no value, and none lies in the future.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.address import parse
from vmss_sdk.emulator.arm.resources.scopes import existing_scope, resource_document
from vmss_sdk.emulator.arm.state import SCALE_SET_TYPE
from vmss_sdk.emulator.arm.views.address import machine_address
from vmss_sdk.emulator.arm.views.common import time_text
from vmss_sdk.emulator.engine.common.states import HealthState, PowerState

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.call import Call
    from vmss_sdk.emulator.arm.state import State
    from vmss_sdk.emulator.engine.record.instance import Instance

__all__ = ["list_definitions", "list_values"]

Document = dict[str, Any]

_AVAILABILITY = "VmAvailabilityMetric"
_AGGREGATIONS = ("Average", "Minimum", "Maximum", "Total", "Count")
_GRAINS = ("PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D")
_MOST_POINTS = 10_000
_HOUR = 3600.0
_BY_INSTANCE = re.compile(r"VMName\s+eq\s+'([^']*)'", re.IGNORECASE)


@attrs.frozen
class _Metric:
    """A metric.

    Attributes:
        name: As requests name it.
        unit: Of its values.
        usual: The aggregation when none is asked for.
        what: What it is.
    """

    name: str
    unit: str
    usual: str
    what: str


_METRICS = (
    _Metric("Percentage CPU", "Percent", "Average", "The percentage of allocated compute units that are in use."),
    _Metric("Network In Total", "Bytes", "Total", "The bytes received on all network interfaces."),
    _Metric("Network Out Total", "Bytes", "Total", "The bytes sent on all network interfaces."),
    _Metric("Disk Read Bytes", "Bytes", "Total", "The bytes read from disk."),
    _Metric("Disk Write Bytes", "Bytes", "Total", "The bytes written to disk."),
    _Metric("Disk Read Operations/Sec", "CountPerSecond", "Average", "The reads from disk in a second."),
    _Metric("Disk Write Operations/Sec", "CountPerSecond", "Average", "The writes to disk in a second."),
    _Metric("CPU Credits Remaining", "Count", "Average", "The credits that are left to burst."),
    _Metric("CPU Credits Consumed", "Count", "Average", "The credits that were used to burst."),
    _Metric("Available Memory Bytes", "Bytes", "Average", "The memory that is free."),
    _Metric(_AVAILABILITY, "Count", "Average", "Whether the machine is available: 1, or 0."),
)


def list_definitions(call: Call) -> Reply:
    """The metrics that a resource has; none for those that are only kept."""
    scope = existing_scope(call)
    kind = _type(scope)
    known = _METRICS if _instances(call.state, scope, kind) is not None else ()
    return Reply(200, {"value": [_definition(scope, kind, metric) for metric in known]})


def list_values(call: Call) -> Reply:
    """The values of metrics, in points of an interval over a time span.

    Raises:
        ArmError: There is no such metric, or the time span, the interval or the aggregation is none.
    """
    scope = existing_scope(call)
    kind = _type(scope)
    instances = _instances(call.state, scope, kind)
    metrics = _requested_metrics(call, kind, instances is not None)
    grain = call.query.get("interval", "PT1M")
    grain = "PT1M" if grain.lower() in ("full", "auto") else grain
    begin, end, points = _points(call, grain)
    wanted = _aggregations(call)
    series = _series(call, instances or [])
    values = [_value(scope, metric, [_timeseries(metric, one, points, wanted) for one in series]) for metric in metrics]
    document = {
        "cost": max(0, int((end - begin) / 60) - 1),
        "timespan": f"{time_text(begin)}/{time_text(end)}",
        "interval": grain,
        "value": values,
        "namespace": kind,
        "resourceregion": resource_document(call.state, scope).get("location", ""),
    }
    return Reply(200, document)


Series = tuple[list[Document], list["Instance"]]
"""The dimensions of a time series, and the instances that it is made of."""


def _series(call: Call, instances: list[Instance]) -> list[Series]:
    text = call.query.get("$filter", "").strip()
    if not text:
        return [([], instances)]
    match = _BY_INSTANCE.fullmatch(text)
    if match is None:
        raise ArmError.of(
            ErrorReason.QUERY_INVALID, parameter="$filter", why="expected VMName eq '*' or VMName eq 'NAME'."
        )
    named = [one for one in instances if match[1] in ("*", one.name)]
    dimension = {"value": "vmname", "localizedValue": "vmname"}
    return [([{"name": dimension, "value": one.name}], [one]) for one in named]


def _type(scope: str) -> str:
    address = parse(scope)
    return address.type if address is not None else "Microsoft.Resources/subscriptions"


def _instances(state: State, scope: str, kind: str) -> list[Instance] | None:
    """The instances that a resource has metrics of; None when it is of a type without."""
    address = parse(scope)
    if address is None:
        return None
    if kind == SCALE_SET_TYPE:
        return list(state.scale_set(address.subscription_id, address.group, address.name).instances.values())
    if kind == f"{SCALE_SET_TYPE}/virtualMachines":
        found = state.scale_set(address.subscription_id, address.group, address.names[0])
        return [one for one in found.instances.values() if one.id == address.names[1]]
    if kind == "Microsoft.Compute/virtualMachines":
        return [
            one
            for found in state.aggregates_of(address.subscription_id, address.group)
            for one in found.instances.values()
            if found.flexible and machine_address(found, one).id.lower() == scope.lower()
        ]
    return None


def _requested_metrics(call: Call, kind: str, known: bool) -> list[_Metric]:
    names = [name.strip() for name in call.query.get("metricnames", "").split(",") if name.strip()]
    by_name = {metric.name.lower(): metric for metric in _METRICS} if known else {}
    found = [by_name[name.lower()] for name in names if name.lower() in by_name]
    if len(found) < len(names) or not known:
        unknown = next((name for name in names if name.lower() not in by_name), "")
        provider, _, rest = kind.partition("/")
        valid = ",".join(metric.name for metric in by_name.values())
        raise ArmError.of(ErrorReason.METRIC_UNKNOWN, provider=provider, type=rest, metric=unknown, valid=valid)
    return found or [_METRICS[0]]


def _points(call: Call, grain: str) -> tuple[float, float, list[float]]:
    if grain not in _GRAINS:
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="interval", why=f"expected one of {', '.join(_GRAINS)}.")
    step, now = wire.parse_duration(grain).total_seconds(), call.state.now
    # az encodes it twice, and a plus sign that is not encoded at all comes as a space
    begin, end = _timespan(unquote(call.query.get("timespan", "")).replace(" ", "+"), now)
    last = min(end, now)
    if (last - begin) / step > _MOST_POINTS:
        raise ArmError.of(
            ErrorReason.QUERY_INVALID, parameter="timespan", why=f"it has more than {_MOST_POINTS} points."
        )
    first = begin - begin % step
    return begin, end, [first + number * step for number in range(max(0, int((last - first) // step)))]


def _timespan(text: str, now: float) -> tuple[float, float]:
    if not text:
        return now - _HOUR, now
    first, found, second = text.partition("/")
    try:
        if not found:
            return now - wire.parse_duration(first).total_seconds(), now
        begin = wire.parse_time(first).timestamp()
        if second.upper().startswith("P"):
            return begin, begin + wire.parse_duration(second).total_seconds()
        return begin, wire.parse_time(second).timestamp()
    except ValueError:
        why = "expected two times in UTC, such as 2026-01-01T00:00:00Z/2026-01-01T01:00:00Z."
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="timespan", why=why) from None


def _aggregations(call: Call) -> list[str]:
    names = [name.strip().lower() for name in call.query.get("aggregation", "").split(",") if name.strip()]
    found = [name for name in _AGGREGATIONS if name.lower() in names]
    if len(found) < len(set(names) - {"none"}):
        why = f"expected one or several of {', '.join(_AGGREGATIONS)}."
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter="aggregation", why=why)
    return found


def _timeseries(metric: _Metric, series: Series, points: list[float], wanted: list[str]) -> Document:
    dimensions, instances = series
    names = wanted or [metric.usual]
    data = [{"timeStamp": time_text(at), **_aggregated(metric, instances, at, names)} for at in points]
    return {"metadatavalues": dimensions, "data": data}


def _aggregated(metric: _Metric, instances: list[Instance], at: float, names: list[str]) -> Document:
    values = [_present(metric, one) for one in instances if one.created_at <= at]
    if not values:
        return {}
    totals = {
        "Average": sum(values) / len(values),
        "Minimum": min(values),
        "Maximum": max(values),
        "Total": sum(values),
        "Count": float(len(values)),
    }
    return {name.lower(): totals[name] for name in names}


def _present(metric: _Metric, instance: Instance) -> float:
    if metric.name != _AVAILABILITY:
        return 0.0
    return float(instance.power is PowerState.RUNNING and instance.health is not HealthState.UNHEALTHY)


def _value(scope: str, metric: _Metric, series: list[Document]) -> Document:
    return {
        "id": f"{scope}/providers/Microsoft.Insights/metrics/{metric.name}",
        "type": "Microsoft.Insights/metrics",
        "name": _name(metric),
        "displayDescription": metric.what,
        "unit": metric.unit,
        "timeseries": series,
        "errorCode": "Success",
    }


def _definition(scope: str, kind: str, metric: _Metric) -> Document:
    dimension = {"value": "VMName", "localizedValue": "VMName"}
    return {
        "id": f"{scope}/providers/microsoft.insights/metricdefinitions/{metric.name}",
        "resourceId": scope,
        "namespace": kind,
        "name": _name(metric),
        "displayDescription": metric.what,
        "isDimensionRequired": False,
        "unit": metric.unit,
        "primaryAggregationType": metric.usual,
        "supportedAggregationTypes": list(_AGGREGATIONS),
        "metricAvailabilities": [{"timeGrain": grain, "retention": "P93D"} for grain in _GRAINS],
        **({"dimensions": [dimension]} if kind == SCALE_SET_TYPE else {}),
    }


def _name(metric: _Metric) -> Document:
    return {"value": metric.name, "localizedValue": metric.name}
