"""What stands around a scale set, by the real az: tags, locks, roles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.az.az import SUBSCRIPTION, Az, environment
from tests.serving import SecureServer
from vmss_sdk import VmssClient
from vmss_sdk.handles.scale_set import ScaleSet


@pytest.fixture(scope="session")
def owner(secure: SecureServer, tmp_path_factory: pytest.TempPathFactory) -> Az:
    """az, logged in as an owner."""
    folder = tmp_path_factory.mktemp("owner")
    port = secure.url.rpartition(":")[2]
    return Az(environment(folder / "profile", port, secure.home, "--as", "owner"), folder)


def scope_of(group: str) -> str:
    """The id of a resource group."""
    return f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}"


def test_tags_of_a_scale_set(az: Az, web: ScaleSet) -> None:
    """Create, update, list, delete, by the id of the resource."""
    resource = f"--resource-id {web.get().id}"
    assert az(f"tag create {resource} --tags team=ops")["properties"]["tags"] == {"team": "ops"}
    merged = az(f"tag update {resource} --operation merge --tags cost=seven")["properties"]["tags"]
    assert merged == az(f"tag list {resource}")["properties"]["tags"] == {"team": "ops", "cost": "seven"}
    assert web.get().tags == merged
    az(f"tag update {resource} --operation delete --tags team=ops")
    az(f"tag delete {resource} --yes")
    assert not web.get().tags


def test_names_of_tags(az: Az, web: ScaleSet) -> None:
    """Those in use, and one that is made beforehand."""
    az("tag create -n made-by-az")
    az("tag add-value -n made-by-az --value one")
    listed = {item["tagName"]: [value["tagValue"] for value in item["values"]] for item in az("tag list")}
    assert listed["made-by-az"] == ["one"]
    assert "shop" in listed["team"]
    az("tag remove-value -n made-by-az --value one")
    az("tag delete -n made-by-az --yes")


def test_a_lock(owner: Az, group: str, web: ScaleSet) -> None:
    """It is listed, refuses the deletion of the group, and is deleted."""
    line = f"-g {group} --resource web --resource-type Microsoft.Compute/virtualMachineScaleSets"
    made = owner(f"lock create -n keep --lock-type CanNotDelete {line} --notes mine")
    assert (made["level"], made["notes"]) == ("CanNotDelete", "mine")
    assert [item["name"] for item in owner(f"lock list -g {group}")] == ["keep"]
    assert owner(f"lock show -n keep {line}")["id"] == made["id"]
    assert "ScopeLocked" in owner.fails(f"vmss delete -g {group} -n web")
    assert "ScopeLocked" in owner.fails(f"group delete -n {group} --yes")
    owner(f"lock delete --ids {made['id']}")
    owner(f"vmss delete -g {group} -n web")


def test_a_contributor_writes_no_lock(az: Az, group: str) -> None:
    """As on Azure."""
    assert "AuthorizationFailed" in az.fails(f"lock create -n keep --lock-type ReadOnly -g {group}")


def test_role_definitions(az: Az) -> None:
    """By name; those that are custom."""
    [reader] = az("role definition list --name Reader")
    assert reader["name"] == "acdd72a7-3385-48ef-bd42-f606fba81ae7"
    assert az("role definition list --custom-role-only") == []


def test_role_assignments(owner: Az, group: str, secure: SecureServer, client: VmssClient, tmp_path: Path) -> None:
    """A principal without rights gets some by its client id, uses them, and loses them."""
    nobody = secure.principal("nobody")
    scope = scope_of(group)
    made = owner(f"role assignment create --assignee {nobody.client_id} --role Reader --scope {scope}")
    assert made["principalId"] == nobody.object_id
    [listed] = owner(f"role assignment list --scope {scope} --assignee {nobody.client_id}")
    assert (listed["roleDefinitionName"], listed["principalName"]) == ("Reader", nobody.client_id)
    as_nobody = Az(
        environment(tmp_path / "profile", secure.url.rpartition(":")[2], secure.home, "--as", "nobody"), tmp_path
    )
    assert [item["name"] for item in as_nobody("group list")] == [group]
    assert "AuthorizationFailed" in as_nobody.fails(f"group update -n {group} --set tags.a=b")
    owner(f"role assignment delete --assignee {nobody.client_id} --scope {scope}")
    assert "AuthorizationFailed" in as_nobody.fails("group list")


def test_the_identity_of_a_scale_set(owner: Az, group: str) -> None:
    """``--role`` and ``--scope`` of vmss create give its identity a role."""
    owner(
        f"vmss create -g {group} -n id --image Ubuntu2204 --instance-count 1 --admin-username ops --generate-ssh-keys"
        f" --orchestration-mode Uniform --assign-identity --role Reader --scope {scope_of(group)}"
    )
    principal = owner(f"vmss identity show -g {group} -n id")["principalId"]
    assert principal in [item["principalId"] for item in owner(f"role assignment list -g {group}")]


def test_the_activity_log(az: Az, group: str, web: ScaleSet) -> None:
    """What was done in a group; the times are the emulator's."""
    found = az(f"monitor activity-log list -g {group} --start-time 2026-01-01 --end-time 2027-06-01 --max-events 50")
    told = [(item["operationName"]["value"], item["status"]["value"]) for item in found]
    assert ("Microsoft.Compute/virtualMachineScaleSets/write", "Succeeded") in told
    assert all(item["resourceGroupName"] == group for item in found)


def test_metrics(az: Az, web: ScaleSet) -> None:
    """Definitions, and values over a span of the emulator's time."""
    resource = f"--resource {web.get().id}"
    names = [item["name"]["value"] for item in az(f"monitor metrics list-definitions {resource}")]
    assert "Percentage CPU" in names
    found = az(f"monitor metrics list {resource} --metric", "Percentage CPU")
    assert found["value"][0]["name"]["value"] == "Percentage CPU"


def test_resource_graph(az: Az, group: str, web: ScaleSet) -> None:
    """By az rest; the extension ``graph`` sends the same."""
    query = f"Resources | where resourceGroup =~ '{group}' | project name"
    url = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"
    found = az(f"rest --method post --url {url} --body", json.dumps({"query": query}))
    assert found["data"] == [{"name": "web"}]
