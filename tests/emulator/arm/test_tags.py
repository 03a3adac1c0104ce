"""Tags at a scope, and the names of tags of a subscription (Microsoft.Resources)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, SET, SUBSCRIPTION, Azure, model

NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"
MACHINE = f"{GROUP}/providers/Microsoft.Compute/virtualMachines"
DISK = f"{GROUP}/providers/Microsoft.Compute/disks/disk"
SCOPES = [SUBSCRIPTION, GROUP, SET, NETWORK, DISK]
VERSION = "2021-04-01"


def tags_at(scope: str) -> str:
    """Where the tags of a scope are."""
    return f"{scope}/providers/Microsoft.Resources/tags/default?api-version={VERSION}"


@pytest.fixture
def azure() -> Azure:
    """A group with a scale set and a network, all without tags."""
    azure = Azure()
    azure.create()
    azure.put({"location": "westus"}, NETWORK)
    azure.put({"location": "westus", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 4}}, DISK)
    return azure


def own(azure: Azure, scope: str) -> Any:
    """The tags that a resource itself shows."""
    return azure.get(scope).get("tags")


@pytest.mark.parametrize("scope", SCOPES)
def test_put_is_answered_with_200(azure: Azure, scope: str) -> None:
    """Not 201, which the SDKs refuse; the whole document as documented."""
    answer = azure.put({"properties": {"tags": {"owner": "me"}}}, tags_at(scope))
    assert answer.status == 200
    assert answer.json() == {
        "id": f"{scope}/providers/Microsoft.Resources/tags/default",
        "name": "default",
        "type": "Microsoft.Resources/tags",
        "properties": {"tags": {"owner": "me"}},
    }
    assert azure.get(tags_at(scope)) == answer.json()


@pytest.mark.parametrize("scope", [GROUP, SET, NETWORK, DISK])
def test_they_are_the_resources_own(azure: Azure, scope: str) -> None:
    """What is written there shows on the resource, and the other way round."""
    azure.put({"properties": {"tags": {"owner": "me"}}}, tags_at(scope))
    assert own(azure, scope) == {"owner": "me"}
    azure.patch({"tags": {"owner": "you"}}, scope)
    assert azure.get(tags_at(scope))["properties"]["tags"] == {"owner": "you"}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(
    ("operation", "given", "left"),
    [
        ("Merge", {"OWNER": "you", "new": "1"}, {"owner": "you", "min": "1", "new": "1"}),
        ("Replace", {"new": "1"}, {"new": "1"}),
        ("Delete", {"owner": ""}, {"min": "1"}),
        ("Delete", {"owner": "me"}, {"min": "1"}),
        ("Delete", {"owner": "somebody"}, {"owner": "me", "min": "1"}),
    ],
)
def test_patch(azure: Azure, scope: str, operation: str, given: dict[str, str], left: dict[str, str]) -> None:
    """Merge keeps the others, Replace does not, Delete goes by name or by name and value."""
    azure.put({"properties": {"tags": {"owner": "me", "min": "1"}}}, tags_at(scope))
    answer = azure.patch({"operation": operation, "properties": {"tags": given}}, tags_at(scope))
    assert (answer.status, answer.json()["properties"]["tags"]) == (200, left)
    assert azure.get(tags_at(scope))["properties"]["tags"] == left


@pytest.mark.parametrize("scope", SCOPES)
def test_delete_takes_all_away(azure: Azure, scope: str) -> None:
    """The resource stays."""
    azure.put({"properties": {"tags": {"owner": "me"}}}, tags_at(scope))
    assert azure.send("DELETE", tags_at(scope)).status == 200
    assert azure.get(tags_at(scope))["properties"]["tags"] == {}


def test_tags_outdate_no_instance(azure: Azure) -> None:
    """They are the set's own."""
    azure.put({"properties": {"tags": {"owner": "me"}}}, tags_at(SET))
    azure.settle()
    assert azure.applied() == [True, True, True]


def test_a_tags_resource_is_in_no_list(azure: Azure) -> None:
    """It is no resource of the group."""
    azure.put({"properties": {"tags": {"owner": "me"}}}, tags_at(SET))
    types = {item["type"] for item in azure.get(f"{GROUP}/resources")["value"]}
    assert types == {
        "Microsoft.Compute/virtualMachineScaleSets",
        "Microsoft.Compute/disks",
        "Microsoft.Network/virtualNetworks",
    }


@pytest.mark.parametrize(
    ("scope", "code"), [(f"{GROUP}x", "ResourceGroupNotFound"), (f"{SET}x", "ResourceNotFound")], ids=["group", "set"]
)
def test_of_what_is_not_there(azure: Azure, scope: str, code: str) -> None:
    """As of the resource itself."""
    for method, body in (("GET", None), ("PUT", {"properties": {"tags": {}}}), ("DELETE", None)):
        assert azure.error(azure.send(method, tags_at(scope), body))[:2] == (404, code)


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({"a<b": "1"}, "InvalidTagNameCharacters"),
        ({"n" * 513: "1"}, "InvalidTags"),
        ({"n": "v" * 257}, "InvalidTags"),
        ({str(number): "1" for number in range(51)}, "InvalidTags"),
        ({"n": 1}, "InvalidRequestContent"),
    ],
    ids=["character", "long name", "long value", "51", "number"],
)
def test_tags_that_azure_refuses(azure: Azure, tags: dict[str, Any], code: str) -> None:
    """400, and nothing changes."""
    answer = azure.put({"properties": {"tags": tags}}, tags_at(GROUP))
    assert azure.error(answer)[:2] == (400, code)
    assert azure.get(tags_at(GROUP))["properties"]["tags"] == {}


def test_an_operation_that_is_none(azure: Azure) -> None:
    """A PATCH says how."""
    assert azure.patch({"properties": {"tags": {"a": "b"}}}, tags_at(GROUP)).status == 400


def test_of_a_group_that_is_being_deleted(azure: Azure) -> None:
    """409, as every write there."""
    azure.send("DELETE", GROUP)
    answer = azure.put({"properties": {"tags": {}}}, tags_at(GROUP))
    assert azure.error(answer)[:2] == (409, "ResourceGroupBeingDeleted")


NAMES = f"{SUBSCRIPTION}/tagNames"


def names(azure: Azure) -> dict[str, tuple[int, dict[str, int]]]:
    """How often each name, and each value of it, is used."""
    return {
        item["tagName"]: (
            item["count"]["value"],
            {value["tagValue"]: value["count"]["value"] for value in item["values"]},
        )
        for item in azure.get(NAMES, version=VERSION)["value"]
    }


def test_names_in_use(azure: Azure) -> None:
    """Of groups, scale sets, kept resources and the subscription."""
    for scope in SCOPES:
        azure.put({"properties": {"tags": {"owner": "me" if scope != SET else "you"}}}, tags_at(scope))
    assert names(azure) == {"owner": (5, {"me": 4, "you": 1})}


def test_names_made_beforehand(azure: Azure) -> None:
    """``az tag create --name`` and ``add-value``: 201, then 200; both can be deleted."""
    statuses = [azure.send("PUT", f"{NAMES}/env").status for _ in range(2)]
    statuses += [azure.send("PUT", f"{NAMES}/env/tagValues/test").status for _ in range(2)]
    assert statuses == [201, 200, 201, 200]
    assert names(azure) == {"env": (0, {"test": 0})}
    assert azure.send("DELETE", f"{NAMES}/env/tagValues/test").status == 200
    assert [azure.send("DELETE", f"{NAMES}/env").status for _ in range(2)] == [200, 204]
    assert names(azure) == {}


def test_a_name_in_use_is_not_deleted(azure: Azure) -> None:
    """409."""
    azure.put({"properties": {"tags": {"owner": "me"}}}, tags_at(GROUP))
    assert azure.send("DELETE", f"{NAMES}/owner").status == 409


def test_a_value_of_no_name(azure: Azure) -> None:
    """404."""
    assert azure.send("PUT", f"{NAMES}/env/tagValues/test").status == 404


def test_of_a_machine_of_a_flexible_set() -> None:
    """They are read from the machine."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    [machine] = azure.get(MACHINE)["value"]
    assert azure.get(tags_at(machine["id"]))["properties"]["tags"] == machine.get("tags", {})
