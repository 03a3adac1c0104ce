"""Writes that meet another one under way: queued, refused with 409 Conflict, or the earlier one ends preempted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, HEALTH_EXTENSION, SET, Azure, model
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Concurrency, Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.transport.base import Response

MESSAGE = (
    "The request failed due to conflict with a concurrent request. To resolve it, please refer to"
    " https://aka.ms/activitylog to get more details on the conflicting requests."
)
PREEMPTED = "Operation execution has been preempted by a more recent operation."
WRITES: dict[str, tuple[str, str, Any]] = {
    "the model": ("PATCH", SET, {"tags": {"a": "b"}}),
    "the capacity": ("PATCH", SET, {"sku": {"capacity": 6}}),
    "an upgrade": ("POST", f"{SET}/manualupgrade", {"instanceIds": ["1"]}),
    "a reimage of all": ("POST", f"{SET}/reimage", None),
    "a deletion": ("POST", f"{SET}/delete", {"instanceIds": ["2"]}),
    "a restart": ("POST", f"{SET}/virtualMachines/1/restart", None),
    "protection": (
        "PUT",
        f"{SET}/virtualMachines/1",
        {"location": "westus", "properties": {"protectionPolicy": {"protectFromScaleIn": True}}},
    ),
    "an extension": ("PUT", f"{SET}/extensions/health", HEALTH_EXTENSION),
    "an extension of one": ("PUT", f"{SET}/virtualMachines/1/extensions/health", HEALTH_EXTENSION),
}


def running(concurrency: Concurrency = Concurrency.QUEUED) -> Azure:
    """A scale set of five."""
    azure = Azure(Emulator(settings=Settings(timings=Timings.exact(), concurrency=concurrency)))
    azure.create(model(5))
    return azure


def fault(azure: Azure, **members: Any) -> None:
    """Let writes conflict."""
    assert azure.post(f"{CONTROL}/faults", {"kind": "conflict", **members}).status == 201


def begun(azure: Azure, *ids: str) -> Response:
    """A reimage that goes on."""
    response = azure.post(f"{SET}/reimage", {"instanceIds": list(ids)})
    assert response.status == 202
    return response


def upgraded(azure: Azure, *ids: str) -> Response:
    """An upgrade of these instances."""
    return azure.post(f"{SET}/manualupgrade", {"instanceIds": list(ids)})


@pytest.mark.parametrize(("method", "path", "body"), WRITES.values(), ids=WRITES)
def test_a_write_to_a_busy_scale_set_is_refused(method: str, path: str, body: Any) -> None:
    """In Azure's words (onefuzz#2124), with nothing changed; afterwards it is taken."""
    azure = running(Concurrency.CONFLICT)
    before = azure.get(SET), azure.get(f"{SET}/virtualMachines/4")
    begun(azure, "0")
    response = azure.send(method, path, body)
    assert (response.status, response.json()) == (409, {"error": {"code": "Conflict", "message": MESSAGE}})
    assert (azure.get(SET), azure.get(f"{SET}/virtualMachines/4")) == before
    azure.settle()
    assert azure.send(method, path, body).status < 300


@pytest.mark.parametrize(("method", "path", "body"), WRITES.values(), ids=WRITES)
def test_by_default_nothing_conflicts(method: str, path: str, body: Any) -> None:
    """They are done one after the other (CHOICE)."""
    azure = running()
    first = begun(azure, "0")
    assert azure.end(azure.send(method, path, body))["status"] == "Succeeded"
    assert azure.end(first)["status"] == "Succeeded"


def test_upgrades_that_fan_out() -> None:
    """A loop over the instances: some are refused, their instances stay as they are (azure-powershell#25627)."""
    azure = running()
    azure.done(azure.patch({"sku": {"name": "Standard_D4s_v3"}}))
    fault(azure, count=2)
    answers = [upgraded(azure, str(number)) for number in range(5)]
    assert [answer.status for answer in answers] == [202, 409, 409, 202, 202]
    azure.settle()
    latest = [one["properties"]["latestModelApplied"] for one in azure.get(f"{SET}/virtualMachines")["value"]]
    assert latest == [True, False, False, True, True]


def test_a_delete_that_is_preempted() -> None:
    """By a change of the capacity that comes while it goes on (kubernetes/autoscaler#9505)."""
    azure = running()
    fault(azure, preempts=True)
    deletion = azure.post(f"{SET}/delete", {"instanceIds": ["0", "1"]})
    change = azure.patch({"sku": {"capacity": 6}})
    ended = azure.end(deletion)
    assert (ended["status"], ended["error"]["code"]) == ("Failed", "OperationPreempted")
    assert ended["error"]["message"] == PREEMPTED
    assert azure.end(change)["status"] == "Succeeded"
    assert azure.get(SET)["properties"]["provisioningState"] == "Succeeded"
    assert len(azure.get(f"{SET}/virtualMachines")["value"]) == 6


def test_of_named_instances_only_those_that_are_busy() -> None:
    """A write about others is taken, and so is one when nothing is done to them."""
    azure = running()
    fault(azure, instanceIds=["0"])
    assert upgraded(azure, "0").status == 202
    azure.settle()
    begun(azure, "0", "1")
    assert [upgraded(azure, one).status for one in "0123"] == [409, 202, 202, 202]


def test_the_preview_says_so() -> None:
    """And the fault is not used up by it."""
    azure = running()
    fault(azure, count=1)
    begun(azure, "0")
    wanted = {"method": "POST", "path": f"{SET}/restart?api-version=2024-07-01", "body": {"instanceIds": ["1"]}}
    found = azure.post("/_emulator/preview", wanted).json()
    assert (found["refused"], found["error"]["code"]) == (True, "Conflict")
    assert azure.post(f"{SET}/restart", {"instanceIds": ["1"]}).status == 409


def test_a_deletion_of_the_scale_set_conflicts_with_nothing() -> None:
    """It ends what goes on, as always."""
    azure = running(Concurrency.CONFLICT)
    first = begun(azure, "0")
    assert azure.send("DELETE", SET).status == 202
    assert azure.end(first)["error"]["code"] == "OperationPreempted"
