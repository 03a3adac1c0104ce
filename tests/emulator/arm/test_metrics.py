"""Metrics and their definitions (Microsoft.Insights)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, FLEXIBLE, GROUP, SET, Azure, model, rolling

METRICS = f"{SET}/providers/Microsoft.Insights/metrics"
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"


@pytest.fixture
def azure() -> Azure:
    """A scale set of three instances that is an hour old."""
    azure = Azure()
    azure.create()
    azure.post("/_emulator/clock", {"advance": 3600})
    return azure


def points(azure: Azure, query: str = "", path: str = METRICS) -> list[dict[str, Any]]:
    """The points of the first time series of the first metric."""
    found: list[dict[str, Any]] = azure.get(f"{path}?{query}")["value"][0]["timeseries"][0]["data"]
    return found


def test_definitions(azure: Azure) -> None:
    """Those of Azure's scale sets, with unit and aggregations."""
    found = {
        item["name"]["value"]: item
        for item in azure.get(f"{SET}/providers/Microsoft.Insights/metricDefinitions")["value"]
    }
    cpu = found["Percentage CPU"]
    assert (cpu["unit"], cpu["primaryAggregationType"]) == ("Percent", "Average")
    assert cpu["namespace"] == "Microsoft.Compute/virtualMachineScaleSets"
    assert {"Network In Total", "Disk Read Bytes", "VmAvailabilityMetric"} <= found.keys()


def test_the_last_hour_in_minutes(azure: Azure) -> None:
    """Where nothing else is asked for: the CPU, which nothing uses."""
    answer = azure.get(f"{METRICS}?metricnames=Percentage%20CPU")
    assert (answer["interval"], answer["resourceregion"]) == ("PT1M", "westus")
    assert answer["namespace"] == "Microsoft.Compute/virtualMachineScaleSets"
    found = points(azure)
    assert len(found) == 60
    assert {point["average"] for point in found[-30:]} == {0.0}


def test_span_interval_and_aggregations(azure: Azure) -> None:
    """As asked for; nothing lies in the future, and nothing has a value before there was an instance."""
    query = "timespan=2025-12-31T23:00:00Z/2026-01-02T00:00:00Z&interval=PT1H&aggregation=Maximum,Count"
    found = points(azure, query)
    assert [point["timeStamp"] for point in found] == ["2025-12-31T23:00:00+00:00", "2026-01-01T00:00:00+00:00"]
    assert found[0].keys() == {"timeStamp"}
    later = points(azure, "timespan=PT10M&aggregation=Maximum,Count")
    assert later[-1] == {"timeStamp": later[-1]["timeStamp"], "maximum": 0.0, "count": 3.0}


@pytest.mark.parametrize(
    "end", ["2026-01-01T00%253A10%253A00", "2026-01-01T00:10:00%2B00:00", "2026-01-01T00:10:00+00:00"]
)
def test_spans_as_clients_encode_them(azure: Azure, end: str) -> None:
    """Twice, as az does, once, and not at all."""
    assert len(points(azure, f"timespan=2026-01-01T00:00:00Z/{end}")) == 10


def test_availability(azure: Azure) -> None:
    """Of those that run, and of each."""
    azure.done(azure.post(f"{SET}/virtualMachines/0/deallocate"))
    assert points(azure, "metricnames=VmAvailabilityMetric")[-1]["average"] == pytest.approx(2 / 3)
    series = azure.get(f"{METRICS}?metricnames=VmAvailabilityMetric&$filter=VMName eq '*'")["value"][0]["timeseries"]
    assert [one["data"][-1]["average"] for one in series] == [0.0, 1.0, 1.0]
    assert series[0]["metadatavalues"][0]["value"] == azure.instances()[0]["name"]


def test_an_unhealthy_instance_is_not_available() -> None:
    """By what its health source says."""
    azure = Azure()
    azure.create(rolling(2))
    azure.post(f"{CONTROL}/faults", {"kind": "health", "instanceIds": ["1"], "state": "Unhealthy"})
    azure.post("/_emulator/clock", {"advance": 1800})
    assert points(azure, "metricnames=VmAvailabilityMetric")[-1]["average"] == 0.5


def test_of_an_instance_and_of_a_machine(azure: Azure) -> None:
    """Their own."""
    path = f"{SET}/virtualMachines/1/providers/Microsoft.Insights/metrics"
    assert points(azure, "metricnames=VmAvailabilityMetric", path)[-1]["average"] == 1.0
    flexible = Azure()
    flexible.create(model(1, FLEXIBLE))
    flexible.post("/_emulator/clock", {"advance": 600})
    [machine] = flexible.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachines")["value"]
    path = f"{machine['id']}/providers/Microsoft.Insights/metrics"
    assert points(flexible, "metricnames=VmAvailabilityMetric", path)[-1]["average"] == 1.0


def test_a_resource_without_metrics(azure: Azure) -> None:
    """No definitions, and no values."""
    azure.put({"location": "westus"}, NETWORK)
    assert azure.get(f"{NETWORK}/providers/Microsoft.Insights/metricDefinitions")["value"] == []
    assert azure.send("GET", f"{NETWORK}/providers/Microsoft.Insights/metrics?metricnames=x").status == 400


@pytest.mark.parametrize(
    "query",
    [
        "metricnames=Heat",
        "interval=PT2M",
        "timespan=yesterday",
        "timespan=2020-01-01T00:00:00Z/2026-01-01T00:00:00Z",
        "aggregation=Median",
        "$filter=Color eq 'red'",
    ],
)
def test_what_is_refused(azure: Azure, query: str) -> None:
    """400."""
    assert azure.send("GET", f"{METRICS}?{query}").status == 400
