"""Microsoft.Authorization/locks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBSCRIPTION, Azure, model

NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"


def lock_at(scope: str, name: str = "keep") -> str:
    """Where a lock is."""
    return f"{scope}/providers/Microsoft.Authorization/locks/{name}"


@pytest.fixture
def azure() -> Azure:
    """A group with a scale set and a network."""
    azure = Azure()
    azure.create()
    subnet = {"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}
    azure.put({"location": "westus", "properties": {"subnets": [subnet]}}, NETWORK)
    return azure


def lock(azure: Azure, scope: str, level: str, name: str = "keep") -> None:
    """A lock that must be new."""
    assert azure.put({"properties": {"level": level}}, lock_at(scope, name)).status == 201


def refusal(azure: Azure, method: str, path: str, body: Any = None) -> str:
    """The text of a refusal by a lock."""
    answer = azure.send(method, path, body)
    assert (answer.status, answer.json()["error"]["code"]) == (409, "ScopeLocked"), answer.body
    return str(answer.json()["error"]["message"])


@pytest.mark.parametrize(
    "scope", [SUBSCRIPTION, GROUP, SET, NETWORK, f"{NETWORK}/subnets/s", f"{SET}/virtualMachines/0"]
)
def test_a_lock_is_kept(azure: Azure, scope: str) -> None:
    """201, then 200; read, listed and deleted."""
    made = azure.put({"properties": {"level": "cannotdelete", "notes": "mine"}}, lock_at(scope))
    assert made.status == 201
    assert made.json() == {
        "properties": {"level": "CanNotDelete", "notes": "mine"},
        "id": lock_at(scope),
        "type": "Microsoft.Authorization/locks",
        "name": "keep",
    }
    assert azure.put({"properties": {"level": "ReadOnly"}}, lock_at(scope)).status == 200
    assert azure.get(lock_at(scope))["properties"] == {"level": "ReadOnly"}
    assert [azure.send("DELETE", lock_at(scope)).status for _ in range(2)] == [200, 204]
    assert azure.send("GET", lock_at(scope)).status == 404


def test_words_of_a_refused_deletion(azure: Azure) -> None:
    """As reported of Azure: the scope that was to be deleted, and the one that is locked."""
    lock(azure, SET, "CanNotDelete")
    assert refusal(azure, "DELETE", SET) == (
        f"The scope '{SET}' cannot perform delete operation because following scope(s) are locked: '{SET}'."
        " Please remove the lock and try again."
    )


@pytest.mark.parametrize("scope", [SUBSCRIPTION, GROUP, SET])
@pytest.mark.parametrize("level", ["CanNotDelete", "ReadOnly"])
def test_what_lies_in_a_locked_scope_is_not_deleted(azure: Azure, scope: str, level: str) -> None:
    """Nor are its instances."""
    lock(azure, scope, level)
    for path in (SET, f"{SET}/virtualMachines/0"):
        assert f"are locked: '{scope}'" in refusal(azure, "DELETE", path)
    assert len(azure.instances()) == 3


@pytest.mark.parametrize("level", ["CanNotDelete", "ReadOnly"])
def test_a_group_with_a_locked_resource_is_not_deleted(azure: Azure, level: str) -> None:
    """Nothing in it goes either."""
    lock(azure, SET, level)
    assert f"are locked: '{SET}'" in refusal(azure, "DELETE", GROUP)
    azure.settle()
    assert azure.get(NETWORK)["name"] == "net"


def test_a_lock_does_not_reach_its_neighbours(azure: Azure) -> None:
    """Other resources of the group can be deleted."""
    lock(azure, SET, "ReadOnly")
    assert azure.send("DELETE", NETWORK).status == 200


def test_can_not_delete_lets_changes_through(azure: Azure) -> None:
    """Writes and actions, also those that delete instances, which are a POST."""
    lock(azure, GROUP, "CanNotDelete")
    azure.done(azure.put(model(4)))
    azure.done(azure.patch({"tags": {"a": "b"}}))
    azure.done(azure.post(f"{SET}/restart"))
    azure.done(azure.post(f"{SET}/delete", {"instanceIds": ["0"]}))
    assert len(azure.instances()) == 3


@pytest.mark.parametrize("scope", [SUBSCRIPTION, GROUP, SET])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", SET, model(4)),
        ("PATCH", SET, {"tags": {"a": "b"}}),
        ("POST", f"{SET}/restart", None),
        ("POST", f"{SET}/manualupgrade", {"instanceIds": ["*"]}),
        ("PUT", f"{SET}/virtualMachines/0", {}),
        ("PUT", f"{SET}/extensions/e", {}),
        ("PATCH", f"{SET}/providers/Microsoft.Resources/tags/default", {"operation": "Merge"}),
        ("PUT", f"{SET}/providers/Microsoft.Insights/diagnosticSettings/d", {}),
    ],
    ids=lambda value: value.rpartition("/")[2] if isinstance(value, str) else "",
)
def test_read_only_refuses_every_change(azure: Azure, scope: str, method: str, path: str, body: Any) -> None:
    """Writes and actions; reading goes on."""
    lock(azure, scope, "ReadOnly")
    before = azure.get()
    assert "cannot perform write operation" in refusal(azure, method, path, body)
    assert azure.get() == before


def test_read_only_refuses_a_deployment(azure: Azure) -> None:
    """It is a write into the group."""
    lock(azure, GROUP, "ReadOnly")
    template = {"contentVersion": "1.0.0.0", "resources": []}
    body = {"properties": {"mode": "Incremental", "template": template}}
    refusal(azure, "PUT", f"{GROUP}/providers/Microsoft.Resources/deployments/d", body)


def test_locks_can_be_changed_where_there_is_one(azure: Azure) -> None:
    """Else nobody could remove it."""
    lock(azure, GROUP, "ReadOnly")
    lock(azure, SET, "CanNotDelete")
    assert azure.send("DELETE", lock_at(SET)).status == 200
    assert azure.send("DELETE", lock_at(GROUP)).status == 200
    azure.done(azure.send("DELETE", SET))


def test_lists(azure: Azure) -> None:
    """At a scope, above it and in it; with atScope() not in it (Get-AzResourceLock)."""
    for scope, name in ((SUBSCRIPTION, "high"), (GROUP, "middle"), (SET, "low")):
        lock(azure, scope, "CanNotDelete", name)

    def names(scope: str, query: str = "") -> list[str]:
        return [item["name"] for item in azure.get(f"{scope}/providers/Microsoft.Authorization/locks{query}")["value"]]

    assert names(GROUP) == ["high", "middle", "low"]
    assert names(GROUP, "?$filter=atScope()") == ["high", "middle"]
    assert names(NETWORK) == ["high", "middle"]
    assert azure.send("GET", f"{GROUP}/providers/Microsoft.Authorization/locks?$filter=level eq 'x'").status == 400


@pytest.mark.parametrize("body", [{}, {"properties": {}}, {"properties": {"level": "Maybe"}}])
def test_a_level_that_is_none(azure: Azure, body: Any) -> None:
    """400, and no lock."""
    assert azure.put(body, lock_at(GROUP)).status == 400
    assert azure.send("GET", lock_at(GROUP)).status == 404


def test_a_deployment_of_a_lock_holds(azure: Azure) -> None:
    """A template may lock what it makes."""
    resource = {
        "type": "Microsoft.Authorization/locks",
        "apiVersion": "2020-05-01",
        "name": "keep",
        "properties": {"level": "CanNotDelete"},
    }
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [resource],
    }
    body = {"properties": {"mode": "Incremental", "template": template}}
    answer = azure.put(body, f"{GROUP}/providers/Microsoft.Resources/deployments/d")
    assert answer.status == 201, answer.body
    azure.settle()
    refusal(azure, "DELETE", SET)
